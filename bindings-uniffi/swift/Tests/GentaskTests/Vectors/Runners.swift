// For each file of vectors: what comes out of the public API for the inputs of a case, in the shape in which the case expects it.

import Foundation
import Gentask

typealias Runner = @Sendable (JSONValue) throws -> JSONValue

let runners: [String: Runner] = [
    "validate": validate, "encode": encode, "decode": decode, "classify": classify, "backoff": backoff, "retry_after": retryAfter,
    "replies": replies, "records": records, "advice": advice, "keys": keys, "calls_submit": calls, "calls_wait": calls, "calls_learned": calls, "calls_persons": calls,
    "calls_callbacks": calls, "transcripts_submit": transcripts, "transcripts_wait": transcripts, "transcripts_persons": transcripts,
    "webhooks": webhooks,
]

/// Checks a generation.
@Sendable private func validate(_ given: JSONValue) throws -> JSONValue {
    let own = Options(given.options)
    do {
        try Vectors.contract(given.contract).validate(
            given.generation.model.string!, given.generation.input, key: own.key, owner: own.owner, callbackURL: own.callbackURL,
            options: own.options)
        return ["valid": true]
    } catch let error as GentaskError {
        return mistake(error)
    }
}

/// Makes the request of an operation.
@Sendable private func encode(_ given: JSONValue) throws -> JSONValue {
    let operation = given.operation.string!
    switch operation {
    case "submit":
        let scene = try Scene.prepared(
            given.contract, given.generation, entropy: given.entropy.string!, now: Vectors.start, options: given.options,
            settings: given.settings)
        let record = try JSONValue(json: scene.machine.record.json)
        return ["request": scene.machine.preview ?? nil, "sha256": record.request.sha256]
    case "list", "account":
        do {
            return ["request": try Sansio.accountRequest(Vectors.contract(given.contract), Operation(rawValue: operation)!)]
        } catch let error as GentaskError {
            return ["error": mistake(error)]
        }
    default:
        do {
            return ["request": try Scene.asked(given.contract, given.model.string!, given.taskId.string!, operation, Vectors.start).sent]
        } catch is GentaskError {
            return ["request": nil]
        }
    }
}

/// Reads an answer.
@Sendable private func decode(_ given: JSONValue) throws -> JSONValue {
    let (operation, now) = (given.operation.string!, given.now.unsigned)
    if ["list", "account"].contains(operation) {
        return try Sansio.readAccount(
            Vectors.contract(given.contract), Operation(rawValue: operation)!, response: given.response, now: now)
    }
    let generation = Vectors.example(given.contract)
    if operation == "submit" {
        let scene = try Scene.prepared(given.contract, generation, entropy: given.entropy.string!, now: now)
        try scene.timeout()
        try scene.respond(given.response)
        return ["record": try outline(scene.machine), "reply": try wire(scene.machine.reply)]
    }
    let scene = try Scene.asked(given.contract, generation.model.string!, "task_1", operation, now)
    let told = try told(scene, given.response)
    return ["record": try outline(scene.machine), "reply": told]
}

private func told(_ scene: Scene, _ response: JSONValue) throws -> JSONValue {
    for output in try scene.stepAnswer(response) {
        if output.kind == "finished" || (output.kind == "yield" && scene.machine.lastFault == nil) { return output.reply }
    }
    return try wire(scene.machine.answer)
}

private func outline(_ machine: Sansio.Machine) throws -> JSONValue {
    let record = try JSONValue(json: machine.record.json)
    let names = ["phase", "state", "taskId", "providerState", "progressPermille", "result", "error"]
    var outline = JSONValue.object(Dictionary(uniqueKeysWithValues: names.map { ($0, record[$0]) }))
    outline["lastFault"] = JSONValue(machine.lastFault?.rawValue)
    return outline
}

/// Submits, and sees what the outcome makes of the task.
@Sendable private func classify(_ given: JSONValue) throws -> JSONValue {
    let scene = try Scene.prepared(given.contract, given.generation, entropy: given.entropy.string!, now: Vectors.start)
    try scene.timeout()
    if given.outcome.response.isNull {
        try scene.undelivered(given.outcome.delivery)
    } else {
        try scene.respond(given.outcome.response)
    }
    let record = scene.machine.record
    let again = [.prepared, .unresolved].contains(record.phase) ? try pause(record) : nil
    return [
        "phase": .string(record.phase.rawValue), "maybeSent": .bool(record.maybeSent), "taskId": JSONValue(record.taskID),
        "tryAgainAfterMs": JSONValue(again), "reply": try wire(scene.machine.reply),
    ]
}

private func pause(_ record: TaskRecord) throws -> UInt64? {
    let due = try JSONValue(json: record.json).due
    return due.isNull ? nil : due.at.unsigned - due.set.unsigned
}

/// Reads how long the provider asks to wait.
@Sendable private func retryAfter(_ given: JSONValue) throws -> JSONValue {
    let scene = try Scene.prepared(
        given.contract, Vectors.example(given.contract), entropy: Vectors.entropy, now: given.now.unsigned - Scene.answerMs,
        settings: ["foreground": false])
    try scene.timeout()
    try scene.respond(["status": 429, "headers": given.headers, "body": ["text": ""], "end": "whole"])
    let record = scene.machine.record
    return ["retryAfter": try JSONValue(json: record.json).error.retryAfter, "waitMs": JSONValue(try pause(record))]
}

