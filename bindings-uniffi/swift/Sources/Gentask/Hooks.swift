// Functions of your own around each request, which give up nothing of what is known of a delivery.

internal import GentaskGenerated

/// A request that is about to be sent, without its body and the API key.
public struct RequestInfo: Sendable, Hashable, Concealed {
    /// What it is for.
    public let operation: Operation
    /// The method.
    public let method: String
    /// The absolute URL. Not for logs.
    public let url: String
    /// The headers as gentask made them, without the API key; their names in lower case.
    public let headers: [HTTPHeader]
    /// The task that it is about, by its name in the store; `nil` where it is about none that is stored.
    public let intentID: String?

    /// What it is for; URL and headers are not for logs.
    public var description: String { "RequestInfo(\(operation.rawValue), \(method))" }

    init(_ native: GentaskGenerated.RequestInfo) {
        (operation, method, url) = (Operation(native.operation), native.method, native.url)
        (headers, intentID) = (native.headers.map(HTTPHeader.init), native.intentId)
    }
}

/// What came of a request.
public struct ResponseInfo: Sendable, Hashable, Concealed {
    /// The status of the answer; `nil` where none came.
    public let status: Int?
    /// The headers of the answer, their names in lower case. The API key, where it is among their values, is hidden.
    public let headers: [HTTPHeader]
    /// Where no answer came: whether it is proven that nothing was sent. `nil` where one came.
    public let isProvenUnsent: Bool?
    /// How long it took, from when it was handed to the transport until the answer was read.
    public let elapsed: Duration

    /// The status, or that there was none.
    public var description: String {
        "ResponseInfo(\(status.map(String.init) ?? (isProvenUnsent == true ? "not sent" : "maybe sent")), \(elapsed))"
    }

    init(_ native: GentaskGenerated.ResponseInfo) {
        (status, headers) = (native.status.map(Int.init), native.headers.map(HTTPHeader.init))
        (isProvenUnsent, elapsed) = (native.notSent, .milliseconds(Int64(clamping: native.elapsedMs)))
    }
}
