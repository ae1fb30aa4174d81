"""Whole calls of a client through the public API: the answers of a case go in, and effects come out as the case has them."""

from __future__ import annotations

import json
from base64 import b64encode

from gentask import Delivery, HttpResponse, Reply, SavedFile, TaskRecord
from gentask.sansio import Client, Do, Receipt, answers, effects

from .changes import Changes
from .compare import canonical, must_be_same
from .files import contract
from .scene import bytes_of, options_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gentask.sansio import Call

    from .files import Case

SETTINGS = {
    "holder": "holder",
    "listens": "listens",
    "timeoutMs": "timeout_ms",
    "account": "account",
    "callbacks": "callbacks",
    "poll": "poll",
}

DELIVERY = {
    "provider": "provider",
    "account": "account",
    "dedupe": "dedupe",
    "receivedAt": "received_at_ms",
    "expiresAt": "expires_at_ms",
    "verified": "verified",
    "outcome": "outcome",
    "intentId": "intent_id",
    "taskId": "task_id",
}
DELIVERIES = {
    "provider": "provider",
    "account": "account",
    "dedupe": "dedupe",
    "intentId": "intent_id",
    "taskId": "task_id",
    "outcome": "outcome",
    "keptAt": "kept_at_ms",
    "limit": "limit",
}


def calls(case: Case) -> Any:
    """Live through a whole call."""
    client = Client(contract(case["contract"]), **{SETTINGS[name]: value for name, value in case["settings"].items()})
    call = _begun(client, case)
    named = Changes()
    number, steps = 0, []
    for step in case["steps"]:
        given = None if step["answer"] is None else (number, _answer(step["answer"], named))
        next_ = call.next(given, now=step["now"])
        if isinstance(next_, Do):
            number = next_.number
            steps.append({"number": number, "stays": not call.may_be_left, "endsAt": call.ends_at, **_effect(next_.effect, named)})
        elif next_.error is not None:
            steps.append({"failed": {"message": str(next_.error), "reply": next_.error.reply.to_dict()}})
        else:
            steps.append({"done": _brought(next_.value, named, begun=case["begin"])})
    return steps


def _begun(client: Client, case: Case) -> Call[Any]:
    now, of = case["start"], case.get("arguments", {})
    record = TaskRecord.from_json(case["known"]) if "known" in case else None
    match case["begin"]:
        case "submit":
            generation, entropy = case["generation"], bytes.fromhex(case["entropy"])
            return client.submit(generation["model"], generation["input"], entropy=entropy, now=now, **options_of(case["options"]))
        case "wait":
            how = {"timeout_ms": of.get("timeoutMs"), "updates": of.get("updates", "none"), "background": of.get("background", False)}
            return client.wait(of["intentId"], now, record=record, **how)
        case "waitFrom":
            assert record is not None
            return client.wait_from(record, now, background=of.get("background", False))
        case "check":
            return client.check(of["intentId"], now, record=record, force=of.get("force", False))
        case "cancel" | "discard" | "reply" | "overdue" | "task" as name:
            of_a_task: Call[Any] = getattr(client, name)(of["intentId"], now, record=record)
            return of_a_task
        case "left":
            return client.left(of["intentId"], now)
        case "adopt":
            return client.adopt(of["intentId"], of["taskId"], now, record=record)
        case "find":
            return client.find(of["key"], now, owner=of.get("owner"))
        case "ask":
            ask = {"status": client.get_status, "details": client.get_task, "cancel": client.cancel_task}[of["question"]]
            return ask(of["taskId"], now, model=of.get("model"))
        case "account":
            return client.account(now)
        case "remoteTasks":
            return client.remote_tasks(now)
        case "page":
            return client.page(now, owner=of.get("owner"), unfinished=of.get("unfinished", False), limit=of.get("limit"))
        case "unfinished":
            return client.unfinished(now)
        case "prune":
            return client.prune(of["endedBefore"], now)
        case "noteFile":
            file = of["file"]
            saved = SavedFile(file["path"], sha256=file["sha256"], bytes=file["bytes"], content_type=file["contentType"])
            return client.note_file(of["intentId"], of["index"], saved, now)
        case "receive":
            came = case["arrival"]
            headers = [(name, value) for name, value in came["headers"]]
            return client.receive(came["method"], came["url"], headers, bytes_of(case["body"]) or b"", now)
        case "followUp":
            return client.follow_up(of["intentId"], now, record=record)
        case "notices":
            return client.notices(now, limit=of.get("limit"))
        case "acknowledge":
            return client.acknowledge(of["intentId"], now)
        case "learned":
            return client.learned(now)
        case word:
            raise NotImplementedError(word)


