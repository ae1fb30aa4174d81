// The closed lists of words, as they stand in replies and records.

internal import GentaskGenerated

/// How a task is, in one of six words.
public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not begun, or not known to have begun.
    case pending
    /// Being worked on.
    case processing
    /// Done.
    case success
    /// Refused or failed.
    case failed
    /// Cancelled or given up.
    case cancelled
    /// Not known: the submit may have been accepted.
    case unknown
}

/// Where a task is.
public enum Phase: String, Sendable, Hashable, Codable, CaseIterable {
    /// Stored, not sent.
    case prepared
    /// An attempt of its submit may be in flight.
    case submitting
    /// Accepted.
    case waiting
    /// Done; its result is being read.
    case fetching
    /// A cancel was asked for.
    case cancelling
    /// Done.
    case succeeded
    /// Accepted, and failed.
    case failed
    /// Cancelled.
    case cancelled
    /// Refused: nothing was made.
    case rejected
    /// The submit may have been accepted, and no id is known.
    case unresolved
    /// An unresolved one that was given up.
    case discarded
}

/// The stable codes of every failure: the same in every language.
public enum ErrorCode: String, Sendable, Hashable, Codable, CaseIterable {
    /// The model is not on a closed list, or the provider does not know it.
    case invalidModel = "INVALID_MODEL"
    /// The payload breaks the contract's rules, or the provider refused it.
    case invalidPayload = "INVALID_PAYLOAD"
    /// The API key is missing, malformed, refused, or may not do this.
    case authFailed = "AUTH_FAILED"
    /// Too many requests.
    case rateLimited = "RATE_LIMITED"
    /// The account cannot pay for the task.
    case insufficientCredits = "INSUFFICIENT_CREDITS"
    /// No such task in the store, or at the provider under this account.
    case taskNotFound = "TASK_NOT_FOUND"
    /// The provider could not be reached.
    case networkError = "NETWORK_ERROR"
    /// An answer that fits no rule.
    case unknownError = "UNKNOWN_ERROR"
    /// The provider could not generate it.
    case generationFailed = "GENERATION_FAILED"
    /// The provider's content rules refused the input or the output.
    case contentRejected = "CONTENT_REJECTED"
    /// The provider had a fault of its own.
    case upstreamError = "UPSTREAM_ERROR"
    /// The wait reached its deadline; the task goes on.
    case waitTimeout = "WAIT_TIMEOUT"
    /// The submit may have been accepted, and its task id is not known.
    case submitUnknown = "SUBMIT_UNKNOWN"
    /// The task was cancelled or given up.
    case cancelled = "CANCELLED"
    /// The provider, the task's state or this client cannot do what was asked.
    case unsupported = "UNSUPPORTED"
    /// A contract is malformed, or a record does not belong to it.
    case invalidContract = "INVALID_CONTRACT"
    /// The task store refused to read or write.
    case storeError = "STORE_ERROR"
    /// An answer was larger than the contract's cap.
    case responseTooLarge = "RESPONSE_TOO_LARGE"
}

/// Whether money may have been spent.
public enum Billing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing was spent.
    case none
    /// Perhaps.
    case possible
    /// The provider accepted the task.
    case certain
}

/// What a request is for.
public enum Operation: String, Sendable, Hashable, Codable, CaseIterable {
    /// It orders a task: it is sent once, on a fresh connection.
    case submit
    /// It asks how a task is.
    case status
    /// It asks what a task has made.
    case result
    /// It asks to stop a task.
    case cancel
    /// It asks for the account's tasks.
    case list
    /// It asks what the account holds.
    case account
    /// It asks for the keys that the provider signs callbacks with.
    case keys
    /// It uploads a medium that an order needs.
    case upload
}

// The generated words, by name: a word that is missing on one side does not compile.

extension Status {
    init(_ word: GentaskGenerated.Status) {
        self =
            switch word {
            case .pending: .pending
            case .processing: .processing
            case .success: .success
            case .failed: .failed
            case .cancelled: .cancelled
            case .unknown: .unknown
            }
    }

    var native: GentaskGenerated.Status {
        switch self {
        case .pending: .pending
        case .processing: .processing
        case .success: .success
        case .failed: .failed
        case .cancelled: .cancelled
        case .unknown: .unknown
        }
    }
}

extension Phase {
    init(_ word: GentaskGenerated.Phase) {
        self =
            switch word {
            case .prepared: .prepared
            case .submitting: .submitting
            case .waiting: .waiting
            case .fetching: .fetching
            case .cancelling: .cancelling
            case .succeeded: .succeeded
            case .failed: .failed
            case .cancelled: .cancelled
            case .rejected: .rejected
            case .unresolved: .unresolved
            case .discarded: .discarded
            }
    }

    var native: GentaskGenerated.Phase {
        switch self {
        case .prepared: .prepared
        case .submitting: .submitting
        case .waiting: .waiting
        case .fetching: .fetching
        case .cancelling: .cancelling
        case .succeeded: .succeeded
        case .failed: .failed
        case .cancelled: .cancelled
        case .rejected: .rejected
        case .unresolved: .unresolved
        case .discarded: .discarded
        }
    }
}

extension ErrorCode {
    init(_ word: GentaskGenerated.ErrorCode) {
        self =
            switch word {
            case .invalidModel: .invalidModel
            case .invalidPayload: .invalidPayload
            case .authFailed: .authFailed
            case .rateLimited: .rateLimited
            case .insufficientCredits: .insufficientCredits
            case .taskNotFound: .taskNotFound
            case .networkError: .networkError
            case .unknownError: .unknownError
            case .generationFailed: .generationFailed
            case .contentRejected: .contentRejected
            case .upstreamError: .upstreamError
            case .waitTimeout: .waitTimeout
            case .submitUnknown: .submitUnknown
            case .cancelled: .cancelled
            case .unsupported: .unsupported
            case .invalidContract: .invalidContract
            case .storeError: .storeError
            case .responseTooLarge: .responseTooLarge
            }
    }

    var native: GentaskGenerated.ErrorCode {
        switch self {
        case .invalidModel: .invalidModel
        case .invalidPayload: .invalidPayload
        case .authFailed: .authFailed
        case .rateLimited: .rateLimited
        case .insufficientCredits: .insufficientCredits
        case .taskNotFound: .taskNotFound
        case .networkError: .networkError
        case .unknownError: .unknownError
        case .generationFailed: .generationFailed
        case .contentRejected: .contentRejected
        case .upstreamError: .upstreamError
        case .waitTimeout: .waitTimeout
        case .submitUnknown: .submitUnknown
        case .cancelled: .cancelled
        case .unsupported: .unsupported
        case .invalidContract: .invalidContract
        case .storeError: .storeError
        case .responseTooLarge: .responseTooLarge
        }
    }
}

extension Operation {
    init(_ word: GentaskGenerated.Operation) {
        self =
            switch word {
            case .submit: .submit
            case .status: .status
            case .result: .result
            case .cancel: .cancel
            case .list: .list
            case .account: .account
            case .keys: .keys
            case .upload: .upload
            }
    }

    var native: GentaskGenerated.Operation {
        switch self {
        case .submit: .submit
        case .status: .status
        case .result: .result
        case .cancel: .cancel
        case .list: .list
        case .account: .account
        case .keys: .keys
        case .upload: .upload
        }
    }
}
