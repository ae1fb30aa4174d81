// What was learned of durations, kept in the store: every process with that store polls by it, and adds to it.

import type { Machine } from "./core.js";
import type { PauseParts } from "./pauses.js";
import { storing } from "./storing.js";

/** How long what the store says of durations is taken for all there is, in milliseconds. */
const BELIEVED_MS = 60_000;

/** What it needs. */
export interface LearnedParts extends PauseParts {
    /** Whether any task of the client may be polled by what was learned. */
    readonly learns: boolean;
}

export class Learned {
    readonly #parts: LearnedParts;
    #looked: { readonly at: number; readonly done: Promise<void> } | undefined;

    constructor(parts: LearnedParts) {
        this.#parts = parts;
    }

    /** Takes over what was learned here before, and by other processes. Before whatever may be polled. */
    async recall(): Promise<void> {
        if (!this.#parts.learns) return;
        const now = this.#parts.clock.now();
        if (this.#looked === undefined || now - this.#looked.at > BELIEVED_MS) this.#looked = { at: now, done: this.#look() };
        await this.#looked.done;
    }

    async #look(): Promise<void> {
        const { account, base, pacer } = this.#parts;
        const text = await this.#stored();
        if (text) pacer.recallLearned(base, account, text);
    }

    /** Takes in how long a task took whose end has just been stored. A store that fails is told by what matters more. */
    async note(machine: Machine): Promise<void> {
        const { account, base, clock, pacer, store } = this.#parts;
        if (!machine.learn(pacer, clock.now())) return;
        const stored = await this.#stored();
        if (stored === undefined) return;
        const text = pacer.learnedToStore(base, account, stored, clock.now());
        await storing(() => store.setMeta(this.#name, text, false)).catch(() => undefined);
    }

    /** What the store has; `undefined` where it does not answer, or with something that is no text. */
    async #stored(): Promise<string | undefined> {
        const text: unknown = await storing(() => this.#parts.store.meta(this.#name)).catch(() => undefined);
        return text === null ? "" : typeof text === "string" ? text : undefined;
    }

    get #name(): string {
        return `learned ${this.#parts.base} ${this.#parts.account}`;
    }
}
