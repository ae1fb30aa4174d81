// The core's total tables, and the numbers behind its times: pure functions, for drivers of one's own and for whoever checks what they are told.

import { text } from "./arguments.js";
import { ask, functions } from "./core.js";
import type { Billing, ErrorCode, Phase, SavedFile, Status } from "./types.js";

/** What was asked when something went wrong. */
export type Asked = "submit" | "wait" | "cancel" | "settle" | "question" | "file";

/** Why a reply is given. */
export type Ending =
    | "snapshot"
    | "cancelDone"
    | "deadline"
    | "unresolved"
    | "authFailed"
    | "notFound"
    | "limited"
    | "tooLarge"
    | "unsupported"
    | "unread";

/** The total table: why a reply is given, the phase and the fault make its status and its code. */
export function outcome(ending: Ending, phase: Phase, processing = false, fault: ErrorCode | null = null): [Status, ErrorCode | null] | null {
    return JSON.parse(functions.outcome(text(ending, "ending"), text(phase, "phase"), processing, fault ?? "") ?? "null") as [
        Status,
        ErrorCode | null,
    ] | null;
}

/**
 * The total table of what a person can do next, the step to try first in front: what was asked, the phase (`null`: no task), the code, and
 * whether money may have been spent.
 */
export function advice(asked: Asked, phase: Phase | null, code: ErrorCode, billing: Billing): string[] | null {
    const own = phase === null ? undefined : text(phase, "phase");
    const steps = functions.advice(text(asked, "asked"), own, text(code, "code"), text(billing, "billing"));
    return JSON.parse(steps ?? "null") as string[] | null;
}

/**
 * The receipt of a saved file, for whoever saves files without `gentask/files`: the text of a JSON document that says which task, model and provider it
 * came from. It is a function of the task's record alone, and holds no prompt, no key and no URL.
 */
export function receipt(record: string, { bytes, contentType, sha256 }: Pick<SavedFile, "bytes" | "contentType" | "sha256">): string {
    return ask(() => functions.receipt(text(record, "record"), text(sha256, "sha256"), bytes, text(contentType, "contentType")));
}

/** Refuses the path of a directory that is not there yet and is named like a file, such as `picture.png`; with a separator at its end it is meant. */
export function checkNewDirectory(path: string): void {
    ask(() => functions.checkNewDirectory(text(path, "path")));
}

/** The numbers behind all jitter: SplitMix64 of a seed and a counter. */
export function splitMix64(seed: bigint, counter: bigint): bigint {
    return functions.splitMix64(seed, counter);
}

/** Full jitter, in milliseconds: from nothing to `baseMs` doubled `attempt` times, at most `capMs`. */
export function backoff(baseMs: bigint, capMs: bigint, attempt: bigint, seed: bigint): bigint {
    return functions.backoff(baseMs, capMs, attempt, seed);
}

/** A poll schedule, in milliseconds. */
export interface Schedule {
    readonly firstMs: bigint;
    readonly everyMs: bigint;
    readonly factorPct: bigint;
    readonly capMs: bigint;
    readonly minIntervalMs?: bigint;
}

/** How long after the last poll the next one is due, in milliseconds, for a task that has waited so long. */
export function nextPoll(elapsedMs: bigint, seed: bigint, schedule: Schedule): bigint {
    const { firstMs, everyMs, factorPct, capMs, minIntervalMs = 0n } = schedule;
    return functions.nextPoll(elapsedMs, seed, firstMs, everyMs, factorPct, capMs, minIntervalMs);
}
