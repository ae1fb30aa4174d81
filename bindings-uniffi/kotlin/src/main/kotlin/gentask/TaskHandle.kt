// One task of a client.

package gentask

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.nio.file.Path
import kotlin.time.Duration
import gentask.ffi.Saving as NativeSaving
import gentask.ffi.Task as NativeTask

/** A task that is stored. It holds no lock and no connection: everything it does starts from the store. */
public class TaskHandle internal constructor(private val client: Client, private val native: NativeTask) {
    /** The task's name in the store: what [Client.task] takes, in this process or another. */
    public val intentId: String get() = native.intentId()

    /** The provider's id of the task, where it was known when the handle was made. */
    public val taskId: String? get() = native.taskId()

    /** The model. */
    public val model: String get() = native.model()

    /** The contract's id. */
    public val provider: String get() = client.provider

    /** Returns the record as it is stored now. */
    public suspend fun record(): TaskRecord = TaskRecord(waiting(client) { native.record(it) })

    /** Returns how the task is, by its record alone; nothing is sent. */
    public suspend fun reply(): Reply = Reply.of(waiting(client) { native.reply(it) })

    /**
     * Makes at most one request and saves its answer: for cron jobs, queues and request handlers.
     *
     * Before the task is due it sends nothing, unless [force] asks for it. Returns how the task is; never throws for its failure.
     */
    public suspend fun check(force: Boolean = false): Reply = Reply.of(waiting(client) { native.check(it, force) })

    /**
     * Waits for the task's end and returns its success; everything else is thrown as a [GentaskException] with the reply.
     *
     * Cancel the coroutine to stop waiting: it stops at once, and the task goes on.
     *
     * @param timeout how long. Default: the client's, then the contract's figure for the kind of task. [GentaskException.WaitTimeout] leaves the
     *   task running.
     * @param onUpdate hears each change on the way, in this coroutine; what it throws ends the wait, not the task.
     */
    public suspend fun wait(timeout: Duration? = null, onUpdate: (suspend (Reply) -> Unit)? = null): Reply {
        if (onUpdate == null) {
            val time = someMs(timeout, "timeout")
            return Reply.of(waiting(client) { native.wait(it, time, null) })
        }
        var last: Reply? = null
        updates(timeout).collect {
            last = it
            onUpdate(it)
        }
        // There is always a last one; were there none, the record says how the task is.
        return (last ?: reply()).orThrow()
    }

    /**
     * Waits like [wait], and emits how the task is and each change on the way.
     *
     * The last one is the end of the task, or of the wait (its code is then [ErrorCode.WAIT_TIMEOUT]); nothing is thrown for it. Each collector
     * waits for itself; one that stops collecting stops waiting.
     */
    public fun updates(timeout: Duration? = null): Flow<Reply> {
        val time = someMs(timeout, "timeout")
        return flow {
            val updates = waiting(client) { native.updates(it, time) }
            try {
                while (true) emit(Reply.of(waiting(client) { updates.next(it) } ?: break))
            } finally {
                updates.stop()
                updates.close()
            }
        }
    }

    /**
     * Asks the provider to stop the task, and waits until it is known what became of it.
     *
     * Throws [GentaskException.Unsupported] where the provider cannot, or would not; a task that ended first keeps its end.
     */
    public suspend fun cancel(): Reply = Reply.of(waiting(client) { native.cancel(it) })

    /** Gives an unresolved task the id under which you found it at the provider. */
    public suspend fun adopt(taskId: String): Reply {
        val id = text(taskId, "taskId")
        return Reply.of(waiting(client) { native.adopt(it, id) })
    }

    /** Gives an unresolved task up. */
    public suspend fun discard(): Reply = Reply.of(waiting(client) { native.discard(it) })

    /**
     * Fetches the result files into a directory, under names of their own, and notes in the record where they are.
     *
     * The directory is made where it is missing; one that is missing and named like a file (`picture.png`) is refused, since that is what [saveAs] takes.
     * Files that were saved before and are still there are not fetched again. Result URLs expire: save files when the task ends.
     *
     * @param receipt [FileReceipt.SIDECAR] writes `NAME.receipt.json` beside each file, which says which task it came from.
     */
    public suspend fun saveFiles(directory: Path, receipt: FileReceipt? = null): List<SavedFile> {
        val folder = text(directory.toString(), "directory")
        return waiting(client) { native.saveFiles(it, folder, saving(receipt)) }.map(::SavedFile)
    }

    /** The same for the file with this [ResultFile.index]; `null` where there is none. */
    public suspend fun saveFile(index: Int, directory: Path, receipt: FileReceipt? = null): SavedFile? {
        val number = place(index)
        val folder = text(directory.toString(), "directory")
        return waiting(client) { native.saveFile(it, number, folder, saving(receipt)) }?.let(::SavedFile)
    }

    /**
     * Fetches one result file to exactly this path, whatever its ending, and notes in the record where it is. Directories above it are made.
     *
     * Another file that is there stays, and is a [GentaskException.StoreError], unless [overwrite]; one with the same bytes is the file. Throws
     * [GentaskException.Unsupported] where the task has no file with this [index].
     */
    public suspend fun saveAs(path: Path, index: Int = 0, overwrite: Boolean = false, receipt: FileReceipt? = null): SavedFile {
        val number = place(index)
        val name = text(path.toString(), "path")
        return SavedFile(waiting(client) { native.saveAs(it, number, name, saving(receipt, overwrite)) })
    }

    /**
     * Returns the bytes of one result file, fetched by the rules by which files are saved. One of more than [maxBytes] (default: 64 MiB) is a
     * [GentaskException.ResponseTooLarge]. Nothing is noted in the record.
     */
    public suspend fun readFile(index: Int = 0, maxBytes: Long? = null): ByteArray {
        require(maxBytes == null || maxBytes >= 0) { "maxBytes must not be negative, and is $maxBytes" }
        val number = place(index)
        return waiting(client) { native.readFile(it, number, maxBytes?.toULong()) }
    }

    /**
     * Emits the bytes of one result file, piece by piece as they come, by the rules by which files are saved.
     *
     * Whatever fails, an early end too, is thrown in its place: only with its end is the file whole. Each collector fetches the file for itself, and one
     * that stops collecting leaves it.
     */
    public fun streamFile(index: Int = 0): Flow<ByteArray> {
        val number = place(index)
        return flow {
            val stream = waiting(client) { native.streamFile(it, number) }
            try {
                while (true) emit(waiting(client) { stream.next(it) } ?: break)
            } finally {
                stream.stop()
                stream.close()
            }
        }
    }

    override fun toString(): String = "TaskHandle(intentId=$intentId, taskId=$taskId, model=$model)"
}

private fun saving(receipt: FileReceipt?, overwrite: Boolean = false) = NativeSaving(receipt?.native, overwrite)

private fun place(index: Int): ULong {
    require(index >= 0) { "index must not be negative, and is $index" }
    return index.toULong()
}
