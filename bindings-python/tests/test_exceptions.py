"""One class for each stable code; each keeps its reply, and survives pickling."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import sys

import pytest

import gentask
from gentask import GentaskError, Reply, errors, intent_id_of
from gentask.errors import BY_CODE, error_of

from .vectors.files import ROOT, cases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CODES = sorted(BY_CODE)
VIOLATION = {"path": "/prompt", "rule": "required", "expected": "a value", "actual": "nothing"}


def failed(code: str | None, **changes: Any) -> Reply:
    data = {"billing": "possible", "suggestions": ["look", "wait"], "intentId": "intent-1", "violations": [VIOLATION]}
    reply = {"ok": False, "status": "failed", "taskId": "task-1", "errorCode": code, "errorMessage": "it went wrong", "retryAfter": 7}
    return Reply.from_json(json.dumps({**reply, "data": data, **changes}))


def raised(reply: Reply) -> GentaskError:
    with pytest.raises(GentaskError) as caught:
        reply.raise_for_status()
    return caught.value


# Codes and classes


def test_the_codes_are_those_of_every_language() -> None:
    schema = json.loads((ROOT.parent / "core" / "contracts" / "contract.schema.json").read_bytes())
    (words,) = [words for words in enums(schema) if "SUBMIT_UNKNOWN" in words]
    assert len(words) == len(BY_CODE) == 18
    assert set(words) == set(BY_CODE)
    for word in ("OOPS", "rate_limited", ""):
        with pytest.raises(gentask.Unsupported):
            failed(word)


def enums(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield node["enum"]
        for member in node.values():
            yield from enums(member)
    elif isinstance(node, list):
        for item in node:
            yield from enums(item)


def test_every_code_in_the_vectors_has_a_class() -> None:
    codes = {case["expect"]["errorCode"] for case in cases("replies")}
    codes |= {case["expect"]["reply"]["errorCode"] for name in ("classify", "records") for case in cases(name) if "reply" in case["expect"]}
    codes |= {case["expect"]["code"] for case in cases("validate") if "code" in case["expect"]}
    codes.discard(None)
    assert len(codes) >= 10
    assert codes <= set(BY_CODE)


def test_every_class_is_public_and_named_once() -> None:
    classes = set(BY_CODE.values())
    assert len(classes) == 18
    for code, kind in BY_CODE.items():
        assert issubclass(kind, GentaskError)
        assert getattr(gentask, kind.__name__) is kind
        assert kind.__name__ in gentask.__all__
        assert code in (kind.__doc__ or ""), "its documentation names the code"
    others = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GentaskError)} - classes
    # Those that stand for several codes, and the one that is a kind of another's.
    assert others == {GentaskError, gentask.TaskFailed, gentask.KeyConflict}


@pytest.mark.parametrize("code", CODES)
def test_a_reply_raises_the_class_of_its_code(code: str) -> None:
    reply = failed(code)
    error = raised(reply)
    assert type(error) is BY_CODE[code]
    assert error.reply == reply
    assert str(error) == f"{code}: it went wrong"
    assert (error.code, error.intent_id, error.task_id, error.retry_after) == (code, "intent-1", "task-1", 7)
    assert (error.billing, error.suggestions) == ("possible", ["look", "wait"])
    assert error.violations == [gentask.Violation(**VIOLATION)]


def test_a_reply_that_is_no_failure_returns_itself() -> None:
    for status in ("success", "pending", "processing", "cancelled", "unknown"):
        reply = Reply.from_json(json.dumps({"ok": True, "status": status}))
        assert reply.raise_for_status() is reply


def test_a_failure_without_a_code_is_an_unknown_error() -> None:
    error = raised(failed(None, errorMessage=None, data={}, taskId=None, retryAfter=None))
    assert type(error) is gentask.UnknownError
    assert error.code == "UNKNOWN_ERROR"
    assert "the task has not succeeded" in str(error)
    assert (error.intent_id, error.task_id, error.retry_after) == (None, None, None)
    assert (error.billing, error.suggestions, error.violations) == ("none", [], [])


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("InvalidModel", ValueError),
        ("InvalidPayload", ValueError),
        ("InvalidContract", ValueError),
        ("TaskNotFound", LookupError),
        ("WaitTimeout", TimeoutError),
        ("GenerationFailed", gentask.TaskFailed),
        ("ContentRejected", gentask.TaskFailed),
        ("TaskCancelled", gentask.TaskFailed),
    ],
)
def test_some_are_also_what_python_programs_expect(name: str, also: type[Exception]) -> None:
    kind = getattr(gentask, name)
    assert issubclass(kind, also)
    (code,) = [code for code, each in BY_CODE.items() if each is kind]
    with pytest.raises(also):
        failed(code).raise_for_status()


def test_no_class_is_more_than_it_says() -> None:
    plain = {ValueError, LookupError, TimeoutError, OSError, gentask.TaskFailed}
    also = {kind.__name__: {each for each in plain if issubclass(kind, each)} for kind in BY_CODE.values()}
    assert {name: bases for name, bases in also.items() if bases} == {
        "InvalidModel": {ValueError},
        "InvalidPayload": {ValueError},
        "InvalidContract": {ValueError},
        "TaskNotFound": {LookupError},
        # Python's own time-out is an OSError.
        "WaitTimeout": {TimeoutError, OSError},
        "GenerationFailed": {gentask.TaskFailed},
        "ContentRejected": {gentask.TaskFailed},
        "TaskCancelled": {gentask.TaskFailed},
    }


# Copies


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_every_exception_survives_pickling_with_its_reply(protocol: int) -> None:
    for code in CODES:
        error = raised(failed(code))
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is type(error)
        assert again.reply == error.reply
        assert str(again) == str(error)
        assert again.violations == error.violations


def test_every_exception_survives_copying() -> None:
    for code in CODES:
        error = raised(failed(code))
        for again in (copy.copy(error), copy.deepcopy(error)):
            assert (type(again), again.reply, str(again)) == (type(error), error.reply, str(error))


def test_what_was_put_on_an_exception_is_pickled_too() -> None:
    error = raised(failed("RATE_LIMITED"))
    error.order = "42"  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(error)).order == "42"


def test_an_exception_is_made_of_a_message_and_a_reply() -> None:
    reply = failed("UPSTREAM_ERROR")
    error = error_of(reply, "own words")
    assert (str(error), error.args) == ("own words", ("own words", reply))
    assert type(error) is gentask.UpstreamError


# Whose task it was


def chained(*links: BaseException) -> BaseException:
    """Raise each exception from the one before; return the last."""
    for cause, error in itertools.pairwise(links):
        error.__cause__ = cause
    return links[-1]


def test_an_exception_tells_which_intent_it_is_about() -> None:
    assert intent_id_of(raised(failed("SUBMIT_UNKNOWN"))) == "intent-1"
    assert intent_id_of(raised(failed("SUBMIT_UNKNOWN", data={}))) is None
    assert intent_id_of(ValueError("intent-1")) is None


def test_an_exception_that_is_not_ours_may_have_the_intent_on_it() -> None:
    error = KeyboardInterrupt()
    error.intent_id = "intent-2"  # type: ignore[attr-defined]
    assert intent_id_of(error) == "intent-2"
    error.intent_id = 5  # type: ignore[attr-defined]
    assert intent_id_of(error) is None


def test_what_an_exception_was_raised_from_is_looked_at_too() -> None:
    ours = raised(failed("WAIT_TIMEOUT"))
    assert intent_id_of(chained(ours, RuntimeError(), ValueError())) == "intent-1"
    assert intent_id_of(chained(ours, raised(failed("STORE_ERROR", data={})))) == "intent-1", "one without an intent is passed by"
    nearer = raised(failed("STORE_ERROR", data={"intentId": "intent-3"}))
    assert intent_id_of(chained(ours, nearer, ValueError())) == "intent-3"


def test_what_an_exception_was_raised_during_is_looked_at_too() -> None:
    def clumsy() -> None:
        try:
            failed("WAIT_TIMEOUT").raise_for_status()
        except gentask.WaitTimeout:
            raise ValueError("while it was handled")  # noqa: B904 - what has no cause has a context

    with pytest.raises(ValueError, match="while") as caught:
        clumsy()
    assert intent_id_of(caught.value) == "intent-1"


def test_a_chain_that_goes_in_a_circle_has_an_end() -> None:
    one, other = ValueError(), RuntimeError()
    one.__cause__, other.__cause__ = other, one
    assert intent_id_of(one) is None


@pytest.mark.skipif(sys.version_info < (3, 11), reason="groups came with Python 3.11")
def test_an_intent_is_found_in_a_group() -> None:
    inner = KeyboardInterrupt()
    inner.intent_id = "intent-1"  # type: ignore[attr-defined]
    group = BaseExceptionGroup("two", [ValueError(), inner])  # type: ignore[name-defined, unused-ignore]  # noqa: F821
    assert intent_id_of(group) == "intent-1"
    assert intent_id_of(BaseExceptionGroup("none", [ValueError()])) is None  # type: ignore[name-defined, unused-ignore]  # noqa: F821
