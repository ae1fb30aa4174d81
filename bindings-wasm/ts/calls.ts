// A client without IO: each operation is a call.

import * as wasm from "../pkg/core.js";
import { known, text } from "./arguments.js";
import { Call } from "./call.js";
import { Contract } from "./contract.js";
import { ask, mistake } from "./core.js";
import type { Stored } from "./effects.js";
import { type Generation, generation, recordText, timeOf } from "./given.js";
import { toJson } from "./json.js";
import type { Arrival, CallbackSettings, CallNotice, CallReceipt, FollowUp } from "./received.js";
import { Reply } from "./reply.js";
import type { Cursor, StoreFilter } from "./store.js";
import type { Balance, HttpRequest, Json, LearnedModel, ListedTask, SavedFile, TaskRecord } from "./types.js";
import type { Settling, Turn, Work } from "./worked.js";

/** How a client is set; what is absent has its default. */
export interface ClientSettings {
    /** Another base URL than the contract's. */
    readonly base?: string;
    /** A label that keeps tasks under different keys apart: `default`. */
    readonly account?: string;
    /** A name that only this process has: who holds a submit's lease. Two processes of one name would take each other's attempts for their own. */
    readonly holder: string;
    /** How long a request may take: 30 s, a day at most. */
    readonly requestTimeoutMs?: number;
    readonly poll?: { readonly initialMs?: number; readonly factorPct?: number; readonly capMs?: number; readonly byContract?: boolean };
    /** How long a wait lasts that names no time. Default: the contract's figure for the kind of task. */
    readonly timeoutMs?: number;
    /** How often a question is asked again that brought nothing: 3. */
    readonly maxReadRetries?: number;
    /** Whether `tell` is asked for at every event, and not only for waits with `updates`. */
    readonly listens?: boolean;
    /** How it has itself called back. */
    readonly callbacks?: CallbackSettings;
}

/** A submit. */
export interface Submission extends Generation {
    /** 32 random bytes, for this submit alone. */
    readonly entropy: Uint8Array;
    readonly now: number;
}

/** What a host may know of a task beforehand. */
export interface Known {
    /** Its record, as text or object: what is told where the store gives no newer one. */
    readonly record?: string | TaskRecord;
}

/** How a wait goes. */
export interface Waiting {
    /** Default: the client's figure, then the contract's. */
    readonly timeoutMs?: number;
    /** Whether `tell` is asked for: at each change, or also with how the task is at first. */
    readonly updates?: "none" | "changes" | "fromTheFirst";
    /** Whether nobody waits for it in the foreground: a long Retry-After is then slept through. */
    readonly background?: boolean;
}

/** Which records a page holds: of this provider and account. */
export type PageFilter =
    & Pick<StoreFilter, "owner" | "phases" | "orConflicting" | "createdFrom" | "createdBefore" | "newestFirst" | "limit" | "after">
    & {
        readonly unfinished?: boolean;
    };

const PAGE_FILTER = ["owner", "phases", "orConflicting", "unfinished", "createdFrom", "createdBefore", "newestFirst", "limit", "after"] as const;

/** Which records are pruned, whoever's they are. */
export type PruneFilter = Pick<StoreFilter, "provider" | "account" | "owner">;

/** A page of records, in order. */
export interface Page {
    readonly records: readonly Stored[];
    readonly damaged: readonly { readonly intentId: string; readonly reason: string }[];
    readonly next: Cursor | null;
}

/** A page of tasks that have not ended: each for a `waitFrom` in the background. */
export interface Unfinished {
    readonly records: readonly Stored[];
    /** Those whose record cannot be read, and what is told of them. */
    readonly damaged: readonly { readonly intentId: string; readonly reply: Reply }[];
    readonly next: Cursor | null;
}

/** A submit that was settled without a failure, or the task of its key. */
export interface Accepted extends Stored {
    readonly reply: Reply;
}

const SUBMISSION = ["model", "input", "key", "owner", "callbackUrl", "options", "entropy", "now"] as const;
const [KNOWN, WAITING] = [["record"], ["timeoutMs", "updates", "background"]];

/** One provider, account and base. Its calls share a pacer and the account's pauses. */
export class Client {
    readonly contract: Contract;
    readonly #core: wasm.Client;
    #isFree = false;

    constructor(contract: Contract, settings: ClientSettings) {
        this.contract = Contract.own(contract);
        this.#core = ask(() => new wasm.Client(this.contract.core as wasm.Contract, toJson(settings, "UNSUPPORTED", "the settings")));
    }

