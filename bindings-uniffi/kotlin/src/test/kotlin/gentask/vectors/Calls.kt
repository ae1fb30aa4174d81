// Whole calls of a client through the public API: the answers of a case go in, and effects come out as the case has them.

package gentask.vectors

import gentask.Delivery
import gentask.payloadOf
import gentask.sansio.Answer
import gentask.sansio.HostCall
import gentask.sansio.HostClient
import gentask.sansio.Step
import java.util.Base64

/** Lives through a whole call. */
internal fun calls(case: Case): Any {
    val call = begun(HostClient(contract(case.text("contract")), case.map("settings")), case)
    val named = Changes()
    var number = 0L
    return list(case["steps"]).map(::map).map { step ->
        val answer = step["answer"]?.let { answer(number, map(it), named) }
        when (val next = call.next(answer, step.number("now"))) {
            is Step.Do -> {
                number = next.number
                mustBeSame("whether it may be left", next.effect["stays"], !call.mayBeLeft)
                mustBeSame("its end", next.effect["endsAt"], call.endsAt)
                effect(next, named)
            }
            is Step.Failed -> mapOf("failed" to mapOf("message" to next.error.message, "reply" to payloadOf(next.error.reply.json)))
            is Step.Done -> mapOf("done" to brought(next.text, named))
        }
    }
}

private fun begun(client: HostClient, case: Case): HostCall {
    val now = case.number("start")
    return when (val name = case.text("begin")) {
        "submit" -> {
            val (generation, said) = case.map("generation") to Options(case.map("options"))
            client.submit(
                generation.text("model"), generation.map("input"), bytes(case.text("entropy")), now,
                said.key, said.owner, said.callbackUrl, said.options,
            )
        }
        "receive" -> {
            val came = case.map("arrival")
            client.receive(came.text("method"), came.text("url"), headers(came["headers"]), bytesOf(case["body"]) ?: ByteArray(0), now)
        }
        else -> client.begin(name, case["arguments"]?.let(::map).orEmpty(), now, case["known"] as String?)
    }
}

/** Headers as a case has them: pairs, one that came twice twice. */
internal fun headers(pairs: Any?): Map<String, List<String>> =
    list(pairs).map(::list).groupBy({ it[0] as String }, { it[1] as String })

private fun answer(number: Long, given: Map<String, Any?>, named: Changes): Answer = when (val word = given["answer"]) {
    "record" -> Answer(number, mapOf("answer" to word), text = given["record"]?.let { named.text(map(it)) })
    "records" -> Answer(number, mapOf("answer" to word), text = canonical(list(given["records"]).map { named.text(map(it)) }))
    "listing" -> {
        val listed = list(given["listing"]).map(::map).map { each ->
            mapOf("intentId" to each["intentId"], "json" to if ("record" in each) named.text(each.map("record")) else each["json"])
        }
        Answer(number, mapOf("answer" to word, "next" to given["next"]), text = canonical(listed))
    }
    "bytes" -> Answer(number, mapOf("answer" to word), bytes = bytesOf(given["bytes"]))
    "deliveries" -> Answer(number, mapOf("answer" to word), text = canonical(given["deliveries"]))
    "response" -> Answer(number, given - "bytes", bytes = bytesOf(given["bytes"]) ?: ByteArray(0))
    else -> Answer(number, given)
}

private fun effect(step: Step.Do, named: Changes): Map<String, Any?> {
    val said = step.effect
    val texts = step.bytes.map { bytes -> bytes?.let { mapOf("text" to it.decodeToString()) } }
    return when (step.word) {
        "save" -> {
            val blobs = list(said["blobs"]).size
            mustBeSame("what goes beside a save", blobs + if ("delivery" in said) 1 else 0, texts.size)
            val body = if ("delivery" in said) mapOf("body" to body(said.map("delivery"), step.bytes.last())) else emptyMap()
            said + body + mapOf("record" to named.of(payloadOf(step.record!!)), "bytes" to texts.take(blobs))
        }
        "remember" -> said + ("body" to body(said.map("delivery"), step.bytes.single()))
        "send" -> said + ("body" to texts.single())
        "tell" -> said + ("record" to named.of(payloadOf(step.record!!)))
        else -> said
    }
}

/** The body of a callback, after a look at the callback as a store has it. */
private fun body(said: Map<String, Any?>, body: ByteArray?): Any? {
    val bytes = checkNotNull(body) { "a callback has a body" }
    val stored = Delivery.fromJson(canonical(said + ("bodyBase64" to Base64.getEncoder().encodeToString(bytes))))
    mustBeSame("the callback, read from its text", said, payloadOf(stored.json) - "bodyBase64")
    mustBeSame("its name", said["dedupe"], stored.dedupe)
    mustBeSame("its outcome", said["outcome"], stored.outcome.word)
    return mapOf("text" to stored.body.decodeToString())
}

/** What a call brought: JSON, and of a submit the record and the reply. */
private fun brought(text: String, named: Changes): Any? {
    val lines = text.split('\n')
    if (lines.size == 1) return read(text)
    return mapOf("record" to named.of(payloadOf(lines[0])), "reply" to payloadOf(lines[1]))
}

private fun read(text: String): Any? = payloadOf("{\"value\":$text}")["value"]
