"""A client that was used before a fork works in the parent and in the child."""

from __future__ import annotations

import os
import sys

from .fork_support import forked, intents, join, new_client, open_files, paid

client = new_client()
before = paid(client)
LINUX = sys.platform == "linux"
assert not LINUX or open_files(), "a client that is used has its files open, or the next line proves nothing"
said, says = os.pipe()


def child() -> None:
    assert not LINUX or open_files() == [], "the child inherited files of the parent"
    mine = paid(client)
    assert {before, mine} <= intents(client)
    os.write(says, mine.encode())


running = forked(child)
# The child alone may say something: where it fails, this ends too.
os.close(says)
ours = paid(client)
theirs = os.read(said, 1000).decode()
join(running)
assert intents(client) == {before, ours, theirs}
assert client.task(theirs).wait().ok
