// Where the runtimes of the package's tools are.

import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../node_modules/", import.meta.url));

const PATHS = {
    deno: ["@deno/linux-x64-glibc/deno"],
    bun: ["@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-x64-baseline/bin/bun"],
};

/** The program of a runtime: the one of the tools, else the one that a shell would find. */
export function executable(name) {
    if (name === "node") return process.execPath;
    return PATHS[name].map((path) => MODULES + path).find(existsSync) ?? name;
}
