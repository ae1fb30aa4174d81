// Where tasks are kept: a file, memory, or a database of your own.

package gentask

import gentask.ffi.filterDeliveries
import gentask.ffi.filterRecords
import java.nio.file.Path
import java.time.Instant
import gentask.ffi.DeliveryFilter as NativeDeliveryFilter
import gentask.ffi.MemoryStore as NativeMemory
import gentask.ffi.NoticeFilter as NativeNoticeFilter
import gentask.ffi.SqliteStore as NativeSqlite
import gentask.ffi.StoreFilter as NativeFilter

/** Where a client keeps its tasks: a [SqliteStore], a [MemoryStore], or a [Store] of your own. */
public sealed interface TaskStore

/**
 * Tasks in an SQLite file on a local disk. Any number of clients, threads and processes may have the same file open, programs in other
 * languages too.
 *
 * Opens the file, and makes it where there is none, readable by its owner only. Without a [path]: `GENTASK_STORE`, else `gentask/tasks.db` in
 * the platform's state directory. Throws [GentaskException.StoreError] where that cannot be done.
 */
public class SqliteStore(path: String? = null) : TaskStore {
    /** The same for a [Path]. */
    public constructor(path: Path) : this(path.toString())

    internal val native: NativeSqlite = native { NativeSqlite.open(someText(path, "path")) }

    /** The file, as an absolute path. */
    public val path: Path get() = Path.of(native.path())

    override fun toString(): String = "SqliteStore($path)"
}

/** Tasks in memory: forgotten with the process, and so only for tests and for tasks that may be lost. */
public class MemoryStore : TaskStore {
    internal val native: NativeMemory = native { NativeMemory() }
}

/**
 * A database of your own. Everything it keeps is text and bytes: [TaskRecord.json] under [TaskRecord.intentId], and the blobs beside it.
 *
 * Every method is atomic, also against other processes with the same database, and is called on a thread of gentask's own that may block.
 * What a method throws is a `STORE_ERROR` to whoever waits; throw a [StoreFault] to say more. What makes gentask's promises hold is [save].
 *
 * A store that is to keep callbacks and notices too is a [CallbackStore]. With any other, a submit with a `callbackUrl` is refused before
 * anything is sent, and there are no notices.
 */
public interface Store : TaskStore {
    /** Returns the record of an intent, as text; `null` where there is none. */
    public fun load(intentId: String): String?

    /** Returns the records that match, oldest first. Leave none out. */
    public fun find(by: Lookup): List<String>

    /**
     * Stores everything of a change, or nothing of it, and returns whether it did.
     *
     * It does not where the stored version is not [Change.expectedVersion] (0: nothing is stored yet), or where another record has the same
     * provider, account, owner and key. With [Change.fence] it returns only when the record would survive a loss of power.
     */
    public fun save(change: Change): Boolean

    /** Returns the records that match, by creation time and then intent id, or the newest first. [StoreFilter.apply] does all of it. */
    public fun list(filter: StoreFilter): List<String>

    /** Returns the bytes stored under this name beside a record. */
    public fun blob(intentId: String, name: String): ByteArray?

    /** Returns a value that belongs to no single task. */
    public fun meta(name: String): String?

    /** Sets such a value (with [onlyIfAbsent]: unless there is one) and returns the one that stands afterwards. */
    public fun setMeta(name: String, value: String, onlyIfAbsent: Boolean): String

    /**
     * Moves a number among these values upwards, never down, and returns the one that stands afterwards. What is not there counts as 0.
     *
     * A store that several processes share does it in one step; this default does not.
     */
    public fun raiseMeta(name: String, value: Long): Long {
        val stands = meta(name)?.toLongOrNull() ?: 0
        return if (stands >= value) stands else setMeta(name, value.toString(), onlyIfAbsent = false).toLongOrNull() ?: value
    }

    /** Hears what happens to a task, as the texts of events. */
    public fun appendEvents(intentId: String, events: List<String>) {}

    /** Deletes these records with all that belongs to them, and returns how many there were. One that has not ended stays. For [Client.prune]. */
    public fun delete(intentIds: List<String>): Long = throw StoreFault(StoreFault.Kind.MISUSE, "this store deletes nothing")
}

/**
 * A store that keeps callbacks and notices too.
 *
 * A callback is stored under its `provider`, `account` and `dedupe`, which are unique together; everything else of it is [Delivery.json].
 * One whose [Delivery.expiresAt] is over counts as not stored, and may be deleted. [save] stores [Change.delivery] and [Change.notice] too.
 */
public interface CallbackStore : Store {
    /** Stores a callback where none of its name is stored, and returns whether that was so. */
    public fun remember(delivery: Delivery): Boolean

    /** Returns the callbacks that match, the newest first. [DeliveryFilter.apply] does all of it. */
    public fun deliveries(filter: DeliveryFilter): List<String>

    /** Returns the records whose notice is open and that match, the oldest notice first. */
    public fun notices(filter: NoticeFilter): List<String>

    /** Closes an intent's notice, and returns whether it was open. Keep it: it is not stored again. */
    public fun acknowledge(intentId: String, at: Instant): Boolean
}

