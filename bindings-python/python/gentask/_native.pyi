"""The native module. Private: what it exports for users is named in `gentask`."""

from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar, final

from typing_extensions import disjoint_base

from gentask.types import Added, ErrorCode, Input, Kind, Phase, Status

__all__ = [
    "MOST_BODY_BYTES",
    "ORDERS_AT_ONCE",
    "RESUMED_AT_ONCE",
    "VERSION",
    "Balance",
    "BuiltInStore",
    "Client",
    "Contract",
    "Delivery",
    "DeliveryFilter",
    "Done",
    "FileStream",
    "HostCall",
    "HostClient",
    "HttpRequest",
    "HttpResponse",
    "ListedTask",
    "Machine",
    "ManualClock",
    "MemoryStore",
    "NoticeFilter",
    "Orders",
    "Pacer",
    "Payload",
    "Pending",
    "Receiver",
    "Reply",
    "RequestInfo",
    "ResponseInfo",
    "ResultFile",
    "SandboxServer",
    "SavedFile",
    "SqliteStore",
    "StoreFilter",
    "Task",
    "TaskEvent",
    "TaskPage",
    "TaskRecord",
    "Updates",
    "Worker",
    "account_request",
    "advice",
    "after_fork",
    "backoff",
    "before_fork",
    "built_in_providers",
    "command",
    "end",
    "holder_name",
    "judge",
    "load_contract",
    "next_poll",
    "outcome",
    "read_account",
    "settle_submits",
    "sign_callback",
    "split_mix_64",
    "submits_in_flight",
    "verify_ed25519",
]

_T = TypeVar("_T")

VERSION: str
RESUMED_AT_ONCE: int
ORDERS_AT_ONCE: int
MOST_BODY_BYTES: int

_Secrets: TypeAlias = list[tuple[str, int | None]]
_Outcome: TypeAlias = Literal["applied", "poke", "duplicate", "orphan", "conflict", "unknown", "refused", "unavailable"]
_Received: TypeAlias = tuple[int, int, str, _Outcome, str | None, Task | None, tuple[int | None, int | None], str | None]

