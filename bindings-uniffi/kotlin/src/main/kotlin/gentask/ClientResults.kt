// What calls of a client bring that is no reply and no record.

package gentask

import gentask.ffi.ReplyListener
import gentask.ffi.Reply as NativeReply

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
