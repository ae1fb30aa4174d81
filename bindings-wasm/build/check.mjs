// Tries the module of a folder on this Node: it compiles, imports from its glue alone, names no folder of this machine, and starts.

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import process from "node:process";

const [pkg] = process.argv.slice(2);
const { initSync } = await import(`../${pkg}/core.js`);

/** What the glue calls itself in the module's imports. */
const GLUE = "./core_bg.js";

const bytes = readFileSync(new URL(`../${pkg}/core.wasm`, import.meta.url));
const module = new WebAssembly.Module(bytes);
const foreign = WebAssembly.Module.imports(module).filter((wanted) => wanted.module !== GLUE);
if (foreign.length > 0) {
    const names = foreign.map((wanted) => `${wanted.module}.${wanted.name}`).join(", ");
    console.error(`the module may import from its glue alone; something in core needs ${names}`);
    process.exit(1);
}
if (homedir().length > 1 && bytes.includes(homedir())) {
    console.error(`the module names ${homedir()}: a crate's folder is in the message of a panic`);
    process.exit(1);
}
initSync({ module });
console.log(`the module starts on Node ${process.versions.node}`);
