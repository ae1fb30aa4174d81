// Requests on the wire. The core says what to send; a transport sends it once and says what is known of the delivery.
//
// The rules, which a transport of your own has to keep as well:
// 1. One call, at most one request. Nothing is sent again, whatever happened, and no redirect is followed.
// 2. `notSent` is a proof, not a guess: no byte of the request left. Everything that is unclear is `maybeSent`.
// 3. The key goes only to a URL whose origin is one of `trusted`; `headersOf` sees to it.
// 4. A submit travels on a connection of its own: one that was open before may be dead, and then nobody knows what arrived.

import type { Delivery, ResponseHead } from "../io.js";
import { wellFormed } from "../thrown.js";
import type { Operation } from "../types.js";

/** Sends requests. */
export interface Transport {
    /**
     * Sends one request and reads its answer, at most once and within `outgoing.timeoutMs`. Throws an `Undelivered` where no answer came; anything
     * else that it throws counts as one that may have been sent. `signal` is aborted when nobody waits for the answer any more; a submit has none.
     */
    send(outgoing: Outgoing, signal?: AbortSignal): Promise<Answer>;
}

/** A request with what only the host knows. */
export interface Outgoing {
    readonly operation: Operation;
    readonly method: string;
    readonly url: string;
    /** The request's own headers, without the key. */
    readonly headers: Readonly<Record<string, string>>;
    /** Empty where there is none. */
    readonly body: Uint8Array;
    /** The header that carries the key, where the request needs one. */
    readonly credential: { readonly name: string; readonly value: string } | undefined;
    /** How long connecting, sending and reading may take together. Waiting for a place in the gate is not part of it. */
    readonly timeoutMs: number;
    /** The most bytes that are read of the answer's body. */
    readonly responseCap: number;
    /** The origins that may get the key. Whole URLs will do. */
    readonly trusted: readonly string[];
}

/** An answer: its head, and as much of its body as came, at most `responseCap` bytes. */
export interface Answer extends ResponseHead {
    readonly body: Uint8Array;
}

/** No answer arrived. */
export class Undelivered extends Error {
    override readonly name = "Undelivered";
    readonly delivery: Delivery;

    /** `reason` names an origin at most, never a whole URL, never the key. */
    constructor(delivery: Delivery, reason: string, options?: { cause?: unknown }) {
        super(reason, options);
        this.delivery = delivery;
    }
}

/** An answer of a transport that may be somebody's own, as the core can take it. One that it could not read may have been one of a paid task. */
export function checked(answer: Answer, { responseCap }: Outgoing): Answer {
    const { body, end, headers, status } = answer ?? {};
    // A `Headers` object has its members elsewhere.
    const isList = typeof (headers as { [Symbol.iterator]?: unknown } | undefined)?.[Symbol.iterator] === "function";
    const all: unknown = isList ? Object.fromEntries(headers as never) : headers;
    const isHead = Number.isInteger(status) && status >= 100 && status <= 999 && typeof all === "object" && all !== null;
    if (!isHead || !(body instanceof Uint8Array) || !Object.values(all).every((value) => typeof value === "string")) {
        throw new Undelivered("maybeSent", "the transport's answer is malformed: it needs a status, headers and a body of bytes");
    }
    const texts = Object.entries(all as Record<string, string>).map(([name, value]) => [wellFormed(name), wellFormed(value)]);
    const isOver = body.length > responseCap;
    return {
        status,
        headers: Object.fromEntries(texts) as Record<string, string>,
        body: isOver ? body.subarray(0, responseCap) : body,
        // Another word than `whole` is no promise that it is.
        end: isOver ? "tooLarge" : end === undefined || end === "whole" ? "whole" : end === "tooLarge" ? end : "truncated",
    };
}

/** Headers that belong to the HTTP stack: a contract that sets one could make a request lie about its own length. */
const RESERVED = ["host", "content-length", "transfer-encoding", "connection", "upgrade"];

/** The URL that is sent to, as the runtime reads it. */
export function targetOf(outgoing: Outgoing): URL {
    let url: URL;
    try {
        url = new URL(outgoing.url);
    } catch {
        throw new Undelivered("notSent", "the request's URL is malformed");
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") throw new Undelivered("notSent", "the request's URL is neither https nor http");
    if (url.username !== "" || url.password !== "") throw new Undelivered("notSent", "the request's URL holds a user name");
    return url;
}

/** The headers to send: the request's own, and the key where this URL may have it. */
export function headersOf(outgoing: Outgoing, url: URL): Record<string, string> {
    const headers = { ...outgoing.headers };
    const reserved = Object.keys(headers).find((name) => RESERVED.includes(name.toLowerCase()));
    if (reserved !== undefined) throw new Undelivered("notSent", `the header \`${reserved}\` belongs to the HTTP client`);
    if (outgoing.credential) {
        const isTrusted = outgoing.trusted.some((one) => originOf(one) === url.origin);
        if (!isTrusted) throw new Undelivered("notSent", `${url.origin} is not an origin of this provider, so it does not get the key`);
        if (url.protocol !== "https:" && !isLoopback(url)) throw new Undelivered("notSent", `${url.origin} is not https, so it does not get the key`);
        headers[outgoing.credential.name] = outgoing.credential.value;
    }
    return headers;
}

/** The origin of a URL; `undefined` where it is malformed. */
export function originOf(url: string): string | undefined {
    try {
        return new URL(url).origin;
    } catch {
        return undefined;
    }
}

/** Whether the URL names this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopback(url: URL): boolean {
    return url.hostname === "localhost" || url.hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(url.hostname);
}

/** Collects a body up to its cap. */
export class CappedBody {
    readonly #cap: number;
    readonly #chunks: Uint8Array[] = [];
    #length = 0;

    constructor(cap: number) {
        this.#cap = cap;
    }

    /** Takes a chunk, and says whether there is room for more. */
    take(chunk: Uint8Array): boolean {
        const room = this.#cap - this.#length;
        this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
        this.#length += Math.min(chunk.length, room);
        return chunk.length <= room;
    }

    bytes(): Uint8Array {
        const all = new Uint8Array(this.#length);
        let at = 0;
        for (const chunk of this.#chunks) {
            all.set(chunk, at);
            at += chunk.length;
        }
        return all;
    }
}
