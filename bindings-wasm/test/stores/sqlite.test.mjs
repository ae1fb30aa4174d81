import { test } from "node:test";
import { CASES } from "./cases.mjs";
import { DURABLE, inFolder } from "./support.mjs";

for (const [name, run] of Object.entries(CASES)) {
    test(`sqlite: ${name}`, DURABLE, () => inFolder((folder) => run(folder.store())));
}
