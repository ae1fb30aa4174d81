// The nouns of `gentask/testing`: what a sandbox is made of, what goes wrong in it, and what it has seen.

import type { Contract } from "../contract.js";
import type { Json, Kind } from "../types.js";

/** A provider: the name of a built-in one, the path of a contract file (on Node, Deno and Bun), a `Contract`, or a contract's JSON as an object. */
export type Provider = string | Contract | object;

/** What a sandbox is made of. */
export interface SandboxOptions {
    /** Which providers it simulates. Default: the built-in three. */
    readonly providers?: readonly Provider[] | undefined;
    /** How much faster than real time the simulated time runs: a whole number. Default: 20, at which a picture takes a tenth of a second. */
    readonly speed?: number | undefined;
    /** How much later each answer comes, in real milliseconds. Default: 0. */
    readonly latencyMs?: number | undefined;
    /** How single providers behave, by their ids. */
    readonly options?: Readonly<Record<string, ProviderOptions>> | undefined;
    /**
     * Takes the callbacks that tasks were submitted with, each as the request that the provider sends; a `Receiver` of `gentask/callbacks` has such a
     * method. The status of what it gives is the answer; what it throws is none. Default: callbacks to this machine over http are posted, while the
     * sandbox listens; others have no answer.
     */
    readonly onCallback?: ((request: Request) => Promise<Response>) | undefined;
}

/** How one simulated provider behaves. Times are in milliseconds of its own, faster clock. */
export interface ProviderOptions {
    /** The one key that is accepted. Default: any. */
    readonly apiKey?: string | undefined;
    /** How long a task takes by what it makes. Default: 2,000 for an image, 4,000 for a video, 3,000 for the rest. */
    readonly taskMs?: Readonly<Partial<Record<Exclude<Kind, "unknown">, number>>> | undefined;
    /** How long it is pending. Default: a quarter of the whole. */
    readonly pendingMs?: number | undefined;
    /** What the account has, in thousandths of its unit. Default: a million credits, or ten thousand of a currency. */
    readonly balanceMilli?: number | undefined;
    /** What a task costs, in thousandths of the account's unit. Default: 4 credits an image, 20 a video, 5 a melody, 10 a model. */
    readonly priceMilli?: number | undefined;
    /** Reads a minute before 429; 0: no limit. Default: the contract's. */
    readonly readPerMin?: number | undefined;
    /** Submits a minute before 429; 0: no limit. Default: the contract's. */
    readonly submitPerMin?: number | undefined;
    /** Unfinished tasks before 429; 0: no limit. Default: the contract's. */
    readonly concurrent?: number | undefined;
    /** Whether a repeated idempotency key gives the first task again. Default: as the contract says. */
    readonly honourKeys?: boolean | undefined;
    /** Where task ids and files begin to vary. Default: 0. */
    readonly seed?: number | undefined;
    /** How callbacks are sent. Default: as the provider is known to do it. */
    readonly callback?: CallbackOptions | undefined;
    /** What goes wrong on purpose, from the start. */
    readonly script?: { readonly rules: readonly Rule[] } | undefined;
}

/** How a provider sends its callbacks. */
export interface CallbackOptions {
    /** The pauses before further attempts. Default: 30 seconds, 2 minutes, 10 minutes. */
    readonly retriesMs?: readonly number[] | undefined;
    /** How long a receiver may take to answer, in real milliseconds. Default: 30,000. */
    readonly patienceMs?: number | undefined;
    /** Whether only the status that the contract names acknowledges. Default: any 2xx does. */
    readonly exact?: boolean | undefined;
    /** Whose reply the body is like. Default: as the contract's `callback.reads` says. */
    readonly from?: "status" | "result" | undefined;
    /** The part of that reply that is sent, as a JSON pointer. Default: the whole. */
    readonly part?: string | undefined;
    /** The secret that signs. Default: one that every sandbox has. */
    readonly secret?: string | undefined;
    /** Whether a contract of Standard Webhooks signs with a key pair. Default: no. */
    readonly ed25519?: boolean | undefined;
    /** The private Ed25519 key, as the 32 bytes of its seed. Default: one that every sandbox has. */
    readonly seed?: readonly number[] | undefined;
}

/** Which requests go wrong, or which callbacks. */
export interface Rule {
    /** What they ask for. */
    readonly on: Asked | "callback";
    /** Which of them, counted from 1. Default: every one. */
    readonly nth?: number | readonly number[] | undefined;
    /** Only those about this task, by the provider's id. */
    readonly task?: string | undefined;
    /** Only those for this model. */
    readonly model?: string | undefined;
    /** Whether the request takes effect. Default: where its answer is lost or spoilt it does, where it is refused it does not. */
    readonly accepted?: boolean | undefined;
    /** What happens. */
    readonly fault: Fault | CallbackFault;
}

/** What a request asks for. */
export type Asked = "submit" | "status" | "result" | "cancel" | "list" | "account" | "upload" | "file" | "other";

