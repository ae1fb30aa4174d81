"""A store in memory is the parent's: a child begins with an empty one."""

from __future__ import annotations

from fork_support import forked, intents, job, join, new_client, paid

import gentask

client = new_client(store=gentask.MemoryStore())
task = client.submit(*job())
assert task.wait().ok


def child() -> None:
    assert intents(client) == set()
    try:
        task.record()
    except gentask.TaskNotFound:
        pass
    else:
        raise AssertionError("the child has the parent's record")
    mine = paid(client)
    assert intents(client) == {mine}


join(forked(child))
assert intents(client) == {task.intent_id}
assert task.reply().ok
