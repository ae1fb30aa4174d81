// The file: made with its tables where there is none, refused where it is not ours, and opened with the settings of the format.

import { makeFolder } from "../folder.js";
import { StoreFault } from "../store.js";
import { connect, type Connection } from "./connection.js";
import { readOnlyFault } from "./fault.js";
import type { Load } from "./node.js";
import { renew, SCHEMA } from "./sql.js";

/** What a connection is opened with; the path is absolute. */
export interface Settings {
    readonly path: string;
    readonly busyTimeoutMs: number;
    readonly maxBytes: number | undefined;
}

/** `gtk1`: how this format's files are told from others. */
const APPLICATION_ID = 0x67746b31;

/** The format's version. */
const USER_VERSION = 1;

/** How long to pause where SQLite reports a lock without having waited for it. */
const PAUSE_MS = 5;

/** Makes the file where it is missing, checks that it is ours, and opens it. */
export function openFile(load: Load, settings: Settings): Connection {
    const store = `the task store ${settings.path}`;
    createFile(load, settings.path, store);
    const began = performance.now();
    for (;;) {
        const db = connect(load, settings.path, store);
        try {
            setUp(db, load, settings);
            return db;
        } catch (error) {
            db.close();
            // SQLite does not wait for every lock by itself: the change to write-ahead logging fails at once where another process is at it.
            if (!(error instanceof StoreFault && error.kind === "locked" && performance.now() - began < settings.busyTimeoutMs)) {
                throw error;
            }
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
        }
    }
}

/** Makes the file, readable by its owner only, and the folders above it. SQLite gives its log files the same mode. */
function createFile(load: Load, path: string, store: string): void {
    const [fs, paths] = [load("node:fs"), load("node:path")];
    const known = attempt(() => fs.statSync(path, { bigint: true }), store, "ENOENT");
    if (known) {
        if (known.isDirectory()) {
            throw new StoreFault("io", `${path} is a directory: name a file for the task store`);
        }
        return;
    }
    attempt(() => makeFolder(fs, paths, paths.dirname(path), 0o700), store);
    const file = attempt(() => fs.openSync(path, "wx", 0o600), store, "EEXIST");
    if (file !== undefined) {
        fs.closeSync(file);
    }
}

/** Does something with the file system; `undefined` where it fails in the expected way. */
function attempt<T>(work: () => T, store: string, expected = ""): T | undefined {
    try {
        return work();
    } catch (error) {
        switch ((error as { code?: unknown }).code) {
            case expected:
                return undefined;
            case "EACCES":
            case "EPERM":
            case "EROFS":
                throw readOnlyFault(store, error);
            case "ENOSPC":
            case "EDQUOT":
                throw new StoreFault("full", `${store} cannot be made: the disk is full`, { cause: error });
            default:
                throw new StoreFault("io", `${store} cannot be made: ${(error as Error).message}`, { cause: error });
        }
    }
}

function setUp(db: Connection, load: Load, { path, busyTimeoutMs, maxBytes }: Settings): void {
    const ready = checkHeader(db, path);
    if (ready) {
        checkWritable(db);
    }
    db.all(`PRAGMA busy_timeout=${busyTimeoutMs}`);
    const mode = db.all("PRAGMA journal_mode=WAL")[0]?.["journal_mode"];
    if (mode !== "wal") {
        throw new StoreFault("io", `${db.store} cannot keep a write-ahead log (journal mode ${mode}): put it on a local disk`);
    }
    db.all("PRAGMA synchronous=FULL");
    db.all("PRAGMA foreign_keys=ON");
    // A request blob holds a prompt: once it is deleted, its bytes are overwritten.
    db.all("PRAGMA secure_delete=ON");
    if (load("node:process").platform === "darwin") {
        db.all("PRAGMA fullfsync=ON");
    }
    if (maxBytes !== undefined) {
        const pages = Math.trunc(maxBytes / number(db, "PRAGMA page_size"));
        db.all(`PRAGMA max_page_count=${Math.min(Math.max(pages, 1), 0xfffffffe)}`);
    }
    if (!ready) {
        createTables(db, path);
    }
    renew(db.all, (work) => transact(db, work));
}

/** SQLite opens what it may not write too, and such a connection would stay as it is. It says so before it looks for the lock. */
function checkWritable(db: Connection): void {
    try {
        db.all("DELETE FROM gentask_meta WHERE FALSE");
    } catch (error) {
        if ((error as StoreFault).kind !== "locked") {
            throw error;
        }
    }
}

function createTables(db: Connection, path: string): void {
    transact(db, () => {
        // Another process may have been quicker, and made something else of it; now nobody else writes.
        checkHeader(db, path);
        for (const sql of [...SCHEMA, `PRAGMA application_id=${APPLICATION_ID}`, `PRAGMA user_version=${USER_VERSION}`]) {
            db.all(sql);
        }
    });
}

function transact(db: Connection, work: () => void): void {
    db.begin(true);
    db.commit(work);
}

/** Whether the tables are there already. A file of another application or of a newer release is left as it is. */
function checkHeader(db: Connection, path: string): boolean {
    const tables = number(db, "SELECT count(*) FROM sqlite_schema");
    const application = number(db, "PRAGMA application_id");
    const version = number(db, "PRAGMA user_version");
    if (application !== APPLICATION_ID && (tables > 0 || application !== 0)) {
        throw new StoreFault("foreign", `the file ${path} belongs to another application: name another file for the task store`);
    }
    if (version > USER_VERSION) {
        throw new StoreFault("newer", `${db.store} has format version ${version}, and this gentask knows ${USER_VERSION}: upgrade gentask`);
    }
    return application === APPLICATION_ID && version === USER_VERSION && tables > 0;
}

function number(db: Connection, sql: string): number {
    return Number(Object.values(db.all(sql)[0] ?? {})[0]);
}
