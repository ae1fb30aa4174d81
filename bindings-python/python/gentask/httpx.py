"""Requests through httpx, for your own proxies, certificates and connection settings (`pip install 'gentask[httpx]'`).

>>> client = gentask.Client("apixo", transport=HttpxTransport(lambda: httpx.Client(proxy="http://proxy.internal:3128")))

`make_client` is called once for everything that reads, and anew for each submit, so that a submit never goes out on a connection that may
be dead already. Each time it must make a new client with a transport of its own. What takes time is an `ssl.SSLContext`: make it once and
pass it as `verify`. The client's proxies, certificates, limits, headers, event hooks and `trust_env` hold. Its authentication, cookies,
`params`, timeouts and redirects do not: a request goes out as it is, once.

Leave HTTP/2 off, and add no transport that sends again by itself: whether you pay twice is then in its hands. httpx logs the URL of each
request under the logger `httpx` at level `INFO`.

**What proves that nothing was sent.** httpx raises `ConnectError` and `ConnectTimeout` for the name, the connection and the TLS handshake,
`ProxyError` for a tunnel that a proxy refused, `PoolTimeout` and `UnsupportedProtocol` before any of them. These become `NotSent`, unless
httpcore's own trace says that a request began to be written, by a transport that tried twice. Everything else may have been sent.

**How long it takes.** httpx limits each read, each write and each step of connecting by itself. `AsyncHttpxTransport` bounds the whole by
the request's time. `HttpxTransport` gives each step what is left of it; only the search for a host's name, several addresses that do not
answer, and an answer that comes byte by byte can take longer, on a thread that nobody waits for then.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
import time
from weakref import WeakKeyDictionary

from gentask._loops import which
from gentask._native import HttpResponse
from gentask.transport import NotSent

try:
    import anyio
    import httpx
except ImportError as missing:
    raise ImportError("gentask.httpx needs httpx: pip install 'gentask[httpx]'") from missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Any, TypeVar

    from typing_extensions import Self

    from gentask._native import HttpRequest

    T = TypeVar("T")
    C = TypeVar("C", httpx.Client, httpx.AsyncClient)

__all__ = ["AsyncHttpxTransport", "HttpxTransport"]

_MOST_TO_CONNECT_S = 10.0

# Raised in httpcore before a connection is given the request. `ProxyError` is about the tunnel's CONNECT or the SOCKS greeting.
_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class HttpxTransport:
    """Sends through `httpx.Client`, for `gentask.Client`. Close it after the client, or use it as a context manager."""

    def __init__(self, make_client: Callable[[], httpx.Client] = httpx.Client) -> None:
        """`make_client` makes a new client each time that it is called."""
        self._make_client = make_client
        # By process: a forked child must not read from its parent's connections.
        self._clients: dict[int, httpx.Client] = {}

    def send(self, request: HttpRequest, /) -> HttpResponse:
        """Send one request and read its answer. See `gentask.transport` for the rules."""
        if request.operation != "submit":
            return _send(self._shared(), request)
        client = _fresh(_made(self._make_client), self._clients.get(os.getpid()))
        try:
            return _send(client, request)
        finally:
            # An answer in hand is worth more than an orderly end.
            with contextlib.suppress(Exception):
                client.close()

    def close(self) -> None:
        """Close the shared connections. Using it again makes new ones."""
        client = self._clients.pop(os.getpid(), None)
        if client is not None:
            client.close()

    def _shared(self) -> httpx.Client:
        process = os.getpid()
        client = self._clients.get(process)
        if client is None:
            made = _made(self._make_client)
            client = self._clients.setdefault(process, made)
            if client is not made:
                made.close()
        return client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


class AsyncHttpxTransport:
    """Sends through `httpx.AsyncClient`, for `gentask.AsyncClient`, in asyncio and trio.

    It has connections of its own in each event loop. Close it, after the client and before the loop ends, or use it as a context manager.
    """

    def __init__(self, make_client: Callable[[], httpx.AsyncClient] = httpx.AsyncClient) -> None:
        """`make_client` makes a new client each time that it is called."""
        self._make_client = make_client
        self._clients: WeakKeyDictionary[object, httpx.AsyncClient] = WeakKeyDictionary()

    async def send(self, request: HttpRequest, /) -> HttpResponse:
        """Send one request and read its answer. See `gentask.transport` for the rules."""
        if request.operation != "submit":
            return await _send_async(self._shared(), request)
        client = _fresh(_made(self._make_client), self._clients.get(_event_loop()))
        try:
            return await _send_async(client, request)
        finally:
            with contextlib.suppress(Exception):
                await client.aclose()

    async def aclose(self) -> None:
        """Close the shared connections of this event loop. Using it again makes new ones."""
        client = self._clients.pop(_event_loop(), None)
        if client is not None:
            await client.aclose()

    def _shared(self) -> httpx.AsyncClient:
        here = _event_loop()
        client = self._clients.get(here)
        if client is None:
            client = self._clients[here] = _made(self._make_client)
        return client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        await self.aclose()


def _event_loop() -> object:
    if which() == "trio":
        import trio

        return trio.lowlevel.current_trio_token()
    return asyncio.get_running_loop()


def _made(make: Callable[[], T]) -> T:
    """Make what nothing is sent for."""
    try:
        return make()
    except Exception as error:
        raise NotSent(f"the request could not be made: {type(error).__name__}") from error


def _fresh(client: C, shared: C | None) -> C:
    if client is shared or client.is_closed:
        raise NotSent("make_client returned a client that was used before: a submit needs a new one")
    return client


def _send(client: httpx.Client, request: HttpRequest) -> HttpResponse:
    wire, body = _Wire(request.timeout), _Body(request.response_cap)
    outgoing = _made(lambda: _outgoing(client.headers, request, wire, wire.heard))
    with wire.delivery():
        response = client.send(outgoing, stream=True, auth=_AS_IT_IS, follow_redirects=False)
    try:
        for chunk in [response.content] if response.is_stream_consumed else response.iter_raw():
            if not body.takes(chunk, wire):
                break
    except Exception:
        body.end = "truncated"
    finally:
        with contextlib.suppress(Exception):
            response.close()
    return body.answer(response)


async def _send_async(client: httpx.AsyncClient, request: HttpRequest) -> HttpResponse:
    wire, body = _Wire(request.timeout), _Body(request.response_cap)
    outgoing = _made(lambda: _outgoing(client.headers, request, wire, wire.heard_async))
    with wire.delivery(), anyio.fail_after(request.timeout):
        response = await client.send(outgoing, stream=True, auth=_AS_IT_IS, follow_redirects=False)
    try:
        with anyio.move_on_after(wire.left()) as reading:
            async for chunk in _given(response) if response.is_stream_consumed else response.aiter_raw():
                if not body.takes(chunk, wire):
                    # To leave the loop would leave generators of httpx's behind, which trio warns of.
                    reading.cancel()
        if reading.cancelled_caught and body.end == "whole":
            body.end = "truncated"
    except Exception:
        body.end = "truncated"
    finally:
        with contextlib.suppress(Exception):
            await response.aclose()
    return body.answer(response)


async def _given(response: httpx.Response) -> AsyncIterator[bytes]:
    yield response.content


# An authentication that adds nothing and never asks for a second request.
_AS_IT_IS = httpx.Auth()


def _outgoing(own: httpx.Headers, request: HttpRequest, wire: _Wire, trace: Callable[[str, Mapping[str, Any]], Any]) -> httpx.Request:
    headers = httpx.Headers(own)
    headers.update(request.headers)
    # The body is capped as it arrives, so it must not be larger than it looks.
    headers["accept-encoding"] = "identity"
    extensions = {"timeout": wire.timeouts, "trace": trace}
    return httpx.Request(request.method, request.url, headers=headers, content=request.body, extensions=extensions)


class _Wire:
    """What httpcore tells of a request while it goes out, and how much of its time is left."""

    def __init__(self, timeout: float) -> None:
        self._until = time.monotonic() + timeout
        self._begun = False
        # A connect timeout proves that nothing was sent, that of the whole request does not: so it comes first.
        connect = min(_MOST_TO_CONNECT_S, timeout / 2)
        self.timeouts = {"connect": connect, "pool": connect, "write": timeout, "read": timeout}

    def left(self) -> float:
        """Return how much of the request's time is left, in seconds: never none, which would mean not to wait at all."""
        return max(self._until - time.monotonic(), 0.001)

    def is_over(self) -> bool:
        """Say whether its time is over."""
        return time.monotonic() >= self._until

    def heard(self, event: str, about: Mapping[str, Any]) -> None:
        """Take note of a step; httpcore reads the timeouts anew in each."""
        self.timeouts["write"] = self.timeouts["read"] = self.left()
        if event.endswith(".send_request_headers.started"):
            # A tunnel is asked for with a request of its own, which holds nothing of ours but the host's name.
            self._begun |= about["request"].method != b"CONNECT"

    async def heard_async(self, event: str, about: Mapping[str, Any]) -> None:
        """Do the same in an event loop."""
        self.heard(event, about)

    @contextlib.contextmanager
    def delivery(self) -> Iterator[None]:
        """Turn what proves that nothing was sent into `NotSent`."""
        try:
            yield
        except _BEFORE_SENDING as error:
            if self._begun:
                raise
            raise NotSent(_why(error)) from error


