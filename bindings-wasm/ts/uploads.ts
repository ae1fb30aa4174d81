// `gentask/uploads`: media that a provider wants uploaded before they are ordered. It loads the module of `gentask/sansio`, whose calls do it.

import type { Client } from "./client.js";
import { Host } from "./hosting/host.js";

/**
 * The client, which from now on uploads the media of an order where its contract says so (`upload`): what stands as a data URI in the input, from
 * `withMedia` or by other means, is uploaded before anything of the order is stored or sent, and the provider's own name for it goes into the order. What
 * was uploaded is remembered in the client's store and used again while the provider keeps it. One that fails is tried again as often as a
 * question is. Without this such an order is refused.
 */
export function withUploads<P extends string>(client: Client<P>): Client<P> {
    const host = Host.of(client);
    host.engine.uploads = {
        upload: (model, input) => host.run(host.calls.upload(model, input, host.now())),
        refused: (model, input, code) => host.run(host.calls.refusedAfterUpload(model, input, code, host.now())),
    };
    return client;
}
