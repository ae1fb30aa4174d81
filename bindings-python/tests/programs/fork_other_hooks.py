"""A hook of another library lets the interpreter go during a fork, while another thread needs gentask: both go on."""

from __future__ import annotations

import os
import threading

forking, used = threading.Event(), threading.Event()
heard: list[str] = []


def hook() -> None:
    forking.set()
    # As `logging` waits for its locks. Whether the thread gets through before the fork or after it is gentask's business.
    used.wait(2)
    heard.append("back")


# Before gentask's own: hooks before a fork run in the opposite order.
os.register_at_fork(before=hook)

from .fork_support import forked, join, new_client, paid  # noqa: E402 - the hook comes first

client = new_client()


def use() -> None:
    forking.wait(30)
    paid(client)
    used.set()


thread = threading.Thread(target=use)
thread.start()
join(forked(lambda: paid(client)))
thread.join()
assert used.is_set()
assert heard == ["back"]
assert len(client.tasks()) == 2
