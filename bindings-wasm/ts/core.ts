// The door to the core. What goes in are scalars, bytes and JSON texts; what comes out are JSON texts, and a mistake is thrown as the JSON of
// its reply, which becomes an exception here. The entry that a program imports has loaded the module before anything here is called.

import * as wasm from "../pkg/core.js";
import { GentaskError, errorOf } from "./errors.js";
import { Reply } from "./reply.js";
import type { Bytes, ErrorCode, HttpRequest, TaskEvent } from "./types.js";

export { Contract as CoreContract, Machine, Pacer } from "../pkg/core.js";
export * as functions from "../pkg/core.js";

/** What happened, as a machine takes it. A response's body goes beside it, as bytes. */
export type Input =
    | { readonly kind: "response"; readonly request: string; readonly response: ResponseHead }
    | { readonly kind: "undelivered"; readonly request: string; readonly delivery: Delivery; readonly reason: string }
    | { readonly kind: "timeout" }
    | { readonly kind: "deadline"; readonly at: number }
    | { readonly kind: "callback"; readonly taskId?: string }
    | { readonly kind: "cancel" }
    | { readonly kind: "adopt"; readonly taskId: string }
    | { readonly kind: "discard" };

/** Whether a request without an answer may have reached the provider. `notSent` is a proof. */
export type Delivery = "notSent" | "maybeSent";

/** An answer without its body. */
export interface ResponseHead {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** How the body ended. */
    readonly end: "whole" | "truncated" | "tooLarge";
}

/** What a machine asks for, in this order: a save, events, then at most one of the others. */
export type Output =
    | {
          readonly kind: "save";
          /** A text in the text: a number in it may be one that JavaScript cannot hold. */
          readonly record: string;
          readonly blobs: readonly { readonly name: string; readonly bytes: Bytes | null }[];
          readonly fence: boolean;
      }
    | { readonly kind: "event"; readonly event: TaskEvent }
    | { readonly kind: "transmit"; readonly request: HttpRequest }
    | { readonly kind: "yield"; readonly reply: string }
    | { readonly kind: "finished"; readonly reply: string };

/** Calls into the core; its mistakes become exceptions. */
export function ask<T>(call: () => T): T {
    try {
        return call();
    } catch (thrown) {
        throw typeof thrown === "string" ? thrownBy(thrown) : thrown;
    }
}

/** A step of a machine. */
export function step(machine: wasm.Machine, input: Input, body: Uint8Array | undefined, now: number, pacer: wasm.Pacer): Output[] {
    return JSON.parse(ask(() => machine.step(JSON.stringify(input), body, now, pacer))) as Output[];
}

/** A mistake of the caller's: of its input (`violations`), or with a message of its own. */
export function mistake(code: ErrorCode, what: string, violations: readonly (readonly [string, string, string, string])[] = []): GentaskError {
    return thrownBy(wasm.mistake(code, what, JSON.stringify(violations)) as string);
}

/** The same failure as one of a stored task: with its ids, how it is, and whether money may have been spent. */
export function about(error: unknown, record: string): unknown {
    if (!(error instanceof GentaskError)) return error;
    return errorOf(Reply.of(ask(() => wasm.about(error.reply.toJson(), record))), error.message, error);
}

/** Bytes out of their JSON. */
export function bytesOf(bytes: Bytes): Uint8Array {
    if ("text" in bytes) return new TextEncoder().encode(bytes.text);
    return Uint8Array.from(atob(bytes.base64), (letter) => letter.charCodeAt(0));
}

function thrownBy(text: string): GentaskError {
    const { message, reply } = JSON.parse(text) as { message: string; reply: object };
    return errorOf(Reply.of(JSON.stringify(reply)), message);
}
