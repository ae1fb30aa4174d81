// A machine that is driven as the vectors say: it notes what was sent and saved, and keeps the time.

import { bytesOf, Machine, Pacer } from "gentask/sansio";
import { canonical, mustBeSame } from "./compare.mjs";

/** How long after a request its answer comes, where a case does not say, in milliseconds. */
export const ANSWER_MS = 200;

/** An answer that says nothing more than a case does. */
const ANSWER = { headers: {}, body: { text: "" }, end: "whole" };

/** A caller's mistake as it stands in the vectors. Messages are for people and are not compared. */
export function mistake(error) {
    return { code: error.code, violations: error.violations.map(({ path, rule }) => ({ path, rule })) };
}

/** Bytes in the form that they have in JSON. */
export function wireOf(bytes) {
    try {
        return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch {
        return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
    }
}

/** A task and whatever its driver remembers. */
export class Scene {
    sent;
    stored;
    request;

    constructor(contract, machine, settings, now) {
        this.contract = contract;
        this.machine = machine;
        this.settings = settings;
        this.now = now;
        this.pacer = new Pacer();
    }

    /** Prepares a generation. The intent's id and the seed of all jitter are part of the entropy. */
    static prepared(contract, generation, { entropy, now, options = {}, settings = {} }) {
        const bytes = Uint8Array.from(entropy.match(/../g), (digits) => Number.parseInt(digits, 16));
        return new Scene(contract, Machine.prepare(contract, { ...generation, ...options, entropy: bytes, now, settings }), settings, now);
    }

    /** Asks about a task that is not stored, up to the request of this operation. */
    static asked(contract, model, taskId, operation, now) {
        const scene = new Scene(contract, Machine.ask(contract, taskId, { model, details: operation === "result", now }), {}, now);
        if (operation === "cancel") scene.step({ kind: "cancel" });
        scene.step({ kind: "timeout" });
        if (operation === "cancel" && scene.sent?.operation === "status") {
            // A cancel that erases a finished task looks first.
            scene.stepAnswer({ status: 200, body: { text: '{"status":"PENDING","state":"queued"}' } });
            scene.step({ kind: "timeout" });
        }
        return scene;
    }

    /** Steps an input now, and notes what the machine wants done. */
    step(input) {
        this.sent = undefined;
        return this.machine.step(input, this.now, this.pacer).map((output) => this.#noted(output));
    }

    /** Answers the request that the last step sent, at the same time. */
    stepAnswer(response) {
        return this.step({ kind: "response", request: this.#asked(), response: { ...ANSWER, ...response } });
    }

    /** Steps a time-out when it is due. */
    timeout() {
        this.now = Math.max(this.now, this.machine.pollTimeout());
        this.step({ kind: "timeout" });
    }

    /** Answers the request that the last step sent, a moment later. */
    respond(response) {
        this.now += ANSWER_MS;
        return this.stepAnswer(response);
    }

    /** Lets the request that the last step sent go without an answer. */
    undelivered(delivery) {
        this.now += ANSWER_MS;
        this.step({ kind: "undelivered", request: this.#asked(), delivery, reason: "connection reset" });
    }

    /** Tells the pacer that the whole account was asked to pause. */
    hold(until) {
        const { base, account } = this.machine.record();
        this.pacer.hold(this.contract, base, account, until);
    }

    /** Ends the process; another one, with a pacer of its own, goes on from the text that was saved last. */
    resume() {
        this.machine = Machine.resume(this.contract, this.stored, this.request, this.settings);
        this.pacer = new Pacer();
    }

    /** What was asked for, in the form of the vectors, after a look at each other form that a driver gets it in. */
    #noted(output) {
        switch (output.kind) {
            case "save": {
                const { json, ...save } = output;
                mustBeSame("the record that is saved, as text", canonical(save.record), json);
                mustBeSame("the record that is saved, and the machine's", json, this.machine.recordJson());
                this.stored = json;
                for (const blob of save.blobs) if (blob.name === "request") this.#keep(blob.bytes);
                return save;
            }
            case "transmit":
                this.sent = output.request;
                mustBeSame("the body as bytes", output.request.body, wireOf(bytesOf(output.request.body)));
                return output;
            case "yield":
            case "finished":
                return { kind: output.kind, reply: JSON.parse(output.reply.toJson()) };
            default:
                return output;
        }
    }

    #keep(bytes) {
        this.request = bytes === null ? undefined : bytesOf(bytes);
        if (bytes !== null) mustBeSame("the blob that is saved, and the machine's", bytes, wireOf(this.machine.requestBlob()));
    }

    #asked() {
        if (this.sent === undefined) throw new Error("nothing was sent that could be answered");
        return this.sent.id;
    }
}
