// A machine that is driven as the vectors say: it notes what was sent and saved, and keeps the time.

package gentask.vectors

import gentask.GentaskException
import gentask.Reply
import gentask.TaskRecord
import gentask.payloadOf
import gentask.sansio.Machine
import gentask.sansio.Pacer
import java.util.Base64

/** How long after a request its answer comes, where a case does not say. */
internal const val ANSWER_MS = 200L

/** A caller's mistake as it stands in the vectors. Messages are for people and are not compared. */
internal fun mistake(error: GentaskException): Map<String, Any?> =
    mapOf("code" to error.code.word, "violations" to error.violations.map { mapOf("path" to it.path, "rule" to it.rule) })

/** The seven fields of a reply, after a look at each way to get them. */
internal fun wire(reply: Reply): Map<String, Any?> {
    val said = mapOf(
        "ok" to reply.ok,
        "status" to reply.status.word,
        "taskId" to reply.taskId,
        "data" to reply.data,
        "errorCode" to reply.errorCode?.word,
        "errorMessage" to reply.errorMessage,
        "retryAfter" to reply.retryAfter?.inWholeSeconds,
    )
    mustBeSame("the reply as text", canonical(said), reply.json)
    mustBeSame("the reply, read from its text", reply.json, Reply.fromJson(canonical(said)).json)
    return said
}

/** A submit's options, as a case has them. */
internal class Options(options: Map<String, Any?>) {
    val key = options["key"] as String?
    val owner = options["owner"] as String?
    val callbackUrl = options["callbackUrl"] as String?
    val options = options["options"]?.let(::map)
}

internal class Scene(private val of: String, var machine: Machine, private val settings: Map<String, Any?>, var now: Long) {
    private var pacer = Pacer()
    private var stored: TaskRecord? = null
    private var request: ByteArray? = null
    var sent: Map<String, Any?>? = null
        private set

    /** Steps an input now, and notes what the machine wants done. */
    fun step(given: Map<String, Any?>): List<Map<String, Any?>> {
        sent = null
        val outputs = machine.step(given, now, pacer)
        for (output in outputs) {
            if (output["kind"] == "save") {
                stored = TaskRecord.fromJson(canonical(output["record"]))
                for (blob in list(output["blobs"]).map(::map)) if (blob["name"] == "request") request = bytesOf(blob["bytes"])
            } else if (output["kind"] == "transmit") {
                sent = output.map("request")
            }
        }
        return outputs
    }

    /** Answers the request that the last step sent, at the same time. */
    fun stepAnswer(response: Any?) = step(mapOf("kind" to "response", "request" to asked(), "response" to response))

    /** Steps a time-out when it is due. */
    fun timeout() {
        now = maxOf(now, machine.pollTimeout)
        step(mapOf("kind" to "timeout"))
    }

    /** Answers the request that the last step sent, a moment later. */
    fun respond(response: Any?): List<Map<String, Any?>> {
        now += ANSWER_MS
        return stepAnswer(response)
    }

    /** Lets the request that the last step sent go without an answer. */
    fun undelivered(delivery: Any?) {
        now += ANSWER_MS
        step(mapOf("kind" to "undelivered", "request" to asked(), "delivery" to delivery, "reason" to "connection reset"))
    }

    /** Tells the pacer that the whole account was asked to pause. */
    fun hold(until: Long) {
        val record = machine.record()
        pacer.hold(contract(of), record.baseUrl, record.account, until)
        mustBeSame("the pause", until, pacer.heldUntil(contract(of), record.baseUrl, record.account))
    }

    /** Ends the process; another one, with a pacer of its own, goes on from what was saved last. */
    fun resume() {
        machine = Machine.resume(contract(of), checkNotNull(stored) { "something was saved" }, request, settings)
        pacer = Pacer()
    }

    private fun asked() = checkNotNull(sent) { "something was sent" }["id"]

    companion object {
        /** Prepares a generation. The intent's id and the seed of all jitter are part of the entropy. */
        fun prepared(
            of: String,
            generation: Map<String, Any?>,
            entropy: String,
            now: Long,
            options: Map<String, Any?> = emptyMap(),
            settings: Map<String, Any?> = emptyMap(),
        ): Scene {
            val said = Options(options)
            val machine = Machine.prepare(
                contract(of), generation.text("model"), generation.map("input"), bytes(entropy), now,
                said.key, said.owner, said.callbackUrl, said.options, settings,
            )
            return Scene(of, machine, settings, now)
        }

        /** Asks about a task that is not stored, up to the request of this operation. */
        fun asked(of: String, model: String, taskId: String, operation: String, now: Long): Scene {
            val scene = Scene(of, Machine.ask(contract(of), taskId, model, operation == "result", now), emptyMap(), now)
            if (operation == "cancel") scene.step(mapOf("kind" to "cancel"))
            scene.step(mapOf("kind" to "timeout"))
            if (operation == "cancel" && scene.sent?.get("operation") == "status") {
                // A cancel that erases a finished task looks first.
                scene.stepAnswer(mapOf("status" to 200, "body" to mapOf("text" to "{\"status\":\"PENDING\",\"state\":\"queued\"}")))
                scene.step(mapOf("kind" to "timeout"))
            }
            return scene
        }
    }
}

/** Bytes as they stand on the wire. */
internal fun bytesOf(wire: Any?): ByteArray? {
    val found = wire?.let(::map) ?: return null
    return (found["text"] as String?)?.encodeToByteArray() ?: Base64.getDecoder().decode(found.text("base64"))
}

/** A record as a map. */
internal fun TaskRecord.members(): Map<String, Any?> = payloadOf(json)