def _answer(given: dict[str, Any], named: Changes) -> answers.Answer:
    match given["answer"]:
        case "ready" | "due" | "changed" | "told" as word:
            plain: answers.Answer = getattr(answers, word.capitalize())()
            return plain
        case "keyless":
            return answers.Keyless(given["message"], given["code"])
        case "record":
            return answers.Record(None if given["record"] is None else named.text(given["record"]))
        case "records":
            return answers.Records([named.text(changes) for changes in given["records"]])
        case "listing":
            texts = [(each["intentId"], named.text(each["record"]) if "record" in each else each["json"]) for each in given["listing"]]
            return answers.Listing(texts)
        case "bytes":
            return answers.Bytes(bytes_of(given.get("bytes")))
        case "value":
            return answers.Value(given["value"])
        case "saved":
            return answers.Saved(given["isConflict"])
        case "noted":
            return answers.Noted(given["isNews"])
        case "deliveries":
            return answers.Deliveries([canonical(each) for each in given["deliveries"]])
        case "verified":
            return answers.Verified(given["index"])
        case "deleted":
            return answers.Deleted(given["count"])
        case "gone":
            return answers.Gone(given["isGone"])
        case "refused":
            return answers.Refused(given["message"], given["kind"])
        case "undelivered":
            return answers.Undelivered(given["delivery"], given["reason"])
        case "response":
            return HttpResponse(given["status"], list(given["headers"].items()), bytes_of(given["bytes"]) or b"")
        case word:
            raise NotImplementedError(word)


def _effect(effect: effects.Effect, named: Changes) -> dict[str, Any]:
    match effect:
        case effects.Ready():
            return {"effect": "ready"}
        case effects.Load(intent_id, within_ms):
            return {"effect": "load", "intentId": intent_id, "withinMs": within_ms}
        case effects.Find(provider, task_id, account, owner, key):
            by = {"provider": provider, "taskId": task_id} if key is None else {"account": account, "owner": owner, "key": key}
            return {"effect": "find", "by": {"provider": provider, **by}}
        case effects.List(filter_):
            return {"effect": "list", "filter": _filter(filter_)}
        case effects.Blob(intent_id, name):
            return {"effect": "blob", "intentId": intent_id, "name": name}
        case effects.Meta(name):
            return {"effect": "meta", "name": name}
        case effects.SetMeta(name, value, rule):
            return {"effect": "setMeta", "name": name, "value": value, "rule": rule}
        case effects.Save(record, text, blobs, expected_version, fence, history, delivery, is_end):
            must_be_same("the record, as text", text, record.to_json())
            return {
                **({} if delivery is None else _delivery(delivery)),
                **({"isEnd": True} if is_end else {}),
                "effect": "save",
                "record": named.of(json.loads(text)),
                "blobs": list(blobs),
                "bytes": [None if each is None else {"text": each.decode()} for each in blobs.values()],
                "expectedVersion": expected_version,
                "fence": fence,
                "history": history,
            }
        case effects.Remember(delivery):
            return {"effect": "remember", **_delivery(delivery)}
        case effects.Deliveries(filter_):
            wanted = {name: getattr(filter_, of) for name, of in DELIVERIES.items()}
            return {"effect": "deliveries", "filter": {name: value for name, value in wanted.items() if value is not None}}
        case effects.Notices(filter_):
            return {"effect": "notices", "filter": {name: getattr(filter_, name) for name in ("provider", "account", "limit")}}
        case effects.Acknowledge(intent_id, at):
            return {"effect": "acknowledge", "intentId": intent_id, "at": at}
        case effects.Verify(candidates):
            return {"effect": "verify", "candidates": [_candidate(each) for each in candidates]}
        case effects.Delete(intent_ids):
            return {"effect": "delete", "intentIds": intent_ids}
        case effects.Send():
            request = {
                "id": effect.id,
                "operation": effect.operation,
                "method": effect.method,
                "url": effect.url,
                "headers": effect.headers,
                "auth": effect.auth,
                "responseCap": effect.response_cap,
                **({"openMs": effect.open_ms} if effect.open_ms else {}),
            }
            body = {"text": effect.body.decode()}
            return {"effect": "send", "request": request, "body": body, "until": effect.until, "timeoutMs": effect.timeout_ms}
        case effects.Sleep(until, intent_id, gives_back, may_park):
            return {"effect": "sleep", "until": until, "intentId": intent_id, "givesBack": gives_back, "mayPark": may_park}
        case effects.Probe(holder, host, pid, started):
            return {"effect": "probe", "holder": holder, "host": host, "pid": pid, "started": started}
        case effects.Tell(record, text, events, update):
            must_be_same("the record, as text", text, record.to_json())
            said = None if update is None else update.to_json()
            return {"effect": "tell", "record": named.of(json.loads(text)), "events": events, "update": said}
        case other:
            raise NotImplementedError(type(other).__name__)


