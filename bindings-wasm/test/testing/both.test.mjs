// What a sandbox does through `fetch` and over a port alike.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { failureOf, FORMS, gentask, order, reach, Sandbox } from "./scene.mjs";

const { Contract } = gentask;
const ACME = fileURLToPath(new URL("../../examples/acme.json", import.meta.url));

/** Submits whose answers are lost or spoilt: what the caller is told, how many arrived whole, and how many tasks they made. */
const LOST = [
    [{ kind: "resetBeforeRead" }, "SUBMIT_UNKNOWN", 0, 0],
    [{ kind: "resetAfterBody" }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "closeWithoutAnswer" }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "silence", ms: 1 }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "truncatedBody" }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "notJson" }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "emptyBody" }, "SUBMIT_UNKNOWN", 1, 1],
    [{ kind: "status", code: 402 }, "INSUFFICIENT_CREDITS", 1, 0],
    [{ kind: "redirect", code: 307, location: "https://elsewhere.example" }, "UNKNOWN_ERROR", 1, 0],
];
/** Submits whose answers are odd, and hold an id even so. */
const ODD = [{ kind: "gzip" }, { kind: "lengthTooLong" }, { kind: "lastChunkMissing" }, { kind: "drip", ms: 0 }, { kind: "delayMs", ms: 1 }];

for (const [form, inForm] of Object.entries(FORMS)) {
    describe(form, () => {
        test("an order that is placed twice is paid once, and its file opens", () =>
            inForm({}, async (sandbox) => {
                const client = sandbox.client("apixo");
                const task = await client.submit(order("apixo", "", { key: "order-42" }));
                const again = await sandbox.client().submit(order("apixo", "", { key: "order-42" }));
                assert.equal(again.intentId, task.intentId);
                const [file] = (await task.wait()).files;
                assert.ok(file.url.startsWith(sandbox.baseUrl("apixo")), file.url);
                const answer = await reach(sandbox)(file.url);
                assert.equal(answer.headers.get("content-type"), "image/png");
                assert.deepEqual([...new Uint8Array(await answer.arrayBuffer())].slice(0, 4), [0x89, 0x50, 0x4e, 0x47]);
                assert.equal(sandbox.submits("apixo"), 1);
                assert.deepEqual(sandbox.tasks().map(({ model, prompt, state, taskId }) => ({ model, prompt, state, taskId })), [
                    { model: "nano-banana", prompt: "a sunset", state: "success", taskId: (await task.record()).taskId },
                ]);
            }));

        test("a submit whose answer was lost is found among the provider's tasks, and adopted", () =>
            inForm({}, async (sandbox) => {
                sandbox.script("apixo", [{ on: "submit", nth: 1, fault: { kind: "resetAfterBody" } }]);
                const client = sandbox.client("apixo");
                const failure = await failureOf(client.submit(order()));
                assert.equal(failure.code, "SUBMIT_UNKNOWN");
                const [{ taskId }] = sandbox.tasks("apixo");
                await client.adopt(failure.intentId, taskId);
                const task = await client.task(failure.intentId);
                assert.equal((await task.wait()).taskId, taskId);
                assert.equal(sandbox.submits(), 1);
            }));

        test("submits go wrong as the script says, and each is posted once", () =>
            inForm({ options: { apixo: { submitPerMin: 0 } } }, async (sandbox) => {
                const client = sandbox.client("apixo");
                for (const [fault, code, posts, tasks] of LOST) {
                    sandbox.reset("apixo");
                    sandbox.script("apixo", [{ on: "submit", fault }]);
                    assert.equal((await failureOf(client.submit(order()), fault.kind)).code, code, fault.kind);
                    assert.deepEqual([sandbox.submits(), sandbox.stats("apixo").tasks, sandbox.stats("apixo").faults], [posts, tasks, 1], fault.kind);
                }
                for (const fault of ODD) {
                    sandbox.reset("apixo");
                    sandbox.script("apixo", [{ on: "submit", fault }]);
                    assert.equal((await client.submit(order())).taskId, sandbox.tasks()[0].taskId, fault.kind);
                }
            }));

        test("a connection that was warm is closed once, and the read is repeated", () =>
            inForm({}, async (sandbox) => {
                const task = await sandbox.client().submit(order());
                sandbox.script("apixo", [{ on: "status", nth: 2, fault: { kind: "closeWarmConnection" } }]);
                assert.equal((await task.wait()).status, "success");
            }));

        test("what is held comes when it is let go, and not before", () =>
            inForm({}, async (sandbox) => {
                for (const kind of ["hold", "holdBody"]) {
                    sandbox.reset();
                    sandbox.script("apixo", [{ on: "submit", fault: { kind } }]);
                    let isHere = false;
                    const submitted = sandbox.client().submit(order()).finally(() => (isHere = true));
                    while (sandbox.submits() === 0) await new Promise((resolve) => setTimeout(resolve, 1));
                    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
                    assert.equal(isHere, false, kind);
                    sandbox.release();
                    assert.equal((await submitted).taskId, sandbox.tasks()[0].taskId, kind);
                }
            }));

        test("a contract's path, its id, the Contract and its JSON name the same provider", () =>
            inForm({ providers: [ACME], options: { acme: { apiKey: "the-only-one" } } }, async (sandbox) => {
                const json = JSON.parse(readFileSync(ACME, "utf8"));
                for (const provider of ["acme", ACME, Contract.load(json), json]) {
                    sandbox.reset(provider, { apiKey: "the-only-one" });
                    assert.equal(sandbox.baseUrl(provider), `${sandbox.url}/acme`);
                    const client = sandbox.client(provider);
                    const [model] = Object.keys(client.contract.models);
                    const task = await client.submit({ model, input: { prompt: "a cat" } });
                    assert.equal((await task.wait()).status, "success");
                    assert.deepEqual([sandbox.submits(provider), sandbox.tasks(provider)[0].taskId], [1, task.taskId]);
                }
                const stranger = sandbox.client("acme", { apiKey: "another", maxReadRetries: 0 });
                assert.equal((await failureOf(stranger.submit({ model: "landscape", input: { prompt: "a cat" } }))).code, "AUTH_FAILED");
            }));

        test("what no provider knows is refused in the provider's own form", () =>
            inForm({}, async (sandbox) => {
                const answer = await reach(sandbox)(`${sandbox.baseUrl("apixo")}/nowhere`, { headers: { authorization: "Bearer k" } });
                const no = "no such endpoint";
                assert.deepEqual([answer.status, await answer.json()], [404, { code: 404, data: { error: no }, message: no }]);
            }));

        test("control calls are answered as the native server does", () =>
            inForm({}, async (sandbox) => {
                const ask = async (what, body) => {
                    const init = body && { method: "POST", body: JSON.stringify(body) };
                    const answer = await reach(sandbox)(`${sandbox.url}/_sandbox${what}`, init);
                    return [answer.status, await answer.json()];
                };
                assert.deepEqual(Object.keys((await ask(""))[1].providers), ["aivideomaker", "apidot", "apixo"]);
                const rules = [{ on: "submit", fault: { kind: "status", code: 503 } }];
                assert.deepEqual(await ask("/script", { provider: "apixo", rules }), [200, { ok: true, providers: 1 }]);
                await failureOf(sandbox.client().submit(order()));
                assert.equal((await ask("/stats"))[1].providers.apixo.requests.submit, 1);
                assert.deepEqual((await ask("/tasks"))[1].providers.apixo, []);
                assert.equal((await ask("/script", { provider: "apixo", rules: [{}] }))[0], 400);
            }));
    });
}

