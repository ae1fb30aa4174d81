"""`on_request` and `on_response`: what they see, what they may add, and that neither changes what is known of a delivery. And proxies."""

from __future__ import annotations

import logging
import socket
import sys
import threading

import pytest

import gentask
from gentask import NetworkError, RequestInfo, ResponseInfo, SubmitUnknown, Unsupported

from .support.byhand import ByHand
from .support.faults import rule
from .support.jobs import KEY, PROMPT, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

    from .support.both import Both

BODY = b'{"code": 200, "data": {"taskId": "task_1"}}'
ACCEPTED = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(BODY), BODY)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_each_request_is_seen_and_what_came_of_it(both: Both) -> None:
    asked: list[RequestInfo] = []
    answered: list[tuple[RequestInfo, ResponseInfo]] = []
    client = both.client(on_request=asked.append, on_response=lambda *told: answered.append(told), api_key=KEY)
    task = submit(client)
    task.wait()
    assert [request.operation for request in asked] == ["submit"] + ["status"] * both.asked()
    assert [request.operation for request, _ in answered] == [request.operation for request in asked]
    for request, response in answered:
        assert request.intent_id == task.intent_id
        assert request.url.startswith(client.base_url)
        assert (response.status, response.undelivered) == (200, None)
        assert "application/json" in dict(response.headers)["content-type"]
        assert response.elapsed >= 0
    assert asked[0].method == "POST"
    text = "".join(map(repr, (asked, answered, [request.headers for request in asked])))
    for word in (KEY, PROMPT, "/api/"):
        assert word not in text
    assert "RequestInfo(submit POST 'http://127.0.0.1:" in text


@pytest.mark.parametrize("added", [{"traceparent": TRACE, "User-Agent": "shop/1"}, [("traceparent", TRACE), ("user-agent", "shop/1")]])
def test_headers_that_are_added_arrive(both: Both, added: Any) -> None:
    with ByHand(ACCEPTED) as server:
        client = both.bare("apixo", api_key=KEY, base_url=server.url, store=gentask.MemoryStore(), on_request=lambda _: added)
        submit(client)
    head = server.requests[0].decode().lower()
    assert f"traceparent: {TRACE}" in head
    assert "user-agent: shop/1" in head
    assert "gentask/" not in head
    assert f"authorization: bearer {KEY}".lower() in head


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ({"authorization": "Bearer other"}, '"authorization" cannot be added: it belongs to the client'),
        ({"Content-Length": "1"}, '"Content-Length" cannot be added'),
        ({"accept": "text/html", "Accept": "x"}, "is there already"),
        ({"x-own": "a\r\nhost: evil"}, '"x-own" cannot be added: its value is not valid'),
        ({"x own": "a"}, 'the header "x own" cannot be added: its name is not valid'),
        ({"x-own": 1}, "it must return None, or a mapping or pairs"),
        ("traceparent", "it must return None, or a mapping or pairs"),
    ],
)
def test_what_may_not_be_added_is_refused_and_nothing_is_sent(both: Both, added: Any, words: str) -> None:
    client = both.client(on_request=lambda _: added)
    with pytest.raises(NetworkError) as caught:
        submit(client)
    assert words in str(caught.value)
    assert "evil" not in str(caught.value)
    assert caught.value.billing == "none"
    assert both.seen() == (0, 0)


def test_a_hook_that_raises_keeps_the_request_from_being_sent(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "gentask.hooks")

    def refuse(_: RequestInfo) -> None:
        raise ZeroDivisionError(KEY)

    with pytest.raises(NetworkError, match="on_request failed: it raised ZeroDivisionError") as caught:
        submit(both.client(on_request=refuse), key="order-42")
    assert (caught.value.billing, both.seen()) == ("none", (0, 0))
    assert KEY not in str(caught.value)
    assert "on_request raised" in caplog.text
    # The key is free: the same order is a new attempt.
    submit(both.client(), key="order-42").wait()
    assert both.seen() == (1, 1)


def test_a_hook_that_raises_on_a_poll_ends_nothing(both: Both) -> None:
    failed: list[int] = []

    def refuse(request: RequestInfo) -> None:
        if request.operation == "status" and not failed:
            failed.append(1)
            raise ZeroDivisionError

    assert submit(both.client(on_request=refuse)).wait().ok
    assert failed == [1]


def test_a_hook_after_changes_no_outcome(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)

    def refuse(*_: object) -> None:
        raise ZeroDivisionError

    assert submit(both.client(on_response=refuse)).wait().ok
    assert len(told) >= 2
    assert {each.exc_type for each in told} == {ZeroDivisionError}
    assert both.seen() == (1, 1)


def test_what_was_lost_is_told_as_that(both: Both) -> None:
    answered: list[ResponseInfo] = []
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody")])
    with pytest.raises(SubmitUnknown):
        submit(both.client(on_response=lambda _, response: answered.append(response), on_request=lambda _: None))
    assert [(response.status, response.undelivered) for response in answered] == [(None, "maybeSent")]
    assert repr(answered[0]).startswith("ResponseInfo(maybeSent, ")


def test_an_async_hook_runs_in_the_loop_of_its_client(both: Both) -> None:
    async def add(_: RequestInfo) -> dict[str, str]:
        return {"x-own": "a"}

    if both.kind == "sync":
        with pytest.raises(TypeError, match=r"on_request is an async function: it needs an AsyncClient"):
            both.client(on_request=add)
        return
    assert submit(both.client(on_request=add)).wait().ok
    with pytest.raises(TypeError, match="on_response"):
        both.client(on_response=add)


class Refusing:
    """A proxy that refuses every tunnel, and remembers what it was asked."""

    def __enter__(self) -> Self:
        self.heads: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    head += connection.recv(4096)
                self.heads.append(head)
                connection.sendall(b"HTTP/1.1 407 No\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n")

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(60)


def test_a_proxy_is_asked_for_a_tunnel_and_its_refusal_proves_that_nothing_was_sent(both: Both) -> None:
    with Refusing() as proxy:
        address = f"http://anna:secret-word@127.0.0.1:{proxy.port}"
        client = both.bare("apixo", api_key=KEY, base_url="https://provider.invalid", store=gentask.MemoryStore(), proxy=address)
        with pytest.raises(NetworkError) as caught:
            submit(client)
    assert caught.value.billing == "none"
    assert proxy.heads[0].startswith(b"CONNECT provider.invalid:443 HTTP/1.1\r\n")
    assert b"basic YW5uYTpzZWNyZXQtd29yZA==" in proxy.heads[0].replace(b"Basic", b"basic")
    assert KEY.encode() not in b"".join(proxy.heads)
    assert "secret-word" not in str(caught.value)


def test_this_machine_is_not_asked_through_a_proxy(both: Both) -> None:
    with Refusing() as proxy:
        assert submit(both.client(proxy=f"http://127.0.0.1:{proxy.port}")).wait().ok
    assert proxy.heads == []


@pytest.mark.parametrize("address", ["", "secret-word", "ftp://u:secret-word@h", "http://", "env"])
def test_an_address_that_is_none_is_refused_without_being_shown(both: Both, address: str) -> None:
    with pytest.raises(Unsupported, match="the proxy is no address of the form") as caught:
        both.client(proxy=address)
    assert "secret-word" not in str(caught.value)
