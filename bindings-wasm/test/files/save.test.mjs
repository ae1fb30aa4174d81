// Result files over real connections: what arrives is on disk, whole and under a name of its own, and nothing else is.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import test, { afterEach, beforeEach } from "node:test";
import { fileURLToPath } from "node:url";
import { SELF_SIGNED } from "../support/certificate.mjs";
import { DIST } from "../support/package.mjs";
import { answerOf, CLOSED_PORT, withServer } from "../support/wire.mjs";
import { arguments_ } from "../command/program.mjs";

const { saveFile } = await import(new URL("files.js", DIST).href);
const { POLICY } = await import(new URL("files/fetch.js", DIST).href);

const PICTURE = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(5_000, 7)]);
const LOCAL = { ...POLICY, allowsLoopback: true };
const KEY = { header: "authorization", value: "Bearer sk-only-for-the-base" };

let folder;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "gentask-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wanted = (url, more = {}) => ({ url, kind: "image", stem: "task-image-1", key: undefined, ...more });
const save = (url, more, policy = LOCAL) => saveFile(wanted(url, more), join(folder, "new", "out"), policy);
const names = () => (existsSync(join(folder, "new")) ? readdirSync(join(folder, "new", "out")) : []);

/** Why a file is not saved. Nothing is left of it, and its path, which may be signed, stands in no message. */
async function failure(saving) {
    const error = await saving.then(
        () => assert.fail("it was saved"),
        (error) => error,
    );
    assert.equal(error.name, "NotSaved", error);
    assert.ok(!error.message.includes("secret") && !error.message.includes("sk-only"), error.message);
    assert.deepEqual(names(), []);
    return [error.code, error.message];
}

test("a file is saved whole, and its digest is its own", async () => {
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin, requests }) => {
        const saved = await save(`${origin}/secret.jpeg`);
        assert.deepEqual(saved, {
            path: join(folder, "new", "out", "task-image-1.png"),
            sha256: createHash("sha256").update(PICTURE).digest("hex"),
            bytes: PICTURE.length,
            contentType: "image/png",
        });
        assert.deepEqual(readFileSync(saved.path), PICTURE);
        const { authorization, "accept-encoding": encoding, cookie, referer } = requests[0].headers;
        assert.deepEqual([authorization, encoding, cookie, referer], [undefined, "identity", undefined, undefined]);
    });
});

test("a name that is taken is left alone", async () => {
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        const first = await save(`${origin}/a`);
        writeFileSync(first.path, "a person's own");
        assert.equal((await save(`${origin}/a`)).path, join(folder, "new", "out", "task-image-1-2.png"));
        assert.equal(readFileSync(first.path, "utf8"), "a person's own");
        // The same file once more, as another process saves it, is the one that is there.
        assert.equal((await save(`${origin}/a`)).path, join(folder, "new", "out", "task-image-1-2.png"));
        assert.equal(names().length, 2);
    });
});

test("an empty file under the name is another process's for a moment, then just another file", async () => {
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        const { path } = await save(`${origin}/a`);
        writeFileSync(path, "");
        const saving = save(`${origin}/a`);
        setTimeout(() => writeFileSync(path, PICTURE), 200);
        assert.equal((await saving).path, path);
        assert.deepEqual(names(), ["task-image-1.png"]);
        writeFileSync(path, "");
        assert.equal((await save(`${origin}/a`)).path, join(folder, "new", "out", "task-image-1-2.png"));
    });
});

test("what is not of the promised type is not saved", async () => {
    const page = "<!doctype html><title>expired</title>";
    await withServer((socket) => socket.end(answerOf(200, page, { "content-type": "image/png" })), async ({ origin }) => {
        assert.deepEqual(await failure(save(`${origin}/secret`)), ["UNKNOWN_ERROR", `expected an image from ${origin}, found a web page`]);
    });
});

test("a file that ends early is not saved", async () => {
    const cut = answerOf(200, PICTURE).subarray(0, 2_000);
    await withServer((socket) => socket.end(cut), async ({ origin }) => {
        assert.deepEqual(await failure(save(`${origin}/secret`)), ["NETWORK_ERROR", `the file from ${origin} ended early`]);
    });
    const chunked = Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n"), PICTURE]);
    await withServer((socket) => socket.end(chunked), async ({ origin }) => {
        assert.deepEqual(await failure(save(`${origin}/secret`)), ["NETWORK_ERROR", `the file from ${origin} ended early`]);
    });
});

