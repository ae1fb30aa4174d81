"""OpenTelemetry: spans of what a program calls, and metrics of what becomes of its tasks (`pip install 'gentask[otel]'`).

>>> Client = gentask.otel.instrument(gentask.Client)  # or gentask.AsyncClient, or a class of yours that is one
>>> client = Client("apixo")                          # a gentask.Client in every way

**Spans**: `submit MODEL`, `wait MODEL` (of `wait` and `updates`), `check MODEL` and `cancel MODEL`, children of the caller's span, with
each request below them. What happens to the task meanwhile is told as events of the span. A failure sets its status and `error.type`.

**Metrics**, of all tasks of the client, whoever drives them (`wait`, `submit_many`, `resume`, `run`, a callback):

- `gentask.client.submits`: submits by `gentask.outcome`: `accepted`, `rejected`, `unresolved` (it may have been accepted), and `refused`
  (a mistake that was found before anything was stored).
- `gentask.client.polls`: requests that asked how tasks are, counted when each task ends.
- `gentask.client.tasks.ended`: ends by `gentask.status` and `error.type`.
- `gen_ai.client.operation.duration`: from the submit to the end of a task, in seconds.

No prompt, payload, key, owner or URL is in any of it, and nothing that a provider said in its own words. `docs/opentelemetry.md` lists
every name. Spans and metrics go to the global providers, or to those that are passed. What a program does not instrument costs it nothing.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections import OrderedDict
from contextlib import aclosing, closing, contextmanager, nullcontext
from typing import TypeVar, cast

from gentask import _native
from gentask.aio import AsyncClient
from gentask.aio_task import AsyncTaskHandle
from gentask.errors import GentaskError, intent_id_of
from gentask.many import Ordered
from gentask.task import TaskHandle

try:
    from opentelemetry import metrics, trace
except ImportError as missing:
    raise ImportError("gentask.otel needs OpenTelemetry's API: pip install 'gentask[otel]'") from missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Iterator
    from typing import Any

    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, TracerProvider

    from gentask._native import Reply, RequestInfo, ResponseInfo, TaskEvent, TaskRecord
    from gentask.client import Client

__all__ = ["instrument"]

C = TypeVar("C", bound="Client | AsyncClient")

_BUCKETS_S = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36)
"""The buckets that the conventions name, and three more: videos take minutes."""

_EARLY = 1_000
"""Intents whose first events are kept until their submit tells which one is its own."""


def instrument(client: type[C], *, tracer_provider: TracerProvider | None = None, meter_provider: MeterProvider | None = None) -> type[C]:
    """Return a client class like this one, whose clients make spans and metrics.

    `tracer_provider` and `meter_provider` are OpenTelemetry's, for programs that do not set global ones.
    """
    mixin: type = _AsyncTraced if issubclass(client, AsyncClient) else _Traced
    about = {"__doc__": client.__doc__, "__module__": client.__module__, "_telemetry": _Telemetry(tracer_provider, meter_provider)}
    return cast("type[C]", type(client.__name__, (mixin, client), about))


class _Telemetry:
    """Spans under way, and the instruments."""

    def __init__(self, tracer_provider: TracerProvider | None, meter_provider: MeterProvider | None) -> None:
        self.tracer = trace.get_tracer("gentask", _native.VERSION, tracer_provider)
        meter = metrics.get_meter("gentask", _native.VERSION, meter_provider)
        self._submits = meter.create_counter("gentask.client.submits", "{submit}", "Submits by what became of them")
        self._polls = meter.create_counter("gentask.client.polls", "{request}", "Requests that asked how tasks are")
        self._ended = meter.create_counter("gentask.client.tasks.ended", "{task}", "Tasks that ended")
        self._duration = meter.create_histogram(
            "gen_ai.client.operation.duration", "s", "GenAI operation duration", explicit_bucket_boundaries_advisory=_BUCKETS_S
        )
        self._lock = threading.Lock()
        self._spans: dict[str, list[Span]] = {}
        self._submitting = 0
        self._early: OrderedDict[str, list[Callable[[Span], None]]] = OrderedDict()

    def listener(self, own: Callable[[TaskEvent], object] | None) -> Callable[[TaskEvent], object]:
        """Return what hears events in front of the program's own listener."""
        if own is not None and (not callable(own) or inspect.iscoroutinefunction(own)):
            return own  # the client says what is wrong with it

        def hear(event: TaskEvent) -> None:
            try:
                self._measure(event)
                self._tell(event.intent_id, lambda span: _add_event(span, event))
            finally:
                if own is not None:
                    own(event)

        return hear

    def watcher(self, own: Callable[[RequestInfo, ResponseInfo], object] | None) -> Callable[[RequestInfo, ResponseInfo], object]:
        """Return what hears of requests in front of the program's own hook."""
        if own is not None and (not callable(own) or inspect.iscoroutinefunction(own)):
            return own

        def hear(request: RequestInfo, response: ResponseInfo) -> None:
            ended = time.time_ns()
            try:
                if request.intent_id is not None:
                    self._tell(request.intent_id, lambda span: self._add_request(span, request, response, ended), every=False)
            finally:
                if own is not None:
                    own(request, response)

        return hear

    @contextmanager
    def submitting(self, provider: str, model: Any) -> Iterator[Callable[[TaskHandle | AsyncTaskHandle], None]]:
        """Cover a submit with a span; it is told the task that came of it."""
        attributes = {**_about(provider, model), "gen_ai.operation.name": "generate_content"}
        with self._span("submit", model, trace.SpanKind.CLIENT, attributes) as span:
            with self._lock:
                self._submitting += 1
            intent_id: str | None = None

            def came(task: TaskHandle | AsyncTaskHandle) -> None:
                nonlocal intent_id
                intent_id = task.intent_id
                if task.task_id is not None:
                    span.set_attribute("gentask.task_id", task.task_id)

            try:
                yield came
            except BaseException as error:
                intent_id = intent_id_of(error)
                if intent_id is None and isinstance(error, GentaskError):
                    attributes = {**_about(provider, model), "gentask.outcome": "refused", "error.type": error.code}
                    self._submits.add(1, attributes)
                raise
            finally:
                self._came(span, intent_id)

    @contextmanager
    def about(self, what: str, task: TaskHandle | AsyncTaskHandle, *, current: bool = True) -> Iterator[Callable[[Reply], None]]:
        """Cover a call about a task with a span; it is told each reply."""
        attributes = {**_about(task.provider, task.model), "gentask.intent_id": task.intent_id}
        with self._span(what, task.model, trace.SpanKind.INTERNAL, attributes, current=current) as span:
            with self._lock:
                self._spans.setdefault(task.intent_id, []).append(span)
            try:
                yield lambda reply: _set_reply(span, reply)
            finally:
                with self._lock:
                    spans = self._spans[task.intent_id]
                    spans.remove(span)
                    if not spans:
                        del self._spans[task.intent_id]

    @contextmanager
    def _span(self, what: str, model: Any, kind: trace.SpanKind, attributes: dict[str, str], *, current: bool = True) -> Iterator[Span]:
        span = self.tracer.start_span(f"{what} {model}" if isinstance(model, str) else what, kind=kind, attributes=attributes)
        try:
            # A generator's body runs in the context of whoever takes its next item: it must leave none behind.
            with trace.use_span(span, record_exception=False, set_status_on_exception=False) if current else nullcontext():
                yield span
        except BaseException as error:
            # Neither its text nor its traceback: they may hold what a provider said of a prompt.
            if isinstance(error, GentaskError):
                _set_reply(span, error.reply)
            else:
                _fail(span, type(error).__qualname__)
            raise
        finally:
            span.end()

    def _came(self, span: Span, intent_id: str | None) -> None:
        """Tell a submit's span what was heard of its intent before the intent was known."""
        with self._lock:
            early = self._early.pop(intent_id, []) if intent_id is not None else []
            self._submitting -= 1
            if not self._submitting:
                self._early.clear()
        if intent_id is not None:
            span.set_attribute("gentask.intent_id", intent_id)
        for add in early:
            add(span)

    def _tell(self, intent_id: str, add: Callable[[Span], None], *, every: bool = True) -> None:
        """Add something to the spans of calls about a task, or to one of them, or to that of the submit that may turn out to be its own."""
        with self._lock:
            spans = list(self._spans.get(intent_id, ()))
            if not spans and self._submitting:
                self._early.setdefault(intent_id, []).append(add)
                if len(self._early) > _EARLY:
                    self._early.popitem(last=False)
        for span in spans if every else spans[:1]:
            add(span)

    def _add_request(self, parent: Span, request: RequestInfo, response: ResponseInfo, ended: int) -> None:
        attributes = {"http.request.method": request.method, "gentask.operation": request.operation}
        span = self.tracer.start_span(
            f"{request.method} {request.operation}",
            trace.set_span_in_context(parent),
            trace.SpanKind.CLIENT,
            attributes,
            start_time=ended - int(response.elapsed * 1_000_000_000),
        )
        if response.status is not None:
            span.set_attribute("http.response.status_code", response.status)
        if response.status is None:
            _fail(span, response.undelivered or "maybeSent")
        elif response.status >= 400:
            _fail(span, str(response.status))
        span.end(ended)

    def _measure(self, event: TaskEvent) -> None:
        if event.kind != "phase":
            return
        record, data = event.record, event.data
        about = _about(record.provider, record.model, record.kind)
        outcome = _outcome(data["from"], data["to"])
        failed = _error_of(record)
        if outcome is not None:
            self._submits.add(1, {**about, "gentask.outcome": outcome, **failed})
        if record.is_terminal:
            attempts = record.to_dict()["attempts"]
            self._polls.add(attempts["polls"] + attempts["fetches"], about)
            self._ended.add(1, {**about, "gentask.status": record.status, **failed})
            duration = max(0, event.at_ms - record.created_at_ms) / 1_000
            self._duration.record(duration, {**about, "gen_ai.operation.name": "generate_content", **failed})


