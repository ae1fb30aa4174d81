// Callbacks of one client or of several behind one URL: taken, answered, and followed up.

import { type Arrival, type CallReceipt, type Received, unavailable, weightOf } from "gentask/sansio";
import { known } from "../arguments.js";
import type { Client } from "../client.js";
import { mistake } from "../core.js";
import { complain, tell } from "../listeners.js";
import { wordsOf } from "../thrown.js";
import { Host } from "../hosting/host.js";
import { arrivalOf, arrivalOfNode, type NodeRequest, type NodeResponse } from "./http.js";

/** What is answered to a callback, and what it brought. Status and body say nothing about any task. */
export interface Receipt {
    /** What the contract calls an acknowledgement, or 400, 401, 405, 413 or 503. */
    readonly httpStatus: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Plain text. */
    readonly body: string;
    readonly outcome: Received;
    /** The task that it is about, where it is one of these clients'. */
    readonly intentId: string | null;
    /** Which of `callbackSecrets` proved it, counted from 0: once the old one proves nothing any more, it can go. */
    readonly tokenSecret: number | null;
    /** Which of `signingSecrets` did. */
    readonly signingSecret: number | null;
    /** Why it could not be taken, for a log. */
    readonly reason: string | null;
}

/** Options of a receiver. */
export interface ReceiverOptions {
    /** Hears what became of each callback: for a log, which is to hold no body and no URL of one. */
    readonly onReceipt?: ((receipt: Receipt) => void) | undefined;
}

/** What belongs to one request. */
export interface ReceiveContext {
    /** Keeps a Worker alive until what follows from a callback is done: `ctx.waitUntil.bind(ctx)`. Default: the client's own. */
    readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

const HEADERS = { "content-type": "text/plain; charset=utf-8" };

/**
 * Receives callbacks: each is proven, and stored with what it changes, before it is acknowledged. Whoever waits for the task in its client is woken at
 * once; where nobody does, one status call follows where one is due.
 */
export class Receiver {
    readonly #hosts: readonly Host[];
    readonly #options: ReceiverOptions;

    /** For a client, or for several behind one URL: of other providers, or other accounts. They are asked in this order. */
    constructor(clients: Client | readonly Client[], options: ReceiverOptions = {}) {
        known(options, ["onReceipt"], "a receiver");
        const all = Array.isArray(clients) ? clients : [clients];
        if (all.length === 0) throw mistake("UNSUPPORTED", "a receiver needs a client");
        this.#hosts = all.map((client) => Host.receiving(client));
        this.#options = options;
    }

    /** Takes a callback, with its body as it came, and says what to answer. It never throws for what a provider sends or a store refuses. */
    async receive(arrival: Arrival, context: ReceiveContext = {}): Promise<Receipt> {
        const { follow, receipt } = await this.#take(arrival);
        follow(context);
        return receipt;
    }

    /** Takes a callback as a `Request`, for Hono, Next, Workers, Deno and Bun. Its body must not have been read. */
    async fetch(request: Request, context: ReceiveContext = {}): Promise<Response> {
        const { body, headers, httpStatus } = await this.receive(await arrivalOf(request), context);
        return new Response(body, { status: httpStatus, headers });
    }

    /** Takes a callback as `node:http` and Express hand it over, and answers it. It is rejected where a parser has taken the body before. */
    async node(request: NodeRequest, response: NodeResponse): Promise<void> {
        const arrival = await arrivalOfNode(request);
        if (arrival === undefined) return;
        const { follow, receipt: { body, headers, httpStatus } } = await this.#take(arrival);
        response.statusCode = httpStatus;
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        // What was not read of it is no next request.
        if (!(request.body instanceof Uint8Array) && request.readableEnded !== true) response.setHeader("connection", "close");
        response.end(body);
        request.resume();
        follow({});
    }

    async #take(arrival: Arrival): Promise<{ readonly receipt: Receipt; readonly follow: (context: ReceiveContext) => void }> {
        let best: { readonly taken: CallReceipt; readonly weight: number; readonly host: Host } | undefined;
        for (const host of this.#hosts) {
            const taken = await received(host, arrival);
            const { isTaken, weight } = weightOf(taken.outcome);
            if (best === undefined || weight > best.weight) best = { taken, weight, host };
            if (isTaken) break;
        }
        const { host, taken: { followUp, ...own } } = best!;
        const receipt: Receipt = { ...own, headers: HEADERS };
        const { onReceipt } = this.#options;
        if (onReceipt) tell(() => onReceipt(receipt), complain("onReceipt"));
        const { intentId } = receipt;
        return { receipt, follow: (context) => void (followUp && intentId !== null && followed(host, intentId, context)) };
    }
}

async function received(host: Host, arrival: Arrival): Promise<CallReceipt> {
    try {
        return await host.run(host.calls.receive(arrival, host.now()));
    } catch (error) {
        return unavailable(wordsOf(error));
    }
}

/** What follows from a callback. How the task is stands in its record then, and whoever waits for it hears of it. */
function followed(host: Host, intentId: string, { waitUntil }: ReceiveContext): void {
    const isDriven = host.engine.driver.isDriven(intentId);
    const done = host.run(host.calls.followUp(intentId, host.now(), { isDriven })).then(() => undefined, () => undefined);
    if (waitUntil) tell(() => waitUntil(done), complain("waitUntil"));
}
