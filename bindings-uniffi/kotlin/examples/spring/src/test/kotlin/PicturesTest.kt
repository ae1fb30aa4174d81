package pictures

import gentask.Sandbox
import gentask.payloadOf
import gentask.signTestCallback
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.support.GenericApplicationContext
import java.net.URI
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
            val application = SpringApplicationBuilder(Pictures::class.java)
                .properties(PROPERTIES + mapOf("server.port" to 0, "PUBLIC_URL" to "https://app.example.com", "spring.main.allow-bean-definition-overriding" to true, "spring.main.banner-mode" to "off"))
                .initializers({ context ->
                    (context as GenericApplicationContext).apply {
                        // In place of those that the application makes.
                        addBeanFactoryPostProcessor { factory ->
                            val registry = factory as org.springframework.beans.factory.support.BeanDefinitionRegistry
                            listOf("client", "told").forEach { if (registry.containsBeanDefinition(it)) registry.removeBeanDefinition(it) }
                            factory.registerSingleton("client", client)
                            factory.registerSingleton("told", Told { told.complete(it.owner) })
                        }
                    }
                })
                .run()
            application.use {
                val url = "http://127.0.0.1:${it.environment.getProperty("local.server.port")}"
                val order = "$url/pictures?prompt=a%20sunset"
                val made = ask("POST", order, headers = arrayOf("idempotency-key" to "k"))
                assertEquals(202, made.statusCode(), made.body())
                val id = payloadOf(made.body())["id"] as String
                assertEquals(made.body(), ask("POST", order, headers = arrayOf("idempotency-key" to "k")).body())
                assertEquals(1, sandbox.submits())
                assertEquals(409, ask("POST", "$order!", headers = arrayOf("idempotency-key" to "k")).statusCode())

                val callback = signTestCallback(client, id)
                val path = callback.url.substringAfter("app.example.com")
                assertEquals(200, ask("POST", url + path, callback.body, "content-type" to "application/json").statusCode())
                assertEquals(401, ask("POST", "$url/gentask", callback.body, "content-type" to "application/json").statusCode())
                assertEquals(413, ask("POST", url + path, ByteArray(1_500_000)).statusCode())

                val stream = ask("GET", "$url/pictures/$id/updates", headers = arrayOf("accept" to "text/event-stream"))
                assertTrue(stream.headers().firstValue("content-type").get().startsWith("text/event-stream"), stream.body())
                val updates = stream.body().lines().filter { line -> line.startsWith("data:") }.map { line -> payloadOf(line.removePrefix("data:"))["status"] }
                assertEquals("success", updates.last(), stream.body())

                val look = payloadOf(ask("GET", "$url/pictures/$id").body())
                assertEquals("success", look["status"])
                assertEquals(404, ask("GET", "$url/pictures/$id", headers = arrayOf("x-user" to "somebody")).statusCode())
                assertEquals("user-1", told.get(30, TimeUnit.SECONDS))
            }
            client.close()
        }
    }
}
