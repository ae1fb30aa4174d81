"""Many orders at once: bounded, told as they come, begun again without a second payment."""

from __future__ import annotations

import asyncio
import itertools
import re
import signal
import subprocess
import sys

import pytest

import gentask
from gentask import GentaskError, InvalidPayload, Ordered, Unsupported, aio_many, many
from gentask.many import Batch, bar_of

from .support.faults import rule, status
from .support.jobs import PROMPT, job

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path
    from typing import Any

    from gentask import Job
    from gentask.testing import Sandbox

    from .support.both import Both


def a_job(word: str = "", **more: Any) -> Any:
    model, payload = job(word=word)
    return {"model": model, "input": payload, **more}


def jobs_of(*words: str) -> list[Any]:
    return [a_job(word) for word in words]


def ends(outcomes: list[Any]) -> dict[int, str | None]:
    """The code of each job; `None` is a success."""
    assert len({ordered.index for ordered in outcomes}) == len(outcomes)
    return {ordered.index: ordered.reply.error_code for ordered in outcomes}


def test_every_job_is_told_and_one_that_fails_does_not_end_the_rest(both: Both) -> None:
    client = both.client()
    jobs = jobs_of("", "[fail]", "", "[refuse]", "[content]", "")
    jobs.insert(2, a_job(key="my own", owner="bert"))
    outcomes = list(client.submit_many(jobs, key="album-7", owner="anna"))
    failed = {1: "GENERATION_FAILED", 4: "CONTENT_REJECTED", 5: "CONTENT_REJECTED"}
    assert ends(outcomes) == {index: failed.get(index) for index in range(7)}
    by_index = {ordered.index: ordered for ordered in outcomes}
    # Three are alike: 0, 3 and 6.
    keys = [str(by_index[at].key) for at in (0, 3, 6)]
    assert re.fullmatch("album-7/[0-9a-f]{16}", keys[0])
    assert keys[1:] == [f"{keys[0]}/2", f"{keys[0]}/3"]
    assert by_index[2].key == "my own"
    assert all(ordered.reply.files for ordered in outcomes if ordered.reply.ok)
    for at, owner in ((0, "anna"), (2, "bert")):
        found = client.find(str(by_index[at].key), owner)
        task = by_index[at].task
        assert found is not None
        assert task is not None
        assert task.intent_id == found.intent_id == by_index[at].reply.intent_id
    assert both.sandbox.submits() == 7


def test_a_batch_that_is_begun_again_posts_nothing_twice(both: Both, tmp_path: Path) -> None:
    jobs = jobs_of(*[""] * 6, "[fail]")
    with both.client(store=tmp_path / "tasks.db") as client:
        first = list(client.submit_many(jobs, key="album-7", concurrency=3))
    again = list(both.client(store=tmp_path / "tasks.db").submit_many(jobs, key="album-7"))
    assert ends(first) == ends(again)
    assert {ordered.reply.intent_id for ordered in first} == {ordered.reply.intent_id for ordered in again}
    assert both.seen() == (7, 7)


def test_a_batch_in_another_sequence_posts_what_is_new_alone(both: Both) -> None:
    client = both.client()
    first = list(client.submit_many(jobs_of("a", "b", "b"), key="album-7"))
    assert both.sandbox.submits() == 3
    again = list(client.submit_many(jobs_of("c", "b", "a", "b"), key="album-7"))
    assert both.seen() == (4, 4)
    old = {ordered.key: ordered.reply.intent_id for ordered in first}
    new = {ordered.key: ordered.reply.intent_id for ordered in again}
    assert len(old) == 3
    assert old == {key: intent_id for key, intent_id in new.items() if key in old}


def test_another_batch_is_another_order(both: Both) -> None:
    client = both.client()
    for key in ("album-7", "album-8"):
        list(client.submit_many(jobs_of("a"), key=key))
    assert both.sandbox.submits() == 2


