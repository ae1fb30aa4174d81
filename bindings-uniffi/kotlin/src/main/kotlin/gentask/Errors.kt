// What goes wrong: one class for each stable code.

package gentask

import gentask.ffi.Failure
import java.util.concurrent.CancellationException
import kotlin.time.Duration

/**
 * A call that did not bring what was asked. [reply] says what happened, whether money may have been spent, and what to do next.
 *
 * There is one class for each [ErrorCode], so that `catch (limited: GentaskException.RateLimited)` and `when` read well.
 */
public sealed class GentaskException(
    message: String,
    /** The seven fields. */
    public val reply: Reply,
) : RuntimeException(message) {
    /** The stable code. */
    public val code: ErrorCode get() = reply.errorCode ?: ErrorCode.UNKNOWN_ERROR

    /** The task's name in the store, where a record exists: what [Client.task] takes. */
    public val intentId: String? get() = reply.intentId

    /** The provider's id of the task, where one is known. */
    public val taskId: String? get() = reply.taskId

    /** When to come back. */
    public val retryAfter: Duration? get() = reply.retryAfter

    /** Whether money may have been spent. */
    public val billing: Billing get() = reply.billing

    /** What to do next; the first is the one to try first. */
    public val suggestions: List<String> get() = reply.suggestions

    /** Everything that is wrong with a payload or a contract, at once. */
    public val violations: List<Violation> get() = reply.violations

    /** `INVALID_MODEL`: the model is not on a closed list, or the provider does not know it. */
    public class InvalidModel internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `INVALID_PAYLOAD`: the payload breaks the contract's rules, or the provider refused it; see [violations]. */
    public open class InvalidPayload internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /**
     * `INVALID_PAYLOAD`: the `key` names another job already, that of [intentId]; [violations] say what differs from it.
     *
     * Their paths are `/model`, `/input`, `/options` or `/baseUrl`. Nothing was sent.
     */
    public class KeyConflict internal constructor(message: String, reply: Reply) : InvalidPayload(message, reply)

    /** `AUTH_FAILED`: the API key is missing, malformed, refused, or may not do this. */
    public class AuthFailed internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `RATE_LIMITED`: too many requests; [retryAfter] says when to come back. */
    public class RateLimited internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `INSUFFICIENT_CREDITS`: the account cannot pay for the task. */
    public class InsufficientCredits internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `TASK_NOT_FOUND`: no such task in the store, or at the provider under this account. */
    public class TaskNotFound internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `NETWORK_ERROR`: the provider could not be reached; of a submit, nothing was accepted. */
    public class NetworkError internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `UNKNOWN_ERROR`: an answer that fits no rule. */
    public class UnknownError internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** The provider accepted the task, and it ended without a result. */
    public sealed class TaskFailed(message: String, reply: Reply) : GentaskException(message, reply)

    /** `GENERATION_FAILED`: the provider could not generate it. */
    public class GenerationFailed internal constructor(message: String, reply: Reply) : TaskFailed(message, reply)

    /** `CONTENT_REJECTED`: the provider's content rules refused the input or the output. */
    public class ContentRejected internal constructor(message: String, reply: Reply) : TaskFailed(message, reply)

    /** `CANCELLED`: the task was cancelled or given up. */
    public class TaskCancelled internal constructor(message: String, reply: Reply) : TaskFailed(message, reply)

    /** `UPSTREAM_ERROR`: the provider had a fault of its own. */
    public class UpstreamError internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `WAIT_TIMEOUT`: the wait reached its deadline; the task goes on, and can be waited for again. */
    public class WaitTimeout internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `SUBMIT_UNKNOWN`: the submit may have been accepted, and its task id is not known. Do not submit again before you know. */
    public class SubmitUnknown internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `UNSUPPORTED`: the provider, the task's state or this client cannot do what was asked. */
    public class Unsupported internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `INVALID_CONTRACT`: a contract is malformed, or a record does not belong to it; see [violations]. */
    public class InvalidContract internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `STORE_ERROR`: the task store refused to read or write. */
    public class StoreError internal constructor(message: String, reply: Reply) : GentaskException(message, reply)

    /** `RESPONSE_TOO_LARGE`: an answer was larger than the contract's cap, and was not read to its end. */
    public class ResponseTooLarge internal constructor(message: String, reply: Reply) : GentaskException(message, reply)
}

