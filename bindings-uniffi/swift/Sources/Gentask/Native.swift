// How the native library is called: its errors become this package's, and a cancelled Swift task leaves the call that it awaits.

import Foundation
internal import GentaskGenerated

/// Swift's own, and not the generated class of that name.
typealias Task = _Concurrency.Task

/// Makes a call that does not wait.
func calling<Value>(_ call: () throws -> Value) throws -> Value {
    do {
        return try call()
    } catch let failure as GentaskGenerated.Failure {
        throw GentaskError(failure)
    } catch {
        throw broken(nil)
    }
}

/// What is thrown where a panic of the native library ended a call, which is all that it throws beside its own error; `token` knows which submit it
/// was. The panic's own words may hold a part of a prompt, so they are not passed on: they are on standard error.
private func broken(_ token: WaitToken?) -> GentaskError {
    do {
        try brokenCall(token: token)
    } catch let failure as GentaskGenerated.Failure {
        return GentaskError(failure)
    } catch {}
    preconditionFailure("the native library says nothing of an error in it")
}

/// Makes a call that waits. Where the Swift task is cancelled, the wait ends at once: what may be left ends with it, a submit goes on and is saved.
/// - Throws: ``GentaskError``, or `CancellationError`.
func waiting<Value: Sendable>(_ call: @Sendable (WaitToken) async throws -> Value) async throws -> Value {
    // Nothing was begun yet, and nothing is.
    try Task.checkCancellation()
    let token = WaitToken()
    do {
        return try await withTaskCancellationHandler {
            try await call(token)
        } onCancel: {
            token.leave()
        }
    } catch let failure as GentaskGenerated.Failure {
        guard case .Failed(let words, let reply, _, left: true) = failure else { throw GentaskError(failure) }
        guard token.intentId() != nil else { throw CancellationError() }
        throw GentaskError.submitLeft(.init(message: words, reply: Reply(reply)))
    } catch let error where !(error is CancellationError) {
        throw broken(token)
    }
}

/// A number of things that a caller gives: negative ones are refused by the argument's name.
func count(_ number: Int?, _ name: String) throws -> UInt64? {
    guard let number else { return nil }
    if number < 0 { try calling { try refuseCall(message: "\(name) must not be negative, and is \(number)") } }
    return UInt64(number)
}

/// A JSON text that the native library wrote.
func known(_ json: String) -> JSONValue {
    (try? JSONValue(json: json)) ?? .null
}

extension Duration {
    /// Whole milliseconds of a time that a caller gives: a negative one is refused by the argument's name.
    func milliseconds(_ name: String) throws -> UInt64 {
        if self < .zero { try calling { try refuseCall(message: "\(name) must not be negative, and is \(self)") } }
        return milliseconds
    }

    /// Whole milliseconds, rounded up; what is below zero is none.
    var milliseconds: UInt64 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        let (whole, isTooLarge) = UInt64(seconds).multipliedReportingOverflow(by: 1000)
        return isTooLarge ? .max : whole.addingReportingOverflow(UInt64((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)).partialValue
    }
}

extension Date {
    /// A time in Unix milliseconds.
    init(unixMs: UInt64) {
        self.init(timeIntervalSince1970: Double(unixMs) / 1000)
    }

    /// What is no time (infinite, or beyond all calendars) is cut to what there is.
    var unixMs: UInt64 {
        let ms = timeIntervalSince1970 * 1000
        return ms >= 0x1p63 ? UInt64(Int64.max) : UInt64(ms > 0 ? ms : 0)
    }
}
