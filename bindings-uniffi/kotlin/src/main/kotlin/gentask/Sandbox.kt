// The providers, simulated: for your own tests, without an API key and without a network.

package gentask

import gentask.ffi.SandboxServer
import gentask.ffi.TestDelivery
import java.net.ProxySelector
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import java.net.http.HttpRequest as JavaRequest

/**
 * A server on this machine that simulates providers over real HTTP. Any API key is accepted, and no proxy is used.
 *
 * ```
 * Sandbox().use { sandbox ->
 *     sandbox.client("apixo").use { client -> placeOrder(client, "order-42"); placeOrder(client, "order-42") }
 *     assertEquals(1, sandbox.submits("apixo"))
 * }
 * ```
 *
 * **What becomes of a task** is changed by a word in square brackets in its prompt: `[fail]`, `[content]` (the content rules refuse it while it
 * runs), `[refuse]` (they refuse the submit), `[credits]`, `[nofile]`, `[cancelled]`, `[slow]` (ten times as long), `[stuck]` (for ever), `[odd]`
 * (its state is a word that nobody knows).
 *
 * **What becomes of a request** is changed by a [script].
 *
 * @param providers what is simulated. Default: the built-in three.
 * @param port where it listens; 0 takes a free port.
 * @param speed how much faster than real time the simulated time runs. At 20, a picture takes a tenth of a second.
 */
public class Sandbox(providers: List<Contract>? = null, port: Int = 0, speed: Int = 20) : AutoCloseable {
    private val contracts: List<Contract> = providers ?: Contract.builtIn.map { Contract.of(it) }
    private val store = MemoryStore()
    private val server: SandboxServer
    private val http: HttpClient = HttpClient.newBuilder().proxy(ProxySelector.of(null)).version(HttpClient.Version.HTTP_1_1).build()

    init {
        require(port in 0..65_535) { "port must be from 0 to 65535, and is $port" }
        require(speed >= 1) { "speed must be at least 1, and is $speed" }
        server = native { SandboxServer.start(contracts.map { it.native }, port.toUShort(), speed.toUInt()) }
    }

    /** The providers' ids. */
    public val providers: List<String> get() = contracts.map { it.id }

    /** Where the server is reached. */
    public val url: String get() = server.url()

    /** Returns the base URL of a provider, to be given to a client. */
    public fun baseUrl(provider: String): String = "$url/${known(provider).id}"

    /**
     * Returns a client of one provider: with any key, quick polls, a callback secret, and a store in memory that the sandbox's clients share.
     *
     * The parameters are those of [Client], and win.
     */
    public fun client(
        provider: String = "apixo",
        apiKey: ApiKey = ApiKey("sandbox-key-of-no-value"),
        account: String? = null,
        store: TaskStore = this.store,
        timeout: Duration? = null,
        poll: Poll = Poll(initial = 50.milliseconds, factor = 1.5, cap = 1.seconds),
        requestTimeout: Duration? = null,
        maxReadRetries: Int? = null,
        transport: Transport? = null,
        onEvent: ((TaskEvent) -> Unit)? = null,
        onRequest: OnRequest? = null,
        onResponse: OnResponse? = null,
        maxInFlight: Int? = null,
        callbackSecrets: List<CallbackSecret> = listOf(CallbackSecret("a-callback-secret-of-no-value-at-all")),
        callbackSigning: List<CallbackSecret> = emptyList(),
        clock: ManualClock? = null,
    ): Client = Client(
        known(provider),
        apiKey = apiKey,
        account = account,
        baseUrl = baseUrl(provider),
        store = store,
        timeout = timeout,
        poll = poll,
        requestTimeout = requestTimeout,
        maxReadRetries = maxReadRetries,
        transport = transport,
        onEvent = onEvent,
        onRequest = onRequest,
        onResponse = onResponse,
        maxInFlight = maxInFlight,
        callbackSecrets = callbackSecrets,
        callbackSigning = callbackSigning,
        clock = clock,
    )

    /**
     * Returns what arrived: at one provider, or at all of them.
     *
     * Of a provider: `requests` (that arrived whole, by what they asked), `tasks`, `replayed`, `unauthorised`, `limited`, `faults`, `cut`,
     * `running` and `balanceMilli`. Of all: these under `providers`, and `connectionsTotal`, `connectionsOpen` and `connectionsMost`.
     */
    public fun stats(provider: String? = null): Map<String, Any?> {
        val all = ask("stats", null)
        return if (provider == null) all else (all["providers"] as Map<*, *>)[known(provider).id].asMap()
    }

    /** Returns how many submits arrived whole at a provider: how often somebody may have paid. */
    public fun submits(provider: String = "apixo"): Int = (stats(provider)["requests"].asMap()["submit"] as? Long ?: 0).toInt()

    /**
     * Returns the tasks that a provider made, oldest first: by its `taskId`, what a lost submit made can be adopted. Of each: `taskId`, `model`,
     * `prompt`, `state` (`pending`, `processing`, `success`, `failed` or `cancelled`) and `createdAt`, in simulated Unix milliseconds.
     */
    public fun tasks(provider: String = "apixo"): List<Map<String, Any?>> =
        ((ask("tasks", null)["providers"] as Map<*, *>)[known(provider).id] as List<*>).map { it.asMap() }

