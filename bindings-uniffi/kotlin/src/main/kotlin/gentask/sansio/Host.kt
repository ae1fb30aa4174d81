// The whole client without its input and output: submits under a key, waits, cancels, listings.

package gentask.sansio

import gentask.Contract
import gentask.GentaskException
import gentask.Json
import gentask.Reply
import gentask.arrival
import gentask.exceptionOf
import gentask.ffi.HostCall as NativeCall
import gentask.ffi.HostClient as NativeHost
import gentask.jsonOf
import gentask.native
import gentask.order
import gentask.text

/**
 * The whole client without its input and output, for workflow engines, event loops and stores of your own: a host owns sockets, timers, a
 * database, the key and threads; it holds no rule and no retry.
 *
 * The page on hosts (`docs/hosts.md`) says what each effect must guarantee, in the wire form that all languages share. Times are Unix
 * milliseconds, and the same inputs give the same outputs to the byte. All of it is one loop:
 *
 * ```
 * var answer: Answer? = null
 * while (true) {
 *     when (val step = call.next(answer, now())) {
 *         is Step.Do -> answer = perform(step)
 *         is Step.Done -> return step.text
 *         is Step.Failed -> throw step.error
 *     }
 * }
 * ```
 *
 * @param settings the settings as a JSON object: `base`, `account`, `holder`, `requestTimeoutMs`, `poll`, `timeoutMs`, `maxReadRetries`, `listens`
 *   (whether `tell` is asked for), `callbacks`.
 */
public class HostClient(contract: Contract, settings: Map<String, Any?> = emptyMap()) {
    private val native: NativeHost = native { NativeHost(contract.native, jsonOf(settings)) }

    /** The base URL, without a slash at its end. */
    public val baseUrl: String get() = native.baseUrl()

    /** The account's label. */
    public val accountLabel: String get() = native.accountLabel()

    /** Begins a submit. [entropy] is 32 random bytes. */
    public fun submit(
        model: String,
        input: Map<String, Any?>,
        entropy: ByteArray,
        nowMs: Long,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): HostCall {
        val order = order(model, input, key, owner, callbackUrl, options)
        return native { HostCall(native.submit(order, entropy, time(nowMs))) }
    }

    /**
     * Begins any other call by its name, with its arguments as a JSON object. [known] is the text of the record of `intentId`, where the host
     * has one.
     */
    public fun begin(name: String, arguments: Map<String, Any?>, nowMs: Long, known: String? = null): HostCall =
        native { HostCall(native.begin(text(name, "name"), jsonOf(arguments), known?.let { text(it, "known") }, time(nowMs))) }

    /** Begins to receive a callback. */
    public fun receive(method: String, url: String, headers: Map<String, List<String>>, body: ByteArray, nowMs: Long): HostCall =
        native { HostCall(native.receive(arrival(method, url, headers, body), time(nowMs))) }
}

/** One operation under way. */
public class HostCall internal constructor(private val native: NativeCall) {
    /** Hands in the answer to the effect before (`null` at first), and takes what is next. */
    public fun next(answer: Answer?, nowMs: Long): Step {
        val next = native {
            native.next(
                answer?.number?.toUInt(),
                answer?.let { jsonOf(it.json) },
                answer?.text?.let { text(it, "text") },
                answer?.bytes,
                time(nowMs),
            )
        }
        return Step.of(next.json, next.bytes)
    }

    /** Whether the call may be dropped now. */
    public val mayBeLeft: Boolean get() = native { native.mayBeLeft() }

    /** The intent that the call is about, once it is about one. */
    public val intentId: String? get() = native { native.intentId() }

    /** When the call's time is over, in Unix milliseconds. */
    public val endsAt: Long? get() = native { native.endsAt() }?.toLong()

    /** What the call waits for: `why`, and `until` when; `null` where it does not wait. */
    public val waitsFor: Map<String, Any?>? get() = native { native.waitsFor() }?.let { Json.map(it) }
}

/** What became of an effect. */
public class Answer(
    /** The effect's number. */
    public val number: Long,
    /** The answer in the wire form, such as `{"answer": "saved", "isConflict": false}`. */
    public val json: Map<String, Any?>,
    /** A text beside it, such as a record's. */
    public val text: String? = null,
    /** Bytes beside it, such as a response's body. */
    public val bytes: ByteArray? = null,
)

/** What a call asks for next, or its end. */
public sealed interface Step {
    /** An effect to be performed. The call goes on with its [Answer]. */
    public class Do internal constructor(
        /** The effect in the wire form: `effect` names it. */
        public val effect: Map<String, Any?>,
        /** The record that goes with it, as text: what a `save` stores, and what a `tell` is about. */
        public val record: String?,
        /** The bytes that go beside it, in their order: a request's body; the blobs of a save, and behind them the body of its callback. */
        public val bytes: List<ByteArray?>,
    ) : Step {
        /** The effect's number, for its [Answer]. */
        public val number: Long get() = effect["number"] as Long

        /** The effect's word, such as `send` or `save`. */
        public val word: String get() = effect["effect"] as String

        override fun toString(): String = "Do($number, $word)"
    }

    /** The end: what the call brought. */
    public class Done internal constructor(
        /** JSON; of a submit, the record's and on the line after it the reply's. */
        public val text: String,
    ) : Step

    /** The end: why the call brought nothing. */
    public class Failed internal constructor(
        /** It, to be thrown or told. */
        public val error: GentaskException,
    ) : Step

    /** Reads what the native library tells. */
    public companion object {
        internal fun of(told: String, bytes: List<ByteArray?>): Step = when (told.firstOrNull()) {
            '=' -> Done(told.substring(1))
            '!' -> {
                val failure = Json.map(told.substring(1))
                Failed(exceptionOf(Reply.fromJson(jsonOf(failure["reply"])), failure["message"].toString()))
            }
            else -> Do(Json.map(told.substringBefore('\n')), told.substringAfter('\n', "").ifEmpty { null }, bytes)
        }
    }
}

internal fun time(ms: Long): ULong {
    require(ms >= 0) { "a time is in Unix milliseconds, and must not be negative" }
    return ms.toULong()
}
