"""What became of an effect. The answer to a `Send` whose head arrived is an `HttpResponse`, as from a transport."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 (whoever stores answers looks their types up)
from dataclasses import dataclass, field
from typing import Literal

from gentask._native import HttpResponse

__all__ = [
    "Answer",
    "Bytes",
    "Changed",
    "Deleted",
    "Deliveries",
    "Due",
    "Gone",
    "HttpResponse",
    "Keyless",
    "Listing",
    "Noted",
    "Ready",
    "Record",
    "Records",
    "Refused",
    "Saved",
    "Told",
    "Undelivered",
    "Value",
    "Verified",
]


@dataclass(frozen=True)
class Ready:
    """To `Ready`: key and place are there."""


@dataclass(frozen=True)
class Keyless:
    """To `Ready` and `Send`: there is no key, and nothing was sent."""

    message: str
    """Why, for a person; without the key."""
    code: str = "AUTH_FAILED"


@dataclass(frozen=True)
class Record:
    """To `Load`: the record's text as it was saved; `None`: there is none."""

    json: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Records:
    """To `Find` and `Notices`: the texts of all records that match, oldest first."""

    json: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class Listing:
    """To `List`: pairs of intent id and text, oldest first. A text that cannot be read is told as damaged."""

    records: Sequence[tuple[str, str]] = field(default=(), repr=False)
    next: tuple[int, str] | None = None
    """Where the next page begins: creation time and intent id of this page's last record. `None`: this is the last page."""


@dataclass(frozen=True)
class Bytes:
    """To `Blob`: the bytes; `None`: there are none."""

    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Value:
    """To `Meta`: the value, where there is one. To `SetMeta`: the one that stands now."""

    value: str | None = None


@dataclass(frozen=True)
class Saved:
    """To `Save`: it is stored. With `conflict` nothing is: another version is there, or the intent id or the caller's key is taken."""

    conflict: bool = False


@dataclass(frozen=True)
class Noted:
    """To `Remember` and `Acknowledge`: whether that was news."""

    news: bool


@dataclass(frozen=True)
class Deliveries:
    """To `Deliveries`: the texts (`delivery.to_json()`) of all callbacks that match, the newest first."""

    json: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class Verified:
    """To `Verify`: the place of a candidate that holds, counted from 0; `None`: none does."""

    index: int | None


@dataclass(frozen=True)
class Deleted:
    """To `Delete`: how many there were."""

    count: int


@dataclass(frozen=True)
class Refused:
    """To all effects of the store: it refused, or does not answer."""

    message: str
    """What happened, for a person: lower case, without a full stop."""
    kind: Literal["locked", "readOnly", "corrupt", "newer", "full", "foreign", "io", "misuse"] = "io"
    """After `locked`, `full` and `io` a save is tried again."""


@dataclass(frozen=True)
class Undelivered:
    """To `Send`: no answer came."""

    delivery: Literal["notSent", "maybeSent"]
    """`notSent` is a proof that no byte of the request left. Whatever is not proven is `maybeSent`."""
    reason: str
    """Why, for a message; without a URL and without the key."""


@dataclass(frozen=True)
class Due:
    """To `Sleep`: its time has come."""


@dataclass(frozen=True)
class Changed:
    """To `Sleep`, or to `Send` of a long poll, which is left then: another call of this client has saved a change of the same intent."""


@dataclass(frozen=True)
class Gone:
    """To `Probe`: whether the process is provably gone. Where that cannot be told, it is not."""

    gone: bool


@dataclass(frozen=True)
class Told:
    """To `Tell`."""


Answer = (
    Ready
    | Keyless
    | Record
    | Records
    | Listing
    | Bytes
    | Value
    | Saved
    | Noted
    | Deliveries
    | Verified
    | Deleted
    | Refused
    | HttpResponse
    | Undelivered
    | Due
    | Changed
    | Gone
    | Told
)
"""Any of them."""
