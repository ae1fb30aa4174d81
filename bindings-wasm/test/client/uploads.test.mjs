// Media that a provider wants uploaded before they are ordered.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { withMedia } from "gentask/media";
import { withUploads } from "gentask/uploads";
import { clientOf, failureOf, SOON, STORES } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { Contract, InvalidPayload, KeyConflict, memoryStore } = gentask;

const PATH = fileURLToPath(new URL("../../../tests/vectors/contracts/uploading.json", import.meta.url));
const CONTRACT = Contract.load(JSON.parse(readFileSync(PATH, "utf8")));
const GIF = new TextEncoder().encode("GIF89a and so on");
const URI = `data:image/gif;base64,${Buffer.from(GIF).toString("base64")}`;

let sandbox;
before(async () => (sandbox = await startSandbox({ contracts: [PATH] })));
after(() => sandbox.stop());
beforeEach(() => sandbox.reset("uploading", SOON));

const painter = (more) => ({ model: "painter", input: { prompt: "a cat", image: URI, masks: [URI] }, ...more });
const client = (store = memoryStore(), contract = CONTRACT) => withUploads(clientOf(sandbox.base("uploading"), contract, { store }));
const counts = async () => [await sandbox.arrived("uploading", "upload"), await sandbox.arrived("uploading")];

for (const [name, within] of Object.entries(STORES)) {
    test(`a medium is uploaded once for all orders of all clients of a store (${name})`, () =>
        within(async (store) => {
            for (let orders = 1; orders <= 3; orders++) {
                const own = client(store);
                const task = await own.submit({ ...painter(), input: await withMedia(own, { prompt: "a cat", image: GIF }) });
                assert.equal((await task.wait()).status, "success");
                assert.deepEqual(await counts(), [3, orders]);
                const record = await store.load(task.intentId);
                assert.ok(!record.includes("R0lGOD") && !record.includes(KEY), record);
            }
        }));
}

test("a key knows its order again, whatever its media are called now", async () => {
    const source = JSON.parse(CONTRACT.toJson());
    // Nothing that was uploaded is used again.
    delete source.upload.validMs;
    const own = client(memoryStore(), Contract.load(source));
    const [first, again] = [await own.submit(painter({ key: "order-42" })), await own.submit(painter({ key: "order-42" }))];
    assert.equal(again.intentId, first.intentId);
    const other = painter({ key: "order-42" });
    other.input.image = `data:image/gif;base64,${Buffer.from("GIF89a and so on.").toString("base64")}`;
    assert.ok((await failureOf(own.submit(other))) instanceof KeyConflict);
    assert.deepEqual(await counts(), [3, 1]);
});

test("an upload that fails is tried again, and one that is refused costs nothing and leaves the key free", async () => {
    const fault = (nth, code) => ({ on: "upload", nth, fault: { kind: "status", code } });
    await sandbox.reset("uploading", SOON, fault(1, 503), fault(3, 500));
    await client().submit(painter());
    assert.deepEqual(await counts(), [5, 1]);

    await sandbox.reset("uploading", SOON, fault(1, 401));
    const own = client();
    const failure = await failureOf(own.submit(painter({ key: "order-42" })));
    assert.deepEqual([failure.code, failure.reply.data.billing], ["AUTH_FAILED", "none"]);
    assert.match(failure.message, /the upload of \/image failed, and nothing was ordered: /);
    assert.equal(await own.find("order-42"), null);
    await own.submit(painter({ key: "order-42" }));
    assert.deepEqual(await counts(), [4, 1]);
});

test("what the provider has no more is uploaded anew for the next order", async () => {
    const gone = { on: "submit", nth: 2, fault: { kind: "status", code: 422, body: { message: "no such upload" } } };
    await sandbox.reset("uploading", SOON, gone);
    const own = client();
    await own.submit(painter({ key: "a" }));
    assert.equal((await failureOf(own.submit(painter({ key: "b" })))).code, "INVALID_PAYLOAD");
    assert.deepEqual(await counts(), [3, 2]);
    await own.submit(painter({ key: "c" }));
    assert.deepEqual(await counts(), [6, 3]);
});

test("many orders at once upload a medium once", async () => {
    const own = client();
    await Promise.all(Array.from({ length: 10 }, (_, number) => own.submit({ model: "painter", input: { prompt: `cat ${number}`, image: URI } })));
    assert.deepEqual(await counts(), [3, 10]);
});

test("without withUploads such an order is refused, by the places of its media", async () => {
    const plain = clientOf(sandbox.base("uploading"), CONTRACT);
    const failure = await failureOf(plain.submit(painter()));
    assert.ok(failure instanceof InvalidPayload);
    assert.deepEqual(failure.violations.map(({ path, rule }) => [path, rule]), [["/image", "upload"], ["/masks/0", "upload"]]);
    assert.throws(() => withUploads({}), { code: "UNSUPPORTED" });
    assert.deepEqual(await counts(), [0, 0]);
});
