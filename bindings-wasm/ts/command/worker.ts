// `gentask worker`: drives whatever is unfinished, new tasks too, until it is stopped.

import type { Client } from "../client.js";
import type { Resumed } from "../options.js";
import { loaded, recordOf } from "../storing.js";
import type { Call } from "./arguments.js";
import { OK } from "./exit.js";
import { Interrupts } from "./interrupt.js";
import { checkOut, fail, savingOf } from "./output.js";
import { note } from "./print.js";
import { Progress } from "./progress.js";
import { Group, tasks, unfinished } from "./resume.js";
import { bases, clientFor, contracts, openStore } from "./setup.js";

/** Works until interrupted. */
export async function worker(call: Call, json: boolean): Promise<number> {
    const store = await openStore(call);
    const out = call.text("out");
    if (out !== undefined) await checkOut(out);
    const interrupts = new Interrupts(["SIGINT", "SIGTERM"]);
    for (const [account, count] of (await unfinished(call, store)).others) {
        note(`leaves ${tasks(count)} of account "${account}" alone: start another worker with --account ${account}`);
    }
    const clients = contracts(call).flatMap((contract) => [...new Set(bases(call, contract))].map((base) => clientFor(call, contract, store, base)));
    const { run } = await import("../run/index.js");
    const progress = new Progress("worker");
    const stop = new AbortController();
    const all = new Set(clients.map((client) => client.baseUrl));
    const working = clients.map(async (client) => {
        const group = new Group(client, progress, out, json, savingOf(call));
        // One after the other: a thousand files at once would only take each other's time.
        let printing = Promise.resolve();
        const onReply = (resumed: Resumed): void => {
            printing = printing.then(async () => {
                if (resumed.reply.ok || !(await isAnothers(resumed, client, all))) await group.end(resumed);
            });
        };
        const onProblem = (message: string): void => progress.beside(() => note(message));
        await run(client, { signal: stop.signal, onReply, onProblem }).catch((error: unknown) => progress.beside(() => void fail(error, json)));
        await printing;
    });
    note(`working on ${store.path}; press Ctrl-C to stop`);
    progress.say("waiting for tasks to end");
    await interrupts.unless(new Promise(() => undefined));
    progress.beside(() => note("stopping (press Ctrl-C again to stop at once); the tasks go on: another worker takes them up"));
    stop.abort();
    await interrupts.unless(Promise.all(working));
    progress.end();
    return OK;
}

/** Whether a task is one of another client of this worker: of the same provider and account at another base URL. */
async function isAnothers({ intentId }: Resumed, { baseUrl, store }: Client, all: ReadonlySet<string>): Promise<boolean> {
    const json = await loaded(store, intentId).catch(() => null);
    const base = json === null ? baseUrl : recordOf(json).base;
    return base !== baseUrl && all.has(base);
}
