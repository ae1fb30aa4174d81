// `gentask sandbox`: the simulated providers, served by the package's own command.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { clientOf, order } from "../support/client.mjs";
import { arguments_, COMMAND, run } from "./program.mjs";

const ACME = fileURLToPath(new URL("../../examples/acme.json", import.meta.url));

/** The command, from its first lines on. */
async function serving(t, ...flags) {
    const child = spawn(process.execPath, arguments_(COMMAND, ["sandbox", ...flags]), { stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => child.kill("SIGKILL"));
    const ended = once(child, "exit");
    let text = "";
    child.stdout.setEncoding("utf8");
    for await (const piece of child.stdout) {
        text += piece;
        if (text.includes("Ctrl-C")) break;
    }
    const [bases, variables, words] = text.split("\n\n").map((part) => part.split("\n"));
    return { child, ended, bases: Object.fromEntries(bases.map((line) => line.split(/ +/))), variables, line: words[1] };
}

test("the sandbox serves until it is interrupted, at an address that one more cannot have", async (t) => {
    const { bases, child, ended, line, variables } = await serving(t, "--port", "0", "--speed", "50", "--contract", ACME);
    assert.deepEqual(Object.keys(bases), ["aivideomaker", "apidot", "apixo", "acme"]);
    assert.deepEqual(variables, [
        "Any API key works. To point a program's own client at it, set these variables:",
        `export AIVIDEO_BASE_URL=${bases.aivideomaker} AIVIDEO_API_KEY=any`,
        `export APIDOT_BASE_URL=${bases.apidot} APIDOT_API_KEY=any`,
        `export APIXO_BASE_URL=${bases.apixo} APIXO_API_KEY=any`,
        "export GENTASK_POLL_MS=20",
    ]);
    assert.ok(
        line.startsWith(`APIXO_API_KEY=any gentask run --provider apixo --base-url ${bases.apixo} --model nano-banana --payload '{"mode"`),
        line,
    );
    const task = await clientOf(bases.apixo).submit(order());
    assert.equal((await task.wait()).status, "success");
    const { port } = new URL(bases.apixo);
    const second = await run(COMMAND, ["sandbox", "--port", port]);
    assert.equal(second.code, 2);
    assert.equal(
        JSON.parse(second.stdout).errorMessage,
        `cannot listen on port ${port} of this machine: it is taken, by another sandbox perhaps; choose one with --port, or --port 0 for any`,
    );
    // Not by its own method: Deno tells an end by that as one by the signal, whatever the program made of it.
    process.kill(child.pid, "SIGINT");
    assert.equal((await ended)[0], 0);
    const again = await serving(t, "--port", port);
    assert.equal(again.bases.apixo, bases.apixo);
});

test("a port and a speed are whole numbers with a limit", async () => {
    for (const [flag, value, words] of [["port", "65536", "65536 is not in 0..=65535"], ["speed", "2.5", "invalid digit found in string"]]) {
        const { code, stdout } = await run(COMMAND, ["sandbox", `--${flag}`, value]);
        assert.equal(code, 2);
        assert.ok(JSON.parse(stdout).errorMessage.endsWith(words), stdout);
    }
});
