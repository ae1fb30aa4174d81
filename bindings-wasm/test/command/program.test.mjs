// The command and the workflow script as programs, on each runtime. What the verbs do in detail is in the command-line vectors that all
// languages share (`tests/scenarios`).

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, afterEach, before, beforeEach } from "node:test";
import { gentask, HAS_SQLITE } from "../support/package.mjs";
import { command as nativeCommand, KEY, ORDERS, startSandbox } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";
import { COMMAND, run, WORKFLOW } from "./program.mjs";

const NEEDS_STORE = { skip: !HAS_SQLITE && "this runtime has no SQLite" };
const FILM = ["--model", "t2v", "--payload", JSON.stringify(ORDERS.aivideomaker.input)];
const PICTURE = ["--model", "gpt-image-2", "--payload", JSON.stringify(ORDERS.apidot.input)];
/** No limits: they are tested elsewhere. */
const FREE = { readPerMin: 0, submitPerMin: 0, concurrent: 0 };
const QUICK = ["--poll-initial", "0.02", "--poll-cap", "0.02"];

let sandbox;
let folder;
let env;
before(async () => void (sandbox = await startSandbox()));
after(() => sandbox.stop());
beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "gentask-"));
    env = { GENTASK_STORE: join(folder, "tasks.db"), AIVIDEO_API_KEY: KEY, APIDOT_API_KEY: KEY, APIXO_API_KEY: KEY };
    for (const provider of ["aivideomaker", "apidot"]) await sandbox.reset(provider, { ...FREE, taskMs: { image: 50, video: 50 } });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The one reply that a program prints. The key is nowhere but on the wire. */
async function reply(program, args, code, { stderr = "", ...options } = {}) {
    const ran = await run(program, args, { ...options, env: { ...env, ...options.env } });
    assert.equal(ran.code, code, JSON.stringify(ran));
    assert.equal(ran.stderr, stderr);
    assert.match(ran.stdout, /^\{[^\n]*\}\n$/);
    assert.ok(!ran.stdout.includes(KEY));
    const fields = JSON.parse(ran.stdout);
    assert.deepEqual(Object.keys(fields), ["data", "errorCode", "errorMessage", "ok", "retryAfter", "status", "taskId"]);
    return fields;
}

const script = (args, code, options) => reply(WORKFLOW, ["--base-url", sandbox.base("aivideomaker"), ...args], code, options);

test("the script makes a film, from submit to its files", NEEDS_STORE, async () => {
    const made = await script([...FILM, ...QUICK], 0);
    assert.deepEqual([made.status, made.data.files[0].kind], ["success", "video"]);
    const again = await script(["--action", "getTask", "--taskId", made.taskId], 0);
    assert.equal(again.data.files[0].url, made.data.files[0].url);
    assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 1, tasks: 1 });
});

test("the script makes, looks at and cancels a task in single steps", NEEDS_STORE, async () => {
    await sandbox.reset("aivideomaker", { ...FREE, pendingMs: 600_000, taskMs: { video: 600_000 } });
    const { taskId } = await script(["--action", "createGeneration", ...FILM], 0);
    assert.equal((await script(["--action", "getStatus", "--taskId", taskId], 0)).taskId, taskId);
    assert.equal((await script(["--action", "cancelTask", "--taskId", taskId, ...QUICK], 0)).status, "cancelled");
    assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 1, tasks: 1 });
});

test("the script answers with a reply, whatever is wrong", async () => {
    assert.equal((await script(["--model", "t2v"], 2)).errorMessage, "--model and --payload are both required");
    assert.equal((await script(["--action", "getStatus", "--taskId", "x"], 3, { env: { AIVIDEO_API_KEY: "" } })).errorCode, "AUTH_FAILED");
    assert.equal((await script(["--action", "getStatus", "--taskId", "x"], 2, { env: { AIVIDEO_TIMEOUT_MS: "soon" } })).errorCode, "UNSUPPORTED");
    assert.equal((await script(["--action", "getStatus", "--taskId", "no-such-task"], 1)).errorCode, "TASK_NOT_FOUND");
    assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 0, tasks: 0 });
});

