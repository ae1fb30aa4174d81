// The routes of a mobile app's backend: order a picture, look at it, stream its updates, receive callbacks. The API key stays here; the app never sees
// it. They are written over plain types, so that they fit into Vapor, Hummingbird or anything else: the README shows both.
//
// No request waits for a picture: an order is answered once its task id is stored, and a stream ends with its task or with its listener.

import Foundation
import Gentask

/// What an app asked. `owner` is who your authentication says it is: never take it from the request itself.
public struct Asked: Sendable {
    /// Whose request it is.
    public var owner: String
    /// The app's own name for the order: made once, sent again with each repetition.
    public var idempotencyKey: String?
    /// The body.
    public var body: Data

    /// A request.
    public init(owner: String, idempotencyKey: String? = nil, body: Data = Data()) {
        (self.owner, self.idempotencyKey, self.body) = (owner, idempotencyKey, body)
    }
}

/// What is answered.
public struct Answered: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body: JSON.
    public let body: JSONValue
    /// When to come back, for the header `retry-after`.
    public var retryAfter: Duration?
}

/// The routes over one client.
public struct Routes: Sendable {
    let client: Client
    let callbackURL: String?

    /// `callbackURL` is where ``callback(method:url:headers:body:)`` is reached from outside; without it tasks are polled.
    public init(_ client: Client, callbackURL: String? = nil) {
        (self.client, self.callbackURL) = (client, callbackURL)
    }

    /// `POST /pictures`: an order. A request that its owner sends again is the same task; refused at no cost, it is tried again.
    public func order(_ asked: Asked) async throws -> Answered {
        struct Order: Decodable {
            let prompt: String
        }
        guard let key = asked.idempotencyKey, let order = try? JSONDecoder().decode(Order.self, from: asked.body) else {
            return Answered(status: 400, body: ["error": "a prompt and an Idempotency-Key are needed"])
        }
        do {
            let task = try await client.submit(
                "nano-banana", ["mode": "text-to-image", "prompt": .string(order.prompt)], key: key, owner: asked.owner, callbackURL: callbackURL,
                timeout: .seconds(25))
            return Answered(status: 202, body: ["id": .string(task.intentID)])
        } catch let error as GentaskError {
            return failed(error)
        }
    }

    /// `GET /pictures/ID`: how it is, with one request at most, and none before it is due.
    public func look(_ asked: Asked, id: String) async throws -> Answered {
        do {
            guard let task = try await owned(id, by: asked.owner) else { return Answered(status: 404, body: ["error": "no such picture"]) }
            return Answered(status: 200, body: shown(try await task.check()))
        } catch let error as GentaskError {
            return failed(error)
        }
    }

    /// `GET /pictures/ID/events`: server-sent events, one for each change. A listener that goes ends the stream, and not the task.
    public func events(_ asked: Asked, id: String) async throws -> AsyncThrowingStream<String, any Error>? {
        guard let task = try await owned(id, by: asked.owner) else { return nil }
        return AsyncThrowingStream { stream in
            let telling = Task {
                do {
                    for try await reply in task.updates(timeout: .seconds(300)) { stream.yield("data: \(shown(reply).text)\n\n") }
                    stream.finish()
                } catch {
                    stream.finish(throwing: error)
                }
            }
            stream.onTermination = { _ in telling.cancel() }
        }
    }

    /// `POST /gentask`: a callback, with the raw bytes of its body. Answer with the receipt's status, headers and body, and nothing else.
    public func callback(method: String, url: String, headers: [(String, String)], body: Data) async throws -> Receipt {
        try await client.receive(method: method, url: url, headers: headers.map { HTTPHeader($0.0, $0.1) }, body: body)
    }

    /// A task, if it is this owner's: nobody is shown anybody else's.
    private func owned(_ id: String, by owner: String) async throws -> TaskHandle? {
        do {
            let task = try await client.task(id)
            return try await task.record().owner == owner ? task : nil
        } catch GentaskError.taskNotFound {
            return nil
        }
    }

    private func shown(_ reply: Reply) -> JSONValue {
        [
            "status": .string(reply.status.rawValue), "code": reply.errorCode.map { .string($0.rawValue) } ?? nil,
            "files": .array(reply.files.map { $0.url.map(JSONValue.string) ?? nil }),
        ]
    }

    private func failed(_ error: GentaskError) -> Answered {
        var body: JSONValue = ["code": .string(error.code.rawValue), "suggestions": .array(error.suggestions.map(JSONValue.string))]
        if let id = error.intentID { body["id"] = .string(id) }
        return switch error {
        case .invalidPayload, .invalidModel: Answered(status: 422, body: body)
        case .keyConflict: Answered(status: 409, body: body)
        // Still under way, or perhaps accepted: the app looks at `id` later, and pays nothing twice.
        case .waitTimeout, .submitUnknown: Answered(status: 202, body: body)
        case .rateLimited: Answered(status: 429, body: body, retryAfter: error.retryAfter)
        default: Answered(status: 502, body: body)
        }
    }
}

extension Routes {
    /// What runs beside the server, until its task is cancelled: it drives the tasks that are under way, from before a restart too, and hands each ended
    /// one to `settle` until that has returned from it.
    public func work(settle: @escaping @Sendable (Notice) async throws -> Void) async throws {
        try await client.run(onSettled: settle)
    }
}
