// How a coroutine waits for the native library. Whoever is cancelled leaves at once: a wait ends with them and its task goes on, a submit goes
// on by itself and is saved.

package gentask

import gentask.ffi.Failure
import gentask.ffi.InternalException
import gentask.ffi.WaitToken
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import java.lang.ref.Reference
import kotlin.time.Duration

/**
 * Where calls begin and end: threads of their own beside those of the default dispatcher, which programs may block (`runBlocking` in each of them would
 * wait for one of them for ever).
 */
internal val dispatcher: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(64)

/**
 * Makes one call that waits. [owner] is what must not be collected meanwhile.
 *
 * It begins and ends on a thread of [dispatcher]. What it begins with is calculation, which is for no event loop of a server; and where
 * the caller's dispatcher takes whatever thread resumes it (`Dispatchers.Unconfined`, as in Spring), that must not be a thread of the native
 * library's own, which others wait for.
 */
internal suspend fun <T> waiting(owner: Any?, call: suspend (WaitToken) -> T): T {
    Native.load()
    // Whoever is cancelled already begins nothing.
    currentCoroutineContext().ensureActive()
    val token = WaitToken()
    try {
        return withContext(dispatcher) { call(token) }
    } catch (failure: Failure.Failed) {
        throw exceptionOf(failure)
    } catch (_: InternalException) {
        throw broken(token)
    } catch (cancelled: CancellationException) {
        token.leave()
        throw named(cancelled, token.intentId())
    } finally {
        token.close()
        Reference.reachabilityFence(owner)
    }
}

/** Where payloads are written. They may hold files and streams, and a slow one is to hold up no call. */
private val writers: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(64)

/** Makes what a call takes, on a thread that may block. */
internal suspend fun <T> calculated(make: () -> T): T = withContext(writers) { make() }

/** Tells whoever is cancelled which submit goes on without them. */
private fun named(cancelled: CancellationException, intentId: String?): CancellationException = when {
    intentId == null -> cancelled
    // Whoever set the time limit knows it by this very exception, and may be given it, or a copy, or what it is a copy of.
    cancelled is TimeoutCancellationException -> cancelled.also { told ->
        generateSequence<Throwable>(told) { it.cause }.filterIsInstance<TimeoutCancellationException>()
            .forEach { it.addSuppressed(SubmitGoesOn(intentId)) }
    }
    else -> SubmitCancelled(intentId, cancelled)
}

/** A time for the native library, in milliseconds; [name] is the argument's. */
internal fun ms(time: Duration, name: String): ULong {
    require(!time.isNegative()) { "$name must not be negative, and is $time" }
    return time.inWholeMilliseconds.toULong()
}

internal fun someMs(time: Duration?, name: String): ULong? = time?.let { ms(it, name) }

/** A count for the native library; [name] is the argument's. */
internal fun count(number: Int?, name: String): ULong? {
    if (number == null) return null
    require(number >= 1) { "$name must be at least 1, and is $number" }
    return number.toULong()
}
