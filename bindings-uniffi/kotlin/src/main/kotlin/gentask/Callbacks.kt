// Callbacks: what is answered to one, what becomes of it, and what an application hears of tasks that have ended.

package gentask

import gentask.ffi.Arrival
import gentask.ffi.Header
import kotlinx.coroutines.CancellationException
import gentask.ffi.Receipt as NativeReceipt
import gentask.ffi.Receiver as NativeReceiver

/** The most bytes of a callback's body that are read: 1 MiB. */
public const val MOST_BODY_BYTES: Int = 1_048_576

/** What is answered to a callback, and what it brought. Status, headers and body say nothing about any task. */
public class Receipt internal constructor(
    receipt: NativeReceipt,
    /** The task, where it is stored here. */
    public val task: TaskHandle?,
) {
    /** The HTTP status of the answer: what the contract calls an acknowledgement, or 400, 401, 405, 413 or 503. */
    public val httpStatus: Int = receipt.httpStatus.toInt()

    /** The headers of the answer. */
    public val headers: Map<String, String> = mapOf("content-type" to "text/plain; charset=utf-8")

    /** The body of the answer: plain text. */
    public val body: String = receipt.body

    /** What became of the callback. */
    public val outcome: Received = receipt.outcome.public()

    /** The intent that it is about, where that is one of this client's. */
    public val intentId: String? = receipt.intentId

    /** Which of the `callbackSecrets` proved it, counted from 0: once the old one proves nothing any more, it can go. */
    public val tokenSecret: Int? = receipt.tokenSecret?.toInt()

    /** Which of the `callbackSigning` secrets did. */
    public val signingSecret: Int? = receipt.signingSecret?.toInt()

    /** Why it could not be taken: what a store or a server of keys said. It was logged as a warning. */
    public val reason: String? = receipt.reason

    override fun toString(): String = "Receipt(httpStatus=$httpStatus, outcome=${outcome.word}, intentId=$intentId)"
}

/**
 * A task has ended, and nobody has said yet that what follows from it is done.
 *
 * It is handed out at least once, and to more than one process where several ask at the same moment: what you do with it must bear to be done
 * again.
 */
public class Notice internal constructor(
    /** The task's record. */
    public val record: TaskRecord,
    /** How it ended, with its files. */
    public val reply: Reply,
    /** The task. */
    public val task: TaskHandle,
) {
    /** The notice's name, and its task's: what [Client.acknowledge] takes. */
    public val intentId: String get() = record.intentId

    /** Whose task it is: see that nobody else is given the result. */
    public val owner: String? get() = record.owner

    override fun toString(): String = "Notice(intentId=$intentId, owner=$owner, status=${reply.status.word})"
}

/** Several clients behind one URL: of other providers, or other accounts. A callback goes to the first that knows it. */
public class Receiver(clients: List<Client>) {
    private val clients: List<Client> = clients.toList()
    private val native: NativeReceiver = native { NativeReceiver(this.clients.map { it.native }) }

    /** Takes a callback as HTTP brought it; see [Client.receive]. */
    public suspend fun receive(method: String, url: String, headers: Map<String, List<String>>, body: ByteArray): Receipt {
        val arrival = arrival(method, url, headers, body)
        val received = waiting(this) { native.receive(it, arrival) }
        return receiptOf(received, clients[received.client.toInt()])
    }
}

/** What HTTP brought, as it crosses. What is no text there is refused by what it proves, not thrown. */
internal fun arrival(method: String, url: String, headers: Map<String, List<String>>, body: ByteArray): Arrival {
    val pairs = headers.flatMap { (name, values) -> values.map { Header(whole(name), whole(it)) } }
    return Arrival(whole(method), whole(url), pairs, body)
}

internal fun receiptOf(received: NativeReceipt, client: Client): Receipt {
    received.reason?.let { log("a callback could not be taken, and is to come again: $it") }
    return Receipt(received, received.task?.let { TaskHandle(client, it) })
}

/** How many notices are asked for at once. */
private const val PAGE = 100

internal suspend fun settle(client: Client, handler: suspend (Notice) -> Unit): Int {
    val left = mutableSetOf<String>()
    var first: Throwable? = null
    var done = 0
    while (true) {
        // Those that could not be dealt with must not keep others back.
        val notices = client.notices(PAGE + left.size).filter { it.intentId !in left }
        if (notices.isEmpty()) break
        for (notice in notices) {
            try {
                handler(notice)
            } catch (cancelled: CancellationException) {
                throw cancelled
            } catch (error: Exception) {
                left += notice.intentId
                first?.addSuppressed(error)
                first = first ?: error
                continue
            }
            client.acknowledge(notice.intentId)
            done += 1
        }
    }
    first?.let { throw it }
    return done
}
