// `gentask/sse`: a task's updates as Server-Sent Events, which a page hears with an EventSource. Whoever leaves ends the wait, never the task.

import { signalOf } from "./abort.js";
import { known, milliseconds } from "./arguments.js";
import { mistake } from "./core.js";
import { Aborted, GentaskError } from "./errors.js";
import type { WaitOptions } from "./options.js";
import type { Reply } from "./reply.js";
import { TaskHandle } from "./task.js";

/** How often a stream says something where there is no news: proxies cut connections that are silent for longer. */
const KEEP_ALIVE_MS = 15_000;
const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" } as const;
const OPTIONS: readonly (keyof WaitOptions)[] = ["timeout", "signal"];

/** A response of `node:http` or Express, as little of it as is used. */
export interface NodeStream {
    writeHead(status: number, headers: Record<string, string>): unknown;
    write(chunk: Uint8Array): boolean;
    end(): unknown;
    /** Whether its reader has left. */
    readonly destroyed?: boolean;
    once(event: "close" | "drain", listener: () => void): unknown;
    removeListener(event: "close" | "drain", listener: () => void): unknown;
}

/** What `gentask/sse` exports. */
export interface Sse {
    /**
     * A response whose body are the updates of a task: `event: update` with the reply's JSON (without `data.raw`) as it is at first and at each change,
     * the last of them the end of the task or of the wait, then `event: end` with the last one again. A page closes its EventSource at `end`; a stream
     * that breaks off, or that the signal ends, has none, and the EventSource connects again. A reader that leaves ends the wait; the task goes on.
     */
    (task: TaskHandle, options?: WaitOptions): Response;
    /** The same for `node:http` and Express. It resolves when the response is over, also where its reader has left. */
    toNode(task: TaskHandle, response: NodeStream, options?: WaitOptions): Promise<void>;
}

function respond(task: TaskHandle, options: WaitOptions = {}): Response {
    return new Response(body(task, options), { headers: HEADERS });
}

async function toNode(task: TaskHandle, response: NodeStream, options: WaitOptions = {}): Promise<void> {
    const reader = body(task, options).getReader();
    let wake: () => void = () => undefined;
    let isLeft = response.destroyed === true;
    const leave = (): void => {
        isLeft = true;
        void reader.cancel();
        wake();
    };
    response.once("close", leave);
    try {
        if (isLeft) return leave();
        response.writeHead(200, HEADERS);
        for (;;) {
            const { done, value } = await reader.read();
            if (done || isLeft) break;
            if (response.write(value)) continue;
            await new Promise<void>((resolve) => response.once("drain", wake = resolve));
            response.removeListener("drain", wake);
        }
    } finally {
        response.removeListener("close", leave);
        if (!isLeft) response.end();
    }
}

/** A task's updates, for pages. */
export const sse: Sse = Object.assign(respond, { toNode });

function body(task: TaskHandle, options: WaitOptions): ReadableStream<Uint8Array> {
    known(options, OPTIONS, "sse");
    if (!(task instanceof TaskHandle)) throw mistake("UNSUPPORTED", "sse takes a task of a client: `await client.task(intentId)`");
    milliseconds(options.timeout, "timeout");
    const left = new AbortController();
    const own = signalOf(options.signal);
    const signal = own ? AbortSignal.any([own, left.signal]) : left.signal;
    const frames = framesOf(task, { ...options, signal });
    let alive: ReturnType<typeof setInterval> | undefined;
    const encoder = new TextEncoder();
    return new ReadableStream<Uint8Array>({
        start(controller) {
            alive = setInterval(() => {
                // A reader that does not even take that has not left, and needs no sign of life.
                if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(":\n\n"));
            }, KEEP_ALIVE_MS);
        },
        async pull(controller) {
            try {
                const { done, value } = await frames.next();
                if (done !== true) return controller.enqueue(encoder.encode(value));
                clearInterval(alive);
                controller.close();
            } catch (error) {
                clearInterval(alive);
                // Who has cancelled hears nothing more.
                if (!left.signal.aborted) throw error;
            }
        },
        cancel() {
            clearInterval(alive);
            left.abort();
        },
    });
}

async function* framesOf(task: TaskHandle, options: WaitOptions): AsyncGenerator<string, void, undefined> {
    let id = 0;
    let last: Reply | undefined;
    const frame = (event: string, reply: Reply): string => `event: ${event}\nid: ${++id}\ndata: ${shown(reply)}\n\n`;
    try {
        for await (const reply of task.updates(options)) yield frame("update", last = reply);
    } catch (error) {
        if (options.signal?.aborted || error instanceof Aborted) return;
        if (!(error instanceof GentaskError)) throw error;
        yield frame("update", last = error.reply);
    }
    if (last !== undefined) yield frame("end", last);
}

/** The reply without the provider's last words, which are no page's business, and may be long. */
function shown(reply: Reply): string {
    const { data: { raw: _, ...data }, ...rest } = JSON.parse(reply.toJson()) as { data: { raw?: unknown } };
    return JSON.stringify({ data, ...rest });
}
