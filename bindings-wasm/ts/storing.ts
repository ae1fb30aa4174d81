// How the package speaks with a store: records as text, refusals as exceptions of its own, and saves that are not given up at once.

import { sleep } from "./clock.js";
import { functions, mistake } from "./core.js";
import { errorOf, GentaskError, StoreError } from "./errors.js";
import { bytesOf, type Output } from "./io.js";
import { Reply } from "./reply.js";
import { StoreFault, type Blob, type TaskStore } from "./store.js";
import { wordsOf } from "./thrown.js";
import type { TaskRecord } from "./types.js";

/** How long a save of what must not be lost is tried again, in milliseconds. */
const SAVE_AGAIN = [100, 500, 2_000];

/** A record's members. */
export function recordOf(json: string): TaskRecord {
    return JSON.parse(json) as TaskRecord;
}

/** Asks the store; what it throws becomes a `StoreError`. */
export async function storing<T>(call: () => T | PromiseLike<T>): Promise<T> {
    try {
        return await call();
    } catch (fault) {
        throw refusedBy(fault);
    }
}

/** What a store threw, as an exception of the package. */
export function refusedBy(fault: unknown): GentaskError {
    if (fault instanceof GentaskError) return fault;
    const error = mistake("STORE_ERROR", refusal(fault));
    return new StoreError(error.message, error.reply, { cause: fault });
}

function refusal(fault: unknown): string {
    if (fault instanceof StoreFault) return fault.message;
    return `the task store failed: ${wordsOf(fault)}`;
}

/** Saves, and tries again where the store was only busy: a paid task's id is at stake. `submits`: a submit leaves only after it. */
export async function save(store: TaskStore, output: Extract<Output, { kind: "save" }>, submits: boolean): Promise<"done" | "conflict"> {
    const record = recordOf(output.record);
    const blobs = output.blobs.map((blob): Blob => ({ name: blob.name, bytes: blob.bytes && bytesOf(blob.bytes) }));
    const change = { record, json: output.record, blobs, expectedVersion: record.version - 1, fence: output.fence };
    for (let tries = 0; ; tries++) {
        try {
            return await store.save(change);
        } catch (fault) {
            const pause = SAVE_AGAIN[tries];
            const isPassing = !(fault instanceof StoreFault) || ["locked", "full", "io"].includes(fault.kind);
            if (pause === undefined || !isPassing) {
                throw errorOf(Reply.of(functions.lostSave(output.record, refusal(fault), submits)), undefined, fault);
            }
            await sleep(pause);
        }
    }
}

/** Hands what people may want to know later to the store, once the record is in it. A store that refuses it ends nothing. */
export function note(store: TaskStore, intentId: string, outputs: readonly Output[]): Promise<void> | undefined {
    const events = outputs.flatMap((output) => (output.kind === "event" && ["phase", "conflict"].includes(output.event.kind) ? [output.event] : []));
    if (events.length === 0 || !store.appendEvents) return undefined;
    return (async () => store.appendEvents?.(intentId, events))().catch(() => undefined);
}
