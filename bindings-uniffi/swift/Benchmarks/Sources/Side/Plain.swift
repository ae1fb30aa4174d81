// What a careful person would write without gentask: `URLSession`, a gate, and the same poll schedule. It stores nothing.

import Foundation
import Gentask

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

let key = "k-0123456789abcdef0123456789abcdef"
let model = "nano-banana"
let input: JSONValue = ["mode": "text-to-image", "prompt": "a lighthouse in a storm, oil on canvas", "aspect_ratio": "16:9"]

/// The client's own default.
private let most = 32

final class Plain: Sendable {
    private let base: String
    private let session: URLSession
    private let gate = Gate(most)
    /// As in the client, no more submits stand before the gate than it lets through: so both sides poll equally often.
    private let submitting = Gate(most)

    init(_ base: String) {
        self.base = base
        let how = URLSessionConfiguration.ephemeral
        how.httpMaximumConnectionsPerHost = most
        how.timeoutIntervalForRequest = 30
        session = URLSession(configuration: how)
    }

    private struct Sent: Encodable {
        let request_type = "async"
        let input: JSONValue
    }

    private struct Answer: Decodable {
        struct Data: Decodable {
            let taskId: String
            let state: String?
        }
        let data: Data
    }

    func task(_ number: Int) async throws -> Bool {
        var post = try request("generateTask/\(model)")
        post.httpMethod = "POST"
        post.setValue("application/json", forHTTPHeaderField: "content-type")
        post.httpBody = try JSONEncoder().encode(Sent(input: input))
        let submit = post
        let id = try await submitting.within { try await self.data(submit).taskId }
        let accepted = ContinuousClock.now
        while true {
            let (seconds, attoseconds) = (ContinuousClock.now - accepted).components
            let elapsed = UInt64(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
            let pause = Sansio.nextPoll(
                elapsedMs: elapsed, seed: UInt64(number), firstMs: 500, everyMs: 500, factorPct: 150, capMs: 2_000, minIntervalMs: 0)
            try await Task.sleep(for: .milliseconds(pause))
            switch try await data(request("statusTask/\(model)?taskId=\(id)")).state {
            case "success": return true
            case "failed": return false
            default: continue
            }
        }
    }

    private func request(_ path: String) throws -> URLRequest {
        guard let url = URL(string: "\(base)/api/v1/\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.setValue("Bearer \(key)", forHTTPHeaderField: "authorization")
        request.setValue("application/json", forHTTPHeaderField: "accept")
        return request
    }

    private func data(_ request: URLRequest) async throws -> Answer.Data {
        try await gate.within { try JSONDecoder().decode(Answer.self, from: await self.session.data(for: request).0).data }
    }
}

/// Lets so many in at once, the others in the order in which they came.
private actor Gate {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var first = 0

    init(_ free: Int) {
        self.free = free
    }

    nonisolated func within<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        await enter()
        do {
            let value = try await work()
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func leave() {
        guard first < waiting.count else {
            free += 1
            return
        }
        waiting[first].resume()
        first += 1
        if first == waiting.count { (waiting, first) = ([], 0) }
    }
}
