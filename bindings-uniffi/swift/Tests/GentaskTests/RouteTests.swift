// The routes of the example backend, from an order to its callback.

import Foundation
import Gentask
import GentaskRoutes
import Testing

@Suite struct RouteTests {
    let sandbox: Sandbox
    let client: Client
    let routes: Routes

    init() throws {
        sandbox = try Sandbox()
        client = try sandbox.client()
        routes = Routes(client, callbackURL: "https://app.example.com/gentask")
    }

    private func order(_ prompt: String, by owner: String = "anna", key: String? = "k") -> Asked {
        Asked(owner: owner, idempotencyKey: key, body: Data((["prompt": .string(prompt)] as JSONValue).text.utf8))
    }

    @Test func anOrderIsStreamedToItsOwnerAndPaidOnce() async throws {
        let ordered = try await routes.order(order("a sunset"))
        #expect(ordered.status == 202)
        let id = try #require(ordered.body.id.string)
        #expect(try await routes.order(order("a sunset")).body.id.string == id)
        #expect(try await routes.order(order("another")).status == 409)
        #expect(try await routes.order(order("a sunset", key: nil)).status == 400)
        #expect(try await routes.look(Asked(owner: "eve"), id: id).status == 404)
        #expect(try await routes.events(Asked(owner: "eve"), id: id) == nil)
        var told: [String] = []
        for try await event in try #require(try await routes.events(Asked(owner: "anna"), id: id)) { told.append(event) }
        #expect(told.last?.contains(#""status":"success""#) == true && told.allSatisfy { $0.hasSuffix("\n\n") }, "\(told)")
        #expect(try await routes.look(Asked(owner: "anna"), id: id).body.status == "success")
        #expect(try await sandbox.submits() == 1)
    }

    @Test func aCallbackIsAnsweredAndItsEndIsSettledOnce() async throws {
        let id = try #require(try await routes.order(order("[slow]")).body.id.string)
        let callback = try signTestCallback(for: client, task: await client.task(id))
        let headers = callback.headers.map { ($0.name, $0.value) }
        let receipt = try await routes.callback(method: callback.method, url: callback.url, headers: headers, body: callback.body)
        #expect(receipt.httpStatus == 200)
        let settled = Notes<String>()
        let working = Task { [routes] in try await routes.work { settled.add($0.intentID) } }
        // It is acknowledged once the function has returned: a worker that is cancelled before would hand it out again.
        try await until { settled.all == [id] }
        try await until { try await client.notices().isEmpty }
        working.cancel()
        _ = await working.result
        #expect(settled.all == [id])
    }

    @Test func aLostAnswerIsNoReasonToOrderAgain() async throws {
        try await sandbox.script("apixo", rules: [rule("submit", ["kind": "resetAfterBody"])])
        let lost = try await routes.order(order("a sunset"))
        #expect(lost.status == 202 && lost.body.code == "SUBMIT_UNKNOWN" && lost.body.id.string != nil)
        #expect(try await routes.order(order("a sunset")).body.id == lost.body.id)
        #expect(try await sandbox.submits() == 1)
    }
}
