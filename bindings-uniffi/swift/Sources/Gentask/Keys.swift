// Secrets: the API key, and what proves callbacks. None of them shows itself.

import Foundation
internal import GentaskGenerated

/// Where the API key comes from: a literal is the key itself. Keep it on a server, never in an app.
public enum APIKey: Sendable, ExpressibleByStringLiteral, Concealed {
    /// This key.
    case value(String)
    /// The environment variable of this name.
    case environment(String)
    /// A function that is asked for each request, so that a rotated key is used at once.
    ///
    /// Where it throws, nothing was sent: the caller is told ``GentaskError/authFailed(_:)`` with the error's type, and nothing else of it.
    case function(@Sendable () async throws -> String)

    /// The key itself.
    public init(stringLiteral key: String) { self = .value(key) }

    /// Where it comes from; not the key.
    public var description: String {
        switch self {
        case .value: "APIKey"
        case .environment(let name): "APIKey(\(name))"
        case .function: "APIKey(function)"
        }
    }

    var native: Key {
        switch self {
        case .value(let key): .value(key: key)
        case .environment(let name): .variable(name: name)
        case .function(let function): .asked(source: KeyBridge(function))
        }
    }
}

/// A secret that proves callbacks, and until when it counts. A literal is one without an end.
public struct CallbackSecret: Sendable, Hashable, ExpressibleByStringLiteral, Concealed {
    let text: String
    let until: Date?

    /// A secret; after `until` it proves nothing any more.
    public init(_ text: String, until: Date? = nil) {
        (self.text, self.until) = (text, until)
    }

    /// One without an end.
    public init(stringLiteral text: String) { self.init(text) }

    /// Nothing of it.
    public var description: String { "CallbackSecret" }

    var native: ProofSecret { .init(text: text, untilMs: until?.unixMs) }
}
