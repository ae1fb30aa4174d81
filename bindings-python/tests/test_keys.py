"""The key: where it comes from, that it is asked for each time, and that nothing but the wire ever holds it."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import traceback

import pytest

from gentask import AuthFailed, GentaskError, HttpRequest, HttpResponse, InvalidPayload, SubmitUnknown

from .support.faults import limited, rule, status
from .support.jobs import KEY, job, submit, the_only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gentask.testing import Sandbox

    from .support.both import Both


class Wire:
    """Sees the keys that go out."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def send(self, request: HttpRequest) -> HttpResponse:
        self.keys.append(dict(request.headers)["authorization"].removeprefix("Bearer "))
        return HttpResponse(200, [], json.dumps({"code": 200, "data": {"taskId": "t", "state": "processing"}}).encode())


def rotating() -> Callable[[], str]:
    """Return a function that gives another key each time."""
    numbers = iter(range(1, 1_000))
    return lambda: f"key-{next(numbers)}"


def rotating_async() -> Callable[[], object]:
    plain = rotating()

    async def ask() -> str:
        await asyncio.sleep(0)
        return plain()

    return ask


def test_a_value_is_the_key(both: Both) -> None:
    wire = Wire()
    submit(both.client(api_key=KEY, transport=wire)).check(force=True)
    assert wire.keys == [KEY, KEY]