test("without SQLite nothing is sent that may be paid for, and what only asks works", { skip: HAS_SQLITE && "this runtime has SQLite" }, async () => {
    for (const args of [FILM, ["--action", "createGeneration", ...FILM]]) {
        const refused = await script(args, 6);
        assert.deepEqual([refused.errorCode, refused.data.billing], ["STORE_ERROR", "none"]);
        assert.match(refused.data.suggestions.join(), /Node 22\.13/);
    }
    assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 0, tasks: 0 });
    for (const verb of [["list"], ["resume"], ["unresolved"], ["prune"], ["status", "x"], ["discard", "x", "--provider", "apixo"]]) {
        assert.equal((await reply(COMMAND, verb, 6)).errorCode, "STORE_ERROR", verb.join(" "));
    }
    const client = new gentask.Client("aivideomaker", { baseUrl: sandbox.base("aivideomaker"), apiKey: KEY, store: gentask.memoryStore() });
    const { taskId } = await client.createGeneration(ORDERS.aivideomaker);
    assert.equal((await script(["--action", "getStatus", "--taskId", taskId], 0)).taskId, taskId);
    const account = await run(COMMAND, ["account", "--provider", "aivideomaker", "--base-url", sandbox.base("aivideomaker")], { env });
    assert.deepEqual([account.code, JSON.parse(account.stdout).unit], [0, "credits"]);
    const dry = await run(COMMAND, ["run", "--provider", "aivideomaker", ...FILM, "--dry-run"], { env });
    assert.deepEqual([dry.code, JSON.parse(dry.stdout).dryRun], [0, true]);
});

test("what one command has saved, the native one finds in the same store, and the other way round", NEEDS_STORE, async () => {
    // A record's base is followed only where the environment names it too.
    env.APIDOT_BASE_URL = sandbox.base("apidot");
    const out = ["--out", join(folder, "files")];
    const base = ["--provider", "apidot", "--base-url", sandbox.base("apidot")];
    const native = async (args) => {
        const ran = await run(nativeCommand(), args, { env, runtime: false });
        assert.equal(ran.code, 0, JSON.stringify(ran));
        return JSON.parse(ran.stdout);
    };
    const ours = await reply(COMMAND, ["run", ...base, ...PICTURE, ...QUICK, ...out], 0);
    assert.deepEqual((await native(["get", ours.data.intentId, ...out])).data.saved, ours.data.saved);
    const theirs = await native(["run", ...base, ...PICTURE, ...QUICK, ...out]);
    assert.deepEqual((await reply(COMMAND, ["get", theirs.data.intentId, ...out], 0)).data.saved, theirs.data.saved);
    // Each file was fetched once: both read where the other has put it.
    assert.equal(await sandbox.arrived("apidot", "file"), 2);
    assert.deepEqual(readdirSync(join(folder, "files")).length, 2);
    const [listed, listedByNative] = [JSON.parse((await run(COMMAND, ["list"], { env })).stdout), await native(["list"])];
    const timeless = (entries) => entries.map(({ ageMs: _, ...entry }) => entry);
    assert.deepEqual(timeless(listed), timeless(listedByNative));
});

test("a payload arrives as it was written, with numbers that JavaScript cannot hold", NEEDS_STORE, async () => {
    const answer = (socket) => socket.end(answerOf(400, { code: 400, message: "no" }));
    await withServer(answer, async ({ origin, requests }) => {
        const payload = '{"mode":"text-to-image","seed":12345678901234567890,"prompt":"\\u00fc"}';
        const stderr = `gentask: APIXO's contract does not list the model "some-model": its input was not checked\n`;
        await reply(COMMAND, ["run", "--provider", "apixo", "--base-url", origin, "--model", "some-model", "--payload", payload], 2, { stderr });
        assert.equal(requests.length, 1);
        assert.match(requests[0].body, /"seed":12345678901234567890[,}]/);
    });
});

