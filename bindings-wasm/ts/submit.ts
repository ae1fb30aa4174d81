// Submits: an order is checked, claims its key, is stored and sent.

import { known, milliseconds, text } from "./arguments.js";
import { abortedSubmit, abortedUnsent, left, signalOf, unlessAborted } from "./abort.js";
import { ask, Machine, mistake, ofRedelivery, ofUnreadKey } from "./core.js";
import type { Contract } from "./contract.js";
import type { Engine } from "./engine.js";
import { entropy } from "./entropy.js";
import { errorOf, GentaskError } from "./errors.js";
import { toJson } from "./json.js";
import type { SubmitRequest } from "./options.js";
import { Reply } from "./reply.js";
import type { Ticket } from "./requests.js";
import type { Save } from "./store.js";
import { TaskHandle } from "./task.js";
import { changeOf, found, loaded, recordOf, save } from "./storing.js";
import { leftTo, stillStored } from "./withdrawing.js";

/** A submit that is checked and named. */
interface Submission {
    machine: Machine;
    /** Makes the machine anew: with the secret of its callback's token where that has to be read first, and with what stands for media once they are uploaded. */
    readonly again: (uploaded?: string) => Machine;
    /** Whether the secret of its callback's token has to be read first. */
    readonly lacksSecret: boolean;
    /** Uploads its media, where there are any that are uploaded first. */
    readonly uploads: (() => Promise<string>) | undefined;
    /** Whether they are uploaded. */
    isUploaded: boolean;
    readonly model: string;
    readonly input: string;
    readonly options: string;
    readonly key: string | undefined;
    readonly owner: string | undefined;
    /** The key and the place of its attempt, once it has them: each attempt asks for its key once. */
    ticket: Ticket | undefined;
    /** Which intent it is about: its own, or the one that its caller's key turned out to name already. */
    intentId: string;
    /** Whether its record may be stored by now; before, it can still be left undone. */
    isBegun: boolean;
    isLeft: boolean;
}

/** How often a key is claimed again where others are at it: each time one of them has made progress. */
const CLAIMS = 20;

const REQUEST: readonly (keyof SubmitRequest)[] = ["model", "input", "key", "owner", "callbackUrl", "options", "signal", "timeout"];

/** Checks a submit as far as that goes without a network, a key or a store. */
export function begin(engine: Engine, request: SubmitRequest): Submission {
    known(request, REQUEST, "a submit");
    const model = text(request.model, "model");
    if (request.input === undefined) throw mistake("INVALID_PAYLOAD", "input: an object with the model's fields is missing");
    const input = toJson(request.input, "INVALID_PAYLOAD", "the payload");
    const named = { key: request.key, owner: request.owner, callbackUrl: request.callbackUrl };
    for (const [name, value] of Object.entries(named)) if (value !== undefined) text(value, name);
    const own = { ...JSON.parse(JSON.stringify(named)), options: request.options ?? {} };
    const options = toJson(own, "INVALID_PAYLOAD", "the options");
    const [random, now] = [entropy(32), engine.clock.now()];
    const { calling, contract: { core }, uploads: upload } = engine;
    const awaits = upload !== undefined && ask(() => core.awaitsUpload(input));
    const uploads = awaits ? () => upload.upload(model, input) : undefined;
    const callbacks = (): ReturnType<typeof calling.at> | undefined => (request.callbackUrl === undefined ? undefined : calling.at(now));
    const again = (uploaded?: string, called = callbacks()): Machine => {
        const more = { ...(called && { callbacks: called.callbacks }), ...(awaits && { media: uploaded ?? null }) };
        return ask(() => Machine.prepare(core, model, input, JSON.stringify({ ...own, ...more }), engine.settings(), random, now));
    };
    const called = callbacks();
    const machine = again(undefined, called);
    const intentId = machine.intentId();
    const { key, owner } = request;
    const lacksSecret = called?.isToBeRead === true;
    warnOf(engine.contract, model);
    return {
        machine,
        again,
        lacksSecret,
        uploads,
        isUploaded: false,
        model,
        input,
        options,
        key,
        owner,
        ticket: undefined,
        intentId,
        isBegun: false,
        isLeft: false,
    };
}

