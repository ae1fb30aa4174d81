// How many requests are in flight at once. A thousand tasks that poll share few connections instead of opening a thousand.

import type { Operation } from "./types.js";

/** So many may be inside; the others wait in line. */
export class Semaphore {
    #free: number;
    readonly #line: (() => void)[] = [];

    constructor(places: number) {
        this.#free = places;
    }

    /** Waits for a place; the answer gives it back. */
    async enter(): Promise<() => void> {
        if (this.#free > 0) this.#free--;
        else await new Promise<void>((resolve) => this.#line.push(resolve));
        let left = false;
        return () => {
            if (left) return;
            left = true;
            const next = this.#line.shift();
            if (next) next();
            else this.#free++;
        };
    }
}

/** The most requests in flight. Reads leave a quarter of the places to submits and cancels, which many polls would starve. */
export class Gate {
    readonly #all: Semaphore;
    readonly #reads: Semaphore;

    constructor(places: number) {
        this.#all = new Semaphore(places);
        this.#reads = new Semaphore(Math.max(1, places - Math.floor(places / 4)));
    }

    /** Waits for a place for a request of this operation; the answer gives it back. */
    async enter(operation: Operation): Promise<() => void> {
        const share = operation === "status" || operation === "result" ? await this.#reads.enter() : undefined;
        const place = await this.#all.enter();
        return () => {
            place();
            share?.();
        };
    }
}
