// How many requests are in flight at once. A thousand tasks that poll share few connections instead of opening a thousand.

import type { Operation } from "./types.js";

/** So many may be inside; the others wait in line. */
export class Semaphore {
    #free: number;
    readonly #line = new Set<() => void>();

    constructor(places: number) {
        this.#free = places;
    }

    /** Waits for a place; the answer gives it back. Who is told to leave the line leaves it, with the signal's reason. */
    async enter(signal?: AbortSignal): Promise<() => void> {
        signal?.throwIfAborted();
        if (this.#free > 0) this.#free--;
        else await this.#wait(signal);
        let left = false;
        return () => {
            if (left) return;
            left = true;
            const [next] = this.#line;
            if (next) next();
            else this.#free++;
        };
    }

    #wait(signal: AbortSignal | undefined): Promise<void> {
        return new Promise((resolve, reject) => {
            const end = (): void => {
                this.#line.delete(next);
                signal?.removeEventListener("abort", leave);
            };
            const next = (): void => (end(), resolve());
            const leave = (): void => (end(), reject(signal?.reason as Error));
            this.#line.add(next);
            signal?.addEventListener("abort", leave);
        });
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
    async enter(operation: Operation, signal?: AbortSignal): Promise<() => void> {
        const share = operation !== "submit" && operation !== "cancel" ? await this.#reads.enter(signal) : undefined;
        try {
            const place = await this.#all.enter(signal);
            return () => {
                place();
                share?.();
            };
        } catch (error) {
            share?.();
            throw error;
        }
    }
}
