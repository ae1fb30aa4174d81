// The keys of one batch: each names one job of one owner, wherever in the batch it stands.

package gentask

import gentask.ffi.Order
import gentask.ffi.batchKey

/** Asked about one job after the other, in their order. */
internal class BatchKeys(private val batch: String?) {
    /** Which job has a key of this owner. */
    private val holders = HashMap<Pair<String?, String>, Int>()

    /** How often a key of this owner was made. */
    private val made = HashMap<Pair<String?, String>, Int>()

    /** The key that a job has of its own; `null`: one is to be made. Refuses the job where none can be, and where another has it. */
    fun own(index: Int, job: Job): String? {
        val key = job.key
        if (key != null) return held(index, job.owner, key)
        return if (batch != null) null else throw IllegalArgumentException("job $index $KEYLESS")
    }

    /** The order under a key that is made of it, with the media that were read into it. */
    suspend fun made(index: Int, order: Result<Order>): Result<Order> {
        val plain = order.getOrElse { return order }
        val first = refusable { of(plain, 1) }.getOrElse { return Result.failure(it) }
        val nth = made.merge(plain.owner to first, 1, Int::plus)!!
        val key = if (nth == 1) first else calculated { of(plain, nth) }
        return Result.success(plain.copy(key = held(index, plain.owner, key)))
    }

    private fun of(order: Order, nth: Int): String = native { batchKey(batch!!, order.model, order.input, order.options, nth.toULong()) }

    private fun held(index: Int, owner: String?, key: String): String {
        val other = holders.putIfAbsent(owner to key, index) ?: return key
        throw IllegalArgumentException("job $index has the key ${whole(key)} of job $other: a key names one job")
    }
}

/** Makes what a call takes; all that is wrong with it is the result's failure, a [GentaskException]. */
internal suspend fun <T> refusable(make: () -> T): Result<T> = try {
    Result.success(calculated(make))
} catch (refused: GentaskException) {
    Result.failure(refused)
}

private const val KEYLESS =
    "has no key: give `key` for the whole batch, or a key to each job, so that a batch that is begun again pays nothing twice"
