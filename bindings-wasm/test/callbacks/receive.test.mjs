// Callbacks over real HTTP: taken once, answered, and the task's end heard of at once.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startSandbox } from "../support/sandbox.mjs";
import { STORES, until } from "../support/client.mjs";
import { callbacks, called, deliver, HOOK, said, seldom, SERVERS } from "./scene.mjs";

const { acknowledge, deliveries, notices, Receiver, settleNotices, signTestCallback } = callbacks;
const OK = { status: 200, type: "text/plain; charset=utf-8", body: "ok" };

let sandbox;
before(async () => {
    sandbox = await startSandbox();
});
after(() => sandbox.stop());

for (const [name, serve] of Object.entries(SERVERS)) {
    describe(`on ${name}`, () => {
        /** A server for a client, and what it heard. */
        async function scene(t, options = {}) {
            const client = seldom(sandbox.base("apixo"), options);
            const heard = [];
            const server = await serve(new Receiver(client, { onReceipt: (receipt) => heard.push(receipt) }));
            t.after(() => server.stop());
            return { client, heard, server };
        }

        test("a callback ends a wait at once", async (t) => {
            const { client, heard, server } = await scene(t);
            const task = await called(sandbox, client);
            // No sleep of this client ends by itself.
            client.engine.clock.until = (_, signal) =>
                new Promise((resolve) => signal.aborted ? resolve() : signal.addEventListener("abort", resolve));
            const waiting = task.wait();
            await until(() => client.engine.driver.isDriven(task.intentId));
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: said(task) });
            assert.deepEqual(await deliver(server.origin, callback), OK);
            assert.equal((await waiting).status, "success");
            assert.deepEqual(heard.map(({ outcome, intentId, tokenSecret }) => [outcome, intentId, tokenSecret]), [["poke", task.intentId, 0]]);
            await client.settled();
            assert.equal(await sandbox.arrived("apixo", "status"), 1, "who waits asks, and nobody beside it");
        });

        test("the provider itself calls back, and is asked once", async (t) => {
            const { client, heard, server } = await scene(t);
            await sandbox.reset("apixo", { taskMs: { image: 500 }, readPerMin: 0 });
            const task = await client.submit({ ...ORDER(), callbackUrl: `${server.origin}/hook` });
            assert.equal((await task.wait()).status, "success");
            assert.deepEqual(heard.map(({ intentId, outcome }) => [outcome, intentId]), [["poke", task.intentId]]);
            assert.equal((await task.record()).attempts.polls, 1);
            await client.settled();
        });

        test("a callback that nobody waits for is followed up by one status call", async (t) => {
            const { client, server } = await scene(t);
            const task = await called(sandbox, client);
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: said(task) });
            assert.deepEqual(await deliver(server.origin, callback), OK);
            await client.settled();
            assert.equal((await task.reply()).status, "success");
            assert.equal(await sandbox.arrived("apixo", "status"), 1);
        });

        test("of a hundred that are the same one is taken", async (t) => {
            const { client, heard, server } = await scene(t);
            const task = await called(sandbox, client);
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: said(task) });
            const answers = await Promise.all(Array.from({ length: 100 }, () => deliver(server.origin, callback)));
            assert.deepEqual(answers, Array.from({ length: 100 }, () => OK));
            const outcomes = heard.map(({ outcome }) => outcome);
            assert.equal(outcomes.filter((outcome) => outcome === "poke").length, 1, outcomes.join());
            assert.equal(outcomes.filter((outcome) => outcome === "duplicate").length, 99);
            assert.equal((await deliveries(client)).length, 1);
            await client.settled();
            assert.equal((await task.reply()).status, "success");
            assert.equal(await sandbox.arrived("apixo", "status"), 1, "one look is enough for all of them");
        });

        test("what proves nothing is refused, with an answer that says nothing", async (t) => {
            const { client, heard, server } = await scene(t);
            const task = await called(sandbox, client);
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: said(task) });
            const last = callback.url.at(-1) === "A" ? "B" : "A";
            for (
                const [forged, status, body] of [
                    [{ url: callback.url.slice(0, -1) + last }, 401, "unauthorized"],
                    [{ url: HOOK }, 401, "unauthorized"],
                    [{ method: "GET" }, 405, "method not allowed"],
                    [{ body: new Uint8Array(1024 * 1024 + 1) }, 413, "too large"],
                ]
            ) {
                const answer = await deliver(server.origin, { ...callback, ...forged });
                assert.deepEqual([answer.status, answer.body], [status, body]);
            }
            assert.deepEqual(new Set(heard.map(({ outcome }) => outcome)), new Set(["refused"]));
            assert.deepEqual(await deliveries(client), []);
            // As long as may be, it is taken.
            const long = { ...callback, body: new Uint8Array(1024 * 1024).fill(32) };
            assert.deepEqual(await deliver(server.origin, long), OK);
            await client.settled();
        });

        test("a store that refuses is no loss: the provider is told to send it again", async (t) => {
            const { client, heard, server } = await scene(t);
            const task = await called(sandbox, client);
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: said(task) });
            const { deliveries: own } = client.store;
            client.store.deliveries = () => {
                throw new Error("the disk is on fire");
            };
            const answer = await deliver(server.origin, callback);
            assert.deepEqual([answer.status, answer.body], [503, "try again later"]);
            assert.match(heard.at(-1).reason, /the disk is on fire/);
            client.store.deliveries = own;
            assert.deepEqual(await deliver(server.origin, callback), OK);
            assert.equal(heard.at(-1).outcome, "poke");
            await client.settled();
        });
    });
}

