package gentask

import gentask.support.MapStore
import gentask.support.workspace
import gentask.vectors.list
import gentask.vectors.map
import gentask.vectors.number
import gentask.vectors.text
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.net.InetAddress
import java.net.ProxySelector
import java.net.Socket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** How many rows at once: they mostly wait. */
private const val AT_ONCE = 24

/** What needs a clock that stands still, which a client of this package has not. */
private val CLOCK = setOf("clock", "asleep")

/**
 * What each outcome of a submit means (`tests/adversary/outcomes.json`, the same for every language), over real HTTP: a provider in a process of its
 * own counts what arrives and what is billed, and its judge says what is wrong.
 */
internal class SubmitTableTest {
    @Test
    fun `every row of the table of outcomes holds`() = Table().use { table ->
        val rows = table.rows("outcomes")
        val (played, left) = rows.partition { row -> steps(row).none { it["do"] in CLOCK } }
        val gate = Semaphore(AT_ONCE)
        val faults = runBlocking(Dispatchers.IO) { played.map { row -> async { gate.withPermit { Play(table, row).play() } } }.awaitAll() }.flatten()
        println("submit table: ${played.size} of ${rows.size} rows in Kotlin; ${left.size} needs a clock that stands still")
        assertTrue(faults.isEmpty()) { faults.joinToString("\n") }
        assertEquals(1, left.size, "$left")
    }
}

private fun steps(row: Map<String, Any?>) = list(row.map("row")["steps"]).map(::map)

/** The program with the rows, running. */
private class Table : AutoCloseable {
    private val process: Process = ProcessBuilder(program()).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val url: String = process.inputStream.bufferedReader().readLine().trim()
    private val http = HttpClient.newBuilder().proxy(ProxySelector.of(null)).version(HttpClient.Version.HTTP_1_1).build()

    init {
        Thread(::tellTheTime).apply { isDaemon = true }.start()
    }

    private fun program(): String = System.getenv("GENTASK_ADVERSARY") ?: workspace.resolve("target/debug/adversary").toString()

    fun rows(family: String): List<Map<String, Any?>> =
        list(ask("/table", mapOf("language" to "kotlin"))["rows"]).map(::map).filter { it["family"] == family }

    fun ask(path: String, given: Map<String, Any?>): Map<String, Any?> {
        val request = java.net.http.HttpRequest.newBuilder(URI(url + path)).POST(BodyPublishers.ofString(jsonOf(given)))
        val answer = http.send(request.build(), BodyHandlers.ofString())
        check(answer.statusCode() == 200) { answer.body() }
        return payloadOf(answer.body())
    }

    /** Every row has the machine's own clock. */
    private fun tellTheTime() = Socket(InetAddress.getLoopbackAddress(), URI(url).port).use { line ->
        line.getOutputStream().apply { write("CLOCK\n".encodeToByteArray()) }.flush()
        for (asked in line.getInputStream().bufferedReader().lineSequence()) {
            check(asked.isNotEmpty())
            line.getOutputStream().apply { write("${System.currentTimeMillis()}\n".encodeToByteArray()) }.flush()
        }
    }

    override fun close() {
        process.destroyForcibly().waitFor()
    }
}

/** One row. */
private class Play(private val table: Table, told: Map<String, Any?>) {
    private val begun = table.ask("/begin", mapOf("name" to told["name"]))
    private val row = told.map("row")
    private val name = told.text("name")
    private val id = begun.number("id")
    private val store = MapStore()
    private val events = CopyOnWriteArrayList<String>()
    private val clients = HashMap<String, Client>()
    private val how = HashMap<String, Map<String, Any?>>()
    private val tasks = HashMap<String, String>()

    private fun ask(path: String, vararg given: Pair<String, Any?>) = table.ask(path, mapOf("id" to id) + given)

