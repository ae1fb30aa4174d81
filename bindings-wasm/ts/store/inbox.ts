// The callbacks of a store in memory.

import type { DeliveryFilter, StoredDelivery } from "../store.js";
import { MOST_ORPHANS } from "./rules.js";

export class Inbox {
    readonly #all = new Map<string, StoredDelivery>();
    readonly #mostOrphans: number;

    constructor(mostOrphans = MOST_ORPHANS) {
        this.#mostOrphans = mostOrphans;
    }

    /** Stores a callback where none of its name is stored yet. */
    remember(delivery: StoredDelivery): boolean {
        return this.#put(delivery, false);
    }

    /** Stores the one that brought a change, in place of an orphan too. */
    deliver(delivery: StoredDelivery): boolean {
        return this.#put(delivery, true);
    }

    /** Those that match, the newest first. */
    list({ keptAt = -Infinity, limit = Infinity, ...filter }: DeliveryFilter): StoredDelivery[] {
        const wanted = Object.entries(filter).filter(([, value]) => value !== undefined) as [keyof StoredDelivery, unknown][];
        const found = [...this.#all.values()].filter((one) => one.expiresAt > keptAt && wanted.every(([name, value]) => one[name] === value));
        found.sort((one, other) => other.receivedAt - one.receivedAt || (one.dedupe < other.dedupe ? -1 : 1));
        return found.slice(0, limit).map(copy);
    }

    #put(delivery: StoredDelivery, overOrphan: boolean): boolean {
        for (const [name, { expiresAt }] of this.#all) if (expiresAt <= delivery.receivedAt) this.#all.delete(name);
        const name = nameOf(delivery);
        const before = this.#all.get(name);
        if (before && !(overOrphan && before.outcome === "orphan")) return false;
        this.#all.set(name, copy(delivery));
        const { account, outcome, provider } = delivery;
        if (outcome === "orphan") {
            const alike = (one: StoredDelivery): boolean => one.outcome === outcome && one.provider === provider && one.account === account;
            const orphans = [...this.#all.values()].filter(alike);
            const many = orphans.length - this.#mostOrphans;
            if (many > 0) {
                orphans.sort((one, other) => one.receivedAt - other.receivedAt).slice(0, many).forEach((one) => this.#all.delete(nameOf(one)));
            }
        }
        return true;
    }
}

function nameOf({ account, dedupe, provider }: StoredDelivery): string {
    return JSON.stringify([provider, account, dedupe]);
}

function copy(delivery: StoredDelivery): StoredDelivery {
    return { ...delivery, body: delivery.body.slice() };
}