def _delivery(delivery: Delivery) -> dict[str, Any]:
    """Return a callback with its body beside it, after a look at each way to get it."""
    said = delivery.to_dict()
    must_be_same("the callback, read from its text", said, Delivery.from_json(delivery.to_json()).to_dict())
    must_be_same("the callback's body", said.pop("bodyBase64"), b64encode(delivery.body).decode())
    must_be_same("the callback's members", said, {name: getattr(delivery, of) for name, of in DELIVERY.items()})
    return {"delivery": said, "body": {"text": delivery.body.decode()}}


def _candidate(candidate: effects.Candidate) -> dict[str, str]:
    parts = {"key": candidate.key, "message": candidate.message, "signature": candidate.signature}
    return {name: b64encode(part).decode() for name, part in parts.items()}


def _filter(given: Any) -> dict[str, Any]:
    names = {"provider": given.provider, "account": given.account, "owner": given.owner, "phases": given.phases, "limit": given.limit}
    return {name: value for name, value in names.items() if value is not None}


def _brought(value: Any, named: Changes, *, begun: str) -> Any:
    match value:
        case None | int():
            return value
        case Reply():
            return value.to_dict()
        case TaskRecord():
            return value.to_dict()
        case [TaskRecord() as record, Reply() as reply]:
            return {"record": named.of(record.to_dict()), "reply": reply.to_dict()}
        case Receipt():
            return _receipt(value)
        case list() if begun == "learned":
            return {
                "models": [
                    {"model": m.model, "seen": m.seen, "quantilesMs": list(m.quantiles_ms), "pollsMs": list(m.polls_ms)} for m in value
                ]
            }
        case list() if begun == "notices":
            return {"notices": [{"record": canonical(record.to_dict()), "reply": reply.to_json()} for record, reply in value]}
        case list():
            return {"tasks": [_listed(task) for task in value]}
        case _ if hasattr(value, "amount"):
            return {"amount": value.amount, "unit": value.unit}
        case _:
            damaged = [
                {"intentId": intent_id, "reply": told.to_json()} if isinstance(told, Reply) else {"intentId": intent_id, "reason": told}
                for intent_id, told in value.damaged
            ]
            after = None if value.next is None else {"created": value.next[0], "intentId": value.next[1]}
            return {"records": [canonical(record.to_dict()) for record in value.records], "damaged": damaged, "next": after}


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "httpStatus": receipt.http_status,
        "body": receipt.body,
        "outcome": receipt.outcome,
        "intentId": receipt.intent_id,
        "followUp": receipt.follow_up,
        "tokenSecret": receipt.token_secret,
        "signingSecret": receipt.signing_secret,
        "reason": receipt.reason,
    }


def _listed(task: Any) -> dict[str, Any]:
    return {"taskId": task.task_id, "created": task.created, "model": task.model, "reference": task.reference}
