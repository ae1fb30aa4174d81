// Compiles the TypeScript twice, each time against the module that it will run with: `gentask/sansio` with what it reaches into `sansio/dist`, out of a
// copy of `ts`, so that the same relative paths lead to the other module; then the package into `dist`, whose callbacks import `gentask/sansio`.

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SANSIO = {
    extends: "../tsconfig.json",
    compilerOptions: { rootDir: "ts", outDir: "dist" },
    include: [],
    files: ["ts/wasm.d.ts", "ts/entry/sansio.ts", "ts/entry/sansio-workerd.ts"],
};

// What a former build left would be packed.
for (const made of ["dist", "sansio/dist", "sansio/ts"]) rmSync(`${root}${made}`, { recursive: true, force: true });
cpSync(`${root}ts`, `${root}sansio/ts`, { recursive: true });
writeFileSync(`${root}sansio/tsconfig.json`, JSON.stringify(SANSIO));
for (const project of ["sansio/tsconfig.json", "tsconfig.json"]) {
    const compiler = [`${root}node_modules/typescript/bin/tsc`, "--project", `${root}${project}`];
    const { status } = spawnSync(process.execPath, compiler, { cwd: root, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
}

// A mistake is of one class, whichever entry throws it. These classes know no module.
if (/^import /m.test(readFileSync(`${root}dist/errors.js`, "utf8"))) throw new Error("dist/errors.js imports something: it cannot be shared");
writeFileSync(`${root}sansio/dist/errors.js`, 'export * from "../../dist/errors.js";\n');
