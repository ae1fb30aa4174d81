// The time that machines are told: the wall clock at the start plus what a monotonic clock has counted since, so never backwards. Where
// clocks stand still (Workers stop them between requests; tests freeze them) a timer that rang is proof enough that its time has come.

/** The longest a timer can wait, 2^31 - 1 ms; a longer one would ring at once. */
const LONGEST = 2_147_483_647;

export class Clock {
    // Set by the first question: Workers tell no time before their first request.
    #began: { readonly wall: number; readonly ticks: number } | undefined;
    #least = 0;

    /** Now, in Unix milliseconds. */
    now(): number {
        this.#began ??= { wall: Date.now(), ticks: performance.now() };
        const now = this.#began.wall + Math.floor(performance.now() - this.#began.ticks);
        if (now > this.#least) this.#least = now;
        return this.#least;
    }

    /** Sleeps until a time, at once where it has come; an aborted signal ends it early. */
    async until(at: number, signal?: AbortSignal): Promise<void> {
        for (let left = at - this.now(); left > 0 && signal?.aborted !== true; left = at - this.now()) {
            const pause = Math.min(left, LONGEST);
            const rang = await sleep(pause, signal);
            if (rang) this.#least = Math.max(this.#least, pause === left ? at : this.#least + pause);
        }
    }
}

/** Sleeps for so many milliseconds, and says whether it was to the end. */
export function sleep(ms: number, signal?: AbortSignal): Promise<boolean> {
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