def _outcome(before: str, after: str) -> str | None:
    """Say how a submit ended, where this change of phase is its end. What is adopted later was submitted before."""
    if after == "rejected":
        return "rejected"
    if before not in ("prepared", "submitting"):
        return None
    return {"waiting": "accepted", "unresolved": "unresolved"}.get(after)


def _about(provider: str, model: Any, kind: str | None = None) -> dict[str, str]:
    about = {"gen_ai.provider.name": provider}
    if isinstance(model, str):
        about["gen_ai.request.model"] = model
    if kind is not None and kind != "unknown":
        about["gen_ai.output.type"] = kind
    return about


def _error_of(record: TaskRecord) -> dict[str, str]:
    code = record.reply().error_code
    return {} if code is None else {"error.type": code}


def _set_reply(span: Span, reply: Reply) -> None:
    span.set_attribute("gentask.status", reply.status)
    for name, value in (("gentask.intent_id", reply.intent_id), ("gentask.task_id", reply.task_id)):
        if value is not None:
            span.set_attribute(name, value)
    if reply.error_code is not None:
        _fail(span, reply.error_code)


def _fail(span: Span, error_type: str) -> None:
    span.set_attribute("error.type", error_type)
    span.set_status(trace.StatusCode.ERROR)


_TOLD = {
    "from": "gentask.phase.from",
    "to": "gentask.phase.to",
    "progressPermille": "gentask.progress_permille",
    "operation": "gentask.operation",
    "code": "error.type",
    "httpStatus": "http.response.status_code",
    "taskId": "gentask.task_id",
    "applied": "gentask.callback.applied",
}
"""What spans tell of an event's details. Times are the events' own; what is not here is not told."""


