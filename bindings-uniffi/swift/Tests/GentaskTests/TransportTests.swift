// Transports of one's own: what they send, and what they throw.

import Foundation
import Gentask
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Good for tests on loopback; `Transport` says why it is not for submits elsewhere.
struct SessionTransport: Transport {
    let seen = Notes<HTTPRequest>()

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        seen.add(request)
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = Double(request.timeout.components.seconds)
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        var asked = URLRequest(url: URL(string: request.url)!)
        asked.httpMethod = request.method
        for header in request.headers { asked.setValue(header.value, forHTTPHeaderField: header.name) }
        if !request.body.isEmpty { asked.httpBody = request.body }
        let (body, response) = try await session.data(for: asked)
        let answer = response as! HTTPURLResponse
        let headers = answer.allHeaderFields.map { HTTPHeader("\($0.key)", "\($0.value)") }
        return HTTPResponse(
            status: answer.statusCode, headers: headers, body: body.prefix(request.responseCap), end: body.count > request.responseCap ? .tooLarge : .whole)
    }
}

struct ScriptedTransport: Transport {
    let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await answer(request) }
}

@Suite struct TransportTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func aWholeTaskThroughATransportOfOnesOwn() async throws {
        let transport = SessionTransport()
        let client = try sandbox.client(transport: transport)
        #expect(try await client.order().wait(timeout: .seconds(60)).ok)
        let submits = transport.seen.all.filter { $0.operation == .submit }
        #expect(submits.count == 1 && submits[0].headers.contains { $0.value.contains("sandbox-key") })
        #expect(!"\(submits[0])".contains("sandbox-key") && !"\(submits)".contains("sunset"))
        #expect(try await sandbox.submits() == 1)
    }

    @Test func functionsAroundEachRequestAddHeadersSeeWhatCameAndGiveUpNoProof() async throws {
        let (transport, seen, told) = (SessionTransport(), Notes<String>(), Notes<String>())
        let client = try sandbox.client(
            transport: transport,
            onRequest: { request in
                seen.add("\(request.operation) \(request.intentID != nil)")
                return [HTTPHeader("x-trace", "abc")]
            },
            onResponse: { request, response in told.add("\(request.operation) \(response.status ?? 0)") })
        let task = try await client.order()
        #expect(transport.seen.all.map { $0.headers.contains(HTTPHeader("x-trace", "abc")) } == [true])
        #expect(seen.all == ["submit true"])
        // It is told on a thread of its own.
        while told.all.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(told.all == ["submit 200"] && task.taskID != nil)
        struct Refused: Error {
            let url = "https://secret.example.com/?key=secret"
        }
        let refusals: [@Sendable (RequestInfo) async throws -> [HTTPHeader]] = [
            { _ in throw Refused() }, { _ in [HTTPHeader("authorization", "Bearer mine")] }, { _ in [HTTPHeader("a b", "c")] },
        ]
        for refusal in refusals {
            do {
                _ = try await sandbox.client(store: .memory(MemoryStore()), onRequest: refusal).order()
                Issue.record("it was sent")
            } catch let error as GentaskError {
                #expect(error.code == .networkError && error.billing == .none && !"\(error)".contains("secret"))
            }
        }
        #expect(try await sandbox.submits() == 1)
        #expect(throws: GentaskError.self) { _ = try Client("apixo", apiKey: "k", store: .memory(MemoryStore()), proxy: "no proxy") }
    }

    @Test func onlyNotSentIsAProof() async throws {
        struct Reset: Error {
            let url = "https://secret.example.com/?key=secret"
        }
        let sent = Notes<Int>()
        let unsent = try sandbox.client(transport: ScriptedTransport { _ in sent.add(1); throw NotSent("no route to host") })
        let never = try await error { try await unsent.order(timeout: .seconds(60)) }
        #expect(never.code == .networkError && never.billing == .none && never.message.contains("no route to host"), "\(never)")
        #expect(sent.all.count == 3, "it is tried again")
        let unsure = try sandbox.client(transport: ScriptedTransport { _ in throw Reset() })
        let lost = try await error { try await unsure.order() }
        #expect(lost.code == .submitUnknown && lost.billing == .possible, "\(lost)")
        #expect(lost.reply.json.contains("Reset") && !lost.reply.json.contains("secret"), "\(lost.reply.json)")
    }

    @Test func aTransportThatNeverAnswersIsCancelledAndCountsAsPerhapsSent() async throws {
        let cancelled = Notes<Bool>()
        let client = try sandbox.client(
            // Long enough for the transport to begin beside all other tests.
            requestTimeout: .seconds(10),
            transport: ScriptedTransport { _ in
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    cancelled.add(true)
                    throw error
                }
                throw NotSent("unreachable")
            })
        let lost = try await error { try await client.order() }
        #expect(lost.code == .submitUnknown, "\(lost)")
        try await until { cancelled.all == [true] }
    }

    @Test func whatATransportReadOnlyInPartIsInDoubt() async throws {
        let answer = Data(#"{"code":200,"data":{"taskId":"#.utf8)
        let client = try sandbox.client(
            transport: ScriptedTransport { _ in
                HTTPResponse(status: 200, headers: [HTTPHeader("Content-Type", "application/json")], body: answer, end: .truncated)
            })
        #expect(try await error { try await client.order() }.code == .submitUnknown)
    }
}
