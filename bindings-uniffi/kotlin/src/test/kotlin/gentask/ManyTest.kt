package gentask

import gentask.support.ByHand
import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.sandboxed
import gentask.support.until
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal class ManyTest {
    private fun jobs(vararg words: String) = words.map { Job(MODEL, job(it)) }

    /** Enough of a picture for its type to be seen. */
    private fun png(last: Int) = byteArrayOf(0x89.toByte(), 'P'.code.toByte(), 'N'.code.toByte(), 'G'.code.toByte(), 13, 10, 26, 10, last.toByte())

    @Test
    fun `each job is told once, and one that fails ends nothing`() = sandboxed { sandbox, client ->
        val bad = listOf(Job(MODEL, mapOf("mode" to Any())), Job(MODEL, job(), owner = "\uD800"), Job(MODEL, mapOf("prompt" to 7)))
        val told = client.submitMany(jobs("", "[fail]", "[refuse]", "") + bad, key = "album-7", timeout = 60.seconds).toList().sortedBy { it.index }
        assertEquals((0..6).toList(), told.map { it.index })
        val named = Regex("album-7/[0-9a-f]{16}")
        // The second is like the first; what cannot be written has no key.
        assertEquals(listOf(0, 1, 2, 6), told.filter { it.key?.matches(named) == true }.map { it.index })
        assertEquals(listOf(told[0].key + "/2", null, null), listOf(3, 4, 5).map { told[it].key })
        val invalid = ErrorCode.INVALID_PAYLOAD
        assertEquals(
            listOf(null, ErrorCode.GENERATION_FAILED, ErrorCode.CONTENT_REJECTED, null, invalid, invalid, invalid), told.map { it.reply.errorCode },
        )
        assertEquals(told[0].task!!.intentId, client.find(told[0].key!!)!!.intentId)
        told.take(2).forEach { assertNotNull(it.task) }
        told.drop(4).forEach { assertNull(it.task) }
        assertEquals(3, sandbox.tasks().size)
    }

    @Test
    fun `a batch that is begun again posts nothing twice`() = sandboxed { sandbox, client ->
        val own = Job(MODEL, job("[fail]"), key = "order-42", owner = "ann")
        val alike = jobs("", "", "")
        val first = client.submitMany(alike + own, key = "album-7", concurrency = 2, wait = false).toList()
        assertEquals(4, sandbox.submits())
        val again = client.submitMany((alike + own).asFlow(), key = "album-7").toList()
        assertEquals(4, sandbox.submits())
        assertEquals(first.associate { it.key to it.task!!.intentId }, again.associate { it.key to it.task!!.intentId })
        val name = again.first { it.index == 0 }.key
        assertEquals(setOf(name, "$name/2", "$name/3", "order-42"), again.map { it.key }.toSet())
        assertEquals(3, again.count { it.reply.ok && it.reply.status == Status.SUCCESS })
        assertNull(client.find("order-42"))
    }

    @Test
    fun `a batch that is begun again with more jobs in another sequence posts the new ones alone`() = sandboxed { sandbox, client ->
        suspend fun keys(vararg words: String) = client.submitMany(jobs(*words), key = "album-7", wait = false).toList().map { it.key!! }.toSet()
        val first = keys("a", "b", "b")
        assertEquals(3 to 3, first.size to sandbox.submits())
        val again = keys("c", "b", "a", "b")
        assertEquals(4 to 4, again.size to sandbox.submits())
        assertTrue(again.containsAll(first), "$first $again")
    }

    @Test
    fun `what is alike is counted for each owner, and a medium is what is in it`() = sandboxed { sandbox, client ->
        val owners = listOf("ann", "ben").map { Job(MODEL, job(), owner = it) }
        val told = client.submitMany(owners, key = "album-7", wait = false).toList()
        assertEquals(1 to 2, told.map { it.key }.toSet().size to told.map { it.task?.intentId }.toSet().size)
        client.submitMany(owners.reversed(), key = "album-7", wait = false).toList()
        assertEquals(2, sandbox.submits())
        val films = sandbox.client("aivideomaker")
        suspend fun key(image: Any): String? {
            val film = Job("i2v", mapOf("image" to image, "duration" to "5", "prompt" to "waves"))
            return films.submitMany(listOf(film), key = "album-7", wait = false).toList().single().key
        }
        assertEquals(key(png(1)), key(png(1).inputStream()))
        assertNotEquals(key(png(1)), key(png(2)))
        assertEquals(2, sandbox.submits("aivideomaker"))
        films.closeAndJoin()
    }

    @Test
    fun `a job with the key of another ends the flow once all that is under way was told`() = sandboxed { sandbox, client ->
        val told = mutableListOf<Ordered>()
        val own = listOf(Job(MODEL, job(), key = "a"), Job(MODEL, job(), key = "a", owner = "ann"), Job(MODEL, job("b"), key = "a"))
        val error = assertThrows<IllegalArgumentException> { client.submitMany(own).collect { told += it } }
        assertTrue("job 2 has the key a of job 0" in error.message!!, error.message)
        assertEquals(2 to 2, told.count { it.reply.ok } to sandbox.submits())
        val made = client.submitMany(jobs("c"), key = "album-7").toList().single().key
        val both = jobs("c") + Job(MODEL, job("d"), key = made)
        val again = assertThrows<IllegalArgumentException> { client.submitMany(both, key = "album-7").collect { told += it } }
        assertTrue("job 1 has the key $made of job 0" in again.message!!, again.message)
        assertEquals(3, sandbox.submits())
    }

    @Test
    fun `jobs are taken only as places become free`() = bounded {
        val (taken, numbers) = AtomicInteger() to AtomicInteger()
        ByHand { ByHand.accepted("task-${numbers.incrementAndGet()}") }.use { server ->
            server.hold()
            Client("apixo", ApiKey("a key of no value"), baseUrl = server.url, store = MemoryStore()).use { client ->
                val endless = generateSequence { Job(MODEL, job()) }.take(10).asFlow().onEach { taken.incrementAndGet() }
                val told = AtomicInteger()
                val batch = async(Dispatchers.Default) {
                    client.submitMany(endless, key = "many", concurrency = 3, wait = false).collect {
                        // What was told has given its place to another one.
                        assertTrue(taken.get() <= told.incrementAndGet() + 3)
                    }
                }
                until("so many are on their way") { server.posts == 3 }
                assertEquals(3, taken.get())
                server.letGo()
                batch.await()
                assertEquals(10 to 10, taken.get() to told.get())
            }
            assertEquals(10, server.posts)
        }
    }

    @Test
    fun `a job without a key ends the flow once all that is under way was told`() = sandboxed { sandbox, client ->
        val told = mutableListOf<Ordered>()
        val jobs = listOf(Job(MODEL, job(), key = "a"), Job(MODEL, job(), key = "b"), Job(MODEL, job()), Job(MODEL, job(), key = "c"))
        val error = assertThrows<IllegalArgumentException> { client.submitMany(jobs).collect { told += it } }
        assertTrue("job 2 has no key: give `key` for the whole batch" in error.message!!, error.message)
        assertEquals(setOf("a", "b"), told.filter { it.reply.ok }.map { it.key }.toSet())
        assertEquals(2, sandbox.submits())
        val mine = flow {
            emit(Job(MODEL, job(), key = "d"))
            throw ArithmeticException("mine")
        }
        assertThrows<ArithmeticException> { client.submitMany(mine).collect { told += it } }
        assertEquals("d", told.last().key)
        assertThrows<IllegalArgumentException> { client.submitMany(jobs, concurrency = 0) }
        assertThrows<IllegalArgumentException> { client.submitMany(jobs, timeout = (-1).milliseconds) }
    }

    @Test
    fun `whoever stops collecting leaves the tasks as they are`() = sandboxed { sandbox, client ->
        val one = client.submitMany(jobs("", "[stuck]", "[stuck]"), key = "left").first()
        assertEquals(0, one.index)
        until("the submits are saved") { sandbox.submits() == 3 }
        val again = client.submitMany(jobs("", "[stuck]", "[stuck]"), key = "left", wait = false).toList()
        assertEquals(3, again.mapNotNull { it.task?.taskId }.toSet().size)
        assertEquals(3, sandbox.submits())
        val late = client.submitMany(jobs("", "[stuck]"), key = "left", timeout = 100.milliseconds).toList()
        assertEquals(setOf(null, ErrorCode.WAIT_TIMEOUT), late.map { it.reply.errorCode }.toSet())
    }

    @Test
    fun `what may hold a prompt is not shown`() {
        val one = Job(MODEL, mapOf("prompt" to "secret"), key = "secret", owner = "secret", callbackUrl = "https://secret")
        assertEquals("Job($MODEL)", one.toString())
    }
}
