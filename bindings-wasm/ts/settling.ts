// Submits, and what a person settles.

import { known, text } from "./arguments.js";
import { abortedSubmit, abortedUnsent, signalOf, unlessAborted } from "./abort.js";
import { ask, Machine, mistake } from "./core.js";
import { type Engine, entropy } from "./engine.js";
import { errorOf } from "./errors.js";
import { toJson } from "./json.js";
import type { SubmitRequest } from "./options.js";
import { Reply } from "./reply.js";
import { TaskHandle } from "./task.js";
import type { TaskRecord } from "./types.js";
import { changeOf, found, recordOf, save } from "./storing.js";

/** A submit that is checked and named. */
interface Submission {
    readonly machine: Machine;
    readonly model: string;
    readonly input: string;
    readonly options: string;
    readonly key: string | undefined;
    readonly owner: string | undefined;
    /** Which intent it is about: its own, or the one that its caller's key turned out to name already. */
    intentId: string;
    /** Whether its record may be stored by now; before, it can still be left undone. */
    isBegun: boolean;
    isLeft: boolean;
}

const REQUEST: readonly (keyof SubmitRequest)[] = ["model", "input", "key", "owner", "callbackUrl", "options", "signal"];

/** Checks a submit as far as that goes without a network, a key or a store. */
export function begin(engine: Engine, request: SubmitRequest): Submission {
    known(request, REQUEST, "a submit");
    const model = text(request.model, "model");
    const input = toJson(request.input, "INVALID_PAYLOAD", "the payload");
    const named = { key: request.key, owner: request.owner, callbackUrl: request.callbackUrl };
    for (const [name, value] of Object.entries(named)) if (value !== undefined) text(value, name);
    const options = toJson({ ...JSON.parse(JSON.stringify(named)), options: request.options ?? {} }, "INVALID_PAYLOAD", "the options");
    const machine = ask(() => Machine.prepare(engine.contract.core, model, input, options, engine.settings(), entropy(32), engine.clock.now()));
    const { intentId } = recordOf(machine.record());
    return { machine, model, input, options, key: request.key, owner: request.owner, intentId, isBegun: false, isLeft: false };
}

/** Submits a generation and returns once its task id is durable. */
export async function submit(engine: Engine, request: SubmitRequest): Promise<TaskHandle> {
    const signal = signalOf(request?.signal);
    const submission = begin(engine, request);
    if (signal?.aborted) {
        submission.machine.free();
        throw abortedUnsent(signal.reason);
    }
    return unlessAborted(signal, engine.keep(send(engine, submission)), (cause) => {
        submission.isLeft = true;
        return submission.isBegun ? abortedSubmit(submission.intentId, cause) : abortedUnsent(cause);
    });
}

async function send(engine: Engine, submission: Submission): Promise<TaskHandle> {
    let machine: Machine;
    try {
        machine = await claim(engine, submission);
    } catch (error) {
        submission.machine.free();
        throw error;
    }
    if (machine !== submission.machine) submission.machine.free();
    return settle(engine, machine, submission);
}

/** The machine that is to be driven: of the submit itself, or of the task that its key names already. */
async function claim(engine: Engine, submission: Submission): Promise<Machine> {
    const { machine, key } = submission;
    // A missing key is found before anything is stored.
    await engine.driver.credential();
    if (key === undefined) return machine;
    const existing = await byKey(engine, submission);
    if (existing !== undefined) return redelivered(engine, submission, existing);
    enter(submission);
    // The record is stored before the first byte leaves anyway; a caller's key is claimed by that save.
    const first = ask(() => machine.firstRecord());
    const claimed = changeOf(first, [{ name: "request", bytes: machine.requestBlob() ?? null }], true);
    if ((await save(engine.store, claimed, false)) === "done") return engine.machine(first);
    const taken = await byKey(engine, submission);
    if (taken === undefined) throw mistake("STORE_ERROR", "the key is taken, but its task cannot be found");
    return redelivered(engine, submission, taken);
}

/** From here on the submit is stored, and goes on whoever leaves. */
function enter(submission: Submission): void {
    if (submission.isLeft && !submission.isBegun) throw abortedUnsent(undefined);
    submission.isBegun = true;
}

async function byKey(engine: Engine, { key = "", owner }: Submission): Promise<string | undefined> {
    return (await found(engine.store, { provider: engine.contract.id, account: engine.account, owner: owner ?? null, key }))[0];
}

/** The task that this key names already. */
async function redelivered(engine: Engine, submission: Submission, existing: string): Promise<Machine> {
    const { machine, model, input, options } = submission;
    const { intentId } = recordOf(existing);
    enter(submission);
    submission.intentId = intentId;
    const isSame = ask(() => machine.isSameIntent(existing, model, input, options));
    if (!isSame) {
        throw mistake("INVALID_PAYLOAD", `this key belongs to intent ${intentId}, which has another model, other options or another payload`);
    }
    return engine.machine(existing);
}

async function settle(engine: Engine, machine: Machine, submission: Submission): Promise<TaskHandle> {
    const driven = await engine.driveSubmit(machine, { goal: "submitted", begins: () => enter(submission) });
    const record = recordOf(driven.machine.record());
    const isRefused = driven.machine.isRefusal();
    const reply = engine.replyOfDriven(driven);
    if (isRefused && !reply.ok) throw errorOf(reply);
    return new TaskHandle(engine, record);
}

/** Gives an unresolved task the id under which a person found it at the provider. An id that is already stored is refused. */
export async function adopt(engine: Engine, intentId: string, taskId: string): Promise<Reply> {
    const other = (await stored(engine, text(taskId, "taskId"))).find((record) => record.account === engine.account);
    if (other) throw mistake("INVALID_PAYLOAD", `the task id belongs to intent ${other.intentId} already`);
    const machine = await engine.machine(await engine.load(intentId));
    const driven = await engine.drive(machine, { first: { kind: "adopt", taskId }, goal: "request" });
    const isAdopted = recordOf(driven.machine.record()).taskId !== null;
    const reply = engine.replyOfDriven(driven);
    if (isAdopted) return reply;
    throw errorOf(reply);
}

/** The tasks of this provider that have this id. */
export async function stored(engine: Engine, taskId: string): Promise<TaskRecord[]> {
    return (await found(engine.store, { provider: engine.contract.id, taskId })).map(recordOf);
}
