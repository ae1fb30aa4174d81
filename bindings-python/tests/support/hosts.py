"""A host in virtual time: its store is a dictionary, its clock jumps, and its provider answers by a script."""

from __future__ import annotations

import json

from gentask.sansio import Client, Do, Done, answers, effects, verify_ed25519

from .machines import APIXO, ENTROPY, MODEL, PAYLOAD, START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    from gentask import Delivery, TaskRecord
    from gentask.sansio import Accepted, Call

    T = TypeVar("T")


def whole(body: Any, status: int = 200) -> answers.HttpResponse:
    return answers.HttpResponse(status, [("content-type", "application/json")], json.dumps(body).encode())


ACCEPTED = whole({"code": 200, "data": {"taskId": "task-1"}})
WORKING = whole({"code": 200, "data": {"taskId": "task-1", "state": "processing"}})
RESULT = json.dumps({"resultUrls": ["https://cdn.example.com/a.png?sig=1"]})
DONE = whole({"code": 200, "data": {"taskId": "task-1", "state": "success", "resultJson": RESULT, "costTime": 12_500}})
LOST = answers.Undelivered("maybeSent", "connection reset")
NEVER = answers.Undelivered("notSent", "connection refused")


class Host:
    """Performs effects, and writes each down."""

    def __init__(self, *script: answers.Answer, client: Client | None = None) -> None:
        self.client = client or Client(APIXO, holder="test")
        self.script: Iterator[answers.Answer] = iter(script)
        self.now = START
        self.records: dict[str, effects.Save] = {}
        self.blobs: dict[tuple[str, str], bytes] = {}
        self.values: dict[str, str] = {}
        self.inbox: dict[str, Delivery] = {}
        self.notices: dict[str, bool] = {}
        """Whether each is open."""
        self.log: list[effects.Effect] = []

    def run(self, call: Call[T]) -> T:
        answer = None
        while True:
            step = call.next(answer, now=self.now)
            if isinstance(step, Done):
                return step.result()
            answer = step.number, self.perform(step.effect)

    def until(self, call: Call[Any], kind: type[effects.Effect]) -> Do:
        """Run a call until it asks for an effect of this kind."""
        step = call.next(now=self.now)
        while isinstance(step, Do) and not isinstance(step.effect, kind):
            step = call.next((step.number, self.perform(step.effect)), now=self.now)
        assert isinstance(step, Do), step
        return step

    def perform(self, effect: effects.Effect) -> answers.Answer:
        self.log.append(effect)
        match effect:
            case effects.Ready():
                return answers.Ready()
            case effects.Send():
                self.now += 200
                return next(self.script)
            case effects.Sleep():
                self.now = max(self.now, effect.until)
                return answers.Due()
            case effects.Probe():
                return answers.Gone(gone=False)
            case effects.Tell():
                return answers.Told()
            case effects.Load():
                return answers.Record(self.text(effect.intent_id))
            case effects.Find():
                return answers.Records([saved.json for saved in self.sorted(lambda record: found(effect, record))])
            case effects.List():
                listed = [(saved.record.intent_id, saved.json) for saved in self.sorted(effect.filter.matches)][: effect.filter.limit]
                last = self.records[listed[-1][0]].record if listed and len(listed) == effect.filter.limit else None
                return answers.Listing(listed, last and (last.created_at_ms, last.intent_id))
            case effects.Blob():
                return answers.Bytes(self.blobs.get((effect.intent_id, effect.name)))
            case effects.Meta():
                return answers.Value(self.values.get(effect.name))
            case effects.SetMeta():
                stands = self.values.get(effect.name)
                if not (effect.rule == "ifAbsent" and stands is not None):
                    greater = effect.rule == "raise" and stands is not None
                    self.values[effect.name] = max(effect.value, stands or "0", key=int) if greater else effect.value
                return answers.Value(self.values[effect.name])
            case effects.Save():
                return answers.Saved(conflict=not self.save(effect))
            case effects.Remember():
                is_news = effect.delivery.dedupe not in self.inbox
                self.inbox.setdefault(effect.delivery.dedupe, effect.delivery)
                return answers.Noted(is_news)
            case effects.Deliveries():
                return answers.Deliveries([each.to_json() for each in effect.filter.apply(self.inbox.values())])
            case effects.Notices():
                return answers.Records([saved.json for saved in self.sorted(lambda record: self.notices.get(record.intent_id, False))])
            case effects.Acknowledge():
                was_open = self.notices.get(effect.intent_id, False)
                self.notices[effect.intent_id] = False
                return answers.Noted(was_open)
            case effects.Verify():
                holds = [verify_ed25519(each.key, each.message, each.signature) for each in effect.candidates]
                return answers.Verified(holds.index(True) if True in holds else None)
            case effects.Delete():
                return answers.Deleted(sum(self.records.pop(intent_id, None) is not None for intent_id in effect.intent_ids))

    def save(self, step: effects.Save) -> bool:
        stored = self.records.get(step.record.intent_id)
        if (stored.record.version if stored else 0) != step.expected_version:
            return False
        self.records[step.record.intent_id] = step
        if step.delivery is not None:
            self.inbox[step.delivery.dedupe] = step.delivery
        if step.is_end:
            self.notices.setdefault(step.record.intent_id, True)
        for name, content in step.blobs.items():
            if content is None:
                self.blobs.pop((step.record.intent_id, name), None)
            else:
                self.blobs[step.record.intent_id, name] = content
        return True

    def text(self, intent_id: str) -> str | None:
        stored = self.records.get(intent_id)
        return stored.json if stored else None

    def sorted(self, wanted: Callable[[TaskRecord], bool]) -> list[effects.Save]:
        chosen = [saved for saved in self.records.values() if wanted(saved.record)]
        return sorted(chosen, key=lambda saved: (saved.record.created_at_ms, saved.record.intent_id))

    def submit(self, entropy: bytes = ENTROPY, **options: Any) -> Call[Accepted]:
        return self.client.submit(MODEL, PAYLOAD, entropy=entropy, now=self.now, **options)


def found(by: effects.Find, record: TaskRecord) -> bool:
    """Say whether a look-up finds a record."""
    if by.task_id is not None:
        return (record.provider, record.task_id) == (by.provider, by.task_id)
    return (record.provider, record.account, record.owner, record.key) == (by.provider, by.account, by.owner, by.key)
