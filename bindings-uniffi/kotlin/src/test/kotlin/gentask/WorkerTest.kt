package gentask

import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

internal class WorkerTest {
    @Test
    fun `a worker hears of each end until it was dealt with, and stops when it is cancelled`() = bounded {
        Sandbox().use { sandbox ->
            val clock = ManualClock()
            val client = sandbox.client(clock = clock)
            val heard = Channel<Pair<String, Status>>(Channel.UNLIMITED)
            var tries = 0
            val worker = launch {
                client.run { notice ->
                    tries += 1
                    check(tries > 1) { "no mail today" }
                    heard.send(notice.intentId to notice.reply.status)
                }
            }
            val task = client.submit(MODEL, job(), owner = "ann")
            assertEquals(task.intentId to Status.SUCCESS, heard.receive())
            assertEquals(2, tries)
            while (client.notices().isNotEmpty()) kotlinx.coroutines.yield()
            worker.cancelAndJoin()
            assertTrue(task.wait().ok)
            assertEquals(1, sandbox.submits("apixo"))
            client.close()
        }
    }

    @Test
    fun `a worker ends with its client`() = bounded {
        Sandbox().use { sandbox ->
            val client = sandbox.client()
            val worker = launch { client.run() }
            client.submit(MODEL, job()).wait()
            client.closeAndJoin()
            worker.join()
            assertThrows<GentaskException> { client.run() }
        }
    }
}
