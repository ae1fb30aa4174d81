// The simulated providers inside a Worker, through `sandbox.fetch`: nothing leaves the isolate.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bundle, run } from "./workerd.mjs";

const PROGRAM = `
    import { Sandbox } from "gentask/testing";
    import { Client, memoryStore } from "gentask";
    import { Receiver } from "gentask/callbacks";
    import { submitMany } from "gentask/many";
    import { media, withMedia } from "gentask/media";
    import { sse } from "gentask/sse";

    const PICTURE = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" }, key: "order-42" };
    // In the global scope there is no clock yet.
    const sandbox = new Sandbox({ onCallback: (request) => new Receiver(client).fetch(request) });
    const client = sandbox.client("apixo");

    const routes = {
        async paid() {
            const ended = [];
            for (let time = 0; time < 2; time++) ended.push(await (await client.submit(PICTURE)).wait());
            const file = await sandbox.fetch(ended[0].files[0].url);
            return { status: ended.map(({ status }) => status), submits: sandbox.submits(), file: file.headers.get("content-type") };
        },
        /** Code that makes its own client, of the provider's real address, with a fetch of its environment. */
        async own() {
            const own = new Client("apixo", { apiKey: "k", store: memoryStore(), fetch: sandbox.fetch, poll: { initial: 0.05 } });
            return { status: (await (await own.submit(PICTURE)).wait()).status };
        },
        async lost() {
            sandbox.reset();
            sandbox.script("apixo", [{ on: "submit", fault: { kind: "resetAfterBody" } }]);
            const { code } = await client.submit({ ...PICTURE, key: "order-43" }).catch((error) => error);
            return { code, tasks: sandbox.tasks().length };
        },
        async called() {
            sandbox.reset();
            const seldom = sandbox.client("apixo", { poll: { initial: 600, factor: 1, cap: 600 } });
            const task = await seldom.submit({ ...PICTURE, key: "order-44", callbackUrl: "https://app.example.com/hook" });
            while (sandbox.stats().callbacksDelivered === 0) await new Promise((resolve) => setTimeout(resolve, 5));
            await (await client.task(task.intentId)).check({ force: true });
            return { attempts: sandbox.callbacks()[0].attempts.length, status: (await (await client.task(task.intentId)).reply()).status };
        },
        async many() {
            sandbox.reset();
            const told = [];
            for await (const { key, reply } of submitMany(client, [{ ...PICTURE, key: "own" }, { ...PICTURE, key: undefined }], { key: "album" })) told.push([key, reply.status]);
            return { told: told.sort(), submits: sandbox.submits() };
        },
        async media() {
            const film = sandbox.client("aivideomaker");
            const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
            const { image } = await withMedia(film, { image: new Blob([png]) });
            const { code } = await withMedia(film, { image: media("/private/fox.png") }).catch((error) => error);
            return { image, code };
        },
        async stream() {
            sandbox.reset();
            const response = sse(await client.submit(PICTURE));
            const text = await response.text();
            return { type: response.headers.get("content-type"), ends: /event: end\\nid: \\d+\\ndata: .*"status":"success"/.test(text) };
        },
        async listen() {
            return { message: (await sandbox.listen().catch((error) => error)).message };
        },
    };
    export default { fetch: async (request) => Response.json(await routes[new URL(request.url).pathname.slice(1)]()) };
`;

let bundled;
let worker;
before(async () => {
    bundled = await bundle(PROGRAM);
    worker = run(bundled, { compatibilityDate: "2026-07-30" });
});
after(async () => {
    await worker?.stop();
    bundled?.remove();
});

test("a Worker carries the core, the calls that receive callbacks, and the providers", () => {
    assert.equal(bundled.worker.modules.filter(({ type }) => type === "CompiledWasm").length, 3);
});

for (
    const [path, expected] of [
        ["/paid", { status: ["success", "success"], submits: 1, file: "image/png" }],
        ["/own", { status: "success" }],
        ["/lost", { code: "SUBMIT_UNKNOWN", tasks: 1 }],
        ["/called", { attempts: 1, status: "success" }],
        ["/many", { told: [["album/77d34f3ac506c867", "success"], ["own", "success"]], submits: 2 }],
        ["/media", { image: "data:image/png;base64,iVBORw0KGgo=", code: "UNSUPPORTED" }],
        ["/stream", { type: "text/event-stream", ends: true }],
    ]
) {
    test(`a Worker's order: ${path}`, async () => {
        const { status, body } = await worker.ask(path);
        assert.equal(status, 200, JSON.stringify(body));
        assert.deepEqual(body, expected);
    });
}

test("a port is not to be had in a Worker, which is said", async () => {
    assert.match((await worker.ask("/listen")).body.message, /this runtime opens no ports: give the sandbox's fetch to the client/);
});
