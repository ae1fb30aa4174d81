"""What happens to tasks, for the standard library's `logging`, under the name `gentask`.

An event holds no prompt, no key and no URL, so neither does a line. What a line says is in `extra` too, for structured logs:
`gentask_event`, `gentask_intent`, `gentask_task`, `gentask_provider`, `gentask_model`, `gentask_phase` and `gentask_data`.
"""

from __future__ import annotations

import logging

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gentask._native import TaskEvent

_logger = logging.getLogger("gentask")

_WORTH_A_LOOK = {"unknownState", "noFiles", "conflict"}


def log(event: TaskEvent) -> None:
    """Log an event: `WARNING` where a person should look, `INFO` where a task ended, `DEBUG` otherwise."""
    record = event.record
    level = logging.DEBUG
    if event.kind in _WORTH_A_LOOK or (event.kind == "phase" and record.phase == "unresolved"):
        level = logging.WARNING
    elif event.kind == "phase" and record.is_terminal:
        level = logging.INFO
    if not _logger.isEnabledFor(level):
        return
    data = event.data
    details = {
        "gentask_event": event.kind,
        "gentask_intent": event.intent_id,
        "gentask_task": record.task_id,
        "gentask_provider": record.provider,
        "gentask_model": record.model,
        "gentask_phase": record.phase,
        "gentask_data": data,
    }
    if event.kind == "phase":
        _logger.log(level, "%s %s: %s -> %s", record.provider, event.intent_id, data.get("from"), data.get("to"), extra=details)
    else:
        # What a provider said is quoted, so that it cannot begin a line of its own.
        _logger.log(level, "%s %s: %s %r", record.provider, event.intent_id, event.kind, data, extra=details)
