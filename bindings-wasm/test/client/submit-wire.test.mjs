// Submits on the wire: what proves that nothing was sent, what proves nothing, and that one connection carries one POST.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { SELF_SIGNED } from "../support/certificate.mjs";
import { clientOf, failureOf, only, order, said, SOON, STORES, tempt } from "../support/client.mjs";
import { KEY, startSandbox } from "../support/sandbox.mjs";
import { answerOf, closedPort, serve, withServer } from "../support/wire.mjs";

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

test("a port where nobody listens is a proof", async () => neverLeaves(`http://127.0.0.1:${await closedPort()}`, /ECONNREFUSED/));

test("a port where nobody listens is a proof under every address of a name", async () =>
    neverLeaves(`http://localhost:${await closedPort()}`, /ECONNREFUSED/));

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

test("a provider that is away at first gets the submit once when it is back", async () => {
    const port = await closedPort();
    const heard = [];
    let server;
    const client = clientOf(`http://127.0.0.1:${port}`, "apixo", {
        onEvent: async (_record, event) => {
            heard.push(event.kind);
            if (event.kind === "retry" && !server) server = serve((socket) => socket.end(answerOf(200, ACCEPTED)), { port });
        },
    });
    const task = await client.submit(order());
    const { requests, close } = await server;
    assert.deepEqual([task.taskId, requests.length, (await task.record()).maybeSent], ["task_1", 1, false]);
    await close();
});

const ODD_HEADS = {
    "101 switching protocols": "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    "101 without a word": "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "103 and no more": "HTTP/1.1 103 Early Hints\r\n\r\n",
    "what is no HTTP": "SSH-2.0-OpenSSH_9.9\r\n",
    "half a head": "HTTP/1.1 200 OK\r\ncontent-le",
    "a head without end": `HTTP/1.1 200 OK\r\nx-long: ${"y".repeat(300_000)}`,
    "status 999": "HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}",
    "204": "HTTP/1.1 204 No Content\r\n\r\n",
    "two lengths": `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    "chunks that end early": 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"code":200,"data":{"taskI',
    "a body that ends early": 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"code":200,"data":{"taskI',
    "no answer at all": "",
};

for (const [name, head] of Object.entries(ODD_HEADS)) {
    test(`${name}: one POST, unresolved, never posted again`, () =>
        withServer(
            (socket) => socket.end(Buffer.from(head, "latin1")),
            async (server) => {
                const client = clientOf(server.origin);
                const failure = await failureOf(client.submit(order()));
                assert.deepEqual(said(failure), { code: "SUBMIT_UNKNOWN", status: "unknown", billing: "possible", taskId: null }, failure.message);
                await tempt(client, failure.intentId);
                assert.deepEqual([server.requests.length, (await only(client)).phase], [1, "unresolved"]);
            },
        ));
}

const CUT = {
    "a length that is one too long": 'HTTP/1.1 200 OK\r\ncontent-length: 37\r\n\r\n{"code":200,"data":{"taskId":"t_1"}}',
    "a last chunk that is missing": 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n24\r\n{"code":200,"data":{"taskId":"t_1"}}\r\n',
};

for (const [name, head] of Object.entries(CUT)) {
    test(`${name}: an id that came whole is kept`, () =>
        withServer(
            (socket) => socket.end(Buffer.from(head, "latin1")),
            async (server) => {
                const task = await clientOf(server.origin).submit(order());
                assert.deepEqual([task.taskId, server.requests.length], ["t_1", 1]);
            },
        ));
}

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

test("interim answers before the answer change nothing", () =>
    withServer(
        (socket) => {
            socket.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n");
            socket.end(answerOf(200, ACCEPTED));
        },
        async (server) => {
            const task = await clientOf(server.origin).submit(order());
            assert.deepEqual([task.taskId, server.requests.length], ["task_1", 1]);
        },
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

test("a large answer comes in pieces and is read whole", () =>
    withServer(
        (socket) => {
            const bytes = answerOf(200, { ...ACCEPTED, padding: "x".repeat(200_000) });
            for (let at = 0; at < bytes.length; at += 10_000) socket.write(bytes.subarray(at, at + 10_000));
        },
        async (server) => assert.equal((await clientOf(server.origin).submit(order())).taskId, "task_1"),
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

test("a body that stops midway ends with the request's time", () =>
    withServer(
        (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"code":200,"da'),
        async (server) => {
            const failure = await failureOf(clientOf(server.origin, "apixo", { requestTimeout: 0.3 }).submit(order()));
            assert.equal(failure.code, "SUBMIT_UNKNOWN");
            assert.equal(server.requests.length, 1);
        },
    ));

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
