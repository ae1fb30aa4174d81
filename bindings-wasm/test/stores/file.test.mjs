// What only a file can do: its tables and settings, and what it is refused for.

import assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs";
import { join } from "node:path";
import { test as each } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { delivery, FLOOD, overflow, OVERFLOWN } from "./inbox.mjs";
import { blob, change, intent, next, task, text } from "./records.mjs";
import { DIST, DURABLE, inFolder, refused, sqliteStore, value } from "./support.mjs";

const MIB = 1024 * 1024;
const WINDOWS = process.platform === "win32";

const test = (name, run, { skip = false } = {}) => each(`file: ${name}`, { ...DURABLE, skip: skip || DURABLE.skip }, () => inFolder(run));

const insert = async (store, record, ...blobs) => assert.equal(await store.save(change(record, { blobs })), "done");

test("its columns copy the record", async (folder) => {
    const store = folder.store();
    const record = task(1, { callerKey: "k", owner: "o", taskId: "t" });
    await insert(store, record, blob("raw", new Uint8Array(2 * MIB + 1)));
    const row = `SELECT json_array(version, provider, account, model, caller_key, owner, task_id, phase, due_at, lease_until, created_at,
        updated_at, record) FROM gentask_task`;
    const times = [1800000004001, 1800000035001, 1800000000001, 1800000000901];
    const first = [1, "demo", "default", "paint-2", "k", "o", "t", "waiting", ...times, text(record)];
    assert.deepEqual(JSON.parse(value(folder.raw(), row)), first);
    const update = next(record, { phase: "succeeded", due: null, lease: null, callerKey: null, owner: null, model: "paint-3" });
    await insert(store, update);
    const second = [2, "demo", "default", "paint-3", null, null, "t", "succeeded", null, null, ...times.slice(2), text(update)];
    assert.deepEqual(JSON.parse(value(folder.raw(), row)), second);
    const types = "SELECT group_concat(DISTINCT typeof(version) || typeof(created_at) || typeof(due_at)) FROM gentask_task";
    assert.equal(value(folder.raw(), types), "integerintegernull");
    const parts = "SELECT group_concat(part || ':' || length(bytes), ' ') FROM (SELECT * FROM gentask_blob ORDER BY part)";
    assert.equal(value(folder.raw(), parts), `0:${MIB} 1:${MIB} 2:1`);
});

test("a save that only moves a task on writes no column but those that move", async (folder) => {
    const store = folder.store();
    const names = ["provider", "account", "model", "caller_key", "owner", "task_id", "created_at"];
    const db = folder.raw();
    db.exec("CREATE TABLE wide(name TEXT)");
    for (const name of names) {
        db.exec(`CREATE TRIGGER wide_${name} AFTER UPDATE OF ${name} ON gentask_task BEGIN INSERT INTO wide VALUES('${name}'); END`);
    }
    const wide = () => db.prepare("DELETE FROM wide RETURNING name").all().map(({ name }) => name).sort();
    let record = task(1);
    await insert(store, record);
    for (const change of [{}, { phase: "fetching", due: null }, { lease: null, at: { ...record.at, updated: 5 } }]) {
        await insert(store, record = next(record, change));
        assert.deepEqual(wide(), []);
    }
    const rare = [{ taskId: "t" }, { callerKey: "k" }, { owner: "o" }, { model: "m" }, { provider: "p" }, { account: "a" }, {
        at: { ...record.at, created: 5 },
    }];
    for (const change of rare) {
        await insert(store, record = next(record, change));
        assert.deepEqual(wide(), names.toSorted(), JSON.stringify(change));
        await insert(store, record = next(record));
        assert.deepEqual(wide(), []);
    }
});

test("it has the tables and the header of the format", async (folder) => {
    const store = folder.store();
    const db = folder.raw();
    const select = db.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, name");
    const names = select.all().map((row) => row.name);
    const tables = ["blob", "delivery", "event", "meta", "notice", "task"];
    const callbacks = ["delivery_expiry", "delivery_orphan", "event_intent", "notice_open"];
    const indexes = [...callbacks, "task_created", "task_due", "task_key", "task_open", "task_owner", "task_remote"];
    assert.deepEqual(names, [...tables, ...indexes].map((name) => `gentask_${name}`));
    assert.equal(value(db, "SELECT min(strict) FROM pragma_table_list WHERE name LIKE 'gentask_%'"), 1);
    assert.equal(value(db, "PRAGMA application_id"), 0x67746b31);
    assert.equal(value(db, "PRAGMA user_version"), 1);
    assert.equal(value(db, "PRAGMA journal_mode"), "wal");
    assert.equal(store.path, folder.file);
});

