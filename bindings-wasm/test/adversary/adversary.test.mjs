// The adversary's table (`tests/adversary/` of the workspace), played through the public API over real HTTP. `ADVERSARY=text` plays only the rows
// that have it in their name or family.

import assert from "node:assert/strict";
import process from "node:process";
import { after, test } from "node:test";
import "./clock.mjs";
import { play } from "./play.mjs";
import { startTable } from "./table.mjs";

/** Rows that are played beside one another: they mostly wait for nothing. */
const AT_ONCE = 8;

const table = await startTable();
after(() => table.stop());
const only = process.env.ADVERSARY ?? "";
const { rows, count } = await table.ask("/table", { language: "npm" });
const wanted = rows.filter(({ family, name }) => `${family}: ${name}`.includes(only));

const played = new Map();
let next = 0;
const begin = async () => {
    for (let row = wanted[next++]; row !== undefined; row = wanted[next++]) {
        const outcome = played.get(row.name);
        await play(table, row).then(outcome.resolve, outcome.reject);
    }
};
for (const { name } of wanted) {
    let resolve, reject;
    const faults = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
    faults.catch(() => undefined);
    played.set(name, { faults, resolve, reject });
}
for (let place = 0; place < AT_ONCE; place++) begin();

for (const { family, name } of wanted) {
    test(`${family}: ${name}`, { timeout: 120_000 }, async () => {
        const faults = await played.get(name).faults;
        assert.deepEqual(faults, [], faults.join("\n"));
    });
}

test("every row of the table was played", { skip: only !== "" }, () => {
    console.log(`adversary: ${wanted.length} of ${count} rows in npm`);
    assert.equal(wanted.length, count);
});
