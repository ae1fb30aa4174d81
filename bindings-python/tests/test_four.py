"""The four operations of the published clients of these APIs: every outcome is a reply with the same seven fields."""

from __future__ import annotations

from typing import Any

import pytest

from gentask import GentaskError, MemoryStore, Reply, Unsupported

from .support.byhand import CLOSED_PORT
from .support.faults import Fault, in_band, redirect, rule, silence, status
from .support.jobs import job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .support.both import Both

SEVEN = ["data", "errorCode", "errorMessage", "ok", "retryAfter", "status", "taskId"]


def whole(reply: Reply) -> Reply:
    """Check what holds for every reply."""
    assert type(reply) is Reply
    assert sorted(reply.to_dict()) == SEVEN
    assert reply.ok == (reply.error_code is None) == (reply.error_message is None)
    assert Reply.from_json(reply.to_json()) == reply
    if not reply.ok:
        assert reply.data["suggestions"]
        assert reply.data["billing"] in {"none", "possible", "certain"}
    return reply


@pytest.mark.parametrize("provider", ["apixo", "apidot", "aivideomaker"])
def test_the_four_work_for_tasks_that_are_not_stored_here(both: Both, provider: str) -> None:
    maker = both.client(provider)
    made = whole(maker.create_generation(*job(provider)))
    assert (made.ok, made.status) == (True, "pending")
    task_id = str(made.task_id)
    # The one who asks has an empty store.
    stranger, (model, _) = both.client(provider, store=MemoryStore()), job(provider)
    state = whole(stranger.get_status(task_id, model=model))
    assert (state.ok, state.task_id) == (True, task_id)
    maker.task(str(made.intent_id)).wait()
    task = whole(stranger.get_task(task_id, model=model))
    assert (task.status, len(task.files)) == ("success", 1)
    too_late = whole(stranger.cancel_task(task_id, model=model))
    assert (too_late.ok, too_late.error_code) == (False, "UNSUPPORTED")
    assert len(stranger.tasks()) == 0
    assert both.seen(provider) == (1, 1)


def test_a_created_generation_is_stored_and_can_be_waited_for(both: Both) -> None:
    client = both.client()
    made = client.create_generation(*job(), key="order-42", owner="user-1")
    assert made.intent_id is not None
    task = client.task(made.intent_id)
    assert (task.record().key, task.record().owner) == ("order-42", "user-1")
    assert task.wait().status == "success"
    # The same key is the same task, as for `submit`.
    assert client.create_generation(*job(), key="order-42", owner="user-1").intent_id == made.intent_id
    assert both.seen() == (1, 1)


@pytest.mark.parametrize("provider", ["apixo", "apidot", "aivideomaker"])
def test_an_unknown_task_is_not_found(both: Both, provider: str) -> None:
    client, (model, _) = both.client(provider), job(provider)
    for ask in (client.get_status, client.get_task):
        reply = whole(ask("no_such_task", model=model))
        assert (reply.ok, reply.status, reply.error_code) == (False, "unknown", "TASK_NOT_FOUND")
    assert whole(client.cancel_task("no_such_task", model=model)).error_code in {"TASK_NOT_FOUND", "UNSUPPORTED"}


def test_a_stored_tasks_model_is_known_and_another_ones_must_be_named(both: Both) -> None:
    client = both.client()
    made = client.create_generation(*job())
    assert client.get_status(str(made.task_id)).ok
    # APIXO's status call names the model: without it there is nothing to ask.
    for reply in (client.get_status("t"), client.get_task("t"), client.get_status("t", model="")):
        assert whole(reply).error_code == "INVALID_MODEL"
    assert both.asked() == 1


def a_cycle() -> dict[str, Any]:
    cycle: dict[str, Any] = {"mode": "text-to-image", "prompt": "x"}
    cycle["self"] = cycle
    return cycle


MISTAKES: dict[str, Any] = {
    "none": None,
    "text": "prompt",
    "bytes": b"{}",
    "a list": [{"prompt": "x"}],
    "a number": 7,
    "a set inside": {"mode": "text-to-image", "prompt": {"x"}},
    "an object inside": {"mode": "text-to-image", "prompt": object()},
    "NaN inside": {"mode": "text-to-image", "prompt": "x", "seed": float("nan")},
    "a lone surrogate": {"mode": "text-to-image", "prompt": "\ud800"},
    "a key that is no text": {"mode": "text-to-image", "prompt": "x", 7: 8},
    "a cycle": a_cycle(),
    "no mode": {"prompt": "x"},
    "another mode": {"mode": "text-to-film", "prompt": "x"},
    "nothing": {},
}


