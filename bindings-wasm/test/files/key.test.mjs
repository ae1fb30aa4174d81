// Files that the provider serves itself need the key. It goes to the client's own base, whatever a record says; and a failed download of a task that is
// paid for invites nobody to order again.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { clientOf, failureOf, order } from "../support/client.mjs";
import { DIST, gentask } from "../support/package.mjs";
import { KEY } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

const { memoryStore } = gentask;
const { saveFiles } = await import(new URL("files.js", DIST).href);

const PICTURE = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(500, 7)]);

/** A provider that makes one picture, and serves it. */
const provider = (socket, { method, target }) => {
    if (method === "POST") return socket.end(answerOf(200, { code: 200, data: { taskId: "task_1" } }));
    if (target.endsWith(".png")) return socket.end(answerOf(200, PICTURE, { "content-type": "image/png" }));
    socket.end(answerOf(200, { code: 200, data: { state: "success", resultJson: '{"resultUrls":["https://files.example/a.png"]}' } }));
};

/** A task that has ended, whose record was changed since. */
async function changedTask(base, change) {
    const store = memoryStore();
    const client = clientOf(base, "apixo", { store });
    const task = await client.submit(order());
    await task.wait();
    const record = await task.record();
    const next = { ...record, version: record.version + 1, ...change(record) };
    assert.equal(store.save({ record: next, json: JSON.stringify(next), blobs: [], expectedVersion: record.version, fence: true }), "done");
    return { client, task };
}

const keyed = (url) => ({ result }) => ({ result: { ...result, files: [{ ...result.files[0], url, fetch: "key" }] } });

async function withFolder(use) {
    const folder = mkdtempSync(join(tmpdir(), "gentask-"));
    try {
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

test("the key goes along to the client's own base", () =>
    withServer(provider, ({ origin, requests }) =>
        withFolder(async (folder) => {
            const { task } = await changedTask(origin, keyed(`${origin}/a.png`));
            assert.equal((await saveFiles(task, folder)).length, 1);
            assert.ok(requests.at(-1).head.includes(KEY));
        })));

test("the key goes to no base that only a record names", () =>
    withServer(provider, ({ origin }) =>
        withServer(provider, (evil) =>
            withFolder(async (folder) => {
                const planted = (record) => ({ ...keyed(`${evil.origin}/a.png`)(record), base: evil.origin });
                const { task } = await changedTask(origin, planted);
                const failure = await failureOf(saveFiles(task, folder));
                assert.deepEqual([failure.code, failure.taskId, failure.billing], ["INVALID_CONTRACT", "task_1", "possible"]);
                assert.equal(evil.connections, 0);
            }))));

test("the note of a file moves no time back", () =>
    withServer(provider, ({ origin }) =>
        withFolder(async (folder) => {
            const later = 4_102_444_800_000;
            const { task } = await changedTask(origin, (record) => ({
                ...keyed(`${origin}/a.png`)(record),
                at: { ...record.at, updated: later },
            }));
            const [saved] = await saveFiles(task, folder);
            const { at, result } = await task.record();
            assert.deepEqual([at.updated, result.files[0].saved], [later, saved]);
        })));

test("a download that fails is told as that: the task is done, and nothing invites a second order", () =>
    withServer(provider, ({ origin }) =>
        withFolder(async (folder) => {
            const { task } = await changedTask(origin, ({ result }) => ({
                result: { ...result, files: [{ ...result.files[0], url: "https://127.0.0.1:9/a.png" }] },
            }));
            const failure = await failureOf(saveFiles(task, folder));
            assert.deepEqual([failure.code, failure.taskId, failure.intentId, failure.billing], [
                "NETWORK_ERROR",
                "task_1",
                task.intentId,
                "possible",
            ]);
            assert.ok(!/nothing was accepted|submit again/.test(failure.suggestions.join()), failure.suggestions.join());
        })));
