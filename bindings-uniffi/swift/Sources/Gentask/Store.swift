// Where tasks are kept: a file, memory, or a store of your own.

import Foundation
internal import GentaskGenerated

/// Where a client keeps its tasks: a literal is a file's path.
public enum StorePlace: Sendable, ExpressibleByStringLiteral {
    /// In this SQLite file on a local disk, which is made where there is none.
    case file(String)
    /// In a file that is open already.
    case sqlite(SQLiteStore)
    /// In memory.
    case memory(MemoryStore)
    /// Where you keep them.
    case own(any Store)

    /// A file's path.
    public init(stringLiteral path: String) { self = .file(path) }

    var native: Place {
        switch self {
        case .file(let path): .file(path: path)
        case .sqlite(let store): .sqlite(store: store.native)
        case .memory(let store): .memory(store: store.native)
        case .own(let store): .own(store: StoreBridge(store))
        }
    }
}

/// Tasks in an SQLite file on a local disk. Any number of clients, threads and processes, in any language, may have the same file open.
public final class SQLiteStore: Sendable {
    let native: GentaskGenerated.SqliteStore

    /// Opens the file, and makes it where there is none, readable by its owner only. Without a path: `GENTASK_STORE`, else `gentask/tasks.db`
    /// in the platform's state directory.
    /// - Throws: ``GentaskError/storeError(_:)``.
    public init(_ path: String? = nil) throws {
        native = try calling { try .open(path: path) }
    }

    /// The file, as an absolute path.
    public var path: String { native.path() }
}

/// Tasks in memory: forgotten with the process, and so only for tests and for tasks that may be lost.
public final class MemoryStore: Sendable {
    let native = GentaskGenerated.MemoryStore()

    /// An empty one.
    public init() {}
}

/// A task store of your own, such as a table in your database.
///
/// It keeps texts and bytes: the `json` of each record under its `intentID`, and the blobs beside it. What makes gentask's promises hold is
/// ``save(_:)``: it must be atomic, it must compare `expectedVersion` with what is stored, and with `fence` it must return only when the record
/// would survive a loss of power. Every method is atomic, also against other processes with the same store.
///
/// Where a method throws a ``StoreFault``, its words are shown and its kind says whether a save is tried again; of any other error only the type
/// is shown, because its text may hold what a log must not. Either way the caller is told ``GentaskError/storeError(_:)``.
///
/// The first seven methods are needed. `delete` is for `Client.prune`, `appendEvents` is told what happens to tasks; the last four, with
/// `keepsCallbacks`, keep callbacks and notices: with any other store a submit with a `callbackURL` is refused before anything is sent.
public protocol Store: Sendable {
    /// The text of the record of an intent; `nil` where there is none.
    func load(_ intentID: String) async throws -> String?
    /// The texts of all records that match, oldest first. Leave none out.
    func find(_ by: Lookup) async throws -> [String]
    /// Stores everything of a change, or nothing of it.
    ///
    /// Return `false`, and store nothing, unless the stored version is `expectedVersion` (0: nothing is stored yet), or where another record
    /// has the same provider, account, owner and key, or where its `delivery` is stored already as anything but an orphan.
    func save(_ change: Change) async throws -> Bool
    /// The texts of the records that match, by creation time and then intent id, or the newest first. ``StoreFilter/apply(to:)`` does all of it.
    func list(_ filter: StoreFilter) async throws -> [String]
    /// The bytes stored under this name beside a record.
    func blob(_ intentID: String, _ name: String) async throws -> Data?
    /// A value that belongs to no single task.
    func meta(_ name: String) async throws -> String?
    /// Sets such a value and returns the one that stands afterwards. With `onlyIfAbsent` one that is there stays.
    func setMeta(_ name: String, _ value: String, onlyIfAbsent: Bool) async throws -> String

