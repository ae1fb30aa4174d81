package gentask

import gentask.support.MODEL
import gentask.support.bounded
import gentask.support.job
import gentask.support.order
import gentask.support.sandboxed
import gentask.support.until
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import gentask.support.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal class ClientTest {
    @Test
    fun `a task goes from submit to saved files`(@TempDir folder: Path) = sandboxed { sandbox, client ->
        val task = client.submit(MODEL, job(), key = "order-42", owner = "user-42")
        val reply = task.wait(timeout = 30.seconds)
        assertTrue(reply.ok)
        assertEquals(Status.SUCCESS, reply.status)
        assertEquals(task.taskId, reply.taskId)
        assertEquals(listOf("image"), reply.files.map { it.kind })
        val saved = task.saveFiles(folder)
        assertEquals(saved.map { it.bytes }, saved.map { Files.size(Path.of(it.path)) })
        assertEquals(saved.single(), task.saveFile(0, folder))
        assertNull(task.saveFile(1, folder))
        val record = task.record()
        assertEquals(listOf("order-42", "user-42", "apixo", Phase.SUCCEEDED), listOf(record.key, record.owner, record.provider, record.phase))
        assertEquals(reply, task.reply())
        assertEquals(1, sandbox.submits())
    }

    @Test
    fun `hours of waiting take no time on a clock of the test's own`() = bounded {
        val clock = ManualClock()
        val begun = clock.now
        Sandbox().use { sandbox ->
            sandbox.client(poll = Poll(initial = 6.hours, cap = 6.hours), clock = clock).use { client ->
                val task = client.order("[stuck]")
                val late = assertThrows<GentaskException.WaitTimeout> { task.wait(timeout = 2.days) }
                assertEquals(task.intentId, late.intentId)
                assertTrue(!clock.now.isBefore(begun.plusSeconds(2 * 24 * 3600)), "the clock shows ${clock.now}")
                assertEquals(1, sandbox.submits())
            }
        }
    }

    @Test
    fun `one key is one paid task however often it is submitted`() = sandboxed { sandbox, client ->
        val tasks = (1..20).map { async { client.order(key = "k") } }.awaitAll()
        assertEquals(1, tasks.map { it.intentId }.toSet().size)
        assertEquals(1, sandbox.submits())
        assertEquals(tasks[0].intentId, client.find("k")?.intentId)
        assertNull(client.find("k", owner = "somebody"))
        val conflict = assertThrows<GentaskException.KeyConflict> { client.submit(MODEL, job("another"), key = "k") }
        assertEquals(tasks[0].intentId, conflict.intentId)
        assertEquals(listOf("/input"), conflict.violations.map { it.path })
        assertEquals(1, sandbox.submits())
    }

    @Test
    fun `updates come in order and end with the end`() = sandboxed { _, client ->
        val task = client.order()
        val seen = task.updates(30.seconds).toList()
        assertEquals(Status.SUCCESS, seen.last().status)
        assertTrue(seen.size >= 2, "$seen")
        assertEquals(seen.size, seen.distinct().size)
        val heard = mutableListOf<Reply>()
        assertEquals(Status.SUCCESS, task.wait(onUpdate = heard::add).status)
        assertEquals(Status.SUCCESS, heard.last().status)
    }

    @Test
    fun `whoever stops collecting updates stops waiting`() = sandboxed { _, client ->
        val task = client.order("[stuck]")
        assertEquals(Status.PENDING, task.updates().first().status)
        val mine = assertThrows<ArithmeticException> { task.wait { throw ArithmeticException("mine") } }
        assertEquals("mine", mine.message)
        assertFalse(task.record().isTerminal)
    }

    @Test
    fun `updates end with the wait and throw nothing`() = sandboxed { _, client ->
        val seen = client.order("[stuck]").updates(200.milliseconds).toList()
        assertEquals(ErrorCode.WAIT_TIMEOUT, seen.last().errorCode)
        val late = assertThrows<GentaskException.WaitTimeout> { client.order("[stuck]").wait(100.milliseconds) { } }
        assertEquals(ErrorCode.WAIT_TIMEOUT, late.code)
    }

    @Test
    fun `a failure is thrown as the class of its code, with its reply`() = sandboxed { _, client ->
        val failed = assertThrows<GentaskException.GenerationFailed> { client.order("[fail]").wait(30.seconds) }
        assertEquals(Billing.POSSIBLE, failed.billing)
        assertTrue(failed.suggestions.isNotEmpty())
        assertEquals(Status.FAILED, failed.reply.status)
        val rejected = assertThrows<GentaskException.TaskFailed> { client.order("[content]").wait(30.seconds) }
        assertTrue(rejected is GentaskException.ContentRejected)
        assertThrows<GentaskException.ContentRejected> { client.order("[refuse]") }
        assertThrows<GentaskException.InsufficientCredits> { client.order("[credits]") }.also { assertEquals(Billing.NONE, it.billing) }
        val late = assertThrows<GentaskException.WaitTimeout> { client.order("[stuck]").wait(100.milliseconds) }
        assertEquals(client.task(late.intentId!!).taskId, late.taskId)
        assertThrows<GentaskException.TaskNotFound> { client.task("00000000-0000-4000-8000-000000000000") }
    }

    @Test
    fun `a submit whose answer is lost is unknown, is listed, and is settled by hand`() = sandboxed { sandbox, client ->
        val lost = mapOf("on" to "submit", "fault" to mapOf("kind" to "resetAfterBody"))
        sandbox.script("apixo", lost)
        val unknown = assertThrows<GentaskException.SubmitUnknown> { client.order(key = "lost") }
        assertEquals(Billing.POSSIBLE, unknown.billing)
        assertEquals(unknown.intentId, intentIdOf(IllegalStateException(unknown)))
        assertEquals(listOf(unknown.intentId), client.unresolved().map { it.intentId })
        val again = assertThrows<GentaskException.SubmitUnknown> { client.order(key = "lost") }
        assertEquals(unknown.intentId, again.intentId)
        assertEquals(1, sandbox.submits())
        assertEquals(listOf<Any?>("nano-banana"), sandbox.tasks().map { it["model"] })
        sandbox.script("apixo")
        val other = client.order()
        assertThrows<GentaskException> { client.adopt(unknown.intentId!!, other.taskId!!) }
        val given = client.discard(unknown.intentId!!)
        assertEquals(Status.CANCELLED, given.status)
        assertEquals(0, client.unresolved().count())
    }

    @Test
    fun `check sends nothing before it is due unless forced`() = bounded {
        Sandbox().use { sandbox ->
            sandbox.client(poll = Poll(initial = 1.days)).use { client ->
                val task = client.order("[stuck]")
                assertEquals(Status.PENDING, task.check().status)
                assertNull((sandbox.stats("apixo")["requests"] as Map<*, *>)["status"])
                assertEquals(null, task.check(force = true).errorCode)
                assertEquals(1L, (sandbox.stats("apixo")["requests"] as Map<*, *>)["status"])
            }
        }
    }

    @Test
    fun `resume drives what is unfinished, and tells each end`() = sandboxed { _, client ->
        val good = client.order()
        val bad = client.order("[fail]")
        val heard = CopyOnWriteArrayList<String>()
        val ended = client.resume(concurrency = 2, timeout = 30.seconds) { intentId, _ -> heard += intentId }
        assertEquals(setOf(good.intentId, bad.intentId), ended.map { it.intentId }.toSet())
        assertEquals(ErrorCode.GENERATION_FAILED, ended.single { it.intentId == bad.intentId }.reply.errorCode)
        until("both were heard") { heard.size == 2 }
        assertEquals(emptyList<Resumed>(), client.resume())
        assertEquals(2, client.prune(Duration.ZERO))
    }

    @Test
    fun `tasks are listed page by page`() = sandboxed { _, client ->
        val made = (1..5).map { client.order().intentId }
        val first = client.tasks(limit = 2)
        val second = client.tasks(limit = 2, after = first.next)
        val third = client.tasks(limit = 2, after = second.next)
        assertNull(third.next)
        assertEquals(made, listOf(first, second, third).flatMap { page -> page.map { it.intentId } })
        assertEquals(0, client.tasks(TaskFilter(owner = "nobody")).records.size)
        assertEquals(0, client.tasks(TaskFilter(phases = listOf(Phase.DISCARDED))).records.size)
        assertEquals(5, client.tasks(TaskFilter(unfinished = true)).records.size)
        val newest = client.pages(TaskFilter(newestFirst = true), limit = 2).toList()
        assertEquals(made.reversed(), newest.flatMap { page -> page.map { it.intentId } })
        assertEquals(listOf(2, 2, 1), newest.map { it.records.size })
        val begin = client.tasks(limit = 1).single().createdAt
        assertEquals(5, client.tasks(TaskFilter(createdFrom = begin)).records.size)
        assertEquals(0, client.tasks(TaskFilter(createdBefore = begin)).records.size)
    }

    @Test
    fun `only a task that has ended is deleted`() = sandboxed { _, client ->
        val task = client.order(key = "once")
        assertThrows<GentaskException.Unsupported> { client.delete(task.intentId) }
        task.wait(30.seconds)
        assertTrue(client.delete(task.intentId))
        assertFalse(client.delete(task.intentId))
        assertNull(client.find("once"))
    }

    @Test
    fun `questions about the account and remote tasks`() = bounded {
        Sandbox().use { sandbox ->
            sandbox.client("aivideomaker").use { client ->
                val sent = client.submit("t2v", mapOf("prompt" to "a sunset", "aspectRatio" to "16:9", "duration" to "5"))
                assertTrue(client.remoteTasks().any { it.taskId == sent.taskId })
                assertTrue(client.account().amount.isNotEmpty())
                val reply = client.getStatus(sent.taskId!!)
                assertNotEquals(Status.UNKNOWN, reply.status)
            }
            sandbox.client("apixo").use { client -> assertThrows<GentaskException.Unsupported> { client.remoteTasks() } }
        }
    }

    @Test
    fun `the four never throw for an answer`() = sandboxed { sandbox, client ->
        val made = client.createGeneration(MODEL, job())
        assertTrue(made.ok)
        assertTrue(client.getStatus(made.taskId!!).ok)
        assertEquals(made.taskId, client.getTask(made.taskId!!).taskId)
        assertEquals(ErrorCode.UNSUPPORTED, client.cancelTask(made.taskId!!).errorCode)
        assertEquals(ErrorCode.INVALID_PAYLOAD, client.createGeneration(MODEL, mapOf("mode" to Any())).errorCode)
        assertEquals(ErrorCode.INVALID_MODEL, client.createGeneration("no-such-model", job()).errorCode ?: ErrorCode.INVALID_MODEL)
        sandbox.script("apixo", mapOf("on" to "submit", "fault" to mapOf("kind" to "status", "code" to 401)))
        val refused = client.createGeneration(MODEL, job())
        assertFalse(refused.ok)
        assertThrows<GentaskException> { refused.orThrow() }
        assertSame(made, made.orThrow())
    }

    @Test
    fun `a dry run shows the request and sends nothing`() = sandboxed { sandbox, client ->
        val shown = client.dryRun(MODEL, job(), options = mapOf("provider" to "value"))
        assertEquals("POST", shown.method)
        assertTrue(shown.url.startsWith(client.baseUrl))
        assertEquals("value", payloadOf(shown.body.decodeToString())["provider"])
        client.validate(MODEL, job())
        client.contract.validate(MODEL, job())
        assertEquals(0, sandbox.submits())
        assertEquals(0, client.tasks().records.size)
        assertArrayEquals(shown.body, client.dryRun(MODEL, job(), options = mapOf("provider" to "value")).body)
    }

    @Test
    fun `events are heard, and a listener that throws disturbs nothing`() = bounded {
        val heard = CopyOnWriteArrayList<TaskEvent>()
        Sandbox().use { sandbox ->
            sandbox.client(onEvent = { heard += it; throw AssertionError("a listener's own") }).use { client ->
                val task = client.order()
                assertTrue(task.wait(30.seconds).ok)
                until("the end was heard") { heard.any { it.kind == "phase" && it.data["to"] == "succeeded" } }
                assertEquals(setOf(task.intentId), heard.map { it.intentId }.toSet())
            }
        }
    }

    @Test
    fun `a closed client says so`() = bounded {
        Sandbox().use { sandbox ->
            val client = sandbox.client()
            val task = client.order()
            client.close()
            client.close()
            client.closeAndJoin()
            assertTrue(client.isClosed)
            val calls = listOf<suspend () -> Any?>(
                { client.order() }, { client.tasks() }, { task.wait() }, { task.record() }, { client.createGeneration(MODEL, job()) },
            )
            for (call in calls) {
                val closed = assertThrows<GentaskException.Unsupported> { call() }
                assertTrue("closed" in closed.message!!, closed.message)
            }
            assertThrows<GentaskException.Unsupported> { task.updates().toList() }
            assertThrows<GentaskException.Unsupported> { client.dryRun(MODEL, job()) }
            assertEquals(task.taskId, sandbox.client().use { it.task(task.intentId).taskId })
        }
    }
}
