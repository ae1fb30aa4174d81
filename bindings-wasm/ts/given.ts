// What a driver of one's own gives, as the texts that the core takes.

import { mistake } from "./core.js";
import { toJson } from "./json.js";
import { cut } from "./thrown.js";
import type { Json, TaskRecord } from "./types.js";

/** What a task is to make, and what goes with its submit. */
export interface Generation {
    readonly model: string;
    readonly input: Json | object;
    readonly key?: string | null;
    readonly owner?: string | null;
    readonly callbackUrl?: string | null;
    readonly options?: Readonly<Record<string, Json>>;
}

/** The payload and the options as their JSON. */
export function generation({ input, key = null, owner = null, callbackUrl = null, options = {} }: Generation): [input: string, options: string] {
    const own = toJson({ key, owner, callbackUrl, options }, "INVALID_PAYLOAD", "the options");
    return [toJson(input, "INVALID_PAYLOAD", "the payload"), own];
}

/** A record as its text. */
export function recordText(record: string | TaskRecord): string {
    return typeof record === "string" ? record : toJson(record, "STORE_ERROR", "the record");
}

/** A time as the core takes it: what is no time would be 1970 to it, and everything due. */
export function timeOf(time: number): number {
    if (typeof time === "number" && time >= 0 && Number.isFinite(time)) return Math.min(time, Number.MAX_SAFE_INTEGER);
    throw mistake("UNSUPPORTED", `a time is a number of Unix milliseconds, not ${cut(String(time), 40)}`);
}
