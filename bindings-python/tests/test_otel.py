"""`gentask.otel`: spans and metrics by OpenTelemetry's own SDK, over real HTTP, and that nothing private is in them."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("opentelemetry.sdk")

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

import gentask
from gentask import AsyncClient, Client, otel

from .support.both import QUICKLY, Blocking
from .support.faults import limited, rule, status
from .support.jobs import KEY, PROMPT, job, submit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import Tracer

    from gentask.testing import Sandbox

    from .support.both import Both

NAMES = Path(__file__, "..", "..", "..", "docs", "opentelemetry.md").resolve()


class Rig:
    """An SDK whose exporters keep everything in memory, and clients that export to it."""

    def __init__(self, both: Both) -> None:
        self._both = both
        self._exporter = InMemorySpanExporter()
        self._reader = InMemoryMetricReader()
        self.spans_to = TracerProvider()
        self.spans_to.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.metrics_to = MeterProvider([self._reader])

    @property
    def tracer(self) -> Tracer:
        return self.spans_to.get_tracer("test")

    def client(self, **options: Any) -> Client:
        """Return an instrumented client of the test's kind."""
        both = self._both
        given = {**both.sandbox.options("apixo", poll=QUICKLY), "api_key": KEY, **options}
        made = {"tracer_provider": self.spans_to, "meter_provider": self.metrics_to}
        if both.loop is None:
            client = otel.instrument(Client, **made)("apixo", **given)  # type: ignore[arg-type]
        else:
            inner = otel.instrument(AsyncClient, **made)("apixo", **given)  # type: ignore[arg-type]
            client = Blocking(inner, both.loop)  # type: ignore[assignment]
        both._made.append(client)
        return client

    def spans(self) -> list[ReadableSpan]:
        """Return the spans of calls, without those of requests."""
        return [span for span in self._exporter.get_finished_spans() if not span.name.startswith(("GET ", "POST "))]

    def requests(self) -> list[ReadableSpan]:
        """Return the spans of requests."""
        return [span for span in self._exporter.get_finished_spans() if span.name.startswith(("GET ", "POST "))]

    def points(self, name: str) -> list[tuple[dict[str, Any], Any]]:
        """Return a metric's attributes and figures."""
        data = self._reader.get_metrics_data()
        if data is None:
            return []
        every = (metric for resource in data.resource_metrics for scope in resource.scope_metrics for metric in scope.metrics)
        return [(dict(point.attributes or {}), point) for metric in every if metric.name == name for point in metric.data.data_points]

    def exported(self) -> str:
        """Return everything that was exported, as text."""
        data = self._reader.get_metrics_data()
        return "\n".join([*(span.to_json() for span in self._exporter.get_finished_spans()), "" if data is None else data.to_json()])


@pytest.fixture
def rig(both: Both) -> Rig:
    return Rig(both)


def test_a_submit_and_a_wait_are_spans_with_their_requests_below_them(rig: Rig, both: Both) -> None:
    client = rig.client()
    task = submit(client, owner="anna", key="order-42")
    task.wait()
    submitted, waited = rig.spans()
    assert (submitted.name, submitted.kind, waited.name) == ("submit nano-banana", SpanKind.CLIENT, "wait nano-banana")
    common = {
        "gen_ai.provider.name": "apixo",
        "gen_ai.request.model": "nano-banana",
        "gen_ai.output.type": "image",
        "gentask.intent_id": task.intent_id,
        "gentask.task_id": task.task_id,
        "gentask.submit.attempts": 1,
    }
    assert dict(submitted.attributes or {}) == {**common, "gen_ai.operation.name": "generate_content"}
    assert dict(waited.attributes or {}) == {**common, "gentask.status": "success"}
    told = [(event.name, (event.attributes or {}).get("gentask.phase.to")) for span in (submitted, waited) for event in span.events]
    phases = [phase for name, phase in told if name == "gentask.phase"]
    assert phases == ["submitting", "waiting", "succeeded"]
    assert submitted.status.status_code == waited.status.status_code == StatusCode.UNSET
    post, *gets = rig.requests()
    assert (post.name, (post.attributes or {})["http.response.status_code"]) == ("POST submit", 200)
    assert post.parent is not None
    assert post.parent.span_id == submitted.context.span_id
    assert (submitted.start_time or 0) <= (post.start_time or 0) < (post.end_time or 0)
    assert len(gets) == both.asked()
    assert {get.parent and get.parent.span_id for get in gets} == {waited.context.span_id}


