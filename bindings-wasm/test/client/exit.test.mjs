// Programs end by themselves: nothing that is over keeps them, and a submit that is under way does. Each is a process of its own, of the runtime
// that runs this test.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AUTHORITY, SIGNED } from "../support/certificate.mjs";
import { SOON } from "../support/client.mjs";
import { RUNTIME } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const PROGRAM = fileURLToPath(new URL("programs/life.mjs", import.meta.url));
const FLAGS = { node: [], deno: ["run", "-A", "--no-check"], bun: ["run"] }[RUNTIME];

/** Runs the program and gives what it printed. One that does not end within half a minute is ended, and has failed. */
async function run(base, scene, env = {}) {
    const child = spawn(process.execPath, [...FLAGS, PROGRAM, base, scene], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const told = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
        child[name].setEncoding("utf8");
        child[name].on("data", (text) => (told[name] += text));
    }
    const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
    const [code, signal] = await new Promise((resolve) => child.on("close", (...ended) => resolve(ended)));
    clearTimeout(late);
    assert.deepEqual([code, signal], [0, null], `${scene}: ${told.stdout}${told.stderr}`);
    return told.stdout.trim().split("\n");
}

test("a program that waited ends", async () => {
    await sandbox.reset("apixo", SOON);
    assert.deepEqual(await run(sandbox.base("apixo"), "waits"), ["success"]);
});

test("a program that submitted ends without waiting for the task", async () => {
    await sandbox.reset("apixo", { ...SOON, taskMs: { image: 600_000 } });
    const [taskId] = await run(sandbox.base("apixo"), "submits");
    assert.ok(taskId);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

test("a program that left its submit ends once that is saved", async () => {
    await sandbox.reset("apixo", SOON, { on: "submit", fault: { kind: "delayMs", ms: 1_000 } });
    assert.deepEqual(await run(sandbox.base("apixo"), "aborts"), ["WAIT_TIMEOUT", "waiting"]);
    assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
});

for (const [scene, word] of [["leaves", "AbortError"], ["breaks", "pending"]]) {
    test(`a program that ${scene} its wait ends, though the server is silent`, async () => {
        await sandbox.reset("apixo", SOON, { on: "status", nth: [3, 4, 5, 6, 7, 8, 9], fault: { kind: "silence", ms: 600_000 } });
        const [told] = await run(sandbox.base("apixo"), scene);
        assert.ok(told === word || told === "processing", told);
    });
}

test("a submit over TLS is one POST on a connection of its own", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gentask-tls-"));
    const trusted = join(folder, "trusted.pem");
    writeFileSync(trusted, AUTHORITY);
    try {
        const accepted = answerOf(200, { code: 200, data: { taskId: "task_1" } });
        await withServer(
            (socket) => socket.write(accepted),
            async (server) => {
                const env = { NODE_EXTRA_CA_CERTS: trusted, DENO_CERT: trusted };
                assert.deepEqual(await run(server.origin, "secure", env), ["task_1"]);
                assert.deepEqual([server.requests.length, server.connections], [1, 1]);
            },
            { secure: SIGNED },
        );
    } finally {
        rmSync(folder, { recursive: true });
    }
});
