// `gentask/many`: many submits at once, so many at a time, each under a key of its own, told as they come. One that fails does not end the rest.

import { abortedTasks, signalOf } from "./abort.js";
import { known, milliseconds, text, whole } from "./arguments.js";
import type { Client } from "./client.js";
import { mistake } from "./core.js";
import type { SubmitRequest, WaitOptions } from "./options.js";
import { replied } from "./questions.js";
import type { Reply } from "./reply.js";
import type { TaskHandle } from "./task.js";

/** One submit of many. Without a `key` of its own it has one of the batch's. */
export type Job = Pick<SubmitRequest, "model" | "input" | "key" | "owner" | "callbackUrl" | "options">;

/** How many submits go. */
export interface ManyOptions extends WaitOptions {
    /** The key of the whole batch: a job without one of its own has this one with a slash and its place behind it, such as `album-7/0`. */
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
    /** Under which key: submitted again with the same one, it is the same task. */
    readonly key: string;
    /** How its task is, or why there is none; no job's failure is thrown. */
    readonly reply: Reply;
    /** Its task; `null` where none is stored. */
    readonly task: TaskHandle | null;
}

const OPTIONS: readonly (keyof ManyOptions)[] = ["key", "concurrency", "wait", "timeout", "signal"];
const CONCURRENCY = 32;

/**
 * Submits jobs and gives what became of each, in the order in which that is known. Jobs are taken from `jobs` only as places become free, so there may be
 * any number of them. A batch that is begun again with the same keys posts nothing twice, and tells everything again.
 *
 * A job that has no key, neither its own nor the batch's, ends the iteration with an exception, as does one that `jobs` itself throws; what is under way
 * is told first. Who leaves the loop early, or aborts the signal, leaves the tasks as they are: a submit that was sent is saved.
 */
export function submitMany(
    client: Client,
    jobs: Iterable<Job> | AsyncIterable<Job>,
    options: ManyOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
    known(options, OPTIONS, "submitMany");
    if ((client as Client | undefined)?.engine === undefined) throw mistake("UNSUPPORTED", "submitMany takes a Client of this package");
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
        const given = (job as Job | null)?.key ?? (this.#how.key === undefined ? undefined : `${this.#how.key}/${index}`);
        if (given === undefined) throw mistake("INVALID_PAYLOAD", `job ${index} has no key: ${KEYLESS}`);
        const key = text(given, `the key of job ${index}`);
        this.#open++;
        void this.#outcome(job, key).then(({ reply, task }) => {
            // Who has left ended the wait: that is no outcome.
            if (this.#left.signal.aborted) return;
            this.#known.push({ index, key, reply, task });
            this.#wake();
        });
    }

    async #outcome(job: Job, key: string): Promise<Pick<Outcome, "reply" | "task">> {
        const { signal } = this.#left;
        const { timeout, wait } = this.#how;
        let task: TaskHandle | null = null;
        const reply = await replied(async () => {
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

const KEYLESS = "give `key` for the whole batch, or a key to each job, so that a batch that is begun again pays nothing twice";
