// Where the key comes from, what is no key, and that it is nowhere but on the wire.

import assert from "node:assert/strict";
import process from "node:process";
import { after, before, test } from "node:test";
import { clientOf, failureOf, order, SOON, STORES } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { Client, memoryStore } = gentask;

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const status = (code, body) => ({ kind: "status", code, body });

/** With this environment variable, and without it afterwards. */
async function withVariable(name, value, use) {
    const before = process.env[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
    try {
        return await use();
    } finally {
        if (before === undefined) delete process.env[name];
        else process.env[name] = before;
    }
}

test("the environment variable is read when the key is needed, not before", async () => {
    await sandbox.reset("apixo", { ...SOON, apiKey: KEY });
    const client = await withVariable("APIXO_API_KEY", "sk-of-yesterday", () => clientOf(sandbox.base("apixo"), "apixo", { apiKey: undefined }));
    await withVariable("APIXO_API_KEY", KEY, async () => assert.equal((await (await client.submit(order())).wait()).status, "success"));
});

test("a callback is asked each time, and a rotated key is used at once", async () => {
    await sandbox.reset("apixo", { ...SOON, apiKey: "sk-number-1" });
    let asked = 0;
    const client = clientOf(sandbox.base("apixo"), "apixo", {
        apiKey: async () => {
            asked++;
            await new Promise((resolve) => setTimeout(resolve, 0));
            return asked === 1 ? "sk-number-1" : KEY;
        },
    });
    const task = await client.submit(order());
    assert.equal(asked, 1);
    assert.equal((await task.check({ force: true })).ok, false);
    assert.equal(asked, 2);
});

/** Nothing was sent and nothing stored. */
async function nothing(client, use) {
    const failure = await failureOf(use());
    assert.deepEqual([failure.code, failure.reply.data.billing], ["AUTH_FAILED", "none"], failure.message);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 0, tasks: 0 });
    assert.deepEqual((await client.tasks()).records, []);
    return failure;
}

const EVIL = "sk-one\r\nx-evil: 1";
const BAD = {
    "is empty": "",
    "line break": "sk-one\n",
    "control": "sk-on\u0000e",
    "remove it": " sk-one",
    "ASCII": "sk-öne",
    "longer": "s".repeat(5_000),
};

for (const [why, key] of Object.entries({ ...BAD, "header line": EVIL, "is not text": 5 })) {
    test(`a key that is none is refused before anything is stored or sent: ${why}`, async () => {
        await sandbox.reset("apixo", SOON);
        for (const apiKey of [key, () => key, async () => key]) {
            const client = clientOf(sandbox.base("apixo"), "apixo", { apiKey });
            for (const caller of [undefined, "order-42"]) {
                const { message } = await nothing(client, () => client.submit(order("apixo", "", { key: caller })));
                if (why !== "header line") assert.ok(message.includes(why), message);
                assert.ok(!message.includes("sk-") && !message.includes("evil"), message);
            }
        }
    });
}

test("a callback that gives nothing, throws or rejects is told in its words", async () => {
    await sandbox.reset("apixo", SOON);
    const sources = {
        "is not text": [() => undefined, () => null, async () => ({ key: KEY }), () => [KEY]],
        "the vault is sealed": [
            () => {
                throw new Error("the vault is sealed");
            },
            () => Promise.reject(new Error("the vault is sealed")),
            () => Promise.reject("the vault is sealed"),
        ],
        "gave no API key": [() => Promise.reject(undefined), () => Promise.reject(Object.create(null)), () => {
            throw null;
        }],
    };
    for (const [why, callbacks] of Object.entries(sources)) {
        for (const apiKey of callbacks) {
            const client = clientOf(sandbox.base("apixo"), "apixo", { apiKey });
            const { message } = await nothing(client, () => client.submit(order("apixo", "", { key: "order-42" })));
            assert.ok(message.includes(why), message);
            assert.ok(!message.includes(KEY));
        }
    }
});

test("without a key nothing is sent, and the variable is named", async () => {
    await sandbox.reset("apixo", SOON);
    await withVariable("APIXO_API_KEY", undefined, async () => {
        const client = clientOf(sandbox.base("apixo"), "apixo", { apiKey: undefined });
        assert.match((await nothing(client, () => client.submit(order()))).message, /APIXO_API_KEY/);
        const reply = await client.createGeneration(order());
        assert.deepEqual([reply.ok, reply.errorCode], [false, "AUTH_FAILED"]);
    });
});

