"""Media of the caller's own in a payload."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from gentask.types import MediaSource


class Media:
    """A medium that goes into a payload: see `media`."""

    __slots__ = ("_source", "_type")

    def __init__(self, source: MediaSource, type: str | None = None) -> None:  # noqa: A002
        if not (isinstance(source, (str, bytes, bytearray, memoryview, os.PathLike)) or hasattr(source, "read")):
            # What was given may be private: it is not shown.
            name = source.__class__.__name__
            raise TypeError(f"source is a path, bytes or an open binary file, not {name}")
        if type is not None and not isinstance(type, str):
            raise TypeError(f"type is a media type such as 'image/png', not {type.__class__.__name__}")
        self._source = source
        self._type = type

    @property
    def source(self) -> MediaSource:
        """Where its bytes are."""
        return self._source

    @property
    def type(self) -> str | None:
        """The media type that was given."""
        return self._type

    def __repr__(self) -> str:
        return f"media(..., type={self.type!r})"


def media(source: MediaSource, type: str | None = None) -> Media:  # noqa: A002
    """Return a medium for a payload: it is sent as the data URI that the provider takes, in one request with the rest.

    - `source`: a file's path, bytes, or an open binary file that can seek; such a file is read from where it stands, and stands there again
      afterwards. In a payload, a `pathlib.Path` and bytes need no `media` around them; a `str` does.
    - `type`: its media type, where its bytes may be of several, such as `audio/mp4`. Default: what its bytes speak for.

    Its size and its first bytes are looked at before anything is read. What the provider does not take is `InvalidPayload`.
    """
    return Media(source, type)


def measure(file: BinaryIO, head: int) -> tuple[int, bytes]:
    """Return how many bytes an open file has left, and the first of them."""
    at = file.tell()
    try:
        size = file.seek(0, os.SEEK_END) - at
        file.seek(at)
        return size, file.read(head)
    finally:
        file.seek(at)


def read(file: BinaryIO) -> bytes:
    """Return what an open file has left."""
    at = file.tell()
    try:
        return file.read()
    finally:
        file.seek(at)