test("a file beyond the cap is not saved, whether its size is told or not", async () => {
    const small = { ...LOCAL, maxBytes: 4_000 };
    const untold = Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"), PICTURE]);
    for (const answer of [answerOf(200, PICTURE), untold]) {
        await withServer((socket) => socket.end(answer), async ({ origin }) => {
            assert.deepEqual(await failure(save(`${origin}/secret`, {}, small)), [
                "RESPONSE_TOO_LARGE",
                `the file from ${origin} is larger than 4000 bytes`,
            ]);
        });
    }
});

test("a server that falls silent is left, before its answer and within it", async () => {
    const brief = { ...LOCAL, idleMs: 60 };
    for (const part of [Buffer.alloc(0), answerOf(200, PICTURE).subarray(0, 2_000)]) {
        await withServer((socket) => socket.write(part), async ({ origin }) => {
            assert.deepEqual(await failure(save(`${origin}/secret`, {}, brief)), ["NETWORK_ERROR", `${origin} was silent for 60 ms`]);
        });
    }
});

test("a byte now and then keeps no download alive", async () => {
    const slow = { ...LOCAL, idleMs: 60_000, slowest: { bytes: 60_000, ms: 150 } };
    let dripping;
    const drip = (socket) => {
        socket.write(answerOf(200, PICTURE, { "content-length": 1_000_000 }).subarray(0, 700));
        dripping = setInterval(() => socket.write("x"), 5);
    };
    await withServer(drip, async ({ origin }) => {
        try {
            const words = `${origin} stalled: less than 60000 bytes of the file came within 150 ms`;
            assert.deepEqual(await failure(save(`${origin}/secret`, {}, slow)), ["NETWORK_ERROR", words]);
        } finally {
            clearInterval(dripping);
        }
    });
    const enough = { ...slow, slowest: { bytes: 1, ms: 60_000 } };
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        assert.equal((await save(`${origin}/secret`, {}, enough)).bytes, PICTURE.length);
    });
});

test("answers that are no file are told apart", async () => {
    for (
        const [status, code] of [
            [401, "AUTH_FAILED"],
            [403, "UNKNOWN_ERROR"],
            [404, "UNKNOWN_ERROR"],
            [418, "UNKNOWN_ERROR"],
            [429, "RATE_LIMITED"],
            [503, "UPSTREAM_ERROR"],
        ]
    ) {
        await withServer((socket) => socket.end(answerOf(status, "no")), async ({ origin }) => {
            const [found, message] = await failure(save(`${origin}/secret`));
            assert.deepEqual([found, message.startsWith(`${origin} answered ${status}`)], [code, true], message);
        });
    }
    assert.equal((await failure(save(`http://127.0.0.1:${CLOSED_PORT}/secret`)))[0], "NETWORK_ERROR");
});

test("the key goes to the provider's base and to no redirect", async () => {
    const redirecting = (socket, { target }) => socket.end(target === "/b" ? answerOf(200, PICTURE) : answerOf(302, "", { location: "/b" }));
    await withServer(redirecting, async ({ origin, requests }) => {
        await save(`${origin}/a`, { key: { ...KEY, base: `${origin}/api` } });
        assert.deepEqual(requests.map(({ target, headers }) => [target, headers.authorization]), [
            ["/a", KEY.value],
            ["/b", undefined],
        ]);
    });
});

test("another origin than the base is not asked at all where a key would go along", async () => {
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin, requests }) => {
        const [code] = await failure(save(`${origin}/secret`, { key: { ...KEY, base: "https://api.example" } }));
        assert.deepEqual([code, requests.length], ["UNSUPPORTED", 0]);
    });
});

test("redirects without an end or to somewhere inside are not followed", async () => {
    await withServer((socket) => socket.end(answerOf(307, "", { location: "/again" })), async ({ origin, requests }) => {
        assert.deepEqual(await failure(save(`${origin}/secret`)), ["UNSUPPORTED", "more than 5 redirects"]);
        assert.equal(requests.length, 6);
    });
    for (const location of ["http://10.0.0.1/", "https://169.254.169.254/secret", "https://[fd00::1]/", "file:///etc/passwd"]) {
        await withServer((socket) => socket.end(answerOf(302, "", { location })), async ({ origin }) => {
            assert.equal((await failure(save(`${origin}/secret`)))[0], "UNSUPPORTED", location);
        });
    }
});

