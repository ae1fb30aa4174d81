"""What a driver may get wrong: each mistake is an exception that says what was wrong, and leaves the machine as it was."""

from __future__ import annotations

import collections
import copy
import math
import pickle
import sys
import types

import pytest

import gentask
from gentask import GentaskError
from gentask.sansio import Machine, Pacer, account_request, advice, backoff, next_poll, outcome, read_account, split_mix_64

from .support.machines import APIXO, ENTROPY, MODEL, PAYLOAD, START, Wire, cancelled, prepared, submitted, unresolved, waiting, whole

# Before 3.11 exceptions have no notes, and PyO3 puts an argument's name into one.
NAMED = sys.version_info >= (3, 11)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


PHASES = [prepared, submitted, waiting, unresolved, cancelled]

NO_INPUTS: list[tuple[Any, set[str]]] = [
    ("x", {""}),
    (5, {""}),
    (None, {""}),
    (b"x", {""}),
    (object(), {""}),
    ([], {""}),
    ({}, {"/kind"}),
    ({"kind": "sleep"}, {"/kind"}),
    ({"kind": 5}, {"/kind"}),
    ({"kind": "timeout", "at": 1, "by": 2}, {"/at", "/by"}),
    ({"kind": "deadline"}, {"/at"}),
    ({"kind": "deadline", "at": -1}, {"/at"}),
    ({"kind": "deadline", "at": 1.5}, {"/at"}),
    ({"kind": "deadline", "at": "soon"}, {"/at"}),
    ({"kind": "deadline", "at": math.nan}, {"/at"}),
    ({"kind": "deadline", "at": math.inf}, {"/at"}),
    ({"kind": "deadline", "at": 2**64}, {"/at"}),
    ({"kind": "adopt"}, {"/taskId"}),
    ({"kind": "callback", "taskId": 5}, {"/taskId"}),
    ({"kind": "response"}, {"/response"}),
    ({"kind": "response", "response": {}}, {"/request", "/response/status"}),
    ({"kind": "response", "request": "submit:1", "response": {"status": 70_000}}, set()),
    ({"kind": "response", "request": "submit:1", "response": {"status": 200, "body": b"{}"}}, {"/response/body"}),
    ({"kind": "response", "request": "submit:1", "response": {"status": 200, "body": {"base64": "?"}}}, {"/response/body"}),
    ({"kind": "response", "request": "submit:1", "response": {"status": 200, "headers": {"a": 1}}}, {"/response/headers/a"}),
    ({"kind": "undelivered"}, {"/request"}),
    ({"kind": "undelivered", "request": "submit:1", "reason": "\ud800"}, {"/reason"}),
]


@pytest.mark.parametrize("of_phase", PHASES)
def test_what_is_no_input_is_refused_and_changes_nothing(of_phase: Callable[[], Machine]) -> None:
    machine, pacer = of_phase(), Pacer()
    for wrong, paths in NO_INPUTS:
        before = whole(machine)
        with pytest.raises(GentaskError) as caught:
            machine.step(wrong, START, pacer)
        found = {each.path for each in caught.value.violations}
        assert caught.value.code == "UNSUPPORTED"
        assert whole(machine) == before, wrong
        # What is not even an object has no kind; either may be named.
        assert found == paths or (paths == {""} and found == {"/kind"}), (wrong, found)


ILLEGAL: list[tuple[Callable[[], Machine], Wire]] = [
    (prepared, {"kind": "adopt", "taskId": "task-1"}),
    (prepared, {"kind": "discard"}),
    (submitted, {"kind": "adopt", "taskId": "task-1"}),
    (submitted, {"kind": "discard"}),
    (waiting, {"kind": "adopt", "taskId": "task-2"}),
    (waiting, {"kind": "discard"}),
    (cancelled, {"kind": "adopt", "taskId": "task-1"}),
    (cancelled, {"kind": "discard"}),
    (unresolved, {"kind": "adopt", "taskId": ""}),
]


@pytest.mark.parametrize(("of_phase", "given"), ILLEGAL)
def test_an_input_that_the_phase_forbids_is_refused_and_changes_nothing(of_phase: Callable[[], Machine], given: Wire) -> None:
    machine, twin = of_phase(), of_phase()
    assert whole(machine) == whole(twin)
    with pytest.raises(GentaskError) as caught:
        machine.step(given, START, Pacer())
    assert caught.value.code in ("UNSUPPORTED", "INVALID_PAYLOAD")
    assert whole(machine) == whole(twin)
    # And it goes on as one that was never asked.
    later = machine.poll_timeout()
    assert machine.step({"kind": "timeout"}, later, Pacer()) == twin.step({"kind": "timeout"}, later, Pacer())
    assert whole(machine) == whole(twin)


