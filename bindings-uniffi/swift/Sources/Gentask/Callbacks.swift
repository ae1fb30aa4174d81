// Callbacks: what is answered to one, what becomes of it, and what an application hears of tasks that have ended.

import Foundation
internal import GentaskGenerated

/// What became of a callback.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its signed body said how the task is, and that is stored.
    case applied
    /// It proved that there is news; a status call says which.
    case poke
    /// It was taken before.
    case duplicate
    /// It is proven, and no task is known by it yet; it is kept for a day.
    case orphan
    /// It contradicts what is stored; a status call says which is true.
    case conflict
    /// It is proven, and its task is not stored here, or not any more.
    case unknown
    /// It proves nothing, or is none.
    case refused
    /// It could not be stored, or the keys to verify it could not be fetched; the provider is to send it again.
    case unavailable
}

/// What is answered to a callback, and what it brought. Status, headers and body say nothing about any task.
public struct Receipt: Sendable {
    /// The HTTP status of the answer: what the contract calls an acknowledgement, or 400, 401, 405, 413 or 503.
    public let httpStatus: Int
    /// The headers of the answer.
    public let headers: [HTTPHeader]
    /// The body of the answer: plain text.
    public let body: String
    /// What became of the callback.
    public let outcome: Outcome
    /// The intent that it is about, where that is one of this client's.
    public let intentID: String?
    /// The task, where it is stored here.
    public let task: TaskHandle?
    /// Which of the `callbackSecrets` proved it, counted from 0: once the old one proves nothing any more, it can go.
    public let tokenSecret: Int?
    /// Which of the `callbackSigning` secrets did.
    public let signingSecret: Int?
    /// Why it could not be taken, for a log.
    public let reason: String?
    /// Which of a receiver's clients it is of, from 0.
    public let client: Int

    init(_ native: GentaskGenerated.Receipt) {
        (httpStatus, body, reason) = (Int(native.httpStatus), native.body, native.reason)
        headers = [HTTPHeader("content-type", "text/plain; charset=utf-8")]
        (outcome, intentID, task) = (Outcome(native.outcome), native.intentId, native.task.map(TaskHandle.init))
        (tokenSecret, signingSecret) = (native.tokenSecret.map(Int.init), native.signingSecret.map(Int.init))
        client = Int(native.client)
    }
}

/// A task has ended, and nobody has said yet that what follows from it is done.
///
/// It is handed out at least once, and to more than one process where several ask at the same moment: what you do with it must bear to be done
/// again.
public struct Notice: Sendable, Identifiable {
    /// The task's record.
    public let record: TaskRecord
    /// How it ended, with its files.
    public let reply: Reply
    /// The task.
    public let task: TaskHandle

    /// The notice's name, and its task's: what `Client.acknowledge(_:)` takes.
    public var intentID: String { record.intentID }
    /// The same.
    public var id: String { intentID }
    /// Whose task it is: see that nobody else is given the result.
    public var owner: String? { record.owner }

    init(_ native: GentaskGenerated.Notice) {
        record = TaskRecord(native.record)
        reply = Reply(native.reply)
        task = TaskHandle(native.task)
    }
}

/// Several clients behind one URL: of other providers, or other accounts. A callback goes to the first that knows it.
public final class Receiver: Sendable {
    private let native: GentaskGenerated.Receiver

    /// Asks these clients, in this order; there must be one.
    /// - Throws: ``GentaskError/unsupported(_:)`` where there is none.
    public init(_ clients: [Client]) throws {
        native = try calling { try .init(clients: clients.map(\.native)) }
    }

    /// Takes a callback as HTTP brought it; see `Client.receive(method:url:headers:body:)`.
    public func receive(method: String, url: String, headers: [HTTPHeader], body: Data) async throws -> Receipt {
        let arrival = Arrival(method: method, url: url, headers: headers.map(\.native), body: body)
        return Receipt(try await waiting { try await native.receive(token: $0, arrival: arrival) })
    }
}

/// The most bytes of a callback's body that are read: 1 MiB. Whoever stops reading after that passes one byte more, and the receipt refuses it.
public let mostBodyBytes = Int(clamping: GentaskGenerated.mostBodyBytes())

