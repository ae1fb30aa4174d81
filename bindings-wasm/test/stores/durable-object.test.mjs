// The suite inside a real Durable Object: workerd, with its SQLite.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { CASES } from "./cases.mjs";
import { OVERFLOWN } from "./inbox.mjs";
import { DIST } from "./support.mjs";

// Miniflare is a program of Node's.
const skip = Boolean(process.versions.bun || process.versions.deno);

const WORKER = `
import { DurableObject } from "cloudflare:workers";
import { durableObjectStore } from "./dist/store/durable-object.js";
import { sqliteStore } from "./dist/store/sqlite.js";
import { CASES } from "./cases.mjs";
import { FLOOD, overflow } from "./inbox.mjs";
import { change, intent, task, text } from "./records.mjs";

const QUESTIONS = {
    async flood({ store, ctx }) {
        ctx.storage.sql.exec(FLOOD);
        return overflow(store);
    },
    async save({ store }) {
        return store.save(change(task(1), { blobs: [{ name: "raw", bytes: new Uint8Array([1, 2]) }] }));
    },
    async load({ store }) {
        return [await store.load(intent(1)) === text(task(1)), [...await store.blob(intent(1), "raw")]];
    },
    async synced({ ctx }) {
        const seen = [];
        const { sql } = ctx.storage;
        const storage = { sql, transactionSync: (work) => ctx.storage.transactionSync(work), sync: async () => void seen.push("sync") };
        const store = durableObjectStore(storage);
        for (const [number, fence] of [[1, false], [2, true], [2, true]]) {
            seen.push(await store.save(change(task(number), { fence })));
        }
        return seen;
    },
    async halves({ store, ctx }) {
        const save = change(task(1), { blobs: [{ name: "a", bytes: new Uint8Array(5) }, { name: "b", bytes: "no bytes".repeat(2 ** 20) }] });
        const refusal = await store.save(save).catch((error) => [error.name, error.kind, error.message]);
        return [refusal, await store.load(intent(1)), ctx.storage.sql.exec("SELECT count(*) n FROM gentask_blob").one().n];
    },
    async names({ ctx }) {
        const names = "SELECT name FROM sqlite_schema WHERE name LIKE 'gentask_%' ORDER BY type DESC, name";
        return ctx.storage.sql.exec(names).toArray().map((row) => row.name);
    },
    async file() {
        try {
            return sqliteStore("/tmp/tasks.db").path;
        } catch (error) {
            return [error.name, error.kind, error.message];
        }
    },
};

class Tasks extends DurableObject {
    async fetch(request) {
        const [what, name] = await request.json();
        if (what === "case") {
            await CASES[name](durableObjectStore(this.ctx.storage));
            return Response.json("passed");
        }
        return Response.json(await QUESTIONS[name]({ store: durableObjectStore(this.ctx.storage), ctx: this.ctx }));
    }
}
export class WithSql extends Tasks {}
export class Without extends Tasks {}
export default {
    async fetch(request, env) {
        const [kind, id] = new URL(request.url).pathname.slice(1).split("/");
        try {
            return await env[kind].get(env[kind].idFromName(id)).fetch(request);
        } catch (error) {
            return Response.json({ failed: String(error?.stack ?? error) });
        }
    },
};
`;

const esm = (path, contents) => ({ type: "ESModule", path, contents });
const own = (name) => esm(name, readFileSync(new URL(name, import.meta.url), "utf8"));

/** A compiled module, and all that it imports. */
function built(name, seen = new Set()) {
    if (seen.has(name)) {
        return [];
    }
    seen.add(name);
    const text = readFileSync(new URL(name, DIST), "utf8");
    const imports = [...text.matchAll(/ from "(\.[^"]+)"/g)].map(([, path]) => new URL(path, `file:///${name}`).pathname.slice(1));
    return [esm(`dist/${name}`, text), ...imports.flatMap((path) => built(path, seen))];
}

async function worker() {
    const { Miniflare } = await import("miniflare");
    const modules = new Set();
    return new Miniflare({
        modules: [
            esm("worker.mjs", WORKER),
            own("cases.mjs"),
            own("inbox.mjs"),
            own("records.mjs"),
            ...built("store/durable-object.js", modules),
            ...built("store/sqlite.js", modules),
        ],
        compatibilityDate: "2026-04-01",
        compatibilityFlags: ["nodejs_compat"],
        durableObjects: { sql: { className: "WithSql", useSQLite: true }, none: { className: "Without" } },
    });
}

const miniflare = skip ? undefined : await worker();
after(() => miniflare?.dispose());

async function ask(object, ...question) {
    const response = await miniflare.dispatchFetch(`http://worker/${object}`, { method: "POST", body: JSON.stringify(question) });
    const answer = await response.json();
    assert.equal(answer?.failed, undefined);
    return answer;
}

for (const name of Object.keys(CASES)) {
    test(`durable object: ${name}`, { skip }, async () => {
        assert.equal(await ask(`sql/${name}`, "case", name), "passed");
    });
}

test("durable object: a later one of the same name finds what was stored", { skip }, async () => {
    assert.equal(await ask("sql/lasting", "question", "save"), "done");
    assert.deepEqual(await ask("sql/lasting", "question", "load"), [true, [1, 2]]);
    assert.equal(await ask("sql/lasting", "question", "save"), "conflict");
});

test("durable object: a save with a fence waits for the disk, and no other", { skip }, async () => {
    assert.deepEqual(await ask("sql/synced", "question", "synced"), ["done", "sync", "done", "conflict"]);
});

test("durable object: what fails in the middle leaves nothing behind", { skip }, async () => {
    const [refusal, loaded, blobs] = await ask("sql/halves", "question", "halves");
    assert.deepEqual([refusal[0], refusal[1], loaded, blobs], ["StoreFault", "io", null, 0], refusal);
});

test("durable object: a flood of callbacks without a task leaves the newest of them", { skip }, async () => {
    assert.deepEqual(await ask("sql/flood", "question", "flood"), OVERFLOWN);
});

test("durable object: it has the tables of the file", { skip }, async () => {
    const tables = ["blob", "delivery", "event", "meta", "notice", "task"];
    const callbacks = ["delivery_expiry", "delivery_orphan", "event_intent", "notice_open"];
    const indexes = [...callbacks, "task_created", "task_due", "task_key", "task_open", "task_owner", "task_remote"];
    assert.deepEqual(await ask("sql/names", "question", "names"), [...tables, ...indexes].map((name) => `gentask_${name}`));
});

test("durable object: a class without SQLite is refused with what to do", { skip }, async () => {
    await assert.rejects(ask("none/any", "question", "load"), /new_sqlite_classes/);
});

test("durable object: there are no files here, and the refusal says what there is", { skip }, async () => {
    const [name, kind, message] = await ask("sql/file", "question", "file");
    assert.deepEqual([name, kind], ["StoreFault", "io"]);
    assert.match(message, /durableObjectStore/);
});
