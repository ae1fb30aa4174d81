// Many generations at once: so many at a time, each under a key of its own, told as they come. One that fails does not end the rest.

package gentask

import gentask.ffi.Order
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlin.time.Duration

/** One generation of many: what [Client.submit] takes. */
public data class Job(
    /** The model's id. */
    val model: String,
    /** The model's own fields. */
    val input: Map<String, Any?>,
    /** The job's own key. Default: one that is made of the whole batch's and of what is ordered. */
    val key: String? = null,
    /** Whose task it is. */
    val owner: String? = null,
    /** Where the provider reports the end. */
    val callbackUrl: String? = null,
    /** Options that the contract defines. */
    val options: Map<String, Any?>? = null,
) {
    /** The model alone: the rest may hold a prompt. */
    override fun toString(): String = "Job($model)"
}

/** What became of one job. */
public class Ordered internal constructor(
    /** Which one it was, counted from 0. */
    public val index: Int,
    /** Its key: submitted again under it, it is the same task. `null` only where the job was refused before it had one. */
    public val key: String?,
    /** How its task is, a success or not, or why there is none. */
    public val reply: Reply,
    /** Its task; `null` where none is stored. */
    public val task: TaskHandle?,
) {
    override fun toString(): String = "Ordered(index=$index, status=${reply.status.word}, intentId=${task?.intentId})"
}

/**
 * Submits jobs and emits what became of each, in the order in which that is known.
 *
 * A job is taken only when there is a place for it, so there may be any number of them. No failure of one is thrown: its [Ordered.reply] has the
 * code, and the others go on. A batch that is begun again under the same keys posts nothing twice and tells everything again.
 *
 * A key that is made of [key] names what is ordered (model, input, options), and not its place: a batch that is begun again with more jobs, or in
 * another sequence, posts the new ones only. Media are part of it, so such a job is read before the next one is taken.
 *
 * A job without a key, its own or the batch's, ends the flow with an [IllegalArgumentException], and so does one whose key is that of a job of the
 * same owner before it. So does whatever [jobs] throws; what is under way is told first. Whoever stops collecting leaves the tasks as they are: a
 * submit that was sent is saved.
 *
 * @param key the whole batch's: a job without one of its own has this one with 16 hex digits behind a slash, such as
 *   `album-7/aab195068b48139e`; of jobs that are alike, the second has `/2` behind that, the third `/3`.
 * @param concurrency how many jobs are under way at once, each until its outcome is taken.
 * @param wait whether each task is waited for, or only submitted.
 * @param timeout how long each task is waited for. Default: the client's, then the contract's figure for the kind of task.
 */
public fun Client.submitMany(
    jobs: Flow<Job>,
    key: String? = null,
    concurrency: Int = 32,
    wait: Boolean = true,
    timeout: Duration? = null,
): Flow<Ordered> {
    count(concurrency, "concurrency")
    someMs(timeout, "timeout")
    someText(key, "key")
    return channelFlow {
        val (places, keys) = Semaphore(concurrency) to BatchKeys(key)
        var ended: Throwable? = null
        coroutineScope {
            var begun = 0
            places.acquire()
            try {
                jobs.collect { job ->
                    val index = begun++
                    val own = keys.own(index, job)
                    val reading = async { refusable { soundOrder(this@submitMany, job) } }
                    // What has a key of its own is read beside the others.
                    val made = if (own == null) keys.made(index, reading.await()) else null
                    launch {
                        val order = made ?: reading.await()
                        val (reply, task) = outcome(this@submitMany, order, wait, timeout)
                        send(Ordered(index, own ?: order.getOrNull()?.key, reply, task))
                        places.release()
                    }
                    places.acquire()
                }
            } catch (thrown: Throwable) {
                ensureActive()
                ended = thrown
            }
        }
        ended?.let { throw it }
    }.buffer(Channel.RENDEZVOUS)
}

/** The same for jobs that are at hand, or that are made one after the other. */
public fun Client.submitMany(
    jobs: Iterable<Job>,
    key: String? = null,
    concurrency: Int = 32,
    wait: Boolean = true,
    timeout: Duration? = null,
): Flow<Ordered> = submitMany(jobs.asFlow(), key, concurrency, wait, timeout)

private suspend fun outcome(client: Client, order: Result<Order>, wait: Boolean, timeout: Duration?): Pair<Reply, TaskHandle?> {
    val task = try {
        val sound = order.getOrThrow()
        TaskHandle(client, waiting(client) { client.native.submit(it, sound, null) })
    } catch (failed: GentaskException) {
        return failed.reply to failed.intentId?.let { stored(client, it) }
    }
    val reply = try {
        if (wait) task.wait(timeout) else task.reply()
    } catch (failed: GentaskException) {
        failed.reply
    }
    return reply to task
}

/** The task that a failed submit is about, where it is stored. */
private suspend fun stored(client: Client, intentId: String): TaskHandle? = try {
    client.task(intentId)
} catch (_: GentaskException) {
    null
}
