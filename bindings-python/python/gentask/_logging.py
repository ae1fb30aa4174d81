"""What happens to tasks, for the standard library's `logging`, under the name `gentask`.

An event holds no prompt, no key and no URL, so neither does a line. The record and the event are in `extra`, for structured logs.
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
    if _logger.isEnabledFor(level):
        details = {"gentask_event": event.kind, "gentask_intent": event.intent_id, "gentask_task": record.task_id}
        _logger.log(level, "%s: %s %s (%s) %s", event.intent_id, record.provider, event.kind, record.phase, event.data, extra=details)
