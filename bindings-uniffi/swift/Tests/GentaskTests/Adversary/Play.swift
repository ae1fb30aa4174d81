// Plays rows of the adversary's table: makes clients, does the steps and tells the judge what they brought.

import Foundation
import Gentask

/// When every row begins.
private let startMs: UInt64 = 1_767_225_600_000
/// A step that takes longer has hung: whatever it waits for by its clock takes no time.
private let hung = Duration.seconds(25)

/// The function that gives the API key, or fails or waits where the row says so.
final class KeysOfRow: @unchecked Sendable {
    struct Sealed: Error {}

    private let lock = NSLock()
    private let key: String
    private var count = 0
    private var fails: Set<Int> = []
    private var holds: Set<Int> = []
    private var isLetGo = true

    init(_ key: String) {
        self.key = key
    }

    var asked: Int { lock.withLock { count } }

    func plan(_ step: JSONValue) {
        lock.withLock {
            if step.letGo == true { return isLetGo = true }
            isLetGo = false
            fails = Set(step.fails.array?.map { count + $0.int! } ?? [])
            holds = Set(step.holds.array?.map { count + $0.int! } ?? [])
        }
    }

    func clear() {
        lock.withLock { (fails, holds, isLetGo) = ([], [], true) }
    }

    func give() async throws -> String {
        let (isFailing, isHeld) = lock.withLock {
            count += 1
            return (fails.contains(count), holds.contains(count))
        }
        while isHeld, !lock.withLock({ isLetGo }) { try await Task.sleep(for: .milliseconds(1)) }
        if isFailing { throw Sealed() }
        return key
    }
}

/// What changes while a row is played.
private struct Scenery {
    var how: [String: JSONValue] = [:]
    var made: [String: (client: Client, store: StoreOfProcess)] = [:]
    var dead: [Client] = []
    var tasks: [String: String] = [:]
}

/// One row.
final class Play: @unchecked Sendable {
    private let row: JSONValue
    private let id: Int
    private let places: [String: String]
    let clock = ManualClock(atMs: startMs)
    let store = ScriptedStore()
    let keys: KeysOfRow
    private let events = Notes<String>()
    private let lock = NSLock()
    private var scenery = Scenery()

    init(_ told: JSONValue) async {
        let begun = await Table.shared.ask("/begin", ["name": told.name])
        (row, id) = (told.row, begun.id.int!)
        places = ["{base}": begun.base.string!, "{foreign}": begun.foreign.string!, "{key}": begun.key.string!]
        keys = KeysOfRow(begun.key.string!)
        Table.shared.note(clock, of: id)
    }

    /// Plays it and returns what is wrong.
    func play() async -> [String] {
        var background: [String: (begun: Int, client: String, outcome: Task<JSONValue, Never>)] = [:]
        for (number, step) in row.steps.array!.enumerated() {
            let (name, client) = (step.as.string ?? "it", step.client.string ?? "main")
            if step.do == "await" {
                let waited = background.removeValue(forKey: name)!
                await saw(waited.begun, ["skipped": true])
                await saw(number, waited.outcome.value)
                continue
            }
            if step.do == "kill" {
                // Nobody hears what a dead process would have said.
                for (name, dead) in background where dead.client == client {
                    background.removeValue(forKey: name)
                    await saw(dead.begun, ["skipped": true])
                }
            }
            let alone = background.isEmpty
            if step.background == true {
                background[name] = (number, client, Task { await self.bounded(step, alone: alone) })
            } else {
                await saw(number, bounded(step, alone: alone))
            }
        }
        let records = store.all
        await saw(nil, ["value": "the row is over"])
        // Whoever is still under way comes to an end, and somebody comes back later.
        store.plan([])
        keys.clear()
        await ask("/release")
        clock.jump()
        await ask("/listen", ["on": true])
        for waited in background.values { await saw(waited.begun, waited.outcome.value) }
        kill("main")
        clock.advance(by: .seconds(3600))
        await saw(nil, bounded(["do": "resume", "timeout": 600], alone: false))
        let texts = (store.written + events.all).map(JSONValue.string)
        let trace: JSONValue = ["records": .array(records), "after": .array(store.all), "texts": .array(texts)]
        let faults = await ask("/end", ["trace": trace]).faults
        for made in locked({ $0.made.values.map(\.client) + $0.dead }) { await made.close() }
        return faults.array?.compactMap(\.string) ?? ["the judge said nothing"]
    }

