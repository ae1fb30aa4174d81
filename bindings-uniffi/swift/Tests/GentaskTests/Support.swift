// What the tests share.

import Foundation
import Gentask
import Testing

/// The order of most tests.
let picture: JSONValue = ["mode": "text-to-image", "prompt": "a sunset"]
let model = "nano-banana"

extension JSONValue {
    /// The same order with another prompt.
    static func picture(_ prompt: String) -> JSONValue { ["mode": "text-to-image", "prompt": .string(prompt)] }
}

extension Client {
    @discardableResult
    func order(
        _ input: JSONValue = picture, key: String? = nil, owner: String? = nil, callbackURL: String? = nil, timeout: Duration? = nil
    ) async throws -> TaskHandle {
        try await submit(model, input, key: key, owner: owner, callbackURL: callbackURL, timeout: timeout)
    }
}

/// The repository's folder.
let workspace = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

/// A folder that goes with the test.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("gentask-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
}

/// The error that a call throws.
func error(_ call: () async throws -> some Any, _ location: SourceLocation = #_sourceLocation) async throws -> GentaskError {
    do {
        _ = try await call()
    } catch let error as GentaskError {
        return error
    }
    Issue.record("an error was expected", sourceLocation: location)
    throw Expected()
}

struct Expected: Error {}

/// A rule of the sandbox's script.
func rule(_ on: String, nth: Int? = nil, _ fault: JSONValue) -> JSONValue {
    var rule: JSONValue = ["on": .string(on), "fault": fault]
    if let nth { rule["nth"] = JSONValue(nth) }
    return rule
}

/// Waits until something holds; a limit bounds what might hang.
func until(_ limit: Duration = .seconds(30), _ holds: () async throws -> Bool, _ location: SourceLocation = #_sourceLocation) async throws {
    let end = ContinuousClock.now + limit
    while try await !holds() {
        guard ContinuousClock.now < end else {
            Issue.record("it never became so", sourceLocation: location)
            throw Expected()
        }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// Notes things from anywhere.
final class Notes<Note: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var notes: [Note] = []

    func add(_ note: Note) {
        lock.withLock { notes.append(note) }
    }

    var all: [Note] { lock.withLock { notes } }
}
