// Listeners may call the client, throw, and reject: no task's path ends by that, and no process.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, clientOf, order } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { memoryStore } = gentask;

const NOWHERE = "http://127.0.0.1:1";
const SUCCESS = { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } };

/** A provider that says `processing` so many times before each success. */
function provider(polls = 0) {
    const left = new Map();
    const seen = {
        posts: 0,
        async send({ operation, url }) {
            if (operation === "submit") return whole({ code: 200, data: { taskId: `task_${++seen.posts}` } });
            const more = left.get(url) ?? polls;
            left.set(url, more - 1);
            return whole(more > 0 ? { code: 200, data: { state: "processing" } } : SUCCESS);
        },
    };
    return seen;
}

function whole(value) {
    return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(value)), end: "whole" };
}

/** Without what the package prints of listeners that fail. */
async function silently(run) {
    const { error } = console;
    const said = [];
    console.error = (...words) => said.push(words.join(" "));
    try {
        await run();
    } finally {
        console.error = error;
    }
    return said;
}

test("a listener of events may submit, list, check, wait and cancel, also where one request fits", async () => {
    const transport = provider();
    const inner = [];
    const client = clientOf(NOWHERE, "apixo", {
        transport,
        gate: 1,
        onEvent(record) {
            if (inner.length > 60) return;
            const task = client.task(record.intentId);
            const mine = [client.submit(order()), client.tasks(), task.then((one) => one.check({ force: true })), task.then((one) => one.wait())];
            inner.push(...mine.map((call) => call.then(() => undefined)));
        },
    });
    const task = await client.submit(order());
    await atOnce(task.wait());
    for (let known = -1; known !== inner.length;) {
        known = inner.length;
        await atOnce(Promise.all(inner));
    }
    const { records } = await client.tasks();
    assert.equal(records.length, transport.posts);
    assert.equal(new Set(records.map(({ taskId }) => taskId)).size, transport.posts);
});

test("a store and a source of keys may ask the client", async () => {
    const store = memoryStore();
    let asked = 0;
    // deno-lint-ignore prefer-const
    let client;
    const load = async (intentId) => {
        if (asked++ < 5) await client.tasks();
        return store.load(intentId);
    };
    const apiKey = async () => {
        await client.tasks();
        return "sk-asked-each-time";
    };
    client = clientOf(NOWHERE, "apixo", { store: { ...store, load }, apiKey, transport: provider() });
    assert.equal((await atOnce((await atOnce(client.submit(order()))).wait())).status, "success");
});

for (
    const [how, fails] of Object.entries({
        throws: () => {
            throw new Error("mine");
        },
        "throws nothing at all": () => {
            throw undefined;
        },
        rejects: async () => {
            throw new Error("mine");
        },
    })
) {
    test(`a listener of events that ${how} ends nothing`, async () => {
        const client = clientOf(NOWHERE, "apixo", { transport: provider(2), onEvent: fails });
        const said = await silently(async () => assert.equal((await (await client.submit(order())).wait()).status, "success"));
        assert.match(said[0], /onEvent/);
    });

    test(`a listener of a resume that ${how} ends it once, and no task is lost`, async () => {
        for (const concurrency of [1, 10]) {
            const transport = provider(1);
            const client = clientOf(NOWHERE, "apixo", { transport });
            for (let count = 0; count < 6; count++) await client.submit(order());
            const ended = await client.resume({ concurrency, onReply: fails }).then(
                () => "success",
                (error) => error?.message,
            );
            assert.notEqual(ended, "success");
            assert.deepEqual((await client.resume()).filter(({ reply }) => !reply.ok), []);
            const { records } = await client.tasks();
            assert.deepEqual([transport.posts, records.every(({ phase }) => phase === "succeeded")], [6, true]);
        }
    });

    test(`a listener of a wait that ${how} ends the wait, and the task goes on`, async () => {
        const client = clientOf(NOWHERE, "apixo", { transport: provider(3) });
        const task = await client.submit(order());
        await assert.rejects(task.wait({ onUpdate: fails }));
        assert.equal((await task.wait()).status, "success");
    });
}

test("a host that cannot keep the program for a submit is told, and the submit goes on", async () => {
    const transport = provider();
    const waitUntil = () => {
        throw new TypeError("illegal invocation");
    };
    const client = clientOf(NOWHERE, "apixo", { transport, waitUntil });
    const said = await silently(async () => assert.equal((await client.submit(order())).taskId, "task_1"));
    assert.deepEqual([transport.posts, said.length > 0], [1, true]);
});
