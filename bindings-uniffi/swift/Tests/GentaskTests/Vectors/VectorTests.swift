// The shared vectors: the same inputs have the same outcome in every language, and none is left out.

import Foundation
import Gentask
import Testing

@Suite struct VectorTests {
    @Test(arguments: Vectors.names) func everyCaseOfAFileComesOutAsExpected(_ name: String) throws {
        let (executed, failures) = run(name)
        #expect(failures.isEmpty, "\(failures.count) of \(executed) cases:\n\(failures.prefix(20).joined(separator: "\n"))")
        #expect(executed == Vectors.manifest.files[name].int)
        print("vectors: \(executed) cases of \(name)")
    }

    @Test func noneIsMissingFromTheManifest() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Vectors.folder.path).filter { $0.hasSuffix(".json") }
        #expect(Set(files.map { String($0.dropLast(5)) }).subtracting(["manifest"]) == Set(Vectors.names))
        #expect(Set(runners.keys) == Set(Vectors.names))
        #expect(Vectors.names.reduce(0) { $0 + Vectors.manifest.files[$1].int! } == Vectors.manifest.total.int)
        print("vectors: \(Vectors.manifest.total.int!) cases in \(Vectors.names.count) files, through the public Swift API")
    }

    @Test func everyContractOfTheVectorsLoadsAndIsUsed() throws {
        for name in Vectors.manifest.contracts.array! { try Vectors.contract(name).checkSamples() }
        let used = Set(Vectors.names.flatMap { Vectors.cases($0).compactMap(\.contract.string) })
        #expect(used == Set(Vectors.manifest.contracts.array!.compactMap(\.string)))
    }

    /// Changes and leaves out each part of the first expectation of each shape: a comparison that misses one would miss a fault.
    @Test(arguments: Vectors.names) func noPartOfAnExpectationCouldBeWrongWithoutBeingNoticed(_ name: String) throws {
        var (tried, shapes) = (0, Set<String>())
        for each in Vectors.cases(name) {
            let (inputs, expected) = parted(each)
            guard shapes.insert("\((expected.object ?? [:]).keys.sorted())").inserted else { continue }
            let found = try runners[name]!(inputs)
            for (what, changed) in changes(expected, at: "") {
                tried += 1
                #expect(firstDifference(changed, found) != nil, "\(each.name): \(what)")
            }
        }
        #expect(tried > 0)
    }

    private func run(_ name: String) -> (executed: Int, failures: [String]) {
        var (executed, failures) = (0, [String]())
        for (index, each) in Vectors.cases(name).enumerated() {
            let (inputs, expected) = parted(each)
            do {
                let found = try runners[name]!(inputs)
                executed += 1
                if let different = firstDifference(expected, found) { failures.append("case \(index + 1), \(each.name) \(different)") }
            } catch {
                failures.append("case \(index + 1), \(each.name) cannot be run: \(error)")
            }
        }
        return (executed, failures)
    }

    /// A case's inputs, and what is expected, so that no runner can look at the latter.
    private func parted(_ each: JSONValue) -> (inputs: JSONValue, expected: JSONValue) {
        guard let steps = each.steps.array else { return (each.without(["expect"]), each.expect) }
        let blind = each.merging(["steps": .array(steps.map { $0.without(["expect"]) })])
        return (blind, .array(steps.map(\.expect)))
    }

    /// A value with each of its parts changed, and with each of its members left out, one at a time.
    private func changes(_ value: JSONValue, at place: String) -> [(String, JSONValue)] {
        var changed = [("\(place) changed", other(than: value))]
        switch value {
        case .object(let members):
            for (name, member) in members {
                changed.append(("\(place)/\(name) left out", value.without([name])))
                for (what, part) in changes(member, at: "\(place)/\(name)") { changed.append((what, value.merging([name: part]))) }
            }
        case .array(let items):
            for (index, item) in items.enumerated() {
                for (what, part) in changes(item, at: "\(place)/\(index)") {
                    var copy = items
                    copy[index] = part
                    changed.append((what, .array(copy)))
                }
            }
        default: break
        }
        return changed
    }

    private func other(than value: JSONValue) -> JSONValue {
        switch value {
        case .null, .medium: false
        case .bool(let flag): .int(flag ? 1 : 0)
        case .int(let number): .int(number &+ 1)
        case .uint(let number): .uint(number &- 1)
        case .double(let number): .double(number + 1)
        case .string(let text): .string(text + "x")
        case .array(let items): .array(items + [nil])
        case .object: value.merging(["more": nil])
        }
    }
}
