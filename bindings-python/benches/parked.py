"""What a wait costs while it waits: 10,000 asyncio tasks, each of which awaits one task at the sandbox that does not end.

`python benches/parked.py [COUNT]` after `cargo xtask bench-python` has installed the optimised package. The sandbox is another
process. The memory is that of the whole process, with what Python itself needs for a task of its own; tasks and their records were
there before.
"""

import asyncio
import gc
import subprocess
import sys
import tempfile
from pathlib import Path

from sides import resident

import gentask

GOAL = 6_000
ORDER = ("nano-banana", {"mode": "text-to-image", "prompt": "[stuck]"})
SANDBOX = "import sys, gentask.testing as t; s = t.Sandbox(speed=1); print(s.base_url('apixo'), flush=True); sys.stdin.read()"
BATCH = 500
SETTLES_S = 20
"""How long the waits have until all of them sleep."""


async def measured(url: str, store: gentask.MemoryStore | Path, count: int) -> float:
    """Give the bytes of a wait."""
    # The first poll is later than all this.
    poll = {"initial": 1_800.0, "factor": 1.0, "cap": 3_600.0}
    async with gentask.AsyncClient("apixo", base_url=url, api_key="any", store=store, timeout=3_600, poll=poll) as client:
        tasks = []
        for _ in range(0, count, BATCH):
            tasks += await asyncio.gather(*(client.submit(*ORDER) for _ in range(BATCH)))
        gc.collect()
        before = resident()
        waits = [asyncio.ensure_future(task.wait()) for task in tasks]
        await asyncio.sleep(SETTLES_S)
        gc.collect()
        taken = resident() - before
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        return taken / len(tasks)


def main() -> None:
    """Measure both stores, each in a process of its own, which has no memory left from another."""
    if len(sys.argv) > 2:
        url, name, count = sys.argv[1:]
        with tempfile.TemporaryDirectory() as folder:
            store = gentask.MemoryStore() if name == "MemoryStore" else Path(folder) / "tasks.db"
            wait = asyncio.run(measured(url, store, int(count)))
        print(f"{name:12} {wait / 1_000:6.1f} KB a wait", f"(goal {GOAL / 1_000:.0f} KB: {'met' if wait <= GOAL else 'missed'})")
        return
    with subprocess.Popen([sys.executable, "-c", SANDBOX], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sandbox:
        assert sandbox.stdout is not None
        url = sandbox.stdout.readline().strip()
        for name in ("MemoryStore", "SQLite file"):
            subprocess.run([sys.executable, __file__, url, name, sys.argv[1] if len(sys.argv) > 1 else "10000"], check=True)
        sandbox.terminate()


if __name__ == "__main__":
    main()