extension Client {
    /// Takes a callback as HTTP brought it, and returns what to answer: `httpStatus`, `headers` and `body`, and nothing else.
    ///
    /// The callback is stored, with what it changes, before this returns, and whoever waits for its task in this client is woken at once; a status call
    /// that it asks for follows by itself. What is wrong with a callback is never thrown: the receipt refuses it.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - url: as it was asked, absolute or its path with its query.
    ///   - headers: one that came twice stands here twice.
    ///   - body: the raw bytes, which a signature covers; at most ``mostBodyBytes`` and one.
    /// - Throws: ``GentaskError/unsupported(_:)`` where the client is closed. Where the Swift task is cancelled, `CancellationError`; the callback is taken
    ///   all the same.
    public func receive(method: String, url: String, headers: [HTTPHeader], body: Data) async throws -> Receipt {
        let arrival = Arrival(method: method, url: url, headers: headers.map(\.native), body: body)
        return Receipt(try await waiting { try await native.receive(token: $0, arrival: arrival) })
    }

    /// The ended tasks of this provider and account whose end nobody has acknowledged, the oldest end first; at most `limit`, by default 100.
    ///
    /// The tasks were ended by a callback, a wait, a check or a `resume`, in whatever process.
    public func notices(limit: Int? = nil) async throws -> [Notice] {
        let most = try count(limit, "limit")
        let found = try await waiting { try await native.notices(token: $0, limit: most) }
        return found.map(Notice.init)
    }

    /// Says that what follows from a task's end is done: its notice is handed out no more. Returns whether nobody had said so before.
    @discardableResult
    public func acknowledge(_ intentID: String) async throws -> Bool {
        try await waiting { try await native.acknowledge(token: $0, intentId: intentID) }
    }

    /// Hands each open notice to a function, and acknowledges those that it returns from. Returns how many these were.
    ///
    /// An error leaves its notice open, to be handed out at the next call, and the others go on; then the first one is thrown. Where the Swift task is
    /// cancelled, this ends with the notice that it is about.
    @discardableResult
    public func settleNotices(_ handler: (Notice) async throws -> Void) async throws -> Int {
        var (done, left, first) = (0, Set<String>(), (any Error)?.none)
        while true {
            // As many more as are left open, so that these do not keep others back.
            let new = try await notices(limit: 100 + left.count).filter { !left.contains($0.intentID) }
            guard !new.isEmpty else { break }
            for notice in new {
                do {
                    try await handler(notice)
                } catch {
                    try Task.checkCancellation()
                    left.insert(notice.intentID)
                    first = first ?? error
                    continue
                }
                // Whoever is cancelled now has done what follows: it is noted all the same.
                _ = try await Task { try await acknowledge(notice.intentID) }.value
                done += 1
                try Task.checkCancellation()
            }
        }
        if let first { throw first }
        return done
    }

    /// The stored callbacks of this provider and account, the newest first: for a person who looks into what came.
    ///
    /// They are kept for seven days, and for one where no task is known.
    public func deliveries(
        intentID: String? = nil, taskID: String? = nil, outcome: DeliveryOutcome? = nil, limit: Int? = nil
    ) async throws -> [Delivery] {
        let filter = GentaskGenerated.DeliveryFilter(
            provider: nil, account: nil, dedupe: nil, intentId: intentID, taskId: taskID, outcome: outcome?.native, keptAtMs: nil,
            limit: try count(limit, "limit"))
        return try await waiting { try await native.deliveries(token: $0, filter: filter) }.map(Delivery.init)
    }

    /// Takes a stored callback once more, as if it came now. `dedupe` is the ``Delivery``'s.
    public func replay(_ dedupe: String) async throws -> Receipt {
        Receipt(try await waiting { try await native.replay(token: $0, dedupe: dedupe) })
    }
}

/// What became of a callback that is stored.
public enum DeliveryOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its signed body said how the task is, and that is stored.
    case applied
    /// It proved that there is news.
    case poke
    /// No task was known by it yet.
    case orphan
    /// It contradicts what was stored.
    case conflict

    init(_ word: GentaskGenerated.DeliveryOutcome) {
        self =
            switch word {
            case .applied: .applied
            case .poke: .poke
            case .orphan: .orphan
            case .conflict: .conflict
            }
    }

    var native: GentaskGenerated.DeliveryOutcome {
        switch self {
        case .applied: .applied
        case .poke: .poke
        case .orphan: .orphan
        case .conflict: .conflict
        }
    }
}

extension Outcome {
    init(_ word: GentaskGenerated.Received) {
        self =
            switch word {
            case .applied: .applied
            case .poke: .poke
            case .duplicate: .duplicate
            case .orphan: .orphan
            case .conflict: .conflict
            case .unknown: .unknown
            case .refused: .refused
            case .unavailable: .unavailable
            }
    }
}