def test_a_mapping_is_as_good_as_a_dictionary() -> None:
    kinds: list[Callable[[Any], Any]] = [dict, types.MappingProxyType, collections.UserDict, collections.OrderedDict]
    for kind in kinds:
        machine = Machine.prepare(APIXO, MODEL, kind(PAYLOAD), entropy=ENTROPY, now=START, settings=kind({"account": "a"}))
        assert machine.step(kind({"kind": "timeout"}), START, Pacer())[-1]["kind"] == "transmit"
        assert machine.record().account == "a"


@pytest.mark.parametrize("wrong", [b"", bytes(31), bytes(33), "x" * 32, None, 5, [1] * 31, [256] * 32])
def test_entropy_is_thirty_two_bytes(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        prepared(wrong)


@pytest.mark.parametrize("wrong", [-1, 2**64, 1.5, math.nan, "now", None])
def test_a_time_is_a_whole_number_that_is_not_negative(wrong: Any) -> None:
    clear = (TypeError, ValueError, OverflowError)
    with pytest.raises(clear):
        Machine.prepare(APIXO, MODEL, PAYLOAD, entropy=ENTROPY, now=wrong)
    with pytest.raises(clear):
        Machine.ask(APIXO, "task-1", model=MODEL, now=wrong)
    machine = prepared()
    before = whole(machine)
    with pytest.raises(clear):
        machine.step({"kind": "timeout"}, wrong, Pacer())
    with pytest.raises(clear):
        Pacer().hold(APIXO, "https://api.apixo.ai", "default", wrong)
    assert whole(machine) == before


@pytest.mark.parametrize(
    ("settings", "paths"),
    [
        ({"timeout": 5, "poll": {"first": 1}}, {"/timeout", "/poll/first"}),
        ({"requestTimeoutMs": math.nan}, {"/requestTimeoutMs"}),
        ({"requestTimeoutMs": -1, "foreground": "yes"}, {"/requestTimeoutMs", "/foreground"}),
        ({"poll": {"initialMs": math.inf, "capMs": -math.inf}}, {"/poll/initialMs", "/poll/capMs"}),
        ({"poll": 5}, {"/poll"}),
        ({"base": 5, "account": []}, {"/base", "/account"}),
        ({1: 2}, {""}),
        ("x", {""}),
        (5, {""}),
    ],
)
def test_wrong_settings_are_refused_with_each_fault(settings: Any, paths: set[str]) -> None:
    record = waiting().record()
    attempts: list[Callable[[], object]] = [
        lambda: prepared(settings=settings),
        lambda: Machine.resume(APIXO, record, settings=settings),
        lambda: Machine.ask(APIXO, "task-1", model=MODEL, now=START, settings=settings),
    ]
    for attempt in attempts:
        with pytest.raises(gentask.Unsupported, match="the settings") as caught:
            attempt()
        assert {each.path for each in caught.value.violations} == paths


def test_arguments_of_other_types_are_refused_by_name() -> None:
    machine, _pacer, record = prepared(), Pacer(), waiting().record()
    wrong: list[tuple[str, Callable[[], object]]] = [
        ("contract", lambda: Machine.prepare("apixo", MODEL, PAYLOAD, entropy=ENTROPY, now=START)),  # type: ignore[arg-type]
        ("model", lambda: Machine.prepare(APIXO, 5, PAYLOAD, entropy=ENTROPY, now=START)),  # type: ignore[arg-type]
        ("record", lambda: Machine.resume(APIXO, record.to_json())),  # type: ignore[arg-type]
        ("request", lambda: Machine.resume(APIXO, record, "text")),  # type: ignore[arg-type]
        ("pacer", lambda: machine.step({"kind": "timeout"}, START, None)),  # type: ignore[arg-type]
        ("task_id", lambda: Machine.ask(APIXO, 5, now=START)),  # type: ignore[arg-type]
        ("key", lambda: prepared(key=5)),
        ("owner", lambda: prepared(owner=b"x")),
    ]
    for name, attempt in wrong:
        with pytest.raises(TypeError, match=name if NAMED else "instance of"):
            attempt()


def test_what_a_key_means_is_refused_where_its_order_is_faulty_and_changes_nothing() -> None:
    machine, stored = prepared(key="order-42"), waiting().record()
    before = whole(machine)

    def ask(record: Any = stored, payload: Any = PAYLOAD, **more: Any) -> object:
        return machine.key_use(record, MODEL, payload, **{"held": 0, "now": START, "key": "order-42", **more})

    wrong: list[Callable[[], object]] = [
        lambda: ask(stored.to_json()),
        lambda: ask(held=-1),
        lambda: ask(held=None),
        lambda: ask(now=1.5),
        lambda: ask(key=5),
        lambda: machine.key_use(stored, MODEL, PAYLOAD, key="order-42", now=START),  # type: ignore[call-arg]
    ]
    for attempt in wrong:
        with pytest.raises((TypeError, ValueError)):
            attempt()
    for faulty, path in (({**PAYLOAD, "prompt": math.nan}, "/prompt"), ({1: 2}, "")):
        with pytest.raises(gentask.InvalidPayload) as caught:
            ask(payload=faulty)
        assert [each.path for each in caught.value.violations] == [path]
    assert whole(machine) == before
    assert ask() == {"use": "same"}


def test_a_machine_for_a_faulty_payload_is_not_made() -> None:
    with pytest.raises(gentask.InvalidPayload) as caught:
        Machine.prepare(APIXO, MODEL, {"mode": "text-to-image", "prompt": math.nan, "n": 2**70}, entropy=ENTROPY, now=START)
    assert {each.path for each in caught.value.violations} == {"/prompt", "/n"}
    with pytest.raises(gentask.InvalidModel):
        Machine.prepare(APIXO, " ", PAYLOAD, entropy=ENTROPY, now=START)


def test_a_question_about_no_task_is_refused() -> None:
    for details in (False, True):
        with pytest.raises(gentask.InvalidPayload) as caught:
            Machine.ask(APIXO, "", model=MODEL, details=details, now=START)
        assert [each.path for each in caught.value.violations] == ["/taskId"]


def test_a_record_of_another_provider_is_refused() -> None:
    with pytest.raises(gentask.InvalidContract, match="apidot"):
        Machine.resume(gentask.load_contract("apidot"), waiting().record())


def test_a_request_that_is_gone_or_damaged_is_refused() -> None:
    record = prepared().record()
    for request in (None, b"", b"{", b"\xff", b"{}"):
        with pytest.raises(gentask.StoreError):
            Machine.resume(APIXO, record, request)


def test_a_machine_is_made_by_its_functions_and_is_neither_copied_nor_pickled() -> None:
    with pytest.raises(TypeError):
        Machine()
    for one in (prepared(), Pacer()):
        for make in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="pickle"):
                make(one)
        with pytest.raises(AttributeError):
            one.more = 1  # type: ignore[union-attr]


