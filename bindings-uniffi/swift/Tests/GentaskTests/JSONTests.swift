// JSON values keep what they are given.

import Foundation
import Gentask
import Testing

@Suite struct JSONTests {
    @Test func aLiteralIsItsText() {
        let value: JSONValue = ["b": [1, -2.5, true, nil], "a": "x\"\n\u{1}é🦊", "n": ["deep": []]]
        #expect(value.text == #"{"a":"x\"\n\u0001é🦊","b":[1,-2.5,true,null],"n":{"deep":[]}}"#)
    }

    @Test func everyDigitOfAWholeNumberIsKept() throws {
        let text = "[9007199254740993,-9223372036854775808,18446744073709551615,0,-1]"
        let read = try JSONValue(json: text)
        #expect(read.text == text)
        #expect(read == [9_007_199_254_740_993, .int(.min), .uint(.max), 0, -1])
        #expect(JSONValue(UInt64.max) == .uint(.max))
        #expect(try JSONValue(json: "[1e2,0.5,-0.0,1.0]").text == "[100,0.5,0,1]")
    }

    @Test func anEscapeIsRead() throws {
        #expect(try JSONValue(json: #" "\ud83e\udd8a\u00e9\/\b" "#) == "🦊é/\u{8}")
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "-", "+1", "tru", "\"\\ud800\"", "\"\\udc00\"", "\"\\x\"", "\"a", "1 2", "\u{1}",
        "\"\u{1}\"", "[1 2]", "1e999", "NaN", "\"\\u12g4\"",
    ]) func whatIsNoJSONIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue(json: text) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONError.self) { try JSONValue(json: [0x22, 0xff, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(json: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)) }
    }

    @Test func whatIsCodableCanBeAPayload() throws {
        struct Order: Codable, Equatable {
            var prompt: String
            var seed: UInt64
            var size: [Double]
            var style: String?
        }
        let order = Order(prompt: "a sunset", seed: .max, size: [1, 0.5])
        let value = try JSONValue(encoding: order)
        #expect(value == ["prompt": "a sunset", "seed": .uint(.max), "size": [1, 0.5]])
        #expect(try value.decode(Order.self) == order)
        #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value)) == value)
    }

    @Test func membersCanBeLookedUpInAChain() {
        var value: JSONValue = ["a": ["b": [1, ["c": "d"]]]]
        #expect(value.a.b[1].c.string == "d")
        #expect(value.a.x[7].y.isNull)
        value["new"] = 2
        #expect(value.new.int == 2)
    }
}
