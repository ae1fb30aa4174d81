// `sandbox.fetch` by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf, order, Sandbox } from "./scene.mjs";

const SUBMIT = {
    method: "POST",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: JSON.stringify({ request_type: "async", input: order().input }),
};
const PATH = "/api/v1/generateTask/nano-banana";

test("the provider's real address leads here, and any other nowhere", async () => {
    const sandbox = new Sandbox();
    const answer = await sandbox.fetch(`https://api.apixo.ai${PATH}`, SUBMIT);
    assert.equal((await answer.json()).data.taskId, sandbox.tasks()[0].taskId);
    for (const url of ["https://api.apixo.ai.example/", "https://example.com/apixo", "http://127.0.0.1:9/apixo"]) {
        await assert.rejects(sandbox.fetch(url), (error) => error instanceof TypeError && /no provider at/.test(error.cause.message));
    }
    assert.equal(sandbox.submits(), 1);
});

test("a request that is left is over at once, also where nothing is ever answered", async () => {
    const sandbox = new Sandbox();
    for (const fault of [{ kind: "silence", ms: 600_000 }, { kind: "hold" }, { kind: "delayMs", ms: 600_000 }]) {
        sandbox.reset();
        sandbox.script("apixo", [{ on: "submit", fault }]);
        const leaving = new AbortController();
        const answer = sandbox.fetch(sandbox.baseUrl() + PATH, { ...SUBMIT, signal: leaving.signal });
        while (sandbox.submits() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
        leaving.abort();
        await assert.rejects(answer, { name: "AbortError" }, fault.kind);
    }
    const left = AbortSignal.abort();
    await assert.rejects(sandbox.fetch(sandbox.baseUrl() + PATH, { ...SUBMIT, signal: left }), { name: "AbortError" });
    assert.equal(sandbox.submits(), 1);
});

test("an answer is as late as the sandbox is told, and the end of the sandbox lets it go", async () => {
    const sandbox = new Sandbox({ latencyMs: 600_000 });
    let isHere = false;
    const answer = sandbox.fetch(sandbox.baseUrl() + PATH, SUBMIT).finally(() => (isHere = true));
    while (sandbox.submits() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
    assert.equal(isHere, false);
    await sandbox.close();
    assert.equal((await answer).status, 200);
});

test("a body that ends early fails in the reading", async () => {
    const sandbox = new Sandbox();
    sandbox.script("apixo", [{ on: "submit", fault: { kind: "truncatedBody" } }]);
    const answer = await sandbox.fetch(sandbox.baseUrl() + PATH, SUBMIT);
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text());
});

test("the client of a sandbox has its key, its store and its secrets, unless others are given", async () => {
    const sandbox = new Sandbox();
    const first = await sandbox.client().submit(order("apixo", "", { key: "order-1" }));
    assert.equal((await sandbox.client().find("order-1")).intentId, first.intentId);
    const failure = await failureOf(sandbox.client("apixo", { apiKey: () => "" }).submit(order()));
    assert.equal(failure.code, "AUTH_FAILED");
});
