// Clocks that stand still, and times that no timer can count.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, clientOf, failureOf, idle, isSettled, order } from "../support/client.mjs";
import { DIST } from "../support/package.mjs";

const { Clock } = await import(new URL("clock.js", DIST).href);

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
        await idle();
        assert.equal(await isSettled(waited), false, String(long));
        leave.abort();
        assert.equal((await failureOf(atOnce(waited))).name, "AbortError");
    }
});

/** Clocks and timers that are set by hand: `wall` and `ticks` in milliseconds, and how long each timer was to be waited for. */
async function byHand(use) {
    const { now } = Date;
    const { performance, setTimeout } = globalThis;
    const counted = performance.now;
    const hand = { wall: 1_800_000_000_000, ticks: 5_000, pauses: [], ring: () => undefined };
    Date.now = () => hand.wall;
    performance.now = () => hand.ticks;
    globalThis.setTimeout = (call, ms) => {
        hand.pauses.push(ms);
        return setTimeout(() => (hand.ring(ms), call()), 0);
    };
    try {
        return await use(hand);
    } finally {
        Date.now = now;
        performance.now = counted;
        globalThis.setTimeout = setTimeout;
    }
}

test("now is the later of both clocks, and never goes backwards", () =>
    byHand((hand) => {
        const clock = new Clock();
        const began = clock.now();
        assert.equal(began, hand.wall);
        // The machine slept: only the wall clock has gone on.
        hand.wall += 172_800_000;
        assert.equal(clock.now(), began + 172_800_000);
        // The wall clock is set back: time goes on from where it was.
        hand.wall -= 3_600_000;
        hand.ticks += 10;
        assert.equal(clock.now(), began + 172_800_010);
        hand.ticks += 10;
        hand.wall += 3_600_000;
        assert.equal(clock.now(), began + 172_800_020);
    }));

test("a long sleep is taken in steps, because timers stand still while a machine sleeps", () =>
    byHand(async (hand) => {
        const clock = new Clock();
        hand.ring = (ms) => void (hand.wall += ms);
        await clock.until(clock.now() + 40_000);
        assert.deepEqual(hand.pauses, [15_000, 15_000, 10_000]);
        hand.pauses = [];
        hand.ring = () => void (hand.wall += 3_600_000);
        await clock.until(clock.now() + 3_600_000);
        assert.deepEqual(hand.pauses, [15_000], "the rest went by while the machine slept");
    }));
