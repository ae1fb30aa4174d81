// Which transports a client sends with: those that it is given, else the runtime's.

import { mistake } from "../core.js";
import { isDeno } from "../host.js";
import type { ClientOptions } from "../options.js";
import { USER_AGENT } from "../version.js";
import { fetchTransport } from "./fetch.js";
import { nodeTransport } from "./node.js";
import type { Transport } from "./transport.js";

/** Measured on 2.9: a server that closes without an answer is sent the request a second time. */
const SENDS_AGAIN = "Deno's own fetch may send a request again by itself";

/** What reads, and what submits and changes something. */
export function transports(options: ClientOptions): { readonly reads: Transport; readonly writes: Transport } {
    if (options.transport && options.fetch) throw mistake("UNSUPPORTED", "give fetch or transport: both send everything");
    if (options.transport) return { reads: options.transport, writes: options.transport };
    if (options.fetch) {
        if (isDeno() && options.fetch === fetch) throw mistake("UNSUPPORTED", `${SENDS_AGAIN}: leave it out, and submits go another way`);
        const own = fetchTransport(options.fetch, USER_AGENT);
        return { reads: own, writes: own };
    }
    if (typeof fetch !== "function") throw mistake("UNSUPPORTED", "this runtime has no fetch: give one, or a transport");
    const reads = fetchTransport((url, init) => fetch(url, init), USER_AGENT);
    const writes = nodeTransport(USER_AGENT);
    if (!writes && isDeno()) throw mistake("UNSUPPORTED", `${SENDS_AGAIN}, and this one has no node:http for submits`);
    return { reads, writes: writes ?? reads };
}
