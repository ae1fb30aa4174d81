"""What a worker's calls bring."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from gentask._native import Reply, TaskRecord


class Notice(NamedTuple):
    """A task has ended, and nobody has said yet that what follows from it is done."""

    record: TaskRecord
    """The task, with its owner."""
    reply: Reply
    """How it ended."""


class Work(NamedTuple):
    """What a worker does next."""

    due: list[TaskRecord]
    """Each for a `Client.turn`, beside one another."""
    settled: list[Notice]
    """Ended tasks whose end nobody has acknowledged, each claimed: the application is told, and then `Client.handled` is."""
    left: list[tuple[str, Reply]]
    """Tasks that cannot be taken up: the intent's id, and what is told of it, once an hour."""
    problem: str | None
    """Why the store could not be read."""
    again: int
    """When to look again."""


class Turn(NamedTuple):
    """What a worker's turn with a task brought."""

    reply: Reply
    """How the task is."""
    is_news: bool
    """Whether somebody wants to hear of it: the task has ended, or cannot be gone on with now."""
    notice: Notice | None
    """Its end, where the application is to be told of it."""


def notice_of(said: dict[str, str]) -> Notice:
    """Read a notice."""
    return Notice(TaskRecord.from_json(said["record"]), Reply.from_json(said["reply"]))


def told_of(said: list[dict[str, str]]) -> list[tuple[str, Reply]]:
    """Read what is told of tasks by their intents' ids."""
    return [(each["intentId"], Reply.from_json(each["reply"])) for each in said]


def work_of(text: str) -> Work:
    """Read what a look brought."""
    said: dict[str, Any] = json.loads(text)
    due = [TaskRecord.from_json(record) for record in said["due"]]
    problem = said.get("problem")
    return Work(due, [notice_of(each) for each in said["settled"]], told_of(said["left"]), problem and problem["message"], said["again"])


def turn_of(text: str) -> Turn:
    """Read what a turn brought."""
    said: dict[str, Any] = json.loads(text)
    notice = said.get("notice")
    return Turn(Reply.from_json(said["reply"]), said["isNews"], notice and notice_of(notice))
