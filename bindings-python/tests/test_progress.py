"""The progress bar: what it shows, where, and that nothing that is wrong with it reaches whoever waits."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import io
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading

import pytest

import gentask
from gentask import Reply, progress
from gentask.progress import BatchBar, ProgressBar

from .support.jobs import job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gentask.testing import Sandbox

    from .support.both import Both

LONG_S = 60


class Terminal(io.StringIO):
    """Text that says of itself that somebody looks at it."""

    def isatty(self) -> bool:
        return True

    def last(self) -> str:
        return self.getvalue().rstrip("\n").rpartition("\r")[2].rstrip()


def reply_with(status: str, code: str | None = None, **data: Any) -> Reply:
    fields = {"taskId": "t", "data": data, "errorCode": code, "errorMessage": code, "retryAfter": None}
    return Reply.from_json(json.dumps({"ok": code is None, "status": status, **fields}))


class InTerminal:
    """A program that waits for a task in a terminal of its own."""

    def __init__(self, sandbox: Sandbox, store: Path, prompt: str, columns: int = 80) -> None:
        options = {"base_url": sandbox.base_url("apidot"), "api_key": "k", "store": str(store), "poll": {"initial": 0.02, "cap": 0.02}}
        program = f"""
import gentask
client = gentask.Client("apidot", **{options!r})
client.submit("gpt-image-2", {{"prompt": {prompt!r}}}).wait(progress=True)
"""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.child = subprocess.Popen([sys.executable, "-c", program], stdout=theirs, stderr=theirs)
        os.close(theirs)
        self._seen = b""

    def read_until(self, word: bytes) -> None:
        """Read until something is shown."""
        while word not in self._seen and (chunk := os.read(self._ours, 4096)):
            self._seen += chunk

    def end(self) -> tuple[list[str], int]:
        """Return all lines that were shown, each as often as it was drawn, and the exit code."""
        # A terminal whose other end is closed is an error on Linux and an end elsewhere.
        with contextlib.suppress(OSError):
            while chunk := os.read(self._ours, 4096):
                self._seen += chunk
        os.close(self._ours)
        return self._seen.decode().replace("\n", "\r").split("\r"), self.child.wait(LONG_S)


@pytest.mark.parametrize("columns", [80, 0])
def test_a_wait_in_a_terminal_shows_a_bar_from_beginning_to_end(columns: int, gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    lines, code = InTerminal(gentask_sandbox, tmp_path / "tasks.db", "a sunset", columns).end()
    assert code == 0
    assert any(line.startswith("gpt-image-2 pending 00:") for line in lines)
    assert [line for line in lines if line.strip()][-1].startswith("gpt-image-2 success ")


def test_an_interrupt_leaves_the_bar_as_it_was(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    terminal = InTerminal(gentask_sandbox, tmp_path / "tasks.db", "a sunset [stuck]")
    terminal.read_until(b"%|")
    terminal.child.send_signal(signal.SIGINT)
    lines, code = terminal.end()
    assert code == -signal.SIGINT
    bars = [line for line in lines if line.startswith("gpt-image-2")]
    assert bars[-1].startswith("gpt-image-2 processing")
    assert "%|" in bars[-1]


def test_without_a_figure_there_is_no_per_cent(gentask_sandbox: Sandbox) -> None:
    terminal = Terminal()
    with gentask_sandbox.client() as client, ProgressBar("nano-banana", file=terminal) as bar:
        submit(client).wait(on_update=bar)
    assert terminal.last().startswith("nano-banana success 00:")
    assert "%" not in terminal.getvalue()


def test_a_figure_that_comes_later_is_shown_and_success_is_the_whole() -> None:
    terminal = Terminal()
    with ProgressBar("m", file=terminal) as bar:
        bar(reply_with("pending"))
        assert terminal.last().startswith("m pending 00:")
        bar(reply_with("processing", progressPermille=415))
        assert terminal.last().startswith("m processing  42%|")
        bar(reply_with("success"))
    assert terminal.last().startswith("m success 100%|")


def test_a_failure_is_named_and_does_not_fill_the_bar() -> None:
    terminal = Terminal()
    with ProgressBar("m", file=terminal) as bar:
        bar(reply_with("processing", progressPermille=415))
        bar(reply_with("failed", "GENERATION_FAILED"))
    assert terminal.last().startswith("m failed GENERATION_FAILED  42%|")


def test_the_time_goes_on_between_two_replies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_TICK_S", 0.01)
    drawn = threading.Event()

    class Watched(Terminal):
        def write(self, text: str) -> int:
            if "00:01" in text:
                drawn.set()
            return super().write(text)

    with ProgressBar("m", file=Watched()):
        assert drawn.wait(LONG_S)


def test_nothing_is_drawn_after_the_end() -> None:
    terminal = Terminal()
    before = threading.active_count()
    with ProgressBar("m", file=terminal) as bar:
        bar(reply_with("success"))
    drawn = terminal.getvalue()
    for thread in threading.enumerate():
        if thread.name == "gentask-progress":
            thread.join(LONG_S)
    bar(reply_with("processing"))
    assert terminal.getvalue() == drawn
    # tqdm has a thread of its own from the first bar on.
    assert threading.active_count() <= before + 1


def test_where_nobody_looks_there_is_one_line_at_the_end(gentask_sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    with gentask_sandbox.client() as client:
        submit(client).wait(progress=True)
        with pytest.raises(gentask.GenerationFailed):
            submit(client, "[fail]").wait(progress=True)
    good, bad = capsys.readouterr().err.splitlines()
    assert good.startswith("nano-banana success after ")
    assert bad.startswith("nano-banana failed GENERATION_FAILED after ")


def test_an_async_wait_shows_a_bar_too(gentask_sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    async def main() -> None:
        async with gentask_sandbox.async_client() as client:
            await (await client.submit(*job())).wait(progress=True)

    asyncio.run(main())
    assert capsys.readouterr().err.startswith("nano-banana success after ")


class Broken(Terminal):
    """A terminal that goes away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, text)

    def flush(self) -> None:
        raise BrokenPipeError(32, "flush")


