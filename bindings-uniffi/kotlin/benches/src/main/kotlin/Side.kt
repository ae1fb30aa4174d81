// The Kotlin side of the benches: what it is called with, and what it prints, is said in `bindings-uniffi/benches/beside.rs`.

import com.sun.management.OperatingSystemMXBean
import gentask.ApiKey
import gentask.Client
import gentask.MemoryStore
import gentask.Poll
import gentask.SqliteStore
import gentask.TaskStore
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

internal const val KEY = "k-0123456789abcdef0123456789abcdef"
internal const val MODEL = "nano-banana"
internal val INPUT = mapOf("mode" to "text-to-image", "prompt" to "a lighthouse in a storm, oil on canvas", "aspect_ratio" to "16:9")

/** So many tasks warm the virtual machine up before anything is measured. */
private const val WARM = 300

fun main(arguments: Array<String>): Unit = runBlocking(Dispatchers.Default) {
    val (what, base, side) = arguments
    val count = arguments[3].toInt()
    if (what == "check") println(check(base, side, count)) else println(tasks(base, side, count))
    // The client's threads are nobody's business any more.
    System.exit(0)
}

private fun store(side: String): TaskStore =
    if (side == "sqlite") SqliteStore(Files.createTempDirectory("gentask-bench").resolve("tasks.db").toString()) else MemoryStore()

private suspend fun check(base: String, side: String, count: Int): String = Client("apixo", ApiKey(KEY), baseUrl = base, store = store(side)).use { client ->
    val task = client.submit(MODEL, INPUT)
    repeat(count) { check(task.check(force = true).ok) }
    val start = System.nanoTime()
    repeat(count) { check(task.check(force = true).ok) }
    "{\"nanos\": ${(System.nanoTime() - start) / count}}"
}

private suspend fun tasks(base: String, side: String, count: Int): String {
    val task: suspend (Int) -> Boolean = if (side == "plain") {
        val plain = Plain(base);
        { number -> plain.task(number) }
    } else {
        val client = Client("apixo", ApiKey(KEY), baseUrl = base, store = store(side), poll = Poll(500.milliseconds, 1.5, 2.seconds));
        { client.submit(MODEL, INPUT).wait(timeout = 2.minutes).ok }
    }
    atOnce(WARM, task)
    System.gc()
    val (cpu, memory) = processorTime() to status("VmRSS")
    val finished = atOnce(count, task)
    val bytes = (status("VmHWM") - memory).coerceAtLeast(0)
    return "{\"finished\": ${finished + WARM}, \"cpuUs\": ${(processorTime() - cpu) / 1000}, \"bytes\": $bytes}"
}

private suspend fun atOnce(count: Int, task: suspend (Int) -> Boolean): Int = kotlinx.coroutines.coroutineScope {
    List(count) { number -> async { task(number) } }.awaitAll().count { it }
}

/** The processor time of this process, in nanoseconds. */
private fun processorTime(): Long = (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime

/** The memory of this process, now (`VmRSS`) or at most (`VmHWM`), in bytes; 0 where the system does not tell. */
private fun status(name: String): Long {
    val file = Path.of("/proc/self/status")
    val line = if (Files.exists(file)) Files.readAllLines(file).firstOrNull { it.startsWith("$name:") } else null
    return line?.filter { it.isDigit() }?.toLong()?.times(1024) ?: 0
}
