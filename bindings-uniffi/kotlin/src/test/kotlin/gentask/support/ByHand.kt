// A provider that a test plays by hand, over real HTTP on this machine: it counts what arrives, and answers when and what the test says.

package gentask.support

import java.io.BufferedInputStream
import java.io.InputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** A port where nobody listens: below those that the system hands out, so that no test beside this one can be given it. */
internal const val CLOSED_PORT = 2

/** A request that arrived whole. */
internal class Arrived(val head: String, val body: String) {
    val method: String get() = head.substringBefore(' ')
    val headers: Map<String, String>
        get() = head.lines().drop(1).filter { ':' in it }.associate { it.substringBefore(':').lowercase() to it.substringAfter(':').trim() }
}

/** Answers every request with what [answer] gives for it; `null` closes the connection without an answer. */
internal class ByHand(private val answer: (Arrived) -> String?) : AutoCloseable {
    val requests = CopyOnWriteArrayList<Arrived>()
    private val server = ServerSocket(0, 200, InetAddress.getLoopbackAddress())
    private val held = CountDownLatch(1)
    @Volatile private var isHeld = false
    val url: String = "http://127.0.0.1:${server.localPort}"

    /** How many submits arrived. */
    val posts: Int get() = requests.count { it.method == "POST" }

    init {
        Thread { accept() }.apply { isDaemon = true }.start()
    }

    /** From now on no request is answered until [letGo]. */
    fun hold() {
        isHeld = true
    }

    fun letGo() = held.countDown()

    private fun accept() {
        while (true) {
            val socket = try {
                server.accept()
            } catch (_: Exception) {
                return
            }
            Thread { serve(socket) }.apply { isDaemon = true }.start()
        }
    }

    private fun serve(socket: Socket) = socket.use {
        try {
            val request = read(BufferedInputStream(socket.getInputStream())) ?: return@use
            requests += request
            if (isHeld) held.await(60, TimeUnit.SECONDS)
            answer(request)?.let { socket.getOutputStream().apply { write(it.encodeToByteArray()) }.flush() }
        } catch (_: Exception) {
            // The other side has gone.
        }
    }

    private fun read(stream: InputStream): Arrived? {
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) head.append(stream.read().also { if (it < 0) return null }.toChar())
        val request = Arrived(head.trim().toString(), "")
        val length = request.headers["content-length"]?.toInt() ?: 0
        return Arrived(request.head, stream.readNBytes(length).decodeToString())
    }

    override fun close() {
        letGo()
        server.close()
    }

    companion object {
        fun json(body: String, status: String = "200 OK", headers: String = ""): String =
            "HTTP/1.1 $status\r\ncontent-type: application/json\r\n${headers}" +
                "content-length: ${body.encodeToByteArray().size}\r\nconnection: close\r\n\r\n$body"

        /** APIXO's answer to a submit. */
        fun accepted(taskId: String): String = json("{\"code\":200,\"message\":\"success\",\"data\":{\"taskId\":\"$taskId\"}}")

        /** APIXO's answer to a question. */
        fun state(taskId: String, state: String): String =
            json("{\"code\":200,\"message\":\"success\",\"data\":{\"taskId\":\"$taskId\",\"state\":\"$state\"}}")
    }
}
