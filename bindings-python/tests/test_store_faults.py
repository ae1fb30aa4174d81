"""Stores that fail, lie or are overtaken: nothing is sent that is not stored, and nothing that is paid for is lost."""

from __future__ import annotations

import json
import logging

import pytest

from gentask import (
    StoreError,
    TaskRecord,
)

from .support.dictstore import DictStore
from .support.jobs import submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .support.both import Both


class Overtaken(DictStore):
    """Another process changes a record just before the client saves what it learnt, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool) -> bool:
        if self.times and record.is_terminal:
            self.times -= 1
            stored = json.loads(self.records[record.intent_id])
            self.replace(TaskRecord.from_json(json.dumps({**stored, "version": stored["version"] + 1})))
        return super().save(record, blobs, expected_version, fence)


def test_a_conflict_is_read_again_and_nothing_is_lost(both: Both) -> None:
    store = Overtaken(times=3)
    task = submit(both.client(store=store))
    reply = task.wait()
    assert (reply.status, len(reply.files), store.conflicts) == ("success", 1, 3)
    assert task.reply() == reply
    assert both.seen() == (1, 1)


class Failing(DictStore):
    """One method raises, from the moment on when it is told to."""

    def __init__(self, method: str) -> None:
        super().__init__()
        self.error: BaseException | None = None

        def fail(*arguments: Any) -> Any:
            if self.error is not None:
                raise self.error
            return getattr(type(self), method)(self, *arguments)

        setattr(self, method, fail)


@pytest.mark.parametrize("method", ["load", "find", "save", "list"])
def test_a_store_that_raises_is_a_store_error_and_nothing_is_sent(both: Both, caplog: pytest.LogCaptureFixture, method: str) -> None:
    store = Failing(method)
    client = both.client(store=store)
    task = submit(client, "[stuck]")
    requests = both.sandbox.stats("apixo")["requests"]
    store.error = OSError("secret words")
    calls: dict[str, Any] = {
        "load": lambda: client.task(task.intent_id),
        "find": lambda: submit(client, key="k"),
        "save": lambda: submit(client),
        "list": client.tasks,
    }
    with caplog.at_level(logging.ERROR, "gentask.store"), pytest.raises(StoreError) as caught:
        calls[method]()
    assert f"the task store's {method} raised OSError" in str(caught.value)
    # What cannot be read may be a task that is paid for.
    assert caught.value.billing == ("possible" if method in {"load", "find"} else "none")
    assert both.sandbox.stats("apixo")["requests"] == requests
    # The words are for whoever debugs the store; the exception goes into replies and logs of others.
    assert "secret words" not in str(caught.value) + caught.value.reply.to_json()
    logged = [record for record in caplog.records if record.name == "gentask.store"]
    assert logged[0].getMessage() == f"the task store's {method} raised"
    assert logged[0].exc_info is not None
    assert logged[0].exc_info[1] is store.error
    assert "in fail" in str(caplog.text), "the traceback shows where"


def test_last_words_that_cannot_be_read_change_nothing(both: Both) -> None:
    store = Failing("blob")
    client = both.client(store=store)
    task = submit(client)
    before = task.wait()
    store.error = OSError("secret words")
    after = task.reply()
    assert (after.status, after.files) == (before.status, before.files) == ("success", before.files)


def test_a_store_that_works_again_goes_on_where_it_was(both: Both) -> None:
    store = Failing("load")
    client = both.client(store=store)
    task = submit(client)
    store.error = OSError("gone")
    with pytest.raises(StoreError):
        task.wait()
    store.error = None
    assert task.wait().status == "success"


class Forgetful(DictStore):
    """It refuses to save a task id, so many times."""

    def __init__(self, refusals: int) -> None:
        super().__init__()
        self.refusals = refusals

    def save(self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool) -> bool:
        if record.task_id is not None and self.refusals:
            self.refusals -= 1
            raise OSError("the disk is gone")
        return super().save(record, blobs, expected_version, fence)


def test_a_task_id_that_cannot_be_saved_is_tried_again(both: Both) -> None:
    task = submit(both.client(store=Forgetful(2)))
    assert task.task_id is not None
    assert both.seen() == (1, 1)


def test_a_task_id_that_can_never_be_saved_is_told(both: Both) -> None:
    with pytest.raises(StoreError) as caught:
        submit(both.client(store=Forgetful(1_000)))
    assert (caught.value.billing, caught.value.intent_id is not None) == ("possible", True)
    assert caught.value.task_id is not None
    assert caught.value.task_id in str(caught.value)
    assert both.seen() == (1, 1)


WRONG: dict[str, tuple[str, Any]] = {
    "load gives a dictionary": ("load", {}),
    "load gives text": ("load", "{}"),
    "find gives nothing": ("find", None),
    "find gives dictionaries": ("find", [{}]),
    "save gives nothing": ("save", None),
    "list gives nothing": ("list", None),
    "list gives texts": ("list", ["{}"]),
}


@pytest.mark.parametrize(("method", "value"), WRONG.values(), ids=WRONG)
def test_a_store_that_returns_something_else_is_a_store_error(both: Both, method: str, value: object) -> None:
    store = DictStore()
    task = submit(both.client(store=store), "[stuck]")
    setattr(store, method, lambda *_: value)
    client = both.client(store=store)
    submits = both.sandbox.submits()
    calls: dict[str, Any] = {
        "load": lambda: client.task(task.intent_id),
        "find": lambda: submit(client, key="k"),
        "save": lambda: submit(client),
        "list": client.tasks,
    }
    with pytest.raises(StoreError, match=f"the task store's {method} returned what it should not .TypeError"):
        calls[method]()
    assert both.sandbox.submits() == submits
