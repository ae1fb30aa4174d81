"""Callbacks that a client takes: once, only where they are proven, and each in time for whoever waits."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta, timezone

import pytest

import gentask
from gentask import AsyncReceiver, MemoryStore, Notice, Receiver
from gentask.testing import ManualClock, sign_test_callback

from .support.jobs import PROMPT, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask import Client, TaskHandle
    from gentask.testing import Sandbox

    from .support.both import Both

NOWHERE = "http://127.0.0.1:9/hook"
"""A callback URL that nobody listens at: what a test receives it hands in itself."""
PATIENT = {"initial": 3600, "cap": 3600}
"""A schedule whose first poll no test waits for."""


def called_back(client: Client, word: str = "", **options: Any) -> TaskHandle:
    return submit(client, word, callback_url=NOWHERE, **options)


def inner(client: Any) -> Any:
    """Return the client itself, of whichever kind."""
    return getattr(client, "_inner", client)


def test_a_callback_wakes_the_wait_in_its_process_at_once(both: Both) -> None:
    client = both.client(poll=PATIENT)
    task = called_back(client)
    replies: list[Any] = []
    waiting = threading.Thread(target=lambda: replies.append(task.wait(timeout=60)))
    waiting.start()
    while both.sandbox.stats("apixo")["running"]:
        pass
    receipt = client.receive(*sign_test_callback(inner(client), inner(task)))
    assert (receipt.http_status, receipt.body, receipt.outcome, receipt.intent_id) == (200, b"ok", "poke", task.intent_id)
    waiting.join(60)
    assert [reply.status for reply in replies] == ["success"]
    assert both.asked() == 1


def test_nobody_waits_and_the_task_ends_all_the_same(both: Both) -> None:
    client = both.client(poll=PATIENT)
    task = called_back(client)
    while both.sandbox.stats("apixo")["running"]:
        pass
    receipt = client.receive(*sign_test_callback(inner(client), inner(task)))
    assert receipt.task is not None
    assert receipt.task.intent_id == task.intent_id
    while not client.notices():
        pass
    assert task.reply().status == "success"


def test_a_callback_is_taken_once(both: Both) -> None:
    clock = ManualClock()
    client = both.client(clock=clock)
    task = called_back(client, "[stuck]")
    callback = sign_test_callback(inner(client), inner(task), {"data": {"taskId": task.task_id}})
    assert [client.receive(*callback).outcome for _ in range(3)] == ["poke", "duplicate", "duplicate"]
    clock.advance(1)
    assert client.receive(*callback._replace(body=b"another")).outcome == "poke"
    assert [each.outcome for each in client.deliveries()] == ["poke", "poke"]
    assert [each.body for each in client.deliveries(intent_id=task.intent_id, limit=1)] == [b"another"]
    assert client.deliveries(outcome="applied") == client.deliveries(task_id="other") == []
    with pytest.raises(ValueError, match='no outcome is called "x"'):
        client.deliveries(outcome="x")  # type: ignore[arg-type]


def test_what_proves_nothing_is_refused_and_says_nothing(both: Both) -> None:
    client = both.client()
    task = called_back(client, "[stuck]")
    good = sign_test_callback(inner(client), inner(task))
    forged = sign_test_callback("apixo", inner(task), callback_secret="a secret of somebody else")
    for callback, status, body in [
        (forged, 401, b"unauthorized"),
        (good._replace(url=good.url[:-1] + ("A" if good.url[-1] != "A" else "Q")), 401, b"unauthorized"),
        (good._replace(url="/hook"), 401, b"unauthorized"),
        (good._replace(method="GET"), 405, b"method not allowed"),
        (good._replace(body=bytes(2**20 + 1)), 413, b"too large"),
        (good._replace(headers={"content-length": str(2**20 + 1)}), 413, b"too large"),
    ]:
        receipt = client.receive(*callback)
        assert (receipt.http_status, receipt.body, receipt.outcome, receipt.intent_id, receipt.task) == (
            status,
            body,
            "refused",
            None,
            None,
        )
        assert receipt.headers == {"content-type": "text/plain; charset=utf-8"}
    unknown = client.receive(*sign_test_callback(inner(client), "01234567-89ab-4def-8123-456789abcdef"))
    assert (unknown.http_status, unknown.outcome, unknown.task) == (200, "unknown", None)
    assert client.deliveries() == []
    assert client.receive(*good._replace(body=bytes(2**20))).outcome == "poke"


def test_a_body_must_be_the_raw_bytes(both: Both) -> None:
    client = both.client()
    parsed: Any
    for parsed in ("{}", {}, None):
        with pytest.raises(TypeError, match=r"raw bytes.*await request.body\(\).*Django.*request.get_data\(\)"):
            client.receive("POST", "/hook", {}, parsed)
    for raw in (b"{}", bytearray(b"{}"), memoryview(b"{}")):
        assert client.receive("POST", "/hook", {}, raw).outcome == "refused"


def test_headers_may_have_any_usual_form(both: Both) -> None:
    client = both.client()
    length = "2000000"
    forms: list[Any] = [
        {"Content-Length": length},
        [("content-length", length)],
        iter([(b"content-length", length.encode())]),
        {"content-length": length}.items(),
    ]
    assert [client.receive("POST", "/hook", headers, b"").http_status for headers in forms] == [413] * 4


def test_secrets_are_rotated(both: Both) -> None:
    clock, store = ManualClock(), MemoryStore()
    end = datetime.fromtimestamp(clock.now_ms / 1000, timezone.utc) + timedelta(days=1)
    first, second = "the-old-secret-which-is-long-enough", "the-new-secret-which-is-long-enough"
    old = both.client(store=store, callback_secrets=first, clock=clock)
    task = called_back(old, "[stuck]")
    new = both.client(store=store, callback_secrets=[second, (first, end)], clock=clock)

    def by(secret: str, body: str) -> Any:
        return new.receive(*sign_test_callback(inner(new), inner(task), body, callback_secret=secret))

    assert [(by(secret, secret).outcome, by(secret, "").token_secret) for secret in (second, first)] == [
        ("poke", 0),
        ("poke", 1),
    ]
    clock.advance(timedelta(days=1))
    assert (by(first, "later").http_status, by(second, "later").http_status) == (401, 200)


def test_a_secret_that_nobody_gave_is_kept_in_the_store(both: Both) -> None:
    store = MemoryStore()
    one, other = both.client(store=store, callback_secrets=None), both.client(store=store, callback_secrets=None)
    task = called_back(one, "[stuck]")
    with pytest.raises(ValueError, match="callback_secret"):
        sign_test_callback(inner(one), inner(task))
    guessed = sign_test_callback("apixo", inner(task), callback_secret="guessed")
    assert [client.receive(*guessed).outcome for client in (one, other)] == ["refused", "refused"]


def test_the_environment_has_a_secret(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    now, before = "a-secret-of-the-environment-that-is-long", "a-secret-of-before-that-is-long-enough"
    monkeypatch.setenv("GENTASK_CALLBACK_SECRET", f"{now}, {before}")
    client = both.client(callback_secrets=None)
    task = called_back(client, "[stuck]")
    outcome = client.receive(*sign_test_callback("apixo", inner(task), callback_secret=f"{now},")).outcome
    assert outcome == "refused"
    assert client.receive(*sign_test_callback("apixo", inner(task), callback_secret=before)).outcome == "poke"


def test_options_that_are_none_are_refused_without_showing_them(both: Both) -> None:
    options: list[tuple[dict[str, Any], str]] = [
        ({"callback_secrets": [("hidden", 5)]}, "a secret ends at a datetime, not int"),
        ({"callback_secrets": [5]}, "expected texts, or pairs"),
        ({"signing_secrets": [("hidden", datetime(2030, 1, 1))]}, "needs a time zone"),
        ({"callback_hosts": "app.example.com"}, "a list of host names"),
        ({"callback_tolerance": "5"}, "callback_tolerance is a number of seconds"),
    ]
    for wrong, error in options:
        with pytest.raises((TypeError, ValueError), match=error) as raised:
            both.client(**wrong)
        assert "hidden" not in str(raised.value)
    client = both.client(callback_hosts=["app.example.com"])
    with pytest.raises(gentask.InvalidPayload, match="callback"):
        submit(client, callback_url="https://other.example.com/hook")
    assert both.seen() == (0, 0)


def test_secrets_that_can_be_guessed_and_hosts_that_are_none_are_refused(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "0123456789abcdef0123456789abcdef"
    options: list[tuple[dict[str, Any], str]] = [
        ({"callback_secrets": long[1:]}, "/callbackSecrets/0: expected at least 32 .* found 31 bytes"),
        ({"callback_secrets": ""}, "found 0 bytes"),
        ({"callback_secrets": f"{long} {long}"}, "several as a list.* found white space"),
        ({"callback_hosts": ["hooks.example.com", "https://hooks.example.com"]}, "/callbackHosts/1: .* found a URL"),
        ({"callback_hosts": [""]}, "found an empty text"),
        ({"callback_hosts": ["*.example.com"]}, "found a wildcard"),
    ]
    for wrong, error in options:
        with pytest.raises(gentask.InvalidPayload, match=error) as raised:
            both.client(**wrong)
        assert "89abc" not in str(raised.value)
    monkeypatch.setenv("GENTASK_CALLBACK_SECRET", "short")
    with pytest.raises(gentask.InvalidPayload, match="GENTASK_CALLBACK_SECRET"):
        both.client(callback_secrets=None)
    both.client(callback_secrets=[long], callback_hosts=["hooks.example.com"])
    assert both.seen() == (0, 0)


def test_the_end_of_a_task_is_handed_out_until_it_is_acknowledged(both: Both) -> None:
    client = both.client()
    one, other = submit(client, owner="anna"), submit(client, "[fail]", owner="ben")
    assert client.notices() == []
    one.wait()
    with pytest.raises(gentask.TaskFailed):
        other.wait()
    first, second = client.notices()
    assert (first.intent_id, first.owner, first.reply.status, first.record.phase) == (one.intent_id, "anna", "success", "succeeded")
    assert (second.intent_id, second.owner, second.reply.status) == (other.intent_id, "ben", "failed")
    assert (len(first.reply.files), first.task.task_id) == (1, one.task_id)
    assert [each.intent_id for each in client.notices(limit=1)] == [one.intent_id]
    assert [client.acknowledge(one.intent_id), client.acknowledge(one.intent_id), client.acknowledge("none")] == [True, False, False]
    assert [each.intent_id for each in client.notices()] == [other.intent_id]


def test_a_notice_that_its_function_fails_at_stays_open_and_keeps_no_other_back(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    client = both.client()
    tasks = [submit(client, owner=str(number)) for number in range(4)]
    for task in tasks:
        task.wait()
    heard: list[str | None] = []

    def plain(notice: Notice[Any]) -> None:
        heard.append(notice.owner)
        if notice.owner in ("1", "2"):
            raise KeyError(notice.owner)

    async def in_a_loop(notice: Notice[Any]) -> None:
        plain(notice)

    with caplog.at_level(logging.ERROR, "gentask"), pytest.raises(KeyError, match="1"):
        client.settle_notices(plain if both.kind == "sync" else in_a_loop)
    assert sorted(heard, key=str) == ["0", "1", "2", "3"]
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert sorted(str(notice.owner) for notice in client.notices()) == ["1", "2"]
    assert client.settle_notices(lambda _: None) == 2
    assert client.settle_notices(lambda _: None) == 0


def test_what_ends_the_program_ends_the_settling(both: Both) -> None:
    client = both.client()
    submit(client).wait()

    class Ends(BaseException):
        pass

    def ends(_: object) -> None:
        raise Ends

    with pytest.raises(Ends):
        client.settle_notices(ends)
    assert len(client.notices()) == 1


def test_several_clients_behind_one_url(both: Both) -> None:
    elsewhere = both.client(store=MemoryStore())
    apidot, apixo = both.client("apidot", store=MemoryStore()), both.client(store=MemoryStore())
    clients = [elsewhere, apidot, apixo]
    receiver: Any = Receiver(clients) if both.kind == "sync" else AsyncReceiver(map(inner, clients))

    def receive(callback: Any) -> Any:
        return receiver.receive(*callback) if both.loop is None else both.loop.finish(receiver.receive(*callback))

    for client in (apidot, apixo):
        task = called_back(client, "[stuck]")
        receipt = receive(sign_test_callback(inner(client), inner(task)))
        assert (receipt.outcome, receipt.intent_id, receipt.task.task_id) == ("poke", task.intent_id, task.task_id)
        assert receipt.task.provider == client.provider
    assert receive(("POST", "/", {}, b"")).outcome == "refused"
    with pytest.raises(ValueError, match="a receiver needs a client"):
        Receiver([])


def test_a_closed_client_takes_nothing(both: Both) -> None:
    client = both.client()
    task = called_back(client, "[stuck]")
    callback = sign_test_callback(inner(client), inner(task))
    client.close()
    with pytest.raises(gentask.Unsupported, match="closed"):
        client.receive(*callback)


def test_nothing_of_a_callback_is_logged_or_shown(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client = both.client()
        task = called_back(client, "[stuck]")
        callback = sign_test_callback(inner(client), inner(task), f'{{"prompt": "{PROMPT}"}}')
        receipt = client.receive(*callback)
        shown = [repr(each) for each in (receipt, client.deliveries(), client)]
    token = callback.url.partition("=")[2]
    for text in (*shown, caplog.text):
        assert token not in text
        assert PROMPT not in text


def test_a_test_callback_may_be_about_any_task(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        task = called_back(client, "[stuck]")
        forms: list[Any] = [task, task.record(), task.intent_id]
        callbacks = [sign_test_callback(client, form, str(number)) for number, form in enumerate(forms)]
        assert [client.receive(*callback).intent_id for callback in callbacks] == [task.intent_id] * 3
        bare = sign_test_callback(client, None, url="https://app.example.com/hook")
        assert bare.url == "https://app.example.com/hook"
        placed = sign_test_callback(client, task, "placed", url="https://app.example.com/{token}/hook")
        assert client.receive(*placed).outcome == "poke"
