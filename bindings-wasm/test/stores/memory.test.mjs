import assert from "node:assert/strict";
import { test } from "node:test";
import { CASES } from "./cases.mjs";
import { delivery } from "./inbox.mjs";
import { DIST } from "./support.mjs";

const { memoryStore } = await import(new URL("store/memory.js", DIST).href);

test("memory: of an account's callbacks without a task only the newest stay", async () => {
    const { Inbox } = await import(new URL("store/inbox.js", DIST).href);
    const inbox = new Inbox(2);
    const orphan = (number, more = {}) => inbox.remember(delivery(number, { outcome: "orphan", intentId: null, ...more }));
    inbox.remember(delivery(1));
    for (const number of [4, 2, 5]) orphan(number);
    orphan(3, { account: "second" });
    assert.deepEqual(inbox.list({}).map(({ dedupe }) => dedupe), ["id:5", "id:4", "id:3", "id:1"]);
});

for (const [name, run] of Object.entries(CASES)) {
    test(`memory: ${name}`, () => run(memoryStore()));
}
