"""Bad input: one clear exception that names what is wrong; nothing is sent and nothing is stored."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import sys
import traceback
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import gentask
from gentask import AuthFailed, InvalidContract, InvalidModel, InvalidPayload, MemoryStore, SqliteStore, StoreError, Unsupported

from .support.jobs import job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gentask import Client

    from .support.both import Both

NAN, INFINITY, HUGE, SURROGATE = float("nan"), float("inf"), 2**70, "\ud800"


def names(error: BaseException, word: str) -> bool:
    """Whether an exception shows this word to whoever reads its traceback."""
    if sys.version_info < (3, 11):
        # The name may stand in a note, and exceptions have notes since Python 3.11 only.
        return True
    return word in "".join([str(error), *getattr(error, "__notes__", [])])


def nothing_happened(both: Both, client: Client | None = None) -> None:
    assert both.sandbox.stats()["providers"]["apixo"]["requests"] == {}
    if client is not None:
        assert len(client.tasks()) == 0


async def nobody_awaits(*_: object) -> None:
    """A listener that would never run."""


CLIENT_ARGUMENTS: dict[str, list[Any]] = {
    "api_key": [7, b"key", NAN, [], object()],
    "account": [7, b"x", NAN, [], object(), SURROGATE],
    "base_url": [7, b"x", NAN, [], object(), SURROGATE],
    "store": [7, NAN, [], object(), SURROGATE],
    "timeout": ["1", b"1", [], object(), -1, -0.001, NAN, -INFINITY],
    "request_timeout": ["1", b"1", [], object(), -1, NAN],
    "poll": [7, "fast", b"x", object(), ["initial"], {"first": 3}, {"cap": 3, 7: 8}, {"initial": "3"}, {"cap": [1]}],
    "max_read_retries": ["1", 1.5, NAN, [], -1, HUGE],
    "max_in_flight": ["1", 1.5, NAN, [], 0, -1, HUGE],
    "transport": [7, "x", object()],
    "on_event": [7, "x", object(), nobody_awaits],
    "ca_certs": [7, "a certificate", object(), [7], [None]],
}


@pytest.mark.parametrize("endless", [INFINITY, 1e300, 2.0**64], ids=["infinity", "1e300", "2^64"])
def test_a_time_without_end_is_a_very_long_one(both: Both, endless: float) -> None:
    client = both.client(store=MemoryStore(), request_timeout=endless, timeout=endless, poll={"initial": 0.02, "cap": endless})
    task = client.submit(*job(), key="k", timeout=endless)
    assert task.wait().ok
    assert task.wait(endless).ok
    assert client.prune(endless) == 0
    assert client.resume(timeout=endless) == []
    assert both.seen() == (1, 1)


@pytest.mark.parametrize("name", CLIENT_ARGUMENTS)
def test_a_wrong_argument_of_a_client_is_named(both: Both, name: str) -> None:
    for value in CLIENT_ARGUMENTS[name]:
        with pytest.raises((TypeError, ValueError)) as caught:
            both.client(**{name: value})
        assert names(caught.value, name), f"{value!r}: {caught.value!r}"
    nothing_happened(both)


@pytest.mark.parametrize(
    ("poll", "word"),
    [
        ({"initial": -1}, "initial"),
        ({"cap": NAN}, "cap"),
        ({"factor": 0.5}, "factor"),
        ({"factor": 101}, "factor"),
        ({"factor": NAN}, "factor"),
    ],
    ids=str,
)
def test_a_poll_schedule_that_is_none_is_refused(both: Both, poll: dict[str, float], word: str) -> None:
    with pytest.raises(ValueError, match=f"poll's {word}"):
        both.client(poll=poll)


def test_times_may_be_as_long_as_one_likes(both: Both) -> None:
    client = both.client(timeout=INFINITY, poll={"initial": 0, "cap": HUGE, "factor": 1})
    assert submit(client).wait(timeout=HUGE).status == "success"


def test_an_unknown_argument_is_a_type_error(both: Both) -> None:
    with pytest.raises(TypeError, match="colour"):
        both.client(colour="red")


@pytest.mark.parametrize("provider", [7, None, [], object()])
def test_a_provider_of_a_wrong_type_is_a_type_error(both: Both, provider: Any) -> None:
    with pytest.raises(TypeError, match="provider"):
        both.bare(provider, store=MemoryStore())


@pytest.mark.parametrize(("name", "near"), [("apixoo", "apixo"), ("APIDOT", "apidot"), ("aivideo-maker", "aivideomaker")])
def test_an_unknown_provider_is_answered_with_the_nearest_name(both: Both, name: str, near: str) -> None:
    with pytest.raises(InvalidContract, match=f"did you mean {near}"):
        both.bare(name, store=MemoryStore())


def test_a_very_long_providers_name_is_not_repeated(both: Both) -> None:
    with pytest.raises(InvalidContract) as caught:
        both.bare("x" * 1_000_000, store=MemoryStore())
    assert len(str(caught.value)) < 1_000


SUBMIT_ARGUMENTS: dict[str, list[Any]] = {
    "model": [7, None, b"x", [], object(), SURROGATE],
    "key": [7, b"x", [], object(), SURROGATE],
    "owner": [7, b"x", [], object(), SURROGATE],
    "callback_url": [7, b"x", [], object(), SURROGATE],
    "options": [7, "x", b"x", [], object(), [("a", 1)]],
}


@pytest.mark.parametrize("name", SUBMIT_ARGUMENTS)
def test_a_wrong_argument_of_a_submit_is_named(both: Both, name: str) -> None:
    client = both.client()
    model, payload = job()
    for value in SUBMIT_ARGUMENTS[name]:
        for call in (client.submit, client.dry_run, client.validate):
            with pytest.raises((TypeError, ValueError)) as caught:
                call(**{"model": model, "input": payload, name: value})
            assert names(caught.value, name), f"{value!r}: {caught.value!r}"
    nothing_happened(both, client)


OTHER_ARGUMENTS: list[tuple[str, str, list[Any]]] = [
    ("task", "intent_id", [7, None, b"x", SURROGATE]),
    ("tasks", "owner", [7, b"x", SURROGATE]),
    ("tasks", "phases", [7, "waiting", b"x", [7]]),
    ("tasks", "limit", ["1", 1.5, -1, HUGE]),
    ("tasks", "after", [7, "x", [1, 2], (1,), ("a", "b"), (-1, "x")]),
    ("resume", "concurrency", ["1", 1.5, 0, -1, HUGE]),
    ("resume", "timeout", ["1", -1, NAN]),
    ("resume", "on_reply", [7, "x", nobody_awaits]),
    ("prune", "older_than", ["1", None, -1, NAN]),
]


@pytest.mark.parametrize(("method", "name", "values"), OTHER_ARGUMENTS, ids=[f"{row[0]} {row[1]}" for row in OTHER_ARGUMENTS])
def test_a_wrong_argument_of_any_call_is_named(both: Both, method: str, name: str, values: list[Any]) -> None:
    client = both.client()
    for value in values:
        with pytest.raises((TypeError, ValueError)) as caught:
            getattr(client, method)(**{name: value})
        assert names(caught.value, name), f"{value!r}: {caught.value!r}"


def test_what_is_wrong_with_an_argument_begins_with_its_name(both: Both) -> None:
    client: Any = both.client()
    task = submit(client)
    text = "expected text, not"
    said: list[tuple[Callable[[], Any], str]] = [
        (lambda: client.submit(*job(), key=5), f"key: {text} int"),
        (lambda: client.submit(*job(), owner=5), f"owner: {text} int"),
        (lambda: client.find(5), f"key: {text} int"),
        (lambda: client.task(5), f"intent_id: {text} int"),
        (lambda: client.delete(task.record()), f"intent_id: {text} TaskRecord: pass `task.intent_id`"),
        (lambda: client.adopt(task.intent_id, task.record()), f"task_id: {text} TaskRecord: pass `task.task_id`"),
        (lambda: client.tasks(phases="waiting"), 'phases is a list of phases, such as ["waiting"], not str'),
        (lambda: list(client.pages(phases="waiting")), 'phases is a list of phases, such as ["waiting"], not str'),
        (lambda: client.tasks(limit="1"), "limit: expected a whole number, not str"),
    ]
    if both.kind == "sync":
        said.append((lambda: client.delete(task), f"intent_id: {text} TaskHandle: pass `task.intent_id`"))
    for call, words in said:
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == words
        assert not hasattr(caught.value, "__notes__")
        assert str(pickle.loads(pickle.dumps(caught.value))) == words
    assert [record.phase for record in client.tasks(phases=("waiting",))] == ["waiting"]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exceptions have notes since Python 3.11 only")
def test_a_wrong_argument_takes_notes_like_any_exception() -> None:
    with pytest.raises(TypeError) as caught:
        gentask.load_contract("apixo").validate(5, {})  # type: ignore[arg-type]
    error: Any = caught.value
    error.add_note("mine")
    assert (str(error), error.__notes__) == ("model: expected text, not int", ["mine"])


@pytest.mark.parametrize("timeout", ["1", b"1", [], -1, NAN], ids=repr)
def test_a_wrong_timeout_of_a_wait_is_named(both: Both, timeout: Any) -> None:
    task = submit(both.client(), "[stuck]")
    for wait in (task.wait, lambda it: list(task.updates(it)), lambda it: task.wait(it, on_update=print)):
        with pytest.raises((TypeError, ValueError), match="timeout"):
            wait(timeout)
    assert both.asked() == 0


def test_every_fault_of_a_payload_is_told_at_once_with_its_pointer(both: Both) -> None:
    client = both.client()
    payload: dict[Any, Any] = {
        "mode": "text-to-image",
        "prompt": SURROGATE,
        "seed": NAN,
        "scale": -INFINITY,
        "count": HUGE,
        "bytes": b"x",
        "set": {1},
        "list": [1, (2, {"deep/~": Decimal(1)})],
        7: "a key",
    }
    with pytest.raises(InvalidPayload) as caught:
        client.submit("nano-banana", payload)
    found = {(violation.path, violation.rule) for violation in caught.value.violations}
    assert found == {
        ("/prompt", "text"),
        ("/seed", "number"),
        ("/scale", "number"),
        ("/count", "number"),
        ("/bytes", "media"),
        ("/set", "type"),
        ("/list/1/1/deep~1~0", "type"),
        ("", "key"),
    }
    assert isinstance(caught.value, ValueError)
    assert caught.value.billing == "none"
    for path, _ in found:
        assert path in str(caught.value)
    nothing_happened(both, client)


def test_every_broken_rule_of_the_contract_is_told_at_once(both: Both) -> None:
    client = both.client()
    payload = {"mode": "text-to-film", "prompt": "", "image_urls": ["ftp://x/y.png", 7]}
    with pytest.raises(InvalidPayload) as caught:
        client.submit("nano-banana", payload)
    assert {"/mode", "/prompt", "/image_urls/0", "/image_urls/1"} <= {each.path for each in caught.value.violations}
    assert all(each.rule and each.expected and each.actual for each in caught.value.violations)
    with pytest.raises(InvalidPayload) as caught:
        client.submit(*job(), key="", callback_url="http://10.0.0.1/", options={"provider": 7})
    assert {"/key", "/callbackUrl"} <= {each.path for each in caught.value.violations}
    nothing_happened(both, client)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def a_cycle_of_lists() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


def a_cycle_of_dicts() -> dict[str, Any]:
    cycle: dict[str, Any] = {}
    cycle["self"] = cycle
    return cycle


TOO_DEEP: dict[str, Callable[[], Any]] = {
    "100 levels": lambda: nested(100),
    "100,000 levels": lambda: nested(100_000),
    "a cycle of lists": a_cycle_of_lists,
    "a cycle of dicts": a_cycle_of_dicts,
}


@pytest.mark.parametrize("make", TOO_DEEP.values(), ids=TOO_DEEP)
def test_a_payload_that_is_too_deep_or_holds_itself_is_refused(both: Both, make: Callable[[], Any]) -> None:
    client = both.client("apidot")
    # A model without known rules: its payload passes unguessed, but not whatever its form.
    for model in ("gpt-image-2", "a-model-of-tomorrow"):
        with pytest.raises(InvalidPayload) as caught:
            client.submit(model, {"prompt": "x", "deep": make()})
        assert any("depth" in each.rule for each in caught.value.violations)
        assert len(str(caught.value)) < 2_000
    assert len(client.tasks()) == 0


def test_what_json_holds_goes_through_as_it_is(both: Both) -> None:
    client = both.client("apidot")
    payload = {
        "none": None,
        "flags": (True, False),
        "numbers": [0, -1, 2**53, -(2**63), 2**64 - 1, 0.1, 1e300, -0.5],
        "text": '\N{FOX FACE}\0\n"\\é',
        "empty": [{}, [], ""],
        "deep": nested(50),
        "mapping": MappingProxyType({"b": 1, "a": 2}),
    }
    sent = json.loads(client.dry_run("a-model-of-tomorrow", MappingProxyType(payload)).body)["input"]
    assert sent == {**payload, "flags": [True, False], "mapping": {"a": 2, "b": 1}}
    assert client.submit("a-model-of-tomorrow", payload).task_id is not None


def test_a_payload_is_read_once_and_may_be_changed_afterwards(both: Both) -> None:
    client = both.client()
    model, payload = job()
    first = client.submit(model, payload, key="k")
    payload["prompt"] = "another"
    with pytest.raises(InvalidPayload):
        client.submit(model, payload, key="k")
    assert client.submit(*job(), key="k").intent_id == first.intent_id


def test_a_mapping_that_raises_is_no_payload(both: Both) -> None:
    class Odd(dict[str, Any]):
        def items(self) -> Any:
            raise ZeroDivisionError("mine")

    client = both.client("apidot")
    for payload in (Odd(prompt="x"), {"prompt": "x", "inner": Odd()}):
        with pytest.raises((InvalidPayload, ZeroDivisionError)):
            client.submit("gpt-image-2", payload)
    assert len(client.tasks()) == 0


@pytest.mark.parametrize("model", ["", " ", "t2w", "../t2v", "t2v\r\nx: y"], ids=repr)
def test_an_unknown_model_of_a_closed_list_is_refused_with_the_known_ones(both: Both, model: str) -> None:
    client = both.client("aivideomaker")
    with pytest.raises(InvalidModel, match="t2v") as caught:
        client.submit(model, job("aivideomaker")[1])
    assert isinstance(caught.value, ValueError)
    assert len(client.tasks()) == 0


def test_an_empty_model_of_an_open_list_is_refused(both: Both) -> None:
    client = both.client()
    with pytest.raises(InvalidModel):
        client.submit("", job()[1])
    nothing_happened(both, client)


BAD_KEYS = {
    "is empty": "",
    "ends with a line break": "sk-evil\n",
    "control character": "sk-evil\r\nx-evil: 1",
    "space": " sk-evil",
    "ASCII": "sk-évil",
    "longer than": "sk-evil" * 1_000,
}


@pytest.mark.parametrize(("why", "key"), BAD_KEYS.items(), ids=BAD_KEYS)
@pytest.mark.parametrize("source", ["value", "function"])
def test_a_key_that_no_header_can_hold_is_refused_and_shown_nowhere(both: Both, why: str, key: str, source: str) -> None:
    client = both.client(api_key=key if source == "value" else lambda: key)
    with pytest.raises(AuthFailed, match=why) as caught:
        submit(client, key="k")
    error = caught.value
    shown = [str(error), repr(error), repr(client), error.reply.to_json(), repr(error.reply), repr(pickle.dumps(error))]
    shown += traceback.format_exception(error)
    for text in shown:
        assert "evil" not in text
        assert "évil" not in text
    nothing_happened(both, client)


def test_a_key_with_a_lone_surrogate_is_refused_and_shown_nowhere(both: Both) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        both.client(api_key="sk-evil\ud800")
    assert names(caught.value, "api_key")
    for text in (str(caught.value), repr(caught.value), repr(vars(caught.value)), repr(getattr(caught.value, "object", ""))):
        assert "evil" not in text


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.example.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://api.example.com",
        "https://me:secret@api.example.com",
        "https://api.example.com/?a=1",
        "https://api.example.com/#a",
        "api.example.com",
        "https://",
        "",
        "https://api.example.com\n",
    ],
)
def test_a_base_url_that_would_give_the_key_away_is_refused(both: Both, base_url: str) -> None:
    with pytest.raises(Unsupported) as caught:
        both.client(base_url=base_url)
    assert "base URL" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_store_that_cannot_be_opened_is_refused_and_left_as_it_is(both: Both, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("this is no database, and it is longer than the header of one would have to be for this test")
    foreign, newer = tmp_path / "foreign.db", tmp_path / "newer.db"
    with sqlite3.connect(foreign) as database:
        database.execute("PRAGMA application_id = 77")
        database.execute("CREATE TABLE mine(x)")
    database.close()
    both.client(store=newer).close()
    with sqlite3.connect(newer) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    kept = [path.read_bytes() for path in (text, foreign)]
    for path in (tmp_path, text, text / "below", foreign, newer):
        for store in (path, str(path)):
            with pytest.raises(StoreError) as caught:
                both.client(store=store)
            assert str(path) in str(caught.value)
            assert caught.value.billing == "none"
        with pytest.raises(StoreError):
            SqliteStore(path)
    assert [path.read_bytes() for path in (text, foreign)] == kept
    with pytest.raises(StoreError):
        both.client(store="nul\0byte")


def test_a_folder_that_is_not_writable_is_refused(both: Both, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        # Root may write everywhere but here.
        folder = Path("/proc/self")
    if not folder.exists():
        pytest.skip("this user may write everywhere")
    with pytest.raises(StoreError, match=str(folder)):
        both.client(store=folder / "tasks.db")


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="file names are text here")
def test_a_store_may_have_a_name_that_is_no_text(both: Both, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"tasks-\xff.db")
    client = both.client(store=path)
    task = submit(client, key="k")
    assert SqliteStore(path).path == path
    assert both.client(store=str(path)).task(task.intent_id).record().key == "k"
    assert os.path.exists(os.fsencode(path))


def test_a_closed_client_says_so(both: Both) -> None:
    client = both.client()
    task = submit(client)
    assert not client.closed
    client.close()
    client.close()
    assert client.closed
    assert repr(client).endswith(", closed)")
    model, payload = job()
    calls: list[Callable[[], Any]] = [
        lambda: client.submit(model, payload),
        lambda: client.dry_run(model, payload),
        lambda: client.validate(model, payload),
        lambda: client.task(task.intent_id),
        client.tasks,
        client.unresolved,
        client.resume,
        client.account,
        client.remote_tasks,
        lambda: client.prune(0),
        lambda: client.adopt(task.intent_id, "t"),
        lambda: client.discard(task.intent_id),
        task.record,
        task.reply,
        task.check,
        task.wait,
        task.cancel,
        task.discard,
        lambda: task.adopt("t"),
        lambda: task.save_files("."),
        lambda: list(task.updates()),
    ]
    for call in calls:
        with pytest.raises(Unsupported, match="closed"):
            call()
    assert both.sandbox.stats("apixo")["requests"] == {"submit": 1}
    # What was already known is still there.
    assert (client.provider, task.model, task.provider) == ("apixo", "nano-banana", "apixo")


def test_a_with_block_closes_the_client_also_when_it_raises(both: Both) -> None:
    with pytest.raises(ZeroDivisionError), both.client() as client:
        raise ZeroDivisionError
    assert client.closed


def test_validate_without_a_client_says_the_same(both: Both) -> None:
    client = both.client()
    for payload in ({"mode": "text-to-film"}, {"mode": "text-to-image", "prompt": NAN}):
        with pytest.raises(InvalidPayload) as here:
            gentask.validate("apixo", "nano-banana", payload)
        with pytest.raises(InvalidPayload) as there:
            client.validate("nano-banana", payload)
        assert here.value.violations == there.value.violations
    gentask.validate("apixo", *job())
    client.validate(*job())
