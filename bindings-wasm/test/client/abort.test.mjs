// Whoever leaves is let go at once. A task goes on, and a submit that is under way is saved under the intent that its caller is told.
//
// "At once" is proven against a server that stays silent: what is left must end while nobody has answered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce, clientOf, deferred, failureOf, idle, isSettled, only, order, until } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

const { memoryStore } = gentask;

const ACCEPTED = answerOf(200, { code: 200, data: { taskId: "task_1" } });
const PROCESSING = answerOf(200, { code: 200, data: { state: "processing" } });
const SUCCESS = answerOf(200, { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } });

/** A provider whose answers are given by hand: `mode` says how polls are answered, and submits wait for `letGo` where they are held. */
async function provider(use, { holds = false } = {}) {
    const held = deferred();
    if (!holds) held.resolve();
    const state = { mode: "silent", letGo: held.resolve, closed: 0 };
    const answer = async (socket, { method }) => {
        if (method === "POST") {
            await held.promise;
            return socket.write(ACCEPTED);
        }
        if (state.mode === "processing") socket.write(PROCESSING);
        else if (state.mode === "success") socket.write(SUCCESS);
        else socket.once("close", () => state.closed++);
    };
    return withServer(answer, (server) => {
        state.count = (wanted) => server.requests.filter(({ method }) => method === wanted).length;
        return use(state, server);
    });
}

/** Nothing of the task is lost: it can be waited for, and was paid for once. */
async function goesOn(state, client, intentId) {
    state.mode = "success";
    const reply = await (await client.task(intentId)).wait();
    assert.deepEqual([reply.status, reply.taskId, state.count("POST")], ["success", "task_1", 1]);
}

function isAborted(failure, code, cause) {
    assert.deepEqual([failure.name, failure.code], ["AbortError", code], failure.stack);
    if (cause !== undefined) assert.equal(failure.cause, cause);
}

test("a signal that is aborted already sends nothing, stores nothing and asks for no key", () =>
    provider(async (_state, server) => {
        let asked = 0;
        const store = memoryStore();
        const client = clientOf(server.origin, "apixo", { store, apiKey: () => String(asked++) });
        for (const key of [undefined, "order-42"]) {
            const reason = new Error("enough");
            isAborted(await failureOf(client.submit(order("apixo", "", { key, signal: AbortSignal.abort(reason) }))), "CANCELLED", reason);
        }
        await client.settled();
        assert.deepEqual([asked, server.connections, (await client.tasks()).records.length], [0, 0, 0]);
    }));

for (const stage of ["the key is asked for", "the store looks for the caller's key"]) {
    test(`an abort while ${stage} leaves the submit undone`, () =>
        provider(async (_state, server) => {
            const gate = deferred();
            const entered = deferred();
            const store = memoryStore();
            const wait = async (value) => {
                entered.resolve();
                await gate.promise;
                return value();
            };
            const isKey = stage.startsWith("the key");
            const apiKey = isKey ? () => wait(() => "sk-late-but-good") : "sk-good-enough";
            const client = clientOf(server.origin, "apixo", {
                apiKey,
                store: isKey ? store : { ...store, find: (by) => wait(() => store.find(by)) },
            });
            const leave = new AbortController();
            const submitted = client.submit(order("apixo", "", { key: "order-42", signal: leave.signal }));
            await entered.promise;
            leave.abort();
            isAborted(await failureOf(atOnce(submitted)), "CANCELLED");
            gate.resolve();
            await client.settled();
            assert.deepEqual([server.connections, (await client.tasks()).records.length], [0, 0]);
        }));
}

for (const key of [undefined, "order-42"]) {
    test(`an abort during the submit names the intent, and the submit runs on and is saved (${key ? "with" : "without"} a key)`, () =>
        provider(
            async (state, server) => {
                const client = clientOf(server.origin);
                const leave = new AbortController();
                const reason = { why: "a reason need not be an Error" };
                const submitted = client.submit(order("apixo", "", { key, signal: leave.signal }));
                await until(() => state.count("POST") === 1);
                leave.abort(reason);
                const failure = await failureOf(atOnce(submitted));
                isAborted(failure, "WAIT_TIMEOUT", reason);
                // It goes on: there is nothing to adopt or to discard.
                assert.deepEqual([failure.reply.status, failure.billing], ["pending", "possible"]);
                assert.ok(!/adopt|discard/.test(failure.suggestions.join()), failure.suggestions.join());
                const { intentId, phase } = await only(client);
                assert.deepEqual([failure.intentId, phase, failure.message.includes(intentId)], [intentId, "submitting", true]);
                state.letGo();
                await client.settled();
                assert.deepEqual([(await only(client)).phase, (await only(client)).taskId], ["waiting", "task_1"]);
                await goesOn(state, client, intentId);
            },
            { holds: true },
        ));
}

