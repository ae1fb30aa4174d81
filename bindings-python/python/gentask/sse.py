"""A task's updates for a web page, as Server-Sent Events.

FastAPI, or whatever else streams an async iterator of bytes:

>>> @app.get("/pictures/{intent_id}/events")
... async def follow(intent_id: str) -> StreamingResponse:
...     return StreamingResponse(sse.events(await client.task(intent_id)), headers=sse.HEADERS)

Flask, and WSGI at large:

>>> @app.get("/pictures/<intent_id>/events")
... def follow(intent_id: str) -> Response:
...     return Response(sse.events(client.task(intent_id)), headers=sse.HEADERS)

Starlette and bare ASGI: `return sse.Events(task)`, `await sse.Events(task)(scope, receive, send)`. The page:

>>> const source = new EventSource(url)
>>> source.addEventListener("update", event => show(JSON.parse(event.data)))
>>> source.addEventListener("end", () => source.close())  // else the browser asks again

Each `update` has the reply's JSON, without `data.raw`; the first says how the task is now. `end` comes after the last one, and has the
same reply. What else ends the wait, such as that the task was deleted, is told in the same way. Who may see a task is for your
application to say, before it answers.
"""

from __future__ import annotations

import json
from typing import Any, overload

from gentask._arguments import seconds, some_seconds
from gentask.errors import GentaskError
from gentask.task import TaskHandle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, MutableMapping
    from datetime import timedelta

    from gentask._native import Pending, Reply
    from gentask.aio import AsyncTaskHandle

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

__all__ = ["HEADERS", "KEEP_ALIVE_S", "Events", "events"]

HEADERS = {"content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no"}
"""The headers of the answer: nothing on the way may keep it back or store it."""

KEEP_ALIVE_S = 15.0
"""After so many seconds without news a comment is sent, so that nothing on the way takes the connection for dead."""

_COMMENT = b":\n\n"


@overload
def events(
    task: TaskHandle, timeout: float | timedelta | None = None, *, keep_alive: float | timedelta = KEEP_ALIVE_S
) -> Generator[bytes, None, None]: ...


@overload
def events(
    task: AsyncTaskHandle, timeout: float | timedelta | None = None, *, keep_alive: float | timedelta = KEEP_ALIVE_S
) -> AsyncGenerator[bytes, None]: ...


def events(
    task: TaskHandle | AsyncTaskHandle, timeout: float | timedelta | None = None, *, keep_alive: float | timedelta = KEEP_ALIVE_S
) -> Generator[bytes, None, None] | AsyncGenerator[bytes, None]:
    """Yield the body of the answer, piece by piece: an async iterator for the task of an `AsyncClient`.

    It waits as `task.updates(timeout)` does. To close it, as servers do when the browser has gone, ends the wait and leaves the task
    running. The iterator for threads holds a thread of the server for as long as the browser listens; the async one holds none.
    """
    limit, alive = some_seconds(timeout, "timeout"), seconds(keep_alive, "keep_alive")
    return _plain(task, limit, alive) if isinstance(task, TaskHandle) else _async(task, limit, alive, _Line())


class Events:
    """The answer as an ASGI application, which ends its wait as soon as the browser has gone."""

    __slots__ = ("_alive", "_limit", "_task")

    def __init__(
        self, task: AsyncTaskHandle, timeout: float | timedelta | None = None, *, keep_alive: float | timedelta = KEEP_ALIVE_S
    ) -> None:
        """Answer with this task's `events`."""
        if isinstance(task, TaskHandle):
            raise TypeError("an event loop needs the task of an AsyncClient")
        self._task = task
        self._limit = some_seconds(timeout, "timeout")
        self._alive = seconds(keep_alive, "keep_alive")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        from gentask._loops import start

        if scope["type"] != "http":
            raise RuntimeError(f"events are sent over http, not {scope['type']}")
        line = _Line()

        async def watch() -> None:
            try:
                while (await receive())["type"] != "http.disconnect":
                    pass
            except Exception:  # noqa: S110 - a server that tells no more of the line sends no more either
                pass
            line.leave()

        headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        pieces = _async(self._task, self._limit, self._alive, line)
        stop = start(watch)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            if not line.is_left:
                await send({"type": "http.response.body", "body": b""})
        finally:
            stop()
            await pieces.aclose()


class _Line:
    """Whether anybody listens, and what is waited for meanwhile."""

    def __init__(self) -> None:
        self.is_left = False
        self.pending: Pending[Reply | None] | None = None

    def leave(self) -> None:
        """Say that nobody listens any more: what is waited for ends."""
        self.is_left = True
        if self.pending is not None:
            self.pending.abandon()


class _Pieces:
    """Writes events, and counts them."""

    def __init__(self) -> None:
        self._count = 0
        self._data = "{}"

    def update(self, reply: Reply) -> bytes:
        fields = reply.to_dict()
        fields["data"].pop("raw", None)
        self._data = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return self._event("update")

    def end(self) -> bytes:
        return self._event("end")

    def _event(self, name: str) -> bytes:
        self._count += 1
        return f"event: {name}\nid: {self._count}\ndata: {self._data}\n\n".encode()


def _plain(task: TaskHandle, timeout: float | None, keep_alive: float) -> Generator[bytes, None, None]:
    pieces, updates = _Pieces(), None
    try:
        updates = task._native.updates(timeout).result()  # noqa: SLF001 - one package
        while True:
            pending = updates.next()
            while not pending.is_done_within(keep_alive):
                yield _COMMENT
            reply = pending.take()
            if reply is None:
                break
            yield pieces.update(reply)
    except GentaskError as error:
        yield pieces.update(error.reply)
    finally:
        if updates is not None:
            updates.close()
    yield pieces.end()


async def _async(task: AsyncTaskHandle, timeout: float | None, keep_alive: float, line: _Line) -> AsyncGenerator[bytes, None]:
    from gentask._loops import is_done_within, outcome

    pieces, updates = _Pieces(), None
    try:
        updates = await outcome(task._here().updates(timeout))  # noqa: SLF001 - one package
        while not line.is_left:
            line.pending = pending = updates.next()
            while not await is_done_within(pending, keep_alive):
                yield _COMMENT
            if line.is_left:
                return
            reply = pending.take()
            if reply is None:
                break
            yield pieces.update(reply)
    except GentaskError as error:
        yield pieces.update(error.reply)
    finally:
        if line.pending is not None:
            line.pending.abandon()
        if updates is not None:
            updates.close()
    if not line.is_left:
        yield pieces.end()