    suspend fun play(): List<String> {
        list(row["steps"]).map(::map).forEachIndexed { number, step -> ask("/saw", "step" to number, "outcome" to outcome(step)) }
        val records = store.all()
        ask("/saw", "step" to null, "outcome" to mapOf("value" to "the row is over"))
        ask("/release")
        ask("/listen", "on" to true)
        clients.remove("main")?.closeAndJoin()
        ask("/saw", "step" to null, "outcome" to outcome(mapOf("do" to "resume", "timeout" to 2L)))
        val trace = mapOf("records" to records, "after" to store.all(), "texts" to store.written() + events)
        val faults = list(ask("/end", "trace" to trace)["faults"]).map { "$name: $it" }
        clients.values.forEach { it.closeAndJoin() }
        return faults
    }

    private suspend fun outcome(step: Map<String, Any?>): Map<String, Any?> {
        val start = System.currentTimeMillis()
        val found = withTimeoutOrNull(60.seconds) {
            try {
                perform(step)
            } catch (error: GentaskException) {
                mapOf("reply" to payloadOf(error.reply.json), "raised" to error.javaClass.simpleName, "text" to error.message)
            }
        }
        return (found ?: mapOf("hung" to true)) + ("tookMs" to System.currentTimeMillis() - start)
    }

    private suspend fun perform(step: Map<String, Any?>): Map<String, Any?> = when (val what = step["do"]) {
        "submit" -> {
            val (model, input) = (step["model"] as String? ?: "picture") to (step["input"]?.let(::map) ?: mapOf("prompt" to "a lighthouse"))
            val task = try {
                client(step).submit(model, input, step["key"] as String?, step["owner"] as String?, options = step["options"]?.let(::map))
            } catch (error: GentaskException) {
                error.intentId?.let { tasks[step["as"] as String? ?: "it"] = it }
                throw error
            }
            tasks[step["as"] as String? ?: "it"] = task.intentId
            mapOf("handle" to mapOf("intentId" to task.intentId, "taskId" to task.taskId))
        }
        "wait" -> reply(task(step).wait(seconds(step)))
        "check" -> reply(task(step).check(step["force"] == true))
        "unresolved" -> client(step).unresolved().let { mapOf("value" to mapOf("count" to it.records.size, "damaged" to it.damaged.size)) }
        "remoteTasks" -> mapOf("value" to client(step).remoteTasks().size)
        "resume" -> {
            val ended = client(step).resume(8, seconds(step))
            mapOf("replies" to ended.map { mapOf("intentId" to it.intentId, "reply" to payloadOf(it.reply.json)) })
        }
        "client" -> mapOf<String, Any?>().also { how[step.text("as")] = step }
        "provider" -> {
            if ("extend" in step) ask("/extend", "script" to step["extend"])
            if ("listen" in step) ask("/listen", "on" to step["listen"])
            emptyMap()
        }
        else -> throw UnsupportedOperationException("$what")
    }

    private fun seconds(step: Map<String, Any?>) = (step["timeout"] as Number?)?.toDouble()?.seconds

    private fun reply(reply: Reply) = mapOf("reply" to payloadOf(reply.json))

    private fun fill(text: String) = listOf("base", "foreign", "key").fold(text) { filled, name -> filled.replace("{$name}", begun.text(name)) }

    private fun client(step: Map<String, Any?>): Client = clients.getOrPut(step["client"] as String? ?: "main") {
        val (own, of) = how[step["client"] as String? ?: "main"].orEmpty() to row["client"]?.let(::map).orEmpty()
        val contract = Contract.load(jsonOf(ask("/contract", "patch" to own["contract"])))
        Client(
            contract,
            apiKey = ApiKey(fill(own["apiKey"] as String? ?: "{key}")),
            account = own["account"] as String?,
            baseUrl = fill(own["base"] as String? ?: "{base}"),
            store = store,
            requestTimeout = (of["requestTimeout"] as Number?)?.toDouble()?.seconds,
            maxReadRetries = (of["maxReadRetries"] as Long?)?.toInt(),
            onEvent = { events += "${it.kind} ${jsonOf(it.data)}" },
            poll = Poll(200.milliseconds, cap = 500.milliseconds),
        )
    }

    private suspend fun task(step: Map<String, Any?>): TaskHandle = client(step).task(tasks[step["task"] as String? ?: "it"] ?: store.newest())
}
