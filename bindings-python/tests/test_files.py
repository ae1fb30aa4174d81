"""Result files: fetched once, from where they may come from, as what they say they are."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime, timezone

import pytest

from gentask import (
    GentaskError,
    InvalidPayload,
    ListedTask,
    NetworkError,
    ResponseTooLarge,
    ResultFile,
    SavedFile,
    StoreError,
    UnknownError,
    Unsupported,
    UpstreamError,
)

from .support.byhand import ByHand
from .support.faults import Fault, rule, status
from .support.jobs import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from .support.both import Both

PNG = b"\x89PNG\r\n\x1a\n"


def is_what_it_says(saved: SavedFile, directory: Path) -> None:
    content = saved.path.read_bytes()
    assert saved.path.parent == directory
    assert os.fspath(saved) == str(saved.path)
    assert (saved.bytes, saved.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (saved.content_type, content[:8]) == ("image/png", PNG)


def test_save_files_fetches_each_file_once_and_notes_where_it_is(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    task.wait()
    directory = tmp_path / "new" / "folder"
    [saved] = task.save_files(directory)
    is_what_it_says(saved, directory)
    assert saved.path.name.startswith(task.intent_id)
    assert task.save_files(str(directory)) == [saved]
    assert both.asked("file") == 1
    noted = task.record().to_dict()["result"]["files"][0]["saved"]
    assert noted == {
        "path": str(saved.path),
        "sha256": saved.sha256,
        "bytes": saved.bytes,
        "contentType": "image/png",
    }
    # What is gone is fetched again.
    saved.path.unlink()
    assert task.save_files(directory)[0].sha256 == saved.sha256
    assert both.asked("file") == 2
    assert [path.name for path in directory.iterdir()] == [saved.path.name]


def test_a_file_of_a_reply_saves_itself(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    [file] = task.wait().files
    saved = file.save(tmp_path)
    is_what_it_says(saved, tmp_path)
    assert task.save_files(tmp_path) == [saved], "it was noted in the record"
    assert both.asked("file") == 1


def test_one_file_is_saved_under_exactly_its_name_and_replaces_nothing_unasked(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    [file] = task.wait().files
    path = tmp_path / "deep" / "er" / "cat.of.mine"
    for save in (task.save_as, file.save_as):
        saved = save(path)
        assert (saved.path, saved.content_type) == (path, "image/png")
    is_what_it_says(saved, path.parent)
    assert both.asked("file") == 1, "it was there"
    assert task.record().to_dict()["result"]["files"][0]["saved"]["path"] == str(path)
    own = tmp_path / "own.png"
    for save in (task.save_as, file.save_as):
        own.write_text("my own")
        with pytest.raises(StoreError, match="holds something else, and is left as it is") as caught:
            save(own)
        assert (caught.value.intent_id, own.read_text()) == (task.intent_id, "my own")
        assert save(str(own), overwrite=True).path == own
        assert own.read_bytes() == path.read_bytes()
        with pytest.raises(InvalidPayload, match="is a directory"):
            save(tmp_path)
    with pytest.raises(Unsupported, match="no file 1"):
        task.save_as(tmp_path / "b", index=1)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["deep", "own.png"]


def test_a_missing_directory_that_is_named_like_a_file_is_refused(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    [file] = task.wait().files
    for save in (task.save_files, file.save):
        with pytest.raises(InvalidPayload, match="save_as"):
            save(tmp_path / "picture.png")
        assert list(tmp_path.iterdir()) == []
    [saved] = task.save_files(f"{tmp_path}/picture.png/")
    assert file.save(tmp_path / "picture.png") == saved


def test_a_file_is_read_up_to_its_limit_and_streamed(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    [file] = task.wait().files
    content = task.save_as(tmp_path / "a.png").path.read_bytes()
    assert task.read_file() == content
    assert file.read() == content
    for read in (task.read_file, file.read):
        with pytest.raises(ResponseTooLarge, match="larger than 100 bytes") as caught:
            read(max_bytes=100)
        assert caught.value.intent_id == task.intent_id
    assert b"".join(task.stream_file()) == content
    assert b"".join(file.stream()) == content
    started = file.stream()
    assert next(started)
    started.close()
    with pytest.raises(TypeError):
        task.read_file(index="0")  # type: ignore[arg-type]


def test_a_stream_that_ends_early_fails(both: Both) -> None:
    both.sandbox.script("apixo", [rule("file", "truncatedBody")])
    task = submit(both.client())
    task.wait()
    with pytest.raises(NetworkError, match="ended early") as caught:
        list(task.stream_file())
    assert caught.value.intent_id == task.intent_id


def test_a_receipt_says_which_task_a_file_came_from(both: Both, tmp_path: Path) -> None:
    task = submit(both.client(), "that nobody may know of", owner="user-7")
    [file] = task.wait().files
    [saved] = task.save_files(tmp_path, receipt="sidecar")
    receipt = tmp_path / f"{saved.path.name}.receipt.json"
    text = receipt.read_text()
    record = task.record().to_dict()
    assert json.loads(text) == {
        "v": 1,
        "intentId": task.intent_id,
        "taskId": task.task_id,
        "provider": "apixo",
        "account": "default",
        "model": task.model,
        "owner": "user-7",
        "createdAt": record["at"]["created"],
        "finishedAt": record["at"]["finished"],
        "sha256": saved.sha256,
        "bytes": saved.bytes,
        "contentType": "image/png",
    }
    assert "nobody" not in text
    assert "http" not in text
    assert file.save(tmp_path, receipt="sidecar") == saved
    receipt.write_text("my own")
    with pytest.raises(StoreError, match="is saved, and its receipt is not"):
        task.save_files(tmp_path, receipt="sidecar")
    file.save_as(saved.path, receipt="sidecar", overwrite=True)
    assert receipt.read_text() == text
    with pytest.raises(ValueError, match="sidecar"):
        task.save_files(tmp_path, receipt="png")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="names the file's task"):
        ResultFile("https://files.example.com/a.png").save(tmp_path, receipt="sidecar")


def test_a_success_without_files_is_visible_in_the_warnings_alone(both: Both) -> None:
    task = submit(both.client(), "[nofile]")
    reply = task.wait()
    assert [warning for warning in reply.warnings if "named no file" in warning]
    assert task.reply().warnings == reply.warnings
    assert "named no file" not in reply.to_json()
    other = submit(both.client())
    assert other.wait().warnings == []


def test_a_listed_tasks_date_is_a_time() -> None:
    for written in ("2026-04-19T21:19:42+02:00", "1776626382", "1776626382000", "Sun, 19 Apr 2026 19:19:42 GMT"):
        assert ListedTask("t", written).created_at == datetime(2026, 4, 19, 19, 19, 42, tzinfo=timezone.utc)
    assert ListedTask("t", "yesterday").created_at is None
    assert ListedTask("t").created_at is None


def test_a_task_that_has_not_succeeded_has_no_files_to_save(both: Both, tmp_path: Path) -> None:
    client = both.client()
    with pytest.raises(Unsupported):
        submit(client, "[stuck]").save_files(tmp_path)
    assert both.asked("file") == 0
    nothing = submit(client, "[nofile]")
    nothing.wait()
    assert nothing.save_files(tmp_path) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (status(404), UnknownError),
        (status(500), UpstreamError),
        ("notJson", UnknownError),
        ("emptyBody", UnknownError),
        ("truncatedBody", NetworkError),
        ("resetAfterBody", NetworkError),
    ],
    ids=["404", "500", "HTML", "empty", "truncated", "reset"],
)
def test_a_file_that_is_not_what_it_should_be_is_not_saved(
    both: Both, tmp_path: Path, fault: Fault | str, error: type[GentaskError]
) -> None:
    both.sandbox.script("apixo", [rule("file", fault, nth=1)])
    task = submit(both.client())
    task.wait()
    with pytest.raises(error) as caught:
        task.save_files(tmp_path)
    assert (caught.value.intent_id, caught.value.task_id) == (task.intent_id, task.task_id)
    assert "/files/" not in str(caught.value), "an origin is as much as may be shown"
    assert list(tmp_path.iterdir()) == []
    assert task.save_files(tmp_path)[0].bytes > 0


def test_a_directory_that_cannot_be_written_into_is_refused(both: Both, tmp_path: Path) -> None:
    task = submit(both.client())
    task.wait()
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(StoreError):
        task.save_files(taken)
    assert taken.read_text() == "a file"
    for wrong in (None, 7, b"bytes"):
        with pytest.raises(TypeError):
            task.save_files(wrong)  # type: ignore[arg-type]


NOT_ALLOWED = [
    "http://10.0.0.1/a.png",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00::1]/a.png",
    "https://192.168.1.1/a.png",
    "https://me:secret@files.example.com/a.png",
    "http://files.example.com/a.png",
    "ftp://files.example.com/a.png",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "not a url",
]


@pytest.mark.parametrize("url", NOT_ALLOWED)
def test_a_result_from_where_none_may_come_from_is_refused(both: Both, tmp_path: Path, url: str) -> None:
    done = {"state": "success", "taskId": "t", "resultJson": f'{{"resultUrls":["{url}"]}}'}
    both.sandbox.script("apixo", [rule("status", status(200, {"code": 200, "data": done}))])
    task = submit(both.client())
    reply = task.wait()
    assert reply.files[0].url == url
    for save in (lambda: task.save_files(tmp_path), lambda: reply.files[0].save(tmp_path)):
        with pytest.raises(Unsupported) as caught:
            save()
        assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_its_task_is_not_fetched_from_this_machine(tmp_path: Path) -> None:
    with ByHand(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n" + PNG) as server:
        alone = ResultFile(f"{server.url}/a.png", "image")
        for use in (lambda: alone.save(tmp_path), lambda: alone.save_as(tmp_path / "a"), alone.read, lambda: list(alone.stream())):
            with pytest.raises(Unsupported):
                use()
        assert server.requests == []
    with pytest.raises(ValueError, match="no URL"):
        ResultFile(None).save(tmp_path)
