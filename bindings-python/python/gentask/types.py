"""Words and forms that signatures name, for programs that are typed.

At run time plain texts do: a `Literal` is only what a checker knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any, BinaryIO, ClassVar, Literal, Protocol, TypeAlias

__all__ = ["Added", "Billing", "Dataclass", "ErrorCode", "Input", "Kind", "MediaSource", "Model", "Phase", "PollOption", "Status"]

Status: TypeAlias = Literal["pending", "processing", "success", "failed", "cancelled", "unknown"]
"""How a task is: `reply.status`."""

Kind: TypeAlias = Literal["image", "video", "audio", "model", "unknown"]
"""What a model makes, or what a file is. `model` is a 3D model."""

Billing: TypeAlias = Literal["none", "possible", "certain"]
"""Whether money may have been spent: `error.billing`."""

Phase: TypeAlias = Literal[
    "prepared",
    "submitting",
    "waiting",
    "fetching",
    "cancelling",
    "succeeded",
    "failed",
    "cancelled",
    "rejected",
    "unresolved",
    "discarded",
]
"""Where a stored task stands: `record.phase`."""

ErrorCode: TypeAlias = Literal[
    "INVALID_MODEL",
    "INVALID_PAYLOAD",
    "AUTH_FAILED",
    "RATE_LIMITED",
    "INSUFFICIENT_CREDITS",
    "TASK_NOT_FOUND",
    "NETWORK_ERROR",
    "UNKNOWN_ERROR",
    "GENERATION_FAILED",
    "CONTENT_REJECTED",
    "UPSTREAM_ERROR",
    "WAIT_TIMEOUT",
    "SUBMIT_UNKNOWN",
    "CANCELLED",
    "UNSUPPORTED",
    "INVALID_CONTRACT",
    "STORE_ERROR",
    "RESPONSE_TOO_LARGE",
]
"""The stable code of what went wrong: `error.code`, `reply.error_code`. `gentask.errors` has an exception for each."""


class Model(Protocol):
    """A pydantic model, or whatever dumps itself as one does."""

    def model_dump(self, *, mode: Literal["json"], exclude_none: bool) -> Any:
        """Return the model as JSON has it."""
        ...


class Dataclass(Protocol):
    """An instance of a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Added: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]
"""Headers that `on_request` adds to a request."""

Input: TypeAlias = Mapping[str, Any] | Model | Dataclass
"""What a generation is made of: a mapping, a dataclass or a pydantic model.

Inside it may be whatever JSON has, tuples, enums of such, dataclasses, pydantic models, and media: a `pathlib.Path`, bytes or
`gentask.media(...)`. A field of a dataclass or a model that is `None` is left out. A model dumps itself (`model_dump(mode="json")`), so
media stand beside it, not in it.
"""

MediaSource: TypeAlias = str | PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""Where the bytes of a medium are: a file's path, bytes, or an open binary file that can seek."""

PollOption: TypeAlias = Literal["learned", "contract"] | Mapping[str, float | None]
"""When tasks are polled: `"learned"`, `"contract"`, or a schedule of one's own with `initial`, `factor` and `cap`."""
