// The suite that every store passes: in memory, in a file, in a Durable Object. Each case gets an empty store.

import assert from "node:assert/strict";
import { INBOX } from "./inbox.mjs";
import { blob, change, intent, next, START, task, text } from "./records.mjs";

const MIB = 1024 * 1024;

const insert = async (store, record, ...blobs) => assert.equal(await store.save(change(record, { blobs })), "done");

const refused = async (call, kind, words) => {
    const error = await Promise.resolve().then(call).then(() => assert.fail("it was not refused"), (error) => error);
    assert.equal(error.name, "StoreFault", String(error));
    assert.equal(error.kind, kind, error.message);
    assert.match(error.message, words);
    assert.match(error.message, /^[^A-Z].*[^.]$/s);
};

const ids = (page) => page.tasks.map(({ intentId }) => intentId);

export const CASES = {
    async "a record comes back letter for letter"(store) {
        assert.equal(await store.load(intent(1)), null);
        await insert(store, task(1));
        assert.equal(await store.load(intent(1)), text(task(1)));
        assert.deepEqual((await store.list({})).tasks, [{ intentId: intent(1), json: text(task(1)) }]);
    },

    async "a save takes effect only on the version that it expects"(store) {
        const first = task(1);
        assert.equal(await store.save(change(next(first))), "conflict", "nothing is stored yet");
        await insert(store, first);
        assert.equal(await store.save(change(first)), "conflict", "the intent id is taken");
        const second = next(first, { taskId: "t-1" });
        assert.equal(await store.save(change(second, { fence: false })), "done");
        assert.equal(await store.save(change(next(first, { taskId: "t-2" }), { blobs: [blob("raw", "late")] })), "conflict");
        assert.equal(await store.load(intent(1)), text(second));
        assert.equal(await store.blob(intent(1), "raw"), null, "a conflict stores no blob either");
    },

    async "a version that does not follow is a mistake"(store) {
        for (const [version, expectedVersion] of [[0, 0], [2, 0], [1, 1], [3, 1], [1, NaN], [1, undefined]]) {
            const save = { ...change(task(1, { version })), expectedVersion };
            await refused(() => store.save(save), "misuse", /cannot follow/);
        }
        assert.deepEqual(await store.list({}), { tasks: [], next: null });
    },

    async "a caller's key is unique within provider and account"(store) {
        const keyed = (number, account) => task(number, { callerKey: "invoice-7", account });
        await insert(store, keyed(1, "default"));
        assert.equal(await store.save(change(keyed(2, "default"), { blobs: [blob("request", "x")] })), "conflict");
        assert.equal(await store.blob(intent(2), "request"), null);
        await insert(store, keyed(3, "second"));
        await insert(store, { ...keyed(5, "default"), provider: "other" });
        await insert(store, task(4));
        assert.equal(await store.save(change(next(keyed(4, "default")))), "conflict", "a key cannot be taken later either");
        assert.equal(await store.load(intent(4)), text(task(4)));
        assert.equal(await store.save(change(next(keyed(1, "default")))), "done", "its own key is no obstacle");
        const by = (account) => store.find({ provider: "demo", account, owner: null, key: "invoice-7" });
        assert.deepEqual(await by("default"), [text(next(keyed(1, "default")))]);
        assert.deepEqual(await by("second"), [text(keyed(3, "second"))]);
        assert.deepEqual(await by("third"), []);
    },

    async "a key is its owner's: another owner, or none, has the same one for itself"(store) {
        const keyed = (number, owner) => task(number, { callerKey: "invoice-7", owner });
        for (const [number, owner] of [null, "ada", "eve"].entries()) await insert(store, keyed(number, owner));
        for (const [number, owner] of [null, "", "ada", "eve"].entries()) {
            assert.equal(await store.save(change(keyed(9 + number, owner))), "conflict", `${owner}: no owner and an empty one are the same`);
        }
        const by = (owner) => store.find({ provider: "demo", account: "default", owner, key: "invoice-7" });
        for (const [owner, number] of [[null, 0], ["", 0], ["ada", 1], ["eve", 2]]) {
            assert.deepEqual(await by(owner), [text(keyed(number, [null, "ada", "eve"][number]))], String(owner));
        }
        assert.deepEqual(await by("bob"), []);
    },

    async "one task id may belong to several intents"(store) {
        // The later number is the older one.
        const same = (number) => task(number, { taskId: "same", at: { ...task(number).at, created: START - number } });
        for (const number of [1, 2]) {
            await insert(store, same(number));
        }
        await insert(store, task(3, { taskId: "same", provider: "other" }));
        await insert(store, task(4));
        const found = await store.find({ provider: "demo", taskId: "same" });
        assert.deepEqual(found, [text(same(2)), text(same(1))], "oldest first");
    },

    async "a record is found by the key and the id that it has now, and by none once it is gone"(store) {
        const key = (name) => store.find({ provider: "demo", account: "default", owner: null, key: name });
        const id = (name) => store.find({ provider: "demo", taskId: name });
        const first = task(1, { callerKey: "invoice-7", taskId: "t-1" });
        await insert(store, first);
        const second = next(first, { callerKey: null, taskId: "t-2", phase: "failed" });
        assert.equal(await store.save(change(second)), "done");
        assert.deepEqual([await key("invoice-7"), await id("t-1"), await id("t-2")], [[], [], [text(second)]]);
        const other = task(2, { callerKey: "invoice-7", taskId: "t-2", phase: "failed" });
        await insert(store, other);
        assert.deepEqual([await key("invoice-7"), await id("t-2")], [[text(other)], [text(second), text(other)]]);
        assert.equal(await store.delete([intent(2), intent(2), intent(3)]), 1);
        assert.deepEqual([await key("invoice-7"), await id("t-2")], [[], [text(second)]]);
        await insert(store, task(4, { callerKey: "invoice-7" }));
    },

    async "blobs of any size come back and go"(store) {
        const large = new Uint8Array(2 * MIB + 12_345).map((_, index) => index % 251);
        const exact = new Uint8Array(MIB).fill(7);
        // A view of a larger buffer is only what it shows.
        await insert(store, task(1), blob("request", large), blob("raw", exact), blob("part", large.subarray(5, 9)));
        const same = async (name, bytes) => {
            const found = await store.blob(intent(1), name);
            assert.ok(found instanceof Uint8Array);
            assert.ok(found.length === bytes.length && found.every((byte, index) => byte === bytes[index]), name);
        };
        await same("request", large);
        await same("raw", exact);
        await same("part", large.subarray(5, 9));
        assert.equal(await store.blob(intent(1), "none"), null);
        assert.equal(await store.blob(intent(2), "raw"), null);

        const second = next(task(1));
        await insert(store, second, { name: "request", bytes: null }, blob("raw", ""), { name: "none", bytes: null });
        assert.equal(await store.blob(intent(1), "request"), null);
        await same("raw", new Uint8Array(0));
        await insert(store, next(second));
        await same("raw", new Uint8Array(0));
        await insert(store, next(next(second)), blob("raw", exact), blob("raw", "later"));
        await same("raw", new TextEncoder().encode("later"));
    },

    async "filters select by every column"(store) {
        const tasks = [
            task(0, { provider: "other" }),
            task(1, { account: "second" }),
            task(2, { owner: "ada" }),
            task(3, { phase: "succeeded", due: null }),
            task(4, { phase: "unresolved", due: { at: 500, set: 400 } }),
            task(5),
        ];
        for (const record of tasks) {
            await insert(store, record);
        }
        for (
            const [filter, expected] of [
                [{}, [0, 1, 2, 3, 4, 5]],
                [{ provider: "other" }, [0]],
                [{ account: "second" }, [1]],
                [{ owner: "ada" }, [2]],
                [{ phases: ["succeeded", "unresolved"] }, [3, 4]],
                [{ phases: [] }, []],
                [{ dueBefore: 501 }, [4]],
                [{ dueBefore: 500 }, []],
                [{ createdBefore: START + 2 }, [0, 1]],
                [{ createdFrom: START + 2 }, [2, 3, 4, 5]],
                [{ createdFrom: START + 1, createdBefore: START + 3 }, [1, 2]],
                [{ createdFrom: START + 3, newestFirst: true }, [5, 4, 3]],
                [{ newestFirst: false, limit: 2 }, [0, 1]],
                [{ provider: "demo", account: "default", phases: ["waiting"], createdBefore: START + 5 }, [2]],
                [{ provider: "demo' OR 1=1 --" }, []],
                [{ provider: undefined, phases: undefined, limit: undefined, after: undefined }, [0, 1, 2, 3, 4, 5]],
            ]
        ) {
            assert.deepEqual(ids(await store.list(filter)), expected.map(intent), JSON.stringify(filter));
        }
    },

    async "records with a second task id are found whatever their phase"(store) {
        const conflict = (taskId) => ({ phase: "waiting", source: "submit", at: START, ...(taskId !== undefined && { taskId }) });
        await insert(store, task(0, { phase: "unresolved" }));
        await insert(store, task(1, { phase: "succeeded", conflict: conflict("t-2") }));
        await insert(store, task(2, { phase: "succeeded", conflict: conflict(null) }));
        await insert(store, task(3, { phase: "succeeded", conflict: conflict(undefined) }));
        await insert(store, task(4, { account: "second", conflict: conflict("t-3") }));
        const found = async (filter) => ids(await store.list({ account: "default", ...filter }));
        assert.deepEqual(await found({ phases: ["unresolved"], orConflicting: true }), [0, 1].map(intent));
        assert.deepEqual(await found({ phases: ["unresolved"] }), [intent(0)]);
        assert.deepEqual(await found({ phases: ["unresolved"], orConflicting: false }), [intent(0)]);
        assert.deepEqual(await found({ orConflicting: true }), [0, 1, 2, 3].map(intent), "without phases it restricts nothing");
    },

    async "pages are complete and ordered, also where times are equal"(store) {
        // Four at a time are equally old, and the ones with the greater numbers are older.
        const at = (number) => ({ ...task(number).at, created: START + Math.trunc((9 - number) / 4) });
        for (const number of [5, 3, 9, 1, 7, 8, 2, 6, 4, 0]) {
            await insert(store, task(number, { at: at(number) }));
        }
        const pages = [];
        let next;
        do {
            const page = await store.list({ limit: 3, ...(next && { after: next }) });
            pages.push(ids(page));
            next = page.next;
            // What is deleted or stored before the place moves nothing after it.
            await store.save(change(task(6, { version: 2, phase: "failed", at: at(6) })));
            await store.delete([intent(6)]);
        } while (next !== null);
        assert.deepEqual(pages.map((page) => page.length), [3, 3, 3, 1]);
        assert.deepEqual(pages.flat(), [6, 7, 8, 9, 2, 3, 4, 5, 0, 1].map(intent));
        assert.equal((await store.list({ limit: 9 })).next, null, "nine are left: no empty page follows");
        assert.deepEqual(await store.list({ limit: 0 }), { tasks: [], next: null });
        const after = { created: START, intentId: intent(8) };
        assert.deepEqual(await store.list({ limit: 0, after }), { tasks: [], next: after });
        assert.deepEqual(ids(await store.list({ after, limit: 1 })), [intent(9)]);
    },

    async "pages with the newest first are the others from behind, whatever is stored before the place"(store) {
        const at = (number) => ({ ...task(number).at, created: START + Math.trunc(number / 4) });
        for (const number of [5, 3, 9, 1, 7, 8, 2, 6, 4, 0]) await insert(store, task(number, { at: at(number) }));
        const pages = [];
        let next;
        do {
            const page = await store.list({ newestFirst: true, limit: 3, ...(next && { after: next }) });
            pages.push(ids(page));
            next = page.next;
            if (pages.length === 1) await insert(store, task(10, { at: at(10) }));
        } while (next !== null);
        assert.deepEqual(pages.map((page) => page.length), [3, 3, 3, 1]);
        assert.deepEqual(pages.flat(), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(intent));
        assert.deepEqual(ids(await store.list({ newestFirst: true, limit: 1 })), [intent(10)]);
    },

    async "only tasks that have ended are deleted, with all that is theirs"(store) {
        const event = (at) => ({ at, kind: "phase", data: { to: "waiting" } });
        const ended = ["succeeded", "failed", "cancelled", "rejected", "discarded"];
        const open = ["prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"];
        for (const [number, phase] of [...ended, ...open].entries()) {
            await insert(store, task(number, { phase }), blob("raw", "{}"));
            await store.appendEvents(intent(number), [event(1), event(2)]);
        }
        const all = Array.from({ length: 11 }, (_, number) => intent(number));
        assert.equal(await store.delete([...all, "unknown", ...all]), 5);
        assert.deepEqual(ids(await store.list({})), all.slice(5));
        assert.equal(await store.blob(intent(0), "raw"), null);
        assert.deepEqual(await store.events(intent(0)), []);
        assert.equal((await store.blob(intent(10), "raw")).length, 2);
        assert.equal((await store.events(intent(10))).length, 2);
        await insert(store, task(0));
        assert.equal(await store.blob(intent(0), "raw"), null, "a new task of that name has nothing of the old one");
        assert.deepEqual(await store.events(intent(0)), []);
    },

    async "a record with a second task id is not deleted: it may have come since somebody looked"(store) {
        const conflict = (taskId) => ({ phase: "waiting", source: "submit", at: START, taskId });
        await insert(store, task(0, { phase: "succeeded", conflict: conflict("t-2") }));
        await insert(store, task(1, { phase: "succeeded", conflict: conflict(null) }));
        await insert(store, task(2, { phase: "succeeded" }));
        assert.equal(await store.delete([0, 1, 2].map(intent)), 2);
        assert.deepEqual(ids(await store.list({})), [intent(0)]);
    },

    async "events keep their order and need their task"(store) {
        await store.appendEvents(intent(1), [{ at: 1, kind: "phase", data: {} }]);
        await insert(store, task(1));
        const seen = [{ at: 9, kind: "phase", data: { b: 1.5, a: ["é", null, { c: true }] } }, { at: 3, kind: "held", data: {} }];
        await store.appendEvents(intent(1), seen.slice(0, 1));
        await store.appendEvents(intent(1), []);
        await store.appendEvents(intent(1), seen.slice(1));
        assert.deepEqual(await store.events(intent(1)), seen);
        await insert(store, next(task(1)));
        assert.deepEqual(await store.events(intent(1)), seen, "a save leaves them alone");
    },

    async "what happened is saved with its record, or not at all"(store) {
        const event = (at) => ({ at, kind: "phase", data: { to: "waiting" } });
        assert.equal(store.savesHistory, true);
        assert.equal(await store.save({ ...change(task(1)), events: [event(2), event(1)] }), "done");
        assert.equal(await store.save({ ...change(task(1)), events: [event(3)] }), "conflict");
        await store.appendEvents(intent(1), [event(4)]);
        assert.equal(await store.save({ ...change(next(task(1))), events: [event(5)] }), "done");
        assert.equal(await store.save({ ...change(next(task(1))), events: [event(6)] }), "conflict");
        await insert(store, next(next(task(1))));
        assert.deepEqual(await store.events(intent(1)), [2, 1, 4, 5].map(event));
    },

    async "a value is set once or again"(store) {
        assert.equal(await store.meta("callback.1"), null);
        assert.equal(await store.setMeta("callback.1", "first", true), "first");
        assert.equal(await store.setMeta("callback.1", "second", true), "first", "the one that stands");
        assert.equal(await store.setMeta("callback.1", "third", false), "third");
        assert.equal(await store.meta("callback.1"), "third");
        assert.equal(await store.setMeta("empty", "", true), "");
        assert.equal(await store.setMeta("empty", "late", true), "", "empty is not absent");
        assert.equal(await store.setMeta("new", "value", false), "value");
    },

    async "a number is only ever moved upwards"(store) {
        assert.equal(await store.raiseMeta("hold", 500), 500);
        assert.equal(await store.raiseMeta("hold", 400), 500);
        assert.equal(await store.meta("hold"), "500");
        // As numbers, not as texts.
        assert.equal(await store.raiseMeta("hold", 1_800_000_000_000), 1_800_000_000_000);
        assert.equal(await store.meta("hold"), "1800000000000");
        await store.setMeta("hold", "soon", false);
        assert.equal(await store.raiseMeta("hold", 7), 7, "what is no number counts as 0");
        assert.deepEqual(await Promise.all([9, 8, 11, 10].map((value) => store.raiseMeta("other", value))), [9, 9, 11, 11]);
    },

    async "what goes in and out is a copy"(store) {
        const record = task(1, { owner: "ada" });
        const bytes = new Uint8Array([1, 2, 3]);
        const event = { at: 1, kind: "phase", data: { to: "waiting" } };
        await insert(store, record, { name: "raw", bytes });
        await store.appendEvents(intent(1), [event]);
        record.owner = "eve";
        bytes[0] = 9;
        event.data.to = "nowhere";
        assert.deepEqual(ids(await store.list({ owner: "ada" })), [intent(1)]);
        (await store.blob(intent(1), "raw"))[1] = 9;
        assert.deepEqual([...await store.blob(intent(1), "raw")], [1, 2, 3]);
        (await store.events(intent(1)))[0].data.to = "elsewhere";
        assert.equal((await store.events(intent(1)))[0].data.to, "waiting");
    },

    async "of many that race for a version one wins"(store) {
        await insert(store, task(1));
        const racers = Array.from({ length: 50 }, (_, racer) => next(task(1), { taskId: `t-${racer}` }));
        const saved = await Promise.all(racers.map(async (racer) => store.save(change(racer))));
        const winners = racers.filter((_, racer) => saved[racer] === "done");
        assert.equal(winners.length, 1);
        assert.equal(await store.load(intent(1)), text(winners[0]));
    },

    async "saves of one task take effect in the order of the calls"(store) {
        const versions = [task(1)];
        for (let count = 1; count < 20; count++) {
            versions.push(next(versions.at(-1)));
        }
        const saved = await Promise.all(versions.map(async (record, index) => store.save(change(record, { fence: index % 2 === 0 }))));
        assert.deepEqual(new Set(saved), new Set(["done"]));
        assert.equal(await store.load(intent(1)), text(versions.at(-1)));
    },

    async "text of every kind comes back as it was"(store) {
        const odd = "'\"; DROP TABLE gentask_task; -- ${x} \u2028 \u{1F600} é";
        await insert(store, task(1, { callerKey: odd, taskId: odd, owner: odd, account: odd }), blob(odd, "x"));
        const expected = await store.load(intent(1));
        assert.equal(JSON.parse(expected).owner, odd);
        assert.deepEqual(await store.find({ provider: "demo", account: odd, owner: odd, key: odd }), [expected]);
        assert.deepEqual(await store.find({ provider: "demo", taskId: odd }), [expected]);
        assert.equal((await store.list({ owner: odd })).tasks.length, 1);
        assert.equal((await store.blob(intent(1), odd)).length, 1);
        assert.equal(await store.setMeta(odd, odd, false), odd);
    },

    ...INBOX,
};
