// `sqliteStore` as programs call it: that a runtime has no SQLite is told as every other failure of the package is.

import { refusedBy } from "../storing.js";
import { NoSqlite, type SqliteOptions, type SqliteStore, sqliteStore as open } from "./sqlite.js";

/**
 * Tasks in a SQLite file on a local disk (not on a network file system: it has no locks to rely on), by default in the file that the
 * native client uses as well. Makes it where there is none, readable by its owner only, and the folders above it. A file of another
 * application, of a newer gentask, or a damaged one is refused and left as it is.
 *
 * Any number of threads and processes may have the same file open. Writes of the same turn of the event loop share one transaction, which blocks the
 * thread until it is flushed to disk, and then their promises resolve. A save without `fence` that no other write shares a transaction with is not
 * flushed: it survives the program at once, and a loss of power with the next flush. Throws a `StoreFault`, and where the runtime has no SQLite a
 * `StoreError`.
 */
export function sqliteStore(path?: string | URL, options?: SqliteOptions): SqliteStore {
    try {
        return open(path, options);
    } catch (fault) {
        throw fault instanceof NoSqlite ? refusedBy(fault) : fault;
    }
}
