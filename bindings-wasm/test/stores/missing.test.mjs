// Hosts without `node:sqlite`: nothing is touched, and the refusal says what to do.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { HAS_SQLITE, inFolder, refused, sqliteStore } from "./support.mjs";

function isRefused(folder) {
    const { message } = refused(() => sqliteStore(folder.file), "io", /node:sqlite/);
    assert.match(message, /Node 22\.13.*Deno.*Bun.*durableObjectStore.*memoryStore/);
    refused(() => sqliteStore(), "io", /node:sqlite/);
    assert.ok(!existsSync(folder.file));
}

/** Runs the test while the process is another one. */
function as(process, work) {
    const own = Object.getOwnPropertyDescriptor(globalThis, "process");
    Object.defineProperty(globalThis, "process", { value: process, configurable: true });
    try {
        work();
    } finally {
        Object.defineProperty(globalThis, "process", own);
    }
}

test("missing: this host has no SQLite", { skip: HAS_SQLITE }, () => inFolder(isRefused));

test("missing: a host that has other modules only, and one that has none", () =>
    inFolder((folder) => {
        const { env } = process;
        const module = process.getBuiltinModule.bind(process);
        for (const other of [undefined, {}, { env }, { env, getBuiltinModule: (name) => (name === "node:sqlite" ? undefined : module(name)) }]) {
            as(other, () => isRefused(folder));
        }
    }));
