// What a client is made of. What is not chosen comes from the contract and its environment variables.

import type { ApiKey } from "./key.js";
import type { Transport } from "./http/transport.js";
import type { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import type { Json, Phase, TaskEvent, TaskRecord } from "./types.js";

/** Options of a client. */
export interface ClientOptions {
    /** The key, or a function that is asked each time. Default: the contract's environment variable. */
    readonly apiKey?: ApiKey;
    /**
     * Where tasks live. Default: `sqliteStore()` where the runtime has SQLite. Elsewhere one must be passed: a task that is kept nowhere may be paid
     * for and lost.
     */
    readonly store?: TaskStore;
    /** A label that keeps tasks under different keys apart. Default: `default`. */
    readonly account?: string;
    /** Another base URL: https, or http to this machine. Default: the contract's environment variable, then its base. */
    readonly baseUrl?: string;
    /** How long a wait lasts that names no time, in seconds. Default: the contract's figure for the kind of task. */
    readonly timeout?: number;
    /** The poll schedule, in seconds. Default: the contract's. */
    readonly poll?: { readonly initial?: number; readonly factor?: number; readonly cap?: number };
    /** How long one request may take, in seconds. Default: the contract's environment variable, then 30. */
    readonly requestTimeout?: number;
    /** How often a one-shot read is tried again. Default: the contract's environment variable, then 3. */
    readonly maxReadRetries?: number;
    /** The most requests in flight. Default: 32. */
    readonly gate?: number;
    /** Sends every request, submits too; it must send each once. Nothing that fails in it is a proof that nothing was sent. */
    readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
    /** Sends every request by rules of its own. */
    readonly transport?: Transport;
    /** Hears what happens to any task of the client. */
    readonly onEvent?: (record: TaskRecord, event: TaskEvent) => void;
    /** Keeps a Worker alive until a submit is saved: `ctx.waitUntil.bind(ctx)`. */
    readonly waitUntil?: (promise: Promise<unknown>) => void;
}

/** What is to be made, and how it is submitted. */
export interface SubmitRequest {
    readonly model: string;
    /** The model's fields; plain JSON. */
    readonly input: Json | object;
    /** The caller's own key: the same key and input name the same task, however often and from however many processes they are submitted. */
    readonly key?: string;
    /** Whose task it is, in the application's words. */
    readonly owner?: string;
    /** Where the provider reports the end: a public https URL. */
    readonly callbackUrl?: string;
    /** Options that the contract defines. */
    readonly options?: Readonly<Record<string, Json>>;
    /** Ends the caller's wait. Aborted before the submit, nothing is sent; later, the submit goes on and is saved. */
    readonly signal?: AbortSignal;
}

/** How a wait goes. */
export interface WaitOptions {
    /** When it ends, in seconds. Default: the client's, then the contract's figure for the kind of task. The task goes on. */
    readonly timeout?: number;
    /** Ends the wait; the task goes on. */
    readonly signal?: AbortSignal;
}

/** Which tasks are listed. What is absent does not restrict it. */
export interface TaskFilter {
    readonly owner?: string;
    /** Any of these phases. */
    readonly phases?: readonly Phase[];
    /** Only tasks that have not ended. */
    readonly unfinished?: boolean;
    /** At most this many. */
    readonly limit?: number;
    /** Only what comes after this place: `next` of the page before. */
    readonly after?: { readonly created: number; readonly intentId: string };
}

/** One page of tasks. */
export interface TaskPage {
    /** Those that can be read, oldest first. */
    readonly records: readonly TaskRecord[];
    /** Those that cannot: a person has to look at them. */
    readonly damaged: readonly { readonly intentId: string; readonly reason: string }[];
    /** Where the following page begins; `null` on the last one. */
    readonly next: { readonly created: number; readonly intentId: string } | null;
}

/** How `resume` goes. */
export interface ResumeOptions extends WaitOptions {
    /** At most so many tasks at once. Default: 1,000. */
    readonly concurrency?: number;
    /** Hears each task as it ends. */
    readonly onReply?: (resumed: Resumed) => void;
    /** @internal Which tasks; one whose record cannot be read is `undefined`. */
    readonly takes?: (record: TaskRecord | undefined) => boolean;
}

/** What became of one task that was resumed. */
export interface Resumed {
    readonly intentId: string;
    /** How it is, also where that is a failure. */
    readonly reply: Reply;
}