test("a key that fails during the polls ends the wait and not the task", async () => {
    await sandbox.reset("apixo", SOON);
    let isSealed = false;
    const apiKey = () => {
        if (isSealed) throw new Error("the vault is sealed");
        return KEY;
    };
    const task = await clientOf(sandbox.base("apixo"), "apixo", { apiKey }).submit(order());
    isSealed = true;
    const failure = await failureOf(task.wait());
    assert.deepEqual([failure.code, failure.taskId, failure.intentId], ["AUTH_FAILED", task.taskId, task.intentId]);
    isSealed = false;
    assert.equal((await task.wait()).status, "success");
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("a key that is gone between two attempts of a submit ends it for good", async () => {
    await sandbox.reset("apixo", SOON, { on: "submit", fault: { kind: "status", code: 425 } });
    let asked = 0;
    const client = clientOf(sandbox.base("apixo"), "apixo", {
        apiKey: async () => ((await sandbox.arrived("apixo")) > 0 ? Promise.reject(new Error(`sealed ${asked++}`)) : KEY),
    });
    const failure = await failureOf(client.submit(order()));
    assert.deepEqual([failure.code, failure.reply.data.billing], ["AUTH_FAILED", "none"], failure.message);
    await sandbox.script("apixo");
    for (const { reply } of await client.resume()) assert.notEqual(reply.status, "success");
    assert.equal((await sandbox.paid("apixo")).posts, 1);
});

for (const [kind, withStore] of Object.entries(STORES)) {
    test(`the key is nowhere but on the wire, though the provider repeats it (${kind})`, () =>
        withStore(async (store) => {
            const told = { code: 400, message: `the key ${KEY} is odd, Bearer ${KEY}`, data: { failCode: KEY } };
            await sandbox.reset(
                "apixo",
                SOON,
                { on: "submit", nth: 2, fault: status(400, told) },
                { on: "submit", nth: 3, fault: status(500, told) },
                { on: "status", nth: 1, fault: { ...status(500, told), headers: { "x-key": KEY, "retry-after": "0" } } },
                { on: "status", nth: 2, fault: status(401, told) },
            );
            const shown = [];
            const client = clientOf(sandbox.base("apixo"), "apixo", {
                store,
                onEvent: (record, event) => shown.push(JSON.stringify([record, event])),
            });
            const failed = (failure) =>
                shown.push(failure.message, failure.stack, failure.reply.toJson(), JSON.stringify(failure), String(failure.cause));
            const task = await client.submit(order());
            failed(await failureOf(client.submit(order())));
            failed(await failureOf(client.submit(order())));
            const refused = await failureOf(task.wait());
            assert.equal(refused.code, "AUTH_FAILED");
            failed(refused);
            shown.push((await task.wait()).toJson());
            shown.push(JSON.stringify(client.dryRun(order())), JSON.stringify(client), String(client));
            const { records } = await client.tasks();
            assert.deepEqual(records.map(({ phase }) => phase).sort(), ["rejected", "succeeded", "unresolved"]);
            for (const record of records) {
                const stored = await store.load(record.intentId);
                const raw = await store.blob(record.intentId, "raw");
                shown.push(stored, raw ? new TextDecoder().decode(raw) : "", JSON.stringify(await store.events(record.intentId)));
            }
            for (const text of shown) assert.ok(!text?.includes(KEY), text?.replaceAll(KEY, ">>>THE KEY<<<"));
        }));
}

test("a base URL that would give the key away is refused", () => {
    for (
        const baseUrl of [
            "http://api.example.com",
            "http://10.0.0.1",
            "ftp://api.example.com",
            "https://me:secret@api.example.com",
            "api.example.com",
            "https://",
            "",
            "http://127.0.0.1.example.com",
            "https://api.example.com/?a=1",
            "https://api.example.com/#a",
            "http://localhost.example.com",
            5,
            {},
        ]
    ) {
        assert.throws(
            () => new Client("apixo", { baseUrl, apiKey: KEY, store: memoryStore() }),
            (error) => error.code === "UNSUPPORTED" && !error.message.includes("secret"),
            String(baseUrl),
        );
    }
});
