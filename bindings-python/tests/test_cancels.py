"""Cancelling: the provider is asked where it can, and the truth is told where it cannot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from gentask import MemoryStore, SubmitUnknown, TaskCancelled, Unsupported, WaitTimeout

from .support.faults import rule
from .support.jobs import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .support.both import Both


def films(both: Both, *, pending_ms: int) -> None:
    """Let films take an hour, so much of it before they are worked on."""
    both.sandbox.reset("aivideomaker", taskMs={"video": 3_600_000}, pendingMs=pending_ms, readPerMin=0)


def test_a_pending_task_is_cancelled_where_the_provider_can(both: Both) -> None:
    films(both, pending_ms=3_600_000)
    task = submit(both.client("aivideomaker"))
    reply = task.cancel()
    assert (reply.ok, reply.status, reply.error_code, reply.task_id) == (True, "cancelled", None, task.task_id)
    assert both.sandbox.stats("aivideomaker")["running"] == 0
    assert task.record().phase == "cancelled"
    with pytest.raises(TaskCancelled):
        task.wait()


def test_a_task_that_is_worked_on_is_not_cancelled_and_goes_on(both: Both) -> None:
    films(both, pending_ms=0)
    task = submit(both.client("aivideomaker"))
    with pytest.raises(Unsupported) as caught:
        task.cancel()
    assert (caught.value.task_id, caught.value.intent_id) == (task.task_id, task.intent_id)
    assert task.record().phase == "waiting"
    # Once it is known to be worked on, nobody is asked.
    assert task.check(force=True).ok
    with pytest.raises(Unsupported):
        task.cancel()
    assert both.asked("cancel", "aivideomaker") == 1


@pytest.mark.parametrize("provider", ["apixo", "apidot"])
def test_a_provider_without_a_cancel_is_not_asked(both: Both, provider: str) -> None:
    client = both.client(provider)
    assert not client.contract.can_cancel
    task = submit(client)
    with pytest.raises(Unsupported):
        task.cancel()
    assert both.sandbox.stats(provider)["requests"] == {"submit": 1}
    assert task.wait().status == "success"


def test_a_cancel_ends_a_wait_elsewhere(both: Both) -> None:
    films(both, pending_ms=3_600_000)
    task = submit(both.client("aivideomaker"))
    updates = task.updates()
    next(updates)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: [reply.error_code for reply in updates])
        assert task.cancel().status == "cancelled"
        assert waiting.result(60)[-1] == "CANCELLED"


def test_a_cancel_of_an_unresolved_submit_is_kept_and_explained(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=1)])
    client = both.client()
    with pytest.raises(SubmitUnknown) as caught:
        submit(client)
    task = client.task(str(caught.value.intent_id))
    with pytest.raises(SubmitUnknown):
        task.cancel()
    assert (task.record().phase, task.record().to_dict()["cancelRequested"]) == ("unresolved", True)


def test_cancel_task_works_by_the_providers_id_alone(both: Both) -> None:
    films(both, pending_ms=3_600_000)
    task_id = submit(both.client("aivideomaker")).task_id
    stranger = both.client("aivideomaker", store=MemoryStore())
    reply = stranger.cancel_task(str(task_id))
    assert (reply.ok, reply.status, reply.error_code) == (True, "cancelled", None)
    assert len(stranger.tasks()) == 0


def test_a_wait_that_times_out_cancels_nothing(both: Both) -> None:
    films(both, pending_ms=3_600_000)
    task = submit(both.client("aivideomaker"))
    with pytest.raises(WaitTimeout):
        task.wait(0)
    assert both.asked("cancel", "aivideomaker") == 0
    assert both.sandbox.stats("aivideomaker")["running"] == 1
