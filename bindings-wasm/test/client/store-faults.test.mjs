// Stores that refuse, once or for good, and stores that answer nonsense: no POST is repeated, no paid task is lost without a word, and what is
// thrown is one of ours.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inNoTime } from "../adversary/clock.mjs";
import { atOnce, clientOf, failureOf, order } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { GentaskError, memoryStore, StoreFault } = gentask;

const BASE = "http://127.0.0.1:9";
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
const whole = (value) => ({ status: 200, headers: {}, end: "whole", body: bytes(value) });

/** A provider without a wire that accepts everything, and counts. */
function provider() {
    const seen = { posts: 0, polls: 0 };
    const send = async ({ method }) => {
        if (method === "POST") return whole({ code: 200, data: { taskId: `task_${++seen.posts}` } });
        seen.polls++;
        return whole({ code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } });
    };
    return { seen, transport: { send } };
}

const THROWN = {
    "an Error": () => new Error("the disk is gone"),
    "a lock": () => new StoreFault("locked", "another program keeps it locked"),
    "a fault that does not pass": () => new StoreFault("corrupt", "the file is damaged"),
    "a text": () => "the disk is gone",
    "nothing": () => undefined,
    "null": () => null,
    "an object without a text": () => Object.create(null),
};

const METHODS = ["load", "find", "save", "list", "blob", "meta", "setMeta", "appendEvents", "events", "delete"];

/** A store whose `method` goes wrong at those calls that `when` says, counted from 1. `instead` says what happens then. */
function faulty(inner, method, when, instead) {
    let calls = 0;
    // Only a store that does not save it with the record is handed a task's history by itself.
    const savesHistory = method !== "appendEvents";
    return { ...inner, savesHistory, [method]: (...given) => (when(++calls) ? instead(...given) : inner[method](...given)) };
}

/** What a caller does, one after the other; gives what each step threw. */
async function life(client) {
    const thrown = [];
    const attempt = async (what) => {
        try {
            return await atOnce(what());
        } catch (error) {
            thrown.push(error);
            return undefined;
        }
    };
    const task = await attempt(() => client.submit(order("apixo", "", { key: "order-42" })));
    await attempt(() => client.submit(order("apixo", "", { key: "order-42" })));
    if (task) await attempt(() => task.wait());
    if (task) await attempt(() => task.events());
    await attempt(() => client.tasks());
    await attempt(() => client.resume({ timeout: 0.05 }));
    await attempt(() => client.prune(0));
    await client.settled();
    return thrown;
}

