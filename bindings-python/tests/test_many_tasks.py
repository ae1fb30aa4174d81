"""All tasks of a client: listed page by page, driven to their ends together, pruned; and what the account holds."""

from __future__ import annotations

import functools
import operator
import sys
from datetime import datetime, timedelta, timezone

import pytest

from gentask import Balance, MemoryStore, Reply, StoreError, TaskPage, Unsupported

from .support.at_once import at_once
from .support.dictstore import DictStore
from .support.faults import rule, status
from .support.jobs import job, prune_ended, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gentask import Client, TaskRecord
    from gentask.testing import Sandbox

    from .support.both import Both


def test_resume_drives_two_hundred_tasks_to_their_ends(both: Both, tmp_path: Path) -> None:
    store = tmp_path / "tasks.db"
    with both.client(store=store) as before:
        made = at_once(20, lambda _: [submit(before).intent_id for _ in range(10)])
    intents = {intent_id for ten in made for intent_id in ten}
    client = both.client(store=store)
    heard: list[tuple[str, Reply]] = []
    ended = client.resume(concurrency=16, on_reply=lambda intent_id, reply: heard.append((intent_id, reply)))
    assert len(intents) == len(ended) == 200
    assert {intent_id for intent_id, _ in ended} == intents
    assert heard == ended, "each is told once, in the order in which they end, before the call returns"
    assert {reply.status for _, reply in ended} == {"success"}
    assert all(reply.intent_id == intent_id and len(reply.files) == 1 for intent_id, reply in ended)
    assert both.seen() == (200, 200)
    assert client.resume(concurrency=16) == []


def test_resume_drives_no_more_at_once_than_it_is_told_to(both: Both) -> None:
    client = both.client()
    for _ in range(30):
        submit(client)
    assert len(client.resume(concurrency=3)) == 30
    # Beside three polls: the connection of the statistics, and two that the server has not closed yet.
    assert both.sandbox.stats()["connectionsMost"] <= 6


def test_resume_tells_failures_among_the_rest(both: Both) -> None:
    client = both.client()
    wanted = {
        submit(client).intent_id: None,
        submit(client, "[fail]").intent_id: "GENERATION_FAILED",
        submit(client, "[content]").intent_id: "CONTENT_REJECTED",
        submit(client, "[stuck]").intent_id: "WAIT_TIMEOUT",
    }
    ended = client.resume(timeout=2)
    assert {intent_id: reply.error_code for intent_id, reply in ended} == wanted
    assert ended[-1][1].error_code == "WAIT_TIMEOUT"
    # The one that is left is resumed again.
    assert [reply.error_code for _, reply in client.resume(timeout=timedelta(0))] == ["WAIT_TIMEOUT"]


def test_resume_tells_of_a_task_of_another_base_url(both: Both) -> None:
    store = MemoryStore()
    task = submit(both.client(store=store))
    elsewhere = both.client(store=store, base_url="http://127.0.0.1:1")
    [(intent_id, reply)] = elsewhere.resume()
    assert (intent_id, reply.ok) == (task.intent_id, False)
    assert task.record().phase == "waiting"


def test_a_listener_of_resume_that_raises_harms_nothing(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    unraisable: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: unraisable.append(args.exc_value))
    client = both.client()
    for _ in range(2):
        submit(client)

    def refuse(_: str, __: Reply) -> None:
        raise ZeroDivisionError("mine")

    assert [reply.status for _, reply in client.resume(on_reply=refuse)] == ["success", "success"]
    assert [type(error) for error in unraisable] == [ZeroDivisionError] * 2


def test_a_listener_of_resume_is_no_place_to_wait(gentask_sandbox: Sandbox) -> None:
    with gentask_sandbox.client() as client:
        submit(client)
        heard: list[Exception] = []

        def listen(intent_id: str, _: Reply) -> None:
            try:
                client.task(intent_id)
            except RuntimeError as error:
                heard.append(error)

        assert len(client.resume(on_reply=listen)) == 1
        [error] = heard
        assert "another thread" in str(error)


