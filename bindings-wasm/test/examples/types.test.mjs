// What people copy has types that hold, with each of the two ways in which their projects find modules.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

const PROJECTS = {
    "the examples": ["examples", "--module", "nodenext"],
    "the examples, for a bundler": ["examples", "--module", "esnext", "--moduleResolution", "bundler"],
    "the Durable Object": ["examples/durable-object"],
    "the Worker of the tests": ["test/worker"],
};

describe("types", { concurrency: true }, () => {
    for (const [name, [project, ...options]] of Object.entries(PROJECTS)) {
        test(`${name} are sound`, async () => {
            const compiler = ["node_modules/typescript/bin/tsc", "--project", project, ...options];
            const faults = await promisify(execFile)(process.execPath, compiler, { cwd: PACKAGE }).then(
                () => "",
                ({ stdout, stderr }) => stdout + stderr,
            );
            assert.equal(faults, "");
        });
    }
});
