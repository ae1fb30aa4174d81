// Providers as data.

import Foundation
internal import GentaskGenerated

/// A provider, as its contract file describes it.
public final class Contract: Sendable, CustomStringConvertible {
    let native: GentaskGenerated.Contract

    init(_ native: GentaskGenerated.Contract) {
        self.native = native
    }

    /// The contract of a built-in provider's name, or of a contract file: what has a slash in it or ends with `.json` is a file.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with every fault.
    public convenience init(_ provider: String) throws {
        self.init(try calling { try .find(provider: provider) })
    }

    /// The contract of a file.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with every fault.
    public convenience init(file: String) throws {
        self.init(try calling { try .file(path: file) })
    }

    /// A contract from its JSON.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with every fault.
    public convenience init(json: Data) throws {
        self.init(try calling { try .load(json: json) })
    }

    /// The names of the providers that come with the package.
    public static var builtIn: [String] { builtInProviders() }

    /// The provider's name in records, such as `apixo`.
    public var id: String { native.id() }
    /// Counts the contract's changes.
    public var revision: UInt64 { native.revision() }
    /// The provider's name for a person.
    public var title: String { native.title() }
    /// Where the provider documents its API.
    public var docs: String? { native.docs() }
    /// The provider's own base URL.
    public var baseURL: String { native.baseUrl() }
    /// The environment variable that holds the API key, where the contract names one.
    public var keyVariable: String? { native.keyVariable() }
    /// The listed models and the kind of each: `image`, `video`, `audio`, `model` (3D) or `unknown`.
    public var models: [String: String] { native.models() }
    /// Whether models beyond the listed ones are passed through unguessed.
    public var isOpen: Bool { native.isOpen() }
    /// Whether a task of this provider can be cancelled.
    public var canCancel: Bool { native.canCancel() }
    /// The contract as canonical JSON.
    public var json: String { native.json() }
    /// The contract's id.
    public var description: String { "Contract(\(id))" }

    /// Checks an order without a network, an API key or a store.
    /// - Throws: ``GentaskError/invalidModel(_:)`` or ``GentaskError/invalidPayload(_:)`` with everything that is wrong.
    public func validate(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil,
        options: JSONValue? = nil
    ) throws {
        let order = try order(model, input, key, owner, callbackURL, options, for: self)
        try calling { try native.validate(order: order) }
    }

    /// Decodes every sample of the contract, and says how many there are.
    /// - Throws: ``GentaskError/invalidContract(_:)`` where one does not mean what it says.
    @discardableResult
    public func checkSamples() throws -> Int {
        Int(clamping: try calling { try native.checkSamples() })
    }
}

/// Which provider a client is of: a literal is a built-in name (`apidot`, `apixo`, `aivideomaker`) or a contract file's path.
public enum Provider: Sendable, ExpressibleByStringLiteral {
    /// A built-in provider's name, or a contract file: what has a slash in it or ends with `.json` is a file.
    case named(String)
    /// A contract file.
    case file(String)
    /// A contract.
    case contract(Contract)

    /// A built-in name or a path.
    public init(stringLiteral name: String) { self = .named(name) }

    /// The contract.
    /// - Throws: ``GentaskError/invalidContract(_:)`` with every fault.
    public func load() throws -> Contract {
        switch self {
        case .named(let name): try Contract(name)
        case .file(let path): try Contract(file: path)
        case .contract(let contract): contract
        }
    }
}

/// What a caller says about one submit, as it crosses. Media of it are for `provider`; without one, they are values that JSON has not.
/// - Throws: ``GentaskError/invalidPayload(_:)`` for what cannot be written as JSON, with everything that is wrong.
func order(
    _ model: String, _ input: JSONValue, _ key: String?, _ owner: String?, _ callbackURL: String?, _ options: JSONValue?,
    for provider: Contract? = nil
) throws -> GentaskGenerated.Order {
    var faults: [Fault] = []
    let input = try input.written(at: "", for: provider, &faults)
    _ = try options?.written(at: "/options", for: nil, &faults)
    if !faults.isEmpty { try calling { try refusePayload(what: "the payload", faults: faults) } }
    if let warning = provider?.native.nearMiss(model: model) { log(warning) }
    return .init(model: model, input: input.text, key: key, owner: owner, callbackUrl: callbackURL, options: given(options))
}

/// Tells on standard error what nobody is there to catch: there is no log of the platform's own on every platform.
func log(_ message: String) {
    FileHandle.standardError.write(Data("gentask: \(message)\n".utf8))
}

/// The text of something optional: `null` is nothing, which a `nil` may have become on its way.
func given(_ value: JSONValue?) -> String? {
    value.flatMap { $0.isNull ? nil : $0.text }
}
