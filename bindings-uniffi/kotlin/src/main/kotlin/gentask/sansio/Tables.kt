// The core's total tables and pure functions, for drivers of your own and for the shared vectors.

package gentask.sansio

import gentask.Billing
import gentask.Contract
import gentask.ErrorCode
import gentask.Json
import gentask.Operation
import gentask.Phase
import gentask.Status
import gentask.arrival
import gentask.ffi.Schedule
import gentask.jsonOf
import gentask.native
import gentask.public
import gentask.someText
import gentask.text

/** The status and the code of a reply. */
public data class Outcome(
    /** The status. */
    val status: Status,
    /** The code. */
    val code: ErrorCode?,
)

/** Why a reply is given ([ending], a word such as `deadline`), the phase and the fault make its status and its code. */
public fun outcome(ending: String, phase: Phase, processing: Boolean, fault: ErrorCode?): Outcome {
    val found = native { gentask.ffi.outcome(text(ending, "ending"), phase.native(), processing, fault?.native()) }
    return Outcome(found.status.public(), found.code?.public())
}

/** What a person can do next, the step to try first in front: the table behind the suggestions of every failure. */
public fun advice(asked: String, phase: Phase?, code: ErrorCode, billing: Billing): List<String> =
    native { gentask.ffi.advice(text(asked, "asked"), phase?.native(), code.native(), billing.word) }

/** The numbers behind all jitter: SplitMix64 of a seed and a counter. */
public fun splitMix64(seed: ULong, counter: ULong): ULong = native { gentask.ffi.splitMix64(seed, counter) }

/** Full jitter, in milliseconds: from nothing to [baseMs] doubled [attempt] times, at most [capMs]. */
public fun backoff(baseMs: Long, capMs: Long, attempt: Long, seed: ULong): Long =
    native { gentask.ffi.backoff(time(baseMs), time(capMs), time(attempt), seed) }.toLong()

/** A poll schedule, in milliseconds. */
public data class PollSchedule(
    /** The first poll. */
    val firstMs: Long,
    /** The interval after it. */
    val everyMs: Long,
    /** Its growth, in percent. */
    val factorPct: Long,
    /** The longest interval. */
    val capMs: Long,
    /** The shortest one. */
    val minIntervalMs: Long,
)

/** How long after the last poll the next one is due, in milliseconds, for a task that has waited [elapsedMs]. */
public fun nextPoll(schedule: PollSchedule, elapsedMs: Long, seed: ULong): Long {
    val (first, every, factor, cap, least) = schedule
    return native { gentask.ffi.nextPoll(Schedule(time(first), time(every), time(factor), time(cap), time(least)), time(elapsedMs), seed) }
        .toLong()
}

/** The request that lists the account's tasks or asks for its balance ([Operation.LIST], [Operation.ACCOUNT]), in the wire form. */
public fun accountRequest(contract: Contract, operation: Operation, baseUrl: String? = null): Map<String, Any?> =
    Json.map(native { gentask.ffi.accountRequest(contract.native, operation.native(), someText(baseUrl, "baseUrl")) })

/** Reads the answer to such a request: a list of tasks, or a balance; `{"code": ...}` where it brought nothing. */
public fun readAccount(contract: Contract, operation: Operation, response: Map<String, Any?>, nowMs: Long): Map<String, Any?> =
    Json.map(native { gentask.ffi.readAccount(contract.native, operation.native(), jsonOf(response), time(nowMs)) })

/**
 * Says what a callback is worth.
 *
 * @param secrets `{"token": [{"text", "until"}], "signing": [...], "toleranceMs"}`.
 * @param jwks the text of the keys that the provider publishes.
 */
public fun judge(
    contract: Contract,
    secrets: Map<String, Any?>,
    method: String,
    url: String,
    headers: Map<String, List<String>>,
    body: ByteArray,
    nowMs: Long,
    jwks: ByteArray? = null,
): Map<String, Any?> {
    val arrival = arrival(method, url, headers, body)
    return Json.map(native { gentask.ffi.judge(contract.native, jsonOf(secrets), arrival, time(nowMs), jwks) })
}
