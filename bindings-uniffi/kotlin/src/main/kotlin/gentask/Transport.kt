// Sending requests through something of your own.

package gentask

import gentask.ffi.Header
import gentask.ffi.NoAnswer
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import gentask.ffi.HttpRequest as NativeRequest
import gentask.ffi.HttpResponse as NativeResponse
import gentask.ffi.Transport as NativeTransport

/**
 * Sends requests through something of your own. The rules:
 *
 * 1. One call, at most one request: nothing is sent again, whatever happened, and no redirect is followed.
 * 2. Throw [NotSent] only where it is proven that no byte of the request left: the connection was refused, the name was not found, TLS failed
 *    first. Anything else that is thrown means that the request may have arrived; for a submit, that is a task that may have to be paid.
 * 3. A submit ([Operation.SUBMIT]) goes out on a fresh connection.
 * 4. Read at most [HttpRequest.responseCap] bytes, and say with [HttpResponse.end] how the body ended.
 *
 * The headers hold the key already, and only where the URL may have it.
 */
public fun interface Transport {
    /** Sends one request and reads its answer, within [HttpRequest.timeout]. It is called on a thread of gentask's own that may block. */
    public fun send(request: HttpRequest): HttpResponse
}

/** Proven: no byte of the request left. The message may be shown, so it must hold no URL and no key. */
public class NotSent(message: String, cause: Throwable? = null) : Exception(message, cause)

/** A request to be sent once. Its headers hold the key: it is not for logs. */
public class HttpRequest internal constructor(
    /** What it is for. A submit goes out on a fresh connection. */
    public val operation: Operation,
    /** The method. */
    public val method: String,
    /** The absolute URL. */
    public val url: String,
    /** The headers, the key among them, in order. */
    public val headers: List<Pair<String, String>>,
    /** The body; empty where there is none. */
    public val body: ByteArray,
    /** How long connecting, sending and reading may take together. */
    public val timeout: Duration,
    /** The most bytes of the answer's body that are read. */
    public val responseCap: Long,
) {
    /** Shows what it is for; URL, headers and body are not for logs. */
    override fun toString(): String = "HttpRequest(${operation.word}, $method)"
}

/** An answer, as far as it was read. */
public class HttpResponse(
    /** The status code. */
    public val status: Int,
    /** The headers: one that came twice stands here twice. */
    public val headers: List<Pair<String, String>>,
    /** The body, as far as it was read. */
    public val body: ByteArray,
    /** How the body ended. */
    public val end: BodyEnd = BodyEnd.WHOLE,
) {
    override fun toString(): String = "HttpResponse($status, ${body.size} bytes, ${end.word})"
}

/** A transport of the user's, as the native library asks it. Whatever it throws is answered. */
internal class OwnTransport(private val transport: Transport) : NativeTransport {
    override fun send(request: NativeRequest): NativeResponse = try {
        answer(transport.send(given(request)))
    } catch (error: NotSent) {
        throw NoAnswer.NotSent(whole(error.message.orEmpty()))
    } catch (error: Throwable) {
        // Its text may hold the request, and the key in it.
        log("the transport threw ${error.javaClass.name}")
        // Its words may hold a URL.
        throw NoAnswer.MaybeSent("the transport threw ${error.javaClass.name}")
    }

    private fun given(request: NativeRequest) = HttpRequest(
        request.operation.public(),
        request.method,
        request.url,
        request.headers.map { it.name to it.value },
        request.body,
        request.timeoutMs.coerceAtMost(Long.MAX_VALUE.toULong()).toLong().milliseconds,
        request.responseCap.coerceAtMost(Long.MAX_VALUE.toULong()).toLong(),
    )

    private fun answer(response: HttpResponse): NativeResponse {
        require(response.status in 100..599) { "a status from 100 to 599" }
        return NativeResponse(response.status.toUShort(), headers(response.headers), response.body, response.end.native())
    }
}

/** Headers as they cross. A value that is no text is passed as what can be read of it. */
internal fun headers(pairs: List<Pair<String, String>>): List<Header> = pairs.map { (name, value) -> Header(whole(name), whole(value)) }
