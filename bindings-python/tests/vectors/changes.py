"""Records in a case: each as what of it differs from the one that was named before it, member by member; the first one whole."""

from __future__ import annotations

from .compare import canonical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Changes:
    """The record that was named last."""

    def __init__(self) -> None:
        self._last: dict[str, Any] = {}

    def of(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return what of a record differs from the one before."""
        before, self._last = self._last, record
        return {name: value for name, value in record.items() if name not in before or canonical(before[name]) != canonical(value)}

    def text(self, changes: dict[str, Any]) -> str:
        """Return the text of the record that a case names by what differs."""
        self._last = {**self._last, **changes}
        return canonical(self._last)
