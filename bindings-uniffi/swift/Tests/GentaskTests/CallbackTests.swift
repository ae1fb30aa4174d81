// Callbacks: proven, taken once, and settled.

import Foundation
import Gentask
import Testing

@Suite struct CallbackTests {
    let sandbox: Sandbox
    let url = "https://app.example.com/gentask"

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aCallbackWakesWhoeverWaits() async throws {
        let client = try sandbox.client(poll: Poll(initial: .seconds(3600), cap: .seconds(3600)))
        let task = try await client.order(callbackURL: url)
        let waiting = Task { try await task.wait(timeout: .seconds(60)) }
        // The provider is done; without a callback nobody would look for an hour.
        try await until { try await sandbox.stats().running.int == 0 }
        let callback = try signTestCallback(for: client, task: task, body: ["data": ["taskId": .string(task.taskID!), "state": "success"]])
        let receipt = try await callback.send(to: client)
        #expect(receipt.httpStatus == 200 && [.poke, .applied].contains(receipt.outcome), "\(receipt)")
        #expect(receipt.intentID == task.intentID && receipt.task?.intentID == task.intentID && receipt.tokenSecret == 0)
        #expect(receipt.headers == [HTTPHeader("content-type", "text/plain; charset=utf-8")])
        #expect(try await waiting.value.ok)
        #expect(try await callback.send(to: client).outcome == .duplicate)
        let stored = try await client.deliveries(intentID: task.intentID)
        #expect(stored.count == 1 && stored[0].body == callback.body && stored[0].intentID == task.intentID)
        #expect(try Delivery(json: stored[0].json) == stored[0])
        #expect(try await client.replay(stored[0].dedupe).intentID == task.intentID)
    }

    @Test func whatProvesNothingIsRefused() async throws {
        let client = try sandbox.client()
        let task = try await client.order(callbackURL: url)
        let good = try signTestCallback(for: client, task: task)
        let forged = try signTestCallback(for: client, task: task, callbackSecret: "another-callback-secret-of-no-value-at-all")
        #expect(try await forged.send(to: client).httpStatus == 401)
        #expect(try await client.receive(method: "GET", url: good.url, headers: good.headers, body: good.body).httpStatus == 405)
        let large = try await client.receive(method: "POST", url: good.url, headers: good.headers, body: Data(count: mostBodyBytes + 1))
        #expect(large.httpStatus == 413 && large.outcome == .refused)
        let plain = try signTestCallback(for: client, task: nil)
        #expect(try await plain.send(to: client).outcome == .refused)
        #expect(try await client.deliveries().isEmpty)
    }

    @Test func aReceiverAsksEachOfItsClients() async throws {
        let (first, second) = (try sandbox.client(callbackSecrets: ["the-first-callback-secret-of-no-value"]), try sandbox.client("apidot", callbackSecrets: ["the-second-callback-secret-of-no-value"]))
        let task = try await second.submit("gpt-image-2", ["prompt": "a sunset", "size": "1:1"], callbackURL: url)
        let callback = try signTestCallback(for: second, task: task)
        let receiver = try Receiver([first, second])
        let receipt = try await receiver.receive(method: callback.method, url: callback.url, headers: callback.headers, body: callback.body)
        #expect(receipt.client == 1 && receipt.intentID == task.intentID)
    }

    @Test func anEndIsHandedOutUntilItIsAcknowledged() async throws {
        struct Down: Error {}
        let client = try sandbox.client(store: .memory(MemoryStore()))
        let tasks = [try await client.order(owner: "anna"), try await client.order(.picture("[fail]"), owner: "ben")]
        _ = try await client.resume()
        var seen: [String] = []
        await #expect(throws: Down.self) {
            try await client.settleNotices { notice in
                seen.append(notice.owner ?? "")
                if notice.owner == "anna" { throw Down() }
            }
        }
        #expect(seen.sorted() == ["anna", "ben"])
        let open = try await client.notices()
        #expect(open.map(\.intentID) == [tasks[0].intentID] && open[0].reply.ok && open[0].record.phase == .succeeded)
        #expect(try await client.settleNotices { _ in } == 1)
        #expect(try await client.notices().isEmpty)
        #expect(try await client.acknowledge(tasks[0].intentID) == false)
    }
}
