// For each file of vectors: what comes out of the public API for the inputs of a case, in the shape in which the case expects it.

import { Client, memoryStore } from "gentask";
import * as sansio from "gentask/sansio";
import { canonical, mustBeSame } from "./compare.mjs";
import { ANSWER_MS, mistake, Scene } from "./scene.mjs";
import { calls, Changes } from "./transcript.mjs";
import { webhooks } from "./webhooks.mjs";

const { GentaskError, Reply } = sansio;

/** When every run begins whose case names no other time, in Unix milliseconds. */
const START = 1_790_000_000_000;
/** The entropy of cases that name none, in hexadecimal. */
const ENTROPY = "0123456789abcdef".repeat(4);

/** Every code. */
const CODES = [
    "INVALID_MODEL",
    "INVALID_PAYLOAD",
    "AUTH_FAILED",
    "RATE_LIMITED",
    "INSUFFICIENT_CREDITS",
    "TASK_NOT_FOUND",
    "NETWORK_ERROR",
    "UNKNOWN_ERROR",
    "GENERATION_FAILED",
    "CONTENT_REJECTED",
    "UPSTREAM_ERROR",
    "WAIT_TIMEOUT",
    "SUBMIT_UNKNOWN",
    "CANCELLED",
    "UNSUPPORTED",
    "INVALID_CONTRACT",
    "STORE_ERROR",
    "RESPONSE_TOO_LARGE",
];

/** What runs each file's cases. */
export const RUNNERS = {
    validate,
    encode,
    decode,
    classify,
    backoff,
    retry_after: retryAfter,
    replies,
    records,
    advice,
    keys,
    calls_callbacks: calls,
    calls_submit: calls,
    calls_wait: calls,
    calls_learned: calls,
    calls_persons: calls,
    transcripts_submit: transcripts,
    transcripts_wait: transcripts,
    transcripts_persons: transcripts,
    webhooks,
};

/** Checks a generation in every way there is; all must say the same. */
function validate({ contract: name, generation, options }, shelf) {
    const contract = shelf.contract(name);
    const request = { ...generation, ...options };
    const client = new Client(contract, { apiKey: "sk-test-opens-nothing", store: memoryStore() });
    const said = verdict(() => sansio.validate(contract, request));
    mustBeSame("a machine says", said, verdict(() => Scene.prepared(contract, generation, { entropy: ENTROPY, now: START, options })));
    mustBeSame("a client says", said, verdict(() => client.validate(request)));
    mustBeSame("a dry run says", said, verdict(() => client.dryRun(request)));
    return said;
}

/** Makes the request of an operation. */
function encode({ contract: name, operation, ...inputs }, shelf) {
    const contract = shelf.contract(name);
    if (operation === "submit") {
        const { machine } = Scene.prepared(contract, inputs.generation, { ...inputs, now: START });
        return { request: machine.preview(), sha256: machine.record().request.sha256 };
    }
    if (isOfAccount(operation)) return unlessMistaken(() => ({ request: sansio.accountRequest(contract, operation) }));
    return unlessMistaken(
        () => ({ request: Scene.asked(contract, inputs.model, inputs.taskId, operation, START).sent }),
        () => ({ request: null }),
    );
}

/** Reads an answer, with its body in JSON and as bytes. */
function decode(inputs, shelf) {
    const read = decoded(inputs, inputs.response, shelf);
    const { body } = inputs.response;
    const response = { ...inputs.response, body: body === undefined ? new Uint8Array() : sansio.bytesOf(body) };
    mustBeSame("with its body as bytes", read, decoded(inputs, response, shelf));
    return read;
}

function decoded({ contract: name, operation, now, entropy }, response, shelf) {
    const contract = shelf.contract(name);
    if (isOfAccount(operation)) {
        const { tasks, ...read } = sansio.readAccount(contract, operation, response, now);
        // The time follows from `created`, and stands in no vector.
        return tasks === undefined ? read : { ...read, tasks: tasks.map(({ createdAt: _, ...own }) => own) };
    }
    const generation = shelf.example(name);
    if (operation === "submit") {
        const scene = Scene.prepared(contract, generation, { entropy, now });
        scene.timeout();
        scene.respond(response);
        return { record: outline(scene.machine), reply: wire(scene.machine.reply()) };
    }
    const scene = Scene.asked(contract, generation.model, "task_1", operation, now);
    const reply = told(scene, response);
    return { record: outline(scene.machine), reply };
}

function told(scene, response) {
    for (const output of scene.stepAnswer(response)) {
        if (output.kind === "finished" || (output.kind === "yield" && scene.machine.lastFault() === null)) return output.reply;
    }
    return wire(scene.machine.answer());
}

function outline(machine) {
    const { phase, state, taskId, providerState, progressPermille, result, error } = machine.record();
    return { phase, state, taskId, providerState, progressPermille, result, error, lastFault: machine.lastFault() };
}

/** Submits, and sees what the outcome makes of the task. */
function classify({ contract, generation, entropy, outcome }, shelf) {
    const scene = Scene.prepared(shelf.contract(contract), generation, { entropy, now: START });
    scene.timeout();
    if ("response" in outcome) scene.respond(outcome.response);
    else scene.undelivered(outcome.delivery);
    const record = scene.machine.record();
    const { phase, maybeSent, taskId } = record;
    const tryAgainAfterMs = phase === "prepared" || phase === "unresolved" ? pause(record) : null;
    return { phase, maybeSent, taskId, tryAgainAfterMs, reply: wire(scene.machine.reply()) };
}

