import gentask.Sandbox
import gentask.payloadOf
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** The command as a process of its own: what it prints, and how it ends. */
class CommandTest {
    private fun run(vararg words: String): Pair<Int, String> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        val process = ProcessBuilder(listOf(java, "-cp", System.getProperty("java.class.path"), "CommandKt") + words)
        process.environment()["APIXO_API_KEY"] = "a key of no value"
        val running = process.redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val said = running.inputStream.readAllBytes().decodeToString().trim()
        return running.waitFor() to said
    }

    @Test
    fun `submit, status, wait and list`(@TempDir folder: Path) {
        Sandbox().use { sandbox ->
            val common = arrayOf(
                "--provider", "apixo", "--base-url", sandbox.baseUrl("apixo"), "--store", folder.resolve("tasks.db").toString(),
                "--poll-initial", "0.05", "--poll-cap", "0.5", "--timeout", "30", "--json",
            )
            val payload = arrayOf("--model", "nano-banana", "--payload", """{"mode": "text-to-image", "prompt": "a sunset"}""")
            val (code, submitted) = run("submit", *common, *payload, "--key", "k")
            assertEquals(0, code)
            val intent = (payloadOf(submitted)["data"] as Map<*, *>)["intentId"] as String
            assertEquals("pending", payloadOf(submitted)["status"])
            assertEquals(0, run("status", intent, *common).first)
            val (waited, reply) = run("wait", intent, *common)
            assertEquals(0 to "success", waited to payloadOf(reply)["status"])
            assertEquals(0 to reply, run("run", *common, *payload, "--key", "k"))
            val listed = payloadOf("{\"all\":${run("list", *common).second}}")["all"] as List<*>
            assertEquals(listOf(intent), listed.map { (it as Map<*, *>)["intentId"] })
            assertEquals(2, run("submit", *common, "--model", "nano-banana", "--payload", "{}").first)
            assertEquals(2, run("no-such-verb", *common).first)
            assertEquals(1, sandbox.submits())
        }
    }
}
