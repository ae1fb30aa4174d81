"""Server-Sent Events: what a browser hears of a task over a real connection, and what becomes of the wait when it goes away."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import sqlite3
import threading
import urllib.parse
from typing import Any

import pytest

from gentask import AsyncClient, sse

from .support.jobs import job, submit
from .support.servers import MOST_S, asgi, wsgi

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from gentask.testing import Sandbox

QUICKLY = {"initial": 0.02, "factor": 1.0, "cap": 0.02}


class Browser:
    """Asks for events, and reads them one by one."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self._wire = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=MOST_S)
        self._wire.request("GET", parts.path or "/")
        self.answer = self._wire.getresponse()

    def pieces(self) -> Iterator[list[str]]:
        lines: list[str] = []
        for line in self.answer:
            if line == b"\n":
                yield lines
                lines = []
            else:
                lines.append(line.decode().rstrip("\n"))

    def close(self) -> None:
        self.answer.close()
        self._wire.close()


def told(pieces: list[list[str]]) -> list[tuple[str, int, dict[str, Any]]]:
    """The events, without comments."""
    found = []
    for piece in pieces:
        fields = dict(line.split(": ", 1) for line in piece if not line.startswith(":"))
        if fields:
            found.append((fields["event"], int(fields["id"]), json.loads(fields["data"])))
    return found


def is_a_whole_story(pieces: list[list[str]], status: str) -> bool:
    heard = told(pieces)
    assert [number for _, number, _ in heard] == list(range(1, len(heard) + 1))
    assert {name for name, _, _ in heard[:-1]} == {"update"}
    assert heard[-1][0] == "end"
    assert heard[-1][2] == heard[-2][2]
    assert heard[-1][2]["status"] == status
    assert all("raw" not in reply["data"] for _, _, reply in heard)
    return True


class Asked:
    """An ASGI application that submits a job for each request and tells of its task. It says when it has answered."""

    def __init__(self, sandbox: Sandbox, word: str, answer: Callable[..., Awaitable[None]]) -> None:
        self._sandbox = sandbox
        self._word = word
        self._answer = answer
        self.ended = threading.Event()
        self.phases: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        async with AsyncClient("apixo", **self._sandbox.options("apixo", poll=QUICKLY)) as client:
            task = await client.submit(*job(word=self._word))
            try:
                await self._answer(task, scope, receive, send)
            finally:
                self.phases.append((await task.record()).phase)
                self.ended.set()


async def by_ourselves(task: Any, scope: Any, receive: Any, send: Any) -> None:
    await sse.Events(task, keep_alive=0.05)(scope, receive, send)


async def by_starlette(task: Any, scope: Any, receive: Any, send: Any) -> None:
    from fastapi.responses import StreamingResponse

    await StreamingResponse(sse.events(task, keep_alive=0.05), headers=sse.HEADERS)(scope, receive, send)


ANSWERS = pytest.mark.parametrize("answer", [by_ourselves, by_starlette])


@ANSWERS
@pytest.mark.parametrize(("word", "status"), [("", "success"), ("[fail]", "failed")])
def test_a_browser_hears_every_change_to_the_end(gentask_sandbox: Sandbox, answer: Any, word: str, status: str) -> None:
    with asgi(Asked(gentask_sandbox, word, answer)) as url, contextlib.closing(Browser(url)) as browser:
        assert {name: browser.answer.headers[name] for name in sse.HEADERS} == sse.HEADERS
        assert is_a_whole_story(list(browser.pieces()), status)


@ANSWERS
def test_a_browser_that_goes_away_ends_the_wait_and_leaves_the_task(gentask_sandbox: Sandbox, answer: Any) -> None:
    app = Asked(gentask_sandbox, "[stuck]", answer)
    with asgi(app) as url:
        browser = Browser(url)
        heard: list[list[str]] = []
        for piece in browser.pieces():
            heard.append(piece)
            if piece == [":"]:
                break
        assert told(heard)[0][2]["ok"]
        browser.close()
        assert app.ended.wait(MOST_S)
    assert app.phases == ["waiting"]


def test_a_wait_that_times_out_ends_the_events(gentask_sandbox: Sandbox) -> None:
    async def answer(task: Any, scope: Any, receive: Any, send: Any) -> None:
        await sse.Events(task, 0.1)(scope, receive, send)

    with asgi(Asked(gentask_sandbox, "[stuck]", answer)) as url, contextlib.closing(Browser(url)) as browser:
        heard = told(list(browser.pieces()))
    assert (heard[-1][0], heard[-1][2]["errorCode"]) == ("end", "WAIT_TIMEOUT")


