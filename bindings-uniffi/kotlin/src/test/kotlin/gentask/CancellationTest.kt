package gentask

import gentask.support.ByHand
import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.order
import gentask.support.sandboxed
import gentask.support.until
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Cancelled at every stage: a wait stops and its task stays, a submit goes on and is saved. */
internal class CancellationTest {
    private fun client(server: ByHand, store: TaskStore = MemoryStore(), places: Int? = null) = Client(
        "apixo", ApiKey("a key of no value"), baseUrl = server.url, store = store, poll = Poll(50.milliseconds, cap = 200.milliseconds),
        maxInFlight = places,
    )

    @Test
    fun `a cancelled wait waits neither for the next look nor for an answer`() = bounded {
        ByHand { if (it.method == "POST") ByHand.accepted("task-1") else ByHand.state("task-1", "processing") }.use { server ->
            for (poll in listOf(Poll(1.days, cap = 1.days), Poll(1.milliseconds))) {
                Client("apixo", ApiKey("a key of no value"), baseUrl = server.url, store = MemoryStore(), poll = poll).use { client ->
                    val task = client.order()
                    // The second time the answer to a look is what is waited for, and it does not come.
                    if (poll.initial != 1.days) server.hold()
                    repeat(20) { round ->
                        val begun = server.requests.size
                        val waiting = launch(Dispatchers.Default) { task.wait() }
                        val updating = launch(Dispatchers.Default) { task.updates().collect { } }
                        if (poll.initial != 1.days && round == 0) until("a look is under way") { server.requests.size > begun }
                        waiting.cancelAndJoin()
                        updating.cancelAndJoin()
                    }
                    assertTrue(!task.record().isTerminal)
                }
            }
        }
    }

    @Test
    fun `a task whose wait was cancelled is waited for again`() = sandboxed { _, client ->
        val task = client.order("[slow]")
        val waiting = launch(Dispatchers.Default) { task.wait() }
        kotlinx.coroutines.yield()
        waiting.cancelAndJoin()
        assertTrue(!task.record().isTerminal)
        assertEquals(Status.SUCCESS, client.task(task.intentId).wait(60.seconds).status)
    }

    @Test
    fun `100 cancelled submits are neither lost nor doubled`() = bounded { cancelled(places = 128, atLeast = 100) }

    @Test
    fun `those that wait for a place among 32 are neither lost nor doubled`() = bounded { cancelled(places = null, atLeast = 32) }

    /** Cancels 100 submits once so many have arrived. Those that have begun name their intent, and those that have not send nothing. */
    private suspend fun CoroutineScope.cancelled(places: Int?, atLeast: Int) {
        val (store, numbers) = MemoryStore() to AtomicInteger()
        ByHand { ByHand.accepted("task-${numbers.incrementAndGet()}") }.use { server ->
            server.hold()
            val names = ConcurrentHashMap.newKeySet<String>()
            client(server, store, places).use { client ->
                val submits = (1..100).map { number ->
                    launch(Dispatchers.Default) {
                        try {
                            client.order(key = "order-$number")
                        } catch (left: CancellationException) {
                            intentIdOf(left)?.let { names += it }
                            throw left
                        }
                    }
                }
                until("so many are on their way") { server.posts >= atLeast }
                submits.forEach { it.cancelAndJoin() }
                server.letGo()
                client.closeAndJoin()
            }
            assertTrue(names.size >= atLeast, "${names.size}")
            client(server, store).use { client ->
                val records = client.tasks(limit = 1_000).records
                assertEquals(names, records.map { it.intentId }.toSet())
                assertEquals(names.size, records.mapNotNull { it.taskId }.toSet().size)
                assertEquals(names.size, records.mapNotNull { it.key }.toSet().size)
                assertEquals(names.size, server.posts)
                // The key finds each of them, and nothing is paid again.
                assertEquals(records[0].taskId, client.order(key = records[0].key).taskId)
                assertEquals(names.size, server.posts)
            }
        }
    }

    @Test
    fun `what follows a call runs on no thread of the native library's`() = sandboxed { _, client ->
        val threads = ConcurrentHashMap.newKeySet<String>()
        launch(Dispatchers.Unconfined) {
            val task = client.order()
            threads += Thread.currentThread().name
            task.updates().collect { threads += Thread.currentThread().name }
            client.tasks()
            threads += Thread.currentThread().name
        }.join()
        assertTrue(threads.all { it.startsWith("DefaultDispatcher") || "main" in it }, "$threads")
    }

    @Test
    fun `whoever is cancelled already begins nothing`() = sandboxed { sandbox, client ->
        val never = launch(start = CoroutineStart.UNDISPATCHED) {
            kotlin.coroutines.coroutineContext[kotlinx.coroutines.Job]!!.cancel()
            val cancelled = assertThrows<CancellationException> { client.order() }
            assertNull(intentIdOf(cancelled))
        }
        never.join()
        assertEquals(0, sandbox.submits())
        assertEquals(0, client.tasks().records.size)
    }

    @Test
    fun `a time limit around a submit leaves its name in the exception`() = bounded {
        ByHand { ByHand.accepted("task-1") }.use { server ->
            server.hold()
            client(server).use { client ->
                // Where the time is over before the submit has a name, nothing was sent, and a longer time is tried.
                val name = generateSequence(300.milliseconds) { it * 2 }.firstNotNullOf { limit ->
                    intentIdOf(assertThrows<TimeoutCancellationException> { withTimeout(limit) { client.order(key = "k") } })
                }
                val late = assertThrows<GentaskException.WaitTimeout> { client.submit(MODEL, job(), key = "k2", timeout = 200.milliseconds) }
                server.letGo()
                val task = client.task(name)
                assertEquals(task.intentId, client.find("k")?.intentId)
                assertEquals("k2", client.task(late.intentId!!).record().key)
                client.closeAndJoin()
            }
            assertEquals(2, server.posts)
        }
    }

    @Test
    fun `closing waits for a submit that nobody waits for any more`() = bounded {
        val store = MemoryStore()
        ByHand { ByHand.accepted("task-1") }.use { server ->
            server.hold()
            val client = client(server, store)
            val submit = launch(Dispatchers.Default) { client.order() }
            until("it arrived") { server.posts == 1 }
            submit.cancelAndJoin()
            val closing = async(Dispatchers.IO) { client.close() }
            assertTrue(closing.isActive)
            server.letGo()
            closing.await()
            client(server, store).use { assertEquals("task-1", it.tasks().single().taskId) }
        }
    }

    @Test
    fun `closing ends the waits`() = bounded {
        Sandbox().use { sandbox ->
            val client = sandbox.client(poll = Poll(initial = 1.days))
            val task = client.order("[stuck]")
            val waits = (1..50).map { async(Dispatchers.Default) { runCatching { task.wait(1.days) }.exceptionOrNull() } }
            kotlinx.coroutines.delay(50.milliseconds)
            client.closeAndJoin()
            for (error in waits.awaitAll()) {
                assertTrue(error is GentaskException, "$error")
                assertTrue("clos" in error!!.message!!, error.message)
            }
        }
    }
}
