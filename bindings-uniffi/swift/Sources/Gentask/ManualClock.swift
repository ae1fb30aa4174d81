// The clock that your tests move.

internal import GentaskGenerated

/// A clock for the `clock` of a client: hours of waiting take no time, and what happens at night can be tested.
///
/// A sleep of the client takes no time at all: the clock jumps to its end when it begins. After ``standStill()`` it waits until you move the clock. What bounds
/// real work, such as `requestTimeout`, stays real. Several clients may share one clock.
public final class ManualClock: Sendable {
    let native: GentaskGenerated.ManualClock

    /// A clock that shows this time, in Unix milliseconds.
    public init(atMs: UInt64 = 1_767_225_600_000) {
        native = .at(atMs: atMs)
    }

    /// What it shows, in Unix milliseconds.
    public var nowMs: UInt64 { native.nowMs() }
    /// How many sleeps wait for it at the moment.
    public var sleepers: Int { Int(clamping: native.sleepers()) }

    /// Lets time pass, on the wall and for the process.
    public func advance(by time: Duration) { native.advance(timeMs: time.milliseconds) }

    /// Sets the wall clock, forwards or back, as a person or a time server does.
    public func set(toMs time: UInt64) { native.set(atMs: time) }

    /// From now on a sleep waits until the clock is moved.
    public func standStill() { native.standStill() }

    /// From now on a sleep moves the clock to its end, as it is at first.
    public func jump() { native.jump() }
}
