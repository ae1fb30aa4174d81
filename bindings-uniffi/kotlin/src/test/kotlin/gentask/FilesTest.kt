package gentask

import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.job
import gentask.support.order
import gentask.support.sandboxed
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant

internal class FilesTest {
    @Test
    fun `one file is saved under exactly the name that it is given, and replaces nothing unasked`(@TempDir folder: Path) = sandboxed { _, client ->
        val task = client.order().also { assertEquals(emptyList<String>(), it.wait().warnings) }
        val path = folder.resolve("deep/er/cat.of.mine")
        val saved = task.saveAs(path)
        assertEquals(listOf(path.toString(), "image/png", Files.size(path)), listOf(saved.path, saved.contentType, saved.bytes))
        assertEquals(saved, task.saveAs(path))
        val own = folder.resolve("own.png").also { Files.writeString(it, "my own") }
        val refused = assertThrows<GentaskException.StoreError> { task.saveAs(own) }
        assertTrue("own.png holds something else" in refused.message.orEmpty(), refused.message)
        assertEquals(listOf("my own", task.intentId), listOf(Files.readString(own), refused.intentId))
        task.saveAs(own, overwrite = true)
        assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(own))
        assertThrows<GentaskException.InvalidPayload> { task.saveAs(folder) }
        assertThrows<GentaskException.Unsupported> { task.saveAs(folder.resolve("b"), index = 1) }
        val named = assertThrows<GentaskException.InvalidPayload> { task.saveFiles(folder.resolve("picture.png")) }
        assertTrue("save_as" in named.message.orEmpty(), named.message)
        assertFalse(Files.exists(folder.resolve("picture.png")))
    }

    @Test
    fun `a file is read up to its limit, and streamed`(@TempDir folder: Path) = sandboxed { sandbox, client ->
        val task = client.order().also { it.wait() }
        val bytes = Files.readAllBytes(Path.of(task.saveFiles(folder).single().path))
        assertArrayEquals(bytes, task.readFile())
        val large = assertThrows<GentaskException.ResponseTooLarge> { task.readFile(maxBytes = 100) }
        assertTrue("larger than 100 bytes" in large.message.orEmpty(), large.message)
        assertArrayEquals(bytes, task.streamFile().toList().fold(ByteArray(0), ByteArray::plus))
        assertTrue(task.streamFile().first().isNotEmpty())
        sandbox.script("apixo", mapOf("on" to "file", "fault" to mapOf("kind" to "truncatedBody")))
        val early = assertThrows<GentaskException.NetworkError> { task.streamFile().toList() }
        assertTrue("ended early" in early.message.orEmpty() && early.intentId == task.intentId, early.message)
    }

    @Test
    fun `a receipt says which task a file came from`(@TempDir folder: Path) = sandboxed { _, client ->
        val task = client.submit(MODEL, job("that nobody may know of"), owner = "user-7").also { it.wait() }
        val saved = task.saveFile(0, folder, FileReceipt.SIDECAR)!!
        val path = Path.of("${saved.path}.receipt.json")
        val text = Files.readString(path)
        val at = payloadOf(task.record().json)["at"] as Map<*, *>
        val expected = mapOf(
            "v" to 1L, "intentId" to task.intentId, "taskId" to task.taskId, "provider" to "apixo", "account" to "default", "model" to MODEL,
            "owner" to "user-7", "createdAt" to at["created"], "finishedAt" to at["finished"], "sha256" to saved.sha256, "bytes" to saved.bytes,
            "contentType" to "image/png",
        )
        assertEquals(expected, payloadOf(text))
        assertFalse("nobody" in text || "http" in text, text)
        Files.writeString(path, "my own")
        val refused = assertThrows<GentaskException.StoreError> { task.saveFiles(folder, FileReceipt.SIDECAR) }
        assertTrue("its receipt is not" in refused.message.orEmpty(), refused.message)
        task.saveAs(Path.of(saved.path), overwrite = true, receipt = FileReceipt.SIDECAR)
        assertEquals(text, Files.readString(path))
    }

    @Test
    fun `a success without files is visible, in the warnings alone`() = sandboxed { _, client ->
        val reply = client.order("[nofile]").wait()
        assertTrue("named no file" in reply.warnings.single())
        assertFalse("named no file" in reply.json)
        assertEquals(reply.warnings, Reply.fromJson(reply.json).warnings)
    }

    @Test
    fun `a listed task's date is a time`() = sandboxed { sandbox, _ ->
        val dates = listOf("2026-04-19T21:19:42+02:00", 1776626382L, "soon")
        val body = mapOf("tasks" to dates.mapIndexed { index, date -> mapOf("id" to "a$index", "createdAt" to date) })
        sandbox.script("aivideomaker", mapOf("on" to "list", "fault" to mapOf("kind" to "status", "code" to 200, "body" to body)))
        sandbox.client("aivideomaker").use { client ->
            val created = client.remoteTasks().map { it.createdAt }
            val time = Instant.parse("2026-04-19T19:19:42Z")
            assertEquals(listOf(time, time, null), created)
        }
    }
}
