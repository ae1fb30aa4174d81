"""The store of a row of the adversary's table: it forgets, lies and fails where the row says so."""

from __future__ import annotations

import json

import gentask

from .dictstore import DictStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gentask import StoreFilter, TaskRecord


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


class ScriptedStore(DictStore):
    """A store that forgets, lies and fails where a row says so. All processes of a row share it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[dict[str, Any]] = []
        self.written: list[str] = []

    def delete(self, intent_ids: Sequence[str]) -> int:
        with self._lock:
            return sum(self.records.pop(intent_id, None) is not None for intent_id in intent_ids)

    def raise_meta(self, name: str, value: int) -> int:
        with self._lock:
            stands = max(value, int(self.values.get(name) or 0))
            self.values[name] = str(stands)
        return stands

    def plan(self, faults: Sequence[Mapping[str, Any]]) -> None:
        self.faults = [{"on": "save", "nth": 1, "times": 1, **fault} for fault in faults]

    def fault(self, on: str, phase: str | None = None) -> str | None:
        for fault in self.faults:
            if fault["on"] == on and fault["times"] > 0 and fault.get("phase") in (None, phase):
                fault["nth"] -= 1
                if fault["nth"] > 0:
                    return None
                fault["times"] -= 1
                return str(fault["fault"])
        return None

    def edit(self, intent_id: str, patch: Mapping[str, Any]) -> None:
        # A member that is taken away is null in a record.
        record = json.loads(self.records[intent_id])
        self.records[intent_id] = json.dumps({**merge(record, patch), **{name: None for name, value in patch.items() if value is None}})

    def newest(self) -> str:
        return max(self.records, key=lambda intent_id: json.loads(self.records[intent_id])["at"]["created"], default="")

    def all(self) -> list[dict[str, Any]]:
        return [_told(text) for text in self.records.values()]


def _told(text: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(text)
    try:
        gentask.TaskRecord.from_json(text)
    except (ValueError, gentask.GentaskError):
        record["damaged"] = True
    return record


class Process:
    """What one process sees of the store, until it is killed."""

    def __init__(self, store: ScriptedStore) -> None:
        self._store = store
        self.alive = True

    def _fault(self, on: str, phase: str | None = None) -> str | None:
        # What a dead process wanted to do never happens, and it learns nothing any more.
        if not self.alive:
            raise RuntimeError("this process was killed")
        fault = self._store.fault(on, phase)
        if fault in ("locked", "full", "io", "fail"):
            raise OSError(f"the store refused to {on}, as the row says")
        return fault

    def load(self, intent_id: str) -> TaskRecord | None:
        fault = self._fault("load")
        record = self._store.load(intent_id)
        if fault == "loseAnswer":
            raise OSError("the connection to the store broke")
        return None if fault == "gone" else record

    def find(self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None) -> Sequence[TaskRecord]:
        fault = self._fault("find")
        return [] if fault else self._store.find(provider, account, task_id, key, owner)

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool) -> bool:
        fault = self._fault("save", record.phase)
        if fault == "conflict":
            return False
        self._store.written += [record.to_json(), *(blob.decode("utf-8", "replace") for blob in blobs.values() if blob)]
        saved = self._store.save(record, blobs, expected_version, fence)
        if fault == "loseAnswer":
            raise OSError("the connection to the store broke")
        return saved

    def list(self, filter: StoreFilter) -> Sequence[TaskRecord]:  # noqa: A002 - the protocol's own word
        self._fault("list")
        return self._store.list(filter)

    def blob(self, intent_id: str, name: str) -> bytes | None:
        return None if self._fault("blob") else self._store.blob(intent_id, name)

    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False) -> str | None:
        self._fault("meta" if value is None else "setMeta")
        self._store.written.append(f"{name} {value}")
        return self._store.meta(name, value, only_if_absent)

    def delete(self, intent_ids: Sequence[str]) -> int:
        return self._store.delete(intent_ids)

    def raise_meta(self, name: str, value: int) -> int:
        self._fault("setMeta")
        return self._store.raise_meta(name, value)
