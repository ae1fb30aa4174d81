import { test } from "node:test";
import { CASES } from "./cases.mjs";
import { DIST } from "./support.mjs";

const { memoryStore } = await import(new URL("store/memory.js", DIST).href);

for (const [name, run] of Object.entries(CASES)) {
    test(`memory: ${name}`, () => run(memoryStore()));
}
