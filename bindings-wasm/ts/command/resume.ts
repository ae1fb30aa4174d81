// `gentask resume`: drives every unfinished task to its end, in groups of what needs a client of its own, and prints each as it ends.

import { changed } from "../reply.js";
import type { Client } from "../client.js";
import { pages, readable, UNFINISHED } from "../listing.js";
import type { Resumed } from "../options.js";
import type { TaskRecord } from "../types.js";
import type { Call } from "./arguments.js";
import { saveFiles } from "../files.js";
import { OK, RUNNING } from "./exit.js";
import { Interrupts } from "./interrupt.js";
import { fail, show } from "./output.js";
import { line, note } from "./print.js";
import { Progress } from "./progress.js";
import { clientOf, openStore } from "./setup.js";
import { nameDamaged, scope } from "./stored.js";

export async function resume(call: Call, json: boolean): Promise<number> {
    const store = await openStore(call);
    const groups = new Map<string, TaskRecord>();
    let worst = OK;
    for await (const tasks of pages(store, { ...scope(call), phases: UNFINISHED })) {
        worst = Math.max(worst, nameDamaged(tasks));
        for (const record of readable(tasks)) {
            const group = JSON.stringify([record.provider, record.account, record.base]);
            if (!groups.has(group)) groups.set(group, record);
        }
    }
    if (groups.size === 0 && !json) line("nothing to resume");
    const interrupts = new Interrupts();
    const progress = new Progress("resume");
    const concurrency = Math.max(1, Math.floor((call.number("concurrency") ?? 1_000) / Math.max(groups.size, 1)));
    const clients: Client[] = [];
    const driving: Promise<number>[] = [];
    for (const [, sample] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
        // What one group lacks, such as its contract file, is no reason to leave the others.
        try {
            const client = clientOf(call, sample, store);
            clients.push(client);
            progress.say(`resuming tasks of ${client.contract.title} (${client.accountLabel})`);
            driving.push(new Group(client, sample.base, progress, call.text("out"), json).drive(concurrency, call.number("timeout")));
        } catch (error) {
            progress.beside(() => void (worst = Math.max(worst, fail(error, json))));
        }
    }
    const ended = await interrupts.unless(Promise.all(driving));
    if (ended !== undefined) {
        progress.end();
        return Math.max(worst, ...ended.value);
    }
    progress.beside(() => note("interrupted; the tasks go on: `gentask resume` waits for them again"));
    // The answer to a submit that is under way may hold the id of a task that is paid for; a second interrupt leaves it.
    await interrupts.unless(Promise.all(clients.map((client) => client.settled())));
    progress.end();
    return RUNNING;
}

/** The unfinished tasks of one client. */
class Group {
    readonly #client: Client;
    /** The base that its tasks were made with. */
    readonly #base: string;
    readonly #progress: Progress;
    readonly #out: string | undefined;
    readonly #json: boolean;

    constructor(client: Client, base: string, progress: Progress, out: string | undefined, json: boolean) {
        this.#client = client;
        this.#base = base;
        this.#progress = progress;
        this.#out = out;
        this.#json = json;
    }

    async drive(concurrency: number, timeout: number | undefined): Promise<number> {
        let worst = OK;
        // One after the other: a thousand files at once would only take each other's time.
        let printing = Promise.resolve();
        try {
            await this.#client.resume({
                concurrency,
                ...(timeout !== undefined && { timeout }),
                // Other bases are other groups; what cannot be read was named before.
                takes: (record) => record?.base === this.#base,
                onReply: (resumed) => {
                    printing = printing.then(() => this.#end(resumed)).then((code) => void (worst = Math.max(worst, code)));
                },
            });
        } catch (error) {
            this.#progress.beside(() => void (worst = Math.max(worst, fail(error, this.#json))));
        }
        await printing;
        return worst;
    }

    /** Saves the files of a task that ended, and prints it. */
    async #end({ intentId, reply }: Resumed): Promise<number> {
        let print: () => number;
        try {
            const saved = this.#out !== undefined && reply.ok ? await saveFiles(await this.#client.task(intentId), this.#out) : [];
            // Of several tasks a failure must say which one it is about.
            const named = reply.data.intentId === null ? changed(reply, {}, { intentId }) : reply;
            print = () => show(named, this.#json, saved);
        } catch (error) {
            print = () => fail(error, this.#json);
        }
        let code = OK;
        this.#progress.beside(() => void (code = print()));
        return code;
    }
}
