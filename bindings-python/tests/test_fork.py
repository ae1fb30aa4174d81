"""Forks: a client that was made and used before one works on both sides, and nothing is lost or paid twice.

Each test forks in a fresh program of its own, under `programs/`; the sandbox is here.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gentask.testing import Sandbox

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "programs"
MOST_S = 60


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "tasks.db"


@pytest.fixture
def sandbox(gentask_sandbox: Sandbox) -> Sandbox:
    """Give the sandbox without its limits on how many requests there are in a minute."""
    gentask_sandbox.reset("apixo", readPerMin=0, submitPerMin=0, concurrent=0)
    return gentask_sandbox


def run(program: str, sandbox: Sandbox, store: Path) -> str:
    """Run it to its end and return what it printed. Where it hangs, it is ended with all of its children."""
    output = store.with_name("output.txt")
    command = [sys.executable, "-m", f"tests.programs.{program}", sandbox.base_url("apixo"), str(store)]
    with output.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True, cwd=ROOT) as running:
        try:
            code = running.wait(MOST_S)
        finally:
            # Its children too: they must not outlive the test.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
    said = output.read_text()
    assert code == 0, f"{program} ended with {code}:\n{said}"
    return said


def assert_sound(store: Path) -> None:
    with contextlib.closing(sqlite3.connect(store)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_client_used_before_a_fork_works_on_both_sides(sandbox: Sandbox, store: Path) -> None:
    run("fork_both_go_on", sandbox, store)
    assert sandbox.submits() == 3
    assert_sound(store)


def test_a_batch_at_a_fork_stays_with_the_parent(sandbox: Sandbox, store: Path) -> None:
    run("fork_batch", sandbox, store)
    assert sandbox.submits() == sandbox.stats("apixo")["tasks"] == 7
    assert_sound(store)


def test_thirty_forks_among_busy_threads_lose_nothing(sandbox: Sandbox, store: Path) -> None:
    count = int(run("fork_thirty", sandbox, store).split()[-1])
    assert count > 30
    assert sandbox.submits() == sandbox.stats("apixo")["tasks"] == count
    assert_sound(store)


def test_a_pool_that_submits_under_one_key_pays_once(sandbox: Sandbox, store: Path) -> None:
    run("fork_pool", sandbox, store)
    assert sandbox.submits() == 2
    assert_sound(store)


def test_a_store_in_memory_is_empty_in_the_child_and_whole_in_the_parent(sandbox: Sandbox, store: Path) -> None:
    run("fork_memory", sandbox, store)
    assert sandbox.submits() == 2


def test_an_async_client_used_before_a_fork_works_on_both_sides(sandbox: Sandbox, store: Path) -> None:
    run("fork_async", sandbox, store)
    assert sandbox.submits() == 4
    assert_sound(store)


def test_two_threads_may_fork_at_once(sandbox: Sandbox, store: Path) -> None:
    run("fork_two_threads", sandbox, store)
    assert sandbox.submits() == 18
    assert_sound(store)


def test_a_hook_of_another_library_and_a_thread_that_needs_gentask_both_go_on(sandbox: Sandbox, store: Path) -> None:
    run("fork_other_hooks", sandbox, store)
    assert sandbox.submits() == 2
    assert_sound(store)


def test_a_fork_during_a_close_leaves_the_child_nothing_open(sandbox: Sandbox, store: Path) -> None:
    run("fork_closing", sandbox, store)
    for number in range(7):
        assert_sound(store.with_name(f"{store.name}-{number}.db"))


def test_a_child_has_places_of_its_own_for_requests(sandbox: Sandbox, store: Path) -> None:
    run("fork_gate", sandbox, store)
    assert sandbox.submits() == 2
    assert_sound(store)


def test_updates_begun_before_a_fork_are_the_parents(sandbox: Sandbox, store: Path) -> None:
    run("fork_updates", sandbox, store)
    assert sandbox.submits() == 1
    assert_sound(store)


# The usual hosts


@pytest.fixture
def hosts(sandbox: Sandbox, store: Path) -> dict[str, str]:
    """Give the environment of a host whose client finds the sandbox by itself."""
    return {
        **os.environ,
        "APIXO_BASE_URL": sandbox.base_url("apixo"),
        "APIXO_API_KEY": "any",
        "HOST_STORE": str(store),
        "HOST_FOLDER": str(store.parent),
        "PYTHONPATH": os.pathsep.join([str(PROGRAMS), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }


@contextlib.contextmanager
def hosting(*arguments: str, env: dict[str, str], pass_fds: tuple[int, ...] = ()) -> Iterator[int]:
    """Have a Python module run as a host, and end it softly; what it said is shown where the test fails."""
    output = Path(env["HOST_FOLDER"], "host.txt")
    command = [sys.executable, "-m", *arguments]
    with (
        output.open("wb") as file,
        subprocess.Popen(
            command, stdout=file, stderr=file, start_new_session=True, env=env, pass_fds=pass_fds, cwd=env["HOST_FOLDER"]
        ) as running,
    ):
        try:
            yield running.pid
            running.terminate()
            assert running.wait(MOST_S) == 0
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            print(output.read_text())


def test_gunicorns_workers_share_a_preloaded_client(sandbox: Sandbox, store: Path, hosts: dict[str, str]) -> None:
    pytest.importorskip("gunicorn")
    # The socket is here, so that requests wait until the workers are there.
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        port, number = server.getsockname()[1], server.fileno()

        def ask(path: str) -> Any:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=MOST_S)
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                assert answer.status == 200
                return json.load(answer)
            finally:
                connection.close()

        arguments = ("gunicorn", "--preload", "--workers", "2", "--bind", f"fd://{number}", "host_wsgi:app")
        with hosting(*arguments, env=hosts, pass_fds=(number,)) as master, ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(ask, [f"/order-{number % 10}" for number in range(20)]))
    assert len(answers) == 20
    assert {answer["master"][0] for answer in answers} == {master}
    assert master not in {answer["worker"] for answer in answers}
    assert len({answer["intent"] for answer in answers}) == 10
    assert sandbox.submits() == 11
    assert_sound(store)


def test_celerys_pool_shares_a_client_made_before_it(sandbox: Sandbox, store: Path, hosts: dict[str, str]) -> None:
    pytest.importorskip("celery")
    for folder in ("queue", "control", "results"):
        store.with_name(folder).mkdir()
    arguments = (
        "celery",
        "--app",
        "host_celery",
        "worker",
        "--pool",
        "prefork",
        "--concurrency",
        "2",
        "--without-mingle",
        "--without-gossip",
    )
    with hosting(*arguments, env=hosts) as master:
        jobs = subprocess.run(
            [sys.executable, str(PROGRAMS / "host_celery.py")], env=hosts, timeout=MOST_S, stdout=subprocess.PIPE, check=True
        )
    brought = json.loads(jobs.stdout)
    assert len(brought) == 12
    assert master not in {process for process, _, _ in brought}
    assert len({intent for _, _, intent in brought}) == len({(key, intent) for _, key, intent in brought}) == 6
    assert sandbox.submits() == 7
    assert_sound(store)
