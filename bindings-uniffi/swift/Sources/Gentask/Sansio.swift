// Core itself, for drivers of one's own: a workflow engine, a test in virtual time. It has no clock, no network and no store; all times are Unix
// milliseconds. The page on hosts (docs/hosts.md) has the effects: what to do, what to guarantee, what to answer.

import Foundation
internal import GentaskGenerated

/// The client without I/O: every operation is a ``Call``, which a host of yours runs.
public enum Sansio {
    /// When requests of one process may go out, per base URL and account; shared by all machines of the process.
    public final class Pacer: Sendable {
        let native = GentaskGenerated.Pacer()

        /// Nothing has gone out yet.
        public init() {}

        /// The whole account was asked to pause until this time.
        public func hold(_ contract: Contract, baseURL: String, account: String, until: UInt64) {
            native.hold(contract: contract.native, baseUrl: baseURL, account: account, untilMs: until)
        }

        /// Until when the whole account is asked to pause; a time that is over, or 0, where it is not.
        public func heldUntil(_ contract: Contract, baseURL: String, account: String) -> UInt64 {
            native.heldUntil(contract: contract.native, baseUrl: baseURL, account: account)
        }
    }

    /// One provider, account and base, whose calls share a pacer and the account's pauses. Keep one for the life of a process.
    public final class Host: Sendable {
        private let native: HostClient

        /// A client with these settings: `holder` (a name that only this process has), `account`, `base`, `requestTimeoutMs`, `poll`
        /// (`initialMs`, `factorPct`, `capMs`), `timeoutMs`, `maxReadRetries`, `listens`, `callbacks`.
        public init(_ contract: Contract, settings: JSONValue) throws {
            native = try calling { try .init(contract: contract.native, settings: settings.text) }
        }

        /// The base URL, without a slash at its end.
        public var baseURL: String { native.baseUrl() }
        /// The account's label.
        public var accountLabel: String { native.accountLabel() }

        /// Begins a submit. `entropy` is 32 random bytes.
        public func submit(
            _ model: String, _ input: JSONValue, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, options: JSONValue? = nil,
            entropy: Data, now: UInt64
        ) throws -> Call {
            let order = try order(model, input, key, owner, callbackURL, options)
            return Call(try calling { try native.submit(order: order, entropyBytes: entropy, nowMs: now) })
        }

        /// Begins any other call by its name: `wait`, `waitFrom`, `check`, `cancel`, `adopt`, `discard`, `task`, `reply`, `overdue`, `left`, `find`,
        /// `ask`, `upload`, `account`, `remoteTasks`, `page`, `unresolved`, `unfinished`, `prune`, `noteFile`, `followUp`, `notices`, `acknowledge`,
        /// `work`, `turn`, `handled`, `release`. `record` is the text of the record that `intentId` names, where the host has one.
        public func begin(_ name: String, _ arguments: JSONValue = [:], record: String? = nil, now: UInt64) throws -> Call {
            Call(try calling { try native.begin(name: name, arguments: arguments.text, known: record, nowMs: now) })
        }

        /// Begins to receive a callback.
        public func receive(method: String, url: String, headers: [HTTPHeader], body: Data, now: UInt64) -> Call {
            let arrival = Arrival(method: method, url: url, headers: headers.map(\.native), body: body)
            return Call(native.receive(arrival: arrival, nowMs: now))
        }
    }

    /// One operation under way. It may be used on any thread, one at a time; dropping it leaves it.
    public final class Call: Sendable {
        private let native: HostCall

        init(_ native: HostCall) {
            self.native = native
        }

        /// Goes on: at first with nothing, then with the number of the effect and its answer. `now` is the time.
        ///
        /// An error is a mistake of the host's and leaves the call as it was. How the call itself failed is never thrown: ``Step/failed(_:)`` tells it.
        public func next(_ answer: (number: Int, answer: Answer)? = nil, now: UInt64) throws -> Step {
            let step = try calling {
                try native.next(
                    number: answer.map { UInt32(clamping: $0.number) }, answer: answer?.answer.head.text, text: answer?.answer.text,
                    bytes: answer?.answer.bytes, nowMs: now)
            }
            return Step(step)
        }

        /// Whether the host may drop the call. While it may not, a submit is under way: whoever waited may go, the call goes on.
        public var mayBeLeft: Bool { native.mayBeLeft() }
        /// The intent that the call is about, as far as it is known now; of a submit, from its beginning.
        public var intentID: String? { native.intentId() }
        /// When nobody waits for the call any more, whatever effect holds it up: then tell whoever waited what `overdue` brings.
        public var endsAt: UInt64? { native.endsAt() }
        /// The `why` of what the call waits for, and `until` when; `nil` where it does not wait.
        public var waitsFor: JSONValue? { native.waitsFor().map(known) }
    }

    /// What became of an effect: its members as JSON, and a text or bytes beside them.
    public struct Answer: Sendable, Hashable {
        /// The members: `["answer": "saved", "isConflict": false]`.
        public let head: JSONValue
        /// A record's text, a list of records, a body of JSON.
        public let text: String?
        /// A blob, or the body of an answer.
        public let bytes: Data?

        /// An answer.
        public init(_ head: JSONValue, text: String? = nil, bytes: Data? = nil) {
            (self.head, self.text, self.bytes) = (head, text, bytes)
        }
    }

    /// What a call wants next.
    public enum Step: Sendable {
        /// An effect is to be performed: its number, its members, the text of the record and the bytes that go beside it, in their order.
        case effect(number: Int, effect: JSONValue, record: String?, bytes: [Data?])
        /// The call has ended, and brought this text: a reply, a record, a page.
        case done(String)
        /// The call has failed.
        case failed(GentaskError)

        init(_ step: NextStep) {
            let rest = String(step.json.dropFirst())
            switch step.json.first {
            case "=": self = .done(rest)
            case "!": self = .failed(GentaskError(told: known(rest)))
            default:
                let parts = step.json.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                let head = known(String(parts[0]))
                let record = parts.count > 1 ? String(parts[1]) : nil
                self = .effect(number: head.number.int ?? 0, effect: head, record: record, bytes: step.bytes)
            }
        }
    }
}

extension GentaskError {
    /// The error of a failure that core told as JSON.
    fileprivate init(told failure: JSONValue) {
        do {
            let failed = GentaskError(try Reply(json: failure.reply.text))
            self = failed.saying(failure.message.string ?? failed.message)
        } catch {
            // Core wrote the reply; `calling` throws nothing else.
            self = error as! GentaskError
        }
    }
}
