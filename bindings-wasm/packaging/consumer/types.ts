// Compiled, never run: what a program in TypeScript may say, and what it may not.

import {
    type Billing,
    Client,
    type ErrorCode,
    GentaskError,
    type Kind,
    memoryStore,
    type ModelId,
    type ModelInput,
    type Phase,
    type Reply,
    type Status,
    type SubmitRequest,
    type TaskHandle,
    type TaskStore,
} from "gentask";
import { notices, type Receipt, Receiver, signTestCallback } from "gentask/callbacks";
import { type Job, type Outcome, submitMany } from "gentask/many";
import { media, withMedia } from "gentask/media";
import { run } from "gentask/run";
import { type Answer, type Call, Client as Calls, Contract, type Effect } from "gentask/sansio";
import { hooked, type RequestHooks } from "gentask/hooks";
import { proxied } from "gentask/proxy";
import { sse } from "gentask/sse";
import { type MadeTask, type Rule, Sandbox } from "gentask/testing";

export async function picture(prompt: string): Promise<string | null> {
    const client = new Client("apixo", { store: memoryStore(), apiKey: () => "k", poll: { initial: 0.001 } });
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt } });
    const reply: Reply = await task.wait({ timeout: 30, signal: AbortSignal.timeout(60_000) });
    return reply.files[0]?.url ?? null;
}

/** A client of a built-in provider knows its models, and their fields. */
export async function known(name: string, fox: Blob): Promise<TaskHandle[]> {
    const [apixo, film] = [new Client("apixo"), new Client("aivideomaker")];
    const input: ModelInput<"apixo", "nano-banana"> = { mode: "image-to-image", prompt: "a fox", image_urls: ["https://example.com/a.png"] };
    const request: SubmitRequest = { model: name, input: { size: 5 } };
    film.validate({ model: "t2v", input: { prompt: "a fox", aspectRatio: "16:9", duration: "5" } });
    const moving = await withMedia(film, { image: fox, duration: "5" });
    const tasks = [
        await apixo.submit({ model: "nano-banana", input }),
        await apixo.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: name, output_format: undefined }, key: name }),
        // Another model, and one that is not known before the program runs.
        await apixo.submit({ model: "nano-banana-9", input: { seed: 1 } }),
        await apixo.submit({ model: name, input: { seed: 1 } }),
        await apixo.submit(request),
        await film.submit({ model: "i2v", input: moving }),
        await film.submit({ model: name, input: { seed: 1 } }),
    ];
    // @ts-expect-error: there is no such field
    await apixo.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: name, seed: 1 } });
    // @ts-expect-error: nor such a mode
    await apixo.createGeneration({ model: "nano-banana", input: { mode: "text-to-text", prompt: name } });
    // @ts-expect-error: the prompt is missing
    apixo.dryRun({ model: "nano-banana", input: { mode: "text-to-image" } });
    // @ts-expect-error: this list is closed
    await film.submit({ model: "t2v_v9", input: { prompt: name, aspectRatio: "16:9", duration: "5" } });
    // @ts-expect-error: a duration is a text here
    film.validate({ model: "t2v", input: { prompt: name, aspectRatio: "16:9", duration: 5 } });
    // @ts-expect-error: there is no such model
    const id: ModelId<"aivideomaker"> = "t2v_v9";
    submitMany(apixo, [{ model: "nano-banana", input }, { model: "nano-banana-2", input: { prompt: id } }, { model: "nano-banana-9", input: {} }]);
    // @ts-expect-error: no model of these has such a field
    submitMany(apixo, [{ model: "nano-banana", input }, { model: "nano-banana-2", input: { prompt: id, promt: id } }]);
    // @ts-expect-error: this list is closed
    submitMany(film, [{ model: "t2v_v9", input: {} }]);
    return tasks;
}

/** A client of another provider knows none; and one that does is a client like any. */
export function unknown(name: string, contract: Client["contract"]): readonly Client[] {
    const [file, own, any] = [new Client("./contract.json"), new Client(contract), new Client(name)];
    for (const client of [file, own, any]) client.validate({ model: "nano-banana", input: { seed: 1 } });
    const either = name === "apixo" ? new Client("apixo") : new Client("apidot");
    either.validate({ model: name, input: { seed: 1 } });
    const receiver = new Receiver([new Client("apixo"), new Client("aivideomaker"), own]);
    let last: Client = new Client("apixo");
    last = new Client("aivideomaker");
    return receiver === undefined ? [] : [file, own, any, either, last];
}

/** A class of one's own may take what each client takes. */
export class Noted extends Client {
    override async submit(request: SubmitRequest): Promise<TaskHandle> {
        console.log(request.model);
        return super.submit(request);
    }
}

export async function album(client: Client, jobs: AsyncIterable<Job>): Promise<Outcome[]> {
    const all: Outcome[] = [];
    for await (const outcome of submitMany(client, jobs, { key: "album-7", concurrency: 8, wait: false, timeout: 60 })) all.push(outcome);
    const input = await withMedia(client, { prompt: "a fox", images: [media("fox.png"), new Blob([])], mask: new Uint8Array(1), size: 3 });
    const [first]: string[] = input.images;
    const mask: string = input.mask;
    const size: number = input.size;
    // @ts-expect-error: there is no such option
    submitMany(client, [{ model: "m", input: { first, mask, size } }], { keys: "a" });
    return all;
}

