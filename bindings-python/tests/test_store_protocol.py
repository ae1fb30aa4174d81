"""What makes an object a store, and what a store may have beyond it."""

from __future__ import annotations

import pytest

from gentask import (
    AsyncClient,
    Client,
    MemoryStore,
    SqliteStore,
    StoreError,
    StoreFilter,
    TaskRecord,
)

from .support.dictstore import AsyncDictStore, DictStore, PruningStore
from .support.jobs import job, prune_ended, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gentask.testing import Sandbox

    from .support.both import Both


def test_a_store_without_its_methods_is_a_type_error_that_names_them(both: Both) -> None:
    class Half:
        load = find = save = lambda *_: None

    with pytest.raises(TypeError, match="Half has no list, blob, meta"):
        both.client(store=Half())

    class Wrong(DictStore):
        blob = "not a method"  # type: ignore[assignment]

    with pytest.raises(TypeError, match="the store's blob must be callable"):
        both.client(store=Wrong())


def test_an_async_store_needs_an_async_client(gentask_sandbox: Sandbox) -> None:
    with pytest.raises(TypeError, match="the store's load is an async function: it needs an AsyncClient"):
        gentask_sandbox.client(store=AsyncDictStore())
    assert isinstance(gentask_sandbox.async_client(store=AsyncDictStore()), AsyncClient)


def test_a_store_may_mix_plain_and_async_methods(both: Both) -> None:
    class Mixed(DictStore):
        async def load(self, intent_id: str) -> TaskRecord | None:  # type: ignore[override]
            return super().load(intent_id)

    if both.kind == "sync":
        with pytest.raises(TypeError, match="load"):
            both.client(store=Mixed())
    else:
        assert submit(both.client(store=Mixed())).wait().status == "success"


def test_two_clients_share_a_store_in_memory_and_on_disk(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "tasks.db"
    shared = SqliteStore(path)
    for one, other in [(MemoryStore(),) * 2, (shared, shared), (path, str(path)), (shared, path)]:
        first, second = both.client(store=one), both.client(store=other)
        task = submit(first, key=str(other))
        assert submit(second, key=str(other)).intent_id == task.intent_id
        assert second.task(task.intent_id).wait().status == "success"
        posts = both.sandbox.submits()
        assert first.task(task.intent_id).wait(0).status == "success"
        assert both.sandbox.submits() == posts
        # A closed client gives up its own hold only.
        first.close()
        assert second.task(task.intent_id).record().phase == "succeeded"


class Listening(DictStore):
    """Keeps the filters that it was asked with."""

    def __init__(self) -> None:
        super().__init__()
        self.filters: list[StoreFilter] = []

    def list(self, filter: StoreFilter) -> Any:  # noqa: A002 - the protocol's own word
        self.filters.append(filter)
        return super().list(filter)


def test_a_filter_says_what_is_wanted_and_can_do_it_all(both: Both) -> None:
    store = Listening()
    client = both.client(store=store, account="one")
    tasks = [submit(client, "[stuck]", owner="anna") for _ in range(3)]
    submit(both.client(store=store, account="two"), owner="anna")
    first = client.tasks(owner="anna", phases=["waiting"], limit=2)
    assert first.next is not None
    rest = client.tasks(owner="anna", phases=["waiting"], limit=2, after=first.next)
    assert {record.intent_id for record in (*first, *rest)} == {task.intent_id for task in tasks}
    one, two = store.filters
    assert (one.provider, one.account, one.owner, one.phases, one.after) == ("apixo", "one", "anna", ["waiting"], None)
    assert one.limit is not None
    assert one.limit >= 2
    assert two.after == first.next
    assert (one.due_before_ms, one.created_before_ms) == (None, None)
    every = [TaskRecord.from_json(text) for text in store.records.values()]
    assert [one.matches(record) for record in every] == [True, True, True, False]
    assert two.apply(reversed(every)) == list(rest)
    with pytest.raises(TypeError):
        one.apply([{}])  # type: ignore[list-item]
    client.tasks(unfinished=True)
    wanted = store.filters[-1].phases
    assert wanted is not None
    assert "waiting" in wanted
    assert "succeeded" not in wanted


def test_a_store_with_delete_can_be_pruned_and_hears_the_history(both: Both) -> None:
    store = PruningStore()
    client = both.client(store=store)
    done, stuck = submit(client), submit(client, "[stuck]")
    done.wait()
    phases = [event["data"]["to"] for intent_id, event in store.history if intent_id == done.intent_id and event["kind"] == "phase"]
    assert phases == ["submitting", "waiting", "succeeded"]
    assert prune_ended(client) == 1
    assert set(store.records) == {stuck.intent_id}


def test_a_store_without_delete_cannot_be_pruned(both: Both) -> None:
    client = both.client(store=DictStore())
    submit(client).wait()
    with pytest.raises(StoreError, match="delete"):
        prune_ended(client)


def test_nothing_is_stored_by_a_dry_run(both: Both) -> None:
    store = DictStore()
    both.client(store=store).dry_run(*job(), key="k")
    assert store.calls == []


def test_a_client_takes_a_store_object_as_it_is(gentask_sandbox: Sandbox) -> None:
    # Protocols are checked by name, not by class.
    with Client("apixo", **gentask_sandbox.options("apixo", store=DictStore())) as client:
        assert submit(client).wait().status == "success"
