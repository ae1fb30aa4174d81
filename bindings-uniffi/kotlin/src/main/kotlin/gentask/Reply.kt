// What a caller gets, and what stands in it.

package gentask

import gentask.ffi.replyFromJson
import gentask.ffi.wordsOf
import java.io.Serializable
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import gentask.ffi.Balance as NativeBalance
import gentask.ffi.FileReceipt as NativeReceipt
import gentask.ffi.ListedTask as NativeListed
import gentask.ffi.Reply as NativeReply
import gentask.ffi.SavedFile as NativeSaved

/** What a call brought: the same seven fields for every outcome and in every language, and what is read most out of [data]. */
public class Reply private constructor(
    /** Whether there is no error code. */
    public val ok: Boolean,
    /** How the task is. */
    public val status: Status,
    /** The provider's id of the task, where one is known. */
    public val taskId: String?,
    /** The stable code of what went wrong. */
    public val errorCode: ErrorCode?,
    /** What went wrong, for a person. */
    public val errorMessage: String?,
    private val retryAfterSeconds: Long?,
    /** The result files; empty where there are none. */
    public val files: List<ResultFile>,
    /** What a person should know beside how the task is, in plain sentences, such as that it has succeeded without a file; empty where nothing is odd. */
    public val warnings: List<String>,
    /** The intent's id: the task's name in the store, where a record exists. What [Client.task] takes. */
    public val intentId: String?,
    /** How far the task is, from 0 to 1, where the provider tells. */
    public val progress: Double?,
    private val details: String,
    /** The whole reply as canonical JSON: the same bytes in every language. */
    public val json: String,
) : Serializable {
    /** When to come back: whole seconds. */
    public val retryAfter: Duration? get() = retryAfterSeconds?.seconds

    /** The details: `files`, `billing`, `suggestions`, `violations`, `intentId`, `costTimeMs` and whatever else the provider told. */
    public val data: Map<String, Any?> get() = Json.map(details)

    /** Whether money may have been spent. */
    public val billing: Billing get() = Billing.entries.find { it.word == data["billing"] } ?: Billing.NONE

    /** What to do next; the first is the one to try first. */
    public val suggestions: List<String> get() = (data["suggestions"] as? List<*>).orEmpty().map { it.toString() }

    /** Everything that is wrong with a payload or a contract, at once. */
    public val violations: List<Violation> get() = (data["violations"] as? List<*>).orEmpty().mapNotNull(Violation::of)

    /** Returns this reply where it is [ok], and throws it as a [GentaskException] where it is not. */
    public fun orThrow(): Reply = if (ok) this else throw exceptionOf(this, native { wordsOf(replyFromJson(json)) })

    override fun equals(other: Any?): Boolean = other is Reply && other.json == json

    override fun hashCode(): Int = json.hashCode()

    override fun toString(): String = "Reply(status=${status.word}, taskId=$taskId, errorCode=$errorCode, errorMessage=$errorMessage)"

    public companion object {
        private const val serialVersionUID = 1L

        /** Reads a reply that any language wrote. Throws [GentaskException] with everything that is wrong with it. */
        public fun fromJson(json: String): Reply = native { of(replyFromJson(text(json, "json"))) }

        internal fun of(reply: NativeReply): Reply = Reply(
            reply.ok,
            reply.status.public(),
            reply.taskId,
            reply.errorCode?.public(),
            reply.errorMessage,
            reply.retryAfter?.toLong(),
            reply.files.map { ResultFile(it.url, it.kind, it.expiresAtMs?.let(::instant), it.index.toInt()) },
            reply.warnings,
            reply.intentId,
            reply.progress,
            reply.data,
            reply.json,
        )
    }
}

/** One result file, where the provider keeps it until it expires. [TaskHandle.saveFiles] fetches it. */
public data class ResultFile(
    /** Where it is. Not for logs: it may be signed. */
    val url: String?,
    /** `image`, `video`, `audio`, `model` (3D) or `unknown`. */
    val kind: String,
    /** When the provider deletes it. */
    val expiresAt: Instant?,
    /** Its place among the task's files, from 0: what [TaskHandle.saveFile] takes. */
    val index: Int,
) : Serializable {
    /** Shows the place and the kind; the URL is not for logs. */
    override fun toString(): String = "ResultFile(index=$index, kind=$kind, expiresAt=$expiresAt)"
}

/** A result file on disk. */
public data class SavedFile(
    /** Where it is. */
    val path: String,
    /** The SHA-256 of its bytes, in hexadecimal. */
    val sha256: String,
    /** Its size in bytes. */
    val bytes: Long,
    /** Its media type. */
    val contentType: String,
) {
    internal constructor(file: NativeSaved) : this(file.path, file.sha256, file.bytes.toLong(), file.contentType)
}

/** What tells beside a saved file which task, model and provider it came from. */
public enum class FileReceipt(internal val native: NativeReceipt) {
    /**
     * A JSON file beside it, `NAME.receipt.json`: the ids of the task, provider, account, model, owner, times and the file's digest. It holds no prompt, no
     * key and no URL.
     */
    SIDECAR(NativeReceipt.SIDECAR),
}

/** What an account holds. */
public data class Balance(
    /** The amount as the provider writes it: a decimal number in a text, so that no digit is lost. */
    val amount: String,
    /** Of what: `credits`, `USD`. */
    val unit: String?,
) {
    internal constructor(balance: NativeBalance) : this(balance.amount, balance.unit)
}

/** A task as the provider lists it: a candidate for [Client.adopt]. */
public data class ListedTask(
    /** The provider's id of the task. */
    val taskId: String,
    /** When it was made, as the provider writes it. */
    val created: String?,
    /** The same as a time; `null` where it is none of the forms in which times are written. */
    val createdAt: Instant?,
    /** The model, where the list says it. */
    val model: String?,
    /** Our own reference, where the provider echoes one. */
    val reference: String?,
) {
    internal constructor(task: NativeListed) : this(task.taskId, task.created, task.createdAtMs?.let(::instant), task.model, task.reference)
}

/** One broken rule of a payload or a contract. */
public data class Violation(
    /** RFC 6901 pointer to the offending value; empty for the whole document. */
    val path: String,
    /** The rule that is broken: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`. */
    val rule: String,
    /** What was expected, in words. */
    val expected: String,
    /** What was found, shortened. */
    val actual: String,
) {
    internal companion object {
        fun of(value: Any?): Violation? {
            val map = value as? Map<*, *> ?: return null
            fun word(name: String) = map[name]?.toString().orEmpty()
            return Violation(word("path"), word("rule"), word("expected"), word("actual"))
        }
    }
}

/** A time of the native library's, in Unix milliseconds. */
internal fun instant(ms: ULong): Instant = Instant.ofEpochMilli(ms.coerceAtMost(Long.MAX_VALUE.toULong()).toLong())

internal fun unixMs(time: Instant): ULong = time.toEpochMilli().coerceAtLeast(0).toULong()
