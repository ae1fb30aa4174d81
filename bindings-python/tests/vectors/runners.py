"""For each file of vectors: what comes out of the public API for the inputs of a case, in the shape in which the case expects it."""

from __future__ import annotations

import gentask
from gentask import GentaskError, Reply, TaskRecord, sansio
from gentask.errors import BY_CODE

from .calls import calls
from .changes import Changes
from .compare import canonical, must_be_same
from .files import ENTROPY, START, contract, example, source
from .scene import ANSWER_MS, Scene, mistake, options_of
from .webhooks import webhooks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gentask.sansio import Machine

    from .files import Case


def wire(reply: Reply) -> dict[str, Any]:
    """Return the seven fields of a reply, after a look at each way to get them."""
    said = {
        "ok": reply.ok,
        "status": reply.status,
        "taskId": reply.task_id,
        "data": reply.data,
        "errorCode": reply.error_code,
        "errorMessage": reply.error_message,
        "retryAfter": reply.retry_after,
    }
    must_be_same("the reply as a dictionary", said, reply.to_dict())
    must_be_same("the reply as text", canonical(said), reply.to_json())
    must_be_same("the reply, read from its text", said, Reply.from_json(canonical(said)).to_dict())
    return said


def validate(case: Case) -> Any:
    """Check a generation in every way there is; all must say the same."""
    loaded, named = contract(case["contract"]), source(case["contract"])
    model, payload, options = case["generation"]["model"], case["generation"]["input"], options_of(case["options"])
    checks: list[Callable[[], None]] = [
        lambda: loaded.validate(model, payload, **options),
        lambda: gentask.validate(loaded, model, payload, **options),
        lambda: gentask.validate(named, model, payload, **options),
    ]
    first, *others = [_verdict(check) for check in checks]
    for other in others:
        must_be_same("another way to check it", first, other)
    return first


def _verdict(check: Callable[[], None]) -> dict[str, Any]:
    try:
        check()
    except GentaskError as error:
        return mistake(error)
    return {"valid": True}


def encode(case: Case) -> Any:
    """Make the request of an operation."""
    operation = case["operation"]
    if operation == "submit":
        scene = Scene.prepared(
            case["contract"],
            case["generation"],
            entropy=case["entropy"],
            now=START,
            options=case["options"],
            settings=case["settings"],
        )
        return {"request": scene.machine.preview(), "sha256": scene.machine.record().to_dict()["request"]["sha256"]}
    if operation in ("list", "account"):
        try:
            return {"request": sansio.account_request(contract(case["contract"]), operation)}
        except GentaskError as error:
            return {"error": mistake(error)}
    try:
        return {"request": Scene.asked(case["contract"], case["model"], case["taskId"], operation, START).sent}
    except GentaskError:
        return {"request": None}


def decode(case: Case) -> Any:
    """Read an answer."""
    operation, now = case["operation"], case["now"]
    if operation in ("list", "account"):
        return sansio.read_account(contract(case["contract"]), operation, case["response"], now)
    generation = example(case["contract"])
    if operation == "submit":
        scene = Scene.prepared(case["contract"], generation, entropy=case["entropy"], now=now)
        scene.timeout()
        scene.respond(case["response"])
        return {"record": _outline(scene.machine), "reply": wire(scene.machine.reply())}
    scene = Scene.asked(case["contract"], generation["model"], "task_1", operation, now)
    told = _told(scene, case["response"])
    return {"record": _outline(scene.machine), "reply": told}


def _told(scene: Scene, response: dict[str, Any]) -> Any:
    for output in scene.step_answer(response):
        ended = output["kind"] == "finished"
        if ended or (output["kind"] == "yield" and scene.machine.last_fault() is None):
            return output["reply"]
    return wire(scene.machine.answer())


def _outline(machine: Machine) -> dict[str, Any]:
    record = machine.record().to_dict()
    names = ("phase", "state", "taskId", "providerState", "progressPermille", "result", "error")
    return {**{name: record[name] for name in names}, "lastFault": machine.last_fault()}


def classify(case: Case) -> Any:
    """Submit, and see what the outcome makes of the task."""
    scene = Scene.prepared(case["contract"], case["generation"], entropy=case["entropy"], now=START)
    scene.timeout()
    outcome = case["outcome"]
    if "response" in outcome:
        scene.respond(outcome["response"])
    else:
        scene.undelivered(outcome["delivery"])
    record = scene.machine.record()
    again = _pause(record) if record.phase in ("prepared", "unresolved") else None
    return {
        "phase": record.phase,
        "maybeSent": record.maybe_sent,
        "taskId": record.task_id,
        "tryAgainAfterMs": again,
        "reply": wire(scene.machine.reply()),
    }


def _pause(record: TaskRecord) -> int | None:
    due = record.to_dict()["due"]
    return None if due is None else due["at"] - due["set"]


