"""Callbacks: what is answered to one, what becomes of it, and what an application hears of tasks that have ended.

A route that receives them is ready: `gentask.asgi.callbacks(client)` for FastAPI and Starlette, `gentask.wsgi.callbacks(client)` for Flask.
By hand it is one call with the raw bytes, whose receipt is the answer:

>>> @app.post("/gentask")
... async def gentask_callback(request: Request) -> Response:
...     receipt = await client.receive(request.method, str(request.url), request.headers, await request.body())
...     return Response(receipt.body, receipt.http_status, receipt.headers)

What follows from a task's end (a mail, a row, an event to the browser) belongs into `settle_notices`, which hands each end out until your
function has returned from it, whether a callback brought it, a wait or a `resume`.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar, cast

from gentask import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gentask._native import Reply, Task, TaskRecord, _Received
    from gentask.client import Client, TaskHandle

    Headers = Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]]

__all__ = ["MOST_BODY_BYTES", "Notice", "Outcome", "Receipt", "Receiver"]

Handle = TypeVar("Handle")

Outcome = Literal["applied", "poke", "duplicate", "orphan", "conflict", "unknown", "refused", "unavailable"]
"""What became of a callback.

- `applied`: its signed body said how the task is, and that is stored.
- `poke`: it proved that there is news; a status call says which.
- `duplicate`: it was taken before.
- `orphan`: it is proven, and no task is known by it yet; it is kept for a day.
- `conflict`: it contradicts what is stored; a status call says which is true.
- `unknown`: it is proven, and its task is not stored here, or not any more.
- `refused`: it proves nothing, or is none.
- `unavailable`: it could not be stored, or the keys to verify it could not be fetched; the provider is to send it again.
"""

MOST_BODY_BYTES = _native.MOST_BODY_BYTES
"""The most bytes of a body that are read: 1 MiB."""

_TEXT = {"content-type": "text/plain; charset=utf-8"}


class Receipt(Generic[Handle]):
    """What is answered to a callback, and what it brought. Status, headers and body say nothing about any task."""

    __slots__ = ("body", "headers", "http_status", "intent_id", "outcome", "reason", "signing_secret", "task", "token_secret")

    http_status: int
    """The HTTP status of the answer: what the contract calls an acknowledgement, or 400, 401, 405, 413 or 503."""
    headers: dict[str, str]
    """The headers of the answer."""
    body: bytes
    """The body of the answer: plain text."""
    outcome: Outcome
    """What became of the callback."""
    intent_id: str | None
    """The intent that it is about, where that is one of this client's."""
    task: Handle | None
    """The task, where it is stored here."""
    token_secret: int | None
    """Which of the `callback_secrets` proved it, counted from 0: once the old one proves nothing any more, it can go."""
    signing_secret: int | None
    """Which of the `signing_secrets` did."""
    reason: str | None
    """Why it could not be taken: what a store or a server of keys said. It was logged as a warning."""

    def __init__(
        self,
        http_status: int,
        body: bytes,
        outcome: Outcome,
        *,
        intent_id: str | None = None,
        task: Handle | None = None,
        token_secret: int | None = None,
        signing_secret: int | None = None,
        reason: str | None = None,
    ) -> None:
        self.http_status = http_status
        self.headers = dict(_TEXT)
        self.body = body
        self.outcome = outcome
        self.intent_id = intent_id
        self.task = task
        self.token_secret = token_secret
        self.signing_secret = signing_secret
        self.reason = reason

    def __repr__(self) -> str:
        return f"Receipt(http_status={self.http_status!r}, outcome={self.outcome!r}, intent_id={self.intent_id!r})"


