"""A worker drives what is unfinished, tells of each end until it was dealt with, and stops when it is told to."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING

import pytest

import gentask
from gentask.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gentask.callbacks import Notice
    from gentask.testing import Sandbox

INPUT = {"mode": "text-to-image", "prompt": "a sunset"}
QUICK = {"initial": 0.02, "cap": 0.02}


@pytest.fixture
def client(gentask_sandbox: Sandbox, tmp_path: Path) -> Iterator[gentask.Client]:
    with gentask_sandbox.client("apixo", store=str(tmp_path / "tasks.db"), poll=QUICK) as client:
        yield client


def test_a_worker_hears_of_each_end_and_ends_with_its_client(client: gentask.Client) -> None:
    ends: dict[str, str] = {}
    heard = threading.Event()

    def on_settled(notice: Notice[gentask.TaskHandle]) -> None:
        ends[notice.intent_id] = notice.reply.status
        if len(ends) == 3:
            heard.set()

    worker = threading.Thread(target=client.run, args=(on_settled,))
    worker.start()
    prompts = ("a cat", "[fail] a dog", "a fox")
    tasks = [client.submit("nano-banana", {**INPUT, "prompt": prompt}, owner="ann") for prompt in prompts]
    assert heard.wait(60)
    while client.notices():
        pass
    client.close()
    worker.join(60)
    assert not worker.is_alive()
    cat, dog, fox = (task.intent_id for task in tasks)
    assert ends == {cat: "success", dog: "failed", fox: "success"}


def test_what_raises_is_logged_and_told_again(gentask_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    clock = ManualClock()
    tries: list[str] = []
    with gentask_sandbox.client("apixo", poll=QUICK, clock=clock) as client:

        def on_settled(notice: Notice[gentask.TaskHandle]) -> None:
            tries.append(notice.intent_id)
            if len(tries) < 3:
                raise OSError("no mail today")
            raise KeyboardInterrupt

        task = client.submit("nano-banana", INPUT)
        with caplog.at_level(logging.ERROR, logger="gentask"), pytest.raises(KeyboardInterrupt):
            client.run(on_settled)
        assert tries == [task.intent_id] * 3
        assert [record.getMessage() for record in caplog.records] == [f"a notice was not settled: {task.intent_id}"] * 2
        assert [notice.intent_id for notice in client.notices()] == [task.intent_id]


def test_an_async_worker_ends_when_it_is_cancelled(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    async def main() -> None:
        async with gentask_sandbox.async_client("apixo", store=str(tmp_path / "tasks.db"), poll=QUICK) as client:
            heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

            async def on_settled(notice: Notice[gentask.AsyncTaskHandle]) -> None:
                await heard.put((notice.intent_id, notice.reply.status))

            worker = asyncio.create_task(client.run(on_settled))
            task = await client.submit("nano-banana", INPUT)
            assert await asyncio.wait_for(heard.get(), 60) == (task.intent_id, "success")
            worker.cancel()
            with pytest.raises(asyncio.CancelledError):
                await worker
            # The client is as good as before.
            assert (await task.wait()).ok

    asyncio.run(main())


def test_on_reply_hears_of_what_cannot_be_gone_on_with(client: gentask.Client, gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    task = client.submit("nano-banana", {**INPUT, "prompt": "[stuck] a cat"})
    heard = threading.Event()
    replies: list[tuple[str, gentask.Reply]] = []

    def on_reply(intent_id: str, reply: gentask.Reply) -> None:
        replies.append((intent_id, reply))
        heard.set()

    with gentask.Client("apixo", api_key="k", base_url="http://127.0.0.1:9", store=str(tmp_path / "tasks.db")) as other:
        worker = threading.Thread(target=other.run, kwargs={"on_reply": on_reply})
        worker.start()
        assert heard.wait(60)
        other.close()
        worker.join(60)
    (intent_id, reply), *_ = replies
    assert intent_id == task.intent_id
    assert "base URL" in (reply.error_message or "")
    assert gentask_sandbox.submits("apixo") == 1


def test_a_closed_client_and_a_store_without_notices_are_refused(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.client("apixo")
    client.close()
    with pytest.raises(gentask.GentaskError, match="closed"):
        client.run()
    with pytest.raises(TypeError, match="on_reply"):
        gentask_sandbox.client("apixo").run(on_reply=3)  # type: ignore[arg-type]
