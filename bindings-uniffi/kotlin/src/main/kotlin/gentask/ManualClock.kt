// The clock that your tests move.

package gentask

import java.time.Instant
import kotlin.time.Duration
import gentask.ffi.ManualClock as NativeClock

/**
 * A clock for the `clock` of a client: hours of waiting take no time, and what happens at night can be tested.
 *
 * A sleep of the client takes no time at all: the clock jumps to its end when it begins. After [standStill] it waits until you move the clock. What
 * bounds real work, such as `requestTimeout`, stays real. Several clients may share one clock.
 *
 * @param at what it shows at first.
 */
public class ManualClock(at: Instant = Instant.parse("2026-01-01T00:00:00Z")) {
    internal val native: NativeClock = clock(at)

    /** What it shows. */
    public val now: Instant get() = Instant.ofEpochMilli(native.nowMs().toLong())

    /** How many sleeps wait for it at the moment. */
    public val sleepers: Int get() = native.sleepers().toInt()

    /** Lets time pass, on the wall and for the process. */
    public fun advance(time: Duration) {
        native.advance(ms(time, "time"))
    }

    /** Sets the wall clock, forwards or back, as a person or a time server does. */
    public fun set(to: Instant) {
        native.set(unixMs(to))
    }

    /** From now on a sleep waits until the clock is moved. */
    public fun standStill() {
        native.standStill()
    }

    /** From now on a sleep moves the clock to its end, as it is at first. */
    public fun jump() {
        native.jump()
    }
}

private fun clock(at: Instant): NativeClock = native { NativeClock.at(unixMs(at)) }

/** A time since 1970, as the native library counts it. */
