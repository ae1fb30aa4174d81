"""Keeping tasks in a database of your own.

A store is any object with six methods; for an `AsyncClient` they may be async functions. Everything it keeps is text and bytes:
`record.to_json()` under `record.intent_id`, and the blobs beside it. What makes gentask's promises hold is `save`: it must be atomic, it
must compare `expected_version` with what is stored, and with `fence` it must return only when the record would survive a loss of power.

A store that is to keep callbacks and notices too has four further methods, and a `save` that takes two things by name: `CallbackStore`.
With any other store, a submit with a `callback_url` is refused before anything is sent, and there are no notices.
"""

from __future__ import annotations

from typing import Protocol

from gentask._native import Delivery, DeliveryFilter, MemoryStore, NoticeFilter, SqliteStore, StoreFilter, TaskRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

__all__ = [
    "AsyncCallbackStore",
    "AsyncStore",
    "CallbackStore",
    "Delivery",
    "DeliveryFilter",
    "MemoryStore",
    "NoticeFilter",
    "SqliteStore",
    "Store",
    "StoreFilter",
    "TaskRecord",
]


class Store(Protocol):
    """Durable tasks. Every method is atomic, also against other processes with the same store.

    It may have three more methods: `delete(intent_ids: list[str]) -> int`, which `Client.prune` needs (a record that has not ended stays),
    `append_events(intent_id: str, events: list[dict]) -> None`, which is told what happens to tasks, and
    `raise_meta(name: str, value: int) -> int`, for a store that several processes share: in one step it moves a number among the values of
    `meta` upwards, never down, and returns the one that stands afterwards. What is not there counts as 0.
    """

    def load(self, intent_id: str, /) -> TaskRecord | None:
        """Return the record of an intent."""
        ...

    def find(self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None, /) -> Sequence[TaskRecord]:
        """Return the records with this task id, or with this account, owner and caller's key, oldest first. Leave none out.

        A key is its owner's: with `owner` as `None` only records without an owner match.
        """
        ...

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool, /) -> bool:
        """Store a record and the blobs that change beside it (`None`: delete it), both or neither.

        Return `False`, and store nothing, unless the stored version is `expected_version` (0: nothing is stored yet), or where another
        record has the same provider, account, owner and key.
        """
        ...

    def list(self, filter: StoreFilter, /) -> Sequence[TaskRecord]:  # noqa: A002
        """Return the records that match, by creation time and then intent id. `filter.apply(records)` does all of it."""
        ...

    def blob(self, intent_id: str, name: str, /) -> bytes | None:
        """Return the bytes stored under this name beside a record."""
        ...

    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False, /) -> str | None:
        """Return a value that belongs to no single task, after setting it where `value` is given."""
        ...


class CallbackStore(Store, Protocol):
    """A store that keeps callbacks and notices too. These methods and the wider `save` go together.

    A callback is stored under its `provider`, `account` and `dedupe`, which are unique together; everything else of it is
    `delivery.to_json()`. One whose `expires_at_ms` is over counts as not stored, and may be deleted.
    """

    def save(
        self,
        record: TaskRecord,
        blobs: Mapping[str, bytes | None],
        expected_version: int,
        fence: bool,
        /,
        *,
        delivery: Delivery | None = None,
        notice: bool = False,
    ) -> bool:
        """Store what `Store.save` stores, and in the same transaction what belongs to it.

        - `delivery`: the callback that brought the change. Where it is stored already, as anything but an `orphan`, return `False` and
          store nothing; an orphan is replaced.
        - `notice`: the task has ended: store a notice of that for its intent, unless there is one, open or acknowledged.
        """
        ...

    def remember(self, delivery: Delivery, /) -> bool:
        """Store a callback where none of its name is stored, and return whether that was so."""
        ...

    def deliveries(self, filter: DeliveryFilter, /) -> Sequence[Delivery]:  # noqa: A002
        """Return the callbacks that match, the newest first. `filter.apply(deliveries)` does all of it."""
        ...

    def notices(self, filter: NoticeFilter, /) -> Sequence[TaskRecord]:  # noqa: A002
        """Return the records whose notice is open and that match, the oldest notice first, at most `filter.limit`."""
        ...

    def acknowledge(self, intent_id: str, at_ms: int, /) -> bool:
        """Close an intent's notice, at a time in Unix milliseconds, and return whether it was open. Keep it: it is not stored again."""
        ...


class AsyncStore(Protocol):
    """The same in the event loop of an `AsyncClient`."""

    def load(self, intent_id: str, /) -> Awaitable[TaskRecord | None]:
        """See `Store.load`."""
        ...

    def find(
        self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None, /
    ) -> Awaitable[Sequence[TaskRecord]]:
        """See `Store.find`."""
        ...

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool, /) -> Awaitable[bool]:
        """See `Store.save`."""
        ...

    def list(self, filter: StoreFilter, /) -> Awaitable[Sequence[TaskRecord]]:  # noqa: A002
        """See `Store.list`."""
        ...

    def blob(self, intent_id: str, name: str, /) -> Awaitable[bytes | None]:
        """See `Store.blob`."""
        ...

    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False, /) -> Awaitable[str | None]:
        """See `Store.meta`."""
        ...


class AsyncCallbackStore(AsyncStore, Protocol):
    """The same in the event loop of an `AsyncClient`: see `CallbackStore`."""

    def save(
        self,
        record: TaskRecord,
        blobs: Mapping[str, bytes | None],
        expected_version: int,
        fence: bool,
        /,
        *,
        delivery: Delivery | None = None,
        notice: bool = False,
    ) -> Awaitable[bool]:
        """See `CallbackStore.save`."""
        ...

    def remember(self, delivery: Delivery, /) -> Awaitable[bool]:
        """See `CallbackStore.remember`."""
        ...

    def deliveries(self, filter: DeliveryFilter, /) -> Awaitable[Sequence[Delivery]]:  # noqa: A002
        """See `CallbackStore.deliveries`."""
        ...

    def notices(self, filter: NoticeFilter, /) -> Awaitable[Sequence[TaskRecord]]:  # noqa: A002
        """See `CallbackStore.notices`."""
        ...

    def acknowledge(self, intent_id: str, at_ms: int, /) -> Awaitable[bool]:
        """See `CallbackStore.acknowledge`."""
        ...
