// Polls that fail, waits that end, checks, updates and events: a task is never lost to any of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clientOf, deferred, failureOf, order, SOON, STORES } from "../support/client.mjs";
import { DIST, gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { memoryStore } = gentask;
const BASE = "apixo";

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const status = (code, body, headers) => ({ kind: "status", code, ...(body !== undefined && { body }), ...(headers && { headers }) });
const foreign = (code) => ({ kind: "redirect", code, location: "https://elsewhere.example/" });

const FAULTS = {
    "429": status(429, { code: 429, message: "slow down" }),
    "429 with a Retry-After": status(429, undefined, { "retry-after": "0.2" }),
    "408": status(408),
    "425": status(425),
    "500": status(500),
    "502 with a page": status(502, "<html>bad gateway</html>"),
    "503 with a Retry-After": status(503, undefined, { "retry-after": "0" }),
    "301": foreign(301),
    "302": foreign(302),
    "307": foreign(307),
    "308": foreign(308),
    "400": status(400, { code: 400, message: "odd" }),
    "an in-band 500": { kind: "inBandError", code: 500 },
    "a reset before the request was read": { kind: "resetBeforeRead" },
    "a reset": { kind: "resetAfterBody" },
    "a close": { kind: "closeWithoutAnswer" },
    "a close of a warm connection": { kind: "closeWarmConnection" },
    "silence": { kind: "silence", ms: 20_000 },
    "a page of HTML": { kind: "notJson" },
    "an empty body": { kind: "emptyBody" },
    "a truncated body": { kind: "truncatedBody" },
    "a body that is too deep": { kind: "tooDeepJson" },
};

/** One task for each fault, all at once: the first two reads of each go wrong so, and it succeeds all the same. */
async function survive(provider, on, faults, withStore = STORES.memory) {
    await sandbox.reset(provider, SOON);
    const scripted = deferred();
    const rules = [];
    const runs = faults.map((name) =>
        withStore(async (store) => {
            const fault = FAULTS[name];
            const retries = [];
            // A client of its own: a pause that one is asked for is none of the others' business.
            const client = clientOf(sandbox.base(provider), provider, {
                store,
                requestTimeout: fault.kind === "silence" ? 0.4 : 10,
                onEvent: (_, event) => event.kind === "retry" && retries.push(event.data.operation),
            });
            const task = await client.submit(order(provider));
            if (rules.push({ on, nth: [1, 2], task: task.taskId, fault }) === faults.length) scripted.resolve(sandbox.script(provider, ...rules));
            await scripted.promise;
            const reply = await task.wait();
            assert.deepEqual([reply.status, reply.files.length], ["success", 1], name);
            // A runtime may hide a dead connection by asking once more itself: a read costs nothing.
            if (!HIDDEN.includes(fault.kind)) assert.deepEqual(retries, [on, on], name);
        })
    );
    await Promise.all(runs);
    assert.deepEqual(await sandbox.paid(provider), { posts: faults.length, tasks: faults.length });
    assert.ok((await sandbox.stats(provider)).faults >= faults.length * 2 - 1);
}

const HIDDEN = ["resetBeforeRead", "resetAfterBody", "closeWithoutAnswer", "closeWarmConnection"];
const SOME = ["429", "500", "a page of HTML", "a reset", "a body that is too deep"];

for (const [kind, withStore] of Object.entries(STORES)) {
    test(`no poll that fails ends a task (${kind})`, () => survive("apixo", "status", Object.keys(FAULTS), withStore));
}

test("no call for the details that fails ends a task", () => survive("aivideomaker", "result", SOME));

test("another provider's polls are no other", () => survive("apidot", "status", SOME));

const WAITS_END = {
    "an answer above the cap": [{ kind: "tooLargeBody", bytes: 2 << 20 }, "RESPONSE_TOO_LARGE"],
    "a 401": [status(401), "AUTH_FAILED"],
    "a 403": [status(403, { code: 403 }), "AUTH_FAILED"],
};

for (const [name, [fault, code]] of Object.entries(WAITS_END)) {
    test(`${name} ends the wait and not the task`, async () => {
        await sandbox.reset(BASE, SOON, { on: "status", nth: 1, fault });
        const client = clientOf(sandbox.base(BASE));
        const task = await client.submit(order());
        const failure = await failureOf(task.wait());
        assert.deepEqual([failure.code, failure.taskId, failure.reply.data.billing], [code, task.taskId, "possible"], failure.message);
        assert.equal((await task.record()).phase, "waiting");
        const resumed = await client.resume();
        assert.deepEqual(resumed.map(({ intentId, reply }) => [intentId, reply.status]), [[task.intentId, "success"]]);
        assert.equal((await task.wait()).status, "success");
    });
}

test("a long Retry-After ends the wait and is kept in the record", async () => {
    await sandbox.reset(BASE, SOON, { on: "status", nth: 1, fault: status(429, undefined, { "retry-after": "600" }) });
    const client = clientOf(sandbox.base(BASE));
    const task = await client.submit(order());
    const failure = await failureOf(task.wait());
    assert.deepEqual([failure.code, failure.retryAfter, failure.taskId], ["RATE_LIMITED", 600, task.taskId]);
    const { due, at } = await task.record();
    assert.ok(due.at >= at.checked + 600_000, "never early");
    assert.equal((await task.check()).status, "pending");
    assert.equal(await sandbox.arrived(BASE, "status"), 1);
});

test("a young task that is not found is pending, an old one is not found and stays", async () => {
    const fault = status(404);
    await sandbox.reset(BASE, SOON, { on: "status", nth: 1, fault });
    const store = memoryStore();
    const client = clientOf(sandbox.base(BASE), BASE, { store });
    assert.equal((await (await client.submit(order())).wait()).status, "success");

    const task = await client.submit(order());
    const record = await task.record();
    const older = { ...record, at: { ...record.at, accepted: record.at.accepted - 61_000 }, version: record.version + 1 };
    assert.equal(await store.save({ record: older, json: JSON.stringify(older), blobs: [], expectedVersion: record.version, fence: true }), "done");
    await sandbox.script(BASE, { on: "status", nth: 1, fault });
    const failure = await failureOf(task.wait());
    assert.deepEqual([failure.code, failure.taskId], ["TASK_NOT_FOUND", task.taskId]);
    assert.equal((await task.record()).phase, "waiting");
    assert.equal((await task.wait()).status, "success");
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

test("a deadline ends the wait and not the task", async () => {
    await sandbox.reset(BASE, SOON);
    const task = await clientOf(sandbox.base(BASE)).submit(order(BASE, "[slow]"));
    for (const timeout of [0, 0.05]) {
        const failure = await failureOf(task.wait({ timeout }));
        assert.deepEqual([failure.code, failure.taskId], ["WAIT_TIMEOUT", task.taskId]);
        assert.ok(failure.message.includes(task.taskId), failure.message);
        assert.ok(["pending", "processing"].includes(failure.reply.status));
    }
    assert.equal((await task.wait()).status, "success");
    const asked = await sandbox.arrived(BASE, "status");
    assert.equal((await task.wait({ timeout: 0 })).status, "success", "once it has ended, a wait asks nobody");
    assert.equal(await sandbox.arrived(BASE, "status"), asked);
});

test("the last poll lands on the deadline", async () => {
    await sandbox.reset(BASE, SOON);
    const task = await clientOf(sandbox.base(BASE), BASE, { poll: { initial: 60 } }).submit(order());
    assert.equal((await task.wait({ timeout: 0.4 })).status, "success");
    assert.equal(await sandbox.arrived(BASE, "status"), 1);
});

test("a state that nobody knows is pending and told once", async () => {
    await sandbox.reset(BASE, SOON);
    const heard = [];
    const task = await clientOf(sandbox.base(BASE), BASE, { onEvent: (_, { kind }) => heard.push(kind) }).submit(order(BASE, "[odd] [slow]"));
    assert.equal((await task.wait()).status, "success");
    assert.equal(heard.filter((kind) => kind === "unknownState").length, 1);
    assert.ok((await sandbox.arrived(BASE, "status")) > 2);
});

test("what the provider says of a failure is thrown, and again from the record", async () => {
    const failed = { code: 200, data: { state: "failed", failCode: "INSUFFICIENT_CREDITS", failMsg: "balance too low" } };
    for (
        const [word, rules, code, name] of [
            ["[fail]", [], "GENERATION_FAILED", "GenerationFailed"],
            ["[content]", [], "CONTENT_REJECTED", "ContentRejected"],
            ["", [{ on: "status", fault: status(200, failed) }], "INSUFFICIENT_CREDITS", "InsufficientCredits"],
        ]
    ) {
        await sandbox.reset(BASE, SOON, ...rules);
        const task = await clientOf(sandbox.base(BASE)).submit(order(BASE, word));
        const first = await failureOf(task.wait());
        const again = await failureOf(task.wait());
        assert.deepEqual([first.code, first.name, first.reply.status, again.reply.toJson()], [code, name, "failed", first.reply.toJson()]);
    }
});

test("a check sends nothing before the task is due, and one request when forced", async () => {
    await sandbox.reset(BASE, SOON);
    const task = await clientOf(sandbox.base(BASE), BASE, { poll: { initial: 60 } }).submit(order(BASE, "[slow]"));
    for (let time = 0; time < 3; time++) assert.equal((await task.check()).status, "pending");
    assert.equal(await sandbox.arrived(BASE, "status"), 0);
    for (const count of [1, 2]) {
        assert.ok((await task.check({ force: true })).ok);
        assert.equal(await sandbox.arrived(BASE, "status"), count);
    }
});

test("updates end with the end and repeat nothing", async () => {
    await sandbox.reset(BASE, SOON);
    const client = clientOf(sandbox.base(BASE));
    const seen = [];
    for await (const reply of (await client.submit(order(BASE, "[slow]"))).updates()) seen.push(reply);
    const statuses = seen.map((reply) => reply.status);
    assert.ok(statuses.includes("processing"), statuses.join());
    assert.deepEqual([statuses.at(-1), statuses.filter((one) => one === "success").length], ["success", 1]);
    assert.ok(seen.every((reply, at) => reply.toJson() !== seen[at - 1]?.toJson()));

    let last;
    for await (const reply of (await client.submit(order(BASE, "[stuck]"))).updates({ timeout: 0.1 })) last = reply;
    assert.equal(last.errorCode, "WAIT_TIMEOUT");
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
