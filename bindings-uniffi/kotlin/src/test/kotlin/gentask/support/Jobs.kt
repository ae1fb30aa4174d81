// What the tests order, and how they run.

package gentask.support

import gentask.Client
import gentask.Sandbox
import gentask.TaskHandle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

internal const val MODEL = "nano-banana"

/** A payload; [word] says what becomes of its task. */
internal fun job(word: String = ""): Map<String, Any?> = mapOf("mode" to "text-to-image", "prompt" to "a sunset $word")

internal suspend fun Client.order(word: String = "", key: String? = null): TaskHandle = submit(MODEL, job(word), key = key)

/** Runs a test that must end. The limit is no measure: reaching it is a failure. */
internal fun bounded(test: suspend CoroutineScope.() -> Unit): Unit = runBlocking { withTimeout(90.seconds) { test() } }

/** A test with a sandbox and a client of it. */
internal fun sandboxed(test: suspend CoroutineScope.(Sandbox, Client) -> Unit): Unit = bounded {
    Sandbox().use { sandbox -> sandbox.client().use { client -> test(sandbox, client) } }
}

/** Waits for something that another thread does. */
internal suspend fun until(what: String, isSo: () -> Boolean) {
    try {
        withTimeout(30.seconds) { while (!isSo()) kotlinx.coroutines.delay(5) }
    } catch (_: kotlinx.coroutines.TimeoutCancellationException) {
        throw AssertionError("not so within 30 s: $what")
    }
}
