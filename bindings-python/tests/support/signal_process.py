"""Programs that run on their own: what they say, what they are told by signals, and how they end."""

from __future__ import annotations

import os
import queue
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import gentask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from typing_extensions import Self

    from gentask.testing import Sandbox

PROGRAMS = Path(__file__).parent.parent / "programs"
PACKAGES = Path(gentask.__file__).parent.parent

# No process of a test comes near it.
MOST_S = 60


class Ended(NamedTuple):
    """What a process left behind."""

    code: int
    said: list[str]
    complained: str


class Process:
    """A process that is ended with the test."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> None:
        handle, name = tempfile.mkstemp(".stderr", dir=cwd)
        self._complaints = Path(name)
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._said: list[str] = []
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=handle, cwd=cwd, env=env, text=True
        )
        os.close(handle)
        self._reader = threading.Thread(target=self._read, name="process-reader")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def line(self, within: float = MOST_S) -> str:
        """Return the next line that it says."""
        line = self._lines.get(timeout=within)
        assert line is not None, f"it ended, having said {self._said}: {self.complained()}"
        self._said.append(line)
        return line

    def complained(self) -> str:
        """What it wrote to its standard error up to now."""
        return self._complaints.read_text(encoding="utf-8")

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def ended_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self, within: float = MOST_S) -> Ended:
        """Wait for its end."""
        code = self._process.wait(within)
        self._reader.join(MOST_S)
        while (line := self._lines.get(timeout=MOST_S)) is not None:
            self._said.append(line)
        return Ended(code, self._said, self.complained())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(MOST_S)
        self._reader.join(MOST_S)
        assert self._process.stdout is not None
        self._process.stdout.close()


def surroundings(sandbox: Sandbox, store: Path) -> dict[str, str]:
    """Return the environment of a program whose clients talk to the sandbox, with a store in this file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GENTASK_", "PYTHON"))}
    urls = {f"{name}_BASE_URL": sandbox.base_url(provider) for name, provider in (("APIXO", "apixo"), ("APIDOT", "apidot"))}
    # The key of the clients of the sandbox: a provider shows a task to nobody else.
    keys = dict.fromkeys(("APIXO_API_KEY", "APIDOT_API_KEY", "AIVIDEO_API_KEY"), sandbox.options()["api_key"])
    paths = {"PYTHONPATH": str(PACKAGES), "PYTHONUNBUFFERED": "1", "GENTASK_STORE": str(store), "NO_PROXY": "127.0.0.1"}
    return {**kept, **urls, **keys, **paths}


def eventually(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something is seen: moments are observed, not guessed."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < MOST_S, f"in vain: {what}"
        time.sleep(0.005)
