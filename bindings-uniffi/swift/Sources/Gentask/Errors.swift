// What goes wrong: one case for each stable code, each with the whole reply.

internal import GentaskGenerated

/// A call that did not bring what was asked.
///
/// Every case has a ``Failure``: what happened, whether money may have been spent, what to do next. The same is at hand whatever the case:
/// ``code``, ``reply``, ``intentID``, ``billing``, ``suggestions``.
///
/// ```swift
/// do {
///     let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"], key: "order-42")
///     let reply = try await task.wait(timeout: .seconds(300))
/// } catch GentaskError.submitUnknown(let failure) {
///     // look for it at the provider, then client.adopt(failure.intentID, taskID: ...) or client.discard(failure.intentID)
/// } catch GentaskError.waitTimeout(let failure) {
///     // still running: failure.intentID
/// } catch let error as GentaskError {
///     print(error.code, error.billing, error.suggestions)
/// }
/// ```
public enum GentaskError: Error, Sendable, Hashable {
    /// `INVALID_MODEL`: the model is not on a closed list, or the provider does not know it.
    case invalidModel(Failure)
    /// `INVALID_PAYLOAD`: the payload breaks the contract's rules, or the provider refused it; see ``violations``.
    case invalidPayload(Failure)
    /// `INVALID_PAYLOAD` too: the `key` names another job already, that of ``intentID``; ``violations`` say what differs from it.
    ///
    /// Their paths are `/model`, `/input`, `/options` or `/baseUrl`. Nothing was sent.
    case keyConflict(Failure)
    /// `AUTH_FAILED`: the API key is missing, malformed, refused, or may not do this.
    case authFailed(Failure)
    /// `RATE_LIMITED`: too many requests; ``retryAfter`` says when to come back.
    case rateLimited(Failure)
    /// `INSUFFICIENT_CREDITS`: the account cannot pay for the task.
    case insufficientCredits(Failure)
    /// `TASK_NOT_FOUND`: no such task in the store, or at the provider under this account.
    case taskNotFound(Failure)
    /// `NETWORK_ERROR`: the provider could not be reached; of a submit, nothing was accepted.
    case networkError(Failure)
    /// `UNKNOWN_ERROR`: an answer that fits no rule.
    case unknownError(Failure)
    /// `GENERATION_FAILED`: the provider accepted the task, and could not generate it.
    case generationFailed(Failure)
    /// `CONTENT_REJECTED`: the provider's content rules refused the input or the output.
    case contentRejected(Failure)
    /// `UPSTREAM_ERROR`: the provider had a fault of its own.
    case upstreamError(Failure)
    /// `WAIT_TIMEOUT`: the wait reached its deadline; the task goes on, and can be waited for again.
    case waitTimeout(Failure)
    /// `SUBMIT_UNKNOWN`: the submit may have been accepted, and its task id is not known. Do not submit again before you know.
    case submitUnknown(Failure)
    /// `CANCELLED`: the task was cancelled or given up.
    case cancelled(Failure)
    /// `UNSUPPORTED`: the provider, the task's state or this client cannot do what was asked.
    case unsupported(Failure)
    /// `INVALID_CONTRACT`: a contract is malformed, or a record does not belong to it; see ``violations``.
    case invalidContract(Failure)
    /// `STORE_ERROR`: the task store refused to read or write.
    case storeError(Failure)
    /// `RESPONSE_TOO_LARGE`: an answer was larger than the contract's cap, and was not read to its end.
    case responseTooLarge(Failure)
    /// The Swift task that awaited a submit was cancelled. The submit goes on and is saved; ``intentID`` is its name.
    ///
    /// Every other wait that is cancelled throws `CancellationError`, and leaves the task as it is.
    case submitLeft(Failure)

    /// What every case has.
    public struct Failure: Sendable, Hashable, CustomStringConvertible {
        /// What happened, for a person.
        public let message: String
        /// The seven fields.
        public let reply: Reply

        /// The task's name in the store, where a record exists: what `Client.task(_:)` takes.
        public var intentID: String? { reply.intentID }

        /// The message.
        public var description: String { message }
    }
}

