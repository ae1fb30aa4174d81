// A machine that is driven as the vectors say: it notes what was sent and saved, and keeps the time.

import Foundation
import Gentask

/// What a submit is asked with.
struct Options {
    let key, owner, callbackURL: String?
    let options: JSONValue?

    init(_ value: JSONValue) {
        (key, owner, callbackURL) = (value.key.string, value.owner.string, value.callbackUrl.string)
        options = value.options.isNull ? nil : value.options
    }
}

final class Scene {
    /// How long after a request its answer comes, where a case does not say.
    static let answerMs: UInt64 = 200

    let contract: Contract
    private(set) var machine: Sansio.Machine
    private let settings: JSONValue
    private var pacer = Sansio.Pacer()
    var now: UInt64
    private(set) var sent: JSONValue = nil
    private var stored: TaskRecord?
    private var request: Data?

    private init(_ contract: Contract, _ machine: Sansio.Machine, _ settings: JSONValue, _ now: UInt64) {
        (self.contract, self.machine, self.settings, self.now) = (contract, machine, settings, now)
    }

    static func prepared(
        _ contract: JSONValue, _ generation: JSONValue, entropy: String, now: UInt64, options: JSONValue = [:], settings: JSONValue = nil
    ) throws -> Scene {
        let (own, contract) = (Options(options), Vectors.contract(contract))
        let settings = settings.isNull ? [:] : settings
        let machine = try Sansio.Machine.prepare(
            contract, generation.model.string!, generation.input, key: own.key, owner: own.owner, callbackURL: own.callbackURL,
            options: own.options, settings: settings, entropy: bytes(hex: entropy), now: now)
        return Scene(contract, machine, settings, now)
    }

    /// Asks about a task that is not stored, up to the request of this operation.
    static func asked(_ contract: JSONValue, _ model: String, _ taskID: String, _ operation: String, _ now: UInt64) throws -> Scene {
        let contract = Vectors.contract(contract)
        let machine = try Sansio.Machine.ask(contract, taskID: taskID, model: model, details: operation == "result", now: now)
        let scene = Scene(contract, machine, [:], now)
        if operation == "cancel" { _ = try scene.step(["kind": "cancel"]) }
        _ = try scene.step(["kind": "timeout"])
        if operation == "cancel", scene.sent.operation == "status" {
            // A cancel that erases a finished task looks first.
            _ = try scene.stepAnswer(["status": 200, "body": ["text": #"{"status":"PENDING","state":"queued"}"#]])
            _ = try scene.step(["kind": "timeout"])
        }
        return scene
    }

    /// Steps an input now, and notes what the machine wants done.
    func step(_ given: JSONValue) throws -> [JSONValue] {
        sent = nil
        let outputs = try machine.step(given, now: now, pacer: pacer)
        for output in outputs {
            switch output.kind.string {
            case "save":
                stored = try TaskRecord(json: output.record.text)
                for blob in output.blobs.array! where blob.name == "request" { request = bytes(blob.bytes) }
            case "transmit": sent = output.request
            default: break
            }
        }
        return outputs
    }

    /// Answers the request that the last step sent, at the same time.
    func stepAnswer(_ response: JSONValue) throws -> [JSONValue] {
        try step(["kind": "response", "request": sent.id, "response": response])
    }

    func timeout() throws {
        now = max(now, machine.pollTimeout)
        _ = try step(["kind": "timeout"])
    }

    func respond(_ response: JSONValue) throws {
        now += Self.answerMs
        _ = try stepAnswer(response)
    }

    func undelivered(_ delivery: JSONValue) throws {
        now += Self.answerMs
        _ = try step(["kind": "undelivered", "request": sent.id, "delivery": delivery, "reason": "connection reset"])
    }

    /// The whole account was asked to pause.
    func hold(until: UInt64) {
        pacer.hold(contract, baseURL: machine.record.baseURL, account: machine.record.account, until: until)
    }

    /// Ends the process; another one, with a pacer of its own, goes on from what was saved last.
    func resume() throws {
        machine = try .resume(contract, record: stored!.json, request: request, settings: settings)
        pacer = Sansio.Pacer()
    }
}
