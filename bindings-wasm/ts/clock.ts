// The time that machines are told: what a monotonic clock has counted plus the most that the wall clock was ever ahead of it. So it is the later
// of both: never backwards where the wall clock is set back, and never behind where the monotonic one stood still while the machine slept. Where
// both stand still (Workers stop them between requests; tests freeze them) a timer that rang is proof enough that its time has come.

/** What ends a sleep early: an `AbortSignal`, or a `Nap`. */
export type Ending = Pick<AbortSignal, "aborted"> & {
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
};

/** The end of one sleep, which costs less than a signal: thousands of tasks sleep again and again. */
export class Nap implements Ending {
    aborted = false;
    #listener: (() => void) | undefined;

    addEventListener(_: "abort", listener: () => void): void {
        this.#listener = listener;
    }

    removeEventListener(): void {
        this.#listener = undefined;
    }

    end(): void {
        this.aborted = true;
        this.#listener?.();
    }
}

/** The longest sleep at once, in milliseconds: timers stand still while a machine sleeps, so a long wait looks at the clock in between. */
const STEP_MS = 15_000;

export class Clock {
    // Set by the first question: Workers tell no time before their first request.
    #ahead = Number.NEGATIVE_INFINITY;
    #least = 0;

    /** Now, in Unix milliseconds. */
    now(): number {
        const ticks = Math.floor(performance.now());
        this.#ahead = Math.max(this.#ahead, Date.now() - ticks);
        this.#least = Math.max(this.#least, ticks + this.#ahead);
        return this.#least;
    }

    /** Sleeps until a time, at once where it has come; an aborted signal ends it early. */
    async until(at: number, signal?: Ending): Promise<void> {
        for (let began = this.now(); began < at && signal?.aborted !== true; began = this.now()) {
            const pause = Math.min(at - began, STEP_MS);
            const rang = await sleep(pause, signal);
            if (rang) this.#least = Math.max(this.#least, began + pause);
        }
    }
}

/** Sleeps for so many milliseconds, and says whether it was to the end. */
export function sleep(ms: number, signal?: Ending): Promise<boolean> {
    return new Promise((resolve) => {
        const end = (rang: boolean) => (): void => {
            clearTimeout(timer);
            signal?.removeEventListener("abort", early);
            resolve(rang);
        };
        const early = end(false);
        const timer = setTimeout(end(true), ms);
        signal?.addEventListener("abort", early);
    });
}
