// Submits on the wire: what proves that nothing was sent, what proves nothing, and that one connection carries one POST.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { SELF_SIGNED } from "../support/certificate.mjs";
import { clientOf, failureOf, only, order, said, SOON, STORES, tempt } from "../support/client.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { answerOf, CLOSED_PORT, serve, withServer } from "../support/wire.mjs";

const ACCEPTED = { code: 200, message: "success", data: { taskId: "task_1" } };

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

/** A submit that provably never left: tried three times, then over, and nothing is sent later. */
async function neverLeaves(baseUrl, words, options) {
    const client = clientOf(baseUrl, "apixo", options);
    const failure = await failureOf(client.submit(order()));
    assert.deepEqual(said(failure), { code: "NETWORK_ERROR", status: "failed", billing: "none", taskId: null }, failure.message);
    assert.match(failure.message, words);
    const { phase, attempts, maybeSent, intentId } = await only(client);
    assert.deepEqual([phase, attempts.submit, attempts.notSent, maybeSent], ["rejected", 3, 3, false]);
    await tempt(client, intentId);
    assert.equal((await only(client)).attempts.submit, 3);
}

test("a port where nobody listens is a proof under every address of a name", () => neverLeaves(`http://localhost:${CLOSED_PORT}`, /ECONNREFUSED/));

test("a host that does not exist is a proof", () => neverLeaves("https://nothing.invalid", /nothing\.invalid/, { requestTimeout: 4 }));

test("a certificate that nobody trusts is a proof, and no byte of the request arrives", () =>
    withServer(
        (socket) => socket.end(answerOf(200, ACCEPTED)),
        async (server) => {
            await neverLeaves(server.origin, /self.signed/i);
            assert.equal(server.requests.length, 0);
        },
        { secure: SELF_SIGNED },
    ));

test("a TLS handshake that never ends is a proof, and it is bounded", () =>
    withServer(undefined, async (server) => {
        await neverLeaves(server.origin.replace("http:", "https:"), /connecting to https/, { requestTimeout: 0.4 });
        assert.deepEqual([server.requests.length, server.connections], [0, 3]);
    }));

test("a TLS handshake that is cut off is a proof", () =>
    withServer(undefined, (server) => neverLeaves(server.origin.replace("http:", "https:"), /connecting to https/), {
        greet: (socket) => socket.destroy(),
    }));

/** How an answer may be packed though identity was asked for. */
const PACKED = {
    gzip: (body) => [gzipSync(body), "gzip"],
    "gzip by its old name": (body) => [gzipSync(body), "X-GZIP"],
    deflate: (body) => [deflateSync(body), "deflate"],
    br: (body) => [brotliCompressSync(body), "br"],
    "a word that is not true": (body) => [Buffer.from(body), "gzip"],
};

for (const [name, pack] of Object.entries(PACKED)) {
    test(`an answer that is packed though nobody asked for it (${name}) loses no id`, () =>
        withServer(
            (socket) => {
                const [body, encoding] = pack(JSON.stringify(ACCEPTED));
                socket.end(answerOf(200, body, { "content-encoding": encoding }));
            },
            async (server) => {
                const task = await clientOf(server.origin).submit(order());
                assert.deepEqual([task.taskId, server.requests.length, server.requests[0].headers["accept-encoding"]], ["task_1", 1, "identity"]);
            },
        ));
}

test("a packed answer that breaks off, or is larger than it looks, is in doubt and not posted again", async () => {
    const cut = gzipSync(JSON.stringify({ code: 200, message: "x".repeat(5_000), data: { taskId: "task_1" } })).subarray(0, 30);
    const bomb = gzipSync(Buffer.alloc(64 << 20, 0x20));
    for (const body of [cut, bomb, Buffer.from("\u0000nothing of the kind")]) {
        await withServer(
            (socket) => socket.end(answerOf(200, body, { "content-encoding": "gzip" })),
            async (server) => {
                const client = clientOf(server.origin);
                const failure = await failureOf(client.submit(order()));
                assert.equal(failure.code, "SUBMIT_UNKNOWN");
                await tempt(client, failure.intentId);
                assert.equal(server.requests.length, 1);
            },
        );
    }
});

