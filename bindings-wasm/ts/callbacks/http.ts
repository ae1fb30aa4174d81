// A callback out of what servers hand over, with its body as it came: bytes that somebody has parsed and printed again verify nothing.

import { type Arrival, mostBodyBytes } from "gentask/sansio";
import { mistake } from "../core.js";

/** A request of `node:http`, as little of it as is used. */
export interface NodeRequest {
    readonly method?: string | undefined;
    readonly url?: string | undefined;
    /** Express: the URL before a router has cut it. */
    readonly originalUrl?: string | undefined;
    /** Name, value, name, value. */
    readonly rawHeaders: readonly string[];
    /** What a parser has made of it. */
    readonly body?: unknown;
    readonly readableDidRead?: boolean;
    readonly readableEnded?: boolean;
    on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
    on(event: "end" | "error" | "close", listener: () => void): unknown;
    resume(): unknown;
}

/** An answer of `node:http`, as little of it as is used. */
export interface NodeResponse {
    statusCode: number;
    setHeader(name: string, value: string): unknown;
    end(body: string): unknown;
}

/** A callback out of a `Request`. */
export async function arrivalOf(request: Request): Promise<Arrival> {
    if (request.bodyUsed) {
        throw mistake("UNSUPPORTED", "the callback's body was read before: hand the request over untouched, or a clone that was made before");
    }
    const headers = [...request.headers];
    const { method, url } = request;
    return { method, url, headers, body: isTooLong(headers) ? new Uint8Array() : await whole(request) };
}

async function whole({ body }: Request): Promise<Uint8Array> {
    const kept = new Kept();
    const reader = body?.getReader();
    for (;;) {
        const { done = true, value } = (await reader?.read()) ?? {};
        if (done) return kept.bytes();
        if (!kept.take(value as Uint8Array)) {
            await reader?.cancel().catch(() => undefined);
            return kept.bytes();
        }
    }
}

/** A callback out of a request of `node:http` or Express; `undefined` where its sender has left. */
export async function arrivalOfNode(request: NodeRequest): Promise<Arrival | undefined> {
    const headers: [string, string][] = [];
    for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) headers.push([request.rawHeaders[at]!, request.rawHeaders[at + 1]!]);
    const { method = "", originalUrl, url = "" } = request;
    const body = request.body instanceof Uint8Array ? request.body : isTooLong(headers) ? new Uint8Array() : await read(request);
    return body && { method, url: originalUrl ?? url, headers, body };
}

function read(request: NodeRequest): Promise<Uint8Array | undefined> {
    if (request.readableDidRead === true || request.readableEnded === true) {
        const words =
            "the callback's body was parsed before, and what was parsed verifies nothing: mount this route before express.json(), or give " +
            'it express.raw({ type: () => true, limit: "1mb" })';
        throw mistake("UNSUPPORTED", words);
    }
    return new Promise((resolve) => {
        const kept = new Kept();
        request.on("data", (chunk: Uint8Array) => {
            // What is too long is read on, and dropped.
            if (!kept.take(chunk)) resolve(kept.bytes());
        });
        request.on("end", () => resolve(kept.bytes()));
        request.on("error", () => resolve(undefined));
        request.on("close", () => resolve(undefined));
    });
}

/** Whether a request announces more than is read. The core looks at the length again, and says what that means. */
function isTooLong(headers: readonly (readonly [string, string])[]): boolean {
    return headers.some(([name, value]) => name.toLowerCase() === "content-length" && Number(value) > mostBodyBytes());
}

/** The bytes of a body: at most one more than may be. */
class Kept {
    readonly #chunks: Uint8Array[] = [];
    #room = mostBodyBytes() + 1;

    /** Takes a chunk, and says whether there is room for more. */
    take(chunk: Uint8Array): boolean {
        const some = chunk.subarray(0, this.#room);
        if (some.length > 0) this.#chunks.push(some);
        this.#room -= some.length;
        return this.#room > 0;
    }

    bytes(): Uint8Array {
        const all = new Uint8Array(this.#chunks.reduce((length, chunk) => length + chunk.length, 0));
        let at = 0;
        for (const chunk of this.#chunks) {
            all.set(chunk, at);
            at += chunk.length;
        }
        return all;
    }
}
