// `gentask/hooks`: what they see, what they may add, and that neither changes what is known of a delivery.

import assert from "node:assert/strict";
import { after, before, beforeEach, mock, test } from "node:test";
import { hooked } from "gentask/hooks";
import { clientOf, failureOf, only, order, said, SOON } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

const TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const UNSENT = { code: "NETWORK_ERROR", status: "failed", billing: "none", taskId: null };

let sandbox;
before(async () => (sandbox = await startSandbox()));
beforeEach(() => sandbox.reset("apixo", SOON));
after(() => sandbox.stop());

function client(hooks, options = {}) {
    return clientOf(sandbox.base("apixo"), "apixo", { transport: hooked(hooks), ...options });
}

test("each request is seen, and what came of it", async () => {
    const asked = [], answered = [];
    const own = client({ onRequest: (request) => void asked.push(request), onResponse: (...told) => answered.push(told) });
    await (await own.submit(order())).wait();
    const polls = await sandbox.arrived("apixo", "status");
    assert.deepEqual(asked.map(({ method, operation }) => `${method} ${operation}`), ["POST submit", ...Array(polls).fill("GET status")]);
    assert.deepEqual(answered.map(([request]) => request), asked);
    for (const [request, response] of answered) {
        assert.ok(request.url.startsWith(sandbox.base("apixo")));
        assert.deepEqual([response.status, response.undelivered], [200, undefined]);
        assert.match(response.headers["content-type"], /json/);
        assert.ok(response.elapsedMs >= 0);
    }
    assert.ok(!JSON.stringify([asked, answered]).includes(KEY));
});

for (
    const [name, given] of Object.entries({
        "an object": { traceparent: TRACE, "User-Agent": "shop/1" },
        "pairs": [["traceparent", TRACE], ["user-agent", "shop/1"]],
        "a map": new Map([["traceparent", TRACE], ["user-agent", "shop/1"]]),
        "headers": new Headers({ traceparent: TRACE, "user-agent": "shop/1" }),
        "a promise": Promise.resolve({ traceparent: TRACE, "user-agent": "shop/1" }),
    })
) {
    test(`${name}: headers that are added arrive`, () =>
        withServer((socket) => socket.end(answerOf(200, { code: 200, data: { taskId: "task_1" } })), async (server) => {
            const transport = hooked({ onRequest: () => given });
            await clientOf(server.origin, "apixo", { transport }).submit(order());
            const { headers } = server.requests[0];
            assert.deepEqual([headers.traceparent, headers["user-agent"], headers.authorization], [TRACE, "shop/1", `Bearer ${KEY}`]);
        }));
}

for (
    const [given, words] of [
        [{ authorization: "Bearer other" }, /"authorization" cannot be added: it belongs to the client/],
        [{ "Content-Length": "1" }, /"Content-Length" cannot be added/],
        [{ "x-own": "a", "X-Own": "b" }, /"X-Own" cannot be added: it is there already/],
        [{ "x-own": "a\r\nhost: evil" }, /"x-own" cannot be added: its value is not valid/],
        [{ "x-own": "\ud800" }, /"x-own" cannot be added: its value is not valid/],
        [{ "x own": "a" }, /"x own" cannot be added: its name is not valid/],
        [{ "x-own": 1 }, /it must return nothing, or an object or pairs/],
        ["traceparent", /it must return nothing, or an object or pairs/],
        [7, /it must return nothing, or an object or pairs/],
    ]
) {
    test(`${JSON.stringify(given)} may not be added, and nothing is sent`, async () => {
        const failure = await failureOf(client({ onRequest: () => given }).submit(order()));
        assert.deepEqual(said(failure), UNSENT);
        assert.match(failure.message, words);
        assert.ok(!failure.message.includes("evil"));
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 0, tasks: 0 });
    });
}

for (
    const [name, refuse] of Object.entries({
        "throws": () => {
            throw new RangeError("no trace");
        },
        "is rejected": () => Promise.reject(new RangeError("no trace")),
    })
) {
    test(`a hook that ${name} keeps the request from being sent, and proves it`, async () => {
        const own = client({ onRequest: refuse });
        const failure = await failureOf(own.submit(order("apixo", "", { key: "order-42" })));
        assert.deepEqual(said(failure), UNSENT);
        assert.match(failure.message, /onRequest failed: .*no trace/);
        const { attempts, maybeSent } = await only(own);
        assert.deepEqual([attempts.submit, attempts.notSent, maybeSent], [3, 3, false]);
        // The key is free: the same order is a new attempt.
        const again = clientOf(sandbox.base("apixo"), "apixo", { store: own.store });
        await (await again.submit(order("apixo", "", { key: "order-42" }))).wait();
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });
}

test("a hook that never answers is left when the time is over", async () => {
    const own = client({ onRequest: () => new Promise(() => undefined) }, { requestTimeout: 0.2 });
    assert.match((await failureOf(own.submit(order()))).message, /onRequest failed: .*took too long/);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 0, tasks: 0 });
});

test("a hook that throws before a poll ends nothing", async () => {
    let failed = 0;
    const onRequest = ({ operation }) => {
        if (operation === "status" && failed++ === 0) throw new Error("once");
    };
    assert.ok((await (await client({ onRequest }).submit(order())).wait()).ok);
    assert.ok(failed > 1);
});

test("a hook after changes no outcome", async () => {
    const told = mock.method(console, "error", () => undefined);
    try {
        const throws = client({
            onResponse: () => {
                throw new Error("planted");
            },
        });
        assert.ok((await (await throws.submit(order())).wait()).ok);
        assert.ok((await (await client({ onResponse: () => Promise.reject(new Error("planted")) }).submit(order())).wait()).ok);
        assert.ok(told.mock.callCount() >= 4);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
    } finally {
        told.mock.restore();
    }
});

test("what was lost is told as that, and what never left, too", async () => {
    const seen = [];
    const onResponse = (_, { status, undelivered }) => seen.push([status, undelivered]);
    await sandbox.script("apixo", { on: "submit", fault: { kind: "resetAfterBody" } });
    assert.equal((await failureOf(client({ onRequest: () => ({ "x-own": "a" }), onResponse }).submit(order()))).code, "SUBMIT_UNKNOWN");
    assert.deepEqual(seen, [[undefined, "maybeSent"]]);
    const unsent = { send: () => Promise.reject(new gentask.Undelivered("notSent", "planted")) };
    await failureOf(clientOf(sandbox.base("apixo"), "apixo", { transport: hooked({ onResponse }, unsent) }).submit(order()));
    assert.deepEqual(seen.slice(1), Array(3).fill([undefined, "notSent"]));
});

test("what is no hook is refused", () => {
    assert.throws(() => hooked({ onRequest: 1 }), /onRequest is a function/);
    assert.throws(() => hooked({ onAnswer: () => undefined }), /onAnswer/);
    assert.throws(() => hooked({}, {}), /no method send/);
});
