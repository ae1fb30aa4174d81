"""Stores of a user's own that keep callbacks and notices too."""

from __future__ import annotations

from gentask import Delivery, DeliveryFilter, NoticeFilter, TaskRecord

from .dictstore import AsyncDictStore, DictStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class InboxStore(DictStore):
    """A dictionary of texts for each."""

    def __init__(self) -> None:
        super().__init__()
        self.inbox: dict[tuple[str, str, str], str] = {}
        self.open: dict[str, int | None] = {}
        """When each notice was closed."""

    def save(
        self,
        record: TaskRecord,
        blobs: Mapping[str, bytes | None],
        expected_version: int,
        fence: bool,
        *,
        delivery: Delivery | None = None,
        notice: bool = False,
    ) -> bool:
        known = None if delivery is None else self._known(delivery)
        if known is not None and known.outcome != "orphan":
            return False
        if not super().save(record, blobs, expected_version, fence):
            return False
        if delivery is not None:
            self.inbox[name(delivery)] = delivery.to_json()
        if notice:
            self.open.setdefault(record.intent_id, None)
        return True

    def remember(self, delivery: Delivery) -> bool:
        self.calls.append("remember")
        if self._known(delivery) is not None:
            return False
        self.inbox[name(delivery)] = delivery.to_json()
        return True

    def deliveries(self, filter: DeliveryFilter) -> Sequence[Delivery]:  # noqa: A002
        self.calls.append("deliveries")
        return filter.apply(Delivery.from_json(text) for text in tuple(self.inbox.values()))

    def notices(self, filter: NoticeFilter) -> Sequence[TaskRecord]:  # noqa: A002
        self.calls.append("notices")
        records = [TaskRecord.from_json(self.records[intent_id]) for intent_id, closed in self.open.items() if closed is None]
        return [record for record in records if filter.matches(record)][: filter.limit]

    def acknowledge(self, intent_id: str, at_ms: int) -> bool:
        self.calls.append("acknowledge")
        if intent_id not in self.open or self.open[intent_id] is not None:
            return False
        self.open[intent_id] = at_ms
        return True

    def _known(self, delivery: Delivery) -> Delivery | None:
        text = self.inbox.get(name(delivery))
        known = None if text is None else Delivery.from_json(text)
        return known if known is not None and known.expires_at_ms > delivery.received_at_ms else None


class AsyncInboxStore(AsyncDictStore):
    """The same with async methods."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: InboxStore = InboxStore()

    async def save(
        self,
        record: TaskRecord,
        blobs: Mapping[str, bytes | None],
        expected_version: int,
        fence: bool,
        *,
        delivery: Delivery | None = None,
        notice: bool = False,
    ) -> bool:
        await self._turn()
        return self.plain.save(record, blobs, expected_version, fence, delivery=delivery, notice=notice)

    async def remember(self, delivery: Delivery) -> bool:
        await self._turn()
        return self.plain.remember(delivery)

    async def deliveries(self, filter: DeliveryFilter) -> Sequence[Delivery]:  # noqa: A002
        await self._turn()
        return self.plain.deliveries(filter)

    async def notices(self, filter: NoticeFilter) -> Sequence[TaskRecord]:  # noqa: A002
        await self._turn()
        return self.plain.notices(filter)

    async def acknowledge(self, intent_id: str, at_ms: int) -> bool:
        await self._turn()
        return self.plain.acknowledge(intent_id, at_ms)


def name(delivery: Delivery) -> tuple[str, str, str]:
    """Return what tells a callback from every other one."""
    return delivery.provider, delivery.account, delivery.dedupe
