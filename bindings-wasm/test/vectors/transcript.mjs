// Records in a case: each as what of it differs from the one that was named before it, member by member; the first one whole. And whole calls of
// a client: the answers of a case go in, and effects come out as the case has them.

import { bytesOf, Client } from "gentask/sansio";
import { canonical, mustBeSame } from "./compare.mjs";
import { wireOf } from "./scene.mjs";

/** The record that was named last. */
export class Changes {
    #last = {};
    /** Whether the call brings notices, and no tasks. */
    begun = "";

    /** What of a record differs from the one before. */
    of(record) {
        const before = this.#last;
        this.#last = record;
        const differs = ([name, value]) => !(name in before) || canonical(before[name]) !== canonical(value);
        return Object.fromEntries(Object.entries(record).filter(differs));
    }

    /** The text of the record that a case names by what differs. */
    text(changes) {
        this.#last = { ...this.#last, ...changes };
        return canonical(this.#last);
    }
}

/** Lives through a whole call. */
export function calls({ contract, settings, steps, ...begun }, shelf) {
    const client = new Client(shelf.contract(contract), settings);
    const call = begin(client, begun);
    const named = new Changes();
    named.begun = begun.begin;
    let number;
    return steps.map(({ answer, now }) => {
        const next = call.next(now, answer === null ? undefined : { number, ...answerOf(answer, named) });
        if ("failed" in next) return { failed: { message: next.failed.message, reply: JSON.parse(next.failed.reply.toJson()) } };
        if ("done" in next) return { done: brought(next.done, named) };
        number = next.number;
        return { number, stays: !call.mayBeLeft, endsAt: call.endsAt, ...effectOf(next.effect, named) };
    });
}

function begin(client, { arguments: of = {}, arrival, begin: name, body, entropy, generation, known, options, start: now }) {
    const { intentId, ...more } = of;
    const record = known === undefined ? {} : { record: known };
    switch (name) {
        case "submit":
            return client.submit({
                ...generation,
                ...options,
                entropy: Uint8Array.from(entropy.match(/../g), (digits) => Number.parseInt(digits, 16)),
                now,
            });
        case "wait":
        case "check":
            return client[name](intentId, now, { ...record, ...more });
        case "waitFrom":
            return client.waitFrom(known, now, more);
        case "adopt":
            return client.adopt(intentId, of.taskId, now, record);
        case "left":
            return client.left(intentId, now);
        case "find":
            return client.find(of.key, now, of.owner === undefined ? {} : { owner: of.owner });
        case "ask":
            return client.ask(of.question, of.taskId, now, of.model === undefined ? {} : { model: of.model });
        case "account":
        case "learned":
        case "remoteTasks":
            return client[name](now);
        case "unfinished":
            return client.unfinished(now, of);
        case "page":
            return client.page(of, now);
        case "receive":
            return client.receive({ ...arrival, body: bytesOf(body) }, now);
        case "notices":
            return client.notices(now, of);
        case "acknowledge":
            return client.acknowledge(intentId, now);
        case "prune":
            return client.prune(of.endedBefore, now);
        case "noteFile":
            return client.noteFile(intentId, of.index, of.file, now);
        default:
            return client[name](intentId, now, record);
    }
}

function answerOf({ answer, ...own }, named) {
    switch (answer) {
        case "record":
            return { kind: answer, record: own.record === null ? null : named.text(own.record) };
        case "records":
            return { kind: answer, records: own.records.map((changes) => named.text(changes)) };
        case "listing": {
            const tasks = own.listing.map(({ intentId, json, record }) => ({ intentId, json: record === undefined ? json : named.text(record) }));
            return { kind: answer, tasks, next: own.next };
        }
        case "bytes":
            return { kind: answer, bytes: own.bytes === undefined ? null : bytesOf(own.bytes) };
        case "saved":
            return { kind: own.isConflict ? "conflict" : "saved" };
        case "deliveries": {
            const deliveries = own.deliveries.map(({ bodyBase64, ...one }) => ({ ...one, body: bytesOf({ base64: bodyBase64 }) }));
            return { kind: answer, deliveries };
        }
        case "refused":
            return { kind: answer, fault: own.kind, message: own.message };
        case "response":
            return { kind: answer, response: { status: own.status, headers: own.headers, end: "whole", body: bytesOf(own.bytes) } };
        default:
            return { kind: answer, ...own };
    }
}

function effectOf({ kind, json, record, ...own }, named) {
    if (record !== undefined) mustBeSame("the record, as text", canonical(record), json);
    switch (kind) {
        case "save": {
            const { blobs, delivery, isEnd, ...save } = own;
            const bytes = blobs.map((blob) => (blob.bytes === null ? null : wireOf(blob.bytes)));
            const beside = { ...(isEnd && { isEnd }), ...(delivery && delivered(delivery)) };
            return { effect: kind, ...save, ...beside, record: named.of(record), blobs: blobs.map(({ name }) => name), bytes };
        }
        case "remember":
            return { effect: kind, ...delivered(own.delivery) };
        case "verify":
            return { effect: kind, candidates: own.candidates.map((one) => mapped(one, base64)) };
        case "send": {
            const { body, ...request } = own.request;
            return { effect: kind, ...own, request, body: wireOf(body) };
        }
        case "tell":
            return { effect: kind, ...own, record: named.of(record), update: own.update === null ? null : own.update.toJson() };
        default:
            return { effect: kind, ...own };
    }
}

/** A stored callback, and its body apart from it. */
function delivered({ body, ...delivery }) {
    return { delivery, body: wireOf(body) };
}

function mapped(object, change) {
    return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function base64(bytes) {
    return btoa(String.fromCharCode(...bytes));
}

function brought(value, named) {
    if (value === null || typeof value !== "object") return value;
    if (typeof value.toJson === "function") return JSON.parse(value.toJson());
    if (Array.isArray(value)) {
        if (named.begun === "learned") return { models: value };
        if (named.begun !== "notices") return { tasks: value };
        return { notices: value.map(({ json, reply }) => ({ record: json, reply: reply.toJson() })) };
    }
    if (value.reply !== undefined) return { record: named.of(value.record), reply: JSON.parse(value.reply.toJson()) };
    if (value.json !== undefined) return value.record;
    if (value.damaged === undefined) return value;
    const damaged = value.damaged.map(({ reply, ...own }) => (reply === undefined ? own : { ...own, reply: reply.toJson() }));
    return { ...value, records: value.records.map(({ json }) => json), damaged };
}
