// A program that submits, waits or resumes, and may be killed at any moment: LIFE BASE_URL STORE.

package gentask.programs

import gentask.ApiKey
import gentask.Client
import gentask.Poll
import gentask.SqliteStore
import gentask.support.order
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

internal object Life {
    @JvmStatic
    fun main(arguments: Array<String>): Unit = runBlocking {
        val (what, url, store) = arguments
        val poll = Poll(50.milliseconds, cap = 500.milliseconds)
        val client = Client("apixo", ApiKey("a key of no value"), baseUrl = url, store = SqliteStore(store), poll = poll)
        when (what) {
            "wait" -> {
                println(client.order("[slow]", key = "k").intentId)
                client.resume()
            }
            "submit" -> println(client.order(key = "k").intentId)
            "resume" -> {
                val ended = client.resume(timeout = 60.seconds)
                println(ended.joinToString { "${it.intentId} ${it.reply.status.word} ${it.reply.errorCode}" })
                println(client.unresolved().joinToString { it.intentId })
                client.close()
            }
            // The submit is left alone, and the program ends without closing its client.
            "exit" -> {
                launch(Dispatchers.IO) { client.order(key = "k") }
                readln()
                println("leaving")
                exitProcess(0)
            }
        }
    }
}
