// Whole calls of a client through the public API: the answers of a case go in, and effects come out as the case has them.

import Foundation
import Gentask

@Sendable func calls(_ given: JSONValue) throws -> JSONValue {
    let host = try Sansio.Host(Vectors.contract(given.contract), settings: given.settings)
    let call = try begun(host, given)
    let named = Changes()
    var (number, steps) = (0, [JSONValue]())
    for step in given.steps.array! {
        let answer = step.answer.isNull ? nil : (number, answer(step.answer, named))
        switch try call.next(answer, now: step.now.unsigned) {
        case .effect(let next, let effect, let record, let bytes):
            number = next
            guard effect.stays == .bool(!call.mayBeLeft), effect.endsAt == JSONValue(call.endsAt) else {
                throw Different(description: "the call says something else than its effect")
            }
            steps.append(try shown(effect, record, bytes, named))
        case .done(let text): steps.append(["done": try brought(text, given.begin == "submit", named)])
        case .failed(let error):
            steps.append(["failed": ["message": .string(error.message), "reply": try JSONValue(json: error.reply.json)]])
        }
    }
    return .array(steps)
}

private func begun(_ host: Sansio.Host, _ given: JSONValue) throws -> Sansio.Call {
    let now = given.start.unsigned
    switch given.begin.string! {
    case "submit":
        let own = Options(given.options)
        return try host.submit(
            given.generation.model.string!, given.generation.input, key: own.key, owner: own.owner, callbackURL: own.callbackURL,
            options: own.options, entropy: bytes(hex: given.entropy.string!), now: now)
    case "receive":
        let came = given.arrival
        let headers = came.headers.array!.map { HTTPHeader($0[0].string!, $0[1].string!) }
        return host.receive(
            method: came.method.string!, url: came.url.string!, headers: headers, body: bytes(given.body) ?? Data(), now: now)
    case let name:
        return try host.begin(name, given.arguments.isNull ? [:] : given.arguments, record: given.known.string, now: now)
    }
}

private func answer(_ given: JSONValue, _ named: Changes) -> Sansio.Answer {
    let word: JSONValue = ["answer": given.answer]
    switch given.answer.string! {
    case "record": return .init(word, text: given.record.isNull ? nil : named.text(given.record))
    case "records": return .init(word, text: JSONValue.array(given.records.array!.map { .string(named.text($0)) }).text)
    case "listing":
        let pairs = given.listing.array!.map { each in
            ["intentId": each.intentId, "json": each.record.isNull ? each.json : .string(named.text(each.record))] as JSONValue
        }
        return .init(word, text: JSONValue.array(pairs).text)
    case "bytes": return .init(word, bytes: bytes(given.bytes))
    case "deliveries": return .init(word, text: given.deliveries.text)
    case "response": return .init(given.without(["bytes"]), bytes: bytes(given.bytes))
    default: return .init(given)
    }
}

private func shown(_ effect: JSONValue, _ record: String?, _ beside: [Data?], _ named: Changes) throws -> JSONValue {
    var shown = effect
    switch effect.effect.string! {
    case "save":
        shown["record"] = try named.of(JSONValue(json: record!))
        let blobs = effect.blobs.array!.count
        shown["bytes"] = .array(beside.prefix(blobs).map(text))
        if !effect.delivery.isNull { shown["body"] = text(beside[blobs]) }
    case "remember", "send": shown["body"] = text(beside[0])
    case "tell":
        shown["record"] = try named.of(JSONValue(json: record!))
    case "verify":
        var message: JSONValue = nil
        shown["candidates"] = .array(
            effect.candidates.array!.map { candidate in
                // One that is absent is that of the candidate before.
                message = candidate.message.isNull ? message : candidate.message
                return candidate.merging(["message": message])
            })
    case "probe":
        // What a name that says no process does not say.
        for name in ["host", "pid", "started"] where shown[name].isNull { shown[name] = nil }
    default: break
    }
    return shown
}

private func text(_ bytes: Data?) -> JSONValue {
    bytes.map { ["text": .string(String(decoding: $0, as: UTF8.self))] } ?? nil
}

private func brought(_ text: String, _ isSubmit: Bool, _ named: Changes) throws -> JSONValue {
    guard isSubmit else { return try JSONValue(json: text) }
    let parts = text.split(separator: "\n", maxSplits: 1).map(String.init)
    return ["record": named.of(try JSONValue(json: parts[0])), "reply": try JSONValue(json: parts[1])]
}
