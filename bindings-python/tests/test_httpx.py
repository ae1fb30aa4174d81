"""`gentask.httpx`: what is proven about a delivery, and that a submit travels alone. Each scenario runs in threads, asyncio and trio."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import subprocess
import sys
import threading
from functools import partial
from typing import Literal

import httpx
import pytest
import trio

import gentask
from gentask import HttpRequest, HttpResponse, NetworkError, ResponseTooLarge, SubmitUnknown
from gentask.httpx import AsyncHttpxTransport, HttpxTransport

from .support.byhand import CLOSED_PORT, ByHand
from .support.faults import redirect, rule, silence
from .support.jobs import KEY, job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from typing import Any

    from gentask.testing import Sandbox

Kind = Literal["threads", "asyncio", "trio"]
# Loading the platform's certificates takes longer than most of these tests.
TLS = ssl.create_default_context()
KINDS: tuple[Kind, ...] = ("threads", "asyncio", "trio")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.param
    return chosen


class Recording(HttpxTransport):
    """Keeps what went through it."""

    def __init__(self, make_client: Callable[[], httpx.Client]) -> None:
        super().__init__(make_client)
        self.seen: list[tuple[HttpRequest, HttpResponse]] = []

    def send(self, request: HttpRequest, /) -> HttpResponse:
        response = super().send(request)
        self.seen.append((request, response))
        return response


class AsyncRecording(AsyncHttpxTransport):
    """Keeps what went through it."""

    def __init__(self, make_client: Callable[[], httpx.AsyncClient]) -> None:
        super().__init__(make_client)
        self.seen: list[tuple[HttpRequest, HttpResponse]] = []

    async def send(self, request: HttpRequest, /) -> HttpResponse:
        response = await super().send(request)
        self.seen.append((request, response))
        return response


class Awaited:
    """A `Client`, a handle or a transport whose calls can be awaited, though they block."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        if not callable(found):
            return found

        async def call(*arguments: Any, **named: Any) -> Any:
            result = found(*arguments, **named)
            return Awaited(result) if isinstance(result, gentask.TaskHandle) else result

        return call


def play(kind: Kind, scenario: Callable[[Any, Any], Awaitable[None]], options: dict[str, Any], **settings: Any) -> None:
    """Run a scenario with a client and its transport. `settings` are those of the httpx clients."""
    settings = {"trust_env": False, "verify": TLS, "limits": httpx.Limits(keepalive_expiry=600), **settings}

    async def with_client() -> None:
        if kind == "threads":
            transport = Recording(settings.pop("make", partial(httpx.Client, **settings)))
            with transport, gentask.Client(transport=transport, **options) as client:
                await scenario(Awaited(client), transport)
        else:
            transport_ = AsyncRecording(settings.pop("make", partial(httpx.AsyncClient, **settings)))
            async with transport_, gentask.AsyncClient(transport=transport_, **options) as client_:
                await scenario(client_, transport_)

    if kind == "trio":
        trio.run(with_client)
    else:
        asyncio.run(with_client())


def at(sandbox: Sandbox, **options: Any) -> dict[str, Any]:
    return {"provider": "apixo", **sandbox.options("apixo", api_key=KEY, poll={"initial": 0.02, "factor": 1.0, "cap": 0.02}, **options)}


def test_a_task_goes_from_submit_to_its_files(kind: Kind, gentask_sandbox: Sandbox, tmp_path: Any) -> None:
    async def scenario(client: Any, _: Any) -> None:
        task = await client.submit(*job(), key="order-42")
        reply = await task.wait()
        assert [file.kind for file in reply.files] == ["image"]
        [saved] = await task.save_files(tmp_path)
        assert saved.path.read_bytes().startswith(b"\x89PNG")
        assert (await client.get_status(task.task_id)).status == "success"

    play(kind, scenario, at(gentask_sandbox))
    assert gentask_sandbox.submits() == 1


