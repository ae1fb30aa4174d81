"""Result files: fetched once, from where they may come from, as what they say they are."""

from __future__ import annotations

import hashlib
import os

import pytest

from gentask import GentaskError, NetworkError, ResultFile, SavedFile, StoreError, UnknownError, Unsupported, UpstreamError

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
        with pytest.raises(Unsupported):
            ResultFile(f"{server.url}/a.png", "image").save(tmp_path)
        assert server.requests == []
    with pytest.raises(ValueError, match="no URL"):
        ResultFile(None).save(tmp_path)
