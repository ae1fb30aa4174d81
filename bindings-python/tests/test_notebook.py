"""What a notebook shows: everything that is needed, and nothing that runs."""

from __future__ import annotations

import base64
import json
from html.parser import HTMLParser

import pytest

import gentask
from gentask import Reply, SavedFile

from .support.jobs import job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gentask.testing import Sandbox

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
ALONE = {"img"}


class Page(HTMLParser):
    """Reads HTML strictly: what is opened is closed, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open
        for _, attributes in self.tags:
            assert not [name for name in attributes if name.startswith("on")]
            for name in ("src", "href"):
                assert attributes.get(name, "http://").startswith(("http://", "https://", "data:image/png;base64,"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))
        if tag not in ALONE:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def reply_with(status: str = "success", *, data: dict[str, Any] | None = None, **fields: Any) -> Reply:
    whole = {"ok": "errorCode" not in fields, "status": status, "taskId": None, "data": data or {}}
    return Reply.from_json(json.dumps({**whole, "errorCode": None, "errorMessage": None, "retryAfter": None, **fields}))


def shown(reply: Reply) -> Page:
    return Page(reply._repr_html_())


def with_file(kind: str, url: str | None) -> Page:
    return shown(reply_with(data={"files": [{"url": url, "kind": kind, "expiresAt": None}]}))


def test_a_task_and_its_picture_are_shown(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    with gentask_sandbox.client() as client:
        task = client.submit(*job())
        reply = task.wait()
        [saved] = task.save_files(tmp_path)
    page = shown(reply)
    assert "success" in page.text
    assert str(task.task_id) in page.text
    assert [picture["src"] for picture in page.all("img")] == [reply.files[0].url]
    [picture] = Page(saved._repr_html_()).all("img")
    assert base64.b64decode(picture["src"].partition(",")[2]) == saved.path.read_bytes()


def test_a_failure_is_shown_with_what_to_do_about_it(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client, pytest.raises(gentask.GenerationFailed) as caught:
        client.submit(*job(word="[fail]")).wait()
    page = shown(caught.value.reply)
    assert "GENERATION_FAILED" in page.text
    assert "money may have been spent: possible" in page.text
    assert caught.value.suggestions
    assert len(page.all("li")) == len(caught.value.suggestions)
    for step in caught.value.suggestions:
        assert step in page.text


def test_how_far_a_task_is_and_when_to_come_back_are_shown() -> None:
    assert "40%" in shown(reply_with("processing", data={"progressPermille": 400})).text
    assert "come back in 7 s" in shown(reply_with("failed", errorCode="RATE_LIMITED", retryAfter=7)).text


@pytest.mark.parametrize(("kind", "tag"), [("image", "img"), ("video", "video"), ("audio", "audio")])
def test_a_medium_is_shown_in_place(kind: str, tag: str) -> None:
    page = with_file(kind, "https://cdn.example/a?x=1&y=2")
    assert [medium["src"] for medium in page.all(tag)] == ["https://cdn.example/a?x=1&y=2"]
    assert tag == "img" or "controls" in page.all(tag)[0]


@pytest.mark.parametrize("kind", ["model", "unknown", EVIL])
def test_any_other_kind_is_a_link(kind: str) -> None:
    page = with_file(kind, "https://cdn.example/a")
    [link] = page.all("a")
    assert link["href"] == "https://cdn.example/a"
    assert link["rel"] == "noopener noreferrer"
    assert not page.all("script")


@pytest.mark.parametrize("kind", ["image", "video", "audio", "model", "unknown"])
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//x.example/a",
        "",
        None,
    ],
)
def test_only_a_web_url_is_a_source_or_a_link(kind: str, url: str | None) -> None:
    page = with_file(kind, url)
    assert not [tag for tag, attributes in page.tags if "src" in attributes or "href" in attributes]
    assert "its URL is not shown" in page.text


@pytest.mark.parametrize("kind", ["image", "video", "audio", "model"])
def test_a_url_cannot_break_out_of_its_attribute(kind: str) -> None:
    url = "https://cdn.example/" + EVIL.replace(" ", "")
    page = with_file(kind, url)
    assert not page.all("script")
    assert [attributes.get("src") or attributes.get("href") for _, attributes in page.tags if {"src", "href"} & set(attributes)] == [url]


def test_words_of_a_provider_are_words() -> None:
    data = {"suggestions": [EVIL], "billing": "possible", "files": []}
    page = shown(reply_with("failed", data=data, taskId=EVIL, errorCode="UNKNOWN_ERROR", errorMessage=EVIL))
    assert not page.all("script")
    assert not page.all("img")
    assert page.text.count(EVIL) == 3


def test_a_reply_with_strange_details_is_shown_all_the_same() -> None:
    data = {"suggestions": "none", "billing": 3, "files": "none"}
    assert "UNKNOWN_ERROR" in shown(reply_with("failed", data=data, errorCode="UNKNOWN_ERROR")).text


def saved(path: Path, content: bytes | None, content_type: str = "image/png") -> Page:
    if content is not None:
        path.write_bytes(content)
    return Page(SavedFile(str(path), sha256="0" * 64, bytes=len(content or b""), content_type=content_type)._repr_html_())


def test_a_picture_of_two_mebibytes_is_embedded_and_a_larger_one_is_named(tmp_path: Path) -> None:
    most = 2 * 1024 * 1024
    assert len(saved(tmp_path / "a.png", bytes(most)).all("img")) == 1
    page = saved(tmp_path / "b.png", bytes(most + 1))
    assert not page.all("img")
    assert "b.png" in page.text
    assert f"{most + 1:,} bytes" in page.text


@pytest.mark.parametrize("content_type", ["video/mp4", "audio/wav", "model/gltf-binary", "image/svg+xml", EVIL])
def test_any_other_file_is_named(tmp_path: Path, content_type: str) -> None:
    page = saved(tmp_path / "file", b"content", content_type)
    assert not page.all("img")
    assert "file" in page.text
    assert content_type in page.text


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    page = saved(tmp_path / f"{EVIL.replace('/', '')}.png", None)
    assert not page.all("img")
    assert "script" in page.text


def test_a_path_that_no_system_has_is_named() -> None:
    assert "never" in Page(SavedFile("never\0was", sha256="", bytes=0, content_type="image/png")._repr_html_()).text
