"""Sending requests through something of your own.

A transport is any object with `send(request)`; for an `AsyncClient`, `send` may be an async function. The rules:

1. One call, at most one request: nothing is sent again, whatever happened, and no redirect is followed.
2. Raise `NotSent` only where it is proven that no byte of the request left: the connection was refused, the name was not found, TLS
   failed first. Any other exception means that the request may have arrived; for a submit, that is a task that may have to be paid.
3. A submit (`request.operation == "submit"`) goes out on a fresh connection.
4. Read at most `request.response_cap` bytes, and say with `HttpResponse(..., end=...)` how the body ended.

The headers hold the key already, and only where the URL may have it. `gentask.httpx` is such a transport over httpx.
"""

from __future__ import annotations

from typing import Protocol

from gentask._native import HttpRequest, HttpResponse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable

__all__ = ["AsyncTransport", "HttpRequest", "HttpResponse", "NotSent", "Transport"]


class NotSent(Exception):
    """Proven: no byte of the request left. The text goes into messages, so it must hold no URL and no key."""


class Transport(Protocol):
    """Sends requests, on a thread of its own."""

    def send(self, request: HttpRequest, /) -> HttpResponse:
        """Send one request and read its answer, within `request.timeout` seconds."""
        ...


class AsyncTransport(Protocol):
    """Sends requests in the event loop of an `AsyncClient`."""

    def send(self, request: HttpRequest, /) -> Awaitable[HttpResponse]:
        """Send one request and read its answer, within `request.timeout` seconds."""
        ...
