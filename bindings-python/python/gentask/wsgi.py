"""A route that receives callbacks, as a WSGI application: for Flask, and whatever else speaks WSGI.

>>> app = Flask(__name__)
>>> app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/gentask": gentask.wsgi.callbacks(client)})

It reads the raw bytes itself: no middleware before it may take or change the body.
"""

from __future__ import annotations

from http.client import responses
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import quote

from gentask.callbacks import MOST_BODY_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gentask.callbacks import Receiver
    from gentask.client import Client

__all__ = ["Callbacks", "callbacks"]


class Callbacks:
    """The application."""

    __slots__ = ("_receiver",)

    def __init__(self, receiver: Client | Receiver) -> None:
        if iscoroutinefunction(getattr(receiver, "receive", None)):
            raise TypeError(f"without an event loop a Client or a Receiver is needed, not {type(receiver).__name__}")
        self._receiver = receiver

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        """Answer one request."""
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        url = quote(path.encode("latin-1")) + "?" + environ.get("QUERY_STRING", "")
        receipt = self._receiver.receive(environ["REQUEST_METHOD"], url, _headers(environ), _read(environ))
        status = f"{receipt.http_status} {responses.get(receipt.http_status, 'Other')}"
        start_response(status, [*receipt.headers.items(), ("content-length", str(len(receipt.body)))])
        return [receipt.body]


def callbacks(receiver: Client | Receiver) -> Callbacks:
    """Return a WSGI application that receives callbacks for a client, or for several behind one URL."""
    return Callbacks(receiver)


def _headers(environ: dict[str, Any]) -> list[tuple[str, str]]:
    own = ("CONTENT_TYPE", "CONTENT_LENGTH")
    names = [(name, name.removeprefix("HTTP_")) for name in environ if name.startswith("HTTP_") or name in own]
    return [(header.replace("_", "-"), environ[name]) for name, header in names if environ[name]]


def _read(environ: dict[str, Any]) -> bytes:
    """Read a body. One that is announced as too large is not read: its header alone has it refused."""
    announced = environ.get("CONTENT_LENGTH") or ""
    if announced.isdigit():
        wanted = int(announced)
        if wanted > MOST_BODY_BYTES:
            return b""
    elif announced or not environ.get("wsgi.input_terminated"):
        return b""  # without a length only a server that ends the stream itself can be read from
    else:
        wanted = MOST_BODY_BYTES + 1
    body = b""
    while len(body) < wanted and (part := environ["wsgi.input"].read(wanted - len(body))):
        body += part
    # What does not arrive whole is passed on as what is too large.
    return body if not announced or len(body) == wanted else bytes(MOST_BODY_BYTES + 1)
