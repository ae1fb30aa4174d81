// The example of a Durable Object as it stands, in workerd with its own configuration, against the simulated providers.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { bundle, run, until } from "./workerd.mjs";

const EXAMPLE = new URL("../../examples/durable-object/", import.meta.url);
const PROMPT = { prompt: "a sunset" };

const config = JSON.parse(readFileSync(new URL("wrangler.jsonc", EXAMPLE), "utf8").replaceAll(/^\s*\/\/.*$/gm, ""));
let example;
before(async () => {
    example = await bundle(fileURLToPath(new URL(config.main, EXAMPLE)));
});
after(() => example?.remove());

/** The example with a provider of its own, as its wrangler.jsonc sets it up. Started again, it has what it had stored. */
async function scene(t) {
    const sandbox = await startSandbox();
    const env = { APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo") };
    const folder = mkdtempSync(join(tmpdir(), "gentask-worker-"));
    const [binding] = config.durable_objects.bindings;
    const isSql = config.migrations.some((migration) => migration.new_sqlite_classes.includes(binding.class_name));
    const start = () =>
        run(example, {
            compatibilityDate: config.compatibility_date,
            bindings: env,
            durableObjects: { [binding.name]: { className: binding.class_name, useSQLite: isSql } },
            durableObjectsPersist: folder,
        });
    const it = {
        sandbox,
        env,
        worker: start(),
        async restart() {
            await it.worker.stop();
            it.worker = start();
        },
        order: (key, body = PROMPT, signal = undefined) =>
            it.worker.ask("/pictures", { method: "POST", headers: { "idempotency-key": key }, body: JSON.stringify(body), signal }),
        look: async (id) => (await it.worker.ask(`/pictures/${id}`)).body,
        /** Until an alarm has settled it: looking sends nothing. */
        ended: (id) => until(() => it.look(id), ({ status }) => status !== "pending" && status !== "processing"),
    };
    t.after(async () => {
        await it.worker.stop();
        await sandbox.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    return it;
}

// Most of the time they sleep, as the example does: so side by side.
describe("the example of a Durable Object", { concurrency: 5 }, () => {
    test("an order is submitted, slept over and settled by an alarm, for one payment", async (t) => {
        const it = await scene(t);
        const { status, body } = await it.order("order-1");
        assert.equal(status, 202, JSON.stringify(body));
        const reply = await it.ended(body.id);
        assert.deepEqual({ ...reply, files: reply.files.length }, { status: "success", files: 1, code: null, message: null });
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        assert.equal(await it.sandbox.arrived("apixo", "status"), 1, "one alarm, one question");
    });

    test("a Worker that ends between the submit and the alarm goes on where it was, for one payment", async (t) => {
        const it = await scene(t);
        const { body } = await it.order("order-1");
        await it.restart();
        assert.equal((await it.look(body.id)).status, "pending");
        assert.equal((await it.ended(body.id)).status, "success");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("a submit that is cut off is never sent again, and the alarm that was set before it says what is known", async (t) => {
        const it = await scene(t);
        await it.sandbox.script("apixo", { on: "submit", fault: { kind: "silence", ms: 600_000 } });
        const cut = it.order("order-1").catch(() => undefined);
        await until(() => it.sandbox.arrived("apixo"), (arrived) => arrived === 1);
        await it.restart();
        await cut;
        // Nobody asks for anything: it is the alarm's doing alone.
        await until(() => it.worker.told.join(""), (told) => /\bunknown\b/.test(told), 120_000);
        const { status, body } = await it.order("order-1");
        assert.deepEqual([status, body.code, body.billing], [202, "SUBMIT_UNKNOWN", "possible"]);
        assert.equal((await it.look(body.id)).status, "unknown");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("an order that comes again under its key is the same task, and another one under it is refused", async (t) => {
        const it = await scene(t);
        const answers = await Promise.all(Array.from({ length: 20 }, () => it.order("order-1")));
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]), JSON.stringify(answers));
        assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
        const other = await it.order("order-1", { prompt: "a sunrise" });
        assert.deepEqual([other.status, other.body.code, other.body.id], [409, "INVALID_PAYLOAD", answers[0].body.id]);
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("an order that was refused at no cost comes again under its key, and is its user's alone", async (t) => {
        const it = await scene(t);
        await it.sandbox.script("apixo", { on: "submit", nth: 1, fault: { kind: "status", code: 402 } });
        const first = await it.order("order-1");
        assert.deepEqual([first.status, first.body.code, first.body.billing], [502, "INSUFFICIENT_CREDITS", "none"]);
        const again = await it.order("order-1");
        assert.deepEqual([again.status, again.body.id === first.body.id], [202, false], JSON.stringify(again));
        assert.equal((await it.worker.ask(`/pictures/${again.body.id}`, { headers: { "x-user": "eve" } })).status, 404);
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 2, tasks: 1 });
    });

    test("a submit whose answer is lost is told as such, and not sent again", async (t) => {
        const it = await scene(t);
        await it.sandbox.script("apixo", { on: "submit", nth: 1, fault: { kind: "resetAfterBody" } });
        const first = await it.order("order-1");
        assert.deepEqual([first.status, first.body.code, first.body.billing], [202, "SUBMIT_UNKNOWN", "possible"]);
        const again = await it.order("order-1");
        assert.deepEqual([again.body.code, again.body.id], ["SUBMIT_UNKNOWN", first.body.id]);
        assert.equal((await it.look(first.body.id)).status, "unknown");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("an alarm whose question fails sets the next one", async (t) => {
        const it = await scene(t);
        await it.sandbox.script("apixo", { on: "status", nth: [1, 2], fault: { kind: "status", code: 502 } });
        const { body } = await it.order("order-1");
        assert.equal((await it.ended(body.id)).status, "success");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        assert.equal(await it.sandbox.arrived("apixo", "status"), 3);
    });

    test("an alarm that finds no key leaves the task as it is, and the next one with a key settles it", async (t) => {
        const it = await scene(t);
        const { body } = await it.order("order-1");
        const key = it.env.APIXO_API_KEY;
        it.env.APIXO_API_KEY = "";
        await it.restart();
        await until(() => it.worker.told.join(""), (told) => /AUTH_FAILED/.test(told));
        assert.equal((await it.look(body.id)).status, "pending");
        it.env.APIXO_API_KEY = key;
        await it.restart();
        assert.equal((await it.ended(body.id)).status, "success");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("a caller who leaves in the middle of a submit loses nothing", async (t) => {
        const it = await scene(t);
        await it.sandbox.script("apixo", { on: "submit", nth: 1, fault: { kind: "delayMs", ms: 2_000 } });
        const left = new AbortController();
        const cut = it.order("order-1", PROMPT, left.signal);
        await until(() => it.sandbox.arrived("apixo"), (arrived) => arrived === 1);
        left.abort();
        await assert.rejects(cut);
        const { status, body } = await it.order("order-1");
        assert.equal(status, 202, JSON.stringify(body));
        assert.equal((await it.ended(body.id)).status, "success");
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("its alarms ask as often as the contract says, and no oftener", async (t) => {
        const it = await scene(t);
        await it.sandbox.reset("apixo", { taskMs: { image: 30_000 } });
        const { body } = await it.order("order-1");
        assert.equal((await it.ended(body.id)).status, "success");
        // After 5 s, then after 3 s and each time half as much again, up to 10 s: 5, 8, 12, 19, 29 and 39 s.
        const asked = await it.sandbox.arrived("apixo", "status");
        assert.ok(asked <= 7, `${asked} questions`);
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("more tasks than one alarm asks about are settled all the same, each for one payment", async (t) => {
        const it = await scene(t);
        const orders = await Promise.all(Array.from({ length: 50 }, (_, number) => it.order(`order-${number}`)));
        const ended = await Promise.all(orders.map(({ body }) => it.ended(body.id)));
        assert.deepEqual(new Set(ended.map(({ status }) => status)), new Set(["success"]));
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 50, tasks: 50 });
    });

    test("what is wrong with an order is said before anything is sent", async (t) => {
        const it = await scene(t);
        const unnamed = await it.worker.ask("/pictures", { method: "POST", body: JSON.stringify(PROMPT) });
        assert.equal(unnamed.status, 400);
        assert.match(unnamed.body, /idempotency-key/);
        const faulty = await it.order("order-1", { prompt: 7 });
        assert.deepEqual([faulty.status, faulty.body.code, faulty.body.billing], [422, "INVALID_PAYLOAD", "none"]);
        const unknown = await it.worker.ask("/pictures/6f2b0a52-9a4c-4bb7-9c1e-000000000000");
        assert.deepEqual([unknown.status, unknown.body.code], [404, "TASK_NOT_FOUND"]);
        assert.equal((await it.worker.ask("/pictures")).status, 404);
        assert.deepEqual(await it.sandbox.paid("apixo"), { posts: 0, tasks: 0 });
    });
});
