"""Thirty forks while threads submit and wait."""

from __future__ import annotations

import threading

from .fork_support import forked, intents, join, new_client, paid

FORKS = 30
client = new_client()
enough = threading.Event()
done: list[str] = []


def work() -> None:
    while not enough.is_set():
        done.append(paid(client))


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
try:
    for number in range(FORKS):
        join(forked(lambda: paid(client, key=f"child-{number}")))  # noqa: B023 - the child is forked, and does it at once
finally:
    enough.set()
    for thread in threads:
        thread.join()
records = list(client.tasks())
assert {record.phase for record in records} == {"succeeded"}, [record.phase for record in records]
assert sorted(record.key for record in records if record.key) == sorted(f"child-{number}" for number in range(FORKS))
assert set(done) < intents(client)
assert len(records) == len(done) + FORKS == len(set(done)) + FORKS
print(len(records))
