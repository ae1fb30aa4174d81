"""Events: what a listener hears, in which order, and that it harms nothing."""

from __future__ import annotations

import logging
import sys
from datetime import datetime, timezone
from queue import Queue

import pytest

from gentask import GentaskError, SubmitUnknown, TaskEvent

from .support.faults import apixo_state, limited, rule, status
from .support.jobs import KEY, PROMPT, job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask.testing import Sandbox

    from .support.both import Both


def phases(events: list[TaskEvent], intent_id: str) -> list[tuple[str, str]]:
    mine = [event for event in events if event.intent_id == intent_id and event.kind == "phase"]
    return [(event.data["from"], event.data["to"]) for event in mine]


def test_each_phase_is_heard_in_order_before_the_call_returns(both: Both) -> None:
    events: list[TaskEvent] = []
    client = both.client(on_event=events.append)
    task = submit(client)
    way = [("prepared", "submitting"), ("submitting", "waiting")]
    assert phases(events, task.intent_id) == way, "heard when the submit returned"
    task.wait()
    assert phases(events, task.intent_id) == [*way, ("waiting", "succeeded")], "heard when the wait returned"


def test_the_end_is_heard_before_it_is_raised(both: Both) -> None:
    events: list[TaskEvent] = []
    client = both.client(on_event=events.append)
    task = submit(client, "[fail]")
    with pytest.raises(GentaskError):
        task.wait()
    assert phases(events, task.intent_id)[-1] == ("waiting", "failed")
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody")])
    with pytest.raises(SubmitUnknown) as caught:
        submit(client)
    assert phases(events, str(caught.value.intent_id))[-1] == ("submitting", "unresolved")


def test_an_event_says_what_when_and_to_which_task(both: Both) -> None:
    events: list[TaskEvent] = []
    began = datetime.now(timezone.utc)
    client = both.client(on_event=events.append, api_key=KEY)
    task = submit(client, owner="anna")
    task.wait()
    for event in events:
        assert event.intent_id == event.record.intent_id == task.intent_id
        assert event.record.owner == "anna"
        assert event.at is not None
        assert abs((event.at - began).total_seconds()) < 3_600
        assert event.at.timestamp() * 1_000 == pytest.approx(event.at_ms)
        assert repr(event).startswith(f"TaskEvent(kind={event.kind!r}, ")
    last = [event for event in events if event.kind == "phase"][-1]
    assert (last.record.phase, last.record.is_terminal, last.record.version) == ("succeeded", True, task.record().version)


def test_other_events_are_heard_too(both: Both) -> None:
    events: list[TaskEvent] = []
    rules = [rule("submit", limited("0"), nth=1), rule("status", status(500), nth=1), rule("status", apixo_state("melting"), nth=2)]
    both.sandbox.script("apixo", rules)
    client = both.client(on_event=events.append)
    submit(client).wait()
    submit(client, "[nofile]").wait()
    kinds = {event.kind for event in events}
    assert kinds >= {"phase", "seen", "retry", "unknownState", "noFiles"}


def test_every_task_of_the_client_is_heard_also_those_of_resume(both: Both) -> None:
    events: list[TaskEvent] = []
    tasks = [submit(both.client()) for _ in range(5)]
    both.client(on_event=events.append).resume()
    for task in tasks:
        assert phases(events, task.intent_id) == [("waiting", "succeeded")]


def test_a_listener_that_raises_harms_nothing_and_is_reported(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    unraisable: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", unraisable.append)

    def refuse(event: TaskEvent) -> None:
        raise ZeroDivisionError(event.kind)

    client = both.client(on_event=refuse)
    assert submit(client).wait().status == "success"
    assert len(unraisable) >= 3
    assert {args.exc_type for args in unraisable} == {ZeroDivisionError}
    assert all(args.object is refuse for args in unraisable)


def test_a_listener_is_no_place_to_wait_and_is_told_so(gentask_sandbox: Sandbox) -> None:
    heard: list[object] = []

    def listen(event: TaskEvent) -> None:
        for call in (lambda: client.task(event.intent_id), client.tasks, client.resume):
            with pytest.raises(RuntimeError, match=r"must not call gentask.*another thread"):
                call()
        heard.append(event)

    with gentask_sandbox.client(on_event=listen) as client:
        assert submit(client).wait().status == "success"
    assert len(heard) >= 3


@pytest.mark.parametrize("create", [True, False], ids=["create_generation", "submit"])
def test_a_submit_from_a_listener_is_refused_before_it_is_sent(gentask_sandbox: Sandbox, create: bool) -> None:
    refused: list[str] = []

    def listen(_: TaskEvent) -> None:
        if not refused:
            with pytest.raises(RuntimeError) as caught:
                (client.create_generation if create else client.submit)(*job())
            refused.append(str(caught.value))

    with gentask_sandbox.client(on_event=listen) as client:
        submit(client).wait()
    assert len(refused) == 1
    assert gentask_sandbox.submits() == 1, "what raised was sent all the same"


def test_a_listener_may_hand_its_work_to_others(both: Both) -> None:
    ended: Queue[str] = Queue()

    def listen(event: TaskEvent) -> None:
        if event.record.is_terminal:
            ended.put(event.intent_id)

    client = both.client(on_event=listen)
    task = submit(client)
    task.wait()
    assert client.task(ended.get(timeout=60)).reply().status == "success"


def test_what_is_logged_has_its_level_and_no_secrets(both: Both, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "gentask")
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody", nth=2), rule("status", status(500), nth=1)])
    client = both.client(api_key=KEY)
    done = submit(client)
    with pytest.raises(SubmitUnknown) as caught:
        submit(client)
    done.wait()
    lines = [(record.levelname, record.getMessage()) for record in caplog.records if record.name.startswith("gentask")]
    levels = {(level, line.rpartition("-> ")[2]) for level, line in lines if " -> " in line}
    assert levels >= {("DEBUG", "submitting"), ("DEBUG", "waiting"), ("INFO", "succeeded"), ("WARNING", "unresolved")}
    text = "\n".join(line for _, line in lines)
    assert done.intent_id in text
    assert str(caught.value.intent_id) in text
    for word in (KEY, PROMPT, "://", "/api/", "/files/", "Bearer"):
        assert word not in text
