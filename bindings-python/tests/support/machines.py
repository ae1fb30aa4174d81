"""Machines in every phase, and a driver for them in virtual time: no network, no clock, no sleep."""

from __future__ import annotations

import json

import gentask
from gentask import TaskRecord
from gentask.sansio import Machine, Pacer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

START = 1_790_000_000_000
ENTROPY = bytes(range(32))
APIXO = gentask.load_contract("apixo")
MODEL, PAYLOAD = "nano-banana", {"mode": "text-to-image", "prompt": "a sunset"}

Wire = dict[str, "Any"]


class DictStore:
    """A store in a dictionary: the text of each record under its id, its blobs beside it, and compare-and-set."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}
        self.blobs: dict[tuple[str, str], bytes | None] = {}

    def save(self, record: Wire, blobs: list[Wire]) -> bool:
        stored = self.records.get(record["intentId"])
        if record["version"] != (json.loads(stored)["version"] if stored else 0) + 1:
            return False
        self.records[record["intentId"]] = json.dumps(record)
        for blob in blobs:
            text = blob["bytes"] and blob["bytes"]["text"]
            self.blobs[record["intentId"], blob["name"]] = text and text.encode()
        return True

    def resume(self, intent_id: str) -> Machine:
        record = TaskRecord.from_json(self.records[intent_id])
        return Machine.resume(APIXO, record, self.blobs.get((intent_id, "request")))


class Driver:
    """What a workflow engine would write: it performs the outputs in order and feeds back what happened."""

    def __init__(self, machine: Machine, store: DictStore, send: Callable[[Wire], Wire], now: int = START) -> None:
        self.machine, self.store, self.send, self.now = machine, store, send, now
        self.pacer = Pacer()
        self.log: list[tuple[int, Wire]] = []

    def run(self) -> Wire:
        """Go on until the wait or the task ends; return its reply."""
        given: Wire | None = None
        while True:
            if given is None:
                self.now, given = max(self.now, self.machine.poll_timeout()), {"kind": "timeout"}
            outputs, again = self.machine.step(given, self.now, self.pacer), given
            given = None
            for output in outputs:
                self.log.append((self.now, output))
                if output["kind"] == "save" and not self.store.save(output["record"], output["blobs"]):
                    # Somebody was faster: what they saved, and the same input again.
                    self.machine, given = self.store.resume(output["record"]["intentId"]), again
                    break
                if output["kind"] == "transmit":
                    answer = self.send(output["request"])
                    self.now, given = self.now + 200, {**answer, "request": output["request"]["id"]}
                if output["kind"] in ("yield", "finished"):
                    reply: Wire = output["reply"]
                    return reply


def answer(body: Any, status: int = 200) -> Wire:
    return {"kind": "response", "response": {"status": status, "body": {"text": json.dumps(body)}}}


def lost(delivery: str) -> Wire:
    return {"kind": "undelivered", "delivery": delivery, "reason": "connection reset"}


ACCEPTED = answer({"code": 200, "data": {"taskId": "task-1"}})
WORKING = answer({"code": 200, "data": {"taskId": "task-1", "state": "processing"}})
RESULT = json.dumps({"resultUrls": ["https://cdn.example.com/a.png?sig=1"]})
DONE = answer({"code": 200, "data": {"taskId": "task-1", "state": "success", "resultJson": RESULT, "costTime": 12_500}})


def script(*answers: Wire) -> Callable[[Wire], Wire]:
    """Answer the requests in this order, and no more of them."""
    left: Iterator[Wire] = iter(answers)
    return lambda _request: next(left)


def prepared(entropy: bytes = ENTROPY, **more: Any) -> Machine:
    return Machine.prepare(APIXO, MODEL, PAYLOAD, entropy=entropy, now=START, **more)


def submitted() -> Machine:
    machine = prepared()
    machine.step({"kind": "timeout"}, START, Pacer())
    return machine


def waiting() -> Machine:
    machine = submitted()
    machine.step({**ACCEPTED, "request": "submit:1"}, START, Pacer())
    return machine


def unresolved() -> Machine:
    machine = submitted()
    machine.step({**lost("maybeSent"), "request": "submit:1"}, START, Pacer())
    return machine


def cancelled() -> Machine:
    machine = prepared()
    machine.step({"kind": "cancel"}, START, Pacer())
    return machine


def whole(machine: Machine) -> tuple[Any, ...]:
    """Return all of a machine that can be seen."""
    return (
        machine.record().to_json(),
        machine.poll_timeout(),
        machine.preview(),
        machine.reply().to_json(),
        machine.answer().to_json(),
        machine.last_fault(),
    )
