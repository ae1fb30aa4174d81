"""What was begun before a fork is the parent's: a child that goes on with it is told so at once."""

from __future__ import annotations

import pytest

from .fork_support import forked, job, join, new_client

client = new_client()
task = client.submit(*job("[slow]"))
updates = task.updates()
first = next(updates)


def child() -> None:
    with pytest.raises(RuntimeError, match="fork"):
        next(updates)
    # One of its own works.
    assert [reply.status for reply in task.updates()][-1] == "success"


join(forked(child))
rest = list(updates)
assert first.status != "success"
assert rest[-1].ok, rest
