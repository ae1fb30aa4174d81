// What a careful person would write without gentask: `java.net.http.HttpClient`, a gate, and the same poll schedule. It stores nothing.

import gentask.payloadOf
import gentask.jsonOf
import gentask.sansio.PollSchedule
import gentask.sansio.nextPoll
import kotlinx.coroutines.delay
import kotlinx.coroutines.future.await
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration

/** The client's own default. */
private const val GATE = 32

internal class Plain(private val base: String) {
    private val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(30)).build()
    private val gate = Semaphore(GATE)

    /** As in the client, no more submits stand before the gate than it lets through: so both sides poll equally often. */
    private val submitting = Semaphore(GATE)
    private val schedule = PollSchedule(firstMs = 500, everyMs = 500, factorPct = 150, capMs = 2_000, minIntervalMs = 0)

    suspend fun task(number: Int): Boolean {
        val body = jsonOf(mapOf("request_type" to "async", "input" to INPUT))
        val post = request("generateTask/$MODEL").header("content-type", "application/json").POST(BodyPublishers.ofString(body))
        val id = submitting.withPermit { data(post)["taskId"] }
        val accepted = System.nanoTime()
        while (true) {
            delay(nextPoll(schedule, (System.nanoTime() - accepted) / 1_000_000, number.toULong()))
            when (data(request("statusTask/$MODEL?taskId=$id"))["state"]) {
                "success" -> return true
                "failed" -> return false
            }
        }
    }

    private fun request(path: String): HttpRequest.Builder = HttpRequest.newBuilder(URI("$base/api/v1/$path"))
        .header("authorization", "Bearer $KEY").header("accept", "application/json").timeout(Duration.ofSeconds(30))

    private suspend fun data(request: HttpRequest.Builder): Map<*, *> {
        val answer = gate.withPermit { http.sendAsync(request.build(), BodyHandlers.ofString()).await() }
        return payloadOf(answer.body())["data"] as Map<*, *>
    }
}
