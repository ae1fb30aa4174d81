// What of the core only the command uses, in the module of `gentask/sansio`: in an application's own it would make every program larger that imports the
// package. Whoever needs some of it imports this file when they do.

import { initSync, listing } from "../../sansio/pkg/core.js";
import { bytes } from "../../sansio/pkg/inline.js";
import { ask } from "../reply.js";

initSync({ module: bytes() as Uint8Array<ArrayBuffer> });

/** Records, each as its JSON, as one JSON array. */
export function listed(records: readonly string[]): string {
    return ask(() => listing([...records], Date.now(), false));
}

/** Records, each as its JSON, as CSV. */
export function listedAsCsv(records: readonly string[]): string {
    return ask(() => listing([...records], Date.now(), true));
}