/** What a [Store] stores in one transaction. */
public class Change internal constructor(
    /** The record. */
    public val record: TaskRecord,
    /** The blobs that change beside it, by name; `null` deletes one. */
    public val blobs: Map<String, ByteArray?>,
    /** The version that must be stored now; 0: none. */
    public val expectedVersion: Long,
    /** Whether it must survive a loss of power before [Store.save] returns. */
    public val fence: Boolean,
    /** The callback that brought the change. One that is stored already, as anything but an orphan, is a conflict: store nothing. */
    public val delivery: Delivery?,
    /** Whether the task has ended: store a notice for its intent, unless there is one, open or acknowledged. */
    public val notice: Boolean,
)

/** Which records a [Store] looks for. */
public sealed interface Lookup {
    /** Tasks with this id at the provider, under any account. */
    public data class TaskId(
        /** The contract's id. */
        val provider: String,
        /** The provider's id of the task. */
        val taskId: String,
    ) : Lookup

    /** The task with this key of the caller's: one at most. */
    public data class CallerKey(
        /** The contract's id. */
        val provider: String,
        /** The account's label. */
        val account: String,
        /** The owner; `null` matches only tasks without one. */
        val owner: String?,
        /** The caller's key. */
        val key: String,
    ) : Lookup
}

/** Which records a listing of a [Store] contains. What is `null` does not restrict it. */
public class StoreFilter internal constructor(private val native: NativeFilter) {
    /** The contract's id. */
    public val provider: String? get() = native.provider

    /** The account's label. */
    public val account: String? get() = native.account

    /** The owner. */
    public val owner: String? get() = native.owner

    /** Any of these phases. */
    public val phases: List<Phase>? get() = native.phases?.map { it.public() }

    /** Where phases are named: also tasks of any other phase that a second task id contradicts. */
    public val orConflicting: Boolean get() = native.orConflicting

    /** Only tasks that have not ended. */
    public val unfinished: Boolean get() = native.unfinished

    /** Only tasks whose next step was set for a time before this one. */
    public val dueBefore: Instant? get() = native.dueBeforeMs?.let(::instant)

    /** Only tasks created at this time or later. */
    public val createdFrom: Instant? get() = native.createdFromMs?.let(::instant)

    /** Only tasks created before this time. */
    public val createdBefore: Instant? get() = native.createdBeforeMs?.let(::instant)

    /** Whether the newest come first; [after] is a place in that order then. */
    public val newestFirst: Boolean get() = native.newestFirst

    /** At most this many. */
    public val limit: Long? get() = native.limit?.toLong()

    /** Only what comes after this place. */
    public val after: Cursor? get() = native.after?.let(::Cursor)

    /** Returns those of the records that match, in order and no more than asked for: all that a small store's `list` has to do. */
    public fun apply(records: Iterable<String>): List<String> = native { filterRecords(native, records.toList()) }
}

/** Which stored callbacks are looked for. What is `null` does not restrict it. */
public class DeliveryFilter internal constructor(private val native: NativeDeliveryFilter) {
    /** The contract's id. */
    public val provider: String? get() = native.provider

    /** The account's label. */
    public val account: String? get() = native.account

    /** One delivery. */
    public val dedupe: String? get() = native.dedupe

    /** Those about this intent. */
    public val intentId: String? get() = native.intentId

    /** Those that name this task of the provider's. */
    public val taskId: String? get() = native.taskId

    /** Those that ended so. */
    public val outcome: DeliveryOutcome? get() = native.outcome?.public()

    /** Only what is kept beyond this time. */
    public val keptAt: Instant? get() = native.keptAtMs?.let(::instant)

    /** At most this many. */
    public val limit: Long? get() = native.limit?.toLong()

    /** Returns those of the stored callbacks that match, the newest first and no more than asked for. */
    public fun apply(deliveries: Iterable<String>): List<String> = native { filterDeliveries(native, deliveries.toList()) }
}

/** Which notices are looked for: of ended tasks whose end nobody has acknowledged. */
public class NoticeFilter internal constructor(private val native: NativeNoticeFilter) {
    /** The contract's id. */
    public val provider: String? get() = native.provider

    /** The account's label. */
    public val account: String? get() = native.account

    /** At most this many, the oldest first. */
    public val limit: Long? get() = native.limit?.toLong()
}

/** A [Store] refused to read or write. The message may be shown: it holds no prompt and no key. */
public class StoreFault(
    /** What kind of refusal it is. */
    public val kind: Kind,
    message: String,
    cause: Throwable? = null,
) : RuntimeException(message, cause) {
    /** What kind of refusal it is. */
    public enum class Kind {
        /** Somebody else has it locked. */
        LOCKED,

        /** It cannot be written. */
        READ_ONLY,

        /** What is stored cannot be read. */
        CORRUPT,

        /** It is of a newer version. */
        NEWER,

        /** There is no room. */
        FULL,

        /** It is something else's. */
        FOREIGN,

        /** Reading or writing failed. */
        IO,

        /** It was used in a way that it does not support. */
        MISUSE,
    }
}