def test_without_one_the_contracts_variable_is_read_each_time(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    client = both.client(api_key=None, transport=wire)
    assert client.contract.key_variable == "APIXO_API_KEY"
    monkeypatch.setenv("APIXO_API_KEY", "key-one")
    task = submit(client)
    monkeypatch.setenv("APIXO_API_KEY", "key-two")
    task.check(force=True)
    assert wire.keys == ["key-one", "key-two"]


def test_a_value_wins_over_the_variable(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APIXO_API_KEY", "key-of-the-environment")
    wire = Wire()
    submit(both.client(api_key=KEY, transport=wire))
    assert wire.keys == [KEY]


@pytest.mark.parametrize("make", [rotating, rotating_async])
def test_a_function_is_asked_for_each_request(both: Both, make: Callable[[], object]) -> None:
    if make is rotating_async and both.kind == "sync":
        with pytest.raises(TypeError, match="api_key is an async function: it needs an AsyncClient"):
            both.client(api_key=make())
        return
    wire = Wire()
    task = submit(both.client(api_key=make(), transport=wire))
    task.check(force=True)
    task.check(force=True)
    # A submit asks once, before anything is stored.
    assert wire.keys == ["key-1", "key-2", "key-3"]


def test_an_object_with_an_async_call_is_an_async_function(both: Both) -> None:
    class Vault:
        async def __call__(self) -> str:
            return KEY

    if both.kind == "sync":
        with pytest.raises(TypeError, match="async"):
            both.client(api_key=Vault())
    else:
        wire = Wire()
        submit(both.client(api_key=Vault(), transport=wire))
        assert wire.keys == [KEY]


def test_a_key_that_is_rotated_during_a_wait_is_used_at_once(both: Both) -> None:
    both.sandbox.reset("apixo", apiKey="right-key", taskMs={"image": 1})
    keys = {"now": "right-key"}
    client = both.client(api_key=lambda: keys["now"])
    task = submit(client)
    keys["now"] = "revoked-key"
    with pytest.raises(AuthFailed) as caught:
        task.wait()
    assert (caught.value.task_id, caught.value.billing) == (task.task_id, "possible")
    keys["now"] = "right-key"
    assert task.wait().status == "success"


def test_a_refused_key_is_told_and_nothing_was_made(both: Both) -> None:
    both.sandbox.reset("apixo", apiKey="right-key")
    with pytest.raises(AuthFailed) as caught:
        submit(both.client(api_key="wrong-key"))
    assert caught.value.billing == "none"
    assert both.seen() == (1, 0)


def raises() -> str:
    raise RuntimeError(f"the vault is sealed: {KEY}")


async def raises_later() -> str:
    raise RuntimeError(f"the vault is sealed: {KEY}")


NO_KEYS: dict[str, tuple[object, str]] = {
    "it raises": (raises, "raised RuntimeError"),
    "it raises in the event loop": (raises_later, "raised RuntimeError"),
    "it gives nothing": (lambda: None, "raised TypeError"),
    "it gives bytes": (lambda: KEY.encode(), "raised TypeError"),
    "it gives an empty text": (lambda: "", "is empty"),
    "it takes an argument": (lambda key: key, "raised TypeError"),
}


@pytest.mark.parametrize(("source", "words"), NO_KEYS.values(), ids=NO_KEYS)
def test_a_function_without_a_key_is_told_without_its_words(both: Both, source: object, words: str) -> None:
    if source is raises_later and both.kind == "sync":
        pytest.skip("async functions need an event loop")
    client = both.client(api_key=source)
    with pytest.raises(AuthFailed, match=words) as caught:
        submit(client, key="k")
    error = caught.value
    assert (error.billing, error.reply.status) == ("none", "failed")
    for shown in (str(error), repr(error), error.reply.to_json(), *traceback.format_exception(error)):
        assert KEY not in shown
        assert "sealed" not in shown
    assert both.sandbox.stats("apixo")["requests"] == {}
    assert len(client.tasks()) == 0


def test_a_missing_key_is_told_before_anything_is_stored(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APIXO_API_KEY", raising=False)
    client = both.client(api_key=None)
    with pytest.raises(AuthFailed, match="APIXO_API_KEY is not set"):
        submit(client, key="k")
    assert len(client.tasks()) == 0
    # What needs no key works without one.
    client.validate(*job())
    assert client.dry_run(*job()).method == "POST"


def test_a_key_that_fails_between_two_attempts_ends_the_submit_for_good(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("0.1"), nth=1)])
    # Asked once for each attempt, for the first before anything is stored.
    answers = iter([KEY])

    def ask() -> str:
        return next(answers)

    client = both.client(api_key=ask)
    with pytest.raises(AuthFailed) as caught:
        submit(client)
    assert caught.value.billing == "none"
    record = the_only(client)
    assert (record.intent_id, record.is_terminal) == (caught.value.intent_id, True)
    assert both.client(api_key=KEY).resume() == []
    assert both.seen() == (1, 0)


def test_the_key_is_nowhere_but_on_the_wire(both: Both, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    # A provider that repeats the key in its answers is the worst case.
    told = {"code": 400, "message": f"the key {KEY} is odd", "data": {"failCode": KEY}}
    rules = [
        rule("submit", status(400, told), nth=2),
        rule("submit", status(500, told), nth=3),
        rule("status", status(500, told), nth=1),
        rule("status", status(401, told), nth=2),
    ]
    both.sandbox.script("apixo", rules)
    shown: list[str] = []
    client = both.client(
        api_key=KEY,
        store=tmp_path / "tasks.db",
        on_event=lambda event: shown.append(repr(event) + repr(event.data) + event.record.to_json()),
    )
    errors: list[GentaskError] = []
    with caplog.at_level(logging.DEBUG):
        task = submit(client)
        for kind in (InvalidPayload, SubmitUnknown):
            with pytest.raises(kind) as refused:
                submit(client)
            errors.append(refused.value)
        with pytest.raises(AuthFailed) as caught:
            task.wait()
        errors.append(caught.value)
        reply = task.wait()
    for error in errors:
        shown += [str(error), repr(error), error.reply.to_json(), repr(pickle.dumps(error)), *traceback.format_exception(error)]
    shown += [repr(reply), reply.to_json(), repr(pickle.dumps(reply)), repr(client), repr(task), repr(client.dry_run(*job()))]
    shown += [record.to_json() + repr(record) for record in client.tasks()]
    shown += [record.getMessage() + repr(vars(record)) for record in caplog.records]
    assert len(shown) > 30
    client.close()
    shown += [repr(path.read_bytes()) for path in tmp_path.iterdir()]
    assert all(KEY not in text for text in shown), [text.replace(KEY, ">>>THE KEY<<<") for text in shown if KEY in text]


def test_an_unknown_kind_of_key_is_refused_by_its_type_alone(gentask_sandbox: Sandbox) -> None:
    for wrong in (KEY.encode(), [KEY], {KEY: 1}, 7):
        with pytest.raises(TypeError, match="api_key") as caught:
            gentask_sandbox.client(api_key=wrong)
        assert KEY not in str(caught.value)
