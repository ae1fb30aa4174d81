"""A whole host in one file: one process, an SQLite file, plain HTTP. After a crash, run the same line again.

APIXO_API_KEY=... python host.py order-42 "a sunset"
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import sqlite3
import sys
import time
import urllib.parse
from typing import TYPE_CHECKING, Any

import gentask
from gentask.sansio import Call, Client, Do, Done, answers, effects
from gentask.transport import NotSent

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;  -- in WAL mode each commit survives a loss of power, as a fence asks for
CREATE TABLE IF NOT EXISTS task (intent_id TEXT PRIMARY KEY, version INTEGER, provider TEXT, account TEXT, owner TEXT, key TEXT,
    task_id TEXT, created INTEGER, has_ended INTEGER, json TEXT, UNIQUE (provider, account, owner, key));
CREATE TABLE IF NOT EXISTS blob (intent_id TEXT, name TEXT, content BLOB, PRIMARY KEY (intent_id, name));
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
"""
PUT = """INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (intent_id) DO UPDATE SET
    version = excluded.version, key = excluded.key, task_id = excluded.task_id, has_ended = excluded.has_ended, json = excluded.json"""
WALL, TICKS = time.time_ns(), time.monotonic_ns()
WIRES = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


def now() -> int:
    """Return the time in Unix milliseconds. It never goes back, whoever sets the clock."""
    return max(time.time_ns(), WALL + time.monotonic_ns() - TICKS) // 1_000_000


def api_key() -> str:
    """Return the key as it is now; nothing where there is none that a header can hold."""
    key = os.environ.get("APIXO_API_KEY", "")
    return key if key.isascii() and key.isprintable() else ""