def closed(stream: io.StringIO) -> io.StringIO:
    stream.close()
    return stream


@pytest.mark.parametrize(
    "stream", [Broken(), closed(Terminal()), closed(io.StringIO()), None], ids=["broken", "closed", "closed file", "none"]
)
def test_a_stream_that_cannot_be_written_does_not_reach_the_wait(
    stream: Any, gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with gentask_sandbox.client() as client:
        assert submit(client).wait(progress=True).ok


def test_a_terminal_that_is_closed_during_the_wait_does_not_reach_it(gentask_sandbox: Sandbox) -> None:
    terminal = Terminal()

    def close(_: Reply) -> None:
        terminal.close()

    with gentask_sandbox.client() as client, ProgressBar("m", file=terminal) as bar:
        task = submit(client)
        for reply in task.updates():
            bar(reply)
            close(reply)
    assert terminal.closed
    # And the lock that all bars share is free.
    other = Terminal()
    with ProgressBar("other", file=other) as bar:
        bar(reply_with("success"))
    assert other.last().startswith("other success")


def test_a_name_cannot_write_to_the_terminal() -> None:
    terminal = Terminal()
    with ProgressBar("a\x1b[2Jb\nc" + "d" * 100, file=terminal):
        pass
    assert terminal.last().startswith("a?[2Jb?cddd")
    assert "\x1b[2J" not in terminal.getvalue()
    assert "d" * 61 not in terminal.getvalue()


def test_without_tqdm_the_task_is_waited_for_without_a_bar_and_a_warning_says_what_to_install(
    gentask_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"pip install 'gentask\[progress\]'"):
        ProgressBar("a-model")
    heard: list[Reply] = []
    with gentask_sandbox.client() as client:
        assert submit(client).wait(progress=True, on_update=heard.append).ok
    assert heard[-1].ok

    async def wait() -> None:
        async with gentask_sandbox.async_client() as client:
            assert (await (await client.submit(*job())).wait(progress=True)).ok

    asyncio.run(wait())
    warned = [record.message for record in caplog.records if record.name == "gentask" and record.levelname == "WARNING"]
    assert len(warned) == 2
    assert all("pip install 'gentask[progress]'" in message for message in warned)


def test_a_batch_has_one_bar_that_counts_what_is_done_and_what_failed(gentask_sandbox: Sandbox) -> None:
    jobs: list[gentask.Job] = [{"model": "gpt-image-2", "input": {"prompt": word}} for word in ("a", "b [fail]", "c", "d")]
    with gentask_sandbox.client("apidot", poll={"initial": 0.02, "cap": 0.02}) as client:
        outcomes = list(client.submit_many(jobs, key="k"))
    terminal, log = Terminal(), io.StringIO()
    with BatchBar(4, file=terminal) as bar, BatchBar(file=log) as line:
        assert terminal.last().startswith("0/4 done   0%|") or terminal.last().startswith("0/4 done 00:")
        for ordered in sorted(outcomes, key=lambda ordered: ordered.index)[:2]:
            bar(ordered)
            line(ordered)
        assert terminal.last().startswith("2/4 done, 1 failed  50%|")
    assert terminal.last().startswith("2/4 done, 1 failed  50%|")
    assert log.getvalue().startswith("2 done, 1 failed after ")


def test_the_bar_of_a_batch_is_shown_where_it_is_wanted(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    jobs = [{"model": job()[0], "input": job()[1]} for _ in range(2)]
    assert len(list(both.client().submit_many(jobs, key="k", progress=True))) == 2  # type: ignore[arg-type]
    assert "2/2 done after " in capsys.readouterr().err
    assert len(list(both.client().submit_many(iter(jobs), key="other", progress=True))) == 2  # type: ignore[arg-type]
    assert "\n2 done after " in "\n" + capsys.readouterr().err
