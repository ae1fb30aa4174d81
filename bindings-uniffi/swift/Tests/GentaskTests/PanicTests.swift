// A panic of the native library is an error like any other.

import Testing

import func GentaskGenerated.plantedPanic
import func GentaskGenerated.plantedPanicOfSubmit

@testable import Gentask

struct PanicTests {
    private let words = "an internal error of gentask ended this call"

    @Test func aCallThatPanicsThrowsAnErrorOfThePackage() async throws {
        let plain = try await error { try calling { try plantedPanic() } }
        let waited = try await error { try await waiting { _ in try plantedPanic() } }
        for error in [plain, waited] {
            #expect(error.code == .unknownError && error.message.contains(words) && !error.message.contains("planted"), "\(error)")
            #expect(error.reply.status == .unknown && error.intentID == nil)
            #expect(!error.suggestions.contains { $0.contains("submit again") }, "\(error.suggestions)")
        }
    }

    @Test func aSubmitThatPanicsIsNamedAndInDoubt() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client("apixo")
        let placed = try order(model, picture, nil, nil, nil, nil)
        let error = try await error {
            try await waiting { try await plantedPanicOfSubmit(client: client.native, token: $0, order: placed) }
        }
        guard case .submitUnknown = error else { throw error }
        #expect(error.intentID?.isEmpty == false && error.billing == .possible)
        #expect(error.suggestions.first?.contains("do not submit again") == true, "\(error.suggestions)")
        #expect(error.message.contains(words))
        #expect(try await sandbox.submits("apixo") == 0)
        await client.close()
    }
}
