// A caller may leave at any time; what it leaves goes on or can be taken up again. So an abort ends a promise, at once, and never a submit.

import { functions, mistake } from "./core.js";
import { Aborted } from "./errors.js";
import { changed, Reply } from "./reply.js";

/** The promise, or the abort of the signal, whichever comes first. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>, aborted: (cause: unknown) => unknown): Promise<T> {
    if (!signal) return promise;
    // What becomes of it when nobody waits any more is in its record.
    promise.catch(() => undefined);
    if (signal.aborted) throw aborted(signal.reason);
    let forget: () => void = () => undefined;
    const end = new Promise<never>((_, reject) => {
        forget = onAbort(signal, () => reject(aborted(signal.reason) as Error));
    });
    try {
        return await Promise.race([promise, end]);
    } finally {
        forget();
    }
}

/** What a timer can count, in milliseconds. */
export const LONGEST_TIMER_MS = 2_147_483_647;

/** Who hears of the abort of a caller's signal, by the signal. */
const listeners = new Map<AbortSignal, { readonly calls: Set<() => void>; readonly tell: () => void }>();

/** Calls at the abort of a signal; the answer takes that back. Thousands of waits may share a signal, which has one listener for all of them. */
function onAbort(signal: AbortSignal, call: () => void): () => void {
    let all = listeners.get(signal);
    if (!all) {
        const calls = new Set<() => void>();
        all = { calls, tell: () => [...calls].forEach((call) => call()) };
        listeners.set(signal, all);
        signal.addEventListener("abort", all.tell);
    }
    const { calls, tell } = all;
    calls.add(call);
    return () => {
        if (!calls.delete(call) || calls.size > 0) return;
        signal.removeEventListener("abort", tell);
        listeners.delete(signal);
    };
}

/** The caller's signal; what merely looks like one is refused, before anything is done. */
export function signalOf(given: unknown): AbortSignal | undefined {
    if (given === undefined || given === null) return undefined;
    const { aborted, addEventListener } = given as Partial<AbortSignal>;
    if (typeof aborted === "boolean" && typeof addEventListener === "function") return given as AbortSignal;
    throw mistake("UNSUPPORTED", "signal is an AbortSignal: that of an AbortController is its `signal`");
}

/**
 * Runs what a caller may leave by its signal. That ends the promise at once; what is under way ends between two steps, by the controller that it is
 * given, so that nothing is half done. It may abort that itself, and throws the reason then.
 */
export async function leavable<T>(given: unknown, run: (leave: AbortController) => Promise<T>, aborted: (cause: unknown) => unknown): Promise<T> {
    const signal = signalOf(given);
    const leave = new AbortController();
    const end = (): void => leave.abort(signal?.reason);
    const forget = signal && onAbort(signal, end);
    try {
        if (signal?.aborted) end();
        return await unlessAborted(signal, run(leave), aborted);
    } finally {
        forget?.();
    }
}

/** Nothing was sent. */
export function abortedUnsent(cause: unknown): Aborted {
    const { reply } = mistake("CANCELLED", "aborted before the submit; nothing was sent");
    return new Aborted(`CANCELLED: ${reply.errorMessage}`, reply, { cause });
}

/** A submit is under way, or about to be. */
export function abortedSubmit(intentId: string, cause: unknown): Aborted {
    const reply = left(intentId);
    return new Aborted(`WAIT_TIMEOUT: aborted: ${reply.errorMessage}`, reply, { cause });
}

/** A submit was not waited for any longer: it goes on, and its answer is saved. */
export function left(intentId: string): Reply {
    return Reply.of(functions.left(intentId));
}

/** A task was waited for; `record` is how it was last known. */
export function abortedWait(record: string, cause: unknown): Aborted {
    const words = "aborted; the task goes on, and can be waited for again";
    const reply = Reply.of(functions.about(mistake("WAIT_TIMEOUT", words).reply.toJson(), record));
    return new Aborted(`WAIT_TIMEOUT: ${words}`, reply, { cause });
}

/** Tasks were resumed. */
export function abortedTasks(cause: unknown): Aborted {
    const words = "aborted; the tasks go on, and can be resumed again";
    const reply = changed(mistake("WAIT_TIMEOUT", words).reply, { status: "unknown" }, { billing: "possible" });
    return new Aborted(`WAIT_TIMEOUT: ${words}`, reply, { cause });
}