def _add_event(span: Span, event: TaskEvent) -> None:
    data, record = event.data, event.record
    told = {name: data[key] for key, name in _TOLD.items() if data.get(key) is not None}
    span.add_event(f"gentask.{event.kind}", told, event.at_ms * 1_000_000)
    fields = record.to_dict()
    span.set_attribute("gentask.submit.attempts", fields["attempts"]["submit"])
    if record.kind != "unknown":
        span.set_attribute("gen_ai.output.type", record.kind)
    status = (fields["error"] or {}).get("httpStatus") or data.get("httpStatus")
    if status is not None:
        span.set_attribute("http.response.status_code", status)


class _Instrumented:
    """What both instrumented clients do beside their own classes: they listen."""

    __slots__ = ()
    _telemetry: _Telemetry

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["on_event"] = self._telemetry.listener(options.get("on_event"))
        options["on_response"] = self._telemetry.watcher(options.get("on_response"))
        super().__init__(*arguments, **options)


class _Traced(_Instrumented):
    """What an instrumented `Client` does beside its own class."""

    __slots__ = ()

    def submit(self, model: str, *arguments: Any, **options: Any) -> TaskHandle:
        with self._telemetry.submitting(self.provider, model) as came:  # type: ignore[attr-defined] # a client's own
            task = super().submit(model, *arguments, **options)  # type: ignore[misc]
            came(task)
        return _TracedTask(task, self._telemetry)

    def submit_many(self, *arguments: Any, **options: Any) -> Generator[Ordered[TaskHandle], None, None]:
        return self._each(super().submit_many(*arguments, **options))  # type: ignore[misc]

    def _each(self, inner: Generator[Ordered[TaskHandle], None, None]) -> Generator[Ordered[TaskHandle], None, None]:
        with closing(inner):
            for ordered in inner:
                task = ordered.task
                yield Ordered(ordered.index, ordered.key, ordered.reply, None if task is None else _TracedTask(task, self._telemetry))

    def task(self, intent_id: str) -> TaskHandle:
        return _TracedTask(super().task(intent_id), self._telemetry)  # type: ignore[misc]

    def find(self, *arguments: Any, **options: Any) -> TaskHandle | None:
        task = super().find(*arguments, **options)  # type: ignore[misc]
        return None if task is None else _TracedTask(task, self._telemetry)


