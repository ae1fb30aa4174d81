"""The `gentask` command of the package: the same program as the native one, whose own tests say all that it does."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import gentask
from gentask import SqliteStore

from .support.faults import apixo_state, delay, rule, status
from .support.jobs import job
from .support.signal_process import Ended, Process, eventually, surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask.testing import Sandbox

MODULE = (sys.executable, "-m", "gentask")
QUICK = ("--poll-initial", "0.02", "--poll-cap", "0.02")
FIELDS = ["data", "errorCode", "errorMessage", "ok", "retryAfter", "status", "taskId"]
LATER_MS = 3_000

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")


def script() -> str:
    """Return the console script beside this interpreter."""
    found = shutil.which("gentask", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("the package is not installed beside this interpreter")
    return found


class Shell:
    """One sandbox, one store on disk, and the command over both."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.store = folder / "tasks.db"
        self.env = surroundings(sandbox, self.store)

    def start(self, *arguments: str, program: tuple[str, ...] = MODULE) -> Process:
        return Process([*program, *arguments], self.env, self.folder)

    def run(self, *arguments: str, program: tuple[str, ...] = MODULE) -> Ended:
        with self.start(*arguments, program=program) as process:
            ended = process.end()
        assert "Traceback" not in ended.complained
        return ended

    def run_arguments(self, provider: str = "apixo", word: str = "") -> list[str]:
        model, payload = job(provider, word)
        base = ["--provider", provider, "--base-url", self.sandbox.base_url(provider)]
        return ["run", *base, "--model", model, "--payload", json.dumps(payload), *QUICK]

    def resume_arguments(self) -> list[str]:
        return ["resume", "--provider", "apixo", "--base-url", self.sandbox.base_url("apixo"), *QUICK]


@pytest.fixture
def shell(gentask_sandbox: Sandbox, tmp_path: Path) -> Shell:
    gentask_sandbox.reset("apixo", taskMs={"image": 20}, readPerMin=0)
    gentask_sandbox.reset("aivideomaker", taskMs={"video": 20}, readPerMin=0)
    return Shell(gentask_sandbox, tmp_path)


def reply_of(ended: Ended, code: int) -> dict[str, Any]:
    """Return the one reply that it printed, which has the seven fields."""
    assert ended.code == code, ended
    reply: dict[str, Any] = json.loads("\n".join(ended.said))
    assert sorted(reply) == FIELDS
    return reply


@pytest.mark.parametrize("how", ["module", "script"])
def test_both_ways_to_start_it_are_the_same_program(shell: Shell, how: str) -> None:
    program = MODULE if how == "module" else (script(),)
    assert shell.run("--version", program=program) == Ended(0, [f"gentask {gentask.__version__}"], "")
    helped = shell.run("--help", program=program)
    assert (helped.code, helped.complained) == (0, "")
    assert "Usage: gentask [OPTIONS] [COMMAND]" in helped.said
    assert helped == shell.run("--help")
    reply = reply_of(shell.run(*shell.run_arguments(), program=program), 0)
    assert (reply["ok"], reply["status"], len(reply["data"]["files"])) == (True, "success", 1)


@pytest.mark.parametrize("how", ["module", "script"])
def test_the_flags_of_the_published_scripts_work_as_they_stand(shell: Shell, how: str) -> None:
    program = MODULE if how == "module" else (script(),)
    base = ["--base-url", shell.sandbox.base_url("aivideomaker")]
    model, payload = job("aivideomaker")
    made = reply_of(shell.run(*base, "--model", model, "--payload", json.dumps(payload), program=program), 0)
    assert (made["ok"], made["taskId"] is None) == (True, False)
    for action in ("getStatus", "getTask"):
        asked = reply_of(shell.run(*base, "--action", action, "--taskId", made["taskId"], program=program), 0)
        assert (asked["ok"], asked["taskId"]) == (True, made["taskId"])
    assert shell.sandbox.submits("aivideomaker") == 1


def test_what_a_payload_holds_may_be_any_text(shell: Shell) -> None:
    arguments = shell.run_arguments()
    arguments[arguments.index("--payload") + 1] = json.dumps({"mode": "text-to-image", "prompt": "ein Wal 🐋 \u2028"}, ensure_ascii=False)
    assert reply_of(shell.run(*arguments), 0)["ok"]


def test_exit_code_1_says_that_the_task_failed(shell: Shell) -> None:
    assert reply_of(shell.run(*shell.run_arguments(word="[fail]")), 1)["errorCode"] == "GENERATION_FAILED"


def test_exit_code_2_says_that_the_call_is_wrong(shell: Shell) -> None:
    ended = shell.run("list", "--bogus")
    assert "--bogus" in ended.complained
    assert reply_of(ended, 2)["ok"] is False
    arguments = shell.run_arguments()
    arguments[arguments.index("--payload") + 1] = "{"
    assert reply_of(shell.run(*arguments), 2)["errorCode"] == "INVALID_PAYLOAD"
    assert shell.sandbox.submits() == 0


