package gentask

import gentask.support.ByHand
import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import gentask.support.order
import gentask.support.until
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.ref.WeakReference
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

internal class LoadTest {
    @Test
    fun `1,000 tasks wait at the same time`() = bounded {
        Sandbox().use { sandbox ->
            sandbox.reset("apixo", mapOf("readPerMin" to 0, "submitPerMin" to 0, "concurrent" to 0))
            sandbox.client(poll = Poll(initial = 200.milliseconds, cap = 1.seconds)).use { client ->
                val threads = Thread.activeCount()
                val tasks = (1..1_000).map { async { client.order(key = "order-$it") } }.awaitAll()
                val replies = tasks.map { async { it.wait(1.minutes) } }.awaitAll()
                assertEquals(1_000, replies.count { it.ok })
                assertEquals(1_000, replies.map { it.taskId }.toSet().size)
                assertEquals(1_000, sandbox.submits())
                val more = Thread.activeCount() - threads
                assertTrue(more < tasks.size / 4, "coroutines wait, not threads: $more more of them")
            }
        }
    }

    @Test
    fun `the runtime starts and stops 100 times in one process`() = bounded {
        ByHand { ByHand.accepted("task-1") }.use { server ->
            repeat(100) {
                Client("apixo", ApiKey("a key of no value"), baseUrl = server.url, store = MemoryStore()).use { it.order() }
            }
            assertEquals(100, server.posts)
        }
    }

    @Test
    fun `the collector and close under load break nothing`() = bounded {
        Sandbox().use { sandbox ->
            val (refused, done) = AtomicInteger() to AtomicInteger()
            val rounds = (1..20).map { round ->
                launch(Dispatchers.Default) {
                    val client = sandbox.client()
                    val calls = (1..10).map { number ->
                        launch {
                            try {
                                val task = client.order(key = "order-$round-$number")
                                task.updates(5.seconds).collect { }
                                task.record()
                                done.incrementAndGet()
                            } catch (closed: GentaskException) {
                                // Whoever closes no client is refused nothing.
                                assertTrue(round % 2 == 0 && "clos" in closed.message!!, "$closed")
                                refused.incrementAndGet()
                            }
                        }
                    }
                    kotlinx.coroutines.delay((round * 10).milliseconds)
                    if (round % 2 == 0) client.closeAndJoin()
                    calls.joinAll()
                    client.closeAndJoin()
                }
            }
            val collecting = launch(Dispatchers.IO) { while (rounds.any { it.isActive }) { System.gc(); kotlinx.coroutines.delay(20) } }
            rounds.joinAll()
            collecting.join()
            assertEquals(200, refused.get() + done.get())
            sandbox.client().use { client ->
                val kept = client.tasks(limit = 1_000).records
                assertEquals(sandbox.submits(), kept.count { it.taskId != null })
            }
        }
    }

    @Test
    fun `a client that nobody has any more is closed by the collector, and its task can be waited for until then`() = bounded {
        Sandbox().use { sandbox ->
            var client: Client? = sandbox.client()
            val native = client!!.native
            val reference = WeakReference(client)
            var task: TaskHandle? = client.order("[slow]")
            client = null
            repeat(5) { System.gc() }
            assertTrue(task!!.wait(60.seconds).ok)
            task = null
            until("the client was collected") { System.gc(); reference.get() == null }
            until("it was closed") { native.isClosed() }
        }
    }

    @Test
    fun `calls of a closed client from many threads are refused and end`() = bounded {
        Sandbox().use { sandbox ->
            val client = sandbox.client()
            client.close()
            (1..64).map { launch(Dispatchers.IO) { assertThrows<GentaskException.Unsupported> { client.submit(MODEL, job()) } } }.joinAll()
        }
    }
}
