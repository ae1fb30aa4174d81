// A client of one provider and one account: what is called most.

package gentask

import gentask.ffi.DeliveryFilter as NativeDeliveryFilter
import kotlinx.coroutines.flow.Flow
import kotlin.time.Duration
import gentask.ffi.Client as NativeClient
import gentask.ffi.Notice as NativeNotice

/**
 * One provider and one account. It may be shared by any number of coroutines and threads; close it at the end of the program.
 *
 * ```
 * Client("apixo").use { client ->                     // key from APIXO_API_KEY, store in the platform's state directory
 *     val task = client.submit("nano-banana", mapOf("mode" to "text-to-image", "prompt" to "a sunset"), key = "order-42")
 *     val reply = task.wait(timeout = 5.minutes)        // throws GentaskException.TaskFailed and friends, each with .reply
 *     task.saveFiles(Path.of("pictures"))
 * }
 * ```
 *
 * A coroutine that is cancelled stops waiting at once. A task goes on, and can be waited for again; a submit goes on and is saved.
 *
 * Opening a client opens the store. Nothing is sent, and the key is not asked for yet.
 *
 * @param contract the provider; see the other constructor for built-in names and contract files.
 * @param apiKey the key. Default: the contract's environment variable.
 * @param account a label that keeps tasks under different keys apart. Default: `default`.
 * @param baseUrl another base URL: https, or http to this machine.
 * @param store where tasks are kept. Default: the file that `GENTASK_STORE` names, else `gentask/tasks.db` in the platform's state directory.
 * @param timeout how long a wait lasts that names none. Default: the contract's figure for the kind of task.
 * @param poll when a waiting client asks. Default: the contract's schedule.
 * @param requestTimeout how long one request may take. Default: the contract's variable, then 30 seconds.
 * @param maxReadRetries how often [getStatus], [getTask] and [account] ask again. Default: the contract's variable, then 3.
 * @param transport sends the requests. Default: HTTP/1.1 of gentask's own.
 * @param onEvent hears what happens to the client's tasks, on a thread of gentask's own. It must not wait; what it throws is logged.
 * @param onRequest sees each request before it is sent, and returns headers to add; see [OnRequest].
 * @param onResponse hears what came of each request, on a thread of gentask's own. It must not wait; what it throws is logged.
 * @param proxy the proxy for all but this machine itself: `http://host:port`, or `http://user:password@host:port`. Default: the environment's.
 * @param caCerts certificates to believe beside the platform's, in PEM or DER.
 * @param maxInFlight the most requests at once. Default: 32.
 * @param callbackSecrets secrets of your own, which make and prove the token in each callback URL. The first makes new tokens, all prove
 *   them. Default: `GENTASK_CALLBACK_SECRET`, else a random one that is kept in the store.
 * @param callbackSigning the secrets, or public keys, that the provider signs callbacks with. Default: the contract's environment variable.
 * @param callbackTolerance how far a callback's time may be from ours, both ways: from one minute to ten. Default: 5 minutes.
 * @param callbackHosts the only hosts to which a callback may go. Default: any public one.
 * @param clock the clock that tasks go by, for your own tests. Default: the machine's.
 */
