// Callbacks that their provider signs: by a secret, by a published key, and by what is none of its own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, Contract, memoryStore } from "gentask";
import { firstVerified, signed } from "../../dist/hosting/ed25519.js";
import { readFileSync } from "node:fs";
import { startSandbox } from "../support/sandbox.mjs";
import { callbacks, HOOK } from "./scene.mjs";

const { deliveries, notices, Receiver, signTestCallback } = callbacks;
const CONTRACTS = new URL("../../../tests/contracts/", import.meta.url);
const contract = (name) => Contract.load(readFileSync(new URL(`${name}.json`, CONTRACTS)));
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SEED = new Uint8Array(32).fill(7);
const ORDERS = {
    replicate: { model: "black-forest-labs/flux-schnell", input: { prompt: "a sunset" } },
    fal: { model: "fal-ai/flux/dev", input: { prompt: "a sunset" } },
};

let sandbox;
before(async () => {
    sandbox = await startSandbox({ contracts: Object.keys(ORDERS).map((name) => fileURLToPath(new URL(`${name}.json`, CONTRACTS))) });
});
after(() => sandbox.stop());

async function scene(name, options = {}) {
    const slow = { initial: 600, factor: 1, cap: 600 };
    const own = {
        apiKey: "k",
        baseUrl: sandbox.base(name),
        poll: slow,
        store: memoryStore(),
        callbackSecrets: "our-own-secret-which-is-long-enough",
        ...options,
    };
    const client = new Client(contract(name), own);
    const task = await client.submit({ ...ORDERS[name], callbackUrl: HOOK });
    return { client, task, receiver: new Receiver(client) };
}

function prediction({ taskId: id }, status = "succeeded") {
    return { id, status, output: status === "succeeded" ? "https://replicate.delivery/a.png" : null };
}

test("a signed end is applied, without a question to the provider", async () => {
    const { client, receiver, task } = await scene("replicate", { signingSecrets: ["whsec_b2xk", SECRET] });
    const asked = await sandbox.arrived("replicate", "status");
    const waiting = task.wait({ timeout: 60 });
    const callback = await signTestCallback(client, { url: HOOK, intentId: task.intentId, body: prediction(task), signingSecret: SECRET });
    const receipt = await receiver.receive(callback);
    assert.deepEqual([receipt.outcome, receipt.tokenSecret, receipt.signingSecret], ["applied", 0, 1]);
    assert.deepEqual((await waiting).files.map(({ url }) => url), ["https://replicate.delivery/a.png"]);
    await client.settled();
    assert.equal(await sandbox.arrived("replicate", "status"), asked);
    assert.deepEqual((await deliveries(client)).map(({ outcome, verified }) => [outcome, verified]), [["applied", true]]);
    assert.deepEqual((await notices(client)).map(({ record }) => record.intentId), [task.intentId]);
});

