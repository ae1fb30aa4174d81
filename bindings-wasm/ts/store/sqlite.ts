// The durable store of Node, Deno and Bun: one SQLite file, which the other languages read and write too.

import { builtin, isEdge, variable } from "../host.js";
import { StoreFault, type TaskStore } from "../store.js";
import { openFile } from "./file.js";
import { grouped } from "./group.js";
import { defaultPath } from "./location.js";
import type { Load, Modules } from "./node.js";
import { sqlStore } from "./sql.js";

/** How to open a store. */
export interface SqliteOptions {
    /** How long to wait for another program that is writing, before `locked`. 5000. */
    readonly busyTimeoutMs?: number;
    /** The size that this store does not let the file grow beyond: then `full`. No limit. */
    readonly maxBytes?: number;
}

/** A store in a file. It may be left open for as long as the program runs. */
export interface SqliteStore extends TaskStore {
    /** The file, as an absolute path. */
    readonly path: string;
    /** Does what was asked for before, and lets go of the file. Every later call is refused. */
    close(): void;
    [Symbol.dispose](): void;
}

/** The same without the words of the package: whatever it throws is a `StoreFault`. */
export function sqliteStore(path?: string | URL, options: SqliteOptions = {}): SqliteStore {
    const file = locate(path);
    const connection = openFile(load, {
        path: file,
        // SQLite counts milliseconds in 32 bits.
        busyTimeoutMs: Math.min(Math.max(Math.trunc(options.busyTimeoutMs ?? 5000) || 0, 0), 0x7fffffff),
        maxBytes: Number.isFinite(options.maxBytes) ? options.maxBytes : undefined,
    });
    const db = grouped(connection, load("node:timers").setImmediate);
    return { ...sqlStore(db), path: file, close: db.close, [Symbol.dispose]: db.close };
}

function locate(path: string | URL | undefined): string {
    const { isAbsolute, join, sep } = load("node:path");
    const process = load("node:process");
    const isUrl = typeof path === "object";
    const name = isUrl ? path.href : path ?? defaultPath({ platform: process.platform, path: { isAbsolute, join }, variable, home });
    if (isUrl ? path.protocol !== "file:" : /^(file:|:memory:|$)/.test(name)) {
        throw new StoreFault("misuse", `"${name}" is no file for a task store: pass a path or a file URL, or use memoryStore`);
    }
    const named = isUrl ? load("node:url").fileURLToPath(path) : name;
    // Absolute, so that a later change of the working directory changes nothing, and no name is special to SQLite.
    return isAbsolute(named) ? named : process.cwd() + sep + named;
}

function home(): string | undefined {
    try {
        return load("node:os").homedir();
    } catch {
        // It may not be asked for, or the user has none.
        return undefined;
    }
}

const load: Load = (name) => {
    // Workers have modules by these names too, but neither files nor SQLite behind them.
    const found = isEdge() || !builtin("node:sqlite") ? undefined : builtin<Modules[typeof name]>(name);
    if (!found) throw new NoSqlite("io", MISSING);
    return found;
};

/** There is no SQLite here. */
export class NoSqlite extends StoreFault {}

const MISSING = "this runtime has no SQLite (Node 22.13, Deno 2.9 and Bun 1.4 or later have it): use durableObjectStore in a Durable Object, " +
    "a store of your own, or memoryStore, which forgets its tasks with the process";