export async function watched(client: Client, id: string): Promise<Response> {
    return sse(await client.task(id), { timeout: 60, signal: AbortSignal.timeout(1) });
}

export function seen(): Client {
    const hooks: RequestHooks = {
        onRequest: ({ headers, operation }) => (operation === "submit" ? { "x-own": headers["x-other"] ?? "" } : undefined),
        onResponse: (request, { elapsedMs, status, undelivered }) => console.log(request.method, status, undelivered, elapsedMs.toFixed()),
    };
    // @ts-expect-error: a header's value is text
    hooked({ onRequest: () => ({ "x-own": 1 }) });
    return new Client("apixo", { transport: hooked(hooks, proxied("env", { noProxy: ["internal.example"] })) });
}

/** What is told in words is one of them. */
export async function words(client: Client): Promise<string> {
    const { records } = await client.tasks({ newestFirst: true, createdFrom: 0 });
    const phases: Phase[] = records.map(({ phase }) => phase);
    const kinds: Kind[] = records.map(({ kind }) => kind);
    for await (const page of client.pages({ limit: 10 })) phases.push(...page.records.map(({ phase }) => phase));
    const reply = await client.getStatus("task_1");
    const status: Status = reply.status;
    const code: ErrorCode | null = reply.errorCode;
    try {
        if (await client.delete("intent")) return `${phases}${kinds}${status}${code}`;
    } catch (error) {
        if (!(error instanceof GentaskError)) throw error;
        const billing: Billing = error.billing;
        const own: ErrorCode = error.code;
        // @ts-expect-error: there is no such code
        if (error.code === "RATE_LIMIT") return billing;
        // @ts-expect-error: nor such a billing
        if (billing === "maybe") return own;
    }
    // @ts-expect-error: nor such a status
    return status === "done" ? "" : status;
}

export async function called(client: Client, request: Request): Promise<Response> {
    const receiver = new Receiver([client], { onReceipt: ({ outcome }: Receipt) => console.log(outcome) });
    const replies: Reply[] = (await notices(client, 10)).map(({ reply }) => reply);
    await run(client, { signal: AbortSignal.timeout(1), onSettled: ({ record, reply }) => console.log(record.owner, reply.files.length) });
    const { httpStatus } = await receiver.receive(await signTestCallback(client, { url: request.url, body: { ended: replies.length } }));
    // @ts-expect-error: there is no such option
    new Receiver(client, { secrets: [] });
    return httpStatus === 200 ? receiver.fetch(request, { waitUntil: (done: Promise<unknown>) => void done }) : new Response(null);
}

export async function tested(): Promise<number> {
    const onCallback = async (request: Request): Promise<Response> => new Response(request.url);
    const sandbox = new Sandbox({ speed: 50, options: { apixo: { taskMs: { image: 100 } } }, onCallback });
    const lost: Rule = { on: "submit", nth: 1, fault: { kind: "resetAfterBody" } };
    sandbox.script("apixo", [lost, { on: "callback", fault: { kind: "duplicate", times: 2 } }]);
    // @ts-expect-error: there is no such fault
    sandbox.script("apixo", [{ on: "submit", fault: { kind: "unheard" } }]);
    // @ts-expect-error: there is no such option
    sandbox.reset("apixo", { taskMS: {} });
    const client: Client = sandbox.client("apixo", { fetch: sandbox.fetch });
    const made: readonly MadeTask[] = sandbox.tasks(client.contract);
    await sandbox.listen({ port: 0 });
    await sandbox.close();
    return made.length + sandbox.submits() + sandbox.stats("apixo").tasks + sandbox.stats().connectionsTotal;
}

export async function mistakes(client: Client): Promise<void> {
    // @ts-expect-error: a model is a name
    await client.submit({ model: 1, input: {} });
    // @ts-expect-error: there is no such option
    new Client("apixo", { store: memoryStore(), retries: 3 });
}

export async function perform(effect: Effect, store: TaskStore): Promise<Answer> {
    if (effect.kind === "load") return { kind: "record", record: await store.load(effect.intentId) };
    if (effect.kind === "find") return { kind: "records", records: await store.find(effect.by) };
    if (effect.kind === "list") return { kind: "listing", ...(await store.list(effect.filter)) };
    if (effect.kind === "save") return { kind: (await store.save(effect)) === "done" ? "saved" : "conflict" };
    if (effect.kind === "send") return { kind: "undelivered", delivery: "notSent", reason: `${effect.request.body.length} bytes stay here` };
    return { kind: "told" };
}

export async function hosted<T>(call: Call<T>, store: TaskStore, now: () => number): Promise<T> {
    let answer: Answer & { number: number } | undefined;
    for (;;) {
        const next = call.next(now(), answer);
        if ("done" in next) return next.done;
        if ("failed" in next) throw next.failed;
        answer = { number: next.number, ...(await perform(next.effect, store)) };
    }
}

export function answers(call: Call<unknown>): void {
    const calls = new Calls(Contract.builtIn("apixo"), { holder: "types.ts" });
    const waiting: Call<{ readonly status: string }> = calls.wait("an-intent", 0, { updates: "changes" });
    waiting.free();
    // @ts-expect-error: an answer has the number of its effect
    call.next(0, { kind: "told" });
    // @ts-expect-error: a record that is not there is null
    call.next(0, { number: 1, kind: "record" });
    // @ts-expect-error: there is no such option
    calls.wait("an-intent", 0, { timeout: 5 });
}