def test_a_wsgi_server_tells_the_same(gentask_sandbox: Sandbox) -> None:
    ended = threading.Event()

    with gentask_sandbox.client("apixo", poll=QUICKLY) as client:

        def app(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
            task = submit(client, "[stuck]" if environ["PATH_INFO"] == "/stuck" else "")
            start_response("200 OK", list(sse.HEADERS.items()))
            try:
                yield from sse.events(task, keep_alive=0.05)
            finally:
                ended.set()

        with wsgi(app) as url:
            with contextlib.closing(Browser(url)) as browser:
                assert browser.answer.headers["content-type"] == "text/event-stream"
                assert is_a_whole_story(list(browser.pieces()), "success")
            ended.clear()
            browser = Browser(f"{url}/stuck")
            assert [":"] in browser.pieces()
            browser.close()
            assert ended.wait(MOST_S)
        assert [record.phase for record in client.tasks(unfinished=True)] == ["waiting"]


def forget(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path, timeout=MOST_S)) as database:
        database.execute("PRAGMA foreign_keys=ON")
        database.execute("DELETE FROM gentask_task")
        database.commit()


def is_told_as_missing(pieces: list[bytes]) -> bool:
    heard = told([piece.decode().split("\n")[:-2] for piece in pieces])
    # The provider may have begun with it before it was deleted, which is an update more.
    updates = len(heard) - 1
    assert updates in (2, 3)
    assert [(name, number) for name, number, _ in heard] == [("update", at + 1) for at in range(updates)] + [("end", updates + 1)]
    *before, last, end = [reply["errorCode"] for _, _, reply in heard]
    assert set(before) == {None}
    # It depends on whether it was about to be read or written.
    assert last == end
    assert end in ("TASK_NOT_FOUND", "STORE_ERROR")
    return True


def test_a_task_that_was_deleted_meanwhile_is_told_and_ends_the_events(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    with gentask_sandbox.client("apixo", poll=QUICKLY, store=path) as client:
        stream = sse.events(submit(client, "[stuck]"), timeout=MOST_S)
        first = next(stream)
        forget(path)
        assert is_told_as_missing([first, *stream])


def test_a_task_that_was_deleted_meanwhile_is_told_in_a_loop(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"

    async def main() -> None:
        async with AsyncClient("apixo", **gentask_sandbox.options("apixo", poll=QUICKLY, store=path)) as client:
            stream = sse.events(await client.submit(*job(word="[stuck]")), timeout=MOST_S)
            first = await anext(stream)
            forget(path)
            assert is_told_as_missing([first, *[piece async for piece in stream]])

    asyncio.run(main())


def test_events_of_many_browsers_hold_no_thread(gentask_sandbox: Sandbox) -> None:
    async def main() -> int:
        async with AsyncClient("apixo", **gentask_sandbox.options("apixo", poll=QUICKLY)) as client:
            task = await client.submit(*job(word="[stuck]"))
            before = threading.active_count()
            streams = [sse.events(task, keep_alive=0.01) for _ in range(50)]
            for stream in streams:
                while not (await anext(stream)).startswith(b":"):
                    pass
            more = threading.active_count() - before
            for stream in streams:
                await stream.aclose()
            return more

    assert asyncio.run(main()) <= 0


def test_events_come_in_trio(gentask_sandbox: Sandbox) -> None:
    import trio

    async def main() -> bytes:
        async with AsyncClient("apixo", **gentask_sandbox.options("apixo", poll=QUICKLY)) as client:
            sent: list[Any] = []
            forever = trio.Event()

            async def receive() -> Any:
                await forever.wait()

            async def send(message: Any) -> None:
                sent.append(message)

            await sse.Events(await client.submit(*job()), keep_alive=0.01)({"type": "http"}, receive, send)
            assert sent[-1] == {"type": "http.response.body", "body": b""}
            return b"".join(message.get("body", b"") for message in sent)

    assert b"event: end\n" in trio.run(main)


def test_a_task_of_a_client_for_threads_is_refused_in_a_loop(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client, pytest.raises(TypeError, match="AsyncClient"):
        sse.Events(submit(client))  # type: ignore[arg-type]
