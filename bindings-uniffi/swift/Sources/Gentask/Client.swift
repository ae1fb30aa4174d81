// The client: one provider and one account.

import Foundation
internal import GentaskGenerated

/// How long closing waits for what is not saved yet.
private let mostToClose = Duration.seconds(40)

/// One provider and one account. It may be shared by any number of tasks and threads; keep one for the life of the process.
///
/// ```swift
/// let client = try Client("apixo")  // the API key comes from APIXO_API_KEY, tasks are kept in the platform's state directory
/// let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"], key: "order-42")
/// let reply = try await task.wait(timeout: .seconds(300))
/// await client.close()
/// ```
///
/// A Swift task that is cancelled ends its wait within 100 ms, with `CancellationError`, and leaves the generation running. A submit that is
/// cancelled goes on and is saved, and ``GentaskError/submitLeft(_:)`` names it.
public final class Client: Sendable, CustomStringConvertible {
    let native: GentaskGenerated.Client

    /// Opens the store and makes the client. Nothing is sent, and the API key is not asked for yet.
    ///
    /// - Parameters:
    ///   - provider: a built-in name (`apidot`, `apixo`, `aivideomaker`), a contract file's path, or `.contract(...)`.
    ///   - apiKey: the key: `.value(...)`, `.environment(...)` or `.function { ... }`, which is asked for each request. Default: the contract's
    ///     environment variable.
    ///   - account: a label that keeps tasks under different keys apart. Default: `default`.
    ///   - baseURL: another base URL: https, or http to this machine.
    ///   - store: a file's path, ``SQLiteStore``, ``MemoryStore`` or a ``Store`` of your own. Default: `GENTASK_STORE`, else `gentask/tasks.db` in
    ///     the platform's state directory.
    ///   - timeout: how long a wait lasts that names no time. Default: the contract's figure for the kind of task.
    ///   - poll: the schedule of looks. Default: the contract's.
    ///   - requestTimeout: how long one request may take. Default: the contract's variable, then 30 seconds.
    ///   - maxReadRetries: how often `getStatus`, `getTask` and `account` ask again. Default: the contract's variable, then 3.
    ///   - transport: what sends requests. Default: HTTP/1.1 of gentask's own.
    ///   - onEvent: hears what happens to the client's tasks, in order, on a thread of gentask's own. It must not wait.
    ///   - onRequest: sees each request before it is sent, and returns headers to add, such as `traceparent`: any that is no part of the request yet, none of
    ///     the HTTP stack's, none that says how a body is read, and none that proves who asks. What it throws keeps the request from being sent: nothing was
    ///     paid for.
    ///   - onResponse: hears what came of each request, in order, on a thread of gentask's own. It must not wait.
    ///   - proxy: the proxy for everything but this machine itself: `http://host:port`, with `user:password@` before the host where it asks for that.
    ///     Default: the environment's.
    ///   - caCerts: certificates to believe beside the platform's, in PEM or DER.
    ///   - maxInFlight: the most requests at once. Default: 32.
    ///   - callbackSecrets: secrets of your own, at least 32 random characters each (`openssl rand -hex 32`), which make and prove the token in each
    ///     callback URL. The first makes new tokens, all prove them.
    ///     Default: `GENTASK_CALLBACK_SECRET`, else a random one that is kept in the store.
    ///   - callbackSigning: the secrets, or public keys, that the provider signs callbacks with. Default: the contract's environment variable.
    ///   - callbackTolerance: how far a callback's time may be from ours, both ways; at least 60 and at most 600 seconds. Default: 300.
    ///   - callbackHosts: the only hosts to which a callback may go. Default: any public one.
    ///   - clock: a clock for tests of your own. Default: the machine's clocks.
    /// - Throws: ``GentaskError/invalidContract(_:)``, ``GentaskError/storeError(_:)``, or ``GentaskError/unsupported(_:)`` for options that make no sense.
    public init(
        _ provider: Provider,
        apiKey: APIKey? = nil,
        account: String? = nil,
        baseURL: String? = nil,
        store: StorePlace? = nil,
        timeout: Duration? = nil,
        poll: Poll? = nil,
        requestTimeout: Duration? = nil,
        maxReadRetries: Int? = nil,
        transport: (any Transport)? = nil,
        onEvent: (@Sendable (TaskEvent) -> Void)? = nil,
        onRequest: (@Sendable (RequestInfo) async throws -> [HTTPHeader])? = nil,
        onResponse: (@Sendable (RequestInfo, ResponseInfo) -> Void)? = nil,
        proxy: String? = nil,
        caCerts: [Data] = [],
        maxInFlight: Int? = nil,
        callbackSecrets: [CallbackSecret] = [],
        callbackSigning: [CallbackSecret] = [],
        callbackTolerance: Duration? = nil,
        callbackHosts: [String] = [],
        clock: ManualClock? = nil
    ) throws {
        let contract = try provider.load()
        let options = ClientOptions(
            contract: contract.native,
            key: apiKey?.native,
            account: account,
            baseUrl: baseURL,
            store: store?.native,
            timeoutMs: timeout?.milliseconds,
            pollInitialMs: poll?.initial?.milliseconds,
            pollFactor: poll?.factor,
            pollCapMs: poll?.cap?.milliseconds,
            pollByContract: poll?.byContract ?? false,
            requestTimeoutMs: requestTimeout?.milliseconds,
            maxReadRetries: try count(maxReadRetries, "maxReadRetries").map(UInt32.init(clamping:)),
            transport: transport.map(TransportBridge.init),
            listener: onEvent.map(EventBridge.init),
            before: onRequest.map(RequestBridge.init),
            after: onResponse.map(ResponseBridge.init),
            proxy: proxy,
            caCerts: caCerts,
            maxInFlight: maxInFlight.map(UInt32.init(clamping:)),
            callbackSecrets: callbackSecrets.map(\.native),
            callbackSigning: callbackSigning.map(\.native),
            callbackToleranceMs: callbackTolerance?.milliseconds,
            callbackHosts: callbackHosts,
            clock: clock?.native)
        native = try calling { try .open(options: options) }
    }

