// Records by the page, those that cannot be read among them: nothing that may have been paid for is passed over in silence.

import { ask, functions } from "./core.js";
import type { Engine } from "./engine.js";
import { GentaskError } from "./errors.js";
import type { TaskFilter } from "./options.js";
import type { Cursor, StoreFilter } from "./store.js";
import { listed, recordOf } from "./storing.js";
import type { Phase } from "./types.js";

/** Records that are loaded at once while many are gone through. */
const PAGE = 500;

/** The phases of tasks that have not ended. */
export const UNFINISHED: readonly Phase[] = ["prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"];

/** A stored task; with a reason where its record cannot be read. */
export interface Listed {
    readonly intentId: string;
    readonly json: string;
    readonly reason: string | undefined;
}

/** A page of the tasks of a client. */
export async function page(engine: Engine, filter: TaskFilter): Promise<{ tasks: Listed[]; next: Cursor | null }> {
    const { unfinished, phases, ...rest } = filter;
    const wanted = unfinished === true ? (phases ?? UNFINISHED).filter((phase) => UNFINISHED.includes(phase)) : phases;
    const own: StoreFilter = { ...rest, provider: engine.contract.id, account: engine.account, ...(wanted && { phases: wanted }) };
    const found = await listed(engine.store, own);
    const tasks = found.tasks.map(({ intentId, json }) => ({ intentId, json, reason: damage(intentId, json) }));
    return { tasks, next: found.next };
}

/** Every page, one after the other. */
export async function* pages(engine: Engine, filter: TaskFilter): AsyncGenerator<Listed[]> {
    let after: Cursor | null | undefined;
    do {
        const { tasks, next } = await page(engine, { ...filter, limit: PAGE, after: after ?? undefined });
        yield tasks;
        after = next;
    } while (after !== null);
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
