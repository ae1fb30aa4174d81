// `gentask/many`: many submits at once, so many at a time, each under a key of its own, told as they come. One that fails does not end the rest.

import { abortedTasks, signalOf } from "./abort.js";
import { known, milliseconds, text, whole } from "./arguments.js";
import type { Client } from "./client.js";
import { ask, functions, mistake } from "./core.js";
import { toJson } from "./json.js";
import type { RequestOf } from "./models.js";
import type { SubmitRequest, WaitOptions } from "./options.js";
import { replied } from "./questions.js";
import type { Reply } from "./reply.js";
import type { TaskHandle } from "./task.js";
import { cut } from "./thrown.js";

/** One submit of many. Without a `key` of its own it has one of the batch's. */
export type Job = JobOf<SubmitRequest>;

type JobOf<R extends SubmitRequest> = Pick<R, "model" | "input" | "key" | "owner" | "callbackUrl" | "options">;

/** How many submits go. */
export interface ManyOptions extends WaitOptions {
    /**
     * The key of the whole batch. A job without one of its own has this one with a slash and 16 hex digits behind it, which are made of its model, input
     * and options, such as `album-7/aab195068b48139e`; the second one that is alike has `/2` behind that.
     */
    readonly key?: string | undefined;
    /** Jobs under way at once, each until its outcome is taken. Default: 32. */
    readonly concurrency?: number | undefined;
    /** Whether each task is waited for, or only submitted. Default: true. */
    readonly wait?: boolean | undefined;
    /** How long each task is waited for, in seconds. Default: the client's, then the contract's figure for the kind of task. The tasks go on. */
    readonly timeout?: number | undefined;
    /** Ends the iteration; the tasks go on. */
    readonly signal?: AbortSignal | undefined;
}

/** What became of one job. */
export interface Outcome {
    /** Which one it was, counted from 0. */
    readonly index: number;
    /** Under which key: submitted again with the same one, it is the same task. `null`: it was refused before it had one. */
    readonly key: string | null;
    /** How its task is, or why there is none; no job's failure is thrown. */
    readonly reply: Reply;
    /** Its task; `null` where none is stored. */
    readonly task: TaskHandle | null;
}

const OPTIONS: readonly (keyof ManyOptions)[] = ["key", "concurrency", "wait", "timeout", "signal"];
const NEEDED = ["input", "model"] as const;
const MEMBERS: readonly string[] = [...NEEDED, "key", "owner", "callbackUrl", "options"] satisfies (keyof Job)[];
const CONCURRENCY = 32;

/**
 * Submits jobs and gives what became of each, in the order in which that is known. Jobs are taken from `jobs` only as places become free, so there may be
 * any number of them. A batch that is begun again posts nothing twice, in whatever order its jobs come then and whichever were added, and tells everything
 * again.
 *
 * A job that is none, or that has no key, neither its own nor the batch's, or the one that another job of its owner's has, ends the iteration with an
 * exception, as does one that `jobs` itself throws; what is under way is told first. Who leaves the loop early, or aborts the signal, leaves the tasks as they are: a submit that was sent is saved.
 */
export function submitMany<P extends string, M extends string>(
    client: Client<P>,
    jobs: Iterable<JobOf<RequestOf<P, M>>> | AsyncIterable<JobOf<RequestOf<P, M>>>,
    options: ManyOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
    known(options, OPTIONS, "submitMany");
    if ((client as Client<P> | undefined)?.engine === undefined) throw mistake("UNSUPPORTED", "submitMany takes a Client of this package");
    const { concurrency, key, timeout, wait = true } = options;
    milliseconds(timeout, "timeout");
    if (key !== undefined) text(key, "key");
    if (typeof wait !== "boolean") throw mistake("UNSUPPORTED", "wait is true or false");
    const places = whole(concurrency, "concurrency", 1) ?? CONCURRENCY;
    return new Batch(client, iterate(jobs), { key, places, timeout, wait }, signalOf(options.signal)).outcomes();
}

type Jobs = { next(): Promise<IteratorResult<Job, unknown>>; return?: () => Promise<unknown> };

/** Either kind of iterable as one, without the promise that `for await` would wait for where there is none. */
function iterate(jobs: unknown): Jobs {
    const given = Object(jobs) as Partial<AsyncIterable<Job> & Iterable<Job>>;
    const iterator: Iterator<Job> | AsyncIterator<Job> | undefined = given[Symbol.asyncIterator]?.() ?? given[Symbol.iterator]?.();
    if (typeof jobs === "string" || iterator === undefined) throw mistake("UNSUPPORTED", "the jobs are an iterable or an async iterable of objects");
    return {
        next: async () => iterator.next(),
        ...(iterator.return && { return: async () => iterator.return?.() }),
    };
}

interface How {
    readonly key: string | undefined;
    readonly places: number;
    readonly timeout: number | undefined;
    readonly wait: boolean;
}

class Batch {
    readonly #client: Client;
    readonly #jobs: Jobs;
    readonly #how: How;
    readonly #signal: AbortSignal | undefined;
    readonly #left = new AbortController();
    readonly #known: Outcome[] = [];
    #begun = 0;
    /** Which job has a key, by the key and its owner; and how many that are alike have had one made. */
    readonly #keys = new Map<string, number>();
    readonly #alike = new Map<string, number>();
    /** Jobs that were begun and are not told yet. */
    #open = 0;
    /** Whether another job may be taken, and whether the jobs themselves have come to their end. */
    #hasMore = true;
    #isExhausted = false;
    #isTaking = false;
    #failure: { readonly thrown: unknown } | undefined;
    #wake: () => void = () => undefined;

