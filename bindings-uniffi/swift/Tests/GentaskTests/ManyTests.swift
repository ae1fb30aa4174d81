// Many jobs at once, with the POSTs that arrived counted.

import Foundation
import Gentask
import Testing

@Suite struct ManyTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    private func jobs(_ prompts: String...) -> [Job] {
        prompts.map { Job(model, .picture($0)) }
    }

    private func all(_ orders: Orders) async throws -> [Ordered] {
        var told: [Ordered] = []
        for try await ordered in orders { told.append(ordered) }
        return told
    }

    @Test func eachJobIsToldOnceAndOneThatFailsEndsNothing() async throws {
        let client = try sandbox.client()
        let bad = [Job(model, ["mode": .double(.nan)]), Job(model, ["prompt": 7])]
        let orders = client.submitMany(jobs("a", "[fail]", "[refuse]", "b") + bad, key: "album-7", timeout: .seconds(60))
        let told = try await all(orders).sorted { $0.index < $1.index }
        #expect(told.map(\.index) == Array(0...5))
        // What cannot be written has no key.
        #expect(told.map { $0.key?.wholeMatch(of: /album-7\/[0-9a-f]{16}/) != nil } == [true, true, true, true, false, true])
        #expect(Set(told.map(\.key)).count == 6 && told[4].key == nil)
        let codes: [ErrorCode?] = [nil, .generationFailed, .contentRejected, nil, .invalidPayload, .invalidPayload]
        #expect(told.map(\.reply.errorCode) == codes)
        #expect(try await client.find(#require(told[0].key))?.intentID == told[0].task?.intentID)
        #expect(told[1].task != nil && told[4].task == nil && told[5].task == nil)
        // What the provider refused was posted, too.
        #expect(try await sandbox.submits() == 4)
    }

    @Test func aBatchThatIsBegunAgainPostsNothingTwice() async throws {
        let client = try sandbox.client()
        let batch = jobs("a", "a", "a") + [Job(model, .picture("[fail]"), key: "order-42", owner: "ann")]
        let first = try await all(client.submitMany(batch, key: "album-7", concurrency: 2, wait: false))
        #expect(try await sandbox.submits() == 4)
        let again = try await all(client.submitMany(batch, key: "album-7"))
        #expect(try await sandbox.submits() == 4)
        let name = try #require(again.first { $0.index == 0 }?.key)
        #expect(Set(again.map(\.key)) == [name, "\(name)/2", "\(name)/3", "order-42"])
        #expect(Set(first.map(\.task?.intentID)) == Set(again.map(\.task?.intentID)))
        #expect(again.filter { $0.reply.status == .success }.count == 3)
    }

    @Test func aBatchThatIsBegunAgainWithMoreJobsInAnotherSequencePostsTheNewOnesAlone() async throws {
        let client = try sandbox.client()
        let first = Set(try await all(client.submitMany(jobs("a", "b", "b"), key: "album-7", wait: false)).compactMap(\.key))
        #expect(first.count == 3)
        #expect(try await sandbox.submits() == 3)
        let again = Set(try await all(client.submitMany(jobs("c", "b", "a", "b"), key: "album-7", wait: false)).compactMap(\.key))
        #expect(again.count == 4)
        #expect(try await sandbox.submits() == 4)
        #expect(again.isSuperset(of: first), "\(first) \(again)")
    }

    @Test func whatIsAlikeIsCountedForEachOwnerAndAMediumIsWhatIsInIt() async throws {
        let client = try sandbox.client()
        let owners = ["ann", "ben"].map { Job(model, picture, owner: $0) }
        let told = try await all(client.submitMany(owners, key: "album-7", wait: false))
        #expect(Set(told.map(\.key)).count == 1 && Set(told.map(\.task?.intentID)).count == 2)
        _ = try await all(client.submitMany(owners.reversed(), key: "album-7", wait: false))
        #expect(try await sandbox.submits() == 2)

        let films = try sandbox.client("aivideomaker")
        func key(_ image: JSONValue) async throws -> String? {
            let film = Job("i2v", ["image": image, "duration": "5", "prompt": "waves"])
            return try await all(films.submitMany([film], key: "album-7", wait: false)).first?.key
        }
        let pictures = [1, 2].map { Data([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, $0]) }
        let one = try #require(try await key(.media(pictures[0])))
        #expect(try await key(.string("data:image/png;base64,\(pictures[0].base64EncodedString())")) == one)
        #expect(try await key(.media(pictures[1])) != one)
        #expect(try await sandbox.submits("aivideomaker") == 2)
    }

    @Test func aJobWithTheKeyOfAnotherEndsTheLoopOnceAllThatIsUnderWayWasTold() async throws {
        let client = try sandbox.client()
        let own = [Job(model, picture, key: "a"), Job(model, picture, key: "a", owner: "ann"), Job(model, .picture("b"), key: "a")]
        var told: [Ordered] = []
        let failed = try await error {
            for try await ordered in client.submitMany(own) { told.append(ordered) }
        }
        guard case .invalidPayload = failed else { return #expect(Bool(false), "\(failed)") }
        #expect(failed.message.contains("job 2 has the key a of job 0"), "\(failed)")
        #expect(told.filter(\.reply.ok).count == 2)
        #expect(try await sandbox.submits() == 2)
        let made = try #require(try await all(client.submitMany(jobs("c"), key: "album-7")).first?.key)
        let both = jobs("c") + [Job(model, .picture("d"), key: made)]
        let again = try await error { try await all(client.submitMany(both, key: "album-7")) }
        #expect(again.message.contains("job 1 has the key \(made) of job 0"), "\(again)")
        #expect(try await sandbox.submits() == 3)
    }

    @Test func jobsAreTakenOnlyAsPlacesBecomeFree() async throws {
        let (client, taken) = (try sandbox.client(), Notes<Int>())
        let counted = AsyncStream<Job>(unfolding: {
            let number = taken.all.count
            guard number < 10 else { return nil }
            taken.add(number)
            return Job(model, .picture("\(number)"))
        })
        var told = 0
        for try await _ in client.submitMany(counted, key: "many", concurrency: 3, wait: false) {
            told += 1
            // A place becomes free by what is told.
            #expect(taken.all.count <= told + 3)
        }
        #expect(told == 10 && taken.all == Array(0..<10))
        #expect(try await sandbox.submits() == 10)
    }

    @Test func aJobWithoutAKeyEndsTheLoopOnceAllThatIsUnderWayWasTold() async throws {
        let client = try sandbox.client()
        let batch = [Job(model, picture, key: "a"), Job(model, picture, key: "b"), Job(model, picture), Job(model, picture, key: "c")]
        var told: [String?] = []
        let failed = try await error {
            for try await ordered in client.submitMany(batch) { told.append(ordered.key) }
        }
        guard case .invalidPayload = failed else { return #expect(Bool(false), "\(failed)") }
        #expect(failed.message.contains("job 2 has no key") && failed.message.contains("`key` for the whole batch"), "\(failed)")
        #expect(Set(told) == ["a", "b"])
        #expect(try await sandbox.submits() == 2)
        #expect(try await error { try await all(client.submitMany(batch, concurrency: 0)) }.code == .unsupported)
    }

    @Test func whatTheJobsThrowIsThrown() async throws {
        let client = try sandbox.client()
        let own = AsyncThrowingStream<Job, any Error> { jobs in
            jobs.yield(Job(model, picture, key: "a"))
            jobs.finish(throwing: Expected())
        }
        var told: [String?] = []
        await #expect(throws: Expected.self) {
            for try await ordered in client.submitMany(own) { told.append(ordered.key) }
        }
        #expect(told == ["a"])
    }

    @Test func whoeverLeavesTheLoopLeavesTheTasksAsTheyAre() async throws {
        let client = try sandbox.client()
        let batch = jobs("a", "[stuck]", "[stuck]")
        for try await ordered in client.submitMany(batch, key: "left") {
            #expect(ordered.index == 0)
            break
        }
        try await until { try await sandbox.submits() == 3 }
        let again = try await all(client.submitMany(batch, key: "left", wait: false))
        #expect(Set(again.compactMap(\.task?.taskID)).count == 3)
        #expect(try await sandbox.submits() == 3)
    }

    @Test func whoeverIsCancelledLeavesTheTasksAsTheyAre() async throws {
        let client = try sandbox.client()
        let waiting = Task { try await all(client.submitMany([Job(model, .picture("[stuck]"), key: "left")])) }
        try await until { try await client.find("left")?.taskID != nil }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try await client.find("left")?.record().isTerminal == false)
        #expect(try await sandbox.submits() == 1)
    }

    @Test func whatMayHoldAPromptIsNotShown() {
        let job = Job(model, .picture("secret"), key: "secret", owner: "secret", callbackURL: "https://secret")
        #expect("\(job)" == "Job(\(model))" && !String(reflecting: [job]).contains("secret"))
    }
}