test("the index of an earlier version, in which a key had no owner, is replaced when its file is opened", async (folder) => {
    const store = folder.store();
    const keyed = (number, owner) => task(number, { callerKey: "k", owner });
    await insert(store, keyed(1, "ada"));
    store.close();
    const db = folder.raw();
    db.exec("DROP INDEX gentask_task_key");
    db.exec("CREATE UNIQUE INDEX gentask_task_key ON gentask_task(provider,account,caller_key) WHERE caller_key IS NOT NULL");
    for (let times = 0; times < 2; times++) {
        const again = folder.store();
        assert.match(value(folder.raw(), "SELECT sql FROM sqlite_schema WHERE name = 'gentask_task_key'"), /coalesce\(owner,''\)/);
        assert.equal(await again.save(change(keyed(9, "ada"))), "conflict");
        if (times === 0) await insert(again, keyed(2, "eve"));
        again.close();
    }
});

test("a file of an earlier version, whose tasks have no rowid and are found by their phases alone, goes on", async (folder) => {
    folder.store().close();
    const db = folder.raw();
    const made = db.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE tbl_name IN ('gentask_task', 'gentask_blob') AND sql IS NOT NULL ORDER BY type = 'index', name DESC",
    ).all();
    db.exec("DROP TABLE gentask_blob; DROP TABLE gentask_task");
    const old = made.filter(({ name }) => !["gentask_task_created", "gentask_task_open"].includes(name));
    old.forEach(({ sql }) => db.exec(sql.replace("STRICT", "STRICT, WITHOUT ROWID")));
    db.exec("CREATE INDEX gentask_task_phase ON gentask_task(phase,updated_at)");
    const store = folder.store();
    await insert(store, task(1));
    assert.equal(store.load(intent(1)), text(task(1)));
    assert.equal(store.list({ phases: ["prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"] }).tasks.length, 1);
    store.close();
    const names = folder.raw().prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'gentask_task_%' ORDER BY name").all().map(({ name }) => name);
    assert.ok(names.includes("gentask_task_open") && !names.includes("gentask_task_phase"), names.join());
});

test("a history that cannot be written keeps no record from being stored", async (folder) => {
    const store = folder.store();
    folder.raw().exec("DROP TABLE gentask_event");
    assert.equal(await store.save({ ...change(task(1)), events: [{ at: 1, kind: "phase", data: {} }] }), "done");
    assert.equal(store.load(intent(1)), text(task(1)));
    store.close();
});

test("the inbox of an earlier version, in which a callback had no account, is replaced when its file is opened", async (folder) => {
    const store = folder.store();
    await insert(store, task(1));
    store.close();
    const db = folder.raw();
    const made = db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();
    db.exec("DROP TABLE gentask_delivery");
    db.exec("DROP INDEX gentask_notice_open");
    db.exec("CREATE TABLE gentask_delivery(provider TEXT NOT NULL, dedupe TEXT NOT NULL, PRIMARY KEY(provider,dedupe)) STRICT, WITHOUT ROWID");
    const again = folder.store();
    assert.equal(await again.remember(delivery(1)), true);
    assert.equal(again.load(intent(1)), text(task(1)));
    again.close();
    assert.deepEqual(folder.raw().prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all(), made);
});

test("a flood of callbacks without a task leaves the newest of them", async (folder) => {
    const store = folder.store();
    const db = folder.raw();
    db.exec(FLOOD);
    assert.deepEqual(await overflow(store), OVERFLOWN);
    store.close();
});

test("every connection has the settings of the format", async (folder) => {
    const { openFile } = await import(new URL("store/file.js", DIST).href);
    const load = (name) => process.getBuiltinModule(name);
    for (const again of [false, true]) {
        const db = openFile(load, { path: folder.file, busyTimeoutMs: 1234, maxBytes: 1024 * 1024 });
        const settings = ["synchronous", "foreign_keys", "secure_delete", "busy_timeout", "max_page_count"];
        assert.deepEqual(settings.map((name) => Number(Object.values(db.all(`PRAGMA ${name}`)[0])[0])), [2, 1, 1, 1234, 256], `${again}`);
        db.close();
    }
});

