// Whatever happens at once, and whenever somebody leaves: one submit is sent once, its task is kept, and nobody is told otherwise.
//
// The aborts are not timed but counted: each submit is run again for each call of its store and its transport, and left exactly there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, deferred, failureOf, order } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { GentaskError, memoryStore, StoreFault, Undelivered } = gentask;

const NOWHERE = "http://127.0.0.1:1";
const SUCCESS = { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } };
const METHODS = ["load", "find", "save", "list", "blob", "meta", "setMeta", "appendEvents", "events"];

/** A transport by hand, which counts what it posts. `post` says what becomes of a submit. */
function provider(post = () => ({ code: 200, data: { taskId: "task_1" } })) {
    const seen = {
        posts: 0,
        async send({ operation }) {
            if (operation === "submit") seen.posts++;
            return whole(operation === "submit" ? await post() : SUCCESS);
        },
    };
    return seen;
}

function whole(value, status = 200) {
    return { status, headers: {}, body: new TextEncoder().encode(JSON.stringify(value)), end: "whole" };
}

/** The store with a call around each of its methods, and answers that come late. */
function watched(store, before, turns = 2) {
    const late = async () => {
        for (let turn = 0; turn < turns; turn++) await null;
    };
    const method = (name) => async (...given) => {
        before(name);
        await late();
        const answer = store[name](...given);
        await late();
        before(name);
        return answer;
    };
    return Object.fromEntries(METHODS.map((name) => [name, method(name)]));
}

async function records(store) {
    return (await store.list({})).tasks.map(({ json }) => JSON.parse(json));
}

/** A store in which somebody has claimed a key and died before the submit. */
async function claimed(key) {
    const store = memoryStore();
    const died = deferred();
    const save = (change) => {
        if (change.expectedVersion === 0) return store.save(change);
        died.resolve();
        return new Promise(() => undefined);
    };
    void clientOf(NOWHERE, "apixo", { store: { ...store, save }, transport: provider() }).submit(order("apixo", "", { key }));
    await died.promise;
    return store;
}

const BEFORE = {
    "without a key": async () => ({ store: memoryStore() }),
    "with a key": async () => ({ store: memoryStore(), key: "order-42" }),
    "with the key of a task that nobody has sent yet": async () => ({ store: await claimed("order-42"), key: "order-42" }),
    "with the key of a task that runs": async () => {
        const store = memoryStore();
        await clientOf(NOWHERE, "apixo", { store, transport: provider() }).submit(order("apixo", "", { key: "order-42" }));
        return { store, key: "order-42" };
    },
};

const ANSWERS = {
    accepted: () => ({ code: 200, data: { taskId: "task_1" } }),
    lost: () => {
        throw new Undelivered("maybeSent", "the answer was lost");
    },
};

for (const [what, before] of Object.entries(BEFORE)) {
    for (const [how, post] of Object.entries(ANSWERS)) {
        test(`an abort at any call of a submit ${what} (${how}) is told truly`, async () => {
            let calls = 0;
            // The first one is left alone, and tells how many calls there are.
            for (let at = 0; at <= calls; at++) {
                const { store, key } = await before();
                const leave = new AbortController();
                let count = 0;
                const call = () => {
                    if (++count === at) leave.abort();
                };
                const seen = provider(() => {
                    call();
                    return post();
                });
                const client = clientOf(NOWHERE, "apixo", { store: watched(store, call), transport: seen });
                const told = await client.submit(order("apixo", "", { key, signal: leave.signal })).catch((error) => error);
                await client.settled();
                if (at === 0) calls = count;
                const stored = await records(store);
                const name = `left at call ${at}: ${told.message ?? "a handle"}`;
                assert.ok(seen.posts <= 1, name);
                assert.ok(told instanceof GentaskError || stored.some(({ intentId }) => intentId === told.intentId), name);
                if (told.code === "CANCELLED") assert.equal(seen.posts, 0, name);
                if (["SUBMIT_UNKNOWN", "WAIT_TIMEOUT"].includes(told.code)) {
                    assert.ok(stored.some(({ intentId }) => intentId === told.intentId), name);
                }
                if (seen.posts === 1) assert.deepEqual(stored.map(({ phase }) => phase), [how === "accepted" ? "waiting" : "unresolved"], name);
            }
            assert.ok(calls > 1, `${calls} calls`);
        });
    }
}

