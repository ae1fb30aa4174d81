"""The end of the interpreter: whatever is still going on, it comes soon, with exit code 0 and without a word."""

from __future__ import annotations

import sys

import pytest

from gentask import SqliteStore

from .support.faults import delay, limited, rule
from .support.signal_process import PROGRAMS, Ended, Process, surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from gentask.testing import Sandbox

SOON_S = 30
AGAIN = 30
STRICT = ("-X", "dev", "-W", "error")

SCENES = {
    "import_alone": "True",
    "never_closed": "success",
    "never_closed_loop_client": "success",
    "right_after_a_loop": "True",
    "right_after_a_wait": "True",
    "daemon_threads": "True",
    "daemon_loop": "True",
    "busy_listener": "True",
    "closed_coroutines": "True",
    "unawaited_coroutines": "True",
    "at_exit_after": "success",
    "an_exit_code": "True",
}


def run(sandbox: Sandbox, folder: Path, scene: str, *options: str) -> Ended:
    command = [sys.executable, *options, str(PROGRAMS / "exit_scenes.py"), scene]
    with Process(command, surroundings(sandbox, folder / "tasks.db"), folder) as process:
        return process.end(SOON_S)


@pytest.fixture
def sandbox(gentask_sandbox: Sandbox) -> Sandbox:
    gentask_sandbox.reset("apixo", taskMs={"image": 20}, readPerMin=0)
    return gentask_sandbox


@pytest.mark.parametrize("options", [(), STRICT], ids=["plain", "strict"])
@pytest.mark.parametrize("scene", SCENES)
def test_the_interpreter_ends_well(sandbox: Sandbox, tmp_path: Path, scene: str, options: tuple[str, ...]) -> None:
    assert run(sandbox, tmp_path, scene, *options) == Ended(0, [SCENES[scene]], "")


def test_a_handler_that_runs_after_gentasks_own_end_can_still_use_a_client(sandbox: Sandbox, tmp_path: Path) -> None:
    assert run(sandbox, tmp_path, "at_exit_before") == Ended(0, ["tasks 1", "last"], "")


def test_a_finaliser_that_closes_a_client_while_modules_are_taken_down_does_no_harm(sandbox: Sandbox, tmp_path: Path) -> None:
    ended = run(sandbox, tmp_path, "a_finaliser")
    assert ended.code == 0
    assert "panicked" not in ended.complained
    assert "Fatal Python error" not in ended.complained


@pytest.mark.parametrize("scene", ["right_after_a_loop", "right_after_a_wait"])
def test_many_programs_in_a_row_end_well_right_after_their_event_loop(sandbox: Sandbox, tmp_path: Path, scene: str) -> None:
    ends = [run(sandbox, tmp_path, scene) for _ in range(AGAIN)]
    assert ends == [Ended(0, ["True"], "")] * AGAIN


def test_what_waited_when_the_interpreter_ended_is_waited_for_by_the_next_one(sandbox: Sandbox, tmp_path: Path) -> None:
    run(sandbox, tmp_path, "daemon_threads")
    with sandbox.client("apixo", store=SqliteStore(tmp_path / "tasks.db")) as client:
        [record] = client.tasks(unfinished=True)
        assert (record.phase, record.task_id is not None) == ("waiting", True)
        assert client.task(record.intent_id).check(force=True).ok
    assert sandbox.submits() == 1


def only_phase(folder: Path, sandbox: Sandbox) -> tuple[str, bool]:
    with sandbox.client("apixo", store=SqliteStore(folder / "tasks.db")) as client:
        [record] = client.tasks()
        return record.phase, record.task_id is not None


def test_an_order_that_a_resume_sends_is_waited_for(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.script("apixo", [rule("submit", limited("1"), nth=1), rule("submit", delay(700), nth=2)])
    assert run(sandbox, tmp_path, "leave_an_order").said == ["True"]
    assert only_phase(tmp_path, sandbox) == ("prepared", False)
    ended = run(sandbox, tmp_path, "resume_in_a_daemon_thread")
    assert (ended.code, ended.said) == (0, ["True"])
    assert "waiting for the answer to 1 submit(s) under way" in ended.complained
    assert only_phase(tmp_path, sandbox) == ("waiting", True)
    assert sandbox.stats("apixo")["tasks"] == 1


def test_a_child_of_multiprocessing_waits_for_its_orders_too(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.script("apixo", [rule("submit", delay(700), nth=1)])
    ended = run(sandbox, tmp_path, "a_child_of_multiprocessing")
    assert (ended.code, ended.said) == (0, ["0"])
    assert only_phase(tmp_path, sandbox) == ("waiting", True)
    assert sandbox.submits() == 1
