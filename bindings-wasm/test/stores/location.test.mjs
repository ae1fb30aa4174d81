import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { test } from "node:test";
import { DIST, DURABLE, inFolder, refused, sqliteStore } from "./support.mjs";

const { defaultPath } = await import(new URL("store/location.js", DIST).href);

const at = (platform, variables, home) =>
    defaultPath({ platform, path: platform === "win32" ? win32 : posix, variable: (name) => variables[name], home: () => home });

test("location: the variable wins, then the state directory, then home", () => {
    const both = { GENTASK_STORE: "jobs.db", XDG_STATE_HOME: "/state" };
    assert.equal(at("linux", both, "/home/a"), "jobs.db");
    assert.equal(at("linux", { XDG_STATE_HOME: "/state" }, "/home/a"), "/state/gentask/tasks.db");
    assert.equal(at("linux", {}, "/home/a"), "/home/a/.local/state/gentask/tasks.db");
    assert.equal(at("darwin", { XDG_STATE_HOME: "/state" }, "/Users/a"), "/Users/a/Library/Application Support/gentask/tasks.db");
    assert.equal(at("win32", { LOCALAPPDATA: "D:\\local" }, "C:\\Users\\a"), "D:\\local\\gentask\\tasks.db");
    assert.equal(at("win32", {}, "C:\\Users\\a"), "C:\\Users\\a\\AppData\\Local\\gentask\\tasks.db");
});

test("location: relative values do not count, and without a home there is no default", async () => {
    assert.equal(at("linux", { XDG_STATE_HOME: "state" }, "/home/a"), "/home/a/.local/state/gentask/tasks.db");
    for (const home of ["", "relative", undefined]) {
        await refused(() => at("linux", { XDG_STATE_HOME: "state" }, home), "io", /GENTASK_STORE/);
    }
});

test("location: a store without a path is the one that the variables name", DURABLE, () =>
    inFolder(async (folder) => {
        const before = process.env.GENTASK_STORE;
        process.env.GENTASK_STORE = folder.file;
        try {
            const store = sqliteStore();
            store.close();
            assert.equal(store.path, folder.file);
            process.env.GENTASK_STORE = ":memory:";
            await refused(() => sqliteStore(), "misuse");
        } finally {
            if (before === undefined) {
                delete process.env.GENTASK_STORE;
            } else {
                process.env.GENTASK_STORE = before;
            }
        }
    }));
