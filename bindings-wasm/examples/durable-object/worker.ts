// A Worker that makes pictures. Its Durable Object submits them, sleeps until one is due, asks how it is, and remembers the end.
//
//     POST /pictures      {"prompt": "a sunset"} and a header idempotency-key: whatever names this order    202 {"id": "..."}
//     GET  /pictures/ID                                                                                     200 {"status": "success", "files": ["https://..."]}
//
//     npx wrangler secret put APIXO_API_KEY
//     npx wrangler deploy
//
// Nothing is paid twice: an order that comes again under its key is the same task. Nothing is lost: a task is in the object's storage before its
// request leaves, and while one is unfinished there is an alarm. So the object may be evicted, restarted or deployed anew at any moment.

import { DurableObject } from "cloudflare:workers";
import { Client, durableObjectStore, GentaskError, KeyConflict } from "gentask";

interface Env {
    PICTURES: DurableObjectNamespace<Pictures>;
    APIXO_API_KEY: string;
    /** Another address of the provider: the sandbox, a gateway. */
    APIXO_BASE_URL?: string;
}

/** How many tasks one alarm asks about: a run of a Worker may make 50 requests on the free plan. */
const AT_ONCE = 40;
/** In milliseconds: the alarm that looks after a submit that was cut off, and the shortest sleep. */
const AFTER_SUBMIT = 60_000;
const SHORTEST = 3_000;
/** How long tasks that have ended are kept, in seconds. Their prompts go with them. */
const KEEP = 30 * 86_400;

/** What the caller has done wrong, what is to come again later, and what nobody knows yet: that order may be one. The rest is our side's trouble. */
const STATUS: Record<string, number> = { INVALID_MODEL: 422, INVALID_PAYLOAD: 422, TASK_NOT_FOUND: 404, RATE_LIMITED: 503, SUBMIT_UNKNOWN: 202 };

export default {
    // One object holds all tasks of the account, so they share its rate limits; it takes thousands.
    fetch: (request, env) => env.PICTURES.getByName("apixo").fetch(request),
} satisfies ExportedHandler<Env>;

export class Pictures extends DurableObject<Env> {
    readonly #client = new Client("apixo", {
        apiKey: this.env.APIXO_API_KEY,
        baseUrl: this.env.APIXO_BASE_URL,
        store: durableObjectStore(this.ctx.storage),
        waitUntil: this.ctx.waitUntil.bind(this.ctx),
    });

    override async fetch(request: Request): Promise<Response> {
        const [, pictures, id] = new URL(request.url).pathname.split("/");
        try {
            if (request.method === "POST" && pictures === "pictures" && id === undefined) return await this.#order(request);
            if (request.method === "GET" && pictures === "pictures" && id) return await this.#look(id, userOf(request));
            return new Response("not found", { status: 404 });
        } catch (error) {
            if (!(error instanceof GentaskError)) throw error;
            // What went wrong, whether money may have been spent, and, where there is a task after all, its id.
            const { code, message, billing, intentId, retryAfter } = error;
            const status = error instanceof KeyConflict ? 409 : (STATUS[code] ?? 502);
            const headers: Record<string, string> = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
            return Response.json({ code, message, billing, id: intentId }, { status, headers });
        }
    }

    async #order(request: Request): Promise<Response> {
        const key = request.headers.get("idempotency-key");
        if (!key) return new Response("an idempotency-key is needed: without it, an order that is sent again is paid again", { status: 400 });
        const { prompt } = await request.json<{ prompt: string }>();
        // Set before the submit: whatever cuts this run off, the alarm finds the task.
        await this.ctx.storage.setAlarm(Date.now() + AFTER_SUBMIT);
        // With an owner the key is the user's own: two users who choose the same one have two tasks.
        const task = await this.#client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt }, key, owner: userOf(request) });
        await this.#sleep();
        return Response.json({ id: task.intentId }, { status: 202 });
    }

    async #look(id: string, user: string): Promise<Response> {
        const task = await this.#client.task(id);
        if ((await task.record()).owner !== user) return new Response("not found", { status: 404 });
        const { status, files, errorCode, errorMessage } = await task.reply();
        return Response.json({ status, files: files.map((file) => file.url), code: errorCode, message: errorMessage });
    }

    /** The platform may ring twice: a check sends nothing before its task is due. */
    override async alarm(): Promise<void> {
        const { records } = await this.#client.tasks({ unfinished: true });
        const due = records.filter((record) => record.due && record.due.at <= Date.now());
        await Promise.all(due.slice(0, AT_ONCE).map((record) => this.#check(record.intentId)));
        await this.#client.prune(KEEP);
        await this.#sleep();
    }

    async #check(id: string): Promise<void> {
        try {
            const task = await this.#client.task(id);
            const reply = await task.check();
            // Here is the place to copy reply.files to R2 once reply.status is "success": the provider keeps them for a while only.
            console.log(id, reply.status);
        } catch (error) {
            // It ends no task. An alarm that fails, however, is given up after some retries, and all tasks with it.
            console.error(id, error);
        }
    }

    /** Sets the alarm for the task that is due first. Without one the object sleeps for good, and costs nothing. */
    async #sleep(): Promise<void> {
        const { records } = await this.#client.tasks({ unfinished: true });
        const due = Math.min(...records.map((record) => record.due?.at ?? Infinity));
        if (due < Infinity) await this.ctx.storage.setAlarm(Math.max(due, Date.now() + SHORTEST));
    }
}

/** Whose request it is. Put your sessions here: a header proves nothing. */
function userOf(request: Request): string {
    return request.headers.get("x-user") ?? "nobody";
}