/** Near misses that were told in this process; no more than these are ever kept. */
const TOLD = new Set<string>();
const MOST_TOLD = 100;

/** Warns, once in a process, of a model that nobody checks because it is spelt almost like one that the contract lists; `told`: that is said elsewhere. */
export function warnOf(contract: Contract, model: string, told = false): void {
    const name = `${contract.id} ${model}`;
    if (TOLD.size >= MOST_TOLD || TOLD.has(name)) return;
    const warning = contract.core.nearMiss(model);
    if (warning === undefined) return;
    TOLD.add(name);
    if (!told) console.warn(`gentask: ${warning}`);
}

/** A submit that is under way, for whoever must know its name meanwhile. */
export interface Order {
    readonly task: Promise<TaskHandle>;
    /** The intent that it is about, as far as that is known now. */
    intentId(): string;
    /** Whether it waits for something else than the answer to a request of this client: for its time, or for another process. */
    isWaiting(): Promise<boolean>;
}

/** Begins a submit. */
export function order(engine: Engine, request: SubmitRequest): Order {
    const submission = begin(engine, request);
    const task = engine.keep(send(engine, submission));
    const isWaiting = async (): Promise<boolean> => {
        const json = await loaded(engine.store, submission.intentId).catch(() => null);
        if (json === null) return false;
        const { due, lease, phase } = recordOf(json);
        if (phase === "prepared") return due !== null && due.at > engine.clock.now();
        return phase === "submitting" && lease?.holder.startsWith(engine.holder) !== true;
    };
    return { task, intentId: () => submission.intentId, isWaiting };
}

/** Submits a generation and returns once its task id is durable. */
export async function submit(engine: Engine, request: SubmitRequest): Promise<TaskHandle> {
    const signal = signalOf(request?.signal);
    const timeoutMs = milliseconds(request?.timeout, "timeout");
    const submission = begin(engine, request);
    if (signal?.aborted) {
        submission.machine.free();
        throw abortedUnsent(signal.reason);
    }
    const sent = engine.keep(send(engine, submission));
    const inTime = timeoutMs === undefined ? sent : engine.before(engine.clock.now() + timeoutMs, sent, () => {
        submission.isLeft = true;
        return submission.isBegun
            ? errorOf(left(submission.intentId))
            : mistake("WAIT_TIMEOUT", "the time was over before the submit; nothing was sent");
    });
    return unlessAborted(signal, inTime, (cause) => {
        submission.isLeft = true;
        return submission.isBegun ? abortedSubmit(submission.intentId, cause) : abortedUnsent(cause);
    });
}

async function send(engine: Engine, submission: Submission): Promise<TaskHandle> {
    let machine: Machine;
    try {
        await sealed(engine, submission);
        machine = await claim(engine, submission);
    } catch (error) {
        submission.ticket?.leave();
        submission.machine.free();
        throw error;
    }
    if (machine !== submission.machine) submission.machine.free();
    return settle(engine, machine, submission);
}

/** Gives a submit with a callback the token that its secret makes, where that is the store's. */
async function sealed(engine: Engine, submission: Submission): Promise<void> {
    if (!submission.lacksSecret) return;
    await engine.calling.read();
    remake(submission);
}

/** Uploads the media of a submit, once, where they are uploaded first: its machine is then of what is sent. */
async function uploaded(submission: Submission): Promise<void> {
    const { uploads } = submission;
    if (uploads === undefined || submission.isUploaded) return;
    const input = await uploads();
    submission.isUploaded = true;
    remake(submission, input);
}

function remake(submission: Submission, input?: string): void {
    const { again, machine } = submission;
    submission.machine = again(input);
    machine.free();
}

