import { test } from "node:test";
import { CASES } from "./cases.mjs";
import { HAS_SQLITE, inFolder } from "./support.mjs";

for (const [name, run] of Object.entries(CASES)) {
    test(`sqlite: ${name}`, { skip: !HAS_SQLITE }, () => inFolder((folder) => run(folder.store())));
}
