"""The frozen records: they are compared by value, survive copying and pickling, and show nothing private."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from gentask import Balance, GentaskError, Reply, ResultFile, SavedFile, StoreError, TaskRecord, Unsupported, Violation

from .vectors.compare import canonical
from .vectors.files import cases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SECRET = "s3cr3t"
URL = f"https://cdn.example.com/{SECRET}/a.png?sig={SECRET}"
UTC = datetime.timezone.utc
PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)

CANONICAL = [case["expect"]["canonical"] for case in cases("records") if "canonical" in case["expect"]]
RECORDS = [TaskRecord.from_json(text) for text in dict.fromkeys([*CANONICAL, *(case["stored"] for case in cases("keys"))])]
REPLIES = [
    Reply.from_json(text)
    for text in dict.fromkeys(
        canonical(case["expect"]["reply"])
        for name in ("records", "classify", "decode")
        for case in cases(name)
        if "reply" in case["expect"]
    )
]


def success(**changes: Any) -> Reply:
    files = [{"url": URL, "kind": "image", "expiresAt": 1_790_000_000_500}, {"url": None, "kind": "video", "expiresAt": None}]
    data = {"intentId": "intent-1", "files": files, "costTimeMs": 12_500, "raw": {"prompt": SECRET, "url": URL}}
    reply = {"ok": True, "status": "success", "taskId": "task-1", "data": data, **changes}
    return Reply.from_json(json.dumps(reply))


def saved(**changes: Any) -> SavedFile:
    made: dict[str, Any] = {"path": "out/a.png", "sha256": "00ff", "bytes": 3, "content_type": "image/png", **changes}
    return SavedFile(made.pop("path"), **made)


# One of each class, and others that differ from it in one thing.
KINDS: list[tuple[Any, list[Any]]] = [
    (success(), [success(taskId="task-2"), success(data={}), success(retryAfter=1), *REPLIES]),
    (RECORDS[0], RECORDS[1:]),
    (
        ResultFile(URL, "image", expires_at_ms=5, index=1, intent_id="i"),
        [
            ResultFile(None, "image", expires_at_ms=5, index=1, intent_id="i"),
            ResultFile(URL, "video", expires_at_ms=5, index=1, intent_id="i"),
            ResultFile(URL, "image", index=1, intent_id="i"),
            ResultFile(URL, "image", expires_at_ms=5, intent_id="i"),
            ResultFile(URL, "image", expires_at_ms=5, index=1),
        ],
    ),
    (saved(), [saved(path="out/b.png"), saved(sha256="11"), saved(bytes=4), saved(content_type="image/webp")]),
    (Balance("12.50", "USD"), [Balance("12.5", "USD"), Balance("12.50"), Balance("12.50", "credits")]),
    (Violation("/a", "type", "a string", "1"), [Violation("/b", "type", "a string", "1")]),
]
ALL = [each for one, others in KINDS for each in (one, *others)]
of_each_kind = pytest.mark.parametrize(("one", "others"), KINDS, ids=[type(one).__name__ for one, _ in KINDS])


def test_there_are_records_and_replies_of_every_kind_to_look_at() -> None:
    assert {record.phase for record in RECORDS} >= {"prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"}
    assert {reply.status for reply in REPLIES} == {"pending", "processing", "success", "failed", "cancelled", "unknown"}
    assert len(REPLIES) > 100


# Values


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_everything_survives_pickling(protocol: int) -> None:
    for one in ALL:
        again = pickle.loads(pickle.dumps(one, protocol))
        assert type(again) is type(one)
        assert again == one
        assert hash(again) == hash(one)
        assert repr(again) == repr(one)


def test_a_pickle_is_read_by_a_process_that_has_not_imported_the_package() -> None:
    text = "import pickle, sys; print([repr(one) for one in pickle.load(sys.stdin.buffer)])"
    some = [one for one, _ in KINDS]
    read = subprocess.run([sys.executable, "-c", text], input=pickle.dumps(some), capture_output=True, timeout=120, check=True)
    assert read.stdout.decode().strip() == str([repr(one) for one in some])


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_everything_survives_copying(copied: Callable[[Any], Any]) -> None:
    for one in ALL:
        again = copied(one)
        assert (type(again), again, hash(again)) == (type(one), one, hash(one))


@of_each_kind
def test_values_are_equal_where_all_of_them_is(one: Any, others: list[Any]) -> None:
    twin = pickle.loads(pickle.dumps(one))
    assert twin is not one
    assert one == twin
    assert not one != twin  # noqa: SIM202 - both operators are asked
    assert {one: 1}[twin] == 1
    for other in others:
        assert one != other
        assert not one == other  # noqa: SIM201 - both operators are asked
    for other in (None, 5, "text", object(), {}):
        assert one != other
        assert not one == other  # noqa: SIM201 - both operators are asked


def test_a_number_that_is_written_in_two_ways_is_one_value() -> None:
    one, other = success(data={"raw": {"progress": 33.0}}), success(data={"raw": {"progress": 33}})
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_json() == other.to_json()
    assert pickle.loads(pickle.dumps(one)) == one


@of_each_kind
def test_nothing_can_be_changed(one: Any, others: list[Any]) -> None:
    before = pickle.dumps(one)
    names = [name for name in dir(one) if not name.startswith("_")]
    assert names
    for name in (*names, "more"):
        with pytest.raises(AttributeError):
            setattr(one, name, 1)
        with pytest.raises(AttributeError):
            delattr(one, name)
    assert pickle.dumps(one) == before


def test_the_data_of_a_reply_is_a_copy() -> None:
    reply = success()
    before = reply.to_json()
    data, whole, files = reply.data, reply.to_dict(), reply.files
    data["files"].clear()
    data["raw"]["prompt"] = "another"
    whole["data"].clear()
    whole["ok"] = False
    files.clear()
    assert reply.to_json() == before
    assert reply.data["raw"] == {"prompt": SECRET, "url": URL}
    assert len(reply.files) == 2


def test_a_record_as_a_dictionary_is_a_copy() -> None:
    record = RECORDS[0]
    before = record.to_json()
    record.to_dict()["attempts"].clear()
    assert record.to_json() == before == RECORDS[0].to_json()


# What they show


def test_no_repr_shows_a_prompt_a_body_or_more_of_a_url_than_its_origin() -> None:
    reply = success()
    shown = [repr(each) for each in (reply, *reply.files, ResultFile(URL), ResultFile(f"https://user:{SECRET}@cdn.example.com/a"))]
    assert SECRET not in str(shown)
    assert "https://cdn.example.com" in repr(reply.files[0])
    for record in RECORDS:
        assert "app.example.com" not in repr(record)
        assert "cdn.example.com" not in repr(record)


def test_a_repr_says_what_matters() -> None:
    assert repr(success()) == "Reply(status='success', task_id='task-1', files=<image, video>)"
    failed = Reply.from_json('{"ok":false,"status":"failed","errorCode":"RATE_LIMITED","errorMessage":"slow","retryAfter":7}')
    assert repr(failed) == "Reply(status='failed', error_code='RATE_LIMITED', error_message='slow', retry_after=7)"
    assert repr(ResultFile(None, "image")) == "ResultFile(kind='image', url=None)"
    assert repr(saved()) == "SavedFile(path='out/a.png', bytes=3, content_type='image/png')"
    assert repr(Balance("12.50", "USD")) == "Balance(amount='12.50', unit='USD')"
    assert repr(Balance("1")) == "Balance(amount='1', unit=None)"
    named = next(record for record in RECORDS if record.key)
    shown = f"intent_id='{named.intent_id}', provider='apixo', model='nano-banana', phase='prepared', key='order-42', owner='user-42'"
    assert repr(named) == f"TaskRecord({shown})"


# Reading and writing


def test_a_reply_is_written_as_it_was_read() -> None:
    for reply in REPLIES:
        text = reply.to_json()
        assert text == canonical(reply.to_dict())
        assert Reply.from_json(text) == Reply.from_json(text.encode()) == reply
        assert json.loads(text) == reply.to_dict()


def test_a_reply_tells_its_files_and_progress() -> None:
    reply = success()
    one, other = reply.files
    assert (one.url, one.kind, one.index, one.expires_at_ms) == (URL, "image", 0, 1_790_000_000_500)
    assert one.expires_at == datetime.datetime(2026, 9, 21, 14, 13, 20, 500_000, UTC)
    assert (other.url, other.kind, other.index, other.expires_at) == (None, "video", 1, None)
    assert (reply.intent_id, reply.progress) == ("intent-1", None)
    assert success(data={"progressPermille": 333}).progress == 0.333
    assert success(data={"progressPermille": 0}).progress == 0
    assert success(data={}).files == []
    assert success(data={}).intent_id is None


def test_the_properties_of_a_record_are_its_fields() -> None:
    for record in RECORDS:
        fields = record.to_dict()
        assert record.version == fields["version"]
        assert record.intent_id == fields["intentId"]
        assert (record.key, record.owner) == (fields["callerKey"], fields["owner"])
        assert (record.provider, record.account, record.base_url) == (fields["provider"], fields["account"], fields["base"])
        assert (record.model, record.kind, record.phase) == (fields["model"], fields["kind"], fields["phase"])
        assert (record.task_id, record.provider_state) == (fields["taskId"], fields["providerState"])
        assert record.maybe_sent is fields["maybeSent"]
        assert record.due_at_ms == (fields["due"] and fields["due"]["at"])
        assert record.created_at_ms == fields["at"]["created"]
        times = {name: moment(fields["at"][name]) for name in ("created", "checked", "finished", "updated")}
        assert times == {
            "created": record.created_at,
            "checked": record.checked_at,
            "finished": record.finished_at,
            "updated": record.updated_at,
        }
        reply = record.reply()
        assert reply.status == record.status
        assert record.is_terminal == (record.phase in ("succeeded", "failed", "rejected", "cancelled", "discarded"))


def moment(millis: int | None) -> datetime.datetime | None:
    return None if millis is None else datetime.datetime(1970, 1, 1, tzinfo=UTC) + datetime.timedelta(milliseconds=millis)


def test_a_record_gives_what_the_provider_said_last_where_it_is_at_hand() -> None:
    record = next(record for record in RECORDS if record.phase == "succeeded")
    assert record.reply().data["raw"] is None
    assert record.reply(b'{"a": [1, 2.5]}').data["raw"] == {"a": [1, 2.5]}
    assert record.reply(b"<html>\xff").data["raw"] == "<html>\ufffd"
    with pytest.raises(TypeError):
        record.reply("text")  # type: ignore[arg-type]


@pytest.mark.parametrize("millis", [253_402_300_800_000, 10**17, 2**64 - 1])
def test_a_time_that_no_calendar_holds_is_none(millis: int) -> None:
    file = ResultFile(URL, "image", expires_at_ms=millis)
    assert file.expires_at is None
    assert file.expires_at_ms == millis
    latest = ResultFile(URL, "image", expires_at_ms=253_402_300_799_999).expires_at
    assert latest == datetime.datetime.max.replace(microsecond=999_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (b"", set()),
        ("{", set()),
        (b"\xff", set()),
        ("[" * 100_000, set()),
        ("[]", {""}),
        ("{}", {"/ok", "/status"}),
        (
            '{"ok":1,"status":"done","errorCode":"OOPS","retryAfter":-1,"taskId":5}',
            {"/ok", "/status", "/errorCode", "/retryAfter", "/taskId"},
        ),
        ('{"ok":true,"status":"success","data":5}', {"/data"}),
        ('{"ok":true,"status":"success","data":[]}', {"/data"}),
    ],
)
def test_what_is_no_reply_is_refused_with_each_fault(text: str | bytes, paths: set[str]) -> None:
    with pytest.raises(Unsupported, match="the reply") as caught:
        Reply.from_json(text)
    assert {each.path for each in caught.value.violations} == paths


def test_a_damaged_record_is_refused_with_each_fault() -> None:
    fields = RECORDS[0].to_dict()
    damaged = {**fields, "phase": "asleep", "seed": "ff", "maybeSent": "yes", "at": {**fields["at"], "created": -1}}
    with pytest.raises(StoreError) as caught:
        TaskRecord.from_json(json.dumps(damaged))
    assert {each.path for each in caught.value.violations} == {"/phase", "/seed", "/maybeSent", "/at/created"}
    texts: list[str | bytes] = [b"", "{", b"\xff", "[]", "[" * 100_000]
    for text in texts:
        with pytest.raises(StoreError):
            TaskRecord.from_json(text)


def test_a_record_of_a_later_release_is_refused_as_such() -> None:
    with pytest.raises(StoreError, match="newer"):
        TaskRecord.from_json(json.dumps({**RECORDS[0].to_dict(), "v": 2}))


@pytest.mark.parametrize("read", [Reply.from_json, TaskRecord.from_json])
def test_what_is_neither_text_nor_bytes_is_refused(read: Callable[[Any], object]) -> None:
    values: list[Any] = [5, None, {}, [b"{}"]]
    for wrong in values:
        with pytest.raises(TypeError, match=f"text or bytes, not {type(wrong).__name__}"):
            read(wrong)
    with pytest.raises((ValueError, GentaskError)):
        read("\ud800")


@pytest.mark.parametrize("kind", [Reply, TaskRecord])
def test_replies_and_records_are_read_and_not_made(kind: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        kind()


# Files and balances


def test_a_saved_file_is_a_path(tmp_path: Path) -> None:
    place = tmp_path / "a.png"
    place.write_bytes(b"abc")
    file = saved(path=str(place))
    assert file.path == place
    assert isinstance(file.path, Path)
    assert Path(file) == place
    with open(file, "rb") as opened:
        assert opened.read() == b"abc"
    assert (file.sha256, file.bytes, file.content_type) == ("00ff", 3, "image/png")


def test_a_balance_keeps_every_digit() -> None:
    balance = Balance("0.10000000000000000001", "USD")
    assert (balance.amount, balance.unit) == ("0.10000000000000000001", "USD")
    with pytest.raises(TypeError):
        Balance(12.5)  # type: ignore[arg-type]


def test_records_refuse_arguments_of_other_types() -> None:
    wrong: list[Callable[[], object]] = [
        lambda: ResultFile(5),  # type: ignore[arg-type]
        lambda: ResultFile(URL, None),  # type: ignore[arg-type]
        lambda: ResultFile(URL, expires_at_ms="soon"),  # type: ignore[arg-type]
        lambda: ResultFile(URL, expires_at_ms=1.5),  # type: ignore[arg-type]
        lambda: saved(bytes="3"),
        lambda: saved(sha256=None),
    ]
    for attempt in wrong:
        with pytest.raises(TypeError):
            attempt()
    for number in (-1, 2**64):
        with pytest.raises(OverflowError):
            ResultFile(URL, expires_at_ms=number)
