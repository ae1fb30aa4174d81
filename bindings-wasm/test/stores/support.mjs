// What the tests of the file share: the build that is tested, a folder for each test, and a connection that knows none of the store's rules.

import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The folder with the compiled package, with a slash at its end. */
export const DIST = process.env.GENTASK_DIST ? pathToFileURL(`${process.env.GENTASK_DIST}/`) : new URL("../../dist/", import.meta.url);

export const { sqliteStore } = await import(new URL("store/sqlite.js", DIST).href);

/** Whether this host has a durable store at all. */
export const HAS_SQLITE = Boolean(process.getBuiltinModule?.("node:sqlite"));

/** Options of a test that needs one. Its time is for slow machines: one host gives up after a few seconds otherwise. */
export const DURABLE = { skip: !HAS_SQLITE, timeout: 120_000 };

/** Runs a test in a folder of its own, which is gone afterwards. */
export async function inFolder(test) {
    const path = realpathSync(mkdtempSync(join(tmpdir(), "gentask-store-")));
    const open = [];
    const folder = {
        path,
        file: join(path, "tasks.db"),
        /** A store in it that does not wait for a lock. */
        store: (options = {}) => kept(sqliteStore(folder.file, { busyTimeoutMs: 20, ...options })),
        /** A connection of its own. */
        raw: (file = folder.file) => kept(new (process.getBuiltinModule("node:sqlite").DatabaseSync)(file)),
    };
    const kept = (some) => (open.push(some), some);
    try {
        return await test(folder);
    } finally {
        for (const some of open) {
            try {
                some.close();
            } catch {
                // The test has closed it.
            }
        }
        rmSync(path, { recursive: true });
    }
}

/** The first column of the first row. */
export function value(db, sql, ...values) {
    return Object.values(db.prepare(sql).get(...values))[0];
}

/** What `call` is refused with: a fault of this kind, with a message as they are. */
export async function refused(call, kind, words = /./) {
    let fault;
    try {
        await call();
    } catch (error) {
        fault = error;
    }
    assert.ok(fault, "it was not refused");
    assert.equal(fault.name, "StoreFault", String(fault));
    assert.equal(fault.kind, kind, fault.message);
    assert.match(fault.message, words);
    assert.match(fault.message, /^[^A-Z].*[^.]$/s);
    return fault;
}
