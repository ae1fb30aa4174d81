// Questions about tasks that need not be stored here: the seed's `getStatus`, `getTask` and `cancelTask`, the account, the provider's list.

import { LONGEST_MS, text } from "./arguments.js";
import { ask, functions, Machine, mistake, ofQuestion, step } from "./core.js";
import type { Engine } from "./engine.js";
import { errorOf, GentaskError } from "./errors.js";
import type { Input } from "./io.js";
import { Reply } from "./reply.js";
import { stored } from "./settling.js";
import { TaskHandle } from "./task.js";
import type { HttpRequest } from "./types.js";
import { recordOf } from "./storing.js";
import { wordsOf } from "./thrown.js";

/** The reply to a call that answers everything with one. */
export async function replied(call: () => Promise<Reply>): Promise<Reply> {
    try {
        return await call();
    } catch (error) {
        if (error instanceof GentaskError) return error.reply;
        return mistake("UNKNOWN_ERROR", wordsOf(error)).reply;
    }
}

/** A question about no single task: a failure of it says nothing of any submit. */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        throw error instanceof GentaskError && error.intentId === null && error.code === "STORE_ERROR" ? ofQuestion(error) : error;
    }
}

/** The same, of a question: one that could not be asked says nothing about how the task is. */
export function answered(taskId: string, call: () => Promise<Reply>): Promise<Reply> {
    return replied(async () => {
        try {
            return await call();
        } catch (error) {
            throw ofQuestion(error, typeof taskId === "string" ? taskId : "");
        }
    });
}

/** How a task is, or what it made. */
export async function question(engine: Engine, taskId: string, model: string | undefined, details: boolean): Promise<Reply> {
    const found = mine(engine, taskId);
    // Where the model is given, a store that does not answer is no reason not to ask.
    const json = await (model === undefined ? found : found.catch(() => undefined));
    const machine = machineFor(engine, taskId, model ?? (json === undefined ? undefined : recordOf(json).model), details);
    // A pause that was asked for is kept, whoever heard of it.
    if (json !== undefined) ask(() => machine.mind(json, engine.clock.now()));
    if (engine.timeoutMs !== undefined) engine.deadline(machine, engine.timeoutMs);
    return converse(engine, machine, { kind: "timeout" });
}

/** Asks the provider to stop a task. */
export async function cancel(engine: Engine, taskId: string, model: string | undefined): Promise<Reply> {
    const json = await mine(engine, taskId);
    if (json !== undefined) return new TaskHandle(engine, json).cancel();
    const machine = machineFor(engine, taskId, model, false);
    engine.deadline(machine, engine.cancelWaitMs);
    try {
        return await converse(engine, machine, { kind: "cancel" });
    } catch (error) {
        throw ofQuestion(error, taskId);
    }
}

/** The record of the client's own task with this id. */
async function mine(engine: Engine, taskId: string): Promise<string | undefined> {
    return (await stored(engine, text(taskId, "taskId"))).find((json) => {
        const { account, base } = recordOf(json);
        return account === engine.account && base === engine.base;
    });
}

function machineFor(engine: Engine, taskId: string, model: string | undefined, details: boolean): Machine {
    const named = model === undefined ? "" : text(model, "model");
    return ask(() => Machine.ask(engine.contract.core, named, taskId, details, engine.settings(), engine.clock.now()));
}

/** Drives a machine that is not stored until it has an answer, with as many retries of reads as the client allows. */
async function converse(engine: Engine, machine: Machine, first: Input): Promise<Reply> {
    const { clock, driver: { pauses, requests }, pacer } = engine;
    try {
        let happened: { input: Input; body?: Uint8Array } | undefined = { input: first };
        for (let left = engine.maxReadRetries;;) {
            const { input, body }: { input: Input; body?: Uint8Array } = happened ?? { input: { kind: "timeout" } };
            happened = undefined;
            await pauses.recall();
            const outputs = step(machine, input, body, clock.now(), pacer);
            await pauses.remember();
            for (const output of outputs) {
                if (output.kind === "transmit") happened = await requests.send(output.request, machine.pollTimeout());
                else if (output.kind === "finished") return Reply.of(output.reply);
                else if (output.kind === "yield") {
                    // A question that failed says nothing about the task.
                    return Reply.of(machine.lastFault() === undefined ? functions.unanswered(output.reply) : machine.answer());
                }
            }
            if (happened !== undefined) continue;
            if (input.kind === "response" || input.kind === "undelivered") {
                const isFailed = machine.lastFault() !== undefined;
                if (isFailed ? left === 0 : !machine.isCancelling()) return Reply.of(machine.answer());
                if (isFailed) left--;
            }
            await clock.until(machine.pollTimeout());
        }
    } finally {
        machine.release(pacer);
        machine.free();
    }
}

/** What a question without a task says where it brought nothing. */
interface Failed {
    readonly code: string;
    readonly reply: string;
    readonly againMs: number | null;
}

/** A question without a task: the account's balance (`account`), or its tasks (`list`). */
export async function account<T extends object>(engine: Engine, operation: "account" | "list"): Promise<T> {
    // What a provider has not is no question that failed.
    const request = JSON.parse(ask(() => engine.contract.core.accountRequest(operation, engine.base))) as HttpRequest;
    try {
        return await asked(engine, operation, request);
    } catch (error) {
        throw ofQuestion(error);
    }
}

async function asked<T extends object>(engine: Engine, operation: "account" | "list", request: HttpRequest): Promise<T> {
    const { base, clock, contract, driver: { pauses, requests }, pacer } = engine;
    const until = clock.now() + (engine.timeoutMs ?? LONGEST_MS);
    for (let tried = 0;; tried++) {
        await pauses.recall();
        const slot = pacer.reserve(contract.core, base, engine.account, clock.now());
        const paused = functions.paused(slot, until, clock.now());
        if (paused !== undefined) {
            pacer.giveBack(contract.core, base, engine.account, slot);
            throw errorOf(Reply.of(paused));
        }
        await clock.until(slot);
        const { body = new Uint8Array(), input } = await requests.send(request, until);
        if (input.kind === "response") await pauses.keep(input.response, body);
        const told = input.kind === "response"
            ? ask(() => contract.core.readAccount(operation, JSON.stringify(input.response), body, tried, clock.now()))
            : functions.unreached(input.kind === "undelivered" ? input.reason : "the transport gave no answer", tried, clock.now());
        const answer = JSON.parse(told) as T | Failed;
        if (!("reply" in answer)) return answer;
        const again = answer.againMs === null ? undefined : clock.now() + answer.againMs;
        if (again === undefined || again >= until || tried >= engine.maxReadRetries) throw errorOf(Reply.of(answer.reply));
        await clock.until(again);
    }
}
