// Everything public has a doc.

import Foundation
import Testing

@Suite struct DocTests {
    @Test func everythingPublicHasADoc() throws {
        let folder = ReadmeTests.folder.appendingPathComponent("Sources/Gentask")
        var (seen, missing) = (0, [String]())
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where file.hasSuffix(".swift") {
            let lines = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).components(separatedBy: "\n")
            // How deep a public enum's cases or a public protocol's members stand; `nil` outside of one.
            var (member, word) = (Int?.none, "")
            for (number, line) in lines.enumerated() {
                let (text, depth) = (line.trimmingCharacters(in: .whitespaces), line.prefix { $0 == " " }.count)
                if text.hasPrefix("}"), let open = member, depth < open { member = nil }
                let isMember = member == depth && !word.isEmpty && text.hasPrefix(word)
                if text.hasPrefix("public enum ") { (member, word) = (depth + 4, "case ") }
                if text.hasPrefix("public protocol ") { (member, word) = (depth + 4, "func ") }
                guard (text.hasPrefix("public ") && !text.hasPrefix("public typealias")) || isMember else { continue }
                seen += 1
                let before = lines[..<number].reversed().first { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("@") } ?? ""
                if !before.trimmingCharacters(in: .whitespaces).hasPrefix("///") { missing.append("\(file):\(number + 1): \(text)") }
            }
        }
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
        #expect(seen > 300)
    }
}
