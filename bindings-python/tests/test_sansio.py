"""The core as a state machine, driven by Python code in virtual time."""

from __future__ import annotations

import json
import threading

import pytest

import gentask
from gentask import Reply, TaskRecord
from gentask.sansio import Machine, Pacer

from .support.machines import (
    ACCEPTED,
    APIXO,
    DONE,
    ENTROPY,
    MODEL,
    PAYLOAD,
    START,
    WORKING,
    DictStore,
    Driver,
    Wire,
    answer,
    cancelled,
    lost,
    prepared,
    script,
    waiting,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def test_a_driver_of_thirty_lines_brings_a_task_to_its_files() -> None:
    store = DictStore()
    driver = Driver(prepared(), store, script(ACCEPTED, WORKING, lost("maybeSent"), WORKING, DONE))
    reply = Reply.from_json(json.dumps(driver.run()))
    assert (reply.ok, reply.status, reply.task_id) == (True, "success", "task-1")
    assert [file.kind for file in reply.files] == ["image"]
    (stored,) = map(TaskRecord.from_json, store.records.values())
    assert stored == driver.machine.record()
    assert (stored.phase, stored.is_terminal, stored.task_id) == ("succeeded", True, "task-1")
    # The wait has its own time: the poll schedule passed, and nobody slept.
    assert driver.now > START + 5_000
    assert store.blobs[stored.intent_id, "request"] is None, "what is no longer needed is deleted"


def test_what_is_sent_was_saved_before() -> None:
    store = DictStore()
    seen: list[tuple[str, str]] = []
    answers = script(lost("notSent"), lost("notSent"), ACCEPTED, WORKING, DONE)

    def send(request: Wire) -> Wire:
        record = next(map(TaskRecord.from_json, store.records.values()))
        seen.append((request["operation"], record.phase))
        if request["operation"] == "submit":
            assert store.blobs[record.intent_id, "request"] is not None
            assert record.to_dict()["attempts"]["submit"] == int(request["id"].split(":")[1])
        else:
            assert record.task_id == "task-1"
        return answers(request)

    driver = Driver(prepared(), store, send)
    driver.run()
    assert seen == [*[("submit", "submitting")] * 3, *[("status", "waiting")] * 2]
    kinds = [output["kind"] for _, output in driver.log]
    for at, kind in enumerate(kinds):
        if kind == "transmit" and driver.log[at][1]["request"]["operation"] == "submit":
            before = at - 1 - kinds[:at][::-1].index("save")
            assert driver.log[before][0] == driver.log[at][0], "its save is of the same step"
            assert driver.log[before][1]["fence"] is True
            assert driver.log[before][1]["record"]["phase"] == "submitting"


def test_the_same_inputs_have_the_same_outputs() -> None:
    def transcript(entropy: bytes) -> str:
        driver = Driver(prepared(entropy), DictStore(), script(lost("notSent"), ACCEPTED, WORKING, lost("notSent"), DONE))
        driver.run()
        return json.dumps(driver.log)

    assert transcript(ENTROPY) == transcript(ENTROPY)
    assert transcript(ENTROPY) != transcript(ENTROPY[::-1])


def test_a_lost_submit_is_not_sent_again() -> None:
    driver = Driver(prepared(), DictStore(), script(lost("maybeSent")))
    reply = Reply.from_json(json.dumps(driver.run()))
    assert (reply.status, reply.error_code, reply.data["billing"]) == ("unknown", "SUBMIT_UNKNOWN", "possible")
    assert Reply.from_json(json.dumps(driver.run())) == reply, "nothing is left to be sent"


def test_another_process_goes_on_from_the_stored_text() -> None:
    store = DictStore()
    first = Driver(prepared(), store, script(ACCEPTED, WORKING))
    with pytest.raises(StopIteration):
        first.run()
    (intent_id,) = store.records
    second = Driver(store.resume(intent_id), store, script(DONE), first.now)
    assert second.run()["status"] == "success"
    assert first.machine.record().task_id == second.machine.record().task_id == "task-1"


def test_a_driver_that_is_overtaken_steps_the_same_input_again_and_sends_nothing_twice() -> None:
    store = DictStore()
    sent: list[str] = []
    answers = script(ACCEPTED, DONE)

    def send(request: Wire) -> Wire:
        sent.append(request["operation"])
        if request["operation"] == "submit":
            # While the answer is on its way somebody else reads the record, and asks for a cancel that this provider does not have.
            other = store.resume(next(iter(store.records)))
            (save, *_) = [out for out in other.step({"kind": "cancel"}, START, Pacer()) if out["kind"] == "save"]
            assert store.save(save["record"], save["blobs"])
        return answers(request)

    driver = Driver(prepared(), store, send)
    driver.run()
    assert sent == ["submit", "status"]
    versions = [output["record"]["version"] for _, output in driver.log if output["kind"] == "save"]
    assert versions[:3] == [1, 2, 3], "the second was refused, and became the third"
    assert json.loads(next(iter(store.records.values())))["taskId"] == "task-1"


def test_many_threads_that_step_one_machine_send_one_submit() -> None:
    machine, pacer, ready = prepared(), Pacer(), threading.Barrier(8)
    kinds: list[str] = []

    def step() -> None:
        ready.wait(60)
        for _ in range(50):
            kinds.extend(output["kind"] for output in machine.step({"kind": "timeout"}, START, pacer))

    threads = [threading.Thread(target=step) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds.count("transmit") == 1
    assert machine.record().version == 1


# A caller's key


def test_a_key_whose_attempt_came_to_nothing_begins_a_new_one_and_one_that_was_accepted_does_not() -> None:
    store = DictStore()
    order: dict[str, Any] = {"key": "order-42", "owner": "user-42"}
    refused = answer({"code": 401, "message": "no such key"}, 401)
    first = Driver(prepared(**order), store, script(refused))
    assert first.run()["errorCode"] == "AUTH_FAILED"

    def delivered_again(entropy: bytes) -> tuple[Machine, Wire]:
        (stored,) = [record for record in map(TaskRecord.from_json, store.records.values()) if record.key == "order-42"]
        machine = prepared(entropy, **order)
        return machine, machine.key_use(stored, MODEL, PAYLOAD, held=0, now=START + 60_000, **order)

    machine, found = delivered_again(bytes(32))
    assert found["use"] == "free"
    assert (found["record"]["callerKey"], found["record"]["successor"]) == (None, machine.record().intent_id)
    assert store.save(found["record"], [])
    assert Driver(machine, store, script(ACCEPTED, DONE), START + 60_000).run()["status"] == "success"
    assert len(store.records) == 2
    assert delivered_again(bytes([1]) * 32)[1] == {"use": "same"}, "a task that was accepted is final"


def test_a_key_of_another_job_is_told_with_the_id_of_its_intent_and_what_differs() -> None:
    stored = waiting().record()
    machine = Machine.prepare(APIXO, MODEL, {**PAYLOAD, "prompt": "a sunrise"}, entropy=bytes(32), now=START)
    found = machine.key_use(stored, MODEL, {**PAYLOAD, "prompt": "a sunrise"}, held=0, now=START)
    reply = Reply.from_json(json.dumps(found["reply"]))
    assert (found["use"], reply.error_code, reply.intent_id) == ("conflict", "INVALID_PAYLOAD", stored.intent_id)
    assert [(each["path"], each["rule"]) for each in reply.data["violations"]] == [("/input", "keyConflict")]


def test_a_request_says_that_the_key_is_needed_and_does_not_hold_it() -> None:
    machine = prepared(callback_url="https://app.example.com/hook")
    preview = machine.preview()
    assert preview is not None
    sent = machine.step({"kind": "timeout"}, START, Pacer())[-1]["request"]
    assert preview == sent
    assert sent["auth"] is True
    assert not {name.lower() for name in sent["headers"]} & {"authorization", "x-api-key", "api-key", "key"}


def test_the_request_is_forgotten_once_it_is_not_needed() -> None:
    assert prepared().preview() is not None
    assert waiting().preview() is None
    assert cancelled().preview() is None


# The pacer


def slow_submits() -> gentask.Contract:
    """Return a provider that takes one submit in ten seconds, after a small burst."""
    return gentask.load_contract({**APIXO.to_dict(), "limits": {"submitPerMin": 6}})


def next_submit(contract: gentask.Contract, pacer: Pacer, number: int) -> tuple[Machine, bool]:
    """Prepare one more task and step it; say whether its submit went out."""
    machine = Machine.prepare(contract, MODEL, PAYLOAD, entropy=bytes([number]) * 32, now=START)
    kinds = [output["kind"] for output in machine.step({"kind": "timeout"}, START, pacer)]
    return machine, "transmit" in kinds


def first_that_waits(contract: gentask.Contract, pacer: Pacer) -> tuple[int, Machine]:
    for number in range(100):
        machine, went = next_submit(contract, pacer, number)
        if not went:
            return number, machine
    raise AssertionError("the pacer paces nothing")


def test_machines_that_share_a_pacer_take_turns() -> None:
    contract, pacer = slow_submits(), Pacer()
    number, waits = first_that_waits(contract, pacer)
    after, _ = next_submit(contract, pacer, number + 1)
    assert START < waits.poll_timeout() < after.poll_timeout()
    _, went = next_submit(contract, Pacer(), number + 2)
    assert went, "another pacer knows nothing of them"


def test_a_wait_that_is_given_up_gives_its_turn_back() -> None:
    contract, pacer = slow_submits(), Pacer()
    number, waits = first_that_waits(contract, pacer)
    turn = waits.poll_timeout()
    waits.release(pacer)
    after, _ = next_submit(contract, pacer, number + 1)
    assert after.poll_timeout() == turn


def test_a_pause_of_the_account_holds_every_machine() -> None:
    pacer, machine = Pacer(), prepared()
    pacer.hold(APIXO, machine.record().base_url, machine.record().account, START + 60_000)
    kinds = [output["kind"] for output in machine.step({"kind": "timeout"}, START, pacer)]
    assert "transmit" not in kinds
    assert machine.poll_timeout() >= START + 60_000
    assert pacer.held_until(APIXO, machine.record().base_url, machine.record().account) == START + 60_000
    assert pacer.held_until(APIXO, machine.record().base_url, "another") == 0
    other = prepared(settings={"account": "another"})
    assert other.step({"kind": "timeout"}, START, pacer)[-1]["kind"] == "transmit"
