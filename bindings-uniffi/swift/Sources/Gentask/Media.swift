// Media at hand, for a payload: a file or bytes become the data URI that the provider takes.

import Foundation
internal import GentaskGenerated

/// A picture, a sound or a film at hand, as a value of a payload: `["image": .media(url)]`.
///
/// A call that takes a payload reads it, once, and sends it as a data URI; `submit` and its like do so on a thread of their own. Its size and its first
/// bytes are looked at before: what the provider would not take is not read, and is told with everything else that is wrong with the payload.
/// Elsewhere it is no JSON: as text it is `null`.
public struct Media: Sendable, Hashable, Concealed {
    fileprivate enum Source: Sendable, Hashable {
        case file(URL)
        case bytes(Data)
    }

    fileprivate let source: Source
    fileprivate let type: String?

    /// What kind of thing it is; never where it is, or what is in it.
    public var description: String {
        switch source {
        case .file: "Media(file)"
        case .bytes(let bytes): "Media(\(bytes.count) bytes)"
        }
    }
}

extension JSONValue {
    /// A file as a medium of a payload. `type` is its media type, where its bytes may be of several (`audio/webm`, `video/webm`).
    public static func media(_ file: URL, type: String? = nil) -> JSONValue {
        .medium(Media(source: .file(file), type: type))
    }

    /// The same for a file by its path.
    public static func media(path: String, type: String? = nil) -> JSONValue {
        media(URL(fileURLWithPath: path), type: type)
    }

    /// Bytes as a medium of a payload.
    public static func media(_ bytes: Data, type: String? = nil) -> JSONValue {
        .medium(Media(source: .bytes(bytes), type: type))
    }

    fileprivate var holdsMedia: Bool {
        switch self {
        case .medium: true
        case .array(let items): items.contains(where: \.holdsMedia)
        case .object(let members): members.values.contains(where: \.holdsMedia)
        default: false
        }
    }

    /// The value as it is sent to this provider: media are texts. Notes what JSON cannot hold, each with its pointer.
    func written(at path: String, for provider: Contract?, _ faults: inout [Fault]) throws -> JSONValue {
        switch self {
        case .double(let number) where !number.isFinite:
            faults.append(Fault(path: path, rule: "number", expected: "a finite number", actual: "\(number)"))
            return self
        case .medium(let medium):
            guard let provider else {
                faults.append(Fault(path: path, rule: "type", expected: "a value that JSON has", actual: "a medium"))
                return self
            }
            return try medium.text(at: path, for: provider.native, &faults).map(JSONValue.string) ?? self
        case .array(let items):
            return .array(try items.enumerated().map { try $1.written(at: "\(path)/\($0)", for: provider, &faults) })
        case .object(var members):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                let place = "\(path)/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))"
                members[name] = try value.written(at: place, for: provider, &faults)
            }
            return .object(members)
        default:
            return self
        }
    }
}

extension Media {
    fileprivate func text(at path: String, for contract: GentaskGenerated.Contract, _ faults: inout [Fault]) throws -> String? {
        var found: Fault?
        let text: String? = try calling {
            do {
                switch source {
                case .bytes(let bytes): return try contract.mediaBytes(pointer: path, bytes: bytes, given: type)
                case .file(let file) where file.isFileURL: return try contract.mediaFile(pointer: path, file: file.path, given: type)
                case .file: throw NoMedium.Because(fault: Fault(path: path, rule: "media", expected: "the URL of a file", actual: "another URL"))
                }
            } catch NoMedium.Because(let fault) {
                found = fault
                return nil
            }
        }
        if let found { faults.append(found) }
        return text
    }
}

/// Makes what a call takes of this payload: where it holds media, on a thread that may block, which is never one of Swift's own.
func calculated<Value: Sendable>(of input: JSONValue, _ make: @escaping @Sendable () throws -> Value) async throws -> Value {
    // Nothing was begun yet, and nothing is.
    try Task.checkCancellation()
    if !input.holdsMedia { return try make() }
    return try await withCheckedThrowingContinuation { maker in
        DispatchQueue.global().async { maker.resume(with: Result(catching: make)) }
    }
}
