// What a client is told about its callbacks: secrets, hosts, and how a wait in another process hears of one.

import assert from "node:assert/strict";
import process from "node:process";
import { after, before, test } from "node:test";
import { startSandbox } from "../support/sandbox.mjs";
import { failureOf, until } from "../support/client.mjs";
import { callbacks, called, HOOK, said, seldom } from "./scene.mjs";

const { Receiver, signTestCallback } = callbacks;

let sandbox;
before(async () => {
    sandbox = await startSandbox();
});
after(() => sandbox.stop());

test("a wait in another process looks at the store every two seconds while a callback is awaited", async () => {
    const waiter = seldom(sandbox.base("apixo"));
    const other = seldom(sandbox.base("apixo"), { store: waiter.store });
    const task = await called(sandbox, waiter);
    const { clock } = waiter.engine;
    const own = clock.until.bind(clock);
    const pauses = [];
    // A look comes at once instead; what is further away is the wait's own end.
    clock.until = (at, signal) => {
        const pause = at - clock.now();
        pauses.push(pause);
        return own(pause > 3_000 ? at : Math.min(at, clock.now() + 5), signal);
    };
    const waiting = task.wait();
    await until(() => pauses.some((pause) => pause <= 2_000));
    const callback = await signTestCallback(other, { url: HOOK, intentId: task.intentId, body: said(task) });
    assert.equal((await new Receiver(other).receive(callback)).outcome, "poke");
    assert.equal((await waiting).status, "success");
    await other.settled();
    assert.ok(pauses.filter((pause) => pause <= 3_000).every((pause) => pause <= 2_000), pauses.join());
});

test("secrets come from the environment where none are given, and the first makes new tokens", async () => {
    const all = ["first", "second", "third"].map((name) => `${name}-secret-which-is-long-enough-for-all`);
    process.env.GENTASK_CALLBACK_SECRET = ` ${all[0]},${all[1]}  ${all[2]} `;
    let client;
    try {
        client = seldom(sandbox.base("apixo"));
    } finally {
        delete process.env.GENTASK_CALLBACK_SECRET;
    }
    const task = await called(sandbox, client);
    const receiver = new Receiver(client);
    assert.equal(await client.store.meta("callback secret"), null);
    for (const [index, callbackSecrets] of all.entries()) {
        const signer = seldom(sandbox.base("apixo"), { callbackSecrets });
        const callback = await signTestCallback(signer, { url: HOOK, intentId: task.intentId, body: callbackSecrets });
        assert.equal((await receiver.receive(callback)).tokenSecret, index);
    }
    await client.settled();
    const own = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: all[0] });
    assert.equal((await receiver.receive(own)).outcome, "duplicate");
});

test("a callback goes to the hosts that are listed, and what is no public address is none", async () => {
    const client = seldom(sandbox.base("apixo"), { callbackHosts: ["hooks.example.com", "app.example.com"] });
    await sandbox.reset("apixo");
    const input = { mode: "text-to-image", prompt: "a sunset" };
    for (const callbackUrl of ["https://elsewhere.example.com/hook", "http://app.example.com/hook", "https://10.0.0.1/hook", "hook"]) {
        const failure = await failureOf(client.submit({ model: "nano-banana", input, callbackUrl }), callbackUrl);
        assert.equal(failure.code, "INVALID_PAYLOAD", callbackUrl);
        assert.ok(!failure.message.includes("/hook"), failure.message);
    }
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 0, tasks: 0 });
    const { body } = client.dryRun({ model: "nano-banana", input, callbackUrl: "https://app.example.com/{token}/hook?x=1" });
    assert.match(JSON.parse(body.text).callback_url, /^https:\/\/app\.example\.com\/[\w-]{64}\/hook\?x=1$/);
});

test("secrets that are none are refused, without being told", () => {
    for (const callbackSecrets of [[7], [{ secret: "private" }], [null]]) {
        assert.throws(() => seldom(sandbox.base("apixo"), { callbackSecrets }), (error) => {
            assert.match(error.message, /callbackSecrets are texts/);
            return !error.message.includes("private");
        });
    }
    for (const options of [{ signingSecrets: [7] }, { callbackTolerance: -1 }]) {
        assert.throws(() => new Receiver(seldom(sandbox.base("apixo"), options)), { code: "UNSUPPORTED" });
    }
});

test("secrets that can be guessed or are a list, and hosts that are none, are refused when the client is made", () => {
    const long = "0123456789abcdef0123456789abcdef";
    for (
        const [options, found] of [
            [{ callbackSecrets: long.slice(1) }, /callbackSecrets\/0: expected at least 32 .* found 31 bytes/],
            [{ callbackSecrets: "" }, /found 0 bytes/],
            [{ callbackSecrets: `${long} ${long}` }, /several as a list.* found white space/],
            [{ callbackHosts: ["hooks.example.com", "https://hooks.example.com"] }, /callbackHosts\/1: .* found a URL/],
            [{ callbackHosts: [""] }, /found an empty text/],
            [{ callbackHosts: ["*.example.com"] }, /found a wildcard/],
        ]
    ) {
        assert.throws(() => seldom("http://127.0.0.1:9", options), (error) => {
            assert.match(error.message, found);
            return error.code === "INVALID_PAYLOAD" && !error.message.includes("89abc");
        });
    }
    assert.throws(() => seldom("http://127.0.0.1:9", { callbackHosts: "app.example.com" }), { code: "UNSUPPORTED", message: /a list of host names/ });
    seldom("http://127.0.0.1:9", { callbackSecrets: [long], callbackHosts: ["hooks.example.com", "[::1]"] });
});

test("the same order under its key is the same task, whatever its callback URL carries", async () => {
    const client = seldom(sandbox.base("apixo"));
    const first = await called(sandbox, client, { key: "order-1" });
    const again = await client.submit({
        model: "nano-banana",
        input: { mode: "text-to-image", prompt: "a sunset" },
        key: "order-1",
        callbackUrl: HOOK,
    });
    assert.equal(again.intentId, first.intentId);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("a URL that is never called is told once, and not where another process was called", async () => {
    for (const isCalled of [false, true]) {
        const told = [];
        const onEvent = (record, { data, kind }) => void (kind === "callbacksMissing" && told.push([record.provider, data]));
        const client = seldom(sandbox.base("apixo"), { poll: { initial: 0.01, factor: 1, cap: 0.01 }, onEvent });
        if (isCalled) {
            const [receivedAt, none] = [Date.now(), { intentId: null, taskId: null, body: new Uint8Array() }];
            const ours = { provider: "apixo", account: "default", dedupe: "id:1", outcome: "poke", verified: false };
            await client.store.remember({ ...ours, ...none, receivedAt, expiresAt: receivedAt + 3_600_000 });
        }
        for (let number = 1; number <= 22; number++) {
            await (await called(sandbox, client)).wait();
            assert.deepEqual(told, number < 20 || isCalled ? [] : [["apixo", { tasks: 20 }]], `after ${number} tasks`);
        }
    }
});
