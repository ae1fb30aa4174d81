"""What the programs that fork share. Each gets a sandbox's base URL and a store's path as arguments."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import traceback

import gentask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

BASE_URL, STORE = sys.argv[1:3]

# A program that hangs says where, and ends; so does a child, by a signal that needs no thread.
HANGS_S = 50
faulthandler.dump_traceback_later(HANGS_S, exit=True)


def options(**more: Any) -> dict[str, Any]:
    """Return the options of a client of the sandbox, over the SQLite file."""
    own = {"base_url": BASE_URL, "api_key": "any", "store": STORE, "poll": {"initial": 0.05, "factor": 1.0, "cap": 0.05}}
    return {**own, **more}


def new_client(**more: Any) -> gentask.Client:
    """Return a client of the sandbox."""
    return gentask.Client("apixo", **options(**more))


def job(word: str = "") -> tuple[str, dict[str, Any]]:
    """Return a model and a payload."""
    return "nano-banana", {"mode": "text-to-image", "prompt": f"a fork {word}"}


def paid(client: gentask.Client, key: str | None = None) -> str:
    """Submit a job, wait for its end, and return its intent's id."""
    task = client.submit(*job(), key=key)
    assert task.wait(HANGS_S).ok
    return task.intent_id


def intents(client: gentask.Client) -> set[str]:
    """Return all that are stored."""
    return {record.intent_id for record in client.tasks()}


def forked(work: Callable[[], object]) -> int:
    """Do it in a child that ends without any further ado, and return the child."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.alarm(HANGS_S - 10)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            sys.stdout.flush()
            os._exit(code)
    return child


def join(child: int) -> None:
    """Wait for a child, which must have done its work."""
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code == 0, f"the child ended with {code}"


def open_files() -> list[str]:
    """Return the paths of the store's files that this process has open."""
    # One of them listed them, and is gone.
    found = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    return [path for path in found if path.startswith(STORE)]
