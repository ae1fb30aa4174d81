// All who wait for one task in a client share one drive of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { atOnce, clientOf, failureOf, order, SOON, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { Contract, memoryStore } = gentask;

const PATH = fileURLToPath(new URL("../../../tests/vectors/contracts/patient.json", import.meta.url));

let sandbox;
before(async () => (sandbox = await startSandbox({ contracts: [PATH] })));
after(() => sandbox.stop());

/** A store in memory, one of whose methods does something else. */
const storeWith = (name, method) => {
    const store = memoryStore();
    const usual = store[name].bind(store);
    store[name] = (...given) => method(usual, ...given);
    return store;
};

test("it polls once for all, and the next goes on where the first leaves", async () => {
    await sandbox.reset("patient", { ...SOON, taskMs: { image: 3_000 }, pendingMs: 0 });
    const polls = () => sandbox.arrived("patient", "status");
    const source = JSON.parse(readFileSync(PATH, "utf8"));
    source.poll.default.firstMs = 1;
    const own = clientOf(sandbox.base("patient"), Contract.load(source), { poll: undefined, timeout: 120 });
    const task = await own.submit({ model: "painter", input: { prompt: "a cat" } });
    const left = new AbortController();
    const heard = [];
    const first = failureOf(task.wait({ signal: left.signal }));
    await until(async () => (await polls()) === 1);
    const more = Array.from({ length: 50 }, () => task.wait({ onUpdate: ({ status }) => heard.push(status) }));
    assert.equal((await failureOf(task.wait({ timeout: 0.05 }))).code, "WAIT_TIMEOUT");
    // Its own last poll, at the end of its own time.
    assert.equal(await polls(), 2);
    left.abort();
    await first;
    for (const reply of await Promise.all(more)) assert.equal(reply.status, "success");
    assert.equal(await polls(), 3);
    assert.equal(heard.filter((status) => status === "success").length, 50);
});

test("one that is left while it hangs in its store leads no more", async () => {
    await sandbox.reset("apixo", SOON);
    let hangs = false;
    const store = storeWith("save", (save, change) => {
        if (!hangs) return save(change);
        hangs = false;
        return new Promise(() => undefined);
    });
    const task = await clientOf(sandbox.base("apixo"), "apixo", { store }).submit(order());
    hangs = true;
    const left = new AbortController();
    const first = failureOf(task.wait({ signal: left.signal }));
    await until(() => !hangs);
    left.abort();
    await first;
    assert.equal((await atOnce(task.wait())).status, "success");
});

test("who leaves wakes nobody but the next one to lead", async () => {
    await sandbox.reset("apixo", SOON);
    let loads = 0;
    const store = storeWith("load", (load, intentId) => (loads++, load(intentId)));
    const task = await clientOf(sandbox.base("apixo"), "apixo", { store, poll: { initial: 3_600 } }).submit(order("apixo", "[stuck]"));
    const leaving = Array.from({ length: 100 }, () => new AbortController());
    const waits = leaving.map(({ signal }) => failureOf(task.wait({ signal })));
    await until(() => loads >= 100);
    loads = 0;
    for (const wait of leaving) wait.abort();
    await Promise.all(waits);
    assert.ok(loads <= 100, `${loads} loads`);
});
