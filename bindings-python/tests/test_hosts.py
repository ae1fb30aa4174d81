"""The example of a host, and the page that shows it: killed at every effect, an order is paid once at most and never lost."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import gentask

from .support.clock import JumpingClock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from gentask.testing import Sandbox

PACKAGE = Path(__file__).parent.parent
EXAMPLE = PACKAGE / "examples" / "host.py"
PAGE = (PACKAGE.parent / "docs" / "hosts.md").read_text(encoding="utf-8")
# More effects than an order has: a kill that never comes would go on for ever.
MOST_EFFECTS = 200


class Life(NamedTuple):
    """What became of a process."""

    code: int
    told: str

    @property
    def end(self) -> dict[str, object]:
        """The reply, and whether the order is among those that a person has to look at."""
        assert self.code == 0, self
        read: dict[str, object] = json.loads(self.told)
        return read


class Here(NamedTuple):
    """The example in this process, whose clock jumps."""

    sandbox: Sandbox
    module: ModuleType
    store: str

    def order(self, key: str, **settings: object) -> gentask.Reply:
        host = self.module.Host(self.store, **{"base_url": self.sandbox.base_url("apixo"), **settings})
        try:
            reply: gentask.Reply = self.module.order(host, key, "a sunset")
        finally:
            host.db.close()
        return reply


@pytest.fixture
def here(gentask_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    gentask_sandbox.reset("apixo", taskMs={"image": 1}, pendingMs=0, readPerMin=0, submitPerMin=0)
    monkeypatch.setenv("APIXO_API_KEY", "sandbox-key-of-no-value")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    spec = importlib.util.spec_from_file_location("example_host", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["time"] = JumpingClock()
    return Here(gentask_sandbox, module, str(tmp_path / "host.db"))


class Lives:
    """Processes of the example, one after another."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def order(self, key: str, at: int = 0, when: str = "before") -> Life:
        """Order in a new process; the effect with this number is fatal."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{key} {at} {when}\n")
        self._program.stdin.flush()
        life = json.loads(self._program.stdout.readline())
        return Life(life["code"], life["told"])


@pytest.fixture
def lives(gentask_sandbox: Sandbox, tmp_path: Path) -> Iterator[Lives]:
    if not hasattr(os, "fork"):
        pytest.skip("a process for each kill takes a fork")
    gentask_sandbox.reset("apixo", taskMs={"image": 1}, pendingMs=0, readPerMin=0, submitPerMin=0)
    environment = {**os.environ, "APIXO_API_KEY": "sandbox-key-of-no-value", "NO_PROXY": "127.0.0.1"}
    arguments = [gentask_sandbox.base_url("apixo"), str(tmp_path / "host.db"), str(EXAMPLE.parent)]
    program = [sys.executable, "-m", "tests.programs.host_killed", *arguments]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=PACKAGE
    ) as running:
        yield Lives(running)
        assert running.stdin is not None
        running.stdin.close()
        assert running.wait(60) == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_host_that_is_killed_at_any_effect_pays_once_at_most_and_loses_nothing(when: str, lives: Lives, gentask_sandbox: Sandbox) -> None:
    unresolved = []
    for at in range(1, MOST_EFFECTS):
        key, before = f"order-{at}", gentask_sandbox.submits()
        first = lives.order(key, at, when)
        if first.code == 0:
            assert first.end["unresolved"] is False
            break
        assert first.code == 9
        end = lives.order(key).end
        posts = gentask_sandbox.submits() - before
        where = f"{when} effect {at}: {first.told}"
        assert posts <= 1, where
        reply = end["reply"]
        assert isinstance(reply, dict)
        if reply["status"] == "success":
            assert (posts, end["unresolved"]) == (1, False), where
        else:
            # What may have arrived is told, and listed for a person.
            assert (reply["status"], reply["errorCode"], end["unresolved"]) == ("unknown", "SUBMIT_UNKNOWN", True), where
            unresolved.append(first.told)
        # Whatever it is, it stays so.
        again = lives.order(key).end
        assert (again["unresolved"], gentask_sandbox.submits() - before) == (end["unresolved"], posts), where
    else:
        pytest.fail(f"the order has not ended after {MOST_EFFECTS} effects")
    # Only between the save before the submit and the save of its answer nobody can know.
    doubtful = {"before": ["Send submit", "Save waiting"], "after": ["Save submitting", "Send submit"]}
    assert at > 10
    assert unresolved == doubtful[when]


def test_host(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    environment = {**os.environ, "APIXO_BASE_URL": gentask_sandbox.base_url("apixo"), "APIXO_API_KEY": "any", "NO_PROXY": "127.0.0.1"}

    def ordered(key: str | None) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, str(EXAMPLE), "order-42", "a sunset"]
        environment["APIXO_API_KEY"] = key or ""
        return subprocess.run(program, capture_output=True, text=True, timeout=120, cwd=tmp_path, env=environment)

    keyless = ordered(None)
    assert keyless.returncode == 1
    assert "gentask.errors.AuthFailed: AUTH_FAILED: set APIXO_API_KEY" in keyless.stderr
    assert gentask_sandbox.submits() == 0
    replies = []
    for _ in range(2):
        done = ordered("any")
        assert done.returncode == 0, done.stderr
        replies.append(json.loads(done.stdout))
    assert [reply["status"] for reply in replies] == ["success", "success"]
    assert replies[0]["taskId"] == replies[1]["taskId"]
    assert gentask_sandbox.submits() == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "resetBeforeRead"}, "SUBMIT_UNKNOWN"),
        ({"kind": "resetAfterBody"}, "SUBMIT_UNKNOWN"),
        ({"kind": "closeWithoutAnswer"}, "SUBMIT_UNKNOWN"),
        ({"kind": "truncatedBody"}, "SUBMIT_UNKNOWN"),
        ({"kind": "tooLargeBody", "bytes": 20_000_000}, "SUBMIT_UNKNOWN"),
        ({"kind": "redirect", "code": 302, "location": "/elsewhere"}, "SUBMIT_UNKNOWN"),
        ({"kind": "redirect", "code": 307, "location": "/elsewhere"}, "UNKNOWN_ERROR"),
        ({"kind": "status", "code": 401}, "AUTH_FAILED"),
        ({"kind": "status", "code": 500}, "SUBMIT_UNKNOWN"),
    ],
    ids=lambda each: each["kind"] if isinstance(each, dict) else "",
)
def test_host_never_sends_a_submit_again_that_may_have_arrived(fault: dict[str, object], code: str, here: Here) -> None:
    here.sandbox.script("apixo", [{"on": "submit", "fault": fault}])
    with pytest.raises(gentask.GentaskError) as told:
        here.order("order-42")
    assert told.value.code == code
    assert here.sandbox.submits() <= 1
    if code == "SUBMIT_UNKNOWN":
        here.sandbox.script("apixo", [])
        with pytest.raises(gentask.SubmitUnknown):
            here.order("order-42")
    assert here.sandbox.submits() <= 1


def test_host_sends_again_what_provably_never_left(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(gentask.NetworkError) as refused:
        here.order("order-42", base_url=f"http://127.0.0.1:{port}")
    assert refused.value.billing == "none"
    assert here.order("order-42").status == "success"
    assert here.sandbox.submits() == 1


def test_the_page_shows_the_whole_example() -> None:
    assert f"```python\n{EXAMPLE.read_text(encoding='utf-8')}```\n" in PAGE


def test_the_page_names_every_effect_and_every_answer() -> None:
    from gentask.sansio import answers, effects

    for name in (*effects.__all__, *answers.__all__):
        assert name in ("Effect", "Answer") or f"`{name}" in PAGE, name
