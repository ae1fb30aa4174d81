// A transport over java.net.http: what a user would write who has proxies, certificates or metrics of their own there.

package gentask.support

import gentask.BodyEnd
import gentask.HttpRequest
import gentask.HttpResponse
import gentask.NotSent
import gentask.Operation
import gentask.Transport
import java.io.IOException
import java.net.ConnectException
import java.net.ProxySelector
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpConnectTimeoutException
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import kotlin.time.toJavaDuration
import java.net.http.HttpRequest as JavaRequest

/** Sends each submit on a client of its own, and so on a fresh connection; everything else over one that keeps connections. */
internal class JavaHttp : Transport {
    private val pooled = client()

    private fun client(): HttpClient =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).proxy(ProxySelector.of(null)).build()

    override fun send(request: HttpRequest): HttpResponse {
        val client = if (request.operation == Operation.SUBMIT) client() else pooled
        val sent = JavaRequest.newBuilder(URI(request.url)).timeout(request.timeout.toJavaDuration())
        val own = listOf("content-length", "host", "connection")
        request.headers.filter { it.first.lowercase() !in own }.forEach { (name, value) -> sent.header(name, value) }
        sent.method(request.method, if (request.body.isEmpty()) BodyPublishers.noBody() else BodyPublishers.ofByteArray(request.body))
        val answer = try {
            client.send(sent.build(), BodyHandlers.ofInputStream())
        } catch (error: ConnectException) {
            throw NotSent("nobody listens", error)
        } catch (error: HttpConnectTimeoutException) {
            throw NotSent("no connection in time", error)
        }
        val headers = answer.headers().map().flatMap { (name, values) -> values.map { name to it } }
        answer.body().use { stream ->
            val cap = request.responseCap.coerceAtMost(Int.MAX_VALUE - 9L).toInt()
            val (body, end) = try {
                val read = stream.readNBytes(cap + 1)
                if (read.size > cap) read.copyOf(cap) to BodyEnd.TOO_LARGE else read to BodyEnd.WHOLE
            } catch (_: IOException) {
                ByteArray(0) to BodyEnd.TRUNCATED
            }
            return HttpResponse(answer.statusCode(), headers, body, end)
        }
    }
}