public class Client(
    /** The provider's contract. */
    public val contract: Contract,
    apiKey: ApiKey? = null,
    account: String? = null,
    baseUrl: String? = null,
    store: TaskStore? = null,
    timeout: Duration? = null,
    poll: Poll? = null,
    requestTimeout: Duration? = null,
    maxReadRetries: Int? = null,
    transport: Transport? = null,
    onEvent: ((TaskEvent) -> Unit)? = null,
    onRequest: OnRequest? = null,
    onResponse: OnResponse? = null,
    proxy: String? = null,
    caCerts: List<ByteArray> = emptyList(),
    maxInFlight: Int? = null,
    callbackSecrets: List<CallbackSecret> = emptyList(),
    callbackSigning: List<CallbackSecret> = emptyList(),
    callbackTolerance: Duration? = null,
    callbackHosts: List<String> = emptyList(),
    clock: ManualClock? = null,
) : AutoCloseable {
    internal val native: NativeClient = Settings(
        contract, apiKey, account, baseUrl, store, timeout, poll, requestTimeout, maxReadRetries, transport, onEvent, onRequest,
        onResponse, proxy, caCerts, maxInFlight, callbackSecrets, callbackSigning, callbackTolerance, callbackHosts, clock,
    ).open()
    private val open = OpenClients.add(this, native)

    /**
     * The same for a provider by name: a built-in one (`apidot`, `apixo`, `aivideomaker`), or the path of a contract file, which has a slash in
     * it or ends with `.json`.
     */
    public constructor(
        provider: String,
        apiKey: ApiKey? = null,
        account: String? = null,
        baseUrl: String? = null,
        store: TaskStore? = null,
        timeout: Duration? = null,
        poll: Poll? = null,
        requestTimeout: Duration? = null,
        maxReadRetries: Int? = null,
        transport: Transport? = null,
        onEvent: ((TaskEvent) -> Unit)? = null,
        onRequest: OnRequest? = null,
        onResponse: OnResponse? = null,
        proxy: String? = null,
        caCerts: List<ByteArray> = emptyList(),
        maxInFlight: Int? = null,
        callbackSecrets: List<CallbackSecret> = emptyList(),
        callbackSigning: List<CallbackSecret> = emptyList(),
        callbackTolerance: Duration? = null,
        callbackHosts: List<String> = emptyList(),
        clock: ManualClock? = null,
    ) : this(
        Contract.of(provider), apiKey, account, baseUrl, store, timeout, poll, requestTimeout, maxReadRetries, transport, onEvent, onRequest,
        onResponse, proxy, caCerts, maxInFlight, callbackSecrets, callbackSigning, callbackTolerance, callbackHosts, clock,
    )

    /** The contract's id. */
    public val provider: String get() = contract.id

    /** The base URL, without a slash at its end. */
    public val baseUrl: String get() = native.baseUrl()

    /** The account's label. */
    public val accountLabel: String get() = native.accountLabel()

    /** Whether it was closed. */
    public val isClosed: Boolean get() = native.isClosed()

    /**
     * Submits a generation and returns once its task id is durable.
     *
     * A failure is final: nothing sends the submit later, except that one whose outcome is not known ([GentaskException.SubmitUnknown]) may
     * still turn out to have been accepted. If the coroutine is cancelled, the submit goes on and is saved; [SubmitCancelled] names it.
     *
     * @param model the model's id.
     * @param input the model's own fields: whatever JSON can hold. A `JsonObject` of kotlinx.serialization is one; [payloadOf] reads a text.
     *   A picture at hand is a [java.nio.file.Path], its bytes, or a [media].
     * @param key your own name for the job. The same key and payload are the same task, however often and from however many processes they are
     *   submitted; another payload under the same key is [GentaskException.KeyConflict]. A refusal that cost nothing does not use the key up:
     *   the same call again begins a new attempt. An accepted task does, whatever becomes of it: paying again takes a new key.
     * @param owner whose task it is, in your application's words. A key is its owner's.
     * @param callbackUrl where the provider reports the end: an https URL of a public host, whose route calls [receive]. The task's token goes
     *   into its query, or where `{token}` stands in it.
     * @param options options that the contract defines, such as `maxCredits`.
     * @param timeout how long to wait for the answer. Default: as long as it takes. [GentaskException.WaitTimeout] then names the intent, and
     *   the submit goes on and is saved.
     */
    public suspend fun submit(
        model: String,
        input: Map<String, Any?>,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
        timeout: Duration? = null,
    ): TaskHandle {
        val time = someMs(timeout, "timeout")
        val order = calculated { order(model, input, key, owner, callbackUrl, options, contract) }
        return TaskHandle(this, waiting(this) { native.submit(it, order, time) })
    }

    /** Returns the request that [submit] would send. Nothing is sent and nothing is stored. */
    public fun dryRun(
        model: String,
        input: Map<String, Any?>,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): RequestPreview {
        val order = order(model, input, key, owner, callbackUrl, options, contract)
        val request = native { native.dryRun(order) }
        return RequestPreview(request.method, request.url, request.headers.map { it.name to it.value }, request.body)
    }

    /** Checks what [submit] would check. Throws [GentaskException.InvalidModel] or [GentaskException.InvalidPayload] with all that is wrong. */
    public fun validate(
        model: String,
        input: Map<String, Any?>,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ) {
        val order = order(model, input, key, owner, callbackUrl, options, contract)
        native { native.validate(order) }
    }

    /** Returns a task by its intent's id. Throws [GentaskException.TaskNotFound] where the store has none of this provider and account. */
    public suspend fun task(intentId: String): TaskHandle {
        val name = text(intentId, "intentId")
        return TaskHandle(this, waiting(this) { native.task(it, name) })
    }

    /** Returns the task that a key names, or `null` where none does. With [owner], the key is the owner's. */
    public suspend fun find(key: String, owner: String? = null): TaskHandle? {
        val (name, whose) = text(key, "key") to someText(owner, "owner")
        return waiting(this) { native.find(it, name, whose) }?.let { TaskHandle(this, it) }
    }

    /** Returns one page of the tasks of this provider and account, oldest first where [which] says nothing else. */
    public suspend fun tasks(which: TaskFilter = TaskFilter(), limit: Int? = null, after: Cursor? = null): TaskPage {
        val query = which.query(count(limit, "limit"), after)
        return TaskPage(waiting(this) { native.tasks(it, query) })
    }

    /** Every page of the tasks of this provider and account, one after the other, of [limit] tasks each. */
    public fun pages(which: TaskFilter = TaskFilter(), limit: Int = 500): Flow<TaskPage> = pagesOf(this, which, limit)

    /** Returns the submits whose outcome is not known, oldest first: each waits for [adopt] or [discard]. */
    public suspend fun unresolved(): TaskPage = TaskPage(waiting(this) { native.unresolved(it) })

    /**
     * Drives every unfinished task to its end, at most [concurrency] at once, each for at most [timeout].
     *
     * Returns them in the order in which they ended; failures are among them. [onReply] hears each as it comes, on a thread of gentask's own; it
     * must not wait, and what it throws is logged.
     */
    public suspend fun resume(
        concurrency: Int? = null,
        timeout: Duration? = null,
        onReply: ((intentId: String, reply: Reply) -> Unit)? = null,
    ): List<Resumed> {
        val (most, time) = count(concurrency, "concurrency") to someMs(timeout, "timeout")
        val listener = onReply?.let(::OwnReplyListener)
        return waiting(this) { native.resume(it, most, time, listener) }.map { Resumed(it.intentId, Reply.of(it.reply)) }
    }

    /**
     * Drives every unfinished task to its end, new ones too, until the coroutine is cancelled or the client is closed; [resume] is for once.
     *
     * Several processes may run on one store: they share the work, and take over what a dead one has left.
     *
     * @param onReply hears how each task ended that this worker saw end, and which tasks cannot be gone on with for now, on a thread of gentask's
     *   own; it must not wait, and what it throws is logged.
     * @param onSettled hears of each ended task, one after the other, also of those that ended elsewhere or before: attach the result to a user's
     *   record there, send the mail. What it returns from is acknowledged; what it throws is logged, and it hears of the task again later. It may
     *   hear of one more than once. The store must keep notices, as the package's own do.
     */
    public suspend fun run(onReply: ((intentId: String, reply: Reply) -> Unit)? = null, onSettled: (suspend (Notice) -> Unit)? = null): Unit =
        work(this, onReply, onSettled)

    internal fun noticeOf(notice: NativeNotice): Notice = Notice(TaskRecord(notice.record), Reply.of(notice.reply), TaskHandle(this, notice.task))

    /** Gives an unresolved task the id under which you found it at the provider: one status call first. */
    public suspend fun adopt(intentId: String, taskId: String): Reply = task(intentId).adopt(taskId)

    /** Gives an unresolved task up. */
    public suspend fun discard(intentId: String): Reply = task(intentId).discard()

    /**
     * Deletes the record of one task that has ended, with what is stored beside it, and returns whether there was one. Throws
     * [GentaskException.Unsupported] for one that has not. Its key is free afterwards: whoever uses it again makes a new task, which is paid for.
     */
    public suspend fun delete(intentId: String): Boolean =
        text(intentId, "intentId").let { name -> waiting(this) { native.delete(it, name) } }

    /** Deletes the records of tasks that ended longer ago than this, and returns how many. Unfinished and unresolved ones stay. */
    public suspend fun prune(olderThan: Duration): Long {
        val time = ms(olderThan, "olderThan")
        return waiting(this) { native.prune(it, time) }.toLong()
    }

    /** Returns what the account holds. Throws [GentaskException.Unsupported] where the provider documents no such call. */
    public suspend fun account(): Balance = Balance(waiting(this) { native.account(it) })

    /** Returns the account's tasks as the provider lists them: candidates for [adopt]. */
    public suspend fun remoteTasks(): List<ListedTask> = waiting(this) { native.remoteTasks(it) }.map(::ListedTask)

    /**
     * Takes a callback as HTTP brought it, and returns what to answer: [Receipt.httpStatus], [Receipt.headers] and [Receipt.body], and nothing
     * else.
     *
     * The callback is stored, with what it changes, before this returns, and whoever waits for its task in this client is woken at once; a
     * status call that it asks for follows by itself. What is wrong with a callback is never thrown: the receipt refuses it.
     *
     * @param url as it was asked: absolute, or its path with its query.
     * @param headers by name; one that came twice has two values.
     * @param body the raw bytes, at most [MOST_BODY_BYTES]; whoever stopped reading after that passes one byte more.
     */
    public suspend fun receive(method: String, url: String, headers: Map<String, List<String>>, body: ByteArray): Receipt {
        val arrival = arrival(method, url, headers, body)
        return receiptOf(waiting(this) { native.receive(it, arrival) }, this)
    }

    /** Takes a stored callback once more, as if it came now; [dedupe] is [Delivery.dedupe]. */
    public suspend fun replay(dedupe: String): Receipt =
        text(dedupe, "dedupe").let { name -> receiptOf(waiting(this) { native.replay(it, name) }, this) }

    /** Returns the ended tasks whose end nobody has acknowledged, the oldest end first: at most [limit], and 100 where none is given. */
    public suspend fun notices(limit: Int? = null): List<Notice> {
        val most = count(limit, "limit")
        return waiting(this) { native.notices(it, most) }.map(::noticeOf)
    }

    /** Says that what follows from a task's end is done: its notice is handed out no more. Returns whether nobody had said so before. */
    public suspend fun acknowledge(intentId: String): Boolean =
        text(intentId, "intentId").let { name -> waiting(this) { native.acknowledge(it, name) } }

    /**
     * Hands each open notice to a function, and acknowledges those that it returns from. Returns how many these were.
     *
     * What the function throws leaves its notice open, to be handed out at the next call, and the others go on; then the first one is thrown,
     * with further ones as its suppressed exceptions. A cancelled coroutine ends this at once.
     */
    public suspend fun settleNotices(handler: suspend (Notice) -> Unit): Int = settle(this, handler)

    /**
     * Returns the stored callbacks of this provider and account, the newest first: for a person who looks into what came.
     *
     * They are kept for seven days, and for one where no task is known. Their bodies may hold prompts: they are for no log.
     */
    public suspend fun deliveries(
        intentId: String? = null,
        taskId: String? = null,
        outcome: DeliveryOutcome? = null,
        limit: Int? = null,
    ): List<Delivery> {
        val filter = NativeDeliveryFilter(
            null, null, null, someText(intentId, "intentId"), someText(taskId, "taskId"), outcome?.native(), null, count(limit, "limit"),
        )
        return waiting(this) { native.deliveries(it, filter) }.map(::Delivery)
    }

    /** Submits a generation. Every outcome, a mistake of yours included, is a reply; only a closed client and a cancelled coroutine throw. */
    public suspend fun createGeneration(
        model: String,
        input: Map<String, Any?>,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): Reply = created(this, Job(model, input, key, owner, callbackUrl, options))

    /** Asks how a task is, stored here or not. [model] is needed where the provider's call names it and the task is not stored. */
    public suspend fun getStatus(taskId: String, model: String? = null): Reply = asked(this, taskId, model, native::getStatus)

    /** Asks for a task's details and files. */
    public suspend fun getTask(taskId: String, model: String? = null): Reply = asked(this, taskId, model, native::getTask)

    /** Asks the provider to stop a task. */
    public suspend fun cancelTask(taskId: String, model: String? = null): Reply = asked(this, taskId, model, native::cancelTask)

    /**
     * Ends every wait of this client and lets submits and callbacks that are under way be saved. Tasks go on.
     *
     * It blocks its thread until all is saved, at most for a little longer than a request may take. In a coroutine, [closeAndJoin] suspends.
     */
    override fun close(): Unit = open.close()

    /** The same without blocking a thread. It goes on where its coroutine is cancelled. */
    public suspend fun closeAndJoin(): Unit = open.closeAndJoin()

    override fun toString(): String = "Client($provider${if (isClosed) ", closed" else ""})"
}
