// What an application downloads: the package beside the clients of others, each bundled with what it brings along (esbuild, minified, gzip 9).

import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "..", "..", ".tools", "npm-bench");

/** What is bundled of each: what a program that runs one model needs. */
const OTHERS = {
    replicate: 'import Replicate from "replicate"; globalThis.x = new Replicate();',
    "@fal-ai/client": 'import { fal } from "@fal-ai/client"; globalThis.x = fal;',
    ai: 'import { generateImage } from "ai"; globalThis.x = generateImage;',
};
const VERSIONS = { replicate: "1.4.0", "@fal-ai/client": "1.10.1", ai: "7" };

/** Prints the table. */
export async function sizes() {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bench", private: true, type: "module" }));
    const wanted = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...wanted], {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
    });
    const entry = join(here, "..", "dist", "entry");
    const ours = (name) => `import { Client } from ${JSON.stringify(join(entry, name))}; globalThis.x = Client;`;
    const wasm = gzipSync(readFileSync(join(here, "..", "pkg", "core.wasm")), { level: 9 }).length;
    console.log("\n| package | minified, gzipped |\n|---|---|");
    console.log(`| gentask | ${kilobytes(await bundled(ours("default.js")))} |`);
    console.log(`| gentask on Workers | ${kilobytes((await bundled(ours("workerd.js"))) + wasm)} |`);
    for (const [name, program] of Object.entries(OTHERS)) {
        const { version } = JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"));
        console.log(`| ${name} ${version} | ${kilobytes(await bundled(program))} |`);
    }
}

async function bundled(contents) {
    const made = await build({
        stdin: { contents, resolveDir: folder },
        bundle: true,
        minify: true,
        format: "esm",
        platform: "browser",
        external: ["*.wasm", "node:*", "crypto", "stream"],
        write: false,
        logLevel: "error",
    });
    return gzipSync(made.outputFiles[0].contents, { level: 9 }).length;
}

const kilobytes = (bytes) => `${(bytes / 1_000).toFixed(1)} KB`;
