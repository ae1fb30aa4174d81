"""The end of the interpreter: nobody is inside when it ends, nothing is said, and what is paid for is saved."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from gentask.testing import Sandbox

MOST_S = 60

BEGIN = """
import asyncio, atexit, sys, threading
{before}
import gentask
from gentask import AsyncClient, Client, SqliteStore
base_url, store = sys.argv[1:]
options = dict(api_key="sandbox-key-of-no-value", base_url=base_url, store=store, poll=dict(initial=0.02, cap=0.05))
job = ("nano-banana", dict(mode="text-to-image", prompt="a sunset"))
stuck = ("nano-banana", dict(mode="text-to-image", prompt="a sunset [stuck]"))
"""

PROGRAMS = {
    "right after an event loop": """
async def main():
    async with AsyncClient("apixo", **options) as client:
        assert (await (await client.submit(*job)).wait()).ok
asyncio.run(main())
""",
    "with a client that nobody closes": """
client = Client("apixo", **options)
assert client.submit(*job).wait().ok
""",
    "with daemon threads that wait": """
client = Client("apixo", **options)
tasks = [client.submit(*stuck) for _ in range(3)]
for task in tasks:
    threading.Thread(target=task.wait, daemon=True).start()
""",
    "with a loop that goes on in a daemon thread": """
client = AsyncClient("apixo", **options)
begun = threading.Event()
async def main():
    task = await client.submit(*stuck)
    begun.set()
    await task.wait()
threading.Thread(target=asyncio.run, args=(main(),), daemon=True).start()
assert begun.wait(60)
""",
    "with a listener": """
client = Client("apixo", on_event=lambda event: event.data, **options)
assert client.submit(*job).wait().ok
""",
    "with handlers of its own after ours": """
client = Client("apixo", **options)
atexit.register(client.close)
assert client.submit(*job).wait().ok
""",
}


def run(sandbox: Sandbox, store: Path, program: str, before: str = "", *flags: str) -> tuple[int, str]:
    source = BEGIN.replace("{before}", before) + program
    command = [sys.executable, *flags, "-c", source, sandbox.base_url("apixo"), str(store)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_S, check=False, env={**os.environ, "NO_PROXY": "*"})
    return ran.returncode, ran.stderr


@pytest.mark.parametrize("how", PROGRAMS)
def test_a_program_ends_in_silence(gentask_sandbox: Sandbox, tmp_path: Path, how: str) -> None:
    # Whoever is still inside at the wrong moment ends the process with a signal; not every time.
    ended = [run(gentask_sandbox, tmp_path / "tasks.db", PROGRAMS[how]) for _ in range(8)]
    assert ended == [(0, "")] * 8


def test_a_program_ends_in_silence_with_every_warning_on(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    program = PROGRAMS["right after an event loop"]
    assert run(gentask_sandbox, tmp_path / "tasks.db", program, "", "-X", "dev", "-W", "error") == (0, "")


def test_a_handler_that_comes_after_ours_can_still_wait(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    # Handlers run in reverse order: one that was registered before the import comes last.
    before = "atexit.register(lambda: (client.submit(*job).wait(), client.close()))"
    assert run(gentask_sandbox, tmp_path / "tasks.db", 'client = Client("apixo", **options)', before) == (0, "")
    assert gentask_sandbox.submits() == 1


def test_the_command_is_a_module_too(gentask_sandbox: Sandbox) -> None:
    command = [sys.executable, "-m", "gentask", "models", "--provider", "apixo", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_S, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert '"nano-banana"' in ran.stdout
    wrong = subprocess.run([*command[:3], "--no-such-flag"], capture_output=True, text=True, timeout=MOST_S, check=False)
    assert wrong.returncode == 2
