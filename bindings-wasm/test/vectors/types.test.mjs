// The declared types, proved by the objects of the vectors: each is what its type says, without a member too many, and each spoilt one is refused.

import assert from "node:assert/strict";
import test from "node:test";
import { compiled } from "../support/compiled.mjs";
import { Shelf } from "./shelf.mjs";
import { statements } from "./statements.mjs";
import { texts } from "./texts.mjs";

test("the vectors' objects have the declared types, and no type takes a spoilt one", () => {
    const { text, about, counts, spoilt } = statements(new Shelf(texts()));
    for (const type of Object.keys(counts)) assert.ok(counts[type] > 0, type);
    const faults = compiled(text).map(({ line, number }) => `${about.get(number) ?? "?"}: ${line.slice(0, 1_000)}`);
    assert.deepEqual(faults, []);
    console.log(`types: ${Object.entries(counts).map(([type, count]) => `${type} ${count}`).join(", ")}; ${spoilt} spoilt ones refused`);
});
