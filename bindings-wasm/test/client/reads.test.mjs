// What a poll tells: states, events, and the attempts that are made. What each answer means stands in the adversary's table.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clientOf, failureOf, order, SOON } from "../support/client.mjs";
import { DIST } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const BASE = "apixo";

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const status = (code, body, headers) => ({ kind: "status", code, ...(body !== undefined && { body }), ...(headers && { headers }) });

test("a kept connection that dies under a poll ends no task", async () => {
    await sandbox.reset(BASE, SOON, { on: "status", nth: [1, 2], fault: { kind: "closeWarmConnection" } });
    const client = clientOf(sandbox.base(BASE));
    const task = await client.submit(order());
    await client.account();
    assert.equal((await task.wait()).status, "success");
    assert.deepEqual(await sandbox.paid(BASE), { posts: 1, tasks: 1 });
});

test("a state that nobody knows is pending and told once", async () => {
    await sandbox.reset(BASE, SOON);
    const heard = [];
    const task = await clientOf(sandbox.base(BASE), BASE, { onEvent: (_, { kind }) => heard.push(kind) }).submit(order(BASE, "[odd] [slow]"));
    assert.equal((await task.wait()).status, "success");
    assert.equal(heard.filter((kind) => kind === "unknownState").length, 1);
    assert.ok((await sandbox.arrived(BASE, "status")) > 2);
});

test("events and records hold no key, events no prompt and no URL", async () => {
    for (const provider of ["apidot", "apixo", "aivideomaker"]) {
        const rules = [
            { on: "submit", nth: 1, fault: status(429, undefined, { "retry-after": "0" }) },
            { on: "status", nth: 1, fault: status(500) },
        ];
        await sandbox.reset(provider, { ...SOON, apiKey: KEY }, ...rules);
        const heard = [];
        const client = clientOf(sandbox.base(provider), provider, {
            onEvent: (record, event) => heard.push(JSON.stringify(event), [JSON.stringify(record)]),
        });
        const task = await client.submit(order(provider, "mauve walrus"));
        await task.wait();
        const stored = await task.events();
        assert.ok(stored.some(({ kind, data }) => kind === "phase" && data.to === "succeeded"), JSON.stringify(stored));
        const events = [...heard.filter((text) => typeof text === "string"), JSON.stringify(stored)].join("\n");
        assert.match(events, /retry/);
        for (const word of [KEY, "walrus", "://", "Bearer"]) assert.ok(!events.includes(word), word);
        const records = JSON.stringify([heard, await task.record()]);
        for (const word of [KEY, "walrus", "Bearer"]) assert.ok(!records.includes(word), word);
    }
});

test("a one-shot read is tried again as often as the client allows", async () => {
    await sandbox.reset(BASE, SOON, { on: "status", fault: status(500) });
    const { reply } = { reply: await clientOf(sandbox.base(BASE), BASE, { maxReadRetries: 1 }).getStatus("task_1", "nano-banana") };
    assert.deepEqual([reply.ok, reply.status, await sandbox.arrived(BASE, "status")], [false, "unknown", 2]);
});

test("a record that is gone behind its handle is not found, whatever is asked of it", async () => {
    await sandbox.reset(BASE, SOON);
    const client = clientOf(sandbox.base(BASE));
    const task = await client.submit(order());
    await task.wait();
    const { saveFiles } = await import(new URL("files.js", DIST).href);
    while ((await client.prune(0)) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const updates = async () => {
        for await (const reply of task.updates()) assert.fail(reply.toJson());
    };
    const asked = {
        record: () => task.record(),
        reply: () => task.reply(),
        check: () => task.check(),
        "a forced check": () => task.check({ force: true }),
        wait: () => task.wait(),
        updates,
        cancel: () => task.cancel(),
        adopt: () => task.adopt("task_2"),
        discard: () => task.discard(),
        saveFiles: () => saveFiles(task, "."),
    };
    for (const [name, ask] of Object.entries(asked)) {
        const { code, intentId, taskId, billing } = await failureOf(ask(), name);
        // It may be in another store, and it is paid for.
        assert.deepEqual([code, intentId, taskId, billing], ["TASK_NOT_FOUND", task.intentId, task.taskId, "possible"], name);
    }
    assert.deepEqual((await sandbox.paid(BASE)).posts, 1);
});
