// Pauses that a provider asked the account for, kept in the store: another process, and a later one, keep to them too.

import type { Clock } from "./clock.js";
import type { Contract } from "./contract.js";
import type { Pacer } from "./core.js";
import type { ResponseHead } from "./io.js";
import type { TaskStore } from "./store.js";
import { countOf } from "./store/rules.js";
import { raise, storing } from "./storing.js";

/** How old the last look at the store may be when a request is made, in milliseconds. */
const LOOK_MS = 1_000;
/** How long a stored pause is honoured where the store does not say when it was set, in milliseconds. */
const UNSURE_MS = 60_000;
/** The longest pause that a provider is believed to ask for, in milliseconds: a day. */
const LONGEST_MS = 86_400_000;

/** What pauses need. */
export interface PauseParts {
    readonly contract: Contract;
    readonly base: string;
    readonly account: string;
    readonly store: TaskStore;
    readonly clock: Clock;
    readonly pacer: Pacer;
}

export class Pauses {
    readonly #parts: PauseParts;
    #looked: { readonly at: number; readonly done: Promise<void> } | undefined;
    /** The latest pause that the store knows of from here. */
    #until = 0;
    /** The pause that was last taken over from the store. */
    #recalled = 0;
    /** Whether what is stored is by a clock that went back, and could not be put right. */
    #isWrong = false;

    constructor(parts: PauseParts) {
        this.#parts = parts;
    }

    /** Until when the account is asked to pause, as far as that is known here. */
    get until(): number {
        const { account, base, contract, pacer } = this.#parts;
        return pacer.heldUntil(contract.core, base, account);
    }

    /** Takes over what others were asked for, before a request is made. A store that does not answer is met again by the first save. */
    recall(isSubmit = false): Promise<void> {
        const now = this.#parts.clock.now();
        // Before a submit nothing is believed.
        if (isSubmit || this.#looked === undefined || now - this.#looked.at > LOOK_MS) this.#looked = { at: now, done: this.#look() };
        return this.#looked.done;
    }

    async #look(): Promise<void> {
        const { clock, store } = this.#parts;
        try {
            const until = countOf(await store.meta(this.#name));
            // Once for each pause: where the clock went back, it is counted from when it was seen first.
            if (until <= clock.now() || until === this.#recalled) return;
            const isLikely = (): boolean => until <= clock.now() + LONGEST_MS;
            let set: number;
            try {
                set = countOf(await store.meta(this.#setName));
            } catch (error) {
                // It may be of a clock that was ahead: honoured for a while, and looked for again.
                if (isLikely()) this.#hold(Math.min(until, clock.now() + UNSURE_MS), 0);
                throw error;
            }
            this.#recalled = until;
            this.#hold(until, set);
            if (clock.now() < set) await this.#putRight();
            else if (isLikely()) this.#until = Math.max(this.#until, until);
        } catch {
            // A store that does not answer is asked again by the next request.
            this.#looked = undefined;
        }
    }

    #hold(until: number, set: number): void {
        const { account, base, clock, contract, pacer } = this.#parts;
        pacer.recall(contract.core, base, account, until, set, clock.now());
    }

    /** The clock went back: what is stored is put right, so that the next process does not begin to count anew. */
    async #putRight(): Promise<void> {
        const { clock, store } = this.#parts;
        const { until } = this;
        if (until <= clock.now()) {
            // Somebody else is about to put it right, and has changed the one and not yet the other.
            this.#recalled = 0;
            return;
        }
        this.#isWrong = true;
        // The pause first: one that ends before it was set is over, but an old one that was set just now would last as long as the clock was off.
        await store.setMeta(this.#name, String(until), false);
        this.#isWrong = false;
        this.#recalled = this.#until = until;
        await store.setMeta(this.#setName, String(clock.now()), false);
    }

    /** Keeps the pause that the answer to a question without a task asks for. */
    async keep(head: ResponseHead, body: Uint8Array): Promise<void> {
        const { account, base, clock, contract, pacer } = this.#parts;
        pacer.keepPause(contract.core, base, account, JSON.stringify(head), body, clock.now());
        await this.remember();
    }

    /** Stores a pause that the provider has just asked for, before anything else is told or sent: the program may end at any time. */
    async remember(): Promise<void> {
        if (this.until <= this.#until) return;
        // A longer one may be stored: that one is not to be given the time of this one.
        await this.recall();
        const { until } = this;
        if (until <= this.#until && !this.#isWrong) return;
        const { clock, store } = this.#parts;
        try {
            if (this.#isWrong) return await this.#putRight();
            // When it was set comes first: a clock that goes back is told by it.
            await storing(() => store.setMeta(this.#setName, String(clock.now()), false));
            await raise(store, this.#name, until);
            this.#until = Math.max(this.#until, until);
        } catch {
            // A store that refuses it ends nothing, and is told again.
        }
    }

    get #name(): string {
        return `hold ${this.#parts.base} ${this.#parts.account}`;
    }

    get #setName(): string {
        return `${this.#name} set`;
    }
}
