// What a failure says: no failure about a task that was sent leaves its ids out, or says that nothing was spent; and a call that failed is not told as
// a task that failed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import process from "node:process";
import { test } from "node:test";
import { RowClock } from "../adversary/clock.mjs";
import { atOnce, clientOf, deferred, failureOf, idle, isSettled, only, order, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

const { memoryStore } = gentask;

const BASE = "http://127.0.0.1:9";
const answer = (value, status = 200, headers = {}) => ({ status, headers, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
const ACCEPTED = answer({ code: 200, data: { taskId: "task_1" } });
const RUNNING = answer({ code: 200, data: { state: "processing" } });

/** A task that is stored, in a store whose reads fail once `state.isGone`. */
async function stored(poll = async () => RUNNING) {
    const store = memoryStore();
    const state = { isGone: false };
    const load = (intentId) => {
        if (state.isGone) throw new Error("the disk is gone");
        return state.hangs ? new Promise(() => undefined) : store.load(intentId);
    };
    const send = async ({ method }) => (method === "POST" ? ACCEPTED : poll());
    const client = clientOf(BASE, "apixo", { store: { ...store, load }, transport: { send }, maxReadRetries: 0 });
    return { client, state, store, task: await client.submit(order()) };
}

test("a store that does not give a task's record is told about with the task's ids", async () => {
    const { state, task } = await stored();
    state.isGone = true;
    for (const call of [() => task.wait(), () => task.check(), () => task.cancel(), () => task.reply(), () => task.record(), () => task.discard()]) {
        const failure = await failureOf(call());
        assert.deepEqual([failure.code, failure.billing], ["STORE_ERROR", "possible"], String(call));
        assert.deepEqual([failure.intentId, failure.taskId, failure.reply.status], [task.intentId, "task_1", "pending"], String(call));
        assert.ok(!/submit again/.test(failure.suggestions.join().replaceAll("do not submit again", "")), failure.suggestions.join());
    }
});

test("an aborted wait names its task, also before its record was read", async () => {
    const { state, task } = await stored();
    state.isGone = true;
    const failure = await failureOf(task.wait({ signal: AbortSignal.abort() }));
    assert.deepEqual([failure.name, failure.intentId, failure.taskId, failure.billing], ["AbortError", task.intentId, "task_1", "possible"]);
});

test("a record that belongs to another base is told about with its ids, and not as a task that failed", async () => {
    const { store, task } = await stored();
    const [{ intentId, reply }] = await clientOf("http://127.0.0.1:8", "apixo", { store }).resume();
    assert.deepEqual([intentId, reply.errorCode, reply.intentId, reply.taskId], [task.intentId, "INVALID_CONTRACT", task.intentId, "task_1"]);
    assert.deepEqual([reply.status, reply.data.billing], ["unknown", "possible"]);
});

test("a question that cannot be asked says nothing about how the task is", async () => {
    const apiKey = () => {
        throw new Error("the safe is locked");
    };
    const client = clientOf(BASE, "aivideomaker", { apiKey });
    for (const reply of [await client.getStatus("task_1", "t2v"), await client.getTask("task_1", "t2v"), await client.getStatus("task_1")]) {
        assert.deepEqual([reply.ok, reply.status], [false, "unknown"], reply.toJson());
    }
    assert.equal((await failureOf(client.account())).reply.status, "unknown");
});

test("a check whose read failed says so", async () => {
    const { task } = await stored(async () => answer({ code: 503, message: "busy" }, 503));
    const reply = await task.check({ force: true });
    assert.deepEqual([reply.ok, reply.errorCode, reply.taskId, reply.intentId], [false, "UPSTREAM_ERROR", "task_1", task.intentId]);
    assert.deepEqual([reply.status, reply.data.billing], ["pending", "possible"]);
});

test("updates say at once how the task is, also to who comes later", async () => {
    const silence = deferred();
    const { task } = await stored(() => silence.promise);
    for (let observers = 0; observers < 2; observers++) {
        for await (const reply of task.updates()) {
            assert.deepEqual([reply.status, reply.taskId], ["pending", "task_1"]);
            break;
        }
    }
    silence.resolve(RUNNING);
});

test("a task with a second id at the provider is among those that a person has to look at", async () => {
    const { client, store, task } = await stored();
    assert.deepEqual((await client.unresolved()).records, []);
    const record = await task.record();
    const conflict = { phase: "waiting", source: "submit", at: Date.now(), taskId: "task_2" };
    const next = { ...record, version: record.version + 1, conflict };
    assert.equal(store.save({ record: next, json: JSON.stringify(next), blobs: [], expectedVersion: record.version, fence: true }), "done");
    assert.deepEqual((await client.unresolved()).records.map(({ conflict }) => conflict.taskId), ["task_2"]);
});

test("of two intents that adopt one id at the same moment one has it", async () => {
    const store = memoryStore();
    const lost = { send: async ({ method }) => (method === "POST" ? answer({ code: 500, message: "lost" }) : RUNNING) };
    const client = clientOf(BASE, "apixo", { store, transport: lost });
    const intents = await Promise.all([1, 2].map(async () => (await failureOf(client.submit(order()))).intentId));
    const adopted = await Promise.allSettled(intents.map((intent) => client.adopt(intent, "task_9")));
    assert.deepEqual(adopted.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const { reason } = adopted.find(({ status }) => status === "rejected");
    assert.deepEqual([reason.code, /adopting this task id|already/.test(reason.message)], ["INVALID_PAYLOAD", true], reason.message);
    const { records } = await client.tasks();
    assert.deepEqual(records.map(({ taskId }) => taskId).sort(), [null, "task_9"].sort());
});

test("a wait ends with its time, whatever holds it up", async () => {
    // A submit in flight, and a store that hangs.
    const never = new Promise(() => undefined);
    const store = memoryStore();
    const client = clientOf(BASE, "apixo", { store, transport: { send: () => never }, requestTimeout: 600 });
    void client.submit(order());
    await until(async () => (await store.list({ phases: ["submitting"] })).tasks.length === 1);
    const task = await client.task((await only(client)).intentId);
    const waits = [failureOf(task.wait({ timeout: 0.1 }))];
    const { task: other, state } = await stored();
    state.hangs = true;
    waits.push(failureOf(other.wait({ timeout: 0.1 })));
    for (const failure of await atOnce(Promise.all(waits))) assert.deepEqual([failure.code, failure.billing], ["WAIT_TIMEOUT", "possible"]);
});

test("a question keeps to the client's timeout, though the server holds its answer open", () =>
    withServer(
        (socket, { method }) => {
            if (method === "POST") return socket.write(answerOf(200, { code: 200, data: { taskId: "task_1" } }));
            socket.write("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{");
        },
        async (server) => {
            const client = clientOf(server.origin, "apixo", { timeout: 0.3, requestTimeout: 600 });
            const task = await client.submit(order());
            const asked = [
                client.getStatus("task_1", "nano-banana"),
                task.check({ force: true }),
                failureOf(task.wait()),
                failureOf(client.account()),
            ];
            for (const reply of await atOnce(Promise.all(asked))) assert.equal((reply.reply ?? reply).ok, false);
            assert.equal((await task.record()).phase, "waiting");
        },
    ));

test("a question that waits for its key or its place keeps to the timeout too", async () => {
    const never = new Promise(() => undefined);
    const slow = clientOf(BASE, "apixo", { timeout: 0.2, apiKey: () => never });
    assert.equal((await atOnce(slow.getStatus("task_1", "nano-banana"))).status, "unknown");
    const held = deferred();
    const send = async () => (await held.promise, RUNNING);
    const patient = clientOf(BASE, "apixo", { transport: { send }, gate: 1 });
    void patient.getStatus("task_0", "nano-banana");
    const task = await stored();
    const busy = clientOf(BASE, "apixo", { transport: { send }, gate: 1, timeout: 0.2, store: task.store });
    void busy.getStatus("task_0", "nano-banana");
    assert.equal((await failureOf(atOnce((await busy.task(task.task.intentId)).wait()))).code, "WAIT_TIMEOUT");
    held.resolve();
});

test("a pause that a question was asked for is stored, and kept by others' questions and submits", async () => {
    const store = memoryStore();
    const limited = clientOf(BASE, "aivideomaker", { store, transport: { send: async () => answer({}, 429, { "retry-after": "600" }) } });
    assert.equal((await failureOf(limited.account())).code, "RATE_LIMITED");
    await until(async () => (await store.meta(`hold ${BASE} default`)) !== null);
    const transport = { send: () => assert.fail("it was sent") };
    for (const ask of ["account", "remoteTasks"]) {
        const failure = await failureOf(atOnce(clientOf(BASE, "aivideomaker", { store, transport })[ask]()));
        assert.ok(failure.code === "RATE_LIMITED" && failure.retryAfter > 300, failure.message);
    }
});

test("a pause that another process is asked for meanwhile is kept, and a shorter one does not replace it", async () => {
    const store = memoryStore();
    const until = Date.now() + 3_600_000;
    let isLimited = false;
    const send = async ({ method }) => (method === "POST" ? ACCEPTED : isLimited ? answer({}, 429, { "retry-after": "200" }) : RUNNING);
    const client = clientOf(BASE, "apixo", { store, transport: { send } });
    const task = await client.submit(order());
    await task.check({ force: true });
    isLimited = true;
    await store.setMeta(`hold ${BASE} default`, String(until), false);
    await task.check({ force: true });
    await idle();
    assert.equal(await store.meta(`hold ${BASE} default`), String(until));
});

/** The number of a process that has ended. */
function endedProcess() {
    const [flag, script] = globalThis.Deno ? ["eval", "console.log(Deno.pid)"] : ["-e", "console.log(process.pid)"];
    return Number(execFileSync(process.execPath, [flag, script], { encoding: "utf8" }).trim());
}

test("a submit whose process is gone is not waited for", async (t) => {
    const store = memoryStore();
    const request = order("apixo", "", { key: "order-42" });
    void clientOf(BASE, "apixo", { store, transport: { send: () => new Promise(() => undefined) } }).submit(request);
    await until(async () => (await store.list({ phases: ["submitting"] })).tasks.length === 1);
    const client = clientOf(BASE, "apixo", { store, apiKey: KEY, transport: { send: () => assert.fail("posted again") } });
    const record = await only(client);
    const [, name, host] = /^([^@]+)@(.*):\d+:\d+(#\d+)?$/.exec(record.lease.holder) ?? [];
    if (name === undefined) return t.skip("this system does not tell which process it was");
    // By the clock that wrote the record: one that is a moment behind it would have gone back, and that is noted in the record.
    const clock = new RowClock(record.at.updated);
    clock.standStill();
    const waiting = clock.run(() => client.submit(request));
    for (let look = 0; look < 3; look++) {
        await until(() => clock.sleepers === 1);
        assert.equal(await isSettled(waiting), false, "a process that lives is waited for");
        clock.advance(500);
    }
    const next = { ...record, version: record.version + 1, lease: { ...record.lease, holder: `${name}@${host}:${endedProcess()}:7#1` } };
    assert.equal(store.save({ record: next, json: JSON.stringify(next), blobs: [], expectedVersion: record.version, fence: true }), "done");
    clock.jump();
    const failure = await failureOf(atOnce(waiting));
    assert.deepEqual([failure.code, failure.intentId], ["SUBMIT_UNKNOWN", record.intentId]);
});
