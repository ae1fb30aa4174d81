// What a caller gets: seven fields, the same in every language, and what is read most out of `data`.

import Foundation
internal import GentaskGenerated

/// How a task is, or what became of a call: seven fields, the same in every language.
public struct Reply: Sendable, Identifiable {
    /// Whether there is no error code.
    public let ok: Bool
    /// How the task is.
    public let status: Status
    /// The provider's id of the task, where one is known.
    public let taskID: String?
    /// The stable code of what went wrong.
    public let errorCode: ErrorCode?
    /// What went wrong, for a person.
    public let errorMessage: String?
    /// When to come back.
    public let retryAfter: Duration?
    /// The result files; empty where there are none.
    public let files: [ResultFile]
    /// What a person should know beside how the task is, in plain sentences, such as that it has succeeded without a file; empty where nothing is odd.
    public let warnings: [String]
    /// The intent's id: the task's name in the store, what `Client.task(_:)` takes.
    public let intentID: String?
    /// How far the task is, from 0 to 1, where the provider tells.
    public let progress: Double?
    /// The whole reply as canonical JSON: the same bytes in every language. It may hold URLs: it is for no log.
    public let json: String

    private let details: String

    init(_ native: GentaskGenerated.Reply) {
        ok = native.ok
        status = Status(native.status)
        taskID = native.taskId
        errorCode = native.errorCode.map(ErrorCode.init)
        errorMessage = native.errorMessage
        retryAfter = native.retryAfter.map { .seconds(Int64(clamping: $0)) }
        files = native.files.map(ResultFile.init)
        warnings = native.warnings
        intentID = native.intentId
        progress = native.progress
        json = native.json
        details = native.data
    }

    /// Reads a reply that any language wrote.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with everything that is wrong with it.
    public init(json: String) throws {
        self.init(try calling { try replyFromJson(json: json) })
    }

    /// The details: of a success `files`, `costTimeMs` and `raw`, of a failure `billing`, `suggestions`, `providerCode` and `violations`.
    public var data: JSONValue { known(details) }

    /// The JSON text itself: two replies are the same if this is.
    public var id: String { json }

    /// Whether money may have been spent.
    public var billing: Billing { data.billing.string.flatMap(Billing.init) ?? .none }

    /// What to do next; the first is the one to try first.
    public var suggestions: [String] { data.suggestions.array?.compactMap(\.string) ?? [] }

    /// Everything that is wrong with a payload or a contract, at once.
    public var violations: [Violation] { data.violations.array?.map(Violation.init) ?? [] }

    /// The reply of a success; what is none is thrown.
    /// - Throws: ``GentaskError`` where there is an error code, or where the task has not succeeded.
    @discardableResult
    public func orThrow() throws -> Reply {
        if ok, status == .success { return self }
        throw GentaskError(self)
    }

    var native: GentaskGenerated.Reply {
        let seconds = retryAfter.map { UInt64(clamping: $0.components.seconds) }
        return .init(
            ok: ok, status: status.native, taskId: taskID, data: details, errorCode: errorCode?.native, errorMessage: errorMessage,
            retryAfter: seconds, files: files.map(\.native), warnings: warnings, intentId: intentID, progress: progress, json: json)
    }
}

extension Reply: Hashable {
    /// Whether both say the same.
    public static func == (one: Reply, other: Reply) -> Bool { one.json == other.json }

    /// By the JSON text.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

extension Reply: Codable {
    /// Reads the seven fields.
    public init(from decoder: any Decoder) throws {
        try self.init(json: JSONValue(from: decoder).text)
    }

    /// Writes the seven fields.
    public func encode(to encoder: any Encoder) throws {
        try known(json).encode(to: encoder)
    }
}

extension Reply: Concealed {
    /// The status, the code and the ids.
    public var description: String {
        let code = errorCode.map { ", \($0.rawValue)" } ?? ""
        return "Reply(\(status.rawValue)\(code), intentID: \(intentID ?? "nil"), taskID: \(taskID ?? "nil"), \(files.count) files)"
    }
}

/// One result file, where the provider keeps it until it expires.
public struct ResultFile: Sendable, Hashable, Codable, Concealed {
    /// Where it is. It may be signed: it is for no log.
    public let url: String?
    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    public let kind: String
    /// When the provider deletes it, in Unix milliseconds.
    public let expiresAtMs: UInt64?
    /// Its place among the task's files, from 0: what `TaskHandle.saveFile(_:in:)` takes.
    public let index: Int

    /// When the provider deletes it.
    public var expiresAt: Date? { expiresAtMs.map(Date.init(unixMs:)) }

    /// Its kind and its place.
    public var description: String { "ResultFile(\(kind), index: \(index))" }

    init(_ native: GentaskGenerated.ResultFile) {
        (url, kind, expiresAtMs, index) = (native.url, native.kind, native.expiresAtMs, Int(clamping: native.index))
    }

    var native: GentaskGenerated.ResultFile {
        .init(url: url, kind: kind, expiresAtMs: expiresAtMs, index: UInt64(clamping: index))
    }
}

/// A result file on disk.
public struct SavedFile: Sendable, Hashable, Codable {
    /// Where it is.
    public let path: String
    /// The hash of its bytes, in hexadecimal.
    public let sha256: String
    /// Its size.
    public let bytes: UInt64
    /// Its media type.
    public let contentType: String

    init(_ native: GentaskGenerated.SavedFile) {
        (path, sha256, bytes, contentType) = (native.path, native.sha256, native.bytes, native.contentType)
    }
}

/// What tells beside a saved file which task, model and provider it came from.
public enum FileReceipt: Sendable, Hashable {
    /// A JSON file beside it, `NAME.receipt.json`: the ids of the task, provider, account, model, owner, times and the file's digest. It holds no prompt,
    /// no key and no URL.
    case sidecar
}

/// What the account holds.
public struct Balance: Sendable, Hashable, Codable {
    /// The amount, as the provider writes it: a decimal number in a text, so that none of its digits is lost.
    public let amount: String
    /// Of what: `credits`, `USD`.
    public let unit: String?

    init(_ native: GentaskGenerated.Balance) {
        (amount, unit) = (native.amount, native.unit)
    }
}

/// A task as the provider lists it: a candidate for `adopt`.
public struct ListedTask: Sendable, Hashable, Codable {
    /// The provider's id of the task.
    public let taskID: String
    /// When it was made, as the provider writes it.
    public let created: String?
    /// The same in Unix milliseconds; `nil` where it is none of the forms in which times are written.
    public let createdAtMs: UInt64?
    /// The model, where the list says it.
    public let model: String?
    /// Our own reference, where the provider echoes one.
    public let reference: String?

    /// When it was made.
    public var createdAt: Date? { createdAtMs.map(Date.init(unixMs:)) }

    init(_ native: GentaskGenerated.ListedTask) {
        (taskID, created, createdAtMs) = (native.taskId, native.created, native.createdAtMs)
        (model, reference) = (native.model, native.reference)
    }
}
