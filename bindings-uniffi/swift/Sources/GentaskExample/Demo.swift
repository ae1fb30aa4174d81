// One picture from submit to file, at a provider that is simulated on this machine: no API key, no network, nothing is paid.

import Foundation
import Gentask

func demo() async throws -> Int32 {
    let sandbox = try Sandbox(speed: 1)
    let client = try sandbox.client("apixo")
    let order: JSONValue = ["mode": "text-to-image", "prompt": "a sunset over the sea"]

    let task = try await client.submit("nano-banana", order, key: "order-42")
    print("accepted as \(task.taskID ?? "?")")

    // The same key is the same task: a second worker, a redelivered message or a user's second click pays nothing.
    let again = try await client.submit("nano-banana", order, key: "order-42")
    print("submitted twice, paid \(try await sandbox.submits("apixo")) time; the same task: \(again.intentID == task.intentID)")

    for try await reply in task.updates(timeout: .seconds(60)) {
        print(reply.status.rawValue)
    }
    for file in try await task.saveFiles(in: "pictures") {
        print("saved \(file.path) (\(file.bytes) bytes)")
    }

    do {
        try await client.submit("nano-banana", ["mode": "text-to-image", "prompt": "a sunset [content]"]).wait()
    } catch let error as GentaskError where error.isTaskFailed {
        print("\(error.code.rawValue): \(error.suggestions[0])")
    }
    await client.close()
    return 0
}
