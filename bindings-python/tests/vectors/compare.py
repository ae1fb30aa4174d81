"""What differs between what was expected and what came out."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_SAFE = 2**53 - 1
_SHOWN = 300


def canonical(value: Any) -> str:
    """Return the canonical text: keys in order, no white space, whole numbers without a point."""
    return json.dumps(_whole(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _whole(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) <= MAX_SAFE:
        return int(value)
    return value


def must_be_same(what: str, expected: Any, found: Any) -> None:
    """Raise where two JSON values differ."""
    if different := first_difference(expected, found):
        raise AssertionError(f"{what}: {different}")


def first_difference(expected: Any, found: Any, at: str = "") -> str | None:
    """Return where two JSON values differ first, and how; `None` where they are the same. `True` is not 1."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted(expected.keys() | found.keys()):
            if name not in found:
                return f"{at}/{name}: expected {_shown(expected[name])}, found no such member"
            if name not in expected:
                return f"{at}/{name}: expected no such member, found {_shown(found[name])}"
            if different := first_difference(expected[name], found[name], f"{at}/{name}"):
                return different
        return None
    if isinstance(expected, list) and isinstance(found, list):
        for index, (one, other) in enumerate(zip(expected, found, strict=False)):
            if different := first_difference(one, other, f"{at}/{index}"):
                return different
        return None if len(expected) == len(found) else f"{at}: expected {len(expected)} items, found {len(found)}"
    same = canonical(expected) == canonical(found)
    return None if same else f"{at}: expected {_shown(expected)}, found {_shown(found)}"


def _shown(value: Any) -> str:
    text = canonical(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
