package gentask

import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.job
import gentask.support.sandboxed
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.math.BigInteger
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlin.time.Duration.Companion.milliseconds

private const val HALF = "\uD800"

/** Bad input: one clear exception that names what is wrong; nothing is sent and nothing is stored. */
internal class InputTest {
    private fun nothing(test: suspend (Client) -> Unit) = sandboxed { sandbox, client ->
        test(client)
        assertEquals(emptyMap<String, Any?>(), sandbox.stats("apixo")["requests"])
        assertEquals(0, client.tasks().records.size)
    }

    @Test
    fun `half of a character is refused by the argument's name`() = nothing { client ->
        val calls = mapOf<String, suspend () -> Any?>(
            "model" to { client.submit(HALF, job()) },
            "key" to { client.submit(MODEL, job(), key = "a${HALF}b") },
            "owner" to { client.submit(MODEL, job(), owner = HALF) },
            "callbackUrl" to { client.submit(MODEL, job(), callbackUrl = HALF) },
            "intentId" to { client.task(HALF) },
            "account" to { Client("apixo", account = HALF, store = MemoryStore()) },
            "baseUrl" to { Client("apixo", baseUrl = HALF, store = MemoryStore()) },
            "provider" to { Client(HALF, store = MemoryStore()) },
            "apiKey" to { ApiKey(HALF) },
            "path" to { SqliteStore(HALF) },
            "json" to { Reply.fromJson("\"$HALF\"") },
        )
        for ((name, call) in calls) {
            val error = assertThrows<IllegalArgumentException> { call() }
            assertTrue(error.message!!.startsWith("$name: half of a character (a lone surrogate) at index "), error.message)
        }
        assertTrue("index 1" in assertThrows<IllegalArgumentException> { client.find("a$HALF") }.message!!)
    }

    @Test
    fun `a model that is almost a listed one is warned about once, and never refused`() = nothing { client ->
        val logger = Logger.getLogger("gentask")
        val told = CopyOnWriteArrayList<String>()
        val handler = object : Handler() {
            override fun publish(record: LogRecord) { told += record.message }
            override fun flush() = Unit
            override fun close() = Unit
        }
        logger.addHandler(handler)
        try {
            for (model in listOf("nanobanana", "nanobanana", MODEL, "made-tomorrow")) client.dryRun(model, job())
            client.contract.validate("nanobanana", job())
        } finally {
            logger.removeHandler(handler)
        }
        assertEquals(listOf("APIXO's contract does not list the model \"nanobanana\", but \"nano-banana\": its input is not checked before it is sent"), told)
    }

    @Test
    fun `half of a character is a reply of the four that never throw`() = nothing { client ->
        val made = client.createGeneration(HALF, job(), key = "a${HALF}b", owner = HALF, callbackUrl = HALF)
        assertEquals(listOf("/model", "/key", "/owner", "/callbackUrl"), made.violations.map { it.path })
        assertEquals(Triple(ErrorCode.INVALID_PAYLOAD, Status.FAILED, Billing.NONE), Triple(made.errorCode, made.status, made.billing))
        assertTrue(HALF !in made.errorMessage!!)
        for (ask in listOf(client::getStatus, client::getTask, client::cancelTask)) {
            val reply = ask(HALF, HALF)
            assertEquals(listOf("/taskId", "/model"), reply.violations.map { it.path })
            assertEquals(ErrorCode.INVALID_PAYLOAD to Status.UNKNOWN, reply.errorCode to reply.status)
        }
    }

    @Test
    fun `every fault of a payload is told at once with its pointer`() = nothing { client ->
        val payload = mapOf(
            "mode" to "text-to-image",
            "prompt" to HALF,
            "seed" to Double.NaN,
            "scale" to Float.NEGATIVE_INFINITY,
            "count" to BigInteger.TWO.pow(70),
            "bytes" to byteArrayOf(1),
            "list" to listOf(1, listOf(2, mapOf("deep/~" to Any()))),
            "bad$HALF" to 1,
        )
        val error = assertThrows<GentaskException.InvalidPayload> { client.submit(MODEL, payload) }
        val found = error.violations.map { it.path to it.rule }.toSet()
        val numbers = listOf("/seed", "/scale", "/count").map { it to "number" }
        val wanted = numbers.toSet() + listOf("/prompt" to "text", "/bytes" to "media", "/list/1/1/deep~1~0" to "type", "" to "key")
        assertEquals(wanted, found)
        assertEquals(Billing.NONE, error.billing)
        assertTrue(error.violations.all { it.path in error.message!! }, error.message)
        assertTrue(client.createGeneration(MODEL, payload).violations.size == wanted.size)
    }

    @Test
    fun `every broken rule of the contract is told at once`() = nothing { client ->
        val payload = mapOf("mode" to "text-to-film", "prompt" to "", "image_urls" to listOf("ftp://x/y.png", 7))
        val broken = assertThrows<GentaskException.InvalidPayload> { client.submit(MODEL, payload) }
        assertTrue(broken.violations.map { it.path }.containsAll(listOf("/mode", "/prompt", "/image_urls/0", "/image_urls/1")))
        val more = assertThrows<GentaskException.InvalidPayload> {
            client.submit(MODEL, job(), key = "", callbackUrl = "http://10.0.0.1/", options = mapOf("provider" to 7))
        }
        assertTrue(more.violations.map { it.path }.containsAll(listOf("/key", "/callbackUrl")), "${more.violations}")
        assertThrows<GentaskException.InvalidPayload> { client.validate(MODEL, payload) }
        assertThrows<GentaskException.InvalidPayload> { client.contract.validate(MODEL, payload) }
    }

