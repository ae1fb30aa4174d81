// A store that forgets everything with the process. What goes in and out is copied: nothing that a caller does with it reaches the store.

import { type Cursor, type StoreFilter, type TaskStore, TERMINAL_PHASES } from "../store.js";
import type { Phase, TaskEvent, TaskRecord } from "../types.js";
import { checkVersion, countOf } from "./rules.js";

/** Tasks in memory, with the rules of the durable stores: for tests, and for who would rather lose tasks than keep a file. */
export function memoryStore(): TaskStore {
    const tasks = new Map<string, Stored>();
    const meta = new Map<string, string>();
    const found = (wanted: (task: Stored) => boolean) => [...tasks.values()].filter(wanted).sort(order);

    return {
        load: (intentId) => tasks.get(intentId)?.json ?? null,

        find: (by) =>
            found((task) =>
                task.provider === by.provider &&
                ("key" in by ? task.account === by.account && ownerOf(task) === ownerOf(by) && task.key === by.key : task.taskId === by.taskId)
            ).map((task) => task.json),

        save(change) {
            checkVersion(change);
            const task = stored(change.record, change.json);
            const before = tasks.get(task.intentId);
            const taken = (other: Stored) =>
                other !== before && other.key === task.key && other.provider === task.provider && other.account === task.account &&
                ownerOf(other) === ownerOf(task);
            if ((before?.version ?? 0) !== change.expectedVersion || (task.key !== null && [...tasks.values()].some(taken))) {
                return "conflict";
            }
            if (before) {
                task.blobs = before.blobs;
                task.events = before.events;
            }
            for (const { name, bytes } of change.blobs) {
                if (bytes) {
                    task.blobs.set(name, bytes.slice());
                } else {
                    task.blobs.delete(name);
                }
            }
            tasks.set(task.intentId, task);
            return "done";
        },

        list(filter) {
            const all = found((task) => matches(filter, task));
            const limit = filter.limit ?? all.length;
            const last = all[limit - 1];
            return {
                tasks: all.slice(0, limit).map(({ intentId, json }) => ({ intentId, json })),
                next: all.length <= limit ? null : last ? { created: last.created, intentId: last.intentId } : filter.after ?? null,
            };
        },

        blob: (intentId, name) => tasks.get(intentId)?.blobs.get(name)?.slice() ?? null,

        meta: (name) => meta.get(name) ?? null,

        setMeta(name, value, onlyIfAbsent) {
            const stands = (onlyIfAbsent ? meta.get(name) : undefined) ?? value;
            meta.set(name, stands);
            return stands;
        },

        raiseMeta(name, value) {
            const stands = Math.max(countOf(meta.get(name)), value);
            meta.set(name, String(stands));
            return stands;
        },

        appendEvents(intentId, events) {
            tasks.get(intentId)?.events.push(...structuredClone(events));
        },

        events: (intentId) => structuredClone(tasks.get(intentId)?.events ?? []),

        delete: (intentIds) =>
            intentIds.filter((intentId) => TERMINAL_PHASES.includes(tasks.get(intentId)?.phase as Phase) && tasks.delete(intentId)).length,
    };
}

interface Stored extends Cursor {
    readonly json: string;
    readonly version: number;
    readonly provider: string;
    readonly account: string;
    readonly owner: string | null;
    readonly key: string | null;
    readonly taskId: string | null;
    readonly isConflicting: boolean;
    readonly phase: Phase;
    readonly due: number | undefined;
    blobs: Map<string, Uint8Array>;
    events: TaskEvent[];
}

function stored(record: TaskRecord, json: string): Stored {
    const { intentId, version, provider, account, owner, callerKey: key, taskId, phase, at: { created } } = record;
    const due = record.due?.at;
    const isConflicting = (record.conflict?.taskId ?? null) !== null;
    return { intentId, version, provider, account, owner, key, taskId, isConflicting, phase, created, due, json, blobs: new Map(), events: [] };
}

function matches(filter: StoreFilter, task: Stored): boolean {
    const is = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value;
    const before = (time: number | undefined, value: number | undefined) => time === undefined || (value !== undefined && value < time);
    return is(filter.provider, task.provider) &&
        is(filter.account, task.account) &&
        is(filter.owner, task.owner) &&
        (!filter.phases || filter.phases.includes(task.phase) || (filter.orConflicting === true && task.isConflicting)) &&
        before(filter.dueBefore, task.due) &&
        before(filter.createdBefore, task.created) &&
        (!filter.after || order(filter.after, task) < 0);
}

/** Whose a key is; no owner is the same as an empty one. */
function ownerOf({ owner }: { readonly owner: string | null }): string {
    return owner ?? "";
}

function order(one: Cursor, other: Cursor): number {
    return one.created - other.created || (one.intentId < other.intentId ? -1 : one.intentId > other.intentId ? 1 : 0);
}