/** How a request goes wrong. Through `sandbox.fetch` what only a connection can show is the nearest that a `fetch` can. */
export type Fault =
    /** The connection is reset before the body is read, after the whole request, or closed without an answer: `fetch` throws a `TypeError`. */
    | { readonly kind: "resetBeforeRead" | "resetAfterBody" | "closeWithoutAnswer" }
    /** The same, but only where an answer has gone out before: on that connection, or through `fetch`. */
    | { readonly kind: "closeWarmConnection" }
    /** Nothing for so long, in real milliseconds, and then no answer. */
    | { readonly kind: "silence"; readonly ms: number }
    /** An answer that comes so much later, in real milliseconds. */
    | { readonly kind: "delayMs"; readonly ms: number }
    /** An answer that ends early: after half, one byte before the end that it names, or without its last chunk. */
    | { readonly kind: "truncatedBody" | "lengthTooLong" | "lastChunkMissing" }
    /** An answer, or the second half of its body, that comes when `release` is called. */
    | { readonly kind: "hold" | "holdBody" }
    /** A body that comes a byte at a time, one in so many real milliseconds. */
    | { readonly kind: "drip"; readonly ms: number }
    /** An answer that is packed, a page of HTML, no body, far too deep, or without its task id. */
    | { readonly kind: "gzip" | "notJson" | "emptyBody" | "tooDeepJson" | "noTaskId" }
    /** An answer of at least so many bytes. */
    | { readonly kind: "tooLargeBody"; readonly bytes: number }
    /** Another status; without a body, one in the provider's own form. */
    | {
        readonly kind: "status";
        readonly code: number;
        readonly body?: Json | undefined;
        readonly headers?: Readonly<Record<string, string>> | undefined;
    }
    /** Another status with these bytes. */
    | {
        readonly kind: "bytes";
        readonly code: number;
        readonly headers?: Readonly<Record<string, string>> | undefined;
        readonly body?: readonly number[] | undefined;
    }
    /** A redirect: 301, 302, 303, 307 or 308. */
    | { readonly kind: "redirect"; readonly code: number; readonly location: string }
    /** A failure inside an answer of status 200: the provider's own code, or one of gentask's. */
    | { readonly kind: "inBandError"; readonly code: Json };

/** How a callback goes wrong, in a rule on `callback`. */
export type CallbackFault =
    /** It is never posted, before the submit's answer, after a restart, or says the opposite of what is so. */
    | { readonly kind: "never" | "beforeAnswer" | "afterRestart" | "contradict" }
    /** It is posted so many times in all, or others before it say that the task is processing. */
    | { readonly kind: "duplicate" | "progress"; readonly times: number }
    /** It is posted so much later, or one comes so much after it and says that the task is processing. In milliseconds of simulated time. */
    | { readonly kind: "late" | "reordered"; readonly ms: number }
    /** Its token, its task or its signature is wrong. */
    | { readonly kind: "forged"; readonly part: "token" | "task" | "signature" };

/** What one provider has seen since it began. */
export interface ProviderStats {
    /** Requests that arrived whole, by what they asked. `submit`: how often somebody may have paid. */
    readonly requests: Readonly<Partial<Record<Asked, number>>>;
    /** Requests that were reset before their body was read. */
    readonly cut: number;
    /** Tasks that were made. */
    readonly tasks: number;
    /** Submits that gave an earlier task again, for their idempotency key. */
    readonly replayed: number;
    /** Answers without a valid key (401). */
    readonly unauthorised: number;
    /** Answers of 429. */
    readonly limited: number;
    /** Requests and callbacks that the script happened to. */
    readonly faults: number;
    /** Tasks that are not finished. */
    readonly running: number;
    /** What the account has, in thousandths of its unit. */
    readonly balanceMilli: number;
}

/** What all providers have seen, and the connections. */
export interface Stats {
    /** By their ids. */
    readonly providers: Readonly<Record<string, ProviderStats>>;
    /** Connections that are open now. */
    readonly connectionsOpen: number;
    /** The most that were open at once. */
    readonly connectionsMost: number;
    /** All that were ever opened; requests through `fetch` have none. */
    readonly connectionsTotal: number;
    /** Callbacks that were answered as their provider wants it. */
    readonly callbacksDelivered: number;
}

/** One task of a provider. */
export interface MadeTask {
    /** The provider's id: what `adopt` takes for a submit whose answer was lost. */
    readonly taskId: string;
    /** The model; empty where the provider's requests name none. */
    readonly model: string;
    /** The prompt, as far as one was found in the input. */
    readonly prompt: string;
    /** How it is, in gentask's words. */
    readonly state: "pending" | "processing" | "success" | "failed" | "cancelled";
    /** In Unix milliseconds of the simulated time. */
    readonly createdAt: number;
}

/** One callback of a provider, and its attempts so far. */
export interface SentCallback {
    /** Counts a provider's callbacks, from 1. */
    readonly number: number;
    /** The task, by the provider's id. */
    readonly taskId: string;
    /** What it says of the task, in gentask's words. */
    readonly says: MadeTask["state"];
    /** An attempt is due, or after a restart; on its way; answered as the provider wants it; or not answered so in any attempt. */
    readonly state: "waiting" | "posting" | "acknowledged" | "abandoned";
    /** When the next attempt is due, in Unix milliseconds of the simulated time; `null`: one is on its way, or none is. */
    readonly due: number | null;
    /** When it was posted, in Unix milliseconds of the simulated time, and the HTTP status that was answered; `null`: none was. */
    readonly attempts: readonly { readonly at: number; readonly status: number | null }[];
}
