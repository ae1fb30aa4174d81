"""A submit whose outcome is not known: it is listed, explained, and settled without a second POST."""

from __future__ import annotations

import pytest

from gentask import AuthFailed, GentaskError, InvalidPayload, MemoryStore, SubmitUnknown, Unsupported

from .support.faults import Fault, rule, status
from .support.jobs import job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask import Client

    from .support.both import Both


def lost(both: Both) -> tuple[Client, str]:
    """A client with one submit whose answer was lost, and its intent."""
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=1)])
    client = both.client()
    with pytest.raises(SubmitUnknown) as caught:
        submit(client)
    assert caught.value.intent_id is not None
    return client, caught.value.intent_id


def a_task_of_the_provider(both: Both) -> str:
    """The id of a task that the provider has, and our store has not."""
    made = both.client(store=MemoryStore()).create_generation(*job()).task_id
    assert made is not None
    return made


def test_the_right_id_is_adopted_after_one_status_call_and_the_task_goes_on(both: Both) -> None:
    client, intent_id = lost(both)
    task_id = a_task_of_the_provider(both)
    posts = both.sandbox.submits()
    reply = client.adopt(intent_id, task_id)
    assert (reply.ok, reply.task_id, reply.intent_id) == (True, task_id, intent_id)
    assert both.asked("status") == 1
    assert client.task(intent_id).wait().status == "success"
    assert len(client.unresolved()) == 0
    with pytest.raises(Unsupported):
        client.adopt(intent_id, "another")
    assert both.sandbox.submits() == posts


def test_an_id_that_the_provider_does_not_know_is_not_adopted(both: Both) -> None:
    client, intent_id = lost(both)
    with pytest.raises(LookupError):
        client.task(intent_id).adopt("task_of_nobody")
    assert [record.intent_id for record in client.unresolved()] == [intent_id]


def test_an_id_that_is_stored_already_is_refused_without_a_request(both: Both) -> None:
    client, intent_id = lost(both)
    other = submit(client)
    assert other.task_id is not None
    before = both.sandbox.stats("apixo")["requests"]
    with pytest.raises(InvalidPayload, match=other.intent_id):
        client.adopt(intent_id, other.task_id)
    assert both.sandbox.stats("apixo")["requests"] == before


@pytest.mark.parametrize(("fault", "error"), [(status(500), SubmitUnknown), (status(401), AuthFailed)])
def test_an_adoption_that_cannot_be_checked_changes_nothing(both: Both, fault: Fault, error: type[GentaskError]) -> None:
    client, intent_id = lost(both)
    task_id = a_task_of_the_provider(both)
    both.sandbox.script("apixo", [rule("status", fault, nth=1)])
    with pytest.raises(error) as caught:
        client.adopt(intent_id, task_id)
    assert caught.value.intent_id == intent_id
    assert len(client.unresolved()) == 1
    assert client.adopt(intent_id, task_id).ok


def test_a_discarded_submit_is_over_and_asks_nobody(both: Both) -> None:
    client, intent_id = lost(both)
    reply = client.discard(intent_id)
    assert (reply.status, reply.error_code, reply.data["billing"]) == ("cancelled", "CANCELLED", "possible")
    assert len(client.unresolved()) == 0
    task = client.task(intent_id)
    for again in (task.discard, lambda: task.adopt("x")):
        with pytest.raises(Unsupported):
            again()
    assert both.sandbox.stats("apixo")["requests"] == {"submit": 1}


def test_a_lost_submit_is_found_by_its_reference_in_the_providers_list(both: Both) -> None:
    both.sandbox.script("aivideomaker", [rule("submit", "resetAfterBody", nth=1)])
    client = both.client("aivideomaker")
    task = submit(client)
    assert task.task_id is not None
    assert both.seen("aivideomaker") == (1, 1)
    assert [listed.task_id for listed in client.remote_tasks()] == [task.task_id]