/**
 * The coroutine that waited for a submit was cancelled. The submit goes on and is saved: [intentId] is its name, which [Client.task] takes.
 *
 * Where the coroutine was cancelled by `withTimeout`, that throws an exception of its own; [intentIdOf] finds the name in it. The `timeout`
 * of [Client.submit] says it more directly.
 */
public class SubmitCancelled internal constructor(
    /** The submit's name. */
    public val intentId: String,
    cause: CancellationException?,
) : CancellationException(submitGoesOn(intentId)) {
    init {
        if (cause != null) initCause(cause)
    }
}

/** Noted in the exception of whoever set a time limit around a submit: only that exception itself gets through to them. */
internal class SubmitGoesOn(val intentId: String) : RuntimeException(submitGoesOn(intentId), null, false, false)

private fun submitGoesOn(intentId: String) =
    "stopped waiting for a submit, which goes on and is saved: find it with client.task(\"$intentId\")"

/**
 * Returns which intent an exception is about, where it is about one: what [Client.task] takes.
 *
 * Also for an exception that ended the wait for a submit, such as that of `withTimeout`: the submit goes on and is saved. Causes and
 * suppressed exceptions are looked at too.
 */
public fun intentIdOf(error: Throwable): String? {
    val ahead = ArrayDeque(listOf(error))
    val seen = java.util.Collections.newSetFromMap(java.util.IdentityHashMap<Throwable, Boolean>())
    while (ahead.isNotEmpty()) {
        val at = ahead.removeFirst()
        if (!seen.add(at)) continue
        when (at) {
            is GentaskException -> at.intentId?.let { return it }
            is SubmitCancelled -> return at.intentId
            is SubmitGoesOn -> return at.intentId
        }
        ahead.addAll(at.suppressed)
        at.cause?.let(ahead::add)
    }
    return null
}

/** Makes the exception of a failure that the native library told. */
internal fun exceptionOf(failure: Failure.Failed): GentaskException =
    exceptionOf(Reply.of(failure.reply), failure.words, failure.keyConflict)

/** Makes the exception of a reply that is no success. */
internal fun exceptionOf(reply: Reply, message: String, keyConflict: Boolean = false): GentaskException {
    val isConflict = keyConflict || (reply.errorCode == ErrorCode.INVALID_PAYLOAD && reply.violations.any { it.rule == "keyConflict" })
    return when (reply.errorCode) {
        ErrorCode.INVALID_MODEL -> GentaskException.InvalidModel(message, reply)
        ErrorCode.INVALID_PAYLOAD ->
            if (isConflict) GentaskException.KeyConflict(message, reply) else GentaskException.InvalidPayload(message, reply)
        ErrorCode.AUTH_FAILED -> GentaskException.AuthFailed(message, reply)
        ErrorCode.RATE_LIMITED -> GentaskException.RateLimited(message, reply)
        ErrorCode.INSUFFICIENT_CREDITS -> GentaskException.InsufficientCredits(message, reply)
        ErrorCode.TASK_NOT_FOUND -> GentaskException.TaskNotFound(message, reply)
        ErrorCode.NETWORK_ERROR -> GentaskException.NetworkError(message, reply)
        ErrorCode.UNKNOWN_ERROR, null -> GentaskException.UnknownError(message, reply)
        ErrorCode.GENERATION_FAILED -> GentaskException.GenerationFailed(message, reply)
        ErrorCode.CONTENT_REJECTED -> GentaskException.ContentRejected(message, reply)
        ErrorCode.CANCELLED -> GentaskException.TaskCancelled(message, reply)
        ErrorCode.UPSTREAM_ERROR -> GentaskException.UpstreamError(message, reply)
        ErrorCode.WAIT_TIMEOUT -> GentaskException.WaitTimeout(message, reply)
        ErrorCode.SUBMIT_UNKNOWN -> GentaskException.SubmitUnknown(message, reply)
        ErrorCode.UNSUPPORTED -> GentaskException.Unsupported(message, reply)
        ErrorCode.INVALID_CONTRACT -> GentaskException.InvalidContract(message, reply)
        ErrorCode.STORE_ERROR -> GentaskException.StoreError(message, reply)
        ErrorCode.RESPONSE_TOO_LARGE -> GentaskException.ResponseTooLarge(message, reply)
    }
}
