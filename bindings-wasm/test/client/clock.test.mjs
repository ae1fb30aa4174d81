// Clocks that stand still, and times that no timer can count.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, clientOf, failureOf, isSettled, order } from "../support/client.mjs";

const BASE = "http://127.0.0.1:9";
const whole = (value) => ({ status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
const DONE = { code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } };

/** A transport whose tasks need so many polls. */
function tasks(polls) {
    let asked = 0;
    return {
        send: async ({ method }) =>
            whole(
                method === "POST" ? { code: 200, data: { taskId: "task_1" } } : ++asked < polls ? { code: 200, data: { state: "processing" } } : DONE,
            ),
    };
}

test("where the clocks stand still a task still finishes", async () => {
    const { now } = Date;
    const original = performance.now;
    const frozen = now();
    Date.now = () => frozen;
    performance.now = () => 1;
    try {
        const task = await clientOf(BASE, "apixo", { transport: tasks(4) }).submit(order());
        assert.equal((await atOnce(task.wait())).status, "success");
        const failure = await failureOf(
            atOnce((await clientOf(BASE, "apixo", { transport: tasks(1_000_000) }).submit(order())).wait({ timeout: 0.2 })),
        );
        assert.equal(failure.code, "WAIT_TIMEOUT");
    } finally {
        Date.now = now;
        performance.now = original;
    }
});

test("where the wall clock jumps back a task still finishes", async () => {
    const { now } = Date;
    let jump = 0;
    Date.now = () => now() - jump;
    try {
        const client = clientOf(BASE, "apixo", { transport: tasks(4) });
        const task = await client.submit(order());
        jump = 86_400_000;
        const later = clientOf(BASE, "apixo", { transport: tasks(4), store: client.store });
        assert.equal((await atOnce((await later.task(task.intentId)).wait())).status, "success");
    } finally {
        Date.now = now;
    }
});

test("times that no timer can count do not end at once", async () => {
    for (const long of [3_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e300, Number.POSITIVE_INFINITY]) {
        const client = clientOf(BASE, "apixo", { transport: tasks(1), poll: { initial: long, cap: long }, requestTimeout: long, timeout: long });
        const task = await client.submit(order());
        const leave = new AbortController();
        const waited = task.wait({ timeout: long, signal: leave.signal });
        await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(await isSettled(waited), false, String(long));
        leave.abort();
        assert.equal((await failureOf(atOnce(waited))).name, "AbortError");
    }
});
