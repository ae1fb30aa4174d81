// A fetch or a transport of the program's own: whatever it does, nothing is posted twice, and only its word proves that nothing was sent.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inNoTime } from "../adversary/clock.mjs";
import { atOnce, clientOf, failureOf, only, order, said, SOON, tempt } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { Undelivered } = gentask;

const BASE = "http://127.0.0.1:9";
const ACCEPTED = { code: 200, data: { taskId: "task_1" } };
const LOST = { code: "SUBMIT_UNKNOWN", status: "unknown", billing: "possible", taskId: null };

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

/** Counts the submits that come through, each answered so. */
function counted(answer) {
    const seen = { submits: 0 };
    const own = (...given) => {
        const [first, init] = given;
        if ((init?.method ?? first.method) === "POST") seen.submits++;
        return answer(...given);
    };
    return { seen, own };
}

/** One submit through it, unresolved for good. */
async function isLost(name, seen, options) {
    const client = clientOf(BASE, "apixo", options);
    const failure = await failureOf(atOnce(client.submit(order())), name);
    assert.deepEqual(said(failure), LOST, `${name}: ${failure.message}`);
    assert.ok(failure.message.length < 2_000, name);
    const { phase, intentId } = await only(client);
    assert.deepEqual([phase, intentId], ["unresolved", failure.intentId], name);
    await tempt(client, intentId);
    assert.equal(seen.submits, 1, name);
    return { client, failure };
}

const circular = new Error("a cause of itself");
circular.cause = circular;

const THROWN = {
    "an Error": new Error("no"),
    "an Error with causes": new Error("outer", { cause: new TypeError("inner", { cause: new Error("innermost") }) }),
    "an Error that causes itself": circular,
    "an AbortError of its own": new DOMException("gone", "AbortError"),
    "a text": "no",
    "nothing": undefined,
    "null": null,
    "a number": 7,
    "a symbol": Symbol("no"),
    "an object without a text": Object.create(null),
    "a long text": "x".repeat(1 << 20),
    "an Error with a code that looks like a proof": Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" }),
};

for (const [name, thrown] of Object.entries(THROWN)) {
    test(`${name}: a fetch that throws it proves nothing`, async () => {
        for (
            const throws of [() => {
                throw thrown;
            }, () => Promise.reject(thrown)]
        ) {
            const { seen, own } = counted(throws);
            await isLost(name, seen, { fetch: own });
        }
    });

    test(`${name}: a transport that throws it proves nothing`, async () => {
        for (
            const throws of [() => {
                throw thrown;
            }, () => Promise.reject(thrown)]
        ) {
            const { seen, own } = counted(throws);
            await isLost(name, seen, { transport: { send: own } });
        }
    });
}

const body = (start) => new ReadableStream({ start });
const bytes = (text) => new TextEncoder().encode(text);
const HALF = '{"code":200,"data":{"taskId":"ta';

const ANSWERS = {
    "a body that fails midway": () =>
        new Response(body((control) => {
            control.enqueue(bytes(HALF));
            setTimeout(() => control.error(new Error("cut")), 5);
        })),
    "a body that fails at once": () => new Response(body((control) => control.error("no Error at all"))),
    "a body whose chunks are no bytes": () =>
        new Response(body((control) => {
            control.enqueue("text");
            control.close();
        })),
    "a body that was read already": async () => {
        const response = Response.json(ACCEPTED);
        await response.text();
        return response;
    },
    "a body that somebody else reads": () => {
        const response = Response.json(ACCEPTED);
        response.body.getReader();
        return response;
    },
    "no body": () => new Response(null, { status: 200 }),
    "the error response": () => Response.error(),
    "nothing": () => undefined,
    "null": () => null,
    "a text": () => "{}",
    "an object": () => ({}),
    "a status and nothing else": () => ({ status: 200 }),
    "a status that is no number": () => ({ status: "200", headers: new Headers(), body: null }),
    "a status out of every range": () => ({ status: 70_000, headers: new Headers(), body: null }),
};

for (const [name, answer] of Object.entries(ANSWERS)) {
    test(`${name}: a fetch that answers with it loses the id, and posts once`, async () => {
        const { seen, own } = counted(async () => answer());
        await isLost(name, seen, { fetch: own });
    });
}