test("a connection that closes before the request is read proves nothing", () =>
    withServer(
        undefined,
        async (server) => {
            const client = clientOf(server.origin);
            const failure = await failureOf(client.submit(order()));
            assert.deepEqual([failure.code, (await only(client)).phase, server.connections], ["SUBMIT_UNKNOWN", "unresolved", 1]);
        },
        { greet: (socket) => socket.destroy() },
    ));

test("a submit is one POST on a connection of its own, with its length, the key and no more than it has to say", () =>
    withServer(
        (socket) => socket.write(answerOf(200, ACCEPTED)),
        async (server) => {
            const client = clientOf(server.origin);
            for (let time = 0; time < 3; time++) await client.submit(order());
            assert.equal(server.connections, 3);
            for (const { method, headers, body } of server.requests) {
                assert.equal(method, "POST");
                assert.equal(headers.authorization, `Bearer ${KEY}`);
                assert.equal(headers["content-type"], "application/json");
                assert.equal(Number(headers["content-length"]), Buffer.byteLength(body));
                assert.match(headers["user-agent"], /^gentask/);
                for (const name of ["cookie", "referer", "origin", "transfer-encoding"]) assert.equal(headers[name], undefined, name);
            }
        },
    ));

test("a text of every language arrives as it is", () =>
    withServer(
        (socket) => socket.end(answerOf(200, ACCEPTED)),
        async (server) => {
            const prompt = 'Füchse, 狐狸, \u{1F98A}, \u0000, \u2028, "quoted", \\, \ufeff';
            await clientOf(server.origin).submit({ model: "nano-banana", input: { mode: "text-to-image", prompt } });
            assert.equal(JSON.parse(server.requests[0].body).input.prompt, prompt);
        },
    ));

test("an answer that has said its whole length is taken though the connection stays open", () =>
    withServer(
        (socket) => socket.write(answerOf(200, ACCEPTED)),
        async (server) => {
            assert.equal((await clientOf(server.origin).submit(order())).taskId, "task_1");
        },
    ));

test("a body that never ends is cut at its cap and not collected", () => {
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(0x10000, 0x20), Buffer.from("\r\n")]);
    let written = 0;
    return withServer(
        (socket) => {
            socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            const more = () => {
                while (!socket.destroyed && (written += chunk.length) && socket.write(chunk));
            };
            socket.on("drain", more);
            more();
        },
        async (server) => {
            const client = clientOf(server.origin, "apixo", { requestTimeout: 60 });
            const failure = await failureOf(client.submit(order()));
            assert.equal(failure.code, "SUBMIT_UNKNOWN");
            // The cap is 1 MiB; what lies in the sockets' buffers comes on top.
            assert.ok(written < 32 << 20, `${written} bytes were taken`);
            assert.equal(server.requests.length, 1);
        },
    );
});

for (const [kind, withStore] of Object.entries(STORES)) {
    test(`${kind}: a submit right after a warm connection was closed is one POST, and its answer is not lost`, () =>
        withStore(async (store) => {
            await sandbox.reset("apixo", SOON, { on: "submit", fault: { kind: "closeWarmConnection" } });
            const client = clientOf(sandbox.base("apixo"), "apixo", { store });
            for (let time = 1; time <= 10; time++) {
                // Warms a connection up; it may still stand when the submit comes.
                await Promise.all([client.account(), client.account()]);
                const task = await client.submit(order());
                assert.ok(task.taskId);
                assert.deepEqual(await sandbox.paid("apixo"), { posts: time, tasks: time });
            }
        }));
}

test("a server that closes a kept connection after it read a body sees each submit once", async () => {
    let submits = 0;
    const answer = (socket, { method, connection, nth }) => {
        if (method === "GET") return socket.write(answerOf(200, { code: 200, data: { balance: 1 } }));
        submits++;
        // Another request came over this connection before: it dies.
        const isWarm = server.requests.some((other) => other.connection === connection && other.nth < nth);
        return isWarm ? socket.destroy() : socket.write(answerOf(200, ACCEPTED));
    };
    const server = await serve(answer);
    const client = clientOf(server.origin);
    for (let time = 1; time <= 10; time++) {
        await client.getStatus("task_0", "nano-banana");
        await client.submit(order());
        assert.equal(submits, time);
    }
    await server.close();
});
