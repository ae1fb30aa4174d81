// The adversary's table, played through the public API over real HTTP. `GENTASK_ROWS=text` plays only the rows with that text in their name or family.

import Foundation
import Gentask
import Testing

@Suite struct AdversaryTests {
    static let only = ProcessInfo.processInfo.environment["GENTASK_ROWS"] ?? ""
    static let wanted = Table.names.filter { only.isEmpty || $0.contains(only) }

    @Test(arguments: wanted) func aRowHolds(_ name: String) async throws {
        let row = try #require(Table.shared.rows[name])
        let faults = await Play(row).play()
        #expect(faults.isEmpty, "\(name):\n\(faults.joined(separator: "\n"))")
    }

    @Test func everyRowOfTheTableWasThereToBePlayed() {
        print("adversary: \(Self.wanted.count) of \(Table.shared.rows.count) rows in Swift")
        #expect(Set(Table.names) == Set(Table.shared.rows.keys))
    }
}
