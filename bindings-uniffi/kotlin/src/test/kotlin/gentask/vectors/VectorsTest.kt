package gentask.vectors

import gentask.support.workspace
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.util.concurrent.ConcurrentHashMap
import kotlin.io.path.extension
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension

/** The shared vectors: the same inputs have the same outcome in every language, and none is left out. */
internal class VectorsTest {
    private class Run(val executed: Long, val failures: List<String>)

    @TestFactory
    fun `every case of a file comes out as expected`() = counts.keys.sorted().map { name ->
        DynamicTest.dynamicTest(name) {
            val run = run(name)
            assertTrue(run.failures.isEmpty()) { "${run.failures.size} of ${run.executed} cases:\n" + run.failures.take(5).joinToString("\n") }
            assertEquals(counts[name], run.executed)
        }
    }

    @Test
    fun `all vectors were run and none is missing from the manifest`() {
        val stored = FOLDER.listDirectoryEntries("*.json").map { it.nameWithoutExtension }.toSet() - "manifest"
        assertEquals(stored, counts.keys)
        assertEquals(stored, RUNNERS.keys)
        val total = counts.keys.sumOf { run(it).executed }
        assertEquals(manifest["total"], total)
        println("vectors: $total cases in ${counts.size} files, through the public Kotlin API")
    }

    @Test
    fun `every contract of the vectors loads and is used`() {
        val names = list(manifest["contracts"]).map { it as String }
        names.forEach { contract(it).checkSamples() }
        assertEquals(names.toSet(), counts.keys.flatMap { cases(it).mapNotNull { case -> case["contract"] as String? } }.toSet())
        val files = listOf("contracts", "vectors/contracts").flatMap { Files.list(ROOT.resolve(it)).toList() }.filter { it.extension == "json" }
        assertEquals(files.map { ROOT.relativize(it).toString() }.toSet(), names.filter { it.endsWith(".json") }.toSet())
        assertTrue(Files.isDirectory(workspace.resolve("core/contracts")))
    }

    private companion object {
        val runs = ConcurrentHashMap<String, Run>()

        /** Runs every case of a file, whatever the others do. */
        fun run(name: String): Run = runs.getOrPut(name) {
            var executed = 0L
            val failures = mutableListOf<String>()
            cases(name).forEachIndexed { index, case ->
                val (inputs, expected) = parted(case)
                val title = "case ${index + 1}, ${case["name"]}"
                val found = try {
                    RUNNERS.getValue(name)(inputs)
                } catch (error: Throwable) {
                    failures += "$title cannot be run: $error"
                    return@forEachIndexed
                }
                executed += 1
                firstDifference(expected, found)?.let { failures += "$title $it" }
            }
            Run(executed, failures)
        }

        /** Parts a case into its inputs and what is expected, so that no runner can look at the latter. */
        fun parted(case: Case): Pair<Case, Any?> {
            if ("steps" !in case) return case - "expect" to case["expect"]
            val steps = list(case["steps"]).map(::map)
            return case + ("steps" to steps.map { it - "expect" }) to steps.map { it["expect"] }
        }
    }
}
