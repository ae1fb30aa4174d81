// The callbacks of a store in memory.

import type { DeliveryFilter, StoredDelivery } from "../store.js";

export class Inbox {
    readonly #all = new Map<string, StoredDelivery>();

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
        const name = JSON.stringify([delivery.provider, delivery.account, delivery.dedupe]);
        const before = this.#all.get(name);
        if (before && !(overOrphan && before.outcome === "orphan")) return false;
        this.#all.set(name, copy(delivery));
        return true;
    }
}

function copy(delivery: StoredDelivery): StoredDelivery {
    return { ...delivery, body: delivery.body.slice() };
}
