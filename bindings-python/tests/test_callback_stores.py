"""Stores of a user's own: with callbacks and notices, and without."""

from __future__ import annotations

import pytest

import gentask
from gentask import Delivery, DeliveryFilter, NoticeFilter, TaskRecord
from gentask.testing import sign_test_callback

from .support.dictstore import DictStore
from .support.inbox import AsyncInboxStore, InboxStore
from .support.jobs import submit
from .test_callbacks import NOWHERE, called_back, inner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .support.both import Both


def kept(both: Both) -> tuple[Any, InboxStore]:
    """Return a store of the client's kind, and where it keeps things."""
    if both.kind == "sync":
        plain = InboxStore()
        return plain, plain
    store = AsyncInboxStore()
    return store, store.plain


def test_a_store_keeps_callbacks_and_notices(both: Both) -> None:
    store, plain = kept(both)
    client = both.client(store=store)
    task = called_back(client, "[stuck]")
    callback = sign_test_callback(inner(client), inner(task), {"data": {"taskId": task.task_id}})
    assert [client.receive(*callback).outcome for _ in range(2)] == ["poke", "duplicate"]
    (stored,) = client.deliveries()
    assert (stored.intent_id, stored.body, stored.verified) == (task.intent_id, callback.body, False)
    assert [Delivery.from_json(text) for text in plain.inbox.values()] == [stored]
    ended = submit(client, owner="anna")
    ended.wait()
    assert [notice.owner for notice in client.notices()] == ["anna"]
    assert client.settle_notices(lambda _: None) == 1
    assert (client.notices(), client.acknowledge(ended.intent_id)) == ([], False)
    assert plain.open[ended.intent_id] is not None


def test_a_store_that_refuses_to_keep_it_has_it_sent_again(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(InboxStore):
        def deliveries(self, filter: DeliveryFilter) -> Any:  # noqa: A002
            raise OSError("disk")

    client = both.client(store=Broken())
    task = called_back(client, "[stuck]")
    receipt = client.receive(*sign_test_callback(inner(client), inner(task)))
    assert (receipt.http_status, receipt.body, receipt.outcome) == (503, b"try again later", "unavailable")
    assert "deliveries raised OSError" in str(receipt.reason)
    assert "is to come again" in caplog.text


def test_a_store_without_them_is_not_asked_for_a_callback(both: Both) -> None:
    client = both.client(store=DictStore())
    with pytest.raises(gentask.Unsupported, match="keeps no callbacks"):
        submit(client, callback_url=NOWHERE)
    assert both.seen() == (0, 0)
    submit(client).wait()
    with pytest.raises(gentask.StoreError, match="lacks one of remember, deliveries, notices, acknowledge"):
        client.notices()


def test_a_store_with_some_of_them_keeps_none(both: Both) -> None:
    class Some(DictStore):
        def notices(self, filter: NoticeFilter) -> list[TaskRecord]:  # noqa: A002
            raise AssertionError

    with pytest.raises(gentask.Unsupported, match="keeps no callbacks"):
        submit(both.client(store=Some()), callback_url=NOWHERE)


def test_a_store_whose_save_does_not_take_them_is_refused_at_once(both: Both) -> None:
    class Forgetful(InboxStore):
        def save(  # type: ignore[override]
            self, record: TaskRecord, blobs: Mapping[str, bytes | None], expected_version: int, fence: bool
        ) -> bool:
            return super().save(record, blobs, expected_version, fence)

    with pytest.raises(TypeError, match="its save must take delivery and notice too"):
        both.client(store=Forgetful())


def test_filters_say_what_is_wanted(both: Both) -> None:
    asked: list[Any] = []

    class Noting(InboxStore):
        def deliveries(self, filter: DeliveryFilter) -> Any:  # noqa: A002
            asked.append(filter)
            return super().deliveries(filter)

        def notices(self, filter: NoticeFilter) -> Any:  # noqa: A002
            asked.append(filter)
            return super().notices(filter)

    client = both.client(store=Noting())
    client.deliveries(intent_id="i", task_id="t", outcome="orphan", limit=3)
    client.notices(limit=4)
    wanted, open_ = asked
    assert (wanted.provider, wanted.account, wanted.dedupe, wanted.kept_at_ms) == ("apixo", "default", None, None)
    assert (wanted.intent_id, wanted.task_id, wanted.outcome, wanted.limit) == ("i", "t", "orphan", 3)
    assert (open_.provider, open_.account, open_.limit) == ("apixo", "default", 4)