class Notice(Generic[Handle]):
    """A task has ended, and nobody has said yet that what follows from it is done.

    It is handed out at least once, and to more than one process where several ask at the same moment: what you do with it must bear to
    be done again.
    """

    __slots__ = ("record", "reply", "task")

    record: TaskRecord
    """The task's record."""
    reply: Reply
    """How it ended, with its files."""
    task: Handle
    """The task."""

    def __init__(self, record: TaskRecord, reply: Reply, task: Handle) -> None:
        self.record = record
        self.reply = reply
        self.task = task

    @property
    def intent_id(self) -> str:
        """The notice's name, and its task's: what `acknowledge` takes."""
        return self.record.intent_id

    @property
    def owner(self) -> str | None:
        """Whose task it is: see that nobody else is given the result."""
        return self.record.owner

    def __repr__(self) -> str:
        return f"Notice(intent_id={self.intent_id!r}, owner={self.owner!r}, status={self.reply.status!r})"


class Receiver:
    """Several clients behind one URL: of other providers, or other accounts. A callback goes to the first that knows it."""

    __slots__ = ("_clients", "_native")

    def __init__(self, clients: Iterable[Client]) -> None:
        """Ask these clients, in this order; there must be one."""
        self._clients = list(clients)
        self._native = _native.Receiver([client._native for client in self._clients])  # noqa: SLF001 - one package

    def receive(self, method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview) -> Receipt[TaskHandle]:
        """Take a callback as HTTP brought it; see `Client.receive`."""
        from gentask.client import TaskHandle

        received = self._native.receive(*arrival(method, url, headers, body)).result()
        return receipt_of(received, lambda _, task: TaskHandle(task))


class Left:
    """The notices that a function could not deal with."""

    def __init__(self) -> None:
        self.intent_ids: set[str] = set()
        self._first: Exception | None = None

    def page(self) -> int:
        """Return how many notices have to be asked for, so that these do not keep others back."""
        return 100 + len(self.intent_ids)

    def new(self, notices: Sequence[Notice[Handle]]) -> list[Notice[Handle]]:
        """Return those that were not tried yet."""
        return [notice for notice in notices if notice.intent_id not in self.intent_ids]

    def note(self, intent_id: str, error: Exception) -> None:
        """Keep the first exception; further ones are logged, since only one can be raised."""
        self.intent_ids.add(intent_id)
        if self._first is None:
            self._first = error
            return
        unsettled(intent_id, error)

    def end(self) -> None:
        """Raise the first exception, where there was one."""
        if self._first is not None:
            raise self._first


def arrival(method: str, url: str, headers: Headers, body: bytes | bytearray | memoryview) -> tuple[str, str, list[tuple[str, str]], bytes]:
    """Read what HTTP brought."""
    pairs = cast("Mapping[str, str]", headers).items() if hasattr(headers, "items") else headers
    named = [(_text(name), _text(value)) for name, value in pairs]
    if isinstance(body, (bytearray, memoryview)):
        body = bytes(body)
    if not isinstance(body, bytes):
        raise TypeError(
            f"body: a signature covers the raw bytes of the request, so these are needed, not {type(body).__name__}: "
            "`await request.body()` in FastAPI and Starlette, `request.body` in Django, `request.get_data()` in Flask"
        )
    return method, url, named, body


def _text(part: str | bytes) -> str:
    return part.decode("latin-1") if isinstance(part, bytes) else part


def receipt_of(received: _Received, handle: Callable[[int, Task], Handle]) -> Receipt[Handle]:
    """Make a receipt of what the native module brings; `handle` makes one of a task, given the place of its client."""
    place, http_status, body, outcome, intent_id, task, (token_secret, signing_secret), reason = received
    if reason is not None:
        import logging

        logging.getLogger("gentask").warning("a callback could not be taken, and is to come again: %s", reason)
    return Receipt(
        http_status,
        body.encode(),
        outcome,
        intent_id=intent_id,
        task=None if task is None else handle(place, task),
        token_secret=token_secret,
        signing_secret=signing_secret,
        reason=reason,
    )


def unsettled(intent_id: str, error: Exception) -> None:
    """Log that the application failed at an ended task, which it hears of again."""
    import logging

    logging.getLogger("gentask").error("a notice was not settled: %s", intent_id, exc_info=error)


def problem(message: str) -> None:
    """Log that a worker's store failed."""
    import logging

    logging.getLogger("gentask").warning("the worker goes on, and tries again: %s", message)
