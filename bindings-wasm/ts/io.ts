// The vocabulary between a machine and its driver.

import type { Bytes, HttpRequest, TaskEvent } from "./types.js";

/** What happened, as a machine takes it. A response's body goes beside it, as bytes. */
export type Input =
    | { readonly kind: "response"; readonly request: string; readonly response: ResponseHead }
    | { readonly kind: "undelivered"; readonly request: string; readonly delivery: Delivery; readonly reason: string }
    | { readonly kind: "timeout" }
    | { readonly kind: "deadline"; readonly at: number }
    | { readonly kind: "poke" }
    /** `body` only where its signature covers it: what it says is believed. */
    | { readonly kind: "callback"; readonly taskId?: string | null; readonly body?: Bytes | null }
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
        /** A text: a number in it may be one that JavaScript cannot hold. */
        readonly record: string;
        readonly blobs: readonly { readonly name: string; readonly bytes: Bytes | null }[];
        readonly fence: boolean;
    }
    | { readonly kind: "event"; readonly event: TaskEvent }
    | { readonly kind: "transmit"; readonly request: HttpRequest }
    | { readonly kind: "yield"; readonly reply: string }
    | { readonly kind: "finished"; readonly reply: string };

/** Bytes out of their JSON. */
export function bytesOf(bytes: Bytes): Uint8Array {
    if ("text" in bytes) return new TextEncoder().encode(bytes.text);
    return Uint8Array.from(atob(bytes.base64), (letter) => letter.charCodeAt(0));
}
