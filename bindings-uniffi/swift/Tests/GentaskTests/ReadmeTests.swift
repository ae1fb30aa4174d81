// What the README shows compiles, and does what it says.

import Foundation
import Gentask
import Testing

@Suite struct ReadmeTests {
    static let folder = workspace.appendingPathComponent("bindings-uniffi/swift")

    /// Every Swift block that is not a manifest's and not a framework's is in `ReadmeBlocks`, line by line.
    @Test func everyBlockIsCompiled() throws {
        let readme = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
        let compiled = try lines(String(contentsOf: Self.folder.appendingPathComponent("Tests/GentaskTests/ReadmeBlocks.swift"), encoding: .utf8))
        var blocks = 0
        for part in readme.components(separatedBy: "```swift\n").dropFirst() {
            let block = lines(part.components(separatedBy: "```")[0])
            if block.contains(where: { $0.contains("router.") || $0.hasPrefix("dependencies:") }) { continue }
            blocks += 1
            var place = compiled.startIndex
            for line in block where !line.isEmpty && line != "import Gentask" {
                let found = compiled[place...].firstIndex(of: line)
                #expect(found != nil, "not compiled, or not in this order: \(line)")
                place = found.map { $0 + 1 } ?? place
            }
        }
        #expect(blocks == 8)
    }

    private func lines(_ text: String) -> [String] {
        text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func theBlocksRun() async throws {
        let sandbox = try Sandbox()
        try await ReadmeBlocks.testing()
        try await ReadmeBlocks.errors(sandbox.client())
        try await ReadmeBlocks.left(sandbox.client())
        try await ReadmeBlocks.resume(sandbox.client())
        try await ReadmeBlocks.many(sandbox.client(), ["a sunset", "a sunrise"])
        #expect(try await sandbox.submits() == 4)
    }

    /// Each case of the error stands in the table.
    @Test func everyErrorStandsInTheTable() throws {
        let readme = try String(contentsOf: Self.folder.appendingPathComponent("README.md"), encoding: .utf8)
        let source = try String(contentsOf: Self.folder.appendingPathComponent("Sources/Gentask/Errors.swift"), encoding: .utf8)
        let cases = lines(source).filter { $0.hasPrefix("case ") && $0.hasSuffix("(Failure)") }.map { $0.dropFirst(5).dropLast(9) }
        #expect(cases.count == ErrorCode.allCases.count + 2)
        for name in cases { #expect(readme.contains("`\(name)`"), "\(name)") }
    }

    @Test func everyCodeHasItsCase() throws {
        for code in ErrorCode.allCases {
            let json: JSONValue = [
                "ok": false, "status": "failed", "taskId": nil, "data": [:], "errorCode": .string(code.rawValue), "errorMessage": "x", "retryAfter": 7,
            ]
            let reply = try Reply(json: json.text)
            do {
                try reply.orThrow()
                Issue.record("\(code) is no error")
            } catch let error as GentaskError {
                #expect(error.code == code && error.retryAfter == .seconds(7) && error.message.contains(code.rawValue), "\(error)")
                #expect("\(error.code)" == String("\(Mirror(reflecting: error).children.first?.label ?? "")"))
            }
        }
    }
}
