package gentask

import gentask.support.ByHand
import gentask.support.CLOSED_PORT
import gentask.support.JavaHttp
import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.order
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal class TransportTest {
    private fun client(url: String, transport: Transport? = null, key: ApiKey = ApiKey("sk-of-the-wire"), timeout: kotlin.time.Duration? = null) =
        Client("apixo", key, baseUrl = url, store = MemoryStore(), poll = Poll(50.milliseconds), transport = transport, requestTimeout = timeout)

    @Test
    fun `a task goes through java's own HTTP client`() = bounded {
        Sandbox().use { sandbox ->
            sandbox.client(transport = JavaHttp()).use { client ->
                assertTrue(client.order().wait(30.seconds).ok)
                assertThrows<GentaskException.GenerationFailed> { client.order("[fail]").wait(30.seconds) }
                sandbox.script("apixo", mapOf("on" to "submit", "fault" to mapOf("kind" to "resetAfterBody")))
                assertThrows<GentaskException.SubmitUnknown> { client.order() }
                assertEquals(3, sandbox.submits())
            }
        }
    }

    @Test
    fun `a submit's request is what was previewed, with the key`() = bounded {
        for (transport in listOf(null, JavaHttp())) {
            ByHand { ByHand.json("", "503 No") }.use { server ->
                client("${server.url}/prefix", transport).use { client ->
                    val preview = client.dryRun(MODEL, job())
                    assertThrows<GentaskException.SubmitUnknown> { client.order() }
                    val sent = server.requests.single()
                    assertEquals("POST /prefix/api/v1/generateTask/nano-banana HTTP/1.1", sent.head.lines().first())
                    assertEquals(preview.body.decodeToString(), sent.body)
                    assertEquals("Bearer sk-of-the-wire", sent.headers["authorization"])
                    assertTrue("sk-of-the-wire" !in preview.toString() + preview.headers)
                }
            }
        }
    }

    @Test
    fun `only NotSent proves that nothing was sent`() = bounded {
        val thrown: List<Pair<Throwable, Billing>> = listOf(
            NotSent("no route") to Billing.NONE,
            IllegalStateException("https://secret.example.com") to Billing.POSSIBLE,
            StackOverflowError("deep") to Billing.POSSIBLE,
        )
        for ((error, billing) in thrown) {
            val calls = AtomicInteger()
            client("http://127.0.0.1:9", { calls.incrementAndGet(); throw error }).use { client ->
                val told = assertThrows<GentaskException> { client.order() }
                assertEquals(billing, told.billing, "$error: $told")
                assertTrue("secret" !in told.message!!)
                assertEquals(if (billing == Billing.NONE) 3 else 1, calls.get())
                assertTrue(if (billing == Billing.NONE) told is GentaskException.NetworkError else told is GentaskException.SubmitUnknown)
            }
        }
    }

    @Test
    fun `a port where nobody listens is a network error that cost nothing`() = bounded {
        for (transport in listOf(null, JavaHttp())) {
            client("http://127.0.0.1:$CLOSED_PORT", transport).use { client ->
                val error = assertThrows<GentaskException.NetworkError> { client.order(key = "k") }
                assertEquals(Billing.NONE, error.billing)
            }
        }
    }

    @Test
    fun `functions around each request add headers, see what came, and give up no proof`() = bounded {
        val (seen, told) = CopyOnWriteArrayList<String>() to CopyOnWriteArrayList<String>()
        ByHand { ByHand.json("""{"code": 200, "data": {"taskId": "t-1"}}""") }.use { provider ->
            val hooked = Client(
                "apixo", apiKey = ApiKey("k-secret"), baseUrl = provider.url, store = MemoryStore(),
                onRequest = { seen += "$it ${it.intentId != null}"; listOf("x-trace" to "abc") },
                onResponse = { request, response -> told += "${request.operation.word} ${response.status}" },
            )
            hooked.use { client ->
                client.submit(MODEL, job())
                assertEquals("abc", provider.requests.single().headers["x-trace"])
            }
            assertEquals(listOf("RequestInfo(submit, POST) true"), seen)
            // It is told on a thread of its own.
            while (told.isEmpty()) delay(5.milliseconds)
            assertEquals(listOf("submit 200"), told)
            val refusals = listOf<OnRequest>(
                { throw IllegalStateException("no: ${it.url}") }, { listOf("authorization" to "Bearer mine") }, { listOf("a b" to "c") },
            )
            for (refusal in refusals) {
                Client("apixo", apiKey = ApiKey("k-secret"), baseUrl = provider.url, store = MemoryStore(), onRequest = refusal).use { client ->
                    val error = assertThrows<GentaskException.NetworkError> { client.submit(MODEL, job()) }
                    assertEquals(Billing.NONE, error.billing)
                    assertTrue(provider.url !in error.message!! && "k-secret" !in error.message!!, error.message)
                }
            }
            assertEquals(1, provider.posts)
        }
        assertThrows<GentaskException.Unsupported> { Client("apixo", apiKey = ApiKey("k"), store = MemoryStore(), proxy = "no proxy") }
    }

    @Test
    fun `an answer that is none is refused by what it is`() = bounded {
        client("http://127.0.0.1:9", { HttpResponse(99, emptyList(), ByteArray(0)) }).use { client ->
            assertThrows<GentaskException.SubmitUnknown> { client.order() }
        }
        client("http://127.0.0.1:9", { HttpResponse(200, listOf("x" to "\uD800"), ByteArray(2_000_000)) }).use { client ->
            assertThrows<GentaskException.SubmitUnknown> { client.order() }
        }
    }

    @Test
    fun `the key's function is asked each time, and what it throws costs nothing`() = bounded {
        val (asked, seen) = AtomicInteger() to CopyOnWriteArrayList<String>()
        Sandbox().use { sandbox ->
            sandbox.client(apiKey = { asked.incrementAndGet(); "key-number-one" }, onEvent = { seen += it.json }).use { client ->
                assertTrue(client.order().wait(30.seconds).ok)
                assertTrue(asked.get() >= 2)
                assertTrue(seen.none { "key-number" in it })
            }
            for (thrown in listOf(IllegalStateException("sk-secret"), NoClassDefFoundError("vault"))) {
                val before = sandbox.submits()
                sandbox.client(apiKey = { throw thrown }).use { client ->
                    val error = assertThrows<GentaskException.AuthFailed> { client.order() }
                    assertEquals(Billing.NONE, error.billing)
                    assertTrue("sk-secret" !in error.message!!)
                }
                assertEquals(before, sandbox.submits())
            }
        }
        assertThrows<GentaskException.AuthFailed> { client("http://127.0.0.1:9", key = ApiKey.variable("NO_SUCH_VARIABLE_HERE")).use { it.order() } }
        assertEquals("ApiKey(***)", ApiKey("sk").toString())
    }
}
