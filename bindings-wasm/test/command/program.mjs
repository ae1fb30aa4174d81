// The command as a program of the runtime that runs the tests.

import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { DIST, RUNTIME } from "../support/package.mjs";

export const COMMAND = fileURLToPath(new URL("command/main.js", DIST));
export const WORKFLOW = fileURLToPath(new URL("../scripts/run-workflow.mjs", DIST));

/** The arguments of this runtime for a program and its arguments. */
export function arguments_(program, args) {
    return RUNTIME === "deno" ? ["run", "-A", "--no-prompt", program, ...args] : [program, ...args];
}

/** Runs a program to its end: `{ code, stdout, stderr }`. `input` is what it reads; of the environment it has what runtimes need, and `env`. */
export async function run(program, args, { env = {}, input = "", runtime = true } = {}) {
    const own = Object.fromEntries(["PATH", "HOME", "SystemRoot", "DENO_DIR", "TMPDIR"].map((name) => [name, process.env[name]]));
    const [file, all] = runtime ? [process.execPath, arguments_(program, args)] : [program, args];
    const child = spawn(file, all, { env: { ...own, ...env } });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise((resolve) => child.once("exit", resolve))]);
    return { code, stdout, stderr };
}

async function text(stream) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
}
