// The store of a row of the adversary's table: it forgets, lies and fails where the row says so. All processes of a row share it.

import Foundation
import Gentask

struct Refused: Error {
    let text: String
}

final class ScriptedStore: @unchecked Sendable {
    private let lock = NSLock()
    private var records: [String: String] = [:]
    private var blobs: [String: [String: Data]] = [:]
    private var values: [String: String] = [:]
    private var faults: [JSONValue] = []
    private var texts: [String] = []

    var written: [String] { lock.withLock { texts } }

    func plan(_ given: [JSONValue]) {
        lock.withLock { faults = given.map { (["on": "save", "nth": 1, "times": 1] as JSONValue).merging($0) } }
    }

    func fault(_ on: String, _ phase: String? = nil) -> String? {
        lock.withLock {
            for (index, fault) in faults.enumerated()
            where fault.on.string == on && fault.times.int! > 0 && (fault.phase.isNull || fault.phase.string == phase) {
                faults[index]["nth"] = JSONValue(fault.nth.int! - 1)
                if fault.nth.int! > 1 { return nil }
                faults[index]["times"] = JSONValue(fault.times.int! - 1)
                return fault.fault.string
            }
            return nil
        }
    }

    func write(_ text: String) {
        lock.withLock { texts.append(text) }
    }

    /// Changes a record behind everybody's back. A member that is taken away is null in a record.
    func edit(_ intentID: String, _ patch: JSONValue) {
        lock.withLock {
            var record = merged(try! JSONValue(json: records[intentID]!), patch)
            for (name, value) in patch.object! where value.isNull { record[name] = .null }
            records[intentID] = record.text
        }
    }

    var newest: String {
        lock.withLock {
            records.max { try! JSONValue(json: $0.value).at.created.int! < JSONValue(json: $1.value).at.created.int! }?.key ?? ""
        }
    }

    var all: [JSONValue] {
        lock.withLock {
            records.values.map { text in
                var record = try! JSONValue(json: text)
                if (try? TaskRecord(json: text)) == nil { record["damaged"] = true }
                return record
            }
        }
    }

    func read<Value>(_ work: ([String: String]) throws -> Value) rethrows -> Value {
        try lock.withLock { try work(records) }
    }

    func save(_ change: Change) throws -> Bool {
        try lock.withLock {
            let record = change.record
            let stored = try records[record.intentID].map { try TaskRecord(json: $0).version } ?? 0
            let isTaken = records.values.contains { text in
                guard record.key != nil, let other = try? TaskRecord(json: text), other.intentID != record.intentID else { return false }
                return (other.provider, other.account, other.owner, other.key) == (record.provider, record.account, record.owner, record.key)
            }
            guard stored == change.expectedVersion, !isTaken else { return false }
            records[record.intentID] = record.json
            for (name, bytes) in change.blobs { blobs[record.intentID, default: [:]][name] = bytes }
            return true
        }
    }

    func blob(_ intentID: String, _ name: String) -> Data? { lock.withLock { blobs[intentID]?[name] } }

    func value(_ name: String, set: ((String?) -> String?)? = nil) -> String? {
        lock.withLock {
            if let set { values[name] = set(values[name]) }
            return values[name]
        }
    }

    func delete(_ intentIDs: [String]) -> Int {
        lock.withLock { intentIDs.filter { records.removeValue(forKey: $0) != nil }.count }
    }
}

/// RFC 7396.
private func merged(_ target: JSONValue, _ patch: JSONValue) -> JSONValue {
    guard let members = patch.object else { return patch }
    var merged = target.object ?? [:]
    for (name, value) in members {
        if value.isNull {
            merged.removeValue(forKey: name)
        } else {
            merged[name] = mergedMember(merged[name] ?? .null, value)
        }
    }
    return .object(merged)
}

/// The same, where a variable has its name.
private func mergedMember(_ target: JSONValue, _ patch: JSONValue) -> JSONValue { merged(target, patch) }

/// What one process sees of the store, until it is killed.
final class StoreOfProcess: Store, @unchecked Sendable {
    private let store: ScriptedStore
    private let lock = NSLock()
    private var isAlive = true

    init(_ store: ScriptedStore) {
        self.store = store
    }

    func kill() {
        lock.withLock { isAlive = false }
    }

    private func fault(_ on: String, _ phase: String? = nil) throws -> String? {
        // What a dead process wanted to do never happens, and it learns nothing any more.
        guard lock.withLock({ isAlive }) else { throw Refused(text: "this process was killed") }
        let fault = store.fault(on, phase)
        if let fault, ["locked", "full", "io", "fail"].contains(fault) { throw Refused(text: "the store refused to \(on), as the row says") }
        return fault
    }

    func load(_ intentID: String) throws -> String? {
        let fault = try fault("load")
        if fault == "loseAnswer" { throw Refused(text: "the connection to the store broke") }
        return fault == "gone" ? nil : store.read { $0[intentID] }
    }

    func find(_ by: Lookup) throws -> [String] {
        if try fault("find") != nil { return [] }
        return try store.read { records in
            try records.values.map { try TaskRecord(json: $0) }.filter(by.matches).sorted { $0.createdAtMs < $1.createdAtMs }.map(\.json)
        }
    }

    func save(_ change: Change) throws -> Bool {
        let fault = try fault("save", change.record.phase.rawValue)
        if fault == "conflict" { return false }
        store.write(change.record.json)
        for case let bytes? in change.blobs.values { store.write(String(decoding: bytes, as: UTF8.self)) }
        let saved = try store.save(change)
        if fault == "loseAnswer" { throw Refused(text: "the connection to the store broke") }
        return saved
    }

    func list(_ filter: StoreFilter) throws -> [String] {
        _ = try fault("list")
        return try store.read { try filter.apply(to: Array($0.values)) }
    }

    func blob(_ intentID: String, _ name: String) throws -> Data? {
        try fault("blob") == nil ? store.blob(intentID, name) : nil
    }

    func meta(_ name: String) throws -> String? {
        _ = try fault("meta")
        store.write(name)
        return store.value(name)
    }

    func setMeta(_ name: String, _ value: String, onlyIfAbsent: Bool) throws -> String {
        _ = try fault("setMeta")
        store.write("\(name) \(value)")
        return store.value(name) { stands in onlyIfAbsent ? stands ?? value : value }!
    }

    func raiseMeta(_ name: String, to value: UInt64) throws -> UInt64 {
        _ = try fault("setMeta")
        return UInt64(store.value(name) { stands in String(max(value, stands.flatMap(UInt64.init) ?? 0)) }!)!
    }

    func delete(_ intentIDs: [String]) -> Int { store.delete(intentIDs) }
}
