// What a client is made of. What is not chosen comes from the contract and its environment variables.

import type { ApiKey } from "./key.js";
import type { Transport } from "./http/transport.js";
import type { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import type { Json, Phase, TaskEvent, TaskRecord } from "./types.js";

/** Options of a client. */
export interface ClientOptions {
    /** The key, or a function that is asked each time. Default: the contract's environment variable. */
    readonly apiKey?: ApiKey | undefined;
    /**
     * Where tasks live. Default: `sqliteStore()` where the runtime has SQLite. Elsewhere one must be passed: a task that is kept nowhere may be paid
     * for and lost.
     */
    readonly store?: TaskStore | undefined;
    /** A label that keeps tasks under different keys apart. Default: `default`. */
    readonly account?: string | undefined;
    /** Another base URL: https, or http to this machine. Default: the contract's environment variable, then its base. */
    readonly baseUrl?: string | undefined;
    /** How long a wait lasts that names no time, in seconds. Default: the contract's figure for the kind of task. */
    readonly timeout?: number | undefined;
    /**
     * When tasks are polled. `"learned"`, the default: by the contract's schedule, and once enough tasks of a model have ended, by how long they took.
     * `"contract"`: always by the contract's. Or a schedule of one's own, in seconds. At a base URL on this machine `GENTASK_POLL_MS`, where that is
     * set, comes before the default.
     */
    readonly poll?:
        | "learned"
        | "contract"
        | { readonly initial?: number | undefined; readonly factor?: number | undefined; readonly cap?: number | undefined }
        | undefined;
    /** How long one request may take, in seconds. Default: the contract's environment variable, then 30. */
    readonly requestTimeout?: number | undefined;
    /** How often a one-shot read is tried again. Default: the contract's environment variable, then 3. */
    readonly maxReadRetries?: number | undefined;
    /** The most requests in flight. Default: 32. */
    readonly gate?: number | undefined;
    /** Sends every request, submits too; it must send each once. Nothing that fails in it is a proof that nothing was sent. */
    readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    /** Sends every request by rules of its own. */
    readonly transport?: Transport | undefined;
    /** Hears what happens to any task of the client. */
    readonly onEvent?: ((record: TaskRecord, event: TaskEvent) => void) | undefined;
    /** Keeps a Worker alive until a submit is saved: `ctx.waitUntil.bind(ctx)`. */
    readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
    /**
     * Our own secrets, which make and prove the token in each callback URL: the first that still counts makes new ones. Default: the environment variable
     * `GENTASK_CALLBACK_SECRET`, else a random one that is kept in the store. At least 32 characters without white space.
     */
    readonly callbackSecrets?: string | readonly (string | CallbackSecret)[] | undefined;
    /** The secrets or public keys that the provider signs callbacks with. Default: the contract's environment variable. */
    readonly signingSecrets?: string | readonly (string | CallbackSecret)[] | undefined;
    /** How far a callback's time may be from ours, both ways, in seconds. Default: 300; from 60 to 600. */
    readonly callbackTolerance?: number | undefined;
    /** The only hosts to which a callback may go, by their full names: `hooks.example.com`. Default: any public one. */
    readonly callbackHosts?: readonly string[] | undefined;
}

/** A secret, and until when it counts: while secrets are rotated, the old one and the new one both do. */
export interface CallbackSecret {
    readonly text: string;
    /** In Unix milliseconds. Default: it has no end. */
    readonly until?: number | undefined;
}

/** What is to be made, and how it is submitted. Where a client knows its provider, `M` is the model and `I` its input: `ModelInput<"apixo", "nano-banana">`. */
export interface SubmitRequest<M extends string = string, I = Json | object> {
    readonly model: M;
    /** The model's fields; plain JSON. A member that is `undefined` is left out; files and bytes become texts by `withMedia` of `gentask/media`. */
    readonly input: I;
    /** The caller's own key: the same key and input name the same task, however often and from however many processes they are submitted. */
    readonly key?: string | undefined;
    /** Whose task it is, in the application's words. */
    readonly owner?: string | undefined;
    /** Where the provider reports the end: a public https URL. It gets a token of the task, in place of `{token}` or as the parameter `gentask`. */
    readonly callbackUrl?: string | undefined;
    /** Options that the contract defines. */
    readonly options?: Readonly<Record<string, Json>> | undefined;
    /** Ends the caller's wait. Aborted before the submit, nothing is sent; later, the submit goes on and is saved. */
    readonly signal?: AbortSignal | undefined;
    /** How long the caller waits for the submit, in seconds: then as with `signal`, and what is thrown is a `WaitTimeout`. Default: until it is settled. */
    readonly timeout?: number | undefined;
}

/** How a wait goes. */
export interface WaitOptions {
    /** When it ends, in seconds. Default: the client's, then the contract's figure for the kind of task. The task goes on. */
    readonly timeout?: number | undefined;
    /** Ends the wait; the task goes on. */
    readonly signal?: AbortSignal | undefined;
}

/** Which tasks are listed. What is absent does not restrict it. */
export interface TaskFilter {
    readonly owner?: string | undefined;
    /** Any of these phases. */
    readonly phases?: readonly Phase[] | undefined;
    /** With `phases`, also tasks of any other phase that have a second id at the provider (`conflict.taskId`). */
    readonly orConflicting?: boolean | undefined;
    /** Only tasks that have not ended. */
    readonly unfinished?: boolean | undefined;
    /** Only tasks created at this time or later: a `Date`, or Unix milliseconds. */
    readonly createdFrom?: number | Date | undefined;
    /** Only tasks created before this time: a `Date`, or Unix milliseconds. */
    readonly createdBefore?: number | Date | undefined;
    /** The newest first, not the oldest. */
    readonly newestFirst?: boolean | undefined;
    /** At most this many, from 1. */
    readonly limit?: number | undefined;
    /** Only what comes after this place: `next` of the page before. */
    readonly after?: { readonly created: number; readonly intentId: string } | undefined;
}

/** One page of tasks. */
export interface TaskPage {
    /** Those that can be read, in order. */
    readonly records: readonly TaskRecord[];
    /** Those that cannot: a person has to look at them. */
    readonly damaged: readonly { readonly intentId: string; readonly reason: string }[];
    /** Where the following page begins; `null` on the last one. */
    readonly next: { readonly created: number; readonly intentId: string } | null;
}

/** How `resume` goes. */
export interface ResumeOptions extends WaitOptions {
    /** At most so many tasks at once. Default: 1,000. */
    readonly concurrency?: number | undefined;
    /** Hears each task as it ends. */
    readonly onReply?: ((resumed: Resumed) => void) | undefined;
    /** @internal Which tasks; one whose record cannot be read is `undefined`. */
    readonly takes?: ((record: TaskRecord | undefined) => boolean) | undefined;
}

/** What became of one task that was resumed. */
export interface Resumed {
    readonly intentId: string;
    /** How it is, also where that is a failure. */
    readonly reply: Reply;
}
