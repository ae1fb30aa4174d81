// A route of Next.js (app/pictures/route.ts), or of anything that takes a Request and gives a Response: one request submits, others look how it is.
// No request waits for a picture, so none is cut off by a time limit, and none holds a worker.
//
//     POST /pictures        {"prompt": "a sunset"} and a header idempotency-key    202 {"id": "..."}
//     GET  /pictures?id=ID                                                         200 {"status": "success", "files": ["https://..."]}

import { Client, GentaskError, KeyConflict, sqliteStore } from "gentask";

/** SQLite needs a server with a disk. Elsewhere: a store of your own, such as your database. */
export const runtime = "nodejs";

let client: Client | undefined;

/** Made by the first request and not by the import, which a build does too. */
function gentask(): Client {
    return (client ??= new Client("apixo", { store: sqliteStore(process.env["TASKS"] ?? "tasks.db") }));
}

export async function POST(request: Request): Promise<Response> {
    const key = request.headers.get("idempotency-key");
    if (!key) return new Response("an idempotency-key is needed: without it, an order that is sent again is paid again", { status: 400 });
    const { prompt } = (await request.json()) as { prompt: string };
    const owner = userOf(request);
    return answered(async () => {
        // With an owner the key is the user's own: two users who choose the same one have two tasks.
        const task = await gentask().submit({ model: "nano-banana", input: { mode: "text-to-image", prompt }, key, owner });
        return Response.json({ id: task.intentId }, { status: 202 });
    });
}

export async function GET(request: Request): Promise<Response> {
    const id = new URL(request.url).searchParams.get("id") ?? "";
    return answered(async () => {
        const task = await gentask().task(id);
        const { owner } = await task.record();
        if (owner !== userOf(request)) return new Response("not found", { status: 404 });
        // One request to the provider at most, and none before the task is due: however often the page asks.
        const { status, files, errorCode } = await task.check();
        return Response.json({ status, files: files.map((file) => file.url), code: errorCode });
    });
}

/** Whose request it is. Put your sessions here: a header proves nothing. */
function userOf(request: Request): string {
    return request.headers.get("x-user") ?? "nobody";
}

/** What the caller has done wrong, what is to come again later, and what nobody knows yet: that order may be one. The rest is our side's trouble. */
const STATUS: Record<string, number> = { INVALID_MODEL: 422, INVALID_PAYLOAD: 422, TASK_NOT_FOUND: 404, RATE_LIMITED: 503, SUBMIT_UNKNOWN: 202 };

/** What goes wrong, with whether money may have been spent and, where there is a task after all, its id. What cost nothing may come again under its key. */
async function answered(answer: () => Promise<Response>): Promise<Response> {
    try {
        return await answer();
    } catch (error) {
        if (!(error instanceof GentaskError)) throw error;
        const { code, message, billing, intentId, retryAfter } = error;
        const status = error instanceof KeyConflict ? 409 : (STATUS[code] ?? 502);
        const headers: Record<string, string> = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
        return Response.json({ code, message, billing, id: intentId }, { status, headers });
    }
}
