// The clients that are open in this process: what must not be lost when one is closed, when nobody has it any more, or when the process ends.
// An answer to a submit names a task that is paid for, so all three wait until it is saved.

package gentask

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withContext
import java.lang.ref.Cleaner
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import gentask.ffi.Client as NativeClient

/** How long closing waits: a little more than a submit may take by default, and its lease. */
private val MOST = 40.seconds

internal object OpenClients {
    private val open: MutableSet<OpenClient> = ConcurrentHashMap.newKeySet()
    private val cleaner: Cleaner by lazy { Cleaner.create { Thread(it, "gentask-close").apply { isDaemon = true } } }

    init {
        Runtime.getRuntime().addShutdownHook(Thread(::closeAll, "gentask-exit"))
    }

    /** From now on the client is closed by its owner, by the collector or by the end of the process: whoever is first. */
    fun add(client: Client, native: NativeClient): OpenClient {
        val entry = OpenClient(native)
        open += entry
        cleaner.register(client, entry::close)
        return entry
    }

    fun remove(entry: OpenClient) {
        open -= entry
    }

    /** One limit for all of them. */
    private fun closeAll() {
        val start = TimeSource.Monotonic.markNow()
        for (entry in open) entry.closeWithin((MOST - start.elapsedNow()).coerceAtLeast(Duration.ZERO))
    }
}

/** An open client, without the object that its owner has. */
internal class OpenClient(private val native: NativeClient) {
    private val begun = AtomicBoolean()
    private val ended = CompletableFuture<Unit>()

    fun close() = closeWithin(MOST)

    /** Whoever comes second waits for the first. */
    fun closeWithin(most: Duration) {
        if (begun.compareAndSet(false, true)) return ending { warn(native.closeWithin(most.inWholeMilliseconds.toULong())) }
        try {
            ended.get(most.inWholeMilliseconds, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            warn(false)
        }
    }

    suspend fun closeAndJoin() {
        withContext(NonCancellable + dispatcher) {
            if (begun.compareAndSet(false, true)) ending { warn(native.shut(MOST.inWholeMilliseconds.toULong())) } else ended.await()
        }
    }

    private inline fun ending(close: () -> Unit) {
        try {
            close()
        } finally {
            OpenClients.remove(this)
            ended.complete(Unit)
        }
    }

    private fun warn(isSaved: Boolean) {
        if (!isSaved) log("a client was closed before all of its submits were saved: resume() takes them up")
    }
}
