// A clock for each row. The package reads the runtime's own clocks, so these are replaced for what runs inside a row; all else keeps real time.

import { AsyncLocalStorage } from "node:async_hooks";

const rows = new AsyncLocalStorage();
const real = { now: Date.now, ticks: performance.now, set: globalThis.setTimeout, clear: globalThis.clearTimeout };

/** How long, in real milliseconds, the end of a wait gives whatever it bounds to move the clock. */
const GRACE_MS = 3_000;
/** How long, in real milliseconds, the clock stands where a wait ended, so that it is left there. */
const PAUSE_MS = 50;

/** Shows what it is set to. A sleep of the package moves it to the sleep's end, or, once it stands still, waits for it. */
export class RowClock {
    #ticks = 0;
    #jumps = true;
    #sleepers = new Set();

    constructor(wall) {
        this.wall = wall;
    }

    get ticks() {
        return this.#ticks;
    }

    get sleepers() {
        return [...this.#sleepers].filter(({ bounds }) => !bounds).length;
    }

    /** Runs something, and whatever follows from it, by this clock. */
    run(what) {
        return rows.run(this, what);
    }

    advance(ms) {
        this.wall += ms;
        this.#ticks += ms;
        this.#wake();
    }

    /** Moves the wall clock alone: it was set back, or the machine slept. */
    set(wall) {
        this.wall = wall;
        this.#wake();
    }

    standStill() {
        this.#jumps = false;
    }

    jump() {
        this.#jumps = true;
        this.#wake();
    }

    /** `bounds`: it is the end of a wait, which what is waited for brings. */
    sleep(ring, ms, bounds) {
        const sleeper = { ring, wall: this.wall + ms, ticks: this.#ticks + ms, bounds };
        this.#sleepers.add(sleeper);
        if (bounds) real.set(() => this.#sleepers.has(sleeper) && this.#wake(sleeper), GRACE_MS);
        this.#wake();
        return sleeper;
    }

    /** Whether it was one of this clock's sleepers, which is then forgotten. */
    forget(sleeper) {
        return this.#sleepers.delete(sleeper);
    }

    #wake(overdue) {
        for (const sleeper of this.#sleepers) {
            if (this.#jumps && (!sleeper.bounds || sleeper === overdue)) {
                // The end of a wait that comes first is not passed over.
                const end = Math.min(sleeper.ticks, ...[...this.#sleepers].filter(({ bounds }) => bounds).map(({ ticks }) => ticks));
                const left = Math.max(0, end - this.#ticks);
                this.wall += left;
                this.#ticks += left;
            }
        }
        let isOver = false;
        for (const sleeper of this.#sleepers) {
            if (sleeper.ticks <= this.#ticks || sleeper.wall <= this.wall) {
                this.#sleepers.delete(sleeper);
                isOver ||= sleeper.bounds;
                real.set(sleeper.ring, 0);
            }
        }
        // Whoever was bounded leaves first; then the others go on.
        if (isOver) real.set(() => this.#wake(), PAUSE_MS);
    }
}

/** Runs something by a clock of its own, which each sleep of the package moves: what waits long for a store or a person takes no time. */
export const inNoTime = (what) => new RowClock(Date.now()).run(what);

Date.now = () => rows.getStore()?.wall ?? real.now();
performance.now = () => rows.getStore()?.ticks ?? real.ticks.call(performance);
globalThis.setTimeout = (ring, ms, ...rest) => {
    const clock = rows.getStore();
    // Without Deno's own frames.
    const from = clock === undefined ? [] : (new Error().stack ?? "").split("\n").filter((line) => /\.js\b/.test(line) && !/\bext:/.test(line));
    // The sleeps of tasks; what bounds a request stays real.
    if (!/[/\\]dist[/\\]clock\.js/.test(from[0] ?? "")) return real.set(ring, ms, ...rest);
    const asks = from.find((line) => !/[/\\]clock\.js/.test(line)) ?? "";
    return clock.sleep(ring, ms, /[/\\]engine\.js/.test(asks));
};
globalThis.clearTimeout = (timer) => {
    if (rows.getStore()?.forget(timer) !== true && !(timer && "ring" in Object(timer))) real.clear(timer);
};
