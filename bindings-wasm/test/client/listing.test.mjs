// Stored tasks by the page and by time, either end first; and one of them, deleted.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { clientOf, failureOf, order, SOON, STORES } from "../support/client.mjs";
import { startSandbox } from "../support/sandbox.mjs";

let sandbox;

before(async () => {
    sandbox = await startSandbox();
});

after(async () => {
    await sandbox.stop();
});

async function clean() {
    await sandbox.reset("apixo", SOON);
}

/** Orders one after the other, each at a time of its own where the clock goes on, and never at an earlier one. */
async function orders(client, count) {
    const records = [];
    for (let number = 0; number < count; number++) records.push(await (await client.submit(order("apixo", "", { key: `order-${number}` }))).record());
    const key = ({ at: { created }, intentId }) => [created, intentId];
    const byTime = (one, other) => key(one)[0] - key(other)[0] || (key(one)[1] < key(other)[1] ? -1 : 1);
    return records.sort(byTime);
}

const names = (records) => records.map(({ intentId }) => intentId);

async function collected(pages) {
    const all = [];
    for await (const { records, damaged } of pages) {
        assert.deepEqual(damaged, []);
        all.push(names(records));
    }
    return all;
}

describe("listing", () => {
    for (const [kind, use] of Object.entries(STORES)) {
        test(`${kind}: either end comes first, and pages meet`, () =>
            use(async (store) => {
                await clean();
                const client = clientOf(sandbox.base("apixo"), "apixo", { store });
                const oldest = names(await orders(client, 5));
                const newest = [...oldest].reverse();
                assert.deepEqual(names((await client.tasks()).records), oldest);
                assert.deepEqual(names((await client.tasks({ newestFirst: true })).records), newest);
                const first = await client.tasks({ newestFirst: true, limit: 2 });
                assert.deepEqual(names(first.records), newest.slice(0, 2));
                assert.deepEqual(names((await client.tasks({ newestFirst: true, after: first.next })).records), newest.slice(2));
                assert.deepEqual(await collected(client.pages({ limit: 2 })), [oldest.slice(0, 2), oldest.slice(2, 4), oldest.slice(4)]);
                assert.deepEqual((await collected(client.pages({ newestFirst: true, limit: 3 }))).flat(), newest);
                assert.deepEqual(await collected(client.pages({ newestFirst: true, after: first.next, limit: 9 })), [newest.slice(2)]);
                assert.deepEqual(await collected(client.pages({ limit: undefined })), [oldest]);
                assert.deepEqual(await collected(client.pages({ owner: "nobody" })), [[]]);
            }));

        test(`${kind}: tasks since a time, and before one`, () =>
            use(async (store) => {
                await clean();
                const client = clientOf(sandbox.base("apixo"), "apixo", { store });
                const records = await orders(client, 4);
                for (const { at: { created } } of records) {
                    const since = records.filter(({ at }) => at.created >= created);
                    assert.deepEqual(names((await client.tasks({ createdFrom: created })).records), names(since));
                    assert.deepEqual(names((await client.tasks({ createdFrom: created, newestFirst: true })).records), names(since).reverse());
                    const until = records.filter(({ at }) => at.created < created);
                    assert.deepEqual(names((await client.tasks({ createdBefore: created })).records), names(until));
                }
                assert.deepEqual((await client.tasks({ createdFrom: records.at(-1).at.created + 1 })).records, []);
                const since = new Date(records[1].at.created);
                assert.deepEqual(
                    names((await client.tasks({ createdFrom: since })).records),
                    names((await client.tasks({ createdFrom: since.getTime() })).records),
                );
                for (const time of [-1, 1.5, "0", Number.NaN, new Date(Number.NaN), null, {}]) {
                    await failureOf(client.tasks({ createdFrom: time }), String(time));
                }
            }));

        test(`${kind}: a task that has ended is deleted and its key is free; one that has not is refused`, () =>
            use(async (store) => {
                await clean();
                const client = clientOf(sandbox.base("apixo"), "apixo", { store });
                const request = order("apixo", "[slow]", { key: "order-1" });
                const task = await client.submit(request);
                const refused = await failureOf(client.delete(task.intentId));
                assert.deepEqual([refused.code, refused.intentId], ["UNSUPPORTED", task.intentId]);
                assert.equal((await task.record()).intentId, task.intentId);
                await task.wait();
                assert.equal(await client.delete(task.intentId), true);
                assert.equal(await client.delete(task.intentId), false, "there is none any more");
                assert.equal(await client.delete("00000000-0000-4000-8000-000000000000"), false);
                assert.equal(await client.find("order-1"), null);
                assert.notEqual((await client.submit(request)).intentId, task.intentId);
                assert.deepEqual(await sandbox.paid("apixo"), { posts: 2, tasks: 2 });
            }));

        test(`${kind}: another account's task is nobody's to delete`, () =>
            use(async (store) => {
                await clean();
                const other = clientOf(sandbox.base("apixo"), "apixo", { store, account: "second" });
                const task = await other.submit(order());
                await task.wait();
                assert.equal(await clientOf(sandbox.base("apixo"), "apixo", { store }).delete(task.intentId), false);
                assert.equal((await task.reply()).status, "success");
            }));

        test(`${kind}: what a callback changes between the look and the delete is kept`, () =>
            use(async (inner) => {
                await clean();
                const client = clientOf(sandbox.base("apixo"), "apixo", { store: inner });
                const task = await client.submit(order());
                await task.wait();
                /** A second id comes to be known. */
                const contradict = async () => {
                    const record = await task.record();
                    if (record.conflict !== null) return;
                    const changed = {
                        ...record,
                        version: record.version + 1,
                        conflict: { phase: "waiting", source: "submit", at: record.at.updated, taskId: "task_2" },
                    };
                    const change = { record: changed, json: JSON.stringify(changed), blobs: [], expectedVersion: record.version, fence: true };
                    assert.equal(await inner.save(change), "done");
                };
                const store = { ...inner, delete: async (intentIds) => (await contradict(), inner.delete(intentIds)) };
                const racing = clientOf(sandbox.base("apixo"), "apixo", { store });
                assert.equal(await racing.prune(0), 0);
                assert.equal((await inner.list({})).tasks.length, 1);
                const looks = [];
                const early = { ...store, load: async (intentId) => (looks.push(intentId), looks.length > 1 ? inner.load(intentId) : sound) };
                const sound = JSON.stringify({ ...(await task.record()), conflict: null });
                const refused = await failureOf(clientOf(sandbox.base("apixo"), "apixo", { store: early }).delete(task.intentId));
                assert.deepEqual([refused.code, refused.intentId, looks.length], ["UNSUPPORTED", task.intentId, 2]);
                assert.equal((await inner.list({})).tasks.length, 1);
            }));

        test(`${kind}: a store that ignores the order is noticed`, () =>
            use(async (store) => {
                await clean();
                const deaf = { ...store, list: ({ newestFirst: _, ...filter }) => store.list(filter) };
                const client = clientOf(sandbox.base("apixo"), "apixo", { store: deaf });
                await orders(client, 3);
                assert.equal((await client.tasks()).records.length, 3);
                assert.equal((await client.tasks({ newestFirst: true, limit: 1 })).records.length, 1, "one is in every order");
                for (const asked of [() => client.tasks({ newestFirst: true }), () => collected(client.pages({ newestFirst: true }))]) {
                    const failure = await failureOf(asked());
                    assert.equal(failure.code, "STORE_ERROR");
                    assert.match(failure.message, /the task store gave records in another order than it was asked for/);
                }
            }));
    }

    test("a filter of wrong types is refused before the store is asked", async () => {
        const client = clientOf("http://127.0.0.1:9");
        const { store } = client;
        const deaf = clientOf("http://127.0.0.1:9", "apixo", { store: { ...store, list: () => assert.fail("it was asked") } });
        const wrong = [
            [{ phases: "waiting" }, /phases is a list of prepared, .*succeeded, .*discarded/],
            [{ phases: ["done"] }, /phases is a list of prepared, /],
            [{ owner: 5 }, /owner is text/],
            [{ unfinished: "yes" }, /unfinished is true or false/],
            [{ newestFirst: 1 }, /newestFirst is true or false/],
            [{ orConflicting: 0 }, /orConflicting is true or false/],
            [{ limit: 0 }, /limit is a whole number from 1/],
            [{ limit: "5" }, /limit is a whole number from 1/],
            [{ after: "x" }, /after\.intentId is text/],
            [{ after: { intentId: "x" } }, /after\.created is a whole number from 0/],
            [{ after: { created: 5 } }, /after\.intentId is text/],
            [{ createdFrom: "2026" }, /createdFrom is a whole number from 0/],
            [{ createdBefore: new Date("soon") }, /createdBefore is a whole number from 0/],
        ];
        for (const [filter, words] of wrong) {
            for (const asked of [() => deaf.tasks(filter), () => deaf.pages(filter).next()]) {
                const failure = await failureOf(asked(), JSON.stringify(filter));
                assert.equal(failure.code, "UNSUPPORTED");
                assert.match(failure.message, words);
            }
        }
        assert.deepEqual(
            (await client.tasks({ phases: ["waiting", "succeeded"], after: undefined, owner: undefined, limit: undefined })).records,
            [],
        );
    });

    test("a store that deletes nothing says so", async () => {
        await clean();
        const client = clientOf(sandbox.base("apixo"));
        const task = await client.submit(order());
        await task.wait();
        const { delete: _, ...without } = client.store;
        const failure = await failureOf(clientOf(sandbox.base("apixo"), "apixo", { store: without }).delete(task.intentId));
        assert.equal(failure.code, "STORE_ERROR");
    });
});
