// JSON values: what payloads, options and details are written in. Whole numbers keep all their digits.

/// A JSON value. Write it as a literal: `["mode": "text-to-image", "prompt": "a sunset", "n": 2]`.
///
/// What is no literal is wrapped: `["prompt": .string(prompt), "seed": .int(seed)]`, or `JSONValue(encoding:)` for anything `Encodable`.
@dynamicMemberLookup
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A whole number above `Int64.max`.
    case uint(UInt64)
    /// Any other number. One that is not finite is refused when it is sent.
    case double(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Names and values. Their order means nothing.
    case object([String: JSONValue])
    /// A picture, a sound or a film at hand: `.media(url)` makes one. Only a payload may hold it.
    case medium(Media)
}

extension JSONValue {
    /// The text, where it is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The truth value, where it is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The whole number, where it is one that an `Int` can hold.
    public var int: Int? {
        switch self {
        case .int(let value): Int(exactly: value)
        case .uint(let value): Int(exactly: value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    /// The number, where it is one; a large whole one is rounded.
    public var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .uint(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The list, where it is one.
    public var array: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// Names and values, where it is an object.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// Whether it is `null`.
    public var isNull: Bool { self == .null }

    /// The member of this name; `null` where there is none, so that looks can be chained.
    public subscript(name: String) -> JSONValue {
        get { object?[name] ?? .null }
        set {
            var members = object ?? [:]
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The item at this place; `null` where there is none.
    public subscript(index: Int) -> JSONValue {
        array.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .null
    }

    /// The same as the member of this name: `reply.data.costTimeMs.int`.
    public subscript(dynamicMember name: String) -> JSONValue { self[name] }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `nil` is `null`.
    public init(nilLiteral: ()) { self = .null }

    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int64) { self = .int(value) }

    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Names and values; of two with the same name, the later one counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, later in later }))
    }
}

extension JSONValue {
    /// A whole number of any type, with all its digits.
    public init(_ value: some BinaryInteger) {
        if let small = Int64(exactly: value) {
            self = .int(small)
        } else if let large = UInt64(exactly: value) {
            self = .uint(large)
        } else {
            self = .double(Double(value))
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The JSON text. It may hold a prompt or a URL: it is for no log.
    public var description: String { text }
}
