"""What a call asks of its host, one thing at a time. The page on hosts has the table: what to do, what to guarantee, what to answer.

All times are Unix milliseconds and all durations milliseconds. What may hold a prompt or a URL is not shown by `repr`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from gentask._native import Delivery, DeliveryFilter, NoticeFilter, Reply, StoreFilter, TaskRecord  # noqa: TC001 (whoever stores effects looks their types up)

__all__ = [
    "Acknowledge",
    "Blob",
    "Candidate",
    "Delete",
    "Deliveries",
    "Effect",
    "Find",
    "List",
    "Load",
    "Meta",
    "Notices",
    "Probe",
    "Ready",
    "Remember",
    "Save",
    "Send",
    "SetMeta",
    "Sleep",
    "Tell",
    "Verify",
]


@dataclass(frozen=True)
class Ready:
    """Ask for the key, then wait for a place among the requests in flight; keep both for the submit that follows.

    Give both back at the submit's answer, at a `Sleep` that `gives_back`, or at the end of the call, whichever is first.
    """


@dataclass(frozen=True)
class Load:
    """Read the record of an intent."""

    intent_id: str
    within_ms: int | None = None
    """How long the store may take; then answer `Refused`. `None`: as long as it takes."""


@dataclass(frozen=True)
class Find:
    """Read all records that match, oldest first: those with this `task_id`, or the one with this `key`. Leave none out."""

    provider: str
    task_id: str | None = None
    """The provider's id of the task; `None`: look for the key."""
    account: str | None = None
    owner: str | None = None
    """Whose key it is; `None` matches only records without an owner."""
    key: str | None = None


@dataclass(frozen=True)
class List:
    """Read a page of records, oldest first. One that cannot be read must not hide the others."""

    filter: StoreFilter


@dataclass(frozen=True)
class Blob:
    """Read the bytes that are stored beside a record."""

    intent_id: str
    name: str
    """`request` or `raw`."""


@dataclass(frozen=True)
class Meta:
    """Read a value that belongs to no single task."""

    name: str


@dataclass(frozen=True)
class SetMeta:
    """Set such a value in one step, and answer which one stands afterwards."""

    name: str
    value: str
    rule: Literal["replace", "ifAbsent", "raise"]
    """`ifAbsent`: a value that is there stays. `raise`: the greater number stands; what is not there, or is no number, counts as 0."""


@dataclass(frozen=True)
class Save:
    """Store the record, its blobs and its history, all or nothing, where the stored version is `expected_version`.

    In the same transaction: the `delivery`, where there is one, and a notice where `is_end` says so.
    """

    record: TaskRecord
    """The record, for the columns that a store searches."""
    json: str = field(repr=False)
    """The record's exact text: this is what is stored, and what is given back."""
    blobs: dict[str, bytes | None] = field(repr=False)
    """What changes beside the record, by name; `None`: it is deleted."""
    expected_version: int
    """0: nothing may be stored for the intent yet."""
    fence: bool
    """Answer only when the record would survive a loss of power."""
    history: list[dict[str, Any]]
    """What happened, for people: `kind`, `at`, `data`. It may be dropped."""
    delivery: Delivery | None = None
    """The callback that brings the change. One of its provider, account and `dedupe` that is stored already, and still kept, is a conflict,
    unless it is an orphan: that one is replaced."""
    is_end: bool = False
    """The task has ended: where there is no notice of that yet, acknowledged or not, one is stored."""


@dataclass(frozen=True)
class Remember:
    """Store a callback, where none of its provider, account and `dedupe` is stored and kept; answer `Noted`.

    What is kept no longer may be deleted.
    """

    delivery: Delivery


@dataclass(frozen=True)
class Deliveries:
    """Read the stored callbacks that match, the newest first."""

    filter: DeliveryFilter


@dataclass(frozen=True)
class Notices:
    """Read the records of tasks whose end nobody has acknowledged, the oldest end first; answer `Records`."""

    filter: NoticeFilter


@dataclass(frozen=True)
class Acknowledge:
    """Note that what follows from a task's end is done; answer `Noted`: whether that was not noted before."""

    intent_id: str
    at: int


@dataclass(frozen=True)
class Candidate:
    """An Ed25519 signature that may be the provider's."""

    key: bytes
    """32 bytes."""
    message: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    """64 bytes."""


@dataclass(frozen=True)
class Verify:
    """Verify signatures, strictly, and answer which one holds: `gentask.sansio.verify_ed25519` does one."""

    candidates: list[Candidate]


@dataclass(frozen=True)
class Delete:
    """Delete records that have ended, with all that belongs to them."""

    intent_ids: list[str]


@dataclass(frozen=True)
class Send:
    """Send one HTTP request, once: no retry, no redirect, and a submit on a connection of its own.

    Without `Ready` before it, ask for the key and for a place first. A long poll (`operation` is `status`, and `open_ms` above 0) may
    be dropped and answered with `Changed` after a save of another call for the same intent.
    """

    id: str
    """`submit:1`: for logs."""
    operation: str
    """`submit`, `status`, `result`, `cancel`, `list`, `account`, `keys` or `upload`."""
    method: str
    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    """Without the credential: `Client.headers` adds it."""
    body: bytes = field(repr=False)
    """Empty: none."""
    auth: bool
    """Whether the request needs the key."""
    response_cap: int
    """The most bytes of the answer's body that are read."""
    until: int
    """When its time is over, the wait for key and place included."""
    timeout_ms: int
    """How long the request itself may take."""
    open_ms: int = 0
    """How long the provider was asked to keep it open, which `timeout_ms` includes; 0: not at all.

    Such a request takes no place among those in flight.
    """


@dataclass(frozen=True)
class Sleep:
    """Wait until a time, never less."""

    until: int
    intent_id: str | None
    """A save of this client for this intent may end the sleep early, with the answer `Changed`."""
    gives_back: bool
    """Whether key and place of a `Ready` are given back first."""
    may_park: bool
    """Whether the call may be dropped here, and a new wait begun at that time."""


@dataclass(frozen=True)
class Probe:
    """Say whether the process that holds a submit's lease is provably gone."""

    holder: str
    """Its whole name, as its client was given it."""
    host: str
    pid: int
    started: int


@dataclass(frozen=True)
class Tell:
    """Call whoever listens: the events in their order, then the update."""

    record: TaskRecord
    json: str = field(repr=False)
    """The record's exact text."""
    events: list[dict[str, Any]]
    """What happened: `kind`, `at`, `data`. It may be logged."""
    update: Reply | None
    """How the task is, where that is news to whoever waits for it."""


Effect = (
    Ready
    | Load
    | Find
    | List
    | Blob
    | Meta
    | SetMeta
    | Save
    | Remember
    | Deliveries
    | Notices
    | Acknowledge
    | Verify
    | Delete
    | Send
    | Sleep
    | Probe
    | Tell
)
"""Any of them."""
