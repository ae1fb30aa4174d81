// Result files over real HTTP: under a given path, as bytes, as they come, with receipts; and what is told without any.

import Foundation
import Gentask
import Testing

@Suite struct FileTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    private func bytes(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path))
    }

    @Test func oneFileIsSavedUnderExactlyItsNameAndReplacesNothingUnasked() async throws {
        let task = try await sandbox.client().order()
        #expect(try await task.wait().warnings.isEmpty)
        let folder = try Folder()
        let path = folder.file("deep/er/cat.of.mine")
        let saved = try await task.saveFile(as: path)
        #expect(saved.path == path && saved.contentType == "image/png")
        #expect(try bytes(path).count == Int(saved.bytes))
        #expect(try await task.saveFile(as: path) == saved)
        let own = folder.file("own.png")
        try Data("my own".utf8).write(to: URL(fileURLWithPath: own))
        let refused = try await error { try await task.saveFile(as: own) }
        #expect(refused.code == .storeError && refused.message.contains("own.png holds something else") && refused.intentID == task.intentID)
        #expect(try bytes(own) == Data("my own".utf8))
        try await task.saveFile(as: own, overwrite: true)
        #expect(try bytes(own) == bytes(path))
        #expect(try await error { try await task.saveFile(as: folder.path) }.code == .invalidPayload)
        #expect(try await error { try await task.saveFile(as: folder.file("b"), index: 1) }.code == .unsupported)
        let named = try await error { try await task.saveFiles(in: folder.file("picture.png")) }
        #expect(named.code == .invalidPayload && named.message.contains("save_as"))
        #expect(!FileManager.default.fileExists(atPath: folder.file("picture.png")))
    }

    @Test func aFileIsReadUpToItsLimitAndStreamed() async throws {
        let task = try await sandbox.client().order()
        try await task.wait()
        let folder = try Folder()
        let whole = try bytes(try await task.saveFiles(in: folder.path)[0].path)
        #expect(try await task.readFile() == whole)
        let large = try await error { try await task.readFile(maxBytes: 100) }
        #expect(large.code == .responseTooLarge && large.message.contains("larger than 100 bytes"))
        var streamed = Data()
        for try await piece in try task.streamFile() { streamed.append(piece) }
        #expect(streamed == whole)
        for try await piece in try task.streamFile() {
            #expect(!piece.isEmpty)
            break
        }
        try await sandbox.script("apixo", rules: [rule("file", ["kind": "truncatedBody"])])
        let early = try await error {
            var count = 0
            for try await piece in try task.streamFile() { count += piece.count }
            return count
        }
        #expect(early.code == .networkError && early.message.contains("ended early") && early.intentID == task.intentID)
    }

    @Test func aReceiptSaysWhichTaskAFileCameFrom() async throws {
        let task = try await sandbox.client().order(.picture("a sunset that nobody may know of"), owner: "user-7")
        try await task.wait()
        let folder = try Folder()
        let saved = try #require(try await task.saveFile(0, in: folder.path, receipt: .sidecar))
        let path = "\(saved.path).receipt.json"
        let text = try #require(String(data: bytes(path), encoding: .utf8))
        let at = try JSONValue(json: try await task.record().json).at
        let expected: JSONValue = [
            "v": 1, "intentId": .string(task.intentID), "taskId": .string(task.taskID ?? ""), "provider": "apixo", "account": "default",
            "model": .string(task.model), "owner": "user-7", "createdAt": at.created, "finishedAt": at.finished, "sha256": .string(saved.sha256),
            "bytes": JSONValue(Int(saved.bytes)), "contentType": "image/png",
        ]
        #expect(try JSONValue(json: text) == expected)
        #expect(!text.contains("nobody") && !text.contains("http"))
        try Data("my own".utf8).write(to: URL(fileURLWithPath: path))
        let refused = try await error { try await task.saveFiles(in: folder.path, receipt: .sidecar) }
        #expect(refused.code == .storeError && refused.message.contains("its receipt is not"))
        try await task.saveFile(as: saved.path, overwrite: true, receipt: .sidecar)
        #expect(try bytes(path) == Data(text.utf8))
    }

    @Test func aSuccessWithoutFilesIsVisibleInTheWarningsAlone() async throws {
        let reply = try await sandbox.client().order(.picture("[nofile]")).wait()
        #expect(reply.warnings.count == 1 && reply.warnings[0].contains("named no file"))
        #expect(!reply.json.contains("named no file"))
        #expect(try Reply(json: reply.json).warnings == reply.warnings)
    }

    @Test func aListedTasksDateIsATime() async throws {
        let listed: JSONValue = [
            "tasks": [
                ["id": "a1", "createdAt": "2026-04-19T21:19:42+02:00"], ["id": "a2", "createdAt": 1_776_626_382], ["id": "a3", "createdAt": "soon"],
            ]
        ]
        try await sandbox.script("aivideomaker", rules: [rule("list", ["kind": "status", "code": 200, "body": listed])])
        let tasks = try await sandbox.client("aivideomaker").remoteTasks()
        #expect(tasks.map(\.createdAtMs) == [1_776_626_382_000, 1_776_626_382_000, nil])
        #expect(tasks[0].createdAt == Date(timeIntervalSince1970: 1_776_626_382))
    }
}
