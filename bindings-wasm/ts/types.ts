// The nouns of the package, as their JSON: what stands in records, replies and requests. Times are integers in Unix milliseconds, durations
// integers in milliseconds, except where a name or a comment says seconds.

/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

/** Where a task is. */
export type Phase =
    | "prepared"
    | "submitting"
    | "waiting"
    | "fetching"
    | "cancelling"
    | "succeeded"
    | "failed"
    | "cancelled"
    | "rejected"
    | "unresolved"
    | "discarded";

/** How a task is, for a caller. `unknown`: a submit whose outcome nobody knows, or a question that was not answered. */
export type Status = "pending" | "processing" | "success" | "failed" | "cancelled" | "unknown";

/** What a task makes. */
export type Kind = "image" | "video" | "audio" | "model" | "unknown";

/** Whether money may have been spent on what failed. */
export type Billing = "none" | "possible" | "certain";

/** What went wrong. The words are stable; texts for people are not. */
export type ErrorCode =
    | "INVALID_MODEL"
    | "INVALID_PAYLOAD"
    | "AUTH_FAILED"
    | "RATE_LIMITED"
    | "INSUFFICIENT_CREDITS"
    | "TASK_NOT_FOUND"
    | "NETWORK_ERROR"
    | "UNKNOWN_ERROR"
    | "GENERATION_FAILED"
    | "CONTENT_REJECTED"
    | "UPSTREAM_ERROR"
    | "WAIT_TIMEOUT"
    | "SUBMIT_UNKNOWN"
    | "CANCELLED"
    | "UNSUPPORTED"
    | "INVALID_CONTRACT"
    | "STORE_ERROR"
    | "RESPONSE_TOO_LARGE";

/** One broken rule of a payload or a contract. All of them are listed at once. */
export interface Violation {
    /** RFC 6901 pointer to the offending value; empty for the whole document. */
    readonly path: string;
    /** The rule: a JSON Schema keyword, or a word such as `duplicateKey`, `depth`, `media`. */
    readonly rule: string;
    /** What was expected, in words. */
    readonly expected: string;
    /** What was found, shortened. */
    readonly actual: string;
}

/** One result file. */
export interface ResultFile {
    /** Where the provider keeps it, for a while. Not for logs: it may be signed. */
    readonly url: string | null;
    /** What it is. */
    readonly kind: Kind;
    /** When the provider deletes it, in Unix milliseconds, where that is known. */
    readonly expiresAt: number | null;
}

/** What a reply says beside its other six fields. Which members there are depends on how the task is. */
export interface ReplyData {
    /** Our own name of the task, in the store; `null` where nothing is stored. */
    readonly intentId?: string | null;
    /** On success: the result files. */
    readonly files?: readonly ResultFile[];
    /** On success: how long the provider says it took. */
    readonly costTimeMs?: number | null;
    /** The provider's last body: as JSON where it is some, else as text. */
    readonly raw?: Json;
    /** While it runs: the phase. */
    readonly phase?: Phase;
    /** While it runs: the provider's own word. */
    readonly providerState?: string | null;
    /** While it runs: progress in thousandths. */
    readonly progressPermille?: number | null;
    /** While it runs: when it is asked about next, in Unix milliseconds. */
    readonly nextPollAt?: number | null;
    /**
     * While it runs: why then. `pause`: the provider asked for it; `callback`: one is awaited; `learned`: by the
     * durations of tasks before it; `caller`: by the client's own figures; `contract`: by the contract's. `null` where that is not known.
     */
    readonly nextPollBy?: "pause" | "callback" | "learned" | "caller" | "contract" | null;
    /** While it runs: half of such tasks have ended by then, in Unix milliseconds; `null` where too few have been seen. */
    readonly expectedAt?: number | null;
    /** While it runs: nine of ten have. */
    readonly expectedBy?: number | null;
    /** On failure: what to do next, for a person. */
    readonly suggestions?: readonly string[];
    /** On failure: whether money may have been spent. */
    readonly billing?: Billing;
    /** On failure: the provider's own code. */
    readonly providerCode?: string | null;
    /** On a faulty input: everything that is wrong with it. */
    readonly violations?: readonly Violation[];
    readonly [member: string]: unknown;
}

