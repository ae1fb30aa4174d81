// `gentask/proxy`: a real proxy of this machine, with TLS behind it, and what proves that nothing was sent.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { proxied } from "gentask/proxy";
import { PROVIDER } from "../support/certificate.mjs";
import { clientOf, order, SOON } from "../support/client.mjs";
import { gentask, RUNTIME } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { answerOf, CLOSED_PORT, serve } from "../support/wire.mjs";

const PROGRAM = fileURLToPath(new URL("programs/proxied.mjs", import.meta.url));
const FLAGS = { node: ["--disable-warning=ExperimentalWarning"], deno: ["run", "--allow-all", "--no-check", "--quiet"], bun: ["run"] }[RUNTIME];
/** Where clients of these tests submit to: only the proxy knows where that is. */
const BASE = "https://provider.example";
const ACCEPTED = { code: 200, data: { taskId: "task_1" } };
const DONE = { code: 200, data: { taskId: "task_1", state: "success", resultJson: JSON.stringify({ resultUrls: ["https://cdn.example/a.png"] }) } };

let folder, trusted;
before(() => {
    folder = mkdtempSync(join(tmpdir(), "gentask-proxy-"));
    trusted = join(folder, "trusted.pem");
    writeFileSync(trusted, PROVIDER.authority);
});
after(() => rmSync(folder, { recursive: true }));

/** A provider with TLS that accepts each submit, and whose tasks are done. */
function provider() {
    return serve((socket, { method }) => socket.write(answerOf(200, method === "POST" ? ACCEPTED : DONE)), { secure: PROVIDER });
}

