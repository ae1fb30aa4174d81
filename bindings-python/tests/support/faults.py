"""Rules of the sandbox's script: which request goes wrong, and how."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

Fault = dict[str, "Any"]
Rule = dict[str, "Any"]


def rule(on: str, fault: Fault | str, *, nth: int | Sequence[int] | None = None, **more: Any) -> Rule:
    """Say that this happens to every request of a kind, or to the `nth`, counted from 1."""
    made: Rule = {"on": on, "fault": {"kind": fault} if isinstance(fault, str) else fault, **more}
    return made if nth is None else {**made, "nth": nth}


def status(code: int, body: Any = None, **headers: str) -> Fault:
    """Answer with another status; without a body, in the provider's own shape."""
    made: Fault = {"kind": "status", "code": code}
    if body is not None:
        made["body"] = body
    if headers:
        made["headers"] = {name.replace("_", "-"): value for name, value in headers.items()}
    return made


def apixo_state(word: str) -> Fault:
    """Answer APIXO's status call with this state."""
    return status(200, {"code": 200, "data": {"state": word}})


def limited(seconds: str) -> Fault:
    """Answer 429 and say when to come back."""
    return status(429, retry_after=seconds)


def in_band(code: int | str) -> Fault:
    """Answer 200 and say inside that it failed."""
    return {"kind": "inBandError", "code": code}


def redirect(code: int, location: str) -> Fault:
    """Send whoever asks elsewhere."""
    return {"kind": "redirect", "code": code, "location": location}


def silence(ms: int = 30_000) -> Fault:
    """Read the request and say nothing."""
    return {"kind": "silence", "ms": ms}


def delay(ms: int) -> Fault:
    """Answer later."""
    return {"kind": "delayMs", "ms": ms}
