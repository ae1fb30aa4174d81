// A route for callbacks wherever a server takes a Request and gives a Response: Hono, Next, Deno.serve, Bun.serve.
//
//     Hono    app.post("/callbacks", (c) => callbacks(c.req.raw))
//     Next    export const POST = callbacks                               in app/callbacks/route.ts
//     Deno    Deno.serve(callbacks)
//     Bun     Bun.serve({ fetch: callbacks })

import { Client, sqliteStore } from "gentask";
import { Receiver } from "gentask/callbacks";

let receiver: Receiver | undefined;

/** Made by the first request and not by the import, which a build does too. Two providers behind one URL: a callback goes to the one whose task it is. */
function route(): Receiver {
    const store = sqliteStore(process.env["TASKS"] ?? "tasks.db");
    return (receiver ??= new Receiver([new Client("apixo", { store }), new Client("apidot", { store })]));
}

export async function callbacks(request: Request): Promise<Response> {
    return route().fetch(request);
}