    /** Checks a generation at once, then submits it; the call ends once the task's id is durable, or the submit has come to nothing. */
    submit(of: Submission): Call<Accepted> {
        const begun = ask(() => this.#held().submit(...submission(of)));
        return new Call(begun, (said) => {
            const [json = "", reply = ""] = said.split("\n");
            return { ...stored(json), reply: Reply.of(reply) };
        });
    }

    /** The request that a submit would send, without the key. Nothing is sent and nothing is stored. */
    dryRun(of: Submission): HttpRequest {
        return JSON.parse(ask(() => this.#held().dryRun(...submission(of)))) as HttpRequest;
    }

    /** Waits for a task's end. */
    wait(intentId: string, now: number, how: Waiting & Known = {}): Call<Reply> {
        const { record, ...own } = given(how, [...KNOWN, ...WAITING], "a wait");
        return this.#begin("wait", { intentId: text(intentId, "intentId"), ...own }, record, now, Reply.of);
    }

    /** The same for a record that was read just now, as pages have it: the store is not asked for it again. */
    waitFrom(record: string | TaskRecord, now: number, how: Waiting = {}): Call<Reply> {
        const json = recordText(record);
        return this.#begin("waitFrom", { intentId: intentOf(json), ...given(how, WAITING, "a wait") }, json, now, Reply.of);
    }

    /** Makes at most one request about a task and saves its answer; before the task is due none, unless `force` asks for it. */
    check(intentId: string, now: number, how: Known & { readonly force?: boolean } = {}): Call<Reply> {
        const { record, ...own } = given(how, [...KNOWN, "force"], "a check");
        return this.#begin("check", { intentId: text(intentId, "intentId"), ...own }, record, now, Reply.of);
    }

    /** Asks the provider to stop a task. The reply says what became of that. */
    cancel(intentId: string, now: number, how: Known = {}): Call<Reply> {
        return this.#about("cancel", intentId, now, how);
    }

    /** Gives an unresolved task the id under which a person found it at the provider. */
    adopt(intentId: string, taskId: string, now: number, how: Known = {}): Call<Reply> {
        return this.#about("adopt", intentId, now, how, { taskId: text(taskId, "taskId") });
    }

    /** Gives an unresolved task up, or says that somebody has looked after a second one. */
    discard(intentId: string, now: number, how: Known = {}): Call<Reply> {
        return this.#about("discard", intentId, now, how);
    }

    /** How a task is, by its record alone. */
    reply(intentId: string, now: number, how: Known = {}): Call<Reply> {
        return this.#about("reply", intentId, now, how);
    }

    /** What is told to who waited until `endsAt` of a call. */
    overdue(intentId: string, now: number, how: Known = {}): Call<Reply> {
        return this.#about("overdue", intentId, now, how);
    }

    /** What is told to who left a submit that goes on. */
    left(intentId: string, now: number): Call<Reply> {
        return this.#about("left", intentId, now, {});
    }

    /** The record of an intent of this provider and account. */
    task(intentId: string, now: number, how: Known = {}): Call<Stored> {
        const { record } = given(how, KNOWN, "a task");
        return this.#begin("task", { intentId: text(intentId, "intentId") }, record, now, stored);
    }

    /** The task that a caller's key names, of an owner or of none; `null` where there is none. */
    find(key: string, now: number, of: { readonly owner?: string | null } = {}): Call<Stored | null> {
        const own = given(of, ["owner"], "a look for a key");
        return this.#begin("find", { key: text(key, "key"), ...own }, undefined, now, (said) => (said === "null" ? null : stored(said)));
    }

    /** Asks about a task by its id at the provider, also about one that is not stored: how it is, what it made, or that it be stopped. */
    ask(question: "status" | "details" | "cancel", taskId: string, now: number, of: { readonly model?: string } = {}): Call<Reply> {
        const own = given(of, ["model"], "a question");
        return this.#begin("ask", { question: text(question, "question"), taskId: text(taskId, "taskId"), ...own }, undefined, now, Reply.of);
    }

    /** Uploads the media of an order that its provider takes in none; the input, as JSON, with what stands for them. */
    upload(model: string, input: string, now: number): Call<string> {
        const words = `{"model":${JSON.stringify(text(model, "model"))},"input":${text(input, "input")}}`;
        return this.#began("upload", words, undefined, now, String);
    }

    /** Notes that an order was refused after its media were uploaded: where that may be because the provider has them no more, they are uploaded anew. */
    refusedAfterUpload(model: string, input: string, code: string, now: number): Call<null> {
        const named = `"model":${JSON.stringify(text(model, "model"))},"errorCode":${JSON.stringify(text(code, "code"))}`;
        return this.#began("refusedAfterUpload", `{${named},"input":${text(input, "input")}}`, undefined, now, () => null);
    }

    /** What the account holds. */
    account(now: number): Call<Balance> {
        return this.#begin("account", {}, undefined, now, (said) => JSON.parse(said) as Balance);
    }

    /** The account's tasks as the provider lists them: candidates for `adopt`. */
    remoteTasks(now: number): Call<ListedTask[]> {
        return this.#begin("remoteTasks", {}, undefined, now, (said) => (JSON.parse(said) as { tasks: ListedTask[] }).tasks);
    }

    /** A page of this provider's and account's tasks. */
    page(filter: PageFilter, now: number): Call<Page> {
        const own = given(filter, PAGE_FILTER, "a page");
        return this.#begin("page", own, undefined, now, (said) => {
            const { records, ...page } = JSON.parse(said) as Omit<Page, "records"> & { records: string[] };
            return { records: records.map(stored), ...page };
        });
    }

    /** A page of tasks that have not ended, to be resumed. */
    unfinished(now: number, of: { readonly after?: Cursor | null } = {}): Call<Unfinished> {
        return this.#begin("unfinished", given(of, ["after"], "a page"), undefined, now, (said) => {
            const { damaged, next, records } = JSON.parse(said) as {
                damaged: { intentId: string; reply: string }[];
                next: Cursor;
                records: string[];
            };
            return { records: records.map(stored), damaged: damaged.map(({ intentId, reply }) => ({ intentId, reply: Reply.of(reply) })), next };
        });
    }

    /** Deletes the record of one task that has ended: whether there was one. Its key is free afterwards. */
    delete(intentId: string, now: number): Call<boolean> {
        return this.#begin("delete", { intentId: text(intentId, "intentId") }, undefined, now, (said) => said === "true");
    }

    /** Deletes this provider's and account's records of tasks that ended before a time: how many there were. */
    prune(endedBefore: number, now: number): Call<number> {
        return this.#begin("prune", { endedBefore: timeOf(endedBefore) }, undefined, now, Number);
    }

    /** Notes in a task's record where one of its result files, counted from 0, was saved. */
    noteFile(intentId: string, index: number, file: SavedFile, now: number): Call<null> {
        return this.#begin("noteFile", { intentId: text(intentId, "intentId"), index, file }, undefined, now, () => null);
    }

    /** Takes a callback: it is stored, with what it changes, before the call ends, which never fails. */
    receive({ body, headers, method, url }: Arrival, now: number): Call<CallReceipt> {
        if (!(body instanceof Uint8Array)) throw mistake("UNSUPPORTED", "the body is bytes, in a Uint8Array");
        const head = toJson({ headers, method, url }, "UNSUPPORTED", "the callback");
        return new Call(ask(() => this.#held().receive(head, body, timeOf(now))), (said) => JSON.parse(said) as CallReceipt);
    }

    /** What follows from a callback that was acknowledged: at most one status call about its task. */
    followUp(intentId: string, now: number, how: Known & FollowUp = {}): Call<Reply> {
        const { record, ...own } = given(how, [...KNOWN, "isDriven"], "a follow-up");
        return this.#begin("followUp", { intentId: text(intentId, "intentId"), ...own }, record, now, Reply.of);
    }

    /** Applies the callbacks of a task that were faster than the answer to its submit: for a host whose submits are no calls. */
    claimOrphans(intentId: string, now: number): Call<Reply> {
        return this.#about("claimOrphans", intentId, now, {});
    }

    /** The ended tasks whose end nobody has acknowledged, the oldest end first: at most 100, unless `limit` says so. */
    notices(now: number, of: { readonly limit?: number } = {}): Call<CallNotice[]> {
        return this.#begin("notices", given(of, ["limit"], "a look for notices"), undefined, now, (said) => {
            const { notices } = JSON.parse(said) as { notices: { record: string; reply: string }[] };
            return notices.map(noticed);
        });
    }

    /** What follows from a task's end is done: whether nobody had said so before. */
    acknowledge(intentId: string, now: number): Call<boolean> {
        return this.#begin("acknowledge", { intentId: text(intentId, "intentId") }, undefined, now, (said) => said === "true");
    }

    /** A worker's look for what is due and nobody else's, and, where `settles`, for ends that the application has not dealt with. */
    work(now: number, how: Settling = {}): Call<Work> {
        return this.#begin("work", given(how, ["settles"], "a look for work"), undefined, now, (said) => {
            const { again, due, left, problem, settled } = JSON.parse(said) as {
                again: number;
                due: string[];
                left: { intentId: string; reply: string }[];
                problem: { message: string; reply: Json } | null;
                settled: { record: string; reply: string }[];
            };
            return {
                due: due.map(stored),
                settled: settled.map(noticed),
                left: left.map(({ intentId, reply }) => ({ intentId, reply: Reply.of(reply) })),
                problem: problem?.message ?? null,
                again,
            };
        });
    }

    /** A worker's turn with a task that a look brought: one request when it is due, and more where they are due soon after. */
    turn(record: string | TaskRecord, now: number, how: Settling = {}): Call<Turn> {
        const json = recordText(record);
        return this.#begin("turn", { intentId: intentOf(json), ...given(how, ["settles"], "a turn") }, json, now, (said) => {
            const { isNews, notice, reply } = JSON.parse(said) as {
                isNews: boolean;
                notice: { record: string; reply: string } | null;
                reply: string;
            };
            return { reply: Reply.of(reply), isNews, notice: notice && noticed(notice) };
        });
    }

    /** The application was told of an end: whether it has dealt with it. What it has not, it hears of again. */
    handled(intentId: string, done: boolean, now: number): Call<boolean> {
        return this.#begin("handled", { intentId: text(intentId, "intentId"), done }, undefined, now, (said) => said === "true");
    }

    /** Gives back what the workers of this client have claimed: how many tasks. */
    release(now: number): Call<number> {
        return this.#begin("release", {}, undefined, now, Number);
    }

    /** What was learned of the account's models. */
    learned(now: number): Call<LearnedModel[]> {
        return this.#begin("learned", {}, undefined, now, (said) => (JSON.parse(said) as { models: LearnedModel[] }).models);
    }

    /** Lets go of its memory at once; its calls go on. Nothing else may be called afterwards. */
    free(): void {
        if (!this.#isFree) this.#core.free();
        this.#isFree = true;
    }

    #held(): wasm.Client {
        if (this.#isFree) throw mistake("UNSUPPORTED", "the client was dropped");
        return this.#core;
    }

    #about(name: string, intentId: string, now: number, how: Known, more: object = {}): Call<Reply> {
        const { record } = given(how, KNOWN, `a call of ${name}`);
        return this.#begin(name, { intentId: text(intentId, "intentId"), ...more }, record, now, Reply.of);
    }

    #begin<T>(name: string, own: object, record: string | TaskRecord | undefined, now: number, read: (said: string) => T): Call<T> {
        return this.#began(name, toJson(own, "UNSUPPORTED", "the call's arguments"), record, now, read);
    }

    #began<T>(name: string, words: string, record: string | TaskRecord | undefined, now: number, read: (said: string) => T): Call<T> {
        const json = record === undefined ? undefined : recordText(record);
        return new Call(ask(() => this.#held().begin(name, words, json, timeOf(now))), read);
    }
}