test("an abort after the submit changes nothing", () =>
    provider(async (state, server) => {
        const client = clientOf(server.origin);
        const leave = new AbortController();
        const task = await client.submit(order("apixo", "", { signal: leave.signal }));
        leave.abort();
        await goesOn(state, client, task.intentId);
    }));

test("an abort of one of two submits under one key leaves the other in peace", () =>
    provider(
        async (state, server) => {
            const client = clientOf(server.origin);
            const leave = new AbortController();
            const first = client.submit(order("apixo", "", { key: "order-42", signal: leave.signal }));
            await until(() => state.count("POST") === 1);
            const second = client.submit(order("apixo", "", { key: "order-42" }));
            leave.abort();
            isAborted(await failureOf(atOnce(first)), "WAIT_TIMEOUT");
            state.letGo();
            assert.equal((await second).taskId, "task_1");
            await goesOn(state, client, (await second).intentId);
        },
        { holds: true },
    ));

const LEFT = {
    wait: (task, signal) => task.wait({ signal }),
    "wait with a listener": (task, signal) => task.wait({ signal, onUpdate: () => undefined }),
    check: (task, signal) => task.check({ force: true, signal }),
    updates: async (task, signal) => {
        for await (const _ of task.updates({ signal }));
    },
};

for (const [name, leaves] of Object.entries(LEFT)) {
    test(`${name}: an abort ends it while the server is silent, and hangs up`, () =>
        provider(async (state, server) => {
            const client = clientOf(server.origin, "apixo", { requestTimeout: 60 });
            const task = await client.submit(order());
            const leave = new AbortController();
            const reason = new Error("enough");
            const left = leaves(task, leave.signal);
            await until(() => state.count("GET") === 1);
            leave.abort(reason);
            const failure = await failureOf(atOnce(left));
            isAborted(failure, "WAIT_TIMEOUT", reason);
            assert.deepEqual([failure.intentId, failure.taskId], [task.intentId, "task_1"]);
            await until(() => state.closed === 1);
            assert.equal((await task.record()).phase, "waiting");
            await goesOn(state, client, task.intentId);
        }));

    test(`${name}: a signal that is aborted already asks nobody`, () =>
        provider(async (state, server) => {
            const client = clientOf(server.origin);
            const task = await client.submit(order());
            isAborted(await failureOf(leaves(task, AbortSignal.abort())), "WAIT_TIMEOUT");
            assert.equal(state.count("GET"), 0);
            await goesOn(state, client, task.intentId);
        }));
}

test("an abort between two polls ends the wait at once, though the next poll is far", () =>
    provider(async (state, server) => {
        const client = clientOf(server.origin, "apixo", { poll: { initial: 3_600 }, timeout: 7_200 });
        const task = await client.submit(order());
        const waited = task.wait({ signal: AbortSignal.timeout(30) });
        const failure = await failureOf(atOnce(waited));
        isAborted(failure, "WAIT_TIMEOUT");
        assert.equal(failure.cause.name, "TimeoutError");
        assert.equal(state.count("GET"), 0);
    }));

test("a wait that was left asks nobody any more", () =>
    provider(async (state, server) => {
        state.mode = "processing";
        const client = clientOf(server.origin);
        const task = await client.submit(order());
        const leave = new AbortController();
        const waited = task.wait({ signal: leave.signal });
        await until(() => state.count("GET") > 1);
        leave.abort();
        isAborted(await failureOf(atOnce(waited)), "WAIT_TIMEOUT");
        const asked = state.count("GET");
        // Another task of the same schedule shows the time that many polls take.
        const other = clientOf(server.origin);
        await failureOf((await other.submit(order())).wait({ timeout: 0.3 }));
        const { attempts } = await task.record();
        assert.ok(attempts.polls <= asked + 1, `${attempts.polls} of ${asked}: one may have been on its way`);
        assert.ok(state.count("GET") > asked + 2);
        state.mode = "success";
        assert.equal((await task.wait()).status, "success");
    }));

