"""How arguments that both clients take are read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta


def seconds(time: float | timedelta) -> float:
    """Read a time that may be a number of seconds or a `timedelta`."""
    if isinstance(time, (int, float)):
        return time
    try:
        return time.total_seconds()
    except AttributeError:
        raise TypeError(f"a time is a number of seconds or a timedelta, not {type(time).__name__}") from None


def some_seconds(time: float | timedelta | None) -> float | None:
    """Read the same, where nothing may be said."""
    return None if time is None else seconds(time)


def polls(poll: Mapping[str, float | None] | None) -> tuple[float | None, float | None, float | None] | None:
    """Read a poll schedule: `initial` and `cap` in seconds, `factor` the growth of the interval."""
    if poll is None:
        return None
    unknown = set(poll) - {"initial", "factor", "cap"}
    if unknown:
        raise TypeError(f"poll takes initial, factor and cap, not {', '.join(sorted(map(str, unknown)))}")
    return poll.get("initial"), poll.get("factor"), poll.get("cap")