    private func locked<Value>(_ work: (inout Scenery) -> Value) -> Value {
        lock.withLock { work(&scenery) }
    }

    @discardableResult
    func ask(_ path: String, _ given: JSONValue = [:]) async -> JSONValue {
        await Table.shared.ask(path, given.merging(["id": JSONValue(id)]))
    }

    private func saw(_ step: Int?, _ outcome: JSONValue) async {
        await ask("/saw", ["step": step.map { JSONValue($0) } ?? .null, "outcome": outcome])
    }

    func fill(_ text: String) -> String {
        places.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }

    private func bounded(_ step: JSONValue, alone: Bool) async -> JSONValue {
        let began = clock.nowMs
        var outcome = await withCheckedContinuation { continuation in
            let first = First(continuation)
            Task { first.take(await self.caught(step)) }
            Task {
                try? await Task.sleep(for: hung)
                first.take(["hung": true])
            }
        }
        if alone { outcome["tookMs"] = .int(Int64(clock.nowMs) - Int64(began)) }
        return outcome
    }

    private func caught(_ step: JSONValue) async -> JSONValue {
        do {
            return try await perform(step)
        } catch let error as GentaskError {
            let reply = try! JSONValue(json: error.reply.json)
            return ["reply": reply, "raised": .string(name(of: error)), "text": .string(error.message)]
        } catch {
            return ["raised": .string("\(type(of: error))"), "text": .string("\(error)")]
        }
    }

    /// The client of a step, made anew where its process has ended.
    func client(_ step: JSONValue) async throws -> Client {
        let name = step.client.string ?? "main"
        if let made = locked({ $0.made[name] }) { return made.client }
        let (how, row, process) = (locked { $0.how[name] ?? [:] }, row.client, StoreOfProcess(store))
        let contract = try Contract(json: Data(await ask("/contract", ["patch": how.contract]).text.utf8))
        let client = try Client(
            .contract(contract), apiKey: how.apiKey.string.map { .value(fill($0)) } ?? .function(keys.give), account: how.account.string,
            baseURL: fill(how.base.string ?? "{base}"), store: .own(process),
            poll: row.poll.isNull ? nil : Poll(initial: seconds(row.poll.initial), factor: row.poll.factor.double, cap: seconds(row.poll.cap)),
            requestTimeout: seconds(row.requestTimeout), maxReadRetries: row.maxReadRetries.int,
            onEvent: { [events] in events.add("\($0.kind) \($0.data)") }, maxInFlight: row.gate.int, clock: clock)
        locked { $0.made[name] = (client, process) }
        return client
    }

    func kill(_ name: String) {
        locked { scenery in
            guard let made = scenery.made.removeValue(forKey: name) else { return }
            made.store.kill()
            scenery.dead.append(made.client)
        }
    }

    func describe(_ name: String, _ how: JSONValue) {
        locked { $0.how[name] = ($0.how[name] ?? [:]).merging(how) }
    }

    func remember(_ step: JSONValue, _ intentID: String?) {
        guard let intentID else { return }
        locked { $0.tasks[step.as.string ?? "it"] = intentID }
    }

    func intent(_ step: JSONValue) -> String {
        let name = step.task.string ?? "it"
        return name == "newest" ? store.newest : locked { $0.tasks[name] } ?? store.newest
    }
}

/// The first of several outcomes.
private final class First: @unchecked Sendable {
    private let lock = NSLock()
    private var continuation: CheckedContinuation<JSONValue, Never>?

    init(_ continuation: CheckedContinuation<JSONValue, Never>) {
        self.continuation = continuation
    }

    func take(_ outcome: JSONValue) {
        let waiting = lock.withLock {
            let waiting = continuation
            continuation = nil
            return waiting
        }
        waiting?.resume(returning: outcome)
    }
}

/// What the table calls an error.
private func name(of error: GentaskError) -> String {
    switch error {
    case .keyConflict: "KeyConflict"
    case .cancelled: "TaskCancelled"
    case .submitLeft: "SubmitLeft"
    default: error.code.rawValue.split(separator: "_").map(\.capitalized).joined()
    }
}
