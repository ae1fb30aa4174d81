// `gentask worker` of the package: prints what ends, saves its files, and stops as a service does.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import test from "node:test";
import { clientOf, order } from "../support/client.mjs";
import { gentask, HAS_SQLITE } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { arguments_, COMMAND, run } from "./program.mjs";

const skip = !HAS_SQLITE && "this runtime has no SQLite";
const QUICK = ["--poll-initial", "0.02", "--poll-cap", "0.02"];

/** A provider, a store in a folder of its own, and a worker on both: what it prints line by line, and what it says beside. */
async function scene(t) {
    const sandbox = await startSandbox({ speed: 20 });
    const folder = mkdtempSync(join(tmpdir(), "gentask-worker-"));
    const file = join(folder, "tasks.db");
    const store = gentask.sqliteStore(file);
    const children = [];
    t.after(async () => {
        for (const child of children) child.kill("SIGKILL");
        store.close();
        await sandbox.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    const env = { ...process.env, GENTASK_STORE: file, APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo") };
    const worker = (...flags) => {
        const child = spawn(process.execPath, arguments_(COMMAND, ["worker", "--provider", "apixo", ...QUICK, ...flags]), { env });
        children.push(child);
        const said = { err: "" };
        child.stderr.setEncoding("utf8").on("data", (text) => (said.err += text));
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        return { child, said, ended: once(child, "exit"), next: async () => JSON.parse((await lines.next()).value) };
    };
    return { sandbox, folder, file, store, env, worker, client: (options) => clientOf(sandbox.base("apixo"), "apixo", { store, ...options }) };
}

test("a worker prints each end, saves its files, and leaves other accounts alone", { skip }, async (t) => {
    const { client, folder, sandbox, worker } = await scene(t);
    const other = await client({ account: "second" }).submit(order());
    const first = await client().submit(order());
    const out = join(folder, "pictures");
    const { child, ended, next, said } = worker("--out", out);
    const told = await next();
    assert.deepEqual([told.status, told.data.intentId, told.data.saved.length], ["success", first.intentId, 1]);
    assert.ok(existsSync(told.data.saved[0].path));
    assert.equal(readdirSync(out).length, 1);
    // One that is ordered while it works, and fails: that is told, too.
    const second = await client().submit(order("apixo", "[fail]"));
    const failed = await next();
    assert.deepEqual([failed.errorCode, failed.data.intentId], ["GENERATION_FAILED", second.intentId]);
    // A system ends its services so. Not by its own method: Deno tells an end by that as one by the signal, whatever the program made of it.
    process.kill(child.pid, "SIGTERM");
    assert.equal((await ended)[0], 0, said.err);
    assert.match(said.err, /leaves 1 task of account "second" alone: start another worker with --account second\n/);
    assert.match(said.err, /working on .*tasks\.db; press Ctrl-C to stop\n/);
    assert.match(said.err, /stopping \(press Ctrl-C again to stop at once\); the tasks go on: another worker takes them up\n$/);
    assert.equal((await other.record()).phase, "waiting");
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 3, tasks: 3 });
});

test("a worker that cannot save files says so before it begins", { skip }, async (t) => {
    const { env, folder } = await scene(t);
    writeFileSync(join(folder, "file"), "");
    const ran = await run(COMMAND, ["worker", "--out", join(folder, "file")], { env });
    assert.notEqual(ran.code, 0);
    assert.match(JSON.parse(ran.stdout).errorMessage, /directory/);
    const wrong = await run(COMMAND, ["worker", "--timeuot", "3"], { env });
    assert.equal(wrong.code, 2);
});