def test_an_own_key_of_another_job_is_a_mistake_that_loses_nothing(both: Both) -> None:
    for word in ("", "another"):
        told: list[Any] = []
        with pytest.raises(ValueError, match="job 2 has the key 'a' of job 0") as caught:
            told.extend(both.client().submit_many([a_job(key="a"), a_job(key="b"), a_job(word, key="a"), a_job(key="d")]))
        assert not isinstance(caught.value, GentaskError)
        assert ends(told) == {0: None, 1: None}
    assert both.sandbox.submits() == 2


def test_an_own_key_that_was_made_for_another_job_is_a_mistake(both: Both) -> None:
    client = both.client()
    made = [str(ordered.key) for ordered in sorted(client.submit_many(jobs_of("a", "a"), key="k"), key=lambda ordered: ordered.index)]
    for at, key in enumerate(made):
        told: list[Any] = []
        with pytest.raises(ValueError, match=f"job 2 has the key '{key}' of job {at}"):
            told.extend(client.submit_many([*jobs_of("a", "a"), a_job("b", key=key)], key="k"))
        assert ends(told) == {0: None, 1: None}
    assert both.sandbox.submits() == 2


def test_a_key_is_its_owner_s_within_a_batch_too(both: Both) -> None:
    jobs = [a_job(key="a"), a_job(key="a", owner="bert"), a_job(key="a", owner="carl")]
    assert ends(list(both.client().submit_many(jobs, owner="anna"))) == dict.fromkeys(range(3))
    assert both.sandbox.submits() == 3


def test_another_payload_under_a_key_is_told_for_that_job_alone(both: Both) -> None:
    client = both.client()
    first = list(client.submit_many([a_job(key="k/0"), a_job(key="k/1")]))
    again = list(client.submit_many([a_job(key="k/0"), a_job("a moon", key="k/1"), a_job(key="k/2")]))
    assert ends(again) == {0: None, 1: "INVALID_PAYLOAD", 2: None}
    [conflict] = [ordered for ordered in again if ordered.index == 1]
    assert conflict.reply.intent_id in {ordered.reply.intent_id for ordered in first}
    assert both.sandbox.submits() == 3


def test_jobs_are_taken_only_as_places_become_free(both: Both) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Job]:
        for number in itertools.count():
            taken.append(number)
            yield a_job()

    stream = both.client().submit_many(endless(), key="k", concurrency=3)
    assert taken == []
    for told, _ in enumerate(stream, 1):
        assert len(taken) <= told + 3
        if told == 5:
            break
    stream.close()
    assert both.sandbox.submits() <= len(taken) <= 8


def test_no_more_are_under_way_than_is_said(both: Both) -> None:
    assert len(list(both.client().submit_many(jobs_of(*[""] * 12), key="k", concurrency=2))) == 12
    # Beside two: the connection of the statistics, and those that the server has not closed yet.
    assert both.sandbox.stats()["connectionsMost"] <= 5


def test_without_waiting_each_job_is_only_submitted(both: Both) -> None:
    client = both.client()
    outcomes = list(client.submit_many(jobs_of("[stuck]", "[stuck]"), key="k", wait=False))
    assert {ordered.reply.status for ordered in outcomes} == {"pending"}
    assert {record.phase for record in client.tasks()} == {"waiting"}


def test_a_wait_that_takes_too_long_is_told_and_can_be_gone_on_with(both: Both) -> None:
    client = both.client()
    outcomes = list(client.submit_many(jobs_of("[stuck]", ""), key="k", timeout=0.5))
    assert ends(outcomes) == {0: "WAIT_TIMEOUT", 1: None}


