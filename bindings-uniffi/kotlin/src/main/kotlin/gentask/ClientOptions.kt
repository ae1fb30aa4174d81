// What a client is made of, as it crosses.

package gentask

import gentask.ffi.Listener
import gentask.ffi.Place
import gentask.ffi.ProofSecret
import java.time.Instant
import kotlin.time.Duration
import gentask.ffi.Client as NativeClient
import gentask.ffi.ClientOptions as NativeOptions
import gentask.ffi.TaskEvent as NativeEvent
import gentask.ffi.TaskRecord as NativeRecord

/**
 * When a waiting client asks how a task is. What is `null` is as the contract says. Without any of it, a client goes by how long a model's tasks
 * took, once enough have ended.
 */
public data class Poll(
    /** The first poll after this time. */
    val initial: Duration? = null,
    /** Each interval is this many times the last: from 1 to 100. */
    val factor: Double? = null,
    /** No interval is longer than this. */
    val cap: Duration? = null,
    /** Whether the contract's schedule is kept to, whatever was learned of durations. */
    val byContract: Boolean = false,
)

/** A secret that proves callbacks, and until when it counts. */
public class CallbackSecret(internal val text: String, internal val until: Instant? = null) {
    override fun toString(): String = "CallbackSecret(***, until=$until)"
}

internal fun secrets(given: List<CallbackSecret>, name: String): List<ProofSecret> =
    given.map { ProofSecret(text(it.text, name), it.until?.let(::unixMs)) }

internal class Settings(
    val contract: Contract,
    val apiKey: ApiKey?,
    val account: String?,
    val baseUrl: String?,
    val store: TaskStore?,
    val timeout: Duration?,
    val poll: Poll?,
    val requestTimeout: Duration?,
    val maxReadRetries: Int?,
    val transport: Transport?,
    val onEvent: ((TaskEvent) -> Unit)?,
    val onRequest: OnRequest?,
    val onResponse: OnResponse?,
    val proxy: String?,
    val caCerts: List<ByteArray>,
    val maxInFlight: Int?,
    val callbackSecrets: List<CallbackSecret>,
    val callbackSigning: List<CallbackSecret>,
    val callbackTolerance: Duration?,
    val callbackHosts: List<String>,
    val clock: ManualClock?,
) {
    fun open(): NativeClient {
        require(maxReadRetries == null || maxReadRetries >= 0) { "maxReadRetries must not be negative, and is $maxReadRetries" }
        val options = NativeOptions(
            contract = contract.native,
            key = apiKey?.native(),
            account = someText(account, "account"),
            baseUrl = someText(baseUrl, "baseUrl"),
            store = store?.let(::place),
            timeoutMs = someMs(timeout, "timeout"),
            pollInitialMs = someMs(poll?.initial, "poll.initial"),
            pollFactor = poll?.factor,
            pollCapMs = someMs(poll?.cap, "poll.cap"),
            pollByContract = poll?.byContract ?: false,
            requestTimeoutMs = someMs(requestTimeout, "requestTimeout"),
            maxReadRetries = maxReadRetries?.toUInt(),
            transport = transport?.let(::OwnTransport),
            listener = onEvent?.let(::OwnListener),
            before = onRequest?.let(::BeforeHook),
            after = onResponse?.let(::AfterHook),
            proxy = someText(proxy, "proxy"),
            caCerts = caCerts,
            maxInFlight = count(maxInFlight, "maxInFlight")?.toUInt(),
            callbackSecrets = secrets(callbackSecrets, "callbackSecrets"),
            callbackSigning = secrets(callbackSigning, "callbackSigning"),
            callbackToleranceMs = someMs(callbackTolerance, "callbackTolerance"),
            callbackHosts = callbackHosts.map { text(it, "callbackHosts") },
            clock = clock?.native,
        )
        return native { NativeClient.open(options) }
    }

    private fun place(store: TaskStore): Place = when (store) {
        is SqliteStore -> Place.Sqlite(store.native)
        is MemoryStore -> Place.Memory(store.native)
        is Store -> Place.Own(OwnStore(store))
    }
}

/** A listener of the user's. Whatever it throws is logged: whoever caused the event is not the one to be told. */
private class OwnListener(private val hear: (TaskEvent) -> Unit) : Listener {
    override fun onEvent(event: NativeEvent, record: NativeRecord) = try {
        hear(TaskEvent(event, TaskRecord(record)))
    } catch (error: Throwable) {
        log("a listener threw", error)
    }
}
