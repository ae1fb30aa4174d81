// A worker drives what is unfinished, tells of each end until it was dealt with, and stops at its signal.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Client, memoryStore } from "gentask";
import { notices } from "gentask/callbacks";
import { run } from "gentask/run";
import { DIST } from "../support/package.mjs";
import { KEY, ORDERS, startSandbox } from "../support/sandbox.mjs";

const { Host } = await import(new URL("hosting/host.js", DIST).href);

const QUICK = { initial: 0.02, cap: 0.02 };

let sandbox;

before(async () => {
    sandbox = await startSandbox({ speed: 20 });
});

after(async () => {
    await sandbox.stop();
});

function client(store, options = {}) {
    return new Client("apixo", { store, apiKey: KEY, baseUrl: sandbox.base("apixo"), poll: QUICK, ...options });
}

function order(prompt = "a sunset") {
    return { ...ORDERS.apixo, input: { ...ORDERS.apixo.input, prompt } };
}

/** A worker, and how it is stopped. */
function working(of, options) {
    const controller = new AbortController();
    const done = run(of, { signal: controller.signal, ...options });
    return {
        async stop() {
            controller.abort();
            await done;
        },
    };
}

/** What comes, as it comes. */
function queue() {
    const [items, waiting] = [[], []];
    return {
        push: (item) => waiting.length > 0 ? waiting.shift()(item) : items.push(item),
        next: () => items.length > 0 ? Promise.resolve(items.shift()) : new Promise((resolve) => waiting.push(resolve)),
    };
}

describe("a worker", () => {
    test("hears of each end once, whoever ordered it", async () => {
        await sandbox.reset("apixo");
        const store = memoryStore();
        const ends = queue();
        const workers = [1, 2, 3].map(() => working(client(store), { onSettled: ({ record, reply }) => ends.push([record.intentId, reply.status]) }));
        const orders = client(store);
        const tasks = await Promise.all(["a cat", "[fail] a dog", "a fox"].map((prompt) => orders.submit(order(prompt))));
        const told = [await ends.next(), await ends.next(), await ends.next()];
        assert.deepEqual(new Map(told), new Map(tasks.map(({ intentId }, index) => [intentId, index === 1 ? "failed" : "success"])));
        await Promise.all(workers.map((worker) => worker.stop()));
        assert.deepEqual(await notices(orders), []);
        // A poll that two made would be counted by one record only.
        const counted = await Promise.all(tasks.map(async (task) => (await task.record()).attempts.polls));
        assert.equal(await sandbox.arrived("apixo", "status"), counted.reduce((sum, polls) => sum + polls, 0));
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 3, tasks: 3 });
    });

    test("sends an order that is stored and was not sent", async () => {
        await sandbox.reset("apixo");
        // What a process leaves that dies between the claim of its key and the submit.
        const [store, ofTheDead] = [memoryStore(), memoryStore()];
        const save = (change) => (change.record.phase === "prepared" && store.save(change), ofTheDead.save(change));
        await client({ ...ofTheDead, save }).submit({ ...order(), key: "order-1" });
        await sandbox.reset("apixo");
        const ends = queue();
        const worker = working(client(store), { onSettled: ({ reply }) => ends.push(reply.status) });
        assert.equal(await ends.next(), "success");
        await worker.stop();
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("tells who cannot be gone on with, and gives its claims back when it stops", async () => {
        await sandbox.reset("apixo");
        const store = memoryStore();
        const orders = client(store);
        const task = await orders.submit(order("[stuck] a cat"));
        const told = queue();
        const lost = working(client(store, { baseUrl: "http://127.0.0.1:9" }), { onReply: ({ reply }) => told.push(reply) });
        assert.match((await told.next()).errorMessage, /base URL/);
        await lost.stop();
        const worker = working(client(store), {});
        while ((await task.record()).lease === null) await new Promise((resolve) => setTimeout(resolve, 5));
        await worker.stop();
        assert.equal((await task.record()).lease, null);
    });

    test("that is stopped in the middle of a sleep leaves it: its time has not come", async () => {
        const host = Host.of(client(memoryStore()));
        const [stop, told] = [new AbortController(), []];
        const next = (now, answer) => {
            told.push(answer);
            return answer === undefined
                ? { number: 1, effect: { kind: "sleep", until: now + 60_000, givesBack: false } }
                : { failed: new Error("the sleep is not over") };
        };
        const leaving = host.leavable({ mayBeLeft: true, next, free: () => told.push("freed") }, stop.signal);
        setTimeout(() => stop.abort(), 50);
        assert.equal(await leaving, undefined);
        assert.deepEqual(told, [undefined, "freed"]);
    });

    test("asks about a task that it has claimed, whoever else waits for it in this process", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 2_000 } });
        const one = client(memoryStore());
        const task = await one.submit(order());
        const worker = working(one, {});
        while ((await task.record()).lease === null) await new Promise((resolve) => setTimeout(resolve, 5));
        assert.equal((await task.wait({ timeout: 30 })).status, "success");
        await worker.stop();
    });

    test("refuses what it cannot be told", async () => {
        await assert.rejects(run(client(memoryStore()), { onSettle: () => undefined }), /onSettle/);
        await assert.rejects(run(client(memoryStore()), { onReply: 3 }), /onReply is a function/);
        await assert.rejects(run(undefined), /Client of this package/);
        const { remember: _, ...without } = memoryStore();
        await assert.rejects(run(client(without), { onSettled: () => undefined }), /keeps no notices/);
    });
});