describe("notices", () => {
    for (const [name, use] of Object.entries(STORES)) {
        test(`of ended tasks are handed out until they are acknowledged: ${name}`, () =>
            use(async (store) => {
                const client = seldom(sandbox.base("apixo"), { store });
                const tasks = [await called(sandbox, client, { owner: "ann" }), await client.submit({ ...ORDER(), owner: "bob" })];
                assert.deepEqual(await notices(client), []);
                for (const task of tasks) await task.check({ force: true });
                const open = await notices(client);
                assert.deepEqual(open.map(({ record, reply }) => [record.owner, reply.status]), [["ann", "success"], ["bob", "success"]]);
                assert.equal((await notices(client, 1)).length, 1);
                const done = await settleNotices(client, ({ record }) => {
                    if (record.owner === "ann") throw new Error("not now");
                });
                assert.equal(done, 1);
                assert.deepEqual((await notices(client)).map(({ record }) => record.owner), ["ann"]);
                assert.equal(await acknowledge(client, tasks[0].intentId), true);
                assert.equal(await acknowledge(client, tasks[0].intentId), false);
                assert.deepEqual(await notices(client), []);
            }));
    }
});

function ORDER() {
    return { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } };
}

describe("a receiver", () => {
    test("is for clients whose store keeps callbacks", async () => {
        const { remember: _, ...store } = seldom(sandbox.base("apixo")).store;
        const client = seldom(sandbox.base("apixo"), { store });
        assert.throws(() => new Receiver(client), /keeps no callbacks/);
        assert.throws(() => new Receiver([]), /needs a client/);
        await sandbox.reset("apixo");
        await assert.rejects(client.submit({ ...ORDER(), callbackUrl: HOOK }), { code: "UNSUPPORTED", message: /keeps no callbacks/ });
        assert.throws(() => client.dryRun({ ...ORDER(), callbackUrl: HOOK }), /keeps no callbacks/);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 0, tasks: 0 });
    });

    test("finds the client whose task it is among several", async () => {
        const clients = ["one", "two", "three"].map((account) =>
            seldom(sandbox.base("apixo"), { account, callbackSecrets: `secret-of-${account}-which-is-long-enough` })
        );
        const receiver = new Receiver(clients);
        const task = await called(sandbox, clients[1]);
        const callback = await signTestCallback(clients[1], { url: HOOK, intentId: task.intentId, body: said(task) });
        const { headers, httpStatus, intentId, outcome } = await receiver.receive(callback);
        assert.deepEqual([httpStatus, outcome, intentId], [200, "poke", task.intentId]);
        assert.deepEqual(headers, { "content-type": "text/plain; charset=utf-8" });
        const stranger = seldom(sandbox.base("apixo"), { callbackSecrets: "another-secret-which-is-long-enough" });
        const forged = await signTestCallback(stranger, { url: HOOK, intentId: task.intentId, body: said(task) });
        assert.equal((await receiver.receive(forged)).httpStatus, 401);
        await clients[1].settled();
    });

    test("takes old secrets as long as they count, and says which proved a callback", async () => {
        const until = Date.now() + 3_600_000;
        const named = (name) => `${name}-secret-which-is-long-enough-for-all`;
        const callbackSecrets = [named("new"), { text: named("old"), until }, { text: named("older"), until: 1 }];
        const client = seldom(sandbox.base("apixo"), { callbackSecrets });
        const task = await called(sandbox, client);
        const receiver = new Receiver(client);
        for (const [secret, expected] of [["old", 1], ["new", 0], ["older", null]]) {
            const signer = seldom(sandbox.base("apixo"), { callbackSecrets: named(secret) });
            const callback = await signTestCallback(signer, { url: HOOK, intentId: task.intentId, body: `${secret}` });
            assert.equal((await receiver.receive(callback)).tokenSecret, expected, secret);
        }
        await client.settled();
    });

    test("asks for the bytes where a parser was there before", async () => {
        const receiver = new Receiver(seldom(sandbox.base("apixo")));
        const request = new Request(HOOK, { method: "POST", body: "{}" });
        await request.text();
        await assert.rejects(receiver.fetch(request), /read before/);
        const parsed = {
            method: "POST",
            url: "/hook",
            rawHeaders: [],
            body: {},
            readableDidRead: true,
            on: () => undefined,
            resume: () => undefined,
        };
        await assert.rejects(receiver.node(parsed, {}), /express\.raw\(/);
    });
});

test("the token's secret is made once and kept in the store, whoever submits first", async () => {
    const first = seldom(sandbox.base("apixo"));
    const second = seldom(sandbox.base("apixo"), { store: first.store });
    await sandbox.reset("apixo");
    const tasks = await Promise.all([first, second].map((client) => client.submit({ ...ORDER(), callbackUrl: HOOK })));
    const secret = await first.store.meta("callback secret");
    assert.match(secret, /^[0-9a-f]{64}$/);
    for (const task of tasks) {
        for (const client of [first, second]) {
            const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: task.intentId });
            assert.equal((await new Receiver(first).receive(callback)).tokenSecret, 0);
        }
    }
    await Promise.all([first, second].map((client) => client.settled()));
});