class _TracedTask(TaskHandle):
    __slots__ = ("_plain", "_telemetry")

    def __init__(self, plain: TaskHandle, telemetry: _Telemetry) -> None:
        super().__init__(plain._native)  # noqa: SLF001 - one package
        self._plain = plain
        self._telemetry = telemetry

    def __repr__(self) -> str:
        return repr(self._plain)

    def check(self, **options: Any) -> Reply:
        with self._telemetry.about("check", self) as heard:
            reply = self._plain.check(**options)
            heard(reply)
        return reply

    def wait(self, *arguments: Any, **options: Any) -> Reply:
        with self._telemetry.about("wait", self) as heard:
            reply = self._plain.wait(*arguments, **options)
            heard(reply)
        return reply

    def updates(self, *arguments: Any, **options: Any) -> Iterator[Reply]:
        with self._telemetry.about("wait", self, current=False) as heard:
            for reply in self._plain.updates(*arguments, **options):
                heard(reply)
                yield reply

    def cancel(self) -> Reply:
        with self._telemetry.about("cancel", self) as heard:
            reply = self._plain.cancel()
            heard(reply)
        return reply


class _AsyncTraced(_Instrumented):
    """What an instrumented `AsyncClient` does beside its own class."""

    __slots__ = ()

    async def submit(self, model: str, *arguments: Any, **options: Any) -> AsyncTaskHandle:
        with self._telemetry.submitting(self.provider, model) as came:  # type: ignore[attr-defined] # a client's own
            task = await super().submit(model, *arguments, **options)  # type: ignore[misc]
            came(task)
        return _AsyncTracedTask(task, self._telemetry)

    def submit_many(self, *arguments: Any, **options: Any) -> AsyncGenerator[Ordered[AsyncTaskHandle], None]:
        return self._each(super().submit_many(*arguments, **options))  # type: ignore[misc]

    async def _each(self, inner: AsyncGenerator[Ordered[AsyncTaskHandle], None]) -> AsyncGenerator[Ordered[AsyncTaskHandle], None]:
        async with aclosing(inner):
            async for ordered in inner:
                task = ordered.task
                traced = None if task is None else _AsyncTracedTask(task, self._telemetry)
                yield Ordered(ordered.index, ordered.key, ordered.reply, traced)

    async def task(self, intent_id: str) -> AsyncTaskHandle:
        return _AsyncTracedTask(await super().task(intent_id), self._telemetry)  # type: ignore[misc]

    async def find(self, *arguments: Any, **options: Any) -> AsyncTaskHandle | None:
        task = await super().find(*arguments, **options)  # type: ignore[misc]
        return None if task is None else _AsyncTracedTask(task, self._telemetry)


class _AsyncTracedTask(AsyncTaskHandle):
    __slots__ = ("_plain", "_telemetry")

    def __init__(self, plain: AsyncTaskHandle, telemetry: _Telemetry) -> None:
        super().__init__(plain._client, plain._native)  # noqa: SLF001 - one package
        self._plain = plain
        self._telemetry = telemetry

    def __repr__(self) -> str:
        return repr(self._plain)

    async def check(self, **options: Any) -> Reply:
        with self._telemetry.about("check", self) as heard:
            reply = await self._plain.check(**options)
            heard(reply)
        return reply

    async def wait(self, *arguments: Any, **options: Any) -> Reply:
        with self._telemetry.about("wait", self) as heard:
            reply = await self._plain.wait(*arguments, **options)
            heard(reply)
        return reply

    async def updates(self, *arguments: Any, **options: Any) -> AsyncGenerator[Reply, None]:
        with self._telemetry.about("wait", self, current=False) as heard:
            async with aclosing(self._plain.updates(*arguments, **options)) as inner:
                async for reply in inner:
                    heard(reply)
                    yield reply

    async def cancel(self) -> Reply:
        with self._telemetry.about("cancel", self) as heard:
            reply = await self._plain.cancel()
            heard(reply)
        return reply
