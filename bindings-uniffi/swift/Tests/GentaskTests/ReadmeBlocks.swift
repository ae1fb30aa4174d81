// The README's blocks, compiled. `ReadmeTests` holds the two together.

import Foundation
import Gentask
import Testing

enum ReadmeBlocks {
    static func fiveMinutes() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client("apixo")
        let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"], key: "order-42")
        for try await reply in task.updates(timeout: .seconds(60)) {
            print(reply.status)
        }
        for file in try await task.saveFiles(in: "pictures") {
            print(file.path)
        }
        await client.close()
    }

    static func forReal() async throws {
        let client = try Client("apixo")  // tasks are kept in the platform's state directory, or where GENTASK_STORE says
        let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"], key: "order-42", owner: "user-42")
        let reply = try await task.wait(timeout: .seconds(300))  // throws GentaskError, each case with the reply
        try await task.saveFiles(in: "pictures")
        await client.close()
        _ = reply
    }

    static func many(_ client: Client, _ prompts: [String]) async throws {
        let jobs = prompts.map { Job("nano-banana", ["mode": "text-to-image", "prompt": .string($0)]) }  // an AsyncSequence will do, too
        for try await ordered in client.submitMany(jobs, key: "album-7", timeout: .seconds(600)) {
            print(ordered.index, ordered.reply.status, ordered.task?.intentID ?? "not stored")
        }
    }

    static func resume(_ client: Client) async throws {
        for ended in try await client.resume(timeout: .seconds(600)) {  // continues all unfinished tasks to their end, failures too
            print(ended.intentID, ended.reply.status)
        }
        for record in try await client.unresolved() {  // submits that may or may not have been accepted
            print(record.intentID, record.createdAt)
        }
    }

    static func work(_ client: Client) -> Task<Void, any Error> {
        let worker = Task {
            try await client.run { notice in print(notice.owner ?? "", notice.reply.status) }
        }
        return worker
    }

    static func left(_ client: Client) async throws {
        do {
            let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"])
            _ = task
        } catch GentaskError.submitLeft(let failure) {
            print("find it with client.task:", failure.intentID ?? "")
            throw CancellationError()
        }
    }

    static func errors(_ client: Client) async throws {
        do {
            let task = try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset [fail]"], key: "order-43")
            try await task.wait()
        } catch GentaskError.submitUnknown(let lost) {
            print("look for it at the provider:", lost.intentID ?? "")  // then client.adopt(intentID, taskID:) or client.discard(intentID)
        } catch GentaskError.waitTimeout(let late) {
            print("still running:", late.reply.taskID ?? "")
        } catch let error as GentaskError where error.isTaskFailed {
            print(error.code, error.billing, error.suggestions)
        }
    }

    static func testing() async throws {
        let sandbox = try Sandbox()
        try await sandbox.script("apixo", rules: [["on": "submit", "nth": 1, "fault": ["kind": "resetAfterBody"]]])
        let client = try sandbox.client("apixo")
        for _ in 0..<2 {
            await #expect(throws: GentaskError.self) {
                try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset"], key: "order-42")
            }
        }
        #expect(try await sandbox.submits("apixo") == 1)
    }
}
