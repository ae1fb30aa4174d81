// A route that receives callbacks, on whatever server the runtime has, and whoever calls it as the providers do.

import { once } from "node:events";
import http from "node:http";
import { memoryStore } from "gentask";
import * as callbacks from "gentask/callbacks";
import { clientOf, order } from "../support/client.mjs";
import { RUNTIME } from "../support/package.mjs";

export { callbacks };

/** What a submit names to the provider. */
export const HOOK = "https://app.example.com/hook";

/** A client that polls so seldom that only a callback ends a wait soon. */
export function seldom(base, options = {}) {
    const slow = { initial: 600, factor: 1, cap: 600 };
    return clientOf(base, "apixo", { poll: slow, store: memoryStore(), timeout: 120, ...options });
}

/** A provider whose pictures are ready at once. */
const AT_ONCE = { taskMs: { image: 0 }, readPerMin: 0, submitPerMin: 0, concurrent: 0 };

/** A task whose provider will call back. */
export async function called(sandbox, client, more = {}) {
    await sandbox.reset("apixo", AT_ONCE);
    return client.submit(order("apixo", "", { callbackUrl: HOOK, ...more }));
}

/** What APIXO says of a task in a callback. */
export function said(task) {
    return { code: 200, data: { taskId: task.taskId, state: "success" } };
}

/** The servers of this runtime: each serves a receiver until `stop`. */
export const SERVERS = {
    "node:http": onNode,
    ...(RUNTIME === "deno" && { "Deno.serve": onDeno }),
    ...(RUNTIME === "bun" && { "Bun.serve": onBun }),
};

async function onNode(receiver) {
    const server = http.createServer((request, response) => {
        receiver.node(request, response).catch((error) => {
            response.statusCode = 500;
            response.end(error.message);
        });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const stop = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections?.()));
    return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

async function onDeno(receiver) {
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => undefined }, (request) => receiver.fetch(request));
    return { origin: `http://127.0.0.1:${server.addr.port}`, stop: () => server.shutdown() };
}

async function onBun(receiver) {
    const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => receiver.fetch(request) });
    return { origin: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) };
}

/** Sends a callback to a server, as the provider would to the URL that it was given. */
export async function deliver(origin, { body, headers, method, url }) {
    const { pathname, search } = new URL(url);
    const response = await fetch(origin + pathname + search, { method, headers, body: method === "GET" ? undefined : body });
    return { status: response.status, type: response.headers.get("content-type"), body: await response.text() };
}
