// A Ktor backend of a mobile app: the API key stays here. One route submits, one tells how a task is, one streams its updates, and one is called
// back by the provider. No request waits for a picture, unless its caller wants to watch.
//
// APIXO_API_KEY=... GENTASK_CALLBACK_SECRET=... PUBLIC_URL=https://app.example.com

import gentask.Client
import gentask.GentaskException
import gentask.MOST_BODY_BYTES
import gentask.Notice
import gentask.TaskHandle
import gentask.jsonOf
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.ApplicationStopping
import io.ktor.server.application.install
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.plugins.statuspages.StatusPages
import io.ktor.server.request.httpMethod
import io.ktor.server.request.receiveChannel
import io.ktor.server.request.uri
import io.ktor.server.response.header
import io.ktor.server.response.respondText
import io.ktor.server.routing.RoutingContext
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.server.sse.SSE
import io.ktor.server.sse.sse
import io.ktor.sse.ServerSentEvent
import io.ktor.util.toMap
import io.ktor.utils.io.readRemaining
import kotlinx.coroutines.launch
import kotlinx.io.readByteArray
import kotlin.time.Duration.Companion.seconds

fun main() {
    val client = Client("apixo")
    embeddedServer(Netty, port = 8080) { pictures(client, System.getenv("PUBLIC_URL")) }.start(wait = true)
}

/** The routes. [publicUrl] is where the provider reaches this server; without it tasks are polled. */
fun Application.pictures(client: Client, publicUrl: String?, tell: suspend (Notice) -> Unit = ::println) {
    install(SSE)
    install(StatusPages) { exception<GentaskException> { call, error -> refuse(call, error) } }
    routing {
        // A request that its owner sends again is the same task; refused at no cost, it is tried again.
        post("/pictures") {
            val payload = mapOf("mode" to "text-to-image", "prompt" to call.parameters["prompt"])
            // Without a key an app that asks again after a lost answer would pay again.
            val key = call.request.headers["idempotency-key"] ?: return@post json(HttpStatusCode.BadRequest, mapOf("missing" to "idempotency-key"))
            val url = publicUrl?.let { "$it/gentask" }
            val task = client.submit("nano-banana", payload, key = key, owner = owner(), callbackUrl = url, timeout = 25.seconds)
            json(HttpStatusCode.Accepted, mapOf("id" to task.intentId))
        }
        // One request to the provider at most, and none before it is due.
        get("/pictures/{id}") {
            val task = own(client, call.parameters["id"], owner()) ?: return@get json(HttpStatusCode.NotFound, emptyMap())
            val reply = task.check()
            json(HttpStatusCode.OK, mapOf("status" to reply.status.word, "files" to reply.files.map { it.url }, "code" to reply.errorCode?.word))
        }
        // An app that goes away ends its own stream, never the task.
        sse("/pictures/{id}/updates") {
            val task = own(client, call.parameters["id"], call.request.headers["x-user"]) ?: return@sse
            task.updates(timeout = 120.seconds).collect { update ->
                val files = update.files.map { it.url }
                send(ServerSentEvent(jsonOf(mapOf("status" to update.status.word, "files" to files)), event = "update"))
            }
        }
        // The raw bytes, and of a body that is too large one byte more than is taken.
        post("/gentask") {
            val body = call.receiveChannel().readRemaining(MOST_BODY_BYTES + 1L).readByteArray()
            val receipt = client.receive(call.request.httpMethod.value, call.request.uri, call.request.headers.toMap(), body)
            call.respondText(receipt.body, ContentType.Text.Plain, HttpStatusCode.fromValue(receipt.httpStatus))
        }
    }
    // What is under way goes on, after a restart too, and what follows from each end is done, whoever found it.
    launch { client.run(onSettled = tell) }
    monitor.subscribe(ApplicationStopping) { client.close() }
}

/** Whose request it is. Put your own authentication here: who chooses the name sees the tasks. */
private fun RoutingContext.owner(): String = call.request.headers["x-user"] ?: throw IllegalArgumentException("who are you?")

/** A task, where it is this owner's. */
private suspend fun own(client: Client, id: String?, owner: String?): TaskHandle? =
    client.task(id.orEmpty()).takeIf { owner != null && it.record().owner == owner }

private suspend fun RoutingContext.json(status: HttpStatusCode, body: Map<String, Any?>) =
    call.respondText(jsonOf(body), ContentType.Application.Json, status)

/** Tells what went wrong, and whether money may have been spent. */
private suspend fun refuse(call: ApplicationCall, error: GentaskException) {
    val status = when (error) {
        is GentaskException.KeyConflict -> HttpStatusCode.Conflict
        is GentaskException.InvalidPayload -> HttpStatusCode.UnprocessableEntity
        is GentaskException.TaskNotFound -> HttpStatusCode.NotFound
        // The same request after `retry-after` is a new attempt under the same key.
        is GentaskException.RateLimited -> HttpStatusCode.ServiceUnavailable
        is GentaskException.SubmitUnknown, is GentaskException.WaitTimeout -> HttpStatusCode.Accepted
        else -> HttpStatusCode.BadGateway
    }
    error.retryAfter?.let { call.response.header(HttpHeaders.RetryAfter, it.inWholeSeconds) }
    val told = mapOf("code" to error.code.word, "message" to error.message, "id" to error.intentId, "billing" to error.billing.word)
    call.respondText(jsonOf(told), ContentType.Application.Json, status)
}
