"""Logging as an application sets it up: what is told at which level, and what is told to nobody."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys

import pytest

import gentask

from .support.faults import rule, status
from .support.jobs import KEY, PROMPT, job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask.testing import Sandbox


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def lines(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    """Return what was said at a level, without the intent's id."""
    return [record.getMessage().partition(": ")[2] for record in caplog.records if record.name == "gentask" and record.levelno == level]


def test_an_end_is_told_at_info_and_the_way_there_at_debug(everything: pytest.LogCaptureFixture, gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        task = submit(client)
        task.wait()
    assert lines(everything, logging.INFO) == ["waiting -> succeeded"]
    assert lines(everything, logging.DEBUG)[:2] == ["prepared -> submitting", "submitting -> waiting"]
    assert not lines(everything, logging.WARNING)
    assert all(record.getMessage().startswith(f"apixo {task.intent_id}: ") for record in everything.records if record.name == "gentask")


def test_what_a_person_should_look_at_is_told_at_warning(everything: pytest.LogCaptureFixture, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=1)])
    with gentask_sandbox.client() as client:
        with pytest.raises(gentask.SubmitUnknown):
            submit(client)
        submit(client, "[nofile]").wait()
        assert lines(everything, logging.WARNING) == ["submitting -> unresolved", "noFiles {}"]
        everything.clear()
        gentask_sandbox.reset("apixo", taskMs={"image": 200_000}, pendingMs=0)
        submit(client, "[odd]").check(force=True)
        [line] = lines(everything, logging.WARNING)
    assert line.startswith("unknownState ")


def test_what_a_line_says_is_there_for_structured_logs(everything: pytest.LogCaptureFixture, gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        task = submit(client)
        task.wait()
    last = vars(next(record for record in everything.records if record.name == "gentask" and record.levelno == logging.INFO))
    assert {name: value for name, value in last.items() if name.startswith("gentask_")} == {
        "gentask_event": "phase",
        "gentask_intent": task.intent_id,
        "gentask_task": task.task_id,
        "gentask_provider": "apixo",
        "gentask_model": task.model,
        "gentask_phase": "succeeded",
        "gentask_data": {"from": "waiting", "to": "succeeded", "taskId": task.task_id},
    }


def test_no_line_holds_a_prompt_a_key_or_a_url(everything: pytest.LogCaptureFixture, gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=1), rule("status", status(503), nth=1)])

    async def main() -> None:
        async with gentask_sandbox.async_client(api_key=KEY) as client:
            with pytest.raises(gentask.SubmitUnknown):
                await client.submit(*job())
            await (await client.submit(*job())).wait()
            with pytest.raises(gentask.TaskFailed):
                await (await client.submit(*job(word="[content]"))).wait()

    asyncio.run(main())
    told = [f"{record.getMessage()} {vars(record)!r}" for record in everything.records if record.name.startswith("gentask")]
    assert len(told) > 5
    for line in told:
        for secret in (KEY, PROMPT, gentask_sandbox.url, "http://", "/files/"):
            assert secret not in line


def test_a_level_that_is_off_costs_no_line(caplog: pytest.LogCaptureFixture, gentask_sandbox: Sandbox) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="gentask")
    with gentask_sandbox.client() as client:
        submit(client).wait()
    assert {record.levelno for record in caplog.records if record.name == "gentask"} == {logging.INFO}


def test_without_logging_nothing_is_imported_or_printed(gentask_sandbox: Sandbox) -> None:
    program = f"""
import sys, gentask
client = gentask.Client("apixo", api_key="k", base_url={gentask_sandbox.base_url("apixo")!r}, store=gentask.MemoryStore(),
                        poll={{"initial": 0.02, "cap": 0.02}})
client.submit("nano-banana", {{"mode": "text-to-image", "prompt": "a sunset"}}).wait()
client.close()
assert "logging" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
