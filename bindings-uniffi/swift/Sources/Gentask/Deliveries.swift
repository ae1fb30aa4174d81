// Callbacks as they are stored, and callbacks made for tests.

import Foundation
internal import GentaskGenerated

/// A callback as it is stored. Its body may hold a prompt: it is for no log.
public struct Delivery: Sendable, Hashable, Identifiable, Concealed {
    /// A short name for a person.
    public let id: String
    /// The contract's id.
    public let provider: String
    /// The account's label.
    public let account: String
    /// What tells it from every other one of this provider and account: the three together are unique in a store.
    public let dedupe: String
    /// When it came, in Unix milliseconds.
    public let receivedAtMs: UInt64
    /// Until when it is kept, in Unix milliseconds; then it counts as not stored, and a store may delete it.
    public let expiresAtMs: UInt64
    /// Whether a signature covers its body.
    public let verified: Bool
    /// What became of it.
    public let outcome: DeliveryOutcome
    /// The intent that it is about, where that is known.
    public let intentID: String?
    /// The provider's id of the task, where its body names one.
    public let taskID: String?
    /// Its body, as it came.
    public let body: Data
    /// The whole delivery as canonical JSON, with the body in it: what a store keeps.
    public let json: String

    /// When it came.
    public var receivedAt: Date { Date(unixMs: receivedAtMs) }
    /// Until when it is kept.
    public var expiresAt: Date { Date(unixMs: expiresAtMs) }
    /// Its name, what became of it and whose it is.
    public var description: String { "Delivery(\(id), \(outcome.rawValue), intentID: \(intentID ?? "nil"))" }

    /// Reads a stored callback.
    /// - Throws: ``GentaskError`` with everything that is wrong with it.
    public init(json: String) throws {
        self.init(try calling { try deliveryFromJson(json: json) })
    }

    init(_ native: GentaskGenerated.Delivery) {
        (id, provider, account, dedupe) = (native.id, native.provider, native.account, native.dedupe)
        (receivedAtMs, expiresAtMs, verified) = (native.receivedAtMs, native.expiresAtMs, native.verified)
        (outcome, intentID, taskID) = (DeliveryOutcome(native.outcome), native.intentId, native.taskId)
        (body, json) = (native.body, native.json)
    }
}

/// A callback as a provider would send it: for tests of your own route, or for `client.receive`.
public struct TestCallback: Sendable, Hashable {
    /// `POST`.
    public let method: String
    /// The callback URL, with the task's token.
    public let url: String
    /// The headers that prove it, where the provider signs.
    public let headers: [HTTPHeader]
    /// The raw bytes.
    public let body: Data

    /// Has a client receive it.
    public func send(to client: Client) async throws -> Receipt {
        try await client.receive(method: method, url: url, headers: headers, body: body)
    }
}

/// Makes a callback about a task as its provider would send it: for tests of your own route.
///
/// ```swift
/// let callback = try signTestCallback(for: client, task: task, body: ["data": ["taskId": .string(task.taskID!), "state": "success"]])
/// let receipt = try await callback.send(to: client)
/// ```
///
/// - Parameters:
///   - client: the client that is to receive it; its secrets are used where none are given here.
///   - task: a task, for the token in the URL. `nil`: the URL has none.
///   - body: what it says.
///   - url: the URL of your route.
///   - taskID: the provider's id of the task, where that is signed. Default: the task's.
///   - deliveryID: the delivery's own id, where the provider's scheme has one. One with the same id is the same one.
///   - user: the account's id, where the provider's scheme has one.
///   - callbackSecret: the secret that makes the token. One that a client keeps in its store is not known here.
///   - signingSecret: the provider's secret.
///   - seed: its private Ed25519 key, 32 bytes, where the contract's scheme has one.
///   - at: when it is signed. Default: now.
/// - Throws: ``GentaskError/unsupported(_:)`` where there is no secret to sign with.
public func signTestCallback(
    for client: Client, task: TaskHandle?, body: JSONValue = [:], url: String = "https://app.example.com/gentask", taskID: String? = nil,
    deliveryID: String = "msg_1", user: String = "user_1", callbackSecret: CallbackSecret? = nil, signingSecret: CallbackSecret? = nil,
    seed: Data? = nil, at: Date? = nil
) throws -> TestCallback {
    let raw = Data(body.text.utf8)
    let delivery = TestDelivery(
        url: url, intentId: task?.intentID, taskId: taskID ?? task?.taskID ?? "", deliveryId: deliveryID, user: user, body: raw,
        own: callbackSecret.map { [$0.native] } ?? [], signing: signingSecret.map { [$0.native] } ?? [], seed: seed, nowMs: at?.unixMs)
    let signed = try calling { try signCallback(client: client.native, delivery: delivery) }
    let headers = [HTTPHeader("content-type", "application/json")] + signed.headers.map(HTTPHeader.init)
    return TestCallback(method: "POST", url: signed.url, headers: headers, body: raw)
}
