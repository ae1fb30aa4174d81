// The same task through the core itself: this program has a clock of its own, stores nothing and sends nothing.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Contract, Machine, Pacer } from "gentask/sansio";
import { ANSWERS } from "./run.mjs";

const contract = Contract.load(await readFile(fileURLToPath(import.meta.resolve("gentask/contracts/apixo.json"))));
const generation = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } };
const [pacer, requests] = [new Pacer(), []];
let now = 1_790_000_000_000;
const machine = Machine.prepare(contract, { ...generation, entropy: new Uint8Array(32), now });
let reply;
while (reply === undefined) {
    now = Math.max(now, machine.pollTimeout());
    for (let input = { kind: "timeout" }; input !== undefined;) {
        const outputs = machine.step(input, now, pacer);
        input = undefined;
        for (const output of outputs) {
            if (output.kind === "finished") reply = output.reply;
            if (output.kind !== "transmit") continue;
            const { id, method, url, auth } = output.request;
            const body = new TextEncoder().encode(ANSWERS[requests.length]);
            requests.push(`${method} ${new URL(url).origin}, ${auth ? "Bearer k" : "no key"}`);
            input = { kind: "response", request: id, response: { status: 200, headers: {}, body, end: "whole" } };
        }
    }
}
console.log(JSON.stringify({ requests, reply: JSON.parse(reply.toJson()) }));
