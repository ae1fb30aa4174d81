"""Every row of the submit table: what the caller is told, and how many POSTs reached the provider.

"Never posted again" is proven by counting, also after everything that could be tempted to send: `resume`, `wait`, `check`.
"""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from gentask import (
    AuthFailed,
    GentaskError,
    InsufficientCredits,
    InvalidModel,
    InvalidPayload,
    NetworkError,
    RateLimited,
    SubmitUnknown,
    UnknownError,
)
from gentask.testing import Sandbox

from .support.byhand import ByHand, closed_port
from .support.contracts import keyed
from .support.faults import Fault, Rule, delay, in_band, limited, redirect, rule, silence, status
from .support.jobs import job, submit, the_only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask import Client

    from .support.both import Both


class Row(NamedTuple):
    """What a submit with a fault must look like."""

    name: str
    rule: Rule
    error: type[GentaskError]
    code: str
    phase: str
    billing: str
    posts: int = 1
    """POSTs that arrived whole."""
    tasks: int = 0
    """Tasks that the provider made."""
    provider: str = "apixo"


def lost(name: str, fault: Fault | str, *, posts: int = 1, tasks: int = 0, provider: str = "apixo", **more: bool) -> Row:
    """The submit may have been accepted, and no id is known."""
    bad = rule("submit", fault, **more)
    return Row(name, bad, SubmitUnknown, "SUBMIT_UNKNOWN", "unresolved", "possible", posts, tasks, provider)


def refused(name: str, fault: Fault, error: type[GentaskError], code: str, *, posts: int = 1, provider: str = "apixo") -> Row:
    """The provider definitely refused."""
    return Row(name, rule("submit", fault), error, code, "rejected", "none", posts, 0, provider)


NO_CREDITS = {"code": 400, "message": "Insufficient credits", "data": None}
ELSEWHERE = "https://elsewhere.example/secret?token=1"

MAYBE_ACCEPTED = [
    # The sandbox counts a request as arrived once its body was read: this one was cut off before.
    lost("reset before the body", "resetBeforeRead", posts=0),
    lost("reset after the body", "resetAfterBody", tasks=1),
    lost("closed without an answer", "closeWithoutAnswer", tasks=1),
    # Not the provider's own form: a proxy may have made it up after the submit arrived.
    *(lost(f"{code} of a proxy", status(code, {})) for code in (409, 422, 499)),
    lost("silence", silence(), tasks=1),
    *(lost(str(code), status(code)) for code in (300, 304, 408, 500, 501, 502, 503, 504, 520)),
    lost("529 with a Retry-After", status(529, retry_after="1")),
    lost("502 of a submit that worked", status(502), tasks=1, accepted=True),
    *(lost(f"redirect {code}", redirect(code, ELSEWHERE)) for code in (301, 302, 303)),
    lost("truncated", "truncatedBody", tasks=1),
    lost("HTML", "notJson", tasks=1),
    lost("empty", "emptyBody", tasks=1),
    lost("too large", {"kind": "tooLargeBody", "bytes": 2 << 20}, tasks=1),
    lost("too deep", "tooDeepJson", tasks=1),
    lost("no task id", "noTaskId", tasks=1),
    lost("an empty task id", status(200, {"code": 200, "data": {"taskId": ""}})),
    lost("a null task id", status(201, {"code": 200, "data": {"taskId": None}})),
    lost("in-band 500", in_band(500)),
    lost("in-band 503", in_band(503)),
    lost("in-band code that is no status", in_band(7)),
    lost("apidot: reset", "resetAfterBody", tasks=1, provider="apidot"),
    lost("apidot: in-band 500", in_band(500), provider="apidot"),
]