/** The call of no client that deletes the records, whoever's they are, of tasks that ended before a time: how many there were. */
export function prune(filter: PruneFilter, endedBefore: number, now: number): Call<number> {
    const words = toJson(given(filter, ["provider", "account", "owner"], "a prune"), "UNSUPPORTED", "the filter");
    return new Call(ask(() => wasm.prune(words, timeOf(endedBefore), timeOf(now))), Number);
}

function submission(of: Submission): [model: string, input: string, options: string, entropy: Uint8Array, now: number] {
    known(of, SUBMISSION, "a submit");
    const [input, options] = generation(of);
    if (!(of.entropy instanceof Uint8Array)) throw mistake("UNSUPPORTED", "entropy is 32 bytes, in a Uint8Array");
    return [text(of.model, "model"), input, options, of.entropy, timeOf(of.now)];
}

/** The members that are given. */
function given<T extends object>(of: T, names: readonly string[], what: string): T {
    known(of, names, what);
    return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
}

function noticed({ record, reply }: { readonly record: string; readonly reply: string }): CallNotice {
    return { ...stored(record), reply: Reply.of(reply) };
}

function stored(json: string): Stored {
    return { record: JSON.parse(json) as TaskRecord, json };
}

function intentOf(json: string): string {
    try {
        return text((JSON.parse(json) as { intentId: Json }).intentId, "intentId");
    } catch {
        throw mistake("STORE_ERROR", "what is given is no record");
    }
}
