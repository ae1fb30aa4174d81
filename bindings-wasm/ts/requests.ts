// One request on its way: its key, its place at the gate, and what came of it, which is the next input of its machine.

import { LONGEST_TIMER_MS, unlessAborted } from "./abort.js";
import type { Clock } from "./clock.js";
import type { Contract } from "./contract.js";
import type { Gate } from "./gate.js";
import { bytesOf, type Delivery, type Input } from "./io.js";
import { checked, type Transport, Undelivered } from "./http/transport.js";
import { type ApiKey, askForKey, conceal, hidden } from "./key.js";
import { wellFormed, wordsOf } from "./thrown.js";
import type { HttpRequest } from "./types.js";

/** What requests need. */
export interface RequestParts {
    readonly contract: Contract;
    readonly base: string;
    readonly clock: Clock;
    readonly key: ApiKey | undefined;
    /** A page without a key, behind a server of its own that adds it. */
    readonly isKeyless: boolean;
    readonly gate: Gate;
    readonly reads: Transport;
    readonly writes: Transport;
    readonly requestTimeoutMs: number;
}

/** A request that is due: as a machine says it, or as a call does, which has bytes and says how long it may take. */
export type Due = Omit<HttpRequest, "body"> & { readonly body: HttpRequest["body"] | Uint8Array; readonly timeoutMs?: number };

/** The header that proves whose a request is. */
export interface Credential {
    readonly name: string;
    readonly value: string;
    readonly key: string;
}

/** What a submit has before its attempt is counted: its key, and its place at the gate. */
export interface Ticket {
    readonly credential: Credential | undefined;
    /** Gives the place back. */
    readonly leave: () => void;
}

/** What happened, with the bytes that go beside it. */
export interface Happened {
    readonly input: Input;
    readonly body?: Uint8Array;
}

export class Requests {
    readonly #parts: RequestParts;
    /** The origins that may get the key. */
    readonly #trusted: readonly string[];

    constructor(parts: RequestParts) {
        this.#parts = parts;
        this.#trusted = parts.contract.core.trustedOrigins(parts.base);
    }

    /** The key as it is now; `undefined` where requests go without one. */
    async credential(): Promise<Credential | undefined> {
        const { auth, environment } = this.#parts.contract.about;
        if (this.#parts.isKeyless) return undefined;
        const key = await askForKey(this.#parts.key, environment.key);
        return { name: auth.header, value: `${auth.prefix}${key}${auth.suffix}`, key };
    }

    /** The key, unless that takes too long: only a function of the program's can. */
    #credentialBefore(over: AbortSignal): Promise<Credential | undefined> {
        return typeof this.#parts.key === "function" ? unlessAborted(over, this.credential(), (reason) => reason) : this.credential();
    }

    /** What a submit needs before it is counted. The key first: a function of the program may take its time, and must not hold a place meanwhile. */
    async ticket(): Promise<Ticket> {
        const credential = await this.credential();
        return { credential, leave: await this.#parts.gate.enter("submit") };
    }

    /** Sends a request that is no submit, which is over at `until`, whatever it waits for: the key, its place or the answer. */
    async send(request: Due, until: number, signal?: AbortSignal): Promise<Happened> {
        const { clock, gate } = this.#parts;
        const ending = new AbortController();
        const end = (): void => ending.abort();
        const timer = setTimeout(end, Math.min(Math.max(until - clock.now(), 0), LONGEST_TIMER_MS));
        signal?.addEventListener("abort", end);
        let leave: (() => void) | undefined;
        try {
            signal?.throwIfAborted();
            const credential = request.auth ? await this.#credentialBefore(ending.signal) : undefined;
            // One that the provider is to keep open takes no place.
            if (request.openMs === undefined) leave = await gate.enter(request.operation, ending.signal);
            return await this.exchange(request, credential, until, ending.signal);
        } catch (error) {
            signal?.throwIfAborted();
            if (ending.signal.aborted) return undelivered(request, "notSent", "its time was over before its turn came");
            throw error;
        } finally {
            clearTimeout(timer);
            signal?.removeEventListener("abort", end);
            leave?.();
        }
    }

    /** Sends a submit, which ends with its lease: once that is over, somebody else may have settled it. */
    async post(request: Due, until: number, { credential, leave }: Ticket, mayBegin: boolean): Promise<Happened> {
        try {
            if (request.openMs !== undefined) leave();
            if (mayBegin) return await this.exchange(request, credential, until);
            return undelivered(request, "notSent", "the submit was not begun: its time was over before its turn came");
        } finally {
            leave();
        }
    }

    /** One request for which key and place are held, and what came of it, whatever is thrown on the way. */
    async exchange(request: Due, credential: Credential | undefined, until: number, signal?: AbortSignal): Promise<Happened> {
        const { clock, reads, requestTimeoutMs, writes } = this.#parts;
        try {
            const outgoing = {
                operation: request.operation,
                method: request.method,
                url: request.url,
                headers: request.headers,
                body: request.body instanceof Uint8Array ? request.body : bytesOf(request.body),
                credential: request.auth ? credential : undefined,
                timeoutMs: Math.max(1, Math.min(request.timeoutMs ?? requestTimeoutMs + (request.openMs ?? 0), until - clock.now())),
                responseCap: request.responseCap,
                trusted: this.#trusted,
            };
            // A call that changes something goes where nothing below us sends it again.
            const { body, end, headers, status } = checked(await (request.method === "GET" ? reads : writes).send(outgoing, signal), outgoing);
            if (credential) conceal(headers, body, credential.key);
            return { input: { kind: "response", request: request.id, response: { status, headers, end } }, body };
        } catch (error) {
            const isKnown = error instanceof Undelivered;
            const words = isKnown ? wordsOf(error) : `the transport failed: ${wordsOf(error)}`;
            // What is no proof proves nothing.
            const delivery = isKnown && error.delivery === "notSent" ? "notSent" : "maybeSent";
            return undelivered(request, delivery, credential ? hidden(words, credential.key) : words);
        }
    }
}

function undelivered({ id }: Due, delivery: Delivery, reason: string): Happened {
    return { input: { kind: "undelivered", request: id, delivery, reason: wellFormed(reason) } };
}