def test_each_submit_has_a_connection_of_its_own_and_reads_share_one(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "closeWarmConnection")])
    before = gentask_sandbox.stats()["connectionsTotal"]

    async def scenario(client: Any, _: Any) -> None:
        for _ in range(3):
            task = await client.submit(*job())
            await task.wait()
            await client.get_status(task.task_id)

    play(kind, scenario, at(gentask_sandbox))
    # The last look at the statistics is a connection too.
    assert gentask_sandbox.stats()["connectionsTotal"] - before - 1 == 3 + 1


def test_reads_recover_from_a_shared_connection_that_was_closed(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("status", "closeWarmConnection")])

    async def scenario(client: Any, _: Any) -> None:
        for _ in range(2):
            task = await client.submit(*job())
            assert (await task.wait()).ok

    play(kind, scenario, at(gentask_sandbox))
    assert gentask_sandbox.stats("apixo")["faults"] >= 2


async def refused(client: Any, word: str) -> NetworkError:
    """Submit, and see that it was proven that nothing was sent."""
    with pytest.raises(NetworkError) as caught:
        await client.submit(*job())
    error = caught.value
    assert error.billing == "none"
    assert word in str(error)
    assert KEY not in str(error)
    assert "/apixo" not in str(error)
    assert not (await client.unresolved()).records
    return error


async def lost(client: Any, word: str) -> None:
    """Submit, and see that nobody knows whether it arrived."""
    with pytest.raises(SubmitUnknown) as caught:
        await client.submit(*job())
    assert caught.value.billing == "possible"
    assert word in str(caught.value)
    [record] = (await client.unresolved()).records
    assert record.intent_id == caught.value.intent_id


def test_a_refused_connection_proves_that_nothing_was_sent(kind: Kind, gentask_sandbox: Sandbox) -> None:
    made = 0

    def make() -> Any:
        nonlocal made
        made += 1
        return httpx.Client(verify=TLS, trust_env=False) if kind == "threads" else httpx.AsyncClient(verify=TLS, trust_env=False)

    async def scenario(client: Any, _: Any) -> None:
        await refused(client, "Connection refused")

    play(kind, scenario, {**at(gentask_sandbox), "base_url": f"http://127.0.0.1:{CLOSED_PORT}/apixo"}, make=make)
    assert made == 3


def test_a_failed_handshake_proves_that_nothing_was_sent(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, _: Any) -> None:
        await refused(client, "ConnectError")

    options = at(gentask_sandbox)
    play(kind, scenario, {**options, "base_url": options["base_url"].replace("http:", "https:")})
    assert gentask_sandbox.submits() == 0


def test_a_tunnel_that_a_proxy_refuses_proves_that_nothing_was_sent(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, _: Any) -> None:
        await refused(client, "ProxyError")

    with ByHand(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n") as proxy:
        play(kind, scenario, {**at(gentask_sandbox), "base_url": "https://api.example/apixo"}, proxy=proxy.url)
    assert proxy.requests
    assert all(request.startswith(b"CONNECT api.example:443") and KEY.encode() not in request for request in proxy.requests)


def test_a_reset_after_the_body_is_not_a_proof(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "resetAfterBody")])

    async def scenario(client: Any, _: Any) -> None:
        await lost(client, "the transport raised ReadError")

    play(kind, scenario, at(gentask_sandbox))
    assert gentask_sandbox.submits() == 1


def test_an_answer_that_does_not_come_is_not_a_proof(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", silence())])

    async def scenario(client: Any, _: Any) -> None:
        await lost(client, "the transport raised")

    play(kind, scenario, at(gentask_sandbox, request_timeout=2))
    assert gentask_sandbox.submits() == 1


class Again(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A user's own transport that tries another address where the first one fails."""

    def __init__(self, other: str) -> None:
        self._inner = httpx.HTTPTransport()
        self._inner_async = httpx.AsyncHTTPTransport()
        self._other = httpx.URL(other)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return self._inner.handle_request(request)
        except httpx.ReadError:
            request.url = self._other
            return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._inner_async.handle_async_request(request)
        except httpx.ReadError:
            request.url = self._other
            return await self._inner_async.handle_async_request(request)


def test_a_refused_connection_of_a_second_attempt_is_not_a_proof(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "resetAfterBody")])

    async def scenario(client: Any, _: Any) -> None:
        await lost(client, "the transport raised ConnectError")

    play(kind, scenario, at(gentask_sandbox), transport=Again(f"http://127.0.0.1:{CLOSED_PORT}"))
    assert gentask_sandbox.submits() == 1


