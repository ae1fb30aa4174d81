// Submits on Node, Deno and Bun: `node:http` and `node:https`, a fresh connection for each.
//
// `fetch` keeps connections, and sends a request again by itself where a kept one turns out to be dead: the provider would be asked twice. Here
// the request is written only once its connection stands (`connect`, or `secureConnect` where it is encrypted). So an error before that
// proves that nothing was sent, and any later one proves nothing. No proxy is used, except by `gentask/proxy`: Deno's own connections would go through one.

import type * as Http from "node:http";
import type * as Https from "node:https";
import type * as Net from "node:net";
import type * as Tls from "node:tls";
import type * as Zlib from "node:zlib";
import { builtin, isEdge } from "../host.js";
import { cut, wordsOf } from "../thrown.js";
import { type Answer, CappedBody, headersOf, type Outgoing, targetOf, type Transport, Undelivered } from "./transport.js";

/** How long finding the address, connecting and the TLS handshake may take together; never more than half of the request's own time. */
export const CONNECT_MS = 10_000;

/** The transport of this runtime's own connections; `undefined` where it has none. */
export function nodeTransport(userAgent: string): Transport | undefined {
    const modules = nodeModules();
    return modules && { send: (outgoing) => send(modules, userAgent, outgoing) };
}

/** What this runtime's own connections are made with. */
export function nodeModules(): Modules | undefined {
    // Workers have modules of these names, made of their fetch.
    if (isEdge()) return undefined;
    const http = builtin<typeof Http>("node:http");
    const https = builtin<typeof Https>("node:https");
    const net = builtin<typeof Net>("node:net");
    const tls = builtin<typeof Tls>("node:tls");
    if (!http || !https || !net || !tls) return undefined;
    return { http, https, net, tls, zlib: builtin<typeof Zlib>("node:zlib") };
}

/** The modules, where there are all of them. */
export interface Modules {
    readonly http: typeof Http;
    readonly https: typeof Https;
    readonly net: typeof Net;
    readonly tls: typeof Tls;
    readonly zlib: typeof Zlib | undefined;
}

/** Sends a request on a connection of its own, by default to the place itself, or on the one with which `tunnel` leads there. */
export function send(modules: Modules, userAgent: string, outgoing: Outgoing, tunnel?: Net.Socket): Promise<Answer> {
    const url = targetOf(outgoing);
    const headers = { "user-agent": userAgent, "accept-encoding": "identity", ...headersOf(outgoing, url) };
    const isSecure = url.protocol === "https:";
    return new Promise((resolve, reject) => {
        let isWritten = false;
        let hasAnswer = false;
        let late: string | undefined;
        let request: Http.ClientRequest;
        try {
            const createConnection = (): Net.Socket => connect(modules, url, tunnel);
            const options = { method: outgoing.method, createConnection, headers: { ...headers, "content-length": outgoing.body.length } };
            request = (isSecure ? modules.https : modules.http).request(url, options);
        } catch (error) {
            reject(new Undelivered("notSent", `the request to ${url.origin} cannot be built: ${reasonOf(error)}`, { cause: error }));
            return;
        }
        const write = (): void => {
            if (isWritten || late !== undefined) return;
            isWritten = true;
            clearTimeout(connecting);
            request.end(outgoing.body);
        };
        const over = (words: string) => (): void => {
            late = words;
            request.destroy(new Error(words));
        };
        const connecting = setTimeout(over("it took too long"), Math.min(CONNECT_MS, outgoing.timeoutMs / 2));
        const whole = setTimeout(over(`no answer within ${outgoing.timeoutMs} ms`), outgoing.timeoutMs);
        const end = (): void => {
            clearTimeout(connecting);
            clearTimeout(whole);
        };
        request.once("socket", (socket) => {
            // One that may not connect (Deno's permissions) is not connecting either, and leads nowhere.
            if (!socket.connecting && !isSecure && socket.remoteAddress !== undefined) write();
            else socket.once(isSecure ? "secureConnect" : "connect", write);
        });
        request.on("error", (error) => {
            // Once the head of an answer is there, what happens to the rest is the answer's business.
            if (hasAnswer) return;
            end();
            const reason = late ?? reasonOf(error);
            const failure = isWritten
                ? new Undelivered("maybeSent", `${url.origin} gave no answer: ${reason}`, { cause: error })
                : new Undelivered("notSent", `connecting to ${url.origin} failed: ${reason}`, { cause: error });
            reject(failure);
        });
        request.once("response", (response) => {
            hasAnswer = true;
            void read(response, outgoing.responseCap, modules.zlib).then((body) => {
                end();
                request.destroy();
                resolve({ status: response.statusCode ?? 0, headers: headersIn(response), ...body });
            });
        });
        // A connection may close without an error of its own.
        request.once("close", () => {
            if (hasAnswer) return;
            end();
            reject(new Undelivered(isWritten ? "maybeSent" : "notSent", `${url.origin} closed the connection without an answer`));
        });
    });
}

