"""An `AsyncClient` that was used before a fork works in event loops of the parent and of the child."""

from __future__ import annotations

import asyncio

import gentask

from .fork_support import forked, job, join, options

client = gentask.AsyncClient("apixo", **options())


async def paid() -> str:
    task = await client.submit(*job())
    assert (await task.wait(30)).ok
    return task.intent_id


async def count() -> int:
    return len(await client.tasks())


def child() -> None:
    mine = asyncio.run(paid())
    assert asyncio.run(paid()) != mine


asyncio.run(paid())
running = forked(child)
asyncio.run(paid())
join(running)
assert asyncio.run(count()) == 4
