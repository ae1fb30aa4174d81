// The run loop of the core, with a real clock, store and transport. It performs outputs in their order, feeds back what happened, and decides
// nothing about tasks.

import { Nap } from "./clock.js";
import { about, ask, functions, inDoubt, Machine, mistake, type Pacer, step } from "./core.js";
import { GentaskError } from "./errors.js";
import type { Input, Output } from "./io.js";
import { Learned, type LearnedParts } from "./learned.js";
import { complain, tell } from "./listeners.js";
import { Pauses } from "./pauses.js";
import { isGone } from "./process.js";
import { Reply } from "./reply.js";
import { type Happened, type RequestParts, Requests, type Ticket } from "./requests.js";
import { besides, blobOf, historyOf, loaded, note, recordOf, save, storing, unsaved, wanted } from "./storing.js";
import { wordsOf } from "./thrown.js";
import type { HttpRequest, TaskEvent, TaskRecord } from "./types.js";
import { failed } from "./withdrawing.js";

/** Compare-and-set conflicts of one step before it is given up: each means that another process made progress. */
const CONFLICTS = 20;

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
    /** The key and the place for the submit, where somebody has them already; the drive gives the place back. */
    readonly ticket?: Ticket | undefined;
    /** Called right before a submit's attempt is counted; what it throws keeps it from being sent. */
    readonly begins?: () => void;
    /** Whether a failure is told to who submitted it: then what is stored of it is withdrawn, and nothing sends it later behind the caller's back. */
    readonly withdraws?: boolean;
    /** Hears of each event, with the machine as it is then. It must not throw. */
    readonly hear?: (machine: Machine, event?: TaskEvent) => void;
    /** When the wait ends that this is the drive of. All that wait for one task share one drive of it. */
    readonly end?: number;
}

/** How a drive ended. `reply`: why the wait ended; without it the goal was reached before. */
export interface Driven {
    readonly machine: Machine;
    readonly reply: Reply | undefined;
}

/** What drives share. */
export interface Parts extends RequestParts, LearnedParts {
    readonly onEvent: ((record: TaskRecord, event: TaskEvent) => void) | undefined;
}

/** What a drive has. */
interface Held {
    readonly intentId: string;
    readonly goal: Goal;
    readonly end: number | undefined;
    readonly signal: AbortSignal | undefined;
    /** Ends its sleep, or a poll that the provider keeps open. */
    rouse: (() => void) | undefined;
    /** Whether its record was changed by a callback, and it has not looked yet. */
    isWoken: boolean;
    /** Another one of the same task, once somebody else was faster. */
    machine: Machine;
    /** For the next submit. */
    ticket: Ticket | undefined;
}

interface Turn {
    readonly reply: Reply | undefined;
    readonly sent: boolean;
}

/** Why a poll was left that the provider kept open. */
const CHANGED = Symbol("changed");

export class Driver {
    readonly requests: Requests;
    readonly pauses: Pauses;
    readonly #learned: Learned;
    readonly #parts: Parts;
    readonly #held = new Set<Held>();
    #drives = 0;

    constructor(parts: Parts) {
        this.#parts = parts;
        this.requests = new Requests(parts);
        this.pauses = new Pauses(parts);
        this.#learned = new Learned(parts);
    }

