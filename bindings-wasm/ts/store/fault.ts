// What SQLite's error codes mean, and what a person can do about it. The words are those of the native client.

import { StoreFault, type StoreFaultKind } from "../store.js";

/** SQLite's primary codes that mean more than that something failed. */
const KINDS: Readonly<Record<number, StoreFaultKind>> = {
    3: "readOnly", // SQLITE_PERM
    5: "locked", // SQLITE_BUSY
    6: "locked", // SQLITE_LOCKED
    8: "readOnly", // SQLITE_READONLY
    11: "corrupt", // SQLITE_CORRUPT
    13: "full", // SQLITE_FULL
    15: "locked", // SQLITE_PROTOCOL
    26: "corrupt", // SQLITE_NOTADB
};

/** SQLITE_CANTOPEN. */
export const CANNOT_OPEN = 14;

const WORDS: Readonly<Record<string, string>> = {
    locked: "is held by another program: try again, or end that program",
    readOnly: "cannot be written: make the file and its folder writable, or name another file",
    corrupt: "is damaged or not a store at all: move it away and restore it from a backup",
    full: "has no room left: free some disk space, or prune old tasks",
    io: "failed: check the disk, then try again",
};

/** A fault for an error of SQLite. `otherwise` is the code of one that has none. */
export function sqliteFault(store: string, error: unknown, otherwise = 0): StoreFault {
    // The rest of it says more than is asked here.
    const code = ((error as { errcode?: number }).errcode ?? otherwise) & 0xff;
    const kind = KINDS[code] ?? "io";
    const what = code === CANNOT_OPEN ? "cannot be opened: check that its folder exists and may be written" : WORDS[kind];
    return new StoreFault(kind, `${store} ${what} (${(error as Error).message.replace(/\.+$/, "")})`, { cause: error });
}

/** A store that cannot be written, whoever finds it out. */
export function readOnlyFault(store: string, cause: unknown): StoreFault {
    return new StoreFault("readOnly", `${store} ${WORDS["readOnly"]}`, { cause });
}

/** A fault of one stored record. */
export function recordFault(store: string, intentId: string, reason: string): StoreFault {
    return new StoreFault("corrupt", `the record of intent ${intentId} in ${store} cannot be read: ${reason}`);
}