test("a name that leads inside is not connected to, were it only by one of its addresses", async () => {
    for (const inside of ["10.0.0.1", "127.0.0.1", "::1", "::ffff:8.8.8.8", "169.254.169.254"]) {
        const addresses = async () => [{ address: "8.8.8.8", family: 4 }, { address: inside, family: inside.includes(":") ? 6 : 4 }];
        const [code, message] = await failure(save("https://cdn.example/secret", {}, { ...LOCAL, addresses }));
        assert.deepEqual([code, message], ["UNSUPPORTED", "cdn.example has an address outside the public internet"], inside);
    }
    const [code] = await failure(save("http://localhost:9/secret", {}, { ...LOCAL, addresses: async () => [{ address: "8.8.8.8", family: 4 }] }));
    assert.equal(code, "UNSUPPORTED");
});

test("the connection goes to the address that was checked, and the name is looked up once", { skip: process.platform !== "linux" }, async () => {
    // Nothing listens at this port of 127.0.0.1, where the system would lead.
    const server = http.createServer((_, answer) => answer.end(PICTURE)).listen(0, "127.0.0.2");
    await once(server, "listening");
    let asked = 0;
    const addresses = async () => (asked++ === 0 ? [{ address: "127.0.0.2", family: 4 }] : [{ address: "127.0.0.1", family: 4 }]);
    try {
        await save(`http://localhost:${server.address().port}/a`, {}, { ...LOCAL, addresses });
        assert.equal(asked, 1);
    } finally {
        server.closeAllConnections();
        server.close();
    }
});

test("a server that cannot prove its name is asked for nothing", async () => {
    const secure = { cert: SELF_SIGNED.cert, key: SELF_SIGNED.key };
    const use = async ({ origin, requests }) => {
        assert.equal((await failure(save(`${origin}/secret`)))[0], "NETWORK_ERROR");
        assert.equal(requests.length, 0);
    };
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), use, { secure });
});

test("a folder that cannot be made is the disk's fault", async () => {
    writeFileSync(join(folder, "new"), "a file");
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        await assert.rejects(
            save(`${origin}/a`),
            ({ code, message }) => code === "STORE_ERROR" && message.startsWith("cannot write into the directory"),
        );
    });
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        if (process.platform !== "linux") return;
        await assert.rejects(saveFile(wanted(`${origin}/a`), "/proc/gentask/out", LOCAL), ({ code }) => code === "STORE_ERROR");
    });
});

test("no proxy is asked, whatever the environment says", async () => {
    const proxy = `http://127.0.0.1:${CLOSED_PORT}`;
    await withServer((socket) => socket.end(answerOf(200, PICTURE)), async ({ origin }) => {
        const env = {
            HTTP_PROXY: proxy,
            HTTPS_PROXY: proxy,
            http_proxy: proxy,
            https_proxy: proxy,
            NODE_USE_ENV_PROXY: "1",
            NO_PROXY: "",
            no_proxy: "",
        };
        assert.equal(await fetchElsewhere([`${origin}/a`, folder], env), 0);
        assert.deepEqual(readdirSync(folder), ["task-image-1.png"]);
    });
});

test("a program that ends in the middle of a file leaves nothing of it", async () => {
    await withServer((socket) => socket.write(answerOf(200, PICTURE).subarray(0, 2_000)), async ({ origin }) => {
        assert.equal(await fetchElsewhere([`${origin}/a`, folder, "leave"], {}), 9);
        assert.deepEqual(readdirSync(folder), []);
    });
});

/** Fetches a file in a process of its own, and returns its exit code. */
async function fetchElsewhere(args, env) {
    const program = fileURLToPath(new URL("fetcher.mjs", import.meta.url));
    const child = spawn(process.execPath, arguments_(program, args), { env: { ...process.env, ...env }, stdio: "inherit" });
    const [code] = await once(child, "exit");
    return code;
}
