// The closed lists of words that all languages share, as enums. `word` is how each stands in JSON.

package gentask

import gentask.ffi.BodyEnd as NativeEnd
import gentask.ffi.DeliveryOutcome as NativeDeliveryOutcome
import gentask.ffi.ErrorCode as NativeCode
import gentask.ffi.Operation as NativeOperation
import gentask.ffi.Phase as NativePhase
import gentask.ffi.Received as NativeReceived
import gentask.ffi.Status as NativeStatus

/** How a task is, in one of six words. */
public enum class Status(
    /** The word in JSON. */
    public val word: String,
) {
    /** Not begun, or not known to have begun. */
    PENDING("pending"),

    /** Being worked on. */
    PROCESSING("processing"),

    /** Done: the files are there. */
    SUCCESS("success"),

    /** Refused, or accepted and failed. */
    FAILED("failed"),

    /** Cancelled, or given up. */
    CANCELLED("cancelled"),

    /** Not known: the submit may have been accepted. */
    UNKNOWN("unknown"),
}

/** Where a task is. */
public enum class Phase(
    /** The word in records. */
    public val word: String,
) {
    /** Stored, and not sent. */
    PREPARED("prepared"),

    /** An attempt of its submit may be in flight. */
    SUBMITTING("submitting"),

    /** Accepted: its task id is known. */
    WAITING("waiting"),

    /** Done, and its result is being read. */
    FETCHING("fetching"),

    /** A cancel was asked for. */
    CANCELLING("cancelling"),

    /** Done. */
    SUCCEEDED("succeeded"),

    /** Accepted, and failed. */
    FAILED("failed"),

    /** Cancelled. */
    CANCELLED("cancelled"),

    /** Refused: nothing was made. */
    REJECTED("rejected"),

    /** The submit may have been accepted, and no id is known. */
    UNRESOLVED("unresolved"),

    /** An unresolved one that was given up. */
    DISCARDED("discarded"),
}

/** The stable codes of every failure: programs match on them. Each has a class in [GentaskException]. */
public enum class ErrorCode {
    /** The model is not on a closed list, or the provider does not know it. */
    INVALID_MODEL,

    /** The payload breaks a rule, or the provider refused it. */
    INVALID_PAYLOAD,

    /** The key is missing, refused, or may not do this. */
    AUTH_FAILED,

    /** Too many requests, or the account must pause. */
    RATE_LIMITED,

    /** The account cannot pay. */
    INSUFFICIENT_CREDITS,

    /** No such task in the store, or at the provider. */
    TASK_NOT_FOUND,

    /** The provider could not be reached; of a submit, nothing was accepted. */
    NETWORK_ERROR,

    /** An answer that fits no rule. */
    UNKNOWN_ERROR,

    /** The provider could not generate it. */
    GENERATION_FAILED,

    /** The provider's content rules refused the input or the output. */
    CONTENT_REJECTED,

    /** The provider had a fault of its own. */
    UPSTREAM_ERROR,

    /** A wait reached its deadline; the task goes on. */
    WAIT_TIMEOUT,

    /** A submit may have been accepted, and its task id is not known. */
    SUBMIT_UNKNOWN,

    /** The task was cancelled or given up. */
    CANCELLED,

    /** The provider, the task's state or this client cannot do what was asked. */
    UNSUPPORTED,

    /** A contract is malformed, or a record does not belong to it. */
    INVALID_CONTRACT,

    /** The task store refused to read or write. */
    STORE_ERROR,

    /** An answer was larger than the contract's cap. */
    RESPONSE_TOO_LARGE,
    ;

    /** The word in JSON, such as `RATE_LIMITED`. */
    public val word: String get() = name
}

/** Whether money may have been spent. */
public enum class Billing(
    /** The word in JSON. */
    public val word: String,
) {
    /** No: nothing was accepted. */
    NONE("none"),

    /** Perhaps: the outcome is not known. */
    POSSIBLE("possible"),

    /** Yes: the provider accepted the task. */
    CERTAIN("certain"),
}

/** What a request is for. */
public enum class Operation(
    /** The word in JSON. */
    public val word: String,
) {
    /** A task is ordered: this one costs money, and is never sent twice. */
    SUBMIT("submit"),

    /** How a task is. */
    STATUS("status"),

    /** What a task made. */
    RESULT("result"),

    /** A task is to stop. */
    CANCEL("cancel"),

    /** The account's tasks. */
    LIST("list"),

    /** What the account holds. */
    ACCOUNT("account"),

    /** The keys that the provider publishes, to prove its callbacks. */
    KEYS("keys"),

    /** A medium is uploaded that an order needs. */
    UPLOAD("upload"),
}

/** How the body of an answer ended. */
public enum class BodyEnd(
    /** The word in JSON. */
    public val word: String,
) {
    /** It was read whole. */
    WHOLE("whole"),

    /** The connection ended before the body did. */
    TRUNCATED("truncated"),

    /** There was more than [HttpRequest.responseCap] allows. */
    TOO_LARGE("tooLarge"),
}

/** What became of a callback that was received. */
public enum class Received(
    /** The word in JSON. */
    public val word: String,
) {
    /** Its signed body said how the task is, and that is stored. */
    APPLIED("applied"),

    /** It proved that there is news; a status call says which. */
    POKE("poke"),

    /** It was taken before. */
    DUPLICATE("duplicate"),

    /** It is proven, and no task is known by it yet; it is kept for a day. */
    ORPHAN("orphan"),

    /** It contradicts what is stored; a status call says which is true. */
    CONFLICT("conflict"),

    /** It is proven, and its task is not stored here, or not any more. */
    UNKNOWN("unknown"),

    /** It proves nothing, or is none. */
    REFUSED("refused"),

    /** It could not be stored, or the keys to verify it could not be fetched; the provider is to send it again. */
    UNAVAILABLE("unavailable"),
}

/** What became of a callback that is stored. */
public enum class DeliveryOutcome(
    /** The word in JSON. */
    public val word: String,
) {
    /** Its signed body said how the task is. */
    APPLIED("applied"),

    /** It proved that there is news. */
    POKE("poke"),

    /** No task was known by it. */
    ORPHAN("orphan"),

    /** It contradicted what was stored. */
    CONFLICT("conflict"),
}

// The native library has the same names; a test compares all of them.

internal fun NativeStatus.public(): Status = Status.valueOf(name)

internal fun NativePhase.public(): Phase = Phase.valueOf(name)

internal fun Phase.native(): NativePhase = NativePhase.valueOf(name)

internal fun NativeCode.public(): ErrorCode = ErrorCode.valueOf(name)

internal fun ErrorCode.native(): NativeCode = NativeCode.valueOf(name)

internal fun NativeOperation.public(): Operation = Operation.valueOf(name)

internal fun Operation.native(): NativeOperation = NativeOperation.valueOf(name)

internal fun BodyEnd.native(): NativeEnd = NativeEnd.valueOf(name)

internal fun NativeReceived.public(): Received = Received.valueOf(name)

internal fun NativeDeliveryOutcome.public(): DeliveryOutcome = DeliveryOutcome.valueOf(name)

internal fun DeliveryOutcome.native(): NativeDeliveryOutcome = NativeDeliveryOutcome.valueOf(name)
