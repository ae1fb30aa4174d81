// Input that is none: refused with everything that is wrong with it, before anything is sent or stored.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { media } from "gentask/media";
import { clientOf, failureOf, order } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { Client, Contract, GentaskError, memoryStore, Reply } = gentask;

/** A client whose transport and store must never be used. */
function untouched() {
    const used = [];
    const inner = memoryStore();
    const store = Object.fromEntries(Object.keys(inner).map((name) => [name, (...given) => (used.push(name), inner[name](...given))]));
    const send = async () => {
        used.push("send");
        throw new Error("it was sent");
    };
    return { client: clientOf("http://127.0.0.1:9", "apixo", { store, transport: { send } }), used };
}

const nested = (depth) => {
    let value = 1;
    for (let level = 0; level < depth; level++) value = [value];
    return value;
};
const cycle = { mode: "text-to-image" };
cycle.self = { deeper: cycle };
class Prompt {
    text = "a fox";
}
const sparse = ["a", , "c"];

/** Each in a field of an input that is sound elsewhere; with the path of the fault. */
const VALUES = {
    "a BigInt": [10n, ""],
    "a function": [() => "a fox", ""],
    "a symbol": [Symbol("fox"), ""],
    "a class instance": [new Prompt(), ""],
    "a Date": [new Date(0), ""],
    "a Map": [new Map([["a", 1]]), ""],
    "a Set": [new Set(["a"]), ""],
    "bytes": [new Uint8Array([1, 2]), ""],
    "an Error": [new Error("fox"), ""],
    "a RegExp": [/fox/, ""],
    "a promise": [Promise.resolve("a fox"), ""],
    "a boxed text": [new String("fox"), ""],
    "NaN": [Number.NaN, ""],
    "infinity": [Number.POSITIVE_INFINITY, ""],
    "a lone surrogate": ["\ud800", ""],
    "a lone surrogate at the end": ["fox\udc00", ""],
    "a name with a lone surrogate": [{ "\ud800": 1 }, "/\ud800"],
    "a symbol as a name": [{ [Symbol("fox")]: 1 }, ""],
    "a hole in a list": [sparse, "/1"],
    "an undefined in a list": [["a", undefined], "/1"],
    "a toJSON of its own": [{ toJSON: () => "a fox" }, "/toJSON"],
    "too much depth": [nested(65), undefined],
    "endless depth": [nested(20_000), undefined],
};

for (const [name, [value, path]] of Object.entries(VALUES)) {
    test(`${name} is no JSON: refused, and nothing is sent or stored`, async () => {
        const { client, used } = untouched();
        for (
            const request of [
                order("apixo", "", { input: { mode: "text-to-image", prompt: "a fox", odd: value } }),
                { model: "a-model-of-tomorrow", input: { odd: value }, key: "order-42" },
            ]
        ) {
            const failure = await failureOf(client.submit(request));
            assert.equal(failure.code, "INVALID_PAYLOAD", failure.message);
            if (path !== undefined) {
                assert.ok(
                    failure.violations.some((one) =>
                        one.path === `/odd${path.replace("\ud800", "\ufffd")}` || one.path === `/odd${path}` || one.path === "/odd"
                    ),
                    JSON.stringify(failure.violations),
                );
            }
            assert.ok(failure.message.length < 5_000);
            assert.throws(() => client.validate(request), GentaskError);
            assert.throws(() => client.dryRun(request), GentaskError);
            assert.equal((await client.createGeneration(request)).errorCode, "INVALID_PAYLOAD");
        }
        assert.deepEqual(used, []);
    });
}

test("an input that contains itself is refused", async () => {
    const { client, used } = untouched();
    const failure = await failureOf(client.submit({ model: "nano-banana", input: cycle }));
    assert.equal(failure.code, "INVALID_PAYLOAD");
    assert.deepEqual(used, []);
});

test("every fault of an input is named at once", async () => {
    const { client, used } = untouched();
    const failure = await failureOf(client.submit({ model: "nano-banana", input: { a: 1n, b: [undefined, Number.NaN], c: { d: new Date(0) } } }));
    assert.deepEqual(failure.violations.map(({ path }) => path).sort(), ["/a", "/b/0", "/b/1", "/c/d"]);
    const rules = await failureOf(
        client.submit({ model: "nano-banana", input: { mode: "text-to-film", prompt: "", image_urls: ["ftp://x/y.png", 7] } }),
    );
    for (const path of ["/mode", "/prompt", "/image_urls/0", "/image_urls/1"]) assert.ok(rules.violations.some((one) => one.path === path), path);
    const options = await failureOf(client.submit(order("apixo", "", { key: "", callbackUrl: "http://10.0.0.1/" })));
    assert.ok(options.message.includes("/key") && options.message.includes("/callbackUrl"), options.message);
    assert.deepEqual(used, []);
});

