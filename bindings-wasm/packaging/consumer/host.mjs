// The same task through the core's calls: this program is their host, with a clock of its own and a store of the package's.

import { memoryStore } from "gentask";
import { Client, Contract } from "gentask/sansio";
import { ANSWERS } from "./run.mjs";

const [store, requests] = [memoryStore(), []];
let now = 1_790_000_000_000;

async function perform(effect) {
    switch (effect.kind) {
        case "ready":
            return { kind: "ready" };
        case "load":
            return { kind: "record", record: await store.load(effect.intentId) };
        case "blob":
            return { kind: "bytes", bytes: await store.blob(effect.intentId, effect.name) };
        case "meta":
            return { kind: "value", value: await store.meta(effect.name) };
        case "setMeta":
            // What was learned of durations.
            return { kind: "value", value: await store.setMeta(effect.name, effect.value, effect.rule === "ifAbsent") };
        case "save":
            return { kind: (await store.save(effect)) === "done" ? "saved" : "conflict" };
        case "send": {
            const { auth, method, url } = effect.request;
            const body = new TextEncoder().encode(ANSWERS[requests.length]);
            requests.push(`${method} ${new URL(url).origin}, ${auth ? "Bearer k" : "no key"}`);
            return { kind: "response", response: { status: 200, headers: {}, body, end: "whole" } };
        }
        case "sleep":
            now = Math.max(now, effect.until);
            return { kind: "due" };
    }
    throw new Error(`not asked for here: ${effect.kind}`);
}

async function run(call) {
    let answer;
    for (;;) {
        const next = call.next(now, answer);
        if ("done" in next) return next.done;
        if ("failed" in next) throw next.failed;
        answer = { number: next.number, ...(await perform(next.effect)) };
    }
}

const client = new Client(Contract.builtIn("apixo"), { holder: "host.mjs" });
const order = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } };
const { record } = await run(client.submit({ ...order, entropy: crypto.getRandomValues(new Uint8Array(32)), now }));
const reply = await run(client.wait(record.intentId, now));
console.log(JSON.stringify({ requests, reply: JSON.parse(reply.toJson()) }));
