// A worker drives what is unfinished, tells of each end until it was dealt with, and stops when it is told to.

import Gentask
import Testing

@Suite struct WorkerTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aWorkerHearsOfEachEndAndStopsWhenItIsCancelled() async throws {
        let client = try sandbox.client()
        let (ends, told) = AsyncStream<String>.makeStream()
        let worker = Task {
            try await client.run { notice in told.yield("\(notice.intentID) \(notice.reply.status)") }
        }
        let task = try await client.order()
        var iterator = ends.makeAsyncIterator()
        #expect(await iterator.next() == "\(task.intentID) success")
        try await until { try await client.notices().isEmpty }
        worker.cancel()
        await #expect(throws: CancellationError.self) { try await worker.value }
        #expect(try await task.wait().ok)
        #expect(try await sandbox.submits() == 1)
    }

    @Test func whatThrowsIsToldAgainAndAWorkerEndsWithItsClient() async throws {
        struct NoMail: Error {}
        let client = try sandbox.client(clock: ManualClock())
        let (ends, told) = AsyncStream<String>.makeStream()
        let worker = Task {
            var tries = 0
            try await client.run { notice in
                tries += 1
                told.yield(notice.intentID)
                if tries == 1 { throw NoMail() }
            }
        }
        let task = try await client.order()
        var iterator = ends.makeAsyncIterator()
        #expect(await iterator.next() == task.intentID)
        #expect(await iterator.next() == task.intentID)
        try await until { try await client.notices().isEmpty }
        await client.close()
        try await worker.value
    }
}