@pytest.mark.parametrize("payload", MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_in_a_payload_is_a_reply_and_nothing_is_sent_or_stored(both: Both, payload: Any) -> None:
    client = both.client()
    reply = whole(client.create_generation("nano-banana", payload))
    assert (reply.ok, reply.status, reply.error_code) == (False, "failed", "INVALID_PAYLOAD")
    assert (reply.data["billing"], reply.task_id) == ("none", None)
    assert all(sorted(each) == ["actual", "expected", "path", "rule"] for each in reply.data["violations"])
    assert reply.data["violations"]
    assert both.sandbox.stats("apixo")["requests"] == {}
    assert len(client.tasks()) == 0


def test_an_unknown_model_of_a_closed_list_is_a_reply(both: Both) -> None:
    reply = whole(both.client("aivideomaker").create_generation("t2w", job("aivideomaker")[1]))
    assert reply.error_code == "INVALID_MODEL"
    assert "t2v" in str(reply.error_message)


def test_bad_options_of_a_submit_are_a_reply(both: Both) -> None:
    reply = whole(both.client().create_generation(*job(), key="", callback_url="http://10.0.0.1/", options={"x": 1}))
    paths = {each["path"] for each in reply.data["violations"]}
    assert paths >= {"/key", "/callbackUrl"}


ANSWERS: dict[str, tuple[Fault | str, str, str]] = {
    "400": (status(400, {"code": 400, "message": "bad"}), "failed", "INVALID_PAYLOAD"),
    "401": (status(401), "failed", "AUTH_FAILED"),
    "402": (status(402), "failed", "INSUFFICIENT_CREDITS"),
    "429": (status(429, retry_after="600"), "failed", "RATE_LIMITED"),
    "500": (status(500), "unknown", "SUBMIT_UNKNOWN"),
    "307": (redirect(307, "https://elsewhere.example/"), "failed", "UNKNOWN_ERROR"),
    "in-band 402": (in_band(402), "failed", "INSUFFICIENT_CREDITS"),
    "HTML": ("notJson", "unknown", "SUBMIT_UNKNOWN"),
    "reset": ("resetAfterBody", "unknown", "SUBMIT_UNKNOWN"),
    "silence": (silence(), "unknown", "SUBMIT_UNKNOWN"),
}


@pytest.mark.parametrize(("fault", "state", "code"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_to_a_submit_is_a_reply(both: Both, fault: Fault | str, state: str, code: str) -> None:
    both.sandbox.script("apixo", [rule("submit", fault)])
    client = both.client(request_timeout=1 if fault == silence() else 30)
    reply = whole(client.create_generation(*job()))
    assert (reply.ok, reply.status, reply.error_code) == (False, state, code)
    assert reply.intent_id == client.tasks()[0].intent_id
    assert both.sandbox.submits() == 1


READS: dict[str, tuple[Fault | str, str]] = {
    "401": (status(401), "AUTH_FAILED"),
    "429": (status(429, retry_after="600"), "RATE_LIMITED"),
    "500": (status(500), "UPSTREAM_ERROR"),
    "HTML": ("notJson", "UPSTREAM_ERROR"),
    "reset": ("resetAfterBody", "NETWORK_ERROR"),
    "too large": ({"kind": "tooLargeBody", "bytes": 2 << 20}, "RESPONSE_TOO_LARGE"),
}


@pytest.mark.parametrize(("fault", "code"), READS.values(), ids=READS)
def test_a_question_that_failed_says_nothing_about_the_task(both: Both, fault: Fault | str, code: str) -> None:
    both.sandbox.script("apidot", [rule("status", fault)])
    client = both.client("apidot", max_read_retries=0)
    task_id = str(client.create_generation(*job("apidot")).task_id)
    for reply in (whole(client.get_status(task_id)), whole(client.get_task(task_id))):
        assert (reply.ok, reply.status, reply.error_code) == (False, "unknown", code)


@pytest.mark.parametrize(("retries", "asked"), [(0, 1), (1, 2)])
def test_questions_are_asked_again_as_often_as_the_client_says(both: Both, retries: int, asked: int) -> None:
    both.sandbox.script("apidot", [rule("status", status(500))])
    assert both.client("apidot", max_read_retries=retries).get_status("t").error_code == "UPSTREAM_ERROR"
    assert both.asked("status", "apidot") == asked


def test_a_provider_that_cannot_be_reached_is_a_reply(both: Both) -> None:
    client = both.client("apidot", base_url=f"http://127.0.0.1:{CLOSED_PORT}", max_read_retries=0)
    made = whole(client.create_generation(*job("apidot")))
    assert (made.status, made.error_code, made.data["billing"]) == ("failed", "NETWORK_ERROR", "none")
    for reply in (client.get_status("t"), client.get_task("t")):
        assert (whole(reply).status, reply.error_code) == ("unknown", "NETWORK_ERROR")


def test_a_missing_key_is_a_reply_that_names_the_variable(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APIXO_API_KEY", raising=False)
    client = both.client(api_key=None)
    replies = [
        client.create_generation(*job(), key="k"),
        client.get_status("t", model="nano-banana"),
        client.get_task("t", model="nano-banana"),
    ]
    for reply in replies:
        assert whole(reply).error_code == "AUTH_FAILED"
        assert "APIXO_API_KEY" in str(reply.error_message)
    assert len(client.tasks()) == 0
    assert both.sandbox.stats("apixo")["requests"] == {}


def test_a_store_that_fails_is_a_reply(both: Both) -> None:
    class Broken:
        def load(self, *_: object) -> None:
            raise OSError("the disk is gone")

        find = save = list = blob = meta = load

    client = both.client("apidot", store=Broken())
    replies: list[Reply] = [client.create_generation(*job("apidot")), client.get_status("t"), client.cancel_task("t")]
    for reply in replies:
        assert whole(reply).error_code == "STORE_ERROR"
        assert "disk is gone" not in reply.to_json()
    assert both.sandbox.stats("apidot")["requests"] == {}


def test_a_closed_client_raises(both: Both) -> None:
    client = both.client()
    client.close()
    calls: list[Callable[[], Reply]] = [
        lambda: client.create_generation(*job()),
        lambda: client.create_generation("nano-banana", {}),
        lambda: client.get_status("t", model="nano-banana"),
        lambda: client.get_task("t", model="nano-banana"),
        lambda: client.cancel_task("t", model="nano-banana"),
    ]
    for call in calls:
        with pytest.raises(Unsupported, match="closed"):
            call()
    assert issubclass(Unsupported, GentaskError)
