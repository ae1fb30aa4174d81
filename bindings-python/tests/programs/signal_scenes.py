"""What happens to a program that waits and is sent signals: each function is one program, which says what happens to it."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading

import gentask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import NoReturn

JOB = ("nano-banana", {"mode": "text-to-image", "prompt": "mauve walrus"})
QUICKLY = {"initial": 0.02, "factor": 1.0, "cap": 0.02}


class Mine(Exception):
    """What this program's own handler raises."""


def client() -> gentask.Client:
    return gentask.Client("apixo", poll=QUICKLY)


def interrupted(work: Callable[[], object], kind: type[BaseException] = KeyboardInterrupt) -> None:
    """Say which intent the exception names that ends this."""
    try:
        work()
    except kind as error:
        print("interrupted", gentask.intent_id_of(error), flush=True)
        for note in getattr(error, "__notes__", []):
            print("note", note, flush=True)
    else:
        print("not interrupted", flush=True)


def wait() -> None:
    """Wait for a task, and end well when that is interrupted."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    interrupted(task.wait)


def wait_until_killed() -> None:
    """Wait for a task, and let an interrupt end the program."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    task.wait()


def updates() -> None:
    """Follow a task's changes."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    interrupted(lambda: list(task.updates()))


def on_update() -> None:
    """Wait with a listener."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    interrupted(lambda: task.wait(on_update=lambda _: None))


def check() -> None:
    """Ask once how a task is."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    interrupted(lambda: task.check(force=True))


def get_status() -> None:
    """Ask how a task is by the provider's id."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    interrupted(lambda: client().get_status(str(task.task_id)))


def resume() -> None:
    """Drive all tasks to their ends."""
    mine = client()
    print(mine.submit(*JOB).intent_id, flush=True)
    interrupted(mine.resume)


def run() -> None:
    """Work until that is interrupted."""
    mine = client()
    print(mine.submit(*JOB).intent_id, flush=True)
    interrupted(mine.run)


def submit() -> None:
    """Submit, and say how the record is when that is interrupted."""
    mine = client()
    interrupted(lambda: mine.submit(*JOB, key="order-42"))
    [record] = mine.tasks()
    print(record.phase, record.task_id, flush=True)


def submit_to_nobody() -> None:
    """Submit where no answer comes; later processes need not wait for the answer for long."""
    mine = gentask.Client("apixo", poll=QUICKLY, request_timeout=10)
    interrupted(lambda: mine.submit(*JOB, key="order-42"))


def submit_until_killed() -> None:
    """Submit, and let an interrupt end the program."""
    client().submit(*JOB, key="order-42")


def create_generation() -> None:
    """Submit with the call that raises for no answer of a provider."""
    mine = client()
    interrupted(lambda: mine.create_generation(*JOB, key="order-42"))
    [record] = mine.tasks()
    print(record.phase, record.task_id, flush=True)


def submit_then_close() -> None:
    """Close the client after an interrupted submit: it waits for the answer."""
    with client() as mine:
        interrupted(lambda: mine.submit(*JOB, key="order-42"))
        [record] = mine.tasks()
        print(record.phase, record.task_id, flush=True)
    with client() as mine:
        [record] = mine.tasks()
        print(record.phase, record.task_id, flush=True)


def _raise(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Mine


def handler_raises_in_wait() -> None:
    """Wait with a timer whose handler raises."""
    task = client().submit(*JOB)
    print(task.intent_id, flush=True)
    signal.signal(signal.SIGALRM, _raise)

    def alarmed() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        task.wait()

    interrupted(alarmed, Mine)


def handler_raises_in_submit() -> None:
    """Submit with a timer whose handler raises once the submit is on its way."""
    sent = threading.Event()
    ticks = []

    def tick(number: int, frame: FrameType | None) -> None:
        ticks.append(number)
        if sent.is_set() and len(ticks) > 3:
            signal.setitimer(signal.ITIMER_REAL, 0)
            _raise(number, frame)

    def heard(event: gentask.TaskEvent) -> None:
        if event.kind == "phase" and event.data["to"] == "submitting":
            sent.set()

    mine = gentask.Client("apixo", poll=QUICKLY, on_event=heard)
    signal.signal(signal.SIGALRM, tick)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    interrupted(lambda: mine.submit(*JOB), Mine)


def handler_returns() -> None:
    """Wait with a handler that raises nothing."""
    task = client().submit(*JOB)
    signal.signal(signal.SIGUSR1, lambda *_: print("heard", flush=True))
    print(task.intent_id, flush=True)
    print(task.wait().status, flush=True)


def two_threads() -> None:
    """Wait on the main thread and on another, in one client."""
    mine = client()
    here, there = mine.submit(*JOB), mine.submit(*JOB)
    thread = threading.Thread(target=lambda: print(there.wait().status, flush=True))
    thread.start()
    print(here.intent_id, flush=True)
    interrupted(here.wait)
    thread.join()


def other_thread_alone() -> None:
    """Wait on another thread alone, while the main one does something else."""
    task = client().submit(*JOB)
    ended = threading.Event()

    def follow() -> None:
        print(task.wait().status, flush=True)
        ended.set()

    thread = threading.Thread(target=follow)
    thread.start()
    print(task.intent_id, flush=True)
    # Not `join`: before Python 3.13 an interrupted one takes the thread for ended.
    interrupted(ended.wait)
    ended.wait()
    thread.join()


def loop_wait() -> None:
    """Wait in an event loop."""

    async def main() -> None:
        async with gentask.AsyncClient("apixo", poll=QUICKLY) as mine:
            task = await mine.submit(*JOB)
            print(task.intent_id, flush=True)
            await task.wait()

    interrupted(lambda: asyncio.run(main()))


def loop_submit() -> None:
    """Submit in an event loop."""

    async def main() -> None:
        mine = gentask.AsyncClient("apixo", poll=QUICKLY)
        await mine.submit(*JOB, key="order-42")

    interrupted(lambda: asyncio.run(main()))


globals()[sys.argv[1]]()