def test_the_callers_span_is_the_parent(gentask_sandbox: Sandbox) -> None:
    exporter, spans_to = InMemorySpanExporter(), TracerProvider()
    spans_to.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = spans_to.get_tracer("test")
    options: dict[str, Any] = {**gentask_sandbox.options("apixo"), "poll": QUICKLY}

    def plain() -> None:
        with otel.instrument(Client, tracer_provider=spans_to)("apixo", **options) as client, tracer.start_as_current_span("order"):
            submit(client).wait()
            assert [reply.status for reply in submit(client).updates()][-1] == "success"

    async def loop() -> None:
        async with otel.instrument(AsyncClient, tracer_provider=spans_to)("apixo", **options) as client:
            with tracer.start_as_current_span("order"):
                await (await client.submit(*job())).wait()
                assert [reply.status async for reply in (await client.submit(*job())).updates()][-1] == "success"

    for run in (plain, lambda: asyncio.run(loop())):
        exporter.clear()
        run()
        *spans, order = [span for span in exporter.get_finished_spans() if not span.name.startswith(("GET ", "POST "))]
        assert [span.name.partition(" ")[0] for span in spans] == ["submit", "wait", "submit", "wait"]
        assert {span.parent and span.parent.span_id for span in spans} == {order.context.span_id}


@pytest.mark.parametrize(
    ("word", "code", "state"),
    [("[fail]", "GENERATION_FAILED", "failed"), ("[content]", "CONTENT_REJECTED", "failed")],
)
def test_a_failure_is_told_by_its_code(rig: Rig, word: str, code: str, state: str) -> None:
    client = rig.client()
    with pytest.raises(gentask.GentaskError) as caught:
        submit(client, word).wait()
    assert caught.value.code == code
    failed = rig.spans()[-1]
    assert failed.status.status_code is StatusCode.ERROR
    assert failed.status.description is None, "what a provider says may hold the prompt"
    about = failed.attributes or {}
    assert (about["error.type"], about["gentask.status"]) == (code, state)
    assert not [event for event in failed.events if event.name == "exception"]


def test_a_refused_submit_says_the_status_of_the_answer(rig: Rig, both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", status(402))])
    with pytest.raises(gentask.InsufficientCredits):
        submit(rig.client())
    (span,) = rig.spans()
    about = span.attributes or {}
    assert (about["error.type"], about["http.response.status_code"], about["gentask.submit.attempts"]) == ("INSUFFICIENT_CREDITS", 402, 1)
    ((attributes, point),) = rig.points("gentask.client.submits")
    assert (attributes["gentask.outcome"], attributes["error.type"], point.value) == ("rejected", "INSUFFICIENT_CREDITS", 1)


def test_what_went_wrong_on_the_way_is_told_as_events(rig: Rig, both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("0"), nth=1), rule("status", status(500), nth=1)])
    submit(rig.client()).wait()
    retries = [event for span in rig.spans() for event in span.events if event.name == "gentask.retry"]
    told = [((event.attributes or {})["gentask.operation"], (event.attributes or {})["error.type"]) for event in retries]
    assert told == [("submit", "RATE_LIMITED"), ("status", "UPSTREAM_ERROR")]
    assert [(event.attributes or {}).get("http.response.status_code") for event in retries] == [429, 500]


def test_metrics_count_submits_polls_and_ends(rig: Rig, both: Both) -> None:
    client = rig.client()
    for _ in range(2):
        submit(client).wait()
    with pytest.raises(gentask.TaskFailed):
        submit(client, "[fail]").wait()
    both.sandbox.script("apixo", [rule("submit", "resetAfterBody")])
    with pytest.raises(gentask.SubmitUnknown):
        submit(client)
    with pytest.raises(gentask.InvalidPayload):
        client.submit("nano-banana", {"mode": "text-to-image"})
    outcomes = {attributes["gentask.outcome"]: point.value for attributes, point in rig.points("gentask.client.submits")}
    assert outcomes == {"accepted": 3, "unresolved": 1, "refused": 1}
    ended = {(each["gentask.status"], each.get("error.type")): point.value for each, point in rig.points("gentask.client.tasks.ended")}
    assert ended == {("success", None): 2, ("failed", "GENERATION_FAILED"): 1}
    ((_, polls),) = rig.points("gentask.client.polls")
    assert polls.value == both.asked("status") + both.asked("result")
    assert sum(point.count for _, point in rig.points("gen_ai.client.operation.duration")) == 3
    for attributes, _ in rig.points("gen_ai.client.operation.duration"):
        assert attributes["gen_ai.operation.name"] == "generate_content"
        assert attributes["gen_ai.output.type"] == "image"


