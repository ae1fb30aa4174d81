// Runs the vectors on another runtime than this one: `node run.mjs [deno] [bun] [node] [workerd]`, all of them where none is named.
//
// The count that a runtime reports is compared with the manifest here, outside of it: a program that runs nothing fails.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { program, worker } from "./bundle.mjs";
import { executable } from "./runtimes.mjs";
import { texts } from "./texts.mjs";

/** Until what date of Workers' changes the test is theirs. */
const COMPATIBILITY_DATE = "2026-01-01";
/** How long a runtime may take, in milliseconds: ten times what a slow one takes. */
const LIMIT_MS = 120_000;

const RUNTIMES = {
    // Without a flag: no file, no variable, no network.
    deno: () => asProgram("deno", ["run", "--no-prompt", "--no-config", "--no-remote"]),
    bun: () => asProgram("bun", ["run"]),
    node: () => asProgram("node", []),
    workerd: () => inWorkerd(),
};

const named = process.argv.slice(2);
let failed = false;
for (const name of named.length > 0 ? named : Object.keys(RUNTIMES)) {
    const run = RUNTIMES[name];
    if (run === undefined) throw new Error(`there is no runtime ${name}: name some of ${Object.keys(RUNTIMES).join(", ")}`);
    const began = performance.now();
    const faults = faultsOf(await run());
    for (const fault of faults) console.error(`${name}: ${fault}`);
    console.log(
        `vectors on ${name}: ${faults.length === 0 ? "all as expected" : `${faults.length} faults`}, ${Math.round(performance.now() - began)} ms`,
    );
    failed ||= faults.length > 0;
}
process.exitCode = failed ? 1 : 0;

/** Prints what was run and says what is wrong with it. */
function faultsOf({ report, why }) {
    if (report === undefined) return [why];
    const { files } = JSON.parse(texts()["vectors/manifest.json"]);
    const faults = [...report.failures];
    for (const [file, wanted] of Object.entries(files)) {
        console.log(`  ${file}: ${report.executed[file]} cases, ${report.spoilt[file]} spoilt expectations`);
        if (report.executed[file] !== wanted) faults.push(`${file}: ${report.executed[file]} cases were run, the manifest has ${wanted}`);
    }
    if (why !== undefined && faults.length === 0) faults.push(why);
    return faults;
}

/** Runs the program in a folder of its own, where nothing else is to be found. */
async function asProgram(runtime, flags) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-vectors-"));
    try {
        const path = join(folder, "program.mjs");
        writeFileSync(path, await program());
        const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(folder, "deno"), NO_COLOR: "1" };
        const ended = spawnSync(executable(runtime), [...flags, path], {
            cwd: folder,
            env,
            encoding: "utf8",
            timeout: LIMIT_MS,
            maxBuffer: 64 << 20,
        });
        const why = ended.status === 0 ? undefined : `it ended with ${ended.status ?? ended.signal ?? ended.error}: ${ended.stderr.slice(0, 4_000)}`;
        return { report: reported(ended.stdout), why: why ?? (ended.stdout === "" ? "it printed no report" : undefined) };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function reported(printed) {
    try {
        return JSON.parse(printed?.trim().split("\n").at(-1));
    } catch {
        return undefined;
    }
}

/** Runs the Worker in the runtime of Cloudflare Workers, where WebAssembly is compiled before anything runs. */
async function inWorkerd() {
    const { text, modules } = await worker();
    const { Miniflare } = createRequire(import.meta.url)("miniflare");
    const wasm = [...modules].map(([name, file]) => ({ type: "CompiledWasm", path: name.slice(2), contents: readFileSync(file) }));
    const own = [{ type: "ESModule", path: "worker.mjs", contents: text }, ...wasm];
    const server = new Miniflare({ modules: own, compatibilityDate: COMPATIBILITY_DATE, cf: false });
    try {
        const response = await server.dispatchFetch("http://worker.test/");
        const body = await response.text();
        return { report: reported(body), why: response.ok ? undefined : `it answered ${response.status}: ${body.slice(0, 4_000)}` };
    } finally {
        await server.dispose();
    }
}
