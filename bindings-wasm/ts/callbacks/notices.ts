// What an application has to do once for each task that has ended, and what was received of callbacks.

import { text } from "../arguments.js";
import type { Client } from "../client.js";
import { Reply } from "../reply.js";
import type { DeliveryFilter, StoredDelivery } from "../store.js";
import { storing } from "../storing.js";
import type { TaskRecord } from "../types.js";
import { Host } from "../hosting/host.js";

/**
 * A task has ended, and nobody has said yet that what follows from it is done. It is handed out at least once, and to more than one process where
 * several ask at the same moment: what is done with it must bear to be done again.
 */
export interface Notice {
    /** The task, with its owner: see that whoever is given the result is the one who ordered it. */
    readonly record: TaskRecord;
    /** How it ended. */
    readonly reply: Reply;
}

/** The ended tasks of a client whose end nobody has acknowledged, the oldest end first: at most `limit`, by default 100. */
export async function notices(client: Client, limit?: number): Promise<Notice[]> {
    const host = Host.receiving(client);
    const found = await host.run(host.calls.notices(host.now(), limit === undefined ? {} : { limit }));
    return found.map(({ record, reply }) => ({ record, reply: Reply.of(reply.toJson()) }));
}

/** Says that what follows from a task's end is done: its notice is handed out no more. Whether nobody had said so before. */
export async function acknowledge(client: Client, intentId: string): Promise<boolean> {
    const host = Host.receiving(client);
    return host.run(host.calls.acknowledge(text(intentId, "intentId"), host.now()));
}

/**
 * Hands each open notice to a function and acknowledges those that it has done. One that it throws at is handed out again at the next call, and the
 * others go on. How many were done.
 */
export async function settleNotices(client: Client, handle: (notice: Notice) => unknown): Promise<number> {
    let done = 0;
    for (const notice of await notices(client)) {
        try {
            await handle(notice);
        } catch {
            continue;
        }
        await acknowledge(client, notice.record.intentId);
        done++;
    }
    return done;
}

/** The stored callbacks of a client's provider and account, the newest first. Their bodies may hold prompts: they are for no log. */
export async function deliveries(client: Client, filter: Omit<DeliveryFilter, "provider" | "account"> = {}): Promise<StoredDelivery[]> {
    const { account, contract, store } = Host.receiving(client).engine;
    return storing(async () => (await store.deliveries?.({ ...filter, provider: contract.id, account })) ?? []);
}
