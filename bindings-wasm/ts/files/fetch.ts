// Fetches one result file. A result's URL is a stranger's: it may name a machine inside this network, answer without end, or hold something else
// than promised. So the addresses that its name leads to are checked, and that of the connection once more before a byte is sent; every redirect
// is checked again; no credential goes along but to the provider's own base; and the size is capped.
//
// Connections are direct: behind a proxy it would be the proxy that looks the name up, and nothing could be checked.

import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import net, { isIP, type LookupFunction, type Socket } from "node:net";
import tls from "node:tls";
import { cut } from "../thrown.js";
import { USER_AGENT } from "../version.js";
import { isForbidden, isLoopbackAddress } from "./address.js";
import { answered, NotSaved, refused } from "./failure.js";
import { firstTarget, nextTarget } from "./target.js";

/** Redirects that are followed for one file. */
const MOST_REDIRECTS = 5;
/** How long finding the address and connecting may take. */
const CONNECT_MS = 10_000;

/** What a download may do. */
export interface Policy {
    /** Whether files may come from this machine, by http and on any port. Only right where the provider's own base URL is on it: the sandbox. */
    readonly allowsLoopback: boolean;
    /** The largest file, in bytes. */
    readonly maxBytes: number;
    /** How long a server may stay silent, at first and in between. */
    readonly idleMs: number;
    /** The slowest that a file may come: so many bytes in each span of so many milliseconds. Else a byte a minute would keep it going for ever. */
    readonly slowest: { readonly bytes: number; readonly ms: number };
    /** Looks names up. */
    readonly addresses: (name: string) => Promise<readonly LookupAddress[]>;
}

export const POLICY: Policy = {
    allowsLoopback: false,
    maxBytes: 2 ** 31,
    idleMs: 60_000,
    slowest: { bytes: 60 * 1024, ms: 60_000 },
    addresses: (name) => lookup(name, { all: true }),
};

/** A credential for a file that the provider serves from its own API: another origin does not get it, and neither does a redirect. */
export interface FileKey {
    readonly header: string;
    readonly value: string;
    readonly base: string;
}

/** A file on its way. */
export interface Arriving {
    readonly origin: string;
    /** Its size, where the server says it. */
    readonly length: number | undefined;
    /** Its bytes, at most as many as the policy allows. */
    readonly chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Opens the file at this URL, after redirects. */
export async function openFile(url: string, key: FileKey | undefined, policy: Policy): Promise<Arriving> {
    let target = firstTarget(url, policy.allowsLoopback);
    if (key && new URL(key.base).origin !== target.origin) throw refused(`${target.origin} is not the provider's base, so it does not get the key`);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const { request, response } = await ask(target, redirects === 0 ? key : undefined, policy);
        const status = response.statusCode ?? 0;
        if (status === 200) return arriving(request, response, target.origin, policy);
        request.destroy();
        if (![301, 302, 303, 307, 308].includes(status)) throw answered(status, target.origin);
        const { location } = response.headers;
        if (location === undefined) throw refused(`${target.origin} redirects to nowhere`);
        target = nextTarget(target, location, policy.allowsLoopback);
    }
    throw refused(`more than ${MOST_REDIRECTS} redirects`);
}

interface Answered {
    readonly request: ClientRequest;
    readonly response: IncomingMessage;
}

async function ask(target: URL, key: FileKey | undefined, policy: Policy): Promise<Answered> {
    const { hostname, origin } = target;
    const host = hostname.replace(/^\[|\]$/g, "");
    // A public name that leads to this machine is refused even where the machine itself is allowed.
    const isLocal = policy.allowsLoopback && (host === "localhost" || isLoopbackAddress(host));
    const isGood = (address: string): boolean => (isLocal ? isLoopbackAddress(address) : !isForbidden(address));
    const outside = refused(`${host} has an address outside the public internet`);
    const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await addressesOf(host, origin, policy);
    if (!found.every(({ address }) => isGood(address))) throw outside;
    const secure = target.protocol === "https:";
    const headers = { "user-agent": USER_AGENT, "accept-encoding": "identity", ...(key && { [key.header]: key.value }) };
    return new Promise((resolve, reject) => {
        let request: ClientRequest;
        try {
            const place = { host, port: Number(target.port || (secure ? 443 : 80)), lookup: answering(found) };
            // A connection of our own: what a runtime makes by itself may go through a proxy.
            const connection = (): Socket => (secure ? tls.connect({ ...place, ...(isIP(host) ? {} : { servername: host }) }) : net.connect(place));
            request = (secure ? https : http).request(target, { method: "GET", headers, createConnection: connection });
        } catch {
            reject(new NotSaved("AUTH_FAILED", "the API key has characters that a header cannot carry"));
            return;
        }
        const end = (failure: NotSaved): void => {
            clearTimeout(connecting);
            clearTimeout(silence);
            reject(failure);
            request.destroy();
        };
        const failed = (what: string): NotSaved => new NotSaved("NETWORK_ERROR", `${what} ${origin} failed`);
        const connecting = setTimeout(() => end(new NotSaved("NETWORK_ERROR", `connecting to ${origin} took too long`)), CONNECT_MS);
        let silence: ReturnType<typeof setTimeout> | undefined;
        request.once("socket", (socket) => {
            const write = (): void => {
                clearTimeout(connecting);
                if (!isGood(socket.remoteAddress ?? "")) return end(outside);
                silence = setTimeout(() => end(silent(origin, policy)), policy.idleMs);
                request.end();
            };
            if (!socket.connecting && !secure) write();
            else socket.once(secure ? "secureConnect" : "connect", write);
        });
        request.on(
            "error",
            (error) => end(silence === undefined ? because(failed("connecting to"), error) : because(failed("fetching from"), error)),
        );
        // A connection may close without an error of its own; after an answer this says nothing new.
        request.once("close", () => end(because(failed("fetching from"), new Error("it closed the connection"))));
        request.once("response", (response) => {
            clearTimeout(silence);
            resolve({ request, response });
        });
    });
}

