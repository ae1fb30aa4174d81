// The effects of a call, each performed once, with what the client itself works with.

import type { Answer, Effect } from "gentask/sansio";
import { sleep } from "../clock.js";
import type { Engine } from "../engine.js";
import { GentaskError } from "../errors.js";
import { complain, tell } from "../listeners.js";
import { isGone } from "../process.js";
import type { Happened, Ticket } from "../requests.js";
import { StoreFault, type TaskStore } from "../store.js";
import { besides, note, raise } from "../storing.js";
import { wordsOf } from "../thrown.js";
import { firstVerified } from "./ed25519.js";

type Of<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>;

/** What one call has performed for it. */
export class Performance {
    readonly #engine: Engine;
    /** What a submit has before its attempt is counted. */
    #ticket: Ticket | undefined;

    constructor(engine: Engine) {
        this.#engine = engine;
    }

    /** Does one thing, once, and says what became of it. A signal ends what waits. */
    async of(effect: Effect, signal?: AbortSignal): Promise<Answer> {
        const engine = this.#engine;
        switch (effect.kind) {
            case "ready":
                return keyed(async () => {
                    this.#ticket = await engine.driver.requests.ticket();
                    return { kind: "ready" };
                });
            case "verify":
                return { kind: "verified", index: await firstVerified(effect.candidates) };
            case "send":
                return keyed(() => this.#send(effect, signal));
            case "sleep":
                if (effect.givesBack) this.end();
                await engine.clock.until(effect.until, signal);
                return { kind: "due" };
            case "probe":
                return { kind: "gone", isGone: isGone(effect.holder) };
            case "tell":
                tellAll(engine, effect);
                return { kind: "told" };
            case "save":
                return save(engine, effect);
            default:
                return storing(() => ask(engine.store as Required<TaskStore>, effect));
        }
    }

    /** Gives back what is held. */
    end(): void {
        this.#ticket?.leave();
        this.#ticket = undefined;
    }

    async #send({ request, timeoutMs, until }: Of<"send">, signal?: AbortSignal): Promise<Answer> {
        const { requests } = this.#engine.driver;
        const [own, ticket] = [{ ...request, timeoutMs }, this.#ticket];
        let happened: Happened;
        if (request.operation === "submit") {
            happened = await requests.post(own, until, ticket ?? (await requests.ticket()), this.#engine.clock.now() < until);
            // Its place was given back at its answer.
            this.#ticket = undefined;
        } else {
            happened = await (ticket === undefined ? requests.send(own, until, signal) : requests.exchange(own, ticket.credential, until, signal));
        }
        const { body, input } = happened;
        if (input.kind === "response") return { kind: "response", response: { ...input.response, ...(body && { body }) } };
        const reason = input.kind === "undelivered" ? input.reason : "the transport gave no answer";
        return { kind: "undelivered", delivery: input.kind === "undelivered" ? input.delivery : "maybeSent", reason };
    }
}

/** A key that cannot be had is an answer. */
async function keyed(call: () => Promise<Answer>): Promise<Answer> {
    try {
        return await call();
    } catch (error) {
        if (error instanceof GentaskError) return { kind: "keyless", message: error.reply.errorMessage ?? error.message, code: error.code };
        throw error;
    }
}

/** What is asked of the store beside saves. */
async function ask(
    store: Required<TaskStore>,
    effect: Exclude<Effect, Of<"ready" | "verify" | "send" | "sleep" | "probe" | "tell" | "save">>,
): Promise<Answer> {
    switch (effect.kind) {
        case "load":
            return { kind: "record", record: (await within(effect.withinMs, store.load(effect.intentId))) ?? null };
        case "find":
            return { kind: "records", records: await store.find(effect.by) };
        case "list":
            return { kind: "listing", ...(await store.list(effect.filter)) };
        case "blob":
            return { kind: "bytes", bytes: (await store.blob(effect.intentId, effect.name)) ?? null };
        case "meta":
            return { kind: "value", value: (await store.meta(effect.name)) ?? null };
        case "setMeta": {
            const { name, rule, value } = effect;
            if (rule === "raise") return { kind: "value", value: String(await raise(store, name, Number(value))) };
            return { kind: "value", value: await store.setMeta(name, value, rule === "ifAbsent") };
        }
        case "remember":
            return { kind: "noted", isNews: await store.remember(effect.delivery) };
        case "deliveries":
            return { kind: "deliveries", deliveries: await store.deliveries(effect.filter) };
        case "notices":
            return { kind: "records", records: await store.notices(effect.filter) };
        case "acknowledge":
            return { kind: "noted", isNews: await store.acknowledge(effect.intentId, effect.at) };
        case "delete":
            return { kind: "deleted", count: await store.delete(effect.intentIds) };
    }
}

async function save(engine: Engine, effect: Of<"save">): Promise<Answer> {
    const { driver, store } = engine;
    const { blobs, delivery, expectedVersion, fence, history, isEnd, json, record } = effect;
    const answer = await storing(async () => {
        const saved = await store.save({ record, json, blobs, expectedVersion, fence, isEnd, delivery, ...besides(store, history) });
        if (saved === "done") return { kind: "saved" };
        if (saved === "conflict") return { kind: "conflict" };
        throw new StoreFault("misuse", 'the task store answered a save with neither "done" nor "conflict"');
    });
    if (answer.kind !== "saved") return answer;
    // Who waits for the task goes on with what is stored now.
    driver.wake(record.intentId);
    await note(store, record.intentId, history);
    return answer;
}

/** Asks the store; what it throws is a refusal. */
async function storing(call: () => Promise<Answer>): Promise<Answer> {
    try {
        return await call();
    } catch (fault) {
        if (fault instanceof StoreFault) return { kind: "refused", fault: fault.kind, message: fault.message };
        return { kind: "refused", fault: "io", message: `the task store failed: ${wordsOf(fault)}` };
    }
}

/** What the store brings, unless that takes too long. */
async function within<T>(ms: number | null, brings: T | PromiseLike<T>): Promise<T> {
    if (ms === null) return brings;
    const over = new AbortController();
    const late = sleep(ms, over.signal).then((): never => {
        throw new StoreFault("io", "the task store does not answer");
    });
    late.catch(() => undefined);
    try {
        return await Promise.race([brings, late]);
    } finally {
        over.abort();
    }
}

function tellAll(engine: Engine, { events, record }: Of<"tell">): void {
    const { onEvent } = engine.calling.options;
    if (onEvent) { for (const event of events) tell(() => onEvent(record, event), complain("onEvent")); }
}
