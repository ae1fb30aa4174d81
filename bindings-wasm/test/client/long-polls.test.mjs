// Requests that the provider keeps open until there is news.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { atOnce, clientOf, failureOf, SOON, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { Contract } = gentask;

const PATH = fileURLToPath(new URL("../../../tests/vectors/contracts/patient.json", import.meta.url));

/** Polls are kept open for 20 s, and submits for a minute where an order asks for it. */
const patient = (schedule) => {
    const source = JSON.parse(readFileSync(PATH, "utf8"));
    Object.assign(source.poll.default, schedule);
    return Contract.load(source);
};

let sandbox;
before(async () => (sandbox = await startSandbox({ contracts: [PATH] })));
after(() => sandbox.stop());
beforeEach(() => sandbox.reset("patient", { ...SOON, taskMs: { image: 600 }, pendingMs: 0 }));

const client = (contract, options) => clientOf(sandbox.base("patient"), contract, { poll: undefined, timeout: 120, ...options });
const painter = (prompt, options = {}) => ({ model: "painter", input: { prompt }, options });
const polls = () => sandbox.arrived("patient", "status");

test("a task is polled once, and its end is the answer", async () => {
    const task = await client(patient({ firstMs: 1 })).submit(painter("a cat"));
    assert.equal((await task.wait()).status, "success");
    assert.equal(await polls(), 1);
});

test("an order that asks for it is answered with its end, and polled at once", async () => {
    const hour = 3_600_000;
    const late = patient({ firstMs: hour, everyMs: hour, capMs: hour });
    const task = await client(late).submit(painter("a cat", { wait: true }));
    assert.equal((await task.wait()).status, "success");
    assert.equal(await polls(), 1);
});

test("what is kept open takes no place of other requests", async () => {
    const own = client(patient({ firstMs: 1 }), { gate: 1 });
    const left = new AbortController();
    const waits = [];
    for (let count = 0; count < 2; count++) {
        const task = await own.submit(painter("[stuck]"));
        waits.push(task.wait({ signal: left.signal }).catch((error) => error));
    }
    // Both are there, and each is kept open for 20 s.
    await until(async () => (await polls()) === 2);
    const task = await own.submit(painter("a cat"));
    assert.equal((await task.wait()).status, "success");
    assert.equal(await polls(), 3);
    left.abort();
    await Promise.all(waits);
});

test("a cancel ends the wait whose poll is kept open", async () => {
    const task = await client(patient({ firstMs: 1 })).submit(painter("[stuck]"));
    const wait = failureOf(task.wait());
    await until(async () => (await polls()) === 1);
    assert.equal((await task.cancel()).status, "cancelled");
    assert.equal((await atOnce(wait)).code, "CANCELLED");
});
