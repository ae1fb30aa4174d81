// The sandbox behind a port: sockets, the environment, and what ends.

import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import process from "node:process";
import { test } from "node:test";
import { failureOf, gentask, order, Sandbox } from "./scene.mjs";

const { Client, memoryStore } = gentask;
const BODY = JSON.stringify({ request_type: "async", input: order().input });
const HEAD = "POST /apixo/api/v1/generateTask/nano-banana HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\ncontent-type: application/json\r\n";
const SUBMIT = `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`;

/** A connection: what came of it so far, and how it ended. */
async function dial(t, sandbox) {
    const socket = net.connect(Number(new URL(sandbox.url).port), "127.0.0.1");
    const told = { socket, text: "", error: undefined, isOver: false };
    socket.on("data", (chunk) => (told.text += chunk));
    socket.on("error", (error) => (told.error = error));
    socket.on("end", () => (told.isOver = true));
    socket.on("close", () => (told.isOver = true));
    t.after(() => socket.destroy());
    await once(socket, "connect");
    return told;
}

async function until(holds) {
    for (let left = 5_000; !holds(); left--) {
        assert.ok(left > 0, `it never came: ${holds}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
    }
}

async function listening(t, options) {
    const sandbox = await new Sandbox(options).listen();
    t.after(() => sandbox.close());
    return sandbox;
}

const answers = ({ text }) => text.match(/HTTP\/1\.1 \d+/g) ?? [];

test("code that makes its own client finds the sandbox by its environment, which is as before in the end", async (t) => {
    process.env.APIXO_API_KEY = "mine";
    t.after(() => delete process.env.APIXO_API_KEY);
    const sandbox = await listening(t);
    assert.equal(sandbox.env().APIXO_BASE_URL, `${sandbox.url}/apixo`);
    assert.match(sandbox.env().GENTASK_POLL_MS, /^[1-9]\d*$/);
    sandbox.setEnv();
    const task = await new Client("apixo", { store: memoryStore() }).submit(order());
    assert.equal(sandbox.tasks()[0].taskId, task.taskId);
    await sandbox.close();
    assert.deepEqual([process.env.APIXO_API_KEY, process.env.APIXO_BASE_URL], ["mine", undefined]);
});

test("a connection takes one request after the other, whole, in chunks and in drops", async (t) => {
    const sandbox = await listening(t);
    const told = await dial(t, sandbox);
    told.socket.write(SUBMIT);
    await until(() => answers(told).length === 1);
    const middle = BODY.length >> 1;
    const chunks = [BODY.slice(0, middle), BODY.slice(middle)].map((part) => `${part.length.toString(16)};x=y\r\n${part}\r\n`);
    told.socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n${chunks.join("")}0\r\ntrailer: x\r\n\r\n`);
    await until(() => answers(told).length === 2);
    for (const letter of SUBMIT) told.socket.write(letter);
    await until(() => answers(told).length === 3);
    told.socket.write(`${HEAD}expect: 100-continue\r\ncontent-length: ${BODY.length}\r\n\r\n`);
    await until(() => told.text.includes("100 Continue"));
    told.socket.write(BODY);
    await until(() => answers(told).length === 5);
    told.socket.write(SUBMIT + SUBMIT.replace("host", "connection: close\r\nhost"));
    await until(() => told.isOver);
    assert.deepEqual(answers(told).filter((line) => !line.endsWith(" 200")), ["HTTP/1.1 100"]);
    assert.equal(sandbox.submits(), 6);
    const { connectionsMost, connectionsTotal } = sandbox.stats();
    assert.deepEqual([connectionsMost, connectionsTotal], [1, 1]);
});

test("what is no request is told so, and the connection ends", async (t) => {
    const sandbox = await listening(t);
    for (const [text, status] of [["hello\r\n\r\n", 400], [`${HEAD}content-length: x\r\n\r\n`, 400], [`${HEAD}x: ${"y".repeat(70_000)}`, 431]]) {
        const told = await dial(t, sandbox);
        told.socket.write(text);
        await until(() => told.isOver);
        assert.deepEqual(answers(told), [`HTTP/1.1 ${status}`]);
    }
    assert.equal(sandbox.submits(), 0);
});

test("faults of a connection are seen on the connection", async (t) => {
    const sandbox = await listening(t);
    const sent = async (kind, more = {}) => {
        sandbox.reset("apixo");
        sandbox.script("apixo", [{ on: "submit", fault: { kind, ...more } }]);
        const told = await dial(t, sandbox);
        told.socket.write(SUBMIT);
        await until(() => told.isOver);
        return told;
    };
    const length = ({ text }) => Number(/content-length: (\d+)/.exec(text)[1]);
    const body = ({ text }) => text.slice(text.indexOf("\r\n\r\n") + 4);
    for (const kind of ["resetBeforeRead", "resetAfterBody"]) {
        const told = await sent(kind);
        assert.deepEqual([told.text, told.error?.code], ["", "ECONNRESET"], kind);
    }
    for (const told of [await sent("closeWithoutAnswer"), await sent("silence", { ms: 1 })]) {
        assert.deepEqual([told.text, told.error], ["", undefined]);
    }
    const truncated = await sent("truncatedBody");
    assert.equal(body(truncated).length, length(truncated) >> 1);
    const long = await sent("lengthTooLong");
    assert.equal(body(long).length, length(long) - 1);
    const chunked = await sent("lastChunkMissing");
    assert.match(body(chunked), /^[0-9a-f]+\r\n\{.*\}\r\n$/s);
});

test("a port that is taken is said to be, and a sandbox that has ended listens no more", async (t) => {
    const sandbox = await listening(t);
    const port = Number(new URL(sandbox.url).port);
    const second = new Sandbox();
    assert.match((await failureOf(second.listen({ port }))).message, /cannot listen on port \d+ of this machine: it is taken/);
    await sandbox.close();
    assert.equal((await second.listen({ port })).url, `http://127.0.0.1:${port}`);
    await second.close();
    assert.match((await failureOf(second.listen())).message, /the sandbox is closed/);
});

test("the end of a sandbox ends what waits in it", async (t) => {
    const sandbox = await listening(t);
    sandbox.script("apixo", [{ on: "submit", fault: { kind: "hold" } }]);
    const told = await dial(t, sandbox);
    told.socket.write(SUBMIT);
    await until(() => sandbox.submits() === 1);
    await sandbox.close();
    await until(() => told.isOver);
});
