// Many generations at once: so many at a time, each under a key of its own, told as they come. One that fails does not end the rest.

import Foundation
internal import GentaskGenerated

/// One generation of many: what ``Client/submit(_:_:key:owner:callbackURL:options:timeout:)`` takes.
public struct Job: Sendable, Hashable, Concealed {
    /// The model's id.
    public var model: String
    /// The model's own fields.
    public var input: JSONValue
    /// The job's own key. Default: one that is made of the whole batch's and of what is ordered.
    public var key: String?
    /// Whose task it is.
    public var owner: String?
    /// Where the provider reports the end.
    public var callbackURL: String?
    /// Options that the contract defines.
    public var options: JSONValue?

    /// A job.
    public init(
        _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil
    ) {
        (self.model, self.input, self.key) = (model, input, key)
        (self.owner, self.callbackURL, self.options) = (owner, callbackURL, options)
    }

    /// The model alone: the rest may hold a prompt.
    public var description: String { "Job(\(model))" }
}

/// What became of one job.
public struct Ordered: Sendable, CustomStringConvertible {
    /// Which one it was, counted from 0.
    public let index: Int
    /// Its key: submitted again under it, it is the same task. `nil` only where the job was refused before it had one.
    public let key: String?
    /// How its task is, a success or not, or why there is none.
    public let reply: Reply
    /// Its task; `nil` where none is stored.
    public let task: TaskHandle?

    /// The index, the status and the task's name.
    public var description: String { "Ordered(\(index), \(reply.status), intentID: \(task?.intentID ?? "nil"))" }
}

extension Client {
    /// Submits jobs and gives what became of each, in the order in which that is known.
    ///
    /// ```swift
    /// for try await ordered in client.submitMany(jobs, key: "album-7") {
    ///     print(ordered.index, ordered.reply.status)
    /// }
    /// ```
    ///
    /// A job is taken only when there is a place for it, so there may be any number of them. No failure of one is thrown: its ``Ordered/reply`` has
    /// the code, and the others go on. A batch that is begun again under the same keys posts nothing twice, and tells everything again.
    ///
    /// A key that is made of `key` names what is ordered (model, input, options), and not its place: a batch that is begun again with more jobs, or in
    /// another sequence, posts the new ones only. Media are part of it, so such a job is read before the next one is taken.
    ///
    /// A job without a key, its own or the batch's, ends the loop with ``GentaskError/invalidPayload(_:)``, and so does one whose key is that of a job of
    /// the same owner before it. So does whatever `jobs` throws; what is under way is told first. Whoever leaves the loop, or is cancelled, leaves the
    /// tasks as they are: a submit that was sent is saved.
    ///
    /// - Parameters:
    ///   - jobs: the jobs, asked for one after the other.
    ///   - key: the whole batch's: a job without one of its own has this one with 16 hex digits behind a slash, such as
    ///     `album-7/aab195068b48139e`; of jobs that are alike, the second has `/2` behind that, the third `/3`.
    ///   - concurrency: how many jobs are under way at once, each until its outcome is taken.
    ///   - wait: whether each task is waited for, or only submitted.
    ///   - timeout: how long each task is waited for. Default: the client's, then the contract's figure for the kind of task.
    public func submitMany<Jobs: AsyncSequence & Sendable>(
        _ jobs: Jobs, key: String? = nil, concurrency: Int = 32, wait: Bool = true, timeout: Duration? = nil
    ) -> Orders where Jobs.Element == Job {
        let batch = Batch(client: self, key: key, concurrency: concurrency, waits: wait, timeout: timeout)
        return Orders { desk in await batch.run(jobs, desk) }
    }

    /// The same for jobs that are at hand, or that are made one after the other.
    public func submitMany<Jobs: Sequence & Sendable>(
        _ jobs: Jobs, key: String? = nil, concurrency: Int = 32, wait: Bool = true, timeout: Duration? = nil
    ) -> Orders where Jobs.Element == Job {
        submitMany(OneByOne(jobs: jobs), key: key, concurrency: concurrency, wait: wait, timeout: timeout)
    }
}

/// What became of many jobs (``Client/submitMany(_:key:concurrency:wait:timeout:)``). Each loop over it is a batch of its own.
public struct Orders: AsyncSequence, Sendable {
    /// What became of one job.
    public typealias Element = Ordered