# The functions


def test_the_functions_refuse_words_they_do_not_know() -> None:
    wrong: list[tuple[str, str, str | None]] = [("ended", "waiting", None), ("deadline", "asleep", None), ("deadline", "waiting", "OOPS")]
    for ending, phase, fault in wrong:
        with pytest.raises(ValueError, match="called"):
            outcome(ending, phase, False, fault)
    questions: list[tuple[str, str | None, str, str]] = [
        ("beg", None, "CANCELLED", "none"),
        ("submit", "asleep", "CANCELLED", "none"),
        ("submit", "", "CANCELLED", "none"),
        ("submit", None, "OOPS", "none"),
        ("submit", "waiting", "CANCELLED", "free"),
    ]
    for question in questions:
        with pytest.raises(ValueError, match="called"):
            advice(*question)
    for operation in ("submit", "", "LIST"):
        with pytest.raises(ValueError, match="list"):
            account_request(APIXO, operation)
        with pytest.raises(ValueError, match="list"):
            read_account(APIXO, operation, {"status": 200}, START)
    with pytest.raises(GentaskError):
        read_account(gentask.load_contract("aivideomaker"), "list", {"status": "200"}, START)


def test_the_functions_refuse_numbers_that_do_not_fit() -> None:
    schedule = {"first_ms": 1, "every_ms": 1, "factor_pct": 100, "cap_ms": 1}
    for wrong in (-1, 2**64):
        with pytest.raises(OverflowError):
            backoff(1, 1, 1, wrong)
        with pytest.raises(OverflowError):
            split_mix_64(wrong, 0)
        with pytest.raises(OverflowError):
            next_poll(wrong, 0, **schedule)
    for other in (1.5, "1", None):
        with pytest.raises(TypeError):
            backoff(1, 1, 1, other)  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            split_mix_64(0, other)  # type: ignore[arg-type]


def test_another_base_url_is_used_for_the_account_too() -> None:
    contract = gentask.load_contract("aivideomaker")
    own = account_request(contract, "list")
    other = account_request(contract, "list", base_url="http://127.0.0.1:8080/x")
    assert own["url"].startswith(contract.base_url)
    assert other["url"].startswith("http://127.0.0.1:8080/x/")
    assert {**own, "url": ""} == {**other, "url": ""}
