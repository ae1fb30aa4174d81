// The command line: a verb, names of tasks, and flags with and without a value.

import Foundation
import Gentask

struct Misuse: Error, CustomStringConvertible {
    let description: String
}

struct Arguments {
    let verb: String
    private var names: [String] = []
    private var flags: [String: String] = [:]
    private var switches: Set<String> = []

    private static let bare: Set<String> = ["--no-wait", "--json", "--unfinished", "--force"]

    init(_ words: [String]) throws {
        guard let verb = words.first else { throw Misuse(description: "no verb given") }
        self.verb = verb
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                names.append(word)
                continue
            }
            if Self.bare.contains(word) {
                switches.insert(word)
            } else if let value = rest.popFirst() {
                flags[word] = value
            } else {
                throw Misuse(description: "\(word) needs a value")
            }
        }
    }

    func has(_ name: String) -> Bool { switches.contains(name) }

    func text(_ flag: String) -> String? { flags[flag] }

    func needed(_ flag: String) throws -> String {
        guard let value = flags[flag] else { throw Misuse(description: "\(flag) is missing") }
        return value
    }

    func name(_ place: Int, _ what: String) throws -> String {
        guard names.indices.contains(place) else { throw Misuse(description: "the \(what) is missing") }
        return names[place]
    }

    func seconds(_ flag: String) throws -> Duration? {
        guard let text = flags[flag] else { return nil }
        guard let seconds = Double(text), seconds >= 0, seconds < 1e9 else { throw Misuse(description: "\(flag): \(text) is no time in seconds") }
        return .milliseconds(Int64((seconds * 1000).rounded(.up)))
    }

    func number(_ flag: String) throws -> Int? {
        guard let text = flags[flag] else { return nil }
        guard let number = Int(text), number > 0 else { throw Misuse(description: "\(flag): \(text) is no number above 0") }
        return number
    }

    /// The client that the flags describe.
    func client() throws -> Client {
        try Client(
            .named(needed("--provider")), account: text("--account"), baseURL: text("--base-url"), store: text("--store").map(StorePlace.file),
            timeout: seconds("--timeout"), poll: Poll(initial: seconds("--poll-initial"), cap: seconds("--poll-cap")))
    }
}
