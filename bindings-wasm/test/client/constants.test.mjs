// What stands in the TypeScript because it must be there before the core is asked: held against the core and the workspace.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { VERSION } from "../../dist/entry/default.js";
import { outcome } from "../../sansio/dist/entry/sansio.js";
import { UNFINISHED, UNRESOLVED } from "../../dist/listing.js";
import { TERMINAL_PHASES } from "../../dist/store.js";
import { MOST_ORPHANS } from "../../dist/store/rules.js";
import { READ_BYTES } from "../../dist/files/reading.js";
import { Client, Contract, mostOrphans, readBytes } from "../../sansio/pkg/core.js";

test("the package, its code and the workspace have one version", () => {
    const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
    assert.equal(VERSION, JSON.parse(read("../../package.json")).version);
    assert.equal(VERSION, /^version = "(.*)"$/m.exec(read("../../../Cargo.toml"))?.[1]);
});

test("the phases that end a task are those of the core", () => {
    // A wait's deadline says nothing where the phase has the last word.
    const ends = (phase) => outcome("deadline", phase)?.[1] !== "WAIT_TIMEOUT";
    assert.deepEqual(TERMINAL_PHASES.filter((phase) => !ends(phase)), []);
    assert.deepEqual(UNFINISHED.filter(ends), []);
    assert.equal(new Set([...TERMINAL_PHASES, ...UNFINISHED]).size, 11);
    assert.equal(outcome("deadline", "no phase"), null);
});

test("a store keeps as many callbacks without a task as the core says", () => {
    assert.equal(MOST_ORPHANS, mostOrphans());
});

test("as many bytes are read into memory as the core says", () => {
    assert.equal(READ_BYTES, readBytes());
});

test("what a person has to look at is what the core's own call lists", () => {
    const client = new Client(Contract.builtIn("apixo"), '{"holder":"test"}');
    const [head] = client.begin("unresolved", "{}", undefined, 0).next(0, "", undefined, undefined, 0).split("\n");
    const { account, provider, ...filter } = JSON.parse(head).filter;
    assert.deepEqual([filter, provider, typeof account], [UNRESOLVED, "apixo", "string"]);
});
