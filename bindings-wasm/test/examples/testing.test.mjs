// The tests that people copy, each run by its own runner; and each is one that can fail.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));
/** How long a runner may take before it counts as hanging, in milliseconds. */
const LIMIT = 120_000;

const RUNNERS = {
    "node.test.mjs": (path) => ["--test", path],
    "vitest.test.mjs": (path) => ["node_modules/vitest/vitest.mjs", "run", "--root", ".", path],
    "jest.test.mjs": (path) => ["--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--rootDir", ".", "--testMatch", `**/${path}`],
};

describe("tests of users", { concurrency: true }, () => {
    for (const [name, args] of Object.entries(RUNNERS)) {
        test(`${name} passes, and fails where an order has no key`, async (t) => {
            const told = await ran(args(`examples/testing/${name}`));
            assert.equal(told.code, 0, told.text);
            // Beside the examples, where the package is found by its name.
            const folder = mkdtempSync(join(PACKAGE, "examples", "copy-"));
            t.after(() => rmSync(folder, { recursive: true, force: true }));
            cpSync(join(PACKAGE, "examples", "testing"), folder, { recursive: true });
            const shop = join(folder, "shop.mjs");
            writeFileSync(shop, readFileSync(shop, "utf8").replace(", key: id", ""));
            const careless = await ran(args(`examples/${folder.slice(folder.lastIndexOf("copy-"))}/${name}`));
            assert.equal(careless.code, 1, careless.text);
            assert.match(careless.text, /an order that comes twice is paid once/);
        });
    }
});

/** What a runner says. */
function ran(args) {
    // A test of Node's that is run by a test of Node's would report to it.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, CI: "1", NO_COLOR: "1" };
    return new Promise((resolve) => {
        execFile(process.execPath, args, { cwd: PACKAGE, env, timeout: LIMIT }, (error, stdout, stderr) => {
            resolve({ code: error ? error.code : 0, text: stdout + stderr });
        });
    });
}
