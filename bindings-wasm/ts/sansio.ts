/// <reference lib="esnext.disposable" preserve="true" />
// The core itself, for drivers of one's own: a workflow engine, an event loop, a test in virtual time. A `Client` begins calls (`calls.ts`), each a
// whole operation; a `Machine` is one task, and its driver does the rest. Inputs and outputs are plain objects in the form that all languages share.
// Times are Unix milliseconds, and nothing here reads a clock.

import { text } from "./arguments.js";
import { Contract } from "./contract.js";
import * as core from "./core.js";
import { ask, functions } from "./core.js";
import { KeyConflict } from "./errors.js";
import { type Generation, generation, recordText, timeOf } from "./given.js";
import { bodyOf, type HttpResponse } from "./effects.js";
import { type Input as CoreInput, type Output as CoreOutput } from "./io.js";
import { toJson } from "./json.js";
import { Reply } from "./reply.js";
import type { Bytes, ErrorCode, HttpRequest, Json, TaskRecord } from "./types.js";

export * from "./call.js";
export * from "./calls.js";
export * from "./webhook.js";
export { Contract } from "./contract.js";
export { bytesOf } from "./io.js";
export * from "./errors.js";
export { Reply } from "./reply.js";
export * from "./tables.js";
export type * from "./effects.js";
export type { Generation } from "./given.js";
export type * from "./received.js";
export type * from "./worked.js";
export type { Delivery, ResponseHead } from "./io.js";
export type { Blob, Cursor, DeliveryFilter, DeliveryOutcome, Find, NoticeFilter, StoredDelivery, StoreFaultKind, StoreFilter } from "./store.js";
export type * from "./types.js";

/** What happened, as a machine takes it. */
export type Input = Exclude<CoreInput, { kind: "response" }> | {
    readonly kind: "response";
    readonly request: string;
    readonly response: HttpResponse;
};

/** What a machine asks for, in this order: a save, events, then at most one of the others. */
export type Output =
    | {
        readonly kind: "save";
        readonly record: TaskRecord;
        /** The record as it is to be stored: a number in it may be one that `record` cannot hold. */
        readonly json: string;
        readonly blobs: readonly { readonly name: string; readonly bytes: Bytes | null }[];
        readonly fence: boolean;
    }
    | Extract<CoreOutput, { kind: "event" } | { kind: "transmit" }>
    | { readonly kind: "yield"; readonly reply: Reply }
    | { readonly kind: "finished"; readonly reply: Reply };

/** How a client is set; what is absent has its default. */
export interface Settings {
    readonly base?: string;
    readonly account?: string;
    readonly holder?: string;
    readonly requestTimeoutMs?: number;
    readonly foreground?: boolean;
    readonly poll?: { readonly initialMs?: number; readonly factorPct?: number; readonly capMs?: number; readonly byContract?: boolean };
}

/** A submit to prepare. */
export interface Preparation extends Generation {
    /** 32 random bytes. */
    readonly entropy: Uint8Array;
    readonly now: number;
    readonly settings?: Settings;
}

/** A submit, given as it was prepared, whose key has a record already. */
export interface KeyClaim extends Generation {
    /** Until when the whole account is asked to pause: `pacer.heldUntil(...)`. */
    readonly held: number;
    readonly now: number;
}

/**
 * What the record of a caller's key means for a submit. `same`: that task is the caller's. `conflict`: another job has the key, as the reply
 * says. `wait`: the attempt came to nothing and a pause is not over, as the reply says. `free`: it came to nothing; save this record, which
 * lets go of the key, with compare-and-set, then begin.
 */
export type KeyUse =
    | { readonly use: "same" }
    | { readonly use: "conflict" | "wait"; readonly reply: Reply }
    | {
        readonly use: "free";
        readonly record: TaskRecord;
        /** The record as it is to be stored. */
        readonly json: string;
    };

/** When requests of one process may go out, per base URL and account; shared by all machines of the process. */
export class Pacer {
    /** @internal */
    readonly core = new core.Pacer();

    /** The whole account was asked to pause until this time. */
    hold(contract: Contract, baseUrl: string, account: string, until: number): void {
        this.core.hold(Contract.own(contract).core, baseUrl, account, timeOf(until));
    }

    /** Until when the whole account is asked to pause; a time that is over, or 0, where it is not. */
    heldUntil(contract: Contract, baseUrl: string, account: string): number {
        return this.core.heldUntil(Contract.own(contract).core, text(baseUrl, "baseUrl"), text(account, "account"));
    }
}

/** One task as a state machine: it decides, and whoever drives it performs. */
export class Machine {
    readonly #core: core.Machine;

    private constructor(made: core.Machine) {
        this.#core = made;
    }

    /** Checks a generation and prepares its task. */
    static prepare(contract: Contract, of: Preparation): Machine {
        const [input, options] = generation(of);
        return new Machine(
            ask(() =>
                core.Machine.prepare(
                    Contract.own(contract).core,
                    text(of.model, "model"),
                    input,
                    options,
                    settingsOf(of.settings),
                    of.entropy,
                    timeOf(of.now),
                )
            ),
        );
    }

    /** A machine for a stored record, as text or object, and its `request` blob. */
    static resume(contract: Contract, record: string | TaskRecord, request?: Uint8Array, settings?: Settings): Machine {
        return new Machine(ask(() => core.Machine.resume(Contract.own(contract).core, recordText(record), request, settingsOf(settings))));
    }

