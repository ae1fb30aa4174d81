// What goes wrong: one class for each stable code, each with the reply that says what happened, whether money may have been spent and what to
// do next.

import type { Reply } from "./reply.js";
import type { Billing, ErrorCode, Violation } from "./types.js";

/** A call that did not bring what was asked. */
export class GentaskError extends Error {
    override readonly name: string = "GentaskError";
    /** The seven fields. */
    readonly reply: Reply;

    constructor(message: string, reply: Reply, options?: { cause?: unknown }) {
        super(message, options);
        this.reply = reply;
    }

    /** The stable code. */
    get code(): ErrorCode {
        return this.reply.errorCode ?? "UNKNOWN_ERROR";
    }

    /** The task's name in the store, where a record exists: what `client.task(...)` takes. */
    get intentId(): string | null {
        return this.reply.intentId;
    }

    /** The provider's id of the task, where one is known. */
    get taskId(): string | null {
        return this.reply.taskId;
    }

    /** When to come back, in whole seconds. */
    get retryAfter(): number | null {
        return this.reply.retryAfter;
    }

    /** Whether money may have been spent. */
    get billing(): Billing {
        return this.reply.data.billing ?? "none";
    }

    /** What to do next, for a person. */
    get suggestions(): readonly string[] {
        return this.reply.data.suggestions ?? [];
    }

    /** Everything that is wrong with a faulty input. */
    get violations(): readonly Violation[] {
        return this.reply.data.violations ?? [];
    }
}

/** The provider has no such model. */
export class InvalidModel extends GentaskError {
    override readonly name = "InvalidModel";
}
/** The payload breaks its model's rules; `violations` lists all of them. */
export class InvalidPayload extends GentaskError {
    override readonly name: string = "InvalidPayload";
}
/** The caller's key names another job already, that of the intent `intentId`; `violations` says what differs. Nothing was sent. */
export class KeyConflict extends InvalidPayload {
    override readonly name = "KeyConflict";
}
/** There is no key, or the provider does not take it. */
export class AuthFailed extends GentaskError {
    override readonly name = "AuthFailed";
}
/** The provider asks for a pause; `retryAfter` says how long. */
export class RateLimited extends GentaskError {
    override readonly name = "RateLimited";
}
/** The account is empty. */
export class InsufficientCredits extends GentaskError {
    override readonly name = "InsufficientCredits";
}
/** The provider, or the store, does not know the task. */
export class TaskNotFound extends GentaskError {
    override readonly name = "TaskNotFound";
}
/** The provider could not be reached. */
export class NetworkError extends GentaskError {
    override readonly name = "NetworkError";
}
/** Something that has no code of its own. */
export class UnknownError extends GentaskError {
    override readonly name = "UnknownError";
}
/** The task ended without a result. */
export class TaskFailed extends GentaskError {
    override readonly name: string = "TaskFailed";
}
/** The generation failed at the provider. */
export class GenerationFailed extends TaskFailed {
    override readonly name = "GenerationFailed";
}
/** The provider's content rules refused it. */
export class ContentRejected extends TaskFailed {
    override readonly name = "ContentRejected";
}
/** The task was cancelled, or given up. */
export class TaskCancelled extends TaskFailed {
    override readonly name = "TaskCancelled";
}
/** The provider failed in itself. */
export class UpstreamError extends GentaskError {
    override readonly name = "UpstreamError";
}
/** The wait ended before the task did; the task goes on. */
export class WaitTimeout extends GentaskError {
    override readonly name = "WaitTimeout";
}
/** The submit may have been accepted, and no task id is known. It is not sent again. */
export class SubmitUnknown extends GentaskError {
    override readonly name = "SubmitUnknown";
}
/** The provider, or the task's phase, does not allow what was asked; or the call was wrong. */
export class Unsupported extends GentaskError {
    override readonly name = "Unsupported";
}
/** A contract is faulty; `violations` lists everything. */
export class InvalidContract extends GentaskError {
    override readonly name = "InvalidContract";
}
/** The task store refused. */
export class StoreError extends GentaskError {
    override readonly name = "StoreError";
}
/** An answer was larger than the contract allows. */
export class ResponseTooLarge extends GentaskError {
    override readonly name = "ResponseTooLarge";
}

/**
 * The caller's signal was aborted; `cause` is its reason. Nothing is lost by it: a submit that was under way goes on and is saved under
 * `intentId`, and a task that was waited for can be waited for again.
 */
export class Aborted extends GentaskError {
    override readonly name = "AbortError";
}

const CLASSES: Record<ErrorCode, new (message: string, reply: Reply, options?: { cause?: unknown }) => GentaskError> = {
    INVALID_MODEL: InvalidModel,
    INVALID_PAYLOAD: InvalidPayload,
    AUTH_FAILED: AuthFailed,
    RATE_LIMITED: RateLimited,
    INSUFFICIENT_CREDITS: InsufficientCredits,
    TASK_NOT_FOUND: TaskNotFound,
    NETWORK_ERROR: NetworkError,
    UNKNOWN_ERROR: UnknownError,
    GENERATION_FAILED: GenerationFailed,
    CONTENT_REJECTED: ContentRejected,
    UPSTREAM_ERROR: UpstreamError,
    WAIT_TIMEOUT: WaitTimeout,
    SUBMIT_UNKNOWN: SubmitUnknown,
    CANCELLED: TaskCancelled,
    UNSUPPORTED: Unsupported,
    INVALID_CONTRACT: InvalidContract,
    STORE_ERROR: StoreError,
    RESPONSE_TOO_LARGE: ResponseTooLarge,
};

/** The exception of a reply that is a failure. */
export function errorOf(reply: Reply, message?: string, cause?: unknown): GentaskError {
    const code = reply.errorCode ?? "UNKNOWN_ERROR";
    const words = message ?? `${code}: ${reply.errorMessage ?? "no message"}`;
    const isKeyConflict = reply.data.violations?.some(({ rule }) => rule === "keyConflict") === true;
    return new (isKeyConflict ? KeyConflict : CLASSES[code])(words, reply, cause === undefined ? undefined : { cause });
}
