"""Many orders at once, and media that are read meanwhile, for event loops. `gentask.many` has the rules."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterator
from typing import Any

from gentask._loops import in_thread, outcome, start
from gentask.errors import InvalidModel, InvalidPayload

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable
    from contextlib import AbstractContextManager

    from gentask._native import Client, Payload
    from gentask.aio_task import AsyncTaskHandle
    from gentask.many import Batch, Job, Ordered
    from gentask.types import Input

__all__ = ["each", "ready"]

_END = object()


async def ready(client: Client, model: str, input: Input) -> Payload:  # noqa: A002
    """Read a payload. What it has of media is read on another thread."""
    payload = client.payload(model, input)
    if payload.has_media:
        await in_thread(payload.load)
    return payload


class _Plain:
    """Jobs that are there, or made by a plain iterator."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs: Iterator[Job] = iter(jobs)

    def is_read(self) -> bool:
        return True

    def take(self) -> object:
        return next(self._jobs, _END)

    def close(self) -> None:
        pass


class _Async:
    """Jobs that come. The next one is waited for in a task of its own, for outcomes may come first."""

    def __init__(self, jobs: AsyncIterable[Job], batch: Batch[Any]) -> None:
        self._jobs: AsyncIterator[Job] = aiter(jobs)
        self._batch = batch
        self._cancel: Callable[[], object] | None = None
        self._is_read = self._is_left = False
        self._job: object = _END

    def is_read(self) -> bool:
        """Say whether the next job is there; where none is waited for, begin to."""
        if self._cancel is None:
            self._cancel = start(self._next)
        return self._is_read

    async def _next(self) -> None:
        try:
            self._job = await anext(self._jobs, _END)
        except BaseException as error:
            if self._is_left:
                raise
            # Whatever it is, a cancellation too, it is the jobs' and not this task's: it is raised once the rest is told.
            self._batch.end(error)
        else:
            self._is_read = True
        self._batch.orders.nudge()

    def take(self) -> object:
        """Return the next job."""
        self._is_read, self._cancel = False, None
        return self._job

    def close(self) -> None:
        self._is_left = True
        if self._cancel is not None:
            self._cancel()


async def each(
    here: Callable[[], Client],
    batch: Batch[AsyncTaskHandle],
    jobs: Iterable[Job] | AsyncIterable[Job],
    bar: AbstractContextManager[Callable[[Ordered[Any]], object] | None],
) -> AsyncGenerator[Ordered[AsyncTaskHandle], None]:
    """Begin the jobs one by one as places become free, and yield what becomes of them."""
    here()
    with batch, bar as show:
        feed = _Async(jobs, batch) if isinstance(jobs, AsyncIterable) else _Plain(jobs)
        try:
            while batch.goes_on:
                if batch.takes and feed.is_read():
                    ordered = await _next_job(here(), batch, feed)
                else:
                    nudged = batch.takes
                    ordered = batch.told(await outcome(batch.orders.next(until_nudged=nudged)), nudged=nudged)
                if ordered is None:
                    continue
                if show is not None:
                    show(ordered)
                yield ordered
        finally:
            feed.close()
    batch.finish()


async def _next_job(client: Client, batch: Batch[AsyncTaskHandle], feed: _Plain | _Async) -> Ordered[AsyncTaskHandle] | None:
    try:
        job = feed.take()
        if job is _END:
            batch.end()
            return None
        given = batch.read(job)
        try:
            batch.begin(given, await ready(client, given.model, given.input))
        except (InvalidModel, InvalidPayload) as error:
            return batch.refused(given, error)
    except Exception as error:
        batch.end(error)
    return None
