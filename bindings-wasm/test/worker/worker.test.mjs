// The package in plain Workers: old and new ones, with the modules of Node and without them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { bundle, run, until } from "./workerd.mjs";

const WHOLE = { phase: "succeeded", last: "success", events: ["submitting", "waiting", "succeeded"] };

let program;
before(async () => {
    program = await bundle(fileURLToPath(new URL("program.ts", import.meta.url)));
});
after(() => program?.remove());

workers("an old one", { compatibilityDate: "2022-01-01" });
workers("one with Node's modules, but not yet `cache`", { compatibilityDate: "2024-09-23", compatibilityFlags: ["nodejs_compat"] });
workers("a new one", { compatibilityDate: "2026-07-30" });
workers("a new one with Node's modules", { compatibilityDate: "2026-07-30", compatibilityFlags: ["nodejs_compat"] });

function workers(name, options) {
    describe(name, () => {
        let sandbox;
        let worker;
        let carried;
        before(async () => {
            sandbox = await startSandbox({ speed: 10 });
            carried = [];
            worker = run(program, {
                bindings: { KEY, BASE: sandbox.base("apixo") },
                serviceBindings: {
                    async PROVIDER(request) {
                        const { origin, pathname, search } = new URL(request.url);
                        const authorization = request.headers.get("authorization");
                        carried.push(`${request.method} ${origin} ${authorization}`);
                        const headers = { authorization, "content-type": "application/json" };
                        const body = request.method === "POST" ? await request.text() : undefined;
                        const answer = await fetch(sandbox.base("apixo") + pathname + search, { method: request.method, headers, body });
                        return new Response(await answer.text(), { status: answer.status, headers: { "content-type": "application/json" } });
                    },
                },
                ...options,
            });
        });
        after(async () => {
            await worker?.stop();
            await sandbox?.stop();
        });

        /** What a route answers, with the POSTs that arrived and the tasks that were paid for. */
        async function asked(path, ...rules) {
            await sandbox.reset("apixo", {}, ...rules);
            const { status, body } = await worker.ask(path);
            assert.equal(status, 200, JSON.stringify(body));
            return [body, await sandbox.paid("apixo")];
        }

        test("a result file is read and streamed without a disk", async () => {
            const [{ bytes, codes, streamed }] = await asked("/file");
            assert.deepEqual(bytes.slice(0, 8), [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
            assert.ok(bytes.length > 100, `${bytes.length} bytes`);
            // Those that are this old cannot make a stream, and say so.
            assert.deepEqual(streamed, options.compatibilityDate < "2022-11-30" ? "UNSUPPORTED" : bytes);
            assert.deepEqual(codes, ["RESPONSE_TOO_LARGE", "UNSUPPORTED", "UNSUPPORTED", "UNSUPPORTED"]);
            assert.equal(await sandbox.arrived("apixo", "file"), 3);
        });

        test("a task goes from submit to end", async () => {
            assert.deepEqual(await asked("/whole"), [WHOLE, { posts: 1, tasks: 1 }]);
        });

        test("a client that was made in the global scope does the same", async () => {
            assert.deepEqual(await asked("/early"), [WHOLE, { posts: 1, tasks: 1 }]);
        });

        test("everything goes through a fetch of one's own", async () => {
            assert.deepEqual(await asked("/bound"), [WHOLE, { posts: 1, tasks: 1 }]);
            assert.equal(carried[0], `POST https://api.apixo.ai Bearer ${KEY}`);
            assert.ok(carried.length > 1, "the questions too");
        });

        test("a client without a store is refused, with what there is here", async () => {
            const [error, paid] = await asked("/unnamed");
            assert.match(error.message, /durableObjectStore in a Durable Object.*memoryStore/);
            assert.deepEqual(paid, { posts: 0, tasks: 0 });
        });

        test("a client without a key sends nothing", async () => {
            const [error, paid] = await asked("/keyless");
            assert.equal(error.code, "AUTH_FAILED");
            assert.match(error.message, /APIXO_API_KEY/);
            assert.deepEqual(paid, { posts: 0, tasks: 0 });
        });

        test("a reset after the body proves nothing: the submit is unresolved and is not sent again", async () => {
            const [error, paid] = await asked("/submit", { on: "submit", fault: { kind: "resetAfterBody" } });
            assert.deepEqual([error.code, error.billing], ["SUBMIT_UNKNOWN", "possible"]);
            assert.deepEqual(paid, { posts: 1, tasks: 1 });
            const { body: record } = await worker.ask(`/record/${error.intentId}`);
            assert.deepEqual([record.phase, record.maybeSent], ["unresolved", true]);
        });

        for (
            const [name, fault, code] of [
                ["is silent", { kind: "silence", ms: 600_000 }, "SUBMIT_UNKNOWN"],
                ["ends in the middle of its answer", { kind: "truncatedBody" }, "SUBMIT_UNKNOWN"],
                ["answers without an end", { kind: "tooLargeBody", bytes: 8 << 20 }, "SUBMIT_UNKNOWN"],
                ["redirects", { kind: "redirect", code: 307, location: "/apixo/api/v1/generateTask/nano-banana" }, "UNKNOWN_ERROR"],
            ]
        ) {
            test(`a provider that ${name} gets one POST`, async () => {
                const [error, { posts }] = await asked("/hasty", { on: "submit", fault });
                assert.deepEqual([error.code, posts], [code, 1], error.message);
            });
        }

        test("nor does a connection that is refused: fetch does not say so", async () => {
            const [error, paid] = await asked("/refused");
            assert.deepEqual([error.code, error.billing], ["SUBMIT_UNKNOWN", "possible"]);
            assert.deepEqual(paid, { posts: 0, tasks: 0 });
        });

        test("requests that the platform ends, because their callers have left, take nothing from later ones", async () => {
            await sandbox.reset("apixo", {}, { on: "status", fault: { kind: "silence", ms: 600_000 } });
            for (let number = 1; number <= 8; number++) {
                const left = new AbortController();
                const cut = worker.ask("/status", { signal: left.signal });
                await until(() => sandbox.arrived("apixo", "status"), (arrived) => arrived === number);
                left.abort();
                await assert.rejects(cut);
            }
            assert.deepEqual(await asked("/whole"), [WHOLE, { posts: 1, tasks: 1 }]);
        });

        test("a submit that its caller has left runs on after the response, and is saved", async () => {
            const [error] = await asked("/leave", { on: "submit", fault: { kind: "delayMs", ms: 1_000 } });
            assert.deepEqual([error.name, error.code], ["AbortError", "WAIT_TIMEOUT"]);
            const look = async () => (await worker.ask(`/record/${error.intentId}`)).body;
            assert.equal((await look()).phase, "submitting", "the response did not wait for it");
            const record = await until(look, ({ phase }) => phase !== "submitting");
            assert.deepEqual([record.phase, typeof record.taskId], ["waiting", "string"]);
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 1 });
        });
    });
}

for (
    const [name, program] of Object.entries({
        "gentask/slim, with the module that the bundler has compiled": `
            import module from "gentask/core.wasm";
            import { Contract, initialize } from "gentask/slim";
            initialize(module);
            export default { fetch: () => Response.json(Contract.builtInNames) };
        `,
        "gentask/sansio": `
            import { Contract } from "gentask/sansio";
            export default { fetch: () => Response.json(Contract.builtInNames) };
        `,
    })
) {
    test(`a Worker imports ${name}`, async (t) => {
        const bundled = await bundle(program);
        const worker = run(bundled, { compatibilityDate: "2026-07-30" });
        t.after(async () => {
            await worker.stop();
            bundled.remove();
        });
        const { status, body } = await worker.ask("/");
        assert.equal(status, 200, JSON.stringify(body));
        assert.deepEqual(body.sort(), ["aivideomaker", "apidot", "apixo"]);
    });
}