/** A connection of its own, to the place itself. */
function connect({ net, tls }: Modules, url: URL, tunnel: Net.Socket | undefined): Net.Socket {
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const isSecure = url.protocol === "https:";
    const place = { host, port: Number(url.port || (isSecure ? 443 : 80)) };
    if (!isSecure) return net.connect(place);
    return tls.connect({ ...(tunnel ? { socket: tunnel } : place), ALPNProtocols: ["http/1.1"], ...(net.isIP(host) === 0 && { servername: host }) });
}

/** Reads until the body ends, breaks, outgrows its cap or the time is over. Packed though nobody asked for it, it is unpacked, up to the same cap. */
function read(response: Http.IncomingMessage, cap: number, zlib: typeof Zlib | undefined): Promise<Pick<Answer, "body" | "end">> {
    const unpacker = zlib && unpackerOf(zlib, response.headers["content-encoding"]);
    const [came, unpacked] = [new CappedBody(cap), new CappedBody(cap)];
    return new Promise((resolve) => {
        const end = (end: Answer["end"]) => (): void => {
            const body = unpacked.bytes();
            // What cannot be unpacked at all is told as it came: it may hold an id even so.
            const isReadable = unpacker === undefined || body.length > 0 || end === "whole";
            resolve(isReadable ? { body: unpacker ? body : came.bytes(), end } : { body: came.bytes(), end: "truncated" });
            unpacker?.destroy();
        };
        unpacker?.on("data", (chunk: Uint8Array) => {
            if (!unpacked.take(chunk)) end("tooLarge")();
        });
        unpacker?.on("end", () => end(response.complete ? "whole" : "truncated")());
        unpacker?.on("error", end("truncated"));
        response.on("data", (chunk: Uint8Array) => {
            if (!came.take(chunk)) end("tooLarge")();
            else unpacker?.write(chunk);
        });
        let isOver = false;
        const last = (): void => {
            if (isOver) return;
            isOver = true;
            if (unpacker) unpacker.end();
            else end(response.complete ? "whole" : "truncated")();
        };
        for (const event of ["end", "aborted", "error", "close"]) response.on(event, last);
    });
}

/** What unpacks a body of this encoding. */
function unpackerOf(zlib: typeof Zlib, encoding: string | undefined): Zlib.Gunzip | Zlib.Inflate | Zlib.BrotliDecompress | undefined {
    switch (encoding?.trim().toLowerCase()) {
        case "gzip":
        case "x-gzip":
            return zlib.createGunzip();
        case "deflate":
            return zlib.createInflate();
        case "br":
            return zlib.createBrotliDecompress();
        default:
            return undefined;
    }
}

function headersIn(response: Http.IncomingMessage): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
    }
    return headers;
}

/** The innermost error's words. */
export function reasonOf(error: unknown): string {
    const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
    return cut(wordsOf(inner), 200);
}
