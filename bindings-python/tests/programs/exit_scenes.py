"""How a program may leave the interpreter while something is still going on: each function is one such program."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import sys
import threading
from typing import cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    import gentask

JOB = ("nano-banana", {"mode": "text-to-image", "prompt": "mauve walrus"})
STUCK = ("nano-banana", {"mode": "text-to-image", "prompt": "mauve walrus [stuck]"})
QUICKLY = {"initial": 0.02, "factor": 1.0, "cap": 0.02}


def client() -> gentask.Client:
    import gentask

    return gentask.Client("apixo", poll=QUICKLY)


def async_client() -> gentask.AsyncClient:
    import gentask

    return gentask.AsyncClient("apixo", poll=QUICKLY)


def import_alone() -> None:
    """Import the package and do nothing."""
    import gentask

    print(gentask.__version__ != "")


def never_closed() -> None:
    """Keep a client in the module for ever."""
    mine = client()
    globals()["kept"] = mine
    print(mine.submit(*JOB).wait().status)


def never_closed_loop_client() -> None:
    """Keep a client of an event loop in the module for ever."""
    mine = async_client()
    globals()["kept"] = mine

    async def main() -> None:
        print((await (await mine.submit(*JOB)).wait()).status)

    asyncio.run(main())


def right_after_a_loop() -> None:
    """End right after the event loop has cancelled a wait."""

    async def main() -> None:
        mine = async_client()
        task = await mine.submit(*STUCK)
        waits = [asyncio.create_task(task.wait()) for _ in range(8)]
        step = task.updates()
        print((await step.__anext__()).status in ("pending", "processing"))
        await asyncio.sleep(0)
        assert not any(wait.done() for wait in waits)

    asyncio.run(main())


def right_after_a_wait() -> None:
    """End right after a wait."""

    async def main() -> None:
        async with async_client() as mine:
            await (await mine.submit(*JOB)).wait()

    asyncio.run(main())
    print(True)


def daemon_threads() -> None:
    """End while daemon threads wait."""
    mine = client()
    task = mine.submit(*STUCK)
    begun = [threading.Event() for _ in range(8)]

    def follow(mark: threading.Event) -> None:
        # Before the first change: one that another thread has seen is none for this one.
        mark.set()
        for _ in task.updates():
            pass

    for mark in begun:
        threading.Thread(target=follow, args=(mark,), daemon=True).start()
        threading.Thread(target=task.wait, daemon=True).start()
    print(all(mark.wait(30) for mark in begun))


def daemon_loop() -> None:
    """End while an event loop in a daemon thread waits."""
    waiting = threading.Event()

    async def main() -> None:
        mine = async_client()
        task = await mine.submit(*STUCK)
        async for _ in task.updates():
            waiting.set()

    def run() -> None:
        asyncio.new_event_loop().run_until_complete(main())

    threading.Thread(target=run, daemon=True).start()
    print(waiting.wait(30))


def busy_listener() -> None:
    """End while a listener hears event after event."""
    import gentask

    heard = threading.Event()
    mine = gentask.Client("apixo", poll=QUICKLY, on_event=lambda _: heard.set())
    task = mine.submit(*STUCK)
    threading.Thread(target=task.wait, daemon=True).start()
    print(heard.wait(30))


def closed_coroutines() -> None:
    """Make coroutines and generators that nobody ever awaits, and close them."""

    async def main() -> None:
        async with async_client() as mine:
            task = await mine.submit(*JOB)
            task.wait().close()
            mine.submit(*JOB).close()
            task.updates()
            await task.wait()

    asyncio.run(main())
    print(True)


def unawaited_coroutines() -> None:
    """Make coroutines that nobody ever awaits, with the interpreter's word about them turned off."""
    import warnings

    warnings.simplefilter("ignore", RuntimeWarning)
    mine = async_client()

    async def main() -> None:
        task = await mine.submit(*JOB)
        globals()["left"] = [task.wait(), mine.submit(*JOB), task.updates()]

    asyncio.run(main())
    print(True)


def at_exit_before() -> None:
    """Use a client in an exit handler that was registered before gentask's own, so it runs after it."""
    assert "gentask" not in sys.modules

    @atexit.register
    def last() -> None:
        try:
            mine = cast("gentask.Client", globals()["kept"])
            print("tasks", len(mine.tasks()))
            mine.close()
        finally:
            print("last")

    globals()["kept"] = client()
    cast("gentask.Client", globals()["kept"]).submit(*JOB)


def at_exit_after() -> None:
    """Use a client in an exit handler that was registered after gentask's own, so it runs before it."""
    mine = client()

    @atexit.register
    def first() -> None:
        print(mine.submit(*JOB).wait().status)
        mine.close()


def a_finaliser() -> None:
    """Close a client from a finaliser that runs while the modules are taken down."""

    class Holder:
        def __init__(self) -> None:
            self.client = client()
            self.task = self.client.submit(*JOB)

        def __del__(self) -> None:
            self.client.close()
            os.write(1, b"closed\n")

    globals()["kept"] = Holder()


def an_exit_code() -> None:
    """End by `sys.exit` with a wait under way."""
    task = client().submit(*STUCK)
    threading.Thread(target=task.wait, daemon=True).start()
    print(True)
    sys.exit(0)


def leave_an_order() -> None:
    """Store an order that waits out a pause, and die: it is left to a later resume."""
    import gentask

    mine = client()
    try:
        mine.submit(*STUCK, key="order-42", timeout=0)
    except gentask.WaitTimeout as late:
        print(late.intent_id is not None, flush=True)
    # Once the provider has asked for the pause.
    while not any(record.phase == "prepared" and record.to_dict()["attempts"]["limited"] for record in mine.tasks()):
        pass
    os._exit(0)


def resume_in_a_daemon_thread() -> None:
    """End while a resume, whose thread nobody waits for, has an order on its way."""
    import gentask

    sending = threading.Event()

    def hear(event: gentask.TaskEvent) -> None:
        if event.kind == "phase" and event.data["to"] == "submitting":
            sending.set()

    mine = gentask.Client("apixo", poll=QUICKLY, on_event=hear)
    threading.Thread(target=mine.resume, daemon=True).start()
    print(sending.wait(30))


def a_child_of_multiprocessing() -> None:
    """End a forked child of `multiprocessing` while an order of its own is on its way."""
    import multiprocessing

    mine = client()
    mine.tasks()

    def work() -> None:
        import gentask

        sending = threading.Event()

        def hear(event: gentask.TaskEvent) -> None:
            if event.kind == "phase" and event.data["to"] == "submitting":
                sending.set()

        own = gentask.Client("apixo", poll=QUICKLY, on_event=hear)
        threading.Thread(target=own.submit, args=JOB, daemon=True).start()
        assert sending.wait(30)

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    print(child.exitcode)


# In its strict mode an event loop complains of steps that took long: that is the machine's doing.
logging.getLogger("asyncio").addFilter(lambda record: not record.getMessage().startswith("Executing "))

globals()[sys.argv[1]]()
