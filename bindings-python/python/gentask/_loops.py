"""Waiting in an event loop: asyncio's (uvloop's too) and trio's. anyio runs on either."""

from __future__ import annotations

import asyncio
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from typing import Any, TypeVar

    from gentask._native import Done, Pending

    T = TypeVar("T")


def which() -> str:
    """Name the event loop that this runs in."""
    sniffio = sys.modules.get("sniffio")
    if sniffio is not None:
        try:
            return str(sniffio.current_async_library())
        except sniffio.AsyncLibraryNotFoundError:
            pass
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return "trio" if _in_trio() else "none"
    return "asyncio"


def _in_trio() -> bool:
    trio = sys.modules.get("trio")
    if trio is None:
        return False
    try:
        trio.lowlevel.current_trio_token()
    except RuntimeError:
        return False
    return True


def check() -> str:
    """Name the event loop, and refuse to go on where there is none that is known."""
    library = which()
    if library in ("asyncio", "trio"):
        return library
    other = "" if library == "none" else f", not {library}"
    raise RuntimeError(f"AsyncClient needs a running asyncio or trio event loop{other}; outside of one, use Client")


def runner() -> tuple[int, Callable[[Callable[..., Awaitable[Any]], tuple[Any, ...], Done], None]]:
    """Return a number for this event loop, and a function that runs async functions in it, to be called on any thread."""
    if check() == "trio":
        token = sys.modules["trio"].lowlevel.current_trio_token()
        return id(token), _trio_runner(token)
    loop = asyncio.get_running_loop()
    return id(loop), _asyncio_runner(loop)


async def outcome(pending: Pending[T]) -> T:
    """Wait for something that is under way. Cancelling this ends it, unless it is a submit, whose intent the exception then names."""
    try:
        if which() == "trio":
            await _trio_done(pending)
        else:
            await _asyncio_done(pending)
    except BaseException as error:
        pending.abandon()
        pending.note(error)
        raise
    return pending.take()


async def is_done_within(pending: Pending[Any], seconds: float) -> bool:
    """Wait for something that is under way, for so many seconds by the loop's own timer, and say whether it is done."""
    if which() == "trio":
        import trio

        with trio.move_on_after(seconds) as scope:
            await _trio_done(pending)
        return not scope.cancelled_caught
    done, _ = await asyncio.wait([_asyncio_future(pending)], timeout=seconds)
    return bool(done)


async def _asyncio_done(pending: Pending[Any]) -> None:
    await _asyncio_future(pending)


def _asyncio_future(pending: Pending[Any]) -> asyncio.Future[None]:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle() -> None:
        if not done.done():
            done.set_result(None)

    pending.on_done(lambda: loop.call_soon_threadsafe(settle))
    return done


async def _trio_done(pending: Pending[Any]) -> None:
    import trio

    token = trio.lowlevel.current_trio_token()
    done = trio.Event()
    pending.on_done(lambda: token.run_sync_soon(done.set))
    await done.wait()


async def _finish(function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...], done: Done) -> None:
    try:
        result = await function(*arguments)
    except BaseException as error:
        done(None, error)
        if not isinstance(error, Exception):
            raise
    else:
        done(result, None)


_RUNNING: set[asyncio.Task[None]] = set()
"""A loop holds its tasks weakly."""


def _asyncio_runner(loop: asyncio.AbstractEventLoop) -> Callable[..., None]:
    def start(function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...], done: Done) -> None:
        task = loop.create_task(_finish(function, arguments, done))
        _RUNNING.add(task)
        task.add_done_callback(_RUNNING.discard)

    def run(function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...], done: Done) -> None:
        loop.call_soon_threadsafe(start, function, arguments, done)

    return run


def _trio_runner(token: Any) -> Callable[..., None]:
    import trio

    def start(function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...], done: Done) -> None:
        async def finish() -> None:
            # An exception in a system task would end the whole program; cancellation alone passes.
            await _finish(function, arguments, done)

        trio.lowlevel.spawn_system_task(finish)

    def run(function: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...], done: Done) -> None:
        token.run_sync_soon(start, function, arguments, done)

    return run


async def in_thread(work: Callable[[], T]) -> T:
    """Do something that may wait, on another thread. Cancelling this does not end it."""
    if which() == "trio":
        import trio

        done: T = await trio.to_thread.run_sync(work, abandon_on_cancel=True)
        return done
    return await asyncio.to_thread(work)


def start(work: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], object]:
    """Start an async function beside the one that runs, and return what cancels it. It raises nothing but being cancelled."""
    if which() != "trio":
        task = asyncio.get_running_loop().create_task(work())
        _RUNNING.add(task)
        task.add_done_callback(_RUNNING.discard)
        return task.cancel
    import trio

    scope = trio.CancelScope()

    async def scoped() -> None:
        with scope:
            await work()

    trio.lowlevel.spawn_system_task(scoped)
    return scope.cancel
