// Hosts without `node:sqlite`: nothing is touched, and the refusal says what to do.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { gentask } from "../support/package.mjs";
import { HAS_SQLITE, inFolder, refused, sqliteStore } from "./support.mjs";

async function isRefused(folder) {
    for (const path of [folder.file, undefined]) {
        await refused(() => sqliteStore(path), "io", /no SQLite/);
        assert.throws(() => gentask.sqliteStore(path), (error) => {
            assert.ok(error instanceof gentask.StoreError, String(error));
            assert.deepEqual([error.code, error.billing, error.intentId], ["STORE_ERROR", "none", null]);
            assert.match(error.message, /^STORE_ERROR: this runtime has no SQLite .*Node 22\.13.*Deno.*Bun.*durableObjectStore.*memoryStore/);
            return true;
        });
    }
    assert.ok(!existsSync(folder.file));
}

/** Runs the test while the process is another one. */
async function as(process, work) {
    const own = Object.getOwnPropertyDescriptor(globalThis, "process");
    Object.defineProperty(globalThis, "process", { value: process, configurable: true });
    try {
        await work();
    } finally {
        Object.defineProperty(globalThis, "process", own);
    }
}

test("missing: this host has no SQLite", { skip: HAS_SQLITE }, () => inFolder(isRefused));

test("missing: a host that has other modules only, and one that has none", () =>
    inFolder(async (folder) => {
        const { env } = process;
        const module = process.getBuiltinModule.bind(process);
        for (const other of [undefined, {}, { env }, { env, getBuiltinModule: (name) => (name === "node:sqlite" ? undefined : module(name)) }]) {
            await as(other, () => isRefused(folder));
        }
    }));
