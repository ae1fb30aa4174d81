// How Node, Deno and Bun ask for a result file: the addresses that its name leads to are checked, and that of the connection once more before a byte is
// sent.
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
import { NotSaved, refused } from "./failure.js";
import { type Answer, type Arriving, type FileKey, openFile as open, type Policy as Usual, silent, USUAL, type Wanted } from "./opening.js";

export type { Wanted } from "./opening.js";

/** How long finding the address and connecting may take. */
const CONNECT_MS = 10_000;

/** What a download may do. */
export interface Policy extends Usual {
    /** Looks names up. */
    readonly addresses: (name: string) => Promise<readonly LookupAddress[]>;
}

export const POLICY: Policy = { ...USUAL, addresses: (name) => lookup(name, { all: true }) };

/** Opens a file, after redirects. */
export function openFile(wanted: Wanted, policy: Policy): Promise<Arriving> {
    return open(wanted, policy, ask);
}

async function ask(target: URL, key: FileKey | undefined, policy: Policy): Promise<Answer> {
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
            resolve(answerOf(request, response));
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

function answerOf(request: ClientRequest, response: IncomingMessage): Answer {
    const announced = response.headers["content-length"];
    return {
        status: response.statusCode ?? 0,
        location: response.headers.location,
        length: announced === undefined ? undefined : Number(announced),
        body: response as AsyncIterable<Uint8Array>,
        isWhole: () => response.complete,
        leave: (why) => {
            if (why) response.destroy(why);
            request.destroy();
        },
    };
}

/** The same failure with the system's words. */
function because({ code, message }: NotSaved, cause: unknown): NotSaved {
    const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
    return new NotSaved(code, `${message}: ${inner instanceof Error ? cut(inner.message, 200) : "no further details"}`, { cause });
}
