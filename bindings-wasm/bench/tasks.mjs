// tasks.mjs SIDE BASE COUNT: runs so many tasks at once against the sandbox, and says what processor time each took. The sides: `plain`, a loop around
// fetch with the same schedule that stores nothing; `fresh`, the same with a connection of its own for each submit, as the package has them; `memory` and
// `sqlite`, the package with these stores.

import { once } from "node:events";
import { rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [side, base, count] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const body = { request_type: "async", input: { mode: "text-to-image", prompt: "a sunset" } };
const headers = { authorization: "Bearer any-key-will-do", "content-type": "application/json" };
/** The contract's schedule for pictures: first after 3 s, then every 3 s, half as long again each time. */
const [FIRST, FACTOR, CAP] = [3_000, 1.5, 30_000];

/** A submit through fetch, and one on a connection of its own. */
const submits = {
    plain: async (url, body) => (await fetch(url, { method: "POST", headers, body })).json(),
    fresh: async (url, body) => {
        const post = request(url, { method: "POST", headers: { ...headers, "content-length": body.length }, agent: false });
        post.end(body);
        const [answer] = await once(post, "response");
        return JSON.parse((await answer.toArray()).join(""));
    },
};

let run;
if (Object.hasOwn(submits, side)) {
    run = async () => {
        const { data } = await submits[side](`${base}/api/v1/generateTask/nano-banana`, JSON.stringify(body));
        for (let pause = FIRST;; pause = Math.min(pause * FACTOR, CAP)) {
            await new Promise((resolve) => setTimeout(resolve, pause));
            const answer = await fetch(`${base}/api/v1/statusTask/nano-banana?taskId=${data.taskId}`, { headers });
            const { data: task } = await answer.json();
            if (task.state === "success") return JSON.parse(task.resultJson).resultUrls;
            if (task.state === "failed") throw new Error(task.failMsg);
        }
    };
} else {
    const { Client, memoryStore, sqliteStore } = await import("../dist/entry/default.js");
    const file = join(tmpdir(), `gentask-bench-${process.pid}.db`);
    process.on("exit", () => ["", "-wal", "-shm"].forEach((end) => rmSync(file + end, { force: true })));
    const store = side === "sqlite" ? sqliteStore(file) : memoryStore();
    const client = new Client("apixo", { apiKey: "any-key-will-do", baseUrl: base, store, poll: "contract" });
    run = async () => (await (await client.submit({ model: "nano-banana", input: body.input })).wait({ timeout: 300 })).files;
}

await run();
const before = process.cpuUsage();
const begun = performance.now();
await Promise.all(Array.from({ length: count }, run));
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuUs: (user + system) / count, seconds: (performance.now() - begun) / 1_000 }));