function pause({ due }) {
    return due === null ? null : due.at - due.set;
}

/** Reads how long the provider asks to wait. */
function retryAfter({ contract, headers, now }, shelf) {
    const prepared = { entropy: ENTROPY, now: now - ANSWER_MS, settings: { foreground: false } };
    const scene = Scene.prepared(shelf.contract(contract), shelf.example(contract), prepared);
    scene.timeout();
    scene.respond({ status: 429, headers });
    const record = scene.machine.record();
    return { retryAfter: record.error.retryAfter, waitMs: pause(record) };
}

/** Computes a delay. Numbers above 2^53 stand as text in the vectors. */
function backoff(inputs) {
    const seed = BigInt(inputs.seed);
    switch (inputs.function) {
        case "splitMix64":
            return String(sansio.splitMix64(seed, BigInt(inputs.counter)));
        case "backoff":
            return exact(sansio.backoff(BigInt(inputs.baseMs), BigInt(inputs.capMs), BigInt(inputs.attempt), seed));
        default: {
            const schedule = Object.fromEntries(Object.entries(inputs.schedule).map(([name, value]) => [name, BigInt(value)]));
            return exact(sansio.nextPoll(BigInt(inputs.elapsedMs), seed, schedule));
        }
    }
}

function exact(whole) {
    const number = Number(whole);
    return Number.isSafeInteger(number) ? number : String(whole);
}

/** Looks a reply's status and code up. */
function replies({ ending, phase, processing, fault }) {
    const [status, errorCode] = sansio.outcome(ending, phase, processing, fault);
    return { status, errorCode, ok: errorCode === null };
}

/** Reads a stored record and writes it back. */
function records({ stored }) {
    return unlessMistaken(() => {
        const text = sansio.canonicalRecord(stored);
        mustBeSame("the record, read once more", text, sansio.canonicalRecord(text));
        const reply = wire(sansio.replyOf(stored));
        mustBeSame("the reply of what is written back", reply, wire(sansio.replyOf(text)));
        return { canonical: text, reply };
    });
}

/** Looks every code up, once for each word about the billing; all words of a case must say the same. */
function advice({ asked, phase, billings }) {
    const [steps, ...others] = billings.map((billing) => Object.fromEntries(CODES.map((code) => [code, sansio.advice(asked, phase, code, billing)])));
    for (const other of others) mustBeSame("with another word about the billing", steps, other);
    return steps;
}

/** Prepares an order whose key has a record already, and sees what that means: of the record as text and as an object. */
function keys({ contract, generation, entropy, options, stored, held, now }, shelf) {
    const { machine } = Scene.prepared(shelf.contract(contract), generation, { entropy, now, options });
    const before = machine.recordJson();
    const claim = { ...generation, ...options, held, now };
    const meant = plain(machine.keyUse(stored, claim));
    mustBeSame("with the record as an object", meant, plain(machine.keyUse(JSON.parse(stored), claim)));
    mustBeSame("the record of the order", before, machine.recordJson());
    return meant;
}

/** What a key means in the form of the vectors, after a look at the other form of its record. */
function plain({ json, ...meant }) {
    if ("record" in meant) mustBeSame("the record, as text", canonical(meant.record), json);
    return "reply" in meant ? { ...meant, reply: wire(meant.reply) } : meant;
}

/** Lives through a whole run. */
function transcripts({ contract, generation, start, steps, ...inputs }, shelf) {
    const scene = Scene.prepared(shelf.contract(contract), generation, { ...inputs, now: start });
    const saved = new Changes();
    return steps.map((step) => ({ ...happened(scene, step, saved), next: scene.machine.pollTimeout() }));
}

function happened(scene, { now, hold, resume, input }, saved) {
    scene.now = now;
    if (hold !== undefined) return scene.hold(hold.until) ?? {};
    if (resume === true) return scene.resume() ?? {};
    const before = scene.machine.recordJson();
    return unlessMistaken(
        () => ({ outputs: scene.step(input).map((output) => (output.kind === "save" ? { ...output, record: saved.of(output.record) } : output)) }),
        (error) => {
            mustBeSame("the record after an illegal input", before, scene.machine.recordJson());
            return { error: mistake(error) };
        },
    );
}

/** The seven fields of a reply, after a look at each way to get them. */
function wire(reply) {
    const { ok, status, taskId, data, errorCode, errorMessage, retryAfter } = reply;
    const said = { ok, status, taskId, data, errorCode, errorMessage, retryAfter };
    mustBeSame("the reply as text", canonical(said), reply.toJson());
    mustBeSame("the reply, read from its text", reply.toJson(), Reply.fromJson(JSON.stringify(said)).toJson());
    return said;
}

function verdict(check) {
    return unlessMistaken(
        () => {
            check();
            return { valid: true };
        },
        (error) => mistake(error),
    );
}

function unlessMistaken(call, otherwise = (error) => ({ error: mistake(error) })) {
    try {
        return call();
    } catch (error) {
        if (error instanceof GentaskError) return otherwise(error);
        throw error;
    }
}

function isOfAccount(operation) {
    return operation === "list" || operation === "account";
}
