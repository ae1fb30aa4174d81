// The examples as people run them, against the simulated providers.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import vm from "node:vm";
import { build } from "esbuild";
import { Client, sqliteStore } from "gentask";
import { signTestCallback } from "gentask/callbacks";
import { CASES } from "../stores/cases.mjs";
import { INBOX } from "../stores/inbox.mjs";
import { until } from "../support/client.mjs";
import { LISTENING } from "../support/listening.mjs";
import { KEY, ORDERS, startSandbox } from "../support/sandbox.mjs";

const EXAMPLES = new URL("../../examples/", import.meta.url);
/** How long a program may take before it counts as hanging, in milliseconds. */
const LIMIT = 120_000;
/** Whether this Node keeps tasks in a file. */
const skip = process.getBuiltinModule?.("node:sqlite") ? false : "this Node has no SQLite";

const file = (name) => fileURLToPath(new URL(name, EXAMPLES));

/** A provider of the test's own, a folder, and the environment that programs find both in. */
async function scene(t, options) {
    const sandbox = await startSandbox(options);
    const folder = mkdtempSync(join(tmpdir(), "gentask-examples-"));
    t.after(async () => {
        await sandbox.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    const tasks = join(folder, "tasks.db");
    const env = { ...process.env, APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo"), TASKS: tasks, NODE_NO_WARNINGS: "1" };
    const program = async (name, ...args) => {
        const { stdout } = await promisify(execFile)(process.execPath, [file(name), ...args], { env, cwd: folder, timeout: LIMIT });
        return stdout.trimEnd().split("\n").filter((line) => line !== "");
    };
    return { sandbox, folder, tasks, program };
}

describe("examples", { concurrency: true }, () => {
    test("quick-start.mjs makes one picture for two submits, and says what a refused one cost", async (t) => {
        const { sandbox, program } = await scene(t);
        const lines = await program("quick-start.mjs", sandbox.base("apixo"));
        assert.match(lines[0], /^accepted as \w+$/);
        assert.equal(lines[1], "submitted twice, and it is the same task: true");
        assert.match(lines.at(-2), new RegExp(`^image ${sandbox.origin}/`));
        assert.match(lines.at(-1), /^CONTENT_REJECTED \(money spent: \w+\): ./);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
    });

    test("contract-file.mjs runs a provider that only its file describes", async (t) => {
        const { sandbox, program } = await scene(t, { contracts: [file("acme.json")] });
        const lines = await program("contract-file.mjs", sandbox.base("acme"));
        assert.equal(lines[0], "ACME Pictures: 6 samples, landscape");
        assert.deepEqual(lines.slice(1, 3).map((line) => line.split(":")[0]).sort(), ["/prompt", "/width"]);
        assert.equal(lines.at(-1), "success image");
        assert.deepEqual(await sandbox.paid("acme"), { posts: 1, tasks: 1 });
    });

    test("progress.mjs tells each change up to the end", { skip }, async (t) => {
        const { sandbox, program } = await scene(t);
        const [submitted, ...lines] = await program("progress.mjs", "a lake");
        assert.match(submitted, /^submitted: [0-9a-f-]{36}$/);
        assert.ok(lines.includes("success"), lines.join());
        assert.match(lines.at(-1), new RegExp(`^${sandbox.origin}/`));
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("sse-page.mjs tells a page how its picture is, to the end", { skip }, async (t) => {
        const { sandbox, folder, tasks } = await scene(t);
        await sandbox.reset("apixo", { taskMs: { image: 0 } });
        const own = { APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo"), TASKS: tasks, PORT: "0" };
        const child = spawn(process.execPath, ["--import", LISTENING, file("sse-page.mjs")], {
            cwd: folder,
            env: { ...process.env, ...own, NODE_NO_WARNINGS: "1" },
        });
        t.after(() => child.kill());
        let told = "";
        child.stdout.setEncoding("utf8").on("data", (text) => (told += text));
        const origin = `http://127.0.0.1:${await until(() => /^port (\d+)$/m.exec(told)?.[1])}`;
        const store = sqliteStore(tasks);
        const task = await new Client("apixo", { apiKey: KEY, baseUrl: own.APIXO_BASE_URL, store }).submit(ORDERS.apixo);
        assert.match(await (await fetch(`${origin}/?id=${task.intentId}`)).text(), /new EventSource\("\/events" \+ location\.search\)/);
        const text = await (await fetch(`${origin}/events?id=${task.intentId}`)).text();
        assert.match(text, /\nevent: end\nid: \d+\ndata: .*"status":"success"/);
        assert.equal((await fetch(`${origin}/events?id=nobody`)).status, 404);
        store.close();
    });

    test("resume-worker.mjs settles what other processes have submitted, and submits nothing", { skip }, async (t) => {
        const { sandbox, program, tasks } = await scene(t);
        const store = sqliteStore(tasks);
        const client = new Client("apixo", { apiKey: KEY, baseUrl: sandbox.base("apixo"), store });
        const submitted = await Promise.all([1, 2, 3].map((number) => client.submit({ ...ORDERS.apixo, key: `order-${number}` })));
        await sandbox.script("apixo", { on: "submit", fault: { kind: "resetAfterBody" } });
        const lost = await client.createGeneration(ORDERS.apixo);
        store.close();
        // Two that overlap are one too many, and do no harm.
        const lines = (await Promise.all([program("resume-worker.mjs"), program("resume-worker.mjs")])).flat();
        const done = lines.filter((line) => line.startsWith("done ")).map((line) => line.split(" ")[1]);
        assert.deepEqual([...new Set(done)].sort(), submitted.map((task) => task.intentId).sort());
        assert.ok(lines.some((line) => line.startsWith(`look at the provider for ${lost.intentId} `)), lines.join("\n"));
        const again = await program("resume-worker.mjs");
        assert.deepEqual(again.filter((line) => line.startsWith("done ")), []);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 4, tasks: 4 });
    });

    /** Of those that set the environment of this process, one at a time. */
    let turn = Promise.resolve();
    const alone = (run) => (turn = turn.then(run, run));

    test("next-route.ts submits in one request and tells in others, to whom it belongs", { skip }, (t) =>
        alone(async () => {
            const { sandbox, folder, tasks } = await scene(t);
            const outfile = join(folder, "route.mjs");
            await build({ entryPoints: [file("next-route.ts")], outfile, bundle: true, format: "esm", platform: "node", logLevel: "silent" });
            const { POST, GET } = await import(pathToFileURL(outfile).href);
            Object.assign(process.env, { APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo"), TASKS: tasks });
            const order = (user, key, prompt) => {
                const headers = { "x-user": user, ...(key && { "idempotency-key": key }) };
                return POST(new Request("http://next/pictures", { method: "POST", headers, body: JSON.stringify({ prompt }) }));
            };
            const look = (user, id) => GET(new Request(`http://next/pictures?id=${id}`, { headers: { "x-user": user } }));
            const told = async (response) => [response.status, await response.json()];

            const [status, { id }] = await told(await order("ann", "1", "a lake"));
            assert.equal(status, 202);
            assert.deepEqual(await told(await order("ann", "1", "a lake")), [202, { id }]);
            const [, other] = await told(await order("bob", "1", "a lake"));
            assert.notEqual(other.id, id, "another user's key is another order");
            assert.deepEqual(await told(await look("ann", id)), [200, { status: "pending", files: [], code: null }]);
            assert.equal((await look("bob", id)).status, 404);
            assert.equal((await order("ann", undefined, "a lake")).status, 400);
            const [refused, { code, billing }] = await told(await order("ann", "2", 7));
            assert.deepEqual([refused, code, billing], [422, "INVALID_PAYLOAD", "none"]);
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
            assert.equal(await sandbox.arrived("apixo", "status"), 0, "before it is due, looking sends nothing");
        }));

    test("express-callbacks.mjs hears of an end by a callback, and settles it once", { skip }, async (t) => {
        const { sandbox, folder, tasks } = await scene(t);
        await sandbox.reset("apixo", { taskMs: { image: 0 } });
        const own = { APIXO_API_KEY: KEY, APIXO_BASE_URL: sandbox.base("apixo"), TASKS: tasks, HOOK: "https://app.example.com/callbacks", PORT: "0" };
        const child = spawn(process.execPath, [file("express-callbacks.mjs"), "a lake"], {
            cwd: folder,
            env: { ...process.env, ...own, NODE_NO_WARNINGS: "1" },
        });
        t.after(() => child.kill());
        let told = "";
        const says = (words) => until(() => words.exec(told)?.[1]);
        child.stdout.setEncoding("utf8").on("data", (text) => (told += text));
        const port = await says(/^listening .*"port":(\d+)/m);
        const intentId = await says(/^submitted (\S+)$/m);
        const store = sqliteStore(tasks);
        const client = new Client("apixo", { apiKey: KEY, baseUrl: own.APIXO_BASE_URL, store });
        const { body, headers, method, url } = await signTestCallback(client, { url: own.HOOK, intentId, body: { data: { state: "success" } } });
        const { pathname, search } = new URL(url);
        const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, headers, body });
        assert.deepEqual([answer.status, await answer.text()], [200, "ok"]);
        assert.equal(await says(/^ended \S+ (\w+) /m), "success", told);
        store.close();
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
        assert.match(told, /^callback 200 poke/m);
        assert.equal(told.match(/^ended /gm).length, 1);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });

    test("hono-callbacks.ts takes a callback for the one of two providers whose task it is", { skip }, (t) =>
        alone(async () => {
            const { sandbox, folder, tasks } = await scene(t);
            await sandbox.reset("apixo", { taskMs: { image: 0 } });
            const outfile = join(folder, "hono.mjs");
            await build({ entryPoints: [file("hono-callbacks.ts")], outfile, bundle: true, format: "esm", platform: "node", logLevel: "silent" });
            const { callbacks } = await import(pathToFileURL(outfile).href);
            const bases = { APIXO_BASE_URL: sandbox.base("apixo"), APIDOT_BASE_URL: sandbox.base("apidot") };
            Object.assign(process.env, { APIXO_API_KEY: KEY, APIDOT_API_KEY: KEY, TASKS: tasks, ...bases });
            const store = sqliteStore(tasks);
            const client = new Client("apixo", { apiKey: KEY, baseUrl: bases.APIXO_BASE_URL, store });
            const task = await client.submit({ ...ORDERS.apixo, callbackUrl: "https://app.example.com/callbacks" });
            const callback = await signTestCallback(client, { url: "https://app.example.com/callbacks", intentId: task.intentId, body: "{}" });
            const { body, headers, method } = callback;
            assert.equal((await callbacks(new Request(callback.url, { body, headers, method }))).status, 200);
            await until(async () => (await task.reply()).status === "success");
            assert.equal((await callbacks(new Request("https://app.example.com/callbacks", { method: "POST", body }))).status, 401);
            store.close();
        }));

    test("browser-proxy: a page without a key makes a picture, and a reload goes on where it was", async (t) => {
        const { sandbox } = await scene(t);
        const { handle } = await import(new URL("browser-proxy/server.mjs", EXAMPLES).href);
        const { outputFiles } = await build({
            stdin: { contents: 'globalThis.page = import("./page.mjs");', resolveDir: file("browser-proxy") },
            bundle: true,
            format: "iife",
            platform: "browser",
            write: false,
            logLevel: "silent",
        });
        const asked = [];
        const proxy = (request) => handle(request, { key: KEY, base: sandbox.base("apixo") });
        const items = browser();
        const open = async () => {
            const fetch = async (url, init) => {
                asked.push(`${init.method} ${new URL(url).origin} ${new Headers(init.headers).get("authorization")}`);
                return proxy(new Request(url, init));
            };
            const globals = { ...items, fetch, document: {}, location: { origin: "https://pictures.example" } };
            const context = vm.createContext({ ...web(), ...globals });
            vm.runInContext(outputFiles[0].text, context);
            return context.page;
        };

        // Not done yet when the page is told of it first.
        await sandbox.reset("apixo", { taskMs: { image: 9_000 } });
        const first = await open();
        const left = new Error("the page is closed");
        const closing = () => {
            throw left;
        };
        await assert.rejects(first.make("order-1", "a lake", closing), left);
        const second = await open();
        const ended = [];
        await second.goOn((order, reply) => ended.push([order, reply.status, reply.files.length]));
        assert.deepEqual(ended, [["order-1", "success", 1]]);
        assert.deepEqual(new Set(asked.map((line) => line.slice(line.indexOf(" ") + 1))), new Set(["https://pictures.example null"]));
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });

        const json = { "content-type": "application/json" };
        for (
            const [status, method, path, headers, body] of [
                [404, "GET", "/apixo/api/v1/apikeys/current-balance", {}],
                [404, "GET", "/api/v1/statusTask/nano-banana", {}],
                [404, "DELETE", "/apixo/api/v1/statusTask/nano-banana", {}],
                [404, "GET", "/apixo/api/v1/statusTask/%2e%2e%2fapikeys", {}],
                [400, "POST", "/apixo/api/v1/generateTask/nano-banana", { "content-type": "text/plain" }, "{}"],
                [400, "POST", "/apixo/api/v1/generateTask/nano-banana", json, " ".repeat(100_001)],
            ]
        ) {
            const response = await proxy(new Request(`https://pictures.example${path}`, { method, headers, body }));
            assert.equal(response.status, status, `${method} ${path}`);
        }
        const gone = await handle(new Request("https://pictures.example/apixo/api/v1/statusTask/x"), { key: KEY, base: "http://127.0.0.1:1" });
        assert.equal(gone.status, 502);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
    });
});

/** What the example leaves out, and a store may: a history, callbacks, and the check of a caller's mistake. */
const LEFT_OUT = [
    "a version that does not follow is a mistake",
    "only tasks that have ended are deleted, with all that is theirs",
    "events keep their order and need their task",
    "what goes in and out is a copy",
    ...Object.keys(INBOX),
    "what happened is saved with its record, or not at all",
];

test("browser-proxy: its store keeps the rules that every store keeps", async (t) => {
    const { localStore } = await import(new URL("browser-proxy/local-store.mjs", EXAMPLES).href);
    assert.deepEqual(LEFT_OUT.filter((name) => !(name in CASES)), []);
    for (const [name, run] of Object.entries(CASES).filter(([name]) => !LEFT_OUT.includes(name))) {
        await t.test(name, async () => {
            for (const [global, value] of Object.entries(browser())) Object.defineProperty(globalThis, global, { value, configurable: true });
            await run(localStore("tasks"));
        });
    }
});

/** What a page has beside the language. */
function web() {
    const names = ["AbortController", "AbortSignal", "Headers", "Request", "Response", "TextDecoder", "TextEncoder", "URL", "WebAssembly"];
    const more = ["atob", "btoa", "clearTimeout", "console", "crypto", "performance", "setTimeout", "Uint8Array", "ArrayBuffer", "Error"];
    return Object.fromEntries([...names, ...more].map((name) => [name, globalThis[name]]));
}

/** A localStorage and the locks of its tabs. */
function browser() {
    const localStorage = Object.create({
        getItem: (key) => localStorage[key] ?? null,
        setItem: (key, value) => void (localStorage[key] = value),
        removeItem: (key) => delete localStorage[key],
    });
    let line = Promise.resolve();
    const request = (_, work) => (line = line.then(work, work));
    return { localStorage, navigator: { userAgent: "Mozilla/5.0", locks: { request } } };
}
