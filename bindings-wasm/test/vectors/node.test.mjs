// The shared vectors: the same inputs have the same outcome in every language, and none is left out.

import assert from "node:assert/strict";
import test from "node:test";
import { numbersBeyondJavaScript } from "./beyond.mjs";
import { RUNNERS } from "./runners.mjs";
import { Shelf } from "./shelf.mjs";
import { completeness, runFile, spoilFile } from "./suite.mjs";
import { texts } from "./texts.mjs";

const shelf = new Shelf(texts());
const runs = new Map();

for (const name of Object.keys(RUNNERS).sort()) {
    test(`every case of ${name} comes out as expected`, async () => {
        const { executed, failures } = await run(name);
        assert.deepEqual(failures, []);
        assert.equal(executed, shelf.manifest.files[name]);
        console.log(`vectors: ${name}: ${executed}`);
    });

    test(`no part of an expectation of ${name} could be wrong without being noticed`, async () => {
        const { spoilt, unnoticed } = await spoilFile(shelf, name);
        assert.deepEqual(unnoticed, []);
        assert.ok(spoilt >= shelf.manifest.files[name], `each is spoilt once at least, not ${spoilt}`);
    });
}

test("all vectors were run, and the manifest and the contracts miss none", async () => {
    completeness(shelf);
    let total = 0;
    for (const name of Object.keys(RUNNERS)) total += (await run(name)).executed;
    assert.equal(total, shelf.manifest.total);
    console.log(`vectors: ${total} cases in ${Object.keys(shelf.manifest.files).length} files, through the public JavaScript API`);
});

test("numbers that JavaScript cannot hold stay what they are in texts", () => {
    numbersBeyondJavaScript(shelf);
});

function run(name) {
    if (!runs.has(name)) runs.set(name, runFile(shelf, name));
    return runs.get(name);
}
