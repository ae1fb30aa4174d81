"""What the handles of tasks have in common, for threads and for event loops."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask import _native

__all__ = ["Handle"]


class Handle:
    """What a handle knows of its task without asking the store."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Task) -> None:
        self._native = native

    @property
    def intent_id(self) -> str:
        """The task's name in the store: what `client.task(...)` takes, in this process or another."""
        return self._native.intent_id

    @property
    def task_id(self) -> str | None:
        """The provider's id of the task, where it was known when the handle was made."""
        return self._native.task_id

    @property
    def model(self) -> str:
        """The model."""
        return self._native.model

    @property
    def provider(self) -> str:
        """The contract's id."""
        return self._native.provider

    def __repr__(self) -> str:
        return f"{type(self).__name__}(intent_id={self.intent_id!r}, task_id={self.task_id!r}, model={self.model!r})"