    /**
     * Replaces what goes wrong on purpose at a provider (`null`: at all of them).
     *
     * `script("apixo", mapOf("on" to "submit", "nth" to 1, "fault" to mapOf("kind" to "resetAfterBody")))` is a submit that is accepted and whose
     * answer is lost. No rules: nothing goes wrong.
     *
     * `on` is `submit`, `status`, `result`, `cancel`, `list`, `account` or `file`; `nth` is a number or several, counted from 1, and every one
     * where it is left out. The kinds of `fault` are `resetBeforeRead`, `resetAfterBody`, `closeWithoutAnswer`, `closeWarmConnection`,
     * `silence` (`ms`), `delayMs` (`ms`), `truncatedBody`, `notJson`, `emptyBody`, `tooLargeBody` (`bytes`), `tooDeepJson`, `noTaskId`,
     * `status` (`code`, `body`, `headers`), `redirect` (`code`, `location`) and `inBandError` (`code`).
     */
    public fun script(provider: String?, vararg rules: Map<String, Any?>) {
        ask("script", mapOf("provider" to provider?.let { known(it).id }, "rules" to rules.asList()))
    }

    /**
     * Forgets all tasks and requests of a provider, or of all of them: nothing is scripted and nothing seen. Stores of clients are left alone.
     *
     * [options] replace those before: `apiKey` (the one key that is accepted), `taskMs` (by kind, such as `{"image": 500}`), `pendingMs`,
     * `balanceMilli`, `priceMilli`, `readPerMin`, `submitPerMin`, `concurrent` (the limits before 429; 0: none), `honourKeys`, `seed`.
     */
    public fun reset(provider: String? = null, options: Map<String, Any?> = emptyMap()) {
        val of = provider?.let { known(it).id }
        ask("reset", mapOf("provider" to of) + if (options.isEmpty()) emptyMap() else mapOf("options" to options))
    }

    /** Ends it. */
    override fun close(): Unit = server.stop()

    override fun toString(): String = "Sandbox(${providers.joinToString()})"

    private fun known(provider: String): Contract = contracts.find { it.id == provider }
        ?: throw IllegalArgumentException("the sandbox has no provider $provider: it has ${providers.joinToString()}")

    private fun ask(what: String, body: Map<String, Any?>?): Map<String, Any?> {
        val request = JavaRequest.newBuilder(URI("$url/_sandbox/$what")).timeout(30.seconds.toJavaDuration())
        if (body != null) request.header("content-type", "application/json").POST(BodyPublishers.ofString(jsonOf(body)))
        val answer = http.send(request.build(), BodyHandlers.ofString())
        val read = Json.map(answer.body())
        require(answer.statusCode() < 400) { "the sandbox refused: ${read["message"]}" }
        return read
    }
}

@Suppress("UNCHECKED_CAST")
private fun Any?.asMap(): Map<String, Any?> = this as? Map<String, Any?> ?: emptyMap()

/** A callback as a provider would send it: for [Client.receive], or for any HTTP client. */
public class TestCallback internal constructor(
    /** The callback URL, with the task's token. */
    public val url: String,
    /** The headers that prove it, where the provider signs. */
    public val headers: Map<String, List<String>>,
    /** The raw bytes. */
    public val body: ByteArray,
) {
    /** `POST`. */
    public val method: String get() = "POST"
}

/**
 * Makes a callback about a task as its provider would send it: for tests of your own route.
 *
 * @param client the client that is to receive it, whose secrets are used where none are given here.
 * @param intentId the task's intent, for the token in the URL. `null`: the URL has none.
 * @param taskId the provider's id of the task, where that is signed.
 * @param body the raw bytes; see [jsonOf].
 * @param url the callback URL, without a token.
 * @param deliveryId the id of the delivery, where the provider's scheme has such. A delivery with the same id is the same one.
 * @param user the id of the account, likewise.
 * @param callbackSecret the secret that makes the token. One that a client keeps in its store is not known here.
 * @param signingSecret the provider's secret.
 * @param seed its private Ed25519 key, 32 bytes, where the contract's scheme has one.
 * @param now when it is signed. Default: now.
 */
public fun signTestCallback(
    client: Client,
    intentId: String?,
    taskId: String? = null,
    body: ByteArray = "{}".encodeToByteArray(),
    url: String = "https://app.example.com/gentask",
    deliveryId: String = "msg_1",
    user: String = "user_1",
    callbackSecret: CallbackSecret? = null,
    signingSecret: CallbackSecret? = null,
    seed: ByteArray? = null,
    now: Instant? = null,
): TestCallback {
    val delivery = TestDelivery(
        text(url, "url"),
        someText(intentId, "intentId"),
        text(taskId.orEmpty(), "taskId"),
        text(deliveryId, "deliveryId"),
        text(user, "user"),
        body,
        secrets(listOfNotNull(callbackSecret), "callbackSecret"),
        secrets(listOfNotNull(signingSecret), "signingSecret"),
        seed,
        now?.let(::unixMs),
    )
    val signed = native { gentask.ffi.signCallback(client.native, delivery) }
    val headers = mapOf("content-type" to listOf("application/json")) + signed.headers.groupBy({ it.name }, { it.value })
    return TestCallback(signed.url, headers, body)
}
