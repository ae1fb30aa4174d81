// A Worker whose provider calls back: its Durable Object submits, takes the callback, and remembers the end. It never polls in between.
//
//     POST /pictures       {"prompt": "a sunset"} and a header idempotency-key    202 {"id": "..."}
//     GET  /pictures/ID                                                           200 {"status": "success", "files": ["https://..."]}
//     POST /callbacks      the provider's own
//
//     npx wrangler secret put APIXO_API_KEY
//     npx wrangler deploy
//
// A callback may fail to come: see the example of a Durable Object for the alarm that looks after each task, and put both into yours.

import { DurableObject } from "cloudflare:workers";
import { Client, durableObjectStore } from "gentask";
import { Receiver } from "gentask/callbacks";

interface Env {
    PICTURES: DurableObjectNamespace<Pictures>;
    APIXO_API_KEY: string;
    /** Where the provider reaches this Worker: https://... */
    ORIGIN: string;
    /** Another address of the provider: the sandbox, a gateway. */
    APIXO_BASE_URL?: string;
}

export default {
    // One object holds all tasks of the account: whichever a callback is about, it is there.
    fetch: (request, env) => env.PICTURES.getByName("apixo").fetch(request),
} satisfies ExportedHandler<Env>;

export class Pictures extends DurableObject<Env> {
    readonly #client = new Client("apixo", {
        apiKey: this.env.APIXO_API_KEY,
        baseUrl: this.env.APIXO_BASE_URL,
        store: durableObjectStore(this.ctx.storage),
        waitUntil: this.ctx.waitUntil.bind(this.ctx),
    });
    readonly #receiver = new Receiver(this.#client);

    override async fetch(request: Request): Promise<Response> {
        const [, what, id] = new URL(request.url).pathname.split("/");
        if (what === "callbacks") return this.#receiver.fetch(request);
        if (what === "pictures" && id) return this.#look(id);
        if (what === "pictures" && request.method === "POST") return this.#order(request);
        return new Response("not found", { status: 404 });
    }

    async #order(request: Request): Promise<Response> {
        const key = request.headers.get("idempotency-key");
        if (!key) return new Response("an idempotency-key is needed: without it, an order that is sent again is paid again", { status: 400 });
        const { prompt } = await request.json<{ prompt: string }>();
        const input = { mode: "text-to-image", prompt } as const;
        const { intentId } = await this.#client.submit({ model: "nano-banana", input, key, callbackUrl: `${this.env.ORIGIN}/callbacks` });
        return Response.json({ id: intentId }, { status: 202 });
    }

    async #look(id: string): Promise<Response> {
        const { errorCode, files, status } = await (await this.#client.task(id)).reply();
        return Response.json({ status, files: files.map((file) => file.url), code: errorCode });
    }
}
