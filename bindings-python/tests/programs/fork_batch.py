"""A batch that is under way at a fork stays with the parent; the child can order by itself."""

from __future__ import annotations

from .fork_support import forked, intents, join, new_client

client = new_client()
PAYLOAD = {"mode": "text-to-image", "prompt": "a sunset"}
batch = client.submit_many([{"model": "nano-banana", "input": PAYLOAD} for _ in range(6)], key="k", concurrency=2)
first = next(batch)


def child() -> None:
    try:
        next(batch)
    except RuntimeError as refused:
        assert "before a fork" in str(refused)  # noqa: PT017 - this is a program of its own
    else:
        raise AssertionError("the child waited for the parent's batch")
    batch.close()
    [own] = client.submit_many([{"model": "nano-banana", "input": PAYLOAD, "key": "child"}])
    assert own.reply.ok


join(forked(child))
rest = list(batch)
assert sorted([first.index, *(ordered.index for ordered in rest)]) == list(range(6))
assert all(ordered.reply.ok for ordered in rest)
assert len(intents(client)) == 7
