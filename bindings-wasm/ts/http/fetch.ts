// Requests through `fetch`. What it says of a failure proves nothing, so everything that is sent through it may have arrived.

import { cut, wordsOf } from "../thrown.js";
import { type Answer, CappedBody, headersOf, type Outgoing, targetOf, type Transport, Undelivered } from "./transport.js";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Whether this runtime takes `cache: "no-store"`: some throw. */
const takesCache = ((): boolean => {
    try {
        return new Request("https://example.com", { cache: "no-store" }) !== undefined;
    } catch {
        return false;
    }
})();

/** A transport through this `fetch`. */
export function fetchTransport(fetch: Fetch, userAgent: string): Transport {
    return { send: (outgoing, signal) => send(fetch, userAgent, outgoing, signal) };
}

async function send(fetch: Fetch, userAgent: string, outgoing: Outgoing, signal?: AbortSignal): Promise<Answer> {
    const url = targetOf(outgoing);
    // Bodies are capped as they arrive, so they must not be larger than they look.
    const headers = { "user-agent": userAgent, "accept-encoding": "identity", ...headersOf(outgoing, url) };
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const timer = setTimeout(end, outgoing.timeoutMs);
    signal?.addEventListener("abort", end);
    // Not every `fetch` listens to its signal.
    const over = new Promise<never>((_, reject) => ending.signal.addEventListener("abort", () => reject(ending.signal.reason as Error)));
    over.catch(() => undefined);
    try {
        const init: RequestInit = { method: outgoing.method, headers, redirect: "manual", signal: ending.signal };
        if (outgoing.body.length > 0) init.body = outgoing.body as Uint8Array<ArrayBuffer>;
        if (takesCache) init.cache = "no-store";
        let response: Response;
        try {
            response = await Promise.race([fetch(url.href, init), over]);
        } catch (error) {
            const why = ending.signal.aborted ? `did not answer within ${outgoing.timeoutMs} ms` : `gave no answer: ${reasonOf(error)}`;
            throw new Undelivered("maybeSent", `${url.origin} ${why}`, { cause: error });
        }
        if (response.type === "opaqueredirect") throw new Undelivered("maybeSent", `${url.origin} redirects, which is not followed`);
        const { body, end } = await read(response, outgoing.responseCap, over);
        return { status: response.status, headers: Object.fromEntries(response.headers), body, end };
    } finally {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
    }
}

/** Reads until the body ends, breaks, outgrows its cap or the time is over. Whatever happens, the answer is kept. */
async function read(response: Response, cap: number, over: Promise<never>): Promise<Pick<Answer, "body" | "end">> {
    const body = new CappedBody(cap);
    const reader = response.body?.getReader();
    if (!reader) return { body: body.bytes(), end: "whole" };
    const leave = (): void => void reader.cancel().catch(() => undefined);
    try {
        for (;;) {
            const chunk = await Promise.race([reader.read(), over]);
            if (chunk.done) return { body: body.bytes(), end: "whole" };
            if (!body.take(chunk.value)) {
                leave();
                return { body: body.bytes(), end: "tooLarge" };
            }
        }
    } catch {
        leave();
        return { body: body.bytes(), end: "truncated" };
    }
}

/** The innermost error's words, without a URL. */
function reasonOf(error: unknown): string {
    let cause = error;
    // An error may be among its own causes.
    for (let depth = 0; depth < 10 && cause instanceof Error && cause.cause instanceof Error; depth++) cause = cause.cause;
    return cut(wordsOf(cause).replaceAll(/[a-z]+:\/\/\S+/gi, "the URL"), 200);
}
