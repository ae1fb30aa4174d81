// Submits over real HTTP: what each outcome means, with the POSTs that arrived counted.

import Foundation
import Gentask
import Testing

@Suite struct SubmitTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aPictureFromSubmitToFile() async throws {
        let client = try sandbox.client()
        let task = try await client.order(key: "order-42", owner: "user-42")
        #expect(task.taskID != nil && task.model == model)
        let reply = try await task.wait(timeout: .seconds(60))
        #expect(reply.ok && reply.status == .success && reply.intentID == task.intentID && reply.files.count == 1)
        #expect(reply.files[0].kind == "image" && reply.files[0].url?.hasPrefix("http") == true)
        let folder = try Folder()
        let saved = try await task.saveFiles(in: folder.path)
        #expect(saved.count == 1 && saved[0].contentType.hasPrefix("image/"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: saved[0].path)).count == Int(saved[0].bytes))
        #expect(try await task.saveFile(0, in: folder.path) == saved[0])
        #expect(try await task.saveFile(7, in: folder.path) == nil)
        let record = try await task.record()
        #expect(record.phase == .succeeded && record.isTerminal && record.owner == "user-42" && record.key == "order-42")
        #expect(try TaskRecord(json: record.json) == record)
        #expect(try await sandbox.submits() == 1)
    }

    @Test func theSameKeyIsTheSameTaskAndAnotherPayloadIsAConflict() async throws {
        let client = try sandbox.client()
        let first = try await client.order(key: "k", owner: "anna")
        #expect(try await client.order(["prompt": "a sunset", "mode": "text-to-image"], key: "k", owner: "anna").intentID == first.intentID)
        #expect(try await client.find("k", owner: "anna")?.intentID == first.intentID)
        #expect(try await client.find("k") == nil)
        let conflict = try await error { try await client.order(.picture("another"), key: "k", owner: "anna") }
        guard case .keyConflict(let failure) = conflict else { return #expect(Bool(false), "\(conflict)") }
        #expect(failure.intentID == first.intentID && conflict.code == .invalidPayload)
        #expect(conflict.violations.map(\.path) == ["/input"] && conflict.violations.map(\.rule) == ["keyConflict"])
        let reply = try await client.createGeneration(model, .picture("another"), key: "k", owner: "anna")
        #expect(throws: GentaskError.self) { try reply.orThrow() }
        #expect(try await client.order(key: "k").intentID != first.intentID)
        #expect(try await sandbox.submits() == 2)
    }

    @Test func whatIsWrongIsSaidAllAtOnceAndNothingIsSent() async throws {
        let client = try sandbox.client()
        let wrong: JSONValue = ["mode": "no such mode", "prompt": 7]
        let refused = try await error { try await client.order(wrong) }
        guard case .invalidPayload = refused else { return #expect(Bool(false), "\(refused)") }
        #expect(refused.violations.count >= 2 && refused.billing == .none && !refused.suggestions.isEmpty)
        let validated = try await error { try client.validate(model, wrong) }
        #expect(validated.violations == refused.violations)
        let contract = try await error { try Contract("apixo").validate(model, wrong) }
        #expect(contract.violations == refused.violations)
        let reply = try await client.createGeneration(model, wrong)
        #expect(reply.errorCode == .invalidPayload && reply.violations == refused.violations)
        let options = try await error { try await client.submit(model, picture, options: [1]) }
        #expect(options.code == .invalidPayload)
        let infinite = try await error { try await client.order(["mode": "text-to-image", "a/b": [1, .double(.infinity)], "c": .double(.nan)]) }
        #expect(try await client.createGeneration(model, ["prompt": .double(.nan)]).errorCode == .invalidPayload)
        #expect(infinite.code == .invalidPayload && infinite.violations.map(\.path) == ["/a~1b/1", "/c"], "\(infinite)")
        #expect(try await sandbox.submits() == 0)
    }

    @Test func aHugePayloadIsRefusedOrSentWhole() async throws {
        let client = try sandbox.client()
        let outcome = try await client.createGeneration(model, .picture(String(repeating: "é", count: 20_000_000)))
        #expect(outcome.ok || outcome.errorCode != nil)
        #expect(try await sandbox.submits() == (outcome.ok ? 1 : 0))
    }

    @Test(arguments: [
        (["kind": "resetAfterBody"], ErrorCode.submitUnknown, Billing.possible, 1),
        (["kind": "closeWithoutAnswer"], .submitUnknown, .possible, 1),
        (["kind": "truncatedBody"], .submitUnknown, .possible, 1),
        (["kind": "notJson"], .submitUnknown, .possible, 1),
        (["kind": "emptyBody"], .submitUnknown, .possible, 1),
        (["kind": "noTaskId"], .submitUnknown, .possible, 1),
        (["kind": "tooDeepJson"], .submitUnknown, .possible, 1),
        (["kind": "status", "code": 500], .submitUnknown, .possible, 1),
        (["kind": "status", "code": 503], .submitUnknown, .possible, 1),
        (["kind": "redirect", "code": 307, "location": "http://127.0.0.1:1/elsewhere"], .unknownError, .none, 1),
        (["kind": "status", "code": 401], .authFailed, .none, 1),
        (["kind": "status", "code": 402], .insufficientCredits, .none, 1),
        (["kind": "status", "code": 429, "headers": ["retry-after": "600"]], .rateLimited, .none, 1),
    ] as [(JSONValue, ErrorCode, Billing, Int)])
    func anOutcomeOfASubmit(_ fault: JSONValue, _ code: ErrorCode, _ billing: Billing, _ posts: Int) async throws {
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", fault)])
        let failed = try await error { try await client.order(key: "k") }
        #expect(failed.code == code && failed.billing == billing, "\(failed): \(failed.reply.json)")
        #expect(!failed.suggestions.isEmpty && failed.intentID != nil)
        #expect(try await client.unresolved().map(\.intentID) == (code == .submitUnknown ? [failed.intentID] : []))
        if code == .submitUnknown {
            // The same call again pays nothing, and says the same.
            #expect(try await error { try await client.order(key: "k") }.intentID == failed.intentID)
        }
        #expect(try await sandbox.submits() == posts)
    }

    @Test func aLimitedSubmitIsSentAgainByItself() async throws {
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", nth: 1, ["kind": "status", "code": 429, "headers": ["retry-after": "0.05"]])])
        #expect(try await client.order().wait().ok)
        #expect(try await sandbox.submits() == 2)
    }

    @Test func whatCannotBeReachedWasNotSent() async throws {
        let client = try Client("apixo", apiKey: "k", baseURL: "http://127.0.0.1:1", store: .memory(MemoryStore()))
        let failed = try await error { try await client.order(timeout: .seconds(60)) }
        guard case .networkError = failed else { return #expect(Bool(false), "\(failed)") }
        #expect(failed.billing == .none)
    }

    @Test func anUnresolvedSubmitIsAdoptedOrDiscarded() async throws {
        // A task that the provider knows and this store does not.
        let taskID = try #require(try await sandbox.client(store: .memory(MemoryStore())).order().taskID)
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", ["kind": "resetAfterBody"])])
        let (lost, other) = (try await error { try await client.order() }, try await error { try await client.order() })
        #expect(try await client.discard(other.intentID!).status == .cancelled)
        let made = try await sandbox.tasks()
        #expect(made.count == 3 && made.contains { $0.taskId.string == taskID })
        let open = try await client.unresolved()
        #expect(open.map(\.intentID) == [lost.intentID] && open[0].maybeSent)
        let wrong = try await error { try await client.adopt(lost.intentID!, taskID: "no-such-task") }
        #expect(wrong.code == .taskNotFound, "\(wrong)")
        try await client.adopt(lost.intentID!, taskID: taskID)
        #expect(try await client.task(lost.intentID!).wait().taskID == taskID)
        #expect(try await client.unresolved().isEmpty)
        #expect(try await sandbox.submits() == 3)
    }

    @Test func aSubmitWhoseAnswerIsLostIsFoundWhereTheProviderListsIt() async throws {
        let client = try sandbox.client("aivideomaker")
        try await sandbox.script("aivideomaker", rules: [rule("submit", ["kind": "resetAfterBody"])])
        let task = try await client.submit("t2v", ["prompt": "waves", "aspectRatio": "16:9", "duration": "5"])
        #expect(try await client.remoteTasks().map(\.taskID) == [task.taskID])
        #expect(try await sandbox.submits("aivideomaker") == 1)
        #expect(try await client.account().unit != nil)
    }

    @Test func theRequestIsShownWithoutBeingSent() async throws {
        let client = try sandbox.client()
        let preview = try client.dryRun(model, picture)
        #expect(preview.method == "POST" && preview.url.hasPrefix(client.baseURL))
        #expect(try JSONValue(json: preview.body).text.contains("a sunset"))
        #expect(!preview.headers.contains { $0.value.contains("sandbox-key") })
        #expect(!"\(preview)".contains("sunset") && !String(reflecting: [preview]).contains("sunset"))
        #expect(try await sandbox.submits() == 0)
    }

    @Test func aSubmitWhoseTimeIsOverGoesOn() async throws {
        let client = try sandbox.client()
        try await sandbox.script("apixo", rules: [rule("submit", ["kind": "delayMs", "ms": 300])])
        let late = try await error { try await client.order(timeout: .milliseconds(20)) }
        guard case .waitTimeout = late else { return #expect(Bool(false), "\(late)") }
        let task = try await client.task(#require(late.intentID))
        #expect(try await task.wait(timeout: .seconds(60)).ok)
        #expect(try await sandbox.submits() == 1)
    }
}
