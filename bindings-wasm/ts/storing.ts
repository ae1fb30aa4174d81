// How the package speaks with a store: records as text, refusals as exceptions of its own, and saves that are not given up at once.

import { sleep } from "./clock.js";
import { functions, mistake } from "./core.js";
import { errorOf, GentaskError, StoreError } from "./errors.js";
import { bytesOf, type Output } from "./io.js";
import { Reply } from "./reply.js";
import { type Blob, type Find, type Save, StoreFault, type StoreFilter, type StorePage, type TaskStore, TERMINAL_PHASES } from "./store.js";
import { countOf } from "./store/rules.js";
import { wordsOf } from "./thrown.js";
import type { TaskEvent, TaskRecord } from "./types.js";

/** How long a save of what must not be lost is tried again, in milliseconds. */
const SAVE_AGAIN = [100, 500, 2_000];

/** A record's members. Stores are other people's code: what is no record goes no further. */
export function recordOf(json: string): TaskRecord {
    let record: unknown;
    try {
        record = typeof json === "string" ? JSON.parse(json) : undefined;
    } catch {
        // The same as no record.
    }
    if (typeof record === "object" && record !== null && typeof (record as TaskRecord).intentId === "string") return record as TaskRecord;
    throw mistake("STORE_ERROR", "the task store gave something that is no record");
}

/** The record of an intent as it is stored; `null` where there is none. */
export async function loaded(store: TaskStore, intentId: string): Promise<string | null> {
    return (await stored(store, intentId))?.json ?? null;
}

/** The same with its members. */
export async function stored(store: TaskStore, intentId: string): Promise<{ readonly json: string; readonly record: TaskRecord } | null> {
    const json = (await storing(() => store.load(intentId))) ?? null;
    if (json === null) return null;
    const record = recordOf(json);
    if (record.intentId === intentId) return { json, record };
    throw mistake("STORE_ERROR", "the task store gave another task's record; nothing of it is used");
}

/** The records that match. */
export async function found(store: TaskStore, by: Find): Promise<string[]> {
    const records: unknown = await storing(() => store.find(by));
    if (!Array.isArray(records)) throw mistake("STORE_ERROR", "the task store gave something that is no list of records");
    // Another owner's task, say of a store that compares loosely, is nobody else's to see.
    if (records.every((record) => finds(by, recordOf(record)))) return records;
    throw mistake("STORE_ERROR", "the task store gave a record that it was not asked for; nothing of it is used");
}

function finds(by: Find, record: TaskRecord): boolean {
    if (record.provider !== by.provider) return false;
    if ("taskId" in by) return record.taskId === by.taskId;
    return record.account === by.account && (record.owner ?? "") === (by.owner ?? "") && record.callerKey === by.key;
}

/** A page of records. */
export async function listed(store: TaskStore, filter: StoreFilter): Promise<StorePage> {
    const page = (await storing(() => store.list(filter))) as Partial<StorePage> | null | undefined;
    const next = page?.next ?? null;
    // What is no place in the listing would begin it anew, without end.
    const isPlace = next === null || typeof next.intentId === "string";
    if (isPlace && Array.isArray(page?.tasks) && page.tasks.every((task) => typeof task?.intentId === "string")) return { tasks: page.tasks, next };
    throw mistake("STORE_ERROR", "the task store gave something that is no page of records");
}

/** The bytes beside a record. */
export async function blobOf(store: TaskStore, intentId: string, name: string): Promise<Uint8Array | undefined> {
    const bytes: unknown = (await storing(() => store.blob(intentId, name))) ?? undefined;
    if (bytes === undefined || ArrayBuffer.isView(bytes)) return bytes as Uint8Array | undefined;
    throw mistake("STORE_ERROR", `the task store gave something that is no bytes: ${name} of intent ${intentId}`);
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
    if (fault instanceof GentaskError) return fault.reply.errorMessage ?? fault.message;
    return `the task store failed: ${wordsOf(fault)}`;
}

/** A fenced or plain save of a record that follows the one before it. */
export function changeOf(json: string, blobs: readonly Blob[], fence: boolean): Save {
    const record = recordOf(json);
    return { record, json, blobs, expectedVersion: record.version - 1, fence, isEnd: TERMINAL_PHASES.includes(record.phase) };
}

/** What a machine wants to be saved. */
export function wanted({ blobs, fence, record }: Extract<Output, { kind: "save" }>): Save {
    return changeOf(record, blobs.map(({ bytes, name }) => ({ name, bytes: bytes && bytesOf(bytes) })), fence);
}

/** What people may want to know later of what a machine tells. */
export function historyOf(outputs: readonly Output[]): TaskEvent[] {
    return outputs.flatMap((output) => (output.kind === "event" && ["phase", "conflict"].includes(output.event.kind) ? [output.event] : []));
}

/**
 * Saves, and tries again where the store was only busy: a paid task's id is at stake. A try whose answer was lost may have been stored even so: what
 * the next one finds in its way is then the same record, and that is saved. `submits`: a submit leaves only after it.
 */
export async function save(store: TaskStore, change: Save, submits: boolean): Promise<"done" | "conflict"> {
    for (let tries = 0;; tries++) {
        try {
            const answer: unknown = await store.save(change);
            if (answer === "conflict" && tries > 0 && (await store.load(change.record.intentId)) === change.json) return "done";
            if (answer === "done" || answer === "conflict") return answer;
            throw new StoreFault("misuse", 'the task store answered a save with neither "done" nor "conflict"');
        } catch (fault) {
            const pause = SAVE_AGAIN[tries];
            const isPassing = !(fault instanceof StoreFault) || ["locked", "full", "io"].includes(fault.kind);
            if (pause === undefined || !isPassing) {
                // Its answer alone may be what was lost.
                if (isPassing && (await loaded(store, change.record.intentId).catch(() => null)) === change.json) return "done";
                throw unsaved(change.json, fault, submits);
            }
            await sleep(pause);
        }
    }
}

/** Moves a number of the store upwards, and says what stands afterwards: of two processes the later time wins. */
export async function raise(store: TaskStore, name: string, value: number): Promise<number> {
    if (store.raiseMeta) return store.raiseMeta(name, value);
    const stands = countOf(await store.meta(name));
    if (stands >= value) return stands;
    return Number(await store.setMeta(name, String(value), false));
}

/** What a record that cannot be saved is told with: the id of a task that is paid for must not be lost with it. */
export function unsaved(record: string, fault: unknown, submits: boolean): GentaskError {
    return errorOf(Reply.of(functions.lostSave(record, refusal(fault), submits)), undefined, fault);
}

/** What is saved with a record of its history; nothing where the store is told of it by `note`. */
export function besides(store: TaskStore, history: readonly TaskEvent[]): Pick<Save, "events"> {
    return store.savesHistory === true && history.length > 0 ? { events: history } : {};
}

/** Tells a store that does not save it with the record what happened, once the record is in it. A store that refuses it ends nothing. */
export function note(store: TaskStore, intentId: string, history: readonly TaskEvent[]): Promise<void> | undefined {
    if (store.savesHistory === true || history.length === 0 || !store.appendEvents) return undefined;
    return (async () => store.appendEvents?.(intentId, history))().catch(() => undefined);
}
