// A worker: it drives whatever is unfinished, and its ends are fetched and dealt with one after the other.

package gentask

import gentask.ffi.ProblemListener
import kotlinx.coroutines.CancellationException

internal suspend fun work(client: Client, onReply: ((String, Reply) -> Unit)?, onSettled: (suspend (Notice) -> Unit)?) {
    native { client.native.work(onSettled != null, onReply?.let(::OwnReplyListener), Problems) }.use { worker ->
        try {
            while (true) {
                val notice = client.noticeOf(waiting(client) { worker.next(it) } ?: return)
                var done = false
                try {
                    onSettled?.invoke(notice)
                    done = true
                } catch (cancelled: CancellationException) {
                    throw cancelled
                } catch (error: Exception) {
                    log("the end of ${notice.intentId} was not dealt with, and is told again", error)
                } finally {
                    worker.handled(notice.intentId, done)
                }
            }
        } finally {
            worker.stop()
        }
    }
}

private object Problems : ProblemListener {
    override fun onProblem(message: String) = log("the worker goes on, and tries again: $message")
}
