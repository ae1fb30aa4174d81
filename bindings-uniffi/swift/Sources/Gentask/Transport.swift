// Sending requests through something of your own.

import Foundation
internal import GentaskGenerated

/// Sends requests. The rules:
///
/// 1. One call, at most one request: nothing is sent again, whatever happened, and no redirect is followed.
/// 2. Throw ``NotSent`` only where it is proven that no byte of the request left: the connection was refused, the name was not found, TLS failed
///    first. Any other error means that the request may have arrived; for a submit, that is a task that may have to be paid.
/// 3. A submit (`request.operation == .submit`) goes out on a fresh connection.
/// 4. Read at most `request.responseCap` bytes, and say with `end` how the body ended.
///
/// `URLSession` keeps neither rule 1 nor rule 3: it sends a request again where a kept connection was stale. It is good for reads only.
public protocol Transport: Sendable {
    /// Sends one request and reads its answer, within `request.timeout`; after that it is cancelled, and counts as perhaps sent.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// Proven: no byte of the request left. Thrown by a ``Transport``.
public struct NotSent: Error, Sendable, Hashable {
    /// Why, in lower case and without a full stop. It is shown: no URL and no key.
    public let reason: String

    /// The proof, in words.
    public init(_ reason: String) {
        self.reason = reason
    }
}

/// A header.
public struct HTTPHeader: Sendable, Hashable, Codable, Concealed {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String

    /// A header.
    public init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }

    /// Its name.
    public var description: String { "HTTPHeader(\(name))" }

    init(_ native: GentaskGenerated.Header) {
        (name, value) = (native.name, native.value)
    }

    var native: GentaskGenerated.Header { .init(name: name, value: value) }
}

/// A request to be sent once. Its headers hold the API key already, and only where the URL may have it: it is for no log.
public struct HTTPRequest: Sendable, Hashable, Concealed {
    /// What it is for. A submit goes out on a fresh connection.
    public let operation: Operation
    /// The method.
    public let method: String
    /// The absolute URL.
    public let url: String
    /// The headers, the API key among them.
    public let headers: [HTTPHeader]
    /// The body.
    public let body: Data
    /// How long connecting, sending and reading may take together.
    public let timeout: Duration
    /// The most bytes of the answer's body that are read.
    public let responseCap: Int

    /// The operation and the method.
    public var description: String { "HTTPRequest(\(operation.rawValue), \(method))" }

    init(_ native: GentaskGenerated.HttpRequest) {
        (operation, method, url, body) = (Operation(native.operation), native.method, native.url, native.body)
        headers = native.headers.map(HTTPHeader.init)
        timeout = .milliseconds(Int64(clamping: native.timeoutMs))
        responseCap = Int(clamping: native.responseCap)
    }
}

/// An answer, as far as it was read.
public struct HTTPResponse: Sendable, Hashable, Concealed {
    /// How a body ended.
    public enum End: String, Sendable, Hashable {
        /// It was read to its end.
        case whole
        /// The connection ended first.
        case truncated
        /// There is more than the cap.
        case tooLarge
    }

    /// The status code.
    public let status: Int
    /// The headers.
    public let headers: [HTTPHeader]
    /// The body, as far as it was read.
    public let body: Data
    /// How the body ended.
    public let end: End

    /// An answer.
    public init(status: Int, headers: [HTTPHeader] = [], body: Data, end: End = .whole) {
        (self.status, self.headers, self.body, self.end) = (status, headers, body, end)
    }

    /// The status and the size.
    public var description: String { "HTTPResponse(\(status), \(body.count) bytes)" }

    var native: GentaskGenerated.HttpResponse {
        let end: BodyEnd =
            switch end {
            case .whole: .whole
            case .truncated: .truncated
            case .tooLarge: .tooLarge
            }
        return .init(status: UInt16(clamping: status), headers: headers.map(\.native), body: body, end: end)
    }
}
