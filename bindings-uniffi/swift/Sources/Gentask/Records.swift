// Stored tasks, what happens to them, and listings of them.

import Foundation
internal import GentaskGenerated

/// What is stored of one task: `json` is the record itself, the rest what is read most out of it.
public struct TaskRecord: Sendable, Identifiable {
    /// Compare-and-set counter: 1 at the first save, one more at each.
    public let version: UInt64
    /// The task's name in the store.
    public let intentID: String
    /// The caller's own key.
    public let key: String?
    /// Whose task it is, in the application's words.
    public let owner: String?
    /// The contract's id.
    public let provider: String
    /// The account's label.
    public let account: String
    /// The base URL that it was made with.
    public let baseURL: String
    /// The model.
    public let model: String
    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    public let kind: String
    /// Where it is.
    public let phase: Phase
    /// The status that a reply would have.
    public let status: Status
    /// Whether it has ended.
    public let isTerminal: Bool
    /// The provider's id of the task.
    public let taskID: String?
    /// A second id that contradicts `taskID`: another task, perhaps paid for too.
    public let conflictingTaskID: String?
    /// The intent that took over this one's key, after a refusal that cost nothing.
    public let successor: String?
    /// The provider's own word for its state, as last seen.
    public let providerState: String?
    /// Whether some attempt may have been accepted without a task id coming back.
    public let maybeSent: Bool
    /// When its next step is due, in Unix milliseconds: what a store may index.
    public let dueAtMs: UInt64?
    /// When it was made, in Unix milliseconds: what listings are ordered by.
    public let createdAtMs: UInt64
    /// When it was last asked about, in Unix milliseconds.
    public let checkedAtMs: UInt64?
    /// When it ended, in Unix milliseconds.
    public let finishedAtMs: UInt64?
    /// When its record was written last, in Unix milliseconds.
    public let updatedAtMs: UInt64
    /// The record as canonical JSON: what a store keeps. It may hold a prompt and URLs: it is for no log.
    public let json: String

    /// When its next step is due.
    public var dueAt: Date? { dueAtMs.map(Date.init(unixMs:)) }
    /// When it was made.
    public var createdAt: Date { Date(unixMs: createdAtMs) }
    /// When it was last asked about.
    public var checkedAt: Date? { checkedAtMs.map(Date.init(unixMs:)) }
    /// When it ended.
    public var finishedAt: Date? { finishedAtMs.map(Date.init(unixMs:)) }
    /// When its record was written last.
    public var updatedAt: Date { Date(unixMs: updatedAtMs) }

    /// The intent's id.
    public var id: String { intentID }

    /// Reads a stored record, whatever version of gentask wrote it.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with everything that is wrong with it.
    public init(json: String) throws {
        self.init(try calling { try recordFromJson(json: json) })
    }

    /// How the task is, by its record alone. `raw` is the bytes of its `raw` blob, where they are at hand.
    public func reply(raw: Data? = nil) throws -> Reply {
        Reply(try calling { try replyOfRecord(json: json, raw: raw) })
    }

    init(_ native: GentaskGenerated.TaskRecord) {
        (version, intentID, key, owner) = (native.version, native.intentId, native.key, native.owner)
        (provider, account, baseURL) = (native.provider, native.account, native.baseUrl)
        (model, kind, phase, status) = (native.model, native.kind, Phase(native.phase), Status(native.status))
        (isTerminal, taskID, conflictingTaskID) = (native.isTerminal, native.taskId, native.conflictingTaskId)
        (successor, providerState, maybeSent) = (native.successor, native.providerState, native.maybeSent)
        (dueAtMs, createdAtMs, checkedAtMs) = (native.dueAtMs, native.createdAtMs, native.checkedAtMs)
        (finishedAtMs, updatedAtMs, json) = (native.finishedAtMs, native.updatedAtMs, native.json)
    }
}

extension TaskRecord: Hashable {
    /// Whether both are the same record, in the same version.
    public static func == (one: TaskRecord, other: TaskRecord) -> Bool { one.json == other.json }

    /// By the JSON text.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

extension TaskRecord: Codable {
    /// Reads a record.
    public init(from decoder: any Decoder) throws {
        try self.init(json: JSONValue(from: decoder).text)
    }

    /// Writes the record.
    public func encode(to encoder: any Encoder) throws {
        try known(json).encode(to: encoder)
    }
}

extension TaskRecord: Concealed {
    /// The ids, the model and the phase.
    public var description: String {
        "TaskRecord(\(provider)/\(account), \(model), \(phase.rawValue), intentID: \(intentID), taskID: \(taskID ?? "nil"), version: \(version))"
    }
}

/// Something that happened to a task. It may be logged: it holds no prompt, no key and no URL.
public struct TaskEvent: Sendable, Hashable {
    /// A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held`, `stale`, `callback`, `callbacksMissing`.
    public let kind: String
    /// When, in Unix milliseconds.
    public let atMs: UInt64
    /// The task, as it was stored then.
    public let record: TaskRecord
    /// The whole event as canonical JSON.
    public let json: String

    private let details: String

    /// When.
    public var at: Date { Date(unixMs: atMs) }

    /// The details.
    public var data: JSONValue { known(details) }

    init(_ native: GentaskGenerated.TaskEvent, _ record: GentaskGenerated.TaskRecord) {
        (kind, atMs, details, json) = (native.kind, native.atMs, native.data, native.json)
        self.record = TaskRecord(record)
    }
}

/// A place in a listing: the `next` of a page, which the following one is asked for with.
public struct Cursor: Sendable, Hashable, Codable {
    /// The creation time of the last record before this place, in Unix milliseconds.
    public let createdMs: UInt64
    /// Its intent id.
    public let intentID: String

    /// A place that was kept elsewhere, such as in a link to the next page.
    public init(createdMs: UInt64, intentID: String) {
        (self.createdMs, self.intentID) = (createdMs, intentID)
    }

    init(_ native: GentaskGenerated.Cursor) {
        (createdMs, intentID) = (native.createdMs, native.intentId)
    }

    var native: GentaskGenerated.Cursor { .init(createdMs: createdMs, intentId: intentID) }
}

/// A record that is stored but cannot be read: a person has to look at it.
public struct Damaged: Sendable, Hashable {
    /// The intent id under which it is stored.
    public let intentID: String
    /// Why it cannot be read.
    public let reason: String
}

/// One page of records. It is a collection of those that can be read.
public struct TaskPage: Sendable, Hashable, RandomAccessCollection {
    /// Those that can be read, oldest first.
    public let records: [TaskRecord]
    /// Those that cannot.
    public let damaged: [Damaged]
    /// Where the following page begins; `nil` on the last one.
    public let next: Cursor?

    /// The first place.
    public var startIndex: Int { records.startIndex }
    /// The place after the last record.
    public var endIndex: Int { records.endIndex }

    /// The record at this place.
    public subscript(position: Int) -> TaskRecord { records[position] }

    init(_ native: GentaskGenerated.TaskPage) {
        records = native.records.map(TaskRecord.init)
        damaged = native.damaged.map { Damaged(intentID: $0.intentId, reason: $0.reason) }
        next = native.next.map(Cursor.init)
    }
}

/// What became of one task that was resumed.
public struct Resumed: Sendable, Hashable {
    /// The task's name in the store.
    public let intentID: String
    /// How it ended, or why it did not.
    public let reply: Reply
}
