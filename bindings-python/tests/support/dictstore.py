"""Stores as a user would write them: a dictionary of texts, with plain methods and with async ones."""

from __future__ import annotations

import asyncio
import threading

from gentask import StoreFilter, TaskRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class DictStore:
    """The six methods. Everything is kept as text and bytes, as a database would."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.records: dict[str, str] = {}
        self.blobs: dict[tuple[str, str], bytes] = {}
        self.values: dict[str, str] = {}
        self.calls: list[str] = []
        self.conflicts = 0

    def load(self, intent_id: str) -> TaskRecord | None:
        self.calls.append("load")
        with self._lock:
            text = self.records.get(intent_id)
        return None if text is None else TaskRecord.from_json(text)

    def find(self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None) -> Sequence[TaskRecord]:
        self.calls.append("find")
        found = [record for record in self._all() if record.provider == provider]
        if key is not None:
            found = [record for record in found if (record.account, record.owner or None, record.key) == (account, owner, key)]
        else:
            found = [record for record in found if record.task_id == task_id]
        return sorted(found, key=lambda record: record.created_at_ms)

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool) -> bool:
        self.calls.append("save")
        with self._lock:
            before = self.records.get(record.intent_id)
            version = 0 if before is None else TaskRecord.from_json(before).version
            if version != expected_version or self._is_taken(record):
                self.conflicts += 1
                return False
            self.records[record.intent_id] = record.to_json()
            for name, content in blobs.items():
                if content is None:
                    self.blobs.pop((record.intent_id, name), None)
                else:
                    self.blobs[record.intent_id, name] = content
        return True

    def list(self, filter: StoreFilter) -> Sequence[TaskRecord]:  # noqa: A002 - the protocol's own word
        self.calls.append("list")
        return filter.apply(self._all())

    def blob(self, intent_id: str, name: str) -> bytes | None:
        self.calls.append("blob")
        return self.blobs.get((intent_id, name))

    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False) -> str | None:
        self.calls.append("meta")
        with self._lock:
            if value is not None and not (only_if_absent and name in self.values):
                self.values[name] = value
            return self.values.get(name)

    def replace(self, record: TaskRecord) -> None:
        """Change a record behind everybody's back, as a person with a database shell can."""
        assert record.intent_id in self.records
        self.records[record.intent_id] = record.to_json()

    def _all(self) -> Sequence[TaskRecord]:
        with self._lock:
            texts = tuple(self.records.values())
        return [TaskRecord.from_json(text) for text in texts]

    def _is_taken(self, record: TaskRecord) -> bool:
        def whose(one: TaskRecord) -> tuple[str, str, str | None, str | None]:
            return one.provider, one.account, one.owner or None, one.key

        others = (TaskRecord.from_json(text) for intent_id, text in self.records.items() if intent_id != record.intent_id)
        return record.key is not None and any(whose(other) == whose(record) for other in others)


class PruningStore(DictStore):
    """With the two further methods."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[tuple[str, dict[str, Any]]] = []

    def delete(self, intent_ids: Sequence[str]) -> int:
        self.calls.append("delete")
        ended = [intent_id for intent_id in intent_ids if TaskRecord.from_json(self.records[intent_id]).is_terminal]
        for intent_id in ended:
            del self.records[intent_id]
        return len(ended)

    def append_events(self, intent_id: str, events: Sequence[dict[str, Any]]) -> None:
        self.calls.append("append_events")
        self.history += [(intent_id, event) for event in events]


class AsyncDictStore:
    """The same with async methods: each gives the event loop a turn, and notes in which loop it ran."""

    def __init__(self) -> None:
        self.plain = DictStore()
        self.loops: set[asyncio.AbstractEventLoop] = set()

    async def _turn(self) -> None:
        self.loops.add(asyncio.get_running_loop())
        await asyncio.sleep(0)

    async def load(self, intent_id: str) -> TaskRecord | None:
        await self._turn()
        return self.plain.load(intent_id)

    async def find(
        self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None
    ) -> Sequence[TaskRecord]:
        await self._turn()
        return self.plain.find(provider, account, task_id, key, owner)

    async def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool) -> bool:
        await self._turn()
        return self.plain.save(record, blobs, expected_version, fence)

    async def list(self, filter: StoreFilter) -> Sequence[TaskRecord]:  # noqa: A002 - the protocol's own word
        await self._turn()
        return self.plain.list(filter)

    async def blob(self, intent_id: str, name: str) -> bytes | None:
        await self._turn()
        return self.plain.blob(intent_id, name)

    async def meta(self, name: str, value: str | None = None, only_if_absent: bool = False) -> str | None:
        await self._turn()
        return self.plain.meta(name, value, only_if_absent)
