"""A route that receives callbacks, as an ASGI application: for FastAPI and Starlette, or beside Django's.

>>> app = FastAPI()
>>> app.add_route("/gentask", gentask.asgi.callbacks(client))

It is an application of its own, and reads the raw bytes itself: no middleware before it may take or change the body. Mounted
(`app.mount("/gentask", ...)`), it is asked at `/gentask/`, with a slash at the end, which the callback URL then needs too.
"""

from __future__ import annotations

from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import quote

from gentask.callbacks import MOST_BODY_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from gentask.aio import AsyncClient, AsyncReceiver

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

__all__ = ["Callbacks", "callbacks"]


class Callbacks:
    """The application. It is no function, so that routers take it for an application and not for an endpoint of theirs."""

    __slots__ = ("_receiver",)

    def __init__(self, receiver: AsyncClient | AsyncReceiver) -> None:
        if not iscoroutinefunction(getattr(receiver, "receive", None)):
            raise TypeError(f"an event loop needs an AsyncClient or an AsyncReceiver, not {type(receiver).__name__}")
        self._receiver = receiver

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise RuntimeError(f"callbacks come over http, not {scope['type']}")
        body = b"" if _is_too_large(scope["headers"]) else await _read(receive)
        if body is None:
            return  # it did not arrive whole, and nobody waits for an answer
        url = quote(scope["path"]) + "?" + scope["query_string"].decode("latin-1")
        receipt = await self._receiver.receive(scope["method"], url, scope["headers"], body)
        headers = [(name.encode(), value.encode()) for name, value in receipt.headers.items()]
        await send({"type": "http.response.start", "status": receipt.http_status, "headers": headers})
        await send({"type": "http.response.body", "body": receipt.body})


def callbacks(receiver: AsyncClient | AsyncReceiver) -> Callbacks:
    """Return an ASGI application that receives callbacks for a client, or for several behind one URL."""
    return Callbacks(receiver)


def _is_too_large(headers: list[tuple[bytes, bytes]]) -> bool:
    """Say whether a body is announced that need not be read: its header alone has it refused."""
    return any(name.lower() == b"content-length" and value.isdigit() and int(value) > MOST_BODY_BYTES for name, value in headers)


async def _read(receive: Receive) -> bytes | None:
    """Read a body, and of one that is too large one byte more than is taken."""
    body = b""
    while len(body) <= MOST_BODY_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return body[: MOST_BODY_BYTES + 1]
