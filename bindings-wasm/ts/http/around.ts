// The transport that a client would send with, as one that can be put inside another.

import type { ClientOptions } from "../options.js";
import { transports } from "./chosen.js";
import type { Transport } from "./transport.js";

/** What sends for a client with these options. What changes something goes where nothing below sends it again, as in the client itself. */
export function transportOf(options: Pick<ClientOptions, "fetch" | "transport"> = {}): Transport {
    const { reads, writes } = transports(options);
    return { send: (outgoing, signal) => (outgoing.method === "GET" ? reads : writes).send(outgoing, signal) };
}
