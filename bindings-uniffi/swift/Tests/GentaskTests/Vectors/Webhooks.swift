// Callbacks, judged: each verdict.

import Foundation
import Gentask

@Sendable func webhooks(_ given: JSONValue) throws -> JSONValue {
    let came = given.arrival
    let times = came.bodyRepeat.times.int ?? 0
    let body = came.bodyRepeat.isNull
        ? Data(base64Encoded: came.bodyBase64.string!)! : Data(String(repeating: came.bodyRepeat.text_.string!, count: times).utf8)
    let headers = came.headers.array!.map { HTTPHeader($0[0].string!, $0[1].string!) }
    let contract = given.contract.isNull ? schemes[given.callback.string!]! : Vectors.contract(given.contract)
    var said = try Sansio.judge(
        contract, secrets: given.secrets, method: came.method.string!, url: came.url.string!, headers: headers, body: body,
        now: given.now.unsigned, jwks: given.jwks.string.map { Data($0.utf8) })
    if let candidates = said.candidates.array {
        // It is the same for all.
        if let first = candidates.first { said["messageBase64"] = first.messageBase64 }
        for candidate in candidates { try mustBeSame("the message", said.messageBase64, candidate.messageBase64) }
        said["candidates"] = .array(candidates.map { $0.without(["messageBase64"]) })
    }
    return said
}

/// The example contract with each of the schemes.
private let schemes: [String: Contract] = {
    let source = Vectors.read("callbacks/contract")
    return Vectors.read("callbacks/schemes").object!.mapValues { scheme in
        try! Contract(json: Data(source.merging(["callback": scheme]).text.utf8))
    }
}()
