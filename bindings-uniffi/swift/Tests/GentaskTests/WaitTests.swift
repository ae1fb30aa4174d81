// Waits: their ends, their updates, and what cancelling a Swift task means at every stage.

import Foundation
import Gentask
import Testing

@Suite struct WaitTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func eachChangeIsHeardInOrderAndTheLastIsTheEnd() async throws {
        let client = try sandbox.client()
        let task = try await client.order()
        var heard: [Status] = []
        for try await reply in task.updates() { heard.append(reply.status) }
        #expect(heard.last == .success && heard.count >= 2 && !heard.dropLast().contains(.success), "\(heard)")
        let told = Notes<Reply>()
        let reply = try await task.wait { told.add($0) }
        #expect(told.all.last == reply && reply.ok)
    }

    @Test func whatAListenerThrowsEndsTheWaitAndNotTheTask() async throws {
        struct Enough: Error {}
        let client = try sandbox.client()
        let task = try await client.order()
        await #expect(throws: Enough.self) { try await task.wait { _ in throw Enough() } }
        #expect(try await task.wait().ok)
    }

    @Test(arguments: [
        ("[fail]", ErrorCode.generationFailed), ("[content]", .contentRejected),
    ]) func aTaskThatFailsIsThrownWithItsReply(_ word: String, _ code: ErrorCode) async throws {
        let client = try sandbox.client()
        let task = try await client.order(.picture("a sunset \(word)"))
        let failed = try await error { try await task.wait() }
        #expect(failed.code == code && failed.isTaskFailed && failed.reply.taskID == task.taskID && failed.intentID == task.intentID)
        #expect(try await task.check() == failed.reply)
        let heard = try await task.updates().reduce(into: []) { $0.append($1) }
        #expect(heard.last?.errorCode == code)
    }

    @Test func aWaitWhoseTimeIsOverLeavesTheTaskRunning() async throws {
        let client = try sandbox.client()
        let task = try await client.order(.picture("[stuck]"))
        let late = try await error { try await task.wait(timeout: .milliseconds(50)) }
        guard case .waitTimeout(let failure) = late else { return #expect(Bool(false), "\(late)") }
        #expect(failure.intentID == task.intentID && failure.reply.taskID == task.taskID)
        let told = try await task.updates(timeout: .milliseconds(50)).reduce(into: []) { $0.append($1) }
        #expect(told.last?.errorCode == .waitTimeout)
        #expect(try await task.record().phase == .waiting)
        #expect(try await error { try await task.wait(timeout: .seconds(-1)) }.code == .waitTimeout)
    }

    @Test func aLoopOverUpdatesCanBeLeft() async throws {
        let client = try sandbox.client()
        let task = try await client.order()
        for try await _ in task.updates() { break }
        #expect(try await task.wait().ok)
    }

    @Test func aTaskThatWasCancelledBeforeSubmitsNothing() async throws {
        let client = try sandbox.client()
        let running = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.order()
        }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(try await client.tasks().isEmpty)
        #expect(try await sandbox.submits() == 0)
    }

    @Test func aHundredCancelledSubmitsAreAllSavedAndNoneIsSentTwice() async throws {
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", ["kind": "delayMs", "ms": 30])])
        let named = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let running = Task { try await client.order(key: "order-\(number)") }
                    // At every stage: before anything, while it is claimed, stored, sent, answered. Half of them are stored for certain.
                    try await Task.sleep(for: .microseconds(700 * number))
                    if number >= 50 { try await until { try await client.find("order-\(number)") != nil } }
                    running.cancel()
                    do {
                        return try await running.value.intentID
                    } catch GentaskError.submitLeft(let failure) {
                        return failure.intentID
                    } catch is CancellationError {
                        return nil
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // Closing waits for all of them.
        await client.close()
        let again = try sandbox.client()
        let records = try await again.tasks(limit: 1000).records
        #expect(Set(records.map(\.intentID)) == Set(named.compactMap(\.self)))
        #expect(records.allSatisfy { $0.taskID != nil }, "an accepted task has its id")
        #expect(named.compactMap(\.self).count >= 50)
        #expect(try await sandbox.submits() == records.count)
        for number in 0..<100 { try await again.order(key: "order-\(number)") }
        #expect(try await sandbox.submits() == 100)
        #expect(try await again.resume(concurrency: 50).filter { !$0.reply.ok }.isEmpty)
    }

    @Test func aTaskIsCancelledAtTheProviderOrThatIsRefused() async throws {
        // It cancels only what has not begun.
        try await sandbox.reset("aivideomaker", options: ["taskMs": ["video": 3_600_000], "pendingMs": 3_600_000])
        let client = try sandbox.client("aivideomaker")
        let order: JSONValue = ["prompt": "waves", "aspectRatio": "16:9", "duration": "5"]
        let task = try await client.submit("t2v", order)
        #expect(try await task.cancel().status == .cancelled)
        #expect(try await error { try await task.wait() }.code == .cancelled)
        let picture = try await sandbox.client().order(.picture("[stuck]"))
        guard case .unsupported = try await error({ try await picture.cancel() }) else { return #expect(Bool(false)) }
    }

    @Test func theFourQuestionsAnswerWithAReply() async throws {
        let client = try sandbox.client()
        let made = try await client.createGeneration(model, picture)
        let taskID = try #require(made.taskID)
        #expect(made.ok)
        try await client.task(#require(made.intentID)).wait()
        #expect(try await client.getStatus(taskID).status == .success)
        #expect(try await client.getTask(taskID).files.count == 1)
        #expect(try await client.getStatus("no-such-task", model: model).errorCode == .taskNotFound)
        try await sandbox.reset("aivideomaker", options: ["taskMs": ["video": 3_600_000], "pendingMs": 3_600_000])
        let video = try await sandbox.client("aivideomaker").createGeneration(
            "t2v", ["prompt": "waves", "aspectRatio": "16:9", "duration": "5"])
        #expect(try await sandbox.client("aivideomaker").cancelTask(#require(video.taskID)).status == .cancelled)
    }
}
