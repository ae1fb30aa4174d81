"""A caller's own key: the same key and payload are the same task, however often and from wherever they are submitted."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from gentask import InsufficientCredits, InvalidPayload, SqliteStore, SubmitUnknown

from .support.at_once import at_once
from .support.faults import Fault, delay, rule, status
from .support.jobs import job, submit, the_only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from .support.both import Both


def test_the_same_key_and_payload_are_the_same_task_also_when_it_has_ended(both: Both) -> None:
    client = both.client()
    first = submit(client, key="order-42")
    again = submit(client, key="order-42")
    assert (again.intent_id, again.task_id) == (first.intent_id, first.task_id)
    assert first.wait().status == "success"
    assert submit(client, key="order-42").wait() == first.wait()
    assert both.seen() == (1, 1)
    assert (the_only(client).key, the_only(client).intent_id) == ("order-42", first.intent_id)


def test_without_a_key_the_same_payload_is_another_task(both: Both) -> None:
    client = both.client()
    assert submit(client).intent_id != submit(client).intent_id
    assert both.seen() == (2, 2)


def test_the_order_of_a_payloads_members_makes_no_difference(both: Both) -> None:
    client = both.client()
    model, payload = job()
    first = client.submit(model, payload, key="k")
    assert client.submit(model, dict(reversed(payload.items())), key="k").intent_id == first.intent_id


def test_another_payload_model_or_option_under_a_key_is_refused_and_says_whose_it_is(both: Both) -> None:
    client = both.client()
    first = submit(client, key="k")
    model, payload = job()
    for others, options in [
        ((model, payload | {"prompt": "another"}), {}),
        (("nano-banana-2", payload), {}),
        ((model, payload), {"provider": "value"}),
    ]:
        with pytest.raises(InvalidPayload, match=first.intent_id):
            client.submit(*others, key="k", options=options)
    assert both.seen() == (1, 1)


def test_a_key_of_another_account_is_another_task(both: Both) -> None:
    first, second = both.client(account="first"), both.client(account="second")
    assert submit(first, key="k").intent_id != submit(second, key="k").intent_id
    assert both.seen() == (2, 2)


def test_a_key_from_eight_threads_at_once_makes_one_task(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", delay(200), nth=1)])
    client = both.client()
    tasks = at_once(8, lambda _: submit(client, key="order-42"))
    assert len({task.intent_id for task in tasks}) == 1
    assert {task.task_id for task in tasks} == {the_only(client).task_id}
    assert both.seen() == (1, 1)


def test_a_key_from_clients_with_stores_of_their_own_on_one_file_makes_one_task(both: Both, tmp_path: Path) -> None:
    both.sandbox.script("apixo", [rule("submit", delay(200), nth=1)])
    path = tmp_path / "tasks.db"
    clients = [both.client(store=SqliteStore(path)), both.client(store=str(path))]
    tasks = at_once(8, lambda number: submit(clients[number % 2], key="order-42"))
    assert len({(task.intent_id, task.task_id) for task in tasks}) == 1
    assert both.seen() == (1, 1)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("resetAfterBody", SubmitUnknown),
        (status(402), InsufficientCredits),
        (status(400, {"code": 400, "message": "bad"}), InvalidPayload),
    ],
    ids=["lost", "no credits", "refused"],
)
def test_a_redelivered_key_tells_the_same_end_again(both: Both, fault: Fault | str, error: type[Exception]) -> None:
    both.sandbox.script("apixo", [rule("submit", fault, nth=1)])
    client = both.client()
    for _ in range(3):
        with pytest.raises(error) as caught:
            submit(client, key="k")
        assert type(caught.value) is error
    assert both.sandbox.submits() == 1


FRESH = {
    "sync": """
import gentask, sys
path, base_url = sys.argv[1:]
options = {"api_key": "sandbox-key-of-no-value", "base_url": base_url, "store": path, "poll": {"initial": 0.05}}
with gentask.Client("apixo", **options) as client:
    [record] = client.tasks(unfinished=True)
    reply = client.task(record.intent_id).wait(60)
    again = client.submit(record.model, {"mode": "text-to-image", "prompt": "mauve walrus"}, key="order-42")
    print(record.intent_id, reply.status, again.intent_id)
""",
    "asyncio": """
import asyncio, gentask, sys
path, base_url = sys.argv[1:]
options = {"api_key": "sandbox-key-of-no-value", "base_url": base_url, "store": path, "poll": {"initial": 0.05}}
async def main():
    async with gentask.AsyncClient("apixo", **options) as client:
        [record] = await client.tasks(unfinished=True)
        reply = await (await client.task(record.intent_id)).wait(60)
        again = await client.submit(record.model, {"mode": "text-to-image", "prompt": "mauve walrus"}, key="order-42")
        print(record.intent_id, reply.status, again.intent_id)
asyncio.run(main())
""",
}


def test_a_fresh_process_finds_and_finishes_a_task(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    with both.client(store=path) as client:
        task = submit(client, key="order-42")
    command = [sys.executable, "-W", "error", "-c", FRESH[both.kind], str(path), both.sandbox.base_url("apixo")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "NO_PROXY": "*"})
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.split() == [task.intent_id, "success", task.intent_id]
    assert both.seen() == (1, 1)
    # What the other process learnt is known here, without a request.
    asked = both.asked()
    assert both.client(store=path).task(task.intent_id).wait(0).status == "success"
    assert both.asked() == asked