test("whoever breaks out of updates is let go, and nothing is asked any more", () =>
    provider(async (state, server) => {
        state.mode = "processing";
        const client = clientOf(server.origin, "apixo", { requestTimeout: 60 });
        const task = await client.submit(order());
        for await (const reply of task.updates()) {
            // How it is at first.
            if (reply.status === "pending") continue;
            assert.equal(reply.status, "processing");
            // The next poll is on its way, and will not be answered.
            state.mode = "silent";
            const asked = state.count("GET");
            await until(() => state.count("GET") > asked);
            break;
        }
        await until(() => state.closed === 1);
        await goesOn(state, client, task.intentId);
    }));

test("updates whose reader throws are left like a wait", () =>
    provider(async (state, server) => {
        state.mode = "processing";
        const client = clientOf(server.origin);
        const task = await client.submit(order());
        const mine = new Error("my own trouble");
        await assert.rejects(async () => {
            for await (const _ of task.updates()) throw mine;
        }, mine);
        await goesOn(state, client, task.intentId);
    }));

test("what onUpdate throws ends the wait, not the task, and is thrown as it is", () =>
    provider(async (state, server) => {
        for (const mine of [new Error("my own trouble"), "a text", null]) {
            state.mode = "processing";
            const client = clientOf(server.origin, "apixo", { timeout: 600 });
            const task = await client.submit(order());
            const waited = task.wait({
                onUpdate: () => {
                    throw mine;
                },
            });
            const thrown = await atOnce(waited).then(() => assert.fail("it succeeded"), (error) => [error]);
            assert.deepEqual(thrown, [mine]);
            state.mode = "success";
            assert.equal((await task.wait()).status, "success");
        }
    }));

test("what onEvent throws is told on the console and disturbs nothing", () =>
    provider(async (state, server) => {
        state.mode = "success";
        const told = [];
        const { error } = console;
        console.error = (...words) => told.push(words);
        try {
            for (const mine of [new Error("my own trouble"), null]) {
                const client = clientOf(server.origin, "apixo", {
                    onEvent: () => {
                        throw mine;
                    },
                });
                assert.equal((await (await client.submit(order())).wait()).status, "success");
            }
        } finally {
            console.error = error;
        }
        assert.ok(told.length > 0);
    }));

test("listeners that are async functions and reject disturb nothing", () =>
    provider(async (state, server) => {
        const told = [];
        const { error } = console;
        console.error = (...words) => told.push(words);
        try {
            state.mode = "processing";
            const client = clientOf(server.origin, "apixo", {
                onEvent: async () => {
                    throw new Error("my own trouble");
                },
            });
            const task = await client.submit(order());
            await task.check({ force: true });
            await goesOn(state, client, task.intentId);
            await new Promise((resolve) => setTimeout(resolve, 0));
        } finally {
            console.error = error;
        }
        assert.ok(told.length > 0);
    }));

test("resume: an abort ends it while the server is silent, and every task is kept", () =>
    provider(async (state, server) => {
        const client = clientOf(server.origin, "apixo", { requestTimeout: 60 });
        const tasks = [];
        for (let count = 0; count < 3; count++) tasks.push(await client.submit(order()));
        const leave = new AbortController();
        const reason = new Error("enough");
        const told = [];
        const resumed = client.resume({ signal: leave.signal, concurrency: 2, onReply: (one) => told.push(one) });
        await until(() => state.count("GET") === 2);
        leave.abort(reason);
        const thrown = await atOnce(resumed).then(() => assert.fail("it succeeded"), (error) => error);
        assert.ok(thrown === reason || thrown.cause === reason, String(thrown));
        await until(() => state.closed === 2);
        assert.deepEqual([state.count("GET"), told.length], [2, 0]);
        state.mode = "success";
        assert.deepEqual((await client.resume()).map(({ reply }) => reply.status), ["success", "success", "success"]);
        assert.equal(state.count("POST"), 3);
    }));

