// What `gentask types --lang swift` writes is compiled with the tests, and makes payloads that the contracts accept.

import Foundation
import Gentask
import Testing

@Suite struct GeneratedTypesTests {
    @Test func inputsArePayloadsThatTheContractsAccept() throws {
        let image = Apidot.GptImage2Input(prompt: "a fox", quality: .low)
        #expect(try JSONValue(encoding: image) == ["prompt": "a fox", "quality": "low"])
        try Contract("apidot").validate("gpt-image-2", JSONValue(encoding: image))
        let film = Aivideomaker.T2vInput(aspectRatio: .v16x9, duration: .v5, prompt: "waves")
        try Contract("aivideomaker").validate("t2v", JSONValue(encoding: film))
        let fox = Apixo.NanoBananaInput(mode: .textToImage, prompt: "a fox")
        try Contract("apixo").validate("nano-banana", JSONValue(encoding: fox))
        let read = try JSONDecoder().decode(Apidot.GptImage2Input.self, from: Data(#"{"prompt": "a fox", "quality": "low"}"#.utf8))
        #expect(read.quality == .low)
    }
}
