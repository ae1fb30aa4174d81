// Which addresses are not the public internet: everything that is not public unicast, whatever else it may embed, and the public addresses at
// which clouds serve their machines' credentials.

import { isIPv4, isIPv6 } from "./ip.js";

/** IPv4 networks that nothing is fetched from. */
const FORBIDDEN_V4: readonly (readonly [network: string, bits: number])[] = [
    ["0.0.0.0", 8], // this network
    ["10.0.0.0", 8], // private
    ["100.64.0.0", 10], // carrier-grade NAT; holds Alibaba's metadata address 100.100.100.200
    ["127.0.0.0", 8], // loopback
    ["168.63.129.16", 32], // Azure's metadata and wire server
    ["169.254.0.0", 16], // link-local; holds the usual metadata address
    ["172.16.0.0", 12], // private
    ["192.0.0.0", 24], // protocol assignments; holds Oracle's metadata address 192.0.0.192
    ["192.0.2.0", 24], // documentation
    ["192.88.99.0", 24], // relays of 6to4
    ["192.168.0.0", 16], // private
    ["198.18.0.0", 15], // benchmarks
    ["198.51.100.0", 24], // documentation
    ["203.0.113.0", 24], // documentation
    ["224.0.0.0", 4], // multicast
    ["240.0.0.0", 4], // reserved, and broadcast
];

/** The only IPv6 network that holds public unicast addresses. */
const PUBLIC_V6 = ["2000::", 3] as const;

/** IPv6 networks in it that nothing is fetched from. */
const FORBIDDEN_V6: readonly (readonly [network: string, bits: number])[] = [
    ["2001::", 32], // Teredo: holds an IPv4 address
    ["2001:2::", 48], // benchmarks
    ["2001:10::", 28], // ORCHID
    ["2001:20::", 28], // ORCHID, version 2
    ["2001:db8::", 32], // documentation
    ["2002::", 16], // 6to4: holds an IPv4 address
    ["3fff::", 20], // documentation
];

/** Whether no result file may be fetched from this address. What is no address is none to fetch from. */
export function isForbidden(address: string): boolean {
    const bits = bitsOf(address);
    if (bits === undefined) return true;
    const within = ([network, length]: readonly [string, number]): boolean => bits.startsWith((bitsOf(network) ?? "").slice(0, length));
    return isIPv4(address) ? FORBIDDEN_V4.some(within) : !within(PUBLIC_V6) || FORBIDDEN_V6.some(within);
}

/** Whether an address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
    return isIPv4(address) ? address.startsWith("127.") : isIPv6(address) && bitsOf(address) === "1".padStart(128, "0");
}

function bitsOf(address: string): string | undefined {
    if (isIPv4(address)) return address.split(".").map((part) => binary(Number(part), 8)).join("");
    if (!isIPv6(address)) return undefined;
    const [head = "", tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
    const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
    const [before, after] = [groups(head), groups(tail ?? "")];
    const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
    return [...before, ...zeros, ...after].map((group) => binary(Number.parseInt(group, 16), 16)).join("");
}

function binary(value: number, width: number): string {
    return value.toString(2).padStart(width, "0");
}
