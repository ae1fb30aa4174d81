"""A caller's own key: the same key and payload are the same task, however often and from wherever they are submitted."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from gentask import (
    AuthFailed,
    InsufficientCredits,
    InvalidPayload,
    KeyConflict,
    MemoryStore,
    RateLimited,
    SqliteStore,
    SubmitUnknown,
    WaitTimeout,
)
from gentask.testing import ManualClock

from .support.at_once import at_once
from .support.faults import Fault, delay, limited, rule, status
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
    for others, options, differs in [
        ((model, payload | {"prompt": "another"}), {}, "/input"),
        (("nano-banana-2", payload), {}, "/model"),
        ((model, payload), {"provider": "value"}, "/options"),
    ]:
        with pytest.raises(KeyConflict, match=first.intent_id) as caught:
            client.submit(*others, key="k", options=options)
        assert isinstance(caught.value, InvalidPayload)
        assert caught.value.code == "INVALID_PAYLOAD"
        assert caught.value.intent_id == first.intent_id
        assert [(broken.path, broken.rule) for broken in caught.value.violations] == [(differs, "keyConflict")]
        reply = client.create_generation(*others, key="k", options=options)
        with pytest.raises(KeyConflict):
            reply.raise_for_status()
    assert both.seen() == (1, 1)


def test_a_payload_that_breaks_the_rules_is_no_conflict_of_keys(both: Both) -> None:
    with pytest.raises(InvalidPayload) as caught:
        both.client().submit("nano-banana", {"mode": "no such mode"}, key="k")
    assert not isinstance(caught.value, KeyConflict)


def test_a_key_is_its_owners(both: Both) -> None:
    client = both.client()
    tasks = {owner: submit(client, key="1", owner=owner) for owner in (None, "anna", "ben")}
    assert len({task.intent_id for task in tasks.values()}) == 3
    for owner, task in tasks.items():
        assert submit(client, key="1", owner=owner).intent_id == task.intent_id
        found = client.find("1", owner)
        assert found is not None
        assert (found.intent_id, found.record().owner) == (task.intent_id, owner)
    assert client.find("1", "eve") is None
    assert client.find("2") is None
    assert client.find("1", owner="") is not None, "no name is no owner"
    assert both.seen() == (3, 3)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(status(402), InsufficientCredits), (status(401), AuthFailed), (limited("600"), RateLimited)],
    ids=["no credits", "no key", "limited"],
)
def test_a_refusal_that_cost_nothing_does_not_use_a_key_up(both: Both, fault: Fault, error: type[Exception]) -> None:
    both.sandbox.script("apixo", [rule("submit", fault, nth=1)])
    clock = ManualClock()
    client = both.client(store=MemoryStore(), clock=clock)
    with pytest.raises(error) as refused:
        submit(client, key="k", owner="anna")
    assert getattr(refused.value, "billing") == "none"  # noqa: B009 - whichever error it is
    clock.advance(601)
    task = submit(client, key="k", owner="anna")
    assert task.wait().ok
    assert both.seen() == (2, 1)
    found = client.find("k", "anna")
    assert found is not None
    assert found.intent_id == task.intent_id
    [old] = [record for record in client.tasks() if record.intent_id != task.intent_id]
    assert (old.phase, old.key, old.successor) == ("rejected", None, task.intent_id)


def test_a_new_attempt_is_never_made_within_a_pause(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("600"), nth=1)])
    clock = ManualClock()
    client = both.client(store=MemoryStore(), clock=clock)
    waits = []
    for _ in range(3):
        with pytest.raises(RateLimited) as refused:
            submit(client, key="k")
        waits.append(refused.value.retry_after or 0)
        clock.advance(100)
    assert both.sandbox.submits() == 1
    assert waits == sorted(waits, reverse=True)
    assert waits[0] != waits[-1], "what is told is what is left of the pause"


def test_a_submit_is_waited_for_no_longer_than_its_time_and_goes_on(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", delay(700), nth=1)])
    store = MemoryStore()
    client = both.client(store=store)
    with pytest.raises(WaitTimeout) as late:
        submit(client, key="k", timeout=0.05)
    assert (late.value.reply.status, late.value.billing) == ("pending", "possible")
    assert not [advice for advice in late.value.suggestions if "adopt" in advice or "discard" in advice]
    client.close()
    again = both.client(store=store)
    found = again.find("k")
    assert found is not None
    assert (found.intent_id, found.record().phase) == (late.value.intent_id, "waiting")
    assert submit(again, key="k", timeout=60).wait().ok
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
        (status(400, {"code": 400, "message": "bad"}), InvalidPayload),
    ],
    ids=["lost", "refused"],
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
