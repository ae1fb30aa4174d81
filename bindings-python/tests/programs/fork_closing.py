"""Forks while a store is being closed by another thread: the child has none of its files open, and can open it."""

from __future__ import annotations

import sys
import threading

import gentask

from .fork_support import STORE, forked, job, join, new_client, open_files


def child() -> None:
    assert sys.platform != "linux" or open_files() == [], "the child inherited files of a store that was being closed"
    gentask.SqliteStore(path)


for number in range(150):
    path = f"{STORE}-{number % 7}.db"
    client = new_client(store=path)
    client.dry_run(*job())
    closing = threading.Event()

    def close(client: gentask.Client = client, closing: threading.Event = closing) -> None:
        closing.set()
        client.close()

    thread = threading.Thread(target=close)
    thread.start()
    closing.wait(30)
    # A little later each time, so that forks meet every stage of a close.
    for _ in range(number % 50 * 100):
        pass
    join(forked(child))
    thread.join()
    assert client.closed
