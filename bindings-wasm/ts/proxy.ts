// `gentask/proxy`: requests through an HTTP proxy, on Node, Deno and Bun. A tunnel (CONNECT) is made for each request, and TLS is spoken through it with
// the provider itself: the proxy sees its name and nothing else. The request is written only once that stands, so whatever goes wrong before, a refusal of
// the proxy's among it, proves that nothing was sent. This machine itself is never asked through a proxy.

import type * as Net from "node:net";
import { known } from "./arguments.js";
import { mistake } from "./core.js";
import { variable } from "./host.js";
import { transportOf } from "./http/around.js";
import { CONNECT_MS, type Modules, nodeModules, reasonOf, send } from "./http/node.js";
import { type Answer, isLoopback, type Outgoing, targetOf, type Transport, Undelivered } from "./http/transport.js";
import { USER_AGENT } from "./version.js";

/** Beside the proxy's address. */
export interface ProxyOptions {
    /**
     * Hosts that are asked without the proxy: `example.com` (with all below it), `192.0.2.7`, `*` for all. Default: none; with `"env"`, what `NO_PROXY`
     * lists.
     */
    readonly noProxy?: readonly string[] | undefined;
}

/** The most bytes of a proxy's answer that are read. */
const MOST_HEAD = 16_384;

interface Proxy {
    readonly host: string;
    readonly port: number;
    /** The header that proves who asks; never shown. */
    readonly authorization: string;
}

/**
 * A transport through a proxy, for the client's option `transport`: `http://host:port`, with `user:password@` before the host where it asks for that, or
 * `"env"`: what `HTTPS_PROXY`, else `ALL_PROXY`, says now, and no proxy where neither is set; in lower case too, which goes first.
 */
export function proxied(proxy: string | URL, options: ProxyOptions = {}): Transport {
    known(options, ["noProxy"], "a proxy");
    const isEnvironment = proxy === "env";
    const address = isEnvironment ? eitherCase("HTTPS_PROXY") ?? eitherCase("ALL_PROXY") : proxy;
    const listed = options.noProxy ?? (isEnvironment ? eitherCase("NO_PROXY")?.split(",") : undefined) ?? [];
    if (!Array.isArray(listed) || !listed.every((host) => typeof host === "string")) {
        throw mistake("UNSUPPORTED", "noProxy is a list of hosts");
    }
    const direct = transportOf();
    if (isEnvironment && address === undefined) return direct;
    const through = read(address);
    const modules = nodeModules();
    if (!modules) throw mistake("UNSUPPORTED", "this runtime makes no connections of its own, so it has no way to a proxy");
    const without = listed.map((host) => host.trim().toLowerCase().replace(/^\*?\./, "")).filter((host) => host !== "");
    return {
        async send(outgoing, signal) {
            const url = targetOf(outgoing);
            const isDirect = url.protocol !== "https:" || isLoopback(url) || isListed(url.hostname, without);
            return isDirect ? direct.send(outgoing, signal) : tunnelled(modules, through, url, outgoing);
        },
    };
}

function eitherCase(name: string): string | undefined {
    return variable(name.toLowerCase()) ?? variable(name);
}

function read(address: string | URL | undefined): Proxy {
    let url: URL | undefined;
    try {
        const text = address instanceof URL ? address.href : address;
        if (typeof text === "string") url = new URL(text.includes("://") ? text : `http://${text}`);
    } catch {
        // Said below, without the address: it may hold a password.
    }
    if (url?.protocol !== "http:" || url.hostname === "") {
        throw mistake("UNSUPPORTED", 'the proxy is "env" or an address as http://host:port; other kinds of proxies are not known');
    }
    const { hostname, password, port, username } = url;
    const who = `${decoded(username)}:${decoded(password)}`;
    const bytes = Array.from(new TextEncoder().encode(who), (byte) => String.fromCharCode(byte)).join("");
    const authorization = who === ":" ? "" : `proxy-authorization: Basic ${btoa(bytes)}\r\n`;
    return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || 80), authorization };
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function isListed(host: string, without: readonly string[]): boolean {
    return without.some((one) => one === "*" || host === one || host.endsWith(`.${one}`));
}

async function tunnelled(modules: Modules, proxy: Proxy, url: URL, outgoing: Outgoing): Promise<Answer> {
    const began = performance.now();
    const ms = Math.min(CONNECT_MS, outgoing.timeoutMs / 2);
    const tunnel = await opened(modules, proxy, url, ms);
    try {
        // What is left of the request's time.
        const timeoutMs = Math.max(1, outgoing.timeoutMs - (performance.now() - began));
        return await send(modules, USER_AGENT, { ...outgoing, timeoutMs }, tunnel);
    } finally {
        tunnel.destroy();
    }
}

/** A connection that leads to the place through the proxy. Nothing of the request is on it, whatever happens. */
function opened({ net }: Modules, { authorization, host, port }: Proxy, url: URL, ms: number): Promise<Net.Socket> {
    const place = `${url.hostname}:${url.port || 443}`;
    return new Promise((resolve, reject) => {
        const socket = net.connect({ host, port });
        let head = "";
        const timer = setTimeout(() => failed("it took too long"), ms);
        const settle = (): void => {
            clearTimeout(timer);
            socket.removeListener("data", hear);
            socket.removeListener("error", broken);
            socket.removeListener("close", closed);
        };
        const failed = (why: string, cause?: unknown): void => {
            settle();
            socket.on("error", () => undefined);
            socket.destroy();
            reject(new Undelivered("notSent", `the proxy did not lead to ${url.origin}: ${why}`, { cause }));
        };
        const broken = (error: unknown): void => failed(reasonOf(error), error);
        const closed = (): void => failed("it closed the connection");
        const hear = (chunk: Uint8Array): void => {
            for (const byte of chunk) head += String.fromCharCode(byte);
            const end = head.indexOf("\r\n\r\n");
            if (end < 0 && head.length <= MOST_HEAD) return;
            const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
            if (end < 0 || status === undefined) return failed("its answer is no HTTP");
            if (!status.startsWith("2")) {
                return failed(status === "407" ? "it asks for another user name or password (407)" : `it answered ${status}`);
            }
            // TLS begins with our own words, so nobody may have said anything yet.
            if (head.length > end + 4) return failed("it said more than was asked");
            settle();
            // Nothing that comes now may be lost before TLS listens.
            socket.pause();
            resolve(socket);
        };
        socket.on("data", hear);
        socket.on("error", broken);
        socket.on("close", closed);
        socket.once("connect", () => socket.write(`CONNECT ${place} HTTP/1.1\r\nhost: ${place}\r\n${authorization}\r\n`));
    });
}
