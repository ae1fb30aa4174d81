package gentask

import gentask.support.workspace
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.io.path.readLines
import kotlin.io.path.readText

/** What people read: everything public is explained, and programs in the README are programs that run. */
internal class DocsTest {
    private val home: Path = workspace.resolve("bindings-uniffi/kotlin")

    private fun sources(): List<Path> = Files.walk(home.resolve("src/main/kotlin")).use { all -> all.filter { it.extension == "kt" }.toList() }

    @Test
    fun `everything public has a comment that explains it`() {
        val missing = sources().flatMap { file ->
            val lines = file.readLines().map { it.trim() }
            lines.indices.filter { lines[it].startsWith("public ") && "companion object" !in lines[it] }.filter { at ->
                val before = lines.take(at).last { !it.startsWith("@") }
                !before.endsWith("*/")
            }.map { "${file.name}:${it + 1} ${lines[it]}" }
        }
        assertEquals(emptyList<String>(), missing)
    }

    @Test
    fun `every file opens with what is in it, and is short enough to be read`() {
        for (file in sources()) {
            val lines = file.readLines()
            assertTrue(lines.first().startsWith("// "), file.name)
            assertTrue(lines.size < 350, "${file.name} has ${lines.size} lines")
        }
    }

    @Test
    fun `the first program of the README is the quick start`() {
        val program = home.resolve("examples/quickstart/src/main/kotlin/Quickstart.kt").readText().substringAfter("\n\n")
        val shown = home.resolve("README.md").readText().substringAfter("```kotlin\n").substringBefore("```")
        assertEquals(program, shown)
    }

    @Test
    fun `the README's table names every exception`() {
        val table = home.resolve("README.md").readText()
        val classes = GentaskException::class.java.declaredClasses.filter { !java.lang.reflect.Modifier.isAbstract(it.modifiers) }
        assertEquals(19, classes.size, "$classes")
        assertEquals(emptyList<String>(), classes.map { it.simpleName }.filter { "`$it`" !in table })
    }
}
