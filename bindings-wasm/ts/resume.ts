// Every unfinished task of a client, driven to its end, so many at once.

import { known, milliseconds, whole } from "./arguments.js";
import { abortedTasks, leavable } from "./abort.js";
import { functions } from "./core.js";
import type { Engine } from "./engine.js";
import { Semaphore } from "./gate.js";
import { tell } from "./listeners.js";
import { ownFilter, pages } from "./listing.js";
import type { Resumed, ResumeOptions } from "./options.js";
import { replied } from "./questions.js";
import { Reply } from "./reply.js";
import { recordOf } from "./storing.js";

/** Tasks that are driven at once where nothing else is said. */
const CONCURRENCY = 1_000;

/** Drives them, and says how each ended, in the order in which they did. */
export function resume(engine: Engine, options: ResumeOptions): Promise<Resumed[]> {
    return leavable(options.signal, (leave) => run(engine, options, leave), abortedTasks);
}

async function run(engine: Engine, options: ResumeOptions, leave: AbortController): Promise<Resumed[]> {
    const { takes, ...own } = options;
    known(own, ["concurrency", "timeout", "signal", "onReply"], "resume");
    const { signal } = leave;
    const timeoutMs = milliseconds(options.timeout, "timeout");
    const places = new Semaphore(whole(options.concurrency, "concurrency", 1) ?? CONCURRENCY);
    const running = new Set<Promise<void>>();
    const ended: Resumed[] = [];
    const keep = (resumed: Resumed): void => {
        ended.push(resumed);
        tell(() => options.onReply?.(resumed), (error) => leave.abort(error));
    };
    const finish = async (intentId: string, json: string): Promise<void> => {
        const settings = engine.settings("background");
        const reply = await replied(async () => engine.finish(await engine.machine(json, "background"), json, timeoutMs, { settings, signal }));
        if (!signal.aborted) keep({ intentId, reply });
    };
    for await (const listed of pages(engine.store, ownFilter(engine, { unfinished: true }))) {
        for (const { intentId, json, reason } of listed) {
            if (signal.aborted) break;
            if (takes?.(reason === undefined ? recordOf(json) : undefined) === false) continue;
            if (reason !== undefined) {
                keep({ intentId, reply: Reply.of(functions.damaged(intentId, reason)) });
                continue;
            }
            const free = await places.enter();
            const task = finish(intentId, json).finally(() => {
                free();
                running.delete(task);
            });
            running.add(task);
        }
        if (signal.aborted) break;
    }
    // None of them rejects: what a task throws is its reply.
    await Promise.all(running);
    signal.throwIfAborted();
    return ended;
}
