// A picture from a provider that is simulated on this machine. It needs no API key and no network.

import gentask.Sandbox
import kotlinx.coroutines.runBlocking
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

fun main(): Unit = runBlocking {
    Sandbox().use { sandbox ->
        sandbox.client("apixo").use { client ->
            val task = client.submit("nano-banana", mapOf("mode" to "text-to-image", "prompt" to "a sunset"), key = "order-42")
            task.wait(timeout = 60.seconds) { update -> println(update) }
            for (file in task.saveFiles(Path.of("pictures"))) println(file.path)
        }
    }
}