    /// The contract.
    public var contract: Contract { Contract(native.contract()) }
    /// The contract's id.
    public var provider: String { contract.id }
    /// The base URL, without a slash at its end.
    public var baseURL: String { native.baseUrl() }
    /// The account's label.
    public var accountLabel: String { native.accountLabel() }
    /// Whether `close` was called.
    public var isClosed: Bool { native.isClosed() }
    /// The provider, and whether the client is closed.
    public var description: String { "Client(\(provider)\(isClosed ? ", closed" : ""))" }

    /// Ends every wait of this client, lets submits and callbacks that are under way be saved, and gives the store back. Tasks go on.
    ///
    /// Call it before the process ends: the answer of a submit that is under way holds the id of a task that is paid for. It is not cut short
    /// where the Swift task that calls it is cancelled, and takes at most 40 seconds: a little more than a submit may, and its lease.
    public func close() async {
        _ = await native.close(timeMs: mostToClose.milliseconds)
    }

    /// The same for a place that cannot wait, such as a `DispatchSource` that hears signals: blocks the thread, at most for this time.
    /// - Returns: whether everything was saved. What was not is found by a later ``resume(concurrency:timeout:onReply:)``.
    @available(*, noasync, message: "await close() instead")
    @discardableResult
    public func close(within time: Duration) -> Bool {
        native.closeWithin(timeMs: time.milliseconds)
    }

    /// Submits a generation and returns once its task id is durable.
    ///
    /// A failure is final: nothing sends the submit later, except that one whose outcome is not known (``GentaskError/submitUnknown(_:)``) may still
    /// turn out to have been accepted. Do not repeat a submit without a `key`: gentask already retries wherever that is safe.
    ///
    /// - Parameters:
    ///   - model: the model's id.
    ///   - input: the model's own fields, as a literal: `["mode": "text-to-image", "prompt": "a sunset"]`. A picture at hand is `.media(url)`.
    ///   - key: your own name for the job. The same key and payload are the same task, however often and from however many processes they are
    ///     submitted; another payload under the same key is ``GentaskError/keyConflict(_:)``. A refusal that cost nothing does not use the key up: the
    ///     same call again begins a new attempt. An accepted task does, whatever becomes of it: paying again takes a new key.
    ///   - owner: whose task it is, in your application's words. A key is its owner's.
    ///   - callbackURL: where the provider reports the end: an https URL of a public host, whose route calls `receive`. The task's token goes into its
    ///     query, or where `{token}` stands in it.
    ///   - options: options that the contract defines, such as `maxCredits`.
    ///   - timeout: how long to wait for the answer. Default: as long as it takes. ``GentaskError/waitTimeout(_:)`` then names the intent, and the submit
    ///     goes on and is saved.
    /// - Throws: ``GentaskError``; where the Swift task is cancelled while the submit is under way, ``GentaskError/submitLeft(_:)``, which names it;
    ///   where it was cancelled before, `CancellationError`, and nothing was sent.
    public func submit(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil,
        timeout: Duration? = nil
    ) async throws -> TaskHandle {
        let contract = contract
        let asked = try await calculated(of: input) { try order(model, input, key, owner, callbackURL, options, for: contract) }
        return try await submit(asked, timeout: timeout)
    }

    /// The request that ``submit(_:_:key:owner:callbackURL:options:timeout:)`` would send, without the API key. Nothing is sent and nothing is stored.
    public func dryRun(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil
    ) throws -> RequestPreview {
        let order = try order(model, input, key, owner, callbackURL, options, for: contract)
        return RequestPreview(try calling { try native.dryRun(order: order) })
    }

    /// Checks what ``submit(_:_:key:owner:callbackURL:options:timeout:)`` would check.
    /// - Throws: ``GentaskError/invalidModel(_:)`` or ``GentaskError/invalidPayload(_:)`` with everything that is wrong.
    public func validate(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil
    ) throws {
        let order = try order(model, input, key, owner, callbackURL, options, for: contract)
        try calling { try native.validate(order: order) }
    }
}

/// The schedule of looks at a task. What is not given is the contract's. Without any of it, a client goes by how long a model's tasks took, once
/// enough have ended.
public struct Poll: Sendable, Hashable {
    /// The first look comes after this time.
    public var initial: Duration?
    /// Each interval is this many times the last.
    public var factor: Double?
    /// No interval is longer than this.
    public var cap: Duration?
    /// Whether the contract's schedule is kept to, whatever was learned of durations.
    public var byContract: Bool

    /// A schedule.
    public init(initial: Duration? = nil, factor: Double? = nil, cap: Duration? = nil, byContract: Bool = false) {
        (self.initial, self.factor, self.cap, self.byContract) = (initial, factor, cap, byContract)
    }
}

/// The request that a submit would send. Its body holds the prompt: it is for no log.
public struct RequestPreview: Sendable, Hashable, Concealed {
    /// `POST`, usually.
    public let method: String
    /// Where to.
    public let url: String
    /// Its headers, without the API key.
    public let headers: [HTTPHeader]
    /// Its body.
    public let body: Data

    /// The method.
    public var description: String { "RequestPreview(\(method), \(body.count) bytes)" }

    init(_ native: GentaskGenerated.DryRun) {
        (method, url, headers, body) = (native.method, native.url, native.headers.map(HTTPHeader.init), native.body)
    }
}
