// Files and bytes in payloads.

import Foundation
import Gentask
import Testing

@Suite struct MediaTests {
    let sandbox: Sandbox
    let png = Data([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + (0..<5_000).map { UInt8(truncatingIfNeeded: $0) })

    init() throws {
        sandbox = try Sandbox()
    }

    private func moved(_ image: JSONValue) -> JSONValue {
        ["image": image, "duration": "5", "prompt": "waves"]
    }

    @Test func whatIsAtHandBecomesTheDataURIOfItsBytes() async throws {
        let (client, folder) = (try sandbox.client("aivideomaker"), try Folder())
        let file = URL(fileURLWithPath: folder.file("cat.png"))
        try png.write(to: file)
        let text = "data:image/png;base64,\(png.base64EncodedString())"
        for image in [.media(file), .media(path: file.path), .media(png), .media(png, type: "image/png"), .string(text)] as [JSONValue] {
            let preview = try client.dryRun("i2v", moved(image))
            #expect(try JSONValue(json: preview.body).image.string == text)
            try client.validate("i2v", moved(image))
            try client.contract.validate("i2v", moved(image))
            #expect(try await client.submit("i2v", moved(image), key: "k").wait().ok)
            #expect(try await client.createGeneration("i2v", moved(image), key: "k").ok)
        }
        // All of them are the same job, and so one task.
        #expect(try await sandbox.submits("aivideomaker") == 1)
    }

    @Test func mediaThatTheProviderWantsUploadedAreUploadedOnceAndThenOrdered() async throws {
        let provider = Provider.contract(Vectors.contract("vectors/contracts/uploading.json"))
        let sandbox = try Sandbox([provider])
        let (client, gif) = (try sandbox.client(provider), Data("GIF89a and so on".utf8))
        for key in ["k", "k", "another"] {
            let order: JSONValue = ["prompt": "a cat", "image": .media(gif)]
            #expect(try await client.submit("painter", order, key: key).wait().ok)
        }
        #expect(try await sandbox.submits("uploading") == 2)
        #expect(try await sandbox.stats("uploading").requests.upload.int == 3)
    }

    @Test func allThatWillNotDoIsToldAtOnceAndNothingPrivateWithIt() async throws {
        let (client, folder) = (try sandbox.client("aivideomaker"), try Folder())
        try Data("a secret".utf8).write(to: URL(fileURLWithPath: folder.file("notes.txt")))
        let elsewhere = URL(string: "https://a.example/secret.png")!
        let payload: JSONValue = [
            "image": .media(path: folder.file("none.png")), "seed": .double(.nan),
            "more": [.media(path: folder.file("notes.txt")), .media(elsewhere), .media(Data()), ["a/b": .media(path: folder.path)]],
        ]
        let failed = try await error { try await client.submit("i2v", payload) }
        guard case .invalidPayload = failed else { return #expect(Bool(false), "\(failed)") }
        let found = Dictionary(uniqueKeysWithValues: failed.violations.map { ($0.path, $0.actual) })
        #expect(Set(found.keys) == ["/image", "/seed", "/more/0", "/more/1", "/more/2", "/more/3/a~1b"], "\(failed)")
        #expect(found["/image"] == "none.png: not there" && found["/more/0"] == "notes.txt: 8 bytes of no known type")
        #expect(found["/more/2"] == "0 bytes of no known type")
        #expect(!failed.reply.json.contains("secret") && !failed.reply.json.contains(folder.path), "\(failed)")
        #expect(try await client.createGeneration("i2v", payload).violations == failed.violations)
        #expect(try await error { try client.validate("i2v", payload) }.violations == failed.violations)
        let pictures: JSONValue = ["mode": "image-to-image", "prompt": "a sunset", "image_urls": [.media(png)]]
        let refused = try await error { try await sandbox.client("apixo").order(pictures) }
        #expect(refused.violations.map(\.path) == ["/image_urls/0"] && refused.violations.map(\.expected) == ["an https URL"])
        #expect(try await sandbox.submits("aivideomaker") == 0)
    }

    @Test func outsideOfAPayloadAMediumIsNoJSON() throws {
        let medium: JSONValue = .media(path: "secret.png")
        #expect(!"\(medium)".contains("secret") && !String(reflecting: [medium]).contains("secret") && medium.text == "null")
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([medium]) }
    }
}
