"""The client as calls: each asks its host for one effect at a time, and goes on with the answer."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from gentask import _native
from gentask._native import Balance, HttpResponse, ListedTask, Reply, TaskPage, TaskRecord
from gentask.callbacks import Outcome, arrival
from gentask.errors import GentaskError, error_of
from gentask.learned import LearnedModel, learned_of
from gentask.sansio import answers, effects
from gentask.sansio.work import Notice, Turn, Work, notice_of, told_of, turn_of, work_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gentask._native import Contract, SavedFile
    from gentask.callbacks import Headers
    from gentask.sansio.answers import Answer
    from gentask.sansio.effects import Effect, Send

T = TypeVar("T")

_Updates = Literal["none", "changes", "fromTheFirst"]


@dataclass(frozen=True)
class Do:
    """What a call asks for. It goes on with `call.next((number, answer), now=...)`."""

    number: int
    effect: Effect


@dataclass(frozen=True)
class Done(Generic[T]):
    """The end of a call."""

    value: T | None
    """What the call brought; `None` where it failed."""
    error: GentaskError | None = None
    """Why it failed, with its `reply`."""

    def result(self) -> T:
        """Return what the call brought, or raise why it failed."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # there is one where there is no error, and it may be `None`


class Accepted(NamedTuple):
    """A submit that was settled without a failure."""

    record: TaskRecord
    """The task, as it is now."""
    reply: Reply
    """What the submit brought, or how the task of its key is."""


class Unfinished(NamedTuple):
    """A page of tasks that have not ended."""

    records: list[TaskRecord]
    """Each for a `Client.wait_from` in the background."""
    damaged: list[tuple[str, Reply]]
    """Those whose record cannot be read: the intent's id, and what is told of it."""
    next: tuple[int, str] | None
    """Where the next page begins; `None`: this is the last."""


class Receipt(NamedTuple):
    """What is answered to a callback, and what it brought. Status and body say nothing about any task."""

    http_status: int
    """The HTTP status of the answer."""
    body: str
    """The body of the answer: plain text."""
    outcome: Outcome
    """What became of the callback."""
    intent_id: str | None
    """The intent that it is about, where that is one of this client's."""
    follow_up: bool
    """Whether `Client.follow_up` has something to do, once the answer has gone out."""
    token_secret: int | None
    """Which of the secrets for tokens proved it, counted from 0."""
    signing_secret: int | None
    """Which of the signing secrets or keys did."""
    reason: str | None
    """Why it could not be taken, for a log."""


class Call(Generic[T]):
    """One operation of a `Client`, which brings a `T`. It may be used on any thread, one at a time; dropping it leaves it."""

    __slots__ = ("_native", "_read")

    def __init__(self, native: _native.HostCall, read: Callable[[str], T]) -> None:
        self._native = native
        self._read = read

    def next(self, answer: tuple[int, Answer] | None = None, *, now: int) -> Do | Done[T]:
        """Go on: at first with nothing, then with the number of the effect and its answer. `now` is the time in Unix milliseconds.

        An exception is a mistake of the host's and leaves the call as it was: an answer of another kind, to another effect, given twice,
        after the end, or `Due` before its time. How the call itself failed is never raised here: `Done` tells it.
        """
        number, given = (None, None) if answer is None else answer
        text, beside = self._native.next(now, number, *_parts(given))
        if text[0] == "=":
            return Done(self._read(text[1:]))
        if text[0] == "!":
            failure = json.loads(text[1:])
            return Done(None, error_of(Reply.from_json(json.dumps(failure["reply"])), failure["message"]))
        head, _, record = text.partition("\n")
        asked = json.loads(head)
        return Do(asked["number"], _effect(asked, record, beside))

    @property
    def may_be_left(self) -> bool:
        """Whether the host may drop the call. While it may not, a submit is under way: whoever waited may go, the call goes on."""
        return self._native.may_be_left

    @property
    def intent_id(self) -> str | None:
        """The intent that the call is about, as far as it is known now; of a submit, from its beginning."""
        return self._native.intent_id

    @property
    def ends_at(self) -> int | None:
        """When nobody waits for the call any more, whatever effect holds it up.

        Then tell whoever waited what `Client.overdue` brings, and drop the call if it may be left.
        """
        return self._native.ends_at

    @property
    def waits_for(self) -> tuple[str, int] | None:
        """The word of the effect whose answer the call awaits, and since when; `None` before its beginning and after its end."""
        return self._native.waits_for

    def __repr__(self) -> str:
        return f"Call(intent_id={self.intent_id!r}, waits_for={self.waits_for!r})"


