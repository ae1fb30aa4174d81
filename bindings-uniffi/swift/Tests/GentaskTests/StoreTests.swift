// Stores: a file, memory, one of one's own, and ones that fail.

import Foundation
import Gentask
import Testing

@Suite struct StoreTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aFileIsSharedByClientsAndOutlivesThem() async throws {
        let folder = try Folder()
        let path = folder.file("tasks.db")
        let first = try sandbox.client(store: .file(path))
        let task = try await first.order(key: "k")
        await first.close()
        let store = try SQLiteStore(path)
        #expect(store.path.hasSuffix("tasks.db"))
        let second = try sandbox.client(store: .sqlite(store))
        #expect(try await second.find("k")?.intentID == task.intentID)
        #expect(try await second.resume().map(\.reply.status) == [.success])
        #expect(try await second.task(task.intentID).wait().ok)
        #expect(try await sandbox.submits() == 1)
    }

    @Test func aStoreOfOnesOwnKeepsAllOfIt() async throws {
        let store = OwnStore()
        let client = try sandbox.client(store: .own(store))
        let task = try await client.order(key: "k", owner: "anna")
        #expect(try await client.order(key: "k", owner: "anna").intentID == task.intentID)
        #expect(try await task.wait().ok)
        let stored = try #require(await store.records[task.intentID])
        #expect(try TaskRecord(json: stored).reply().status == .success)
        for number in 0..<4 { try await client.order(key: "\(number)") }
        #expect(try await client.resume().count == 4)
        let page = try await client.tasks(limit: 3)
        #expect(page.count == 3 && page.next != nil)
        #expect(try await client.tasks(after: page.next).count == 2)
        #expect(try await client.notices().count == 5)
        #expect(try await client.settleNotices { _ in } == 5)
        #expect(try await client.prune(olderThan: .zero) == 5)
        #expect(try await sandbox.submits() == 5)
    }

    @Test func aStoreThatCannotSaveSendsNothing() async throws {
        let store = FailingStore { $0 == "save" ? FailingStore.Broken() : nil }
        let client = try sandbox.client(store: .own(store), timeout: .seconds(5))
        let refused = try await error { try await client.order(timeout: .seconds(60)) }
        guard case .storeError = refused else { return #expect(Bool(false), "\(refused)") }
        #expect(refused.message.contains("save threw Broken") && !refused.reply.json.contains("password"), "\(refused)")
        #expect(refused.billing == .none)
        #expect(try await sandbox.submits() == 0)
    }

    @Test func aStoresOwnWordsAreShown() async throws {
        let store = FailingStore { $0 == "load" || $0 == "list" ? StoreFault(.readOnly, "the table is locked for a backup") : nil }
        let client = try sandbox.client(store: .own(store))
        for call in [{ _ = try await client.tasks() }, { _ = try await client.task("x") }] as [@Sendable () async throws -> Void] {
            let refused = try await error(call)
            #expect(refused.code == .storeError && refused.message.contains("the table is locked for a backup"), "\(refused)")
        }
    }

    @Test func aTaskIDThatCannotBeSavedIsStillTold() async throws {
        let saves = Notes<Int>()
        let store = FailingStore { method in
            guard method == "save" else { return nil }
            saves.add(1)
            return saves.all.count > 1 ? FailingStore.Broken() : nil
        }
        let client = try sandbox.client(store: .own(store))
        let failed = try await error { try await client.order(timeout: .seconds(60)) }
        #expect(failed.code == .storeError && failed.taskID != nil && failed.billing == .possible, "\(failed.reply.json)")
        #expect(try await sandbox.submits() == 1)
    }

    @Test func aStoreWithoutCallbacksRefusesACallbackURL() async throws {
        let client = try sandbox.client(store: .own(OwnStore(keepsCallbacks: false)))
        let refused = try await error { try await client.order(callbackURL: "https://app.example.com/gentask") }
        #expect(refused.code == .unsupported && refused.billing == .none, "\(refused)")
        #expect(try await sandbox.submits() == 0)
    }

    @Test func aFileThatIsNoStoreIsSaidToBeNone() async throws {
        let folder = try Folder()
        let path = folder.file("tasks.db")
        try Data("no database, but long enough to be looked at as if it were one".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try await error { try await sandbox.client(store: .file(path)).tasks() }.code == .storeError)
        #expect(try await error { try await sandbox.client(store: .file("\(path)/tasks.db")).tasks() }.code == .storeError)
    }
}
