package gentask

import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.sandboxed
import kotlinx.coroutines.async
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.seconds

internal class CallbacksTest {
    private val url = "https://app.example.com/gentask"

    @Test
    fun `a callback is taken once, stored, and wakes whoever waits`() = bounded {
        Sandbox().use { sandbox ->
            sandbox.client(poll = Poll(initial = 1.days)).use { client ->
                val task = client.submit(MODEL, job(), callbackUrl = url)
                val waiting = async { task.wait(30.seconds) }
                kotlinx.coroutines.delay(300)
                val callback = signTestCallback(client, task.intentId, task.taskId, jsonOf(mapOf("taskId" to task.taskId)).encodeToByteArray())
                val receipt = client.receive(callback.method, callback.url, callback.headers, callback.body)
                assertEquals(200 to Received.POKE, receipt.httpStatus to receipt.outcome)
                assertEquals(task.intentId, receipt.task?.intentId)
                assertEquals(0, receipt.tokenSecret)
                assertTrue(waiting.await().ok)
                val again = client.receive(callback.method, callback.url, callback.headers, callback.body)
                assertEquals(Received.DUPLICATE, again.outcome)
                val stored = client.deliveries(intentId = task.intentId).single()
                assertEquals(DeliveryOutcome.POKE, stored.outcome)
                assertEquals(stored, Delivery.fromJson(stored.json))
                assertEquals(200, client.replay(stored.dedupe).httpStatus)
            }
        }
    }

    @Test
    fun `what proves nothing is refused and never thrown`() = sandboxed { _, client ->
        val task = client.submit(MODEL, job(), callbackUrl = url)
        val good = signTestCallback(client, task.intentId)
        val forged = signTestCallback(client, task.intentId, callbackSecret = CallbackSecret("somebody-elses-secret-of-no-value-at-all"))
        assertEquals(401, client.receive("POST", forged.url, forged.headers, forged.body).httpStatus)
        assertEquals(405, client.receive("GET", good.url, good.headers, good.body).httpStatus)
        assertEquals(413, client.receive("POST", good.url, good.headers, ByteArray(MOST_BODY_BYTES + 1)).httpStatus)
        for (bad in listOf("", "\uD800", "/gentask?gentask=\uD800", "::", "x".repeat(100_000))) {
            val receipt = client.receive("PO\uD800ST", bad, mapOf("\uD800" to listOf("\uD800")), ByteArray(3))
            assertEquals(Received.REFUSED, receipt.outcome, bad.take(20))
        }
        assertEquals(0, client.deliveries().size)
    }

    @Test
    fun `several clients stand behind one URL`() = bounded {
        Sandbox().use { sandbox ->
            val (one, two) = sandbox.client("apixo") to sandbox.client("apidot")
            val receiver = Receiver(listOf(one, two))
            val task = two.submit("gpt-image-2", mapOf("prompt" to "a sunset", "size" to "1:1"), callbackUrl = url)
            val callback = signTestCallback(two, task.intentId)
            val receipt = receiver.receive(callback.method, callback.url, callback.headers, callback.body)
            assertEquals(200, receipt.httpStatus)
            assertEquals("apidot", receipt.task?.provider)
            one.close()
            two.close()
        }
        assertThrows<GentaskException.Unsupported> { Receiver(emptyList()) }
    }

    @Test
    fun `each end is handed out until it is acknowledged`() = sandboxed { _, client ->
        val (good, bad) = client.submit(MODEL, job(), owner = "user-1") to client.submit(MODEL, job("[fail]"), owner = "user-2")
        client.resume(timeout = 30.seconds)
        val mine = assertThrows<ArithmeticException> {
            client.settleNotices { if (it.owner == "user-2") throw ArithmeticException("mine") }
        }
        assertEquals("mine", mine.message)
        val open = client.notices().single()
        assertEquals(bad.intentId to ErrorCode.GENERATION_FAILED, open.intentId to open.reply.errorCode)
        assertEquals(1, client.settleNotices { assertEquals(bad.intentId, it.task.intentId) })
        assertEquals(false, client.acknowledge(good.intentId))
        assertEquals(0, client.notices().size)
        assertNull(client.find("no key"))
    }

    @Test
    fun `the most bytes of a body are the native library's`() {
        assertEquals(native { gentask.ffi.mostBodyBytes() }.toInt(), MOST_BODY_BYTES)
    }
}
