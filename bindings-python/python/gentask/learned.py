"""What was learned of how long tasks take."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

__all__ = ["LearnedModel"]


class LearnedModel(NamedTuple):
    """What was learned of one model's tasks."""

    model: str
    """The model's id."""
    seen: int
    """How many of its tasks were seen to succeed, ever."""
    quantiles_ms: tuple[int, int, int, int]
    """How long they took of late, in milliseconds: a tenth of them less than the first, then half, nine of ten, and 99 of 100."""
    polls_ms: tuple[int, ...]
    """When the next task will be polled, in milliseconds after its acceptance; empty where the contract's schedule is kept to."""


def learned_of(models: str | list[dict[str, Any]]) -> list[LearnedModel]:
    """Read the core's form of it."""
    listed = json.loads(models) if isinstance(models, str) else models
    return [LearnedModel(each["model"], each["seen"], tuple(each["quantilesMs"]), tuple(each["pollsMs"])) for each in listed]
