// One store file, two programs: what the native client begins the package finishes, and the other way round, to the same bytes.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { Client, sqliteStore } from "../../dist/entry/default.js";
import { command, KEY, ORDERS, startSandbox } from "../support/sandbox.mjs";

const skip = process.getBuiltinModule("node:sqlite") ? false : "this runtime has no SQLite";
const folder = mkdtempSync(join(tmpdir(), "gentask-both-"));
const { model, input } = ORDERS.apixo;
let sandbox;

before(async () => {
    sandbox = await startSandbox();
});

after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
});

/** A provider that begins anew, a store file, and both programs on it. */
async function scene(name, rules = [], taskMs = 50) {
    await sandbox.reset("apixo", { readPerMin: 0, submitPerMin: 0, concurrent: 0, taskMs: { image: taskMs } }, ...rules);
    const file = join(folder, `${name}.db`);
    const store = sqliteStore(file);
    const client = new Client("apixo", { store, apiKey: KEY, baseUrl: sandbox.base("apixo"), poll: { initial: 0.02, cap: 0.02 } });
    return { client, store, native: (verb, ...flags) => native(file, verb, ...flags) };
}

/** The native command on the store, and what it answers: its exit code, and the JSON documents that it prints. */
function native(file, verb, ...flags) {
    const common = [
        "--store",
        file,
        "--base-url",
        sandbox.base("apixo"),
        "--poll-initial",
        "0.02",
        "--poll-cap",
        "0.02",
        "--provider",
        "apixo",
        "--json",
    ];
    return new Promise((resolve, reject) => {
        execFile(command(), [verb, ...flags, ...common], { env: { APIXO_API_KEY: KEY } }, (error, stdout) => {
            if (error && typeof error.code !== "number") return reject(error);
            const lines = stdout.trim().split("\n").filter((line) => line !== "");
            resolve({ code: error?.code ?? 0, lines, first: lines[0] === undefined ? undefined : JSON.parse(lines[0]) });
        });
    });
}

const order = ["--model", model, "--payload", JSON.stringify(input)];

test("a task that the native client submits is finished by the package", { skip }, async () => {
    const { client, store, native } = await scene("native-first");
    const begun = await native("run", ...order, "--key", "order-1", "--owner", "user-42", "--no-wait");
    assert.equal(begun.code, 0);
    const task = await client.task(begun.first.data.intentId);
    assert.equal(task.taskId, begun.first.taskId);
    const reply = await task.wait({ timeout: 60 });
    assert.equal(reply.files.length, 1);
    assert.deepEqual((await client.tasks({ owner: "user-42" })).records.map((record) => record.callerKey), ["order-1"]);
    // The native client reads what the package wrote, and says the same in the same bytes.
    assert.deepEqual((await native("get", task.intentId)).lines, [reply.toJson()]);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    store.close();
});

test("a task that the package submits is finished by the native client", { skip }, async () => {
    const { client, store, native } = await scene("package-first");
    const task = await client.submit({ model, input, key: "order-2", owner: "user-43" });
    const resumed = await native("resume");
    assert.equal(resumed.code, 0);
    assert.equal(resumed.first.data.intentId, task.intentId);
    assert.equal(resumed.first.status, "success");
    assert.deepEqual([(await task.reply()).toJson()], resumed.lines);
    assert.deepEqual([(await task.wait()).toJson()], resumed.lines);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    store.close();
});

test("a key that one program has used is the same task in the other", { skip }, async () => {
    const { client, store, native } = await scene("one-key");
    const begun = await native("run", ...order, "--key", "order-3", "--no-wait");
    const task = await client.submit({ model, input, key: "order-3" });
    assert.equal(task.intentId, begun.first.data.intentId);
    await assert.rejects(client.submit({ model, input: { ...input, prompt: "something else" }, key: "order-3" }), { code: "INVALID_PAYLOAD" });
    const second = await client.submit({ model, input, key: "order-4" });
    const again = await native("run", ...order, "--key", "order-4", "--no-wait");
    assert.equal(again.first.data.intentId, second.intentId);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
    store.close();
});

test("both programs submit under one key at once, and one request leaves", { skip }, async () => {
    const { client, store, native } = await scene("race");
    const key = "order-5";
    const submits = [...Array(5)].flatMap(() => [
        client.submit({ model, input, key }).then((task) => task.intentId),
        native("run", ...order, "--key", key, "--no-wait").then(({ first }) => first.data.intentId),
    ]);
    const intents = new Set(await Promise.all(submits));
    assert.equal(intents.size, 1);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    store.close();
});

test("a submit whose answer was lost in the package is settled by a person with the native command", { skip }, async () => {
    const { client, store, native } = await scene("lost", [{ on: "submit", fault: { kind: "resetAfterBody" } }]);
    const lost = await client.submit({ model, input, key: "order-6" }).then(
        () => assert.fail("it was answered"),
        (error) => error,
    );
    assert.equal(lost.code, "SUBMIT_UNKNOWN");
    const listed = await native("unresolved");
    assert.deepEqual(listed.first.map((task) => task.intentId), [lost.intentId]);
    const again = await native("run", ...order, "--key", "order-6", "--no-wait");
    assert.deepEqual([again.code, again.first.errorCode], [5, "SUBMIT_UNKNOWN"]);
    const discarded = await native("discard", lost.intentId);
    assert.equal(discarded.code, 0);
    assert.deepEqual((await (await client.task(lost.intentId)).record()).phase, "discarded");
    assert.equal((await sandbox.paid("apixo")).posts, 1);
    store.close();
});
