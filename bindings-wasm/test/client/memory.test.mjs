// What the core lends is given back on every path: a machine that nobody frees stays in the module's memory until a collector finds it, and
// some runtimes have none for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, failureOf, order } from "../support/client.mjs";
import { DIST, gentask } from "../support/package.mjs";

const { memoryStore, StoreFault, Undelivered } = gentask;
const { Machine } = await import(new URL("../pkg/core.js", DIST).href);

const NOWHERE = "http://127.0.0.1:1";
const ACCEPTED = { code: 200, data: { taskId: "task_1" } };
const SUCCESS = { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } };

let [made, freed] = [0, 0];
for (const name of ["prepare", "resume", "ask"]) {
    const make = Machine[name];
    Machine[name] = (...given) => {
        const machine = make.apply(Machine, given);
        made++;
        return machine;
    };
}
const { free } = Machine.prototype;
Machine.prototype.free = function () {
    freed++;
    free.call(this);
};

/** Everything that was made meanwhile is freed. */
async function gives(run) {
    [made, freed] = [0, 0];
    await run();
    assert.equal(freed, made);
}

function whole(value, status = 200) {
    return { status, headers: {}, body: new TextEncoder().encode(JSON.stringify(value)), end: "whole" };
}

/** A client whose submits are answered so. */
function answering(post, options = {}) {
    const send = async ({ operation }) => (operation === "submit" ? post() : whole(SUCCESS));
    return clientOf(NOWHERE, "apixo", { transport: { send }, ...options });
}

const accepted = () => whole(ACCEPTED);

/** A store that refuses what it is asked by this method, from this call on. */
function refusing(method, from = 1) {
    const store = memoryStore();
    let calls = 0;
    const refuse = (...given) => {
        if (++calls >= from) throw new StoreFault("misuse", "no more");
        return store[method](...given);
    };
    return { ...store, [method]: refuse };
}

for (const key of [undefined, "order-42"]) {
    const one = (more) => order("apixo", "", { key, ...more });
    const ways = {
        "that is waited for": async () => {
            const task = await answering(accepted).submit(one());
            await task.wait();
            await task.check({ force: true });
        },
        "that is refused": () => failureOf(answering(() => whole({ code: 400, message: "no" }, 400)).submit(one())),
        "whose answer is lost": () =>
            failureOf(
                answering(() => {
                    throw new Undelivered("maybeSent", "lost");
                }).submit(one()),
            ),
        "whose answer is none": () => failureOf(answering(() => undefined).submit(one())),
        "without a key to the provider": () => failureOf(answering(accepted, { apiKey: () => "" }).submit(one())),
        "that is aborted before": () => failureOf(answering(accepted).submit(one({ signal: AbortSignal.abort() }))),
        "that is aborted at once": async () => {
            const client = answering(accepted);
            const leave = new AbortController();
            const submitted = failureOf(client.submit(one({ signal: leave.signal })));
            leave.abort();
            await submitted;
            await client.settled();
        },
        "with what is no signal": () => failureOf(answering(accepted).submit(one({ signal: {} }))),
        "that is only looked at": async () => {
            const client = answering(accepted);
            client.validate(one());
            client.dryRun(one());
        },
        "whose wait makes no sense": async () => failureOf((await answering(accepted).submit(one())).wait({ timeout: -1 })),
        "that somebody asks about": async () => {
            const client = answering(accepted);
            await client.submit(one());
            await client.getStatus("task_1");
            await client.getTask("task_7", "nano-banana");
            await client.cancelTask("task_7", "nano-banana");
            await client.resume();
        },
    };
    for (const from of [1, 2, 3]) {
        ways[`whose store refuses save ${from}`] = async () => {
            await answering(accepted, { store: refusing("save", from) }).submit(one()).catch(() => undefined);
        };
    }
    for (const method of ["find", "blob", "load"]) {
        ways[`whose store refuses ${method}`] = async () => {
            const task = await answering(accepted, { store: refusing(method) }).submit(one()).catch(() => undefined);
            await task?.wait().catch(() => undefined);
        };
    }
    for (const [way, run] of Object.entries(ways)) {
        test(`a submit ${way} ${key ? "under a key" : "without a key"} gives everything back`, () => gives(run));
    }
}

test("what is made is counted", async () => {
    await gives(async () => answering(accepted).validate(order()));
    assert.equal(made, 1);
});

test("another input under a key gives everything back", () =>
    gives(async () => {
        const client = answering(accepted);
        await client.submit(order("apixo", "", { key: "order-42" }));
        assert.equal((await failureOf(client.submit(order("apixo", "at night", { key: "order-42" })))).code, "INVALID_PAYLOAD");
    }));
