// Records by the page, those that cannot be read among them: nothing that may have been paid for is passed over in silence.

import { known, text, whole } from "./arguments.js";
import { about, ask, functions, mistake } from "./core.js";
import type { Engine } from "./engine.js";
import { GentaskError } from "./errors.js";
import type { TaskFilter } from "./options.js";
import { type Cursor, type StoreFilter, type TaskStore, TERMINAL_PHASES } from "./store.js";
import { ordered } from "./store/rules.js";
import { listed, loaded, recordOf, storing } from "./storing.js";
import type { Phase, TaskRecord } from "./types.js";

/** Records that are loaded at once while many are gone through. */
export const PAGE = 500;
/** Tasks that are deleted at once. */
const DELETE_AT_ONCE = 200;

/** The phases of tasks that have not ended. */
export const UNFINISHED: readonly Phase[] = ["prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"];

const PHASES = [...UNFINISHED, ...TERMINAL_PHASES];

/** What a person has to look at: submits whose outcome is not known, and tasks with a second id at the provider. */
export const UNRESOLVED = { phases: ["unresolved"], orConflicting: true } as const satisfies StoreFilter;

const FILTER: readonly (keyof TaskFilter)[] = [
    "owner",
    "phases",
    "orConflicting",
    "unfinished",
    "createdFrom",
    "createdBefore",
    "newestFirst",
    "limit",
    "after",
];

/** A stored task; with a reason where its record cannot be read. */
export interface Listed {
    readonly intentId: string;
    readonly json: string;
    readonly reason: string | undefined;
}

/** The filter that a client's own listing goes by. */
export function ownFilter(engine: Engine, filter: TaskFilter): StoreFilter {
    known(filter, FILTER, "a filter");
    const { after, owner, phases, unfinished, ...rest } = filter;
    if (owner !== undefined) text(owner, "owner");
    for (const name of ["orConflicting", "unfinished", "newestFirst"] as const) {
        if (typeof (filter[name] ?? false) !== "boolean") throw mistake("UNSUPPORTED", `${name} is true or false`);
    }
    if (phases !== undefined && !phases?.every?.((phase) => PHASES.includes(phase))) {
        throw mistake("UNSUPPORTED", `phases is a list of ${PHASES.join(", ")}`);
    }
    const [createdFrom, createdBefore] = [time(filter.createdFrom, "createdFrom"), time(filter.createdBefore, "createdBefore")];
    whole(filter.limit, "limit", 1);
    if (after != null) {
        text(after.intentId, "after.intentId");
        whole(after.created ?? -1, "after.created", 0);
    }
    const wanted = unfinished === true ? (phases ?? UNFINISHED).filter((phase) => UNFINISHED.includes(phase)) : phases;
    const { account, contract: { id: provider } } = engine;
    return { ...rest, provider, account, owner, phases: wanted, createdFrom, createdBefore, after: after ?? undefined };
}

/** A time, also as a `Date`. */
function time(given: number | Date | undefined, name: string): number | undefined {
    return whole(given instanceof Date ? given.getTime() : given, name, 0);
}

/** A page of a store. */
export async function page(store: TaskStore, filter: StoreFilter): Promise<{ tasks: Listed[]; next: Cursor | null }> {
    const found = await listed(store, filter);
    const tasks = found.tasks.map(({ intentId, json }) => ({ intentId, json, reason: damage(intentId, json) }));
    // A store that does not know the order would hand out the wrong end, and its pages would not meet.
    const places = readable(tasks).map(({ at: { created }, intentId }) => ({ created, intentId }));
    if (places.some((here, index) => index > 0 && ordered(filter, places[index - 1]!, here) > 0)) {
        throw mistake("STORE_ERROR", "the task store gave records in another order than it was asked for");
    }
    return { tasks, next: found.next };
}

/** Every page, one after the other. */
export async function* pages(store: TaskStore, filter: StoreFilter): AsyncGenerator<Listed[]> {
    let after: Cursor | null | undefined;
    do {
        const { tasks, next } = await page(store, { ...filter, limit: PAGE, after: after ?? undefined });
        yield tasks;
        after = next;
    } while (after !== null);
}

/** The records that can be read. */
export function readable(tasks: readonly Listed[]): TaskRecord[] {
    return tasks.flatMap(({ reason, json }) => (reason === undefined ? [recordOf(json)] : []));
}

/** Deletes the record of one task that has ended, and says whether there was one. */
export async function deleteOne(engine: Engine, intentId: string): Promise<boolean> {
    const deleted = deleting(engine.store);
    const json = await loaded(engine.store, intentId);
    if (json === null || !engine.owns(recordOf(json))) return false;
    mayBeDeleted(json);
    if ((await deleted([intentId])) > 0) return true;
    // It may have changed meanwhile, as by a callback: then it is kept.
    const now = await loaded(engine.store, intentId);
    if (now !== null) mayBeDeleted(now);
    return false;
}

function mayBeDeleted(json: string): void {
    const why = ask(() => functions.whyKept(json));
    if (why !== undefined) throw about(mistake("UNSUPPORTED", why), json);
}

/** How a store deletes, where it can. */
function deleting(store: TaskStore): (intentIds: readonly string[]) => Promise<number> {
    if (!store.delete) throw mistake("STORE_ERROR", "this task store cannot delete records: prune it by its own means");
    return (intentIds) => storing(() => store.delete?.(intentIds) ?? 0);
}

/** Deletes the records of tasks that ended before a time, and says how many there were. */
export async function prune(store: TaskStore, filter: StoreFilter, endedBefore: number): Promise<number> {
    const deleted = deleting(store);
    let count = 0;
    for await (const tasks of pages(store, { ...filter, phases: TERMINAL_PHASES })) {
        const isOld = ({ json, reason }: Listed): boolean => reason === undefined && ask(() => functions.mayBePruned(json, endedBefore));
        const old = tasks.filter(isOld).map(({ intentId }) => intentId);
        for (let from = 0; from < old.length; from += DELETE_AT_ONCE) {
            count += await deleted(old.slice(from, from + DELETE_AT_ONCE));
        }
    }
    return count;
}

/** Why a record cannot be read. */
export function damage(intentId: string, json: string): string | undefined {
    try {
        const named = recordOf(json).intentId;
        ask(() => functions.canonicalRecord(json));
        return named === intentId ? undefined : `it names another intent, ${named}`;
    } catch (error) {
        if (!(error instanceof GentaskError)) throw error;
        const faults = error.violations.map(({ path, rule, expected, actual }) => `${path} (${rule}): expected ${expected}, found ${actual}`);
        return faults.length > 0 ? faults.join("; ") : (error.reply.errorMessage ?? error.message);
    }
}