class _Body:
    """The body of an answer, as far as it was read. Once there is a head, whatever happens to the body, the answer is kept."""

    def __init__(self, cap: int) -> None:
        self._read = bytearray()
        self._cap = cap
        self.end = "whole"

    def takes(self, chunk: bytes, wire: _Wire) -> bool:
        """Take some more, and say whether there may be still more."""
        if self.end == "whole":
            room = self._cap - len(self._read)
            self._read += chunk[:room]
            if len(chunk) > room:
                self.end = "tooLarge"
            elif wire.is_over():
                self.end = "truncated"
        return self.end == "whole"

    def answer(self, response: httpx.Response) -> HttpResponse:
        """Return the answer with this body."""
        return HttpResponse(response.status_code, response.headers.multi_items(), bytes(self._read), self.end)


def _why(error: BaseException) -> str:
    """Say what failed in the words of the system and of TLS: those of an exception may hold a URL or a key."""
    what = type(error).__name__
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, ssl.SSLError):
            return f"{what}: {getattr(at, 'verify_message', None) or at.reason or 'TLS'}"
        if isinstance(at, socket.gaierror):
            return f"{what}: {at.strerror}"
        if isinstance(at, OSError) and at.errno:
            return f"{what}: {os.strerror(at.errno)}"
        # trio groups what went wrong with each address of a name.
        several: Sequence[BaseException] = getattr(at, "exceptions", ())
        at = several[0] if several else at.__cause__ or at.__context__
    return what