extension GentaskError {
    /// What every case has: the message and the reply.
    public var failure: Failure {
        switch self {
        case .invalidModel(let failure), .invalidPayload(let failure), .keyConflict(let failure), .authFailed(let failure),
            .rateLimited(let failure), .insufficientCredits(let failure), .taskNotFound(let failure), .networkError(let failure),
            .unknownError(let failure), .generationFailed(let failure), .contentRejected(let failure), .upstreamError(let failure),
            .waitTimeout(let failure), .submitUnknown(let failure), .cancelled(let failure), .unsupported(let failure),
            .invalidContract(let failure), .storeError(let failure), .responseTooLarge(let failure), .submitLeft(let failure):
            failure
        }
    }

    /// What happened, for a person.
    public var message: String { failure.message }

    /// The seven fields: nothing that the provider said is lost on the way up.
    public var reply: Reply { failure.reply }

    /// The stable code.
    public var code: ErrorCode { reply.errorCode ?? .unknownError }

    /// The task's name in the store, where a record exists: what `Client.task(_:)` takes.
    public var intentID: String? { reply.intentID }

    /// The provider's id of the task, where one is known.
    public var taskID: String? { reply.taskID }

    /// When to come back.
    public var retryAfter: Duration? { reply.retryAfter }

    /// Whether money may have been spent.
    public var billing: Billing { reply.billing }

    /// What to do next; the first is the one to try first.
    public var suggestions: [String] { reply.suggestions }

    /// Everything that is wrong with a payload or a contract, at once.
    public var violations: [Violation] { reply.violations }

    /// Whether the provider accepted the task, and it ended without a result.
    public var isTaskFailed: Bool {
        switch self {
        case .generationFailed, .contentRejected, .cancelled: true
        default: false
        }
    }
}

extension GentaskError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}

extension GentaskError {
    init(_ native: GentaskGenerated.Failure) {
        switch native {
        case .Failed(let words, let reply, let keyConflict, _):
            self.init(Failure(message: words, reply: Reply(reply)), isKeyConflict: keyConflict)
        }
    }

    /// The error of a reply that is no success.
    init(_ reply: Reply) {
        let isKeyConflict = reply.violations.contains { $0.rule == "keyConflict" }
        self.init(Failure(message: wordsOf(reply: reply.native), reply: reply), isKeyConflict: isKeyConflict)
    }

    /// The same error in other words.
    func saying(_ message: String) -> Self {
        let isKeyConflict = if case .keyConflict = self { true } else { false }
        return Self(Failure(message: message, reply: reply), isKeyConflict: isKeyConflict)
    }

    private init(_ failure: Failure, isKeyConflict: Bool) {
        self =
            switch failure.reply.errorCode {
            case .invalidModel: .invalidModel(failure)
            case .invalidPayload: isKeyConflict ? .keyConflict(failure) : .invalidPayload(failure)
            case .authFailed: .authFailed(failure)
            case .rateLimited: .rateLimited(failure)
            case .insufficientCredits: .insufficientCredits(failure)
            case .taskNotFound: .taskNotFound(failure)
            case .networkError: .networkError(failure)
            case .generationFailed: .generationFailed(failure)
            case .contentRejected: .contentRejected(failure)
            case .upstreamError: .upstreamError(failure)
            case .waitTimeout: .waitTimeout(failure)
            case .submitUnknown: .submitUnknown(failure)
            case .cancelled: .cancelled(failure)
            case .unsupported: .unsupported(failure)
            case .invalidContract: .invalidContract(failure)
            case .storeError: .storeError(failure)
            case .responseTooLarge: .responseTooLarge(failure)
            case .unknownError, nil: .unknownError(failure)
            }
    }
}

/// One broken rule of a payload or a contract.
public struct Violation: Sendable, Hashable, Codable {
    /// RFC 6901 pointer to the offending value; empty for the whole document.
    public let path: String
    /// The rule that is broken: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`.
    public let rule: String
    /// What was expected, in words.
    public let expected: String
    /// What was found, shortened.
    public let actual: String

    init(_ value: JSONValue) {
        let text = { (name: String) in value[name].string ?? "" }
        (path, rule, expected, actual) = (text("path"), text("rule"), text("expected"), text("actual"))
    }
}