    @Test
    fun `a payload that is too deep, too large or holds itself is refused`() = nothing { client ->
        val cycle = mutableListOf<Any?>().also { it.add(it) }
        val map = mutableMapOf<String, Any?>().also { it["self"] = it }
        val deep = (1..100_000).fold(1 as Any) { inner, _ -> listOf(inner) }
        val wide = List(1_100_000) { 1 }
        val throwing = object : AbstractMap<String, Any?>() {
            override val entries: Set<Map.Entry<String, Any?>> get() = throw ArithmeticException("mine")
        }
        for ((value, rule) in listOf(cycle to "depth", map to "depth", deep to "depth", wide to "size", throwing to "type")) {
            val error = assertThrows<GentaskException.InvalidPayload> { client.submit(MODEL, job() + ("more" to value)) }
            assertTrue(error.violations.any { it.rule == rule }, "$rule: ${error.violations.take(3)}")
            assertTrue(error.message!!.length < 2_000)
        }
    }

    @Test
    fun `a huge payload is refused or sent, and never half`() = sandboxed { sandbox, client ->
        val huge = job() + ("prompt" to "x".repeat(40_000_000))
        val error = assertThrows<GentaskException> { client.submit(MODEL, huge) }
        assertTrue(error.message!!.length < 2_000)
        assertEquals(0, sandbox.submits())
        val large = job() + ("prompt" to "\uD83E\uDD8A".repeat(10_000))
        val told = runCatching { client.submit(MODEL, large) }
        assertEquals(if (told.isSuccess) 1 else 0, sandbox.submits())
    }

    @Test
    fun `what JSON holds goes through as it is`() = sandboxed { sandbox, _ ->
        sandbox.client("apidot").use { client ->
            val payload = mapOf(
                "none" to null,
                "flags" to listOf(true, false),
                "numbers" to listOf(0, -1, 1L shl 53, Long.MIN_VALUE, ULong.MAX_VALUE, 0.1, 1e300, BigDecimal("0.5"), 1.5f),
                "text" to "\uD83E\uDD8A\u0000\n\"\\\u00E9\u2028",
                "empty" to listOf(emptyMap<String, Any>(), emptyList<Any>(), "", intArrayOf(1)),
            )
            val sent = payloadOf(client.dryRun("a-model-of-tomorrow", payload).body.decodeToString())["input"] as Map<*, *>
            assertEquals(payload["text"], sent["text"])
            assertEquals(listOf(true, false), sent["flags"])
            assertEquals(jsonOf(listOf(0, -1, 1L shl 53, Long.MIN_VALUE, ULong.MAX_VALUE, 0.1, 1e300, 0.5, 1.5)), jsonOf(sent["numbers"]))
            assertTrue(sent.containsKey("none"))
        }
    }

    @Test
    fun `numbers that are none are refused by their name`() = nothing { client ->
        val calls = mapOf<String, suspend () -> Any?>(
            "timeout" to { client.submit(MODEL, job(), timeout = (-1).milliseconds) },
            "limit" to { client.tasks(limit = 0) },
            "concurrency" to { client.resume(concurrency = 0) },
            "olderThan" to { client.prune((-1).milliseconds) },
            "maxInFlight" to { Client("apixo", maxInFlight = 0, store = MemoryStore()) },
            "maxReadRetries" to { Client("apixo", maxReadRetries = -1, store = MemoryStore()) },
            "requestTimeout" to { Client("apixo", requestTimeout = (-5).milliseconds, store = MemoryStore()) },
        )
        for ((name, call) in calls) {
            val error = assertThrows<IllegalArgumentException> { call() }
            assertTrue(error.message!!.startsWith(name), error.message)
        }
        val factor = assertThrows<GentaskException.Unsupported> { Client("apixo", poll = Poll(factor = 0.5), store = MemoryStore()) }
        assertTrue("factor" in factor.message!!)
    }

    @Test
    fun `an unknown provider is answered with the nearest name`() = nothing { _ ->
        val error = assertThrows<GentaskException.InvalidContract> { Client("apixoo", store = MemoryStore()) }
        assertTrue("did you mean apixo" in error.message!!, error.message)
        assertThrows<GentaskException.InvalidContract> { Contract.load("{}") }.also { assertTrue(it.violations.isNotEmpty()) }
        assertThrows<GentaskException.InvalidContract> { Contract.file(Path.of("no-such.json")) }
    }

    @Test
    fun `an order of kotlinx-like maps and texts is read`() = nothing { client ->
        val text = jsonOf(job())
        assertEquals(job(), payloadOf(text))
        client.validate(MODEL, payloadOf(text))
        for (bad in listOf("", "[]", "{", "{\"a\":}", "{\"a\":01}", "{\"a\":1}x", "{\"a\":\"\\x\"}", "nul", "{'a':1}")) {
            assertThrows<IllegalArgumentException> { payloadOf(bad) }
        }
    }
}