def test_many_and_resumed_tasks_are_measured_too(rig: Rig) -> None:
    client = rig.client()
    model, payload = job()
    ordered = list(client.submit_many([{"model": model, "input": payload}] * 3, key="album", wait=False))
    assert len(client.resume()) == 3
    assert all(each.task is not None and client.task(each.task.intent_id).wait().ok for each in ordered)
    assert [span.name for span in rig.spans()] == ["wait nano-banana"] * 3
    ((ended, point),) = rig.points("gentask.client.tasks.ended")
    assert (ended["gentask.status"], point.value) == ("success", 3)


def test_check_cancel_find_and_task_are_covered(rig: Rig) -> None:
    client = rig.client()
    task = submit(client, "[slow]", key="order-42")
    found = client.find("order-42")
    assert found is not None
    found.check(force=True)
    with pytest.raises(gentask.Unsupported):
        client.task(task.intent_id).cancel()
    assert [span.name for span in rig.spans()] == ["submit nano-banana", "check nano-banana", "cancel nano-banana"]
    assert (rig.spans()[-1].attributes or {})["error.type"] == "UNSUPPORTED"


def test_a_listener_of_the_programs_own_still_hears(rig: Rig) -> None:
    heard: list[str] = []
    answered: list[int | None] = []
    client = rig.client(on_event=lambda event: heard.append(event.kind), on_response=lambda _, response: answered.append(response.status))
    submit(client).wait()
    assert heard.count("phase") == 3
    assert set(answered) == {200}
    with pytest.raises(TypeError, match="on_event"):
        rig.client(on_event=1)


def test_nothing_private_is_exported(rig: Rig, both: Both) -> None:
    """Every way in which a call can end, with words that must not be anywhere."""
    both.sandbox.script(
        "apixo",
        [
            rule("submit", status(402, {"message": f"no credits for {PROMPT}"}), nth=2),
            rule("submit", "resetAfterBody", nth=3),
            rule("status", status(500), nth=1),
        ],
    )
    client = rig.client()
    private: dict[str, Any] = {"owner": "anna@example.com", "callback_url": "https://hooks.example.com/gentask?tenant=7"}

    def tries(call: Callable[[], Any]) -> None:
        with pytest.raises(Exception):  # noqa: B017 - whatever it is
            call()

    submit(client, key="secret-key-1", **private).wait()
    tries(lambda: submit(client, key="secret-key-2", **private))
    tries(lambda: submit(client, key="secret-key-3", **private))
    for word in ("[fail]", "[content]"):
        tries(lambda word=word: submit(client, word, **private).wait())  # type: ignore[misc]
    tries(lambda: client.submit("nano-banana", {"mode": PROMPT, "prompt": PROMPT}, **private))
    tries(lambda: client.submit("nano-banana", {"prompt": PROMPT}, key="secret-key-1", **private))
    tries(lambda: client.submit("nano-banana", PROMPT))  # type: ignore[call-overload]
    list(client.submit_many([{"model": job()[0], "input": job()[1]}], key="secret-batch", owner=private["owner"]))
    text = rig.exported()
    assert len(rig.spans()) >= 9
    for word in (KEY, PROMPT, "mauve", "secret-", "anna", "://", "hooks.", "127.0.0.1", "/api/", "Bearer", "Traceback"):
        assert word not in text, word


def test_every_name_is_documented(rig: Rig, both: Both) -> None:
    both.sandbox.script("apixo", [rule("submit", limited("0"), nth=1), rule("status", status(500), nth=1)])
    client = rig.client()
    submit(client).wait()
    with pytest.raises(gentask.TaskFailed):
        submit(client, "[fail]").wait()
    names = set(re.findall(r'"((?:gentask|gen_ai|http|error)\.[a-z_.]+)"', rig.exported()))
    documented = set(re.findall(r"`([a-z_.]+)`", NAMES.read_text()))
    assert len(names) >= 15
    assert names <= documented


def test_nothing_is_imported_where_it_is_not_used() -> None:
    words = "import sys, gentask, gentask.aio; print([name for name in sys.modules if name.startswith('opentelemetry')])"
    shown = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_without_opentelemetry_the_import_says_what_to_install() -> None:
    words = "import sys; sys.modules['opentelemetry'] = None; import gentask.otel"
    shown = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert "pip install 'gentask[otel]'" in shown.stderr
