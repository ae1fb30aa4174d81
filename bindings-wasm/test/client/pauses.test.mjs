// An account that is asked to pause for long: a question without a task says so instead of sleeping through it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, memoryStore } from "../../dist/entry/default.js";

test("a question without a task tells of a long pause at once", { timeout: 60_000 }, async () => {
    const store = memoryStore();
    const baseUrl = "http://127.0.0.1:9";
    await store.setMeta(`hold ${baseUrl} default`, String(Date.now() + 3_600_000), false);
    const fetch = () => assert.fail("nothing may be sent");
    const client = new Client("aivideomaker", { apiKey: "sk-opens-nothing", baseUrl, store, fetch });
    await assert.rejects(client.remoteTasks(), (error) => error.code === "RATE_LIMITED" && error.retryAfter > 3_000);
});

test("without a fetch of its own a runtime is told what to give", () => {
    const { fetch } = globalThis;
    delete globalThis.fetch;
    try {
        assert.throws(() => new Client("apixo", { apiKey: "sk-opens-nothing", store: memoryStore() }), { code: "UNSUPPORTED" });
    } finally {
        globalThis.fetch = fetch;
    }
});