def intents(page: TaskPage) -> list[str]:
    return [record.intent_id for record in page]


@pytest.fixture(params=["memory", "sqlite", "python"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Three stores that must list alike."""
    return {"memory": MemoryStore, "sqlite": lambda: tmp_path / "tasks.db", "python": DictStore}[request.param]()


def test_tasks_are_listed_page_by_page_oldest_first(both: Both, store: Any) -> None:
    client = both.client(store=store)
    made = {submit(client).intent_id for _ in range(7)}
    every = client.tasks()
    assert (len(every), every.next, every.damaged) == (7, None, [])
    assert set(intents(every)) == made
    order = [(record.created_at_ms, record.intent_id) for record in every]
    assert order == sorted(order)
    assert [every[at].intent_id for at in (0, 6, -1)] == [intents(every)[at] for at in (0, 6, 6)]
    with pytest.raises(IndexError):
        every[7]
    pages, after = [], None
    while True:
        page = client.tasks(limit=3, after=after)
        pages.append(intents(page))
        after = page.next
        if after is None:
            break
    assert [len(page) for page in pages] == [3, 3, 1]
    assert functools.reduce(operator.iadd, pages, []) == intents(every)
    assert client.tasks(limit=7).next is None
    assert intents(client.tasks(after=order[2])) == intents(every)[3:]
    newest = [intents(page) for page in client.pages(newest=True, limit=3)]
    assert [len(page) for page in newest] == [3, 3, 1]
    assert functools.reduce(operator.iadd, newest, []) == intents(every)[::-1]
    begin = datetime.fromtimestamp(order[0][0] / 1_000, tz=timezone.utc)
    assert len(client.tasks(since=begin)) == 7
    assert len(client.tasks(before=begin)) == 0
    assert len(client.tasks(since=begin + timedelta(hours=1))) == 0
    with pytest.raises(TypeError, match="since"):
        client.tasks(since=5)  # type: ignore[arg-type]


def test_only_a_task_that_has_ended_is_deleted(both: Both, tmp_path: Path) -> None:
    client = both.client(store=tmp_path / "tasks.db")
    task = submit(client, key="once")
    with pytest.raises(Unsupported, match="has not ended"):
        client.delete(task.intent_id)
    task.wait()
    assert client.delete(task.intent_id) is True
    assert client.delete(task.intent_id) is False
    assert client.find("once") is None


def test_tasks_are_filtered_by_owner_phase_and_end(both: Both, store: Any) -> None:
    client = both.client(store=store)
    done = submit(client, owner="anna")
    done.wait()
    running = submit(client, "[stuck]", owner="anna")
    other = submit(client, "[stuck]", owner="bert")
    refused = client.create_generation(*job(word="[refuse]"))
    both.sandbox.script("apixo", [rule("submit", status(500))])
    lost = client.create_generation(*job())

    def listed(**filters: Any) -> set[str]:
        return set(intents(client.tasks(**filters)))

    assert listed(owner="anna") == {done.intent_id, running.intent_id}
    assert listed(owner="nobody") == set()
    assert listed(phases=["waiting"]) == {running.intent_id, other.intent_id}
    assert listed(phases=("succeeded", "rejected")) == {done.intent_id, refused.intent_id}
    assert listed(phases=[]) == set()
    assert listed(unfinished=True) == {running.intent_id, other.intent_id, lost.intent_id}
    assert listed(owner="anna", unfinished=True) == {running.intent_id}
    assert set(intents(client.unresolved())) == {lost.intent_id} == listed(phases=["unresolved"])
    with pytest.raises(ValueError, match=r"no phase is called .*done.*succeeded"):
        client.tasks(phases=["waiting", "done"])  # type: ignore[list-item]


def test_tasks_of_other_accounts_and_providers_are_not_listed(both: Both) -> None:
    store = MemoryStore()
    own, other = both.client(store=store, account="one"), both.client(store=store, account="two")
    elsewhere = both.client("apidot", store=store, account="one")
    task = submit(own)
    submit(other)
    submit(elsewhere)
    assert intents(own.tasks()) == [task.intent_id]
    for stranger in (other, elsewhere):
        with pytest.raises(LookupError, match=task.intent_id):
            stranger.task(task.intent_id)


def test_a_damaged_record_is_told_and_hides_no_other(both: Both, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "tasks.db"
    client = both.client(store=path)
    tasks = [submit(client) for _ in range(2)]
    with sqlite3.connect(path) as database:
        database.execute("UPDATE gentask_task SET record = '{}' WHERE intent_id = ?", [tasks[0].intent_id])
    database.close()
    page = client.tasks()
    assert intents(page) == [tasks[1].intent_id]
    [(intent_id, reason)] = page.damaged
    assert (intent_id, bool(reason)) == (tasks[0].intent_id, True)
    with pytest.raises(StoreError):
        tasks[0].record()
    assert {intent_id: reply.error_code for intent_id, reply in client.resume()} == {
        tasks[0].intent_id: "STORE_ERROR",
        tasks[1].intent_id: None,
    }


def three_ends(client: Client) -> list[TaskRecord]:
    """A task that ended, one that runs, one that is unresolved."""
    tasks = [submit(client), submit(client, "[stuck]")]
    tasks[0].wait()
    return [task.record() for task in tasks]


@pytest.mark.parametrize("kept", ["memory", "sqlite"])
def test_prune_deletes_what_ended_long_enough_ago(both: Both, tmp_path: Path, kept: str) -> None:
    client = both.client(store=tmp_path / "tasks.db" if kept == "sqlite" else MemoryStore())
    done, running = three_ends(client)
    both.sandbox.script("apixo", [rule("submit", status(500))])
    lost = client.create_generation(*job())
    assert client.prune(timedelta(days=1)) == 0
    assert client.prune(3_600.5) == 0
    assert len(client.tasks()) == 3
    assert prune_ended(client) == 1
    assert set(intents(client.tasks())) == {running.intent_id, lost.intent_id}
    with pytest.raises(LookupError):
        client.task(done.intent_id)
    assert client.prune(timedelta(0)) == 0


@pytest.mark.parametrize(("provider", "unit"), [("apixo", "USD"), ("aivideomaker", "credits")])
def test_the_account_says_what_it_holds(both: Both, provider: str, unit: str) -> None:
    client = both.client(provider)
    balance = client.account()
    assert type(balance) is Balance
    assert balance.unit == unit
    assert float(balance.amount) > 0
    submit(client)
    assert float(client.account().amount) < float(balance.amount)


def test_a_passing_fault_of_an_account_call_is_tried_again(both: Both) -> None:
    both.sandbox.script("aivideomaker", [rule("account", status(500), nth=1), rule("list", "emptyBody", nth=1)])
    client = both.client("aivideomaker")
    assert client.account().unit == "credits"
    assert both.asked("account", "aivideomaker") == 2


def test_remote_tasks_are_what_the_provider_has(both: Both) -> None:
    client = both.client("aivideomaker")
    assert client.remote_tasks() == []
    tasks = [submit(client) for _ in range(2)]
    listed = client.remote_tasks()
    assert {each.task_id for each in listed} == {task.task_id for task in tasks}
    assert {each.reference for each in listed} == {task.intent_id for task in tasks}
    assert all(each.created for each in listed)


def test_what_a_provider_does_not_have_is_unsupported(both: Both) -> None:
    apidot = both.client("apidot")
    for call in (apidot.account, apidot.remote_tasks, both.client("apixo").remote_tasks):
        with pytest.raises(Unsupported):
            call()
    assert both.sandbox.stats("apidot")["requests"] == {}
