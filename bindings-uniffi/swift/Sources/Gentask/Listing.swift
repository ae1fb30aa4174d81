// Which tasks a client lists, and all pages of them.

import Foundation
internal import GentaskGenerated

/// Which tasks are listed. What is `nil` does not restrict it.
public struct TaskFilter: Sendable, Hashable {
    /// The owner, in the application's words.
    public var owner: String?
    /// Any of these phases.
    public var phases: [Phase]?
    /// Only tasks that have not ended.
    public var unfinished: Bool
    /// Only tasks created at this time or later.
    public var createdFrom: Date?
    /// Only tasks created before this time.
    public var createdBefore: Date?
    /// The newest first, not the oldest.
    public var newestFirst: Bool

    /// A filter by what is given.
    public init(
        owner: String? = nil, phases: [Phase]? = nil, unfinished: Bool = false, createdFrom: Date? = nil, createdBefore: Date? = nil,
        newestFirst: Bool = false
    ) {
        (self.owner, self.phases, self.unfinished) = (owner, phases, unfinished)
        (self.createdFrom, self.createdBefore, self.newestFirst) = (createdFrom, createdBefore, newestFirst)
    }

    func query(limit: Int?, after: Cursor?) -> TaskQuery {
        TaskQuery(
            owner: owner, phases: phases?.map(\.native), unfinished: unfinished, createdFromMs: createdFrom?.unixMs,
            createdBeforeMs: createdBefore?.unixMs, newestFirst: newestFirst, limit: limit.map(UInt64.init(clamping:)), after: after?.native)
    }
}

/// Every page of a listing, one after the other (``Client/pages(_:limit:)``).
public struct TaskPages: AsyncSequence, Sendable {
    public typealias Element = TaskPage

    let client: Client
    let which: TaskFilter
    let limit: Int

    /// Begins with the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(pages: self)
    }

    /// Where a listing is.
    public struct Iterator: AsyncIteratorProtocol {
        let pages: TaskPages
        private var after: Cursor?
        private var isOver = false

        init(pages: TaskPages) {
            self.pages = pages
        }

        /// The next page; `nil` after the last one.
        public mutating func next() async throws -> TaskPage? {
            if isOver { return nil }
            let page = try await pages.client.tasks(pages.which, limit: pages.limit, after: after)
            (after, isOver) = (page.next, page.next == nil)
            return page
        }
    }
}
