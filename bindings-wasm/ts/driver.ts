// The run loop of the core, with a real clock, store and transport. It performs outputs in their order, feeds back what happened, and decides
// nothing about tasks.

import { about, ask, functions, inDoubt, Machine, mistake, type Pacer, step } from "./core.js";
import type { Clock } from "./clock.js";
import type { Contract } from "./contract.js";
import type { Gate } from "./gate.js";
import { bytesOf, type Delivery, type Input, type Output } from "./io.js";
import { checked, type Transport, Undelivered } from "./http/transport.js";
import { type ApiKey, askForKey, conceal, hidden } from "./key.js";
import { complain, tell } from "./listeners.js";
import { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import { blobOf, loaded, note, raise, recordOf, save, unsaved, wanted } from "./storing.js";
import { countOf } from "./store/rules.js";
import { wellFormed, wordsOf } from "./thrown.js";
import type { HttpRequest, TaskEvent, TaskRecord } from "./types.js";

/** Compare-and-set conflicts of one step before it is given up: each means that another process made progress. */
const CONFLICTS = 20;

/** How old the last look at the stored pause of the account may be when a request is made. */
const RECALL_MS = 1_000;

/** How far a machine is driven: until the submit is settled, until one request was made and saved, or until the wait or the task ends. */
export type Goal = "submitted" | "request" | "end";

/** What a drive needs beside its machine. */
export interface Drive {
    /** What is stepped at once; without it, time-outs when they come. */
    readonly first?: Input;
    readonly goal: Goal;
    /** The core's settings: of a wait that somebody waits for, or of a task in the background. */
    readonly settings: string;
    /** Ends the drive between two outputs. A submit has none. */
    readonly signal?: AbortSignal | undefined;
    /** Called right before a submit's attempt is counted; what it throws keeps it from being sent. */
    readonly begins?: () => void;
    /** Hears of each event, with the machine as it is then. It must not throw. */
    readonly hear?: (machine: Machine, event: TaskEvent) => void;
}

/** How a drive ended. `reply`: why the wait ended; without it the goal was reached before. */
export interface Driven {
    readonly machine: Machine;
    readonly reply: Reply | undefined;
}

/** What drives share. */
export interface Parts {
    readonly contract: Contract;
    readonly base: string;
    readonly account: string;
    readonly store: TaskStore;
    readonly clock: Clock;
    readonly pacer: Pacer;
    readonly key: ApiKey | undefined;
    /** A page without a key, behind a server of its own that adds it. */
    readonly isKeyless: boolean;
    readonly gate: Gate;
    readonly reads: Transport;
    readonly writes: Transport;
    readonly requestTimeoutMs: number;
    readonly onEvent: ((record: TaskRecord, event: TaskEvent) => void) | undefined;
}

interface Credential {
    readonly name: string;
    readonly value: string;
    readonly key: string;
}

/** What a submit has before its attempt is counted: its key, and its place at the gate. */
interface Ticket {
    readonly credential: Credential | undefined;
    /** Gives the place back. */
    readonly leave: () => void;
}

/** The machine that a drive is at: another one of the same task, once somebody else was faster. */
interface Held {
    machine: Machine;
}

interface Turn {
    readonly reply: Reply | undefined;
    readonly sent: boolean;
}

/** What happened, with the bytes that go beside it. */
interface Happened {
    readonly input: Input;
    readonly body?: Uint8Array;
}

export class Driver {
    readonly #parts: Parts;
    /** The origins that may get the key. */
    readonly #trusted: readonly string[];
    #recalled: { readonly at: number; readonly done: Promise<void> } | undefined;
    #heldUntil = 0;

    constructor(parts: Parts) {
        this.#parts = parts;
        this.#trusted = parts.contract.core.trustedOrigins(parts.base);
    }

    /** Drives a machine, which belongs to the drive until it ends; the one that it ends with may be another, of the same task. */
    async drive(machine: Machine, how: Drive): Promise<Driven> {
        const held: Held = { machine };
        let isOver = false;
        try {
            const reply = await this.#run(held, how);
            isOver = true;
            return { machine: held.machine, reply };
        } finally {
            held.machine.release(this.#parts.pacer);
            if (!isOver) held.machine.free();
        }
    }

    async #run(held: Held, how: Drive): Promise<Reply | undefined> {
        const { clock } = this.#parts;
        let first = how.first;
        for (let looks = 0;;) {
            how.signal?.throwIfAborted();
            if (how.goal === "submitted" && first === undefined && held.machine.isSettled()) return undefined;
            const due = held.machine.pollTimeout();
            if (first === undefined && due > clock.now()) {
                if (how.goal === "request") return undefined;
                const pause = held.machine.lookAfter(looks);
                await clock.until(pause === undefined ? due : Math.min(due, clock.now() + pause), how.signal);
                if (pause !== undefined) {
                    looks++;
                    await this.#look(held, how);
                }
                continue;
            }
            await this.recallHold();
            const input: Input = first ?? { kind: "timeout" };
            first = undefined;
            const isSubmit = input.kind === "timeout" && held.machine.maySubmit();
            const turn = isSubmit ? await this.#submit(held, input, how) : await this.#turn(held, input, undefined, how);
            if (turn.reply !== undefined || (how.goal === "request" && turn.sent)) return turn.reply;
        }
    }

    /** A submit takes its key and its place before its attempt is counted: no key, no attempt, and no lease that runs out while it waits. */
    async #submit(held: Held, input: Input, how: Drive): Promise<Turn> {
        let credential: Credential | undefined;
        try {
            credential = await this.credential();
        } catch (error) {
            return this.#keyless(held, how, error);
        }
        const leave = await this.#parts.gate.enter("submit");
        try {
            how.begins?.();
            return await this.#turn(held, input, { credential, leave }, how);
        } finally {
            leave();
        }
    }

    /** A machine for a stored record. */
    async resumed(json: string, settings: string): Promise<Machine> {
        const { contract, store } = this.#parts;
        let record = json;
        for (;;) {
            const { intentId, phase, version } = recordOf(record);
            const request = functions.isSettled(phase) ? undefined : await blobOf(store, intentId, "request");
            if (request === undefined && phase === "prepared") {
                // Somebody may have sent it, and deleted it, since the record was read: then it must not be called unsent.
                const newer = await loaded(store, intentId);
                if (newer !== null && recordOf(newer).version > version) {
                    record = newer;
                    continue;
                }
            }
            return ask(() => Machine.resume(contract.core, record, request, settings));
        }
    }

    /** The header that proves whose the request is. */
    async credential(): Promise<Credential | undefined> {
        const { auth, environment } = this.#parts.contract.about;
        if (this.#parts.isKeyless) return undefined;
        const key = await askForKey(this.#parts.key, environment.key);
        return { name: auth.header, value: `${auth.prefix}${key}${auth.suffix}`, key };
    }

    /** Sends a request that is no submit; what happened is the next input. */
    async send(request: HttpRequest, signal?: AbortSignal): Promise<Happened> {
        const { gate, requestTimeoutMs } = this.#parts;
        const credential = request.auth ? await this.credential() : undefined;
        const leave = await gate.enter(request.operation);
        try {
            signal?.throwIfAborted();
            return await this.#exchange(request, credential, requestTimeoutMs, signal);
        } finally {
            leave();
        }
    }

    /** Sends a submit, which ends with its lease: once that is over, somebody else may have settled it. */
    async #post(machine: Machine, request: HttpRequest, { credential, leave }: Ticket): Promise<Happened> {
        const left = (recordOf(machine.record()).lease?.until ?? 0) - this.#parts.clock.now();
        try {
            if (left <= 0) return undelivered(request, "notSent", "the submit was not begun: its time was over before its turn came");
            return await this.#exchange(request, credential, Math.min(this.#parts.requestTimeoutMs, left));
        } finally {
            leave();
        }
    }

    /** One request, and what came of it. It throws only where the signal is aborted, which a submit has not: nobody waits for it any more. */
    async #exchange(request: HttpRequest, credential: Credential | undefined, timeoutMs: number, signal?: AbortSignal): Promise<Happened> {
        const { reads, writes } = this.#parts;
        try {
            const outgoing = {
                operation: request.operation,
                method: request.method,
                url: request.url,
                headers: request.headers,
                body: bytesOf(request.body),
                credential: request.auth ? credential : undefined,
                timeoutMs,
                responseCap: request.responseCap,
                trusted: this.#trusted,
            };
            // A call that changes something goes where nothing below us sends it again.
            const { body, end, headers, status } = checked(await (request.method === "GET" ? reads : writes).send(outgoing, signal), outgoing);
            if (credential) conceal(headers, body, credential.key);
            return { input: { kind: "response", request: request.id, response: { status, headers, end } }, body };
        } catch (error) {
            signal?.throwIfAborted();
            const isKnown = error instanceof Undelivered;
            const words = isKnown ? wordsOf(error) : `the transport failed: ${wordsOf(error)}`;
            // What is no proof proves nothing.
            const delivery = isKnown && error.delivery === "notSent" ? "notSent" : "maybeSent";
            return undelivered(request, delivery, credential ? hidden(words, credential.key) : words);
        }
    }

    /** There is no key for a submit. One that fails to its caller is over: nothing sends it later behind the caller's back. */
    async #keyless(held: Held, how: Drive, error: unknown): Promise<Turn> {
        const follows = held.machine.withoutKey(how.goal === "submitted");
        if (follows === "unresolved") return { reply: Reply.of(held.machine.reply()), sent: false };
        // Where another process was faster, it has the key, and the task is its own.
        if (follows === "withdraw") await this.#turn(held, { kind: "cancel" }, undefined, { ...how, hear: () => undefined });
        throw about(error, held.machine.record());
    }

    /** One input and everything that follows from it until nothing is outstanding. */
    async #turn(held: Held, input: Input, ticket: Ticket | undefined, how: Drive): Promise<Turn> {
        const { clock, pacer, store } = this.#parts;
        let next: Happened | undefined = { input };
        let sent = false;
        let conflicts = 0;
        while (next !== undefined) {
            const taken: Happened = next;
            next = undefined;
            const outputs = fed(held.machine, taken, clock.now(), pacer);
            if (taken.input.kind === "response") this.rememberHold();
            const submits = outputs.some((output) => output.kind === "transmit" && output.request.operation === "submit");
            let noted: Promise<void> | undefined;
            for (const output of outputs) {
                if (output.kind === "save") {
                    if ((await save(store, wanted(output), submits)) === "conflict") {
                        conflicts++;
                        try {
                            await this.#overtaken(held, how, conflicts);
                        } catch (error) {
                            // Somebody else was faster, and what they did cannot be read: nothing is certain, and a task id in hand must be told.
                            throw inDoubt(unsaved(output.record, error, false), recordOf(output.record).intentId);
                        }
                        next = taken;
                        break;
                    }
                    noted = note(store, output.record, outputs);
                } else if (output.kind === "event") {
                    this.#tell(held.machine, output.event);
                    how.hear?.(held.machine, output.event);
                } else if (output.kind === "transmit") {
                    sent = true;
                    next = await this.#transmit(held.machine, output.request, ticket, how);
                } else {
                    await noted;
                    return { reply: output.kind === "finished" ? await this.#withRaw(held.machine, output.reply) : Reply.of(output.reply), sent };
                }
            }
            await noted;
        }
        return { reply: undefined, sent };
    }

    async #transmit(machine: Machine, request: HttpRequest, ticket: Ticket | undefined, how: Drive): Promise<Happened> {
        try {
            if (request.operation !== "submit") return await this.send(request, how.signal);
            return await this.#post(
                machine,
                request,
                ticket ?? { credential: await this.credential(), leave: await this.#parts.gate.enter("submit") },
            );
        } catch (error) {
            throw about(error, machine.record());
        }
    }

    /** The reply to an ended task whose end this machine did not see itself: the provider's last body comes from the store. */
    async #withRaw(machine: Machine, json: string): Promise<Reply> {
        const reply = Reply.of(json);
        const record = machine.record();
        const { intentId, result } = recordOf(record);
        if (reply.data.raw != null || result?.raw !== true) return reply;
        const raw = await blobOf(this.#parts.store, intentId, "raw");
        return Reply.of(ask(() => functions.replyOf(record, raw)));
    }

    /** Another process was faster: its record is the truth, and the same input is stepped on it again. */
    async #overtaken(held: Held, how: Drive, conflicts: number): Promise<void> {
        const current = await this.#stored(held.machine);
        if (current === null) throw mistake("STORE_ERROR", "the task's record is gone from the store, or its key is taken");
        if (conflicts > CONFLICTS) throw mistake("STORE_ERROR", "other processes keep changing the task's record; it is kept as they left it");
        await this.#inherit(held, current, how);
    }

    /** Takes over the record as another process has changed it meanwhile, if one has. */
    async #look(held: Held, how: Drive): Promise<void> {
        const current = await this.#stored(held.machine);
        if (current !== null && recordOf(current).version > recordOf(held.machine.record()).version) await this.#inherit(held, current, how);
    }

    #stored(machine: Machine): Promise<string | null> {
        return loaded(this.#parts.store, recordOf(machine.record()).intentId);
    }

    async #inherit(held: Held, current: string, how: Drive): Promise<void> {
        const next = await this.resumed(current, how.settings);
        held.machine.release(this.#parts.pacer);
        next.inheritWait(held.machine);
        held.machine.free();
        held.machine = next;
    }

    /** Tells the client's listener. One that throws is its own trouble: the task's path goes on. */
    #tell(machine: Machine, event: TaskEvent): void {
        const { onEvent } = this.#parts;
        if (!onEvent) return;
        tell(() => onEvent(recordOf(machine.record()), event), complain("onEvent"));
    }

    /** Takes over a pause that another process was asked for, before a request is made. A store that does not answer is met again by the first save. */
    recallHold(): Promise<void> {
        const now = this.#parts.clock.now();
        if (this.#recalled === undefined || now - this.#recalled.at > RECALL_MS) this.#recalled = { at: now, done: this.#readHold() };
        return this.#recalled.done;
    }

    async #readHold(): Promise<void> {
        const { account, base, clock, contract, pacer, store } = this.#parts;
        try {
            const until = countOf(await store.meta(this.#holdName()));
            if (until <= this.#heldUntil) return;
            pacer.recall(contract.core, base, account, until, clock.now());
            this.#heldUntil = until;
        } catch {
            // A pause is a courtesy.
        }
    }

    /** Stores a pause that the provider has just asked for. Nothing waits for it. */
    rememberHold(): void {
        const { account, base, contract, pacer, store } = this.#parts;
        const until = pacer.heldUntil(contract.core, base, account);
        if (until <= this.#heldUntil) return;
        this.#heldUntil = until;
        void raise(store, this.#holdName(), until).catch(() => undefined);
    }

    #holdName(): string {
        return `hold ${this.#parts.base} ${this.#parts.account}`;
    }
}

/** Feeds what happened. An answer that the core cannot take in is none, and what was sent may have been accepted. */
function fed(machine: Machine, { body, input }: Happened, now: number, pacer: Pacer): Output[] {
    try {
        return step(machine, input, body, now, pacer);
    } catch (error) {
        if (input.kind !== "response") throw error;
        const reason = `the answer cannot be taken in: ${wordsOf(error)}`;
        return step(machine, { kind: "undelivered", request: input.request, delivery: "maybeSent", reason }, undefined, now, pacer);
    }
}

function undelivered({ id }: HttpRequest, delivery: Delivery, reason: string): Happened {
    return { input: { kind: "undelivered", request: id, delivery, reason: wellFormed(reason) } };
}
