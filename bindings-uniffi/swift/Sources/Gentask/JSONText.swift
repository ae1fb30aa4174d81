// JSON as text, and as `Codable`. Written strictly: names in order, no white space. A number's own text decides what it is, so that none loses a digit.

import Foundation

/// A text that is no JSON.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was expected.
    public let reason: String
    /// Where, in bytes from the beginning.
    public let offset: Int

    /// The reason and the place.
    public var description: String { "no JSON: \(reason) at byte \(offset)" }
}

extension JSONValue {
    /// Reads a JSON text.
    /// - Throws: ``JSONError``.
    public init(json: String) throws {
        try self.init(json: Array(json.utf8))
    }

    /// Reads a JSON text from its bytes, which are UTF-8.
    /// - Throws: ``JSONError``.
    public init(json: some Collection<UInt8>) throws {
        var reader = JSONReader(bytes: Array(json))
        self = try reader.document()
    }

    /// The value as anything `Encodable` writes it.
    public init(encoding value: some Encodable) throws {
        // A top level that is no object or list is fine for every encoder of today.
        try self.init(json: JSONEncoder().encode(value))
    }

    /// Reads the value as a `Decodable` type.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// The canonical JSON text: names in order, no white space.
    public var text: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(into out: inout [UInt8]) {
        switch self {
        case .null, .medium: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .int(let value): out += String(value).utf8
        case .uint(let value): out += String(value).utf8
        case .double(let value): out += Self.digits(value).utf8
        case .string(let value): Self.quote(value, into: &out)
        case .array(let items):
            out.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                item.write(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            let inOrder = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, (name, value)) in inOrder.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.quote(name, into: &out)
                out.append(UInt8(ascii: ":"))
                value.write(into: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// A number that is not finite stays what it is called: whoever reads it says that it is no JSON.
    private static func digits(_ value: Double) -> String {
        if let whole = Int64(exactly: value), abs(value) <= 9_007_199_254_740_991 { return String(whole) }
        return value.description
    }

    private static func quote(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x08: out += "\\b".utf8
            case 0x09: out += "\\t".utf8
            case 0x0a: out += "\\n".utf8
            case 0x0c: out += "\\f".utf8
            case 0x0d: out += "\\r".utf8
            case 0..<0x20: out += "\\u00".utf8 + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static let hex = Array("0123456789abcdef".utf8)
}

extension JSONValue: Codable {
    /// Reads any value.
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Name.self) {
            let pairs = try members.allKeys.map { ($0.stringValue, try members.decode(JSONValue.self, forKey: $0)) }
            self = .object(Dictionary(pairs, uniquingKeysWith: { _, later in later }))
        } else if var items = try? decoder.unkeyedContainer() {
            var read: [JSONValue] = []
            while !items.isAtEnd { read.append(try items.decode(JSONValue.self)) }
            self = .array(read)
        } else {
            let one = try decoder.singleValueContainer()
            if one.decodeNil() {
                self = .null
            } else if let value = try? one.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? one.decode(Int64.self) {
                self = .int(value)
            } else if let value = try? one.decode(UInt64.self) {
                self = .uint(value)
            } else if let value = try? one.decode(Double.self) {
                self = .double(value)
            } else {
                self = .string(try one.decode(String.self))
            }
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .array(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
        default:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let value): try container.encode(value)
            case .int(let value): try container.encode(value)
            case .uint(let value): try container.encode(value)
            case .double(let value): try container.encode(value)
            case .string(let value): try container.encode(value)
            case .medium(let medium):
                throw EncodingError.invalidValue(medium, .init(codingPath: encoder.codingPath, debugDescription: "a medium is no JSON"))
            default: try container.encodeNil()
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
