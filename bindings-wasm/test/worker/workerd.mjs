// Programs as a Worker's bundler makes them, run by workerd.

import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Bundles a program as wrangler does: its text, or the path of its file. What comes back is Miniflare's `modules`; `remove` takes the files away. */
export async function bundle(program) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-worker-"));
    const from = program.includes("\n")
        ? { stdin: { contents: program, loader: "ts", resolveDir: fileURLToPath(new URL(".", import.meta.url)), sourcefile: "worker.ts" } }
        : { entryPoints: { worker: program } };
    const { metafile } = await build({
        ...from,
        entryNames: "worker",
        outdir: folder,
        bundle: true,
        format: "esm",
        target: "es2022",
        platform: "neutral",
        conditions: ["workerd", "worker", "browser"],
        mainFields: ["module", "main"],
        external: ["cloudflare:*", "node:*"],
        loader: { ".wasm": "copy" },
        metafile: true,
        logLevel: "silent",
    });
    const files = Object.keys(metafile.outputs).map((path) => join(folder, path.slice(path.lastIndexOf("/") + 1)));
    const modules = [
        ...files.filter((path) => path.endsWith(".js")).map((path) => ({ type: "ESModule", path })),
        ...files.filter((path) => path.endsWith(".wasm")).map((path) => ({ type: "CompiledWasm", path })),
    ];
    return { folder, worker: { modules, modulesRoot: folder }, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a bundled program. What it writes to the console is kept in `told`. */
export function run(bundled, options) {
    const told = [];
    const keep = (stream) => {
        stream.setEncoding("utf8");
        stream.on("data", (text) => told.push(text));
    };
    const runtime = new Miniflare({
        ...bundled.worker,
        handleRuntimeStdio(stdout, stderr) {
            keep(stdout);
            keep(stderr);
        },
        ...options,
    });
    return {
        told,
        /** Sends a request and gives the answer's status with its body, as JSON where it is some. */
        async ask(path, init) {
            const response = await runtime.dispatchFetch(`http://worker${path}`, init);
            const text = await response.text();
            return { status: response.status, body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text };
        },
        stop: () => runtime.dispose(),
        runtime,
    };
}

/** Asks until the answer is what is wanted. Not a proof of when it comes: only a bound on how long a hang may last. */
export async function until(question, wanted, limit = 60_000) {
    const end = Date.now() + limit;
    for (;;) {
        const answer = await question();
        if (wanted(answer)) return answer;
        if (Date.now() > end) throw new Error(`it did not come to it: ${JSON.stringify(answer)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
