// What every store that keeps callbacks does with them.

import assert from "node:assert/strict";
import { blob, change, intent, next, START, task, text } from "./records.mjs";

const DAY = 86_400_000;

/** A callback of the task with this number. */
export function delivery(number, more = {}) {
    return {
        provider: "demo",
        account: "default",
        dedupe: `id:${number}`,
        receivedAt: START + number,
        expiresAt: START + number + 7 * DAY,
        verified: false,
        outcome: "poke",
        intentId: intent(number),
        taskId: `t-${number}`,
        body: new Uint8Array([0, 255, number]),
        ...more,
    };
}

const insert = async (store, record) => assert.equal(await store.save(change(record)), "done");
const names = async (store, filter) => (await store.deliveries(filter)).map(({ dedupe }) => dedupe);

/** Fills a database to the brim with callbacks whose task is not known, the oldest named `old:1`. */
export const FLOOD = `INSERT INTO gentask_delivery(provider, account, dedupe, received_at, expires_at, verified, outcome, task_id, body)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    SELECT 'demo', 'default', 'old:' || i, i, ${START + 30 * DAY}, 1, 'orphan', 't-' || i, x'' FROM n`;

/** What comes after a flood takes the place of the oldest, of its account only. Says what is left. */
export async function overflow(store) {
    await store.remember(delivery(1, { outcome: "orphan", intentId: null }));
    await store.remember(delivery(2, { outcome: "orphan", intentId: null, account: "second" }));
    await store.remember(delivery(3));
    const left = await names(store, {});
    return [left.length, left.slice(0, 3), left.at(-1)];
}

/** What is left then. */
export const OVERFLOWN = [10_002, ["id:3", "id:2", "id:1"], "old:2"];