/** A proxy that leads every tunnel to this port, or does with it what `answer(socket)` does instead. */
async function proxyTo(port, answer) {
    const heads = [];
    const sockets = new Set();
    const server = net.createServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined);
        let head = "";
        const hear = (chunk) => {
            head += chunk.toString("latin1");
            if (!head.includes("\r\n\r\n")) return;
            socket.removeListener("data", hear);
            heads.push(head);
            if (answer) return answer(socket);
            const there = net.connect(port, "127.0.0.1", () => {
                socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
                socket.pipe(there).pipe(socket);
            });
            sockets.add(there);
            there.on("error", () => socket.destroy());
        };
        socket.on("data", hear);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        address: `127.0.0.1:${server.address().port}`,
        heads,
        close: async () => {
            for (const socket of sockets) socket.destroy();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

/** What a program prints that submits through a proxy. It trusts the provider of these tests. */
async function run(proxy, { base = BASE, env = {}, timeout = 20 } = {}) {
    const quiet = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
    const child = await promisify(execFile)(process.execPath, [...FLAGS, PROGRAM, base, proxy, String(timeout)], {
        // Deno would look for a newer one of itself, through the proxy.
        env: { ...quiet, NODE_EXTRA_CA_CERTS: trusted, DENO_CERT: trusted, DENO_NO_UPDATE_CHECK: "1", ...env },
        timeout: 110_000,
    });
    return { said: JSON.parse(child.stdout), text: child.stdout + child.stderr };
}

/** Runs a program against a provider behind a proxy, and gives what all of them saw. */
async function behind({ answer, through = (address) => `http://${address}`, ...more } = {}) {
    const target = await provider();
    const proxy = await proxyTo(target.port, answer);
    try {
        const env = more.env?.(proxy.address);
        const { said, text } = await run(through(proxy.address), { ...more, env });
        const posts = target.requests.filter(({ method }) => method === "POST");
        return { said, text, heads: proxy.heads, posts, requests: target.requests, connections: target.connections };
    } finally {
        await proxy.close();
        await target.close();
    }
}

/** That a submit was tried thrice and never left. */
function neverLeft({ posts, said }, words) {
    const [code, billing, tried, unsent, message] = said;
    assert.deepEqual([code, billing, tried, unsent, posts.length], ["NETWORK_ERROR", "none", 3, 3, 0], message);
    assert.match(message, words);
}

describe("through a proxy", () => {
    test("a task runs, each request in a tunnel and on a connection of its own", async () => {
        const { connections, heads, posts, requests, said, text } = await behind();
        assert.deepEqual(said, ["task_1", "success"], text);
        assert.equal(posts.length, 1);
        assert.deepEqual([heads.length, connections], [requests.length, requests.length]);
        for (const head of heads) assert.match(head, /^CONNECT provider\.example:443 HTTP\/1\.1\r\nhost: provider\.example:443\r\n\r\n$/);
        assert.equal(posts[0].headers.authorization, "Bearer sk-test-opens-nothing");
    });

    test("a user name and a password are sent to the proxy, and shown nowhere", async () => {
        const { heads, said, text } = await behind({ through: (address) => `http://anna:se%20cret-word@${address}` });
        assert.deepEqual(said, ["task_1", "success"], text);
        assert.ok(heads[0].includes(`\r\nproxy-authorization: Basic ${btoa("anna:se cret-word")}\r\n`));
        const refused = await behind({
            through: (address) => `http://anna:secret-word@${address}`,
            answer: (socket) => socket.end("HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n"),
        });
        neverLeft(refused, /another user name or password \(407\)/);
        assert.ok(!refused.text.includes("secret-word"));
    });

    test("the environment's is used, and what it lists is asked directly", async () => {
        const used = await behind({ through: () => "env", env: (address) => ({ HTTPS_PROXY: `http://${address}` }) });
        assert.deepEqual([used.said, used.heads.length], [["task_1", "success"], used.requests.length], used.text);
        const listed = await behind({
            through: () => "env",
            env: (address) => ({ https_proxy: `http://${address}`, NO_PROXY: "other.example, .example" }),
            timeout: 4,
        });
        neverLeft(listed, /provider\.example/);
        assert.deepEqual(listed.heads, []);
    });
});

describe("nothing was sent", () => {
    test("where nobody listens", async () => {
        neverLeft({ ...(await run(`http://127.0.0.1:${CLOSED_PORT}`)), posts: [] }, /the proxy did not lead to https:\/\/provider\.example: /);
    });

    const REFUSALS = {
        "it refuses": ["HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", /it answered 502/],
        "it speaks another language": ["220 mail.example ESMTP\r\n\r\n", /is no HTTP/],
        "its answer has no end": ["x".repeat(20_000), /is no HTTP/],
        "it says more than was asked": ["HTTP/1.1 200 OK\r\n\r\nmore", /more than was asked/],
        "it closes the connection": ["", /closed the connection|ECONNRESET/],
    };
    for (const [name, [words, told]] of Object.entries(REFUSALS)) {
        test(`where ${name}`, async () => neverLeft(await behind({ answer: (socket) => socket.end(words) }), told));
    }

    test("where it says nothing, for as long as connecting may take", async () => {
        neverLeft(await behind({ answer: () => undefined, timeout: 0.6 }), /took too long/);
    });

    test("where the tunnel ends before TLS does", async () => {
        const { posts, said, text } = await behind({
            answer: (socket) => {
                socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
                socket.once("data", () => socket.destroy());
            },
        });
        neverLeft({ posts, said }, /provider\.example/, text);
    });

    test("where the place is another one than the certificate's", async () => {
        const target = await serve(undefined, { secure: PROVIDER });
        const proxy = await proxyTo(target.port);
        try {
            const { said } = await run(`http://${proxy.address}`, { base: "https://other.example" });
            neverLeft({ said, posts: target.requests }, /other\.example/);
        } finally {
            await proxy.close();
            await target.close();
        }
    });
});

test("an answer that is lost behind the proxy is no proof", async () => {
    const target = await serve((socket) => socket.destroy(), { secure: PROVIDER });
    const proxy = await proxyTo(target.port);
    try {
        const { said: [code, billing, tried, unsent] } = await run(`http://${proxy.address}`);
        assert.deepEqual([code, billing, tried, unsent, target.requests.length], ["SUBMIT_UNKNOWN", "possible", 1, 0, 1]);
    } finally {
        await proxy.close();
        await target.close();
    }
});

test("this machine is never asked through a proxy", async () => {
    const sandbox = await startSandbox();
    const proxy = await proxyTo(0);
    try {
        await sandbox.reset("apixo", SOON);
        const client = clientOf(sandbox.base("apixo"), "apixo", { transport: proxied(`http://${proxy.address}`) });
        assert.equal((await (await client.submit(order())).wait()).status, "success");
        assert.deepEqual(proxy.heads, []);
    } finally {
        await proxy.close();
        await sandbox.stop();
    }
});

test("an address that is none is refused without being shown", () => {
    for (const address of ["socks5://u:secret-word@h:1", "https://u:secret-word@h", "http://", "http://u:secret-word@:1", "", 7, undefined]) {
        assert.throws(() => proxied(address), (error) => {
            assert.ok(error instanceof gentask.GentaskError, String(error));
            assert.match(error.message, /http:\/\/host:port/);
            return !error.message.includes("secret-word");
        });
    }
    assert.throws(() => proxied("http://h:1", { noProxy: "h" }), /noProxy is a list/);
    assert.throws(() => proxied("http://h:1", { no_proxy: [] }), /no_proxy/);
});
