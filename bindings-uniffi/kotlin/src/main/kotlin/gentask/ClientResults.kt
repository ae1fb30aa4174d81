// What calls of a client take and bring that is no reply and no record.

package gentask

import gentask.ffi.ReplyListener
import gentask.ffi.TaskQuery
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.time.Instant
import gentask.ffi.Reply as NativeReply

/** Which tasks are listed. What is `null` does not restrict it. */
public data class TaskFilter(
    /** The owner, in the application's words. */
    val owner: String? = null,
    /** Any of these phases. */
    val phases: Collection<Phase>? = null,
    /** Only tasks that have not ended. */
    val unfinished: Boolean = false,
    /** Only tasks created at this time or later. */
    val createdFrom: Instant? = null,
    /** Only tasks created before this time. */
    val createdBefore: Instant? = null,
    /** The newest first, not the oldest. */
    val newestFirst: Boolean = false,
) {
    internal fun query(limit: ULong?, after: Cursor?): TaskQuery {
        val (from, before) = createdFrom?.let(::unixMs) to createdBefore?.let(::unixMs)
        val words = phases?.map { it.native() }
        return TaskQuery(someText(owner, "owner"), words, unfinished, from, before, newestFirst, limit, after?.native())
    }
}

internal fun pagesOf(client: Client, which: TaskFilter, limit: Int): Flow<TaskPage> = flow {
    var after: Cursor? = null
    do {
        val page = client.tasks(which, limit, after)
        emit(page)
        after = page.next
    } while (after != null)
}

/** A task that [Client.resume] drove. */
public data class Resumed(
    /** The task's name in the store. */
    val intentId: String,
    /** How it ended, or why it did not. */
    val reply: Reply,
)

/** The request that a submit would send. */
public class RequestPreview internal constructor(
    /** `POST`, usually. */
    public val method: String,
    /** Where to. */
    public val url: String,
    /** Its headers, without the key. */
    public val headers: List<Pair<String, String>>,
    /** Its body. */
    public val body: ByteArray,
) {
    override fun toString(): String = "RequestPreview($method $url, ${body.size} bytes)"
}

/** A listener of the user's. Whatever it throws is logged. */
internal class OwnReplyListener(private val hear: (String, Reply) -> Unit) : ReplyListener {
    override fun onReply(intentId: String, reply: NativeReply) = try {
        hear(intentId, Reply.of(reply))
    } catch (error: Throwable) {
        log("a listener threw", error)
    }
}
