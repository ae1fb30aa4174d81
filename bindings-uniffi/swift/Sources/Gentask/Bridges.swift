// What the native library calls: functions and objects of the program's own. It calls plain functions, on threads that may block, and everything that
// is thrown in them ends here: the other side would wait for ever.

import Foundation
internal import GentaskGenerated

/// Runs async code to its end, on a thread that may block: never one of Swift's own. After `limit` it is cancelled, and brings nothing.
private func blocking<Value: Sendable>(
    within limit: Duration? = nil, _ work: @escaping @Sendable () async throws -> Value
) -> Result<Value, any Error>? {
    let (outcome, ended, fate) = (Box<Result<Value, any Error>>(), DispatchSemaphore(value: 0), Fate())
    let running = Task.detached {
        guard fate.decide() else { return }
        do {
            outcome.put(.success(try await work()))
        } catch {
            outcome.put(.failure(error))
        }
        ended.signal()
    }
    let time = limit.map { DispatchTime.now() + .milliseconds(Int(clamping: $0.milliseconds)) } ?? .distantFuture
    guard ended.wait(timeout: time) == .success else {
        if fate.decide() { return .failure(NotBegun()) }
        running.cancel()
        return nil
    }
    return outcome.take()
}

/// Swift had no thread for the work all the time, and now it is never begun.
private struct NotBegun: Error {}

/// What has become of a piece of work: begun, or given up before that. Whichever is noted first stands.
private final class Fate: @unchecked Sendable {
    private let lock = NSLock()
    private var isDecided = false

    /// Whether this call decides.
    func decide() -> Bool {
        lock.withLock {
            defer { isDecided = true }
            return !isDecided
        }
    }
}

/// Hands a value from one thread to another.
private final class Box<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value?

    func put(_ new: Value) {
        lock.withLock { value = new }
    }

    func take() -> Value? {
        lock.withLock { value }
    }
}

/// What may be shown of an error of somebody else's: its text may hold a key or a URL.
private func type(of error: any Error) -> String {
    String(describing: Swift.type(of: error))
}

final class KeyBridge: KeySource {
    private let function: @Sendable () async throws -> String

    init(_ function: @escaping @Sendable () async throws -> String) {
        self.function = function
    }

    func key() throws -> String {
        switch blocking(function) {
        case .success(let key): return key
        case .failure(let error): throw NoKey.Because(reason: "the key function threw \(type(of: error))")
        case nil: throw NoKey.Because(reason: "the key function brought nothing")
        }
    }
}

final class TransportBridge: GentaskGenerated.Transport {
    private let own: any Transport

    init(_ own: any Transport) {
        self.own = own
    }

    func send(request: GentaskGenerated.HttpRequest) throws -> GentaskGenerated.HttpResponse {
        let request = HTTPRequest(request)
        // A moment later than the transport's own time-out: that one has the better words.
        switch blocking(within: request.timeout + .seconds(1), { [own] in try await own.send(request) }) {
        case .success(let response): return response.native
        case .failure(let notSent as NotSent): throw NoAnswer.NotSent(reason: notSent.reason)
        case .failure(is NotBegun): throw NoAnswer.NotSent(reason: "no thread was free for the transport in time")
        case .failure(let error): throw NoAnswer.MaybeSent(reason: "the transport threw \(type(of: error))")
        case nil: throw NoAnswer.MaybeSent(reason: "the transport gave no answer in time")
        }
    }
}

/// What it throws keeps the request from being sent.
final class RequestBridge: RequestHook {
    private let ask: @Sendable (RequestInfo) async throws -> [HTTPHeader]

    init(_ ask: @escaping @Sendable (RequestInfo) async throws -> [HTTPHeader]) {
        self.ask = ask
    }

    func before(request: GentaskGenerated.RequestInfo) throws -> [GentaskGenerated.Header] {
        let request = RequestInfo(request)
        switch blocking({ [ask] in try await ask(request) }) {
        case .success(let headers): return headers.map(\.native)
        case .failure(let error): throw NotAllowed.Because(reason: "threw \(type(of: error))")
        case nil: throw NotAllowed.Because(reason: "brought nothing")
        }
    }
}

final class ResponseBridge: ResponseHook {
    private let hear: @Sendable (RequestInfo, ResponseInfo) -> Void

