// `gentask/run`: a worker, which drives whatever is unfinished in a client's store until it is told to stop. It loads the core's calls, as
// `gentask/sansio` does, and decides nothing about tasks.

import type { CallNotice, Stored } from "gentask/sansio";
import { signalOf } from "../abort.js";
import { known } from "../arguments.js";
import type { Notice } from "../callbacks/notices.js";
import type { Client } from "../client.js";
import { mistake } from "../core.js";
import { GentaskError } from "../errors.js";
import { Host } from "../hosting/host.js";
import { complain, tell } from "../listeners.js";
import type { Resumed } from "../options.js";
import { Reply } from "../reply.js";
import type { LearnedModel } from "../types.js";

export type { Notice } from "../callbacks/notices.js";
export type { Resumed } from "../options.js";
export type { LearnedModel } from "../types.js";

/** How a worker goes. */
export interface RunOptions {
    /** Stops it. What is being dealt with is waited for. */
    readonly signal?: AbortSignal | undefined;
    /**
     * Hears of each ended task, also of those that ended elsewhere or before: attach the result to a user's record there, send the mail. What it
     * returns from is acknowledged; where it throws, or its promise is rejected, it hears of the task again later. It may hear of one more than once. The store must
     * keep notices, as those of the package do.
     */
    readonly onSettled?: ((notice: Notice) => unknown) | undefined;
    /** Hears how each task ended that this worker saw end, and which tasks cannot be gone on with for now. */
    readonly onReply?: ((resumed: Resumed) => void) | undefined;
    /** Hears that the store could not be read; the worker goes on. Default: the console. */
    readonly onProblem?: ((message: string) => void) | undefined;
}

const OPTIONS = ["signal", "onSettled", "onReply", "onProblem"] as const;

/**
 * Drives every unfinished task of a client's provider and account to its end, new ones too, until the signal; `client.resume` is for once. Several
 * processes on one store share the work. It is rejected only where it could never work.
 */
export async function run(client: Client, options: RunOptions = {}): Promise<void> {
    known(options, OPTIONS, "a worker");
    for (const name of ["onSettled", "onReply", "onProblem"] as const) {
        if (options[name] !== undefined && typeof options[name] !== "function") throw mistake("UNSUPPORTED", `${name} is a function`);
    }
    const signal = signalOf(options.signal);
    await new Worker(Host.of(client), options, signal ?? new AbortController().signal).work();
}

/** What was learned of the models of a client's account: how long their tasks took of late, and when the next one will be polled. */
export function learned(client: Client): Promise<LearnedModel[]> {
    const host = Host.of(client);
    return host.run(host.calls.learned(host.now()));
}

class Worker {
    readonly #host: Host;
    readonly #options: RunOptions;
    readonly #stop: AbortSignal;
    readonly #hands = new Set<Promise<void>>();

    constructor(host: Host, options: RunOptions, stop: AbortSignal) {
        this.#host = host;
        this.#options = options;
        this.#stop = stop;
    }

    async work(): Promise<void> {
        const { calls, engine } = this.#host;
        try {
            while (!this.#stop.aborted) {
                const work = await this.#host.leavable(calls.work(this.#host.now(), this.#settling), this.#stop);
                if (work === undefined) break;
                if (work.problem !== null) this.#complain(work.problem);
                for (const { intentId, reply } of work.left) this.#tell(intentId, reply);
                for (const stored of work.due) this.#take(this.#turn(stored));
                for (const notice of work.settled) this.#take(this.#tellEnd(notice));
                await engine.clock.until(work.again, this.#stop);
            }
        } finally {
            await Promise.all(this.#hands);
            // Whoever waits for its leases has lost time only.
            await this.#host.run(calls.release(this.#host.now())).catch(() => undefined);
        }
    }

    get #settling(): { readonly settles: boolean } {
        return { settles: this.#options.onSettled !== undefined };
    }

    /** Begins something that is waited for at the end. It must not be rejected. */
    #take(begun: Promise<void>): void {
        const hand = begun.finally(() => this.#hands.delete(hand));
        this.#hands.add(hand);
    }

    async #turn({ json, record: { intentId, lease } }: Stored): Promise<void> {
        const { calls, engine: { driver }, holder } = this.#host;
        const call = calls.turn(json, this.#host.now(), this.#settling);
        // Who waits for it in this process asks as often, unless the worker has claimed it: then they look on.
        if (driver.isDriven(intentId) && lease?.holder !== holder) return call.free();
        try {
            const turn = await this.#host.leavable(call, this.#stop);
            if (turn?.isNews) this.#tell(intentId, turn.reply);
            if (turn?.notice) await this.#tellEnd(turn.notice);
        } catch (error) {
            if (error instanceof GentaskError) this.#tell(intentId, error.reply);
            else this.#complain(String(error));
        }
    }

    async #tellEnd({ record, reply }: CallNotice): Promise<void> {
        const { calls } = this.#host;
        let done = false;
        try {
            await this.#options.onSettled?.({ record, reply: Reply.of(reply.toJson()) });
            done = true;
        } catch (error) {
            complain("onSettled")(error);
        }
        // A store that fails now has it told again.
        await this.#host.run(calls.handled(record.intentId, done, this.#host.now())).catch(() => undefined);
    }

    /** Of whichever of the two modules the reply is. */
    #tell(intentId: string, reply: Pick<Reply, "toJson">): void {
        const { onReply } = this.#options;
        if (onReply) tell(() => onReply({ intentId, reply: Reply.of(reply.toJson()) }), complain("onReply"));
    }

    #complain(message: string): void {
        const { onProblem } = this.#options;
        if (onProblem) tell(() => onProblem(message), complain("onProblem"));
        else console.error(`gentask: the worker goes on, and tries again: ${message}`);
    }
}
