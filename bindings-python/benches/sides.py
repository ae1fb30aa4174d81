"""One side of a bench, in a process of its own: `sides.py SIDE TASKS URL` prints what it cost as JSON."""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gentask.sansio import next_poll

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = "nano-banana"
INPUT = {"mode": "text-to-image", "prompt": "a sunset"}
# First poll after 1 s, then 1.5 times as long each time, at most 2 s, each with jitter: three or four polls for a task of 4 s.
INITIAL_S, FACTOR, CAP_S = 1.0, 1.5, 2.0
GATE = 32


def pauses() -> Iterator[float]:
    """Yield the seconds from one poll to the next: the package's own schedule, jitter and all, so that all sides poll as often."""
    seed, elapsed = random.getrandbits(64), 0
    while True:
        figures = {"first_ms": INITIAL_S, "every_ms": INITIAL_S, "cap_ms": CAP_S}
        pause = next_poll(elapsed, seed, factor_pct=round(FACTOR * 100), **{name: round(time * 1000) for name, time in figures.items()})
        elapsed += pause
        yield pause / 1000


async def with_aiohttp(tasks: int, url: str) -> dict[str, Any]:
    """The loop that a careful person writes: one session, 32 connections, JSON, sleeps. It stores nothing."""
    import aiohttp

    gate = asyncio.Semaphore(GATE)
    headers = {"authorization": "Bearer sandbox"}
    connector = aiohttp.TCPConnector(limit=GATE)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def one() -> bool:
            body = {"request_type": "async", "input": INPUT}
            async with gate, session.post(f"{url}/apixo/api/v1/generateTask/{MODEL}", json=body) as answer:
                task_id = (await answer.json())["data"]["taskId"]
            for pause in pauses():
                await asyncio.sleep(pause)
                params = {"taskId": task_id}
                async with gate, session.get(f"{url}/apixo/api/v1/statusTask/{MODEL}", params=params) as answer:
                    state = (await answer.json())["data"]["state"]
                if state in ("success", "failed"):
                    return bool(state == "success")
            return False

        return await finish([one() for _ in range(tasks)])


async def with_httpx(tasks: int, url: str) -> dict[str, Any]:
    """The same over httpx with its own defaults: 100 connections, 5 s for everything, waiting for a connection included."""
    import httpx

    headers = {"authorization": "Bearer sandbox"}
    async with httpx.AsyncClient(headers=headers) as client:

        async def one() -> bool:
            body = {"request_type": "async", "input": INPUT}
            task_id = (await client.post(f"{url}/apixo/api/v1/generateTask/{MODEL}", json=body)).json()["data"]["taskId"]
            for pause in pauses():
                await asyncio.sleep(pause)
                status = await client.get(f"{url}/apixo/api/v1/statusTask/{MODEL}", params={"taskId": task_id})
                state = status.json()["data"]["state"]
                if state in ("success", "failed"):
                    return bool(state == "success")
            return False

        return await finish([one() for _ in range(tasks)])


async def with_gentask(tasks: int, url: str, store: Any) -> dict[str, Any]:
    """The package: every task stored before it is sent, and its id before it is polled."""
    import gentask

    poll = {"initial": INITIAL_S, "factor": FACTOR, "cap": CAP_S}
    async with gentask.AsyncClient("apixo", api_key="sandbox", base_url=f"{url}/apixo", store=store, poll=poll) as client:

        async def one() -> bool:
            task = await client.submit(MODEL, INPUT)
            return (await task.wait()).ok

        return await finish([one() for _ in range(tasks)])


async def finish(work: list[Any]) -> dict[str, Any]:
    """Wait for all of them, and tell what it cost. The memory is the most that the process had."""
    before, memory = processor_time(), resident()
    ended = await asyncio.gather(*work, return_exceptions=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    finished = sum(1 for each in ended if each is True)
    return {"finished": finished, "cpu": processor_time() - before, "memory": max(most - memory, 0)}


def processor_time() -> float:
    """The processor time of this process and all its threads, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident() -> int:
    """The memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main() -> None:
    """Run the side that the command line names."""
    side, tasks, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if side == "aiohttp":
        told = asyncio.run(with_aiohttp(tasks, url))
    elif side == "httpx":
        told = asyncio.run(with_httpx(tasks, url))
    else:
        import gentask

        with tempfile.TemporaryDirectory() as folder:
            store = gentask.MemoryStore() if side == "gentask in memory" else Path(folder) / "tasks.db"
            told = asyncio.run(with_gentask(tasks, url, store))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