def retry_after(case: Case) -> Any:
    """Read how long the provider asks to wait."""
    scene = Scene.prepared(
        case["contract"],
        example(case["contract"]),
        entropy=ENTROPY,
        now=case["now"] - ANSWER_MS,
        settings={"foreground": False},
    )
    scene.timeout()
    scene.respond({"status": 429, "headers": case["headers"], "body": {"text": ""}, "end": "whole"})
    record = scene.machine.record()
    return {"retryAfter": record.to_dict()["error"]["retryAfter"], "waitMs": _pause(record)}


def backoff(case: Case) -> Any:
    """Compute a delay. Numbers above 2^53 stand as text in the vectors."""
    seed = int(case["seed"])
    if case["function"] == "splitMix64":
        return str(sansio.split_mix_64(seed, int(case["counter"])))
    if case["function"] == "backoff":
        return sansio.backoff(case["baseMs"], case["capMs"], case["attempt"], seed)
    schedule = case["schedule"]
    return sansio.next_poll(
        case["elapsedMs"],
        seed,
        first_ms=schedule["firstMs"],
        every_ms=schedule["everyMs"],
        factor_pct=schedule["factorPct"],
        cap_ms=schedule["capMs"],
        min_interval_ms=schedule["minIntervalMs"],
    )


def replies(case: Case) -> Any:
    """Look a reply's status and code up."""
    status, code = sansio.outcome(case["ending"], case["phase"], case["processing"], case["fault"])
    return {"status": status, "errorCode": code, "ok": code is None}


def records(case: Case) -> Any:
    """Read a stored record, from text and from bytes, and write it back."""
    try:
        record = TaskRecord.from_json(case["stored"])
    except GentaskError as error:
        return {"error": mistake(error)}
    must_be_same("the record, read from bytes", record.to_json(), TaskRecord.from_json(case["stored"].encode()).to_json())
    must_be_same("the record as a dictionary", record.to_json(), canonical(record.to_dict()))
    return {"canonical": record.to_json(), "reply": wire(record.reply())}


def advice(case: Case) -> Any:
    """Look every code up, once for each word about the billing; all words of a case must say the same."""
    first, *others = [
        {code: sansio.advice(case["asked"], case["phase"], code, billing) for code in BY_CODE} for billing in case["billings"]
    ]
    for other in others:
        must_be_same("with another word about the billing", first, other)
    return first


def keys(case: Case) -> Any:
    """Prepare an order whose key has a record already, and see what that means."""
    scene = Scene.prepared(
        case["contract"],
        case["generation"],
        entropy=case["entropy"],
        now=case["now"],
        options=case["options"],
    )
    before = scene.machine.record().to_json()
    found = scene.key_use(TaskRecord.from_json(case["stored"]), case["generation"], case["options"], case["held"])
    must_be_same("the record of the order", before, scene.machine.record().to_json())
    if "reply" in found:
        must_be_same("the reply, read from its text", found["reply"], wire(Reply.from_json(canonical(found["reply"]))))
    if "record" in found:
        must_be_same("the record, read from its text", found["record"], TaskRecord.from_json(canonical(found["record"])).to_dict())
    return found


def transcripts(case: Case) -> Any:
    """Live through a whole run."""
    scene = Scene.prepared(
        case["contract"],
        case["generation"],
        entropy=case["entropy"],
        now=case["start"],
        options=case["options"],
        settings=case["settings"],
    )
    saved = Changes()
    return [{**_happened(scene, step, saved), "next": scene.machine.poll_timeout()} for step in case["steps"]]


def _happened(scene: Scene, step: dict[str, Any], saved: Changes) -> dict[str, Any]:
    scene.now = step["now"]
    if "hold" in step:
        scene.hold(step["hold"]["until"])
        return {}
    if step.get("resume"):
        scene.resume()
        return {}
    before = scene.machine.record().to_json()
    try:
        outputs = scene.step(step["input"])
    except GentaskError as error:
        must_be_same("the record after an illegal input", before, scene.machine.record().to_json())
        return {"error": mistake(error)}
    for output in outputs:
        if output["kind"] == "save":
            must_be_same("what is saved", canonical(output["record"]), scene.machine.record().to_json())
    return {"outputs": [{**output, "record": saved.of(output["record"])} if output["kind"] == "save" else output for output in outputs]}


RUNNERS: dict[str, Callable[[Case], Any]] = {
    "validate": validate,
    "encode": encode,
    "decode": decode,
    "classify": classify,
    "backoff": backoff,
    "retry_after": retry_after,
    "replies": replies,
    "records": records,
    "advice": advice,
    "keys": keys,
    "calls_submit": calls,
    "calls_wait": calls,
    "calls_learned": calls,
    "calls_persons": calls,
    "calls_callbacks": calls,
    "transcripts_submit": transcripts,
    "transcripts_wait": transcripts,
    "transcripts_persons": transcripts,
    "webhooks": webhooks,
}
"""What runs each file's cases."""
