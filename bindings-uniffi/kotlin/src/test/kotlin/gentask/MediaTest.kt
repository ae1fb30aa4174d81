package gentask

import gentask.support.MODEL
import gentask.support.assertThrows
import gentask.support.bounded
import gentask.vectors.ROOT
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.Base64
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

private val PNG = byteArrayOf(-119, 80, 78, 71, 13, 10, 26, 10) + ByteArray(5_000) { it.toByte() }
private val TEXT = "data:image/png;base64,${Base64.getEncoder().encodeToString(PNG)}"

/** Files, bytes and streams in payloads. */
internal class MediaTest {
    private fun moved(image: Any?) = mapOf("image" to image, "duration" to "5", "prompt" to "waves")

    @Test
    fun `what is at hand becomes the data URI of its bytes`(@TempDir folder: Path) = bounded {
        val file = Files.write(folder.resolve("cat.png"), PNG)
        FileSystems.newFileSystem(folder.resolve("cats.zip"), mapOf("create" to "true")).use { archive ->
            val inside = Files.write(archive.getPath("/cat.png"), PNG)
            val images = listOf<() -> Any>(
                { file }, { file.toFile() }, { PNG }, { PNG.inputStream() }, { inside },
                { media(file.toString()) }, { media(file) }, { media(PNG, type = "image/png") }, { media(PNG.inputStream()) },
            )
            Sandbox().use { sandbox ->
                sandbox.client("aivideomaker").use { client ->
                    for ((number, image) in images.withIndex()) {
                        assertEquals(TEXT, payloadOf(client.dryRun("i2v", moved(image())).body.decodeToString())["image"], "$number")
                        client.validate("i2v", moved(image()))
                        client.contract.validate("i2v", moved(image()))
                        assertTrue(client.submit("i2v", moved(image()), key = "k").wait(30.seconds).ok)
                        assertTrue(client.createGeneration("i2v", moved(image()), key = "k").ok)
                    }
                    // All of them are the same job, and so one task.
                    assertEquals(1, sandbox.submits("aivideomaker"))
                    assertTrue(client.submit("i2v", moved(TEXT), key = "k").taskId != null)
                }
            }
        }
    }

    @Test
    fun `media that the provider wants uploaded are uploaded once and then ordered`() = bounded {
        val gif = "GIF89a and so on".encodeToByteArray()
        val order = { image: Any -> mapOf("prompt" to "a cat", "image" to image) }
        Sandbox(listOf(Contract.file(ROOT.resolve("vectors/contracts/uploading.json")))).use { sandbox ->
            sandbox.client("uploading").use { client ->
                for (image in listOf(gif, gif.inputStream())) assertTrue(client.submit("painter", order(image), key = "k").wait(30.seconds).ok)
                assertTrue(client.submit("painter", order(gif)).wait(30.seconds).ok)
                assertEquals(2, sandbox.submits("uploading"))
                assertEquals(3L, (sandbox.stats("uploading")["requests"] as Map<*, *>)["upload"])
            }
        }
    }

    @Test
    fun `all that will not do is told at once, and nothing private with it`(@TempDir folder: Path) = bounded {
        val notes = Files.writeString(folder.resolve("notes.txt"), "a secret")
        val broken = object : InputStream() {
            override fun read(): Int = throw IOException("a secret in $folder")
        }
        val payload = moved(folder.resolve("none.png")) + mapOf(
            "more" to listOf(notes, File("a\u0000b"), media("$notes"), broken, ByteArray(0), folder, mapOf("a/b" to Any())), "seed" to Double.NaN,
        )
        Sandbox().use { sandbox ->
            sandbox.client("aivideomaker").use { client ->
                for (error in listOf(
                    assertThrows<GentaskException.InvalidPayload> { client.submit("i2v", payload) },
                    assertThrows<GentaskException.InvalidPayload> { client.contract.validate("i2v", payload) },
                )) {
                    val found = error.violations.associate { it.path to it.actual }
                    assertEquals(setOf("/image", "/seed", "/more/6/a~1b") + (0..5).map { "/more/$it" }, found.keys)
                    assertEquals("none.png: not there", found["/image"])
                    assertEquals("notes.txt: 8 bytes of no known type", found["/more/0"])
                    assertEquals("a stream: IOException", found["/more/3"])
                    assertEquals("0 bytes of no known type", found["/more/4"])
                    assertTrue("secret" !in error.reply.json && "$folder" !in error.reply.json, error.message)
                }
                assertEquals(9, client.createGeneration("i2v", payload).violations.size)
                assertEquals(0, sandbox.submits("aivideomaker"))
            }
            sandbox.client("apixo").use { client ->
                val pictures = mapOf("mode" to "image-to-image", "prompt" to "a sunset", "image_urls" to listOf(PNG))
                val error = assertThrows<GentaskException.InvalidPayload> { client.submit(MODEL, pictures) }
                assertEquals("/image_urls/0" to "an https URL", error.violations.single().let { it.path to it.expected })
            }
        }
        assertTrue("$folder" !in media(notes).toString())
    }

    @Test
    fun `of what is too large, no more is read than shows it`(@TempDir folder: Path) = bounded {
        val contract = Contract.of("aivideomaker").json.replaceFirst("\"media\":{", "\"media\":{\"maxBytes\":1000,")
        val read = AtomicInteger()
        val endless = object : InputStream() {
            override fun read(): Int = PNG[read.getAndIncrement() % PNG.size].toInt() and 0xff
        }
        val small = Contract.load(contract)
        val file = Files.write(folder.resolve("large.png"), PNG)
        val told = listOf<Any>(file, PNG, endless).map { image ->
            assertThrows<GentaskException.InvalidPayload> { small.validate("i2v", moved(image)) }.violations.single()
        }
        assertEquals(listOf("at most 1000 bytes"), told.map { it.expected }.distinct())
        assertEquals(listOf("large.png: 5008 bytes of image/png", "5008 bytes of image/png", "1001 bytes of image/png"), told.map { it.actual })
        assertEquals(1001, read.get())
    }

    @Test
    fun `outside of a payload a file is no JSON`() {
        assertThrows<GentaskException.InvalidPayload> { jsonOf(mapOf("image" to media("cat.png"))) }
    }
}
