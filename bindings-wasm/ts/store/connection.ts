// One connection to the file: its statements, and its transactions, which begin by looking whether the file is still there.
//
// SQLite is told everything by prepared statements: on some hosts only their errors carry a code.

import { StoreFault } from "../store.js";
import { CANNOT_OPEN, sqliteFault } from "./fault.js";
import type { Database, Load } from "./node.js";
import type { Row, Sql, Value } from "./sql.js";

/** A connection. */
export interface Connection extends Sql {
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
    return {
        store,
        all,
        transaction(work) {
            all("BEGIN IMMEDIATE");
            try {
                check();
                const done = work();
                all("COMMIT");
                return done;
            } catch (error) {
                try {
                    all("ROLLBACK");
                } catch {
                    // A full disk ends a transaction by itself; where this fails too, the next begin says so.
                }
                throw error;
            }
        },
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
