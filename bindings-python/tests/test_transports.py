"""A transport of one's own: what it proves, what it does not, and what it is given."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gentask import (
    HttpRequest,
    HttpResponse,
    MemoryStore,
    NetworkError,
    NotSent,
    ResponseTooLarge,
    SubmitUnknown,
    UnknownError,
)

from .support.byhand import CLOSED_PORT
from .support.faults import redirect, rule, status
from .support.jobs import KEY, PROMPT, submit, the_only
from .support.transports import AsyncTransport, PlainTransport

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gentask.testing import Sandbox

    from .support.both import Both

EXAMPLE = Path(__file__).resolve().parents[2] / "tests" / "vectors" / "contracts" / "example.json"


@pytest.fixture(params=["sync", "asyncio", "asyncio and an async transport"])
def flavour(request: pytest.FixtureRequest) -> str:
    """Each client with a plain transport, and the one that can with an async one too."""
    return str(request.param)


@pytest.fixture
def kind(flavour: str) -> str:
    return flavour.split()[0]


@pytest.fixture
def is_async(flavour: str) -> bool:
    return "async transport" in flavour


class Scripted:
    """Does with each request what a function says."""

    def __init__(self, answer: Callable[[HttpRequest], object]) -> None:
        self.answer = answer
        self.requests: list[HttpRequest] = []

    def send(self, request: HttpRequest) -> Any:
        self.requests.append(request)
        return self.answer(request)


class AsyncScripted(Scripted):
    """The same in an event loop."""

    async def send(self, request: HttpRequest) -> Any:
        await asyncio.sleep(0)
        return super().send(request)


def scripted(is_async: bool, answer: Callable[[HttpRequest], object]) -> Scripted:
    return (AsyncScripted if is_async else Scripted)(answer)


def raising(error: BaseException) -> Callable[[HttpRequest], object]:
    def answer(_: HttpRequest) -> object:
        raise error

    return answer


def a_status(state: str = "success", **more: str) -> bytes:
    return json.dumps({"code": 200, "data": {"taskId": "t", "state": state, **more}}).encode()


ACCEPTED = json.dumps({"code": 200, "data": {"taskId": "t"}}).encode()


@pytest.mark.parametrize("provider", ["apixo", "apidot", "aivideomaker"])
def test_a_task_runs_from_submit_to_its_end_over_it(both: Both, is_async: bool, provider: str) -> None:
    transport = AsyncTransport() if is_async else PlainTransport()
    client = both.client(provider, transport=transport)
    task = submit(client)
    assert (task.wait().status, both.seen(provider)) == ("success", (1, 1))
    assert [request.operation for request in transport.requests][:2] == ["submit", "status"]
    if isinstance(transport, AsyncTransport):
        assert both.loop is not None
        assert transport.loops == {both.loop.loop}


def test_a_request_says_all_that_is_needed_to_send_it(both: Both, is_async: bool) -> None:
    transport = scripted(is_async, raising(ConnectionError()))
    client = both.client(transport=transport, api_key=KEY, request_timeout=7.5)
    preview = client.dry_run("nano-banana", {"mode": "text-to-image", "prompt": PROMPT})
    with pytest.raises(SubmitUnknown):
        submit(client)
    [request] = transport.requests
    assert (request.operation, request.method, request.url) == ("submit", "POST", preview.url)
    assert (request.body, request.timeout) == (preview.body, 7.5)
    assert request.response_cap > 0
    assert dict(request.headers) == {**preview.headers, "authorization": f"Bearer {KEY}"}
    for word in (KEY, PROMPT, "generateTask"):
        assert word not in repr(request)


def test_what_was_proven_not_to_leave_is_tried_three_times_and_costs_nothing(both: Both, is_async: bool) -> None:
    transport = scripted(is_async, raising(NotSent("the tunnel is down")))
    client = both.client(transport=transport)
    with pytest.raises(NetworkError, match="the tunnel is down") as caught:
        submit(client)
    assert caught.value.billing == "none"
    assert the_only(client).phase == "rejected"
    client.resume()
    assert len(transport.requests) == 3


def test_a_key_in_the_words_of_a_proof_goes_no_further(both: Both, is_async: bool) -> None:
    transport = scripted(is_async, raising(NotSent(f"the tunnel refused Bearer {KEY}")))
    events: list[str] = []
    client = both.client(transport=transport, api_key=KEY, on_event=lambda event: events.append(str(event.data)))
    with pytest.raises(NetworkError, match=r"the tunnel refused Bearer \*+") as caught:
        submit(client)
    for told in (str(caught.value), str(caught.value.reply.to_dict()), the_only(client).to_json(), *events):
        assert KEY not in told


def test_a_port_where_nobody_listens_is_proven_by_a_real_transport(both: Both, is_async: bool) -> None:
    transport = AsyncTransport() if is_async else PlainTransport()
    client = both.client(transport=transport, base_url=f"http://127.0.0.1:{CLOSED_PORT}")
    with pytest.raises(NetworkError):
        submit(client)
    assert len(transport.requests) == 3


def test_a_subclass_of_not_sent_is_as_good(both: Both, is_async: bool) -> None:
    class NoRoute(NotSent):
        pass

    tried: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        tried.append(request)
        if len(tried) < 3:
            raise NoRoute("no route")
        return HttpResponse(200, [], ACCEPTED)

    assert submit(both.client(transport=scripted(is_async, answer))).task_id == "t"
    assert len({request.body for request in tried}) == 1


DOUBTFUL: dict[str, BaseException] = {
    "a refused connection": ConnectionRefusedError("secret words"),
    "a timeout": TimeoutError("secret words"),
    "a mistake in the transport": KeyError("secret words"),
    "the end of the program": SystemExit("secret words"),
}


@pytest.mark.parametrize("error", DOUBTFUL.values(), ids=DOUBTFUL)
def test_any_other_exception_may_have_been_a_paid_task(both: Both, is_async: bool, error: BaseException) -> None:
    if is_async and not isinstance(error, Exception):
        pytest.skip("it ends the event loop, as in any coroutine")
    transport = scripted(is_async, raising(error))
    client = both.client(transport=transport)
    with pytest.raises(SubmitUnknown) as caught:
        submit(client)
    assert caught.value.billing == "possible"
    assert type(error).__name__ in caught.value.reply.to_json()
    assert "secret words" not in str(caught.value) + caught.value.reply.to_json()
    client.resume(timeout=0)
    assert len(transport.requests) == 1


@pytest.mark.parametrize("wrong", [None, 200, {}, b"{}", (200, [], b"{}")], ids=repr)
def test_something_that_is_no_response_may_have_been_a_paid_task(both: Both, is_async: bool, wrong: object) -> None:
    transport = scripted(is_async, lambda _: wrong)
    client = both.client(transport=transport)
    with pytest.raises(SubmitUnknown, match="TypeError"):
        submit(client)
    assert len(transport.requests) == 1


def test_failed_polls_are_asked_again_whatever_was_raised(both: Both, is_async: bool) -> None:
    polls = iter([NotSent("no route"), ConnectionError(), None])

    def answer(request: HttpRequest) -> object:
        if request.operation == "submit":
            return HttpResponse(200, [], ACCEPTED)
        error = next(polls)
        if error is not None:
            raise error
        return HttpResponse(200, [], a_status(resultJson='{"resultUrls":["https://files.example.com/a.png"]}'))

    reply = submit(both.client(transport=scripted(is_async, answer))).wait()
    assert (reply.status, len(reply.files)) == ("success", 1)


@pytest.mark.parametrize("end", ["truncated", "tooLarge"])
def test_a_body_that_is_not_whole_proves_nothing(both: Both, is_async: bool, end: str) -> None:
    transport = scripted(is_async, lambda _: HttpResponse(200, [], ACCEPTED[:-1], end))
    with pytest.raises(SubmitUnknown):
        submit(both.client(transport=transport))
    assert len(transport.requests) == 1


def test_an_id_that_is_there_is_taken_though_the_body_ended_early(both: Both, is_async: bool) -> None:
    transport = scripted(is_async, lambda _: HttpResponse(200, [], ACCEPTED, "truncated"))
    assert submit(both.client(transport=transport)).task_id == "t"


def test_a_body_above_the_cap_is_too_large_whatever_the_transport_says(both: Both, is_async: bool) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.operation == "submit":
            return HttpResponse(200, [], ACCEPTED)
        return HttpResponse(200, [], a_status("processing") + b" " * request.response_cap)

    task = submit(both.client(transport=scripted(is_async, answer)))
    with pytest.raises(ResponseTooLarge):
        task.wait()
    assert task.record().phase == "waiting"
    large = scripted(is_async, lambda request: HttpResponse(200, [], ACCEPTED + b" " * request.response_cap))
    with pytest.raises(SubmitUnknown):
        submit(both.client(transport=large))


def test_a_redirect_is_an_answer_and_nobody_follows_it(both: Both, is_async: bool) -> None:
    transport = AsyncTransport() if is_async else PlainTransport()
    both.sandbox.script("apixo", [rule("submit", redirect(307, "https://elsewhere.example/secret"))])
    with pytest.raises(UnknownError) as caught:
        submit(both.client(transport=transport))
    assert "secret" not in str(caught.value)
    assert len(transport.requests) == 1


def test_names_of_headers_may_be_in_any_case(both: Both, is_async: bool) -> None:
    transport = scripted(is_async, lambda _: HttpResponse(429, [("Retry-After", "600")], b"{}"))
    reply = both.client(transport=transport).create_generation("nano-banana", {"mode": "text-to-image", "prompt": "x"})
    assert (reply.error_code, reply.retry_after) == ("RATE_LIMITED", 600)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("https://elsewhere.example/poll/t", "https://api.example.com/base/tasks/t"),
        ("https://api.example.com.evil.example/poll/t", "https://api.example.com/base/tasks/t"),
        ("http://api.example.com/base/poll/t", "https://api.example.com/base/tasks/t"),
        ("https://eu.example.com/poll/t", "https://eu.example.com/poll/t"),
        ("https://api.example.com/base/poll/t", "https://api.example.com/base/poll/t"),
    ],
)
def test_the_key_goes_to_the_providers_own_origins_alone(both: Both, is_async: bool, told: str, asked: str) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.operation == "submit":
            return HttpResponse(200, [], json.dumps({"id": "t", "state": "queued", "url": told}).encode())
        return HttpResponse(200, [], b'{"state": "failed"}')

    transport = scripted(is_async, answer)
    client = both.bare(EXAMPLE, api_key=KEY, store=MemoryStore(), transport=transport, poll={"initial": 0.01})
    task = client.submit("painter", {"prompt": "x"})
    assert task.check(force=True).status in {"failed", "pending", "processing"}
    submitted, polled = transport.requests
    assert (submitted.url, polled.url) == ("https://api.example.com/base/make/painter", asked)
    for request in (submitted, polled):
        assert dict(request.headers)["authorization"] == f"Bearer {KEY}"


def test_a_transport_that_never_answers_ends_with_the_requests_time(both: Both, is_async: bool) -> None:
    release = threading.Event()

    class Stuck:
        calls = 0

        def send(self, _: HttpRequest) -> object:
            self.calls += 1
            return release.wait(60)

    class AsyncStuck(Stuck):
        async def send(self, _: HttpRequest) -> object:
            self.calls += 1
            await asyncio.sleep(3_600)
            return None

    transport = AsyncStuck() if is_async else Stuck()
    try:
        client = both.client(transport=transport, request_timeout=0.1)
        with pytest.raises(SubmitUnknown, match="no answer in time") as caught:
            submit(client)
        assert caught.value.billing == "possible"
        client.resume(timeout=0)
        assert transport.calls == 1
    finally:
        release.set()


class Crowd:
    """Lets nobody leave before it is told to."""

    def __init__(self) -> None:
        self.inside = 0
        self.are_three = threading.Event()
        self.may_leave = threading.Event()
        self._lock = threading.Lock()

    def enter(self) -> None:
        with self._lock:
            self.inside += 1
            if self.inside == 3:
                self.are_three.set()

    def send(self, _: HttpRequest) -> Any:
        self.enter()
        assert self.may_leave.wait(60)
        return HttpResponse(200, [], ACCEPTED)


class AsyncCrowd(Crowd):
    async def send(self, _: HttpRequest) -> Any:
        self.enter()
        assert await asyncio.to_thread(self.may_leave.wait, 60)
        return HttpResponse(200, [], ACCEPTED)


def test_no_more_requests_are_under_way_than_the_client_allows(both: Both, is_async: bool) -> None:
    crowd = AsyncCrowd() if is_async else Crowd()
    client = both.client(transport=crowd, max_in_flight=3)
    with ThreadPoolExecutor(9) as pool:
        try:
            submits = [pool.submit(submit, client) for _ in range(9)]
            assert crowd.are_three.wait(60)
            # A fourth would come in while the client is kept busy otherwise.
            for _ in range(100):
                client.tasks()
            assert crowd.inside == 3
        finally:
            crowd.may_leave.set()
        assert {submitted.result(60).task_id for submitted in submits} == {"t"}
    assert crowd.inside == 9


def test_what_sends_must_be_able_to(gentask_sandbox: Sandbox) -> None:
    class WithoutSend:
        pass

    class SendIsNoMethod:
        send = "now"

    for transport in (WithoutSend(), SendIsNoMethod(), 7):
        with pytest.raises(TypeError, match="send"):
            gentask_sandbox.client(transport=transport)
    with pytest.raises(TypeError, match="the transport's send is an async function: it needs an AsyncClient"):
        gentask_sandbox.client(transport=AsyncTransport())


def test_a_response_is_checked_where_it_is_made() -> None:
    made = HttpResponse(200, [("X", "y")], b"{}")
    assert (made.status, made.body, repr(made)) == (200, b"{}", "HttpResponse(status=200, body=<2 bytes>)")
    for arguments in [("200", [], b""), (200, {"x": 1}, b""), (200, [("x", 1)], b""), (200, [], "text"), (200, None, b"")]:
        with pytest.raises(TypeError):
            HttpResponse(*arguments)  # type: ignore[arg-type]
    for arguments in [(-1, [], b""), (100_000, [], b"")]:
        with pytest.raises((ValueError, OverflowError)):
            HttpResponse(*arguments)
    with pytest.raises(ValueError, match="truncated"):
        HttpResponse(200, [], b"", "half")


def test_a_key_that_a_provider_repeats_is_concealed_from_what_is_kept(both: Both, is_async: bool) -> None:
    told = json.dumps({"code": 400, "message": f"the key {KEY} is odd"}).encode()
    transport = scripted(is_async, lambda _: HttpResponse(400, [("x-echo", KEY)], told))
    client = both.client(transport=transport, api_key=KEY)
    reply = client.create_generation("nano-banana", {"mode": "text-to-image", "prompt": "x"})
    assert reply.error_code == "INVALID_PAYLOAD"
    assert "is odd" in reply.to_json()
    assert KEY not in reply.to_json() + the_only(client).to_json()


def test_a_transports_answers_pass_the_same_table_as_all_others(both: Both, is_async: bool) -> None:
    transport = AsyncTransport() if is_async else PlainTransport()
    client = both.client(transport=transport)
    for fault in (status(503), "truncatedBody", "closeWithoutAnswer", "notJson", "emptyBody"):
        both.sandbox.script("apixo", [rule("submit", fault)])
        posts = both.sandbox.submits()
        with pytest.raises(SubmitUnknown):
            submit(client)
        assert both.sandbox.submits() == posts + 1
