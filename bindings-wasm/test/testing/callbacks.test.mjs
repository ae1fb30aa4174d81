// Callbacks of simulated providers: to a function, and to a port of this machine.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { test } from "node:test";
import { callbacks, order, Sandbox } from "./scene.mjs";

const { Receiver } = callbacks;
const HOOK = "https://app.example.com/hook";
/** A client that polls so seldom that only a callback ends a wait soon. */
const SELDOM = { poll: { initial: 600, factor: 1, cap: 600 }, timeout: 120 };

/** A sandbox whose callbacks a receiver takes, and the receipts so far. */
function scene(t, options = {}) {
    const receipts = [];
    const sandbox = new Sandbox({ ...options, onCallback: (request) => receiver.fetch(request) });
    const client = sandbox.client("apixo", SELDOM);
    const receiver = new Receiver(client, { onReceipt: (receipt) => receipts.push(receipt) });
    t.after(() => sandbox.close());
    return { sandbox, client, receipts };
}

async function until(holds) {
    for (let left = 10_000; !holds(); left--) {
        assert.ok(left > 0, `it never came: ${holds}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}

test("a function takes what the provider posts, and a wait ends with it", async (t) => {
    const { client, receipts, sandbox } = scene(t);
    const task = await client.submit(order("apixo", "", { callbackUrl: HOOK }));
    assert.equal((await task.wait()).status, "success");
    await until(() => receipts.length === 1);
    assert.deepEqual([receipts[0].httpStatus, receipts[0].intentId], [200, task.intentId]);
    await until(() => sandbox.stats().callbacksDelivered === 1);
    const [{ attempts, says, taskId }] = sandbox.callbacks();
    assert.deepEqual([attempts.length, says, taskId], [1, "success", task.taskId]);
});

test("a callback may be forged, come twice, or before the submit's answer", async (t) => {
    const { client, receipts, sandbox } = scene(t);
    sandbox.script("apixo", [{ on: "callback", nth: 1, fault: { kind: "forged", part: "token" } }]);
    await client.submit(order("apixo", "", { callbackUrl: HOOK }));
    await until(() => receipts.length === 1);
    assert.deepEqual([receipts[0].httpStatus, receipts[0].intentId], [401, null]);
    sandbox.reset();
    receipts.length = 0;
    sandbox.script("apixo", [{ on: "callback", fault: { kind: "beforeAnswer" } }, { on: "callback", fault: { kind: "duplicate", times: 2 } }]);
    const submitted = client.submit(order("apixo", "", { callbackUrl: HOOK }));
    submitted.then(() => receipts.push("the answer"), () => undefined);
    const task = await submitted;
    await until(() => receipts.length === 3);
    assert.equal(receipts[2], "the answer");
    assert.equal((await task.wait()).status, "success");
    assert.equal(sandbox.submits(), 1);
});

test("a callback that nobody takes is posted again, and one can be sent at any time", async (t) => {
    let answers = [new Response(null, { status: 500 })];
    const urls = [];
    const sandbox = new Sandbox({
        speed: 1_000,
        options: { apixo: { callback: { retriesMs: [1, 1] } } },
        onCallback: async ({ url }) => {
            urls.push(url);
            const answer = answers.shift();
            if (answer === undefined) throw new Error("nothing to say");
            return answer;
        },
    });
    t.after(() => sandbox.close());
    const task = await sandbox.client("apixo").submit(order("apixo", "", { callbackUrl: HOOK }));
    await until(() => sandbox.callbacks()[0]?.state === "abandoned" || urls.length === 3);
    assert.equal(urls.length, 3);
    answers = [new Response("OK")];
    sandbox.sendCallback("apixo", task.taskId, { url: "https://app.example.com/other", says: "failed" });
    await until(() => sandbox.stats().callbacksDelivered === 1);
    assert.deepEqual([urls[3], sandbox.callbacks()[1].says], ["https://app.example.com/other", "failed"]);
});

test("a sandbox that listens posts to this machine, and to no other", async (t) => {
    const came = [];
    const server = http.createServer((request, response) => {
        came.push(request.url);
        request.resume().on("end", () => response.end());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const sandbox = await new Sandbox().listen();
    t.after(() => sandbox.close());
    const { port } = server.address();
    const client = sandbox.client("apixo");
    await client.submit(order("apixo", "", { callbackUrl: `http://127.0.0.1:${port}/hook` }));
    await until(() => came.length === 1);
    assert.match(came[0], /^\/hook\?gentask=/);
    await until(() => sandbox.stats().callbacksDelivered === 1);
    sandbox.sendCallback("apixo", sandbox.tasks()[0].taskId, { url: "http://192.0.2.1/hook" });
    await until(() => sandbox.callbacks()[1]?.attempts.length === 1);
    assert.equal(sandbox.callbacks()[1].attempts[0].status, null);
});
