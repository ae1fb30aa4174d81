// One file, two clients: what the native one wrote is read and written here, and the other way round. Needs its command, `gentask`:
// GENTASK_COMMAND, or the one of a debug build of the workspace.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { intent, task } from "./records.mjs";
import { DURABLE, inFolder, sqliteStore, value } from "./support.mjs";

const COMMAND = process.env.GENTASK_COMMAND ?? fileURLToPath(new URL("../../../target/debug/gentask", import.meta.url));
const NATIVE = { ...DURABLE, skip: DURABLE.skip || !existsSync(COMMAND) };

/** Runs the command with a key, and returns what it printed. */
function gentask(...words) {
    return JSON.parse(execFileSync(COMMAND, words, { env: { ...process.env, APIXO_API_KEY: "any" }, encoding: "utf8" }));
}

/** Runs a test against simulated providers. */
async function inSandbox(work) {
    const child = spawn(COMMAND, ["sandbox", "--port", "0", "--speed", "1000"], { stdio: ["ignore", "pipe", "inherit"] });
    try {
        for await (const line of createInterface({ input: child.stdout })) {
            const base = /^apixo\s+(\S+)$/.exec(line)?.[1];
            if (base) {
                return await work(["--provider", "apixo", "--base-url", base]);
            }
        }
        assert.fail("the sandbox did not say where it is");
    } finally {
        child.kill();
    }
}

const columns = (db, intentId) => db.prepare("SELECT * FROM gentask_task WHERE intent_id = ?").all(intentId).map((row) => ({ ...row }));

test(
    "native: a task that it began is the same here, and it goes on with what was written here",
    NATIVE,
    () =>
        inFolder((folder) =>
            inSandbox(async (provider) => {
                const payload = JSON.stringify({ mode: "text-to-image", prompt: "a fox" });
                const generation = ["--model", "nano-banana", "--payload", payload, "--key", "k", "--owner", "ada"];
                const run = ["run", ...provider, ...generation, "--store", folder.file, "--poll-initial", "0.01"];
                const { data: { intentId }, taskId } = gentask(...run, "--no-wait");

                const store = folder.store({ busyTimeoutMs: 60_000 });
                const json = store.load(intentId);
                const record = JSON.parse(json);
                assert.equal(record.phase, "waiting");
                assert.notEqual(record.due, null);
                assert.equal(json, value(folder.raw(), "SELECT record FROM gentask_task"));
                assert.deepEqual(store.list({ owner: "ada" }).tasks, [{ intentId, json }]);
                assert.deepEqual(store.find({ provider: "apixo", account: "default", owner: "ada", key: "k" }), [json]);
                assert.deepEqual(store.find({ provider: "apixo", taskId }), [json]);
                assert.ok(store.events(intentId).every(({ kind, data }) => kind && typeof data === "object"));

                // Written here, the row has the same columns.
                const [before] = columns(folder.raw(), intentId);
                const version = record.version + 1;
                const changed = json.replace(`"version":${record.version}}`, `"version":${version}}`);
                const save = { record: { ...record, version }, json: changed, blobs: [], expectedVersion: record.version, fence: true };
                assert.equal(await store.save(save), "done");
                assert.deepEqual(columns(folder.raw(), intentId), [{ ...before, version: before.version + 1, record: changed }]);

                // And the native client drives it to its end.
                assert.equal(gentask(...run).data.intentId, intentId, "the same key is the same task");
                const ended = JSON.parse(store.load(intentId));
                assert.ok(ended.version > version);
                assert.deepEqual([ended.phase, ended.taskId], ["succeeded", taskId]);
                assert.equal(store.blob(intentId, "request"), null);
                assert.equal(JSON.parse(new TextDecoder().decode(store.blob(intentId, "raw"))).data.taskId, taskId);
                assert.equal(await store.delete([intentId]), 1);
                assert.deepEqual(gentask("list", "--store", folder.file), []);
            })
        ),
);

test("native: it reads a file that was made here, and both make the same one", NATIVE, () =>
    inFolder(async (folder) => {
        const store = folder.store();
        const record = task(1, { provider: "apixo", callerKey: "k", phase: "unresolved", maybeSent: true });
        assert.equal(await store.save({ record, json: JSON.stringify(record), blobs: [], expectedVersion: 0, fence: true }), "done");
        const [listed] = gentask("list", "--store", folder.file);
        assert.deepEqual([listed.intentId, listed.phase, listed.key], [intent(1), "unresolved", "k"]);

        const theirs = join(folder.path, "theirs.db");
        assert.deepEqual(gentask("list", "--store", theirs), []);
        const made = (file) => folder.raw(file).prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").all();
        assert.ok(made(theirs).length >= 12);
        assert.deepEqual(made(folder.file), made(theirs));
        const other = sqliteStore(theirs);
        assert.deepEqual(other.list({}), { tasks: [], next: null });
        other.close();
    }));
