// Callbacks, judged.

package gentask.vectors

import gentask.Contract
import gentask.jsonOf
import gentask.payloadOf
import gentask.sansio.judge
import java.nio.file.Files
import java.util.Base64
import java.util.concurrent.ConcurrentHashMap

/** Judges a delivery. */
internal fun webhooks(case: Case): Any {
    val came = case.map("arrival")
    val repeat = came["bodyRepeat"]?.let(::map)
    val body = repeat?.let { it.text("text").repeat(it.number("times").toInt()).encodeToByteArray() }
        ?: Base64.getDecoder().decode(came.text("bodyBase64"))
    val of = if ("contract" in case) contract(case.text("contract")) else withCallback(case.text("callback"))
    val jwks = (case["jwks"] as String?)?.encodeToByteArray()
    val said = judge(of, case.map("secrets"), came.text("method"), came.text("url"), headers(came["headers"]), body, case.number("now"), jwks)
    val candidates = said["candidates"]?.let(::list)?.map(::map) ?: return said
    val message = candidates.map { it["messageBase64"] }.distinct()
    check(message.size <= 1) { "it is the same for all" }
    val shared = if (message.isEmpty()) emptyMap() else mapOf("messageBase64" to message.single())
    return said + mapOf("candidates" to candidates.map { it - "messageBase64" }) + shared
}

private val loaded = ConcurrentHashMap<String, Contract>()

/** The example contract with one of the schemes. */
private fun withCallback(scheme: String): Contract = loaded.getOrPut(scheme) {
    val folder = FOLDER.resolve("callbacks")
    val source = payloadOf(Files.readString(folder.resolve("contract.json")))
    val schemes = payloadOf(Files.readString(folder.resolve("schemes.json")))
    Contract.load(jsonOf(source + ("callback" to schemes[scheme])))
}
