"""Waits: a task ends in one of a few ways, and a wait that ends first leaves the task to be waited for again."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest

from gentask import (
    ContentRejected,
    GenerationFailed,
    GentaskError,
    MemoryStore,
    Reply,
    TaskCancelled,
    TaskFailed,
    Unsupported,
    WaitTimeout,
)
from gentask.testing import ManualClock

from .support.faults import apixo_state, rule
from .support.jobs import job, submit
from .support.signal_process import eventually

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask.testing import Sandbox

    from .support.both import Both

ELSEWHERE = "https://elsewhere.example/secret?token=1"


@pytest.mark.parametrize("provider", ["apixo", "apidot", "aivideomaker"])
def test_a_wait_returns_the_success_with_its_files(both: Both, provider: str) -> None:
    task = submit(both.client(provider))
    reply = task.wait()
    assert (reply.ok, reply.status, reply.error_code, reply.retry_after) == (True, "success", None, None)
    assert (reply.task_id, reply.intent_id) == (task.task_id, task.intent_id)
    [file] = reply.files
    assert (file.index, file.kind) == (0, "video" if provider == "aivideomaker" else "image")
    assert file.url is not None
    assert file.url.startswith(both.sandbox.base_url(provider))
    assert reply.data["files"][0]["url"] == file.url
    assert isinstance(reply.data["raw"], dict)
    assert task.record().is_terminal


def test_a_task_that_has_ended_is_told_again_without_a_request(both: Both) -> None:
    task = submit(both.client())
    reply = task.wait()
    asked = both.asked()
    assert task.wait(0) == reply == task.reply() == task.check() == task.check(force=True)
    assert list(task.updates()) == [reply]
    assert both.asked() == asked


@pytest.mark.parametrize(
    ("word", "error", "code", "status"),
    [
        ("[fail]", GenerationFailed, "GENERATION_FAILED", "failed"),
        ("[content]", ContentRejected, "CONTENT_REJECTED", "failed"),
    ],
)
def test_a_task_that_fails_is_raised_with_its_reply(both: Both, word: str, error: type[GentaskError], code: str, status: str) -> None:
    task = submit(both.client(), word)
    with pytest.raises(TaskFailed) as caught:
        task.wait()
    assert type(caught.value) is error
    assert (caught.value.code, caught.value.reply.status) == (code, status)
    assert (caught.value.task_id, caught.value.intent_id) == (task.task_id, task.intent_id)
    assert caught.value.suggestions
    # The same again, from the record; and without an exception for those who ask for the reply.
    with pytest.raises(error) as again:
        task.wait()
    assert again.value.reply == caught.value.reply == task.reply() == list(task.updates())[-1]


def test_a_task_that_the_provider_cancels_is_raised_as_cancelled(both: Both) -> None:
    task = submit(both.client("aivideomaker"), "[cancelled]")
    with pytest.raises(TaskCancelled) as caught:
        task.wait()
    assert (caught.value.code, caught.value.reply.status) == ("CANCELLED", "cancelled")
    assert isinstance(caught.value, TaskFailed)


def test_a_success_without_a_file_is_a_success_with_no_files(both: Both) -> None:
    reply = submit(both.client(), "[nofile]").wait()
    assert (reply.ok, reply.status, reply.files, reply.data["files"]) == (True, "success", [], [])


@pytest.mark.parametrize("timeout", [0, 0.05, timedelta(milliseconds=50)])
def test_a_deadline_ends_the_wait_and_not_the_task(both: Both, timeout: float | timedelta) -> None:
    client = both.client()
    task = submit(client, "[stuck]")
    with pytest.raises(WaitTimeout) as caught:
        task.wait(timeout)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.task_id == task.task_id
    assert caught.value.reply.status in {"pending", "processing"}
    assert str(task.task_id) in str(caught.value)
    assert task.record().phase == "waiting"
    assert [record.intent_id for record in client.tasks(unfinished=True)] == [task.intent_id]


def test_a_task_is_waited_for_again_after_a_timeout(both: Both) -> None:
    both.sandbox.script("apixo", [rule("status", apixo_state("processing"), nth=1)])
    client = both.client()
    task = submit(client)
    with pytest.raises(WaitTimeout):
        task.wait(0)
    assert client.task(task.intent_id).wait().status == "success"


def test_the_clients_timeout_is_that_of_a_wait_which_names_none(both: Both) -> None:
    task = submit(both.client(timeout=timedelta(milliseconds=50)), "[stuck]")
    with pytest.raises(WaitTimeout):
        task.wait()


def test_on_update_hears_each_change_once_in_order_and_the_end_last(both: Both) -> None:
    words = ["pending", "pending", "processing", "processing"]
    both.sandbox.script("apixo", [rule("status", apixo_state(word), nth=nth) for nth, word in enumerate(words, 1)])
    task = submit(both.client())
    heard: list[Reply] = []
    reply = task.wait(on_update=heard.append)
    statuses = [update.status for update in heard]
    # First of all how it is, whoever asked before; then what the provider says of it.
    assert statuses == ["pending", "pending", "processing", "success"]
    assert heard[-1] == reply
    assert all(one != following for one, following in pairwise(heard))
    assert {update.task_id for update in heard} == {task.task_id}


def test_on_update_hears_of_the_end_that_is_raised(both: Both) -> None:
    heard: list[Reply] = []
    with pytest.raises(GenerationFailed) as caught:
        submit(both.client(), "[fail]").wait(on_update=heard.append)
    assert heard[-1] == caught.value.reply


def test_what_on_update_raises_ends_the_wait_and_not_the_task(both: Both) -> None:
    both.sandbox.script("apixo", [rule("status", apixo_state("processing"), nth=1)])
    task = submit(both.client())

    def refuse(_: Reply) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        task.wait(on_update=refuse)
    assert task.wait().status == "success"


def test_on_update_may_be_an_async_function_in_an_event_loop(gentask_sandbox: Sandbox) -> None:
    gentask_sandbox.script("apixo", [rule("status", apixo_state("processing"), nth=1)])
    heard: list[str] = []

    async def listen(reply: Reply) -> None:
        await asyncio.sleep(0)
        heard.append(reply.status)

    async def refuse(_: Reply) -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError("mine")

    async def scenario() -> None:
        async with gentask_sandbox.async_client() as client:
            task = await client.submit(*job())
            assert (await task.wait(on_update=listen)).status == heard[-1]
            with pytest.raises(ZeroDivisionError, match="mine"):
                await task.wait(on_update=refuse)

    asyncio.run(scenario())
    assert heard == ["pending", "processing", "success"]


def test_updates_end_with_the_end(both: Both) -> None:
    both.sandbox.script("apixo", [rule("status", apixo_state("processing"), nth=1)])
    seen = list(submit(both.client()).updates())
    assert [reply.status for reply in seen] == ["pending", "processing", "success"]
    assert seen[-1].files


def test_a_second_observer_is_told_at_once_how_the_task_is(both: Both) -> None:
    both.sandbox.script("apixo", [rule("status", apixo_state("processing"))])
    client = both.client()
    task = submit(client)
    first = task.updates()
    while next(first).status != "processing":
        pass
    # Nothing changes any more.
    second = client.task(task.intent_id).updates(60)
    assert next(second).status == "processing"


def test_the_last_update_of_a_wait_that_is_over_says_so(both: Both) -> None:
    *_, last = submit(both.client(), "[stuck]").updates(0.1)
    assert (last.ok, last.error_code) == (False, "WAIT_TIMEOUT")
    assert last.status in {"pending", "processing"}
    with pytest.raises(WaitTimeout):
        last.raise_for_status()


def test_whoever_leaves_updates_early_stops_the_polls_and_leaves_the_task(both: Both) -> None:
    stuck = submit(both.client(), "[stuck]")
    for reply in stuck.updates():
        assert reply.status in {"pending", "processing"}
        break
    # Time passes elsewhere: what was under way ends, and nothing follows.
    elsewhere = both.client("apidot")
    submit(elsewhere).wait()
    asked = both.asked()
    submit(elsewhere).wait()
    assert both.asked() == asked
    assert stuck.check(force=True).ok
    assert both.asked() == asked + 1


def test_a_client_that_is_closed_ends_its_waits_and_leaves_the_tasks(both: Both) -> None:
    both.sandbox.script("apixo", [rule("status", apixo_state("pending"))])
    store = MemoryStore()
    client = both.client(store=store)
    task = submit(client)
    updates = task.updates()
    next(updates)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(task.wait)
        client.close()
        with pytest.raises(Unsupported, match="closed") as ended:
            waiting.result(60)
    assert (ended.value.intent_id, ended.value.task_id) == (task.intent_id, task.task_id)
    assert (ended.value.billing, ended.value.reply.status) == ("possible", "pending")
    with pytest.raises(Unsupported, match="closed"):
        next(updates)
    assert both.client(store=store).task(task.intent_id).record().phase == "waiting"


def test_checks_alone_bring_a_task_to_its_end(both: Both) -> None:
    task = submit(both.client())
    while (reply := task.check(force=True)).status in {"pending", "processing"}:
        assert reply.ok
    assert (reply.status, len(reply.files)) == ("success", 1)


def test_a_check_of_a_failed_task_returns_and_raises_nothing(both: Both) -> None:
    task = submit(both.client(), "[fail]")
    while (reply := task.check(force=True)).status in {"pending", "processing"}:
        pass
    assert (reply.ok, reply.error_code) == (False, "GENERATION_FAILED")


def test_a_client_that_is_closed_ends_updates_that_nobody_asks_for(gentask_sandbox: Sandbox) -> None:
    clock = ManualClock()
    clock.stand_still()
    client = gentask_sandbox.client("apixo", clock=clock)
    task = client.submit("nano-banana", {"mode": "text-to-image", "prompt": "[stuck] a cat"})
    updates = task.updates()
    assert next(iter(updates)).status == "pending"
    eventually("its sleep", lambda: clock.sleepers == 1)
    client.close()
    eventually("its end", lambda: clock.sleepers == 0)
