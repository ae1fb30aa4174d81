// `gentask/hooks`: functions of the program around each request, which give up nothing of what is known of a delivery. The one before may add headers,
// and nothing else; the core says which. What it throws keeps the request from being sent, and proves that. The one after changes nothing.

import { known } from "./arguments.js";
import { functions, mistake } from "./core.js";
import { transportOf } from "./http/around.js";
import { checked, type Outgoing, type Transport, Undelivered } from "./http/transport.js";
import type { Delivery } from "./io.js";
import { complain, tell } from "./listeners.js";
import { cut, wordsOf } from "./thrown.js";
import type { Operation } from "./types.js";

/** A request that is about to be sent, without its body and the key. */
export interface RequestInfo {
    readonly operation: Operation;
    readonly method: string;
    /** Absolute. Not for logs. */
    readonly url: string;
    /** The headers as gentask made them, without the key. */
    readonly headers: Readonly<Record<string, string>>;
}

/** What came of a request. */
export interface ResponseInfo {
    /** The status of the answer; `undefined` where none came. */
    readonly status: number | undefined;
    /** The headers of the answer, their names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    /** Where no answer came: whether the request may have arrived. */
    readonly undelivered: Delivery | undefined;
    /** How long it took, in milliseconds, from when it was handed to the transport until the answer was read. */
    readonly elapsedMs: number;
}

/** Headers to add, or none. */
export type Added = Readonly<Record<string, string>> | Iterable<readonly [string, string]> | null | undefined | void;

/** What is called around each request. */
export interface RequestHooks {
    /**
     * Sees a request before it is sent, and may return headers to add: any that is no part of the request yet, such as `traceparent` or a correlation id,
     * but none of the HTTP stack's, none that says how a body is to be read, and none that proves who asks. `user-agent` takes the place of gentask's. What
     * it throws, and a header that may not be added, keep the request from being sent: nothing was paid for. Of an upload to a file store that the provider
     * names it is not asked.
     */
    readonly onRequest?: ((request: RequestInfo) => Added | Promise<Added>) | undefined;
    /** Hears what came of a request. What it throws is told on the console, and changes nothing. */
    readonly onResponse?: ((request: RequestInfo, response: ResponseInfo) => unknown) | undefined;
}

/** A transport with hooks around it, for the client's option `transport`. `inner` is what sends; default: what the client itself would send with. */
export function hooked(hooks: RequestHooks, inner: Transport = transportOf()): Transport {
    known(hooks, ["onRequest", "onResponse"], "hooks");
    for (const name of ["onRequest", "onResponse"] as const) {
        if (hooks[name] !== undefined && typeof hooks[name] !== "function") throw mistake("UNSUPPORTED", `${name} is a function`);
    }
    if (typeof inner?.send !== "function") throw mistake("UNSUPPORTED", "the transport has no method send");
    return {
        async send(outgoing, signal) {
            const { headers, method, operation, url } = outgoing;
            const info: RequestInfo = { operation, method, url, headers: { ...headers } };
            const began = performance.now();
            const given = await added(hooks, info, outgoing);
            const sending = performance.now();
            const timeoutMs = Math.max(1, outgoing.timeoutMs - (sending - began));
            const ended = (response: Pick<ResponseInfo, "headers" | "status" | "undelivered">): void => {
                const { onResponse } = hooks;
                if (onResponse) tell(() => onResponse(info, { ...response, elapsedMs: performance.now() - sending }), complain("onResponse"));
            };
            try {
                const answer = checked(await inner.send({ ...outgoing, headers: { ...headers, ...given }, timeoutMs }, signal), outgoing);
                ended({ status: answer.status, headers: { ...answer.headers }, undelivered: undefined });
                return answer;
            } catch (error) {
                const isProven = error instanceof Undelivered && error.delivery === "notSent";
                ended({ status: undefined, headers: {}, undelivered: isProven ? "notSent" : "maybeSent" });
                throw error;
            }
        },
    };
}

/** The headers that the hook before adds. */
async function added({ onRequest }: RequestHooks, info: RequestInfo, outgoing: Outgoing): Promise<Record<string, string>> {
    const all: Record<string, string> = {};
    // What a program adds is for the provider, and not for a file store that it names.
    if (!onRequest || (outgoing.operation === "upload" && outgoing.credential === undefined)) return all;
    let pairs: [string, string][];
    try {
        pairs = pairsOf(await inTime(onRequest(info), outgoing.timeoutMs));
    } catch (error) {
        throw new Undelivered("notSent", `onRequest failed: ${cut(wordsOf(error), 200)}`, { cause: error });
    }
    const taken = [...Object.keys(outgoing.headers), ...(outgoing.credential ? [outgoing.credential.name] : [])];
    for (const [name, value] of pairs) {
        const why = functions.refusedHeader(name, value, taken.join("\n"));
        // Escaped: whatever is no name may hold anything.
        if (why !== "") throw new Undelivered("notSent", `onRequest: the header ${JSON.stringify(cut(name, 100))} cannot be added: ${why}`);
        taken.push(name);
        all[name.toLowerCase()] = value;
    }
    return all;
}

function pairsOf(given: Added): [string, string][] {
    if (given === null || given === undefined) return [];
    const pairs = Symbol.iterator in Object(given) ? [...(given as Iterable<readonly [string, string]>)] : Object.entries(given);
    const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === "string");
    if (typeof given !== "object" || !pairs.every(isPair)) throw new TypeError("it must return nothing, or an object or pairs of names and values");
    return pairs as [string, string][];
}

async function inTime<T>(asked: T | Promise<T>, ms: number): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("it took too long")), ms)));
    try {
        return await Promise.race([asked, late]);
    } finally {
        clearTimeout(timer);
    }
}
