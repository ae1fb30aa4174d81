// The seven fields, the same on every wire and in every language; and how a mistake, which the core tells as a reply, becomes an exception. They
// stand together because a reply that cannot be read is such a mistake.

import * as wasm from "../pkg/core.js";
import { errorOf, type GentaskError } from "./errors.js";
import type { ErrorCode, ReplyData, ResultFile, Status } from "./types.js";

/** How a task is, or why that could not be said. */
export class Reply {
    /** Whether there is no error code. */
    readonly ok: boolean;
    /** How the task is. */
    readonly status: Status;
    /** The provider's id of the task, where one is known. */
    readonly taskId: string | null;
    /** Everything else that is known. */
    readonly data: ReplyData;
    /** The stable code of what went wrong. */
    readonly errorCode: ErrorCode | null;
    /** What went wrong, for a person. */
    readonly errorMessage: string | null;
    /** When to come back, in whole seconds, rounded up. */
    readonly retryAfter: number | null;

    readonly #json: string;

    private constructor(json: string) {
        const fields = JSON.parse(json) as Fields;
        this.ok = fields.ok;
        this.status = fields.status;
        this.taskId = fields.taskId;
        this.data = fields.data;
        this.errorCode = fields.errorCode;
        this.errorMessage = fields.errorMessage;
        this.retryAfter = fields.retryAfter;
        this.#json = json;
        Object.freeze(this);
    }

    /** @internal A reply of the core's own text. */
    static of(json: string): Reply {
        return new Reply(json);
    }

    /** Reads what `toJson` wrote, here or in another language; throws with everything that is wrong with it. */
    static fromJson(text: string): Reply {
        if (typeof text !== "string") throw mistake("INVALID_PAYLOAD", "a reply is read from its text");
        return new Reply(ask(() => wasm.canonicalReply(text)));
    }

    /** The result files; empty where there are none. */
    get files(): readonly ResultFile[] {
        return this.data.files ?? [];
    }

    /** What a person should know beside how the task is, in plain sentences, such as that it has succeeded without a file; empty where nothing is odd. */
    get warnings(): readonly string[] {
        return wasm.warnings(this.#json);
    }

    /** Our own name of the task, in the store. */
    get intentId(): string | null {
        return this.data.intentId ?? null;
    }

    /** From 0 to 1, where the provider says how far it is. */
    get progress(): number | null {
        const permille = this.data.progressPermille;
        return typeof permille === "number" ? permille / 1000 : null;
    }

    /** The canonical text: the same bytes in every language, also where JavaScript cannot hold a number of `data.raw`. */
    toJson(): string {
        return this.#json;
    }
}

type Fields = Pick<Reply, "ok" | "status" | "taskId" | "data" | "errorCode" | "errorMessage" | "retryAfter">;

/** The same reply with other fields, or members of `data`. Only for replies without a provider's own numbers. */
export function changed(reply: Reply, fields: Partial<Pick<Reply, "status" | "taskId" | "errorMessage">>, data: object = {}): Reply {
    const before = JSON.parse(reply.toJson()) as { data: object };
    return Reply.fromJson(JSON.stringify({ ...before, ...fields, data: { ...before.data, ...data } }));
}

/** Calls into the core; its mistakes become exceptions. */
export function ask<T>(call: () => T): T {
    try {
        return call();
    } catch (thrown) {
        throw typeof thrown === "string" ? thrownBy(thrown) : thrown;
    }
}

/** A mistake of the caller's: of its input (`violations`), or with a message of its own. */
export function mistake(code: ErrorCode, what: string, violations: readonly (readonly [string, string, string, string])[] = []): GentaskError {
    return thrownBy(wasm.mistake(code, what, JSON.stringify(violations)) as string);
}

function thrownBy(text: string): GentaskError {
    const { message, reply } = JSON.parse(text) as { message: string; reply: object };
    return errorOf(Reply.of(JSON.stringify(reply)), message);
}
