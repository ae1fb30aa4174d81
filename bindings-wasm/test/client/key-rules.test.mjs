// A caller's key names a job: a definite refusal that cost nothing does not use it up, and a task that was accepted is final.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, clientOf, deferred, failureOf, isSettled, only, order, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { InvalidPayload, KeyConflict, memoryStore, StoreFault, Undelivered } = gentask;

const BASE = "http://127.0.0.1:9";
const answer = (status, value, headers = {}) => ({ status, headers, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
const ACCEPTED = answer(200, { code: 200, data: { taskId: "task_1" } });
const SOON_AGAIN = answer(429, {}, { "retry-after": "0.1" });
const FAILED = answer(200, { code: 200, data: { state: "failed", failMsg: "no luck" } });

/** A provider that answers its submits by these, one after the other, and then accepts. */
function provider(...answers) {
    const seen = { posts: 0 };
    const send = async ({ method }) => {
        if (method !== "POST") return FAILED;
        const said = answers[seen.posts++] ?? ACCEPTED;
        if (said instanceof Error) throw said;
        return said;
    };
    return { seen, transport: { send } };
}

const KEYED = order("apixo", "", { key: "order-42" });

/** What costs nothing, with how many POSTs it takes until it is told. */
const FREE = {
    AUTH_FAILED: [answer(401, { code: 401, message: "no" })],
    INSUFFICIENT_CREDITS: [answer(402, { code: 402, message: "no" })],
    NETWORK_ERROR: Array.from({ length: 3 }, () => new Undelivered("notSent", "the line was busy")),
};

for (const [code, answers] of Object.entries(FREE)) {
    test(`${code}: the same key again is a new attempt, under a new intent`, async () => {
        const { seen, transport } = provider(...answers);
        const client = clientOf(BASE, "apixo", { transport });
        const failure = await failureOf(client.submit(KEYED));
        assert.deepEqual([failure.code, failure.billing, seen.posts], [code, "none", answers.length]);
        const task = await client.submit(KEYED);
        assert.deepEqual([task.taskId, seen.posts], ["task_1", answers.length + 1]);
        assert.notEqual(task.intentId, failure.intentId);
        const old = await (await client.task(failure.intentId)).record();
        assert.deepEqual([old.phase, old.callerKey, old.successor], ["rejected", null, task.intentId]);
        // And now it is used up: the task is paid for.
        assert.equal((await client.submit(KEYED)).intentId, task.intentId);
        await failureOf(task.wait());
        assert.equal((await client.submit(KEYED)).intentId, task.intentId);
        assert.equal(seen.posts, answers.length + 1);
    });
}

test("an attempt asks for its key once, whatever is stored on the way, and a redelivery not at all", async () => {
    for (const key of [undefined, "order-42"]) {
        const { seen, transport } = provider(SOON_AGAIN);
        let asked = 0;
        const apiKey = () => `sk-opens-nothing-${++asked}`;
        const client = clientOf(BASE, "apixo", { transport, apiKey });
        const task = await client.submit(order("apixo", "", { key }));
        assert.deepEqual([asked, seen.posts], [2, 2]);
        if (key === undefined) continue;
        const keyless = clientOf(BASE, "apixo", { store: client.store, transport, apiKey: () => assert.fail("asked for a key") });
        assert.equal((await keyless.submit(order("apixo", "", { key }))).intentId, task.intentId);
    }
});

test("a submit that fails before it is sent gives its place back", async () => {
    const { seen, transport } = provider();
    const store = memoryStore();
    let isFaulty = true;
    const save = (change) => {
        if (isFaulty) throw new StoreFault("corrupt", "the disk is scratched");
        return store.save(change);
    };
    const client = clientOf(BASE, "apixo", { store: { ...store, save }, transport, gate: 1 });
    for (const key of [undefined, "order-42"]) {
        assert.equal((await failureOf(client.submit(order("apixo", "", { key })))).code, "STORE_ERROR");
    }
    isFaulty = false;
    assert.equal((await atOnce(client.submit(KEYED))).taskId, "task_1");
    assert.equal(seen.posts, 1);
});

test("a missing key that is found again is a new attempt too", async () => {
    const { seen, transport } = provider(SOON_AGAIN);
    const store = memoryStore();
    // It is there for the first attempt, and gone when the second one has its turn.
    const apiKey = () => {
        if (seen.posts > 0) throw new Error("the safe is locked");
        return "sk-opens-nothing-4711";
    };
    const client = clientOf(BASE, "apixo", { store, transport, apiKey });
    const failure = await failureOf(client.submit(KEYED));
    assert.deepEqual([failure.code, failure.billing, seen.posts], ["AUTH_FAILED", "none", 1]);
    const { intentId, phase } = await only(client);
    assert.deepEqual([intentId, phase], [failure.intentId, "rejected"], "withdrawn");
    assert.equal((await clientOf(BASE, "apixo", { store, transport }).submit(KEYED)).taskId, "task_1");
});

test("a Retry-After is kept by the next attempt of its key too", async () => {
    const { seen, transport } = provider(answer(429, {}, { "retry-after": "600" }));
    const client = clientOf(BASE, "apixo", { transport });
    const first = await failureOf(client.submit(KEYED));
    assert.deepEqual([first.code, first.retryAfter, seen.posts], ["RATE_LIMITED", 600, 1]);
    const { now } = Date;
    try {
        for (const later of [0, 300_000]) {
            Date.now = () => now() + later;
            const again = await failureOf(clientOf(BASE, "apixo", { store: client.store, transport }).submit(KEYED));
            assert.deepEqual([again.code, again.intentId, seen.posts], ["RATE_LIMITED", first.intentId, 1]);
            assert.ok(Math.abs(again.retryAfter - (600 - later / 1_000)) < 60, String(again.retryAfter));
        }
        Date.now = () => now() + 601_000;
        const task = await clientOf(BASE, "apixo", { store: client.store, transport }).submit(KEYED);
        assert.deepEqual([task.taskId, seen.posts], ["task_1", 2]);
    } finally {
        Date.now = now;
    }
});

test("of many who try again at once one posts", async () => {
    const { seen, transport } = provider(...FREE.AUTH_FAILED);
    const store = memoryStore();
    const client = clientOf(BASE, "apixo", { store, transport });
    await failureOf(client.submit(KEYED));
    const tasks = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => (at % 2 ? client : clientOf(BASE, "apixo", { store, transport })).submit(KEYED)),
    );
    assert.deepEqual([new Set(tasks.map(({ intentId }) => intentId)).size, seen.posts], [1, 2]);
});