/** At most one POST; and if there was one, the task's id is in the store, or in the words of what was thrown, or its intent is one in doubt. */
async function nothingIsLost(name, store, seen, thrown) {
    assert.ok(seen.posts <= 1, `${name}: ${seen.posts} POSTs`);
    for (const error of thrown) {
        assert.ok(error instanceof GentaskError, `${name}: ${error?.stack ?? String(error)}`);
        assert.ok(error.message.length < 2_000 && !/\[object|is not a function|Cannot read/.test(error.message), `${name}: ${error.message}`);
    }
    if (seen.posts === 0) return;
    const { tasks } = await store.list({});
    const isStored = tasks.some(({ json }) => JSON.parse(json).taskId === "task_1");
    // It ended and was pruned: nothing can be lost any more.
    const isOver = tasks.length === 0 && seen.polls > 0;
    const isTold = thrown.some((error) => error.message.includes("task_1") || error.taskId === "task_1");
    assert.ok(isStored || isOver || isTold, `${name}: paid for and lost: ${thrown.map((error) => error.message)}`);
}

for (const method of METHODS) {
    for (const [what, make] of Object.entries(THROWN)) {
        test(`${method} throws ${what}: nothing is lost, nothing is posted twice`, async () => {
            const whens = {
                "the first time": (call) => call === 1,
                "the second time": (call) => call === 2,
                "the third time": (call) => call === 3,
                "always": () => true,
            };
            await Promise.all(
                Object.entries(whens).flatMap(([how, when]) =>
                    [() => {
                        throw make();
                    }, () => Promise.reject(make())].map((instead) =>
                        inNoTime(async () => {
                            const store = memoryStore();
                            const { seen, transport } = provider();
                            const client = clientOf(BASE, "apixo", { store: faulty(store, method, when, instead), transport });
                            await nothingIsLost(`${method} ${how}`, store, seen, await life(client));
                        })
                    )
                ),
            );
        });
    }
}

test("a task id that cannot be saved is tried again, and then told", () =>
    inNoTime(async () => {
        for (const [refusals, isLost] of [[2, false], [1_000, true]]) {
            for (const key of [undefined, "order-42"]) {
                const store = memoryStore();
                let left = refusals;
                const save = (change) => {
                    if (change.record.taskId !== null && left-- > 0) throw new Error("the disk is gone");
                    return store.save(change);
                };
                const { seen, transport } = provider();
                const submitted = clientOf(BASE, "apixo", { store: { ...store, save }, transport }).submit(order("apixo", "", { key }));
                if (isLost) {
                    const failure = await failureOf(submitted);
                    assert.deepEqual([failure.code, failure.reply.data.billing, failure.taskId], ["STORE_ERROR", "possible", "task_1"]);
                    assert.ok(failure.message.includes("task_1") && failure.intentId !== null, failure.message);
                } else {
                    assert.equal((await submitted).taskId, "task_1");
                }
                assert.equal(seen.posts, 1);
            }
        }
    }));

test("a store that refuses the first save sends nothing", async () => {
    for (const key of [undefined, "order-42"]) {
        const { seen, transport } = provider();
        const save = () => {
            throw new StoreFault("readOnly", "the file may not be written");
        };
        const failure = await failureOf(
            clientOf(BASE, "apixo", { store: { ...memoryStore(), save }, transport }).submit(order("apixo", "", { key })),
        );
        assert.deepEqual([failure.code, failure.reply.data.billing, seen.posts], ["STORE_ERROR", "none", 0]);
        assert.match(failure.message, /may not be written/);
    }
});

const OTHER = JSON.stringify({ v: 1, intentId: "another" });
const NONSENSE = {
    load: [5, "", "{}", "null", "[]", undefined, true, OTHER, "{", {}, new Uint8Array(3)],
    find: [null, undefined, 5, "", {}, [5], ["{}"], ["null"], [null], [OTHER], ["{"]],
    save: [undefined, null, true, "saved", 1, {}],
    list: [null, undefined, {}, [], 5, { tasks: null }, { tasks: [null], next: null }, { tasks: [{ intentId: 5, json: 5 }], next: null }, {
        tasks: [],
        next: 5,
    }, { tasks: [] }],
    blob: [5, "text", {}, [1, 2], true, new ArrayBuffer(4)],
    meta: [5, {}, "tomorrow", "-1", "1e400", true, undefined],
    setMeta: [undefined, null, 5],
    appendEvents: [5, null],
    events: [null, 5, "text"],
    delete: [null, "many", undefined, -1],
};

for (const [method, answers] of Object.entries(NONSENSE)) {
    test(`${method} answers nonsense: nothing is lost, nothing is posted twice`, async () => {
        const whens = [(call) => call === 1, (call) => call === 2, () => true];
        const lives = answers.flatMap((answer) =>
            whens.map((when) =>
                inNoTime(async () => {
                    const store = memoryStore();
                    const { seen, transport } = provider();
                    // What a store says that it stored may well be stored.
                    const instead = method === "save" ? (change) => (store.save(change), answer) : () => answer;
                    const client = clientOf(BASE, "apixo", { store: faulty(store, method, when, instead), transport });
                    const name = `${method} ${typeof answer === "object" ? JSON.stringify(answer) : String(answer)} ${when}`;
                    await nothingIsLost(name, store, seen, await life(client));
                })
            )
        );
        await Promise.all(lives);
    });
}

test("a store that lacks what every store needs is refused at once", () => {
    for (const method of ["load", "find", "save", "list", "blob", "meta", "setMeta"]) {
        for (const other of [undefined, 5, null]) {
            assert.throws(() => clientOf(BASE, "apixo", { store: { ...memoryStore(), [method]: other } }), GentaskError, method);
        }
    }
    for (const store of [5, "tasks.db", null, []]) assert.throws(() => clientOf(BASE, "apixo", { store }), GentaskError, String(store));
});

test("a store without what is optional will do", async () => {
    const { appendEvents: _, events: __, delete: ___, close: ____, ...needed } = memoryStore();
    const { seen, transport } = provider();
    const client = clientOf(BASE, "apixo", { store: needed, transport });
    const task = await client.submit(order());
    assert.equal((await task.wait()).status, "success");
    assert.deepEqual([await task.events(), seen.posts], [[], 1]);
    assert.equal((await failureOf(client.prune(0))).code, "STORE_ERROR");
});

test("what happened is the same where a store saves it with the record, and where it is told of it afterwards", async () => {
    const histories = [];
    for (const savesHistory of [true, false, undefined]) {
        const inner = memoryStore();
        const told = { beside: 0, after: 0 };
        const save = (change) => {
            told.beside += change.events?.length ?? 0;
            return inner.save(change);
        };
        const appendEvents = (intentId, events) => {
            told.after += events.length;
            return inner.appendEvents(intentId, events);
        };
        const client = clientOf(BASE, "apixo", { store: { ...inner, save, appendEvents, savesHistory }, transport: provider().transport });
        const task = await client.submit(order());
        await task.wait();
        const events = await task.events();
        assert.ok(events.length >= 3, JSON.stringify(events));
        assert.deepEqual(told, savesHistory ? { beside: events.length, after: 0 } : { beside: 0, after: events.length });
        histories.push(events.map(({ data, kind }) => [kind, data]));
    }
    assert.deepEqual(histories[1], histories[0]);
    assert.deepEqual(histories[2], histories[0]);
});

test("a store of asynchronous answers, each of its own length, is no other", async () => {
    const store = memoryStore();
    let turn = 0;
    const slowly = (call) => async (...given) => {
        await new Promise((resolve) => setTimeout(resolve, turn++ % 3));
        return store[call](...given);
    };
    const slow = Object.fromEntries(Object.keys(store).map((call) => [call, slowly(call)]));
    const { seen, transport } = provider();
    const client = clientOf(BASE, "apixo", { store: slow, transport });
    const tasks = await Promise.all(Array.from({ length: 20 }, (_, at) => client.submit(order("apixo", "", { key: `order-${at}` }))));
    const replies = await Promise.all(tasks.map((task) => task.wait()));
    assert.ok(replies.every(({ status }) => status === "success"));
    assert.equal(seen.posts, 20);
});

test("a save whose answer is lost has been made: it is no conflict with itself, and no lease of its own is waited out", async () => {
    for (const key of [undefined, "order-42"]) {
        for (const phase of ["prepared", "submitting", "waiting"]) {
            const store = memoryStore();
            let left = 1;
            const save = async (change) => {
                const saved = await store.save(change);
                if (change.record.phase === phase && left-- > 0) throw new Error("the connection broke");
                return saved;
            };
            const { seen, transport } = provider();
            const task = await atOnce(clientOf(BASE, "apixo", { store: { ...store, save }, transport }).submit(order("apixo", "", { key })));
            const { attempts, version } = await task.record();
            assert.deepEqual([task.taskId, seen.posts, attempts.submit], ["task_1", 1, 1], `${key} ${phase} ${version}`);
        }
    }
});
