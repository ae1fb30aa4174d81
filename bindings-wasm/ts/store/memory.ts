// A store that forgets everything with the process. What goes in and out is copied: nothing that a caller does with it reaches the store.

import { type Cursor, type StoreFilter, type TaskStore, TERMINAL_PHASES } from "../store.js";
import type { Phase, TaskEvent, TaskRecord } from "../types.js";
import { Inbox } from "./inbox.js";
import { checkVersion, countOf, order, ordered } from "./rules.js";

/** Tasks in memory, with the rules of the durable stores: for tests, and for who would rather lose tasks than keep a file. */
export function memoryStore(): TaskStore {
    const tasks = new Map<string, Stored>();
    /** At most one for a key, and usually one for a task id. */
    const byKey = new Index();
    const byTaskId = new Index();
    const meta = new Map<string, string>();
    const inbox = new Inbox();
    const index = (task: Stored): void => {
        if (task.key !== null) byKey.add(keyOf(task, task.key), task);
        if (task.taskId !== null) byTaskId.add(taskOf(task, task.taskId), task);
    };
    const forget = (task: Stored): void => {
        if (task.key !== null) byKey.remove(keyOf(task, task.key), task);
        if (task.taskId !== null) byTaskId.remove(taskOf(task, task.taskId), task);
    };

    return {
        load: (intentId) => tasks.get(intentId)?.json ?? null,

        find(by) {
            const found = "key" in by ? byKey.at(keyOf(by, by.key)) : byTaskId.at(taskOf(by, by.taskId));
            return found.sort(order).map((task) => task.json);
        },

        save(change) {
            checkVersion(change.record.version, change.expectedVersion);
            const task = stored(change.record, change.json);
            const before = tasks.get(task.intentId);
            const isTaken = task.key !== null && byKey.at(keyOf(task, task.key)).some((other) => other !== before);
            if ((before?.version ?? 0) !== change.expectedVersion || isTaken) return "conflict";
            if (change.delivery && !inbox.deliver(change.delivery)) return "conflict";
            if (before) {
                task.blobs = before.blobs;
                task.events = before.events;
                task.endedAt = before.endedAt;
                task.isAcknowledged = before.isAcknowledged;
            }
            if (change.isEnd === true) task.endedAt ??= change.record.at.updated;
            if (change.events) note(task, change.events);
            for (const { name, bytes } of change.blobs) {
                if (bytes) {
                    task.blobs.set(name, bytes.slice());
                } else {
                    task.blobs.delete(name);
                }
            }
            if (before) forget(before);
            tasks.set(task.intentId, task);
            index(task);
            return "done";
        },

        list(filter) {
            const all = [...tasks.values()].filter((task) => matches(filter, task)).sort((one, other) => ordered(filter, one, other));
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

        savesHistory: true,

        appendEvents(intentId, events) {
            const task = tasks.get(intentId);
            if (task) note(task, events);
        },

        events: (intentId) => (tasks.get(intentId)?.events ?? []).map((event) => JSON.parse(event) as TaskEvent),

        remember: (delivery) => inbox.remember(delivery),

        deliveries: (filter) => inbox.list(filter),

        notices(filter) {
            const open = [...tasks.values()].filter((task) => task.endedAt !== undefined && task.isAcknowledged !== true && matches(filter, task));
            open.sort((one, other) => one.endedAt! - other.endedAt! || (one.intentId < other.intentId ? -1 : 1));
            return open.slice(0, filter.limit).map((task) => task.json);
        },

        acknowledge(intentId) {
            const task = tasks.get(intentId);
            if (task?.endedAt === undefined || task.isAcknowledged === true) return false;
            return task.isAcknowledged = true;
        },

        delete(intentIds) {
            let count = 0;
            for (const intentId of intentIds) {
                const task = tasks.get(intentId);
                if (task === undefined || task.isConflicting || !TERMINAL_PHASES.includes(task.phase)) continue;
                tasks.delete(intentId);
                forget(task);
                count++;
            }
            return count;
        },
    };
}

/** Tasks by something that they have. */
class Index {
    readonly #tasks = new Map<string, Set<Stored>>();

    add(name: string, task: Stored): void {
        const tasks = this.#tasks.get(name);
        if (tasks) tasks.add(task);
        else this.#tasks.set(name, new Set([task]));
    }

    remove(name: string, task: Stored): void {
        const tasks = this.#tasks.get(name);
        tasks?.delete(task);
        if (tasks?.size === 0) this.#tasks.delete(name);
    }

    at(name: string): Stored[] {
        return [...this.#tasks.get(name) ?? []];
    }
}

/** Whose a key is; no owner is the same as an empty one. */
function keyOf({ account, owner, provider }: { provider: string; account: string; owner: string | null }, key: string): string {
    return JSON.stringify([provider, account, owner ?? "", key]);
}

function taskOf({ provider }: { provider: string }, taskId: string): string {
    return JSON.stringify([provider, taskId]);
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
    /** When its notice was stored. */
    endedAt?: number | undefined;
    isAcknowledged?: boolean | undefined;
    blobs: Map<string, Uint8Array>;
    /** As texts. */
    events: string[];
}

function stored(record: TaskRecord, json: string): Stored {
    const { intentId, version, provider, account, owner, callerKey: key, taskId, phase, at: { created } } = record;
    const due = record.due?.at;
    const isConflicting = (record.conflict?.taskId ?? null) !== null;
    return { intentId, version, provider, account, owner, key, taskId, isConflicting, phase, created, due, json, blobs: new Map(), events: [] };
}

function note(task: Stored, events: readonly TaskEvent[]): void {
    for (const event of events) task.events.push(JSON.stringify(event));
}

function matches(filter: StoreFilter, task: Stored): boolean {
    const is = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value;
    const before = (time: number | undefined, value: number | undefined) => time === undefined || (value !== undefined && value < time);
    return is(filter.provider, task.provider) &&
        is(filter.account, task.account) &&
        is(filter.owner, task.owner) &&
        (!filter.phases || filter.phases.includes(task.phase) || (filter.orConflicting === true && task.isConflicting)) &&
        before(filter.dueBefore, task.due) &&
        (filter.createdFrom === undefined || task.created >= filter.createdFrom) &&
        before(filter.createdBefore, task.created) &&
        (!filter.after || ordered(filter, filter.after, task) < 0);
}
