// Writes that share a transaction: how many there are, in which order, what is flushed, and who is answered for whose fault.

import assert from "node:assert/strict";
import { test as each } from "node:test";
import { Client } from "../../dist/entry/default.js";
import { delivery } from "./inbox.mjs";
import { blob, change, intent, next, task, text } from "./records.mjs";
import { DIST, DURABLE, inFolder, refused } from "./support.mjs";

const { openFile } = await import(new URL("store/file.js", DIST).href);
const { grouped } = await import(new URL("store/group.js", DIST).href);
const { sqlStore } = await import(new URL("store/sql.js", DIST).href);

const BEGIN = "BEGIN IMMEDIATE";
const NORMAL = "PRAGMA synchronous=NORMAL";
const FULL = "PRAGMA synchronous=FULL";

/** Node's modules with a SQLite that notes how transactions begin and end. */
function watching(seen) {
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    class Watched extends DatabaseSync {
        prepare(sql) {
            const statement = super.prepare(sql);
            const all = (...values) => {
                if (/^(BEGIN|COMMIT|ROLLBACK|PRAGMA synchronous)/.test(sql)) seen.push(sql);
                return statement.all(...values);
            };
            return { all, setReadBigInts: (on) => statement.setReadBigInts(on) };
        }
    }
    return (name) => (name === "node:sqlite" ? { DatabaseSync: Watched } : process.getBuiltinModule(name));
}

/** A store in the folder, and the transactions that it has made since it was opened. */
function open(folder) {
    const seen = [];
    const connection = openFile(watching(seen), { path: folder.file, busyTimeoutMs: 20, maxBytes: undefined });
    const db = grouped(connection, process.getBuiltinModule("node:timers").setImmediate);
    seen.length = 0;
    return { store: { ...sqlStore(db), close: db.close }, seen };
}

const test = (name, run) =>
    each(`group: ${name}`, DURABLE, () =>
        inFolder(async (folder) => {
            const { seen, store } = open(folder);
            try {
                await run({ folder, seen, store });
            } finally {
                store.close();
            }
        }));

test("the writes of one turn are one transaction, and none is seen before it is answered", async ({ seen, store }) => {
    const saves = Array.from({ length: 50 }, (_, number) => store.save(change(task(number))));
    const set = store.setMeta("a", "b", false);
    assert.deepEqual([seen, store.load(intent(7))], [[], null]);
    assert.deepEqual(new Set(await Promise.all(saves)), new Set(["done"]));
    assert.deepEqual([await set, store.load(intent(7))], ["b", text(task(7))]);
    assert.deepEqual(seen, [BEGIN, "COMMIT"]);
    await store.setMeta("a", "c", false);
    assert.deepEqual(seen, [BEGIN, "COMMIT", BEGIN, "COMMIT"]);
});

test("no transaction has more than so many writes", async ({ seen, store }) => {
    await Promise.all(Array.from({ length: 1_025 }, (_, number) => store.raiseMeta("hold", number)));
    assert.deepEqual([seen, store.meta("hold")], [[BEGIN, "COMMIT", BEGIN, "COMMIT", BEGIN, "COMMIT"], "1024"]);
});

test("writes take effect in the order of the calls", async ({ store }) => {
    const versions = [task(1)];
    while (versions.length < 20) versions.push(next(versions.at(-1)));
    const saved = versions.map((record, at) => store.save(change(record, { fence: at % 2 === 0 })));
    const others = [
        store.appendEvents(intent(1), [{ at: 1, kind: "phase", data: {} }]),
        store.setMeta("a", "first", true),
        store.setMeta("a", "second", false),
        store.setMeta("a", "third", true),
        store.appendEvents(intent(1), [{ at: 2, kind: "phase", data: {} }]),
    ];
    assert.deepEqual(new Set(await Promise.all(saved)), new Set(["done"]));
    assert.deepEqual((await Promise.all(others)).slice(1, 4), ["first", "second", "second"]);
    assert.equal(store.load(intent(1)), text(versions.at(-1)));
    assert.deepEqual(store.events(intent(1)).map(({ at }) => at), [1, 2]);
});

test("a write at fault leaves the others of its group alone", async ({ folder, seen, store }) => {
    folder.raw().exec("CREATE TRIGGER no BEFORE INSERT ON gentask_blob WHEN new.name = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");
    const wrong = { ...change(task(4)), expectedVersion: 7 };
    const saves = [
        store.save(change(task(1), { blobs: [blob("raw", "1")] })),
        store.save(change(task(2), { blobs: [blob("first", "1"), blob("bad", "2")] })),
        store.save(change(task(1))),
        store.save(wrong),
        store.save(change(next(task(1)))),
    ];
    const [first, bad, taken, misuse, second] = await Promise.allSettled(saves);
    assert.deepEqual([first.value, taken.value, second.value], ["done", "conflict", "done"]);
    assert.deepEqual([bad.reason.kind, misuse.reason.kind], ["io", "misuse"]);
    assert.match(bad.reason.message, /\(no\)/);
    assert.equal(store.load(intent(1)), text(next(task(1))));
    assert.equal(store.blob(intent(1), "raw").length, 1);
    assert.deepEqual([store.load(intent(2)), store.blob(intent(2), "first"), store.load(intent(4))], [null, null, null]);
    const [done, undone] = [[BEGIN, "COMMIT"], [BEGIN, "ROLLBACK"]];
    assert.deepEqual(seen, [undone, done, undone, done, undone, done].flat());
});

