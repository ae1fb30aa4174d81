// Many tasks in one process: none is lost, and what they share is left as it was found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, order } from "../support/client.mjs";

const NOWHERE = "http://127.0.0.1:1";
const COUNT = 1_000;
const SUCCESS = { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } };

/** A provider whose tasks run until `end` is set, and which counts what is in flight. */
function provider() {
    const seen = {
        end: false,
        posts: 0,
        polls: 0,
        inFlight: 0,
        most: 0,
        async send({ operation }) {
            seen.most = Math.max(seen.most, ++seen.inFlight);
            await new Promise((resolve) => setTimeout(resolve, 0));
            seen.inFlight--;
            if (operation === "submit") return whole({ code: 200, data: { taskId: `task_${++seen.posts}` } });
            // Everybody has been told once that it runs.
            if (++seen.polls >= COUNT) seen.end = true;
            return whole(seen.end ? SUCCESS : { code: 200, data: { state: "processing" } });
        },
    };
    return seen;
}

function whole(value) {
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(value)), end: "whole" };
}

/** A signal that knows how many listen to it. */
function counted() {
    const leave = new AbortController();
    const { signal } = leave;
    const count = { now: 0, most: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given) => {
        count.most = Math.max(count.most, ++count.now);
        addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given) => {
        count.now--;
        removeEventListener.apply(signal, given);
    };
    return { leave, signal, count };
}

test("a thousand submits and waits at once under one signal share one listener and the gate", async () => {
    const transport = provider();
    const client = clientOf(NOWHERE, "apixo", { transport, gate: 8, timeout: 600 });
    const { signal, count } = counted();
    const tasks = await Promise.all(Array.from({ length: COUNT }, () => client.submit(order("apixo", "", { signal }))));
    const replies = await Promise.all(tasks.map((task) => task.wait({ signal })));
    assert.deepEqual([new Set(replies.map(({ taskId }) => taskId)).size, transport.posts], [COUNT, COUNT]);
    assert.ok(transport.most <= 8, `${transport.most} requests in flight`);
    assert.deepEqual(count, { now: 0, most: 1 });
});

test("a thousand waits, one after another, leave nothing on a signal that lives on", async () => {
    const transport = provider();
    transport.end = true;
    const client = clientOf(NOWHERE, "apixo", { transport });
    const { signal, count } = counted();
    const task = await client.submit(order());
    await task.wait();
    for (let round = 0; round < COUNT; round++) await task.wait({ signal });
    for await (const reply of task.updates({ signal })) assert.equal(reply.status, "success");
    await client.resume({ signal });
    assert.equal(count.now, 0);
});

test("one abort ends a thousand waits, and the tasks go on", async () => {
    const transport = provider();
    const client = clientOf(NOWHERE, "apixo", { transport, poll: { initial: 600, factor: 1, cap: 600 }, timeout: 6_000 });
    const { leave, signal, count } = counted();
    const tasks = await Promise.all(Array.from({ length: COUNT }, () => client.submit(order())));
    const waits = tasks.map((task) => task.wait({ signal }).catch((error) => error));
    leave.abort();
    assert.deepEqual(new Set((await Promise.all(waits)).map(({ name }) => name)), new Set(["AbortError"]));
    assert.deepEqual([count.now, transport.posts], [0, COUNT]);
    const { records } = await client.tasks();
    assert.deepEqual(new Set(records.map(({ phase }) => phase)), new Set(["waiting"]));
});