test("bytes that were deleted are overwritten", async (folder) => {
    const store = folder.store();
    const prompt = "a prompt that nobody else is to read";
    await insert(store, task(1), blob("request", prompt.repeat(200)));
    await insert(store, next(task(1)), { name: "request", bytes: null });
    store.close();
    assert.ok(!fs.readFileSync(folder.file).includes(prompt));
    assert.deepEqual(fs.readdirSync(folder.path), ["tasks.db"], "closing folds the log into the file");
});

test("only its owner can read it, and the folders above it", async (folder) => {
    const file = join(folder.path, "a", "b", "tasks.db");
    const store = sqliteStore(file);
    await insert(store, task(1));
    const mode = (path) => fs.statSync(path).mode & 0o777;
    const modes = [file, `${file}-wal`, `${file}-shm`, join(folder.path, "a"), join(folder.path, "a", "b")].map(mode);
    store.close();
    assert.deepEqual(modes, [0o600, 0o600, 0o600, 0o700, 0o700]);
}, { skip: WINDOWS });

test("a path, a path from here and a URL name the same file", async (folder) => {
    const before = process.cwd();
    process.chdir(folder.path);
    try {
        const store = sqliteStore("ä %20#?.db");
        assert.equal(store.path, join(folder.path, "ä %20#?.db"));
        process.chdir(before);
        await insert(store, task(1));
        const again = sqliteStore(pathToFileURL(store.path));
        assert.equal(again.path, store.path);
        assert.equal(again.load(intent(1)), text(task(1)));
        again.close();
        store.close();
        assert.deepEqual(fs.readdirSync(folder.path), ["ä %20#?.db"]);
    } finally {
        process.chdir(before);
    }
}, { skip: WINDOWS });

test("names that are no files are refused", async (folder) => {
    for (const name of [":memory:", "", "file:tasks.db", "file::memory:?cache=shared"]) {
        await refused(() => sqliteStore(name), "misuse", /memoryStore/);
    }
    await refused(() => sqliteStore(folder.path), "io", /is a directory/);
    fs.writeFileSync(join(folder.path, "plain"), "x");
    await refused(() => sqliteStore(join(folder.path, "plain", "tasks.db")), "io");
    await refused(() => sqliteStore(join(folder.path, "plain", "a", "tasks.db")), "io");
    await refused(() => sqliteStore(new URL("https://example.test/tasks.db")), "misuse");
    await refused(() => sqliteStore(`${folder.path}/a\0b`), "io");
    assert.deepEqual(fs.readdirSync(folder.path), ["plain"]);
});

test("a link that leads nowhere is not followed", async (folder) => {
    fs.symlinkSync(join(folder.path, "away.db"), folder.file);
    await refused(() => folder.store(), "io", /cannot be opened/);
    assert.deepEqual(fs.readdirSync(folder.path), ["tasks.db"]);
}, { skip: WINDOWS });

test("a closed store refuses every call, and may be closed again", async (folder) => {
    const store = folder.store();
    store.close();
    store.close();
    store[Symbol.dispose]();
    await refused(() => store.load(intent(1)), "misuse", /was closed/);
    await refused(() => store.save(change(task(1))), "misuse", /was closed/);
});

test("a record that is not what stands beside it is not handed out", async (folder) => {
    const store = folder.store();
    for (const number of [0, 1, 2, 3]) {
        await insert(store, task(number, { callerKey: `k${number}` }));
    }
    const db = folder.raw();
    const damage = (number, change) => db.prepare(`UPDATE gentask_task SET ${change} WHERE intent_id = ?`).run(intent(number));
    damage(1, "version = 9");
    damage(2, `record = json_set(record, '$.intentId', '${intent(7)}')`);
    damage(3, "record = '[]'");
    for (const [number, words] of [[1, /version is 1, and 9/], [2, /another intent/]]) {
        await refused(() => store.load(intent(number)), "corrupt", words);
        await refused(() => store.find({ provider: "demo", account: "default", owner: null, key: `k${number}` }), "corrupt", words);
    }
    assert.equal(store.load(intent(3)), "[]", "the core says what is wrong with it");
    assert.equal(store.list({}).tasks.length, 4, "it hides no other");
});

test("numbers beyond those of the language hide no record", async (folder) => {
    const store = folder.store();
    await insert(store, task(1));
    folder.raw().prepare("UPDATE gentask_task SET created_at = 9223372036854775807").run();
    assert.equal(store.list({}).tasks.length, 1);
    assert.equal(store.load(intent(1)), text(task(1)));
});

