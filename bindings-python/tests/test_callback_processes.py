"""Callbacks and notices among processes that share one file, and through the death of one."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gentask.testing import sign_test_callback

from .support.servers import deliver
from .test_callbacks import called_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gentask import Notice, TaskHandle
    from gentask.testing import Sandbox

ROOT = Path(__file__).parent.parent
SECRET = "a-secret-that-all-processes-know"
MOST_S = 120


@contextlib.contextmanager
def program(name: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"tests.programs.{name}", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        try:
            yield running
        finally:
            running.kill()


def test_of_a_hundred_at_once_into_two_processes_one_is_taken(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    gentask_sandbox.reset("apixo", readPerMin=0)
    store, base = tmp_path / "tasks.db", gentask_sandbox.base_url("apixo")
    with (
        gentask_sandbox.client(store=store, callback_secrets=SECRET) as client,
        program("callback_server", base, store, SECRET) as one,
        program("callback_server", base, store, SECRET) as other,
    ):
        task = called_back(client, "[stuck]")
        callback = sign_test_callback(client, task, {"data": {"taskId": task.task_id}})
        token = callback.url.partition("?")[2]
        assert one.stdout is not None
        assert other.stdout is not None
        urls = [f"{each.readline().strip()}/hook?{token}" for each in (one.stdout, other.stdout)]
        with ThreadPoolExecutor(100) as threads:
            answers = list(threads.map(lambda number: deliver(callback, url=urls[number % 2]), range(100)))
        assert set(answers) == {(200, b"ok")}
        said = [json.loads(each.communicate(timeout=MOST_S)[0]) for each in (one, other)]
        assert [len(outcomes) for outcomes in said] == [50, 50]
        assert sorted(said[0] + said[1]) == ["duplicate"] * 99 + ["poke"]
        assert [(each.outcome, each.intent_id) for each in client.deliveries()] == [("poke", task.intent_id)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so here")
def test_a_notice_outlives_the_process_that_was_killed_before_it_was_acknowledged(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    store = tmp_path / "tasks.db"
    with program("notice_killed", gentask_sandbox.base_url("apixo"), store) as killed:
        told = killed.communicate(timeout=MOST_S)[0].strip()
        assert killed.returncode == -signal.SIGKILL
    with gentask_sandbox.client(store=store) as client:
        heard: list[tuple[str, str | None, str]] = []

        def settle(notice: Notice[TaskHandle]) -> None:
            heard.append((notice.intent_id, notice.owner, notice.reply.status))

        assert client.settle_notices(settle) == 1
        assert heard == [(told, "anna", "success")]
    with gentask_sandbox.client(store=store) as client:
        assert client.notices() == []