test("getters and Proxies: what is sent is what was checked, or it is refused", async () => {
    const { client, used } = untouched();
    const throwing = {
        mode: "text-to-image",
        get prompt() {
            throw new Error("my own trouble");
        },
    };
    let reads = 0;
    const changing = {
        mode: "text-to-image",
        get prompt() {
            return ++reads === 1 ? "a fox" : 10n;
        },
    };
    const hostile = new Proxy({}, {
        ownKeys() {
            throw new Error("my own trouble");
        },
    });
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const input of [throwing, changing, hostile, revoked]) {
        const outcome = await client.submit({ model: "nano-banana", input }).catch((error) => error);
        assert.ok(outcome instanceof Error, "it was accepted");
        assert.ok(outcome instanceof GentaskError, String(outcome?.stack));
        assert.equal((await client.createGeneration({ model: "nano-banana", input })).ok, false);
    }
    assert.deepEqual(used, []);
    const sound = new Proxy({ mode: "text-to-image", prompt: "a fox" }, {});
    assert.equal(JSON.parse(client.dryRun({ model: "nano-banana", input: sound }).body.text).input.prompt, "a fox");
    assert.equal(
        JSON.parse(
            client.dryRun({ model: "nano-banana", input: Object.assign(Object.create(null), { mode: "text-to-image", prompt: "a fox" }) }).body.text,
        ).input.prompt,
        "a fox",
    );
});

test("a member that is undefined is left out, as JSON.stringify does, at any depth", async () => {
    const { client } = untouched();
    const input = { mode: "text-to-image", prompt: "a fox", seed: undefined, deep: [{ a: undefined, b: { c: undefined, d: 1 } }] };
    const { body } = client.dryRun({ model: "a-model-of-tomorrow", input, options: { odd: undefined } });
    assert.deepEqual(JSON.parse(body.text).input, { mode: "text-to-image", prompt: "a fox", deep: [{ b: { d: 1 } }] });
    for (const request of [{ model: "nano-banana", input: undefined }, { model: "nano-banana" }]) {
        const whole = await failureOf(client.submit(request));
        assert.deepEqual([whole.code, whole.reply.errorMessage], ["INVALID_PAYLOAD", "input: an object with the model's fields is missing"]);
    }
});

test("options that are no object are refused, not dropped: they may be the limit of what an order costs", async () => {
    const { client, used } = untouched();
    for (const options of [5, "x", [1], true]) {
        const failure = await failureOf(client.submit(order("apixo", "", { options })), String(options));
        assert.deepEqual([failure.code, failure.violations.map(({ path }) => path)], ["INVALID_PAYLOAD", ["/options"]]);
        assert.throws(() => client.dryRun(order("apixo", "", { options })), GentaskError);
    }
    assert.deepEqual(used, []);
    for (const options of [undefined, null, {}]) assert.ok(client.dryRun(order("apixo", "", { options })));
});

test("a number of the environment that JavaScript cannot hold is refused", () => {
    const before = process.env.GENTASK_POLL_MS;
    try {
        for (const value of ["9007199254740992", "1e3", "-5"]) {
            process.env.GENTASK_POLL_MS = value;
            assert.throws(
                () => new Client("apixo", { baseUrl: "http://127.0.0.1:9", apiKey: "k", store: memoryStore() }),
                (error) => error.reply.errorMessage === "the environment variable GENTASK_POLL_MS is not a whole number",
            );
        }
    } finally {
        if (before === undefined) delete process.env.GENTASK_POLL_MS;
        else process.env.GENTASK_POLL_MS = before;
    }
});

test("a provider and a store that are none are named", () => {
    assert.throws(() => new Client("apix"), (error) => /no built-in provider is called "apix": there are .*apixo/.test(error.message));
    assert.throws(
        () => new Client("apixo", { store: "tasks.db" }),
        (error) => error.code === "UNSUPPORTED" && error.reply.errorMessage === 'store: use sqliteStore("tasks.db")',
    );
});

test("bytes and files in an input are told where they become texts", async () => {
    const { client, used } = untouched();
    const failure = await failureOf(
        client.submit(order("apixo", "", { input: { image: Buffer.from("a"), other: new Blob(["a"]), file: media("fox.png"), odd: new Date(0) } })),
    );
    const expected = Object.fromEntries(failure.violations.map(({ path, expected }) => [path, expected]));
    assert.match(expected["/image"], /withMedia of gentask\/media/);
    assert.match(expected["/other"], /withMedia of gentask\/media/);
    assert.match(expected["/file"], /withMedia of gentask\/media/);
    assert.equal(expected["/odd"], "a plain object");
    assert.deepEqual(used, []);
});