def test_a_job_without_a_key_is_a_mistake_that_loses_nothing(both: Both) -> None:
    client = both.client()
    told: list[Any] = []
    with pytest.raises(ValueError, match="job 2 has no key: give key= for the whole batch") as caught:
        told.extend(client.submit_many([a_job(key="a"), a_job(key="b"), a_job(), a_job(key="d")]))
    assert not isinstance(caught.value, GentaskError)
    assert ends(told) == {0: None, 1: None}
    assert both.sandbox.submits() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (7, "job 1 is a mapping"),
        ({"model": "nano-banana"}, "job 1 has no input"),
        ({"model": "nano-banana", "input": {}, "colour": 1}, "unknown member 'colour'"),
        ({"model": 7, "input": {}}, "expected text"),
        (a_job(key=7), "job 1's key: expected text, not int"),
        (a_job(owner=7), "job 1's owner: expected text, not int"),
        (a_job(callback_url=7), "callback_url: expected text, not int"),
    ],
    ids=str,
)
def test_a_mistake_in_a_job_is_raised_once_the_rest_is_told(both: Both, wrong: Any, words: str) -> None:
    told: list[Any] = []
    with pytest.raises(TypeError, match=words):
        told.extend(both.client().submit_many([a_job(), wrong, a_job()], key="k"))
    assert ends(told) == {0: None}


def test_what_the_jobs_raise_is_raised_once_the_rest_is_told(both: Both) -> None:
    def failing() -> Iterator[Job]:
        yield a_job()
        raise ZeroDivisionError("mine")

    told: list[Any] = []
    with pytest.raises(ZeroDivisionError, match="mine"):
        told.extend(both.client().submit_many(failing(), key="k"))
    assert ends(told) == {0: None}


def test_a_payload_that_json_cannot_hold_is_told_for_its_job(both: Both) -> None:
    jobs = [a_job(), {"model": "nano-banana", "input": {"mode": {1}}}, {"model": "nano-banana", "input": {}}, a_job()]
    outcomes = list(both.client().submit_many(jobs, key="k"))
    assert ends(outcomes) == {0: None, 1: "INVALID_PAYLOAD", 2: "INVALID_PAYLOAD", 3: None}
    refused = [ordered for ordered in outcomes if not ordered.reply.ok]
    assert [ordered.task for ordered in refused] == [None, None]
    # JSON cannot hold the first, so that nothing can be made of it; the second was begun.
    assert {ordered.index: ordered.key is None for ordered in refused} == {1: True, 2: False}
    with pytest.raises(InvalidPayload):
        refused[0].reply.raise_for_status()
    assert both.sandbox.submits() == 2