/** The durable form of a task. Unknown members of a later version survive a rewrite. */
export interface TaskRecord {
    readonly v: 1;
    /** Counts the saves; each save expects the one before (compare-and-set). */
    readonly version: number;
    readonly intentId: string;
    readonly callerKey: string | null;
    readonly owner: string | null;
    readonly provider: string;
    readonly contractRevision: number;
    readonly account: string;
    readonly base: string;
    readonly model: string;
    readonly kind: Kind;
    readonly vars: Readonly<Record<string, string>>;
    readonly options: Readonly<Record<string, Json>>;
    readonly request: { readonly sha256: string; readonly bytes: number; readonly contentType: string; readonly keySha256: string | null };
    readonly idempotencyKey: string | null;
    readonly callback: boolean;
    readonly seed: string;
    readonly phase: Phase;
    readonly state: "pending" | "processing";
    readonly providerState: string | null;
    readonly progressPermille: number | null;
    readonly taskId: string | null;
    /** Whether an attempt may have been accepted whose answer is lost. Once true, no later refusal makes it false. */
    readonly maybeSent: boolean;
    readonly cancelRequested: boolean;
    readonly attempts: {
        readonly submit: number;
        readonly notSent: number;
        readonly limited: number;
        readonly polls: number;
        readonly readFailures: number;
        readonly fetches: number;
        readonly cancels: number;
    };
    readonly at: {
        readonly created: number;
        readonly firstSent: number | null;
        readonly lastSent: number | null;
        readonly accepted: number | null;
        readonly checked: number | null;
        readonly finished: number | null;
        readonly updated: number;
    };
    readonly due: { readonly at: number; readonly set: number } | null;
    readonly lease: { readonly holder: string; readonly until: number } | null;
    readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly providerCode: string | null;
        readonly httpStatus: number | null;
        readonly billing: Billing;
        readonly retryAfter: number | null;
    } | null;
    readonly result: {
        readonly files: readonly (ResultFile & {
            readonly fetch: "public" | "key";
            readonly saved: SavedFile | null;
        })[];
        readonly costTimeMs: number | null;
        readonly raw: boolean;
    } | null;
    /** What contradicts the end that was recorded; `taskId`: a second id that the provider accepted the same submit under. */
    readonly conflict: {
        readonly phase: Phase;
        readonly source: "callback" | "status" | "submit";
        readonly at: number;
        readonly taskId: string | null;
    } | null;
    /** The intent that took the caller's key over, after a refusal that cost nothing. */
    readonly successor: string | null;
    /** When the next request of this task may go out at the earliest, because the provider asked for it. */
    readonly notBefore: number | null;
}

/** A result file on disk. */
export interface SavedFile {
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
    /** Told by its first bytes. */
    readonly contentType: string;
}

/** Something that happened to a task. */
export interface TaskEvent {
    readonly at: number;
    /** A stable word: `phase`, `conflict` ... */
    readonly kind: string;
    readonly data: Readonly<Record<string, Json>>;
}

/** What a request is for. */
export type Operation = "submit" | "status" | "result" | "cancel" | "list" | "account" | "keys" | "upload";

/** Bytes in JSON: text where they are UTF-8. */
export type Bytes = { readonly text: string } | { readonly base64: string };

/** A request as the core asks for it, without the key. */
export interface HttpRequest {
    /** `operation:attempt`. */
    readonly id: string;
    readonly operation: Operation;
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Bytes;
    /** Whether the request needs the key. */
    readonly auth: boolean;
    /** The most bytes that its answer may have. */
    readonly responseCap: number;
    /** How many milliseconds the provider was asked to keep the request open before it answers: so much longer it may take. */
    readonly openMs?: number;
}

/** What the account holds. */
export interface Balance {
    readonly amount: string;
    readonly unit: string | null;
}

/** What was learned of one model's tasks. */
export interface LearnedModel {
    readonly model: string;
    /** How many of its tasks were seen to succeed, ever. */
    readonly seen: number;
    /** How long they took of late, in milliseconds: a tenth of them less than the first, then half, nine of ten, and 99 of 100. */
    readonly quantilesMs: readonly [number, number, number, number];
    /** When the next task will be polled, in milliseconds after its acceptance; empty where the contract's schedule is kept to. */
    readonly pollsMs: readonly number[];
}

/** A task as the provider lists it. */
export interface ListedTask {
    readonly taskId: string;
    /** When it was created, as the provider writes times. */
    readonly created: string | null;
    /** The same in Unix milliseconds, from `client.listTasks()`; `null` where it is none of the forms in which times are written. */
    readonly createdAt?: number | null;
    readonly model: string | null;
    /** Our intent id, where the provider echoes one. */
    readonly reference: string | null;
}
