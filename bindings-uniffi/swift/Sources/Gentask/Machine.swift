// One task's logic, and core's total tables: pure functions, for drivers of one's own.

import Foundation
internal import GentaskGenerated

extension Sansio {
    /// One task as a state machine: it decides, and whoever drives it performs.
    public final class Machine: Sendable {
        private let native: TaskMachine

        private init(_ native: TaskMachine) {
            self.native = native
        }

        /// Checks an order and prepares its task. `entropy` is 32 random bytes; `settings` are `timeoutMs`, `foreground` and others of the page on hosts.
        public static func prepare(
            _ contract: Contract, _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil,
            options: JSONValue? = nil, settings: JSONValue? = nil, entropy: Data, now: UInt64
        ) throws -> Machine {
            let order = try order(model, input, key, owner, callbackURL, options)
            return Machine(
                try calling {
                    try .prepare(contract: contract.native, order: order, settingsJson: given(settings), entropyBytes: entropy, nowMs: now)
                })
        }

        /// A machine for a stored record and the bytes of its `request` blob.
        public static func resume(_ contract: Contract, record: String, request: Data?, settings: JSONValue? = nil) throws -> Machine {
            Machine(
                try calling { try .resume(contract: contract.native, record: record, request: request, settingsJson: given(settings)) })
        }

        /// A machine for a question about a task that is not stored: how it is, or with `details` what it made.
        public static func ask(
            _ contract: Contract, taskID: String, model: String, details: Bool = false, settings: JSONValue? = nil, now: UInt64
        ) throws -> Machine {
            Machine(
                try calling {
                    try .ask(
                        contract: contract.native, taskId: taskID, model: model, details: details, settingsJson: given(settings), nowMs: now)
                })
        }

        /// Takes what happened, and says what to do next, in order. An error leaves the machine as it was.
        public func step(_ input: JSONValue, now: UInt64, pacer: Pacer) throws -> [JSONValue] {
            known(try calling { try native.step(input: input.text, nowMs: now, pacer: pacer.native) }).array ?? []
        }

        /// When to step `["kind": "timeout"]`.
        public var pollTimeout: UInt64 { native.pollTimeout() }
        /// The record as it is now.
        public var record: TaskRecord { TaskRecord(native.record()) }
        /// How the task is.
        public var reply: Reply { Reply(native.reply()) }
        /// The answer to a question: how the task is, or why that could not be read.
        public var answer: Reply { Reply(native.answer()) }
        /// The code of why the last read brought nothing; `nil` once one did.
        public var lastFault: ErrorCode? { native.lastFault().map(ErrorCode.init) }
        /// The submit as it would go out, without the API key; `nil` once it is no longer needed.
        public var preview: JSONValue? { native.preview().map(known) }

        /// What the record of the caller's key means for this prepared submit, given as it was prepared. `held`: until when the account is asked to pause.
        ///
        /// `use` is `same` (that task is the caller's), `conflict` (another job has the key, as `reply` says), `wait` (a pause is not over, as
        /// `reply` says) or `free` (save this `record`, then begin).
        public func keyUse(
            record: String, _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil,
            options: JSONValue? = nil, held: UInt64, now: UInt64
        ) throws -> JSONValue {
            let order = try order(model, input, key, owner, callbackURL, options)
            return known(try calling { try native.keyUse(record: record, order: order, heldMs: held, nowMs: now) })
        }

        /// Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended.
        public func release(_ pacer: Pacer) {
            native.release(pacer: pacer.native)
        }
    }

    /// The request that lists the account's tasks or asks for its balance.
    public static func accountRequest(_ contract: Contract, _ operation: Operation, baseURL: String? = nil) throws -> JSONValue {
        known(try calling { try GentaskGenerated.accountRequest(contract: contract.native, operation: operation.native, baseUrl: baseURL) })
    }

    /// Reads the answer to such a request: a list of tasks, or a balance; `code` where it brought nothing.
    public static func readAccount(
        _ contract: Contract, _ operation: Operation, response: JSONValue, now: UInt64
    ) throws -> JSONValue {
        let said = try calling {
            try GentaskGenerated.readAccount(contract: contract.native, operation: operation.native, response: response.text, nowMs: now)
        }
        return known(said)
    }

    /// The status and the code of a reply that is given for this reason.
    public static func outcome(
        ending: String, phase: Phase, processing: Bool, fault: ErrorCode?
    ) throws -> (status: Status, code: ErrorCode?) {
        let said = try calling {
            try GentaskGenerated.outcome(ending: ending, phase: phase.native, processing: processing, fault: fault?.native)
        }
        return (Status(said.status), said.code.map(ErrorCode.init))
    }

    /// What a person can do next, the step to try first in front.
    public static func advice(asked: String, phase: Phase?, code: ErrorCode, billing: String) throws -> [String] {
        try calling { try GentaskGenerated.advice(asked: asked, phase: phase?.native, code: code.native, billing: billing) }
    }

    /// Full jitter, in milliseconds: from nothing to `base` doubled `attempt` times, at most `cap`.
    public static func backoff(baseMs: UInt64, capMs: UInt64, attempt: UInt64, seed: UInt64) -> UInt64 {
        GentaskGenerated.backoff(baseMs: baseMs, capMs: capMs, attempt: attempt, seed: seed)
    }

    /// How long after the last poll the next one is due, in milliseconds, for a task that has waited `elapsedMs`.
    public static func nextPoll(
        elapsedMs: UInt64, seed: UInt64, firstMs: UInt64, everyMs: UInt64, factorPct: UInt64, capMs: UInt64, minIntervalMs: UInt64
    ) -> UInt64 {
        let schedule = Schedule(firstMs: firstMs, everyMs: everyMs, factorPct: factorPct, capMs: capMs, minIntervalMs: minIntervalMs)
        return GentaskGenerated.nextPoll(schedule: schedule, elapsedMs: elapsedMs, seed: seed)
    }

    /// The numbers behind all jitter: SplitMix64 of a seed and a counter.
    public static func splitMix64(seed: UInt64, counter: UInt64) -> UInt64 {
        GentaskGenerated.splitMix64(seed: seed, counter: counter)
    }

    /// Says what a callback is worth. `secrets` is `["token": [["text", "until"]], "signing": [...], "toleranceMs": ...]`, `jwks` the bytes of
    /// the keys that the provider publishes.
    public static func judge(
        _ contract: Contract, secrets: JSONValue, method: String, url: String, headers: [HTTPHeader], body: Data, now: UInt64, jwks: Data? = nil
    ) throws -> JSONValue {
        let arrival = Arrival(method: method, url: url, headers: headers.map(\.native), body: body)
        return known(
            try calling { try GentaskGenerated.judge(contract: contract.native, secrets: secrets.text, arrival: arrival, nowMs: now, jwks: jwks) })
    }
}
