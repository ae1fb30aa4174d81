// The declared types, proved by the objects of the vectors: each is what its type says, without a member too many, and each spoilt one is refused.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { Shelf } from "./shelf.mjs";
import { statements } from "./statements.mjs";
import { texts } from "./texts.mjs";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

const OPTIONS = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: "es2022",
    module: "nodenext",
    lib: ["es2023", "esnext.disposable", "dom"],
    types: [],
    skipLibCheck: false,
};

test("the vectors' objects have the declared types, and no type takes a spoilt one", () => {
    const { text, about, counts, spoilt } = statements(new Shelf(texts()));
    for (const type of Object.keys(counts)) assert.ok(counts[type] > 0, type);
    const printed = compiled(text);
    const faults = printed.map((line) => {
        const number = Number(/^vectors\.ts\((\d+),/.exec(line)?.[1]);
        return `${about.get(number) ?? "?"}: ${line.slice(0, 1_000)}`;
    });
    assert.deepEqual(faults, []);
    console.log(`types: ${Object.entries(counts).map(([type, count]) => `${type} ${count}`).join(", ")}; ${spoilt} spoilt ones refused`);
});

/** What the compiler says of a module that uses the package as a program does; nothing, where all is well. */
function compiled(text) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-types-"));
    try {
        mkdirSync(join(folder, "node_modules"));
        symlinkSync(PACKAGE, join(folder, "node_modules/gentask"), "junction");
        writeFileSync(join(folder, "package.json"), '{"type": "module"}');
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, include: ["vectors.ts"] }));
        writeFileSync(join(folder, "vectors.ts"), text);
        const compiler = join(PACKAGE, "node_modules/typescript/bin/tsc");
        const ended = spawnSync(process.execPath, [compiler, "--project", ".", "--pretty", "false"], {
            cwd: folder,
            encoding: "utf8",
            maxBuffer: 64 << 20,
        });
        const said = ended.stdout.split("\n").filter((line) => /^\S/.test(line));
        assert.equal(ended.status === 0, said.length === 0, `${ended.status}: ${ended.stderr}`);
        return said;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
