"""Servers on this machine for applications of either kind, and a client that posts to them."""

from __future__ import annotations

import contextlib
import http.client
import socketserver
import threading
import time
import urllib.parse
from wsgiref import simple_server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from gentask.testing import TestCallback

MOST_S = 60


class Threading(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    """Answers each request on a thread of its own."""

    daemon_threads = True
    request_queue_size = 128


class Silent(simple_server.WSGIRequestHandler):
    """Prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextlib.contextmanager
def wsgi(app: Any) -> Iterator[str]:
    """Serve a WSGI application, and give its address."""
    server = simple_server.make_server("127.0.0.1", 0, app, Threading, Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(MOST_S)
        server.server_close()


@contextlib.contextmanager
def asgi(app: Any) -> Iterator[str]:
    """Serve an ASGI application in an event loop of its own, and give its address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    limit = time.monotonic() + MOST_S
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < limit
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(MOST_S)


def post(url: str, headers: Mapping[str, str], body: Any, method: str = "POST") -> tuple[int, bytes]:
    """Send a request, and return the status and the body of its answer."""
    parts = urllib.parse.urlsplit(url)
    with contextlib.closing(http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=MOST_S)) as wire:
        wire.request(method, f"{parts.path}?{parts.query}", body, dict(headers))
        reply = wire.getresponse()
        return reply.status, reply.read()


def deliver(callback: TestCallback, **changes: Any) -> tuple[int, bytes]:
    """Send a callback, with these changes."""
    sent = callback._replace(**changes)
    return post(sent.url, sent.headers, sent.body, sent.method)
