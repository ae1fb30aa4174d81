// What each verb does.

import Foundation
import Gentask

typealias Verb = @Sendable (Client, Arguments) async throws -> Int32

let verbs: [String: Verb] = [
    "run": run,
    "status": { client, arguments in try await one(client, arguments, stored: { try await $0.check(force: true) }, remote: client.getStatus) },
    "get": get,
    "cancel": { client, arguments in
        try await one(client, arguments, stored: { try await $0.cancel() }, remote: client.cancelTask) { $0.status == .cancelled ? 0 : exitCode($0) }
    },
    "list": list,
    "unresolved": { client, _ in
        print(JSONValue.array(try await client.unresolved().map(entry)).text)
        return 0
    },
    "resume": { client, arguments in
        let ended = try await client.resume(timeout: arguments.seconds("--timeout"))
        for task in ended { print(task.reply.json) }
        return ended.map { exitCode($0.reply) }.max() ?? 0
    },
    "adopt": adopt,
    "discard": { client, arguments in
        let reply = try await client.discard(arguments.name(0, "intent's id"))
        print(reply.json)
        return reply.status == .cancelled ? 0 : exitCode(reply)
    },
    "account": { client, _ in
        let balance = try await client.account()
        print((["balance": .string(balance.amount), "unit": balance.unit.map(JSONValue.string) ?? nil] as JSONValue).text)
        return 0
    },
]

/// Prints a reply; its exit code.
func said(_ reply: Reply, saved: [SavedFile] = []) -> Int32 {
    guard !saved.isEmpty, var whole = try? JSONValue(json: reply.json), let files = try? JSONValue(encoding: saved) else {
        print(reply.json)
        return exitCode(reply)
    }
    var data = whole.data
    data["saved"] = files
    whole["data"] = data
    print(whole.text)
    return exitCode(reply)
}

@Sendable func run(_ client: Client, _ arguments: Arguments) async throws -> Int32 {
    let payload: JSONValue
    do {
        payload = try JSONValue(json: arguments.needed("--payload"))
    } catch let error as JSONError {
        throw Misuse(description: "--payload: \(error)")
    }
    let (model, key, owner, callback) = (
        try arguments.needed("--model"), arguments.text("--key"), arguments.text("--owner"), arguments.text("--callback-url")
    )
    if arguments.has("--no-wait") {
        return said(try await client.createGeneration(model, payload, key: key, owner: owner, callbackURL: callback))
    }
    let task = try await client.submit(model, payload, key: key, owner: owner, callbackURL: callback)
    let reply = try await task.wait()
    guard let directory = arguments.text("--out") else { return said(reply) }
    return said(reply, saved: try await task.saveFiles(in: directory))
}

/// A task by its intent's id, or by the provider's, stored or not. A failure is a reply too.
func one(
    _ client: Client, _ arguments: Arguments, stored: (TaskHandle) async throws -> Reply, remote: (String, String?) async throws -> Reply,
    code: (Reply) -> Int32 = exitCode
) async throws -> Int32 {
    let name = try arguments.name(0, "task's id")
    let reply: Reply
    do {
        reply = try await stored(client.task(name))
    } catch GentaskError.taskNotFound {
        reply = try await remote(name, arguments.text("--model"))
    } catch let error as GentaskError {
        reply = error.reply
    }
    print(reply.json)
    return code(reply)
}

/// What to do about an id that the provider does not know: there is nothing to adopt.
let notAdopted: JSONValue = """
    the submit stays unresolved: compare the task id and the account with the provider's dashboard; if the task is not there, give the submit up \
    with `gentask discard`
    """

@Sendable func adopt(_ client: Client, _ arguments: Arguments) async throws -> Int32 {
    let task = try await client.task(arguments.name(0, "intent's id"))
    do {
        return said(try await task.adopt(taskID: arguments.name(1, "task's id")))
    } catch GentaskError.taskNotFound(let failure) {
        var (reply, data) = (try JSONValue(json: failure.reply.json), failure.reply.data)
        data["suggestions"] = [notAdopted]
        reply["data"] = data
        print(reply.text)
        return exitCode(failure.reply)
    }
}

@Sendable func get(_ client: Client, _ arguments: Arguments) async throws -> Int32 {
    guard let directory = arguments.text("--out") else {
        return try await one(client, arguments, stored: { try await $0.check(force: true) }, remote: client.getTask)
    }
    let task = try await client.task(arguments.name(0, "intent's id"))
    let reply = try await task.check(force: true)
    return said(reply, saved: reply.status == .success ? try await task.saveFiles(in: directory) : [])
}

@Sendable func list(_ client: Client, _ arguments: Arguments) async throws -> Int32 {
    let phases = try arguments.text("--phase")?.split(separator: ",").map { word in
        guard let phase = Phase(rawValue: String(word)) else { throw Misuse(description: "no phase is called \(word)") }
        return phase
    }
    let which = TaskFilter(owner: arguments.text("--owner"), phases: phases, unfinished: arguments.has("--unfinished"))
    let page = try await client.tasks(which, limit: arguments.number("--limit") ?? 100)
    print(JSONValue.array(try page.map(entry)).text)
    return page.damaged.isEmpty ? 0 : 6
}

/// A record in a listing.
@Sendable func entry(_ record: TaskRecord) throws -> JSONValue {
    let text = { (value: String?) in value.map(JSONValue.string) ?? JSONValue.null }
    let now = UInt64(Date().timeIntervalSince1970 * 1000)
    return [
        "intentId": .string(record.intentID), "taskId": text(record.taskID), "provider": .string(record.provider),
        "account": .string(record.account), "model": .string(record.model), "kind": .string(record.kind),
        "phase": .string(record.phase.rawValue), "status": .string(record.status.rawValue),
        "errorCode": text(try record.reply().errorCode?.rawValue), "conflictingTaskId": text(record.conflictingTaskID),
        "owner": text(record.owner), "key": text(record.key), "createdAt": JSONValue(record.createdAtMs),
        "updatedAt": JSONValue(record.updatedAtMs), "ageMs": JSONValue(now > record.createdAtMs ? now - record.createdAtMs : 0),
    ]
}
