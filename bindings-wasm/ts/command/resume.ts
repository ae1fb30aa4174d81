// `gentask resume`: drives every unfinished task to its end, in groups of what needs a client of its own, and prints each as it ends.

import { changed } from "../reply.js";
import type { Client } from "../client.js";
import { pages, readable, UNFINISHED } from "../listing.js";
import type { Resumed } from "../options.js";
import type { TaskStore } from "../store.js";
import type { SavedFile, TaskRecord } from "../types.js";
import type { Call } from "./arguments.js";
import { saveFiles, type SaveOptions } from "../files.js";
import { OK, RUNNING } from "./exit.js";
import { Interrupts } from "./interrupt.js";
import { checkOut, fail, savingOf, show } from "./output.js";
import { line, note } from "./print.js";
import { Progress } from "./progress.js";
import { clientOf, DEFAULT_ACCOUNT, openStore } from "./setup.js";
import { nameDamaged, scope } from "./stored.js";

/** What is unfinished in a store. */
export interface Unfinished {
    /** By the clients that it needs: one of the tasks, and how many there are. */
    readonly groups: ReadonlyMap<string, { readonly sample: TaskRecord; readonly count: number }>;
    /** How many belong to accounts that were not named, by the account. */
    readonly others: readonly (readonly [account: string, count: number])[];
    /** The exit code that records which cannot be read lead to. */
    readonly code: number;
}

/** Looks through a store for what is unfinished, and names what cannot be read. */
export async function unfinished(call: Call, store: TaskStore): Promise<Unfinished> {
    const groups = new Map<string, { readonly sample: TaskRecord; readonly count: number }>();
    const others = new Map<string, number>();
    let code = OK;
    for await (const tasks of pages(store, { ...scope(call), phases: UNFINISHED })) {
        code = Math.max(code, nameDamaged(tasks));
        for (const record of readable(tasks)) {
            const { account, base, provider } = record;
            if (!call.has("account") && account !== DEFAULT_ACCOUNT) {
                others.set(account, (others.get(account) ?? 0) + 1);
            } else {
                const group = JSON.stringify([provider, account, base]);
                const { count, sample } = groups.get(group) ?? { sample: record, count: 0 };
                groups.set(group, { sample, count: count + 1 });
            }
        }
    }
    return { groups, others: [...others].sort(byName), code };
}

export async function resume(call: Call, json: boolean): Promise<number> {
    const store = await openStore(call);
    const { code, groups, others } = await unfinished(call, store);
    let worst = code;
    if (groups.size === 0 && !json) line("nothing to resume");
    for (const [account, count] of others) {
        note(`skipped ${tasks(count)} of account "${account}": resume with --account ${account} and that account's API key`);
    }
    const out = call.text("out");
    // Some of them may be orders that are yet to be paid for.
    if (out !== undefined && groups.size > 0) await checkOut(out);
    const interrupts = new Interrupts();
    const progress = new Progress("resume");
    const concurrency = Math.max(1, Math.floor((call.number("concurrency") ?? 1_000) / Math.max(groups.size, 1)));
    const clients: Client[] = [];
    const driving: Promise<number>[] = [];
    const leaving = new AbortController();
    for (const [, { count, sample }] of [...groups].sort(byName)) {
        // What one group lacks, such as its contract file, is no reason to leave the others.
        try {
            const client = clientOf(call, sample, store);
            clients.push(client);
            progress.say(`resuming tasks of ${client.contract.title} (${client.accountLabel})`);
            const group = new Group(client, progress, out, json, savingOf(call));
            driving.push(group.drive(concurrency, call.number("timeout"), leaving.signal));
        } catch (error) {
            progress.beside(() => {
                worst = Math.max(worst, fail(error, json));
                if (count > 1) note(`the same applies to ${tasks(count - 1, "more ")}`);
            });
        }
    }
    const ended = await interrupts.unless(Promise.all(driving));
    if (ended !== undefined) {
        progress.end();
        return Math.max(worst, ...ended.value);
    }
    // What waits ends here; a submit that is on its way may bring the id of a task that is paid for.
    leaving.abort();
    progress.beside(() => note("interrupted; the tasks are still running: `gentask resume` waits for them again"));
    await leave(clients, interrupts, progress);
    progress.end();
    return RUNNING;
}

/** Waits for the submits that are on their way, if there are any; another interrupt leaves them, too. */
async function leave(clients: readonly Client[], interrupts: Interrupts, progress: Progress): Promise<void> {
    const settled = Promise.all(clients.map((client) => client.settled())).then(() => true);
    const isSettled = await Promise.race([settled, new Promise<false>((resolve) => setTimeout(resolve, 0, false))]);
    if (isSettled) return;
    progress.beside(() => note("waiting for the answer to a submit (press Ctrl-C again to stop waiting)"));
    await interrupts.unless(settled);
}

/** So many tasks, in words. */
export function tasks(count: number, more = ""): string {
    return count === 1 ? `1 ${more}task` : `${count} ${more}tasks`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
    return one < other ? -1 : 1;
}

/** The unfinished tasks of one client. */
export class Group {
    readonly #client: Client;
    readonly #progress: Progress;
    readonly #out: string | undefined;
    readonly #json: boolean;
    readonly #saving: SaveOptions;

    constructor(client: Client, progress: Progress, out: string | undefined, json: boolean, saving: SaveOptions) {
        this.#client = client;
        this.#progress = progress;
        this.#out = out;
        this.#json = json;
        this.#saving = saving;
    }

    async drive(concurrency: number, timeout: number | undefined, signal: AbortSignal): Promise<number> {
        let worst = OK;
        // One after the other: a thousand files at once would only take each other's time.
        let printing = Promise.resolve();
        try {
            await this.#client.resume({
                concurrency,
                signal,
                ...(timeout !== undefined && { timeout }),
                // Other bases are other groups; what cannot be read was named before.
                takes: (record) => record?.base === this.#client.baseUrl,
                onReply: (resumed) => {
                    printing = printing.then(() => this.end(resumed)).then((code) => void (worst = Math.max(worst, code)));
                },
            });
        } catch (error) {
            if (!signal.aborted) this.#progress.beside(() => void (worst = Math.max(worst, fail(error, this.#json))));
        }
        await printing;
        return worst;
    }

    /** Saves the files of a task that ended, and prints it. */
    async end({ intentId, reply }: Resumed): Promise<number> {
        let print: () => number;
        try {
            const saved = this.#out !== undefined && reply.ok ? await this.#save(intentId, this.#out) : [];
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

    async #save(intentId: string, out: string): Promise<readonly SavedFile[]> {
        return saveFiles(await this.#client.task(intentId), out, this.#saving);
    }
}