/// Computes a delay. Numbers above 2^53 stand as text in the vectors.
@Sendable private func backoff(_ given: JSONValue) throws -> JSONValue {
    let seed = given.seed.unsigned
    switch given.function.string {
    case "splitMix64": return .string(String(Sansio.splitMix64(seed: seed, counter: given.counter.unsigned)))
    case "backoff":
        return JSONValue(
            Sansio.backoff(baseMs: given.baseMs.unsigned, capMs: given.capMs.unsigned, attempt: given.attempt.unsigned, seed: seed))
    default:
        let schedule = given.schedule
        return JSONValue(
            Sansio.nextPoll(
                elapsedMs: given.elapsedMs.unsigned, seed: seed, firstMs: schedule.firstMs.unsigned, everyMs: schedule.everyMs.unsigned,
                factorPct: schedule.factorPct.unsigned, capMs: schedule.capMs.unsigned, minIntervalMs: schedule.minIntervalMs.unsigned))
    }
}

/// Looks a reply's status and code up.
@Sendable private func replies(_ given: JSONValue) throws -> JSONValue {
    let (status, code) = try Sansio.outcome(
        ending: given.ending.string!, phase: Phase(rawValue: given.phase.string!)!, processing: given.processing.bool!,
        fault: given.fault.string.map { ErrorCode(rawValue: $0)! })
    return ["status": .string(status.rawValue), "errorCode": JSONValue(code?.rawValue), "ok": .bool(code == nil)]
}

/// Reads a stored record and writes it back.
@Sendable private func records(_ given: JSONValue) throws -> JSONValue {
    do {
        let record = try TaskRecord(json: given.stored.string!)
        try mustBeSame("the record, encoded", JSONValue(json: record.json), JSONValue(encoding: record))
        return ["canonical": .string(record.json), "reply": try wire(record.reply())]
    } catch let error as GentaskError {
        return ["error": mistake(error)]
    }
}

/// Looks every code up, once for each word about the billing; all words of a case must say the same.
@Sendable private func advice(_ given: JSONValue) throws -> JSONValue {
    let phase = given.phase.string.map { Phase(rawValue: $0)! }
    let said = try given.billings.array!.map { billing in
        try JSONValue.object(
            Dictionary(
                uniqueKeysWithValues: ErrorCode.allCases.map { code in
                    let steps = try Sansio.advice(asked: given.asked.string!, phase: phase, code: code, billing: billing.string!)
                    return (code.rawValue, .array(steps.map(JSONValue.string)))
                }))
    }
    for other in said.dropFirst() { try mustBeSame("with another word about the billing", said[0], other) }
    return said[0]
}

/// Prepares an order whose key has a record already, and sees what that means.
@Sendable private func keys(_ given: JSONValue) throws -> JSONValue {
    let (now, own) = (given.now.unsigned, Options(given.options))
    let scene = try Scene.prepared(given.contract, given.generation, entropy: given.entropy.string!, now: now, options: given.options)
    let before = scene.machine.record
    let found = try scene.machine.keyUse(
        record: given.stored.string!, given.generation.model.string!, given.generation.input, key: own.key, owner: own.owner,
        callbackURL: own.callbackURL, options: own.options, held: given.held.unsigned, now: now)
    guard scene.machine.record == before else { throw Different(description: "the record of the order has changed") }
    if !found.reply.isNull { try mustBeSame("the reply, read from its text", found.reply, wire(Reply(json: found.reply.text))) }
    if !found.record.isNull { try mustBeSame("the record, read from its text", found.record, JSONValue(json: TaskRecord(json: found.record.text).json)) }
    return found
}

/// Lives through a whole run.
@Sendable private func transcripts(_ given: JSONValue) throws -> JSONValue {
    let scene = try Scene.prepared(
        given.contract, given.generation, entropy: given.entropy.string!, now: given.start.unsigned, options: given.options,
        settings: given.settings)
    let saved = Changes()
    return try .array(
        given.steps.array!.map { step in
            try happened(scene, step, saved).merging(["next": JSONValue(scene.machine.pollTimeout)])
        })
}

private func happened(_ scene: Scene, _ step: JSONValue, _ saved: Changes) throws -> JSONValue {
    scene.now = step.now.unsigned
    if !step.hold.isNull {
        scene.hold(until: step.hold.until.unsigned)
        return [:]
    }
    if step.resume == true {
        try scene.resume()
        return [:]
    }
    let before = scene.machine.record
    do {
        let outputs = try scene.step(step.input)
        let told = try outputs.map { output in
            guard output.kind == "save" else { return output }
            try mustBeSame("what is saved", output.record, JSONValue(json: scene.machine.record.json))
            return output.merging(["record": saved.of(output.record)])
        }
        return ["outputs": .array(told)]
    } catch let error as GentaskError {
        guard scene.machine.record == before else { throw Different(description: "an illegal input changed the record") }
        return ["error": mistake(error)]
    }
}
