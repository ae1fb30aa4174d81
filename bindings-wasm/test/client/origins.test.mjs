// The key goes to the provider's own origins and nowhere else: not to a redirect, not to a URL that an answer names. And what reads bring that
// no HTTP server should send.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { clientOf, failureOf, order } from "../support/client.mjs";
import { DIST, gentask, RUNTIME } from "../support/package.mjs";
import { KEY } from "../support/sandbox.mjs";
import { answerOf, withServer } from "../support/wire.mjs";

const { Contract } = gentask;

const ACCEPTED = { code: 200, data: { taskId: "task_1" } };
const STATUS = { code: 200, data: { state: "success", resultJson: JSON.stringify({ resultUrls: ["https://files.example/a.png"] }) } };

/** Answers the submit, and hands the polls over; `then` hears the socket and which poll it is, from 1. */
const polled = (then, accepted = ACCEPTED) => {
    let polls = 0;
    return (socket, request) => (request.method === "POST" ? socket.end(answerOf(200, accepted)) : then(socket, ++polls, request));
};

/** A contract like APIXO's whose answers name the URL to poll. */
function polling(origins) {
    const source = JSON.parse(Contract.builtIn("apixo").toJson());
    source.id = "polling";
    source.origins = origins;
    source.submit.reply.keep = { pollingUrl: ["/data/pollingUrl"] };
    source.status = { method: "GET", urlFrom: { var: "pollingUrl" }, reply: source.status.reply };
    delete source.samples;
    delete source.evidence;
    return Contract.load(source);
}

for (const code of [301, 302, 303, 307, 308]) {
    test(`a poll that is redirected by ${code} is not followed, to this origin or another`, () =>
        withServer(undefined, async (other) => {
            const answer = polled((socket, nth) => {
                const location = nth % 2 === 1 ? `${other.origin}/secret` : "/elsewhere";
                socket.end(nth <= 2 ? answerOf(code, "", { location }) : answerOf(200, STATUS));
            });
            await withServer(answer, async (server) => {
                const task = await clientOf(server.origin).submit(order());
                assert.equal((await task.wait()).status, "success");
                assert.equal(other.requests.length, 0);
                assert.ok(server.requests.every(({ target }) => !target.startsWith("/elsewhere")));
            });
        }));
}

test("a foreign URL in an answer gets no key, and no request", () =>
    withServer(
        (socket) => socket.end(answerOf(200, STATUS)),
        async (other) => {
            const answer = polled((socket) => socket.end(answerOf(200, STATUS)), {
                code: 200,
                data: { taskId: "task_1", pollingUrl: `${other.origin}/poll?task=1` },
            });
            await withServer(answer, async (server) => {
                const task = await clientOf(server.origin, polling([])).submit(order());
                const failure = await failureOf(task.wait({ timeout: 0.2 }));
                assert.ok(!failure.message.includes(KEY));
                assert.ok(other.requests.every(({ head }) => !head.includes(KEY)), "the key left for another origin");
                assert.equal(other.requests.length, 0);
                assert.equal((await task.record()).phase, "waiting");
            });
        },
    ));

let base;

test("a URL of the base in an answer is polled with the key", () =>
    withServer(
        (socket, { method, target }) => {
            if (method === "POST") return socket.end(answerOf(200, { code: 200, data: { taskId: "task_1", pollingUrl: `${base}/poll?task=1` } }));
            assert.equal(target, "/poll?task=1");
            socket.end(answerOf(200, STATUS));
        },
        async (server) => {
            base = server.origin;
            const task = await clientOf(server.origin, polling([])).submit(order());
            assert.equal((await task.wait()).status, "success");
            assert.equal(server.requests[1].headers.authorization, `Bearer ${KEY}`);
        },
    ));

test("an answer that was compressed though nobody asked for it ends no task", () => {
    const packed = (gzip) => answerOf(200, gzip, { "content-encoding": "gzip" });
    return withServer(
        polled((socket, nth) => socket.end(nth === 1 ? packed(gzipSync(JSON.stringify(STATUS))) : answerOf(200, STATUS))),
        async (server) => {
            const task = await clientOf(server.origin).submit(order());
            assert.equal((await task.wait()).status, "success");
            assert.equal(server.requests[1].headers["accept-encoding"], "identity");
        },
    );
});

test("a compressed body that is larger than it looks is cut at its cap", { skip: RUNTIME === "deno" && "Deno leaves such a body as it came" }, () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20, 0x20));
    return withServer(
        polled((socket, nth) => socket.end(nth === 1 ? answerOf(200, bomb, { "content-encoding": "gzip" }) : answerOf(200, STATUS))),
        async (server) => {
            const task = await clientOf(server.origin).submit(order());
            assert.equal((await failureOf(task.wait())).code, "RESPONSE_TOO_LARGE");
            assert.equal((await task.wait()).status, "success");
        },
    );
});

const BROKEN = {
    "a body that breaks off": (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"code":200,"data":{"st');
        socket.end();
    },
    "chunks that break off": (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\n{"code":200'),
    "a body that stops midway": (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"code":200,"data":{"st'),
    "half a head": (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-le"),
    "no HTTP": (socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n"),
    "a key and a token that are asked for by a proxy": (socket) =>
        socket.end("HTTP/1.1 407 Proxy\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n"),
    "no answer": (socket) => socket.destroy(),
};

for (const [name, breaks] of Object.entries(BROKEN)) {
    test(`a poll that brings ${name} ends no task`, () =>
        withServer(
            polled((socket, nth) => (nth <= 2 ? breaks(socket) : socket.end(answerOf(200, STATUS)))),
            async (server) => {
                const task = await clientOf(server.origin, "apixo", { requestTimeout: 1 }).submit(order());
                assert.equal((await task.wait()).status, "success");
                assert.equal(server.requests.filter(({ method }) => method === "POST").length, 1);
            },
        ));
}

test("a poll's body that never ends is cut at its cap and not collected", () => {
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(0x10000, 0x20), Buffer.from("\r\n")]);
    let written = 0;
    const endless = (socket, nth) => {
        if (nth > 1) return socket.end(answerOf(200, STATUS));
        socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        const more = () => {
            while (!socket.destroyed && (written += chunk.length) && socket.write(chunk));
        };
        socket.on("drain", more);
        more();
    };
    return withServer(polled(endless), async (server) => {
        const task = await clientOf(server.origin, "apixo", { requestTimeout: 60 }).submit(order());
        assert.equal((await failureOf(task.wait())).code, "RESPONSE_TOO_LARGE");
        assert.ok(written < 32 << 20, `${written} bytes were taken`);
        assert.equal((await task.wait()).status, "success");
    });
});

test("a transport of ours asks once more whether a URL may have the key", async () => {
    const { headersOf } = await import(new URL("http/transport.js", DIST).href);
    const outgoing = {
        headers: {},
        credential: { name: "authorization", value: KEY },
        trusted: ["https://api.example.com/v1", "http://127.0.0.1:80", "http://10.0.0.1"],
    };
    const asks = (url) => headersOf({ ...outgoing, url }, new URL(url));
    for (const url of ["https://api.example.com/x", "https://api.example.com:443/", "http://127.0.0.1/x"]) {
        assert.equal(asks(url).authorization, KEY, url);
    }
    for (
        const url of [
            "https://example.com/",
            "https://api.example.com.evil.example/",
            "https://evil.api.example.com/",
            "https://api.example.com:444/",
            "http://api.example.com/",
            "http://127.0.0.1:81/",
            "http://10.0.0.1/",
        ]
    ) {
        assert.throws(() => asks(url), { name: "Undelivered", delivery: "notSent" }, url);
    }
});