def test_no_redirect_is_followed(kind: Kind, gentask_sandbox: Sandbox) -> None:
    elsewhere = gentask_sandbox.base_url("apidot")
    gentask_sandbox.script("apixo", [rule("submit", redirect(307, elsewhere))])

    async def scenario(client: Any, _: Any) -> None:
        with pytest.raises(gentask.GentaskError, match="307") as caught:
            await client.submit(*job())
        assert caught.value.billing == "none"

    play(kind, scenario, at(gentask_sandbox), follow_redirects=True)
    assert gentask_sandbox.submits("apixo") == 1
    assert not gentask_sandbox.stats("apidot")["requests"]


def test_no_more_is_read_than_the_cap(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("status", {"kind": "tooLargeBody", "bytes": 20_000_000})])

    async def scenario(client: Any, transport: Any) -> None:
        task = await client.submit(*job())
        with pytest.raises(ResponseTooLarge):
            await task.wait()
        request, response = transport.seen[-1]
        assert response.end == "tooLarge"
        assert len(response.body) == request.response_cap < 20_000_000

    play(kind, scenario, at(gentask_sandbox))


def test_a_body_that_ends_early_is_kept_as_far_as_it_came(kind: Kind, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "truncatedBody")])

    async def scenario(client: Any, transport: Any) -> None:
        await lost(client, "")
        [(_, response)] = transport.seen
        assert (response.status, response.end) == (200, "truncated")
        assert response.body

    play(kind, scenario, at(gentask_sandbox))
    assert gentask_sandbox.submits() == 1


