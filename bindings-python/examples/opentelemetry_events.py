"""Each task as one OpenTelemetry span, from its submit to its end, even where they happen in different processes."""

from __future__ import annotations

from opentelemetry import trace

import gentask

tracer = trace.get_tracer("gentask")


def on_event(event: gentask.TaskEvent) -> None:
    """Make a span of a task that has ended. It runs on a thread of gentask's own, so it must not wait."""
    record = event.record
    if event.kind != "phase" or not record.is_terminal:
        return
    about = {"intent_id": record.intent_id, "provider": record.provider, "model": record.model, "phase": record.phase}
    span = tracer.start_span("gentask.task", start_time=record.created_at_ms * 1_000_000)
    span.set_attributes({f"gentask.{name}": value for name, value in about.items()})
    span.set_status(trace.StatusCode.OK if record.status == "success" else trace.StatusCode.ERROR)
    span.end(event.at_ms * 1_000_000)


client = gentask.Client("apixo", on_event=on_event)