    /** Drives a machine, which belongs to the drive until it ends; the one that it ends with may be another, of the same task. */
    async drive(machine: Machine, how: Drive): Promise<Driven> {
        const intentId = machine.intentId();
        const held: Held = {
            machine,
            ticket: how.ticket,
            intentId,
            goal: how.goal,
            end: how.end,
            signal: how.signal,
            rouse: undefined,
            isWoken: false,
        };
        machine.numberDrive(++this.#drives);
        this.#held.add(held);
        // Who is over leads no more, whatever holds its drive up.
        const handOn = (): void => rouse(this.#leading(intentId));
        how.signal?.addEventListener("abort", handOn);
        let isOver = false;
        try {
            const reply = await this.#run(held, how);
            isOver = true;
            return { machine: held.machine, reply };
        } catch (error) {
            throw await this.#failure(held.machine, how, error);
        } finally {
            how.signal?.removeEventListener("abort", handOn);
            const led = this.#leading(intentId) === held;
            this.#held.delete(held);
            if (led) handOn();
            takeTicket(held)?.leave();
            held.machine.release(this.#parts.pacer);
            if (!isOver) held.machine.free();
        }
    }

    async #run(held: Held, how: Drive): Promise<Reply | undefined> {
        const { clock } = this.#parts;
        let first = how.first;
        await this.#learned.recall();
        for (let looks = 0;;) {
            how.signal?.throwIfAborted();
            if (how.goal === "submitted" && first === undefined && held.machine.isSettled()) return undefined;
            const leader = first === undefined && held.machine.isSettled() && !held.machine.isTerminal() ? this.#leader(held) : undefined;
            if (leader !== undefined) {
                await this.#sleep(held, Math.min(held.end!, leader.end!), how.signal);
                await this.#look(held, how);
                how.hear?.(held.machine);
                continue;
            }
            // Before a sleep, too: where the clock went back, a pause is counted from when it was seen first.
            await this.pauses.recall();
            how.signal?.throwIfAborted();
            const other = held.machine.otherHolder();
            if (other !== undefined && isGone(other)) held.machine.forgetHolder(clock.now());
            const due = held.machine.pollTimeout();
            if (first === undefined && due > clock.now()) {
                if (how.goal === "request") return undefined;
                const pause = held.machine.lookAfter(looks);
                // Who sleeps holds no place, and the key is asked for anew: it may be another one by then.
                takeTicket(held)?.leave();
                const isWoken = await this.#sleep(held, pause === undefined ? due : Math.min(due, clock.now() + pause), how.signal);
                if (pause !== undefined) looks++;
                if (pause !== undefined || isWoken) await this.#look(held, how);
                continue;
            }
            const input: Input = first ?? { kind: "timeout" };
            first = undefined;
            const isSubmit = input.kind === "timeout" && held.machine.maySubmit();
            const turn = isSubmit ? await this.#submit(held, input, how) : await this.#turn(held, input, undefined, how);
            if (turn.reply !== undefined || (how.goal === "request" && turn.sent)) return turn.reply;
        }
    }

    /** Lets who waits for a task look at the store at once: its record has changed. `but`: the drive that knows. */
    wake(intentId: string, but?: object): void {
        for (const held of this.#held) if (held.intentId === intentId && held !== but) rouse(held);
    }

    /** The wait that drives the task for this one, too. */
    #leader(held: Held): Held | undefined {
        const leading = held.end !== undefined && this.#parts.clock.now() < held.end ? this.#leading(held.intentId) : undefined;
        return leading === held ? undefined : leading;
    }

    /** Of the waits for a task the one that drives it: the first that is not over. */
    #leading(intentId: string): Held | undefined {
        const now = this.#parts.clock.now();
        for (const held of this.#held) {
            const isOver = held.end === undefined || held.end <= now || held.signal?.aborted === true;
            if (held.intentId === intentId && !isOver) return held;
        }
        return undefined;
    }

    /** Whether somebody waits for a task's end. */
    isDriven(intentId: string): boolean {
        return [...this.#held].some((held) => held.intentId === intentId && held.goal === "end");
    }

    /** Sleeps until a time, and says whether it was woken before. */
    async #sleep(held: Held, at: number, signal: AbortSignal | undefined): Promise<boolean> {
        const nap = new Nap();
        held.rouse = () => nap.end();
        signal?.addEventListener("abort", held.rouse);
        if (held.isWoken || signal?.aborted === true) held.rouse();
        await this.#parts.clock.until(at, nap);
        signal?.removeEventListener("abort", held.rouse);
        held.rouse = undefined;
        const { isWoken } = held;
        held.isWoken = false;
        return isWoken;
    }

    /** A submit takes its key and its place before its attempt is counted: no key, no attempt, and no lease that runs out while it waits. */
    async #submit(held: Held, input: Input, how: Drive): Promise<Turn> {
        let ticket: Ticket;
        try {
            ticket = takeTicket(held) ?? (await this.requests.ticket());
        } catch (error) {
            if (held.machine.staysUnresolved()) return { reply: Reply.of(held.machine.reply()), sent: false };
            throw error;
        }
        try {
            await this.pauses.recall(true);
            how.begins?.();
            return await this.#turn(held, input, ticket, how);
        } finally {
            ticket.leave();
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

    /** A failure of a drive is one about its task: with its ids, how it is, and whether money may have been spent. */
    async #failure(machine: Machine, how: Drive, error: unknown): Promise<unknown> {
        // What a listener threw is thrown as it is.
        if (!(error instanceof GentaskError) || error === how.signal?.reason) return error;
        const named = error.intentId === null ? about(error, machine.record()) : error;
        return failed(this.#parts, machine, how.withdraws === true, named as GentaskError);
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
            if (taken.input.kind === "response") await this.pauses.remember();
            const submits = outputs.some((output) => output.kind === "transmit" && output.request.operation === "submit");
            let noted: Promise<void> | undefined;
            for (const output of outputs) {
                if (output.kind === "save") {
                    // Read once a save, and before the store has it: what is in it is the store's then.
                    const history = historyOf(outputs);
                    const change = { ...wanted(output), ...besides(store, history) };
                    const { intentId } = change.record;
                    if ((await save(store, change, submits)) === "conflict") {
                        conflicts++;
                        try {
                            await this.#overtaken(held, how, conflicts);
                        } catch (error) {
                            // Somebody else was faster, and what they did cannot be read: nothing is certain, and a task id in hand must be told.
                            throw inDoubt(unsaved(output.record, error, false), intentId);
                        }
                        next = taken;
                        break;
                    }
                    this.wake(intentId, held);
                    noted = note(store, intentId, history);
                    await this.#learned.note(held.machine);
                    await this.#tellUncalled(held.machine);
                } else if (output.kind === "event") {
                    this.#tell(held.machine, output.event);
                    how.hear?.(held.machine, output.event);
                } else if (output.kind === "transmit") {
                    sent = true;
                    next = await this.#transmit(held, output.request, ticket, how);
                } else {
                    await noted;
                    return { reply: output.kind === "finished" ? await this.#withRaw(held.machine, output.reply) : Reply.of(output.reply), sent };
                }
            }
            await noted;
        }
        return { reply: undefined, sent };
    }

    /** Tells once that callbacks are asked for and none comes. Another process may have received some; a store that fails is told by what matters more. */
    async #tellUncalled(machine: Machine): Promise<void> {
        const { account, clock, contract, pacer, store } = this.#parts;
        const event = machine.noteUncalled(pacer, clock.now());
        if (event === undefined) return;
        const filter = { provider: contract.id, account, keptAt: clock.now(), limit: 1 };
        const found = await storing(() => store.deliveries?.(filter) ?? null).catch(() => null);
        if (found?.length === 0) this.#tell(machine, JSON.parse(event) as TaskEvent);
    }

    async #transmit(held: Held, request: HttpRequest, ticket: Ticket | undefined, how: Drive): Promise<Happened | undefined> {
        const { machine } = held;
        const until = machine.pollTimeout();
        if (request.operation === "status" && request.openMs !== undefined) return this.#longPoll(held, request, until, how);
        if (request.operation !== "submit") return this.requests.send(request, until, how.signal);
        const own = ticket ?? (await this.requests.ticket());
        return this.requests.post(request, until, own, machine.mayBegin(this.#parts.clock.now()));
    }

    /** Sends a poll that the provider keeps open, which is left where the task's record has changed: that tells more. */
    async #longPoll(held: Held, request: HttpRequest, until: number, how: Drive): Promise<Happened | undefined> {
        const leaving = new AbortController();
        const leave = (): void => leaving.abort(how.signal?.aborted === true ? how.signal.reason : CHANGED);
        held.rouse = leave;
        how.signal?.addEventListener("abort", leave);
        try {
            return await this.requests.send(request, until, leaving.signal);
        } catch (error) {
            if (error !== CHANGED) throw error;
            const current = await this.#stored(held.machine);
            if (current !== null) await this.#inherit(held, current, how);
            return undefined;
        } finally {
            how.signal?.removeEventListener("abort", leave);
            [held.rouse, held.isWoken] = [undefined, false];
        }
    }

    /** The reply to an ended task whose end this machine did not see itself: the provider's last body comes from the store. */
    async #withRaw(machine: Machine, json: string): Promise<Reply> {
        const reply = Reply.of(json);
        if (reply.data.raw != null) return reply;
        const record = machine.record();
        const { intentId, result } = recordOf(record);
        if (result?.raw !== true) return reply;
        // How the task ended is known without it.
        const raw = await blobOf(this.#parts.store, intentId, "raw").catch(() => undefined);
        return raw === undefined ? reply : Reply.of(ask(() => functions.replyOf(record, raw)));
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
        // A look that fails is made again; nothing is lost by it.
        const current = await this.#stored(held.machine).catch(() => null);
        if (current !== null && recordOf(current).version > recordOf(held.machine.record()).version) await this.#inherit(held, current, how);
    }

    #stored(machine: Machine): Promise<string | null> {
        return loaded(this.#parts.store, machine.intentId());
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
}

/** Lets a drive look at the store at once, or at its next sleep. */
function rouse(held: Held | undefined): void {
    if (held === undefined) return;
    held.isWoken = true;
    held.rouse?.();
}

/** Takes the ticket of a drive out of it. */
function takeTicket(held: Held): Ticket | undefined {
    const { ticket } = held;
    held.ticket = undefined;
    return ticket;
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
