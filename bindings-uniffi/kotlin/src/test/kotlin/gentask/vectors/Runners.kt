// For each file of vectors: what comes out of the public API for the inputs of a case, in the shape in which the case expects it.

package gentask.vectors

import gentask.Billing
import gentask.Contract
import gentask.ErrorCode
import gentask.GentaskException
import gentask.Operation
import gentask.Phase
import gentask.TaskRecord
import gentask.sansio.Machine
import gentask.sansio.PollSchedule
import gentask.sansio.accountRequest
import gentask.sansio.advice
import gentask.sansio.backoff
import gentask.sansio.nextPoll
import gentask.sansio.outcome
import gentask.sansio.readAccount
import gentask.sansio.splitMix64

/** What runs each file's cases. */
internal val RUNNERS: Map<String, (Case) -> Any?> = mapOf(
    "validate" to ::validate,
    "encode" to ::encode,
    "decode" to ::decode,
    "classify" to ::classify,
    "backoff" to ::delay,
    "retry_after" to ::retryAfter,
    "replies" to ::replies,
    "records" to ::records,
    "advice" to ::suggestions,
    "keys" to ::keys,
    "calls_submit" to ::calls,
    "calls_wait" to ::calls,
    "calls_learned" to ::calls,
    "calls_persons" to ::calls,
    "calls_callbacks" to ::calls,
    "transcripts_submit" to ::transcripts,
    "transcripts_wait" to ::transcripts,
    "transcripts_persons" to ::transcripts,
    "webhooks" to ::webhooks,
)

/** Checks a generation, with the contract by name and loaded; both must say the same. */
private fun validate(case: Case): Any {
    val (generation, said) = case.map("generation") to Options(case.map("options"))
    val (model, input) = generation.text("model") to generation["input"]
    val verdicts = listOf(contract(case.text("contract")), Contract.of(source(case.text("contract")))).map { of ->
        try {
            of.validate(model, canonical(input), said.key, said.owner, said.callbackUrl, said.options)
            // What is no object is no map either: it is text only.
            if (input is Map<*, *>) of.validate(model, map(input), said.key, said.owner, said.callbackUrl, said.options)
            mapOf("valid" to true)
        } catch (error: GentaskException) {
            mistake(error)
        }
    }
    mustBeSame("another way to check it", verdicts[0], verdicts[1])
    return verdicts[0]
}

/** Makes the request of an operation. */
private fun encode(case: Case): Any {
    val (of, operation) = case.text("contract") to case.text("operation")
    if (operation == "submit") {
        val scene = Scene.prepared(of, case.map("generation"), case.text("entropy"), START, case.map("options"), case.map("settings"))
        return mapOf("request" to scene.machine.preview(), "sha256" to scene.machine.record().members().map("request")["sha256"])
    }
    if (operation == "list" || operation == "account") {
        return try {
            mapOf("request" to accountRequest(contract(of), word(operation)))
        } catch (error: GentaskException) {
            mapOf("error" to mistake(error))
        }
    }
    return try {
        mapOf("request" to Scene.asked(of, case.text("model"), case.text("taskId"), operation, START).sent)
    } catch (_: GentaskException) {
        mapOf("request" to null)
    }
}

private fun word(operation: String) = Operation.entries.first { it.word == operation }

/** Reads an answer. */
private fun decode(case: Case): Any? {
    val (of, operation) = case.text("contract") to case.text("operation")
    val now = case.number("now")
    if (operation == "list" || operation == "account") {
        return readAccount(contract(of), word(operation), case.map("response"), now)
    }
    if (operation == "submit") {
        val scene = Scene.prepared(of, example(of), case.text("entropy"), now)
        scene.timeout()
        scene.respond(case["response"])
        return mapOf("record" to outline(scene.machine), "reply" to wire(scene.machine.reply()))
    }
    val scene = Scene.asked(of, example(of).text("model"), "task_1", operation, now)
    val told = told(scene, case["response"])
    return mapOf("record" to outline(scene.machine), "reply" to told)
}

private fun told(scene: Scene, response: Any?): Any? {
    for (output in scene.stepAnswer(response)) {
        val ends = output["kind"] == "finished" || (output["kind"] == "yield" && scene.machine.lastFault == null)
        if (ends) return output["reply"]
    }
    return wire(scene.machine.answer())
}

private fun outline(machine: Machine): Map<String, Any?> {
    val record = machine.record().members()
    val names = listOf("phase", "state", "taskId", "providerState", "progressPermille", "result", "error")
    return names.associateWith { record[it] } + ("lastFault" to machine.lastFault?.word)
}

