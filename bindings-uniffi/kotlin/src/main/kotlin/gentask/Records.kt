// What is stored of tasks, listings of it, and what happens to tasks.

package gentask

import gentask.ffi.deliveryFromJson
import gentask.ffi.recordFromJson
import gentask.ffi.replyOfRecord
import java.time.Instant
import gentask.ffi.Cursor as NativeCursor
import gentask.ffi.Delivery as NativeDelivery
import gentask.ffi.TaskEvent as NativeEvent
import gentask.ffi.TaskPage as NativePage
import gentask.ffi.TaskRecord as NativeRecord

/** What is stored of one task. [json] is the record itself, the rest what is read most out of it. */
public class TaskRecord internal constructor(private val native: NativeRecord) {
    /** Compare-and-set counter: 1 at the first save, one more at each. */
    public val version: Long get() = native.version.toLong()

    /** The task's name in the store. */
    public val intentId: String get() = native.intentId

    /** The caller's own key. An attempt that came to nothing gives it up. */
    public val key: String? get() = native.key

    /** Whose task it is, in the application's words: see that nobody else is shown it. */
    public val owner: String? get() = native.owner

    /** The contract's id. */
    public val provider: String get() = native.provider

    /** The account's label. */
    public val account: String get() = native.account

    /** The base URL that it was made with. */
    public val baseUrl: String get() = native.baseUrl

    /** The model. */
    public val model: String get() = native.model

    /** `image`, `video`, `audio`, `model` (3D) or `unknown`. */
    public val kind: String get() = native.kind

    /** Where it is. */
    public val phase: Phase get() = native.phase.public()

    /** The status that a reply would have. */
    public val status: Status get() = native.status.public()

    /** Whether it has ended. */
    public val isTerminal: Boolean get() = native.isTerminal

    /** The provider's id of the task. */
    public val taskId: String? get() = native.taskId

    /** A second id that contradicts [taskId]: another task, perhaps paid for too. */
    public val conflictingTaskId: String? get() = native.conflictingTaskId

    /** The intent that took over this one's key, after a refusal that cost nothing. */
    public val successor: String? get() = native.successor

    /** The provider's own word for its state, as last seen. */
    public val providerState: String? get() = native.providerState

    /** Whether some attempt may have been accepted without a task id coming back. */
    public val maybeSent: Boolean get() = native.maybeSent

    /** When its next step is due: what a store may index. */
    public val dueAt: Instant? get() = native.dueAtMs?.let(::instant)

    /** When it was made: what listings are ordered by, and then by [intentId]. */
    public val createdAt: Instant get() = instant(native.createdAtMs)

    /** When it was last asked about. */
    public val checkedAt: Instant? get() = native.checkedAtMs?.let(::instant)

    /** When it ended. */
    public val finishedAt: Instant? get() = native.finishedAtMs?.let(::instant)

    /** When its record was written last. */
    public val updatedAt: Instant get() = instant(native.updatedAtMs)

    /** The record as canonical JSON: what a store keeps. It holds the prompt until the task id is known. */
    public val json: String get() = native.json

    /** How the task is, by this record alone. [raw] is its `raw` blob, where it is at hand. */
    public fun reply(raw: ByteArray? = null): Reply = native { Reply.of(replyOfRecord(json, raw)) }

    override fun equals(other: Any?): Boolean = other is TaskRecord && other.json == json

    override fun hashCode(): Int = json.hashCode()

    override fun toString(): String = "TaskRecord(intentId=$intentId, model=$model, phase=${phase.word}, taskId=$taskId)"

    public companion object {
        /** Reads a stored record. Throws [GentaskException] with everything that is wrong with it. */
        public fun fromJson(json: String): TaskRecord = native { TaskRecord(recordFromJson(text(json, "json"))) }
    }
}

/** A place in a listing: what [TaskPage.next] is, and what [Client.tasks] takes as `after`. */
public data class Cursor(
    /** The creation time of the last record before this place. */
    val createdAt: Instant,
    /** Its intent id. */
    val intentId: String,
) {
    internal constructor(cursor: NativeCursor) : this(instant(cursor.createdMs), cursor.intentId)

    internal fun native() = NativeCursor(unixMs(createdAt), text(intentId, "after"))
}

/** A record that is stored and cannot be read: a person has to look at it. */
public data class Damaged(
    /** The intent id under which it is stored. */
    val intentId: String,
    /** Why it cannot be read. */
    val reason: String,
)

/** One page of records, oldest first. */
public class TaskPage internal constructor(page: NativePage) : Iterable<TaskRecord> {
    /** Those that can be read, in order. */
    public val records: List<TaskRecord> = page.records.map(::TaskRecord)

    /** Those that cannot. */
    public val damaged: List<Damaged> = page.damaged.map { Damaged(it.intentId, it.reason) }

    /** Where the following page begins; `null` on the last one. */
    public val next: Cursor? = page.next?.let(::Cursor)

    override fun iterator(): Iterator<TaskRecord> = records.iterator()

    override fun toString(): String = "TaskPage(records=${records.size}, damaged=${damaged.size}, next=$next)"
}

/** Something that happened to a task. It may be logged: it holds no prompt, no key and no URL. */
public class TaskEvent internal constructor(
    private val native: NativeEvent,
    /** The task's record, as it was then. */
    public val record: TaskRecord,
) {
    /** A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held`, `stale`, `callback`, `callbacksMissing`. */
    public val kind: String get() = native.kind

    /** The task's name in the store. */
    public val intentId: String get() = record.intentId

    /** When it happened. */
    public val at: Instant get() = instant(native.atMs)

    /** The details. */
    public val data: Map<String, Any?> get() = Json.map(native.data)

    /** The whole event as canonical JSON. */
    public val json: String get() = native.json

    override fun toString(): String = "TaskEvent($intentId, $json)"
}

/** A callback as it is stored. */
public class Delivery internal constructor(private val native: NativeDelivery) {
    /** A short name for a person. */
    public val id: String get() = native.id

    /** The contract's id. */
    public val provider: String get() = native.provider

    /** The account's label. */
    public val account: String get() = native.account

    /** What tells it from every other one of this provider and account: the three together are unique in a store. */
    public val dedupe: String get() = native.dedupe

    /** When it came. */
    public val receivedAt: Instant get() = instant(native.receivedAtMs)

    /** Until when it is kept; then a store may delete it. */
    public val expiresAt: Instant get() = instant(native.expiresAtMs)

    /** Whether a signature covers its body. */
    public val verified: Boolean get() = native.verified

    /** What became of it. */
    public val outcome: DeliveryOutcome get() = native.outcome.public()

    /** The intent that it is about, where that is known. */
    public val intentId: String? get() = native.intentId

    /** The provider's id of the task, where its body names one. */
    public val taskId: String? get() = native.taskId

    /** Its body, as it came. It may hold a prompt: it is for a replay, and for no log. */
    public val body: ByteArray get() = native.body.copyOf()

    /** The whole delivery as canonical JSON, with the body in it: what a store keeps. */
    public val json: String get() = native.json

    override fun equals(other: Any?): Boolean = other is Delivery && other.json == json

    override fun hashCode(): Int = json.hashCode()

    override fun toString(): String = "Delivery($id, ${outcome.word}, intentId=$intentId)"

    public companion object {
        /** Reads a stored callback. Throws [GentaskException] with everything that is wrong with it. */
        public fun fromJson(json: String): Delivery = native { Delivery(deliveryFromJson(text(json, "json"))) }
    }
}