async function addressesOf(name: string, origin: string, policy: Policy): Promise<readonly LookupAddress[]> {
    let found: readonly LookupAddress[];
    try {
        found = await policy.addresses(name);
    } catch (error) {
        throw because(new NotSaved("NETWORK_ERROR", `connecting to ${origin} failed`), error);
    }
    if (found.length === 0) throw new NotSaved("NETWORK_ERROR", `${origin} has no address`);
    return found;
}

/** A lookup that knows only these answers: a name that changes its mind between the check and the connection gains nothing. */
function answering(found: readonly LookupAddress[]): LookupFunction {
    return (_, options, callback) => {
        const [first] = found;
        if (options.all === true) callback(null, [...found]);
        else callback(null, first?.address ?? "", first?.family);
    };
}

function arriving(request: ClientRequest, response: IncomingMessage, origin: string, policy: Policy): Arriving {
    const announced = response.headers["content-length"];
    const length = announced === undefined ? undefined : Number(announced);
    if (length !== undefined && length > policy.maxBytes) {
        request.destroy();
        throw tooLarge(origin, policy);
    }
    return { origin, length, chunks: chunksOf(request, response, length, origin, policy) };
}

async function* chunksOf(
    request: ClientRequest,
    response: IncomingMessage,
    length: number | undefined,
    origin: string,
    policy: Policy,
): AsyncGenerator<Uint8Array, void, undefined> {
    let bytes = 0;
    let stalled: NotSaved | undefined;
    // What was waited and what came since the last time that enough had come.
    const span = { ms: 0, bytes: 0 };
    let asked = 0;
    const listen = (): ReturnType<typeof setTimeout> => {
        asked = performance.now();
        const left = Math.max(policy.slowest.ms - span.ms, 0);
        return setTimeout(() => {
            stalled = left < policy.idleMs ? slow(origin, policy) : silent(origin, policy);
            response.destroy(stalled);
        }, Math.min(policy.idleMs, left));
    };
    let waiting = listen();
    const early = new NotSaved("NETWORK_ERROR", `the file from ${origin} ended early`);
    try {
        for await (const chunk of response as AsyncIterable<Uint8Array>) {
            clearTimeout(waiting);
            bytes += chunk.length;
            span.bytes += chunk.length;
            span.ms += performance.now() - asked;
            if (span.bytes >= policy.slowest.bytes) span.ms = span.bytes = 0;
            if (bytes > policy.maxBytes) throw tooLarge(origin, policy);
            yield chunk;
            waiting = listen();
        }
    } catch (error) {
        throw error instanceof NotSaved ? error : (stalled ?? early);
    } finally {
        clearTimeout(waiting);
        request.destroy();
    }
    if (stalled) throw stalled;
    if (!response.complete || (length !== undefined && bytes !== length)) throw early;
}

function silent(origin: string, { idleMs }: Policy): NotSaved {
    return new NotSaved("NETWORK_ERROR", `${origin} was silent for ${idleMs} ms`);
}

function slow(origin: string, { slowest }: Policy): NotSaved {
    return new NotSaved("NETWORK_ERROR", `${origin} stalled: less than ${slowest.bytes} bytes of the file came within ${slowest.ms} ms`);
}

function tooLarge(origin: string, { maxBytes }: Policy): NotSaved {
    return new NotSaved("RESPONSE_TOO_LARGE", `the file from ${origin} is larger than ${maxBytes} bytes`);
}

/** The same failure with the system's words. */
function because({ code, message }: NotSaved, cause: unknown): NotSaved {
    const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
    return new NotSaved(code, `${message}: ${inner instanceof Error ? cut(inner.message, 200) : "no further details"}`, { cause });
}
