"""A thousand tasks at once in one process: all end, each is paid once, and few sockets are open meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from gentask import MemoryStore
from gentask.testing import Sandbox

from .support.at_once import at_once
from .support.jobs import job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 1_000
SOCKETS = 64
CALMLY = {"initial": 0.5, "factor": 1.5, "cap": 2.0}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Give a sandbox of four times the usual speed, without limits on how many requests there are in a minute."""
    with Sandbox(speed=4) as sandbox:
        sandbox.reset("apixo", readPerMin=0, submitPerMin=0, concurrent=0, balanceMilli=1_000_000_000)
        yield sandbox


@pytest.mark.parametrize("durable", [False, True], ids=["memory", "sqlite"])
def test_a_thousand_submits_and_waits_on_one_thread_all_succeed(sandbox: Sandbox, tmp_path: Path, durable: bool) -> None:
    store = tmp_path / "tasks.db" if durable else MemoryStore()

    async def main() -> tuple[set[str], int]:
        async with sandbox.async_client(store=store, poll=CALMLY) as client:

            async def one() -> str:
                task = await client.submit(*job())
                reply = await task.wait(90)
                assert (reply.ok, reply.task_id) == (True, task.task_id)
                return task.intent_id

            intents = await asyncio.gather(*(one() for _ in range(MANY)))
            return set(intents), len(await client.tasks(limit=2 * MANY))

    intents, stored = asyncio.run(main())
    assert len(intents) == stored == MANY
    assert sandbox.submits() == sandbox.stats("apixo")["tasks"] == MANY
    assert sandbox.stats()["connectionsMost"] <= SOCKETS


def test_a_hundred_threads_submit_and_wait_with_one_client(sandbox: Sandbox, tmp_path: Path) -> None:
    with sandbox.client(store=tmp_path / "tasks.db", poll=CALMLY) as client:

        def one(_: int) -> str:
            task = submit(client)
            assert task.wait(90).ok
            return task.intent_id

        assert len(set(at_once(100, one))) == len(client.tasks(limit=200)) == 100
    assert sandbox.submits() == 100
    assert sandbox.stats()["connectionsMost"] <= SOCKETS
