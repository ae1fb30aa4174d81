"""Event loops: asyncio's, uvloop's and trio's, one after the other and at once; anyio over both."""

from __future__ import annotations

import asyncio
import contextlib
import threading

import pytest

from gentask import AsyncClient, AuthFailed, HttpRequest, HttpResponse, MemoryStore, intent_id_of

from .support.at_once import at_once
from .support.dictstore import AsyncDictStore
from .support.faults import rule
from .support.jobs import job
from .support.transports import AsyncTransport, PlainTransport

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask.testing import Sandbox

MOST_S = 60


async def paid(client: AsyncClient) -> str:
    """Submit, wait for the end, and return the intent's id."""
    task = await client.submit(*job())
    assert (await task.wait(MOST_S)).ok
    return task.intent_id


async def phases(client: AsyncClient) -> list[str]:
    return sorted(record.phase for record in await client.tasks())


# asyncio


def test_one_client_serves_several_loops_one_after_the_other(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.async_client()
    intents = [asyncio.run(paid(client)) for _ in range(3)]
    assert len(set(intents)) == 3

    async def again() -> bool:
        # A task of an ended loop, in another one.
        return (await (await client.task(intents[0])).wait(MOST_S)).ok

    assert asyncio.run(again())
    asyncio.run(client.aclose())
    assert gentask_sandbox.submits() == 3


def test_one_client_serves_two_loops_at_once(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.async_client()

    async def some() -> set[str]:
        return set(await asyncio.gather(*(paid(client) for _ in range(10))))

    left, right = at_once(2, lambda _: asyncio.run(some()))
    assert len(left) == len(right) == 10
    assert left.isdisjoint(right)
    assert gentask_sandbox.submits() == 20


def test_async_callables_run_in_a_loop_that_uses_the_client_though_there_are_two(gentask_sandbox: Sandbox) -> None:
    transport = AsyncTransport()
    client = gentask_sandbox.async_client(transport=transport)
    both_done = threading.Barrier(2)

    async def some() -> asyncio.AbstractEventLoop:
        await asyncio.gather(*(paid(client) for _ in range(5)))
        # A loop that ends may be running the other one's request.
        await asyncio.to_thread(both_done.wait, MOST_S)
        return asyncio.get_running_loop()

    loops = set(at_once(2, lambda _: asyncio.run(some())))
    assert len(loops) == 2
    assert transport.loops
    assert transport.loops <= loops


def test_a_loop_that_comes_and_goes_takes_no_callables_along(gentask_sandbox: Sandbox) -> None:
    transport, store = AsyncTransport(), AsyncDictStore()
    client = gentask_sandbox.async_client(transport=transport, store=store)

    async def passing() -> None:
        await client.submit(*job())

    async def main() -> asyncio.AbstractEventLoop:
        task = await client.submit(*job(word="[slow]"))
        async with contextlib.aclosing(task.updates(10)) as updates:
            seen = [await updates.__anext__()]
            # Another loop uses the client and ends, while this one waits.
            await asyncio.to_thread(asyncio.run, passing())
            transport.loops.clear()
            store.loops.clear()
            seen += [reply async for reply in updates]
        assert seen[-1].ok, seen[-1]
        return asyncio.get_running_loop()

    loop = asyncio.run(main())
    assert transport.loops == store.loops == {loop}


def test_a_loop_that_ends_amid_a_wait_harms_nothing_later(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.async_client()
    loop = asyncio.new_event_loop()
    task = loop.run_until_complete(client.submit(*job(word="[slow]")))

    async def begin() -> asyncio.Task[Any]:
        waiting = asyncio.ensure_future(task.wait(MOST_S))
        # One turn: the wait is under way.
        await asyncio.sleep(0)
        return waiting

    waiting = loop.run_until_complete(begin())
    # Not cancelled: the loop just is no more when the outcome comes.
    loop.close()

    async def later() -> bool:
        return (await (await client.task(task.intent_id)).wait(MOST_S)).ok

    # Were nobody left to tell of outcomes, these would wait for ever.
    assert asyncio.run(asyncio.wait_for(later(), MOST_S))
    assert asyncio.run(asyncio.wait_for(paid(client), MOST_S))
    assert not waiting.done()
    assert gentask_sandbox.submits() == 2
    # It is never finished, which is what this is about; asyncio would report it.
    waiting._log_destroy_pending = False  # type: ignore[attr-defined]
    del waiting


def test_uvloop_is_an_event_loop_like_any_other(gentask_sandbox: Sandbox) -> None:
    uvloop = pytest.importorskip("uvloop")
    transport = AsyncTransport()
    client = gentask_sandbox.async_client(transport=transport)

    async def main() -> asyncio.AbstractEventLoop:
        await asyncio.gather(*(paid(client) for _ in range(10)))
        stuck = await client.submit(*job(word="[stuck]"))
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(stuck.wait(), 0.2)
        assert (await stuck.record()).phase == "waiting"
        # It polls on, and uvloop refuses to close a loop in which a socket is being read.
        await client.aclose()
        return asyncio.get_running_loop()

    # As `asyncio.run`: it cancels what is left in the loop before it closes it.
    loop = uvloop.run(main())
    assert transport.loops == {loop}
    assert gentask_sandbox.submits() == 11


# No event loop


def by_hand(coroutine: Any) -> None:
    """Drive a coroutine as an event loop would that nobody knows."""
    try:
        coroutine.send(None)
    finally:
        coroutine.close()


def test_without_an_event_loop_nothing_is_sent(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.async_client()
    task = asyncio.run(client.submit(*job()))
    before = gentask_sandbox.stats("apixo")["requests"]
    for coroutine in (client.submit(*job()), client.create_generation(*job()), task.check(force=True), task.wait(), client.account()):
        with pytest.raises(RuntimeError, match="asyncio or trio"):
            by_hand(coroutine)
    updates = task.updates()
    with pytest.raises(RuntimeError, match="asyncio or trio"):
        by_hand(updates.__anext__())
    assert gentask_sandbox.stats("apixo")["requests"] == before == {"submit": 1}
    assert asyncio.run(phases(client)) == ["waiting"]


# trio


def test_trio_waits_side_by_side_and_leaves_a_stuck_task_when_told(gentask_sandbox: Sandbox) -> None:
    trio = pytest.importorskip("trio")
    intents: list[str] = []

    async def main() -> None:
        async with gentask_sandbox.async_client() as client:

            async def one() -> None:
                intents.append(await paid(client))

            async with trio.open_nursery() as nursery:
                for _ in range(10):
                    nursery.start_soon(one)
            stuck = await client.submit(*job(word="[stuck]"))
            with trio.move_on_after(0.2) as scope:
                await stuck.wait()
            assert scope.cancelled_caught
            with trio.move_on_after(0.2) as scope:
                async for _ in stuck.updates():
                    pass
            assert scope.cancelled_caught
            assert (await stuck.record()).phase == "waiting"
            assert await phases(client) == ["succeeded"] * 10 + ["waiting"]

    trio.run(main)
    assert len(set(intents)) == 10
    assert gentask_sandbox.submits() == 11


class HeldTransport(PlainTransport):
    """Sends on a thread of gentask's own, but not before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.started, self.go_on = threading.Event(), threading.Event()

    def send(self, request: HttpRequest) -> HttpResponse:
        self.started.set()
        self.go_on.wait(MOST_S)
        return super().send(request)


async def is_saved(sandbox: Sandbox, intent_id: str) -> bool:
    """Whether a submit that nobody waits for any more was accepted, saved, and is a task like any other."""
    async with sandbox.async_client() as later:
        task = await later.task(intent_id)
        return (await task.record()).task_id is not None and (await task.wait(MOST_S)).ok


def test_a_submit_cancelled_in_trio_names_its_intent_and_is_saved(gentask_sandbox: Sandbox) -> None:
    trio = pytest.importorskip("trio")
    transport = HeldTransport()
    caught: list[str | None] = []

    async def main() -> None:
        client = gentask_sandbox.async_client(transport=transport)

        async def submit() -> None:
            try:
                await client.submit(*job())
            except trio.Cancelled as error:
                caught.append(intent_id_of(error))
                raise

        async with trio.open_nursery() as nursery:
            nursery.start_soon(submit)
            await trio.to_thread.run_sync(transport.started.wait, MOST_S)
            nursery.cancel_scope.cancel()
        (intent_id,) = caught
        assert intent_id is not None
        assert gentask_sandbox.submits() == 0
        transport.go_on.set()
        # A close lets the submit be saved.
        await client.aclose()
        assert await is_saved(gentask_sandbox, intent_id)

    trio.run(main)
    assert gentask_sandbox.submits() == 1


class TrioTransport:
    """An async transport of trio's: it sends on a thread, which it waits for in the loop."""

    def __init__(self) -> None:
        self.plain = PlainTransport()
        self.tokens: set[object] = set()

    async def send(self, request: HttpRequest) -> HttpResponse:
        import trio

        self.tokens.add(trio.lowlevel.current_trio_token())
        return await trio.to_thread.run_sync(self.plain.send, request)


class TrioStore(AsyncDictStore):
    """An async store that gives trio a turn in each method."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: set[object] = set()

    async def _turn(self) -> None:
        import trio

        self.tokens.add(trio.lowlevel.current_trio_token())
        await trio.lowlevel.checkpoint()


def test_async_callables_run_in_trio(gentask_sandbox: Sandbox) -> None:
    trio = pytest.importorskip("trio")
    transport, store = TrioTransport(), TrioStore()
    asked: set[object] = set()

    async def key() -> str:
        asked.add(trio.lowlevel.current_trio_token())
        await trio.lowlevel.checkpoint()
        return "sk-from-trio"

    async def main() -> object:
        async with gentask_sandbox.async_client(api_key=key, transport=transport, store=store) as client:
            async with trio.open_nursery() as nursery:
                for _ in range(5):
                    nursery.start_soon(paid, client)
            assert await phases(client) == ["succeeded"] * 5
        return trio.lowlevel.current_trio_token()

    token = trio.run(main)
    assert transport.tokens == store.tokens == asked == {token}
    assert {dict(request.headers)["authorization"] for request in transport.plain.requests} == {"Bearer sk-from-trio"}
    assert gentask_sandbox.submits() == 5


def test_an_async_callable_that_raises_in_trio_fails_the_call_alone(gentask_sandbox: Sandbox) -> None:
    trio = pytest.importorskip("trio")

    async def key() -> str:
        raise LookupError("no vault")

    async def main() -> None:
        async with gentask_sandbox.async_client(api_key=key) as client:
            with pytest.raises(AuthFailed) as caught:
                await client.submit(*job())
            assert "no vault" not in str(caught.value)
            assert await phases(client) == []

    trio.run(main)
    assert gentask_sandbox.submits() == 0


def test_one_client_serves_asyncio_and_trio_at_once(gentask_sandbox: Sandbox) -> None:
    trio = pytest.importorskip("trio")
    client = gentask_sandbox.async_client(api_key=lambda: "any")
    here = threading.get_ident()
    runs = (lambda: asyncio.run(paid(client)), lambda: trio.run(paid, client))
    found = at_once(2, lambda number: (threading.get_ident(), runs[number]()))
    assert len({intent for _, intent in found}) == 2
    assert here not in {thread for thread, _ in found}
    assert gentask_sandbox.submits() == 2


# anyio


BACKENDS = ("asyncio", "trio")


@pytest.mark.parametrize("backend", BACKENDS)
def test_anyio_task_groups_and_cancel_scopes_hold(gentask_sandbox: Sandbox, backend: str) -> None:
    anyio = pytest.importorskip("anyio")
    pytest.importorskip(backend)
    intents: list[str] = []

    async def main() -> None:
        async with gentask_sandbox.async_client() as client:

            async def one() -> None:
                intents.append(await paid(client))

            async with anyio.create_task_group() as group:
                for _ in range(10):
                    group.start_soon(one)
            stuck = await client.submit(*job(word="[stuck]"))
            with anyio.move_on_after(0.2) as scope:
                await stuck.wait()
            assert scope.cancelled_caught
            # A group that is cancelled ends every wait in it.
            async with anyio.create_task_group() as group:
                for _ in range(5):
                    group.start_soon(stuck.wait)
                group.cancel_scope.cancel()
            with anyio.move_on_after(0.2) as scope:
                async for _ in stuck.updates():
                    pass
            assert scope.cancelled_caught
            assert (await stuck.record()).phase == "waiting"

    anyio.run(main, backend=backend)
    assert len(set(intents)) == 10
    assert gentask_sandbox.submits() == 11


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_submit_whose_answer_is_slow_may_be_cancelled_in_anyio(gentask_sandbox: Sandbox, backend: str) -> None:
    anyio = pytest.importorskip("anyio")
    pytest.importorskip(backend)
    gentask_sandbox.script("apixo", [rule("submit", {"kind": "delayMs", "ms": 3_000}, nth=1)])
    caught: list[str | None] = []

    async def main() -> None:
        client = gentask_sandbox.async_client()

        async def submit() -> None:
            try:
                await client.submit(*job())
            except anyio.get_cancelled_exc_class() as error:
                caught.append(intent_id_of(error))
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(submit)
            while await anyio.to_thread.run_sync(gentask_sandbox.submits) == 0:
                await anyio.sleep(0.02)
            group.cancel_scope.cancel()
        (intent_id,) = caught
        assert intent_id is not None
        await client.aclose()
        assert await is_saved(gentask_sandbox, intent_id)

    anyio.run(main, backend=backend)
    assert gentask_sandbox.submits() == 1


# Stores in asyncio


def test_an_async_store_follows_the_loop_of_the_call(gentask_sandbox: Sandbox) -> None:
    store = AsyncDictStore()
    client = gentask_sandbox.async_client(store=store)

    async def here() -> asyncio.AbstractEventLoop:
        await paid(client)
        return asyncio.get_running_loop()

    loops = {asyncio.run(here()) for _ in range(2)}
    assert len(loops) == 2
    assert store.loops == loops
    asyncio.run(client.aclose())


def test_a_store_in_memory_serves_every_loop(gentask_sandbox: Sandbox) -> None:
    client = gentask_sandbox.async_client(store=MemoryStore())
    for _ in range(2):
        asyncio.run(paid(client))
    assert asyncio.run(phases(client)) == ["succeeded"] * 2
