// One provider and one account, any number of tasks.

import { Contract } from "./contract.js";
import { ask, functions, mistake } from "./core.js";
import { Engine, milliseconds, text, whole } from "./engine.js";
import { GentaskError } from "./errors.js";
import { Semaphore } from "./gate.js";
import type { ClientOptions, Resumed, ResumeOptions, SubmitRequest, TaskFilter, TaskPage } from "./options.js";
import { account, cancel, question, replied } from "./questions.js";
import { Reply } from "./reply.js";
import { adopt, begin, submit } from "./settling.js";
import { TERMINAL_PHASES, type StoreFilter, type TaskStore } from "./store.js";
import { TaskHandle } from "./task.js";
import type { Balance, HttpRequest, ListedTask, Phase } from "./types.js";
import { recordOf, storing } from "./storing.js";

/** Records that are loaded at once while many are gone through. */
const PAGE = 500;
/** Tasks that are deleted at once. */
const DELETE_AT_ONCE = 200;
/** Tasks that are resumed at once where nothing else is said. */
const CONCURRENCY = 1_000;

/** @internal The phases in which a task may still change. */
export const UNFINISHED: readonly Phase[] = ["prepared", "submitting", "waiting", "fetching", "cancelling", "unresolved"];

/** One provider and one account. */
export class Client {
    readonly #engine: Engine;

    /** `provider`: a built-in name, a `Contract`, or on Node, Deno and Bun a contract file's path. Nothing is sent, and no key is asked for yet. */
    constructor(provider: string | Contract, options: ClientOptions = {}) {
        this.#engine = new Engine(Contract.of(provider), options);
    }

    get contract(): Contract {
        return this.#engine.contract;
    }

    /** The base URL, without a slash at its end. */
    get baseUrl(): string {
        return this.#engine.base;
    }

    /** The account's label. */
    get accountLabel(): string {
        return this.#engine.account;
    }

    get store(): TaskStore {
        return this.#engine.store;
    }

