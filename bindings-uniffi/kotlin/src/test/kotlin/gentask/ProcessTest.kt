package gentask

import gentask.support.ByHand
import gentask.support.Program
import gentask.support.bounded
import gentask.support.until
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** Programs that are killed, and those that end too soon. */
internal class ProcessTest {
    @Test
    fun `a task is resumed after kill -9`(@TempDir folder: Path) = bounded {
        val store = folder.resolve("tasks.db").toString()
        Sandbox().use { sandbox ->
            val killed = Program("Life", listOf("wait", sandbox.baseUrl("apixo"), store))
            val intent = killed.line()
            killed.kill()
            assertEquals("$intent success null" to 0, Program("Life", listOf("resume", sandbox.baseUrl("apixo"), store)).end())
            assertEquals(1, sandbox.submits())
        }
    }

    @Test
    fun `a submit whose process was killed is unresolved and never sent again`(@TempDir folder: Path) = bounded {
        val store = folder.resolve("tasks.db").toString()
        ByHand { ByHand.accepted("task-1") }.use { server ->
            server.hold()
            val killed = Program("Life", listOf("submit", server.url, store))
            until("the submit arrived") { server.posts == 1 }
            killed.kill()
            server.letGo()
            val (said, code) = Program("Life", listOf("resume", server.url, store)).end()
            assertEquals(0, code)
            val unresolved = said.lines().last()
            assertEquals(36, unresolved.length, said)
            assertEquals(1, server.posts)
        }
    }

    @Test
    fun `a program that ends waits until its submit is saved`(@TempDir folder: Path) = bounded {
        val store = folder.resolve("tasks.db").toString()
        ByHand { ByHand.accepted("task-1") }.use { server ->
            server.hold()
            val program = Program("Life", listOf("exit", server.url, store))
            until("the submit arrived") { server.posts == 1 }
            program.tell("go")
            assertEquals("leaving", program.line())
            kotlinx.coroutines.delay(500)
            assertTrue(program.isAlive, "it waits for the answer")
            server.letGo()
            assertEquals("" to 0, program.end())
            Client("apixo", ApiKey("a key of no value"), baseUrl = server.url, store = SqliteStore(store)).use { client ->
                assertEquals("task-1", client.find("k")?.taskId)
            }
        }
    }
}
