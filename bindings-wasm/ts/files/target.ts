// URLs that a file may be fetched from. Strict about the text itself: the parser repairs what attackers write.

import { isLoopback } from "../http/transport.js";
import { isForbidden } from "./address.js";
import { refused } from "./failure.js";
import { isIPv4, isIPv6 } from "./ip.js";

/** The URL of a result, checked: scheme, port and host. What its name leads to is checked when it is looked up. */
export function firstTarget(text: string, allowsLoopback: boolean): URL {
    checkAuthority(text);
    return checked(parse(text), allowsLoopback);
}

/** Where a checked one redirects to. */
export function nextTarget(from: URL, location: string, allowsLoopback: boolean): URL {
    // The parser drops control characters and reads a backslash as a slash.
    if (/[\p{Cc}\\]/u.test(location) || location.startsWith(" ")) throw refused(`${from.origin} redirects to a malformed URL`);
    if (location.startsWith("//")) checkAuthority(`https:${location}`);
    else if (location.split(/[/?#]/, 1)[0]?.includes(":")) checkAuthority(location);
    const url = parse(location, from);
    if (from.protocol === "https:" && url.protocol !== "https:") throw refused(`${from.origin} redirects from https to http`);
    // Nothing out there sends anyone to this machine.
    return checked(url, allowsLoopback && isLoopback(from));
}

function parse(text: string, base?: URL): URL {
    try {
        return new URL(text, base);
    } catch {
        throw refused("the file's URL is malformed");
    }
}

function checked(url: URL, allowsLoopback: boolean): URL {
    if (url.username !== "" || url.password !== "") throw refused("the file's URL holds a user name");
    if (allowsLoopback && isLoopback(url) && (url.protocol === "http:" || url.protocol === "https:")) return url;
    if (url.protocol !== "https:") throw refused(`files are not fetched over ${url.protocol.slice(0, -1)}`);
    // The default one is not spelt out.
    if (url.port !== "") throw refused(`${url.origin} is not on port 443`);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isOutside = isIPv4(host) || isIPv6(host) ? isForbidden(host) : isLocalName(host);
    if (isOutside) throw refused(`${url.origin} is outside the public internet`);
    return url;
}

/** Names that only mean something inside a network. */
function isLocalName(name: string): boolean {
    const plain = name.replace(/\.+$/, "").toLowerCase();
    return plain === "" || /(^|\.)(localhost|internal|local)$/.test(plain);
}

/**
 * Whether the host in the URL's text is a plain name or a plain address: no user, no backslash, no percent sign, and no number that the parser
 * would read as an address (`0x7f.1`, `017700000001`, `127.1`).
 */
function checkAuthority(text: string): void {
    const odd = refused("the host in the file's URL is not written plainly");
    const [, rest] = /^https?:\/\/(.*)$/is.exec(text) ?? [];
    if (rest === undefined) throw refused("the file's URL is neither https nor http");
    const authority = rest.split(/[/?#]/, 1)[0] ?? "";
    if (authority.includes("@")) throw refused("the file's URL holds a user name");
    if (authority.startsWith("[")) {
        const [, address] = /^\[([0-9a-f:.]*)\]/i.exec(authority) ?? [];
        if (address === undefined || !isIPv6(address)) throw odd;
        return;
    }
    const host = authority.split(":", 1)[0] ?? "";
    if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(host)) throw odd;
    const last = host.replace(/\.+$/, "").split(".").at(-1) ?? "";
    if (/^(\d+|0x.*)$/i.test(last) && !isIPv4(host)) throw odd;
}
