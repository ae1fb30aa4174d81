// The Swift side of the benches: what it is called with, and what it prints, is said in `bindings-uniffi/benches/beside.rs`.

import Foundation
import Gentask

/// So many tasks fill pools and caches before anything is measured.
let warm = 300

let arguments = CommandLine.arguments
guard arguments.count == 5, let count = Int(arguments[4]) else { fatalError("usage: Side check|tasks BASE SIDE COUNT") }
let (base, side) = (arguments[2], arguments[3])
print(arguments[1] == "check" ? try await check() : try await tasks())

func makeClient() throws -> Client {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("gentask-bench-\(UUID().uuidString).db").path
    let poll = Poll(initial: .milliseconds(500), factor: 1.5, cap: .seconds(2))
    return try Client("apixo", apiKey: .value(key), baseURL: base, store: side == "sqlite" ? .file(file) : .memory(MemoryStore()), poll: poll)
}

func check() async throws -> String {
    let task = try await makeClient().submit(model, input)
    for _ in 0..<count { try await check(task) }
    let start = ContinuousClock.now
    for _ in 0..<count { try await check(task) }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return #"{"nanos": \#((seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / Int64(count))}"#
}

func check(_ task: TaskHandle) async throws {
    let reply = try await task.check(force: true)
    precondition(reply.ok)
}

func tasks() async throws -> String {
    let task: @Sendable (Int) async throws -> Bool
    if side == "plain" {
        let plain = Plain(base)
        task = { try await plain.task($0) }
    } else {
        let client = try makeClient()
        task = { _ in try await client.submit(model, input).wait(timeout: .seconds(120)).ok }
    }
    _ = try await atOnce(warm, task)
    let (cpu, memory) = (processorTime(), status("VmRSS"))
    let finished = try await atOnce(count, task)
    let bytes = max(status("VmHWM") - memory, 0)
    return #"{"finished": \#(finished + warm), "cpuUs": \#(processorTime() - cpu), "bytes": \#(bytes)}"#
}

func atOnce(_ count: Int, _ task: @escaping @Sendable (Int) async throws -> Bool) async throws -> Int {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<count { group.addTask { try await task(number) } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
}

/// The processor time of this process, in microseconds.
func processorTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
}

/// The memory of this process, now (`VmRSS`) or at most (`VmHWM`), in bytes; 0 where the system does not tell.
func status(_ name: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
}
