// One task: looked at, waited for, cancelled, settled, its files saved.

import Foundation
internal import GentaskGenerated

/// A task that is stored. It holds no lock and no connection: everything it does starts from the store.
public final class TaskHandle: Sendable, Identifiable, CustomStringConvertible {
    let native: GentaskGenerated.Task

    init(_ native: GentaskGenerated.Task) {
        self.native = native
    }

    /// The task's name in the store: what `Client.task(_:)` takes, in this process or another.
    public var intentID: String { native.intentId() }
    /// The same.
    public var id: String { intentID }
    /// The provider's id of the task, where it was known when the handle was made.
    public var taskID: String? { native.taskId() }
    /// The model.
    public var model: String { native.model() }
    /// The ids and the model.
    public var description: String { "TaskHandle(\(model), intentID: \(intentID), taskID: \(taskID ?? "nil"))" }

    /// The record as it is stored now.
    public func record() async throws -> TaskRecord {
        TaskRecord(try await waiting { try await native.record(token: $0) })
    }

    /// How the task is, by its record alone; nothing is sent.
    public func reply() async throws -> Reply {
        Reply(try await waiting { try await native.reply(token: $0) })
    }

    /// Makes at most one request and saves its answer: for cron jobs, queues and request handlers.
    ///
    /// Before the task is due it sends nothing, unless `force` asks for it. Returns how the task is; never throws for its failure.
    public func check(force: Bool = false) async throws -> Reply {
        Reply(try await waiting { try await native.check(token: $0, force: force) })
    }

    /// Waits for the task's end and returns its success; everything else is thrown, with the reply.
    ///
    /// - Parameters:
    ///   - timeout: how long. Default: the client's, then the contract's figure for the kind of task. ``GentaskError/waitTimeout(_:)`` leaves the task
    ///     running.
    ///   - onUpdate: hears each change on the way, in order, in this Swift task; what it throws ends the wait, not the task.
    /// - Throws: ``GentaskError``; `CancellationError` where the Swift task is cancelled: the wait ends within 100 ms, the task goes on.
    @discardableResult
    public func wait(timeout: Duration? = nil, onUpdate: (@Sendable (Reply) async throws -> Void)? = nil) async throws -> Reply {
        guard let onUpdate else {
            return Reply(try await waiting { try await native.wait(token: $0, timeMs: timeout?.milliseconds, onUpdate: nil) })
        }
        var last: Reply?
        for try await reply in updates(timeout: timeout) {
            try await onUpdate(reply)
            last = reply
        }
        // There is always a last one; were there none, the record says how the task is.
        if let last { return try last.orThrow() }
        return try await reply().orThrow()
    }

    /// Waits as ``wait(timeout:onUpdate:)`` does, and gives how the task is and each change on the way.
    ///
    /// The last one is the end of the task, or of the wait (`errorCode` is then ``ErrorCode/waitTimeout``); nothing is thrown for it. Each loop over it
    /// is a wait of its own, and leaving the loop ends the wait, not the task.
    public func updates(timeout: Duration? = nil) -> Updates {
        Updates(task: native, timeMs: timeout?.milliseconds)
    }

    /// Asks the provider to stop the task, and waits until it is known what became of it.
    /// - Throws: ``GentaskError/unsupported(_:)`` where the provider cannot, or would not; a task that ended first keeps its end.
    @discardableResult
    public func cancel() async throws -> Reply {
        Reply(try await waiting { try await native.cancel(token: $0) })
    }

    /// Gives an unresolved task the id under which you found it at the provider.
    @discardableResult
    public func adopt(taskID: String) async throws -> Reply {
        Reply(try await waiting { try await native.adopt(token: $0, taskId: taskID) })
    }

    /// Gives an unresolved task up.
    @discardableResult
    public func discard() async throws -> Reply {
        Reply(try await waiting { try await native.discard(token: $0) })
    }

    /// Fetches the result files into a directory, under names of their own, and notes in the record where they are. Those that were saved before and are
    /// still there are not fetched again.
    ///
    /// - Parameters:
    ///   - directory: made where it is missing. One that is missing and named like a file (`picture.png`) is refused, since that is what
    ///     ``saveFile(as:index:overwrite:receipt:)`` takes.
    ///   - receipt: ``FileReceipt/sidecar`` writes `NAME.receipt.json` beside each file, which says which task it came from.
    @discardableResult
    public func saveFiles(in directory: String, receipt: FileReceipt? = nil) async throws -> [SavedFile] {
        let saving = saving(receipt)
        return try await waiting { try await native.saveFiles(token: $0, directory: directory, saving: saving) }.map(SavedFile.init)
    }

    /// The same for the file with this number, counted from 0; `nil` where there is none.
    @discardableResult
    public func saveFile(_ index: Int, in directory: String, receipt: FileReceipt? = nil) async throws -> SavedFile? {
        let (index, saving) = (try place(index), saving(receipt))
        return try await waiting { try await native.saveFile(token: $0, index: index, directory: directory, saving: saving) }.map(SavedFile.init)
    }

