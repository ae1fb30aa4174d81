// The package as a user gets it: packed, installed without a network, imported in every environment, and run to the same reply.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as esbuild from "esbuild";
import { Miniflare } from "miniflare";
import { build as vite, createLogger } from "vite";
import { output, pack, programs } from "./project.mjs";

/** What the program of `consumer/run.mjs` ends with everywhere; the members that differ from run to run are checked apart. */
const EXPECTED = {
    requests: ["POST https://api.apixo.ai, Bearer k", "GET https://api.apixo.ai, Bearer k", "GET https://api.apixo.ai, Bearer k"],
    reply: {
        ok: true,
        status: "success",
        taskId: "task_1",
        errorCode: null,
        errorMessage: null,
        retryAfter: null,
        files: [{ url: "https://cdn.example/a.png", kind: "image" }],
        costTimeMs: 12500,
    },
};

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
let packed;

before(async () => {
    packed = await pack();
});
after(() => packed?.remove());

describe("the tarball", () => {
    test("holds what a program and a person need, and nothing else", () => {
        const wanted = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json", "contracts/apixo.json", "contracts/contract.schema.json"];
        const made = ["core.d.ts", "core.js", "core.wasm", "core.wasm.d.ts", "inline.d.ts", "inline.js"];
        const module = ["pkg", "sansio/pkg", "testing/pkg"].flatMap((folder) => made.map((name) => `${folder}/${name}`));
        const missing = [...wanted, ...module, ...named(manifest)].filter((path) => !packed.files.includes(path));
        assert.deepEqual(missing, [], "missing");
        const known = [...wanted, ...module].map((path) => `^${path.replaceAll(".", "\\.")}$`);
        const kinds = [/^contracts\/[a-z.]+\.json$/, /^(sansio\/)?dist\/[a-z0-9/-]+(\.d\.ts|\.js)$/, /^scripts\/[^/]+$/];
        const rules = [...known.map((rule) => new RegExp(rule)), ...kinds];
        assert.deepEqual(packed.files.filter((path) => !rules.some((rule) => rule.test(path))), [], "not expected");
    });

    test("depends on nothing", () => {
        const kinds = ["dependencies", "optionalDependencies", "bundleDependencies"];
        assert.deepEqual(kinds.filter((kind) => kind in manifest), []);
        // Nothing but `gentask/otel` needs it, and nobody gets it unasked.
        assert.deepEqual(Object.keys(manifest.peerDependencies), ["@opentelemetry/api"]);
        assert.deepEqual(manifest.peerDependenciesMeta, { "@opentelemetry/api": { optional: true } });
        assert.deepEqual(Object.keys(manifest.scripts).filter((name) => /install|prepare|prepack|postpack/.test(name)), []);
    });

    test("names its types before anything else", () => {
        const code = Object.entries(manifest.exports).filter(([, target]) => typeof target === "object");
        assert.ok(code.length > 0);
        for (const [path, conditions] of code) {
            assert.equal(Object.keys(conditions)[0], "types", path);
            assert.equal(Object.keys(conditions).at(-1), "default", path);
        }
    });
});

