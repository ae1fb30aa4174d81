// The adversary's table (`tests/adversary/` of the workspace): its rows, and the program that is the provider and the judge, the same for every
// language. `GENTASK_ADVERSARY` says where it is.

import Foundation
import Gentask

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

final class Table: @unchecked Sendable {
    static let folder = workspace.appendingPathComponent("tests/adversary")
    static let program = ProcessInfo.processInfo.environment["GENTASK_ADVERSARY"] ?? workspace.appendingPathComponent("target/debug/adversary").path

    /// The rows of the files that are for this language: family and name of each.
    static let names: [String] = try! FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted().flatMap { file in
        let read = try! JSONValue(json: Data(contentsOf: folder.appendingPathComponent(file)))
        return read.rows.array!.filter { $0.not.swift.isNull }.map { "\(file.dropLast(5)): \($0.name.string!)" }
    }

    static let shared = Table()

    let rows: [String: JSONValue]
    private let url: String
    private let process = Process()
    private let lock = NSLock()
    private var clocks: [Int: ManualClock] = [:]

    private init() {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.standardOutput = output
        // It ends with this process.
        process.standardInput = Pipe()
        try! process.run()
        var line = Data()
        while let byte = try? output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8), !byte.isEmpty { line += byte }
        url = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        let (done, said) = (DispatchSemaphore(value: 0), Notes<JSONValue>())
        Self.asked("\(url)/table", ["language": "swift"]) {
            said.add($0)
            done.signal()
        }
        done.wait()
        let answer = said.all[0]
        rows = Dictionary(uniqueKeysWithValues: answer.rows.array!.map { ("\($0.family.string!): \($0.name.string!)", $0) })
        let port = UInt16(url.split(separator: ":").last!)!
        Thread { [self] in tellTheTime(port) }.start()
    }

    func note(_ clock: ManualClock, of row: Int) {
        lock.withLock { clocks[row] = clock }
    }

    /// Makes one control call.
    func ask(_ path: String, _ given: JSONValue) async -> JSONValue {
        await withCheckedContinuation { continuation in Self.asked(url + path, given) { continuation.resume(returning: $0) } }
    }

    private static func asked(_ url: String, _ given: JSONValue, _ answered: @escaping @Sendable (JSONValue) -> Void) {
        var request = URLRequest(url: URL(string: url)!, timeoutInterval: 60)
        request.httpMethod = "POST"
        request.httpBody = Data(given.text.utf8)
        session.dataTask(with: request) { data, _, _ in answered((try? JSONValue(json: data ?? Data())) ?? .null) }.resume()
    }

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        return URLSession(configuration: configuration)
    }()

    /// Answers each line with a row's id by what that row's clock shows.
    private func tellTheTime(_ port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        (address.sin_family, address.sin_port, address.sin_addr.s_addr) = (sa_family_t(AF_INET), port.bigEndian, inet_addr("127.0.0.1"))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) } }
        let line = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        line.write(Data("CLOCK\n".utf8))
        var asked = Data()
        while let byte = try? line.read(upToCount: 1), !byte.isEmpty {
            guard byte == Data("\n".utf8) else {
                asked += byte
                continue
            }
            let row = Int(String(decoding: asked, as: UTF8.self))!
            asked = Data()
            line.write(Data("\(lock.withLock { clocks[row]!.nowMs })\n".utf8))
        }
    }
}