@final
class Reply:
    """How a task is, or how a call ended: the same seven fields in every language."""

    @staticmethod
    def from_json(text: str | bytes) -> Reply:
        """Reads what `to_json` wrote, in any language."""
    @property
    def ok(self) -> bool:
        """Whether there is no error code."""
    @property
    def status(self) -> Status:
        """`pending`, `processing`, `success`, `failed`, `cancelled` or `unknown`."""
    @property
    def task_id(self) -> str | None:
        """The provider's id of the task, where one is known."""
    @property
    def data(self) -> dict[str, Any]:
        """The details, as a dictionary of its own: `files`, `costTimeMs` and `raw` on success; `suggestions`, `billing` and more on
        failure.
        """
    @property
    def error_code(self) -> ErrorCode | None:
        """The stable code of what went wrong, such as `RATE_LIMITED`."""
    @property
    def error_message(self) -> str | None:
        """What went wrong, for a person."""
    @property
    def retry_after(self) -> int | None:
        """When to come back, in whole seconds."""
    @property
    def files(self) -> list[ResultFile]:
        """The result files; empty where there are none."""
    @property
    def warnings(self) -> list[str]:
        """What a person should know beside how the task is, in plain sentences, such as that it has succeeded without a file; empty where
        nothing is odd.
        """
    @property
    def intent_id(self) -> str | None:
        """The intent's id: the task's name in the store."""
    @property
    def progress(self) -> float | None:
        """How far the task is, from 0 to 1, where the provider tells."""
    def raise_for_status(self) -> Reply:
        """Returns the reply where it is no failure, and raises the exception of its code where it is one."""
    def to_json(self) -> str:
        """The canonical JSON text: the same bytes in every language."""
    def to_dict(self) -> dict[str, Any]:
        """The seven fields as a dictionary, under their names on the wire."""
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ResultFile:
    """One result file, where the provider keeps it until it expires."""

    def __new__(
        cls, url: str | None, kind: Kind = "unknown", *, expires_at_ms: int | None = None, index: int = 0, intent_id: str = "task"
    ) -> ResultFile: ...
    @property
    def url(self) -> str | None:
        """Where it is. Not for logs: it may be signed."""
    @property
    def kind(self) -> Kind:
        """`image`, `video`, `audio`, `model` (3D) or `unknown`."""
    @property
    def expires_at(self) -> datetime | None:
        """When the provider deletes it."""
    @property
    def expires_at_ms(self) -> int | None:
        """The same in Unix milliseconds."""
    @property
    def index(self) -> int:
        """Its place among the task's files, from 0."""
    def save(self, directory: str | PathLike[str], *, receipt: Literal["sidecar"] | None = None) -> SavedFile:
        """Fetches the file into a directory, under a name of its own, and waits for it: without credentials, from checked public addresses
        only, capped in size, and only if it is what its kind says. A directory that is missing is made, unless its name is that of a file
        (`picture.png`), which is what `save_as` takes. With `receipt="sidecar"`, `NAME.receipt.json` beside it says which task it came
        from. In an event loop, use `await task.save_files(...)` instead.
        """
    def save_as(self, path: str | PathLike[str], *, overwrite: bool = False, receipt: Literal["sidecar"] | None = None) -> SavedFile:
        """The same to exactly this path, whatever its ending; directories above it are made. Another file that is there stays, and is a
        `StoreError`, unless `overwrite`. In an event loop, use `await task.save_as(...)` instead.
        """
    def read(self, max_bytes: int | None = None) -> bytes:
        """Returns the file's bytes, fetched by the rules by which files are saved. One of more than `max_bytes` (default: 64 MiB) raises
        `ResponseTooLarge`. In an event loop, use `await task.read_file(...)` instead.
        """
    def stream(self) -> Generator[bytes]:
        """Returns an iterator of the file's bytes, piece by piece as they come, by the rules by which files are saved. Whatever fails, an
        early end too, is raised in its place: only with its end is the file whole. In an event loop, use `task.stream_file(...)` instead.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class SavedFile:
    """A result file on disk."""

    def __new__(cls, path: str, *, sha256: str, bytes: int, content_type: str) -> SavedFile: ...
    @property
    def path(self) -> Path:
        """Where it is."""
    @property
    def sha256(self) -> str:
        """The hash of its bytes, in hexadecimal."""
    @property
    def bytes(self) -> int:
        """Its size."""
    @property
    def content_type(self) -> str:
        """What its own first bytes say that it is, such as `image/png`."""
    def _repr_html_(self) -> str: ...
    def __fspath__(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TaskRecord:
    """Everything that is stored of one task, in the format of `TaskRecord` version 1."""

    @staticmethod
    def from_json(text: str | bytes) -> TaskRecord:
        """Reads a stored record; a damaged one raises `StoreError` with everything that is wrong with it."""
    def to_json(self) -> str:
        """The canonical JSON text: what a store keeps."""
    def to_dict(self) -> dict[str, Any]:
        """The record as a dictionary, under its names in the store."""
    def reply(self, raw: bytes | None = None) -> Reply:
        """How the task is, by its record alone. `raw` is its `raw` blob, where it is at hand."""
    @property
    def version(self) -> int:
        """Compare-and-set counter: 1 at the first save, one more at each."""
    @property
    def intent_id(self) -> str:
        """The task's name in the store."""
    @property
    def key(self) -> str | None:
        """The caller's own key."""
    @property
    def owner(self) -> str | None:
        """Whose task it is, in the application's words."""
    @property
    def provider(self) -> str:
        """The contract's id."""
    @property
    def account(self) -> str:
        """The account's label."""
    @property
    def base_url(self) -> str:
        """The base URL that it was made with."""
    @property
    def model(self) -> str:
        """The model."""
    @property
    def kind(self) -> Kind:
        """`image`, `video`, `audio`, `model` (3D) or `unknown`."""
    @property
    def phase(self) -> Phase:
        """Where it is, one of the eleven phases: `prepared` to `discarded`."""
    @property
    def status(self) -> Status:
        """The status that a reply would have."""
    @property
    def is_terminal(self) -> bool:
        """Whether it has ended."""
    @property
    def task_id(self) -> str | None:
        """The provider's id of the task."""
    @property
    def conflicting_task_id(self) -> str | None:
        """A second id that contradicts `task_id`: another task, perhaps paid for too."""
    @property
    def successor(self) -> str | None:
        """The intent that took over this one's key, after a refusal that cost nothing."""
    @property
    def provider_state(self) -> str | None:
        """The provider's own word for its state, as last seen."""
    @property
    def maybe_sent(self) -> bool:
        """Whether some attempt may have been accepted without a task id coming back."""
    @property
    def due_at_ms(self) -> int | None:
        """When its next step is due, in Unix milliseconds: what a store may index."""
    @property
    def created_at_ms(self) -> int:
        """When it was made, in Unix milliseconds: what listings are ordered by."""
    @property
    def created_at(self) -> datetime | None:
        """When it was made."""
    @property
    def checked_at(self) -> datetime | None:
        """When it was last asked about."""
    @property
    def finished_at(self) -> datetime | None:
        """When it ended."""
    @property
    def updated_at(self) -> datetime | None:
        """When its record was written last."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class TaskEvent:
    """Something that happened to a task. It may be logged: it holds no prompt, no key and no URL."""

    @property
    def kind(self) -> str:
        """A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held` or `stale`."""
    @property
    def at(self) -> datetime | None:
        """When."""
    @property
    def at_ms(self) -> int:
        """When, in Unix milliseconds."""
    @property
    def data(self) -> dict[str, Any]:
        """The details."""
    @property
    def record(self) -> TaskRecord:
        """The task's record as it was then."""
    @property
    def intent_id(self) -> str:
        """The task's name in the store."""

@final
class Balance:
    """What the account holds."""

    def __new__(cls, amount: str, unit: str | None = None) -> Balance: ...
    @property
    def amount(self) -> str:
        """The amount, as the provider writes it: a decimal number in a text, so that none of its digits is lost."""
    @property
    def unit(self) -> str | None:
        """Of what: `credits`, `USD`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class ListedTask:
    """A task as the provider lists it: a candidate for `adopt`."""

    def __new__(cls, task_id: str, created: str | None = None, model: str | None = None, reference: str | None = None) -> ListedTask: ...
    @property
    def task_id(self) -> str:
        """The provider's id of the task."""
    @property
    def created(self) -> str | None:
        """When it was made, as the provider writes it."""
    @property
    def created_at(self) -> datetime | None:
        """The same as a time; `None` where it is none of the forms in which times are written."""
    @property
    def model(self) -> str | None:
        """The model, where the list says it."""
    @property
    def reference(self) -> str | None:
        """Our own reference, where the provider echoes one."""

@final
class TaskPage:
    """One page of stored tasks, oldest first."""

    def __new__(
        cls, records: Sequence[TaskRecord], damaged: Sequence[tuple[str, str]] = ..., next: tuple[int, str] | None = None
    ) -> TaskPage: ...
    @property
    def records(self) -> list[TaskRecord]:
        """The records."""
    @property
    def damaged(self) -> list[tuple[str, str]]:
        """Records that cannot be read: pairs of the intent's id and why."""
    @property
    def next(self) -> tuple[int, str] | None:
        """Where the next page begins, for `tasks(after=...)`; `None`: this is the last."""
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> TaskRecord: ...
    def __iter__(self) -> Iterator[TaskRecord]: ...

@final
class Contract:
    """A provider, as its contract file describes it."""

    @property
    def id(self) -> str:
        """The provider's name in records, such as `apixo`."""
    @property
    def revision(self) -> int:
        """Counts the contract's changes."""
    @property
    def title(self) -> str:
        """The provider's name for a person."""
    @property
    def docs(self) -> str | None:
        """Where the provider documents its API."""
    @property
    def base_url(self) -> str:
        """The provider's own base URL."""
    @property
    def key_variable(self) -> str | None:
        """The environment variable that holds the key, where the contract names one."""
    @property
    def models(self) -> dict[str, Kind]:
        """The listed models and the kind of each: `image`, `video`, `audio`, `model` (3D) or `unknown`."""
    def input_schema(self, model: str) -> dict[str, Any] | None:
        """The JSON Schema (2020-12) of a model's input, with its references resolved; `None` where the contract has no rules for it. It may
        say `"format": "media"`: an https URL or a data URI, as the provider takes them.
        """
    @property
    def is_open(self) -> bool:
        """Whether models beyond the listed ones are passed through unguessed."""
    @property
    def can_cancel(self) -> bool:
        """Whether a task of this provider can be cancelled."""
    def validate(
        self,
        model: str,
        input: Input,
        *,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Checks a generation and its options without a network, a key or a store; raises `InvalidModel` or `InvalidPayload` with
        everything that is wrong.
        """
    def unchecked(self, model: str, input: Input) -> list[str]:
        """What of a generation nobody checks, in words for a person: a model that the contract does not list, fields that it does not know.
        Each may be spelt wrong, and is sent and paid for even so. Nothing where the generation would be refused.
        """
    def check_samples(self) -> None:
        """Decodes every sample of the contract; raises `InvalidContract` where one does not mean what it says."""
    def to_dict(self) -> dict[str, Any]:
        """The contract as it was written."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

def load_contract(source: str | bytes | PathLike[str] | Mapping[str, Any] | Contract) -> Contract:
    """A contract by the name of a built-in provider, from a contract file (a path, or a text that looks like one), from its JSON as bytes
    or as a dictionary, or a contract itself. Raises `InvalidContract` with every fault.
    """

def built_in_providers() -> list[str]:
    """The names of the providers that come with the package."""

@disjoint_base
class BuiltInStore:
    """What all stores have that come with gentask. Its methods wait: in an event loop they belong on a thread."""

    def load(self, intent_id: str, /) -> TaskRecord | None:
        """Returns the record of an intent."""
    def find(self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None, /) -> Sequence[TaskRecord]:
        """Returns the records with this task id, or with this account, owner and caller's key, oldest first."""
    def save(
        self,
        record: TaskRecord,
        blobs: Mapping[str, bytes | None],
        expected_version: int,
        fence: bool,
        /,
        *,
        delivery: Delivery | None = None,
        notice: bool = False,
    ) -> bool:
        """Stores a record and the blobs that change beside it (`None`: delete it), with what belongs to it, all or nothing, where the
        stored version is `expected_version`; returns whether it did.
        """
    def list(self, filter: StoreFilter, /) -> Sequence[TaskRecord]:
        """Returns the records that match, by creation time and then intent id. One that cannot be read is left out."""
    def blob(self, intent_id: str, name: str, /) -> bytes | None:
        """Returns the bytes stored under this name beside a record."""
    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False, /) -> str | None:
        """Returns a value that belongs to no single task, after setting it where `value` is given."""
    def raise_meta(self, name: str, value: int, /) -> int:
        """Moves a number among the values of `meta` upwards, never down, and returns the one that stands afterwards."""
    def delete(self, intent_ids: Sequence[str], /) -> int:
        """Deletes these records with all that belongs to them, and returns how many there were. One that has not ended stays."""
    def remember(self, delivery: Delivery, /) -> bool:
        """Stores a callback where none of its name is stored, and returns whether that was so."""
    def deliveries(self, filter: DeliveryFilter, /) -> Sequence[Delivery]:
        """Returns the callbacks that match, the newest first."""
    def notices(self, filter: NoticeFilter, /) -> Sequence[TaskRecord]:
        """Returns the records whose notice is open and that match, the oldest notice first."""
    def acknowledge(self, intent_id: str, at_ms: int, /) -> bool:
        """Closes an intent's notice, at a time in Unix milliseconds, and returns whether it was open."""

@final
class SqliteStore(BuiltInStore):
    """Tasks in an SQLite file on a local disk. Any number of clients, threads and processes may have the same file open."""

    def __new__(cls, path: str | PathLike[str] | None = None) -> SqliteStore: ...
    @property
    def path(self) -> Path:
        """The file, as an absolute path."""

@final
class MemoryStore(BuiltInStore):
    """Tasks in memory: forgotten with the process, and so only for tests and for tasks that may be lost. After a fork, the child's is
    empty.
    """

    def __new__(cls) -> MemoryStore: ...

@final
class StoreFilter:
    """Which records a listing contains; what is `None` does not restrict it."""

    @property
    def provider(self) -> str | None:
        """The contract's id."""
    @property
    def account(self) -> str | None:
        """The account's label."""
    @property
    def owner(self) -> str | None:
        """The owner, in the application's words."""
    @property
    def phases(self) -> list[Phase] | None:
        """Any of these phases."""
    @property
    def or_conflicting(self) -> bool:
        """Where phases are given: also tasks of any other phase whose `conflict` names a second task id."""
    @property
    def due_before_ms(self) -> int | None:
        """Only tasks whose next step is due before this time, in Unix milliseconds."""
    @property
    def created_from_ms(self) -> int | None:
        """Only tasks created at this time or later, in Unix milliseconds."""
    @property
    def created_before_ms(self) -> int | None:
        """Only tasks created before this time, in Unix milliseconds."""
    @property
    def newest_first(self) -> bool:
        """Whether the newest come first. `after` is a place in this order then."""
    @property
    def limit(self) -> int | None:
        """At most this many."""
    @property
    def after(self) -> tuple[int, str] | None:
        """Only what comes after this place: the creation time in Unix milliseconds and the intent id of the last record before it."""
    def matches(self, record: TaskRecord) -> bool:
        """Whether a record matches, by everything but `limit`."""
    def apply(self, records: Iterable[TaskRecord]) -> list[TaskRecord]:
        """The records that match, in the order of a listing, and no more than asked for: all that a small store's `list` has to do."""

@final
class Delivery:
    """A callback as it is stored: so that it is taken once, and so that one which beats its submit's own answer is not lost."""

    @staticmethod
    def from_json(text: str | bytes) -> Delivery:
        """Reads what `to_json` wrote, in any language."""
    def to_json(self) -> str:
        """The canonical JSON text, with the body in it: for a store, and for no log."""
    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary, under its names on the wire."""
    @property
    def provider(self) -> str:
        """The contract's id."""
    @property
    def account(self) -> str:
        """The account's label."""
    @property
    def dedupe(self) -> str:
        """What tells it from every other one of this provider and account: the three together are unique in a store."""
    @property
    def received_at(self) -> datetime | None:
        """When it came."""
    @property
    def received_at_ms(self) -> int:
        """The same in Unix milliseconds."""
    @property
    def expires_at_ms(self) -> int:
        """Until when it is kept, in Unix milliseconds; then a store may delete it."""
    @property
    def verified(self) -> bool:
        """Whether a signature covers its body."""
    @property
    def outcome(self) -> Literal["applied", "poke", "orphan", "conflict"]:
        """`applied` (its signed body said how the task is), `poke` (it proved that there is news), `orphan` (no task is known by it yet) or
        `conflict` (it contradicts what is recorded).
        """
    @property
    def intent_id(self) -> str | None:
        """The intent that it is about, where that is known."""
    @property
    def task_id(self) -> str | None:
        """The provider's id of the task, where its body names one."""
    @property
    def body(self) -> bytes:
        """Its body, as it came. It may hold a prompt: it is for a replay, and for no log."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DeliveryFilter:
    """Which stored callbacks are looked for; what is `None` does not restrict it."""

    @property
    def provider(self) -> str | None:
        """The contract's id."""
    @property
    def account(self) -> str | None:
        """The account's label."""
    @property
    def dedupe(self) -> str | None:
        """One delivery."""
    @property
    def intent_id(self) -> str | None:
        """Those about this intent."""
    @property
    def task_id(self) -> str | None:
        """Those that name this task of the provider's."""
    @property
    def outcome(self) -> Literal["applied", "poke", "orphan", "conflict"] | None:
        """Those that ended so."""
    @property
    def kept_at_ms(self) -> int | None:
        """Only what is kept beyond this time, in Unix milliseconds."""
    @property
    def limit(self) -> int | None:
        """At most this many, the newest first."""
    def matches(self, delivery: Delivery) -> bool:
        """Whether a callback matches, by everything but `limit`."""
    def apply(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """The callbacks that match, the newest first, and no more than asked for: all that a small store's `deliveries` has to do."""

@final
class NoticeFilter:
    """Which notices are looked for: of tasks that have ended, and whose end nobody has acknowledged. What is `None` does not restrict
    it.
    """

    @property
    def provider(self) -> str | None:
        """The contract's id."""
    @property
    def account(self) -> str | None:
        """The account's label."""
    @property
    def limit(self) -> int | None:
        """At most this many, the oldest first."""
    def matches(self, record: TaskRecord) -> bool:
        """Whether the open notice of this task matches."""

@final
class HttpRequest:
    """A request to be sent, once, by a transport. Its headers hold the key: it is not for logs."""

    @property
    def operation(self) -> str:
        """`submit`, `status`, `result`, `cancel`, `list` or `account`. A submit goes out on a fresh connection."""
    @property
    def method(self) -> str:
        """The method."""
    @property
    def url(self) -> str:
        """The absolute URL. No redirect is followed."""
    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers, the key among them."""
    @property
    def body(self) -> bytes:
        """The body."""
    @property
    def timeout(self) -> float:
        """How long connecting, sending and reading may take together, in seconds."""
    @property
    def response_cap(self) -> int:
        """The most bytes of the answer's body that are read."""

@final
class RequestInfo:
    """A request that is about to be sent, without its body and the key. Its URL is not for logs."""

    @property
    def operation(self) -> str:
        """`submit`, `status`, `result`, `cancel`, `list`, `account`, `keys` or `upload`."""
    @property
    def method(self) -> str:
        """The method."""
    @property
    def url(self) -> str:
        """The absolute URL."""
    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers as gentask made them, without the key; their names in lower case."""
    @property
    def intent_id(self) -> str | None:
        """The task that it is about, by its name in the store; `None` where it is about none that is stored."""

@final
class ResponseInfo:
    """What came of a request."""

    @property
    def status(self) -> int | None:
        """The status of the answer; `None` where none came."""
    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers of the answer, their names in lower case. The API key among their values is hidden."""
    @property
    def undelivered(self) -> Literal["notSent", "maybeSent"] | None:
        """Where no answer came: `notSent` (proven), or `maybeSent`."""
    @property
    def elapsed(self) -> float:
        """How long it took, in seconds, from when it was handed to the transport until the answer was read."""

@final
class HttpResponse:
    """An answer, as far as it was read."""

    def __new__(cls, status: int, headers: Sequence[tuple[str, str]], body: bytes, end: str = "whole") -> HttpResponse: ...
    @property
    def status(self) -> int:
        """The status code."""
    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers, their names in lower case."""
    @property
    def end(self) -> str:
        """How the body ended: `whole`, `truncated` or `tooLarge`."""
    @property
    def body(self) -> bytes:
        """The body, as far as it was read."""

@final
class Pending(Generic[_T]):
    def result(self) -> _T: ...
    def is_done_within(self, seconds: float) -> bool: ...
    def on_done(self, callback: Callable[[], object]) -> None: ...
    def take(self) -> _T: ...
    def abandon(self) -> None: ...
    def note(self, error: BaseException) -> None: ...

@final
class Done:
    def __call__(self, result: object, error: BaseException | None) -> None: ...

@final
class ManualClock:
    """Shown to users as `gentask.testing.ManualClock`."""

    def __new__(cls, at_ms: int) -> ManualClock: ...
    @property
    def now_ms(self) -> int: ...
    @property
    def sleepers(self) -> int: ...
    def advance(self, time: float) -> None: ...
    def set(self, at_ms: int) -> None: ...
    def stand_still(self) -> None: ...
    def jump(self) -> None: ...

@final
class Client:
    def __new__(
        cls,
        provider: str | PathLike[str] | Contract,
        *,
        api_key: object,
        account: str | None,
        base_url: str | None,
        store: object,
        timeout: float | None,
        poll: tuple[float | None, float | None, float | None, bool] | None,
        request_timeout: float | None,
        max_read_retries: int | None,
        transport: object,
        on_event: Callable[[TaskEvent], object] | None,
        on_request: Callable[[RequestInfo], Added | Awaitable[Added | None] | None] | None,
        on_response: Callable[[RequestInfo, ResponseInfo], object] | None,
        ca_certs: Sequence[str | bytes] | None,
        max_in_flight: int | None,
        proxy: str | None,
        clock: ManualClock | None,
        callbacks: tuple[_Secrets, _Secrets, float | None, Sequence[str] | None],
        has_loop: bool,
    ) -> Client: ...
    def use_loop(self, which: int, runner: Callable[[Callable[..., Awaitable[Any]], tuple[Any, ...], Done], None]) -> None: ...
    @property
    def contract(self) -> Contract: ...
    @property
    def base_url(self) -> str: ...
    @property
    def account_label(self) -> str: ...
    @property
    def closed(self) -> bool: ...
    def close(self) -> Pending[None]: ...
    def submit(
        self,
        model: str,
        input: Input | Payload,
        key: str | None,
        owner: str | None,
        callback_url: str | None,
        options: Mapping[str, Any] | None,
        timeout: float | None,
    ) -> Pending[Task]: ...
    def create_generation(
        self,
        model: str,
        input: Input | Payload,
        key: str | None,
        owner: str | None,
        callback_url: str | None,
        options: Mapping[str, Any] | None,
    ) -> Pending[Reply]: ...
    def dry_run(
        self,
        model: str,
        input: Input | Payload,
        key: str | None,
        owner: str | None,
        callback_url: str | None,
        options: Mapping[str, Any] | None,
    ) -> tuple[str, str, dict[str, str], bytes]: ...
    def payload(self, model: str, input: Input) -> Payload: ...
    def orders(self, key: str | None, concurrency: int, waits: bool, timeout: float | None) -> Orders: ...
    def get_status(self, task_id: str, model: str | None) -> Pending[Reply]: ...
    def get_task(self, task_id: str, model: str | None) -> Pending[Reply]: ...
    def cancel_task(self, task_id: str, model: str | None) -> Pending[Reply]: ...
    def task(self, intent_id: str) -> Pending[Task]: ...
    def find(self, key: str, owner: str | None) -> Pending[Task | None]: ...
    def tasks(
        self,
        owner: str | None,
        phases: Sequence[Phase] | None,
        unfinished: bool,
        created: tuple[int | None, int | None],
        newest_first: bool,
        limit: int | None,
        after: tuple[int, str] | None,
    ) -> Pending[TaskPage]: ...
    def unresolved(self) -> Pending[TaskPage]: ...
    def resume(
        self, concurrency: int, timeout: float | None, on_reply: Callable[[str, Reply], object] | None
    ) -> Pending[list[tuple[str, Reply]]]: ...
    def work(self, settles: bool, on_reply: Callable[[str, Reply], object] | None, on_problem: Callable[[str], object]) -> Worker: ...
    def delete(self, intent_id: str) -> Pending[bool]: ...
    def prune(self, older_than: float) -> Pending[int]: ...
    def account(self) -> Pending[Balance]: ...
    def remote_tasks(self) -> Pending[list[ListedTask]]: ...
    def learned(self) -> Pending[str]: ...
    def receive(self, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes) -> Pending[_Received]: ...
    def notices(self, limit: int | None) -> Pending[list[tuple[TaskRecord, Reply, Task]]]: ...
    def acknowledge(self, intent_id: str) -> Pending[bool]: ...
    def deliveries(self, intent_id: str | None, task_id: str | None, outcome: str | None, limit: int | None) -> Pending[list[Delivery]]: ...

@final
class Orders:
    def has_place(self) -> bool: ...
    def give(
        self,
        model: str,
        input: Input | Payload,
        key: str | None,
        owner: str | None,
        callback_url: str | None,
        options: Mapping[str, Any] | None,
    ) -> tuple[int, str | None]: ...
    def next(self, until_nudged: bool) -> Pending[tuple[int, str | None, Task | None, Reply] | None]: ...
    def nudge(self) -> None: ...
    def close(self) -> None: ...

@final
class Payload:
    @property
    def has_media(self) -> bool: ...
    def load(self) -> None: ...

@final
class Worker:
    def next(self) -> Pending[tuple[TaskRecord, Reply, Task] | None]: ...
    def handled(self, intent_id: str, done: bool) -> None: ...
    def stop(self) -> None: ...

@final
class Receiver:
    def __new__(cls, clients: Sequence[Client]) -> Receiver: ...
    def receive(self, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes) -> Pending[_Received]: ...

@final
class Task:
    @property
    def intent_id(self) -> str: ...
    @property
    def task_id(self) -> str | None: ...
    @property
    def model(self) -> str: ...
    @property
    def provider(self) -> str: ...
    def record(self) -> Pending[TaskRecord]: ...
    def reply(self) -> Pending[Reply]: ...
    def check(self, force: bool) -> Pending[Reply]: ...
    def wait(self, timeout: float | None) -> Pending[Reply]: ...
    def updates(self, timeout: float | None) -> Pending[Updates]: ...
    def cancel(self) -> Pending[Reply]: ...
    def adopt(self, task_id: str) -> Pending[Reply]: ...
    def discard(self) -> Pending[Reply]: ...
    def save_files(self, directory: str | PathLike[str], receipt: str | None) -> Pending[list[SavedFile]]: ...
    def save_as(self, path: str | PathLike[str], index: int, receipt: str | None, overwrite: bool) -> Pending[SavedFile]: ...
    def read_file(self, index: int, max_bytes: int | None) -> Pending[bytes]: ...
    def stream_file(self, index: int) -> Pending[FileStream]: ...

@final
class Updates:
    def next(self) -> Pending[Reply | None]: ...
    def close(self) -> None: ...

@final
class FileStream:
    """The bytes of a result file, as they come."""

    def next(self) -> Pending[bytes | None]:
        """The next bytes; `None` after the last."""
    def close(self) -> None:
        """Leaves the file."""

@final
class SandboxServer:
    def __new__(cls, providers: Sequence[object] | None, port: int, speed: int) -> SandboxServer: ...
    @property
    def providers(self) -> list[str]: ...
    @property
    def variables(self) -> list[tuple[str, str | None, str | None]]: ...
    @property
    def url(self) -> str: ...
    def close(self) -> None: ...

@final
class Pacer:
    """When requests of one process may go out, per base URL and account; shared by all machines of the process."""

    def __new__(cls) -> Pacer: ...
    def hold(self, contract: Contract, base_url: str, account: str, until: int) -> None:
        """The whole account was asked to pause until this time, in Unix milliseconds."""
    def held_until(self, contract: Contract, base_url: str, account: str) -> int:
        """Until when the whole account is asked to pause, in Unix milliseconds; a time that is over, or 0, where it is not."""

@final
class Machine:
    """One task as a state machine: it decides, and whoever drives it performs."""

    @staticmethod
    def prepare(
        contract: Contract,
        model: str,
        input: Mapping[str, Any],
        *,
        entropy: bytes,
        now: int,
        settings: Mapping[str, Any] | None = None,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Machine:
        """Checks a generation and prepares its task. `entropy` is 32 random bytes; `now` is in Unix milliseconds, as everywhere here."""
    @staticmethod
    def resume(
        contract: Contract, record: TaskRecord, request: bytes | None = None, *, settings: Mapping[str, Any] | None = None
    ) -> Machine:
        """A machine for a stored record and its `request` blob."""
    @staticmethod
    def ask(
        contract: Contract,
        task_id: str,
        *,
        model: str = "",
        details: bool = False,
        now: int,
        settings: Mapping[str, Any] | None = None,
    ) -> Machine:
        """A machine for a question about a task that is not stored: how it is, or with `details` what it made."""
    def step(self, input: Mapping[str, Any], now: int, pacer: Pacer) -> list[dict[str, Any]]:
        """Takes what happened and says what to do next, in order. An exception leaves the machine as it was."""
    def poll_timeout(self) -> int:
        """When to step `{"kind": "timeout"}`."""
    def record(self) -> TaskRecord:
        """The record as it is now."""
    def reply(self) -> Reply:
        """How the task is."""
    def answer(self) -> Reply:
        """The answer to a question: how the task is, or why that could not be read."""
    def last_fault(self) -> str | None:
        """The code of why the last read brought nothing; `None` once one did."""
    def preview(self) -> dict[str, Any] | None:
        """The submit as it would go out, without the credential; `None` once it is no longer needed."""
    def key_use(
        self,
        record: TaskRecord,
        model: str,
        input: Mapping[str, Any],
        *,
        held: int,
        now: int,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What the record of the caller's key means for this prepared submit, given as it was prepared. `held`: until when the account
        is asked to pause. `{"use": "same"}`: that task is the caller's; `conflict`: another job has the key, as the `reply` says;
        `wait`: a pause is not over, as the `reply` says; `free`: save this `record`, then begin.
        """
    def release(self, pacer: Pacer) -> None:
        """Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended."""

@final
class HostClient:
    def __new__(
        cls,
        contract: Contract,
        *,
        account: str | None,
        base_url: str | None,
        holder: str,
        request_timeout_ms: int | None,
        poll: Mapping[str, int | bool] | None,
        timeout_ms: int | None,
        max_read_retries: int | None,
        listens: bool,
        callbacks: Mapping[str, Any] | None,
    ) -> HostClient: ...
    @property
    def contract(self) -> Contract: ...
    @property
    def base_url(self) -> str: ...
    @property
    def account_label(self) -> str: ...
    def submit(
        self,
        model: str,
        input: Mapping[str, Any],
        entropy: bytes,
        now: int,
        key: str | None,
        owner: str | None,
        callback_url: str | None,
        options: Mapping[str, Any] | None,
    ) -> HostCall: ...
    def begin(self, name: str, arguments: Mapping[str, Any], record: TaskRecord | None, now: int) -> HostCall: ...
    def receive(self, method: str, url: str, headers: Sequence[tuple[str, str]], body: bytes, now: int) -> HostCall: ...
    def headers(self, url: str, headers: Sequence[tuple[str, str]], key: str | None) -> list[tuple[str, str]]: ...

@final
class HostCall:
    def next(
        self, now: int, number: int | None, answer: Mapping[str, Any] | HttpResponse | None, text: str | None, bytes: bytes | None
    ) -> tuple[str, Any]: ...
    @property
    def may_be_left(self) -> bool: ...
    @property
    def intent_id(self) -> str | None: ...
    @property
    def ends_at(self) -> int | None: ...
    @property
    def waits_for(self) -> tuple[str, int] | None: ...

def holder_name(client: str, host: str, pid: int, started: int) -> str:
    """The name of a lease's holder for a process: what `Probe` is asked about when it seems to be gone."""

def account_request(contract: Contract, operation: str, *, base_url: str | None = None) -> dict[str, Any]:
    """The request that lists the account's tasks (`list`) or asks for its balance (`account`)."""

def read_account(contract: Contract, operation: str, response: Mapping[str, Any], now: int) -> dict[str, Any]:
    """Reads the answer to such a request: a list of tasks, or a balance; `{"code": ...}` where it brought nothing."""

def advice(asked: str, phase: str | None, code: str, billing: str) -> list[str]:
    """The total table of what a person can do next, the step to try first in front: what was asked when something went wrong
    (`submit`, `wait`, `cancel`, `settle`, `question`, `file`), the phase (`None`: no task), the code, and whether money may have
    been spent.
    """

def outcome(ending: str, phase: str, processing: bool = False, fault: str | None = None) -> tuple[str, str | None]:
    """The total table: why a reply is given, the phase and the fault make its status and its code."""

def split_mix_64(seed: int, counter: int) -> int:
    """The numbers behind all jitter: SplitMix64 of a seed and a counter."""

def backoff(base_ms: int, cap_ms: int, attempt: int, seed: int) -> int:
    """Full jitter, in milliseconds: from nothing to `base_ms` doubled `attempt` times, at most `cap_ms`."""

def next_poll(elapsed_ms: int, seed: int, *, first_ms: int, every_ms: int, factor_pct: int, cap_ms: int, min_interval_ms: int = 0) -> int:
    """How long after the last poll the next one is due, in milliseconds, for a task that has waited `elapsed_ms`."""

def judge(
    contract: Contract,
    secrets: Mapping[str, Any],
    method: str,
    url: str,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    now: int,
    *,
    jwks: bytes | None = None,
) -> dict[str, Any]:
    """Says what a callback is worth. `secrets` is `{"token": [{"text", "until"}], "signing": [...], "toleranceMs"}`, `jwks` the text
    of the keys that the provider publishes. `{"verdict": "proven", "proof"}`; `{"verdict": "refused", "refusal", "http"}`; or,
    where a public key decides, `{"verdict": "keys", "url", "candidates", "proof"}`: the signatures that may be the provider's,
    whether each holds, and what the first of those that do makes a proof of (`jwks` then says why the published keys are none).
    """

def verify_ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature of a message is that of a key, strictly: no weak key, and no second form of a signature. What
    `Verify` asks for.
    """

def sign_callback(
    of: Client | Contract,
    url: str,
    intent_id: str | None,
    body: bytes,
    task_id: str,
    delivery_id: str,
    user: str,
    own: _Secrets,
    signing: _Secrets,
    seed: bytes | None,
    now: int | None,
) -> tuple[str, list[tuple[str, str]]]: ...
def command(arguments: Sequence[str]) -> int: ...
def submits_in_flight() -> int: ...
def settle_submits() -> None: ...
def end() -> None: ...
def before_fork() -> None: ...
def after_fork() -> None: ...
