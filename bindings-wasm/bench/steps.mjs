// What the core costs beside JavaScript's own work: one step of a waiting task, in microseconds, and beside one trip of its record through
// JSON.parse and JSON.stringify. Runs on every runtime.

import { Contract, Machine, Pacer } from "../sansio/dist/entry/sansio.js";

const now = 1_790_000_000_000;
const answer = (text) => ({ status: 200, headers: { "content-type": "application/json" }, body: new TextEncoder().encode(text), end: "whole" });
const pending = answer(
    JSON.stringify({ code: 200, message: "success", data: { taskId: "task_1", state: "processing", createTime: now, progress: 40 } }),
);

const contract = Contract.builtIn("apixo");
const pacer = new Pacer();
const input = { mode: "text-to-image", prompt: "a sunset over the sea, with a boat".repeat(20) };
const machine = Machine.prepare(contract, { model: "nano-banana", input, entropy: new Uint8Array(32).fill(7), now });
const transmitted = (outputs) => outputs.find((output) => output.kind === "transmit")?.request.id;
const submitted = transmitted(machine.step({ kind: "timeout" }, now, pacer));
machine.step({ kind: "response", request: submitted, response: answer('{"code":200,"data":{"taskId":"task_1"}}') }, now + 10, pacer);

function polls(count) {
    let at = now + 10;
    for (let round = 0; round < count; round++) {
        at = Math.max(at, machine.pollTimeout());
        const request = transmitted(machine.step({ kind: "timeout" }, at, pacer));
        if (request !== undefined) machine.step({ kind: "response", request, response: pending }, at + 5, pacer);
    }
}

function trips(count, json) {
    let length = 0;
    for (let round = 0; round < count; round++) length += JSON.stringify(JSON.parse(json)).length;
    return length;
}

/** The median of some rounds, in microseconds for one. */
function microseconds(work, count) {
    work(count);
    const rounds = Array.from({ length: 9 }, () => {
        const begun = performance.now();
        work(count);
        return ((performance.now() - begun) * 1_000) / count;
    });
    return rounds.sort((one, other) => one - other)[4];
}

const json = machine.recordJson();
const step = microseconds(polls, 1_000) / 2;
const trip = microseconds((count) => trips(count, json), 2_000);
console.log(JSON.stringify({ step, trip, recordBytes: json.length }));