/** The machine that is to be driven: of the submit itself, or of the task that its key names already. */
async function claim(engine: Engine, submission: Submission): Promise<Machine> {
    // A missing key is found before anything is stored.
    if (submission.key === undefined) {
        await admit(engine, submission);
        return submission.machine;
    }
    let claimed: Save | undefined;
    for (let tries = 0; tries < CLAIMS; tries++) {
        const existing = await byKey(engine, submission);
        if (existing !== undefined) {
            const use = await useOf(engine, submission, existing);
            if (use.use === "wait") throw errorOf(Reply.of(use.reply));
            if (use.use === "same") {
                enter(submission);
                submission.intentId = recordOf(existing).intentId;
                return redelivered(engine, existing);
            }
            await admit(engine, submission);
            enter(submission);
            // The attempt before came to nothing, and lets go of the key.
            if ((await save(engine.store, changeOf(use.record, [], true), false)) === "conflict") continue;
        }
        await admit(engine, submission);
        enter(submission);
        const { machine } = submission;
        claimed ??= changeOf(ask(() => machine.firstRecord()), [{ name: "request", bytes: machine.requestBlob() ?? null }], true);
        if (await isClaimed(engine, claimed)) return redelivered(engine, claimed.json);
    }
    throw mistake("STORE_ERROR", "the key is taken, but its task cannot be found");
}

/** The machine of a task that is stored under the key. Where there can be none, the failure is about that task. */
async function redelivered(engine: Engine, json: string): Promise<Machine> {
    try {
        return await engine.machine(json);
    } catch (error) {
        throw ofRedelivery(error, json);
    }
}

/** Stores the first record of an order under its key, if nobody else has it. Where the answer is lost it may be stored all the same. */
async function isClaimed(engine: Engine, claimed: Save): Promise<boolean> {
    try {
        return (await save(engine.store, claimed, true)) === "done";
    } catch (error) {
        if (!(error instanceof GentaskError)) throw error;
        let stored: string | null;
        try {
            stored = await loaded(engine.store, claimed.record.intentId);
        } catch {
            throw stillStored(error, false);
        }
        if (stored === claimed.json) return true;
        throw stored === null ? error : leftTo(error, stored);
    }
}

/** What the record of a caller's key means for a submit; one of another job is thrown. */
type Use = { readonly use: "same" } | { readonly use: "wait"; readonly reply: string } | { readonly use: "free"; readonly record: string };

async function useOf(engine: Engine, { input, machine, model, options }: Submission, existing: string): Promise<Use> {
    const { clock, driver: { pauses } } = engine;
    await pauses.recall();
    return JSON.parse(ask(() => machine.keyUse(existing, model, input, options, pauses.until, clock.now()))) as Use;
}

/** Waits for uploads, for the key, then for a place. Nothing that is stored waits for them, and a redelivery of a task that is there needs none. */
async function admit(engine: Engine, submission: Submission): Promise<void> {
    await uploaded(submission);
    submission.ticket ??= await engine.driver.requests.ticket();
}

/** From here on the submit is stored, and goes on whoever leaves. */
function enter(submission: Submission): void {
    if (submission.isLeft && !submission.isBegun) throw abortedUnsent(undefined);
    submission.isBegun = true;
}

async function byKey(engine: Engine, { key = "", owner }: Submission): Promise<string | undefined> {
    try {
        return await findKey(engine, key, owner);
    } catch (error) {
        throw ofUnreadKey(error);
    }
}

/** The record of the task with this key of this owner's. */
export async function findKey(engine: Engine, key: string, owner: string | undefined): Promise<string | undefined> {
    const [json] = await found(engine.store, { provider: engine.contract.id, account: engine.account, owner: owner ?? null, key });
    return json === undefined || recordOf(json) ? json : undefined;
}

async function settle(engine: Engine, machine: Machine, submission: Submission): Promise<TaskHandle> {
    const { ticket } = submission;
    const driven = await engine.driveSubmit(machine, { goal: "submitted", ticket, begins: () => enter(submission), withdraws: true });
    const record = driven.machine.record();
    if (driven.machine.isRefusal()) {
        const reply = engine.replyOfDriven(driven);
        if (!reply.ok) {
            if (submission.isUploaded) {
                await engine.uploads?.refused(submission.model, submission.input, reply.errorCode ?? "UNKNOWN_ERROR").catch(() => undefined);
            }
            throw errorOf(reply);
        }
    } else driven.machine.free();
    engine.accepted?.(submission.intentId);
    return new TaskHandle(engine, record);
}
