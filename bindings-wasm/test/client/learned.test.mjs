// What was learned of durations is asked of the store by clients whose tasks may be polled by it, and by no others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, order, QUICK } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";

const { memoryStore } = gentask;

const BASE = "http://127.0.0.1:9";

/** How often what was learned is asked for until a task is submitted. */
async function asked(poll) {
    const inner = memoryStore();
    let count = 0;
    const meta = (name) => {
        if (name.startsWith("learned ")) count++;
        return inner.meta(name);
    };
    const send = async ({ method }) => {
        const data = method === "POST" ? { taskId: "task_1" } : { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' };
        return { status: 200, headers: {}, end: "whole", body: new TextEncoder().encode(JSON.stringify({ code: 200, data })) };
    };
    const client = clientOf(BASE, "apixo", { store: { ...inner, meta }, transport: { send }, poll });
    await client.submit(order());
    return count;
}

test("who polls by figures of its own, or by the contract's, does not ask what was learned", async () => {
    assert.deepEqual([await asked(QUICK), await asked({ cap: 5 }), await asked("contract")], [0, 0, 0]);
});

test("who names no figures asks once", async () => {
    assert.deepEqual([await asked(undefined), await asked({}), await asked("learned")], [1, 1, 1]);
});
