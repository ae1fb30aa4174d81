// A task's updates as Server-Sent Events, over real sockets.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { sse } from "gentask/sse";
import { atOnce, clientOf, deferred, order, SOON, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { GentaskError, memoryStore } = gentask;

let sandbox;

before(async () => {
    sandbox = await startSandbox();
});

after(async () => {
    await sandbox.stop();
});

function client(options = {}) {
    return clientOf(sandbox.base("apixo"), "apixo", options);
}

/** The events of a stream, as an EventSource reads them. */
function events(text) {
    return text.split("\n\n").filter((block) => block !== "").map((block) => {
        const fields = Object.fromEntries(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
        return "" in fields ? "comment" : { ...fields, data: JSON.parse(fields.data) };
    });
}

/** A server of this machine whose every request is answered by `answer(request, response)`. */
async function serving(answer, use) {
    const failures = [];
    const server = http.createServer((request, response) => void Promise.resolve(answer(request, response)).catch((error) => failures.push(error)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
        return await use(`http://127.0.0.1:${server.address().port}`);
    } finally {
        server.closeAllConnections();
        server.close();
        assert.deepEqual(failures, []);
    }
}

/** An answer with its text, read to its end; `hear` sees each chunk and may end it. */
function get(url, hear = () => undefined) {
    return new Promise((resolve, reject) => {
        const request = http.get(url, { agent: false }, (answer) => {
            let text = "";
            answer.setEncoding("utf8");
            answer.on("data", (chunk) => {
                text += chunk;
                hear(text, request);
            });
            answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
            answer.on("error", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
        });
        request.on("error", reject);
    });
}

const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };

/** How a stream of a task that succeeds is: updates with a counter, the last of them its end, and `end`. */
function isWhole(text, task) {
    const told = events(text);
    assert.deepEqual(told.map(({ id }) => id), told.map((_, index) => String(index + 1)));
    assert.deepEqual(told.map(({ event }) => event), [...told.slice(1).map(() => "update"), "end"]);
    const [last, end] = told.slice(-2);
    assert.deepEqual(last.data, end.data);
    assert.equal(end.data.status, "success");
    assert.equal(end.data.data.intentId, task.intentId);
    assert.match(end.data.data.files[0].url, /^http/);
    for (const { data } of told) assert.ok(!("raw" in data.data), JSON.stringify(data));
}

describe("server-sent events", () => {
    test("a Response tells a task to its end", async () => {
        await sandbox.reset("apixo", SOON);
        const task = await client().submit(order());
        const response = sse(task);
        assert.equal(response.status, 200);
        for (const [name, value] of Object.entries(HEADERS)) assert.equal(response.headers.get(name), value);
        isWhole(await response.text(), task);
        const { data: { raw } } = await task.reply();
        assert.ok(raw !== undefined, "there is something that was left out");
        // A page that connects again is told how it is by then.
        const again = events(await sse(task).text());
        assert.deepEqual(again.map(({ event, data }) => [event, data.status]), [["update", "success"], ["end", "success"]]);
    });

    test("node:http writes the same, over a socket", async () => {
        await sandbox.reset("apixo", SOON);
        const task = await client().submit(order());
        await serving((_, response) => sse.toNode(task, response), async (url) => {
            const { status, headers, text } = await get(url);
            assert.equal(status, 200);
            for (const [name, value] of Object.entries(HEADERS)) assert.equal(headers[name], value);
            isWhole(text, task);
        });
    });

    test("a failure is an end like others, and so is the end of the wait", async () => {
        await sandbox.reset("apixo", SOON);
        const one = client();
        const failed = events(await sse(await one.submit(order("apixo", "[fail]"))).text());
        assert.deepEqual([failed.at(-1).event, failed.at(-1).data.errorCode], ["end", "GENERATION_FAILED"]);
        const stuck = await one.submit(order("apixo", "[stuck]"));
        const late = events(await sse(stuck, { timeout: 0.05 }).text());
        assert.deepEqual([late.at(-1).event, late.at(-1).data.errorCode], ["end", "WAIT_TIMEOUT"]);
        // A record that is gone is told as what the store said.
        const store = memoryStore();
        const lost = await client({ store }).submit(order());
        const { load } = store;
        store.load = () => null;
        const told = events(await sse(lost).text());
        store.load = load;
        assert.deepEqual([told.at(-1).event, told.at(-1).data.errorCode], ["end", "TASK_NOT_FOUND"]);
    });

    test("a reader that leaves its socket ends the wait, and the task goes on", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const one = client({ timeout: 600 });
        const task = await one.submit(order());
        const over = deferred();
        await serving((_, response) => sse.toNode(task, response).then(over.resolve, over.reject), async (url) => {
            await get(url, (text, request) => text.includes("event: update") && request.destroy()).catch(() => undefined);
            await atOnce(over.promise);
            const asked = await quiet();
            assert.equal((await task.record()).phase, "waiting");
            assert.equal(await sandbox.arrived("apixo", "status"), asked, "nobody asks for a page that is gone");
        });
    });

    test("a reader that cancels the body ends the wait, and the task goes on", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const task = await client({ timeout: 600 }).submit(order());
        const reader = sse(task).body.getReader();
        assert.match(new TextDecoder().decode((await reader.read()).value), /^event: update\nid: 1\ndata: \{/);
        await atOnce(reader.cancel());
        const asked = await quiet();
        assert.equal(await sandbox.arrived("apixo", "status"), asked);
        assert.equal((await task.record()).phase, "waiting");
    });

    test("the signal ends the stream without an end, so that a page connects again", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const task = await client({ timeout: 600 }).submit(order());
        const leave = new AbortController();
        const response = sse(task, { signal: leave.signal });
        const reader = response.body.getReader();
        await reader.read();
        leave.abort();
        let rest = "";
        for (;;) {
            const { done, value } = await atOnce(reader.read());
            if (done) break;
            rest += new TextDecoder().decode(value);
        }
        assert.doesNotMatch(rest, /event: end/);
        const toNode = new AbortController();
        await serving((_, response) => sse.toNode(task, response, { signal: toNode.signal }), async (url) => {
            const { text } = await get(url, () => toNode.abort());
            assert.match(text, /^event: update/);
            assert.doesNotMatch(text, /event: end/);
        });
    });

    test("where there is no news a comment keeps the connection, every 15 seconds", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const task = await client({ timeout: 600, poll: { initial: 500, cap: 500 } }).submit(order());
        const { setInterval, clearInterval } = globalThis;
        const timers = new Map();
        globalThis.setInterval = (call, ms) => timers.set(timers.size + 1, { call, ms }).size;
        globalThis.clearInterval = (id) => timers.delete(id);
        try {
            const reader = sse(task).body.getReader();
            assert.deepEqual([...timers.values()].map(({ ms }) => ms), [15_000]);
            await reader.read();
            const next = reader.read();
            timers.get(1).call();
            assert.equal(new TextDecoder().decode((await atOnce(next)).value), ":\n\n");
            await reader.cancel();
            assert.equal(timers.size, 0);
        } finally {
            Object.assign(globalThis, { setInterval, clearInterval });
        }
    });

    test("wrong arguments are refused at once", async () => {
        await sandbox.reset("apixo", SOON);
        const task = await client().submit(order());
        assert.throws(() => sse(undefined), GentaskError);
        assert.throws(() => sse(task, { timeuot: 1 }), /no option timeuot: there are timeout, signal/);
        assert.throws(() => sse(task, { timeout: -1 }), GentaskError);
        assert.throws(() => sse(task, { signal: {} }), GentaskError);
        await assert.rejects(sse.toNode(task, { once: () => undefined }, { timeout: -1 }), GentaskError);
    });
});

/** How many status calls have arrived once the last that was on its way has: two looks that agree, with time for many polls between. */
async function quiet() {
    let before = -1;
    return until(async () => {
        const now = await sandbox.arrived("apixo", "status");
        if (now === before) return { now };
        before = now;
        return undefined;
    }).then(({ now }) => now);
}
