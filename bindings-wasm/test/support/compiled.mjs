// A program in TypeScript, compiled as strictly as can be, with the package as its only module.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

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

/** What the compiler says of `program.ts`, which uses the package as a program does, with the number of each line; nothing, where all is well. */
export function compiled(text) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-types-"));
    try {
        mkdirSync(join(folder, "node_modules"));
        symlinkSync(PACKAGE, join(folder, "node_modules/gentask"), "junction");
        writeFileSync(join(folder, "package.json"), '{"type": "module"}');
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, include: ["program.ts"] }));
        writeFileSync(join(folder, "program.ts"), text);
        const compiler = join(PACKAGE, "node_modules/typescript/bin/tsc");
        const ended = spawnSync(process.execPath, [compiler, "--project", ".", "--pretty", "false"], {
            cwd: folder,
            encoding: "utf8",
            maxBuffer: 64 << 20,
        });
        const said = ended.stdout.split("\n").filter((line) => /^\S/.test(line));
        assert.equal(ended.status === 0, said.length === 0, `${ended.status}: ${ended.stderr}`);
        return said.map((line) => ({ line, number: Number(/^program\.ts\((\d+),/.exec(line)?.[1]) }));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
