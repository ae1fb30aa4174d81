// Deno's permissions: what a program may not do is said, and nothing of it is in doubt.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import process from "node:process";
import { test } from "node:test";
import { DIST, RUNTIME } from "../support/package.mjs";
import { withServer } from "../support/wire.mjs";

const PROGRAM = `
const { Client, memoryStore } = await import(Deno.args[0]);
const client = new Client("apixo", { baseUrl: Deno.args[1], apiKey: "sk-opens-nothing-4711", store: memoryStore() });
const order = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } };
console.log(JSON.stringify(await client.submit(order).then(() => "sent", ({ code, billing }) => [code, billing])));
`;

test(
    "without the permission for the network a submit is provably unsent",
    { skip: RUNTIME !== "deno" && "only Deno has permissions" },
    () =>
        withServer(undefined, (server) => {
            for (const base of [server.origin, "https://127.0.0.1:9", "http://localhost:9"]) {
                const args = ["run", "--no-prompt", "--quiet", "--allow-read", "-", new URL("entry/default.js", DIST).href, base];
                const told = execFileSync(process.execPath, args, { encoding: "utf8", input: PROGRAM });
                assert.deepEqual(JSON.parse(told), ["NETWORK_ERROR", "none"], base);
            }
            assert.equal(server.connections, 0);
        }),
);
