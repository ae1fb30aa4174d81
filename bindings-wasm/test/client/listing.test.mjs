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
                for (const time of [-1, 1.5, "0", Number.NaN]) await failureOf(client.tasks({ createdFrom: time }), String(time));
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
