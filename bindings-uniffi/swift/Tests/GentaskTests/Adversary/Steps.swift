// What each step of a row does.

import Foundation
import Gentask
import Testing

extension Play {
    func perform(_ step: JSONValue) async throws -> JSONValue {
        switch step.do.string! {
        case "submit":
            return try await named(step) {
                let task = try await self.client(step).submit(
                    self.model(step), self.input(step), key: step.key.string, owner: step.owner.string, options: step.options,
                    timeout: self.seconds(step.timeout))
                return (["handle": ["intentId": .string(task.intentID), "taskId": JSONValue(task.taskID)]], task.intentID)
            }
        case "createGeneration":
            return try await named(step) {
                let reply = try await self.client(step).createGeneration(
                    self.model(step), self.input(step), key: step.key.string, owner: step.owner.string, options: step.options)
                return (self.told(reply), reply.intentID)
            }
        case "wait": return told(try await task(step).wait(timeout: seconds(step.timeout)))
        case "updates":
            let replies = try await task(step).updates(timeout: seconds(step.timeout)).reduce(into: []) { $0.append($1) }
            return ["value": JSONValue(replies.count), "replies": .array(replies.map { ["intentId": nil, "reply": reply($0)] })]
        case "check": return told(try await task(step).check(force: step.force == true))
        case "cancel": return told(try await task(step).cancel())
        case "adopt": return told(try await task(step).adopt(taskID: fill(step.taskId.string!)))
        case "discard": return told(try await task(step).discard())
        case "look": return told(try await task(step).reply())
        case "download":
            let folder = try Folder()
            return ["value": JSONValue(try await task(step).saveFiles(in: folder.path).count)]
        case "resume":
            let ended = try await client(step).resume(concurrency: 8, timeout: seconds(step.timeout))
            return ["replies": .array(ended.map { ["intentId": .string($0.intentID), "reply": reply($0.reply)] })]
        case "getStatus": return told(try await client(step).getStatus(step.taskId.string!, model: step.model.string))
        case "getTask": return told(try await client(step).getTask(step.taskId.string!, model: step.model.string))
        case "cancelTask": return told(try await client(step).cancelTask(step.taskId.string!, model: step.model.string))
        case "account": return ["value": .string(try await client(step).account().amount)]
        case "remoteTasks": return ["value": JSONValue(try await client(step).remoteTasks().count)]
        case "unresolved": return counted(try await client(step).unresolved())
        case "tasks": return counted(try await client(step).tasks(TaskFilter(owner: step.owner.string)))
        case "find":
            guard let found = try await client(step).find(step.key.string!, owner: step.owner.string) else { return [:] }
            return ["handle": ["intentId": .string(found.intentID), "taskId": JSONValue(found.taskID)]]
        case "prune": return ["value": JSONValue(try await client(step).prune(olderThan: seconds(step.olderThan) ?? .zero))]
        case let word: return try await happen(word, step)
        }
    }

    /// What the world does.
    private func happen(_ word: String, _ step: JSONValue) async throws -> JSONValue {
        switch word {
        case "kill":
            let name = step.client.string ?? "main"
            kill(name)
            describe(name, .object(step.object!.filter { ["contract", "base"].contains($0.key) }))
        case "client": describe(step.as.string!, step)
        case "close": try await client(step).close()
        case "until": return ["hung": .bool(await ask("/until", ["kind": step.kind, "count": step.count.isNull ? 1 : step.count]).came != true)]
        case "asleep": try await until { self.clock.sleepers >= step.count.int ?? 1 }
        case "asked": try await until { self.keys.asked >= step.count.int ?? 1 }
        // Whatever begins meanwhile may; nothing is proven by it that did not.
        case "pause": try await Task.sleep(for: .milliseconds(150))
        case "clock": move(step)
        case "store":
            if !step.edit.isNull { store.edit(intent(step), try JSONValue(json: fill(step.edit.text))) }
            if let faults = step.faults.array { store.plan(faults) }
        case "key": keys.plan(step)
        case "release": await ask("/release")
        case "provider":
            if !step.extend.isNull { await ask("/extend", ["script": step.extend]) }
            if !step.listen.isNull { await ask("/listen", ["on": step.listen]) }
        default: return ["skipped": true]
        }
        return [:]
    }

    private func move(_ step: JSONValue) {
        if step.still == true { clock.standStill() }
        if let time = seconds(step.advance) { clock.advance(by: time) }
        if let time = step.back.double { clock.set(toMs: UInt64(Int64(clock.nowMs) - Int64(time * 1000))) }
        if let time = step.sleep.double { clock.set(toMs: UInt64(Int64(clock.nowMs) + Int64(time * 1000))) }
        if step.jump == true { clock.jump() }
    }

    /// Remembers which intent it was, also where it failed.
    private func named(_ step: JSONValue, _ order: () async throws -> (JSONValue, String?)) async throws -> JSONValue {
        do {
            let (outcome, intentID) = try await order()
            remember(step, intentID)
            return outcome
        } catch let error as GentaskError {
            remember(step, error.intentID)
            throw error
        }
    }

    private func task(_ step: JSONValue) async throws -> TaskHandle {
        try await client(step).task(intent(step))
    }

    /// A time of a row; some are longer than anything.
    func seconds(_ value: JSONValue) -> Duration? {
        value.double.map { .milliseconds(Int64(min($0 * 1000, 1e15))) }
    }

    private func model(_ step: JSONValue) -> String { step.model.string ?? "picture" }

    private func input(_ step: JSONValue) -> JSONValue { step.input.isNull ? ["prompt": "a lighthouse"] : step.input }

    private func reply(_ reply: Reply) -> JSONValue { try! JSONValue(json: reply.json) }

    private func told(_ reply: Reply) -> JSONValue { ["reply": self.reply(reply)] }

    private func counted(_ page: TaskPage) -> JSONValue {
        ["value": ["count": JSONValue(page.count), "damaged": JSONValue(page.damaged.count)]]
    }
}
