// What must happen in time. These run alone: `swift test --filter TimingTests`, and the others with `--skip TimingTests`.

import Foundation
import Gentask
import Testing

@Suite(.serialized) struct TimingTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aCancelledWaitEndsWithin100MillisecondsAndLeavesTheTaskResumable() async throws {
        let client = try sandbox.client(store: .memory(MemoryStore()))
        let task = try await client.order(.picture("[stuck]"))
        for wait in [
            { _ = try await task.wait() }, { for try await _ in task.updates() {} }, { _ = try await task.wait { _ in } },
            { _ = try await client.resume() },
        ] as [@Sendable () async throws -> Void] {
            var took: [Duration] = []
            for _ in 0..<5 {
                let running = Task { try await wait() }
                try await Task.sleep(for: .milliseconds(20))
                let cancelled = ContinuousClock.now
                running.cancel()
                await #expect(throws: CancellationError.self) { try await running.value }
                took.append(ContinuousClock.now - cancelled)
                #expect(try await task.record().phase == .waiting)
            }
            // The median: the machine may do something else once.
            #expect(took.sorted()[2] < .milliseconds(100), "\(took)")
        }
        // It is waited for again, by another client.
        let slow = try await client.order(.picture("[slow]"))
        let waiting = Task { try await slow.wait() }
        waiting.cancel()
        _ = await waiting.result
        #expect(try await client.task(slow.intentID).wait(timeout: .seconds(60)).ok)
        #expect(try await sandbox.submits() == 2)
    }
}