test("resume: a listener that throws ends it, and leaves nothing behind", () =>
    provider(async (state, server) => {
        state.mode = "success";
        for (const concurrency of [1, 4]) {
            const client = clientOf(server.origin);
            for (let count = 0; count < 4; count++) await client.submit(order());
            const mine = new Error("my own trouble");
            const onReply = () => {
                throw mine;
            };
            await assert.rejects(atOnce(client.resume({ concurrency, onReply })), mine);
            await idle();
            assert.equal(
                (await client.tasks({ phases: ["waiting"] })).records.length + (await client.tasks({ phases: ["succeeded"] })).records.length,
                4,
            );
        }
    }));

test("resume: a signal that is aborted already asks nobody", () =>
    provider(async (state, server) => {
        const client = clientOf(server.origin);
        await client.submit(order());
        await assert.rejects(client.resume({ signal: AbortSignal.abort() }), { name: "AbortError" });
        assert.equal(state.count("GET"), 0);
    }));

test("resume: an abort ends it while another process's submit is under way", () =>
    provider(
        async (state, server) => {
            const store = memoryStore();
            const other = clientOf(server.origin, "apixo", { store, requestTimeout: 600 });
            const submitted = other.submit(order());
            await until(() => state.count("POST") === 1);
            const client = clientOf(server.origin, "apixo", { store, timeout: 600 });
            const leave = new AbortController();
            const resumed = client.resume({ signal: leave.signal });
            await idle();
            leave.abort();
            await assert.rejects(atOnce(resumed), { name: "AbortError" });
            assert.equal(await isSettled(submitted), false);
            state.letGo();
            await goesOn(state, client, (await submitted).intentId);
        },
        { holds: true },
    ));

test("a wait for another process's submit is left at once", () =>
    provider(
        async (state, server) => {
            const store = memoryStore();
            const submitted = clientOf(server.origin, "apixo", { store, requestTimeout: 600 }).submit(order());
            await until(() => state.count("POST") === 1);
            const client = clientOf(server.origin, "apixo", { store, timeout: 600 });
            const task = await client.task((await only(client)).intentId);
            for (const leaves of [...Object.values(LEFT).filter((call) => call !== LEFT.check), (task, signal) => task.cancel({ signal })]) {
                const leave = new AbortController();
                const left = leaves(task, leave.signal);
                await idle();
                leave.abort();
                isAborted(await failureOf(atOnce(left)), "WAIT_TIMEOUT");
            }
            assert.equal(await isSettled(submitted), false);
            state.letGo();
            await submitted;
            assert.equal(state.count("POST"), 1);
        },
        { holds: true },
    ));

test("what is no signal is refused before anything is sent", () =>
    provider(async (_state, server) => {
        const client = clientOf(server.origin);
        const task = await client.submit(order());
        const before = [server.requests.length, (await client.tasks()).records.length];
        for (const signal of [{}, "now", 5, { aborted: false }]) {
            const failure = await failureOf(client.submit(order("apixo", "", { signal })), String(signal));
            assert.equal(failure.code, "UNSUPPORTED");
            await failureOf(task.wait({ signal }), String(signal));
            await failureOf(task.check({ force: true, signal }), String(signal));
        }
        await client.settled();
        assert.deepEqual([server.requests.length, (await client.tasks()).records.length], before);
    }));

test("a store that does not answer holds nobody who leaves", () =>
    provider(async (_state, server) => {
        const store = memoryStore();
        let isStuck = false;
        const stuck = (call) => (...given) => (isStuck ? new Promise(() => undefined) : store[call](...given));
        const client = clientOf(server.origin, "apixo", {
            store: { ...store, load: stuck("load"), save: stuck("save"), list: stuck("list"), find: stuck("find") },
        });
        const task = await client.submit(order());
        isStuck = true;
        for (const leaves of [...Object.values(LEFT), (_, signal) => client.submit(order("apixo", "", { key: "k", signal }))]) {
            const leave = new AbortController();
            const left = leaves(task, leave.signal);
            await new Promise((resolve) => setTimeout(resolve, 5));
            leave.abort();
            assert.equal((await failureOf(atOnce(left))).name, "AbortError");
        }
    }));