def test_a_lost_answer_is_told_and_not_posted_again(both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", status(500), nth=1)])
    client = both.client()
    for _ in range(2):
        outcomes = list(client.submit_many(jobs_of("", ""), key="k", concurrency=1))
        assert ends(outcomes) == {0: "SUBMIT_UNKNOWN", 1: None}
        assert outcomes[0].task is not None
    assert both.sandbox.submits() == 2


def test_leaving_early_leaves_the_tasks_as_they_are(both: Both, tmp_path: Path) -> None:
    client = both.client(store=tmp_path / "tasks.db")
    jobs = jobs_of("", *["[slow]"] * 5)
    stream = client.submit_many(jobs, key="k")
    assert next(stream).index == 0
    stream.close()
    # What was sent is saved; what was not is posted now, and nothing is twice.
    assert len(list(client.submit_many(jobs, key="k"))) == 6
    assert both.seen() == (6, 6)


def test_closing_the_client_ends_the_batch(both: Both) -> None:
    client = both.client()
    stream = client.submit_many(jobs_of("", "[stuck]"), key="k")
    assert next(stream).index == 0
    client.close()
    with pytest.raises(Unsupported, match="closed"):
        next(stream)
    with pytest.raises(Unsupported, match="closed"):
        list(client.submit_many(jobs_of(""), key="k"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("key", 7), ("owner", 7), ("concurrency", 0), ("concurrency", "1"), ("timeout", -1), ("timeout", "x")],
    ids=str,
)
def test_a_wrong_argument_is_named_before_anything_is_taken(both: Both, name: str, value: Any) -> None:
    arguments: dict[str, Any] = {"key": "k", name: value}
    with pytest.raises((TypeError, ValueError), match=None if name == "concurrency" else name):
        list(both.client().submit_many(jobs_of(""), **arguments))
    assert both.sandbox.submits() == 0


def test_an_outcome_is_frozen_and_shows_no_prompt(both: Both) -> None:
    [ordered] = both.client().submit_many(jobs_of(""), key="k")
    assert isinstance(ordered, Ordered)
    with pytest.raises(AttributeError):
        ordered.index = 7  # type: ignore[misc]
    assert PROMPT not in repr(ordered)


class Lost:
    """Orders that lose what they are given, and work that is done at once."""

    def __init__(self) -> None:
        self.given = 0

    def has_place(self) -> bool:
        return True

    def give(self, *_: object) -> tuple[int, str]:
        self.given += 1
        return self.given, f"album-7/{self.given}"

    def next(self, *, until_nudged: bool) -> Lost:
        return self

    def result(self) -> None:
        return None

    take = nudge = close = result

    def on_done(self, done: Any) -> None:
        done()


def test_jobs_that_are_lost_are_named_instead_of_waited_for(both: Both) -> None:
    batch: Any = Batch(Lost(), "album-7", None, lambda task: task)  # type: ignore[arg-type]
    if both.kind == "sync":
        stream: Any = many.each(batch, jobs_of("", ""), bar_of((), progress=False))
        with pytest.raises(RuntimeError, match="lost job 0 with the key 'album-7/1', job 1 with the key 'album-7/2'"):
            list(stream)
        return

    async def main(client: gentask.AsyncClient) -> None:
        stream = aio_many.each(lambda: client._native, batch, jobs_of("", ""), bar_of((), progress=False))
        with pytest.raises(RuntimeError, match="lost job 0 with the key 'album-7/1', job 1 with the key 'album-7/2'"):
            await anext(stream)

    run(both.sandbox, main)


PROGRAM = """
import sys, gentask
client = gentask.Client("apixo", **{options!r})
jobs = [{{"model": "nano-banana", "input": {{"mode": "text-to-image", "prompt": "p"}}}} for _ in range(5)]
for ordered in client.submit_many(jobs, key="k", concurrency=1):
    print(ordered.index, flush=True)
    if ordered.index == 2:
        sys.stdin.read()
"""


def test_a_batch_whose_process_was_killed_goes_on_where_it_was(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    options = {"base_url": gentask_sandbox.base_url("apixo"), "api_key": "k", "store": str(tmp_path / "tasks.db")}
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(options={**options, "poll": {"initial": 0.02, "cap": 0.02}})],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert [program.stdout.readline() for _ in range(3)] == [b"0\n", b"1\n", b"2\n"]
    program.kill()
    program.communicate()
    assert gentask_sandbox.submits() == 3
    with gentask_sandbox.client(store=tmp_path / "tasks.db") as client:
        jobs: list[Job] = [{"model": "nano-banana", "input": {"mode": "text-to-image", "prompt": "p"}} for _ in range(5)]
        assert ends(list(client.submit_many(jobs, key="k"))) == dict.fromkeys(range(5))
    assert gentask_sandbox.submits() == 5


INTERRUPTED = """
import gentask
client = gentask.Client("apixo", **{options!r})
jobs = [{{"model": "nano-banana", "input": {{"mode": "text-to-image", "prompt": word}}}} for word in ("p", "p [stuck]")]
try:
    for ordered in client.submit_many(jobs, key="k"):
        print(ordered.index, flush=True)
except KeyboardInterrupt:
    print(client.tasks(unfinished=True)[0].phase)
"""


def test_an_interrupt_ends_a_batch_and_leaves_its_tasks(gentask_sandbox: Sandbox, tmp_path: Path) -> None:
    options = {"base_url": gentask_sandbox.base_url("apixo"), "api_key": "k", "store": str(tmp_path / "tasks.db")}
    program = INTERRUPTED.format(options={**options, "poll": {"initial": 0.02, "cap": 0.02}})
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline() == b"0\n"
    while gentask_sandbox.stats("apixo")["tasks"] < 2:
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert said in (b"waiting\n", b"submitting\n")
    assert running.returncode == 0


class Fed:
    """Jobs that come one by one, when they are let."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Any] = asyncio.Queue()
        self.left = False

    async def jobs(self) -> AsyncIterator[Job]:
        try:
            while (job := await self.queue.get()) is not None:
                yield job
        finally:
            self.left = True


def run(sandbox: Sandbox, main: Any) -> None:
    async def inside() -> None:
        async with sandbox.async_client(poll={"initial": 0.02, "cap": 0.02}) as client:
            await asyncio.wait_for(main(client), 60)

    asyncio.run(inside())


def test_an_outcome_comes_before_the_next_job_does(gentask_sandbox: Sandbox) -> None:
    async def main(client: gentask.AsyncClient) -> None:
        fed = Fed()
        fed.queue.put_nowait(a_job())
        stream = client.submit_many(fed.jobs(), key="k")
        assert (await anext(stream)).index == 0
        fed.queue.put_nowait(a_job())
        assert (await anext(stream)).index == 1
        fed.queue.put_nowait(None)
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    run(gentask_sandbox, main)


def test_leaving_a_batch_ends_the_wait_for_its_jobs(gentask_sandbox: Sandbox) -> None:
    async def main(client: gentask.AsyncClient) -> None:
        fed = Fed()
        fed.queue.put_nowait(a_job())
        jobs = fed.jobs()
        stream = client.submit_many(jobs, key="k")
        await anext(stream)
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        while not fed.left:
            await asyncio.sleep(0)

    run(gentask_sandbox, main)


def test_what_async_jobs_raise_is_raised_once_the_rest_is_told(gentask_sandbox: Sandbox) -> None:
    async def failing() -> AsyncIterator[Job]:
        yield a_job()
        raise ZeroDivisionError("mine")

    async def main(client: gentask.AsyncClient) -> None:
        told: list[Any] = []
        with pytest.raises(ZeroDivisionError, match="mine"):
            async for ordered in client.submit_many(failing(), key="k"):
                told.append(ordered)  # noqa: PERF401 - what came before the exception counts
        assert ends(told) == {0: None}

    run(gentask_sandbox, main)


class Stop(BaseException):
    """Ends more than a batch."""


async def stopping(error: BaseException) -> AsyncIterator[Job]:
    yield a_job()
    raise error


@pytest.mark.parametrize("error", [asyncio.CancelledError(), Stop()], ids=repr)
@pytest.mark.parametrize("concurrency", [1, 5])
def test_whatever_async_jobs_raise_does_not_hang_the_batch(gentask_sandbox: Sandbox, error: BaseException, concurrency: int) -> None:
    async def main(client: gentask.AsyncClient) -> None:
        told: list[Any] = []
        with pytest.raises(type(error)) as caught:
            async for ordered in client.submit_many(stopping(error), key="k", concurrency=concurrency):
                told.append(ordered)  # noqa: PERF401
        assert caught.value is error
        assert ends(told) == {0: None}

    run(gentask_sandbox, main)


def test_whatever_async_jobs_raise_does_not_hang_a_batch_in_trio(gentask_sandbox: Sandbox) -> None:
    import trio

    async def main() -> None:
        told: list[Any] = []
        async with gentask_sandbox.async_client(poll={"initial": 0.02, "cap": 0.02}) as client:
            with trio.fail_after(60), pytest.raises(Stop):
                async for ordered in client.submit_many(stopping(Stop()), key="k"):
                    told.append(ordered)  # noqa: PERF401
        assert ends(told) == {0: None}

    trio.run(main)


def test_a_batch_goes_on_in_trio(gentask_sandbox: Sandbox) -> None:
    import trio

    async def main() -> None:
        send, receive = trio.open_memory_channel(10)
        async with gentask_sandbox.async_client(poll={"initial": 0.02, "cap": 0.02}) as client:
            with trio.fail_after(60):
                await send.send(a_job())
                stream = client.submit_many(receive, key="k")
                assert (await anext(stream)).index == 0
                await send.send(a_job())
                assert (await anext(stream)).reply.ok
                await stream.aclose()
        assert gentask_sandbox.submits() == 2

    trio.run(main)
