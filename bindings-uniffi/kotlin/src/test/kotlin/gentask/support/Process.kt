// Programs of the tests, in processes of their own.

package gentask.support

import java.nio.file.Path
import java.util.concurrent.TimeUnit

internal class Program(main: String, arguments: List<String>, options: List<String> = emptyList(), environment: Map<String, String> = emptyMap()) {
    private val process: Process

    init {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val program = listOf("-cp", System.getProperty("java.class.path"), "gentask.programs.$main")
        val line = listOf(java, "-Xmx256m", "-XX:TieredStopAtLevel=1") + options + program + arguments
        val builder = ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT)
        builder.environment() += environment
        process = builder.start()
    }

    private val said = process.inputStream.bufferedReader()

    /** The next line that it says. */
    fun line(): String? = said.readLine()

    /** Writes a line to it. */
    fun tell(line: String) = process.outputStream.let { it.write("$line\n".encodeToByteArray()); it.flush() }

    val isAlive: Boolean get() = process.isAlive

    /** Ends it as `kill -9` does. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    /** The rest of what it says, and its exit code. */
    fun end(): Pair<String, Int> {
        val rest = said.readText()
        if (!process.waitFor(90, TimeUnit.SECONDS)) throw AssertionError("the program does not end: $rest")
        return rest.trim() to process.exitValue()
    }
}