test("a fetch that ignores its signal and never answers is left when the time is over", async () => {
    const { seen, own } = counted(() => new Promise(() => undefined));
    await isLost("never", seen, { fetch: own, requestTimeout: 0.2 });
});

test("a fetch whose body ignores its signal and never ends is left when the time is over", async () => {
    let isCancelled = false;
    const endless = new ReadableStream({
        start: (control) => control.enqueue(bytes(HALF)),
        cancel: () => {
            isCancelled = true;
        },
    });
    const { seen, own } = counted(async () => new Response(endless));
    await isLost("never", seen, { fetch: own, requestTimeout: 0.2 });
    assert.ok(isCancelled);
});

test("a fetch whose body has no end is cut at the cap", async () => {
    let pulled = 0;
    const endless = () =>
        new ReadableStream({
            pull: (control) => {
                pulled++;
                control.enqueue(new Uint8Array(1 << 16));
            },
        });
    const { seen, own } = counted(async () => new Response(endless()));
    await isLost("endless", seen, { fetch: own });
    assert.ok(pulled < 64, `${pulled} pieces were taken`);
});

test("a poll whose fetch ignores its signal ends with its wait's abort", async () => {
    const { own } = counted((_, { method }) => (method === "POST" ? Promise.resolve(Response.json(ACCEPTED)) : new Promise(() => undefined)));
    const task = await clientOf(BASE, "apixo", { fetch: own, requestTimeout: 600 }).submit(order());
    const failure = await failureOf(atOnce(task.wait({ signal: AbortSignal.timeout(20) })));
    assert.deepEqual([failure.name, failure.taskId], ["AbortError", "task_1"]);
});

