"""One task, for threads. `gentask.aio_task` has the same for event loops."""

from __future__ import annotations

from gentask._arguments import some_seconds
from gentask._handle import Handle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from datetime import timedelta
    from os import PathLike
    from typing import Literal

    from gentask import _native
    from gentask._native import Reply, SavedFile, TaskRecord

__all__ = ["TaskHandle"]


class TaskHandle(Handle):
    """A task that is stored. It holds no lock and no connection: everything it does starts from the store."""

    __slots__ = ()

    def record(self) -> TaskRecord:
        """Return the record as it is stored now."""
        return self._native.record().result()

    def reply(self) -> Reply:
        """Return how the task is, by its record alone; nothing is sent."""
        return self._native.reply().result()

    def check(self, *, force: bool = False) -> Reply:
        """Make at most one request and save its answer: for cron jobs, queues and request handlers.

        Before the task is due it sends nothing, unless `force` asks for it. Returns how the task is; never raises for its failure.
        """
        return self._native.check(force).result()

    def wait(
        self,
        timeout: float | timedelta | None = None,
        *,
        on_update: Callable[[Reply], object] | None = None,
        progress: bool = False,
    ) -> Reply:
        """Wait for the task's end and return its success; everything else is raised as an exception with the `reply`.

        `timeout` is in seconds (default: the client's, then the contract's figure for the kind of task); `WaitTimeout` leaves the task
        running. `on_update` hears each change on the way, in this thread; what it raises ends the wait, not the task. `progress` shows a
        bar (`pip install 'gentask[progress]'`; without it a warning is logged, and the wait goes on). A signal, such as Ctrl-C, ends the
        wait at once and leaves the task running.
        """
        if not progress and on_update is None:
            return self._native.wait(some_seconds(timeout, "timeout")).result()
        if progress:
            from gentask.progress import bar_of

            with bar_of(self.model) as bar:
                return self._follow(timeout, bar, on_update)
        return self._follow(timeout, on_update)

    def _follow(self, timeout: float | timedelta | None, *listeners: Callable[[Reply], object] | None) -> Reply:
        reply = None
        for reply in self.updates(timeout):
            for listener in listeners:
                if listener is not None:
                    listener(reply)
        # There is always a last one; were there none, the record says how the task is.
        return (reply or self.reply()).raise_for_status()

    def updates(self, timeout: float | timedelta | None = None) -> Iterator[Reply]:
        """Wait like `wait`, and yield each change on the way.

        The last one is the end of the task, or of the wait (`error_code` is then `WAIT_TIMEOUT`); nothing is raised for it.
        """
        updates = self._native.updates(some_seconds(timeout, "timeout")).result()
        try:
            while (reply := updates.next().result()) is not None:
                yield reply
        finally:
            updates.close()

    def cancel(self) -> Reply:
        """Ask the provider to stop the task, and wait until it is known what became of it.

        Raises `Unsupported` where the provider cannot, or would not; a task that ended first keeps its end.
        """
        return self._native.cancel().result()

    def adopt(self, task_id: str) -> Reply:
        """Give an unresolved task the id under which you found it at the provider."""
        return self._native.adopt(task_id).result()

    def discard(self) -> Reply:
        """Give an unresolved task up."""
        return self._native.discard().result()

    def save_files(self, directory: str | PathLike[str], *, receipt: Literal["sidecar"] | None = None) -> list[SavedFile]:
        """Fetch the result files into a directory, under names of their own, and note in the record where they are.

        The directory is made where it is missing; one that is missing and named like a file (`picture.png`) is refused, since that is what
        `save_as` takes. Files that were saved before and are still there are not fetched again. With `receipt="sidecar"`,
        `NAME.receipt.json` beside each says which task, provider, account, model and owner it came from, when, and its digest.
        """
        return self._native.save_files(directory, receipt).result()

    def save_as(
        self,
        path: str | PathLike[str],
        *,
        index: int = 0,
        overwrite: bool = False,
        receipt: Literal["sidecar"] | None = None,
    ) -> SavedFile:
        """Fetch one result file to exactly this path, whatever its ending, and note in the record where it is.

        Directories above it are made. Another file that is there stays, and raises `StoreError`, unless `overwrite`; one with the same
        bytes is the file. `Unsupported` where the task has no file with this `index`.
        """
        return self._native.save_as(path, index, receipt, overwrite).result()

    def read_file(self, *, index: int = 0, max_bytes: int | None = None) -> bytes:
        """Return the bytes of one result file, fetched by the rules by which files are saved.

        One of more than `max_bytes` (default: 64 MiB) raises `ResponseTooLarge`. Nothing is noted in the record.
        """
        return self._native.read_file(index, max_bytes).result()

    def stream_file(self, *, index: int = 0) -> Generator[bytes, None, None]:
        """Yield the bytes of one result file, piece by piece as they come, by the rules by which files are saved.

        Whatever fails, an early end too, is raised in its place: only with its end is the file whole.
        """
        yield from pieces(self._native.stream_file(index))


def pieces(opening: _native.Pending[_native.FileStream]) -> Generator[bytes, None, None]:
    """Yield a file's bytes as they come, and leave it with whoever stops asking."""
    stream = opening.result()
    try:
        while (piece := stream.next().result()) is not None:
            yield piece
    finally:
        stream.close()
