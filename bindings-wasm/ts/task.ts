// One task that is stored. A handle holds no lock and no connection; everything it does starts from the store.

import { milliseconds } from "./arguments.js";
import { abortedWait, leavable, signalOf } from "./abort.js";
import type { Machine } from "./core.js";
import type { Engine } from "./engine.js";
import { errorOf } from "./errors.js";
import type { Input } from "./io.js";
import { tell } from "./listeners.js";
import type { WaitOptions } from "./options.js";
import { Reply } from "./reply.js";
import { adopt } from "./settling.js";
import { storing } from "./storing.js";
import type { TaskEvent, TaskRecord } from "./types.js";

/** Changes that wait for a slow reader; beyond them the ones on the way are lost, never the last. */
const KEPT = 64;

/** A task of a client. */
export class TaskHandle {
    /** Our own id of it: the task's name in the store. */
    readonly intentId: string;
    /** The provider's id, where it was known when the handle was made. */
    readonly taskId: string | null;
    readonly model: string;
    readonly #engine: Engine;

    /** @internal */
    constructor(engine: Engine, record: TaskRecord) {
        this.#engine = engine;
        this.intentId = record.intentId;
        this.taskId = record.taskId;
        this.model = record.model;
    }

    /** @internal */
    get engine(): Engine {
        return this.#engine;
    }

    /** The record as it is stored now. */
    async record(): Promise<TaskRecord> {
        return JSON.parse(await this.#engine.load(this.intentId)) as TaskRecord;
    }

    /** How the task is, by its record alone; nothing is sent. */
    async reply(): Promise<Reply> {
        return this.#engine.replyOf(await this.#engine.load(this.intentId));
    }

    /** What happened to the task, as far as its store keeps a history. */
    async events(): Promise<TaskEvent[]> {
        return (await storing(() => this.#engine.store.events?.(this.intentId) ?? [])) ?? [];
    }

    /**
     * Makes at most one request and saves its answer: for cron, queues and edge handlers. Before the task is due it sends nothing, unless `force`
     * asks for it.
     */
    async check(options: { readonly force?: boolean; readonly signal?: AbortSignal } = {}): Promise<Reply> {
        const engine = this.#engine;
        const first: Input = options.force === true ? { kind: "callback" } : { kind: "timeout" };
        return this.#leavable(options.signal, async (record, leave) => {
            const machine = await engine.machine(record, "check");
            const how = { first, goal: "request", settings: engine.settings("check") } as const;
            const driven = machine.isSettled() ? engine.drive(machine, { ...how, signal: leave.signal }) : engine.driveSubmit(machine, how);
            return engine.replyOfDriven(await driven);
        });
    }

    /**
     * Waits for the task's end and returns its reply; throws where that is no success, and where the wait ends before the task. `onUpdate` hears each
     * change on the way; what it throws ends the wait.
     */
    async wait(options: WaitOptions & { readonly onUpdate?: (reply: Reply) => void } = {}): Promise<Reply> {
        const reply = await this.#finish(options, options.onUpdate);
        if (reply.ok && reply.status === "success") return reply;
        throw errorOf(reply);
    }

    /** Waits like `wait`, and gives each change on the way. The last is the end of the task or of the wait; it throws only where there is none. */
    async *updates(options: WaitOptions = {}): AsyncGenerator<Reply, void, undefined> {
        const left = new AbortController();
        const own = signalOf(options.signal);
        const signal = own ? AbortSignal.any([own, left.signal]) : left.signal;
        const kept: Reply[] = [];
        let wake: () => void = () => undefined;
        let isOver = false;
        const last = this.#finish({ ...options, signal }, (reply) => {
            if (kept.length < KEPT) kept.push(reply);
            wake();
        }).finally(() => {
            isOver = true;
            wake();
        });
        // Also where the reader has left, and nobody takes it.
        last.catch(() => undefined);
        try {
            for (;;) {
                const next = kept.shift();
                if (next) yield next;
                else if (isOver) break;
                else await new Promise<void>((resolve) => (wake = resolve));
            }
            yield await last;
        } finally {
            left.abort();
        }
    }

    /** Asks the provider to stop the task, and waits until it is known what became of it. */
    async cancel(options: { readonly signal?: AbortSignal } = {}): Promise<Reply> {
        const reply = await this.#leavable(options.signal, async (record, { signal }) => {
            const engine = this.#engine;
            let machine = await engine.machine(record);
            engine.deadline(machine, engine.cancelWaitMs);
            const first = { kind: "cancel" } as const;
            if (machine.isSubmitting()) {
                // The wish is saved at once; it is granted when the submit's answer is there.
                const asked = await engine.drive(machine, { first, goal: "request", signal });
                const sent = asked.reply ? asked : await engine.driveSubmit(asked.machine, { goal: "submitted" });
                if (sent.reply) return engine.replyOfDriven(sent);
                machine = sent.machine;
            }
            return engine.replyOfDriven(await engine.drive(machine, { first, goal: "end", signal }));
        });
        if (reply.ok) return reply;
        throw errorOf(reply);
    }

    /** Gives an unresolved task the id under which a person found it at the provider: one status call first. */
    async adopt(taskId: string): Promise<Reply> {
        return adopt(this.#engine, this.intentId, taskId);
    }

    /** Gives an unresolved task up. */
    async discard(): Promise<Reply> {
        const engine = this.#engine;
        const machine = await engine.machine(await engine.load(this.intentId));
        return engine.replyOfDriven(await engine.drive(machine, { first: { kind: "discard" }, goal: "request" }));
    }

    async #finish(options: WaitOptions, onUpdate: ((reply: Reply) => void) | undefined): Promise<Reply> {
        const timeoutMs = milliseconds(options.timeout, "timeout");
        return this.#leavable(options.signal, async (record, leave) => {
            const hear = onUpdate && changes(onUpdate, leave);
            const machine = await this.#engine.machine(record);
            return this.#engine.finish(machine, timeoutMs, { signal: leave.signal, ...(hear && { hear }) });
        });
    }

    /** Runs what a caller may leave, on the record as it is now. */
    async #leavable(signal: AbortSignal | undefined, run: (record: string, leave: AbortController) => Promise<Reply>): Promise<Reply> {
        let record: string | undefined;
        const running = async (leave: AbortController): Promise<Reply> => {
            record = await this.#engine.load(this.intentId);
            leave.signal.throwIfAborted();
            return run(record, leave);
        };
        return leavable(signal, running, (cause) => abortedWait(this.intentId, this.taskId, record, cause));
    }
}

/** Tells a listener how the task is, where that is news. Its end is none: the wait itself tells it. What it throws ends the wait. */
function changes(onUpdate: (reply: Reply) => void, leave: AbortController): (machine: Machine, event: TaskEvent) => void {
    let last: string | undefined;
    return (machine) => {
        if (machine.isTerminal()) return;
        const reply = machine.reply();
        if (reply === last) return;
        last = reply;
        tell(() => onUpdate(Reply.of(reply)), (error) => leave.abort(error));
    };
}