test("a token alone proves nothing where the provider signs, and a signature of somebody else's nothing either", async () => {
    const { client, receiver, task } = await scene("replicate", { signingSecrets: SECRET });
    const of = { url: HOOK, intentId: task.intentId, body: prediction(task) };
    const good = await signTestCallback(client, of);
    const forged = await signTestCallback(client, { ...of, signingSecret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" });
    const changed = { ...good, body: new TextEncoder().encode(JSON.stringify(prediction(task, "failed"))) };
    const old = await signTestCallback(client, { ...of, now: Date.now() - 301_000 });
    for (const callback of [{ ...good, headers: [] }, forged, changed, old]) {
        assert.equal((await receiver.receive(callback)).httpStatus, 401);
    }
    assert.equal((await receiver.receive(good)).outcome, "applied");
    assert.equal((await receiver.receive(good)).outcome, "duplicate");
});

test("an end that contradicts the stored one is a conflict, and a status call says which is true", async () => {
    const { client, receiver, task } = await scene("replicate", { signingSecrets: SECRET });
    const of = (status) => ({ url: HOOK, intentId: task.intentId, body: prediction(task, status) });
    assert.equal((await receiver.receive(await signTestCallback(client, of("succeeded")))).outcome, "applied");
    const asked = await sandbox.arrived("replicate", "status");
    assert.equal((await receiver.receive(await signTestCallback(client, of("failed")))).outcome, "conflict");
    await client.settled();
    assert.equal(await sandbox.arrived("replicate", "status"), asked + 1);
    assert.equal((await task.reply()).status, "success");
});

test("a callback without a token that nobody's task is known by is kept for a day", async () => {
    const { client, receiver } = await scene("replicate", { signingSecrets: SECRET });
    const receipt = await receiver.receive(await signTestCallback(client, { url: HOOK, body: prediction({ taskId: "not-ours" }) }));
    assert.deepEqual([receipt.httpStatus, receipt.outcome, receipt.intentId], [200, "orphan", null]);
    const [kept] = await deliveries(client);
    assert.deepEqual([kept.outcome, kept.taskId, kept.expiresAt - kept.receivedAt], ["orphan", "not-ours", 86_400_000]);
});

test("a callback that beats the answer to its own submit finds its task once that is there", async () => {
    let early;
    const hasty = async (url, init) => {
        const response = await fetch(url, init);
        if (init.method !== "POST") return response;
        const text = await response.text();
        const callback = await signTestCallback(client, { url: HOOK, body: prediction({ taskId: JSON.parse(text).id }) });
        early = await receiver().receive(callback);
        return new Response(text, response);
    };
    const own = { apiKey: "k", baseUrl: sandbox.base("replicate"), store: memoryStore(), signingSecrets: SECRET, fetch: hasty };
    const client = new Client(contract("replicate"), own);
    const receiver = () => new Receiver(client);
    assert.ok(receiver());
    const asked = await sandbox.arrived("replicate", "status");
    const task = await client.submit({ ...ORDERS.replicate, callbackUrl: HOOK });
    assert.equal(early.outcome, "orphan");
    await client.settled();
    assert.equal((await task.reply()).status, "success");
    assert.deepEqual((await deliveries(client)).map(({ intentId, outcome }) => [intentId, outcome]), [[task.intentId, "applied"]]);
    assert.equal(await sandbox.arrived("replicate", "status"), asked);
});

test("published keys are fetched once, and verify what their owner has signed", async () => {
    const x = btoa(String.fromCharCode(...await publicKey())).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
    const jwks = JSON.stringify({ keys: [{ kty: "OKP", crv: "Ed25519", use: "sig", x }] });
    const fetched = [];
    const own = async (url, init) => {
        if (!url.startsWith("https://rest.fal.ai/")) return fetch(url, init);
        fetched.push([url, new Headers(init.headers).get("authorization")]);
        return new Response(jwks, { headers: { "content-type": "application/json" } });
    };
    // Deno's own fetch is no transport for submits; here it is wrapped.
    const { client, receiver, task } = await scene("fal", { fetch: own });
    const of = { url: HOOK, intentId: task.intentId, body: { request_id: task.taskId, status: "OK", payload: { images: [] } } };
    const callback = await signTestCallback(client, { ...of, user: "user-7", seed: SEED });
    const forged = await signTestCallback(client, { ...of, user: "user-7", seed: new Uint8Array(32).fill(8) });
    assert.equal((await receiver.receive(forged)).httpStatus, 401);
    const taken = await receiver.receive(callback);
    assert.equal(taken.httpStatus, 200, JSON.stringify(taken));
    assert.deepEqual(fetched, [["https://rest.fal.ai/.well-known/jwks.json", null]]);
    await client.settled();
});

test("a platform's Ed25519 is as strict as the core's: a weak key and a second form of a signature prove nothing", async () => {
    const message = new TextEncoder().encode("a message");
    const [key, signature] = [await publicKey(), await signed(SEED, message)];
    assert.equal(await firstVerified([{ key, message, signature }]), 0);
    assert.equal(await firstVerified([{ key, message: new Uint8Array(1), signature }, { key, message, signature }]), 1);
    // The identity as key and as point, with the number 0: good for every message where nobody is strict.
    const weak = new Uint8Array(32);
    weak[0] = 1;
    const everybodys = new Uint8Array(64);
    everybodys[0] = 1;
    assert.equal(await firstVerified([{ key: weak, message, signature: everybodys }]), null);
    const second = signature.slice();
    let carry = 0;
    const order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010".match(/../g).map((digits) => Number.parseInt(digits, 16));
    for (const [at, digit] of order.entries()) {
        const sum = second[32 + at] + digit + carry;
        second[32 + at] = sum & 0xff;
        carry = sum >> 8;
    }
    assert.equal(await firstVerified([{ key, message, signature: second }]), null);
    assert.equal(await firstVerified([{ key: key.subarray(1), message, signature }]), null);
    assert.equal(await firstVerified([]), null);
});

/** The public key of the seed: what a key that is taken in says of itself. */
async function publicKey() {
    const wrapped = new Uint8Array([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, ...SEED]);
    const key = await crypto.subtle.importKey("pkcs8", wrapped, { name: "Ed25519" }, true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", key);
    return Uint8Array.from(atob(x.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
