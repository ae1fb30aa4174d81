"""Two threads fork at the same moment, again and again."""

from __future__ import annotations

import threading

from .fork_support import forked, intents, join, new_client, paid

ROUNDS = 8
client = new_client()
paid(client, key="before")
together = threading.Barrier(2)
joined: list[str] = []


def fork(name: str) -> None:
    for number in range(ROUNDS):
        key = f"{name}-{number}"
        together.wait(30)
        join(forked(lambda: paid(client, key=key)))  # noqa: B023 - the child is forked, and does it at once
        joined.append(key)


threads = [threading.Thread(target=fork, args=(name,)) for name in ("left", "right")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(joined) == 2 * ROUNDS, joined
assert {record.key for record in client.tasks()} == {*joined, "before"}
assert len(intents(client)) == 2 * ROUNDS + 1
assert paid(client)