test("polls are as quick as the sandbox's clock", () => {
    assert.deepEqual(new Sandbox().options().poll, { initial: 0.05, factor: 1.5, cap: 1 });
    assert.deepEqual(new Sandbox({ speed: 100 }).options().poll, { initial: 0.01, factor: 1.5, cap: 0.2 });
});

test("mistakes are named", async () => {
    const sandbox = new Sandbox({ providers: ["apixo"] });
    for (
        const [what, words] of [
            [() => new Sandbox({ sped: 1 }), /a sandbox has no option sped/],
            [() => new Sandbox({ speed: 0.5 }), /speed is a whole number from 1/],
            [() => new Sandbox({ options: { apixo: { taskMS: 1 } } }), /the options of apixo: unknown field `taskMS`/],
            [() => new Sandbox({ options: { acme: {} } }), /the sandbox has no provider "acme"/],
            [() => sandbox.baseUrl("acme"), /the sandbox has no provider "acme": it has apixo/],
            [() => sandbox.baseUrl("apidot"), /the sandbox has no provider "apidot": it has apixo/],
            [() => sandbox.script("apixo", [{ on: "submit", fault: { kind: "unheard" } }]), /unknown variant `unheard`/],
            [() => sandbox.script("apixo", [{ on: "submit", fault: { kind: "never" } }]), /a fault of a callback needs a rule on callback/],
            [() => sandbox.sendCallback("apixo", "nobody"), /no such provider or task/],
        ]
    ) assert.throws(what, (error) => error instanceof gentask.GentaskError && words.test(error.message), String(words));
});