describe("the package runs in", () => {
    runs("Node, import", programs.node, ["module.mjs"]);
    runs("Node, require", programs.node, ["common.cjs"]);
    runs("Node 24, import", programs.node24, ["module.mjs"]);
    runs("Node 24, require", programs.node24, ["common.cjs"]);
    // No permission is granted: a program with its own store and transport needs none.
    runs("Deno", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet", "module.mjs"]);
    runs("Bun", programs.bun, ["run", "--no-install", "module.mjs"]);
    runs("Bun, require", programs.bun, ["run", "--no-install", "common.cjs"]);

    runs("Node, a module of its own", programs.node, ["slim.mjs"]);
    runs("Node, the core itself", programs.node, ["drive.mjs"]);
    runs("Node, the core's calls", programs.node, ["host.mjs"]);
    runs("Node, callbacks", programs.node, ["callbacks.mjs"]);
    // This program reads two files of the package.
    runs("Deno, a module of its own", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet", "--allow-read=.", "slim.mjs"]);
    runs("Deno, the core itself", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet", "--allow-read=.", "drive.mjs"]);
    runs("Deno, the core's calls", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet", "host.mjs"]);
    runs("Deno, callbacks", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet", "callbacks.mjs"]);
    runs("Bun, a module of its own", programs.bun, ["run", "--no-install", "slim.mjs"]);
    runs("Bun, the core itself", programs.bun, ["run", "--no-install", "drive.mjs"]);
    runs("Bun, the core's calls", programs.bun, ["run", "--no-install", "host.mjs"]);
    runs("Bun, callbacks", programs.bun, ["run", "--no-install", "callbacks.mjs"]);

    tests("Node, the simulated providers", programs.node, []);
    tests("Deno, the simulated providers", programs.deno, ["run", "--no-prompt", "--no-remote", "--quiet"]);
    tests("Bun, the simulated providers", programs.bun, ["run", "--no-install"]);

    test("Node, the command", async () => {
        const home = await packed.project("command", []);
        const said = await output(programs.node, [join("node_modules", "gentask", manifest.bin.gentask), "--version"], home);
        assert.equal(said, `gentask ${manifest.version}\n`);
    });

    for (const platform of ["browser", "node"]) {
        for (const format of ["esm", "cjs"]) {
            test(`esbuild for ${platform}, as ${format}`, async () => {
                const home = await packed.project(`esbuild-${platform}-${format}`, ["module.mjs", "run.mjs"]);
                const file = format === "esm" ? "bundle.mjs" : "bundle.cjs";
                await bundle(home, "module.mjs", { platform, format, outfile: join(home, file) });
                same(await output(programs.node, [file], home));
            });
        }
    }

    test("Vite for browsers", async () => {
        const home = await packed.project("vite", ["module.mjs", "run.mjs"]);
        const warnings = await viteBuild(home);
        assert.deepEqual(warnings, []);
        same(await output(programs.node, [join("dist", "bundle.mjs")], home));
    });

    test("workerd, which compiles no bytes", async () => {
        const home = await packed.project("workerd", ["worker.mjs", "run.mjs"]);
        const outdir = join(home, "out");
        const made = await bundle(home, "worker.mjs", { conditions: ["workerd"], format: "esm", outdir, loader: { ".wasm": "copy" } });
        const files = Object.keys(made.metafile.outputs).map((path) => join(home, path));
        const worker = files.find((path) => path.endsWith(".js"));
        const modules = files.filter((path) => path.endsWith(".wasm")).map((path) => ({ type: "CompiledWasm", path }));
        assert.equal(modules.length, 1, "the entry for workerd imports the module");
        const runtime = new Miniflare({
            modules: [{ type: "ESModule", path: worker }, ...modules],
            modulesRoot: outdir,
            compatibilityDate: "2026-07-01",
        });
        try {
            const answer = await runtime.dispatchFetch("http://localhost/");
            same(await answer.text());
        } finally {
            await runtime.dispose();
        }
    });
});

describe("TypeScript checks a program", () => {
    const bundler = { module: "esnext", moduleResolution: "bundler" };
    compiles("nodenext", { module: "nodenext", types: [] }, ["types.ts", "types.cts"]);
    compiles("bundler", { ...bundler, types: [] }, ["types.ts"]);
    // A server's configuration: no names of browsers beside the runtime's own.
    compiles("Node", { module: "nodenext", lib: ["es2022"], types: [join(programs.types, "node")] }, ["types.ts", "types.cts"]);
    // It knows no `require` of a module, so its programs are modules, and it cannot read the types of today's Node.
    compiles("TypeScript 5.2", { module: "nodenext", types: [] }, ["types.ts"], programs.oldestTsc);
    compiles("TypeScript 5.2 and a bundler", { ...bundler, types: [] }, ["types.ts"], programs.oldestTsc);
    compiles("Workers", { ...bundler, lib: ["es2022"], types: [programs.workers] }, ["types.ts"]);
});

/** A test that runs a program of the consumer in a project of its own. */
function runs(name, program, args) {
    const skip = program === undefined ? "npm has no such program for this platform" : false;
    test(name, { skip }, async () => {
        const file = args.at(-1);
        const home = await packed.project(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"), [file, "run.mjs"]);
        same(await output(program, args, home));
    });
}

/** A test that runs the consumer's order at the simulated providers, without a permission. */
function tests(name, program, args) {
    test(name, async () => {
        const home = await packed.project(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"), ["testing.mjs"]);
        assert.deepEqual(JSON.parse(await output(program, [...args, "testing.mjs"], home)), { status: ["success", "success"], submits: 1 });
    });
}

/** A test that checks a program strictly, and all the types that it comes to see. */
function compiles(name, options, files, tsc = programs.tsc) {
    test(`for ${name}`, async () => {
        const home = await packed.project(`types-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`, files);
        if (tsc !== programs.tsc) writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module" }));
        const compilerOptions = { ...options, target: "es2022", strict: true, noEmit: true, skipLibCheck: false };
        writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
        const said = await output(programs.node, [tsc, "--project", "."], home).catch((error) => error.stdout || String(error));
        assert.equal(said, "");
    });
}

/** Compares what a program printed with what all of them print. */
function same(text) {
    const { requests, reply } = JSON.parse(text);
    const { data, ...fields } = reply;
    const files = data.files.map(({ expiresAt, ...file }) => {
        assert.ok(expiresAt === null || Number.isSafeInteger(expiresAt));
        return file;
    });
    assert.deepEqual({ requests, reply: { ...fields, files, costTimeMs: data.costTimeMs } }, EXPECTED);
}

/** Bundles as esbuild does by itself; a warning is a failure. */
async function bundle(home, file, options) {
    const common = { absWorkingDir: home, entryPoints: [file], bundle: true, minify: true, metafile: true, logLevel: "silent" };
    const made = await esbuild.build({ ...common, ...options });
    assert.deepEqual(made.warnings, []);
    return made;
}

/** Builds as Vite does for a page; returns its warnings. */
async function viteBuild(home) {
    const warnings = [];
    const logger = createLogger("warn");
    logger.warn = logger.warnOnce = logger.error = (message) => warnings.push(message);
    await vite({
        root: home,
        configFile: false,
        logLevel: "warn",
        customLogger: logger,
        build: {
            modulePreload: false,
            rolldownOptions: { input: join(home, "module.mjs"), output: { entryFileNames: "bundle.mjs" } },
        },
    });
    return warnings;
}

/** The files that a manifest names, where it names no pattern. */
function named({ exports, bin }) {
    const targets = Object.values(exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
    return [...targets.filter((path) => !path.includes("*")), ...Object.values(bin)].map((path) => path.replace(/^\.\//, ""));
}
