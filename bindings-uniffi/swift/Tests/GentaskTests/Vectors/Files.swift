// The files that all languages share: their cases, their contracts and how many cases there are.

import Foundation
import Gentask

enum Vectors {
    /// The folder that the paths of contracts begin at.
    static let root = workspace.appendingPathComponent("tests")
    static let folder = root.appendingPathComponent("vectors")

    /// When every run begins whose case names no other time.
    static let start: UInt64 = 1_790_000_000_000
    /// The entropy of cases that name none, in hexadecimal.
    static let entropy = String(repeating: "0123456789abcdef", count: 4)

    /// Which files there are, and how many cases each has.
    static let manifest = read("manifest")
    static let names = manifest.files.object!.keys.sorted()

    static func read(_ name: String) -> JSONValue {
        try! JSONValue(json: Data(contentsOf: folder.appendingPathComponent("\(name).json")))
    }

    static func cases(_ name: String) -> [JSONValue] { read(name).cases.array! }

    /// What a contract is loaded from: a built-in name, or a path.
    static func source(_ name: String) -> Provider {
        name.hasSuffix(".json") ? .file(root.appendingPathComponent(name).path) : .named(name)
    }

    private static let loaded: [String: Contract] = Dictionary(
        uniqueKeysWithValues: manifest.contracts.array!.map { ($0.string!, try! source($0.string!).load()) })

    static func contract(_ name: JSONValue) -> Contract { loaded[name.string!]! }

    private static let examples = cases("validate")

    /// The generation of a contract that cases mean which name none.
    static func example(_ contract: JSONValue) -> JSONValue {
        examples.first { $0.name == .string("\(contract.string!): the example is valid") }!.generation
    }
}

/// Bytes as they stand on the wire: a text, or base64.
func bytes(_ wire: JSONValue) -> Data? {
    wire.text_.string.map { Data($0.utf8) } ?? wire.base64.string.flatMap { Data(base64Encoded: $0) }
}

func bytes(hex: String) -> Data {
    let digits = Array(hex.utf8)
    return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)! })
}

func hex(_ data: Data) -> String { data.map { String(format: "%02x", $0) }.joined() }

extension JSONValue {
    /// The member `text`, which is a property of every value.
    var text_: JSONValue { self["text"] }

    /// A time or a number of the vectors.
    var unsigned: UInt64 {
        switch self {
        case .int(let value): UInt64(value)
        case .uint(let value): value
        default: UInt64(string!)!
        }
    }

    init(_ text: String?) {
        self = text.map(JSONValue.string) ?? .null
    }

    init(_ number: UInt64?) {
        self = number.map { JSONValue($0) } ?? .null
    }

    /// Without the members that are null, and those of these names.
    func without(_ names: Set<String> = [], nulls: Bool = false) -> JSONValue {
        .object(object!.filter { !names.contains($0.key) && !(nulls && $0.value.isNull) })
    }

    func merging(_ other: JSONValue) -> JSONValue {
        .object(object!.merging(other.object!) { $1 })
    }
}
