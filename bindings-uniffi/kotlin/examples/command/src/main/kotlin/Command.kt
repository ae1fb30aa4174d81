// A small command over the Kotlin package. It takes the flags of the `gentask` command, prints the same JSON and ends with the same exit codes:
//
//   submit | run   --model M --payload JSON [--key K] [--owner O] [--callback-url U] [--option NAME=VALUE] [--no-wait] [--dry-run]
//   status | wait | cancel | discard   INTENT            adopt   INTENT TASK
//   list [--owner O] [--phase P,...] [--unfinished] [--limit N]            resume | unresolved | account
//
// Everywhere: --provider NAME|FILE --base-url URL --account LABEL --store FILE --timeout SECONDS --poll-initial SECONDS --poll-cap SECONDS

import gentask.Client
import gentask.ErrorCode
import gentask.GentaskException
import gentask.Phase
import gentask.Poll
import gentask.Reply
import gentask.SqliteStore
import gentask.Status
import gentask.TaskFilter
import gentask.TaskRecord
import gentask.jsonOf
import gentask.payloadOf
import kotlinx.coroutines.runBlocking
import java.time.Instant
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds

private const val USAGE = 2

fun main(arguments: Array<String>) {
    val given = try {
        Given(arguments.toList())
    } catch (mistake: IllegalArgumentException) {
        System.err.println("command: ${mistake.message}")
        exitProcess(USAGE)
    }
    exitProcess(runBlocking { run(given) })
}

/** Does what was asked, prints it, and returns the exit code. */
private suspend fun run(given: Given): Int = try {
    open(given).use { client -> perform(client, given) }
} catch (error: GentaskException) {
    show(error.reply)
}

private fun open(given: Given) = Client(
    given["provider"] ?: "aivideomaker",
    account = given["account"],
    baseUrl = given["base-url"],
    store = given["store"]?.let { SqliteStore(it) },
    timeout = given["timeout"]?.toDouble()?.seconds,
    poll = Poll(given["poll-initial"]?.toDouble()?.seconds, cap = given["poll-cap"]?.toDouble()?.seconds),
)

private suspend fun perform(client: Client, given: Given): Int = when (given.verb) {
    "submit", "run" -> order(client, given)
    "status" -> show(status(client, given.id()))
    "wait" -> show(client.task(given.id()).wait())
    "cancel" -> ended { client.task(given.id()).cancel() }
    "discard" -> ended { client.discard(given.id()) }
    "adopt" -> adopt(client, given.id(), given.words.getOrNull(1) ?: throw IllegalArgumentException("adopt takes an intent and a task"))
    "resume" -> client.resume().map { show(it.reply) }.maxOrNull() ?: 0
    "unresolved" -> list(client.unresolved().records)
    "list" -> {
        val phases = given["phase"]?.split(',')?.map { word -> Phase.entries.first { it.word == word } }
        list(client.tasks(TaskFilter(given["owner"], phases, given["unfinished"] != null), given["limit"]?.toInt() ?: 100).records)
    }
    "account" -> client.account().let { println(jsonOf(mapOf("balance" to it.amount, "unit" to it.unit))).let { 0 } }
    else -> USAGE.also { System.err.println("command: no verb ${given.verb}") }
}

/** How a task is, stored here or not: one request at most, and none for one that was not sent or has ended. */
private suspend fun status(client: Client, id: String): Reply {
    val task = try {
        client.task(id)
    } catch (_: GentaskException.TaskNotFound) {
        return client.getStatus(id)
    }
    val record = task.record()
    return if (record.isTerminal || record.phase == Phase.PREPARED) task.reply() else task.check(force = true)
}

/** A task that is cancelled or given up is what was asked for, whoever did it. */
private suspend fun ended(end: suspend () -> Reply): Int {
    val reply = try {
        end()
    } catch (error: GentaskException.TaskCancelled) {
        error.reply
    }
    return show(reply).let { if (reply.status == Status.CANCELLED) 0 else it }
}

/** An id that the provider does not know leaves the submit as it was: what to do then is said for this command line. */
private suspend fun adopt(client: Client, intentId: String, taskId: String): Int {
    val task = client.task(intentId)
    return try {
        show(task.adopt(taskId))
    } catch (unknown: GentaskException.TaskNotFound) {
        val next = "the submit stays unresolved: compare the task id and the account with the provider's dashboard; " +
            "if the task is not there, give the submit up with `gentask discard`"
        val reply = payloadOf(unknown.reply.json)
        println(jsonOf(reply + ("data" to unknown.reply.data + ("suggestions" to listOf(next)))))
        exitCode(unknown.reply)
    }
}

