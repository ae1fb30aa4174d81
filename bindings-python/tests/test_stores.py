"""A dictionary as a store: an object with six methods, plain or async, under everything that a client does."""

from __future__ import annotations

import json

import pytest

from gentask import (
    InvalidPayload,
    SubmitUnknown,
)

from .support.at_once import at_once
from .support.dictstore import AsyncDictStore, DictStore
from .support.faults import delay, rule
from .support.jobs import KEY, PROMPT, submit, the_only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .support.both import Both


@pytest.fixture(params=["sync", "asyncio", "asyncio and async methods"])
def flavour(request: pytest.FixtureRequest) -> str:
    """Each client with a plain store, and the one that can with an async one too."""
    return str(request.param)


@pytest.fixture
def kind(flavour: str) -> str:
    return flavour.split()[0]


@pytest.fixture
def stores(flavour: str) -> tuple[Any, DictStore]:
    """A store to give to a client, and the dictionary below it."""
    store = AsyncDictStore() if "async methods" in flavour else DictStore()
    return store, store.plain if isinstance(store, AsyncDictStore) else store


def test_a_dictionary_is_a_store(both: Both, stores: tuple[Any, DictStore]) -> None:
    store, plain = stores
    with both.client(store=store, api_key=KEY) as client:
        task = submit(client, key="order-42", owner="anna")
        assert {name for _, name in plain.blobs} == set(), "the request is deleted once its task id is known"
        assert submit(client, key="order-42", owner="anna").intent_id == task.intent_id
        with pytest.raises(InvalidPayload):
            submit(client, "another", key="order-42", owner="anna")
    # Another client finds everything in it.
    client = both.client(store=store, api_key=KEY)
    reply = client.task(task.intent_id).wait()
    assert (reply.status, reply.data["raw"] is not None) == ("success", True)
    assert client.task(task.intent_id).reply() == reply
    record = the_only(client)
    assert (record.intent_id, record.key, record.owner, record.phase) == (task.intent_id, "order-42", "anna", "succeeded")
    assert [one.intent_id for one in client.tasks(owner="anna", phases=["succeeded"], limit=1)] == [task.intent_id]
    assert {"load", "find", "save", "list", "blob", "meta"} == set(plain.calls)
    assert both.seen() == (1, 1)
    kept = json.dumps([plain.records, plain.values]) + repr(plain.blobs)
    assert KEY not in kept
    assert PROMPT not in kept


def test_async_methods_run_in_the_event_loop_of_the_client(both: Both, stores: tuple[Any, DictStore]) -> None:
    store, _ = stores
    assert submit(both.client(store=store)).wait().status == "success"
    if isinstance(store, AsyncDictStore):
        assert both.loop is not None
        assert store.loops == {both.loop.loop}


def test_a_submit_is_stored_with_its_request_before_it_is_sent(both: Both, stores: tuple[Any, DictStore]) -> None:
    store, plain = stores
    sent_before_saved: list[bool] = []

    class Transport:
        def send(self, request: object) -> Any:
            phases = [json.loads(text)["phase"] for text in plain.records.values()]
            sent_before_saved.append(phases != ["submitting"] or "request" not in {name for _, name in plain.blobs})
            raise ConnectionError("the answer is lost")

    client = both.client(store=store, transport=Transport())
    with pytest.raises(SubmitUnknown):
        submit(client)
    assert sent_before_saved == [False]
    [(_, request)] = plain.blobs.items()
    assert isinstance(request, bytes)
    assert b"authorization" not in request.lower()


def test_a_key_from_many_threads_makes_one_task(both: Both, stores: tuple[Any, DictStore]) -> None:
    store, _ = stores
    both.sandbox.script("apixo", [rule("submit", delay(100), nth=1)])
    clients = [both.client(store=store), both.client(store=store)]
    tasks = at_once(8, lambda number: submit(clients[number % 2], key="order-42"))
    assert len({(task.intent_id, task.task_id) for task in tasks}) == 1
    assert both.seen() == (1, 1)


def test_several_clients_wait_for_one_task_over_one_store(both: Both, stores: tuple[Any, DictStore]) -> None:
    store, _ = stores
    task = submit(both.client(store=store), "[slow]")
    handles = [both.client(store=store).task(task.intent_id) for _ in range(4)]
    replies = at_once(4, lambda number: handles[number].wait())
    assert {reply.status for reply in replies} == {"success"}
    assert len({reply.to_json() for reply in replies}) == 1
