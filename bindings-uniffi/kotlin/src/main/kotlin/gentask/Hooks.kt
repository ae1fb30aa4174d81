// Functions of your own around each request, which give up nothing of what is known of a delivery.

package gentask

import gentask.ffi.Header
import gentask.ffi.NotAllowed
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import gentask.ffi.RequestHook as NativeBefore
import gentask.ffi.RequestInfo as NativeRequest
import gentask.ffi.ResponseHook as NativeAfter
import gentask.ffi.ResponseInfo as NativeResponse

/**
 * Sees a request before it is sent, on a thread that may block, and returns headers to add, such as `traceparent`: any that is no part of the request
 * yet, none of the HTTP stack's, none that says how a body is read, and none that proves who asks. `user-agent` takes the place of gentask's. What it
 * throws keeps the request from being sent: nothing was paid for.
 */
public typealias OnRequest = (RequestInfo) -> List<Pair<String, String>>

/** Hears what came of a request, in order. */
public typealias OnResponse = (RequestInfo, ResponseInfo) -> Unit

/** A request that is about to be sent, without its body and the key. */
public class RequestInfo internal constructor(
    /** What it is for. */
    public val operation: Operation,
    /** The method. */
    public val method: String,
    /** The absolute URL. Not for logs. */
    public val url: String,
    /** The headers as gentask made them, without the key; their names in lower case. */
    public val headers: List<Pair<String, String>>,
    /** The task that it is about, by its name in the store; `null` where it is about none that is stored. */
    public val intentId: String?,
) {
    /** Shows what it is for; URL and headers are not for logs. */
    override fun toString(): String = "RequestInfo(${operation.word}, $method)"
}

/** What came of a request. */
public class ResponseInfo internal constructor(
    /** The status of the answer; `null` where none came. */
    public val status: Int?,
    /** The headers of the answer, their names in lower case. The key, where it is among their values, is hidden. */
    public val headers: List<Pair<String, String>>,
    /** Where no answer came: whether it is proven that nothing was sent. `null` where one came. */
    public val isProvenUnsent: Boolean?,
    /** How long it took, from when it was handed to the transport until the answer was read. */
    public val elapsed: Duration,
) {
    override fun toString(): String = "ResponseInfo(${status ?: if (isProvenUnsent == true) "not sent" else "maybe sent"}, $elapsed)"
}

/** A function of the user's before each request. Whatever it throws keeps the request from being sent. */
internal class BeforeHook(private val ask: OnRequest) : NativeBefore {
    override fun before(request: NativeRequest): List<Header> = try {
        headers(ask(given(request)))
    } catch (error: Throwable) {
        // Its words may hold what the request holds.
        log("onRequest threw ${error.javaClass.name}")
        throw NotAllowed.Because("threw ${error.javaClass.name}")
    }
}

/** A function of the user's after each request. Whatever it throws is logged, and changes nothing. */
internal class AfterHook(private val hear: OnResponse) : NativeAfter {
    override fun after(request: NativeRequest, response: NativeResponse) = try {
        hear(given(request), given(response))
    } catch (error: Throwable) {
        log("onResponse threw", error)
    }
}

private fun given(request: NativeRequest) =
    RequestInfo(request.operation.public(), request.method, request.url, pairs(request.headers), request.intentId)

private fun given(response: NativeResponse) = ResponseInfo(
    response.status?.toInt(),
    pairs(response.headers),
    response.notSent,
    response.elapsedMs.coerceAtMost(Long.MAX_VALUE.toULong()).toLong().milliseconds,
)

private fun pairs(headers: List<Header>): List<Pair<String, String>> = headers.map { it.name to it.value }
