import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as gentask from "gentask/slim";
import { run } from "./run.mjs";

const module = await readFile(fileURLToPath(import.meta.resolve("gentask/core.wasm")));
gentask.initialize(module);
console.log(await run(gentask));