test("a blob with a hole is not handed out", async (folder) => {
    const store = folder.store();
    await insert(store, task(1), blob("request", new Uint8Array(3 * MIB)));
    folder.raw().prepare("DELETE FROM gentask_blob WHERE part = 1").run();
    await refused(() => store.blob(intent(1), "request"), "corrupt", /part 1/);
});

test("a newer format is left alone", async (folder) => {
    folder.store().close();
    const db = folder.raw();
    db.exec("PRAGMA user_version=2");
    await refused(() => folder.store(), "newer", /upgrade gentask/);
    assert.equal(value(db, "PRAGMA user_version"), 2);
});

test("another application's file is left alone", async (folder) => {
    const setups = ["CREATE TABLE notes(x)", "PRAGMA application_id=42", "PRAGMA application_id=42; CREATE TABLE gentask_task(x)"];
    for (const [index, setup] of setups.entries()) {
        const file = join(folder.path, `${index}.db`);
        const db = folder.raw(file);
        db.exec(setup);
        db.close();
        const before = fs.readFileSync(file);
        await refused(() => sqliteStore(file), "foreign", /another application/);
        assert.deepEqual(fs.readFileSync(file), before);
    }
});

test("what is refused is not kept open", async (folder) => {
    folder.raw().exec("CREATE TABLE notes(x)");
    // The list has the descriptor by which it is read, and that one is gone afterwards.
    const files = () => fs.readdirSync("/proc/self/fd").map((file) => `/proc/self/fd/${file}`).filter((file) => fs.existsSync(file));
    const open = () => files().filter((file) => fs.readlinkSync(file) === folder.file).length;
    const before = open();
    assert.ok(before > 0);
    await refused(() => folder.store(), "foreign");
    assert.equal(open(), before);
}, { skip: process.platform !== "linux" });

test("who makes the file is waited for, although SQLite does not wait", async (folder) => {
    // The other thread holds a lock for which nobody waits by himself, and lets it go when it is told to.
    const HOLDER = `
        import { parentPort, workerData } from "node:worker_threads";
        import { DatabaseSync } from "node:sqlite";
        const db = new DatabaseSync(workerData.file);
        db.exec("BEGIN EXCLUSIVE; CREATE TABLE x(y)");
        parentPort.postMessage("held");
        Atomics.wait(new Int32Array(workerData.told), 0, 0);
        db.exec("ROLLBACK");
        db.close();`;
    const script = join(folder.path, "holder.mjs");
    fs.writeFileSync(script, HOLDER);
    for (let round = 0; round < 10; round++) {
        const file = join(folder.path, `${round}.db`);
        const told = new SharedArrayBuffer(4);
        const holder = new Worker(script, { workerData: { file, told } });
        await once(holder, "message");
        await refused(() => sqliteStore(file, { busyTimeoutMs: 0 }), "locked");
        const ended = once(holder, "exit");
        Atomics.store(new Int32Array(told), 0, 1);
        Atomics.notify(new Int32Array(told), 0);
        const store = sqliteStore(file, { busyTimeoutMs: 120_000 });
        await insert(store, task(1));
        store.close();
        await ended;
    }
});

test("an empty file is a new store, and one with a header only too", async (folder) => {
    fs.writeFileSync(folder.file, "");
    const store = folder.store();
    await insert(store, task(1));
    store.close();
    const half = join(folder.path, "half.db");
    const db = folder.raw(half);
    db.exec("PRAGMA application_id=0x67746b31");
    db.close();
    const other = sqliteStore(half);
    await insert(other, task(1));
    other.close();
});

test("what is damaged or no database is corrupt", async (folder) => {
    fs.writeFileSync(folder.file, "a letter to a friend, long enough to be taken for the header of a file. ".repeat(20));
    await refused(() => folder.store(), "corrupt");
    fs.rmSync(folder.file);
    const store = folder.store();
    for (let number = 0; number < 50; number++) {
        await insert(store, task(number));
    }
    store.close();
    // The first page, with the header and the schema, stays as it is.
    const bytes = fs.readFileSync(folder.file).fill(0xa5, 4096);
    fs.writeFileSync(folder.file, bytes);
    const damaged = folder.store();
    assert.ok((await refused(() => damaged.list({}), "corrupt")).message.includes(folder.file));
    await refused(() => damaged.save(change(task(99))), "corrupt");
});