    /// Moves a number among these values upwards, never down, in one step, and returns the one that stands afterwards. What is not there counts as 0.
    ///
    /// The default reads and then sets: good enough for a store of one process.
    func raiseMeta(_ name: String, to value: UInt64) async throws -> UInt64
    /// Notes what happened to a task: the texts of events. The default forgets them.
    func appendEvents(_ intentID: String, _ events: [String]) async throws
    /// Deletes these records with all that belongs to them, where they have ended, and says how many there were. The default refuses.
    func delete(_ intentIDs: [String]) async throws -> Int

    /// Whether callbacks and notices are kept: whether the methods below do something. The default is no.
    var keepsCallbacks: Bool { get }
    /// Stores a callback where none of its provider, account and `dedupe` is stored, and says whether that was so.
    func remember(_ delivery: Delivery) async throws -> Bool
    /// The texts of the callbacks that match, the newest first. ``DeliveryFilter/apply(to:)`` does all of it.
    func deliveries(_ filter: DeliveryFilter) async throws -> [String]
    /// The texts of the records whose notice is open and that match, the oldest notice first, at most `filter.limit`.
    func notices(_ filter: NoticeFilter) async throws -> [String]
    /// Closes an intent's notice, at a time in Unix milliseconds, and says whether it was open. Keep it: it is not stored again.
    func acknowledge(_ intentID: String, atMs: UInt64) async throws -> Bool
}

extension Store {
    /// Reads, and then sets where that moves it upwards.
    public func raiseMeta(_ name: String, to value: UInt64) async throws -> UInt64 {
        let stands = try await meta(name).flatMap(UInt64.init) ?? 0
        guard value > stands else { return stands }
        return try await UInt64(setMeta(name, String(value), onlyIfAbsent: false)) ?? value
    }

    /// Forgets them.
    public func appendEvents(_ intentID: String, _ events: [String]) async throws {}

    /// Refuses.
    public func delete(_ intentIDs: [String]) async throws -> Int {
        throw StoreFault(.misuse, "this task store deletes nothing")
    }

    /// No.
    public var keepsCallbacks: Bool { false }

    /// Refuses.
    public func remember(_ delivery: Delivery) async throws -> Bool { throw StoreFault.keepsNone }

    /// Refuses.
    public func deliveries(_ filter: DeliveryFilter) async throws -> [String] { throw StoreFault.keepsNone }

    /// Refuses.
    public func notices(_ filter: NoticeFilter) async throws -> [String] { throw StoreFault.keepsNone }

    /// Refuses.
    public func acknowledge(_ intentID: String, atMs: UInt64) async throws -> Bool { throw StoreFault.keepsNone }
}

/// A store that refused to read or write: thrown by a ``Store`` of your own.
public struct StoreFault: Error, Sendable, Hashable {
    /// What kind of refusal it is. After `locked`, `full` and `io` a save is tried again.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Somebody else is writing.
        case locked
        /// It cannot be written.
        case readOnly
        /// What is stored cannot be read.
        case corrupt
        /// A newer version of gentask wrote it.
        case newer
        /// There is no space.
        case full
        /// It is no store of gentask's.
        case foreign
        /// Anything else that may pass.
        case io
        /// It cannot do what was asked.
        case misuse
    }

    /// What kind of refusal it is.
    public let kind: Kind
    /// What happened, in lower case and without a full stop. It is shown: no secrets, no URL.
    public let reason: String

    /// A refusal.
    public init(_ kind: Kind, _ reason: String) {
        (self.kind, self.reason) = (kind, reason)
    }

    static let keepsNone = StoreFault(.misuse, "this task store keeps no callbacks")

    var native: GentaskGenerated.StoreFault {
        let kind: StoreErrorKind =
            switch kind {
            case .locked: .locked
            case .readOnly: .readOnly
            case .corrupt: .corrupt
            case .newer: .newer
            case .full: .full
            case .foreign: .foreign
            case .io: .io
            case .misuse: .misuse
            }
        return .Refused(kind: kind, reason: reason)
    }
}
