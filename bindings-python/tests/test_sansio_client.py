"""The client as calls: what they ask for, what they bring, and what a host may get wrong."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import fields, is_dataclass

import pytest

import gentask
from gentask import Reply, SavedFile, TaskRecord
from gentask.sansio import Accepted, Call, Client, Do, Done, answers, effects, holder_name
from gentask.transport import NotSent

from .support.hosts import ACCEPTED, DONE, LOST, NEVER, WORKING, Host, whole
from .support.machines import APIXO, ENTROPY, MODEL, PAYLOAD, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

DAY_MS = 86_400_000


def kinds(host: Host) -> list[str]:
    return [type(effect).__name__ for effect in host.log]


def test_a_submit_and_a_wait_bring_a_task_to_its_files() -> None:
    host = Host(ACCEPTED, WORKING, LOST, WORKING, DONE)
    record, reply = host.run(host.submit())
    assert (record.phase, record.task_id, reply.status) == ("waiting", "task-1", "pending")
    end = host.run(host.client.wait(record.intent_id, host.now, record=record))
    assert (end.status, end.task_id, [file.kind for file in end.files]) == ("success", "task-1", ["image"])
    assert host.records[record.intent_id].record.phase == "succeeded"
    assert not [name for _, name in host.blobs if name == "request"], "what is no longer needed is deleted"


def test_what_is_sent_was_saved_durably_before() -> None:
    host = Host(NEVER, ACCEPTED)
    host.run(host.submit(key="order-42"))
    for at, effect in enumerate(host.log):
        if isinstance(effect, effects.Send):
            before = [save for save in host.log[:at] if isinstance(save, effects.Save)][-1]
            assert (before.fence, before.record.phase) == (True, "submitting")
    first = next(effect for effect in host.log if isinstance(effect, effects.Save))
    assert (first.expected_version, first.record.key, list(first.blobs)) == (0, "order-42", ["request"])
    assert first.json == first.record.to_json()
    assert json.loads(first.blobs["request"] or b"")
    assert kinds(host).count("Send") == 2


def test_the_same_answers_bring_the_same_effects() -> None:
    def life() -> list[effects.Effect]:
        host = Host(ACCEPTED, WORKING, DONE)
        accepted = host.run(host.submit(key="order-42"))
        host.run(host.client.wait(accepted.record.intent_id, host.now))
        return [effect for effect in host.log if not isinstance(effect, effects.List)]

    assert life() == life()


def test_a_call_is_replayed_by_a_fresh_client() -> None:
    host = Host(ACCEPTED, WORKING, DONE)
    call = host.submit(key="order-42")
    history: list[tuple[tuple[int, answers.Answer] | None, int, effects.Effect]] = []
    given: tuple[int, answers.Answer] | None = None
    step: Do | Done[Accepted] = call.next(now=host.now)
    while isinstance(step, Do):
        history.append((given, host.now, step.effect))
        given = step.number, host.perform(step.effect)
        step = call.next(given, now=host.now)
    replayed = Client(APIXO, holder="test").submit(MODEL, PAYLOAD, entropy=ENTROPY, now=START, key="order-42")
    for before, now, effect in history:
        again = replayed.next(before, now=now)
        assert isinstance(again, Do)
        assert again.effect == effect
    assert replayed.next(given, now=host.now) == step


def test_a_save_that_was_done_and_never_confirmed_is_found() -> None:
    host = Host(ACCEPTED)
    call = host.submit(key="order-42")
    step: Do | Done[Accepted] = call.next(now=host.now)
    while isinstance(step, Do):
        answer = host.perform(step.effect)
        is_first = isinstance(step.effect, effects.Save) and kinds(host).count("Save") in (1, 3, 5)
        step = call.next((step.number, answers.Refused("no answer") if is_first else answer), now=host.now)
    assert step.result().record.task_id == "task-1"
    assert (kinds(host).count("Save"), kinds(host).count("Send")) == (6, 1)


def test_a_wait_that_is_parked_is_begun_again_by_another_client() -> None:
    host = Host(ACCEPTED, WORKING, DONE)
    record = host.run(host.submit()).record
    status = "pending"
    for _ in range(10):
        call = Client(APIXO, holder="test").wait(record.intent_id, host.now)
        step = call.next(now=host.now)
        while isinstance(step, Do) and not (isinstance(step.effect, effects.Sleep) and step.effect.may_park):
            step = call.next((step.number, host.perform(step.effect)), now=host.now)
        if isinstance(step, Done):
            status = step.result().status
            break
        host.perform(step.effect)
    assert status == "success"


def test_a_key_is_one_task() -> None:
    host = Host(ACCEPTED)
    first = host.run(host.submit(key="order-42")).record
    again = host.run(host.submit(bytes(32), key="order-42")).record
    assert again == first
    assert kinds(host).count("Send") == 1
    assert host.run(host.client.find("order-42", host.now)) == first
    assert host.run(host.client.find("order-42", host.now, owner="user-42")) is None
    with pytest.raises(gentask.KeyConflict):
        host.run(host.client.submit(MODEL, {**PAYLOAD, "prompt": "another"}, entropy=bytes(32), now=host.now, key="order-42"))


def test_a_lost_answer_is_told_and_settled_by_a_person() -> None:
    host = Host(LOST, WORKING, DONE)
    with pytest.raises(gentask.SubmitUnknown) as lost:
        host.run(host.submit())
    [record] = host.run(host.client.unresolved(host.now)).records
    assert (record.phase, record.intent_id) == ("unresolved", lost.value.intent_id)
    adopted = host.run(host.client.adopt(record.intent_id, "task-1", host.now))
    assert adopted.task_id == "task-1"
    assert "SetMeta" in kinds(host)
    assert host.run(host.client.wait(record.intent_id, host.now)).status == "success"
    other = Host(LOST)
    with pytest.raises(gentask.SubmitUnknown):
        other.run(other.submit())
    [record] = other.run(other.client.unresolved(other.now)).records
    assert other.run(other.client.discard(record.intent_id, other.now, record=record)).status == "cancelled"


def test_a_failure_is_told_by_the_end_and_not_by_next() -> None:
    host = Host(whole({"code": 401, "message": "no"}, 401))
    call = host.submit()
    step = host.until(call, effects.Send)
    end = call.next((step.number, host.perform(step.effect)), now=host.now)
    while isinstance(end, Do):
        end = call.next((end.number, host.perform(end.effect)), now=host.now)
    assert isinstance(end.error, gentask.AuthFailed)
    assert (end.value, end.error.billing) == (None, "none")
    with pytest.raises(gentask.AuthFailed):
        end.result()


def test_a_host_without_a_key_sends_nothing() -> None:
    host = Host()
    call = host.submit()
    step = host.until(call, effects.Ready)
    end = call.next((step.number, answers.Keyless("set the key")), now=host.now)
    assert isinstance(end, Done)
    assert isinstance(end.error, gentask.AuthFailed)
    assert "set the key" in str(end.error)
    assert not host.records


def test_a_call_says_how_it_is() -> None:
    host = Host(ACCEPTED)
    call = host.submit()
    assert (call.may_be_left, call.ends_at, call.waits_for) == (True, None, None)
    intent_id = call.intent_id
    assert intent_id
    step: Do | Done[Accepted] = host.until(call, effects.Send)
    assert (call.may_be_left, call.waits_for, call.intent_id) == (False, ("send", START), intent_id)
    assert repr(call) == f"Call(intent_id={intent_id!r}, waits_for=('send', {START}))"
    while isinstance(step, Do):
        step = call.next((step.number, host.perform(step.effect)), now=host.now)
    assert (call.may_be_left, call.waits_for) == (True, None)
    wait = host.client.wait(intent_id, host.now, timeout_ms=5_000)
    host.until(wait, effects.Sleep)
    assert wait.ends_at is not None
    assert wait.ends_at >= host.now + 5_000
    assert host.client.account_label == "default"
    assert host.client.find("x", START).intent_id is None


def test_every_call_brings_what_it_says() -> None:
    host = Host(ACCEPTED, WORKING, WORKING, DONE, DONE)
    client = host.client
    accepted = host.run(host.submit(owner="user-42"))
    assert isinstance(accepted, Accepted)
    record = accepted.record
    intent_id = record.intent_id
    assert host.run(client.check(intent_id, host.now, force=True)).status == "processing"
    assert host.run(client.check(intent_id, host.now)).status == "processing", "it is not due, and nothing was sent"
    assert host.run(client.reply(intent_id, host.now)).status == "processing"
    assert host.run(client.task(intent_id, host.now)).version > record.version
    assert host.run(client.overdue(intent_id, host.now)).error_code == "WAIT_TIMEOUT"
    assert host.run(client.left(intent_id, host.now)).task_id == "task-1"
    assert host.run(client.get_status("task-1", host.now)).status == "processing"
    page = host.run(client.unfinished(host.now))
    assert (len(page.records), page.damaged, page.next) == (1, [], None)
    told = client.wait_from(page.records[0], host.now, updates="fromTheFirst", background=True)
    assert host.run(told).status == "success"
    updates = [effect.update.status for effect in host.log if isinstance(effect, effects.Tell) and effect.update]
    assert updates[0] == "processing"
    assert host.run(client.get_task("task-1", host.now)).status == "success"
    listed = host.run(client.page(host.now, owner="user-42", phases=["succeeded"], limit=1))
    assert [each.intent_id for each in listed.records] == [intent_id]
    assert listed.next == (record.created_at_ms, intent_id)
    assert host.run(client.page(host.now, owner="another")).records == []
    file = SavedFile("pictures/a.png", sha256="0" * 64, bytes=3, content_type="image/png")
    assert host.run(client.note_file(intent_id, 0, file, host.now)) is None
    assert "pictures/a.png" in (host.text(intent_id) or "")
    assert host.run(client.prune(host.now - DAY_MS, host.now)) == 0
    assert host.run(client.prune(host.now + DAY_MS, host.now)) == 1
    with pytest.raises(gentask.TaskNotFound):
        host.run(client.task(intent_id, host.now, record=record))


def test_questions_about_the_account_bring_what_it_holds() -> None:
    client = Client(gentask.load_contract("aivideomaker"), holder="test")
    host = Host(whole({"currentBalance": 12.5}), whole({"tasks": [{"id": "task-1", "createdAt": "today"}]}), client=client)
    assert host.run(client.account(START)) == gentask.Balance("12.5", "credits")
    [listed] = host.run(client.remote_tasks(START))
    assert (listed.task_id, listed.created, listed.model, listed.reference) == ("task-1", "today", None, None)
    sent = [effect for effect in host.log if isinstance(effect, effects.Send)]
    assert [(send.operation, send.auth) for send in sent] == [("account", True), ("list", True)]
    with pytest.raises(gentask.Unsupported):
        Client(gentask.load_contract("apidot"), holder="test").remote_tasks(START)


def test_a_cancel_that_the_provider_does_not_offer_is_a_reply() -> None:
    host = Host(ACCEPTED)
    client, record = host.client, host.run(host.submit()).record
    for call in (client.cancel(record.intent_id, host.now, record=record), client.cancel_task("task-1", host.now)):
        reply = host.run(call)
        assert (reply.ok, reply.error_code, reply.task_id) == (False, "UNSUPPORTED", "task-1")


def test_a_holder_that_names_its_process_is_asked_for() -> None:
    host = Host(client=Client(APIXO, holder=holder_name("one", "machine", 17, 99)))
    host.until(host.submit(key="order-42"), effects.Send)
    assert next(iter(host.records.values())).record.phase == "submitting"
    other = Client(APIXO, holder=holder_name("two", "machine", 18, 99))
    call = other.submit(MODEL, PAYLOAD, entropy=bytes(32), now=host.now, key="order-42")
    step = host.until(call, effects.Probe)
    probe = step.effect
    assert isinstance(probe, effects.Probe)
    assert (probe.host, probe.pid, probe.started) == ("machine", 17, 99)
    assert probe.holder.startswith("one@machine:17:99")
    end = call.next((step.number, answers.Gone(gone=True)), now=host.now)
    while isinstance(end, Do):
        assert not isinstance(end.effect, (effects.Send, effects.Sleep)), "it is known at once that nobody knows"
        end = call.next((end.number, host.perform(end.effect)), now=host.now)
    assert isinstance(end.error, gentask.SubmitUnknown)


# What a host may get wrong


def asks_for(kind: type[effects.Effect]) -> tuple[Host, Call[Any], Do]:
    """Return a call that awaits the answer to an effect of this kind."""
    host = Host(ACCEPTED, WORKING, DONE)
    if kind in (effects.Ready, effects.Save, effects.Send, effects.Find, effects.Meta):
        call: Call[Any] = host.submit(key="order-42")
        return host, call, host.until(call, kind)
    record = host.run(host.submit()).record
    call = host.client.wait(record.intent_id, host.now, updates="fromTheFirst")
    return host, call, host.until(call, kind)


RIGHT: list[tuple[type[effects.Effect], set[str]]] = [
    (effects.Ready, {"Ready", "Keyless"}),
    (effects.Load, {"Record", "Refused"}),
    (effects.Find, {"Records", "Refused"}),
    (effects.Meta, {"Value", "Refused"}),
    (effects.Save, {"Saved", "Refused"}),
    (effects.Send, {"HttpResponse", "Undelivered", "Keyless"}),
    (effects.Sleep, {"Due", "Changed"}),
    (effects.Tell, {"Told"}),
]
ANSWERS: list[answers.Answer] = [
    answers.Ready(),
    answers.Keyless("none"),
    answers.Record(),
    answers.Records(),
    answers.Listing(),
    answers.Bytes(),
    answers.Value(),
    answers.Saved(),
    answers.Noted(news=False),
    answers.Deliveries(),
    answers.Verified(None),
    answers.Deleted(0),
    answers.Refused("no"),
    ACCEPTED,
    LOST,
    answers.Due(),
    answers.Changed(),
    answers.Gone(gone=False),
    answers.Told(),
]


@pytest.mark.parametrize(("kind", "right"), RIGHT, ids=lambda each: each.__name__ if isinstance(each, type) else "")
def test_an_answer_of_another_kind_or_number_is_named_and_changes_nothing(kind: type[effects.Effect], right: set[str]) -> None:
    host, call, step = asks_for(kind)
    before = (call.waits_for, call.intent_id, call.may_be_left, call.ends_at)
    assert {type(answer).__name__ for answer in ANSWERS} == {name for name in answers.__all__ if name != "Answer"}
    wrong: list[tuple[Any, str]] = [
        (None, "awaits its answer"),
        *[((step.number, answer), "is no answer to effect") for answer in ANSWERS if type(answer).__name__ not in right],
        *[((step.number + off, fits), "the answer is to effect") for fits in ANSWERS for off in (1, -1)],
    ]
    for given, words in wrong:
        with pytest.raises(gentask.Unsupported, match=words):
            call.next(given, now=host.now)
        assert (call.waits_for, call.intent_id, call.may_be_left, call.ends_at) == before
    # And it goes on as if nothing had been.
    end: Do | Done[Any] = step
    while isinstance(end, Do):
        end = call.next((end.number, host.perform(end.effect)), now=host.now)
    assert isinstance(end.result(), (Accepted, Reply))
    with pytest.raises(gentask.Unsupported, match="to nothing that was asked"):
        call.next((step.number, answers.Told()), now=host.now)
    with pytest.raises(gentask.Unsupported, match="the call has ended"):
        call.next(now=host.now)


def test_an_answer_that_is_given_twice_is_named() -> None:
    host, call, step = asks_for(effects.Meta)
    answer = step.number, host.perform(step.effect)
    following = call.next(answer, now=host.now)
    assert isinstance(following, Do)
    with pytest.raises(gentask.Unsupported, match=f"to effect {step.number}, and effect {following.number}"):
        call.next(answer, now=host.now)


def test_a_sleep_that_is_answered_too_early_is_named() -> None:
    _host, call, step = asks_for(effects.Sleep)
    assert isinstance(step.effect, effects.Sleep)
    with pytest.raises(gentask.Unsupported, match="is not over"):
        call.next((step.number, answers.Due()), now=step.effect.until - 1)
    assert isinstance(call.next((step.number, answers.Due()), now=step.effect.until), Do)


@pytest.mark.parametrize(
    ("answer", "path"),
    [
        (answers.Saved(conflict="yes"), "/isConflict"),  # type: ignore[arg-type]
        (answers.Refused(5), "/message"),  # type: ignore[arg-type]
        (answers.Deleted(-1), "/count"),
        (answers.Keyless(None), "/message"),  # type: ignore[arg-type]
        (answers.Gone("no"), "/isGone"),  # type: ignore[arg-type]
        (answers.Value(5), "/value"),  # type: ignore[arg-type]
    ],
)
def test_an_answer_with_a_wrong_member_is_named_with_its_path(answer: answers.Answer, path: str) -> None:
    host, call, _step = asks_for(effects.Save)
    before = call.waits_for
    with pytest.raises(gentask.Unsupported, match="the answer") as caught:
        call.next((_step.number, answer), now=host.now)
    assert [each.path for each in caught.value.violations] == [path]
    assert call.waits_for == before


def test_what_is_no_answer_at_all_is_a_type_error() -> None:
    host, call, step = asks_for(effects.Save)
    wrong: list[Any] = [(step.number, "saved"), (step.number, {"answer": "saved"}), (step.number, effects.Ready()), ("1", answers.Saved())]
    for given in (*wrong, (step.number, answers.Record(5))):  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            call.next(given, now=host.now)
    for now in (-1, 1.5, math.nan, None):
        with pytest.raises((TypeError, ValueError)):
            call.next((step.number, answers.Saved()), now=now)  # type: ignore[arg-type]
    assert call.waits_for is not None
    assert isinstance(call.next((step.number, host.perform(step.effect)), now=host.now), Do)


def test_a_damaged_record_is_told_and_never_taken_for_none() -> None:
    host, call, step = asks_for(effects.Find)
    end = call.next((step.number, answers.Records(['{"v": 1}'])), now=host.now)
    assert isinstance(end, Done)
    assert isinstance(end.error, gentask.StoreError)
    host, call, step = asks_for(effects.Load)
    end = call.next((step.number, answers.Record("{")), now=host.now)
    assert isinstance(end, Done)
    assert isinstance(end.error, gentask.StoreError)
    host = Host()
    listing = host.client.page(host.now)
    step = host.until(listing, effects.List)
    page = listing.next((step.number, answers.Listing([("intent-1", "{")])), now=host.now)
    assert isinstance(page, Done)
    assert [intent_id for intent_id, _why in page.result().damaged] == ["intent-1"]


def test_a_client_refuses_what_it_cannot_be_made_of() -> None:
    wrong: list[tuple[type[BaseException], Callable[[], object]]] = [
        (TypeError, lambda: Client("apixo", holder="test")),  # type: ignore[arg-type]
        (TypeError, lambda: Client(APIXO, holder="test", account=5)),  # type: ignore[arg-type]
        (TypeError, lambda: Client(APIXO, holder="test", request_timeout_ms=1.5)),  # type: ignore[arg-type]
        (ValueError, lambda: Client(APIXO, holder="test", max_read_retries=-1)),
        (gentask.GentaskError, lambda: Client(APIXO, holder="test", base_url="ftp://x")),
        (gentask.Unsupported, lambda: Client(APIXO, holder="test", request_timeout_ms=0)),
        (gentask.Unsupported, lambda: Client(APIXO, holder="test", poll={"first": 1})),
        (gentask.Unsupported, lambda: Client(APIXO, holder="")),
    ]
    for kind, make in wrong:
        with pytest.raises(kind):
            make()
    client = Client(APIXO, holder="test")
    with pytest.raises(gentask.InvalidPayload):
        client.submit(MODEL, {}, entropy=ENTROPY, now=START)
    with pytest.raises(gentask.Unsupported) as caught:
        client.page(START, phases=["asleep"])
    assert [each.path for each in caught.value.violations] == ["/phases"]
    with pytest.raises((TypeError, ValueError)):
        client.submit(MODEL, PAYLOAD, entropy=b"short", now=START)


# What crosses


def test_only_trusted_origins_get_the_key() -> None:
    host, _call, step = asks_for(effects.Send)
    send = step.effect
    assert isinstance(send, effects.Send)
    assert "a-secret" not in "".join(send.headers.values())
    assert host.client.headers(send, "a-secret")["authorization"] == "Bearer a-secret"
    changed = {each.name: getattr(send, each.name) for each in fields(send)}
    with pytest.raises(NotSent):
        host.client.headers(effects.Send(**{**changed, "url": "https://elsewhere.example/x"}), "a-secret")
    open_to_all = effects.Send(**{**changed, "auth": False, "url": "https://elsewhere.example/x"})
    assert "authorization" not in host.client.headers(open_to_all, "a-secret")


def test_no_repr_shows_a_prompt_a_body_or_a_url() -> None:
    host = Host(ACCEPTED, WORKING, DONE)
    record = host.run(host.submit()).record
    host.run(host.client.wait(record.intent_id, host.now))
    urls = ["cdn.example.com", *(effect.url for effect in host.log if isinstance(effect, effects.Send))]
    shown = [*map(repr, host.log), *map(repr, (answers.Record(record.to_json()), answers.Bytes(b"a sunset"), DONE))]
    for text in shown:
        assert "a sunset" not in text
        assert not [url for url in urls if url in text]


def test_effects_and_answers_can_be_kept_and_compared() -> None:
    host = Host(ACCEPTED, DONE)
    record = host.run(host.submit(key="order-42")).record
    host.run(host.client.wait(record.intent_id, host.now, updates="fromTheFirst"))
    for effect in host.log:
        assert is_dataclass(effect)
        assert pickle.loads(pickle.dumps(effect)) == effect
    for answer in ANSWERS:
        again = pickle.loads(pickle.dumps(answer))
        assert again == answer or (again.status, again.headers, again.body, again.end) == (200, ACCEPTED.headers, ACCEPTED.body, "whole")


def test_a_record_keeps_its_exact_text() -> None:
    # A whole number that no float holds.
    host = Host(whole({"code": 200, "data": {"taskId": "9007199254740993"}}))
    record = host.run(host.submit()).record
    assert isinstance(record, TaskRecord)
    assert record.task_id == "9007199254740993"
    assert host.text(record.intent_id) == record.to_json()
