// A batch: so many at a time, each under its key, told as they come; begun again it pays nothing twice.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { submitMany } from "gentask/many";
import { atOnce, clientOf, deferred, failureOf, idle, order, SOON, STORES } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { GentaskError, memoryStore, TaskHandle } = gentask;

let sandbox;

before(async () => {
    sandbox = await startSandbox();
});

after(async () => {
    await sandbox.stop();
});

function client(options = {}) {
    return clientOf(sandbox.base("apixo"), "apixo", options);
}

/** Everything that an iteration tells, and how it ended. */
async function told(outcomes) {
    const all = [];
    try {
        for await (const outcome of outcomes) all.push(outcome);
        return { all, error: undefined };
    } catch (error) {
        return { all, error };
    }
}

const byIndex = (one, other) => one.index - other.index;

function jobs(count, word = () => "") {
    return Array.from({ length: count }, (_, index) => order("apixo", `${word(index)} number ${index}`));
}

describe("many submits", () => {
    for (const [kind, use] of Object.entries(STORES)) {
        test(`${kind}: each is told with its key, and a batch that is begun again posts nothing twice`, () =>
            use(async (store) => {
                await sandbox.reset("apixo", SOON);
                const batch = jobs(6, (index) => (index === 2 ? "[fail]" : index === 4 ? "[refuse]" : ""));
                batch.push({ ...order(), input: { mode: "text-to-film" }, key: "own-key" }, {
                    ...order("apixo", "mine"),
                    key: "own-key-2",
                    owner: "ada",
                });
                const first = await told(submitMany(client({ store }), batch, { key: "album-7", concurrency: 3 }));
                assert.equal(first.error, undefined);
                const all = first.all.sort(byIndex);
                assert.deepEqual(all.map(({ index }) => index), [0, 1, 2, 3, 4, 5, 6, 7]);
                for (const { key } of all.slice(0, 6)) assert.match(key, /^album-7\/[0-9a-f]{16}$/);
                assert.deepEqual(all.slice(6).map(({ key }) => key), ["own-key", "own-key-2"]);
                assert.deepEqual(all.map(({ reply }) => reply.errorCode), [
                    null,
                    null,
                    "GENERATION_FAILED",
                    null,
                    "CONTENT_REJECTED",
                    null,
                    "INVALID_PAYLOAD",
                    null,
                ]);
                for (const { index, reply, task } of all) {
                    if (index === 6) {
                        assert.equal(task, null, "nothing is stored of what was never an order");
                    } else {
                        assert.ok(task instanceof TaskHandle, String(index));
                        assert.equal(reply.intentId, task.intentId);
                    }
                }
                const before = await sandbox.paid("apixo");
                assert.deepEqual(before, { posts: 7, tasks: 6 });
                // By another client, as a process that begins anew has one.
                const again = await told(submitMany(client({ store }), batch, { key: "album-7" }));
                assert.equal(again.error, undefined);
                const told2 = again.all.sort(byIndex);
                for (const index of [0, 1, 2, 3, 5, 7]) assert.equal(told2[index].task.intentId, all[index].task.intentId);
                assert.deepEqual(told2.map(({ reply }) => reply.errorCode), all.map(({ reply }) => reply.errorCode));
                assert.deepEqual(await sandbox.paid("apixo"), before);
            }));
    }

    for (const [kind, use] of Object.entries(STORES)) {
        test(`${kind}: what was ordered keeps its key wherever it stands, and only what is new is paid`, () =>
            use(async (store) => {
                await sandbox.reset("apixo", SOON);
                const [a, b, c] = jobs(3);
                const first = (await told(submitMany(client({ store }), [a, b, b], { key: "album-7" }))).all.sort(byIndex);
                assert.equal(new Set(first.map(({ task }) => task.intentId)).size, 3);
                assert.equal(first[2].key, `${first[1].key}/2`);
                assert.deepEqual(await sandbox.paid("apixo"), { posts: 3, tasks: 3 });
                const again = (await told(submitMany(client({ store }), [c, b, a, b], { key: "album-7" }))).all.sort(byIndex);
                assert.deepEqual(again.slice(1).map(({ key }) => key), [first[1].key, first[0].key, first[2].key]);
                assert.deepEqual(again.slice(1).map(({ task }) => task.intentId), [1, 0, 2].map((index) => first[index].task.intentId));
                assert.deepEqual(await sandbox.paid("apixo"), { posts: 4, tasks: 4 });
                // As the core makes them, in whatever order its members stand.
                const alike = { input: Object.fromEntries(Object.entries(a.input).reverse()), model: a.model, key: undefined, options: {} };
                const [same] = (await told(submitMany(client({ store }), [alike], { key: "album-7" }))).all;
                assert.equal(same.task.intentId, first[0].task.intentId);
            }));
    }

    test("a key is its owner's: alike orders of two owners have the same one", async () => {
        await sandbox.reset("apixo", SOON);
        const batch = [{ ...order(), owner: "ann" }, { ...order(), owner: "bob" }, { ...order(), key: "k" }, { ...order(), key: "k", owner: "bob" }];
        const { all, error } = await told(submitMany(client(), batch, { key: "album-7" }));
        assert.equal(error, undefined);
        const keys = all.sort(byIndex).map(({ key }) => key);
        assert.equal(keys[0], keys[1]);
        assert.equal(new Set(all.map(({ task }) => task.intentId)).size, 4);
    });

    test("a key that another job of the batch has ends the iteration", async () => {
        await sandbox.reset("apixo", SOON);
        const own = [{ ...order("apixo", "one"), key: "k" }, { ...order("apixo", "two"), key: "k" }, { ...order("apixo", "three"), key: "l" }];
        const { all, error } = await told(submitMany(client(), own));
        assert.deepEqual([all.map(({ key }) => key), error?.code, error?.reply.errorMessage], [
            ["k"],
            "INVALID_PAYLOAD",
            'job 1 has the key "k" of job 0',
        ]);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        const { key } = all.length && (await told(submitMany(client(), [order()], { key: "a" }))).all[0];
        const made = await told(submitMany(client(), [order(), { ...order("apixo", "other"), key }], { key: "a" }));
        assert.equal(made.error?.reply.errorMessage, `job 1 has the key "${key}" of job 0`);
    });

    test("jobs are taken as places become free, of any kind of iterable", async () => {
        await sandbox.reset("apixo", SOON);
        const seen = { taken: 0, told: 0, most: 0 };
        const source = async function* () {
            for (const job of jobs(9)) {
                seen.most = Math.max(seen.most, ++seen.taken - seen.told);
                yield job;
            }
        };
        for await (const { reply } of submitMany(client(), source(), { key: "a", concurrency: 2 })) {
            assert.equal(reply.status, "success");
            await idle();
            assert.ok(seen.taken - seen.told <= 2, "what is told is under way until the next is asked for");
            seen.told++;
        }
        assert.deepEqual(seen, { taken: 9, told: 9, most: 2 });
        const [made] = (await told(submitMany(client(), new Set(jobs(1)), { key: "b" }))).all;
        assert.equal(made.reply.status, "success");
        assert.deepEqual((await told(submitMany(client(), []))).all, []);
    });

    test("without a wait each is told once it is accepted", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const { all, error } = await told(submitMany(client(), jobs(3), { key: "a", wait: false }));
        assert.equal(error, undefined);
        assert.deepEqual(all.map(({ reply }) => [reply.ok, reply.taskId !== null]), [[true, true], [true, true], [true, true]]);
        assert.equal(await sandbox.arrived("apixo", "status"), 0);
        const late = await told(submitMany(client(), jobs(1), { key: "b", timeout: 0.05 }));
        assert.deepEqual(late.all.map(({ reply }) => reply.errorCode), ["WAIT_TIMEOUT"]);
    });

    test("a job without a key ends the iteration, and what is under way is told first", async () => {
        await sandbox.reset("apixo", SOON);
        const closed = [];
        const source = function* () {
            try {
                yield { ...order("apixo", "one"), key: "one" };
                yield { ...order("apixo", "two"), key: "two" };
                yield order("apixo", "three");
                yield { ...order("apixo", "four"), key: "four" };
            } finally {
                closed.push(true);
            }
        };
        const { all, error } = await told(submitMany(client(), source()));
        assert.deepEqual(all.map(({ key, reply }) => [key, reply.status]).sort(), [["one", "success"], ["two", "success"]]);
        assert.ok(error instanceof GentaskError);
        assert.equal(error.code, "INVALID_PAYLOAD");
        assert.match(error.message, /job 2 has no key: give `key` for the whole batch, or a key to each job, so that .* pays nothing twice/);
        assert.deepEqual(closed, [true]);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
    });

    test("what the jobs themselves throw is thrown at the end", async () => {
        await sandbox.reset("apixo", SOON);
        const mine = new Error("my database is gone");
        const source = async function* () {
            yield order();
            throw mine;
        };
        const { all, error } = await told(submitMany(client(), source(), { key: "a" }));
        assert.equal(all.length, 1);
        assert.equal(error, mine);
    });

    test("who leaves the loop leaves the tasks: what was sent is saved, and no more is taken", async () => {
        await sandbox.reset("apixo", SOON);
        const store = memoryStore();
        const one = client({ store });
        let isClosed = false;
        const source = async function* () {
            try {
                yield* jobs(2);
                // Who waits for a job that never comes can leave all the same.
                await new Promise(() => undefined);
            } finally {
                isClosed = true;
            }
        };
        for await (const { reply } of submitMany(one, source(), { key: "a", concurrency: 4 })) {
            assert.equal(reply.status, "success");
            break;
        }
        assert.equal(isClosed, false, "what never answers is not waited for");
        await one.settled();
        assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
        assert.equal((await one.tasks()).records.length, 2);
        assert.ok((await one.tasks()).records.every(({ taskId }) => taskId !== null));
        for (const { reply } of await one.resume()) assert.equal(reply.status, "success");
    });

    test("the signal ends the iteration at once, and the tasks go on", async () => {
        await sandbox.reset("apixo", { taskMs: { image: 600_000 } });
        const one = client({ timeout: 600 });
        const leave = new AbortController();
        const accepted = deferred();
        const counting = client({ store: one.store, timeout: 600, onEvent: (record) => record.taskId !== null && accepted.resolve() });
        const ending = told(submitMany(counting, jobs(2), { key: "a", signal: leave.signal }));
        await accepted.promise;
        leave.abort("enough");
        const { all, error } = await atOnce(ending);
        assert.deepEqual(all, []);
        assert.deepEqual([error.name, error.cause], ["AbortError", "enough"]);
        await counting.settled();
        const { records } = await one.tasks();
        assert.ok(records.length > 0 && records.every(({ taskId }) => taskId !== null));
        const before = await told(submitMany(one, jobs(2), { key: "b", signal: AbortSignal.abort() }));
        assert.deepEqual([before.all, before.error.name], [[], "AbortError"]);
        assert.equal((await one.tasks()).records.length, records.length, "nothing was begun");
    });

    test("one that cannot be an order is told as that, and the rest goes on", async () => {
        await sandbox.reset("apixo", SOON);
        const odd = [{ ...order(), model: 5 }, { ...order(), input: { a: 1n } }, { ...order(), options: 5 }, { ...order(), owner: 5 }, order()];
        const { all, error } = await told(submitMany(client(), odd, { key: "a" }));
        assert.equal(error, undefined);
        assert.deepEqual(all.sort(byIndex).map(({ reply }) => reply.ok), [false, false, false, false, true]);
        assert.deepEqual(all.map(({ key }) => key === null), [true, true, true, false, false], "what is no order has no key");
        assert.deepEqual(all.slice(0, 4).map(({ task }) => task), [null, null, null, null]);
    });

    test("what is no job ends the iteration, with its number and what is wrong with it", async () => {
        await sandbox.reset("apixo", SOON);
        const { model, input } = order();
        const wrong = [
            [null, "job 1 is no object with model, input and more"],
            [5, "job 1 is no object with model, input and more"],
            [{}, "job 1 has no input, no model"],
            [{ model, inputs: input }, "job 1 has no input, an unknown member 'inputs'"],
            [{ model, input: undefined }, "job 1 has no input"],
            [{ model, input, signal: undefined, kye: "x" }, "job 1 has an unknown member 'kye', an unknown member 'signal'"],
        ];
        for (const [job, words] of wrong) {
            const { all, error } = await told(submitMany(client(), [order("apixo", words), job, order()], { key: "a" }));
            assert.deepEqual([all.map(({ reply }) => reply.status), error?.code, error?.reply.errorMessage], [["success"], "INVALID_PAYLOAD", words]);
        }
        assert.deepEqual(await sandbox.paid("apixo"), { posts: wrong.length, tasks: wrong.length });
    });

    test("wrong arguments are refused before anything is taken", async () => {
        for (
            const call of [
                () => submitMany(undefined, []),
                () => submitMany(client(), undefined),
                () => submitMany(client(), "jobs"),
                () => submitMany(client(), {}),
                () => submitMany(client(), [], { concurrency: 0 }),
                () => submitMany(client(), [], { keys: "a" }),
                () => submitMany(client(), [], { key: 5 }),
                () => submitMany(client(), [], { wait: "no" }),
                () => submitMany(client(), [], { timeout: -1 }),
                () => submitMany(client(), [], { signal: {} }),
            ]
        ) assert.throws(call, GentaskError, String(call));
        await failureOf(submitMany(client(), [{ ...order(), key: 5 }]).next());
    });
});