@contextlib.contextmanager
def dripping() -> Iterator[str]:
    """Serve answers whose body comes a byte at a time and never ends."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while True:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                if over.is_set():
                    return
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
                while not over.wait(0.05):
                    connection.sendall(b"x")

    thread = threading.Thread(target=serve)
    thread.start()
    port = server.getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/apixo"
    finally:
        over.set()
        socket.create_connection(("127.0.0.1", port)).close()
        thread.join(30)
        server.close()


def test_an_endless_body_is_given_up_when_the_requests_time_is_over(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, transport: Any) -> None:
        assert (await client.get_status("task_x", model="nano-banana")).error_code is not None
        response = transport.seen[0][1]
        assert (response.status, response.end) == (200, "truncated")
        assert 0 < len(response.body) < 100_000

    with dripping() as url:
        play(kind, scenario, {**at(gentask_sandbox, request_timeout=2, max_read_retries=0), "base_url": url})


def test_a_client_that_is_used_twice_is_refused_before_anything_is_sent(kind: Kind, gentask_sandbox: Sandbox) -> None:
    used: httpx.Client | httpx.AsyncClient = httpx.Client() if kind == "threads" else httpx.AsyncClient()

    async def scenario(client: Any, _: Any) -> None:
        await client.get_status("task_x", model="nano-banana")
        await refused(client, "make_client returned a client that was used before")

    play(kind, scenario, at(gentask_sandbox), make=lambda: used)
    assert gentask_sandbox.submits() == 0


def test_a_client_that_cannot_be_made_is_refused_before_anything_is_sent(kind: Kind, gentask_sandbox: Sandbox) -> None:
    def make() -> Any:
        raise ValueError(KEY)

    async def scenario(client: Any, _: Any) -> None:
        await refused(client, "the request could not be made: ValueError")

    play(kind, scenario, at(gentask_sandbox), make=make)


CHALLENGE = b'HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Digest realm="r", nonce="n", qop="auth"\r\ncontent-length: 0\r\n\r\n'


def test_the_clients_own_authentication_sends_nothing_twice(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, _: Any) -> None:
        with pytest.raises(gentask.AuthFailed):
            await client.submit(*job())

    with ByHand(CHALLENGE) as server:
        play(kind, scenario, {**at(gentask_sandbox), "base_url": server.url}, auth=httpx.DigestAuth("u", "p"))
    assert len(server.requests) == 1


def test_the_clients_headers_are_sent_and_cookies_are_not_kept(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, _: Any) -> None:
        for _ in range(2):
            await client.get_status("task_x", model="nano-banana")

    answer = b"HTTP/1.1 404 Not Found\r\nset-cookie: who=you\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    with ByHand(answer) as server:
        play(kind, scenario, {**at(gentask_sandbox), "base_url": server.url}, headers={"x-team": "blue"})
    assert len(server.requests) >= 2
    for request in server.requests:
        head = request.lower()
        assert b"x-team: blue" in head
        assert b"accept-encoding: identity" in head
        assert b"cookie" not in head


def test_headers_that_come_twice_are_kept(kind: Kind, gentask_sandbox: Sandbox) -> None:
    async def scenario(client: Any, transport: Any) -> None:
        await client.get_status("task_x", model="nano-banana")
        [(_, response)] = transport.seen
        assert response.end == "whole"
        assert [pair for pair in response.headers if pair[0] == "x-a"] == [("x-a", "1"), ("x-a", "2")]

    with ByHand(b"HTTP/1.1 404 Not Found\r\nX-A: 1\r\nx-a: 2\r\ncontent-length: 0\r\n\r\n") as server:
        play(kind, scenario, {**at(gentask_sandbox), "base_url": server.url})


def test_httpxs_own_mock_transport_works(kind: Kind, gentask_sandbox: Sandbox) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"].endswith(KEY)
        return httpx.Response(200, json={"code": 200, "message": "success", "data": {"taskId": "task_1"}})

    async def scenario(client: Any, _: Any) -> None:
        assert (await client.submit(*job())).task_id == "task_1"

    play(kind, scenario, at(gentask_sandbox), transport=httpx.MockTransport(answer))


def test_one_transport_serves_several_event_loops_in_turn(gentask_sandbox: Sandbox) -> None:
    transport = AsyncHttpxTransport(partial(httpx.AsyncClient, trust_env=False))

    async def once() -> None:
        async with transport, gentask_sandbox.async_client(transport=transport) as client:
            assert (await (await client.submit(*job())).wait()).ok

    asyncio.run(once())
    trio.run(once)
    asyncio.run(once())


def test_a_forked_child_makes_connections_of_its_own() -> None:
    program = """
import os, functools, httpx
from gentask.httpx import HttpxTransport
from gentask.testing import Sandbox

with Sandbox() as sandbox:
    transport = HttpxTransport(functools.partial(httpx.Client, trust_env=False))
    client = sandbox.client(transport=transport)
    task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "a sunset"})
    task.wait()
    before = sandbox.stats()["connectionsTotal"]
    child = os.fork()
    if not child:
        os._exit(0 if client.get_status(task.task_id, model="nano-banana").ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert client.get_status(task.task_id, model="nano-banana").ok
    # The child's, and that of the statistics; the parent still has its own.
    assert sandbox.stats()["connectionsTotal"] - before == 2
"""
    run(program)


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-W", "ignore::DeprecationWarning", "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_package_does_not_import_httpx_by_itself() -> None:
    run("import sys, gentask, gentask.aio, gentask.transport; assert 'httpx' not in sys.modules")


def test_without_httpx_the_error_says_what_to_install() -> None:
    program = """
import sys
sys.modules["httpx"] = None
try:
    import gentask.httpx
except ImportError as error:
    print(error)
"""
    assert "pip install 'gentask[httpx]'" in run(program)