/** Submits, and sees what the outcome makes of the task. */
private fun classify(case: Case): Any {
    val scene = Scene.prepared(case.text("contract"), case.map("generation"), case.text("entropy"), START)
    scene.timeout()
    val outcome = case.map("outcome")
    if ("response" in outcome) scene.respond(outcome["response"]) else scene.undelivered(outcome["delivery"])
    val record = scene.machine.record()
    val again = if (record.phase == Phase.PREPARED || record.phase == Phase.UNRESOLVED) pause(record) else null
    return mapOf(
        "phase" to record.phase.word,
        "maybeSent" to record.maybeSent,
        "taskId" to record.taskId,
        "tryAgainAfterMs" to again,
        "reply" to wire(scene.machine.reply()),
    )
}

private fun pause(record: TaskRecord): Long? = record.members()["due"]?.let(::map)?.let { it.number("at") - it.number("set") }

/** Reads how long the provider asks to wait. */
private fun retryAfter(case: Case): Any {
    val of = case.text("contract")
    val scene = Scene.prepared(of, example(of), ENTROPY, case.number("now") - ANSWER_MS, settings = mapOf("foreground" to false))
    scene.timeout()
    scene.respond(mapOf("status" to 429, "headers" to case["headers"], "body" to mapOf("text" to ""), "end" to "whole"))
    val record = scene.machine.record()
    return mapOf("retryAfter" to record.members().map("error")["retryAfter"], "waitMs" to pause(record))
}

/** Computes a delay. Numbers above 2^53 stand as text in the vectors. */
private fun delay(case: Case): Any {
    val seed = case.text("seed").toULong()
    return when (case["function"]) {
        "splitMix64" -> splitMix64(seed, case.text("counter").toULong()).toString()
        "backoff" -> backoff(case.number("baseMs"), case.number("capMs"), case.number("attempt"), seed)
        else -> {
            val of = case.map("schedule")
            val times = listOf("firstMs", "everyMs", "factorPct", "capMs", "minIntervalMs").map { of.number(it) }
            nextPoll(PollSchedule(times[0], times[1], times[2], times[3], times[4]), case.number("elapsedMs"), seed)
        }
    }
}

private fun phase(word: Any?) = word?.let { Phase.entries.first { phase -> phase.word == it } }

private fun code(word: Any?) = word?.let { ErrorCode.valueOf(it as String) }

/** Looks a reply's status and code up. */
private fun replies(case: Case): Any {
    val found = outcome(case.text("ending"), phase(case["phase"])!!, case["processing"] as Boolean, code(case["fault"]))
    return mapOf("status" to found.status.word, "errorCode" to found.code?.word, "ok" to (found.code == null))
}

/** Reads a stored record, and writes it back. */
private fun records(case: Case): Any {
    val record = try {
        TaskRecord.fromJson(case.text("stored"))
    } catch (error: GentaskException) {
        return mapOf("error" to mistake(error))
    }
    mustBeSame("the record, read from its text", record.json, canonical(record.members()))
    return mapOf("canonical" to record.json, "reply" to wire(record.reply()))
}

/** Looks every code up, once for each word about the billing; all words of a case must say the same. */
private fun suggestions(case: Case): Any {
    val found = list(case["billings"]).map { billing ->
        val word = Billing.entries.first { it.word == billing }
        ErrorCode.entries.associate { it.word to advice(case.text("asked"), phase(case["phase"]), it, word) }
    }
    found.drop(1).forEach { mustBeSame("with another word about the billing", found[0], it) }
    return found[0]
}

/** Prepares an order whose key has a record already, and sees what that means. */
private fun keys(case: Case): Any {
    val (of, generation, said) = Triple(case.text("contract"), case.map("generation"), Options(case.map("options")))
    val scene = Scene.prepared(of, generation, case.text("entropy"), case.number("now"), case.map("options"))
    val before = scene.machine.record().json
    val found = scene.machine.keyUse(
        TaskRecord.fromJson(case.text("stored")), generation.text("model"), generation.map("input"), case.number("held"), scene.now,
        said.key, said.owner, said.callbackUrl, said.options,
    )
    mustBeSame("the record of the order", before, scene.machine.record().json)
    return found
}

/** Lives through a whole run. */
private fun transcripts(case: Case): Any {
    val scene = Scene.prepared(
        case.text("contract"), case.map("generation"), case.text("entropy"), case.number("start"), case.map("options"), case.map("settings"),
    )
    val saved = Changes()
    return list(case["steps"]).map { happened(scene, map(it), saved) + ("next" to scene.machine.pollTimeout) }
}

private fun happened(scene: Scene, step: Map<String, Any?>, saved: Changes): Map<String, Any?> {
    scene.now = step.number("now")
    if ("hold" in step) return emptyMap<String, Any?>().also { scene.hold(step.map("hold").number("until")) }
    if (step["resume"] == true) return emptyMap<String, Any?>().also { scene.resume() }
    val before = scene.machine.record().json
    val outputs = try {
        scene.step(step.map("input"))
    } catch (error: GentaskException) {
        mustBeSame("the record after an illegal input", before, scene.machine.record().json)
        return mapOf("error" to mistake(error))
    }
    return mapOf("outputs" to outputs.map { if (it["kind"] == "save") it + ("record" to saved.of(it.map("record"))) else it })
}