test("a refusal of the body is final for an unchanged body", async () => {
    const { seen, transport } = provider(answer(400, { code: 400, message: "bad" }));
    const client = clientOf(BASE, "apixo", { transport });
    const [first, second] = [await failureOf(client.submit(KEYED)), await failureOf(client.submit(KEYED))];
    assert.deepEqual([first.code, second.code, second.intentId, seen.posts], ["INVALID_PAYLOAD", "INVALID_PAYLOAD", first.intentId, 1]);
});

test("a key of another job is a KeyConflict, with the intent and what differs", async () => {
    const { seen, transport } = provider();
    const store = memoryStore();
    const client = clientOf(BASE, "apixo", { store, transport });
    const task = await client.submit(KEYED);
    const elsewhere = clientOf("http://127.0.0.1:8", "apixo", { store, transport });
    for (
        const [path, other, request] of [
            ["/input", client, order("apixo", "another", { key: "order-42" })],
            ["/model", client, { ...KEYED, model: "some-model" }],
            ["/baseUrl", elsewhere, KEYED],
        ]
    ) {
        const failure = await failureOf(other.submit(request));
        assert.ok(failure instanceof KeyConflict && failure instanceof InvalidPayload, failure.stack);
        assert.deepEqual([failure.name, failure.code, failure.intentId, seen.posts], ["KeyConflict", "INVALID_PAYLOAD", task.intentId, 1]);
        assert.deepEqual(failure.violations.map(({ path, rule }) => [path, rule]), [[path, "keyConflict"]]);
    }
});

test("keys belong to their owners, and tasks are found by them", async () => {
    let tasks = 0;
    const send = async () => answer(200, { code: 200, data: { taskId: `task_${++tasks}` } });
    const client = clientOf(BASE, "apixo", { transport: { send } });
    const owners = [undefined, "ada", "eve"];
    const made = await Promise.all(owners.map((owner) => client.submit({ ...KEYED, ...(owner && { owner }) })));
    assert.equal(new Set(made.map(({ taskId }) => taskId)).size, 3);
    for (const [at, owner] of owners.entries()) assert.equal((await client.find("order-42", owner)).intentId, made[at].intentId);
    assert.equal((await client.submit({ ...KEYED, owner: "ada" })).intentId, made[1].intentId);
    assert.deepEqual([await client.find("order-42", "bob"), await client.find("order-43"), tasks], [null, null, 3]);
});

test("a submit that is not waited for any longer goes on and is saved", async () => {
    const held = deferred();
    const send = async () => (await held.promise, ACCEPTED);
    const client = clientOf(BASE, "apixo", { transport: { send } });
    const failure = await failureOf(atOnce(client.submit({ ...KEYED, timeout: 0.02 })));
    assert.deepEqual([failure.name, failure.code, failure.reply.status, failure.billing], ["WaitTimeout", "WAIT_TIMEOUT", "pending", "possible"]);
    assert.equal(failure.intentId, (await only(client)).intentId);
    held.resolve();
    await client.settled();
    assert.equal((await only(client)).taskId, "task_1");
    assert.equal((await client.submit({ ...KEYED, timeout: 5 })).taskId, "task_1");
    await assert.rejects(client.submit({ ...KEYED, timeout: Number.NaN }), { code: "UNSUPPORTED" });
});

test("a submit whose time is over before it is stored is left undone", async () => {
    const held = deferred();
    const store = memoryStore();
    const find = async (by) => (await held.promise, store.find(by));
    const { seen, transport } = provider();
    const client = clientOf(BASE, "apixo", { store: { ...store, find }, transport });
    const failure = await failureOf(atOnce(client.submit({ ...KEYED, timeout: 0.02 })));
    assert.deepEqual([failure.code, failure.billing, failure.intentId], ["WAIT_TIMEOUT", "none", null]);
    held.resolve();
    await client.settled();
    assert.deepEqual([seen.posts, (await client.tasks()).records], [0, []]);
});

test("a submit that somebody else has under way is waited for", async () => {
    const held = deferred();
    const store = memoryStore();
    const send = async () => (await held.promise, ACCEPTED);
    const first = clientOf(BASE, "apixo", { store, transport: { send } }).submit(KEYED);
    await until(async () => (await store.list({ phases: ["submitting"] })).tasks.length === 1);
    const second = clientOf(BASE, "apixo", { store, transport: { send: () => assert.fail("posted twice") } }).submit(KEYED);
    assert.equal(await isSettled(second), false);
    held.resolve();
    assert.equal((await second).intentId, (await first).intentId);
});
