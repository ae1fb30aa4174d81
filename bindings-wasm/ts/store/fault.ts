// What SQLite's error codes mean, and what a person can do about it. The words are those of the native client.

import { StoreFault, type StoreFaultKind } from "../store.js";

/** A fault for an error of SQLite with this result code; `store` names the store. What is a fault already stays as it is. */
export function sqliteFault(store: string, error: unknown, code: number | undefined): StoreFault {
    if (error instanceof StoreFault) {
        return error;
    }
    const [kind, what] = explain((code ?? 0) & 0xff);
    const detail = (error instanceof Error ? error.message : String(error)).replace(/\.+$/, "");
    return new StoreFault(kind, `${store} ${what} (${detail})`, { cause: error });
}

/** A fault of one stored record. */
export function recordFault(store: string, intentId: string, reason: string): StoreFault {
    return new StoreFault("corrupt", `the record of intent ${intentId} in ${store} cannot be read: ${reason}`);
}

/** A store that cannot be written, whoever finds it out. */
export function readOnlyFault(store: string, cause?: unknown): StoreFault {
    return new StoreFault("readOnly", `${store} ${READ_ONLY}`, { cause });
}

const READ_ONLY = "cannot be written: make the file and its folder writable, or name another file";

function explain(code: number): [StoreFaultKind, string] {
    switch (code) {
        case 5: // SQLITE_BUSY
        case 6: // SQLITE_LOCKED
        case 15: // SQLITE_PROTOCOL
            return ["locked", "is held by another program: try again, or end that program"];
        case 3: // SQLITE_PERM
        case 8: // SQLITE_READONLY
            return ["readOnly", READ_ONLY];
        case 11: // SQLITE_CORRUPT
        case 26: // SQLITE_NOTADB
            return ["corrupt", "is damaged or not a store at all: move it away and restore it from a backup"];
        case 13: // SQLITE_FULL
            return ["full", "has no room left: free some disk space, or prune old tasks"];
        case 14: // SQLITE_CANTOPEN
            return ["io", "cannot be opened: check that its folder exists and may be written"];
        default:
            return ["io", "failed: check the disk, then try again"];
    }
}