test("a file that may only be read is refused", async (folder) => {
    folder.store().close();
    // A write format above 2 makes SQLite itself treat a file as read-only, whoever asks: also the root of a container.
    const bytes = fs.readFileSync(folder.file);
    bytes[18] = 3;
    fs.writeFileSync(folder.file, bytes);
    await refused(() => folder.store(), "readOnly");
});

test("permissions make a file and a folder read-only", async (folder) => {
    folder.store().close();
    fs.chmodSync(folder.file, 0o400);
    await refused(() => folder.store(), "readOnly");
    fs.chmodSync(folder.path, 0o500);
    try {
        await refused(() => sqliteStore(join(folder.path, "new.db")), "readOnly");
        await refused(() => sqliteStore(join(folder.path, "new", "tasks.db")), "readOnly");
    } finally {
        fs.chmodSync(folder.path, 0o700);
    }
    // Root is bound by none of this.
}, { skip: WINDOWS || process.getuid?.() === 0 });

test("a store that another program holds is locked and then works again", async (folder) => {
    const store = folder.store();
    await insert(store, task(1));
    const other = folder.raw();
    other.exec("BEGIN EXCLUSIVE");
    await refused(() => store.save(change(task(2))), "locked", /try again/);
    await refused(() => store.setMeta("a", "b", false), "locked");
    assert.equal(store.load(intent(1)), text(task(1)), "reading goes on");
    folder.store();
    other.exec("COMMIT");
    await insert(store, task(2));
});

test("a file that another program is making is locked", async (folder) => {
    const other = folder.raw();
    other.exec("BEGIN EXCLUSIVE; CREATE TABLE x(y)");
    await refused(() => folder.store(), "locked");
    await refused(() => folder.store({ busyTimeoutMs: 0 }), "locked");
    other.exec("ROLLBACK");
    await insert(folder.store(), task(1));
});

test("a full disk refuses what does not fit and keeps the rest", async (folder) => {
    const store = folder.store({ maxBytes: 512 * 1024 });
    await insert(store, task(1));
    await refused(() => store.save(change(task(2), { blobs: [blob("request", new Uint8Array(2 * MIB))] })), "full", /no room left/);
    assert.equal(store.load(intent(2)), null);
    await insert(store, task(3));
    assert.deepEqual(store.list({}).tasks.map(({ intentId }) => intentId), [1, 3].map(intent));
});

test("what fails in the middle leaves nothing behind", async (folder) => {
    const store = folder.store();
    await insert(store, task(1));
    folder.raw().exec("CREATE TRIGGER no BEFORE INSERT ON gentask_blob WHEN new.name = 'second' BEGIN SELECT RAISE(ABORT, 'no'); END");
    await refused(() => store.save(change(next(task(1)), { blobs: [blob("first", "1"), blob("second", "2")] })), "io", /\(no\)/);
    assert.equal(store.load(intent(1)), text(task(1)));
    assert.equal(store.blob(intent(1), "first"), null);
    await insert(store, next(task(1)), blob("first", "1"));
});

test("a file that was removed or replaced takes no more tasks", async (folder) => {
    const store = folder.store();
    const away = join(folder.path, "away.db");
    await insert(store, task(1));
    fs.renameSync(folder.file, away);
    await refused(() => store.save(change(task(2))), "io", /removed or replaced/);
    assert.ok(!fs.existsSync(folder.file), "nothing is made in its place");
    fs.writeFileSync(folder.file, "");
    for (
        const call of [
            () => store.save(change(task(2))),
            () => store.appendEvents(intent(1), [{ at: 1, kind: "phase", data: {} }]),
            () => store.delete([intent(1)]),
            () => store.setMeta("a", "b", false),
        ]
    ) {
        await refused(call, "io", /removed or replaced/);
    }
    fs.renameSync(away, folder.file);
    await insert(store, task(2));
    assert.deepEqual(store.events(intent(1)), []);
}, { skip: WINDOWS });

test("two stores of one program share a file", async (folder) => {
    const [one, other] = [folder.store(), folder.store()];
    await insert(one, task(1));
    assert.equal(other.load(intent(1)), text(task(1)));
    assert.equal(await other.save(change(task(1))), "conflict");
    await insert(other, next(task(1)));
    one.close();
    await insert(other, next(next(task(1))));
});
