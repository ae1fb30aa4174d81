// One task alone, as a state machine: it decides, and whoever drives it performs.

package gentask.sansio

import gentask.Contract
import gentask.ErrorCode
import gentask.Json
import gentask.Reply
import gentask.TaskRecord
import gentask.jsonOf
import gentask.native
import gentask.order
import gentask.public
import gentask.text
import gentask.ffi.Pacer as NativePacer
import gentask.ffi.TaskMachine as NativeMachine

/** When requests of one process may go out, per base URL and account; shared by all machines of the process. */
public class Pacer {
    internal val native: NativePacer = native { NativePacer() }

    /** The whole account was asked to pause until this time, in Unix milliseconds. */
    public fun hold(contract: Contract, baseUrl: String, account: String, untilMs: Long): Unit =
        native { native.hold(contract.native, text(baseUrl, "baseUrl"), text(account, "account"), time(untilMs)) }

    /** Until when the whole account is asked to pause, in Unix milliseconds; a time that is over, or 0, where it is not. */
    public fun heldUntil(contract: Contract, baseUrl: String, account: String): Long =
        native { native.heldUntil(contract.native, text(baseUrl, "baseUrl"), text(account, "account")) }.toLong()
}

/**
 * One task alone, without keys, listings and shared pauses. Inputs and outputs are in the wire form that all languages share; times are Unix
 * milliseconds. The loop:
 *
 * 1. [prepare] a generation, or [resume] a stored record.
 * 2. Sleep until [pollTimeout], then `step({"kind": "timeout"}, ...)`.
 * 3. Perform the outputs in order: `save` (with compare-and-set; durably, where `fence` is set, before anything else), `event`, `transmit` (send
 *    it, then step `response` or `undelivered` with the request's id), `yield` (this wait has ended), `finished` (the task has).
 * 4. Go on at 2.
 *
 * If an output cannot be performed, drop the rest and the machine: the record has everything. On a conflict: load, resume, and step the same
 * input again. The credential never enters a machine: a request says `auth: true`, and whoever sends it adds the key, to the base URL's own
 * origin only.
 */
public class Machine private constructor(private val native: NativeMachine) {
    /** Takes what happened, and says what to do next, in order. What is thrown leaves the machine as it was. */
    public fun step(input: Map<String, Any?>, nowMs: Long, pacer: Pacer): List<Map<String, Any?>> {
        val outputs = native { native.step(jsonOf(input), time(nowMs), pacer.native) }
        @Suppress("UNCHECKED_CAST")
        return Json.read(outputs) as List<Map<String, Any?>>
    }

    /** When to step `{"kind": "timeout"}`, in Unix milliseconds. */
    public val pollTimeout: Long get() = native { native.pollTimeout() }.coerceAtMost(Long.MAX_VALUE.toULong()).toLong()

    /** The record as it is now. */
    public fun record(): TaskRecord = TaskRecord(native { native.record() })

    /** How the task is. */
    public fun reply(): Reply = Reply.of(native { native.reply() })

    /** The answer to a question: how the task is, or why that could not be read. */
    public fun answer(): Reply = Reply.of(native { native.answer() })

    /** The code of why the last read brought nothing; `null` once one did. */
    public val lastFault: ErrorCode? get() = native { native.lastFault() }?.public()

    /** The submit as it would go out, without the credential; `null` once it is no longer needed. */
    public fun preview(): Map<String, Any?>? = native { native.preview() }?.let { Json.map(it) }

    /**
     * What the record of the caller's key means for this prepared submit, given as it was prepared. [heldMs]: until when the account is asked to
     * pause.
     *
     * `{"use": "same"}`: that task is the caller's; `conflict`: another job has the key, as the `reply` says; `wait`: a pause is not over, as the
     * `reply` says; `free`: save this `record`, then begin.
     */
    public fun keyUse(
        record: TaskRecord,
        model: String,
        input: Map<String, Any?>,
        heldMs: Long,
        nowMs: Long,
        key: String? = null,
        owner: String? = null,
        callbackUrl: String? = null,
        options: Map<String, Any?>? = null,
    ): Map<String, Any?> {
        val order = order(model, input, key, owner, callbackUrl, options)
        return Json.map(native { native.keyUse(record.json, order, time(heldMs), time(nowMs)) })
    }

    /** Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended. */
    public fun release(pacer: Pacer): Unit = native { native.release(pacer.native) }

    /** Makes machines. */
    public companion object {
        /** Checks a generation and prepares its task. [entropy] is 32 random bytes. */
        public fun prepare(
            contract: Contract,
            model: String,
            input: Map<String, Any?>,
            entropy: ByteArray,
            nowMs: Long,
            key: String? = null,
            owner: String? = null,
            callbackUrl: String? = null,
            options: Map<String, Any?>? = null,
            settings: Map<String, Any?>? = null,
        ): Machine {
            val order = order(model, input, key, owner, callbackUrl, options)
            return native { Machine(NativeMachine.prepare(contract.native, order, settings?.let(::jsonOf), entropy, time(nowMs))) }
        }

        /** Makes a machine of a stored record and its `request` blob. */
        public fun resume(contract: Contract, record: TaskRecord, request: ByteArray?, settings: Map<String, Any?>? = null): Machine =
            native { Machine(NativeMachine.resume(contract.native, record.json, request, settings?.let(::jsonOf))) }

        /** Makes a machine of a question about a task that is not stored: how it is, or with [details] what it made. */
        public fun ask(
            contract: Contract,
            taskId: String,
            model: String,
            details: Boolean,
            nowMs: Long,
            settings: Map<String, Any?>? = null,
        ): Machine = native {
            val (id, of) = text(taskId, "taskId") to text(model, "model")
            Machine(NativeMachine.ask(contract.native, id, of, details, settings?.let(::jsonOf), time(nowMs)))
        }
    }
}