    constructor(client: Client, jobs: Jobs, how: How, signal: AbortSignal | undefined) {
        this.#client = client;
        this.#jobs = jobs;
        this.#how = how;
        this.#signal = signal;
    }

    async *outcomes(): AsyncGenerator<Outcome, void, undefined> {
        const abort = (): void => {
            this.#left.abort(this.#signal?.reason);
            this.#wake();
        };
        this.#signal?.addEventListener("abort", abort);
        try {
            if (this.#signal?.aborted) abort();
            for (;;) {
                // What was known before the signal is told even so.
                const outcome = this.#known.shift();
                if (outcome !== undefined) {
                    yield outcome;
                    this.#open--;
                    this.#take();
                    continue;
                }
                if (this.#left.signal.aborted) throw abortedTasks(this.#signal?.reason);
                this.#take();
                if (this.#open === 0 && !this.#isTaking && !this.#hasMore) break;
                await new Promise<void>((resolve) => (this.#wake = resolve));
            }
            if (this.#failure) throw this.#failure.thrown;
        } finally {
            this.#signal?.removeEventListener("abort", abort);
            this.#left.abort();
            const closed = this.#isExhausted ? undefined : this.#jobs.return?.().catch(() => undefined);
            // What is still asked for a job may never answer.
            if (!this.#isTaking) await closed;
        }
    }

    /** Takes the next job where there is a place. One at a time: what gives them may be asked for one only. */
    #take(): void {
        if (this.#isTaking || !this.#hasMore || this.#left.signal.aborted || this.#open >= this.#how.places) return;
        this.#isTaking = true;
        void this.#next().then(() => {
            this.#isTaking = false;
            this.#take();
            this.#wake();
        });
    }

    async #next(): Promise<void> {
        try {
            const { done, value } = await this.#jobs.next().catch((thrown: unknown) => {
                this.#isExhausted = true;
                throw thrown;
            });
            if (done === true) this.#isExhausted = true;
            else if (!this.#left.signal.aborted) return this.#begin((await value) as Job);
        } catch (thrown) {
            this.#failure = { thrown };
        }
        this.#hasMore = false;
    }

    #begin(job: Job): void {
        const index = this.#begun++;
        check(job, index);
        const { key, refusal } = this.#key(job, index);
        if (key !== null) {
            const name = owned(job, key);
            const before = this.#keys.get(name);
            if (before !== undefined) throw mistake("INVALID_PAYLOAD", `job ${index} has the key "${cut(key, 200)}" of job ${before}`);
            this.#keys.set(name, index);
        }
        this.#open++;
        void this.#outcome(job, key, refusal).then(({ reply, task }) => {
            // Who has left ended the wait: that is no outcome.
            if (this.#left.signal.aborted) return;
            this.#known.push({ index, key, reply, task });
            this.#wake();
        });
    }

    /** A job's key: its own, or one that is made of what it orders. What is no order has none. */
    #key(job: Job, index: number): { readonly key: string | null; readonly refusal?: unknown } {
        const { key: batch } = this.#how;
        if (job.key != null) return { key: text(job.key, `the key of job ${index}`) };
        if (batch === undefined) throw mistake("INVALID_PAYLOAD", `job ${index} has no key: ${KEYLESS}`);
        try {
            const [model, input] = [text(job.model, "model"), toJson(job.input, "INVALID_PAYLOAD", "the payload")];
            const options = toJson({ options: job.options ?? {} }, "INVALID_PAYLOAD", "the options");
            const made = (nth: number): string => ask(() => functions.batchKey(batch, model, input, options, nth));
            const first = made(1);
            // A key is its owner's.
            const name = owned(job, first);
            const nth = (this.#alike.get(name) ?? 0) + 1;
            this.#alike.set(name, nth);
            return { key: nth === 1 ? first : made(nth) };
        } catch (refusal) {
            return { key: null, refusal };
        }
    }

    async #outcome(job: Job, key: string | null, refusal: unknown): Promise<Pick<Outcome, "reply" | "task">> {
        const { signal } = this.#left;
        const { timeout, wait } = this.#how;
        let task: TaskHandle | null = null;
        const reply = await replied(async () => {
            if (key === null) throw refusal;
            task = await this.#client.submit({ ...job, key, signal });
            return wait ? task.wait({ signal, ...(timeout !== undefined && { timeout }) }) : task.knownReply();
        });
        return { reply, task: task ?? (await this.#named(reply)) };
    }

    /** The task that a failed submit is about, where it is stored. */
    async #named({ intentId }: Reply): Promise<TaskHandle | null> {
        return intentId === null ? null : this.#client.task(intentId).catch(() => null);
    }
}

/** Refuses what is no job: it is a mistake of the program that makes them. */
function check(job: unknown, index: number): void {
    if (typeof job !== "object" || job === null) throw mistake("INVALID_PAYLOAD", `job ${index} is no object with model, input and more`);
    const lacks = NEEDED.filter((name) => (job as Job)[name] === undefined).map((name) => `no ${name}`);
    const unknown = Object.keys(job).filter((name) => !MEMBERS.includes(name)).sort();
    const wrong = [...lacks, ...unknown.map((name) => `an unknown member '${name}'`)];
    if (wrong.length > 0) throw mistake("INVALID_PAYLOAD", `job ${index} has ${cut(wrong.join(", "), 400)}`);
}

function owned({ owner }: Job, key: string): string {
    return JSON.stringify([typeof owner === "string" ? owner : "", key]);
}

const KEYLESS = "give `key` for the whole batch, or a key to each job, so that a batch that is begun again pays nothing twice";
