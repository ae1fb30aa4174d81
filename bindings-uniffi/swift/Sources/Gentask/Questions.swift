// What is asked of a client about its tasks: found, listed, resumed, settled; and the four questions that never fail because of an answer.

import Foundation
internal import GentaskGenerated

extension Client {
    /// A task by its intent's id.
    /// - Throws: ``GentaskError/taskNotFound(_:)`` where the store has none of this provider and account.
    public func task(_ intentID: String) async throws -> TaskHandle {
        TaskHandle(try await waiting { try await native.task(token: $0, intentId: intentID) })
    }

    /// The task that a key names; `nil` where none does. With `owner`, the key is the owner's.
    public func find(_ key: String, owner: String? = nil) async throws -> TaskHandle? {
        try await waiting { try await native.find(token: $0, key: key, owner: owner) }.map(TaskHandle.init)
    }

    /// One page of the tasks of this provider and account, oldest first where the filter says nothing else. `after` is the `next` of the page
    /// before.
    public func tasks(_ which: TaskFilter = TaskFilter(), limit: Int? = nil, after: Cursor? = nil) async throws -> TaskPage {
        let query = which.query(limit: limit, after: after)
        return TaskPage(try await waiting { try await native.tasks(token: $0, query: query) })
    }

    /// Every page of the tasks of this provider and account, one after the other, of `limit` tasks each.
    public func pages(_ which: TaskFilter = TaskFilter(), limit: Int = 500) -> TaskPages {
        TaskPages(client: self, which: which, limit: limit)
    }

    /// The submits whose outcome is not known, oldest first: each waits for `adopt` or `discard`.
    public func unresolved() async throws -> TaskPage {
        TaskPage(try await waiting { try await native.unresolved(token: $0) })
    }

    /// Drives every unfinished task to its end, at most `concurrency` at once, each for at most `timeout`. Call it when a process starts.
    ///
    /// - Parameters:
    ///   - concurrency: how many at once. Default: as many as is usual.
    ///   - timeout: how long each is waited for. Default: the client's, then the contract's figure for the kind of task.
    ///   - onReply: hears each as it ends, on a thread of gentask's own, the last perhaps after this has returned; it must not wait.
    /// - Returns: one for each task, in the order in which they ended; failures are among them.
    public func resume(
        concurrency: Int? = nil, timeout: Duration? = nil, onReply: (@Sendable (Resumed) -> Void)? = nil
    ) async throws -> [Resumed] {
        let (most, bridge) = (concurrency.map(UInt64.init(clamping:)), onReply.map(ReplyBridge.init))
        let ended = try await waiting {
            try await native.resume(token: $0, concurrency: most, timeMs: timeout?.milliseconds, onReply: bridge)
        }
        return ended.map { Resumed(intentID: $0.intentId, reply: Reply($0.reply)) }
    }

    /// Drives every unfinished task to its end, new ones too, until the task that runs it is cancelled or the client is closed;
    /// ``resume(concurrency:timeout:onReply:)`` is for once.
    ///
    /// Several processes may run on one store: they share the work, and take over what a dead one has left.
    ///
    /// - Parameters:
    ///   - onSettled: hears of each ended task, one after the other, also of those that ended elsewhere or before: attach the result to a user's
    ///     record there, send the mail. What it returns from is acknowledged; where it throws, it hears of the task again later. It may hear of one
    ///     more than once. The store must keep notices, as the package's own do.
    ///   - onReply: hears how each task ended that this worker saw end, and which tasks cannot be gone on with for now, on a thread of gentask's
    ///     own; it must not wait.
    public func run(
        onSettled: ((Notice) async throws -> Void)? = nil, onReply: (@Sendable (Resumed) -> Void)? = nil
    ) async throws {
        let (settles, bridge) = (onSettled != nil, onReply.map(ReplyBridge.init))
        let worker = try calling { try native.work(settles: settles, onReply: bridge, onProblem: ProblemBridge()) }
        defer { worker.stop() }
        while let next = try await waiting({ try await worker.next(token: $0) }) {
            let notice = Notice(next)
            do {
                try await onSettled?(notice)
                worker.handled(intentId: notice.intentID, done: true)
            } catch {
                worker.handled(intentId: notice.intentID, done: false)
                try Task.checkCancellation()
            }
        }
    }

    /// Gives an unresolved task the id under which you found it at the provider: one status call first.
    @discardableResult
    public func adopt(_ intentID: String, taskID: String) async throws -> Reply {
        try await task(intentID).adopt(taskID: taskID)
    }

    /// Gives an unresolved task up.
    @discardableResult
    public func discard(_ intentID: String) async throws -> Reply {
        try await task(intentID).discard()
    }

    /// Deletes the record of one task that has ended, with what is stored beside it, and says whether there was one.
    ///
    /// Its key is free afterwards: whoever uses it again makes a new task, which is paid for.
    /// - Throws: ``GentaskError/unsupported(_:)`` for a task that has not ended.
    @discardableResult
    public func delete(_ intentID: String) async throws -> Bool {
        try await waiting { try await native.delete(token: $0, intentId: intentID) }
    }

    /// Deletes the records of tasks that ended longer ago than this, and says how many. Unfinished and unresolved ones stay.
    @discardableResult
    public func prune(olderThan age: Duration) async throws -> Int {
        let age = try age.milliseconds("olderThan")
        return Int(clamping: try await waiting { try await native.prune(token: $0, olderThanMs: age) })
    }

    /// What the account holds.
    /// - Throws: ``GentaskError/unsupported(_:)`` where the provider documents no such call.
    public func account() async throws -> Balance {
        Balance(try await waiting { try await native.account(token: $0) })
    }

    /// The account's tasks as the provider lists them: candidates for `adopt`.
    public func remoteTasks() async throws -> [ListedTask] {
        try await waiting { try await native.remoteTasks(token: $0) }.map(ListedTask.init)
    }
}

/// These answer with a reply whatever the provider says. They throw only where the client is closed, or the Swift task is cancelled.
extension Client {
    /// Submits a generation. Every outcome, a mistake of yours included, is a reply; ``Reply/orThrow()`` makes an error of a failed one.
    public func createGeneration(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil
    ) async throws -> Reply {
        do {
            let contract = contract
            let asked = try await calculated(of: input) { try order(model, input, key, owner, callbackURL, options, for: contract) }
            return Reply(try await waiting { try await native.createGeneration(token: $0, order: asked) })
        } catch let error as GentaskError where !isClosed && error.code == .invalidPayload {
            // What cannot be written as JSON did not come as far as the other mistakes.
            return error.reply
        }
    }

    /// Asks how a task is, stored here or not. `model` is needed where the provider's call names it and the task is not stored.
    public func getStatus(_ taskID: String, model: String? = nil) async throws -> Reply {
        Reply(try await waiting { try await native.getStatus(token: $0, taskId: taskID, model: model) })
    }

    /// Asks for a task's details and files.
    public func getTask(_ taskID: String, model: String? = nil) async throws -> Reply {
        Reply(try await waiting { try await native.getTask(token: $0, taskId: taskID, model: model) })
    }

    /// Asks the provider to stop a task, stored here or not.
    public func cancelTask(_ taskID: String, model: String? = nil) async throws -> Reply {
        Reply(try await waiting { try await native.cancelTask(token: $0, taskId: taskID, model: model) })
    }
}
