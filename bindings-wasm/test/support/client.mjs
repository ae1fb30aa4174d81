// Clients of simulated providers that poll quickly, and what is asked of them after each fault.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers";
import { gentask, HAS_SQLITE } from "./package.mjs";
import { KEY, ORDERS } from "./sandbox.mjs";

const { Client, GentaskError, memoryStore, sqliteStore } = gentask;

/** Polls quickly: the schedule itself is tested in the core. */
export const QUICK = { initial: 0.02, factor: 1, cap: 0.02 };

/** Tasks that end soon, and reads without a limit. */
export const SOON = { taskMs: { image: 100, video: 100, audio: 100, model: 100 }, readPerMin: 0, submitPerMin: 0, concurrent: 0 };

/** The stores of this runtime: each calls `use` with a fresh one, which is gone afterwards. */
export const STORES = {
    memory: (use) => use(memoryStore()),
    ...(HAS_SQLITE && { sqlite: withFile }),
};

async function withFile(use) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-client-"));
    const store = sqliteStore(join(folder, "tasks.db"));
    try {
        return await use(store);
    } finally {
        await store.close();
        rmSync(folder, { recursive: true });
    }
}

/** A client of a base URL. */
export function clientOf(baseUrl, provider = "apixo", options = {}) {
    return new Client(provider, { baseUrl, apiKey: KEY, store: memoryStore(), poll: QUICK, timeout: 20, ...options });
}

/** An order of this provider, with a further word in its prompt, under which the simulated provider may do something special. */
export function order(provider = "apixo", word = "", more = {}) {
    const { model, input } = ORDERS[provider];
    return { model, input: { ...input, prompt: `${input.prompt} ${word}`.trim() }, ...more };
}

/** What a promise is rejected with, which must be one of ours. */
export async function failureOf(promise, name = "") {
    const failure = await promise.then(
        (value) => assert.fail(`${name}: it succeeded: ${value?.toJson?.() ?? value}`),
        (error) => error,
    );
    assert.ok(failure instanceof GentaskError, `${name}: ${failure?.stack ?? failure}`);
    return failure;
}

/** What a failed submit or wait says, in short. */
export function said({ reply }) {
    return { code: reply.errorCode, status: reply.status, billing: reply.data.billing, taskId: reply.taskId };
}

/** The client's only record. */
export async function only(client) {
    const { records, damaged } = await client.tasks();
    assert.deepEqual([records.length, damaged.length], [1, 0]);
    return records[0];
}

/** Everything that drives tasks, none of which may post. */
export async function tempt(client, intentId) {
    await client.resume({ concurrency: 4, timeout: 0.05 });
    const task = await client.task(intentId);
    for (let time = 0; time < 2; time++) await failureOf(task.wait({ timeout: 0.05 }), "a wait for a task that cannot succeed");
    await task.check({ force: true });
    await task.check();
    await client.settled();
}

/** A promise with its ends in reach. */
export function deferred() {
    let resolve, reject;
    const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
    return { promise, resolve, reject };
}

/** Whether the promise is settled once everything that is ready has run. */
export async function isSettled(promise) {
    const open = Symbol("open");
    const wait = new Promise((resolve) => setTimeout(resolve, 0, open));
    return (await Promise.race([promise.then(() => true, () => true), wait])) !== open;
}

/** Lets run what is ready and what follows from it, many times over: whatever the program would do of its own accord has begun then. */
export async function idle() {
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until something is so, and gives it. */
export async function until(holds) {
    for (let left = 6_000;; left--) {
        const found = await holds();
        if (found) return found;
        assert.ok(left > 0, `it never came: ${holds}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

/** The promise, which has to settle while nobody answers: far sooner than any timeout of the test, and generously for a slow machine. */
export async function atOnce(promise) {
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("it was not let go")), 10_000)));
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}
