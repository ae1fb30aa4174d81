// What the tests of plain Workers run: one route for each.

import { env as settings, waitUntil } from "cloudflare:workers";
import { Client, type ClientOptions, GentaskError, memoryStore, StoreFault, type TaskHandle } from "gentask";
import { readFile, saveAs, saveFiles, streamFile } from "gentask/files";

interface Env {
    KEY: string;
    BASE: string;
    PROVIDER: Fetcher;
}

const PICTURE = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } };
const env = settings as unknown as Env;

// As long as the isolate lives, which is enough for a test.
const store = memoryStore();
// Made before the first request: there is no clock here, no randomness and no network.
const early = new Client("apixo", { store, apiKey: env.KEY, baseUrl: env.BASE, poll: { initial: 0.1 }, waitUntil });

const routes: Record<string, (ctx: ExecutionContext, id: string) => Promise<unknown>> = {
    /** From submit to end, with a client of the request's own. */
    whole: async (ctx) => ended(await clientOf(ctx).submit(PICTURE)),
    early: async () => ended(await early.submit(PICTURE)),
    bound: async (ctx) => ended(await clientOf(ctx, { baseUrl: undefined, fetch: (url, init) => env.PROVIDER.fetch(url, init) }).submit(PICTURE)),
    /** A result file without a disk: as bytes, and as the body of an answer. */
    file: async (ctx) => {
        const task = await clientOf(ctx).submit(PICTURE);
        await task.wait();
        const bytes = await readFile(task);
        const streamed = await streamFile(task).then((stream) => new Response(stream).arrayBuffer(), ({ code }: GentaskError) => code);
        const refusals = [readFile(task, { maxBytes: 100 }), saveFiles(task, "out"), saveAs(task, "out/a.png"), streamFile(task, { index: 1 })];
        const codes = await Promise.all(refusals.map((refusal) => refusal.then(() => "none", ({ code }: GentaskError) => code)));
        return { bytes: [...bytes], streamed: typeof streamed === "string" ? streamed : [...new Uint8Array(streamed)], codes };
    },
    unnamed: async () => new Client("apixo", { apiKey: env.KEY, baseUrl: env.BASE }),
    keyless: async (ctx) => clientOf(ctx, { apiKey: undefined }).submit(PICTURE),
    submit: async (ctx) => (await clientOf(ctx).submit(PICTURE)).record(),
    hasty: async (ctx) => (await clientOf(ctx, { requestTimeout: 1 }).submit(PICTURE)).record(),
    refused: async (ctx) => (await clientOf(ctx, { baseUrl: "http://127.0.0.1:1" }).submit(PICTURE)).record(),
    status: async (ctx) => JSON.parse((await clientOf(ctx).getStatus("task_1", "nano-banana")).toJson()),
    record: async (ctx, id) => (await clientOf(ctx).task(id)).record(),
    /** The caller leaves in the very moment in which the submit goes out. */
    leave: async (ctx) => {
        const left = new AbortController();
        const client = clientOf(ctx, { onEvent: (record) => record.phase === "submitting" && left.abort() });
        return client.submit({ ...PICTURE, signal: left.signal });
    },
};

export default {
    async fetch(request, _, ctx): Promise<Response> {
        const [, name = "", id = ""] = new URL(request.url).pathname.split("/");
        try {
            return Response.json(await routes[name]?.(ctx, id));
        } catch (error) {
            if (error instanceof StoreFault) return Response.json({ name: error.name, message: error.message });
            if (!(error instanceof GentaskError)) throw error;
            const { name, code, message, billing, intentId } = error;
            return Response.json({ name, code, message, billing, intentId });
        }
    },
} satisfies ExportedHandler;

function clientOf(ctx: ExecutionContext, options: ClientOptions = {}): Client {
    return new Client("apixo", { store, apiKey: env.KEY, baseUrl: env.BASE, poll: { initial: 0.1 }, waitUntil: ctx.waitUntil.bind(ctx), ...options });
}

async function ended(task: TaskHandle): Promise<unknown> {
    const told = [];
    for await (const reply of task.updates()) told.push(reply.status);
    const { phase } = await task.record();
    return { phase, last: told.at(-1), events: (await task.events()).map((event) => event.data["to"]) };
}