    fileprivate let run: @Sendable (Desk) async -> Void

    /// Takes the first job when it is asked for the first outcome.
    public func makeAsyncIterator() -> Iterator {
        Iterator(run: run)
    }

    /// A batch under way. It ends with its last reference.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let run: @Sendable (Desk) async -> Void
        private var begun: (outcomes: AsyncThrowingStream<Ordered, any Error>.Iterator, places: AsyncStream<Void>.Continuation)?

        fileprivate init(run: @escaping @Sendable (Desk) async -> Void) {
            self.run = run
        }

        /// The next outcome; `nil` after the last.
        /// - Throws: what ends the batch, and `CancellationError` where the Swift task is cancelled.
        public mutating func next() async throws -> Ordered? {
            if begun == nil { begin() }
            let told = try await begun?.outcomes.next()
            // A stream that is cancelled only ends.
            if told == nil { try Task.checkCancellation() }
            begun?.places.yield()
            return told
        }

        private mutating func begin() {
            let (places, free) = AsyncStream.makeStream(of: Void.self)
            let (outcomes, tell) = AsyncThrowingStream.makeStream(of: Ordered.self)
            let run = run
            let running = Task { await run(Desk(places: places, tell: tell)) }
            tell.onTermination = { _ in running.cancel() }
            begun = (outcomes.makeAsyncIterator(), free)
        }
    }
}

/// Where outcomes are told, and places become free by that.
private struct Desk: Sendable {
    let places: AsyncStream<Void>
    let tell: AsyncThrowingStream<Ordered, any Error>.Continuation
}

/// How many jobs go.
private struct Batch: Sendable {
    let client: Client
    let key: String?
    let concurrency: Int
    let waits: Bool
    let timeout: Duration?

    func run<Jobs: AsyncSequence & Sendable>(_ jobs: Jobs, _ desk: Desk) async where Jobs.Element == Job {
        do {
            if concurrency < 1 { try calling { try refuseCall(message: "concurrency must be at least 1, and is \(concurrency)") } }
            let ended = await withTaskGroup(of: Void.self) { group in
                var (jobs, places, index) = (jobs.makeAsyncIterator(), desk.places.makeAsyncIterator(), 0)
                var keys = BatchKeys(batch: key)
                do {
                    while let job = try await jobs.next() {
                        let (number, own) = (index, try keys.own(job, index))
                        // What has a key of its own is read beside the others.
                        let made = own == nil ? try await keys.made(try await client.read(job), index) : nil
                        group.addTask {
                            if let ordered = await outcome(number, job, made) { desk.tell.yield(ordered) }
                        }
                        index += 1
                        if index >= concurrency, await places.next() == nil { break }
                    }
                    return nil as (any Error)?
                } catch {
                    return error
                }
            }
            if let ended { throw ended }
            desk.tell.finish()
        } catch {
            desk.tell.finish(throwing: error)
        }
    }

    private func outcome(_ index: Int, _ job: Job, _ made: Result<Order, GentaskError>?) async -> Ordered? {
        var (key, task) = (job.key, nil as TaskHandle?)
        do {
            let read = if let made { made } else { try await client.read(job) }
            let order = try read.get()
            key = order.key
            let submitted = try await client.submit(order)
            task = submitted
            let reply = waits ? try await submitted.wait(timeout: timeout) : try await submitted.reply()
            return Ordered(index: index, key: key, reply: reply, task: task)
        } catch let failed as GentaskError {
            if task == nil, let intentID = failed.intentID { task = try? await client.task(intentID) }
            return Ordered(index: index, key: key, reply: failed.reply, task: task)
        } catch {
            // Cancelled: nobody hears of it any more.
            return nil
        }
    }
}

private struct OneByOne<Jobs: Sequence & Sendable>: AsyncSequence, Sendable where Jobs.Element == Job {
    typealias Element = Job

    let jobs: Jobs

    func makeAsyncIterator() -> Iterator {
        Iterator(jobs: jobs.makeIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        var jobs: Jobs.Iterator

        mutating func next() async -> Job? {
            jobs.next()
        }
    }
}
