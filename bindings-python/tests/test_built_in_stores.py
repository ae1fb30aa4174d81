"""The stores that come with the package have the methods of a store: for one of your own around them."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from gentask import MemoryStore, SqliteStore, TaskRecord, types
from gentask.errors import BY_CODE

from .support.jobs import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from gentask import Delivery, StoreFilter
    from gentask.store import CallbackStore, Store

    from .support.both import Both


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryStore | SqliteStore:
    return MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "tasks.db")


@dataclasses.dataclass
class Counting:
    """A store around another one that counts what is saved."""

    inner: Store
    saves: int = 0

    def load(self, intent_id: str, /) -> TaskRecord | None:
        return self.inner.load(intent_id)

    def find(self, *by: Any) -> Sequence[TaskRecord]:
        return self.inner.find(*by)

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool, /) -> bool:
        self.saves += 1
        return self.inner.save(record, blobs, expected_version, fence)

    def list(self, wanted: StoreFilter, /) -> Sequence[TaskRecord]:
        return self.inner.list(wanted)

    def blob(self, intent_id: str, name: str, /) -> bytes | None:
        return self.inner.blob(intent_id, name)

    def meta(self, *arguments: Any) -> str | None:
        return self.inner.meta(*arguments)


def as_protocols(store: MemoryStore | SqliteStore) -> tuple[Store, CallbackStore]:
    """What a type checker has to accept."""
    return store, store


def test_a_store_of_ones_own_may_stand_around_a_built_in_one(both: Both, store: MemoryStore | SqliteStore) -> None:
    counting = Counting(as_protocols(store)[0])
    client = both.client(store=counting)
    task = submit(client, key="k", owner="anna")
    assert task.wait().ok
    assert counting.saves > 2
    # The inner one has it all, and may be used by itself.
    assert both.client(store=store).find("k", "anna").intent_id == task.intent_id  # type: ignore[union-attr]
    record = store.load(task.intent_id)
    assert record is not None
    assert [each.intent_id for each in store.find(record.provider, "default", None, "k", "anna")] == [task.intent_id]
    assert [each.intent_id for each in store.find(record.provider, None, record.task_id, None, None)] == [task.intent_id]
    assert store.find(record.provider, "default", None, "k", None) == []
    assert store.blob(task.intent_id, "raw")
    assert store.blob(task.intent_id, "nothing") is None
    assert len(both.client(store=counting).tasks()) == 1


def test_what_a_built_in_store_answers_is_what_the_protocol_says(store: MemoryStore | SqliteStore, both: Both) -> None:
    assert store.load("none") is None
    assert store.meta("a") is None
    assert store.meta("a", "1") == "1"
    assert store.meta("a", "2", True) == "1"
    assert store.raise_meta("a", 7) == 7
    assert store.raise_meta("a", 3) == 7
    assert store.delete(["none"]) == 0
    client = both.client(store=store)
    task = submit(client)
    record = task.record()
    assert store.save(record, {"raw": b"x"}, record.version - 1, False) is False
    assert store.acknowledge(task.intent_id, 1) is False
    with pytest.raises(ValueError, match="blob"):
        store.save(record, {"colour": b"x"}, record.version, True)
    with pytest.raises(ValueError, match="find needs"):
        store.find("apixo", None, None, "k", None)


def test_a_client_uses_a_built_in_store_and_its_callbacks_directly(both: Both, store: MemoryStore | SqliteStore) -> None:
    client = both.client(store=store)
    submit(client).wait()
    [notice] = client.notices()
    deliveries: list[Delivery] = client.deliveries()
    assert deliveries == []
    assert client.acknowledge(notice.intent_id) is True
    assert store.acknowledge(notice.intent_id, 1) is False


def test_the_words_of_the_types_are_those_of_the_core() -> None:
    assert set(get_args(types.ErrorCode)) == set(BY_CODE)
    with pytest.raises(ValueError, match="no phase is called") as caught, _any_client() as client:
        client.tasks(phases=["done"])
    told = str(caught.value).partition("there are ")[2]
    assert set(told.replace(",", " ").split()) == set(get_args(types.Phase)), caught.value


def _any_client() -> Any:
    from gentask import Client

    return Client("apixo", store=MemoryStore(), api_key="k")
