"""The ready routes, over real HTTP: the sandbox calls back, and strangers come too."""

from __future__ import annotations

import http.client
import socket
import urllib.parse

import pytest

import gentask.asgi
import gentask.wsgi
from gentask import AsyncClient, AsyncReceiver, Client, Receiver
from gentask.callbacks import MOST_BODY_BYTES
from gentask.testing import sign_test_callback

from .support.both import Both
from .support.jobs import submit
from .support.servers import asgi, deliver, post, wsgi
from .test_callbacks import PATIENT, called_back, inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any


def served(both: Both, *clients: Any) -> AbstractContextManager[str]:
    """Serve clients with the route of their kind."""
    if both.kind == "sync":
        return wsgi(gentask.wsgi.callbacks(clients[0] if len(clients) == 1 else Receiver(clients)))
    own = [inner(client) for client in clients]
    return asgi(gentask.asgi.callbacks(own[0] if len(own) == 1 else AsyncReceiver(own)))


def test_the_provider_calls_and_the_wait_ends(both: Both) -> None:
    client = both.client(poll=PATIENT)
    with served(both, client) as address:
        task = submit(client, callback_url=f"{address}/hooks/gentask?x=1")
        assert task.wait(timeout=60).status == "success"
        assert both.asked() == 1
        assert [each.outcome for each in client.deliveries()] == ["poke"]
        placed = submit(client, callback_url=f"{address}/hooks/{{token}}/gentask")
        assert placed.wait(timeout=60).status == "success"


def test_each_answer_is_a_constant(both: Both) -> None:
    client = both.client()
    task = called_back(client, "[stuck]")
    with served(both, client) as address:
        good = sign_test_callback(inner(client), inner(task), url=f"{address}/hook")
        assert deliver(good) == (200, b"ok")
        assert deliver(good) == (200, b"ok")
        forged = sign_test_callback("apixo", inner(task), callback_secret="forged", url=f"{address}/hook")
        assert deliver(forged) == (401, b"unauthorized")
        assert deliver(good, method="GET", body=b"") == (405, b"method not allowed")
        unknown = sign_test_callback(inner(client), "01234567-89ab-4def-8123-456789abcdef", url=f"{address}/hook")
        assert deliver(unknown) == (200, b"ok")
        assert deliver(good, body=bytes(MOST_BODY_BYTES)) == (200, b"ok")
        # Of a body that nobody signed, the beginning is kept.
        assert [len(each.body) for each in client.deliveries()] == [16 * 1024, 2]


def test_a_body_that_is_announced_as_too_large_is_refused_before_it_is_sent(both: Both) -> None:
    client = both.client()
    task = called_back(client, "[stuck]")
    with served(both, client) as address:
        parts = urllib.parse.urlsplit(sign_test_callback(inner(client), inner(task), url=f"{address}/hook").url)
        wire = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        wire.putrequest("POST", f"{parts.path}?{parts.query}")
        wire.putheader("content-length", str(MOST_BODY_BYTES + 1))
        wire.endheaders()
        reply = wire.getresponse()
        assert (reply.status, reply.read()) == (413, b"too large")
        wire.close()
    assert client.deliveries() == []


def test_a_body_without_a_length_is_read_to_the_limit_and_no_further() -> None:
    with Both("asyncio", sandbox := gentask.testing.Sandbox()) as both, sandbox:
        client = both.client()
        task = called_back(client, "[stuck]")
        with served(both, client) as address:
            url = sign_test_callback(inner(client), inner(task), url=f"{address}/hook").url
            assert post(url, {}, iter([b"{", b"}"])) == (200, b"ok")
            parts = urllib.parse.urlsplit(url)
            with socket.create_connection((str(parts.hostname), parts.port or 80), 60) as raw:
                raw.sendall(f"POST {parts.path}?{parts.query} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n".encode())
                chunk = b"10000\r\n" + bytes(65_536) + b"\r\n"
                for _ in range(17):
                    raw.sendall(chunk)
                assert raw.recv(64).startswith(b"HTTP/1.1 413")
        assert [each.body for each in client.deliveries()] == [b"{}"]


def test_a_body_that_breaks_off_is_no_callback(both: Both) -> None:
    client = both.client()
    task = called_back(client, "[stuck]")
    with served(both, client) as address:
        parts = urllib.parse.urlsplit(sign_test_callback(inner(client), inner(task), url=f"{address}/hook").url)
        with socket.create_connection((str(parts.hostname), parts.port or 80), 60) as raw:
            raw.sendall(f"POST {parts.path}?{parts.query} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{{}}".encode())
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(4096):
                pass
    assert client.deliveries() == []


def test_several_clients_have_one_route(both: Both) -> None:
    clients = [both.client("apidot", poll=PATIENT), both.client(poll=PATIENT)]
    with served(both, *clients) as address:
        for client in clients:
            assert submit(client, callback_url=f"{address}/hook").wait(timeout=60).status == "success"


def test_each_route_wants_its_own_kind_of_client() -> None:
    with gentask.testing.Sandbox() as sandbox, sandbox.client() as client:
        wrong: Any = client
        with pytest.raises(TypeError, match="an event loop needs an AsyncClient or an AsyncReceiver, not Client"):
            gentask.asgi.callbacks(wrong)
        wrong = sandbox.async_client()
        with pytest.raises(TypeError, match="without an event loop a Client or a Receiver is needed, not AsyncClient"):
            gentask.wsgi.callbacks(wrong)
        assert isinstance(client, Client)
        assert isinstance(wrong, AsyncClient)


def test_a_server_that_ends_the_stream_itself_needs_no_length() -> None:
    class Stream:
        def __init__(self, *parts: bytes) -> None:
            self.parts = list(parts)

        def read(self, size: int) -> bytes:
            return self.parts.pop(0)[:size] if self.parts else b""

    with gentask.testing.Sandbox() as sandbox, sandbox.client() as client:
        task = called_back(client, "[stuck]")
        app = gentask.wsgi.callbacks(client)
        said: list[str] = []
        for stream, terminated in [(Stream(b"{", b"}"), True), (Stream(b"{}"), False), (Stream(bytes(2 * MOST_BODY_BYTES)), True)]:
            url = urllib.parse.urlsplit(sign_test_callback(client, task).url)
            environ = {"REQUEST_METHOD": "POST", "PATH_INFO": url.path, "QUERY_STRING": url.query, "wsgi.input": stream}
            app({**environ, "wsgi.input_terminated": terminated}, lambda status, _headers: said.append(status))
        assert said == ["200 OK", "200 OK", "413 Request Entity Too Large"]
        assert sorted(each.body for each in client.deliveries()) == [b"", b"{}"]
