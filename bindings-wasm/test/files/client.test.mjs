// Result files of a client's tasks, from the simulated providers: under a given path, as bytes, as a stream, with receipts.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { clientOf, failureOf, order, SOON } from "../support/client.mjs";
import { DIST } from "../support/package.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";

const { readFile, saveAs, saveFiles, streamFile } = await import(new URL("files.js", DIST).href);

describe("files of a task", () => {
    let sandbox;
    let folder;
    before(async () => {
        sandbox = await startSandbox();
        folder = mkdtempSync(join(tmpdir(), "gentask-files-"));
    });
    after(async () => {
        await sandbox?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    async function done(word = "", ...rules) {
        await sandbox.reset("apixo", SOON, ...rules);
        const task = await clientOf(sandbox.base("apixo")).submit(order("apixo", word, { owner: "user-7" }));
        return { task, reply: await task.wait() };
    }

    test("one file is saved under exactly the name that it is given, and replaces nothing unasked", async () => {
        const { reply, task } = await done();
        assert.deepEqual(reply.warnings, []);
        const path = join(folder, "deep", "er", "cat.of.mine");
        const saved = await saveAs(task, path);
        const bytes = readFileSync(path);
        assert.deepEqual([saved.path, saved.bytes, saved.contentType], [path, bytes.length, "image/png"]);
        assert.deepEqual((await task.record()).result.files[0].saved, saved);
        // Where it is already, it is not fetched again.
        assert.deepEqual(await saveAs(task, path), saved);
        assert.equal(await sandbox.arrived("apixo", "file"), 1);
        const own = join(folder, "own.png");
        writeFileSync(own, "my own");
        const refused = await failureOf(saveAs(task, own));
        assert.deepEqual([refused.code, refused.intentId, readFileSync(own, "utf8")], ["STORE_ERROR", task.intentId, "my own"]);
        assert.match(refused.message, /own\.png holds something else, and is left as it is/);
        assert.equal((await saveAs(task, own, { overwrite: true })).path, own);
        assert.deepEqual(readFileSync(own), bytes);
        assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".part")), []);
        for (const directory of [folder, `${folder}/new/`]) {
            const failure = await failureOf(saveAs(task, directory, { overwrite: true }));
            assert.deepEqual([failure.code, failure.message.includes("is a directory")], ["INVALID_PAYLOAD", true], failure.message);
        }
        assert.equal((await failureOf(saveAs(task, join(folder, "b"), { index: 1 }))).code, "UNSUPPORTED");
    });

    test("a missing directory that is named like a file is refused, and nothing is made", async () => {
        const { task } = await done();
        const path = join(folder, "picture.png");
        const failure = await failureOf(saveFiles(task, path));
        assert.deepEqual([failure.code, failure.message.includes("save_as")], ["INVALID_PAYLOAD", true], failure.message);
        assert.ok(!existsSync(path));
        assert.equal((await saveFiles(task, `${path}/`)).length, 1);
        assert.equal((await saveFiles(task, path)).length, 1);
    });

    test("a file is read up to its limit", async () => {
        const { task } = await done();
        const [{ path }] = await saveFiles(task, join(folder, "read"));
        assert.deepEqual(Buffer.from(await readFile(task)), readFileSync(path));
        const failure = await failureOf(readFile(task, { maxBytes: 100 }));
        assert.deepEqual([failure.code, failure.intentId], ["RESPONSE_TOO_LARGE", task.intentId]);
        assert.match(
            failure.message,
            /^RESPONSE_TOO_LARGE: file 1 of the task was not read: the file from http:\/\/[\w.:]+ is larger than 100 bytes$/,
        );
    });

    test("a stream is the file, or fails where it ends early", async () => {
        const { task } = await done();
        const [{ path }] = await saveFiles(task, join(folder, "stream"));
        const whole = new Response(await streamFile(task));
        assert.deepEqual(Buffer.from(await whole.arrayBuffer()), readFileSync(path));
        // Left in the middle, nothing is waited for.
        await (await streamFile(task)).cancel();
        const cut = await done("", { on: "file", fault: { kind: "truncatedBody" } });
        // Small files are whole or cut before the first bytes were looked at.
        const failure = await failureOf((async () => new Response(await streamFile(cut.task)).arrayBuffer())());
        assert.deepEqual([failure.code, failure.intentId], ["NETWORK_ERROR", cut.task.intentId]);
        assert.match(failure.message, /the file from http:\/\/[\w.:]+ ended early$/);
        const page = await done("", { on: "file", fault: { kind: "notJson" } });
        assert.equal((await failureOf(streamFile(page.task))).code, "UNKNOWN_ERROR");
    });

    test("a receipt beside a file says which task it came from, and nothing that is a secret", async () => {
        const { task } = await done("that nobody may know of");
        const [saved] = await saveFiles(task, join(folder, "receipts"), { receipt: "sidecar" });
        const text = readFileSync(`${saved.path}.receipt.json`, "utf8");
        const record = await task.record();
        assert.deepEqual(JSON.parse(text), {
            v: 1,
            intentId: task.intentId,
            taskId: task.taskId,
            provider: "apixo",
            account: "default",
            model: "nano-banana",
            owner: "user-7",
            createdAt: record.at.created,
            finishedAt: record.at.finished,
            sha256: saved.sha256,
            bytes: saved.bytes,
            contentType: "image/png",
        });
        for (const secret of [KEY, "nobody", "http"]) assert.ok(!text.includes(secret), secret);
        writeFileSync(`${saved.path}.receipt.json`, "my own");
        const failure = await failureOf(saveFiles(task, join(folder, "receipts"), { receipt: "sidecar" }));
        assert.deepEqual([failure.code, failure.message.includes("is saved, and its receipt is not")], ["STORE_ERROR", true], failure.message);
        await saveAs(task, saved.path, { receipt: "sidecar", overwrite: true });
        assert.equal(readFileSync(`${saved.path}.receipt.json`, "utf8"), text);
    });

    test("a success without files is visible, in the warnings alone", async () => {
        const { reply, task } = await done("[nofile]");
        assert.match(reply.warnings.join(), /named no file/);
        assert.deepEqual((await task.reply()).warnings, reply.warnings);
        assert.ok(!("warnings" in reply.data) && !reply.toJson().includes("named no file"));
    });

    test("a listed task's date is a time, whichever form it has", async () => {
        const listed = {
            tasks: [{ id: "a1", createdAt: "2026-04-19T21:19:42+02:00" }, { id: "a2", createdAt: 1_776_626_382 }, { id: "a3", createdAt: "soon" }],
        };
        await sandbox.reset("aivideomaker", {}, { on: "list", fault: { kind: "status", code: 200, body: listed } });
        const tasks = await clientOf(sandbox.base("aivideomaker"), "aivideomaker").remoteTasks();
        assert.deepEqual(tasks.map(({ createdAt }) => createdAt), [1_776_626_382_000, 1_776_626_382_000, null]);
    });
});
