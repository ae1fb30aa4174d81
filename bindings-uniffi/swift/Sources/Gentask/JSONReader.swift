// Reads a JSON text (RFC 8259) to its end.

import Foundation

struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0

    /// Deeper than anything that core accepts, and far from what a thread's stack holds.
    private static let deepest = 512

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let read = try value()
        skipSpace()
        guard at == bytes.count else { throw fault("the end was expected") }
        return read
    }

    private func fault(_ reason: String) -> JSONError { JSONError(reason: reason, offset: at) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { at += 1 }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try nested { (reader: inout JSONReader) throws(JSONError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { (reader: inout JSONReader) throws(JSONError) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("a value was expected, and the text ends")
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        default: throw fault("a value was expected")
        }
    }

    private mutating func nested(_ read: (inout JSONReader) throws(JSONError) -> JSONValue) throws(JSONError) -> JSONValue {
        guard depth < Self.deepest else { throw fault("it is nested too deeply") }
        depth += 1
        defer { depth -= 1 }
        at += 1
        return try read(&self)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[at...].starts(with: word.utf8) else { throw fault("a value was expected") }
        at += word.utf8.count
        return value
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var items: [JSONValue] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            items.append(try value())
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "]"):
                at += 1
                return .array(items)
            default: throw fault("a comma or the end of the list was expected")
            }
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if next == UInt8(ascii: "}") {
            at += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault("a name was expected") }
            let name = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault("a colon was expected") }
            at += 1
            members[name] = try value()
            skipSpace()
            switch next {
            case UInt8(ascii: ","): at += 1
            case UInt8(ascii: "}"):
                at += 1
                return .object(members)
            default: throw fault("a comma or the end of the object was expected")
            }
        }
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = at
        var isWhole = true
        if next == UInt8(ascii: "-") { at += 1 }
        let first = next
        let before = at
        digits()
        guard at > before, !(first == UInt8(ascii: "0") && at > before + 1) else { throw fault("a number was expected") }
        if next == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            let before = at
            digits()
            guard at > before else { throw fault("a digit was expected") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            let before = at
            digits()
            guard at > before else { throw fault("a digit was expected") }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .int(value) }
        if isWhole, let value = UInt64(text) { return .uint(value) }
        guard let value = Double(text), value.isFinite else { throw fault("the number is too large") }
        return .double(value)
    }

    private mutating func digits() {
        while let byte = next, isDigit(byte) { at += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private mutating func string() throws(JSONError) -> String {
        at += 1
        var read: [UInt8] = []
        while true {
            guard let byte = next else { throw fault("the end of a text was expected") }
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                guard let text = String(bytes: read, encoding: .utf8) else { throw fault("the text is not UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                at += 1
                try escape(into: &read)
            case 0..<0x20: throw fault("a control character stands in a text")
            default:
                read.append(byte)
                at += 1
            }
        }
    }

    private mutating func escape(into read: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw fault("the end of a text was expected") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): read.append(byte)
        case UInt8(ascii: "b"): read.append(0x08)
        case UInt8(ascii: "f"): read.append(0x0c)
        case UInt8(ascii: "n"): read.append(0x0a)
        case UInt8(ascii: "r"): read.append(0x0d)
        case UInt8(ascii: "t"): read.append(0x09)
        case UInt8(ascii: "u"):
            var code = try unit()
            if (0xd800..<0xdc00).contains(code), bytes[at...].starts(with: "\\u".utf8) {
                at += 2
                let low = try unit()
                guard (0xdc00..<0xe000).contains(low) else { throw fault("half a surrogate pair") }
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
            read += Array(String(Character(scalar)).utf8)
        default: throw fault("an escape that JSON does not have")
        }
    }

    private mutating func unit() throws(JSONError) -> UInt32 {
        let end = at + 4
        guard end <= bytes.count, bytes[at..<end].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let code = UInt32(String(decoding: bytes[at..<end], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits were expected") }
        at = end
        return code
    }
}
