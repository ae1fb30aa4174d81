// The four operations that never throw for an answer: every mistake of an argument is a reply, too.

package gentask

import gentask.ffi.Order
import gentask.ffi.WaitToken
import gentask.ffi.refusePayload
import gentask.ffi.refuseQuestion
import gentask.ffi.Reply as NativeReply

internal suspend fun created(client: Client, job: Job): Reply {
    val order = try {
        calculated { soundOrder(client, job) }
    } catch (mistake: GentaskException) {
        return mistake.reply
    }
    return Reply.of(waiting(client) { client.native.createGeneration(it, order) })
}

/** What crosses of a job. All that is wrong with it is thrown as a [GentaskException]. */
internal fun soundOrder(client: Client, job: Job): Order {
    val (model, input, key, owner, callbackUrl, options) = job
    val faults = halves("model" to model, "key" to key, "owner" to owner, "callbackUrl" to callbackUrl)
    if (faults.isNotEmpty()) native { refusePayload("the arguments", faults) }
    return order(model, input, key, owner, callbackUrl, options, client.contract)
}

internal suspend fun asked(
    client: Client,
    taskId: String,
    model: String?,
    ask: suspend (WaitToken, String, String?) -> NativeReply,
): Reply {
    try {
        val faults = halves("taskId" to taskId, "model" to model)
        if (faults.isNotEmpty()) native { refuseQuestion("the arguments", faults) }
    } catch (mistake: GentaskException) {
        return mistake.reply
    }
    return Reply.of(waiting(client) { ask(it, taskId, model) })
}