REFUSED = [
    refused("400", status(400, {"code": 400, "message": "bad"}), InvalidPayload, "INVALID_PAYLOAD"),
    refused("401", status(401), AuthFailed, "AUTH_FAILED"),
    refused("402", status(402), InsufficientCredits, "INSUFFICIENT_CREDITS"),
    refused("403", status(403, {"code": 403, "message": "no"}), AuthFailed, "AUTH_FAILED"),
    refused("404", status(404, {"code": 404, "message": "model not found"}), InvalidModel, "INVALID_MODEL"),
    *(refused(str(code), status(code), InvalidPayload, "INVALID_PAYLOAD") for code in (405, 409, 413, 422)),
    refused("in-band 400", in_band(400), InvalidPayload, "INVALID_PAYLOAD"),
    refused("in-band 401", in_band(401), AuthFailed, "AUTH_FAILED"),
    refused("in-band 402", in_band(402), InsufficientCredits, "INSUFFICIENT_CREDITS"),
    refused("400 about credits", status(400, NO_CREDITS), InsufficientCredits, "INSUFFICIENT_CREDITS"),
    refused("429 about credits", status(429, NO_CREDITS), InsufficientCredits, "INSUFFICIENT_CREDITS"),
    refused("redirect 307", redirect(307, ELSEWHERE), UnknownError, "UNKNOWN_ERROR"),
    refused("redirect 308", redirect(308, ELSEWHERE), UnknownError, "UNKNOWN_ERROR"),
    refused("425 for ever", status(425), NetworkError, "NETWORK_ERROR", posts=3),
    refused("429 for ever", limited("0"), RateLimited, "RATE_LIMITED", posts=5),
    refused("429 for too long", limited("600"), RateLimited, "RATE_LIMITED"),
    refused(
        "aivideomaker: over the budget",
        status(402, {"errorCode": "BUDGET_EXCEEDED", "message": "too much"}),
        InsufficientCredits,
        "INSUFFICIENT_CREDITS",
        provider="aivideomaker",
    ),
    refused(
        "aivideomaker: over the budget, under 200",
        status(200, {"errorCode": "BUDGET_EXCEEDED", "message": "too much"}),
        InsufficientCredits,
        "INSUFFICIENT_CREDITS",
        provider="aivideomaker",
    ),
]


def tempt(client: Client, intent_id: str) -> None:
    """Do everything that drives tasks, none of which may post."""
    client.resume(concurrency=4, timeout=0.05)
    task = client.task(intent_id)
    for _ in range(2):
        with pytest.raises(GentaskError):
            task.wait(0.05)
    task.check(force=True)
    task.check()


@pytest.mark.parametrize("row", [*MAYBE_ACCEPTED, *REFUSED], ids=lambda row: row.name)
def test_a_fault_of_a_submit_is_told_and_never_posts_again(both: Both, row: Row) -> None:
    both.sandbox.script(row.provider, [row.rule])
    client = both.client(row.provider, request_timeout=1 if row.name == "silence" else 30)
    with pytest.raises(row.error) as caught:
        submit(client)
    error, record = caught.value, the_only(client)
    assert type(error) is row.error
    assert (error.code, error.billing, error.intent_id) == (row.code, row.billing, record.intent_id)
    assert (error.reply.ok, error.reply.task_id, error.task_id) == (False, None, None)
    assert error.reply.status == ("unknown" if row.phase == "unresolved" else "failed")
    assert error.suggestions
    assert str(error).startswith(f"{row.code}: ")
    assert (record.phase, record.task_id) == (row.phase, None)
    unresolved = [one.intent_id for one in client.unresolved()]
    assert unresolved == ([record.intent_id] if row.phase == "unresolved" else [])
    assert both.seen(row.provider) == (row.posts, row.tasks)
    tempt(client, record.intent_id)
    assert both.seen(row.provider) == (row.posts, row.tasks)
    assert the_only(client).phase == row.phase


def test_a_port_where_nobody_listens_is_tried_three_times_and_then_it_is_over(both: Both) -> None:
    client = both.client(base_url=f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(NetworkError) as caught:
        submit(client)
    assert (caught.value.billing, caught.value.reply.status) == ("none", "failed")
    record = the_only(client)
    assert (record.phase, record.maybe_sent, record.to_dict()["attempts"]["submit"]) == ("rejected", False, 3)
    tempt(client, record.intent_id)
    assert the_only(client).to_dict()["attempts"]["submit"] == 3


@pytest.mark.parametrize("fault", [status(425), limited("0"), limited("0.2"), in_band(429)], ids=str)
def test_what_was_not_accepted_is_sent_again_and_makes_one_task(both: Both, fault: Fault) -> None:
    both.sandbox.script("apixo", [rule("submit", fault, nth=1)])
    task = submit(both.client())
    assert task.wait().status == "success"
    assert both.seen() == (2, 1)


def test_a_429_is_sent_again_no_sooner_than_it_asked_for(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("1"), nth=1)])
    times = submit(both.client()).record().to_dict()["at"]
    assert times["lastSent"] - times["firstSent"] >= 1_000


def test_a_429_with_a_long_pause_is_final_and_holds_the_account(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("600"), nth=1)])
    client = both.client()
    with pytest.raises(RateLimited) as caught:
        submit(client)
    assert caught.value.retry_after == 600
    # The pause is the whole account's: the next submit is refused here, without a request.
    with pytest.raises(RateLimited) as caught:
        submit(client)
    assert caught.value.retry_after is not None
    assert 500 <= caught.value.retry_after <= 600
    assert both.seen() == (1, 0)


