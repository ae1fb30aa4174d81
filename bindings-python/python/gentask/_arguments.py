"""How arguments that both clients take are read."""

from __future__ import annotations

from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from typing import Any

    from gentask.types import Phase, PollOption


class ArgumentError(TypeError):
    """An argument of another type than is expected. Its name, which the native module knows last and adds as a note, goes in front."""

    def add_note(self, note: str) -> None:
        """Take the argument's name, or a note as any other exception does."""
        before, _, name = note.removesuffix("'").partition("while processing '")
        if before or not name:
            super().add_note(note)  # type: ignore[misc,unused-ignore]  # from Python 3.11 on
            return
        message = str(self)
        # A provider's id is asked for, and not the intent's.
        self.args = (f"{name}: {message.replace('intent_id', name) if name == 'task_id' else message}",)


def wrong(given: object, expected: str) -> ArgumentError:
    """Say what was expected of an argument; of a task that is given for its id, too, what to pass."""
    instead = ": pass `task.intent_id`" if hasattr(type(given), "intent_id") else ""
    return ArgumentError(f"expected {expected}, not {type(given).__name__}{instead}")


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


def polls(poll: PollOption | None) -> tuple[float | None, float | None, float | None, bool] | None:
    """Read when tasks are polled: a word, or a schedule with `initial` and `cap` in seconds, `factor` the growth of the interval."""
    if poll is None or poll == "learned":
        return None
    if poll == "contract":
        return None, None, None, True
    if isinstance(poll, str):
        raise TypeError(f'poll is "learned", "contract", or a mapping of initial, factor and cap, not {poll!r}')
    try:
        read = dict(poll)
    except (TypeError, ValueError):
        raise TypeError(f'poll is "learned", "contract", or a mapping of initial, factor and cap, not {type(poll).__name__}') from None
    unknown = read.keys() - {"initial", "factor", "cap"}
    if unknown:
        raise TypeError(f"poll takes initial, factor and cap, not {', '.join(sorted(map(repr, unknown)))}")
    for name, number in read.items():
        if number is not None and not isinstance(number, (int, float)):
            raise TypeError(f"poll's {name} is a number, not {type(number).__name__}")
    return read.get("initial"), read.get("factor"), read.get("cap"), False


def secrets(given: str | Sequence[str | tuple[str, datetime | None]] | None, name: str) -> list[tuple[str, int | None]]:
    """Read secrets: a text, or several, each perhaps with the time at which it ends; as texts with Unix milliseconds."""
    if given is None:
        return []
    if isinstance(given, str):
        return [(given, None)]
    return [_secret(each, name) for each in given]


def _secret(given: str | tuple[str, datetime | None], name: str) -> tuple[str, int | None]:
    if isinstance(given, str):
        return given, None
    if not (isinstance(given, (tuple, list)) and len(given) == 2 and isinstance(given[0], str)):
        # What was given may be a secret: it is not shown.
        raise TypeError(f"{name}: expected texts, or pairs of a text and the time at which it ends")
    text, until = given
    if until is None:
        return text, None
    try:
        if until.tzinfo is None:
            raise ValueError(f"{name}: the time at which a secret ends needs a time zone")
        return text, max(0, int(until.timestamp() * 1000))
    except AttributeError:
        raise TypeError(f"{name}: a secret ends at a datetime, not {type(until).__name__}") from None


def callbacks(
    own: str | Sequence[str | tuple[str, datetime | None]] | None,
    signing: str | Sequence[str | tuple[str, datetime | None]] | None,
    tolerance: float | timedelta | None,
    hosts: Sequence[str] | None,
) -> tuple[list[tuple[str, int | None]], list[tuple[str, int | None]], float | None, list[str] | None]:
    """Read how a client has itself called back."""
    if isinstance(hosts, str):
        raise TypeError("callback_hosts is a list of host names, not one text")
    return (
        secrets(own, "callback_secrets"),
        secrets(signing, "signing_secrets"),
        some_seconds(tolerance, "callback_tolerance"),
        None if hosts is None else list(hosts),
    )


def text(given: Any, name: str) -> str | None:
    """Read a text that may be left out."""
    if given is None or isinstance(given, str):
        return given
    raise TypeError(f"{name}: {wrong(given, 'text')}")


def some_phases(phases: Sequence[Phase] | None) -> Sequence[Phase] | None:
    """Read phases, as a list: one word is none."""
    if phases is None or (isinstance(phases, Iterable) and not isinstance(phases, (str, bytes))):
        return None if phases is None else list(phases)
    raise TypeError(f'phases is a list of phases, such as ["waiting"], not {type(phases).__name__}')


def created(since: datetime | None, before: datetime | None) -> tuple[int | None, int | None]:
    """Read the times between which tasks were created, in Unix milliseconds; one without a time zone is this machine's, as everywhere."""
    return _unix_ms(since, "since"), _unix_ms(before, "before")


def _unix_ms(time: datetime | None, name: str) -> int | None:
    if time is None:
        return None
    try:
        return max(int(time.timestamp() * 1000), 0)
    except AttributeError:
        raise TypeError(f"{name}: expected a datetime, not {type(time).__name__}") from None


def place(after: Sequence[Any] | None) -> tuple[int, str] | None:
    """Read a place in a listing, also one that went through JSON and came back as a list."""
    if after is None:
        return None
    if isinstance(after, (tuple, list)) and len(after) == 2:
        return after[0], after[1]
    raise TypeError(f"after: expected the `next` of a page, not {type(after).__name__}")
