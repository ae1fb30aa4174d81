"""A task store in a database of your own. With another database than sqlite3, only the connection and the placeholders differ."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from gentask.store import StoreFilter, TaskRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SCHEMA = """
CREATE TABLE IF NOT EXISTS task (intent_id TEXT PRIMARY KEY, version INTEGER, provider TEXT, account TEXT, owner TEXT, key TEXT,
                                 task_id TEXT, created INTEGER, record TEXT, UNIQUE (provider, account, owner, key));
CREATE INDEX IF NOT EXISTS task_by_id ON task (provider, task_id);
CREATE TABLE IF NOT EXISTS blob (intent_id TEXT, name TEXT, bytes BLOB, PRIMARY KEY (intent_id, name));
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
"""
PUT = """INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intent_id) DO UPDATE SET
         version = excluded.version, key = excluded.key, task_id = excluded.task_id, record = excluded.record"""


class SqlStore:
    """Tasks in three tables. Its methods may be called on any thread, and by any number of processes."""

    def __init__(self, path: str) -> None:
        self._path = path
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.executescript(SCHEMA)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = FULL")  # each commit survives a loss of power, as a fence asks for
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")  # an exception leaves it out, and closing undoes everything

    def _records(self, where: str, *values: object) -> Sequence[TaskRecord]:
        with self._transaction() as db:
            rows = db.execute(f"SELECT record FROM task WHERE {where} ORDER BY created, intent_id", values).fetchall()  # noqa: S608
        return [TaskRecord.from_json(record) for (record,) in rows]

    def load(self, intent_id: str) -> TaskRecord | None:
        """Return a task."""
        return next(iter(self._records("intent_id = ?", intent_id)), None)

    def find(self, provider: str, account: str | None, task_id: str | None, key: str | None, owner: str | None) -> Sequence[TaskRecord]:
        """Return the tasks with this id, or under this key of the owner's."""
        if task_id is not None:
            return self._records("provider = ? AND task_id = ?", provider, task_id)
        return self._records("provider = ? AND account = ? AND owner = ? AND key = ?", provider, account, owner or "", key)

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, _fence: bool) -> bool:
        """Store a record and its blobs, both or neither, if nobody else has written it since."""
        name = record.intent_id
        owner = record.owner or ""  # two empty texts are equal, and two NULLs are not: a key without an owner is unique as well
        who = (name, record.version, record.provider, record.account, owner, record.key, record.task_id, record.created_at_ms)
        try:
            with self._transaction() as db:
                stored = db.execute("SELECT version FROM task WHERE intent_id = ?", (name,)).fetchone() or (0,)
                if stored != (expected_version,):
                    return False
                db.execute(PUT, (*who, record.to_json()))
                for blob, content in blobs.items():
                    db.execute("DELETE FROM blob WHERE intent_id = ? AND name = ?", (name, blob))
                    if content is not None:
                        db.execute("INSERT INTO blob VALUES (?, ?, ?)", (name, blob, content))
        except sqlite3.IntegrityError:
            return False  # another task has this key
        return True

    def list(self, wanted: StoreFilter) -> Sequence[TaskRecord]:
        """Return the tasks that match; the filter does what the query leaves."""
        return wanted.apply(self._records("provider = coalesce(?, provider)", wanted.provider))

    def blob(self, intent_id: str, name: str) -> bytes | None:
        """Return what is stored beside a task."""
        with self._transaction() as db:
            found = db.execute("SELECT bytes FROM blob WHERE intent_id = ? AND name = ?", (intent_id, name)).fetchone()
        return found[0] if found else None

    def meta(self, name: str, value: str | None = None, only_if_absent: bool = False) -> str | None:
        """Return a value that belongs to no task, after setting it."""
        with self._transaction() as db:
            if value is not None:
                db.execute(f"INSERT OR {'IGNORE' if only_if_absent else 'REPLACE'} INTO meta VALUES (?, ?)", (name, value))  # noqa: S608
            found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def raise_meta(self, name: str, value: int) -> int:
        """Move a number among those values upwards, never down: nobody else writes between its two steps."""
        with self._transaction() as db:
            found = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            stands = max(value, int(found[0]) if found else 0)
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(stands)))
        return stands