def test_exit_code_3_says_that_the_key_or_the_credits_are_the_trouble(shell: Shell) -> None:
    assert reply_of(shell.run(*shell.run_arguments(word="[credits]")), 3)["errorCode"] == "INSUFFICIENT_CREDITS"
    del shell.env["APIXO_API_KEY"]
    assert reply_of(shell.run(*shell.run_arguments()), 3)["errorCode"] == "AUTH_FAILED"
    assert shell.sandbox.submits() == 1


def test_exit_code_4_says_that_the_task_is_still_running(shell: Shell) -> None:
    reply = reply_of(shell.run(*shell.run_arguments(word="[stuck]"), "--timeout", "0.1"), 4)
    assert (reply["errorCode"], reply["taskId"] is None) == ("WAIT_TIMEOUT", False)


def test_exit_code_5_says_that_the_outcome_is_not_known(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("submit", "resetAfterBody")])
    reply = reply_of(shell.run(*shell.run_arguments()), 5)
    assert (reply["errorCode"], reply["data"]["billing"]) == ("SUBMIT_UNKNOWN", "possible")
    assert shell.sandbox.submits() == 1


def test_exit_code_6_says_that_the_store_refused(shell: Shell) -> None:
    shell.store.write_text("no database at all, but a text of some length\n" * 100)
    assert reply_of(shell.run(*shell.run_arguments()), 6)["errorCode"] == "STORE_ERROR"
    assert shell.sandbox.submits() == 0


def test_the_package_and_the_command_share_a_store(shell: Shell) -> None:
    with shell.sandbox.client("apixo", store=SqliteStore(shell.store)) as client:
        task = client.submit(*job())
    ended = shell.run(*shell.resume_arguments())
    assert ended.code == 0
    assert [json.loads(line)["taskId"] for line in ended.said] == [task.task_id]
    assert shell.sandbox.submits() == 1


@posix
def test_an_interrupted_wait_leaves_the_task_to_be_resumed(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("status", apixo_state("processing"))])
    with shell.start(*shell.run_arguments()) as process:
        eventually("a poll", lambda: shell.sandbox.stats("apixo")["requests"].get("status", 0) > 1)
        process.signal(signal.SIGINT)
        reply = reply_of(process.end(), 4)
    assert reply["errorCode"] == "WAIT_TIMEOUT"
    assert reply["errorMessage"].startswith("interrupted")
    shell.sandbox.script("apixo", [])
    ended = shell.run(*shell.resume_arguments())
    assert [json.loads(line)["taskId"] for line in ended.said] == [reply["taskId"]]
    assert shell.sandbox.submits() == 1


@posix
def test_an_interrupted_submit_is_waited_for_because_its_answer_holds_a_paid_id(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
    with shell.start(*shell.run_arguments()) as process:
        eventually("the submit", lambda: shell.sandbox.stats("apixo")["tasks"] == 1)
        process.signal(signal.SIGINT)
        reply = reply_of(process.end(), 4)
    assert reply["errorMessage"].startswith("interrupted")
    assert reply["taskId"] is not None
    assert shell.sandbox.submits() == 1


@posix
def test_a_second_interrupt_leaves_the_submit_to_its_record(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("submit", delay(600_000))])
    with shell.start(*shell.run_arguments()) as process:
        eventually("the submit", lambda: shell.sandbox.stats("apixo")["tasks"] == 1)

        def has_ended() -> bool:
            process.signal(signal.SIGINT)
            return process.ended_within(0.05)

        eventually("the end", has_ended)
        reply = reply_of(process.end(), 4)
    assert (reply["status"], reply["taskId"], reply["data"]["billing"]) == ("pending", None, "possible")
    assert shell.sandbox.submits() == 1


@posix
def test_an_interrupt_ends_a_call_on_which_nothing_depends_as_it_ends_any_program(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("account", delay(600_000))])
    base = ["--provider", "apixo", "--base-url", shell.sandbox.base_url("apixo")]
    with shell.start("account", *base) as process:
        eventually("the request", lambda: shell.sandbox.stats("apixo")["requests"].get("account", 0) == 1)
        process.signal(signal.SIGINT)
        ended = process.end(20)
    assert (ended.code, ended.said, ended.complained) == (-signal.SIGINT, [], "")


@posix
@pytest.mark.parametrize("arguments", [("--help",), ("models",), ("completions", "bash"), ("list",)])
def test_a_reader_that_has_gone_away_is_no_failure(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.run(*shell.run_arguments())
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        ended = subprocess.run([*MODULE, *arguments], env=shell.env, cwd=shell.folder, stdout=gone, stderr=subprocess.PIPE, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")


@posix
def test_the_first_line_of_its_output_can_be_taken_alone(shell: Shell) -> None:
    command = f"'{sys.executable}' -m gentask completions bash | head -1"
    ended = subprocess.run(["sh", "-c", command], env=shell.env, cwd=shell.folder, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout.count("\n"), ended.stderr) == (0, 1, "")


def test_an_answer_that_says_no_is_told_without_the_key(shell: Shell) -> None:
    shell.sandbox.script("apixo", [rule("submit", status(401))])
    ended = shell.run(*shell.run_arguments())
    assert reply_of(ended, 3)["errorCode"] == "AUTH_FAILED"
    assert shell.env["APIXO_API_KEY"] not in f"{ended.said}{ended.complained}"
