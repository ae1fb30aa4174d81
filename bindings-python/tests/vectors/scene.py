"""A machine that is driven as the vectors say: it notes what was sent and saved, and keeps the time."""

from __future__ import annotations

import base64
import json

from gentask import GentaskError, TaskRecord
from gentask.sansio import Machine, Pacer

from .files import contract

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANSWER_MS = 200
"""How long after a request its answer comes, where a case does not say."""


def mistake(error: GentaskError) -> dict[str, Any]:
    """Return a caller's mistake as it stands in the vectors. Messages are for people and are not compared."""
    return {"code": error.code, "violations": [{"path": each.path, "rule": each.rule} for each in error.violations]}


def options_of(options: dict[str, Any]) -> dict[str, Any]:
    """Return a submit's options under their names in Python."""
    names = {"key": "key", "owner": "owner", "callbackUrl": "callback_url", "options": "options"}
    return {names[name]: value for name, value in options.items()}


class Scene:
    """A task and whatever its driver remembers."""

    def __init__(self, contract_name: str, machine: Machine, settings: dict[str, Any], now: int) -> None:
        self.contract = contract(contract_name)
        self.machine = machine
        self.settings = settings
        self.pacer = Pacer()
        self.now = now
        self.sent: dict[str, Any] | None = None
        self.stored: TaskRecord | None = None
        self.request: bytes | None = None

    @staticmethod
    def prepared(
        contract_name: str,
        generation: dict[str, Any],
        *,
        entropy: str,
        now: int,
        options: dict[str, Any] | None = None,
        settings: dict[str, Any] | None = None,
    ) -> Scene:
        """Prepare a generation. The intent's id and the seed of all jitter are part of the entropy."""
        settings = settings or {}
        machine = Machine.prepare(
            contract(contract_name),
            generation["model"],
            generation["input"],
            entropy=bytes.fromhex(entropy),
            now=now,
            settings=settings,
            **options_of(options or {}),
        )
        return Scene(contract_name, machine, settings, now)

    @staticmethod
    def asked(contract_name: str, model: str, task_id: str, operation: str, now: int) -> Scene:
        """Ask about a task that is not stored, up to the request of this operation."""
        machine = Machine.ask(contract(contract_name), task_id, model=model, details=operation == "result", now=now)
        scene = Scene(contract_name, machine, {}, now)
        if operation == "cancel":
            scene.step({"kind": "cancel"})
        scene.step({"kind": "timeout"})
        if operation == "cancel" and scene.sent is not None and scene.sent["operation"] == "status":
            # A cancel that erases a finished task looks first.
            scene.step_answer({"status": 200, "body": {"text": '{"status":"PENDING","state":"queued"}'}})
            scene.step({"kind": "timeout"})
        return scene

    def step(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Step an input now, and note what the machine wants done."""
        self.sent = None
        outputs = self.machine.step(given, self.now, self.pacer)
        for output in outputs:
            if output["kind"] == "save":
                self.stored = TaskRecord.from_json(json.dumps(output["record"]))
                for blob in output["blobs"]:
                    if blob["name"] == "request":
                        self.request = bytes_of(blob["bytes"])
            elif output["kind"] == "transmit":
                self.sent = output["request"]
        return outputs

    def step_answer(self, response: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the request that the last step sent, at the same time."""
        return self.step({"kind": "response", "request": self._asked(), "response": response})

    def timeout(self) -> None:
        """Step a time-out when it is due."""
        self.now = max(self.now, self.machine.poll_timeout())
        self.step({"kind": "timeout"})

    def respond(self, response: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer the request that the last step sent, a moment later."""
        self.now += ANSWER_MS
        return self.step_answer(response)

    def undelivered(self, delivery: str) -> None:
        """Let the request that the last step sent go without an answer."""
        self.now += ANSWER_MS
        self.step({"kind": "undelivered", "request": self._asked(), "delivery": delivery, "reason": "connection reset"})

    def hold(self, until: int) -> None:
        """Tell the pacer that the whole account was asked to pause."""
        record = self.machine.record()
        self.pacer.hold(self.contract, record.base_url, record.account, until)

    def key_use(self, stored: TaskRecord, generation: dict[str, Any], options: dict[str, Any], held: int) -> dict[str, Any]:
        """Say what the record of the caller's key means for this order, while the account is asked to pause until a time."""
        return self.machine.key_use(stored, generation["model"], generation["input"], held=held, now=self.now, **options_of(options))

    def resume(self) -> None:
        """End the process; another one, with a pacer of its own, goes on from what was saved last."""
        assert self.stored is not None, "something was saved"
        self.machine = Machine.resume(self.contract, self.stored, self.request, settings=self.settings)
        self.pacer = Pacer()

    def _asked(self) -> str:
        assert self.sent is not None, "something was sent"
        request: str = self.sent["id"]
        return request


def bytes_of(wire: dict[str, str] | None) -> bytes | None:
    """Read bytes as they stand on the wire."""
    if wire is None:
        return None
    return wire["text"].encode() if "text" in wire else base64.b64decode(wire["base64"])
