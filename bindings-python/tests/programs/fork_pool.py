"""A pool of forked processes submits under one key, all at the same moment."""

from __future__ import annotations

import multiprocessing

from .fork_support import new_client, paid

context = multiprocessing.get_context("fork")
client = new_client()
# Used before: the pool inherits a client at work.
paid(client, key="before")
start = context.Barrier(4)


def submit(_: int) -> str:
    start.wait(30)
    return paid(client, key="order-42")


if __name__ == "__main__":
    with context.Pool(4) as pool:
        found: list[str] = pool.map(submit, range(4), chunksize=1)
    assert len(found) == 4
    assert len(set(found)) == 1, found
    assert client.task(found[0]).wait().ok
