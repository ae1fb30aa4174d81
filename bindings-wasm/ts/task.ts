// One task that is stored. A handle holds no lock and no connection; everything it does starts from the store.

import { known, milliseconds, text } from "./arguments.js";
import { abortedWait, leavable, signalOf } from "./abort.js";
import { about, type Machine } from "./core.js";
import type { Engine } from "./engine.js";
import { errorOf } from "./errors.js";
import type { Input } from "./io.js";
import { tell } from "./listeners.js";
import type { WaitOptions } from "./options.js";
import { Reply } from "./reply.js";
import { adopt } from "./settling.js";
import { recordOf, storing } from "./storing.js";
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
    /** Its record when the handle was made: what is told where the store does not answer any more. */
    readonly #known: string;

    /** @internal */
    constructor(engine: Engine, json: string) {
        const { intentId, model, taskId } = recordOf(json);
        this.#engine = engine;
        this.#known = json;
        this.intentId = intentId;
        this.taskId = taskId;
        this.model = model;
    }

    /** @internal */
    get engine(): Engine {
        return this.#engine;
    }

    /** The record as it is stored now. */
    async record(): Promise<TaskRecord> {
        return JSON.parse(await this.#load()) as TaskRecord;
    }

    /** How the task is, by its record alone; nothing is sent. */
    async reply(): Promise<Reply> {
        return this.#engine.replyOf(await this.#load());
    }

    /** @internal How the task was when the handle was made, whatever the store does since. */
    knownReply(): Promise<Reply> {
        return this.#engine.replyOf(this.#known);
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
        known(options, ["force", "signal"], "a check");
        const engine = this.#engine;
        const first: Input = options.force === true ? { kind: "poke" } : { kind: "timeout" };
        return this.#leavable(options.signal, async (record, leave) => {
            const machine = await engine.machine(record, "check");
            if (engine.timeoutMs !== undefined) engine.deadline(machine, engine.timeoutMs);
            const how = { first, goal: "request", settings: engine.settings("check") } as const;
            const driving = machine.isSettled() ? engine.drive(machine, { ...how, signal: leave.signal }) : engine.driveSubmit(machine, how);
            const driven = await driving;
            // A read that failed is told as that.
            return engine.replyOfDriven(driven, driven.machine.checked());
        });
    }

    /**
     * Waits for the task's end and returns its reply; throws where that is no success, and where the wait ends before the task. `onUpdate` hears how
     * the task is at first, each change on the way, and last the end of the task or of the wait; what it throws ends the wait.
     */
    async wait(options: WaitOptions & { readonly onUpdate?: (reply: Reply) => void } = {}): Promise<Reply> {
        const reply = await this.#finish(options, options.onUpdate);
        options.onUpdate?.(reply);
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
        known(options, ["signal"], "cancel");
        const engine = this.#engine;
        const reply = await this.#leavable(options.signal, async (record, { signal }) => {
            const machine = await engine.machine(record);
            const end = engine.deadline(machine, engine.cancelWaitMs);
            return engine.inTime(end, record, signal, (signal) => cancelled(engine, machine, signal));
        });
        if (reply.ok) return reply;
        throw errorOf(reply);
    }

    /** Gives an unresolved task the id under which a person found it at the provider: one status call first. */
    async adopt(taskId: string): Promise<Reply> {
        return adopt(this.#engine, text(taskId, "taskId"), await this.#load());
    }

    /** Gives an unresolved task up. */
    async discard(): Promise<Reply> {
        const engine = this.#engine;
        const machine = await engine.machine(await this.#load());
        return engine.replyOfDriven(await engine.drive(machine, { first: { kind: "discard" }, goal: "request" }));
    }

    /** `begins`: whether `onUpdate` also hears how the task is at first. */
    async #finish(options: WaitOptions, onUpdate: ((reply: Reply) => void) | undefined): Promise<Reply> {
        known(options, ["timeout", "signal", "onUpdate"], "a wait");
        const waitMs = milliseconds(options.timeout, "timeout") ?? this.#engine.waitMs(this.model);
        return this.#leavable(options.signal, async (record, leave) => {
            const hear = onUpdate && changes(onUpdate, leave);
            const machine = await this.#engine.machine(record);
            hear?.(machine);
            return this.#engine.finish(machine, record, waitMs, { signal: leave.signal, ...(hear && { hear }) });
        }, this.#engine.clock.now() + waitMs);
    }

    /** Runs what a caller may leave, on the record as it is now; `end`: when it is over, also where the store does not give the record. */
    async #leavable(
        signal: AbortSignal | undefined,
        run: (record: string, leave: AbortController) => Promise<Reply>,
        end?: number,
    ): Promise<Reply> {
        let record: string | undefined;
        const running = (leave: AbortController): Promise<Reply> => {
            const all = async (): Promise<Reply> => {
                record = await this.#load();
                leave.signal.throwIfAborted();
                return run(record, leave);
            };
            return end === undefined ? all() : this.#engine.inTime(end, this.#known, leave.signal, all);
        };
        return leavable(signal, running, (cause) => abortedWait(record ?? this.#known, cause));
    }

    /** The record as it is stored now. A store that does not give it is told of as a failure about this task. */
    async #load(): Promise<string> {
        try {
            return await this.#engine.load(this.intentId);
        } catch (error) {
            throw about(error, this.#known);
        }
    }
}

/** How a task is once it is known what became of the wish to stop it. */
async function cancelled(engine: Engine, machine: Machine, signal: AbortSignal): Promise<Reply> {
    const first = { kind: "cancel" } as const;
    let current = machine;
    if (machine.isSubmitting()) {
        // The wish is saved at once; it is granted when the submit's answer is there.
        const asked = await engine.drive(machine, { first, goal: "request", signal });
        const sent = asked.reply ? asked : await engine.driveSubmit(asked.machine, { goal: "submitted" });
        if (sent.reply) return engine.replyOfDriven(sent);
        current = sent.machine;
    }
    return engine.replyOfDriven(await engine.drive(current, { first, goal: "end", signal }));
}

/** Tells a listener how the task is, where that is news. Its end is none: the wait itself tells it. What it throws ends the wait. */
function changes(onUpdate: (reply: Reply) => void, leave: AbortController): (machine: Machine, event?: TaskEvent) => void {
    let last: string | undefined;
    return (machine) => {
        if (machine.isTerminal()) return;
        const reply = machine.reply();
        // When and why the next poll is due, and the end expected, is no news.
        const news = reply.replace(/"(?:expectedAt|expectedBy|nextPollAt|nextPollBy)":(?:\d+|null|"\w+"),/g, "");
        if (news === last) return;
        last = news;
        tell(() => onUpdate(Reply.of(reply)), (error) => leave.abort(error));
    };
}