class Client:
    """One provider and one account, without I/O: every method begins a `Call`, which a host runs.

    Its calls share a pacer and the account's pauses, so keep one for the life of a process. It is cheap to make.
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        contract: Contract,
        *,
        holder: str,
        account: str | None = None,
        base_url: str | None = None,
        request_timeout_ms: int | None = None,
        poll: Mapping[str, int | bool] | None = None,
        timeout_ms: int | None = None,
        max_read_retries: int | None = None,
        listens: bool = False,
        callbacks: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a client.

        - `holder`: a name that only this process has: who holds the lease of a submit. Two processes of one name would take each other's
          attempts for their own. `holder_name` makes one that others can prove gone.
        - `account`: a label that keeps tasks under different keys apart. Default: `default`.
        - `base_url`: another one than the contract's.
        - `request_timeout_ms`: how long one request may take. Default: 30 seconds.
        - `poll`: `initialMs`, `factorPct` and `capMs`, over the contract's; or `byContract`, whatever was learned.
        - `timeout_ms`: how long a wait lasts that names no time. Default: the contract's figure for the kind of task.
        - `max_read_retries`: how often a question that brought nothing is asked again. Default: 3.
        - `listens`: whether somebody hears of every event: `Tell` is asked for each.
        - `callbacks`: how it has itself called back. `secrets`: `token`, our own, and `signing`, the provider's, each a list of
          `{"text", "until"}`, and `toleranceMs`, how far a callback's time may be from ours. `hosts`: the only ones to which a callback
          may go. `areKept`: whether the host performs `Remember` and its like; without that no callback may be asked for.
        """
        self._native = _native.HostClient(
            contract,
            account=account,
            base_url=base_url,
            holder=holder,
            request_timeout_ms=request_timeout_ms,
            poll=poll,
            timeout_ms=timeout_ms,
            max_read_retries=max_read_retries,
            listens=listens,
            callbacks=callbacks,
        )

    @property
    def contract(self) -> Contract:
        """The provider."""
        return self._native.contract

    @property
    def base_url(self) -> str:
        """The base URL, without a slash at its end."""
        return self._native.base_url

    @property
    def account_label(self) -> str:
        """The account's label."""
        return self._native.account_label

    def headers(self, send: Send, api_key: str) -> dict[str, str]:
        """Return the headers of a request as they go out, with the credential where it needs one.

        Raises `gentask.transport.NotSent` where the URL's origin may not have the key.
        """
        key = api_key if send.auth else None
        return dict(self._native.headers(send.url, list(send.headers.items()), key))

    def submit(
        self,
        model: str,
        input: Mapping[str, Any],  # noqa: A002
        *,
        entropy: bytes,
        now: int,
        key: str | None = None,
        owner: str | None = None,
        callback_url: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Call[Accepted]:
        """Submit a generation; the call ends once the task's id is durable, or the submit has come to nothing.

        `entropy` is 32 random bytes that are used for nothing else. Raises `InvalidModel` or `InvalidPayload` at once. Where nobody
        knows whether the submit was accepted, the call fails with `SubmitUnknown`.
        """
        return Call(self._native.submit(model, input, entropy, now, key, owner, callback_url, options), _accepted)

    def wait(
        self,
        intent_id: str,
        now: int,
        *,
        record: TaskRecord | None = None,
        timeout_ms: int | None = None,
        updates: _Updates = "none",
        background: bool = False,
    ) -> Call[Reply]:
        """Wait for a task's end. The reply is its end's, or says why the wait ended before it; the task then goes on.

        `record` is what was last known of the task, told where the store does not answer. `updates`: whether changes are told (`Tell`),
        and how the task is at first. `background`: nobody waits for it, so a long Retry-After is slept through.
        """
        how = {"timeoutMs": timeout_ms, "updates": updates, "background": background}
        return self._about("wait", intent_id, now, record, Reply.from_json, how)

    def wait_from(
        self,
        record: TaskRecord,
        now: int,
        *,
        timeout_ms: int | None = None,
        updates: _Updates = "none",
        background: bool = False,
    ) -> Call[Reply]:
        """Do the same for a record that was read just now, as `unfinished` has them: the store is not asked first."""
        how = {"timeoutMs": timeout_ms, "updates": updates, "background": background}
        return self._about("waitFrom", record.intent_id, now, record, Reply.from_json, how)

    def check(self, intent_id: str, now: int, *, record: TaskRecord | None = None, force: bool = False) -> Call[Reply]:
        """Make at most one request and save its answer. Before the task is due nothing is sent, unless `force` asks for it."""
        return self._about("check", intent_id, now, record, Reply.from_json, {"force": force})

    def cancel(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """Ask the provider to stop a task. A reply that is not `ok` is a wish that was not granted."""
        return self._about("cancel", intent_id, now, record, Reply.from_json)

    def adopt(self, intent_id: str, task_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """Give an unresolved task the id under which a person found it at the provider."""
        return self._about("adopt", intent_id, now, record, Reply.from_json, {"taskId": task_id})

    def discard(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """Give an unresolved task up."""
        return self._about("discard", intent_id, now, record, Reply.from_json)

    def task(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[TaskRecord]:
        """Read the record of an intent of this provider and account."""
        return self._about("task", intent_id, now, record, TaskRecord.from_json)

    def reply(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """Tell how a task is, by its record alone; nothing is sent."""
        return self._about("reply", intent_id, now, record, Reply.from_json)

    def overdue(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """Bring what is told to who waited for a call until its `ends_at`: `WAIT_TIMEOUT`, with the task id that came meanwhile."""
        return self._about("overdue", intent_id, now, record, Reply.from_json)

    def left(self, intent_id: str, now: int) -> Call[Reply]:
        """Bring what is told to who left a submit that goes on: how it is by now."""
        return self._about("left", intent_id, now, None, Reply.from_json)

    def find(self, key: str, now: int, *, owner: str | None = None) -> Call[TaskRecord | None]:
        """Read the task that a caller's key names, the owner's where one is named."""
        return self._call("find", {"key": key, "owner": owner}, now, _found)

    def get_status(self, task_id: str, now: int, *, model: str | None = None) -> Call[Reply]:
        """Ask how a task is, stored here or not. `model` is needed where the provider's call names it and the task is not stored."""
        return self._call("ask", {"question": "status", "taskId": task_id, "model": model}, now, Reply.from_json)

    def get_task(self, task_id: str, now: int, *, model: str | None = None) -> Call[Reply]:
        """Ask for a task's details and files."""
        return self._call("ask", {"question": "details", "taskId": task_id, "model": model}, now, Reply.from_json)

    def cancel_task(self, task_id: str, now: int, *, model: str | None = None) -> Call[Reply]:
        """Ask the provider to stop a task, stored here or not."""
        return self._call("ask", {"question": "cancel", "taskId": task_id, "model": model}, now, Reply.from_json)

    def upload(self, model: str, payload: Mapping[str, Any], now: int) -> Call[dict[str, Any]]:
        """Upload a payload's media that the provider takes in no order, and bring it with what stands for them; `submit` does so itself."""
        return self._call("upload", {"model": model, "input": payload}, now, json.loads)

    def account(self, now: int) -> Call[Balance]:
        """Ask what the account holds. Raises `Unsupported` at once where the provider does not tell."""
        return self._call("account", {}, now, _balance)

    def remote_tasks(self, now: int) -> Call[list[ListedTask]]:
        """Ask for the account's tasks as the provider lists them. Raises `Unsupported` at once where it does not."""
        return self._call("remoteTasks", {}, now, _listed)

    def page(
        self,
        now: int,
        *,
        owner: str | None = None,
        phases: Sequence[str] | None = None,
        unfinished: bool = False,
        created_from: int | None = None,
        created_before: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
        after: tuple[int, str] | None = None,
    ) -> Call[TaskPage]:
        """Read a page of this provider's and account's tasks, oldest first. `after` is the `next` of the page before.

        Times are in Unix milliseconds.
        """
        wanted = {"owner": owner, "phases": _list(phases), "unfinished": unfinished, "limit": limit, "after": _place(after)}
        wanted |= {"createdFrom": created_from, "createdBefore": created_before, "newestFirst": newest_first}
        return self._call("page", wanted, now, _page)

    def unresolved(self, now: int) -> Call[TaskPage]:
        """Read what a person has to look at, oldest first: each task waits for `adopt` or `discard`."""
        return self._call("unresolved", {}, now, _page)

    def unfinished(self, now: int, *, after: tuple[int, str] | None = None) -> Call[Unfinished]:
        """Read a page of tasks to be resumed: begin a `wait_from` in the background for each."""
        return self._call("unfinished", {"after": _place(after)}, now, _unfinished)

    def delete(self, intent_id: str, now: int) -> Call[bool]:
        """Delete the record of one task that has ended, and say whether there was one. Its key is free afterwards."""
        return self._about("delete", intent_id, now, None, json.loads)

    def prune(self, ended_before: int, now: int) -> Call[int]:
        """Delete the records of tasks that ended before a time. Unfinished and unresolved ones stay."""
        return self._call("prune", {"endedBefore": ended_before}, now, int)

    def note_file(self, intent_id: str, index: int, file: SavedFile, now: int) -> Call[None]:
        """Note in a task's record where one of its result files was saved; `index` counts from 0."""
        saved = {"path": str(file.path), "sha256": file.sha256, "bytes": file.bytes, "contentType": file.content_type}
        return self._about("noteFile", intent_id, now, None, _nothing, {"index": index, "file": saved})

    def receive(self, method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview, now: int) -> Call[Receipt]:
        """Take a callback as HTTP brought it, and say what to answer. The call never fails; it asks for nothing but published keys.

        `body` is the raw bytes, at most 1 MiB; whoever stopped reading after that passes one byte more.
        """
        return Call(self._native.receive(*arrival(method, url, headers, body), now), _receipt)

    def follow_up(self, intent_id: str, now: int, *, record: TaskRecord | None = None) -> Call[Reply]:
        """See to what follows from a callback, once it was answered and where its receipt says so: at most one status call."""
        return self._about("followUp", intent_id, now, record, Reply.from_json)

    def notices(self, now: int, *, limit: int | None = None) -> Call[list[Notice]]:
        """Read the ended tasks whose end nobody has acknowledged, the oldest end first; at most `limit`, by default 100."""
        return self._call("notices", {"limit": limit}, now, _notices)

    def acknowledge(self, intent_id: str, now: int) -> Call[bool]:
        """Say that what follows from a task's end is done. Brings whether nobody had said so before."""
        return self._about("acknowledge", intent_id, now, None, json.loads)

    def work(self, now: int, *, settles: bool = False) -> Call[Work]:
        """Look for what is due and nobody else's, and, where `settles`, for ends that the application has not dealt with."""
        return self._call("work", {"settles": settles}, now, work_of)

    def turn(self, record: TaskRecord, now: int, *, settles: bool = False) -> Call[Turn]:
        """Take a task a step further that a look brought: one request when it is due, and more where they are due soon after."""
        return self._about("turn", record.intent_id, now, record, turn_of, {"settles": settles})

    def handled(self, intent_id: str, done: bool, now: int) -> Call[bool]:
        """Say whether the application has dealt with an end that it was told of. What it has not, it hears of again."""
        return self._about("handled", intent_id, now, None, json.loads, {"done": done})

    def release(self, now: int) -> Call[int]:
        """Give back what the workers of this client have claimed. Brings how many tasks."""
        return self._call("release", {}, now, int)

    def learned(self, now: int) -> Call[list[LearnedModel]]:
        """Read what was learned of the account's models."""
        return self._call("learned", {}, now, lambda text: learned_of(json.loads(text)["models"]))

    def __repr__(self) -> str:
        return f"Client({self.contract.id!r}, account={self.account_label!r})"

    def _about(
        self,
        name: str,
        intent_id: str,
        now: int,
        record: TaskRecord | None,
        read: Callable[[str], T],
        more: Mapping[str, Any] | None = None,
    ) -> Call[T]:
        return self._call(name, {"intentId": intent_id, **(more or {})}, now, read, record)

    def _call(
        self, name: str, arguments: Mapping[str, Any], now: int, read: Callable[[str], T], record: TaskRecord | None = None
    ) -> Call[T]:
        given = {name: value for name, value in arguments.items() if value is not None}
        return Call(self._native.begin(name, given, record, now), read)


def _accepted(text: str) -> Accepted:
    record, _, reply = text.partition("\n")
    return Accepted(TaskRecord.from_json(record), Reply.from_json(reply))


def _found(text: str) -> TaskRecord | None:
    return None if text == "null" else TaskRecord.from_json(text)


def _balance(text: str) -> Balance:
    balance = json.loads(text)
    return Balance(balance["amount"], balance.get("unit"))


def _listed(text: str) -> list[ListedTask]:
    tasks = json.loads(text)["tasks"]
    return [ListedTask(task["taskId"], task.get("created"), task.get("model"), task.get("reference")) for task in tasks]


def _page(text: str) -> TaskPage:
    page = json.loads(text)
    damaged = [(each["intentId"], each["reason"]) for each in page["damaged"]]
    return TaskPage([TaskRecord.from_json(record) for record in page["records"]], damaged, _after(page))


def _unfinished(text: str) -> Unfinished:
    page = json.loads(text)
    return Unfinished([TaskRecord.from_json(record) for record in page["records"]], told_of(page["damaged"]), _after(page))


def _receipt(text: str) -> Receipt:
    said = json.loads(text)
    return Receipt(
        said["httpStatus"],
        said["body"],
        said["outcome"],
        said.get("intentId"),
        said["followUp"],
        said.get("tokenSecret"),
        said.get("signingSecret"),
        said.get("reason"),
    )


def _notices(text: str) -> list[Notice]:
    return [notice_of(each) for each in json.loads(text)["notices"]]


def _candidates(given: list[dict[str, str]]) -> list[effects.Candidate]:
    """Read signatures to be verified. A message that is absent is that of the one before."""
    candidates: list[effects.Candidate] = []
    message = b""
    for each in given:
        message = b64decode(each["message"]) if "message" in each else message
        candidates.append(effects.Candidate(b64decode(each["key"]), message, b64decode(each["signature"])))
    return candidates


def _nothing(_text: str) -> None:
    return None


def _after(page: Mapping[str, Any]) -> tuple[int, str] | None:
    after = page.get("next")
    return None if after is None else (after["created"], after["intentId"])


def _place(after: tuple[int, str] | None) -> dict[str, Any] | None:
    return None if after is None else {"created": after[0], "intentId": after[1]}


def _list(values: Sequence[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _effect(asked: Mapping[str, Any], record: str, beside: Any) -> Effect:
    """Make the object of an effect: its members, the record's text, and what the native module has beside both."""
    match asked["effect"]:
        case "ready":
            return effects.Ready()
        case "load":
            return effects.Load(asked["intentId"], asked.get("withinMs"))
        case "find":
            by = asked["by"]
            return effects.Find(by["provider"], by.get("taskId"), by.get("account"), by.get("owner"), by.get("key"))
        case "list":
            return effects.List(beside)
        case "blob":
            return effects.Blob(asked["intentId"], asked["name"])
        case "meta":
            return effects.Meta(asked["name"])
        case "setMeta":
            return effects.SetMeta(asked["name"], asked["value"], asked["rule"])
        case "save":
            stored, blobs, delivery = beside
            named = dict(zip(asked["blobs"], blobs, strict=True))
            is_end = asked.get("isEnd", False)
            return effects.Save(stored, record, named, asked["expectedVersion"], asked["fence"], asked["history"], delivery, is_end)
        case "remember":
            return effects.Remember(beside)
        case "deliveries":
            return effects.Deliveries(beside)
        case "notices":
            return effects.Notices(beside)
        case "acknowledge":
            return effects.Acknowledge(asked["intentId"], asked["at"])
        case "verify":
            return effects.Verify(_candidates(asked["candidates"]))
        case "delete":
            return effects.Delete(asked["intentIds"])
        case "send":
            own = asked["request"]
            return effects.Send(
                own["id"],
                own["operation"],
                own["method"],
                own["url"],
                own["headers"],
                beside,
                own["auth"],
                own["responseCap"],
                asked["until"],
                asked["timeoutMs"],
                own.get("openMs", 0),
            )
        case "sleep":
            return effects.Sleep(asked["until"], asked.get("intentId"), asked["givesBack"], asked["mayPark"])
        case "probe":
            return effects.Probe(asked["holder"], asked["host"], asked["pid"], asked["started"])
        case "tell":
            update = asked.get("update")
            return effects.Tell(beside, record, asked["events"], None if update is None else Reply.from_json(update))
        case word:
            raise NotImplementedError(word)


def _parts(answer: Answer | None) -> tuple[Any, str | None, bytes | None]:
    """Take an answer apart: its members, and the text or the bytes that go beside them."""
    match answer:
        case None | HttpResponse():
            return answer, None, None
        case answers.Keyless(message, code):
            return {"answer": "keyless", "code": code, "message": message}, None, None
        case answers.Record(record):
            return {"answer": "record"}, record, None
        case answers.Records(records):
            return {"answer": "records"}, json.dumps(list(records)), None
        case answers.Listing(records, after):
            pairs = [{"intentId": intent_id, "json": text} for intent_id, text in records]
            return {"answer": "listing", "next": _place(after)}, json.dumps(pairs), None
        case answers.Bytes(content):
            return {"answer": "bytes"}, None, content
        case answers.Value(value):
            return {"answer": "value", "value": value}, None, None
        case answers.Saved(conflict):
            return {"answer": "saved", "isConflict": conflict}, None, None
        case answers.Noted(news):
            return {"answer": "noted", "isNews": news}, None, None
        case answers.Deliveries(deliveries):
            return {"answer": "deliveries"}, f"[{','.join(deliveries)}]", None
        case answers.Verified(index):
            return {"answer": "verified", "index": index}, None, None
        case answers.Deleted(count):
            return {"answer": "deleted", "count": count}, None, None
        case answers.Refused(message, kind):
            return {"answer": "refused", "kind": kind, "message": message}, None, None
        case answers.Undelivered(delivery, reason):
            return {"answer": "undelivered", "delivery": delivery, "reason": reason}, None, None
        case answers.Gone(gone):
            return {"answer": "gone", "isGone": gone}, None, None
        case answers.Ready() | answers.Due() | answers.Changed() | answers.Told():
            return {"answer": type(answer).__name__.lower()}, None, None
        case other:
            raise TypeError(f"{type(other).__name__} is no answer: gentask.sansio.answers has them all")