test("a fetch of one's own carries submits and reads, with the key, and follows nothing", async () => {
    await sandbox.reset("apixo", { ...SOON, apiKey: KEY });
    const asked = [];
    const own = (url, init) => {
        asked.push([init.method, typeof url, init.redirect, new Headers(init.headers).get("authorization"), init.signal instanceof AbortSignal]);
        return fetch(url, init);
    };
    const task = await clientOf(sandbox.base("apixo"), "apixo", { fetch: own }).submit(order());
    assert.equal((await task.wait()).status, "success");
    assert.deepEqual(asked[0], ["POST", "string", "manual", `Bearer ${KEY}`, true]);
    assert.deepEqual(asked[1], ["GET", "string", "manual", `Bearer ${KEY}`, true]);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("what a fetch or a transport says of its failure holds no key", () =>
    inNoTime(async () => {
        for (
            const options of [
                {
                    fetch: async (url, init) => {
                        throw new Error(`headers ${JSON.stringify([...new Headers(init.headers)])} of ${url} were odd`);
                    },
                },
                {
                    transport: {
                        send: async (outgoing) => {
                            throw new Error(JSON.stringify(outgoing.credential));
                        },
                    },
                },
                {
                    transport: {
                        send: async (outgoing) => {
                            throw new Undelivered("maybeSent", JSON.stringify(outgoing.credential));
                        },
                    },
                },
                {
                    transport: {
                        send: async (outgoing) => {
                            throw JSON.stringify(outgoing.credential);
                        },
                    },
                },
            ]
        ) {
            const heard = [];
            const client = clientOf(BASE, "apixo", { ...options, onEvent: (...given) => heard.push(given) });
            const failure = await failureOf(client.submit(order()));
            const task = await client.task(failure.intentId);
            const shown = [
                failure.message,
                failure.stack,
                failure.reply.toJson(),
                JSON.stringify([heard, await task.record(), await task.events()]),
                (await client.getStatus("task_1", "nano-banana")).toJson(),
            ];
            for (const text of shown) assert.ok(!text.includes(KEY), text.replaceAll(KEY, ">>>THE KEY<<<"));
        }
    }));

test("notSent is believed: tried three times and over", async () => {
    const { seen, own } = counted(() => {
        throw new Undelivered("notSent", "the line was busy");
    });
    const client = clientOf(BASE, "apixo", { transport: { send: own } });
    const failure = await failureOf(client.submit(order()));
    assert.deepEqual(said(failure), { code: "NETWORK_ERROR", status: "failed", billing: "none", taskId: null });
    assert.match(failure.message, /the line was busy/);
    assert.deepEqual([seen.submits, (await only(client)).phase], [3, "rejected"]);
    await tempt(client, failure.intentId);
    assert.equal(seen.submits, 3);
});

test("a delivery that is no word of ours proves nothing", async () => {
    for (const delivery of ["sent", "", undefined, null, "NotSent"]) {
        const { seen, own } = counted(() => {
            throw new Undelivered(delivery, "odd");
        });
        await isLost(String(delivery), seen, { transport: { send: own } });
    }
});

const head = { status: 200, headers: {}, end: "whole" };
const whole = { ...head, body: bytes(JSON.stringify(ACCEPTED)) };

test("a transport's whole answer is taken", async () => {
    const task = await clientOf(BASE, "apixo", { transport: { send: async () => whole } }).submit(order());
    assert.equal(task.taskId, "task_1");
});

const NONSENSE = {
    "nothing": undefined,
    "null": null,
    "a text": "{}",
    "an empty object": {},
    "no status": { ...whole, status: undefined },
    "a status that is text": { ...whole, status: "200" },
    "a status that is no whole number": { ...whole, status: 200.5 },
    "a status that is no number": { ...whole, status: Number.NaN },
    "a status out of every range": { ...whole, status: 70_000 },
    "a status below every range": { ...whole, status: -1 },
    "a status that is a BigInt": { ...whole, status: 200n },
    "no headers": { ...whole, headers: undefined },
    "headers that are a Headers": { ...whole, headers: new Headers({ "retry-after": "1" }) },
    "headers that are lists": { ...whole, headers: { "set-cookie": ["a", "b"] } },
    "headers that are numbers": { ...whole, headers: { "retry-after": 1 } },
    "a body that is text": { ...whole, body: JSON.stringify(ACCEPTED) },
    "no body": { ...whole, body: undefined },
    "a body that is a list": { ...whole, body: [123, 125] },
    "no end": { ...whole, end: undefined },
    "an end that is no word of ours": { ...whole, end: "complete" },
    "an answer that refers to itself": (() => {
        const odd = { ...whole, headers: {} };
        odd.headers.self = odd;
        return odd;
    })(),
    "an answer with getters that throw": {
        ...whole,
        get body() {
            throw new Error("not so");
        },
    },
};

for (const [name, answer] of Object.entries(NONSENSE)) {
    test(`${name}: a transport that answers with it posts once, and the submit is settled one way or the other`, async () => {
        const { seen, own } = counted(async () => answer);
        const client = clientOf(BASE, "apixo", { transport: { send: own } });
        const task = await atOnce(client.submit(order())).catch((error) => error);
        const { phase, taskId, intentId } = await only(client);
        if (taskId === "task_1") {
            // Odd, but clear enough: the id is there.
            assert.deepEqual([task.taskId, phase], ["task_1", "waiting"]);
        } else {
            assert.deepEqual(said(await failureOf(Promise.reject(task))), LOST, task.stack);
            assert.equal(phase, "unresolved");
            await tempt(client, intentId);
        }
        assert.equal(seen.submits, 1);
    });

    test(`${name}: a poll that is answered so ends no task`, async () => {
        let polls = 0;
        const success = {
            ...head,
            body: bytes(JSON.stringify({ code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } })),
        };
        const send = async ({ method }) => (method === "POST" ? whole : polls++ === 0 ? answer : success);
        const task = await clientOf(BASE, "apixo", { transport: { send } }).submit(order());
        assert.equal((await atOnce(task.wait())).status, "success");
    });
}

test("a body above the cap is none, whoever read it", async () => {
    const large = { ...whole, body: bytes(JSON.stringify({ ...ACCEPTED, padding: "x".repeat(2 << 20) })) };
    const { seen, own } = counted(async () => large);
    const client = clientOf(BASE, "apixo", { transport: { send: own } });
    const submitted = await client.submit(order()).catch((error) => error);
    // The id is in hand, so it is kept; or the answer counts as too large. It is never posted again.
    assert.ok(submitted.taskId === "task_1" || submitted.code === "SUBMIT_UNKNOWN", String(submitted));
    assert.equal(seen.submits, 1);
});
