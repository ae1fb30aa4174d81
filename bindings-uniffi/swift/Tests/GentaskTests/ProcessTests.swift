// Whole processes: the example command, a process that is killed, and what another one makes of it.

import Foundation
import Gentask
import Testing

/// The example command, beside the tests.
struct Command {
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("gentask-example").path

    let process = Process()
    private let output = Pipe()

    init(_ arguments: [String], environment: [String: String] = ["APIXO_API_KEY": "any"], errors: String? = nil, in folder: Folder) throws {
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardOutput = output
        process.standardError = try errors.map(Self.written) ?? FileHandle.nullDevice
        try process.run()
    }

    /// A file that is there, and empty.
    private static func written(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Waits for its end; the code and what it wrote.
    func end() async -> (code: Int32, lines: [String]) {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [process, output] in
                let written = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                let lines = String(decoding: written, as: UTF8.self).split(separator: "\n").map(String.init)
                continuation.resume(returning: (process.terminationStatus, lines))
            }
        }
    }
}

@Suite struct ProcessTests {
    let sandbox: Sandbox
    let folder: Folder

    init() throws {
        sandbox = try Sandbox()
        folder = try Folder()
    }

    private func command(_ arguments: String...) async throws -> (code: Int32, lines: [String]) {
        let common = ["--provider", "apixo", "--base-url", sandbox.baseURL("apixo"), "--store", folder.file("tasks.db"), "--poll-initial", "0.05"]
        return try await Command(arguments + common, in: folder).end()
    }

    private func reply(_ arguments: String...) async throws -> (code: Int32, reply: Reply) {
        let common = ["--provider", "apixo", "--base-url", sandbox.baseURL("apixo"), "--store", folder.file("tasks.db"), "--poll-initial", "0.05"]
        let (code, lines) = try await Command(arguments + common, in: folder).end()
        return (code, try Reply(json: #require(lines.last)))
    }

    @Test func aModelThatIsAlmostAListedOneIsWarnedAboutOnceAndNeverRefused() async throws {
        let (told, base) = (folder.file("errors.txt"), sandbox.baseURL("apixo"))
        for (model, warnings) in [("nanobanana", 1), ("nano-banana", 0), ("made-tomorrow", 0)] {
            let arguments = ["run", "--no-wait", "--model", model, "--payload", picture.text, "--provider", "apixo", "--base-url", base, "--store", ":memory:"]
            #expect(try await Command(arguments, errors: told, in: folder).end().code == 0)
            let lines = try String(contentsOfFile: told, encoding: .utf8).split(separator: "\n")
            let line = "gentask: APIXO's contract does not list the model \"\(model)\", but \"nano-banana\": its input is not checked before it is sent"
            #expect(lines.filter { $0 == line }.count == warnings)
        }
    }

    @Test func theExampleCommandSubmitsLooksWaitsAndLists() async throws {
        let begun = try await reply("run", "--model", model, "--payload", picture.text, "--key", "k", "--owner", "anna", "--no-wait")
        #expect(begun.code == 0 && begun.reply.taskID != nil)
        let intentID = try #require(begun.reply.intentID)
        let ended = try await reply("run", "--model", model, "--payload", picture.text, "--key", "k", "--owner", "anna", "--out", folder.file("out"))
        #expect(ended.code == 0 && ended.reply.status == .success && ended.reply.intentID == intentID)
        #expect(ended.reply.data.saved.array?.count == 1)
        #expect(try await reply("status", intentID).reply.status == .success)
        #expect(try await reply("get", ended.reply.taskID!).reply.files.count == 1)
        let (code, lines) = try await command("list", "--owner", "anna")
        let listed = try JSONValue(json: #require(lines.last))
        #expect(code == 0 && listed.array?.count == 1 && listed[0].intentId.string == intentID && listed[0].phase == "succeeded")
        #expect(try await command("unresolved").lines == ["[]"])
        #expect(try await sandbox.submits() == 1)
    }

    @Test(arguments: [
        (["kind": "status", "code": 401], 3), (["kind": "resetAfterBody"], 5), (["kind": "status", "code": 402], 3),
    ] as [(JSONValue, Int32)]) func anExitCodeSaysWhatCameOfIt(_ fault: JSONValue, _ expected: Int32) async throws {
        try await sandbox.script("apixo", rules: [rule("submit", fault)])
        #expect(try await reply("run", "--model", model, "--payload", picture.text).code == expected)
    }

    @Test func aWrongCommandLineIsAUsageError() async throws {
        #expect(try await Command(["no-such-verb"], in: folder).end().code == 2)
        #expect(try await command("run", "--model", model).code == 2)
        #expect(try await reply("run", "--model", model, "--payload", "{}").code == 2)
        #expect(try await reply("run", "--model", model, "--payload", JSONValue.picture("[stuck]").text, "--timeout", "0").code == 4)
    }

    @Test func theDemoPaysOnce() async throws {
        let (code, lines) = try await Command(["demo"], in: folder).end()
        #expect(code == 0 && lines.contains { $0.contains("paid 1 time") } && lines.contains { $0.hasPrefix("saved ") }, "\(lines)")
    }

    @Test func aProcessThatIsKilledLosesNothing() async throws {
        for moment in ["submitting", "waiting"] {
            let store = folder.file("\(moment).db")
            // The answer to a submit is held back for ever; a task takes a few seconds.
            try await sandbox.reset("apixo", options: ["taskMs": ["image": 60_000]])
            try await sandbox.script("apixo", rules: moment == "submitting" ? [rule("submit", ["kind": "hold"])] : [])
            let doomed = try Command(
                ["run", "--model", model, "--payload", picture.text, "--key", "k", "--provider", "apixo", "--base-url",
                    sandbox.baseURL("apixo"), "--store", store], in: folder)
            let client = try sandbox.client(apiKey: "any", store: .file(store))
            try await until { try await client.tasks().first.map { "\($0.phase)" } == moment }
            if moment == "submitting" { try await until { try await sandbox.submits() == 1 } }
            kill(doomed.process.processIdentifier, SIGKILL)
            #expect(await doomed.end().code == SIGKILL)
            let record = try #require(try await client.tasks().first)
            if moment == "waiting" {
                let ended = try await client.resume(timeout: .seconds(60)).map(\.reply)
                #expect(ended.map(\.status) == [.success], "\(ended.map(\.json))")
            } else {
                // Its answer is lost: nobody knows, nothing is sent again, and a person can settle it.
                let told = try await client.resume(timeout: .seconds(60))
                #expect(told.map(\.reply.errorCode) == [.submitUnknown], "\(told)")
                #expect(try await client.unresolved().map(\.intentID) == [record.intentID])
            }
            #expect(try await client.tasks().map(\.intentID) == [record.intentID])
            #expect(try await sandbox.submits() == 1)
        }
    }
}
