"""How arguments that both clients take are read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta
    from typing import Any


def seconds(time: float | timedelta, name: str) -> float:
    """Read a time that may be a number of seconds or a `timedelta`; `name` is the argument's."""
    if isinstance(time, (int, float)):
        return time
    try:
        return time.total_seconds()
    except AttributeError:
        raise TypeError(f"{name} is a number of seconds or a timedelta, not {type(time).__name__}") from None


def some_seconds(time: float | timedelta | None, name: str) -> float | None:
    """Read the same, where nothing may be said."""
    return None if time is None else seconds(time, name)


def polls(poll: Mapping[str, float | None] | None) -> tuple[float | None, float | None, float | None] | None:
    """Read a poll schedule: `initial` and `cap` in seconds, `factor` the growth of the interval."""
    if poll is None:
        return None
    try:
        read = dict(poll)
    except (TypeError, ValueError):
        raise TypeError(f"poll is a mapping of initial, factor and cap, not {type(poll).__name__}") from None
    unknown = read.keys() - {"initial", "factor", "cap"}
    if unknown:
        raise TypeError(f"poll takes initial, factor and cap, not {', '.join(sorted(map(repr, unknown)))}")
    for name, number in read.items():
        if number is not None and not isinstance(number, (int, float)):
            raise TypeError(f"poll's {name} is a number, not {type(number).__name__}")
    return read.get("initial"), read.get("factor"), read.get("cap")


def place(after: Sequence[Any] | None) -> tuple[int, str] | None:
    """Read a place in a listing, also one that went through JSON and came back as a list."""
    if after is None:
        return None
    if isinstance(after, (tuple, list)) and len(after) == 2:
        return after[0], after[1]
    raise TypeError(f"after: expected the `next` of a page, not {type(after).__name__}")
