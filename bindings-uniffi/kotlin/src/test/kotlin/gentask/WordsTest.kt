package gentask

import gentask.support.assertThrows
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream

/** The words here are those of the native library, and every code has its class. */
internal class WordsTest {
    private fun names(entries: List<Enum<*>>) = entries.map { it.name }

    @Test
    fun `every word of the native library has one here`() {
        assertEquals(names(gentask.ffi.Status.entries), names(Status.entries))
        assertEquals(names(gentask.ffi.Phase.entries), names(Phase.entries))
        assertEquals(names(gentask.ffi.ErrorCode.entries), names(ErrorCode.entries))
        assertEquals(names(gentask.ffi.Operation.entries), names(Operation.entries))
        assertEquals(names(gentask.ffi.BodyEnd.entries), names(BodyEnd.entries))
        assertEquals(names(gentask.ffi.Received.entries), names(Received.entries))
        assertEquals(names(gentask.ffi.DeliveryOutcome.entries), names(DeliveryOutcome.entries))
        assertEquals(names(gentask.ffi.StoreErrorKind.entries), names(StoreFault.Kind.entries))
        assertEquals(native { gentask.ffi.Phase.entries.map { gentask.ffi.phaseWord(it) } }, Phase.entries.map { it.word })
        assertEquals(native { gentask.ffi.ErrorCode.entries.map { gentask.ffi.codeWord(it) } }, ErrorCode.entries.map { it.word })
    }

    private fun reply(code: ErrorCode) = Reply.fromJson(
        """{"ok":false,"status":"failed","taskId":"t","data":{"billing":"certain","suggestions":["one"],"intentId":"i"},""" +
            """"errorCode":"${code.word}","errorMessage":"said","retryAfter":7}""",
    )

    @Test
    fun `every code is thrown as a class of its own, which survives serialization`() {
        val classes = ErrorCode.entries.map { code ->
            val error = assertThrows<GentaskException> { reply(code).orThrow() }
            assertEquals(code, error.code)
            assertEquals("${code.word}: said", error.message)
            val told = listOf(error.intentId, error.taskId, error.retryAfter.toString(), error.billing.word, error.suggestions.single())
            assertEquals(listOf("i", "t", "7s", "certain", "one"), told)
            val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(error) }.toByteArray()
            val read = ObjectInputStream(ByteArrayInputStream(bytes)).readObject() as GentaskException
            assertEquals(error.reply, read.reply)
            assertEquals(error.javaClass, read.javaClass)
            error.javaClass
        }
        assertEquals(ErrorCode.entries.size, classes.toSet().size)
        assertTrue(classes.none { it == GentaskException.KeyConflict::class.java })
    }

    @Test
    fun `the version is the native library's`() {
        assertEquals(native { gentask.ffi.version() }, Native.version)
        Native.load()
    }
}