test("a conflict at any save of a submit sends it once all the same", async () => {
    for (let at = 2; at <= 4; at++) {
        const store = memoryStore();
        let saves = 0;
        const save = (change) => (++saves === at ? "conflict" : store.save(change));
        const seen = provider();
        const client = clientOf(NOWHERE, "apixo", { store: { ...store, save }, transport: seen });
        const task = await client.submit(order("apixo", "", { key: "order-42" }));
        assert.deepEqual([seen.posts, (await task.record()).taskId], [1, "task_1"]);
    }
});

test("who is overtaken, and cannot read by whom, is not told that nothing was accepted", async () => {
    const store = memoryStore();
    const seen = provider();
    let isBroken = false;
    const save = async (change) => {
        if (change.expectedVersion === 0) return store.save(change);
        await clientOf(NOWHERE, "apixo", { store, transport: seen }).submit(order("apixo", "", { key: "order-42" }));
        isBroken = true;
        return store.save(change);
    };
    const load = (intentId) => {
        if (isBroken) throw new StoreFault("misuse", "the disk is gone");
        return store.load(intentId);
    };
    const client = clientOf(NOWHERE, "apixo", { store: { ...store, load, save }, transport: seen });
    const failure = await failureOf(client.submit(order("apixo", "", { key: "order-42" })));
    assert.deepEqual([failure.code, failure.billing, seen.posts], ["STORE_ERROR", "possible", 1]);
});

test("fifty submits of one key by clients of a slow store are one task", async () => {
    const store = memoryStore();
    const seen = provider();
    const slow = (turns) => watched(store, () => undefined, turns);
    const clients = Array.from({ length: 10 }, (_, turns) => clientOf(NOWHERE, "apixo", { store: slow(turns), transport: seen }));
    const tasks = await Promise.all(Array.from({ length: 50 }, (_, n) => clients[n % 10].submit(order("apixo", "", { key: "order-42" }))));
    assert.deepEqual([seen.posts, new Set(tasks.map(({ intentId }) => intentId)).size, (await records(store)).length], [1, 1, 1]);
});

test("everything at once on one task ends in one truth", async () => {
    const store = memoryStore();
    const seen = provider();
    const clients = [0, 3].map((turns) => clientOf(NOWHERE, "apixo", { store: watched(store, () => undefined, turns), transport: seen }));
    const { intentId } = await clients[0].submit(order());
    const calls = clients.flatMap((client) => [
        client.task(intentId).then((task) => task.wait()),
        client.task(intentId).then((task) => task.check({ force: true })),
        client.task(intentId).then((task) => task.check()),
        client.task(intentId).then((task) => task.cancel()),
        client.discard(intentId),
        client.adopt(intentId, "task_2"),
        client.resume(),
    ]);
    for (const { reason } of await Promise.allSettled(calls)) assert.ok(reason === undefined || reason instanceof GentaskError, reason?.stack);
    const [{ phase, taskId }] = await records(store);
    assert.deepEqual([phase, taskId, seen.posts], ["succeeded", "task_1", 1]);
});

test("what looks like a signal but is none is refused before anything is sent", async () => {
    for (const signal of [new AbortController(), "stop", {}]) {
        const seen = provider();
        const store = memoryStore();
        const client = clientOf(NOWHERE, "apixo", { store, transport: seen });
        assert.equal((await failureOf(client.submit(order("apixo", "", { signal })))).code, "UNSUPPORTED");
        await client.settled();
        assert.deepEqual([seen.posts, await records(store)], [0, []]);
    }
});
