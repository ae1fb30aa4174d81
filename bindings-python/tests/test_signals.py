"""Ctrl-C and other signals: a wait ends at once, a task goes on, and a submit that is under way is saved."""

from __future__ import annotations

import os
import signal
import sys

import pytest

import gentask
from gentask import Client, SqliteStore

from .support.faults import apixo_state, delay, rule, silence
from .support.signal_process import PROGRAMS, Process, eventually, surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from gentask import TaskRecord
    from gentask.testing import Sandbox

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

# The promise is a tenth of this second; the rest is for a machine that has much else to do.
AT_ONCE_S = 2
# An answer that comes long after an interrupt was heard, and soon enough to be waited for.
LATER_MS = 3_000
NEVER_MS = 600_000


class Scene:
    """One sandbox, one store on disk, and programs over both."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self._folder = folder
        self._store = folder / "tasks.db"
        sandbox.reset("apixo", taskMs={"image": 20}, readPerMin=0)

    def start(self, scene: str) -> Process:
        command = [sys.executable, str(PROGRAMS / "signal_scenes.py"), scene]
        return Process(command, surroundings(self.sandbox, self._store), self._folder)

    def client(self) -> Client:
        return self.sandbox.client("apixo", store=SqliteStore(self._store))

    def record(self) -> TaskRecord:
        with self.client() as client:
            [record] = client.tasks()
        return record

    def until_asked(self, what: str, count: int = 1) -> None:
        eventually(what, lambda: self.sandbox.stats("apixo")["requests"].get(what, 0) >= count)

    def until_accepted(self) -> None:
        eventually("the task at the provider", lambda: self.sandbox.stats("apixo")["tasks"] == 1)

    def is_paid_once(self) -> bool:
        return (self.sandbox.submits(), self.sandbox.stats("apixo")["tasks"]) == (1, 1)


@pytest.fixture
def scene(gentask_sandbox: Sandbox, tmp_path: Path) -> Scene:
    return Scene(gentask_sandbox, tmp_path)


@pytest.fixture
def working(scene: Scene) -> Scene:
    """Let no task end before the script is taken away."""
    scene.sandbox.script("apixo", [rule("status", apixo_state("processing"))])
    return scene


def goes_on(scene: Scene, intent_id: str) -> None:
    """Expect that another process can wait for the task, and that nothing was paid twice."""
    scene.sandbox.script("apixo", [])
    with scene.client() as client:
        task = client.task(intent_id)
        assert task.record().phase == "waiting"
        assert task.wait(20).status == "success"
    assert scene.is_paid_once()


@pytest.mark.parametrize("call", ["wait", "updates", "on_update", "resume", "run", "loop_wait"])
def test_an_interrupt_ends_a_wait_at_once_and_leaves_the_task_to_another_process(working: Scene, call: str) -> None:
    with working.start(call) as process:
        intent_id = process.line()
        working.until_asked("status", 3)
        process.signal(signal.SIGINT)
        assert process.line(AT_ONCE_S).startswith("interrupted")
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    goes_on(working, intent_id)


@pytest.mark.parametrize("call", ["wait", "check", "get_status"])
def test_an_interrupt_ends_a_call_whose_request_is_not_answered(scene: Scene, call: str) -> None:
    scene.sandbox.script("apixo", [rule("status", silence(NEVER_MS))])
    with scene.start(call) as process:
        intent_id = process.line()
        scene.until_asked("status")
        process.signal(signal.SIGINT)
        assert process.line(AT_ONCE_S).startswith("interrupted")
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    goes_on(scene, intent_id)


def test_a_program_that_does_not_catch_the_interrupt_is_ended_by_it(working: Scene) -> None:
    with working.start("wait_until_killed") as process:
        intent_id = process.line()
        working.until_asked("status")
        process.signal(signal.SIGINT)
        ended = process.end()
    assert ended.code == -signal.SIGINT
    assert ended.complained.rstrip().endswith("KeyboardInterrupt")
    assert "panicked" not in ended.complained
    goes_on(working, intent_id)


@pytest.mark.parametrize("call", ["submit", "create_generation"])
def test_an_interrupted_submit_names_its_intent_and_is_saved_before_the_program_ends(scene: Scene, call: str) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with scene.start(call) as process:
        scene.until_accepted()
        process.signal(signal.SIGINT)
        word, intent_id = process.line(AT_ONCE_S).split()
        assert word == "interrupted"
        if sys.version_info >= (3, 11):
            assert f'client.task("{intent_id}")' in process.line()
        assert process.line() == "submitting None", "the answer was not there yet"
        ended = process.end()
    assert ended.code == 0
    assert "waiting for the answer to 1 submit(s)" in ended.complained
    assert "Traceback" not in ended.complained
    record = scene.record()
    assert (record.intent_id, record.phase) == (intent_id, "waiting")
    assert record.task_id is not None
    goes_on(scene, intent_id)


def test_an_interrupt_that_ends_the_program_saves_the_submit_too(scene: Scene) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with scene.start("submit_until_killed") as process:
        scene.until_accepted()
        process.signal(signal.SIGINT)
        ended = process.end()
    assert ended.code == -signal.SIGINT
    record = scene.record()
    assert record.task_id is not None
    if sys.version_info >= (3, 11):
        # The note is a part of what the interpreter prints.
        assert f'client.task("{record.intent_id}")' in ended.complained
    goes_on(scene, record.intent_id)


def test_closing_the_client_waits_for_the_interrupted_submit(scene: Scene) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with scene.start("submit_then_close") as process:
        scene.until_accepted()
        process.signal(signal.SIGINT)
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    before, after = (line for line in ended.said if not line.startswith(("interrupted", "note")))
    assert before == "submitting None"
    assert after == f"waiting {scene.record().task_id}"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio before 3.11 forgets what the interrupt ended")
def test_an_interrupted_submit_in_an_event_loop_names_its_intent_and_is_saved(scene: Scene) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with scene.start("loop_submit") as process:
        scene.until_accepted()
        process.signal(signal.SIGINT)
        word, intent_id = process.line(AT_ONCE_S).split()
        ended = process.end()
    assert (word, ended.code) == ("interrupted", 0)
    assert scene.record().intent_id == intent_id
    goes_on(scene, intent_id)


def test_a_second_interrupt_leaves_at_once_and_nothing_is_posted_again(scene: Scene) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(NEVER_MS), nth=1)])
    with scene.start("submit_to_nobody") as process:
        scene.until_accepted()
        process.signal(signal.SIGINT)
        word, intent_id = process.line(AT_ONCE_S).split()
        assert word == "interrupted"
        eventually("a word about the submit", lambda: "interrupt again" in process.complained())
        process.signal(signal.SIGINT)
        ended = process.end(20)
    assert ended.code == 0
    assert len(ended.complained.splitlines()) == 1, "the word about the submit, and no traceback"
    record = scene.record()
    assert (record.intent_id, record.phase, record.task_id) == (intent_id, "submitting", None)
    # Whoever comes later is told the truth, in every way in which they may ask, and the same key posts nothing.
    with scene.client() as client:
        with pytest.raises(gentask.SubmitUnknown) as caught:
            client.task(intent_id).wait(60)
        assert caught.value.intent_id == intent_id
        assert caught.value.billing == "possible"
        assert [unresolved.intent_id for unresolved in client.unresolved()] == [intent_id]
        with pytest.raises(gentask.SubmitUnknown):
            client.submit("nano-banana", {"mode": "text-to-image", "prompt": "mauve walrus"}, key="order-42")
        client.resume(timeout=5)
    assert scene.is_paid_once()


def test_a_handler_that_raises_ends_the_wait(working: Scene) -> None:
    with working.start("handler_raises_in_wait") as process:
        intent_id = process.line()
        assert process.line().startswith("interrupted")
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    goes_on(working, intent_id)


def test_what_a_handler_raises_in_a_submit_names_the_intent(scene: Scene) -> None:
    scene.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with scene.start("handler_raises_in_submit") as process:
        word, intent_id = process.line().split()
        ended = process.end()
    assert (word, ended.code) == ("interrupted", 0)
    assert scene.record().intent_id == intent_id
    goes_on(scene, intent_id)


def test_a_handler_that_raises_nothing_does_not_end_the_wait(working: Scene) -> None:
    with working.start("handler_returns") as process:
        process.line()
        working.until_asked("status")
        for _ in range(3):
            process.signal(signal.SIGUSR1)
            assert process.line(AT_ONCE_S) == "heard"
        working.sandbox.script("apixo", [])
        assert process.line() == "success"
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")


def test_an_interrupt_ends_the_main_threads_wait_and_no_other(working: Scene) -> None:
    with working.start("two_threads") as process:
        process.line()
        working.until_asked("status", 5)
        process.signal(signal.SIGINT)
        assert process.line(AT_ONCE_S).startswith("interrupted")
        working.sandbox.script("apixo", [])
        assert process.line() == "success"
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    with working.client() as client:
        assert sorted(record.phase for record in client.tasks()) == ["succeeded", "waiting"]


def test_a_wait_on_another_thread_outlasts_an_interrupt_of_the_main_one(working: Scene) -> None:
    with working.start("other_thread_alone") as process:
        process.line()
        working.until_asked("status")
        process.signal(signal.SIGINT)
        assert process.line(AT_ONCE_S).startswith("interrupted")
        working.sandbox.script("apixo", [])
        assert process.line() == "success"
        ended = process.end()
    assert (ended.code, ended.complained) == (0, "")
    assert working.is_paid_once()