export const INBOX = {
    async "a callback comes back as it was, and is stored once"(store) {
        assert.deepEqual(await store.deliveries({}), []);
        const first = delivery(1);
        assert.equal(await store.remember(first), true);
        assert.equal(await store.remember({ ...first, outcome: "applied", body: new Uint8Array() }), false);
        assert.deepEqual(await store.deliveries({}), [first]);
        assert.equal(await store.remember({ ...first, account: "second" }), true);
        assert.equal(await store.remember({ ...first, provider: "other" }), true);
        const bare = delivery(2, { intentId: null, taskId: null, verified: true, outcome: "orphan", body: new Uint8Array() });
        assert.equal(await store.remember(bare), true);
        assert.deepEqual(await store.deliveries({ dedupe: "id:2" }), [bare]);
    },

    async "callbacks are searched by everything that is asked for, the newest first"(store) {
        await store.remember(delivery(1));
        await store.remember(delivery(2, { outcome: "orphan", intentId: null }));
        await store.remember(delivery(3, { account: "second", taskId: "t-1" }));
        await store.remember(delivery(4, { receivedAt: START + 3, dedupe: "id:0" }));
        assert.deepEqual(await names(store, {}), ["id:0", "id:3", "id:2", "id:1"]);
        assert.deepEqual(await names(store, { limit: 2 }), ["id:0", "id:3"]);
        assert.deepEqual(await names(store, { provider: "demo", account: "default", dedupe: "id:1" }), ["id:1"]);
        assert.deepEqual(await names(store, { taskId: "t-1" }), ["id:3", "id:1"]);
        assert.deepEqual(await names(store, { intentId: intent(1) }), ["id:1"]);
        assert.deepEqual(await names(store, { provider: "demo", taskId: "t-2", outcome: "orphan" }), ["id:2"]);
        assert.deepEqual(await names(store, { provider: "other" }), []);
        assert.deepEqual(await names(store, { account: undefined, keptAt: START + 2 + 7 * DAY }), ["id:0", "id:3"]);
    },

    async "a callback that is over is none: it is taken again, and no store keeps it for ever"(store) {
        await store.remember(delivery(1));
        const later = delivery(1, { receivedAt: START + 8 * DAY, expiresAt: START + 9 * DAY });
        assert.equal(await store.remember(later), true);
        assert.deepEqual(await store.deliveries({}), [later]);
    },

    async "a save takes its callback with it, or neither"(store) {
        const first = task(1);
        await insert(store, first);
        const second = next(first, { phase: "fetching" });
        const save = { ...change(second), delivery: delivery(1) };
        assert.equal(await store.save({ ...change(next(second)), delivery: delivery(2) }), "conflict", "another version is stored");
        assert.deepEqual(await store.deliveries({}), []);
        assert.equal(await store.save(save), "done");
        assert.deepEqual(await store.deliveries({}), [delivery(1)]);
        const third = next(second);
        const again = { ...change(third, { blobs: [blob("raw", "late")] }), delivery: delivery(1, { receivedAt: START + DAY, outcome: "applied" }) };
        assert.equal(await store.save(again), "conflict", "it was taken before");
        assert.equal(await store.load(intent(1)), text(second));
        assert.equal(await store.blob(intent(1), "raw"), null);
        assert.deepEqual(await store.deliveries({}), [delivery(1)]);
    },

    async "an orphan becomes its task's"(store) {
        await insert(store, task(1));
        const orphan = delivery(1, { outcome: "orphan", intentId: null, expiresAt: START + DAY });
        assert.equal(await store.remember(orphan), true);
        const matched = delivery(1, { receivedAt: START + 9, outcome: "applied" });
        assert.equal(await store.save({ ...change(next(task(1))), delivery: matched }), "done");
        assert.deepEqual(await store.deliveries({}), [matched]);
    },

    async "an end is told until it is acknowledged, once for each task"(store) {
        const first = task(1);
        const ended = (number, updated) => {
            const record = task(number);
            return next(record, { phase: "succeeded", at: { ...record.at, updated: START + updated } });
        };
        for (const number of [1, 2, 3]) await insert(store, task(number, number === 3 ? { account: "second" } : {}));
        assert.deepEqual(await store.notices({}), []);
        const late = ended(1, 9_000);
        assert.equal(await store.save({ ...change(late), isEnd: true }), "done");
        const early = ended(2, 5_000);
        assert.equal(await store.save({ ...change(early), isEnd: true }), "done");
        const other = { ...ended(3, 7_000), account: "second" };
        assert.equal(await store.save({ ...change(other), isEnd: true }), "done");
        assert.deepEqual(await store.notices({}), [early, other, late].map(text), "the oldest end first");
        assert.deepEqual(await store.notices({ provider: "demo", account: "default", limit: 1 }), [text(early)]);
        assert.deepEqual(await store.notices({ provider: "other" }), []);

        assert.equal(await store.acknowledge(intent(2), START + 10_000), true);
        assert.equal(await store.acknowledge(intent(2), START + 10_001), false, "somebody has said so");
        assert.equal(await store.acknowledge(intent(9), START), false);
        // What is noted about an end later is no second end.
        const noted = next(early, { at: { ...early.at, updated: START + 11_000 } });
        assert.equal(await store.save({ ...change(noted), isEnd: true }), "done");
        const corrected = next(late, { at: { ...late.at, updated: START + 12_000 } });
        assert.equal(await store.save({ ...change(corrected), isEnd: true }), "done");
        assert.deepEqual(await store.notices({ account: "default" }), [text(corrected)]);
        assert.equal(await store.delete([intent(1)]), 1);
        assert.deepEqual(await store.notices({ account: "default" }), [], "a notice goes with its task");
        assert.equal(first.version, 1);
    },

    async "of many that bring one callback one is taken"(store) {
        await insert(store, task(1));
        const saved = await Promise.all(
            Array.from({ length: 50 }, async () => store.save({ ...change(next(task(1)), { fence: false }), delivery: delivery(1) })),
        );
        assert.equal(saved.filter((done) => done === "done").length, 1);
        const remembered = await Promise.all(Array.from({ length: 50 }, async () => store.remember(delivery(2))));
        assert.equal(remembered.filter((isNews) => isNews).length, 1);
    },
};