test("what keeps a transaction from beginning is waited for once, and told to all", async ({ folder, seen, store }) => {
    const other = folder.raw();
    other.exec(BEGIN);
    const refusals = Array.from({ length: 5 }, (_, number) => refused(() => store.save(change(task(number))), "locked", /try again/));
    await Promise.all(refusals);
    assert.deepEqual(seen, [BEGIN]);
    other.exec("COMMIT");
    assert.equal(await store.save(change(task(1))), "done");
});

test("only a save without a fence, and with none beside it, is not flushed", async ({ seen, store }) => {
    let number = 0;
    const save = (fence, more = {}) => store.save({ ...change(task(++number), { fence }), ...more });
    const cases = [
        [() => save(false), NORMAL],
        [() => save(true), FULL],
        [() => Promise.all([save(false), save(false), save(false)]), NORMAL],
        [() => Promise.all([save(false), save(true), save(false)]), FULL],
        [() => save(false), NORMAL],
        [() => store.setMeta("a", "b", false), FULL],
        [() => save(false), NORMAL],
        [() => Promise.all([save(false), store.raiseMeta("hold", 1)]), FULL],
        [() => save(false), NORMAL],
        [() => save(false, { isEnd: true }), FULL],
        [() => save(false, { isEnd: false, delivery: null }), NORMAL],
        [() => save(false, { delivery: delivery(1) }), FULL],
        [() => save(false), NORMAL],
        [() => store.remember(delivery(2)), FULL],
    ];
    for (const [at, [run, mode]] of cases.entries()) {
        seen.length = 0;
        await run();
        assert.deepEqual(seen, [mode, BEGIN, "COMMIT"], String(at));
    }
    seen.length = 0;
    await save(true);
    assert.deepEqual(seen, [BEGIN, "COMMIT"], "it stays as it is until another is needed");
});

test("closing does what was asked for before", async ({ folder, seen, store }) => {
    const before = [store.save(change(task(1))), store.save(change(task(2))), store.setMeta("a", "b", false)];
    store.close();
    assert.deepEqual(seen, [BEGIN, "COMMIT"]);
    const after = store.save(change(task(3)));
    assert.deepEqual(await Promise.all(before), ["done", "done", "b"]);
    await refused(() => after, "misuse", /was closed/);
    const again = folder.store();
    assert.deepEqual([again.list({}).tasks.length, again.meta("a")], [2, "b"]);
});

test("what was handed over may be changed at once", async ({ store }) => {
    const [record, bytes, event, came] = [task(1), new Uint8Array([1, 2, 3]), { at: 1, kind: "phase", data: { to: "waiting" } }, delivery(1)];
    const blobs = [blob("raw", bytes)];
    const saved = store.save({ ...change(record, { blobs }), events: [event], delivery: came });
    const ended = store.save(change(task(2, { phase: "failed" })));
    const ids = [intent(2)];
    const deleted = store.delete(ids);
    record.at.updated = 5;
    record.due.at = 5;
    bytes[0] = 9;
    blobs.pop();
    event.data.to = "nowhere";
    came.body[0] = 9;
    ids.pop();
    assert.deepEqual(await Promise.all([saved, ended, deleted]), ["done", "done", 1]);
    assert.deepEqual([...store.blob(intent(1), "raw")], [1, 2, 3]);
    assert.deepEqual(store.events(intent(1)), [{ at: 1, kind: "phase", data: { to: "waiting" } }]);
    assert.deepEqual(store.deliveries({}), [delivery(1)]);
    assert.deepEqual(store.list({ dueBefore: 6 }).tasks, []);
});

test("a client's many submits at once share few flushes", async ({ seen, store }) => {
    let ids = 0;
    const whole = (value) => ({ status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify(value)) });
    const send = async () => whole({ code: 200, data: { taskId: `task_${++ids}` } });
    const client = new Client("apixo", { store, apiKey: "sk-test-opens-nothing", transport: { send } });
    const input = { mode: "text-to-image", prompt: "a sunset" };
    const tasks = await Promise.all(Array.from({ length: 200 }, (_, at) => client.submit({ model: "nano-banana", input, key: `order-${at}` })));
    assert.equal(new Set(tasks.map(({ taskId }) => taskId)).size, 200);
    assert.equal(store.list({}).tasks.length, 200);
    const commits = seen.filter((sql) => sql === "COMMIT").length;
    assert.ok(commits <= 40, `${commits} transactions`);
});