test("a payload may come from standard input", async () => {
    const dry = ["run", "--provider", "apidot", "--model", "gpt-image-2", "--dry-run", "--payload", "-"];
    const prompt = "wide sea ".repeat(30_000);
    const ran = await run(COMMAND, dry, { env, input: JSON.stringify({ prompt }) });
    assert.equal(JSON.parse(ran.stdout).body.input.prompt, prompt);
    assert.equal((await reply(COMMAND, dry, 2, { input: Buffer.from('{"prompt":"\xff"}', "latin1") })).errorCode, "INVALID_PAYLOAD");
    assert.equal((await reply(COMMAND, dry, 2, { input: "" })).errorCode, "INVALID_PAYLOAD");
});

test("what nobody checks of an order is told beside, in the words of the native command", async () => {
    const of = (model, payload) => ["--provider", "apixo", "--model", model, "--payload", JSON.stringify(payload)];
    const misspelt = of("nano-banana", { mode: "text-to-image", prompt: "a fox", aspct_ratio: "1:1", seed: 5, ["x".repeat(80)]: 1 });
    const unlisted = of("nanobanana", { mode: "text-to-image", prompt: "a fox" });
    const sound = of("nano-banana", { mode: "text-to-image", prompt: "a fox", aspect_ratio: "1:1" });
    const told = async (file, args) => {
        const ran = await run(file === undefined ? COMMAND : file, args, { env, runtime: file === undefined });
        assert.equal(ran.code, 0, JSON.stringify(ran));
        return ran.stderr;
    };
    const words = await told(undefined, ["validate", ...misspelt]);
    assert.match(
        words,
        /^gentask: APIXO's contract does not know the field "aspct_ratio" of nano-banana \(perhaps "aspect_ratio"\): it was not checked\n/,
    );
    assert.equal(words.split("\n").length, 4);
    for (const order of [misspelt, unlisted, sound]) {
        const ours = await told(undefined, ["validate", ...order]);
        assert.equal(await told(undefined, ["run", ...order, "--dry-run"]), ours);
        assert.equal(ours, await told(nativeCommand(), ["validate", ...order]));
        assert.equal(ours === "", order === sound);
    }
    const refused = await run(COMMAND, ["validate", ...of("nano-banana", { mode: "text-to-film", aspct_ratio: "1:1" })], { env });
    assert.deepEqual([refused.code, refused.stderr], [2, ""]);
});

test("a cell of a list is neither a formula nor a terminal's", NEEDS_STORE, async () => {
    const store = gentask.sqliteStore(env.GENTASK_STORE);
    const client = new gentask.Client("apidot", { baseUrl: sandbox.base("apidot"), apiKey: KEY, store });
    const keys = ['=HYPERLINK("x")', "+1", "-1", "@x", "a=1"];
    for (const key of keys) await client.submit({ ...ORDERS.apidot, key, owner: "=ann" });
    await store.close();
    const csv = (await run(COMMAND, ["list", "--format", "csv"], { env })).stdout;
    const cells = csv.trim().split("\r\n").slice(1).map((line) => line.split(",").slice(10, 12));
    assert.deepEqual(cells.map(([owner]) => owner), keys.map(() => "'=ann"));
    const expected = [`"'=HYPERLINK(""x"")"`, "'+1", "'-1", "'@x", "a=1"];
    assert.deepEqual(cells.map(([, key]) => key).sort(), expected.sort());
    const timeless = (text) => text.replaceAll(/,\d+\r\n/g, "\r\n");
    const native = await run(nativeCommand(), ["list", "--format", "csv"], { env, runtime: false });
    assert.equal(timeless(csv), timeless(native.stdout));
});

test("an option that JavaScript would change is refused", async () => {
    const args = ["run", "--provider", "aivideomaker", ...FILM, "--dry-run", "--option"];
    const { errorMessage } = await reply(COMMAND, [...args, "maxCredits=12345678901234567890"], 2);
    assert.match(errorMessage, /^--option maxCredits: /);
    assert.equal((await run(COMMAND, [...args, "maxCredits=50"], { env })).code, 0);
});

test("verbs that only the native command has say so", async () => {
    for (const verb of ["demo", "listen", "deliveries", "completions"]) {
        const ran = await run(COMMAND, [verb, "bash"], { env });
        assert.equal(ran.code, 2);
        assert.match(JSON.parse(ran.stdout).errorMessage, /native command only/);
    }
});
