import gentask.Sandbox
import gentask.payloadOf
import gentask.signTestCallback
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** The routes over real HTTP, with the sandbox behind them. */
class PicturesTest {
    private val http = HttpClient.newHttpClient()

    private fun ask(method: String, url: String, body: ByteArray = ByteArray(0), vararg headers: Pair<String, String>): HttpResponse<String> {
        val request = HttpRequest.newBuilder(URI(url)).method(method, BodyPublishers.ofByteArray(body)).header("x-user", "user-1")
            .timeout(Duration.ofSeconds(60))
        headers.forEach { (name, value) -> request.setHeader(name, value) }
        return http.send(request.build(), BodyHandlers.ofString())
    }

    @Test
    fun `submitted, watched, called back and told once`() {
        Sandbox().use { sandbox ->
            val client = sandbox.client("apixo")
            val told = CompletableFuture<String>()
            val server = embeddedServer(Netty, port = 0, host = "127.0.0.1") {
                pictures(client, "https://app.example.com") { told.complete(it.owner) }
            }.start()
            val url = "http://127.0.0.1:${runBlocking { server.engine.resolvedConnectors().single().port }}"
            try {
                val order = "$url/pictures?prompt=${URLEncoder.encode("a sunset", Charsets.UTF_8)}"
                val made = ask("POST", order, headers = arrayOf("idempotency-key" to "k"))
                assertEquals(202, made.statusCode(), made.body())
                val id = payloadOf(made.body())["id"] as String
                assertEquals(made.body(), ask("POST", order, headers = arrayOf("idempotency-key" to "k")).body())
                assertEquals(1, sandbox.submits())
                assertEquals(409, ask("POST", "$order!", headers = arrayOf("idempotency-key" to "k")).statusCode())

                val callback = signTestCallback(client, id)
                val path = callback.url.substringAfter("app.example.com")
                assertEquals(200, ask("POST", url + path, callback.body).statusCode())
                assertEquals(401, ask("POST", "$url/gentask", callback.body).statusCode())
                assertEquals(413, ask("POST", url + path, ByteArray(2_000_000)).statusCode())

                val stream = ask("GET", "$url/pictures/$id/updates", headers = arrayOf("accept" to "text/event-stream"))
                assertTrue(stream.headers().firstValue("content-type").get().startsWith("text/event-stream"))
                val updates = stream.body().lines().filter { it.startsWith("data: ") }.map { payloadOf(it.removePrefix("data: "))["status"] }
                assertEquals("success", updates.last(), stream.body())

                val look = payloadOf(ask("GET", "$url/pictures/$id").body())
                assertEquals("success", look["status"])
                assertEquals(1, (look["files"] as List<*>).size)
                assertEquals(404, ask("GET", "$url/pictures/$id", headers = arrayOf("x-user" to "somebody")).statusCode())
                assertEquals("user-1", told.get(30, TimeUnit.SECONDS))
            } finally {
                server.stop(0, 5_000)
            }
            assertTrue(client.isClosed)
        }
    }
}