    /**
     * Submits a generation and returns once its task id is durable.
     *
     * With `key` the same key and input name the same task, however often and from however many processes they are submitted; another input under
     * the same key is `INVALID_PAYLOAD`. What this throws is final: nothing sends the submit later, except that an unresolved one (`SUBMIT_UNKNOWN`)
     * may still turn out to have been accepted.
     */
    async submit(request: SubmitRequest): Promise<TaskHandle> {
        return submit(this.#engine, request);
    }

    /** Checks a generation against the contract; throws with everything that is wrong with it. Needs no network, no key and no store. */
    validate(request: SubmitRequest): void {
        begin(this.#engine, request).machine.free();
    }

    /** The request that a submit would send, without the key. Nothing is sent and nothing is stored. */
    dryRun(request: SubmitRequest): HttpRequest {
        const { machine } = begin(this.#engine, request);
        const preview = machine.preview();
        machine.free();
        if (preview === undefined) throw mistake("UNKNOWN_ERROR", "there is nothing to send");
        return JSON.parse(preview) as HttpRequest;
    }

    /** A task by its intent's id. Throws where this client's store has none of this provider and account. */
    async task(intentId: string): Promise<TaskHandle> {
        return new TaskHandle(this.#engine, recordOf(await this.#engine.load(text(intentId, "intentId"))));
    }

    /** The tasks of this provider and account, oldest first, page by page. */
    async tasks(filter: TaskFilter = {}): Promise<TaskPage> {
        const page = await this.#page(filter);
        const records = page.tasks.flatMap(({ reason, json }) => (reason === undefined ? [recordOf(json)] : []));
        const damaged = page.tasks.flatMap(({ intentId, reason }) => (reason === undefined ? [] : [{ intentId, reason }]));
        return { records, damaged, next: page.next };
    }

    /** The submits whose outcome is not known, oldest first: each waits for a person's `adopt` or `discard`. */
    async unresolved(): Promise<TaskPage> {
        return this.tasks({ phases: ["unresolved"] });
    }

    /**
     * Drives every unfinished task to its end and says how each ended, in the order in which they did. A record that cannot be read, or that
     * belongs to another base URL, is among them with its failure.
     */
    async resume(options: ResumeOptions = {}): Promise<Resumed[]> {
        const engine = this.#engine;
        const places = new Semaphore(whole(options.concurrency, "concurrency", 1) ?? CONCURRENCY);
        const running = new Set<Promise<void>>();
        const ended: Resumed[] = [];
        const keep = (resumed: Resumed): void => {
            ended.push(resumed);
            options.onReply?.(resumed);
        };
        let after: TaskPage["next"] | undefined;
        do {
            const page = await this.#page({ unfinished: true, limit: PAGE, ...(after && { after }) });
            for (const { intentId, json, reason } of page.tasks) {
                if (options.takes && !options.takes(reason === undefined ? recordOf(json) : undefined)) continue;
                if (reason !== undefined) {
                    keep({ intentId, reply: mistake("STORE_ERROR", `the record of intent ${intentId} cannot be read: ${reason}`).reply });
                    continue;
                }
                const leave = await places.enter();
                options.signal?.throwIfAborted();
                const finish = async (): Promise<Reply> => {
                    const machine = await engine.machine(json, "background");
                    const settings = engine.settings("background");
                    return engine.finish(machine, options.timeout, { settings, signal: options.signal });
                };
                const task = replied(finish)
                    .then((reply) => options.signal?.aborted || keep({ intentId, reply }))
                    .finally(leave)
                    .then(() => void running.delete(task));
                running.add(task);
            }
            after = page.next;
        } while (after);
        while (running.size > 0) await Promise.race(running);
        options.signal?.throwIfAborted();
        return ended;
    }

    /** Gives an unresolved task the id under which a person found it at the provider: one status call first. An id that is stored is refused. */
    async adopt(intentId: string, taskId: string): Promise<Reply> {
        return adopt(this.#engine, text(intentId, "intentId"), taskId);
    }

    /** Gives an unresolved task up. */
    async discard(intentId: string): Promise<Reply> {
        return (await this.task(intentId)).discard();
    }

    /** Deletes the records of tasks that ended so many seconds ago or longer, and says how many there were. */
    async prune(olderThan: number): Promise<number> {
        const engine = this.#engine;
        const endedBefore = engine.clock.now() - (milliseconds(olderThan, "olderThan") ?? 0);
        if (!engine.store.delete) throw mistake("STORE_ERROR", "this task store cannot delete records: prune it by its own means");
        let deleted = 0;
        let after: TaskPage["next"] | undefined;
        do {
            const page: TaskPage = await this.tasks({ phases: TERMINAL_PHASES, limit: PAGE, ...(after && { after }) });
            const old = page.records.filter(({ at }) => (at.finished ?? at.updated) < endedBefore).map(({ intentId }) => intentId);
            for (let from = 0; from < old.length; from += DELETE_AT_ONCE) {
                const some = old.slice(from, from + DELETE_AT_ONCE);
                deleted += await storing(() => engine.store.delete?.(some) ?? 0);
            }
            after = page.next;
        } while (after);
        return deleted;
    }

    /** What the account holds. */
    async account(): Promise<Balance> {
        return account<{ amount: string; unit: string | null }>(this.#engine, "account");
    }

    /** The account's tasks as the provider lists them: candidates for `adopt`. */
    async remoteTasks(): Promise<ListedTask[]> {
        return (await account<{ tasks: ListedTask[] }>(this.#engine, "list")).tasks;
    }

    /** Submits a generation; the reply holds the task id. This and the following three answer everything with a reply. */
    async createGeneration(request: SubmitRequest): Promise<Reply> {
        return replied(async () => (await submit(this.#engine, request)).reply());
    }

    /** How a task is, by one status call. `model` is needed where the provider's status call names it and the task is not stored here. */
    async getStatus(taskId: string, model?: string): Promise<Reply> {
        return replied(() => question(this.#engine, taskId, model, false));
    }

    /** A task's details and files. */
    async getTask(taskId: string, model?: string): Promise<Reply> {
        return replied(() => question(this.#engine, taskId, model, true));
    }

    /** Asks the provider to stop a task. */
    async cancelTask(taskId: string, model?: string): Promise<Reply> {
        return replied(() => cancel(this.#engine, taskId, model));
    }

    /** Waits until every submit that is under way is saved. Waits and stores are left alone. */
    async settled(): Promise<void> {
        await this.#engine.settled();
    }

    async [Symbol.asyncDispose](): Promise<void> {
        await this.settled();
    }

    /** A page of records, each with why it cannot be read, if it cannot. */
    async #page(filter: TaskFilter): Promise<{ tasks: { intentId: string; json: string; reason: string | undefined }[]; next: TaskPage["next"] }> {
        const { unfinished, phases, ...rest } = filter;
        const wanted = unfinished === true ? (phases ?? UNFINISHED).filter((phase) => UNFINISHED.includes(phase)) : phases;
        const own: StoreFilter = { ...rest, provider: this.#engine.contract.id, account: this.#engine.account, ...(wanted && { phases: wanted }) };
        const page = await storing(() => this.#engine.store.list(own));
        const tasks = page.tasks.map(({ intentId, json }) => ({ intentId, json, reason: damage(intentId, json) }));
        return { tasks, next: page.next };
    }
}

/** @internal Why a record cannot be read. */
export function damage(intentId: string, json: string): string | undefined {
    try {
        ask(() => functions.canonicalRecord(json));
        const named = recordOf(json).intentId;
        return named === intentId ? undefined : `it names another intent, ${named}`;
    } catch (error) {
        if (!(error instanceof GentaskError)) throw error;
        const faults = error.violations.map(({ path, rule, expected, actual }) => `${path} (${rule}): expected ${expected}, found ${actual}`);
        return faults.length > 0 ? faults.join("; ") : (error.reply.errorMessage ?? error.message);
    }
}
