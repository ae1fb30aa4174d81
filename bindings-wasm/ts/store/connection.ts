// One connection to the file: its statements, and its transactions, which begin by looking whether the file is still there, and end with a flush to
// disk or, where nothing in them asks for one, without.
//
// SQLite is told everything by prepared statements: on some hosts only their errors carry a code.

import { StoreFault } from "../store.js";
import { CANNOT_OPEN, sqliteFault } from "./fault.js";
import type { Database, Load } from "./node.js";
import type { Row, Sql, Value } from "./sql.js";

/** A connection. */
export interface Connection extends Pick<Sql, "store" | "all"> {
    /** Begins a transaction. `isFenced`: whether what is written in it must survive a loss of power before it is over. */
    begin(isFenced: boolean): void;
    /** Runs the work in the transaction that has begun, and commits it or takes all of it back. */
    commit<T>(work: () => T): T;
    /** Closes it, if it is open. */
    close(): void;
}

/** Opens a connection to a file that is there. */
export function connect(load: Load, path: string, store: string): Connection {
    const file = identify(load, path);
    let db: Database;
    try {
        if (file === undefined) {
            // A link that leads nowhere is not for SQLite to follow: the file that it makes could be read by others.
            throw new Error("no such file");
        }
        db = new (load("node:sqlite").DatabaseSync)(path);
    } catch (error) {
        throw sqliteFault(store, error, CANNOT_OPEN);
    }
    return connection(db, store, () => {
        // SQLite would go on writing into a file that was deleted, and every task in it would be lost.
        if (identify(load, path) !== file) {
            throw new StoreFault("io", `${store} was removed or replaced while it was in use: put it back, or start again`);
        }
    });
}

function connection(db: Database, store: string, check: () => void): Connection {
    const prepared = new Map<string, ReturnType<Database["prepare"]>>();
    let open = true;
    let flushes = true;
    const all = (sql: string, ...values: Value[]): Row[] => {
        if (!open) {
            throw new StoreFault("misuse", `${store} was closed: open it again`);
        }
        try {
            let statement = prepared.get(sql);
            if (!statement) {
                statement = db.prepare(sql);
                // An integer that no number holds must not hide a row.
                statement.setReadBigInts(true);
                prepared.set(sql, statement);
            }
            return statement.all(...values);
        } catch (error) {
            throw sqliteFault(store, error);
        }
    };
    /** A part of a transaction: where it fails, nothing of the transaction stays. */
    const whole = <T>(part: () => T): T => {
        try {
            return part();
        } catch (error) {
            try {
                all("ROLLBACK");
            } catch {
                // A full disk ends a transaction by itself; where this fails too, the next begin says so.
            }
            throw error;
        }
    };
    return {
        store,
        all,
        begin(isFenced) {
            if (isFenced !== flushes) {
                // Of a write-ahead log: a flush takes with it what was written before without one.
                all(`PRAGMA synchronous=${isFenced ? "FULL" : "NORMAL"}`);
                flushes = isFenced;
            }
            all("BEGIN IMMEDIATE");
            whole(check);
        },
        commit: (work) =>
            whole(() => {
                const done = work();
                all("COMMIT");
                return done;
            }),
        close() {
            if (open) {
                open = false;
                prepared.clear();
                db.close();
            }
        },
    };
}

/** Which file stands at the path. While it is open, no other one can get its number. */
function identify(load: Load, path: string): string | undefined {
    if (load("node:process").platform === "win32") {
        return "an open file cannot be removed here";
    }
    try {
        const { dev, ino } = load("node:fs").statSync(path, { bigint: true });
        return `${dev}:${ino}`;
    } catch {
        return undefined;
    }
}
