// What a program downloads with each entry of the package: its JavaScript, bundled and minified, and its module, all gzipped. More than
// its limit is an error.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * The goal is 100 KB. The core with its loader and its checks alone is more: this keeps what was won, whichever compiler built the module. The last 20 KiB
 * are for polls that are learned (a histogram, the programme that plans by it, the order in which tasks count, and what a store keeps of it), for headers that a
 * program may add, for what is odd about a reply, for writes of one turn that share a flush, and for
 * media that have to be uploaded, which an order must know, and requests that a provider keeps open until there is news.
 */
const LIMIT = 245 * 1024;
/** With the calls, and the tables: what only hosts load, and who receives callbacks, uploads media or runs a worker. */
const SANSIO_LIMIT = 354 * 1024;
/** The simulated providers with their contracts whole, which no application loads. */
const TESTING_LIMIT = 448 * 1024;
/** What a program downloads beside the entry that it has anyway: the calls, their module, and what receives callbacks or works with them. */
const HOSTING = ["./callbacks", "./run", "./uploads"];
/** The same of a test: the simulated providers, and what leads to them. */
const TESTING = "./testing";
/** What one of a few functions adds beside the application's own entry: its own file, since all that it imports is in that entry. */
const ADDED_LIMIT = 3 * 1024;
const ADDED = ["./many", "./media", "./sse", "./hooks", "./proxy", "./otel"];
/** The modules, by their folders. */
const MODULES = ["pkg", "sansio/pkg", "testing/pkg"];
/** What is used beside an entry, and only where there are files. */
const BESIDE = ["./files"];
const root = fileURLToPath(new URL("..", import.meta.url));

const rows = [];
for (const [name, file] of entries()) rows.push(await weigh(name, file));
print(rows);
const heavy = rows.filter(({ limit, total }) => total > limit);
for (const { limit, name, total } of heavy) console.error(`${name} may download ${bytes(limit)} bytes, and is ${bytes(total)}`);
if (heavy.length > 0) process.exit(1);

/** The JavaScript files that the package exports, by what a program imports and under which condition. */
function* entries() {
    const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    for (const [path, conditions] of Object.entries(exports)) {
        if (BESIDE.includes(path)) continue;
        for (const [condition, file] of Object.entries(conditions)) {
            if (condition !== "types" && file.endsWith?.(".js")) yield [condition === "default" ? path : `${path} (${condition})`, file];
        }
    }
}

async function weigh(name, file) {
    if (ADDED.includes(name)) {
        const own = zipped((await bundle(file, [], onlyIt)).text);
        return { name, limit: ADDED_LIMIT, driver: own, glue: 0, module: 0, how: "none", total: own };
    }
    const isSansio = file.startsWith("./sansio/") || HOSTING.includes(name);
    const isTesting = name.startsWith(TESTING);
    const pkg = isTesting ? "testing/pkg" : isSansio ? "sansio/pkg" : "pkg";
    const module = readFileSync(`${root}${pkg}/core.wasm`);
    const isBeside = HOSTING.includes(name) || isTesting;
    const whole = await bundle(file, ["*.wasm"], isBeside && besideIt);
    const isInlined = Object.keys(whole.inputs).some((input) => input === `${pkg}/inline.js`);
    // An entry that does not carry the module is of no use without it, whoever loads it.
    const apart = isInlined ? 0 : zipped(module);
    return {
        name,
        limit: isTesting ? TESTING_LIMIT : isSansio ? SANSIO_LIMIT : LIMIT,
        driver: zipped((await bundle(file, ["*.wasm", "*/pkg/core.js", "*/pkg/inline.js"], isTesting && besideIt)).text),
        glue: zipped((await bundle(`${pkg}/core.js`, [])).text),
        module: isInlined ? zipped((await bundle(`${pkg}/inline.js`, [])).text) : apart,
        how: isInlined ? "inlined" : "a file",
        total: zipped(whole.text) + apart,
    };
}

/** One file as a bundler for browsers makes it: it fails where something imports what only Node has. `isThere`: what is left out, since it is there. */
async function bundle(file, external, isThere = false) {
    const there = { name: "there", setup: ({ onResolve }) => onResolve({ filter: /./ }, isThere) };
    const made = await build({
        entryPoints: [file],
        absWorkingDir: root,
        bundle: true,
        minify: true,
        format: "esm",
        platform: "browser",
        target: "es2022",
        external,
        plugins: isThere ? [there] : [],
        metafile: true,
        write: false,
        logLevel: "error",
    });
    return { text: made.outputFiles[0].contents, inputs: made.metafile.inputs };
}

/** The application's own entry, its module and its glue are there, whoever receives callbacks, works or tests. */
function besideIt({ path, resolveDir }) {
    return /(^gentask|\/pkg\/core\.js)$/.test(path) && resolveDir.startsWith(`${root}dist`) && !path.includes("/testing/")
        ? { path, external: true }
        : undefined;
}

/** All but the file itself. */
function onlyIt({ kind, path }) {
    return kind === "entry-point" ? undefined : { path, external: true };
}

function zipped(data) {
    return gzipSync(data, { level: 9 }).length;
}

function print(rows) {
    const table = rows.map((row) => [row.name, bytes(row.driver), bytes(row.glue), `${bytes(row.module)} ${row.how}`, bytes(row.total)]);
    table.unshift(["entry", "driver", "glue", "module", "total"]);
    const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
    for (const [name, ...rest] of table) {
        console.log([name.padEnd(widths[0]), ...rest.map((cell, column) => cell.padStart(widths[column + 1]))].join("  "));
    }
    for (const pkg of MODULES) {
        const module = readFileSync(`${root}${pkg}/core.wasm`);
        const { code, data } = sections(module);
        console.log(`${pkg}/core.wasm: ${bytes(module.length)} bytes, of which code ${bytes(code)} and data ${bytes(data)}; gzipped bytes above`);
    }
}

/** The sizes of the code and the data section: after magic and version, each section is an id, a length and so many bytes. */
function sections(module) {
    const found = new Map();
    let at = 8;
    while (at < module.length) {
        const id = module[at++];
        let length = 0;
        for (let shift = 0, more = true; more; shift += 7) {
            const byte = module[at++];
            length += (byte & 0x7f) * 2 ** shift;
            more = byte > 0x7f;
        }
        found.set(id, length);
        at += length;
    }
    return { code: found.get(10) ?? 0, data: found.get(11) ?? 0 };
}

function bytes(count) {
    return count.toLocaleString("en");
}
