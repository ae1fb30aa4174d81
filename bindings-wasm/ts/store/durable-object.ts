// The durable store of Cloudflare Workers: the SQLite database inside a Durable Object, with the tables of the file.

import { StoreFault, type StoreFaultKind, type TaskStore } from "../store.js";
import { renew, type Row, SCHEMA, sqlStore } from "./sql.js";

/** What is used of a Durable Object's `ctx.storage`. */
export interface DurableObjectStorageLike {
    readonly sql: { exec(query: string, ...bindings: unknown[]): { toArray(): Row[] } };
    transactionSync<T>(closure: () => T): T;
    sync(): Promise<void>;
}

/**
 * Tasks in the storage of a Durable Object, which must be of a class with SQLite (`new_sqlite_classes` in its migration). The tables are
 * named `gentask_...` and stand beside yours. To be made in the constructor: `durableObjectStore(ctx.storage)`. Throws a `StoreFault`.
 */
export function durableObjectStore(storage: DurableObjectStorageLike): TaskStore {
    const guarded = <T>(work: () => T): T => {
        try {
            return work();
        } catch (error) {
            throw fault(error);
        }
    };
    const db = sqlStore({
        store: STORE,
        all: (sql, ...values) => guarded(() => storage.sql.exec(sql, ...values).toArray()),
        // Its own gate holds answers back until the disk has what they tell of.
        write: (work) => guarded(() => storage.transactionSync(work)),
    });
    guarded(() => storage.transactionSync(() => SCHEMA.forEach((sql) => storage.sql.exec(sql))));
    guarded(() => renew((sql) => storage.sql.exec(sql).toArray(), (work) => storage.transactionSync(work)));
    return {
        ...db,
        async save(change) {
            const saved = await db.save(change);
            if (saved === "done" && change.fence) {
                await storage.sync().catch((error: unknown) => {
                    throw fault(error);
                });
            }
            return saved;
        },
    };
}

const STORE = "the task store in this Durable Object";

/** Here an error has no code, but names it at the end of its message. */
function fault(error: unknown): StoreFault {
    if (error instanceof StoreFault) {
        return error;
    }
    const detail = error instanceof Error ? error.message : String(error);
    const [kind, what]: [StoreFaultKind, string] = detail.includes("SQLITE_FULL")
        ? ["full", "has no room left: prune old tasks"]
        : /SQLITE_(CORRUPT|NOTADB)/.test(detail)
        ? ["corrupt", "is damaged: restore it from a backup"]
        : ["io", "failed"];
    return new StoreFault(kind, `${STORE} ${what} (${detail.replace(/\.+$/, "")})`, { cause: error });
}