def test_a_task_id_counts_whatever_else_the_answer_says(both: Both) -> None:
    odd = {"code": 500, "message": "internal error", "data": {"taskId": "task_kept"}}
    both.sandbox.script("apixo", [rule("submit", status(200, odd), nth=1)])
    assert submit(both.client()).task_id == "task_kept"
    assert both.sandbox.submits() == 1


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_named_by_its_origin_at_most_and_nobody_goes_there(both: Both, code: int) -> None:
    with ByHand(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as other:
        both.sandbox.script("apixo", [rule("submit", redirect(code, f"{other.url}/secret?token=1"))])
        with pytest.raises(GentaskError) as caught:
            submit(both.client())
        told = str(caught.value) + caught.value.reply.to_json()
        assert "secret" not in told
        assert "token" not in told
        assert (other.url in told) == (code > 303)
        assert other.requests == []


ODD_HEADS = {
    "101": b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    "103 alone": b"HTTP/1.1 103 Early Hints\r\n\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n",
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\ncontent-le",
    "status 999": b"HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}",
    "204": b"HTTP/1.1 204 No Content\r\n\r\n",
    "chunks that end early": b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"data":{"taskId":"t"',
}


@pytest.mark.parametrize("answer", ODD_HEADS.values(), ids=ODD_HEADS)
def test_an_answer_that_no_provider_should_give_loses_nothing(both: Both, answer: bytes) -> None:
    with ByHand(answer) as server:
        client = both.client(base_url=server.url)
        with pytest.raises(SubmitUnknown) as caught:
            submit(client)
        assert caught.value.billing == "possible"
        tempt(client, the_only(client).intent_id)
        assert len(server.requests) == 1


REPLAYABLE = ["resetAfterBody", "closeWithoutAnswer", "truncatedBody", "noTaskId", "notJson"]


@pytest.mark.parametrize("fault", REPLAYABLE)
def test_an_honoured_key_replays_the_same_bytes_and_one_task_is_made(both: Both, fault: str) -> None:
    contract = keyed()
    with Sandbox([contract]) as sandbox:
        sandbox.reset("keyed", honourKeys=True)
        sandbox.script("keyed", [rule("submit", fault, nth=1)])
        client = both.client(contract, sandbox=sandbox)
        task = submit(client)
        stats = sandbox.stats("keyed")
        assert (stats["requests"]["submit"], stats["tasks"], stats["replayed"]) == (2, 1, 1)
        assert task.wait().status == "success"
        assert task.record().to_dict()["idempotencyKey"] == task.intent_id


def test_a_refusal_of_the_replay_settles_nothing(both: Both) -> None:
    contract = keyed()
    with Sandbox([contract]) as sandbox:
        sandbox.reset("keyed", honourKeys=True)
        refusal = status(400, {"code": 400, "message": "no"})
        sandbox.script("keyed", [rule("submit", "resetAfterBody", nth=1), rule("submit", refusal, nth=2)])
        client = both.client(contract, sandbox=sandbox)
        with pytest.raises(SubmitUnknown) as caught:
            submit(client)
        assert caught.value.billing == "possible"
        assert (the_only(client).maybe_sent, sandbox.submits("keyed")) == (True, 2)


def test_a_submits_request_is_what_was_previewed(both: Both) -> None:
    with ByHand(b"HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n") as server:
        client = both.client(base_url=f"{server.url}/prefix", api_key="sk-of-the-wire")
        preview = client.dry_run(*job(), options={"provider": "value"})
        assert (len(client.tasks()), server.requests) == (0, [])
        with pytest.raises(SubmitUnknown):
            client.submit(*job(), options={"provider": "value"})
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        assert preview.url == f"{server.url}/prefix/api/v1/generateTask/nano-banana"
        assert head.startswith(b"POST /prefix/api/v1/generateTask/nano-banana HTTP/1.1\r\n")
        assert (preview.method, preview.body) == ("POST", body)
        assert json.loads(body)["provider"] == "value"
        sent = {name.lower(): value for name, value in (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])}
        assert sent.items() >= preview.headers.items()
        assert sent["authorization"] == "Bearer sk-of-the-wire"
        assert "sk-of-the-wire" not in repr(preview)


def test_a_slow_answer_is_waited_for(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", delay(300), nth=1)])
    assert submit(both.client()).task_id is not None
    assert both.seen() == (1, 1)
