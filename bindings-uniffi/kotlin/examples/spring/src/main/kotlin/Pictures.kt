// A Spring backend of a mobile app: the API key stays here. One route submits, one tells how a task is, one streams its updates, and one is called
// back by the provider. No request waits for a picture, unless its caller wants to watch.
//
// APIXO_API_KEY=... GENTASK_CALLBACK_SECRET=... PUBLIC_URL=https://app.example.com

package pictures

import gentask.Client
import gentask.GentaskException
import gentask.MOST_BODY_BYTES
import gentask.Notice
import gentask.TaskHandle
import gentask.jsonOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import org.springframework.beans.factory.DisposableBean
import org.springframework.beans.factory.annotation.Value
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.context.annotation.Bean
import org.springframework.http.HttpStatus
import org.springframework.http.MediaType
import org.springframework.http.ResponseEntity
import org.springframework.http.codec.ServerSentEvent
import org.springframework.http.server.reactive.ServerHttpRequest
import org.springframework.stereotype.Component
import org.springframework.web.bind.annotation.ExceptionHandler
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController
import org.springframework.web.server.ResponseStatusException
import kotlin.time.Duration.Companion.seconds

fun main(arguments: Array<String>) {
    runApplication<Pictures>(*arguments) { setDefaultProperties(PROPERTIES) }
}

/** A callback's body has up to 1 MiB, and gentask refuses a larger one itself. */
val PROPERTIES: Map<String, Any> = mapOf("spring.http.codecs.max-in-memory-size" to "${2 * MOST_BODY_BYTES}B")

@SpringBootApplication(proxyBeanMethods = false)
class Pictures {
    /** One client for the whole application; Spring closes it at the end. */
    @Bean(destroyMethod = "close")
    fun client(): Client = Client("apixo")

    /** Does what follows from a task's end. It is called again until it has returned once, so it must bear to be done twice. */
    @Bean
    fun told(): Told = Told(::println)
}

fun interface Told {
    fun tell(notice: Notice)
}

@RestController
class Routes(private val client: Client, @Value("\${PUBLIC_URL:}") private val publicUrl: String) {
    /** Submits. A request that its owner sends again is the same task; refused at no cost, it is tried again. */
    @PostMapping("/pictures")
    suspend fun order(
        @RequestHeader("x-user") owner: String,
        // Without a key an app that asks again after a lost answer would pay again: Spring answers 400.
        @RequestHeader("idempotency-key") key: String,
        @RequestParam prompt: String,
    ): ResponseEntity<Map<String, Any?>> {
        val payload = mapOf("mode" to "text-to-image", "prompt" to prompt)
        val url = publicUrl.ifEmpty { null }?.let { "$it/gentask" }
        val task = client.submit("nano-banana", payload, key = key, owner = owner, callbackUrl = url, timeout = 25.seconds)
        return ResponseEntity.accepted().body(mapOf("id" to task.intentId))
    }

    /** Tells its owner how a task is: one request to the provider at most, and none before it is due. */
    @GetMapping("/pictures/{id}")
    suspend fun look(@RequestHeader("x-user") owner: String, @PathVariable id: String): Map<String, Any?> {
        val reply = own(id, owner).check()
        return mapOf("status" to reply.status.word, "files" to reply.files.map { it.url }, "code" to reply.errorCode?.word)
    }

    /** Streams the updates. An app that goes away ends its own stream, never the task. */
    @GetMapping("/pictures/{id}/updates", produces = [MediaType.TEXT_EVENT_STREAM_VALUE])
    suspend fun updates(@RequestHeader("x-user") owner: String, @PathVariable id: String): Flow<ServerSentEvent<String>> =
        own(id, owner).updates(timeout = 120.seconds).map { update ->
            val told = jsonOf(mapOf("status" to update.status.word, "files" to update.files.map { it.url }))
            ServerSentEvent.builder(told).event("update").build()
        }

    /** Is called back by the provider: the raw bytes, and nothing but the receipt is answered. */
    @PostMapping("/gentask")
    suspend fun called(request: ServerHttpRequest, @RequestBody(required = false) body: ByteArray?): ResponseEntity<String> {
        val headers = request.headers.headerSet().associate { it.key to it.value }
        val receipt = client.receive(request.method.name(), request.uri.toString(), headers, body ?: ByteArray(0))
        return ResponseEntity.status(receipt.httpStatus).contentType(MediaType.TEXT_PLAIN).body(receipt.body)
    }

    /** Tells what went wrong, and whether money may have been spent. */
    @ExceptionHandler
    fun refuse(error: GentaskException): ResponseEntity<Map<String, Any?>> {
        val status = when (error) {
            is GentaskException.KeyConflict -> HttpStatus.CONFLICT
            is GentaskException.InvalidPayload -> HttpStatus.UNPROCESSABLE_CONTENT
            is GentaskException.TaskNotFound -> HttpStatus.NOT_FOUND
            // The same request after `retry-after` is a new attempt under the same key.
            is GentaskException.RateLimited -> HttpStatus.SERVICE_UNAVAILABLE
            is GentaskException.SubmitUnknown, is GentaskException.WaitTimeout -> HttpStatus.ACCEPTED
            else -> HttpStatus.BAD_GATEWAY
        }
        val answer = ResponseEntity.status(status)
        error.retryAfter?.let { answer.header("retry-after", it.inWholeSeconds.toString()) }
        return answer.body(mapOf("code" to error.code.word, "message" to error.message, "id" to error.intentId, "billing" to error.billing.word))
    }

    /** A task, where it is this owner's. Put your own authentication in place of the header: who chooses the name sees the tasks. */
    private suspend fun own(id: String, owner: String): TaskHandle =
        client.task(id).takeIf { it.record().owner == owner } ?: throw ResponseStatusException(HttpStatus.NOT_FOUND)
}

/** What goes on beside the routes: tasks that are under way, from before a restart too, and what follows from each end, whoever found it. */
@Component
class Beside(client: Client, told: Told) : DisposableBean {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    init {
        scope.launch { client.run { told.tell(it) } }
    }

    override fun destroy(): Unit = scope.cancel()
}