    /** A machine for a question about a task that is not stored: how it is, or with `details` what it made. */
    static ask(
        contract: Contract,
        taskId: string,
        of: { readonly model?: string; readonly details?: boolean; readonly now: number; readonly settings?: Settings },
    ): Machine {
        return new Machine(
            ask(() =>
                core.Machine.ask(
                    Contract.own(contract).core,
                    text(of.model ?? "", "model"),
                    text(taskId, "taskId"),
                    of.details ?? false,
                    settingsOf(of.settings),
                    timeOf(of.now),
                )
            ),
        );
    }

    /** Takes what happened and says what to do next, in order. An exception leaves the machine as it was. */
    step(input: Input, now: number, pacer: Pacer): Output[] {
        const outputs = "response" in input && input.kind === "response"
            ? this.#respond(input, now, pacer)
            : this.#step(input as CoreInput, undefined, now, pacer);
        return outputs.map((output): Output => {
            if (output.kind === "save") return { ...output, record: JSON.parse(output.record) as TaskRecord, json: output.record };
            if (output.kind === "yield" || output.kind === "finished") return { kind: output.kind, reply: Reply.of(output.reply) };
            return output;
        });
    }

    /** When to step `{ kind: "timeout" }`. */
    pollTimeout(): number {
        return this.#core.pollTimeout();
    }

    /** The record as it is now. */
    record(): TaskRecord {
        return JSON.parse(this.#core.record()) as TaskRecord;
    }

    /** The record as it is to be stored. */
    recordJson(): string {
        return this.#core.record();
    }

    /** How the task is. */
    reply(): Reply {
        return Reply.of(this.#core.reply());
    }

    /** The answer to a question: how the task is, or why that could not be read. */
    answer(): Reply {
        return Reply.of(this.#core.answer());
    }

    /** The code of why the last read brought nothing; `null` once one did. */
    lastFault(): ErrorCode | null {
        return (this.#core.lastFault() as ErrorCode | undefined) ?? null;
    }

    /** The submit as it would go out, without the key; `null` once it is no longer needed. */
    preview(): HttpRequest | null {
        return JSON.parse(this.#core.preview() ?? "null") as HttpRequest | null;
    }

    /** The `request` blob; `null` once it is no longer needed. */
    requestBlob(): Uint8Array | null {
        return this.#core.requestBlob() ?? null;
    }

    /** What the record of the caller's key, as text or object, means for this prepared submit. */
    keyUse(record: string | TaskRecord, of: KeyClaim): KeyUse {
        const [input, options] = generation(of);
        const asked = () => this.#core.keyUse(recordText(record), text(of.model, "model"), input, options, timeOf(of.held), timeOf(of.now));
        try {
            const meant = JSON.parse(ask(asked)) as { use: "same" } | { use: "wait"; reply: string } | { use: "free"; record: string };
            if (meant.use === "wait") return { use: meant.use, reply: Reply.of(meant.reply) };
            if (meant.use === "free") return { use: meant.use, record: JSON.parse(meant.record) as TaskRecord, json: meant.record };
            return meant;
        } catch (error) {
            if (error instanceof KeyConflict) return { use: "conflict", reply: error.reply };
            throw error;
        }
    }

    /** Lets go of its memory at once, where a garbage collector may take its time; nothing else may be called afterwards. */
    free(): void {
        this.#core.free();
    }

    /** Gives back what the machine holds of the pacer: to be called when a wait is dropped before its task ended. */
    release(pacer: Pacer): void {
        this.#core.release(pacer.core);
    }

    #respond(input: Extract<Input, { kind: "response" }>, now: number, pacer: Pacer): CoreOutput[] {
        const { body, ...head } = input.response;
        return this.#step({ ...input, response: head }, bodyOf(body), now, pacer);
    }

    #step(input: CoreInput, body: Uint8Array | undefined, now: number, pacer: Pacer): CoreOutput[] {
        return core.step(this.#core, input, body, timeOf(now), pacer.core);
    }
}

/** Checks a generation without preparing it; throws with everything that is wrong with it. */
export function validate(contract: Contract, of: Generation): void {
    const [input, options] = generation(of);
    ask(() => Contract.own(contract).core.validate(text(of.model, "model"), input, options));
}

/** Throws with everything that is wrong with a record; else the record as it is written back. */
export function canonicalRecord(record: string): string {
    return ask(() => functions.canonicalRecord(text(record, "record")));
}

/** The reply that a stored record makes; `raw` is its `raw` blob. */
export function replyOf(record: string, raw?: Uint8Array): Reply {
    return Reply.of(ask(() => functions.replyOf(text(record, "record"), raw)));
}

/** The request that lists the account's tasks (`list`) or asks for its balance (`account`). */
export function accountRequest(contract: Contract, operation: "list" | "account", baseUrl: string = contract.baseUrl): HttpRequest {
    return JSON.parse(ask(() => Contract.own(contract).core.accountRequest(text(operation, "operation"), text(baseUrl, "baseUrl")))) as HttpRequest;
}

/** Reads the answer to such a request; `{ code }` where it brought nothing. */
export function readAccount(contract: Contract, operation: "list" | "account", response: HttpResponse, now: number): Readonly<Record<string, Json>> {
    const { body, ...head } = response;
    const bytes = bodyOf(body);
    const read = JSON.parse(
        ask(() => Contract.own(contract).core.readAccount(text(operation, "operation"), JSON.stringify(head), bytes, 0, timeOf(now))),
    ) as Record<string, Json>;
    return "reply" in read ? { code: read["code"] ?? null } : read;
}

function settingsOf(settings: Settings | undefined): string {
    return toJson(settings ?? {}, "UNSUPPORTED", "the settings");
}
