// Callbacks on their way to their receivers.

import type * as Http from "node:http";
import { sleep } from "../clock.js";
import { builtin } from "../host.js";
import { isLoopback } from "../http/transport.js";

/** A callback that is due. */
export interface Post {
    readonly number: number;
    readonly url: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: string;
    /** How long its receiver may take, in real milliseconds. */
    readonly patienceMs: number;
}

/** Brings a callback to its receiver; the HTTP status that this answers, or nothing. */
export type Deliver = (post: Post, signal: AbortSignal) => Promise<number | undefined>;

/** To a function. */
export function toHandler(handler: (request: Request) => Promise<Response>): Deliver {
    return async ({ body, headers, url }) => {
        const request = new Request(url, { method: "POST", headers: headers.map(([name, value]): [string, string] => [name, value]), body });
        return (await handler(request)).status;
    };
}

/** To this machine, and nowhere else. */
export const toLoopback: Deliver = ({ body, headers, url }, signal) => {
    const http = builtin<typeof Http>("node:http");
    const to = new URL(url);
    if (http === undefined || to.protocol !== "http:" || !isLoopback(to)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
        const length = String(new TextEncoder().encode(body).length);
        const all = { ...Object.fromEntries(headers), "content-length": length };
        const leave = (): void => void request.destroy();
        const request = http.request(to, { method: "POST", headers: all, agent: false }, (response) => {
            // What the receiver still sends is read: to close before would be a reset to it.
            signal.removeEventListener("abort", leave);
            response.on("error", () => undefined);
            response.resume();
            resolve(response.statusCode);
        });
        request.on("error", () => resolve(undefined));
        signal.addEventListener("abort", leave);
        request.end(body);
    });
};

/** What comes within so long; nothing where it throws or is left before. In the end it is left. */
export async function within<T>(ms: number, leaving: AbortController, start: () => Promise<T>): Promise<T | undefined> {
    const limit = sleep(ms, leaving.signal).then(() => undefined);
    try {
        return await Promise.race([start(), limit]);
    } catch {
        return undefined;
    } finally {
        leaving.abort();
    }
}
