// A submit's lease: another client may settle the submit once it is over, so nothing of it may leave after that.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { test } from "node:test";
import { holderName } from "../../dist/process.js";
import { atOnce, clientOf, deferred, failureOf, idle, isSettled, only, order, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { memoryStore } = gentask;

const BASE = "http://127.0.0.1:9";
const whole = (value) => ({ status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
const ACCEPTED = whole({ code: 200, data: { taskId: "task_1" } });
const RUNNING = whole({ code: 200, data: { state: "processing" } });

test("a submit that waits at the gate is not counted yet: reads may hold every place", async () => {
    const held = deferred();
    const seen = [];
    const send = async ({ method }) => {
        seen.push(method);
        if (method === "GET") await held.promise;
        return method === "POST" ? ACCEPTED : RUNNING;
    };
    const store = memoryStore();
    const client = clientOf(BASE, "apixo", { store, transport: { send }, gate: 1 });
    const asked = client.getStatus("task_0", "nano-banana");
    await until(() => seen.length === 1);
    const submitted = client.submit(order());
    assert.equal(await isSettled(submitted), false);
    await idle();
    assert.deepEqual((await store.list({})).tasks, [], "an attempt without a place");
    held.resolve();
    assert.equal((await asked).status, "processing");
    assert.equal((await submitted).taskId, "task_1");
    assert.deepEqual(seen, ["GET", "POST"]);
});

test("with one place at the gate a submit, its cancel and its polls all have their turn", async () => {
    const send = async ({ operation }) =>
        operation === "submit"
            ? ACCEPTED
            : whole({ code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } });
    const client = clientOf(BASE, "apixo", { transport: { send }, gate: 1 });
    const tasks = await atOnce(Promise.all(Array.from({ length: 5 }, () => client.submit(order()))));
    const replies = await atOnce(Promise.all(tasks.map((task) => task.wait())));
    assert.ok(replies.every(({ status }) => status === "success"));
});

/** A store whose next save of a submit takes so long, by the wall clock: a slow disk, or a machine that slept. */
function slow(ms, times = 1) {
    const store = memoryStore();
    const { now } = Date;
    let late = 0;
    Date.now = () => now() + late;
    let left = times;
    const save = (change) => {
        if (change.record.phase === "submitting" && left-- > 0) late += ms;
        return store.save(change);
    };
    return { store: { ...store, save }, restore: () => (Date.now = now) };
}

test("a submit whose lease is over when its turn comes is not begun, and is sent under a new one", async () => {
    const { restore, store } = slow(60_000);
    try {
        let posts = 0;
        const send = async () => (posts++, ACCEPTED);
        const client = clientOf(BASE, "apixo", { store, transport: { send } });
        const task = await atOnce(client.submit(order()));
        const { attempts, maybeSent, taskId } = await task.record();
        assert.deepEqual([taskId, posts, attempts.submit, attempts.notSent, maybeSent], ["task_1", 1, 2, 1, false]);
    } finally {
        restore();
    }
});

test("a submit whose lease is always over is never sent, and its caller is told so", async () => {
    const { restore, store } = slow(60_000, 1_000);
    try {
        const client = clientOf(BASE, "apixo", { store, transport: { send: () => assert.fail("it was sent") } });
        const failure = await failureOf(atOnce(client.submit(order())));
        assert.deepEqual([failure.code, failure.billing], ["NETWORK_ERROR", "none"]);
        assert.match(failure.message, /was not begun/);
        assert.equal((await only(client)).phase, "rejected");
    } finally {
        restore();
    }
});

test("a submit's request ends before its lease does", async () => {
    const { restore, store } = slow(20_000);
    try {
        const given = [];
        const send = async ({ timeoutMs }) => (given.push(timeoutMs), ACCEPTED);
        await clientOf(BASE, "apixo", { store, transport: { send }, requestTimeout: 30 }).submit(order());
        assert.ok(given[0] > 0 && given[0] <= 15_100, String(given));
    } finally {
        restore();
    }
});

test("a wait beside a worker that is dead leaves the program its turn, and goes on by itself", async () => {
    const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
    await once(child, "exit");
    const store = memoryStore();
    const client = clientOf(BASE, "apixo", { store, transport: { send: async ({ method }) => method === "POST" ? ACCEPTED : RUNNING } });
    const task = await client.submit(order());
    const record = await task.record();
    const holder = holderName("worker").replace(`:${process.pid}:`, `:${child.pid}:`);
    const [now, later] = [Date.now(), Date.now() + 600_000];
    const claimed = { ...record, version: record.version + 1, due: { at: later, set: now }, lease: { holder, until: later + 35_000 } };
    assert.equal(
        await store.save({ record: claimed, json: JSON.stringify(claimed), blobs: [], expectedVersion: record.version, fence: false }),
        "done",
    );
    const leave = new AbortController();
    // A timer has its turn long before the task is due.
    setTimeout(() => leave.abort(), 50);
    await assert.rejects(task.wait({ signal: leave.signal, timeout: 900 }), { code: "WAIT_TIMEOUT" });
});
