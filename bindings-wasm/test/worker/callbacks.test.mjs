// The example of a Worker that is called back, in workerd: what its provider was given as callback URL is asked, and the end is there.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { bundle, run, until } from "./workerd.mjs";

const EXAMPLE = new URL("../../examples/worker-callbacks/", import.meta.url);
const config = JSON.parse(readFileSync(new URL("wrangler.jsonc", EXAMPLE), "utf8").replaceAll(/^\s*\/\/.*$/gm, ""));
const [binding] = config.durable_objects.bindings;

let example;
before(async () => {
    example = await bundle(fileURLToPath(new URL(config.main, EXAMPLE)));
});
after(() => example?.remove());

/** The example behind a provider whose submits are read on their way. */
async function scene(t) {
    const sandbox = await startSandbox();
    await sandbox.reset("apixo", { taskMs: { image: 0 }, readPerMin: 0 });
    const hooks = [];
    const provider = http.createServer(async (request, response) => {
        const parts = [];
        for await (const part of request) parts.push(part);
        const body = Buffer.concat(parts);
        if (request.method === "POST") hooks.push(JSON.parse(body.toString()).callback_url);
        const { authorization, "content-type": type = "application/json" } = request.headers;
        const headers = { authorization, "content-type": type };
        const answer = await fetch(sandbox.base("apixo") + request.url, { method: request.method, headers, ...(body.length > 0 && { body }) });
        response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
    provider.listen(0, "127.0.0.1");
    await once(provider, "listening");
    const folder = mkdtempSync(join(tmpdir(), "gentask-worker-"));
    const base = `http://127.0.0.1:${provider.address().port}`;
    const start = () =>
        run(example, {
            compatibilityDate: config.compatibility_date,
            bindings: { APIXO_API_KEY: KEY, APIXO_BASE_URL: base, ORIGIN: "https://pictures.example.com" },
            durableObjects: { [binding.name]: { className: binding.class_name, useSQLite: true } },
            durableObjectsPersist: folder,
        });
    const it = {
        sandbox,
        hooks,
        worker: start(),
        async restart() {
            await it.worker.stop();
            it.worker = start();
        },
        order: (key) =>
            it.worker.ask("/pictures", { method: "POST", headers: { "idempotency-key": key }, body: JSON.stringify({ prompt: "a sunset" }) }),
        look: async (id) => (await it.worker.ask(`/pictures/${id}`)).body,
        callback: (url, init = {}) => {
            const { pathname, search } = new URL(url);
            return it.worker.ask(pathname + search, { method: "POST", body: '{"code":200,"data":{"state":"success"}}', ...init });
        },
    };
    t.after(async () => {
        await it.worker.stop();
        provider.close();
        provider.closeAllConnections();
        await sandbox.stop();
        rmSync(folder, { recursive: true, force: true });
    });
    return it;
}

describe("the example of a Worker that is called back", { concurrency: 3 }, () => {
    test("a callback settles an order, and the provider is asked once", async (t) => {
        const it = await scene(t);
        const { status, body: { id } } = await it.order("order-1");
        assert.equal(status, 202);
        assert.equal((await it.look(id)).status, "pending");
        assert.match(it.hooks[0], /^https:\/\/pictures\.example\.com\/callbacks\?gentask=[\w-]{64}$/);
        assert.deepEqual(await it.callback(it.hooks[0]), { status: 200, body: "ok" });
        const reply = await until(() => it.look(id), (found) => found.status !== "pending");
        assert.deepEqual([reply.status, reply.files.length], ["success", 1]);
        assert.deepEqual([await it.sandbox.paid("apixo"), await it.sandbox.arrived("apixo", "status")], [{ posts: 1, tasks: 1 }, 1]);
    });

    test("one that comes after a restart is proven all the same: the secret is in the object's storage", async (t) => {
        const it = await scene(t);
        const { body: { id } } = await it.order("order-1");
        await it.restart();
        const answers = await Promise.all(Array.from({ length: 20 }, () => it.callback(it.hooks[0])));
        assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body}`)), new Set(["200 ok"]));
        assert.equal((await until(() => it.look(id), (found) => found.status !== "pending")).status, "success");
        assert.equal(await it.sandbox.arrived("apixo", "status"), 1);
    });

    test("what is forged, too long or no callback at all is refused", async (t) => {
        const it = await scene(t);
        const { body: { id } } = await it.order("order-1");
        const [hook] = it.hooks;
        const forged = hook.slice(0, -1) + (hook.at(-1) === "A" ? "B" : "A");
        assert.deepEqual(await it.callback(forged), { status: 401, body: "unauthorized" });
        assert.deepEqual(await it.callback(hook, { body: "x".repeat(1024 * 1024 + 1) }), { status: 413, body: "too large" });
        assert.deepEqual(await it.callback(hook, { method: "GET", body: undefined }), { status: 405, body: "method not allowed" });
        assert.equal((await it.look(id)).status, "pending");
        assert.equal(await it.sandbox.arrived("apixo", "status"), 0);
    });
});
