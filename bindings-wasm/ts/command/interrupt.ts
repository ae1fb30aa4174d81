// Interrupts of a person (Ctrl-C), and of a system that ends its services, heard from the moment something depends on them. While one of these exists, an interrupt no longer ends the
// process by itself.

import process from "node:process";

export class Interrupts {
    #heard = 0;
    #taken = 0;
    #wake: () => void = () => undefined;

    /** `signals`: a service hears SIGTERM too, by which a system ends it. */
    constructor(signals: readonly ("SIGINT" | "SIGTERM")[] = ["SIGINT"]) {
        for (const signal of signals) {
            process.on(signal, () => {
                this.#heard++;
                this.#wake();
            });
        }
    }

    /** What a promise comes to, or `undefined` where an interrupt comes first: then the promise goes on. */
    async unless<T>(promise: Promise<T>): Promise<{ readonly value: T } | undefined> {
        const ended = promise.then((value) => ({ value }));
        // What becomes of it when nobody waits any more is in its record.
        ended.catch(() => undefined);
        const interrupted = new Promise<undefined>((resolve) => {
            this.#wake = () => resolve(undefined);
        });
        if (this.#heard > this.#taken) this.#wake();
        const first = await Promise.race([ended, interrupted]);
        if (first === undefined) this.#taken++;
        return first;
    }
}
