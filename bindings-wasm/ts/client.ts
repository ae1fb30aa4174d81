// One provider and one account, any number of tasks.

import { milliseconds, text } from "./arguments.js";
import { Contract } from "./contract.js";
import { mistake } from "./core.js";
import { Engine } from "./engine.js";
import { deleteOne, ownFilter, PAGE, page, prune, readable, UNRESOLVED } from "./listing.js";
import type { RequestOf } from "./models.js";
import type { ClientOptions, Resumed, ResumeOptions, TaskFilter, TaskPage } from "./options.js";
import { account, answered, asking, cancel, question, replied } from "./questions.js";
import { Reply } from "./reply.js";
import { resume } from "./resume.js";
import { adopt } from "./settling.js";
import type { TaskStore } from "./store.js";
import { begin, findKey, type Order, order, submit } from "./submit.js";
import { TaskHandle } from "./task.js";
import type { Balance, HttpRequest, ListedTask } from "./types.js";

/** One provider and one account. `P` is the provider's name, where that is known: of a built-in one the models and their fields are known, too. */
export class Client<P extends string = string> {
    readonly #engine: Engine;

    /** `provider`: a built-in name, a `Contract`, or on Node, Deno and Bun a contract file's path. Nothing is sent, and no key is asked for yet. */
    constructor(provider: P | Contract, options: ClientOptions = {}) {
        this.#engine = new Engine(Contract.of(provider), options);
    }

    /** @internal What its other entries work with. */
    get engine(): Engine {
        return this.#engine;
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
     * With `key` the same key and input of the same owner name the same task, however often and from however many processes they are submitted;
     * another input under the same key is a `KeyConflict`. A definite refusal that cost nothing, such as `RATE_LIMITED` or `NETWORK_ERROR`, does not use
     * the key up: the same key again begins a new attempt. What this throws is final: nothing sends the submit later, except that an unresolved one
     * (`SUBMIT_UNKNOWN`) may still turn out to have been accepted, and that one of which the message says that it is stored is sent by `resume`.
     */
    async submit<M extends string>(request: RequestOf<P, M>): Promise<TaskHandle> {
        return submit(this.#engine, request);
    }

    /** @internal Begins a submit whose name can be asked for meanwhile. */
    order<M extends string>(request: RequestOf<P, M>): Order {
        return order(this.#engine, request);
    }

    /** Checks a generation against the contract; throws with everything that is wrong with it. Needs no network, no key and no store. */
    validate<M extends string>(request: RequestOf<P, M>): void {
        begin(this.#engine, request).machine.free();
    }

    /** The request that a submit would send, without the key. Nothing is sent and nothing is stored. */
    dryRun<M extends string>(request: RequestOf<P, M>): HttpRequest {
        const { machine } = begin(this.#engine, request);
        const preview = machine.preview();
        machine.free();
        if (preview === undefined) throw mistake("UNKNOWN_ERROR", "there is nothing to send");
        return JSON.parse(preview) as HttpRequest;
    }

    /** A task by its intent's id. Throws where this client's store has none of this provider and account. */
    async task(intentId: string): Promise<TaskHandle> {
        return new TaskHandle(this.#engine, await this.#engine.load(text(intentId, "intentId")));
    }

    /** The task that this key names, of this owner or of none; `null` where there is none. What was refused without a cost may have let go of its key. */
    async find(key: string, owner?: string): Promise<TaskHandle | null> {
        const json = await asking(() => findKey(this.#engine, text(key, "key"), owner === undefined ? undefined : text(owner, "owner")));
        return json === undefined ? null : new TaskHandle(this.#engine, json);
    }

    /** One page of the tasks of this provider and account, oldest first where the filter says nothing else. */
    async tasks(filter: TaskFilter = {}): Promise<TaskPage> {
        const { tasks, next } = await asking(() => page(this.#engine.store, ownFilter(this.#engine, filter)));
        const records = readable(tasks);
        const damaged = tasks.flatMap(({ intentId, reason }) => (reason === undefined ? [] : [{ intentId, reason }]));
        return { records, damaged, next };
    }

    /** Every page of `tasks`, one after the other, of `limit` tasks each (default: 500). */
    async *pages(filter: TaskFilter = {}): AsyncGenerator<TaskPage, void, undefined> {
        let after: TaskPage["next"] | undefined = filter.after;
        do {
            const page = await this.tasks({ ...filter, limit: filter.limit ?? PAGE, after: after ?? undefined });
            yield page;
            after = page.next;
        } while (after !== null);
    }

    /**
     * What a person has to look at, oldest first: submits whose outcome is not known, each of which waits for `adopt` or `discard`, and tasks with a
     * second id at the provider (`conflict.taskId`), which may have been paid for too.
     */
    async unresolved(): Promise<TaskPage> {
        return this.tasks(UNRESOLVED);
    }

    /**
     * Drives every unfinished task to its end and says how each ended, in the order in which they did. A record that cannot be read, or that
     * belongs to another base URL, is among them with its failure.
     */
    async resume(options: ResumeOptions = {}): Promise<Resumed[]> {
        return asking(() => resume(this.#engine, options));
    }

    /** Gives an unresolved task the id under which a person found it at the provider: one status call first. An id that is stored is refused. */
    async adopt(intentId: string, taskId: string): Promise<Reply> {
        return adopt(this.#engine, text(taskId, "taskId"), await this.#engine.load(text(intentId, "intentId")));
    }

    /** Gives an unresolved task up. */
    async discard(intentId: string): Promise<Reply> {
        return (await this.task(intentId)).discard();
    }

    /**
     * Deletes the record of one task that has ended, with what is stored beside it, and says whether there was one. One that has not ended is refused.
     * Its key is free afterwards: whoever uses that again makes a new task, which is paid for.
     */
    async delete(intentId: string): Promise<boolean> {
        return asking(() => deleteOne(this.#engine, text(intentId, "intentId")));
    }

    /** Deletes the records of tasks that ended so many seconds ago or longer, and says how many there were. */
    async prune(olderThan: number): Promise<number> {
        const engine = this.#engine;
        const endedBefore = engine.clock.now() - (milliseconds(olderThan, "olderThan") ?? 0);
        return asking(() => prune(engine.store, ownFilter(engine, {}), endedBefore));
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
    async createGeneration<M extends string>(request: RequestOf<P, M>): Promise<Reply> {
        return replied(async () => (await submit(this.#engine, request)).knownReply());
    }

    /** How a task is, by one status call. `model` is needed where the provider's status call names it and the task is not stored here. */
    async getStatus(taskId: string, model?: string): Promise<Reply> {
        return answered(taskId, () => question(this.#engine, taskId, model, false));
    }

    /** A task's details and files. */
    async getTask(taskId: string, model?: string): Promise<Reply> {
        return answered(taskId, () => question(this.#engine, taskId, model, true));
    }

    /** Asks the provider to stop a task. */
    async cancelTask(taskId: string, model?: string): Promise<Reply> {
        return answered(taskId, () => cancel(this.#engine, taskId, model));
    }

    /** Waits until every submit that is under way is saved. Waits and stores are left alone. */
    async settled(): Promise<void> {
        await this.#engine.settled();
    }

    async [Symbol.asyncDispose](): Promise<void> {
        await this.settled();
    }
}