private suspend fun order(client: Client, given: Given): Int {
    val (model, input) = given.need("model") to payloadOf(given.need("payload"))
    val options = given.all("option").associate { it.substringBefore('=') to it.substringAfter('=') }.ifEmpty { null }
    if (given["dry-run"] != null) {
        val shown = client.dryRun(model, input, given["key"], given["owner"], given["callback-url"], options)
        val body = payloadOf(shown.body.decodeToString())
        println(jsonOf(mapOf("method" to shown.method, "url" to shown.url, "headers" to shown.headers.toMap(), "body" to body)))
        return 0
    }
    val task = client.submit(model, input, given["key"], given["owner"], given["callback-url"], options)
    val waits = given.verb == "run" && given["no-wait"] == null
    return show(if (waits) task.wait() else task.reply())
}

private fun show(reply: Reply): Int {
    println(reply.json)
    return exitCode(reply)
}

private fun list(records: List<TaskRecord>): Int {
    println(jsonOf(records.map(::entry)))
    return 0
}

private fun entry(record: TaskRecord): Map<String, Any?> = mapOf(
    "account" to record.account,
    "ageMs" to (Instant.now().toEpochMilli() - record.createdAt.toEpochMilli()).coerceAtLeast(0),
    "conflictingTaskId" to record.conflictingTaskId,
    "createdAt" to record.createdAt.toEpochMilli(),
    "errorCode" to record.reply().errorCode?.word,
    "intentId" to record.intentId,
    "key" to record.key,
    "kind" to record.kind,
    "model" to record.model,
    "owner" to record.owner,
    "phase" to record.phase.word,
    "provider" to record.provider,
    "status" to record.status.word,
    "taskId" to record.taskId,
    "updatedAt" to record.updatedAt.toEpochMilli(),
)

/** The exit code of a reply: 0 success, 1 failed, 2 usage, 3 key or credits, 4 still running, 5 unknown, 6 store. */
private fun exitCode(reply: Reply): Int {
    val isRunning = reply.status == Status.PENDING || reply.status == Status.PROCESSING
    return when (reply.errorCode) {
        null -> 0
        ErrorCode.AUTH_FAILED, ErrorCode.INSUFFICIENT_CREDITS -> 3
        ErrorCode.INVALID_MODEL, ErrorCode.INVALID_PAYLOAD, ErrorCode.INVALID_CONTRACT, ErrorCode.UNSUPPORTED -> USAGE
        ErrorCode.SUBMIT_UNKNOWN -> 5
        ErrorCode.STORE_ERROR -> 6
        ErrorCode.WAIT_TIMEOUT -> 4
        ErrorCode.RATE_LIMITED, ErrorCode.RESPONSE_TOO_LARGE -> if (isRunning) 4 else 1
        else -> 1
    }
}

/** The words of a command line. */
private class Given(arguments: List<String>) {
    val verb: String = arguments.firstOrNull() ?: throw IllegalArgumentException("name a verb, such as submit")
    val words = mutableListOf<String>()
    private val flags = mutableMapOf<String, MutableList<String>>()

    init {
        val rest = ArrayDeque(arguments.drop(1))
        while (rest.isNotEmpty()) {
            val word = rest.removeFirst()
            val name = word.removePrefix("--")
            when {
                name == word -> words += word
                name in SWITCHES -> flags.getOrPut(name) { mutableListOf() } += "yes"
                else -> flags.getOrPut(name) { mutableListOf() } += rest.removeFirstOrNull() ?: throw IllegalArgumentException("$word takes a value")
            }
        }
    }

    operator fun get(name: String): String? = flags[name]?.last()

    fun all(name: String): List<String> = flags[name].orEmpty()

    fun need(name: String): String = this[name] ?: throw IllegalArgumentException("--$name is missing")

    fun id(): String = words.firstOrNull() ?: throw IllegalArgumentException("$verb takes an intent's id")

    private companion object {
        val SWITCHES = setOf("json", "no-wait", "dry-run", "unfinished")
    }
}
