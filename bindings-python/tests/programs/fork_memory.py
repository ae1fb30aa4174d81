"""A store in memory is the parent's: a child begins with an empty one."""

from __future__ import annotations

import pytest

import gentask

from .fork_support import forked, intents, job, join, new_client, paid

client = new_client(store=gentask.MemoryStore())
task = client.submit(*job())
assert task.wait().ok


def child() -> None:
    assert intents(client) == set()
    with pytest.raises(gentask.TaskNotFound):
        task.record()
    mine = paid(client)
    assert intents(client) == {mine}


join(forked(child))
assert intents(client) == {task.intent_id}
assert task.reply().ok
