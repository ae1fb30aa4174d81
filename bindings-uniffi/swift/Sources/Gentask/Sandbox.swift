// The providers, simulated: for your own tests, without an API key and without a network.

import Foundation
internal import GentaskGenerated

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server on this machine that simulates providers over real HTTP, on any free port. Any API key is accepted.
///
/// ```swift
/// let sandbox = try Sandbox()
/// let client = try sandbox.client("apixo")
/// let reply = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"]).wait()
/// ```
///
/// Code that makes its own client finds the sandbox by the provider's environment variables, such as `APIXO_BASE_URL` and `APIXO_API_KEY`.
///
/// **What becomes of a task** is changed by a word in square brackets in its prompt: `[fail]`, `[content]` (the content rules refuse it while it runs),
/// `[refuse]` (they refuse the submit), `[credits]`, `[nofile]`, `[cancelled]`, `[slow]` (ten times as long), `[stuck]` (for ever), `[odd]` (its state is
/// a word that nobody knows).
///
/// **What becomes of a request** is changed by ``script(_:rules:)``, here of a submit that is accepted and whose answer is lost:
///
/// ```swift
/// try await sandbox.script("apixo", rules: [["on": "submit", "nth": 1, "fault": ["kind": "resetAfterBody"]]])
/// ```
///
/// `on` is `submit`, `status`, `result`, `cancel`, `list`, `account` or `file`; `nth` is a number or several, counted from 1, and every one where it is
/// left out. The kinds of `fault` are `resetBeforeRead`, `resetAfterBody`, `closeWithoutAnswer`, `closeWarmConnection`, `silence` (`ms`), `delayMs`
/// (`ms`), `truncatedBody`, `notJson`, `emptyBody`, `tooLargeBody` (`bytes`), `tooDeepJson`, `noTaskId`, `status` (`code`, `body`, `headers`),
/// `redirect` (`code`, `location`) and `inBandError` (`code`).
public final class Sandbox: Sendable {
    private let native: SandboxServer
    private let store = MemoryStore()

    /// The providers' ids.
    public let providers: [String]
    /// Where the server is reached, such as `http://127.0.0.1:4000`.
    public let url: String

    /// Starts it.
    ///
    /// - Parameters:
    ///   - providers: names, contract files or contracts. Default: the built-in three.
    ///   - port: 0 takes a free one.
    ///   - speed: how much faster than real time the simulated time runs. At 20, a picture takes a tenth of a second.
    /// - Throws: ``GentaskError/invalidContract(_:)``, or ``GentaskError/unsupported(_:)`` where the port is taken.
    public init(_ providers: [Provider] = Contract.builtIn.map(Provider.named), port: Int = 0, speed: Int = 20) throws {
        var contracts: [Contract] = []
        for provider in providers { contracts.append(try provider.load()) }
        native = try calling {
            try .start(contracts: contracts.map(\.native), port: UInt16(clamping: port), speed: UInt32(clamping: speed))
        }
        self.providers = contracts.map(\.id)
        url = native.url()
    }

    /// The base URL of a provider, to be given to a client.
    public func baseURL(_ provider: String) -> String { "\(url)/\(provider)" }

    /// A client of one provider: with any API key, quick polls, a callback secret, and a store in memory that the sandbox's clients share. What is
    /// given here counts instead.
    public func client(
        _ provider: Provider = "apixo", apiKey: APIKey = "sandbox-key-of-no-value", account: String? = nil, store: StorePlace? = nil,
        timeout: Duration? = nil, poll: Poll = Poll(initial: .milliseconds(50), factor: 1.5, cap: .seconds(1)), requestTimeout: Duration? = nil,
        maxReadRetries: Int? = nil, transport: (any Transport)? = nil, onEvent: (@Sendable (TaskEvent) -> Void)? = nil,
        onRequest: (@Sendable (RequestInfo) async throws -> [HTTPHeader])? = nil,
        onResponse: (@Sendable (RequestInfo, ResponseInfo) -> Void)? = nil, maxInFlight: Int? = nil,
        callbackSecrets: [CallbackSecret] = ["a-callback-secret-of-no-value-at-all"], callbackSigning: [CallbackSecret] = [],
        callbackTolerance: Duration? = nil, callbackHosts: [String] = [], clock: ManualClock? = nil
    ) throws -> Client {
        let contract = try provider.load()
        return try Client(
            .contract(contract), apiKey: apiKey, account: account, baseURL: baseURL(contract.id), store: store ?? .memory(self.store),
            timeout: timeout, poll: poll, requestTimeout: requestTimeout, maxReadRetries: maxReadRetries, transport: transport, onEvent: onEvent,
            onRequest: onRequest, onResponse: onResponse, maxInFlight: maxInFlight, callbackSecrets: callbackSecrets, callbackSigning: callbackSigning, callbackTolerance: callbackTolerance,
            callbackHosts: callbackHosts, clock: clock)
    }

    /// What arrived at one provider: `requests` (that arrived whole, by what they asked), `tasks`, `replayed`, `unauthorised`, `limited`, `faults`,
    /// `cut`, `running` and `balanceMilli`.
    public func stats(_ provider: String = "apixo") async throws -> JSONValue {
        try await ask("stats").providers[provider]
    }

    /// How many submits arrived whole at a provider: how often somebody may have paid.
    public func submits(_ provider: String = "apixo") async throws -> Int {
        try await stats(provider).requests.submit.int ?? 0
    }

    /// The tasks that a provider made, oldest first: by its `taskId`, what a lost submit made can be adopted. Of each: `taskId`, `model`, `prompt`,
    /// `state` (`pending`, `processing`, `success`, `failed` or `cancelled`) and `createdAt`, in simulated Unix milliseconds.
    public func tasks(_ provider: String = "apixo") async throws -> [JSONValue] {
        try await ask("tasks").providers[provider].array ?? []
    }

    /// Replaces what goes wrong on purpose at a provider (`nil`: at all of them).
    /// - Throws: ``SandboxRefusal`` for a rule that is none.
    public func script(_ provider: String?, rules: [JSONValue]) async throws {
        _ = try await ask("script", ["provider": provider.map(JSONValue.string) ?? nil, "rules": .array(rules)])
    }

    /// Begins anew at a provider (`nil`: at all of them): no tasks, no script, nothing seen. Stores of clients are left alone.
    ///
    /// `options` replace those before: `apiKey` (the one key that is accepted), `taskMs` (by kind, such as `["image": 500]`), `pendingMs`,
    /// `balanceMilli`, `priceMilli`, `readPerMin`, `submitPerMin`, `concurrent` (the limits before 429; 0: none), `honourKeys`, `seed`.
    public func reset(_ provider: String? = nil, options: JSONValue? = nil) async throws {
        var body: JSONValue = ["provider": provider.map(JSONValue.string) ?? nil]
        if let options { body["options"] = options }
        _ = try await ask("reset", body)
    }

    /// Ends it.
    public func close() {
        native.close()
    }

    private func ask(_ what: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        guard let address = URL(string: "\(url)/_sandbox/\(what)") else { throw SandboxRefusal(message: "\(url) is no URL") }
        var request = URLRequest(url: address, timeoutInterval: 30)
        if let body {
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "content-type")
            request.httpBody = Data(body.text.utf8)
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try JSONValue(json: data)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw SandboxRefusal(message: answer.message.string ?? "the sandbox refused")
        }
        return answer
    }
}

/// The sandbox refused what it was asked.
public struct SandboxRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why.
    public let message: String

    /// Why.
    public var description: String { message }
}
