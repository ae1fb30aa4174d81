// Half of a surrogate pair is no text that JSON and UTF-8 can hold: an emoji that a cut went through, an odd header. Nothing of a submit is lost by it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, failureOf, only, order, said, tempt } from "../support/client.mjs";
import { DIST, gentask } from "../support/package.mjs";

const { Undelivered } = gentask;
const { cut } = await import(new URL("thrown.js", DIST).href);

const BASE = "http://127.0.0.1:9";
const LOST = { code: "SUBMIT_UNKNOWN", status: "unknown", billing: "possible", taskId: null };
const whole = (value) => ({ status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
const ACCEPTED = whole({ code: 200, data: { taskId: "task_1" } });

const throws = (error) => () => {
    throw error;
};

/** Failures whose text has half a pair, or one after it is cut. */
const FAILURES = {
    "a fetch, with an emoji where its text is cut": { fetch: async () => throws(new Error(`${"x".repeat(199)}\u{1F600} and more`))() },
    "a fetch, with half an emoji": { fetch: async () => throws(new Error("\ud83d"))() },
    "a transport, with half an emoji": { transport: { send: async () => throws(new Error("so \ude00 it is"))() } },
    "a transport, with an emoji where its text is cut": { transport: { send: async () => throws(`${"x".repeat(999)}\u{1F600}`)() } },
    "a transport of ours, with half an emoji": { transport: { send: async () => throws(new Undelivered("maybeSent", "\ud83d"))() } },
};

for (const [name, options] of Object.entries(FAILURES)) {
    test(`${name}: the submit may have arrived, and says so`, async () => {
        const client = clientOf(BASE, "apixo", { maxReadRetries: 0, ...options });
        const failure = await failureOf(client.submit(order()));
        assert.deepEqual(said(failure), LOST, failure.message);
        assert.equal((await only(client)).phase, "unresolved");
        await tempt(client, failure.intentId);
        assert.equal((await client.getStatus("task_1", "nano-banana")).errorCode, "NETWORK_ERROR");
    });
}

test("half an emoji in an answer's header costs no task", async () => {
    const send = async () => ({ ...ACCEPTED, headers: { "x-odd": "\ud83d", "x-\ude00": "also" } });
    const task = await clientOf(BASE, "apixo", { transport: { send } }).submit(order());
    assert.equal(task.taskId, "task_1");
});

test("texts of a caller that UTF-8 cannot hold are refused before anything is done", async () => {
    const client = clientOf(BASE, "apixo", { transport: { send: () => assert.fail("it was sent") } });
    for (const call of [() => client.task("\ud83d"), () => client.submit(order("apixo", "", { key: "\ud83d" })), () => client.adopt("x", "\ude00")]) {
        assert.match((await failureOf(call())).message, /surrogate/);
    }
    assert.throws(() => clientOf(BASE, "apixo", { account: "\ud83d" }), { code: "UNSUPPORTED" });
    await assert.rejects(client.tasks({ limit: Number.NaN }), { code: "UNSUPPORTED" });
});

test("a cut leaves no half behind", () => {
    const text = "ab\u{1F600}c";
    assert.deepEqual([0, 1, 2, 3, 4, 5, 9].map((longest) => cut(text, longest)), ["", "a", "ab", "ab", "ab\u{1F600}", text, text]);
    assert.equal(cut("a\ude00b\ud83d", 9), "a\ufffdb\ufffd");
});
