"""The package beside event loops that a person would write: tasks that wait at once, and what an import costs.

Each side runs in a process of its own, and the provider in another. All sides keep the same poll schedule. What is printed are ratios; the
figures beside them are this machine's.

`python benches/waits.py` runs everything; `python benches/waits.py 1000` only that many tasks.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CONTENDERS = ("aiohttp", "gentask in memory", "gentask on disk", "httpx")
HTTPX_AT_MOST = 1000
ROUNDS = {1: 3, 100: 3, 1000: 5, 10_000: 1}
SERVER = """
import sys, json
from gentask.testing import Sandbox
with Sandbox(["apixo"], speed=1) as sandbox:
    sandbox.reset("apixo", taskMs={"image": 4000})
    print(sandbox.url, flush=True)
    sys.stdin.readline()
    print(json.dumps(sandbox.stats()), flush=True)
"""


class Provider:
    """The sandbox in a process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def end(self) -> dict[str, Any]:
        """End it, and return what arrived."""
        told, _ = self.process.communicate("end\n")
        stats: dict[str, Any] = json.loads(told)
        return stats


def run(side: str, tasks: int, url: str) -> dict[str, Any]:
    """Run one side, and return what it says of itself."""
    command = [sys.executable, str(HERE / "sides.py"), side, str(tasks), url]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"{side} with {tasks} tasks: {ran.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def at_once(tasks: int) -> None:
    """Let each side wait for so many tasks at once."""
    # Beyond that it takes minutes to finish nothing.
    sides = [side for side in CONTENDERS if side != "httpx" or tasks <= HTTPX_AT_MOST]
    rounds: dict[str, list[dict[str, Any]]] = {side: [] for side in sides}
    for _ in range(ROUNDS.get(tasks, 1)):
        for side in sides:
            provider = Provider()
            told = run(side, tasks, provider.url)
            seen = provider.end()
            requests = seen["providers"]["apixo"]["requests"]
            told["sockets"] = seen["connectionsMost"]
            told["submits"], told["polls"] = requests.get("submit", 0), requests.get("status", 0)
            rounds[side].append(told)
    print(f"\n{tasks} tasks of 4 s at once")
    print(f"  {'side':<20}{'finished':>9}{'CPU/task':>11}{'ratio':>7}{'memory/task':>13}{'ratio':>7}{'polls/task':>12}{'sockets':>9}")
    base = [told["cpu"] for told in rounds["aiohttp"]]
    base_memory = statistics.median(told["memory"] for told in rounds["aiohttp"])
    for side, all_told in rounds.items():
        finished = min(told["finished"] for told in all_told)
        cpu = statistics.median(told["cpu"] for told in all_told)
        ratio = statistics.median(told["cpu"] / other for told, other in zip(all_told, base, strict=True))
        memory = statistics.median(told["memory"] for told in all_told)
        polls = statistics.median(told["polls"] for told in all_told) / tasks
        sockets = max(told["sockets"] for told in all_told)
        print(
            f"  {side:<20}{finished:>9}{cpu / tasks * 1e6:>8.0f} us{ratio:>6.2f}x{memory / tasks / 1024:>10.1f} KB"
            f"{memory / base_memory:>6.2f}x{polls:>12.1f}{sockets:>9}"
        )
        assert all(told["submits"] == tasks or side == "httpx" for told in all_told), "a task was submitted twice or not at all"


def imports() -> None:
    """Compare what imports cost, each in a fresh interpreter."""
    print("\nan import, beyond an empty interpreter's start (median of 21)")
    empty = started("pass")
    for module in ("gentask", "gentask.aio", "aiohttp", "httpx", "requests"):
        try:
            took = started(f"import {module}") - empty
        except RuntimeError:
            continue
        print(f"  {module:<14}{took * 1e3:>7.1f} ms")


def started(program: str) -> float:
    """Return how long a program takes from start to end, in seconds."""
    times = []
    for _ in range(21):
        began = time.perf_counter()
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
        times.append(time.perf_counter() - began)
        if ran.returncode != 0:
            raise RuntimeError(program)
    return statistics.median(times)


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    if not wanted:
        imports()
    for count in wanted or ROUNDS:
        at_once(count)