class Host:
    """Performs what calls ask for. It decides nothing about tasks."""

    def __init__(self, path: str, **settings: Any) -> None:
        self.db = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.db.executescript(SCHEMA)
        self.client = Client(gentask.load_contract("apixo"), holder=secrets.token_hex(8), **settings)

    def run(self, call: Call[Any]) -> Any:
        """Run a call to its end."""
        answer = None
        while True:
            match call.next(answer, now=now()):
                case Done() as end:
                    return end.result()
                case Do(number, effect):
                    answer = number, self.perform(effect)

    def perform(self, effect: effects.Effect) -> answers.Answer:
        """Do one thing, once, and say what became of it."""
        match effect:
            case effects.Ready() | effects.Send(auth=True) if not api_key():
                return answers.Keyless("set APIXO_API_KEY")
            case effects.Ready():
                return answers.Ready()  # this host makes one request at a time, so there is always a place
            case effects.Send():
                return self.send(effect, api_key())
            case effects.Sleep():
                while (left := effect.until - now()) > 0:
                    time.sleep(left / 1000)
                return answers.Due()
            case effects.Probe():
                return answers.Gone(gone=False)  # it tries no proof: whoever comes after a crash waits for the lease
            case effects.Tell():
                print(effect.record.intent_id, effect.update and effect.update.status, file=sys.stderr)
                return answers.Told()
        try:
            return self.ask_store(effect)
        except sqlite3.Error as error:
            return answers.Refused(str(error))

    def send(self, request: effects.Send, key: str) -> answers.Answer:
        """Send a request, once, on a connection of its own. `notSent` is a proof: nothing was written yet."""
        url = urllib.parse.urlsplit(request.url)
        try:
            headers = self.client.headers(request, key)
            wire = WIRES[url.scheme](str(url.hostname), url.port, timeout=request.timeout_ms / 1000)
            wire.connect()
        except (NotSent, OSError) as error:
            return answers.Undelivered("notSent", type(error).__name__)
        with contextlib.closing(wire):
            left = min(request.timeout_ms, request.until - now())
            if left <= 0:  # connecting took it all, and a submit never leaves after its lease
                return answers.Undelivered("notSent", "its time was over")
            wire.sock.settimeout(left / 1000)
            try:
                wire.request(request.method, urllib.parse.urlunsplit(("", "", url.path, url.query, "")), request.body or None, headers)
                reply = wire.getresponse()
            except (OSError, http.client.HTTPException) as error:
                return answers.Undelivered("maybeSent", type(error).__name__)
            body, end = b"", "truncated"
            with contextlib.suppress(OSError, http.client.HTTPException):
                while len(body) <= request.response_cap and now() < request.until:
                    if not (piece := reply.read1(65_536)):
                        end = "truncated" if reply.length else "whole"
                        break
                    body += piece
        if len(body) > request.response_cap:
            body, end = body[: request.response_cap], "tooLarge"
        if len(key) >= 8:  # an answer is stored and told, and the key must not be in it; a shorter one could be any word
            body = body.replace(key.encode(), b"*" * len(key))
        return answers.HttpResponse(reply.status, reply.getheaders(), body, end)

    def ask_store(self, effect: effects.Effect) -> answers.Answer:
        """Read or write the database."""
        match effect:
            case effects.Load(intent_id):
                return answers.Record(self.one("SELECT json FROM task WHERE intent_id = ?", intent_id))
            case effects.Find(provider, task_id, account, owner, key):
                wanted = "provider = ? AND (task_id = ? OR (account = ? AND owner = ? AND key = ?)) ORDER BY created, intent_id"
                rows = self.db.execute(f"SELECT json FROM task WHERE {wanted}", (provider, task_id, account, owner or "", key))  # noqa: S608
                return answers.Records([text for (text,) in rows])
            case effects.Blob(intent_id, name):
                return answers.Bytes(self.one("SELECT content FROM blob WHERE intent_id = ? AND name = ?", intent_id, name))
            case effects.Meta(name):
                return answers.Value(self.one("SELECT value FROM meta WHERE name = ?", name))
            case effects.SetMeta(name, value, rule):
                with self.transaction():
                    stands = self.one("SELECT value FROM meta WHERE name = ?", name)
                    if rule == "ifAbsent" and stands is not None:
                        value = stands
                    if rule == "raise" and stands is not None and stands.isdecimal():
                        value = max(value, stands, key=int)
                    self.db.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))
                return answers.Value(value)
            case effects.Save():
                return answers.Saved(conflict=not self.save(effect))
            case effects.Delete(intent_ids):
                with self.transaction():
                    these = [(intent_id,) for intent_id in intent_ids]
                    count = self.db.executemany("DELETE FROM task WHERE intent_id = ? AND has_ended", these).rowcount
                    self.db.execute("DELETE FROM blob WHERE intent_id NOT IN (SELECT intent_id FROM task)")
                return answers.Deleted(count)
            case effects.List(wanted):
                rows = self.db.execute(
                    "SELECT created, intent_id, json FROM task WHERE (created, intent_id) > (?, ?) ORDER BY created, intent_id",
                    wanted.after or (-1, ""),
                )
                page = [row for row in rows if self.fits(wanted, row[2])][: wanted.limit]
                return answers.Listing([row[1:] for row in page], page[-1][:2] if len(page) == wanted.limit else None)
        raise NotImplementedError(effect)

    def one(self, query: str, *values: object) -> Any:
        """Return the first value of the first row, if there is one."""
        row = self.db.execute(query, values).fetchone()
        return row[0] if row else None

    @staticmethod
    def fits(wanted: gentask.store.StoreFilter, text: str) -> bool:
        """Say whether a listing contains a record. One that cannot be read is shown, so that somebody hears of it."""
        try:
            return wanted.matches(gentask.TaskRecord.from_json(text))
        except gentask.GentaskError:
            return True

    def save(self, step: effects.Save) -> bool:
        """Compare and set: `False` where another version is stored, or another task has the key."""
        record, name = step.record, step.record.intent_id
        owner = record.owner or ""  # two empty texts are equal, and two NULLs are not: a key without an owner is unique as well
        who = (name, record.version, record.provider, record.account, owner, record.key, record.task_id, record.created_at_ms)
        try:
            with self.transaction():
                if (self.one("SELECT version FROM task WHERE intent_id = ?", name) or 0) != step.expected_version:
                    return False
                self.db.execute(PUT, (*who, record.is_terminal, step.json))
                for blob, content in step.blobs.items():
                    self.db.execute("DELETE FROM blob WHERE intent_id = ? AND name = ?", (name, blob))
                    if content is not None:
                        self.db.execute("INSERT INTO blob VALUES (?, ?, ?)", (name, blob, content))
        except sqlite3.IntegrityError:
            return False
        return True

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and nobody else writes meanwhile."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            self.db.rollback()
            raise


def order(host: Host, key: str, prompt: str) -> gentask.Reply:
    """Submit under a key of the caller's, and wait for the end. The same key again is the same task."""
    payload = {"mode": "text-to-image", "prompt": prompt}
    task = host.run(host.client.submit("nano-banana", payload, entropy=secrets.token_bytes(32), now=now(), key=key)).record
    reply: gentask.Reply = host.run(host.client.wait(task.intent_id, now(), record=task, updates="changes"))
    return reply


if __name__ == "__main__":
    print(order(Host("host.db", base_url=os.environ.get("APIXO_BASE_URL")), *sys.argv[1:3]).to_json())
