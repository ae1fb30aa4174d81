// What fails to its caller is not sent later behind its back: it is withdrawn, or the caller is told that it is stored. And what is not the caller's
// any more is left alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inNoTime } from "../adversary/clock.mjs";
import { atOnce, clientOf, failureOf, only, order, SOON, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { memoryStore, StoreFault } = gentask;

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const BASE = "http://127.0.0.1:9";
const answer = (value) => ({ status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
/** Between two attempts of one submit its key is asked for again, while it is stored. */
const SOON_AGAIN = { ...answer({}), status: 429, headers: { "retry-after": "0.1" } };

/** A provider that answers its submits by these, one after the other, then accepts everything, and counts. */
function provider(...answers) {
    const seen = { posts: 0 };
    const send = async ({ method }) =>
        method === "POST"
            ? answers[seen.posts++] ?? answer({ code: 200, data: { taskId: `task_${seen.posts}` } })
            : answer({ code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } });
    return { seen, transport: { send } };
}

test("a missing key cancels nothing that somebody else has paid for meanwhile", async () => {
    const soonAgain = { on: "submit", nth: 1, fault: { kind: "status", code: 429, headers: SOON_AGAIN.headers } };
    await sandbox.reset("aivideomaker", { ...SOON, taskMs: { video: 600_000 } }, soonAgain);
    const store = memoryStore();
    const request = order("aivideomaker", "", { key: "order-42" });
    const other = clientOf(sandbox.base("aivideomaker"), "aivideomaker", { store });
    let asked = 0;
    let task;
    const apiKey = async () => {
        if (++asked === 1) return KEY;
        task = await other.submit(request);
        throw new Error("the safe is locked");
    };
    const failure = await failureOf(clientOf(sandbox.base("aivideomaker"), "aivideomaker", { store, apiKey }).submit(request));
    // It goes on, and that is what is told.
    assert.deepEqual([failure.code, failure.billing, failure.reply.status], ["WAIT_TIMEOUT", "possible", "pending"]);
    assert.deepEqual([failure.intentId, failure.taskId], [task.intentId, task.taskId]);
    assert.equal((await task.record()).phase, "waiting");
    assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 2, tasks: 1 });
});

test("a withdrawal that comes too late leaves the task to whoever was faster", async () => {
    const store = memoryStore();
    const { seen, transport } = provider(SOON_AGAIN);
    const request = order("apixo", "", { key: "order-42" });
    let asked = 0;
    const apiKey = () => {
        if (++asked === 2) throw new Error("the safe is locked");
        return KEY;
    };
    let task;
    // Between the look and the compare-and-set.
    const save = async (change) => {
        if (change.record.phase === "rejected") task = await clientOf(BASE, "apixo", { store, transport }).submit(request);
        return store.save(change);
    };
    const failure = await failureOf(clientOf(BASE, "apixo", { store: { ...store, save }, transport, apiKey }).submit(request));
    assert.deepEqual([failure.code, failure.billing, failure.taskId, seen.posts], ["WAIT_TIMEOUT", "possible", "task_2", 2]);
    assert.equal((await task.record()).phase, "waiting");
});

/** A store that is locked for these calls of a submit's fenced save, and perhaps for reads too. */
function locked(store, isLocked) {
    const refuse = () => {
        throw new StoreFault("locked", "another program keeps it locked");
    };
    return {
        ...store,
        load: (intentId) => (isLocked("load") ? refuse() : store.load(intentId)),
        save: (change) => (isLocked(change.record.phase) ? refuse() : store.save(change)),
    };
}

test("a keyed order that its store does not take is withdrawn, and no resume sends it", () =>
    inNoTime(async () => {
        const store = memoryStore();
        const { seen, transport } = provider();
        const client = clientOf(BASE, "apixo", { store: locked(store, (what) => what === "submitting"), transport });
        const failure = await failureOf(client.submit(order("apixo", "", { key: "order-42" })));
        assert.deepEqual([failure.code, failure.billing, failure.reply.status], ["STORE_ERROR", "none", "failed"]);
        const later = clientOf(BASE, "apixo", { store, transport });
        assert.deepEqual(await later.resume(), []);
        const { intentId, phase } = await only(later);
        assert.deepEqual([intentId, phase, seen.posts], [failure.intentId, "rejected", 0]);
        assert.equal((await later.submit(order("apixo", "", { key: "order-42" }))).taskId, "task_1");
    }));

test("an order that cannot be withdrawn either is told to be stored, and a resume sends it", () =>
    inNoTime(async () => {
        for (const alsoReads of [false, true]) {
            const store = memoryStore();
            const { seen, transport } = provider();
            let isLocked = false;
            const withLock = locked(store, (what) => {
                isLocked ||= what === "submitting";
                return isLocked && (alsoReads || what !== "load");
            });
            const failure = await failureOf(clientOf(BASE, "apixo", { store: withLock, transport }).submit(order("apixo", "", { key: "order-42" })));
            assert.deepEqual([failure.code, failure.billing, failure.reply.status], ["STORE_ERROR", "none", "pending"], failure.message);
            assert.match(failure.message, /the order is still stored: a resume may send it/);
            assert.equal(seen.posts, 0);
            const [{ intentId, reply }] = await clientOf(BASE, "apixo", { store, transport }).resume();
            assert.deepEqual([intentId, reply.status, seen.posts], [failure.intentId, "success", 1]);
        }
    }));

test("a resume without a key withdraws nothing: the order was not its own", async () => {
    const store = memoryStore();
    const { seen, transport } = provider();
    // Claimed by a program that died.
    let left = 1;
    const dies = {
        ...store,
        save: (change) => (left-- > 0 ? store.save(change) : new Promise(() => undefined)),
    };
    void clientOf(BASE, "apixo", { store: dies, transport }).submit(order("apixo", "", { key: "order-42" }));
    await until(() => store.list({}).tasks.length === 1);
    const apiKey = () => {
        throw new Error("the safe is locked");
    };
    const [{ reply }] = await clientOf(BASE, "apixo", { store, transport, apiKey }).resume();
    assert.equal(reply.errorCode, "AUTH_FAILED");
    assert.equal((await only(clientOf(BASE, "apixo", { store }))).phase, "prepared");
    assert.equal((await clientOf(BASE, "apixo", { store, transport }).resume())[0].reply.status, "success");
    assert.equal(seen.posts, 1);
});

test("an id that is saved is answered with, whatever the store does afterwards", async () => {
    const store = memoryStore();
    const { seen, transport } = provider();
    let isGone = false;
    const gone = (call) => (...given) => {
        if (isGone) throw new Error("the disk is gone");
        return store[call](...given);
    };
    const save = async (change) => {
        const saved = await store.save(change);
        isGone = change.record.taskId !== null;
        return saved;
    };
    const reading = { load: gone("load"), find: gone("find"), list: gone("list"), blob: gone("blob"), meta: gone("meta") };
    const client = clientOf(BASE, "apixo", { store: { ...store, ...reading, save }, transport });
    const reply = await atOnce(client.createGeneration(order()));
    assert.deepEqual([reply.ok, reply.taskId, seen.posts], [true, "task_1", 1]);
    assert.notEqual(reply.intentId, null);
});
