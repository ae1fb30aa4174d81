"""Cancelling in an event loop: a wait ends at once, a task goes on, and a submit that is under way is saved under the id that is told."""

from __future__ import annotations

import asyncio
import sys
import time

import pytest

from gentask import AsyncClient, Unsupported, WaitTimeout, intent_id_of

from .support.faults import apixo_state, delay, rule, silence
from .support.jobs import job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from gentask import AsyncTaskHandle, TaskRecord
    from gentask.testing import Sandbox

    Call = Callable[[AsyncClient, AsyncTaskHandle], Coroutine[Any, Any, Any]]

# The promise is a tenth of this second; the rest is for a machine that has much else to do.
AT_ONCE_S = 2
# An answer that comes long after a cancel was heard, and soon enough to be waited for.
LATER_MS = 3_000
NEVER_MS = 600_000
MOST_S = 60


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something is seen at the sandbox, without keeping the loop from its work."""

    async def look() -> None:
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.005)

    await asyncio.wait_for(look(), MOST_S)


def asked(sandbox: Sandbox, what: str = "status") -> int:
    return int(sandbox.stats("apixo")["requests"].get(what, 0))


def is_paid_once(sandbox: Sandbox) -> bool:
    return (sandbox.submits(), sandbox.stats("apixo")["tasks"]) == (1, 1)


async def cancelled(task: asyncio.Task[Any]) -> asyncio.CancelledError:
    """Cancel it, expect that it ends at once, and return what ended it."""
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    assert time.monotonic() - began < AT_ONCE_S
    return caught.value


async def accepted(sandbox: Sandbox, count: int = 1) -> None:
    await eventually(lambda: sandbox.stats("apixo")["tasks"] >= count)


async def saved(client: AsyncClient, intent_id: str) -> TaskRecord:
    """Wait until the answer of a submit is saved."""
    task = await client.task(intent_id)

    async def look() -> None:
        while (await task.reply()).task_id is None:
            await asyncio.sleep(0.005)

    await asyncio.wait_for(look(), MOST_S)
    return await task.record()


async def goes_on(sandbox: Sandbox, client: AsyncClient, task: AsyncTaskHandle) -> None:
    """Expect that nothing asks about the task any more, and that it can be waited for again."""
    assert (await task.record()).phase == "waiting"
    sandbox.script("apixo", [])
    assert (await (await client.task(task.intent_id)).wait(MOST_S)).status == "success"
    assert is_paid_once(sandbox)


@pytest.fixture
def sandbox(gentask_sandbox: Sandbox) -> Sandbox:
    gentask_sandbox.reset("apixo", taskMs={"image": 20}, readPerMin=0)
    return gentask_sandbox


async def _wait(_: AsyncClient, task: AsyncTaskHandle) -> None:
    await task.wait()


async def _wait_and_hear(_: AsyncClient, task: AsyncTaskHandle) -> None:
    await task.wait(on_update=lambda _: None)


async def _updates(_: AsyncClient, task: AsyncTaskHandle) -> None:
    async for _reply in task.updates():
        pass


async def _check(_: AsyncClient, task: AsyncTaskHandle) -> None:
    await task.check(force=True)


async def _resume(client: AsyncClient, _: AsyncTaskHandle) -> None:
    await client.resume()


async def _get_status(client: AsyncClient, task: AsyncTaskHandle) -> None:
    await client.get_status(str(task.task_id))


WAITS: list[Call] = [_wait, _wait_and_hear, _updates, _resume]
ASKS: list[Call] = [*WAITS, _check, _get_status]


@pytest.mark.parametrize("call", WAITS)
def test_cancelling_a_wait_ends_it_at_once_and_the_task_goes_on(sandbox: Sandbox, call: Call) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("status", apixo_state("processing"))])
        async with sandbox.async_client() as client:
            task = await client.submit(*job())
            waiting = asyncio.create_task(call(client, task))
            await eventually(lambda: asked(sandbox) > 1)
            await cancelled(waiting)
            # Time passes elsewhere: what was under way ends, and nothing follows.
            async with sandbox.async_client("apidot") as elsewhere:
                await (await elsewhere.submit(*job("apidot"))).wait()
                before = asked(sandbox)
                await (await elsewhere.submit(*job("apidot"))).wait()
            assert asked(sandbox) == before
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


@pytest.mark.parametrize("call", ASKS)
def test_cancelling_a_call_whose_request_is_not_answered_ends_it_at_once(sandbox: Sandbox, call: Call) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("status", silence(NEVER_MS))])
        async with sandbox.async_client() as client:
            task = await client.submit(*job())
            waiting = asyncio.create_task(call(client, task))
            await eventually(lambda: asked(sandbox) == 1)
            await cancelled(waiting)
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


def test_a_deadline_of_asyncios_own_ends_the_wait_and_not_the_task(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("status", apixo_state("processing"))])
        async with sandbox.async_client() as client:
            task = await client.submit(*job())
            with pytest.raises(asyncio.TimeoutError) as caught:
                await asyncio.wait_for(task.wait(), 0.2)
            assert not isinstance(caught.value, WaitTimeout)
            if sys.version_info >= (3, 11):
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.2):
                        await task.wait()
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


def test_a_deadline_around_a_submit_tells_its_intent_and_leaves_the_submit_to_be_saved(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        async with sandbox.async_client() as client:
            with pytest.raises(asyncio.TimeoutError) as caught:
                await asyncio.wait_for(client.submit(*job()), 1)
            intent_id = intent_id_of(caught.value)
            assert intent_id is not None
            task = await client.task(intent_id)
            assert task.task_id is None
            assert (await saved(client, intent_id)).phase == "waiting"
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio.timeout came with Python 3.11")
def test_a_timeout_block_around_a_submit_tells_its_intent(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        async with sandbox.async_client() as client:
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(1):  # type: ignore[attr-defined, unused-ignore]
                    await client.submit(*job())
            intent_id = intent_id_of(caught.value)
            assert intent_id is not None
            assert (await saved(client, intent_id)).task_id is not None
        assert is_paid_once(sandbox)

    asyncio.run(scenario())


async def _submit(client: AsyncClient) -> object:
    return await client.submit(*job(), key="order-42")


async def _create_generation(client: AsyncClient) -> object:
    return await client.create_generation(*job(), key="order-42")


@pytest.mark.parametrize("call", [_submit, _create_generation])
def test_a_cancelled_submit_names_its_intent_runs_on_and_is_saved(
    sandbox: Sandbox, call: Callable[[AsyncClient], Coroutine[Any, Any, object]]
) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        async with sandbox.async_client() as client:
            submitting = asyncio.create_task(call(client))
            await accepted(sandbox)
            error = await cancelled(submitting)
            intent_id = intent_id_of(error)
            assert intent_id is not None
            if sys.version_info >= (3, 11):
                # Before, a task raises another one, made from the first.
                assert getattr(error, "intent_id", None) == intent_id
                assert any(f'client.task("{intent_id}")' in note for note in error.__notes__)
            task = await client.task(intent_id)
            assert (await task.record()).phase == "submitting", "the answer was not there yet"
            assert (await saved(client, intent_id)).phase == "waiting"
            # The same key finds it, and posts nothing.
            assert (await client.submit(*job(), key="order-42")).intent_id == intent_id
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


def test_whoever_asks_for_the_key_of_a_cancelled_submit_waits_for_its_answer(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        async with sandbox.async_client() as client:
            submitting = asyncio.create_task(client.submit(*job(), key="order-42"))
            await accepted(sandbox)
            intent_id = intent_id_of(await cancelled(submitting))
            again = await client.submit(*job(), key="order-42")
            assert again.intent_id == intent_id
            assert again.task_id is not None
        assert is_paid_once(sandbox)

    asyncio.run(scenario())


async def telling(client: AsyncClient, told: list[str | None]) -> None:
    """Submit, and note the intent that the cancellation names."""
    try:
        await client.submit(*job())
    except asyncio.CancelledError as error:
        told.append(intent_id_of(error))
        raise


if sys.version_info >= (3, 11):

    def test_a_task_group_that_fails_tells_the_intents_of_its_submits(sandbox: Sandbox) -> None:
        async def scenario() -> None:
            sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
            async with sandbox.async_client() as client:

                async def fail() -> None:
                    await accepted(sandbox, 2)
                    raise ZeroDivisionError("mine")

                told: list[str | None] = []
                with pytest.raises(BaseExceptionGroup) as caught:  # noqa: F821 - of Python 3.11
                    async with asyncio.TaskGroup() as group:
                        for _ in range(2):
                            group.create_task(telling(client, told))
                        group.create_task(fail())
                assert [type(error) for error in caught.value.exceptions] == [ZeroDivisionError]
                assert None not in told
                assert len(set(told)) == 2
                for intent_id in told:
                    assert (await saved(client, str(intent_id))).phase == "waiting"
            assert (sandbox.submits(), sandbox.stats("apixo")["tasks"]) == (2, 2)

        asyncio.run(scenario())


def test_cancelling_a_gather_cancels_each_wait_for_a_submit_and_no_submit(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        async with sandbox.async_client() as client:
            told: list[str | None] = []

            async def together() -> None:
                await asyncio.gather(*(telling(client, told) for _ in range(3)))

            gathered = asyncio.create_task(together())
            await accepted(sandbox, 3)
            error = await cancelled(gathered)
            assert None not in told
            assert len(set(told)) == 3
            assert intent_id_of(error) in told
            for intent_id in told:
                assert (await saved(client, str(intent_id))).phase == "waiting"
        assert (sandbox.submits(), sandbox.stats("apixo")["tasks"]) == (3, 3)

    asyncio.run(scenario())


def test_leaving_updates_in_the_middle_of_a_step_leaves_the_task(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("status", apixo_state("processing"), nth=1), rule("status", silence(NEVER_MS))])
        async with sandbox.async_client() as client:
            task = await client.submit(*job())
            updates = task.updates()
            assert [(await updates.__anext__()).status for _ in range(2)] == ["pending", "processing"]
            step = asyncio.ensure_future(updates.__anext__())
            await eventually(lambda: asked(sandbox) == 2)
            step.cancel()
            with pytest.raises(asyncio.CancelledError):
                await step
            with pytest.raises(StopAsyncIteration):
                await updates.__anext__()
            await goes_on(sandbox, client, task)

    asyncio.run(scenario())


def test_closing_the_client_ends_every_wait_and_no_task(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("status", apixo_state("processing"))])
        client = sandbox.async_client()
        task = await client.submit(*job())
        waits = [asyncio.create_task(call(client, task)) for call in (*WAITS, _wait)]
        await eventually(lambda: asked(sandbox) > len(waits))
        await asyncio.wait_for(client.aclose(), MOST_S)
        for wait in waits:
            with pytest.raises(Unsupported, match="closed"):
                await asyncio.wait_for(wait, MOST_S)
        with pytest.raises(Unsupported, match="closed"):
            await task.wait()
        async with sandbox.async_client() as other:
            await goes_on(sandbox, other, await other.task(task.intent_id))

    asyncio.run(scenario())


def test_closing_the_client_waits_for_a_submit_and_saves_it(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        client = sandbox.async_client()
        submitting = asyncio.create_task(client.submit(*job()))
        await accepted(sandbox)
        await asyncio.wait_for(client.aclose(), MOST_S)
        async with sandbox.async_client() as other:
            [record] = await other.tasks()
            assert (record.phase, record.task_id is not None) == ("waiting", True), "saved when the client was closed"
            task = await asyncio.wait_for(submitting, MOST_S)
            assert task.task_id == record.task_id
            await goes_on(sandbox, other, await other.task(record.intent_id))

    asyncio.run(scenario())


def test_closing_the_client_saves_a_submit_that_was_cancelled(sandbox: Sandbox) -> None:
    async def scenario() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        client = sandbox.async_client()
        submitting = asyncio.create_task(client.submit(*job()))
        await accepted(sandbox)
        intent_id = intent_id_of(await cancelled(submitting))
        await asyncio.wait_for(client.aclose(), MOST_S)
        async with sandbox.async_client() as other:
            [record] = await other.tasks()
            assert (record.intent_id, record.phase) == (intent_id, "waiting")
            assert record.task_id is not None
        assert is_paid_once(sandbox)

    asyncio.run(scenario())


def test_an_ended_loop_leaves_a_cancelled_submit_to_be_saved(sandbox: Sandbox) -> None:
    client = sandbox.async_client()

    async def begin() -> None:
        sandbox.script("apixo", [rule("submit", delay(LATER_MS))])
        asyncio.get_running_loop().create_task(client.submit(*job())).add_done_callback(lambda _: None)
        await accepted(sandbox)

    async def look() -> None:
        [record] = await client.tasks()
        assert record.phase == "submitting"
        await saved(client, record.intent_id)
        await client.aclose()

    # The first run cancels what it leaves behind.
    asyncio.run(begin())
    asyncio.run(look())
    assert is_paid_once(sandbox)
