// What differs between what was expected and what came out; and records, which stand in cases as what of each differs from the one before.

import Gentask

struct Different: Error, CustomStringConvertible {
    let description: String
}

func mustBeSame(_ what: String, _ expected: JSONValue, _ found: JSONValue) throws {
    if let different = firstDifference(expected, found) { throw Different(description: "\(what): \(different)") }
}

/// Where two values differ first, and how; `nil` where they are the same.
func firstDifference(_ expected: JSONValue, _ found: JSONValue, at place: String = "") -> String? {
    switch (expected, found) {
    case (.object(let one), .object(let other)):
        for name in Set(one.keys).union(other.keys).sorted() {
            guard let here = other[name] else { return "\(place)/\(name): expected \(shown(one[name]!)), found no such member" }
            guard let wanted = one[name] else { return "\(place)/\(name): expected no such member, found \(shown(here))" }
            if let different = firstDifference(wanted, here, at: "\(place)/\(name)") { return different }
        }
        return nil
    case (.array(let one), .array(let other)):
        for (index, (wanted, here)) in zip(one, other).enumerated() {
            if let different = firstDifference(wanted, here, at: "\(place)/\(index)") { return different }
        }
        return one.count == other.count ? nil : "\(place): expected \(one.count) items, found \(other.count)"
    default:
        // As text: a number is the same whatever it was read as, and a text only if its scalars are.
        return Array(expected.text.utf8) == Array(found.text.utf8) ? nil : "\(place): expected \(shown(expected)), found \(shown(found))"
    }
}

private func shown(_ value: JSONValue) -> String { String(value.text.prefix(300)) }

/// The record that was named last.
final class Changes {
    private var last: [String: JSONValue] = [:]

    /// What of a record differs from the one before.
    func of(_ record: JSONValue) -> JSONValue {
        let (before, now) = (last, record.object!)
        last = now
        return .object(now.filter { name, value in before[name].map { firstDifference($0, value) != nil } ?? true })
    }

    /// The text of the record that a case names by what differs.
    func text(_ changes: JSONValue) -> String {
        last.merge(changes.object!) { $1 }
        return JSONValue.object(last).text
    }
}

/// What a mistake of the caller's is in the vectors. Messages are for people and are not compared.
func mistake(_ error: GentaskError) -> JSONValue {
    let violations = error.violations.map { ["path": .string($0.path), "rule": .string($0.rule)] as JSONValue }
    return ["code": .string(error.code.rawValue), "violations": .array(violations)]
}

/// The seven fields of a reply, after a look at each way to get them.
func wire(_ reply: Reply) throws -> JSONValue {
    let said: JSONValue = [
        "ok": .bool(reply.ok), "status": .string(reply.status.rawValue), "taskId": JSONValue(reply.taskID), "data": reply.data,
        "errorCode": JSONValue(reply.errorCode?.rawValue), "errorMessage": JSONValue(reply.errorMessage),
        "retryAfter": reply.retryAfter.map { .int($0.components.seconds) } ?? .null,
    ]
    try mustBeSame("the reply as text", said, JSONValue(json: reply.json))
    try mustBeSame("the reply, read from its text", said, JSONValue(json: Reply(json: said.text).json))
    try mustBeSame("the reply, encoded", said, JSONValue(encoding: reply))
    return said
}
