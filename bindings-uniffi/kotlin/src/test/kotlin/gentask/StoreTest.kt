package gentask

import gentask.support.MapStore
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.support.order
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

internal class StoreTest {
    @Test
    fun `a file is shared by clients, and read by its owner only`(@TempDir folder: Path) = bounded {
        val file = folder.resolve("tasks.db")
        Sandbox().use { sandbox ->
            val made = sandbox.client(store = SqliteStore(file)).use { it.order(key = "k") }
            val store = SqliteStore(file)
            assertEquals(file.toRealPath(), store.path.toRealPath())
            assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            sandbox.client(store = store).use { client ->
                assertEquals(made.intentId, client.order(key = "k").intentId)
                assertTrue(client.task(made.intentId).wait(30.seconds).ok)
            }
            assertEquals(1, sandbox.submits())
        }
        assertThrows<GentaskException.StoreError> { SqliteStore(folder) }
        Files.writeString(folder.resolve("text.db"), "this is no database, but a text that is long enough to be taken for one".repeat(50))
        assertThrows<GentaskException.StoreError> { SqliteStore(folder.resolve("text.db")) }
    }

    @Test
    fun `a store of one's own keeps a task's whole life`() = bounded {
        val store = MapStore()
        Sandbox().use { sandbox ->
            sandbox.client(store = store).use { client ->
                val task = client.order(key = "k")
                assertEquals(task.intentId, client.find("k")?.intentId)
                assertTrue(task.wait(30.seconds).ok)
                assertThrows<GentaskException.ContentRejected> { client.order("[content]").wait(30.seconds) }
                assertEquals(2, client.tasks().records.size)
                assertEquals(1, client.tasks(limit = 1).records.size)
                assertEquals(listOf(task.intentId), client.tasks(limit = 1).map { it.intentId })
                val notices = mutableListOf<String>()
                assertEquals(2, client.settleNotices { notices += it.intentId })
                assertEquals(2, notices.toSet().size)
                assertEquals(0, client.settleNotices { })
                assertEquals(2, client.prune(Duration.ZERO))
            }
            assertEquals(2, sandbox.submits())
        }
        assertTrue(store.fenced > 0)
        assertTrue(store.events > 0)
    }

    @Test
    fun `a store that throws before the submit leaves nothing sent`() = bounded {
        val store = MapStore()
        Sandbox().use { sandbox ->
            sandbox.client(store = store).use { client ->
                val full = StoreFault(StoreFault.Kind.FULL, "the disk is full")
                for (thrown in listOf(IllegalStateException("a secret"), StackOverflowError(), NoClassDefFoundError("x"), full)) {
                    store.failing = thrown
                    val error = assertThrows<GentaskException.StoreError> { client.order() }
                    assertEquals(Billing.NONE, error.billing)
                    assertTrue("a secret" !in error.message!!)
                    if (thrown is StoreFault) assertTrue("the disk is full" in error.message!!, error.message)
                }
                assertEquals(0, sandbox.submits())
                store.failing = null
                assertTrue(client.order().wait(30.seconds).ok)
            }
        }
    }

    @Test
    fun `a store that throws after the submit loses nothing`() = bounded {
        val store = MapStore()
        Sandbox().use { sandbox ->
            sandbox.client(store = store).use { client ->
                store.failAfterSubmit = true
                val error = assertThrows<GentaskException> { client.order(key = "k") }
                assertTrue(error.billing != Billing.NONE, "$error")
                assertTrue(error is GentaskException.StoreError, "$error")
                val id = error.taskId
                store.failAfterSubmit = false
                assertEquals(1, sandbox.submits())
                assertTrue(id != null, "the id is in the failure: ${error.reply.json}")
            }
        }
    }

    @Test
    fun `what a store returns that is no record is an error`() = bounded {
        Sandbox().use { sandbox ->
            val store = object : Store by MapStore() {
                override fun find(by: Lookup): List<String> = listOf("no record")
            }
            sandbox.client(store = store).use { client ->
                assertThrows<GentaskException.StoreError> { client.order(key = "k") }
                assertThrows<GentaskException.StoreError> { client.notices() }
            }
            assertEquals(0, sandbox.submits())
        }
    }
}
