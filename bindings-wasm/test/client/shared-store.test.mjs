// One store, several clients: the same key is one POST, and who is overtaken loses nothing.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { atOnce, clientOf, failureOf, only, order, SOON, STORES, tempt } from "../support/client.mjs";
import { gentask, HAS_SQLITE } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { memoryStore, sqliteStore } = gentask;

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

/** Two stores that are one: the same object, or two connections to one file. */
const PAIRS = {
    memory: async (use) => {
        const store = memoryStore();
        return use(store, store);
    },
    ...(HAS_SQLITE && {
        sqlite: async (use) => {
            const folder = mkdtempSync(join(tmpdir(), "gentask-shared-"));
            const pair = [0, 1].map(() => sqliteStore(join(folder, "tasks.db")));
            try {
                return await use(...pair);
            } finally {
                for (const store of pair) await store.close();
                rmSync(folder, { recursive: true });
            }
        },
    }),
};

for (const [kind, withPair] of Object.entries(PAIRS)) {
    test(`the same key, submitted 20 times at once by two clients, is one POST (${kind})`, () =>
        withPair(async (one, other) => {
            await sandbox.reset("apixo", SOON, { on: "submit", fault: { kind: "delayMs", ms: 50 } });
            const clients = [one, other].map((store) => clientOf(sandbox.base("apixo"), "apixo", { store }));
            const tasks = await Promise.all(Array.from({ length: 20 }, (_, at) => clients[at % 2].submit(order("apixo", "", { key: "order-42" }))));
            assert.equal(new Set(tasks.map(({ intentId }) => intentId)).size, 1);
            assert.equal(new Set(tasks.map(({ taskId }) => taskId)).size, 1);
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
            const replies = await Promise.all(tasks.map((task) => task.wait()));
            assert.ok(replies.every(({ status }) => status === "success"));
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        }));

    test(`another input under the same key is refused, and names the intent (${kind})`, () =>
        withPair(async (one, other) => {
            await sandbox.reset("apixo", SOON);
            const [first, second] = [one, other].map((store) => clientOf(sandbox.base("apixo"), "apixo", { store }));
            const task = await first.submit(order("apixo", "", { key: "order-42" }));
            const failure = await failureOf(second.submit(order("apixo", "another", { key: "order-42" })));
            assert.equal(failure.code, "INVALID_PAYLOAD");
            assert.ok(failure.message.includes(task.intentId));
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        }));

    test(`a submit whose answer is lost is lost for everybody who asks with its key (${kind})`, () =>
        withPair(async (one, other) => {
            await sandbox.reset("apixo", SOON, { on: "submit", fault: { kind: "resetAfterBody" } });
            const clients = [one, other].map((store) => clientOf(sandbox.base("apixo"), "apixo", { store }));
            const ends = await Promise.all(
                Array.from({ length: 10 }, (_, at) => failureOf(clients[at % 2].submit(order("apixo", "", { key: "order-42" })))),
            );
            assert.ok(ends.every(({ code }) => code === "SUBMIT_UNKNOWN"));
            await tempt(clients[1], ends[0].intentId);
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        }));

    test(`many waits for one task, in two clients, all end with it (${kind})`, () =>
        withPair(async (one, other) => {
            await sandbox.reset("apixo", SOON);
            const clients = [one, other].map((store) => clientOf(sandbox.base("apixo"), "apixo", { store }));
            const { intentId } = await clients[0].submit(order("apixo", "[slow]"));
            const waits = Array.from({ length: 6 }, async (_, at) => (await clients[at % 2].task(intentId)).wait());
            const replies = await Promise.all(waits);
            assert.equal(new Set(replies.map((reply) => reply.toJson())).size, 1);
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        }));
}

/** A store in which somebody else writes right before the saves that `when` names. */
function disturbed(store, when, disturb) {
    let left = 1_000;
    return {
        ...store,
        save: async (change) => {
            if (when(change.record) && left-- > 0) await disturb(change);
            return store.save(change);
        },
    };
}

/** Another process's harmless change: the record's version goes on. */
const touch = (store, times = { left: 1 }) => async ({ record }) => {
    if (times.left-- <= 0) return;
    const current = JSON.parse(await store.load(record.intentId));
    const next = { ...current, version: current.version + 1 };
    assert.equal(await store.save({ record: next, json: JSON.stringify(next), blobs: [], expectedVersion: current.version, fence: true }), "done");
};

for (const [kind, withStore] of Object.entries(STORES)) {
    test(`a task id in hand survives a conflict (${kind})`, () =>
        withStore(async (store) => {
            await sandbox.reset("apixo", SOON);
            for (const times of [1, 5]) {
                const shared = disturbed(store, ({ taskId, phase }) => taskId !== null && phase === "waiting", touch(store, { left: times }));
                const task = await clientOf(sandbox.base("apixo"), "apixo", { store: shared }).submit(order());
                assert.ok(task.taskId);
                assert.equal((await task.record()).taskId, task.taskId);
                assert.equal((await task.wait()).status, "success");
            }
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
        }));
}

test("a conflict without end is told with the task's id", async () => {
    await sandbox.reset("apixo", SOON);
    const store = memoryStore();
    const shared = disturbed(store, ({ taskId }) => taskId !== null, touch(store, { left: 1_000 }));
    const client = clientOf(sandbox.base("apixo"), "apixo", { store: shared });
    const failure = await failureOf(atOnce(client.submit(order())));
    assert.deepEqual([failure.code, failure.reply.data.billing], ["STORE_ERROR", "possible"]);
    assert.ok(failure.taskId !== null && failure.message.includes(failure.taskId), failure.message);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("a record that is gone when the answer comes is told with the task's id", async () => {
    await sandbox.reset("apixo", SOON);
    const store = memoryStore();
    const gone = {
        ...store,
        save: (change) => (change.record.taskId === null ? store.save(change) : "conflict"),
        load: (intentId) => (isGone ? null : store.load(intentId)),
    };
    let isGone = false;
    const client = clientOf(sandbox.base("apixo"), "apixo", { store: gone, onEvent: () => (isGone = true) });
    const failure = await failureOf(atOnce(client.submit(order())));
    assert.equal(failure.code, "STORE_ERROR");
    assert.ok(failure.taskId !== null && failure.message.includes(failure.taskId), failure.message);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("a conflict before anything was sent sends nothing twice", async () => {
    await sandbox.reset("apixo", SOON);
    const store = memoryStore();
    const shared = disturbed(store, ({ phase }) => phase === "submitting", touch(store, { left: 3 }));
    const client = clientOf(sandbox.base("apixo"), "apixo", { store: shared });
    const task = await client.submit(order("apixo", "", { key: "order-42" }));
    assert.equal((await task.wait()).status, "success");
    assert.equal((await only(client)).taskId, task.taskId);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});
