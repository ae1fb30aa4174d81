// What a store of one's own is asked.

import Foundation
internal import GentaskGenerated

/// What is stored in one transaction.
public struct Change: Sendable, Hashable {
    /// The record: its `json` is what is kept.
    public let record: TaskRecord
    /// The blobs that change beside it, by name (`request` or `raw`); `nil` deletes one.
    public let blobs: [String: Data?]
    /// The version that must be stored now; 0: nothing is stored yet.
    public let expectedVersion: UInt64
    /// Whether it must survive a loss of power before the method returns.
    public let fence: Bool
    /// The callback that brought the change.
    public let delivery: Delivery?
    /// Whether the task has ended: then store a notice of that for its intent, unless there is one, open or acknowledged.
    public let notice: Bool

    init(_ native: GentaskGenerated.Change) {
        record = TaskRecord(native.record)
        blobs = Dictionary(native.blobs.map { ($0.name, $0.bytes) }, uniquingKeysWith: { _, later in later })
        (expectedVersion, fence, notice) = (native.expectedVersion, native.fence, native.notice)
        delivery = native.delivery.map(Delivery.init)
    }
}

/// Which records are looked for.
public enum Lookup: Sendable, Hashable {
    /// Tasks with this id at the provider, under any account.
    case taskID(provider: String, taskID: String)
    /// The task with this key of the caller's: one at most. Without an owner only tasks without one match.
    case callerKey(provider: String, account: String, owner: String?, key: String)

    init(_ native: GentaskGenerated.Lookup) {
        self =
            switch native {
            case .taskId(let provider, let taskID): .taskID(provider: provider, taskID: taskID)
            case .callerKey(let provider, let account, let owner, let key):
                .callerKey(provider: provider, account: account, owner: owner, key: key)
            }
    }

    /// Whether a record matches.
    public func matches(_ record: TaskRecord) -> Bool {
        switch self {
        case .taskID(let provider, let taskID): record.provider == provider && record.taskID == taskID
        case .callerKey(let provider, let account, let owner, let key):
            record.provider == provider && record.account == account && record.owner == owner && record.key == key
        }
    }
}

/// Which records a listing contains. What is `nil` does not restrict it.
public struct StoreFilter: Sendable, Hashable {
    /// The contract's id.
    public let provider: String?
    /// The account's label.
    public let account: String?
    /// The owner, in the application's words.
    public let owner: String?
    /// Any of these phases.
    public let phases: [Phase]?
    /// Where phases are named: also tasks of any other phase that a second task id contradicts.
    public let orConflicting: Bool
    /// Only tasks that have not ended.
    public let unfinished: Bool
    /// Only tasks whose next step was set for a time before this one, in Unix milliseconds.
    public let dueBeforeMs: UInt64?
    /// Only tasks created at this time or later, in Unix milliseconds.
    public let createdFromMs: UInt64?
    /// Only tasks created before this time, in Unix milliseconds.
    public let createdBeforeMs: UInt64?
    /// Whether the newest come first; `after` is a place in that order then.
    public let newestFirst: Bool
    /// At most this many.
    public let limit: Int?
    /// Only what comes after this place.
    public let after: Cursor?

    init(_ native: GentaskGenerated.StoreFilter) {
        (provider, account, owner, phases) = (native.provider, native.account, native.owner, native.phases?.map(Phase.init))
        (orConflicting, unfinished) = (native.orConflicting, native.unfinished)
        (dueBeforeMs, createdFromMs, createdBeforeMs) = (native.dueBeforeMs, native.createdFromMs, native.createdBeforeMs)
        newestFirst = native.newestFirst
        (limit, after) = (native.limit.map(Int.init(clamping:)), native.after.map(Cursor.init))
    }

    /// Those of these records' texts that match, in order, and no more than asked for: all that a small store's `list` has to do.
    public func apply(to records: [String]) throws -> [String] {
        let filter = GentaskGenerated.StoreFilter(
            provider: provider, account: account, owner: owner, phases: phases?.map(\.native), orConflicting: orConflicting,
            unfinished: unfinished, dueBeforeMs: dueBeforeMs, createdFromMs: createdFromMs, createdBeforeMs: createdBeforeMs,
            newestFirst: newestFirst, limit: limit.map(UInt64.init(clamping:)), after: after?.native)
        return try calling { try filterRecords(filter: filter, records: records) }
    }
}

/// Which stored callbacks are looked for. What is `nil` does not restrict it.
public struct DeliveryFilter: Sendable, Hashable {
    /// The contract's id.
    public let provider: String?
    /// The account's label.
    public let account: String?
    /// One callback.
    public let dedupe: String?
    /// Those about this intent.
    public let intentID: String?
    /// Those that name this task of the provider's.
    public let taskID: String?
    /// Those that ended so.
    public let outcome: DeliveryOutcome?
    /// Only what is kept beyond this time, in Unix milliseconds.
    public let keptAtMs: UInt64?
    /// At most this many, the newest first.
    public let limit: Int?

    init(_ native: GentaskGenerated.DeliveryFilter) {
        (provider, account, dedupe) = (native.provider, native.account, native.dedupe)
        (intentID, taskID, outcome) = (native.intentId, native.taskId, native.outcome.map(DeliveryOutcome.init))
        (keptAtMs, limit) = (native.keptAtMs, native.limit.map(Int.init(clamping:)))
    }

    /// Those of these callbacks' texts that match, in order, and no more than asked for.
    public func apply(to deliveries: [String]) throws -> [String] {
        let filter = GentaskGenerated.DeliveryFilter(
            provider: provider, account: account, dedupe: dedupe, intentId: intentID, taskId: taskID, outcome: outcome?.native,
            keptAtMs: keptAtMs, limit: limit.map(UInt64.init(clamping:)))
        return try calling { try filterDeliveries(filter: filter, deliveries: deliveries) }
    }
}

/// Which notices are looked for: of ended tasks whose end nobody has acknowledged.
public struct NoticeFilter: Sendable, Hashable {
    /// The contract's id.
    public let provider: String?
    /// The account's label.
    public let account: String?
    /// At most this many, the oldest first.
    public let limit: Int?

    init(_ native: GentaskGenerated.NoticeFilter) {
        (provider, account, limit) = (native.provider, native.account, native.limit.map(Int.init(clamping:)))
    }
}
