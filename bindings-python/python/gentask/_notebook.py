"""What a notebook shows of a reply and of a saved file: small HTML that stands alone.

Everything in it comes from a provider or a disk, so everything is escaped, and only `http` and `https` URLs become links or sources. A
picture that is shown by its URL is fetched by whoever looks at the notebook; one that is saved is part of the notebook.
"""

from __future__ import annotations

import base64
import re
from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask._native import Reply, ResultFile, SavedFile

_MOST_EMBEDDED_BYTES = 2 * 1024 * 1024
_EMBEDDED = frozenset({"image/avif", "image/bmp", "image/gif", "image/jpeg", "image/png", "image/webp"})
_URL = re.compile(r"https?://[^\x00-\x20\x7f]+", re.IGNORECASE)

_BOX = "border-left:4px solid {colour};padding:2px 10px;margin:4px 0"
_MEDIA = "max-width:min(100%,420px);max-height:420px;display:block;margin:4px 0"
_COLOURS = {"success": "#2e9e4f", "failed": "#c93c37", "unknown": "#c93c37", "cancelled": "#8a8f98"}
_UNDER_WAY = "#3b7dd8"


def reply(reply: Reply) -> str:
    """Return a reply as HTML: status, task, what went wrong and what to do about it, files."""
    head = f"<b>{escape(reply.status)}</b>"
    if reply.task_id:
        head += f" <code>{escape(reply.task_id)}</code>"
    if reply.progress is not None:
        head += f" {reply.progress:.0%}"
    parts = [head, *_error(reply), *(_file(file) for file in reply.files)]
    style = _BOX.format(colour=_COLOURS.get(reply.status, _UNDER_WAY))
    return f'<div class="gentask" style="{style}">{"".join(f"<div>{part}</div>" for part in parts)}</div>'


def _error(reply: Reply) -> list[str]:
    if reply.error_code is None:
        return []
    parts = [f"<code>{escape(reply.error_code)}</code> {escape(reply.error_message or '')}"]
    if reply.retry_after is not None:
        parts.append(f"come back in {reply.retry_after} s")
    data = reply.data
    if data.get("billing") in ("possible", "certain"):
        parts.append(f"money may have been spent: {escape(data['billing'])}")
    steps = data.get("suggestions")
    if isinstance(steps, list) and steps:
        parts.append(f"<ul>{''.join(f'<li>{escape(str(step))}</li>' for step in steps)}</ul>")
    return parts


def _file(file: ResultFile) -> str:
    kind = escape(file.kind)
    if file.url is None or not _URL.fullmatch(file.url):
        return f"{kind} (its URL is not shown)"
    url = escape(file.url)
    if file.kind == "image":
        return f'<img src="{url}" alt="{kind}" referrerpolicy="no-referrer" style="{_MEDIA}">'
    if file.kind == "video":
        return f'<video src="{url}" controls preload="metadata" style="{_MEDIA}"></video>'
    if file.kind == "audio":
        return f'<audio src="{url}" controls preload="metadata" style="{_MEDIA}"></audio>'
    return f'<a href="{url}" target="_blank" rel="noopener noreferrer">{kind}</a>'


def saved_file(saved: SavedFile) -> str:
    """Return a saved file as HTML: the picture itself where it is a small one, and its name, type and size."""
    name = f"<code>{escape(str(saved.path))}</code> {escape(saved.content_type)}, {saved.bytes:,} bytes"
    return f'<div class="gentask">{_picture(saved)}<div>{name}</div></div>'


def _picture(saved: SavedFile) -> str:
    if saved.content_type not in _EMBEDDED:
        return ""
    try:
        with saved.path.open("rb") as file:
            picture = file.read(_MOST_EMBEDDED_BYTES + 1)
    except (OSError, ValueError):
        # It was moved or deleted, or never was: its name says as much.
        return ""
    if len(picture) > _MOST_EMBEDDED_BYTES:
        return ""
    return f'<img src="data:{saved.content_type};base64,{base64.b64encode(picture).decode()}" alt="" style="{_MEDIA}">'