test("a misspelt option is told with the options that there are", async () => {
    const { client, used } = untouched();
    const refused = async (call, words) => {
        const failure = await failureOf(new Promise((resolve) => resolve(call())), String(call));
        assert.equal(failure.code, "UNSUPPORTED");
        assert.match(failure.message, words);
    };
    await refused(
        () => clientOf("http://127.0.0.1:9", "apixo", { poll: { intial: 1 } }),
        /poll has no option intial: there are initial, factor, cap/,
    );
    await refused(() => clientOf("http://127.0.0.1:9", "apixo", { stroe: 1 }), /no option stroe: there are apiKey, store, /);
    await refused(() => client.submit(order("apixo", "", { kye: "order-42" })), /no option kye: there are model, input, key, /);
    await refused(() => client.tasks({ newest: true }), /no option newest: there are owner, .*newestFirst/);
    await refused(() => client.pages({ since: 1 }).next(), /no option since: there are .*createdFrom/);
    await refused(() => client.resume({ conc: 1 }), /resume has no option conc: there are concurrency, timeout, signal, onReply\b/);
    assert.deepEqual(used, []);
    const task = await clientOf("http://127.0.0.1:9", "apixo", { transport: accepting() }).submit(order());
    await refused(() => task.wait({ timeuot: 1 }), /a wait has no option timeuot: there are timeout, signal, onUpdate/);
    await refused(() => task.wait(5), /a wait takes an object with timeout/);
    await refused(() => task.updates({ onupdate: 1 }).next(), /no option onupdate/);
    await refused(() => task.check({ forced: true }), /a check has no option forced: there are force, signal/);
    await refused(() => task.cancel({ timeout: 1 }), /cancel has no option timeout: there are signal/);
});

/** A provider that takes every submit. */
function accepting() {
    const body = new TextEncoder().encode(JSON.stringify({ code: 200, data: { taskId: "task_1" } }));
    return { send: async () => ({ status: 200, headers: {}, body, end: "whole" }) };
}

test("numbers stay what they were", () => {
    const { client } = untouched();
    const numbers = [0, -0, 1, -1.5, 1e21, 5e-324, 2 ** 53, 2 ** 53 - 1, 0.1, Number.MAX_VALUE];
    const sent = JSON.parse(client.dryRun({ model: "a-model-of-tomorrow", input: { numbers } }).body.text);
    assert.deepEqual(sent.input.numbers, numbers.map((number) => (Object.is(number, -0) ? sent.input.numbers[1] : number)));
    assert.ok(Object.is(sent.input.numbers[1], 0) || Object.is(sent.input.numbers[1], -0));
});

test("a member named __proto__ is a member", () => {
    const { client } = untouched();
    const input = JSON.parse('{"__proto__": {"a": 1}, "prompt": "a fox"}');
    assert.match(client.dryRun({ model: "a-model-of-tomorrow", input }).body.text, /"__proto__":\{"a":1\}/);
    assert.equal({}.a, undefined);
});

const WRONG = [5, null, {}, [], true, Symbol("no"), () => "x", 5n];

test("a model, key, owner or callback of a wrong type is refused", async () => {
    const { client, used } = untouched();
    for (const name of ["model", "key", "owner", "callbackUrl"]) {
        for (const value of WRONG) {
            // What is absent may be said by null.
            if (value === null && name !== "model") continue;
            const failure = await failureOf(client.submit(order("apixo", "", { [name]: value })), `${name} ${String(value)}`);
            assert.ok(["UNSUPPORTED", "INVALID_PAYLOAD", "INVALID_MODEL"].includes(failure.code), failure.message);
        }
        const reply = await client.createGeneration(order("apixo", "", { [name]: 5 }));
        assert.equal(reply.ok, false);
    }
    for (const value of [...WRONG, undefined, "text"]) {
        await failureOf(client.submit(value), String(value));
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            await failureOf(client.submit(order("apixo", "", { input: value })), String(value));
        }
    }
    assert.deepEqual(used, []);
});

test("what names a task is text", async () => {
    const { client } = untouched();
    for (const value of [...WRONG, undefined]) {
        await failureOf(client.task(value), String(value));
        await failureOf(client.adopt(value, "task_1"), String(value));
        await failureOf(client.adopt("00000000-0000-4000-8000-000000000000", value), String(value));
        await failureOf(client.discard(value), String(value));
        for (const call of ["getStatus", "getTask", "cancelTask"]) assert.equal((await client[call](value, "nano-banana")).ok, false, call);
        if (value !== undefined && value !== null) assert.equal((await client.getStatus("task_1", value)).ok, false);
        assert.throws(() => Contract.builtIn(value), GentaskError, String(value));
        assert.throws(() => Reply.fromJson(value), GentaskError, String(value));
        assert.throws(() => new Client(value), GentaskError, String(value));
    }
});

test("options of wrong types are refused when the client is made", () => {
    const wrong = {
        account: [5, {}, ""],
        timeout: ["5", -1, Number.NaN, {}],
        requestTimeout: ["5", -1, 0, Number.NaN],
        maxReadRetries: [-1, 1.5, "3"],
        gate: [0, -1, 1.5, "3"],
        poll: [5, "fast", { initial: -1 }, { factor: 0.5 }, { factor: "2" }, { cap: Number.NaN }],
        fetch: [5, {}],
        transport: [5, {}, { send: 5 }],
        onEvent: [5, {}],
        apiKey: [{}],
    };
    for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
            if (name === "apiKey" || (name === "account" && value === "")) continue;
            assert.throws(() => clientOf("http://127.0.0.1:9", "apixo", { [name]: value }), GentaskError, `${name}: ${JSON.stringify(value)}`);
        }
    }
});
