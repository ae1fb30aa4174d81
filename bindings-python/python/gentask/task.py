"""One task, for threads. `gentask.aio_task` has the same for event loops."""

from __future__ import annotations

from gentask._arguments import some_seconds
from gentask._handle import Handle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta
    from os import PathLike

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

    def save_files(self, directory: str | PathLike[str]) -> list[SavedFile]:
        """Fetch the result files into a directory and note in the record where they are.

        Files that were saved before and are still there are not fetched again.
        """
        return self._native.save_files(directory).result()