    /// Fetches one result file to exactly this path, whatever its ending, and notes in the record where it is. Directories above it are made.
    ///
    /// Another file that is there stays, and is a ``GentaskError/storeError(_:)``, unless `overwrite`; one with the same bytes is the file.
    /// - Throws: ``GentaskError/unsupported(_:)`` where the task has no file with this `index`, counted from 0.
    @discardableResult
    public func saveFile(as path: String, index: Int = 0, overwrite: Bool = false, receipt: FileReceipt? = nil) async throws -> SavedFile {
        let (index, saving) = (try place(index), saving(receipt, overwrite: overwrite))
        return SavedFile(try await waiting { try await native.saveAs(token: $0, index: index, path: path, saving: saving) })
    }

    /// The bytes of one result file, counted from 0, fetched by the rules by which files are saved. Nothing is noted in the record.
    /// - Throws: ``GentaskError/responseTooLarge(_:)`` where it has more than `maxBytes` (default: 64 MiB).
    public func readFile(_ index: Int = 0, maxBytes: Int? = nil) async throws -> Data {
        let (index, most) = (try place(index), try count(maxBytes, "maxBytes"))
        return try await waiting { try await native.readFile(token: $0, index: index, maxBytes: most) }
    }

    /// The bytes of one result file, counted from 0, piece by piece as they come, by the rules by which files are saved.
    ///
    /// Whatever fails, an early end too, is thrown in its place: only with its end is the file whole. Each loop over it fetches the file for itself, and
    /// leaving the loop leaves it.
    public func streamFile(_ index: Int = 0) throws -> FileStream {
        FileStream(task: native, index: try place(index))
    }
}

private func saving(_ receipt: FileReceipt?, overwrite: Bool = false) -> GentaskGenerated.Saving {
    .init(receipt: receipt.map { _ in .sidecar }, overwrite: overwrite)
}

private func place(_ index: Int) throws -> UInt64 {
    try count(index, "the file's number") ?? 0
}

/// The bytes of a result file, as they come.
///
/// ```swift
/// for try await piece in try task.streamFile() {
///     try handle.write(contentsOf: piece)
/// }
/// ```
public struct FileStream: AsyncSequence, Sendable {
    /// Some bytes.
    public typealias Element = Data

    let task: GentaskGenerated.Task
    let index: UInt64

    /// Opens the file when it is asked for the first bytes.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(task: task, index: index)
    }

    /// One way through the file. It ends with its last reference.
    public final class AsyncIterator: AsyncIteratorProtocol {
        private let task: GentaskGenerated.Task
        private let index: UInt64
        private var begun: GentaskGenerated.FileStream?

        init(task: GentaskGenerated.Task, index: UInt64) {
            (self.task, self.index) = (task, index)
        }

        deinit {
            begun?.stop()
        }

        /// The next bytes; `nil` after the last.
        /// - Throws: ``GentaskError`` where the file cannot be had, or not whole; `CancellationError` where the Swift task is cancelled.
        public func next() async throws -> Data? {
            let (task, index) = (task, index)
            let stream: GentaskGenerated.FileStream
            if let begun {
                stream = begun
            } else {
                stream = try await waiting { try await task.streamFile(token: $0, index: index) }
                begun = stream
            }
            return try await waiting { try await stream.next(token: $0) }
        }
    }
}

/// How a task is and each change on the way.
///
/// ```swift
/// for try await reply in task.updates(timeout: .seconds(300)) {
///     print(reply.status, reply.progress ?? 0)
/// }
/// ```
public struct Updates: AsyncSequence, Sendable {
    /// Replies.
    public typealias Element = Reply

    let task: GentaskGenerated.Task
    let timeMs: UInt64?

    /// Begins the wait when it is asked for the first reply.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(task: task, timeMs: timeMs)
    }

    /// One wait. It ends with its last reference.
    public final class AsyncIterator: AsyncIteratorProtocol {
        private let task: GentaskGenerated.Task
        private let timeMs: UInt64?
        private var begun: GentaskGenerated.Updates?

        init(task: GentaskGenerated.Task, timeMs: UInt64?) {
            (self.task, self.timeMs) = (task, timeMs)
        }

        deinit {
            begun?.stop()
        }

        /// The next change; `nil` after the last.
        /// - Throws: `CancellationError` where the Swift task is cancelled, and what keeps the task from being looked at, such as
        ///   ``GentaskError/storeError(_:)``.
        public func next() async throws -> Reply? {
            let (task, timeMs) = (task, timeMs)
            let updates: GentaskGenerated.Updates
            if let begun {
                updates = begun
            } else {
                updates = try await waiting { try await task.updates(token: $0, timeMs: timeMs) }
                begun = updates
            }
            return try await waiting { try await updates.next(token: $0) }.map(Reply.init)
        }
    }
}
