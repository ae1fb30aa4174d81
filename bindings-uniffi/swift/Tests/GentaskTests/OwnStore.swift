// A store of one's own, as a program would write it: an actor over dictionaries.

import Foundation
import Gentask

/// Keeps everything, callbacks too; forgets it with the process.
actor OwnStore: Store {
    private(set) var records: [String: String] = [:]
    private var blobs: [String: [String: Data]] = [:]
    private var values: [String: String] = [:]
    private var kept: [Delivery] = []
    private var open: [String] = []
    private var acknowledged: Set<String> = []
    nonisolated let keepsCallbacks: Bool

    init(keepsCallbacks: Bool = true) {
        self.keepsCallbacks = keepsCallbacks
    }

    func load(_ intentID: String) -> String? { records[intentID] }

    func find(_ by: Lookup) throws -> [String] {
        try all().filter { by.matches($0) }.map(\.json)
    }

    private func all() throws -> [TaskRecord] {
        try records.values.map { try TaskRecord(json: $0) }.sorted { ($0.createdAtMs, $0.intentID) < ($1.createdAtMs, $1.intentID) }
    }

    func save(_ change: Change) throws -> Bool {
        let record = change.record
        let stored = try records[record.intentID].map { try TaskRecord(json: $0) }
        guard stored?.version ?? 0 == change.expectedVersion else { return false }
        let taken = try all().contains {
            $0.key != nil && $0.intentID != record.intentID
                && ($0.provider, $0.account, $0.owner, $0.key) == (record.provider, record.account, record.owner, record.key)
        }
        if taken { return false }
        if let delivery = change.delivery {
            guard kept.allSatisfy({ !same($0, delivery) || $0.outcome == .orphan }) else { return false }
            kept.removeAll { same($0, delivery) }
            kept.append(delivery)
        }
        if change.notice, !open.contains(record.intentID), !acknowledged.contains(record.intentID) { open.append(record.intentID) }
        for (name, bytes) in change.blobs { blobs[record.intentID, default: [:]][name] = bytes }
        records[record.intentID] = record.json
        return true
    }

    func list(_ filter: StoreFilter) throws -> [String] { try filter.apply(to: Array(records.values)) }

    func blob(_ intentID: String, _ name: String) -> Data? { blobs[intentID]?[name] }

    func meta(_ name: String) -> String? { values[name] }

    func setMeta(_ name: String, _ value: String, onlyIfAbsent: Bool) -> String {
        let stands = onlyIfAbsent ? values[name] ?? value : value
        values[name] = stands
        return stands
    }

    func delete(_ intentIDs: [String]) -> Int {
        intentIDs.filter { records.removeValue(forKey: $0) != nil }.count
    }

    private func same(_ one: Delivery, _ other: Delivery) -> Bool {
        (one.provider, one.account, one.dedupe) == (other.provider, other.account, other.dedupe)
    }

    func remember(_ delivery: Delivery) -> Bool {
        guard !kept.contains(where: { same($0, delivery) }) else { return false }
        kept.append(delivery)
        return true
    }

    func deliveries(_ filter: DeliveryFilter) throws -> [String] { try filter.apply(to: kept.map(\.json)) }

    func notices(_ filter: NoticeFilter) throws -> [String] {
        let records = try open.compactMap { self.records[$0] }.map { try TaskRecord(json: $0) }
        let matching = records.filter { [nil, $0.provider].contains(filter.provider) && [nil, $0.account].contains(filter.account) }
        return matching.prefix(filter.limit ?? .max).map(\.json)
    }

    func acknowledge(_ intentID: String, atMs: UInt64) -> Bool {
        acknowledged.insert(intentID)
        guard let place = open.firstIndex(of: intentID) else { return false }
        open.remove(at: place)
        return true
    }
}

/// Another store that throws where it is told to.
struct FailingStore: Store {
    struct Broken: Error {
        let secret = "postgres://user:password@db"
    }

    let inner = OwnStore()
    let fails: @Sendable (String) -> (any Error)?

    private func ask<Value>(_ method: String, _ work: () async throws -> Value) async throws -> Value {
        if let error = fails(method) { throw error }
        return try await work()
    }

    func load(_ intentID: String) async throws -> String? { try await ask("load") { await inner.load(intentID) } }
    func find(_ by: Lookup) async throws -> [String] { try await ask("find") { try await inner.find(by) } }
    func save(_ change: Change) async throws -> Bool { try await ask("save") { try await inner.save(change) } }
    func list(_ filter: StoreFilter) async throws -> [String] { try await ask("list") { try await inner.list(filter) } }
    func blob(_ intentID: String, _ name: String) async throws -> Data? { try await ask("blob") { await inner.blob(intentID, name) } }
    func meta(_ name: String) async throws -> String? { try await ask("meta") { await inner.meta(name) } }
    func setMeta(_ name: String, _ value: String, onlyIfAbsent: Bool) async throws -> String {
        try await ask("setMeta") { await inner.setMeta(name, value, onlyIfAbsent: onlyIfAbsent) }
    }
}
