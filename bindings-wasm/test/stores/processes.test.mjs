// Several programs with one file: of those that race exactly one wins, and what was said to be stored survives its program.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { intent } from "./records.mjs";
import { DURABLE, inFolder } from "./support.mjs";

const RACER = fileURLToPath(new URL("racer.mjs", import.meta.url));

/** Starts a racer with this host; the answer has its lines, after the first one. */
async function racer(...words) {
    const child = spawn(process.execPath, [...(process.versions.deno ? ["run", "-A"] : []), RACER, ...words], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    assert.deepEqual(await lines.next(), { value: "ready", done: false });
    return { child, lines, go: () => child.stdin.end("go\n") };
}

test("processes: of those that make, key and change a task at once exactly one wins", DURABLE, () =>
    inFolder(async (folder) => {
        const racers = await Promise.all([1, 2, 3, 4].map((me) => racer("race", folder.file, String(me))));
        racers.forEach(({ go }) => go());
        const seen = [];
        for (const { child, lines } of racers) {
            const { value } = await lines.next();
            assert.ok(value, "a racer died");
            seen.push(JSON.parse(value));
            if (child.exitCode === null) {
                await once(child, "exit");
            }
        }
        assert.deepEqual(seen.map(({ first }) => first).sort(), ["conflict", "conflict", "conflict", "done"]);
        assert.equal(new Set(seen.map(({ id }) => id)).size, 1);
        const won = seen.flatMap(({ won }) => won).sort((one, other) => one - other);
        assert.deepEqual(won, Array.from({ length: 59 }, (_, index) => index + 2), "each version has one winner");
        assert.equal(folder.store().list({}).tasks.length, 1);
    }));

test("processes: what was said to be stored survives the end of its program", DURABLE, () =>
    inFolder(async (folder) => {
        const { child, lines, go } = await racer("last", folder.file);
        go();
        let said = 0;
        while (said < 20) {
            said = JSON.parse((await lines.next()).value).version;
        }
        child.kill("SIGKILL");
        for (let line = await lines.next(); !line.done; line = await lines.next()) {
            // The last line may have been cut.
            said = line.value.endsWith("}") ? JSON.parse(line.value).version : said;
        }
        const { version } = JSON.parse(folder.store().load(intent(1)));
        assert.ok(version === said || version === said + 1, `${version} is stored, ${said} was said`);
    }));
