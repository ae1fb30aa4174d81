// Clients: options, closing, keys, listeners, many waits.

import Foundation
import Gentask
import Testing

private func told(_ what: String, _ call: () throws -> Void) async throws -> GentaskError {
    do {
        try call()
    } catch let error as GentaskError {
        return error
    }
    Issue.record("\(what) was not refused")
    throw Expected()
}

@Suite struct ClientTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aClosedClientSaysSo() async throws {
        let client = try sandbox.client()
        let task = try await client.order(.picture("[stuck]"))
        let waiting = Task { try await task.wait() }
        try await Task.sleep(for: .milliseconds(20))
        await client.close()
        #expect(client.isClosed && "\(client)" == "Client(apixo, closed)")
        #expect(try await error { try await waiting.value }.intentID == task.intentID)
        for call in [
            { _ = try await client.order() }, { _ = try await task.wait() }, { _ = try await client.tasks() }, { _ = try client.dryRun(model, picture) },
            { _ = try await client.createGeneration(model, picture) }, { _ = try await client.getStatus("x") },
            { _ = try await client.receive(method: "POST", url: "/", headers: [], body: Data()) },
        ] as [@Sendable () async throws -> Void] {
            let closed = try await error(call)
            #expect(closed.code == .unsupported && closed.message.contains("closed"), "\(closed)")
        }
        await client.close()
        #expect(try await sandbox.client().task(task.intentID).record().phase == .waiting)
    }

    @Test func closingWaitsForSubmitsUnderWay() async throws {
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", ["kind": "delayMs", "ms": 200])])
        let submits = (0..<20).map { number in Task { try await client.order(key: "\(number)") } }
        try await until { try await sandbox.client().tasks().count == 20 }
        await client.close()
        #expect(try await sandbox.client().tasks().filter { $0.taskID == nil }.isEmpty)
        for submit in submits { _ = try await submit.value }
        #expect(try await sandbox.submits() == 20)
    }

    @Test func optionsThatMakeNoSenseAreRefused() async throws {
        for (number, make) in ([
            { _ = try Client("no-such-provider") }, { _ = try Client("no/such/file.json") }, { _ = try self.sandbox.client(maxInFlight: 0) },
            { _ = try self.sandbox.client(maxInFlight: -1) }, { _ = try self.sandbox.client(poll: Poll(factor: 0)) },
            { _ = try Client("apixo", baseURL: "http://example.com") }, { _ = try Contract(json: Data("{".utf8)) },
            { _ = try Receiver([]) }, { _ = try Reply(json: "{}") }, { _ = try TaskRecord(json: "[]") },
        ] as [() throws -> Void]).enumerated() {
            let refused = try await told("call \(number)", make)
            #expect(!refused.message.isEmpty && !refused.suggestions.isEmpty, "\(refused.reply.json)")
        }
        let client = try sandbox.client()
        #expect(try await error { try await client.tasks(limit: 0) }.code == .unsupported)
        #expect(try await error { try await client.resume(concurrency: 0) }.code == .unsupported)
        #expect(try await error { try await client.task("no-such-intent") }.code == .taskNotFound)
    }

    @Test func aKeyIsAskedForEachRequestAndNeverShown() async throws {
        let asked = Notes<Int>()
        let client = try sandbox.client(
            apiKey: .function {
                asked.add(1)
                return "the-secret-key"
            })
        try await client.order().wait()
        #expect(asked.all.count >= 2)
        #expect("\(APIKey.value("the-secret-key"))\([APIKey.value("the-secret-key")])" == "APIKey[APIKey]")
        var shown = ""
        dump((APIKey.value("the-secret-key"), CallbackSecret("the-secret-key"), HTTPHeader("authorization", "the-secret-key")), to: &shown)
        #expect(!shown.contains("the-secret-key"), "\(shown)")
    }

    @Test func aKeyFunctionThatThrowsSendsNothing() async throws {
        struct Sealed: Error {
            let secret = "the-secret-key"
        }
        let client = try sandbox.client(apiKey: .function { throw Sealed() })
        let refused = try await error { try await client.order() }
        guard case .authFailed = refused else { return #expect(Bool(false), "\(refused)") }
        #expect(refused.message.contains("Sealed") && !refused.reply.json.contains("the-secret-key"))
        #expect(try await sandbox.submits() == 0)
    }

    @Test func eventsAreHeardInOrder() async throws {
        let heard = Notes<TaskEvent>()
        let client = try sandbox.client(onEvent: { heard.add($0) })
        let task = try await client.order(.picture("a secret prompt"))
        try await task.wait()
        try await until { heard.all.contains { $0.record.isTerminal } }
        let phases = heard.all.filter { $0.kind == "phase" }.compactMap { $0.data.to.string }
        #expect(phases.last == "succeeded" && phases.contains("waiting"), "\(phases)")
        #expect(heard.all.allSatisfy { $0.record.intentID == task.intentID && !$0.json.contains("secret") })
    }

    @Test func nothingThatHoldsAPromptShowsIt() async throws {
        let client = try sandbox.client()
        let task = try await client.order(.picture("a secret prompt"))
        let reply = try await task.wait()
        var shown = "\(task) \(client)"
        dump((reply, try await task.record(), reply.files), to: &shown)
        #expect(!shown.contains("secret") && !shown.contains("http"), "\(shown)")
    }

    @Test func tasksAreListedPageByPageAndPruned() async throws {
        let client = try sandbox.client(store: .memory(MemoryStore()))
        for number in 0..<5 { try await client.order(key: "\(number)", owner: number < 3 ? "anna" : nil) }
        var (found, after) = ([TaskRecord](), Cursor?.none)
        repeat {
            let page = try await client.tasks(limit: 2, after: after)
            found += page
            after = page.next
        } while after != nil
        #expect(found.map(\.key) == ["0", "1", "2", "3", "4"])
        #expect(try await client.tasks(TaskFilter(owner: "anna")).count == 3)
        #expect(try await client.tasks(TaskFilter(phases: [.waiting])).count == 5)
        var newest = [TaskRecord]()
        for try await page in client.pages(TaskFilter(newestFirst: true), limit: 2) { newest += page }
        #expect(newest.map(\.key) == ["4", "3", "2", "1", "0"])
        let begin = try #require(found.first).createdAt
        #expect(try await client.tasks(TaskFilter(createdFrom: begin)).count == 5)
        #expect(try await client.tasks(TaskFilter(createdBefore: begin)).isEmpty)
        #expect(try await error { try await client.delete(newest[0].intentID) }.code == .unsupported)
        let resumed = Notes<String>()
        let ended = try await client.resume { resumed.add($0.intentID) }
        #expect(ended.count == 5 && ended.allSatisfy(\.reply.ok))
        try await until { resumed.all.count == 5 }
        #expect(try await client.tasks(TaskFilter(unfinished: true)).isEmpty)
        #expect(try await client.prune(olderThan: .seconds(3600)) == 0)
        #expect(try await client.delete(newest[0].intentID))
        #expect(try await client.delete(newest[0].intentID) == false)
        #expect(try await client.prune(olderThan: .zero) == 4)
    }

    @Test func aThousandTasksWaitAtOnce() async throws {
        let client = try sandbox.client()
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for number in 0..<1000 {
                group.addTask { try await client.order(key: "\(number)").wait(timeout: .seconds(300)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.count == 1000 && replies.allSatisfy(\.ok))
        #expect(Set(replies.map(\.taskID)).count == 1000)
        #expect(try await sandbox.submits() == 1000)
    }

    @Test func theRuntimeStartsAndStopsAHundredTimes() async throws {
        for round in 0..<100 {
            let client = try sandbox.client(store: .memory(MemoryStore()))
            let reply = try await client.createGeneration(model, picture)
            #expect(reply.ok, "round \(round): \(reply)")
            await client.close()
        }
        #expect(try await sandbox.submits() == 100)
    }

    @Test func closingUnderLoadLosesNothing() async throws {
        for _ in 0..<5 {
            let client = try sandbox.client()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do {
                            try await client.order().wait()
                        } catch let error as GentaskError {
                            #expect([.unsupported, .waitTimeout].contains(error.code), "\(error)")
                        }
                    }
                }
                try await Task.sleep(for: .milliseconds(15))
                await client.close()
                try await group.waitForAll()
            }
        }
        let client = try sandbox.client()
        #expect(try await client.resume(concurrency: 50).allSatisfy(\.reply.ok))
        let records = try await client.tasks(limit: 1000).records.filter { $0.taskID != nil }
        #expect(try await sandbox.submits() == records.count)
    }
}
