// The sandbox as a `fetch`: no socket, so that it works on every runtime. What only a connection can show is the nearest that a fetch can do: it
// throws, or its body ends early.

import { sleep } from "../clock.js";
import type { Arrived, OnTheWay, Told, World } from "./world.js";

/** Statuses whose answers have no body. */
const BODILESS = [101, 103, 204, 205, 304];

/** Which path of the sandbox a URL is; `undefined` where it is none of its own. */
export type Place = (url: URL) => string | undefined;

/** A `fetch` that reaches the providers of this world and nothing else. */
export function fetchOf(world: World, place: Place): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
    let answered = 0;
    return async (input, init) => {
        const request = new Request(input, init);
        const { signal } = request;
        signal.throwIfAborted();
        const arrived = await arrivedOf(request, place);
        const told = await unless(signal, world.answer(arrived)) as Told;
        const isWarm = answered++ > 0;
        return await delivered(told, isWarm, signal);
    };
}

async function arrivedOf(request: Request, place: Place): Promise<Arrived> {
    const { headers, method, url } = request;
    const target = place(new URL(url));
    if (target === undefined) throw failed(`the sandbox has no provider at ${new URL(url).origin}`);
    return { method, target, headers: [...headers], body: new Uint8Array(await request.arrayBuffer()) };
}

/** The answer as its fault leaves it. */
async function delivered(told: Told, isWarm: boolean, signal: AbortSignal): Promise<Response> {
    const { kind, ms = 0 } = told.fault ?? { kind: "" };
    switch (kind) {
        case "resetBeforeRead":
        case "resetAfterBody":
            throw failed("the connection was reset");
        case "closeWithoutAnswer":
            throw failed("the connection was closed without an answer");
        case "closeWarmConnection":
            if (isWarm) throw failed("the connection was closed without an answer");
            break;
        case "silence":
            await unless(signal, sleep(ms, signal));
            throw failed("the connection was closed without an answer");
        case "delayMs":
            await unless(signal, sleep(ms, signal));
            break;
        case "hold":
            await unless(signal, told.held);
            break;
    }
    return response(told, bodyOf(told, signal));
}

function response({ date, headers, status }: Told, body: ReadableStream<Uint8Array> | Uint8Array): Response {
    const all = new Headers({ date });
    for (const [name, value] of headers) all.append(name, value);
    const isEmpty = BODILESS.includes(status);
    const isPacked = all.get("content-encoding") === "gzip";
    const stream = isPacked && body instanceof Uint8Array ? new Response(body as Uint8Array<ArrayBuffer>).body : undefined;
    // As every fetch does, whether or not it was asked for.
    const plain = stream ? stream.pipeThrough(new DecompressionStream("gzip")) : body;
    return new Response(isEmpty ? null : plain as BodyInit, { status, headers: all });
}

/** The body as it comes. */
function bodyOf({ body, fault, held }: Told, signal: AbortSignal): ReadableStream<Uint8Array> | Uint8Array {
    const half = body.length >> 1;
    switch (fault?.kind) {
        case "truncatedBody":
            return stream(async function* () {
                yield body.subarray(0, half);
                throw failed("the connection was closed in the middle of the answer");
            });
        case "lengthTooLong":
        case "lastChunkMissing":
            return stream(async function* () {
                yield body;
                throw failed("the connection was closed before the end of the answer");
            });
        case "holdBody":
            return stream(async function* () {
                yield body.subarray(0, half);
                await unless(signal, held);
                yield body.subarray(half);
            });
        case "drip":
            return stream(() => drops(body, fault, signal));
        default:
            return body;
    }
}

async function* drops(body: Uint8Array, { ms = 0 }: OnTheWay, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < body.length; at++) {
        await unless(signal, sleep(ms, signal));
        yield body.subarray(at, at + 1);
    }
}

function stream(pieces: () => AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
    const coming = pieces();
    return new ReadableStream({
        async pull(controller) {
            const { done, value } = await coming.next();
            if (done === true) controller.close();
            else if (value.length > 0) controller.enqueue(value);
        },
        async cancel() {
            await coming.return(undefined);
        },
    });
}

/** A promise, unless the request is left before. */
async function unless<T>(signal: AbortSignal, promise: Promise<T> | undefined): Promise<T | undefined> {
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_, reject) => {
        leave = (): void => reject(signal.reason as Error);
        signal.addEventListener("abort", leave);
    });
    try {
        signal.throwIfAborted();
        const value = await Promise.race([promise, left]);
        signal.throwIfAborted();
        return value;
    } finally {
        signal.removeEventListener("abort", leave);
    }
}

/** What a `fetch` throws where the network fails. */
function failed(why: string): TypeError {
    return new TypeError("fetch failed", { cause: new Error(why) });
}