    init(_ hear: @escaping @Sendable (RequestInfo, ResponseInfo) -> Void) {
        self.hear = hear
    }

    func after(request: GentaskGenerated.RequestInfo, response: GentaskGenerated.ResponseInfo) {
        hear(RequestInfo(request), ResponseInfo(response))
    }
}

final class EventBridge: Listener {
    private let hear: @Sendable (TaskEvent) -> Void

    init(_ hear: @escaping @Sendable (TaskEvent) -> Void) {
        self.hear = hear
    }

    func onEvent(event: GentaskGenerated.TaskEvent, record: GentaskGenerated.TaskRecord) {
        hear(TaskEvent(event, record))
    }
}

final class ReplyBridge: ReplyListener {
    private let hear: @Sendable (Resumed) -> Void

    init(_ hear: @escaping @Sendable (Resumed) -> Void) {
        self.hear = hear
    }

    func onReply(intentId: String, reply: GentaskGenerated.Reply) {
        hear(Resumed(intentID: intentId, reply: Reply(reply)))
    }
}

/// A worker tries again by itself, and what fails meanwhile is told by what it delays.
final class ProblemBridge: ProblemListener {
    func onProblem(message: String) {
        FileHandle.standardError.write(Data("gentask: the worker goes on, and tries again: \(message)\n".utf8))
    }
}

final class StoreBridge: GentaskGenerated.Store {
    private let own: any Store

    init(_ own: any Store) {
        self.own = own
    }

    private func ask<Value: Sendable>(_ method: String, _ work: @escaping @Sendable (any Store) async throws -> Value) throws -> Value {
        switch blocking({ [own] in try await work(own) }) {
        case .success(let value): return value
        case .failure(let fault as StoreFault): throw fault.native
        case .failure(let error): throw StoreFault(.io, "the task store's \(method) threw \(type(of: error))").native
        case nil: throw StoreFault(.io, "the task store's \(method) brought nothing").native
        }
    }

    func load(intentId: String) throws -> String? {
        try ask("load") { try await $0.load(intentId) }
    }

    func find(by: GentaskGenerated.Lookup) throws -> [String] {
        let by = Lookup(by)
        return try ask("find") { try await $0.find(by) }
    }

    func save(change: GentaskGenerated.Change) throws -> Bool {
        let change = Change(change)
        return try ask("save") { try await $0.save(change) }
    }

    func list(filter: GentaskGenerated.StoreFilter) throws -> [String] {
        let filter = StoreFilter(filter)
        return try ask("list") { try await $0.list(filter) }
    }

    func blob(intentId: String, name: String) throws -> Data? {
        try ask("blob") { try await $0.blob(intentId, name) }
    }

    func meta(name: String) throws -> String? {
        try ask("meta") { try await $0.meta(name) }
    }

    func setMeta(name: String, value: String, onlyIfAbsent: Bool) throws -> String {
        try ask("setMeta") { try await $0.setMeta(name, value, onlyIfAbsent: onlyIfAbsent) }
    }

    func raiseMeta(name: String, value: UInt64) throws -> UInt64 {
        try ask("raiseMeta") { try await $0.raiseMeta(name, to: value) }
    }

    func appendEvents(intentId: String, events: [String]) throws {
        try ask("appendEvents") { try await $0.appendEvents(intentId, events) }
    }

    func delete(intentIds: [String]) throws -> UInt64 {
        UInt64(clamping: try ask("delete") { try await $0.delete(intentIds) })
    }

    func keepsCallbacks() -> Bool {
        own.keepsCallbacks
    }

    func remember(delivery: GentaskGenerated.Delivery) throws -> Bool {
        let delivery = Delivery(delivery)
        return try ask("remember") { try await $0.remember(delivery) }
    }

    func deliveries(filter: GentaskGenerated.DeliveryFilter) throws -> [String] {
        let filter = DeliveryFilter(filter)
        return try ask("deliveries") { try await $0.deliveries(filter) }
    }

    func notices(filter: GentaskGenerated.NoticeFilter) throws -> [String] {
        let filter = NoticeFilter(filter)
        return try ask("notices") { try await $0.notices(filter) }
    }

    func acknowledge(intentId: String, atMs: UInt64) throws -> Bool {
        try ask("acknowledge") { try await $0.acknowledge(intentId, atMs: atMs) }
    }
}
