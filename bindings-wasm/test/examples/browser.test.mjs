// The page of `sse-page.mjs` in a real browser: what it shows is what a person sees.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, sqliteStore } from "gentask";
import { until } from "../support/client.mjs";
import { LISTENING } from "../support/listening.mjs";
import { KEY, ORDERS, startSandbox } from "../support/sandbox.mjs";

/** The first of these that is here. */
const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"].find((name) => {
    try {
        return execFileSync("which", [name], { encoding: "utf8" }) !== "";
    } catch {
        return false;
    }
});
const hasSqlite = process.getBuiltinModule?.("node:sqlite") !== undefined;
const skip = CHROMIUM === undefined ? "there is no Chromium" : hasSqlite ? false : "this Node has no SQLite";

/** Tells the test what the page shows when the task has ended, and how often it was told something. */
const WATCH = `<script>
let count = 0;
source.addEventListener("update", () => count++);
source.addEventListener("end", () => fetch("/shown", { method: "POST", body: count + " " + document.querySelector("pre").textContent }));
</script>`;

test("a page in Chromium shows each change of its picture, to the end", { skip, timeout: 120_000 }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "gentask-browser-"));
    const sandbox = await startSandbox();
    t.after(() => {
        sandbox.stop();
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });
    await sandbox.reset("apixo", { taskMs: { image: 300 } });
    const [tasks, base] = [join(folder, "tasks.db"), sandbox.base("apixo")];
    const env = { ...process.env, APIXO_API_KEY: KEY, APIXO_BASE_URL: base, TASKS: tasks, PORT: "0", GENTASK_POLL_MS: "50", NODE_NO_WARNINGS: "1" };
    const page = fileURLToPath(new URL("../../examples/sse-page.mjs", import.meta.url));
    const server = spawn(process.execPath, ["--import", LISTENING, page], { cwd: folder, env });
    t.after(() => server.kill());
    let told = "";
    server.stdout.setEncoding("utf8").on("data", (text) => (told += text));
    const origin = `http://127.0.0.1:${await until(() => /^port (\d+)$/m.exec(told)?.[1])}`;

    // Between the browser and the page's server: the page as it is, with a watcher behind it.
    let shown;
    const between = createServer(async (request, response) => {
        if (request.method === "POST") {
            shown = "";
            for await (const part of request) shown += part;
            return response.end();
        }
        const answer = await fetch(origin + request.url);
        response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
        if (request.url.startsWith("/?")) return response.end((await answer.text()) + WATCH);
        for await (const part of answer.body ?? []) response.write(part);
        return response.end();
    });
    await new Promise((resolve) => between.listen(0, "127.0.0.1", resolve));
    t.after(() => between.close());

    const store = sqliteStore(tasks);
    const task = await new Client("apixo", { apiKey: KEY, baseUrl: base, store }).submit(ORDERS.apixo);
    const url = `http://127.0.0.1:${between.address().port}/?id=${task.intentId}`;
    const flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        `--user-data-dir=${join(folder, "profile")}`,
        "--remote-debugging-port=0",
    ];
    const browser = spawn(CHROMIUM, [...flags, url], { stdio: "ignore" });
    t.after(() => browser.kill("SIGKILL"));
    await until(() => shown);
    const [, count, reply] = /^(\d+) (.*)$/s.exec(shown);
    assert.ok(Number(count) >= 2, shown);
    assert.deepEqual([JSON.parse(reply).status, JSON.parse(reply).data.intentId], ["success", task.intentId]);
    store.close();
});
