// One operation without IO: it asks for one effect at a time and goes on with its answer. Its host owns sockets, timers, files and secrets, and
// holds no rule. All of a host is one loop:
//
//     let answer;
//     for (;;) {
//         const next = call.next(Date.now(), answer);
//         if ("done" in next) return next.done;
//         if ("failed" in next) throw next.failed;
//         answer = { number: next.number, ...(await perform(next.effect)) };
//     }

import type * as wasm from "../pkg/core.js";
import { ask, mistake } from "./core.js";
import { type Answer, type Effect, effectOf, type Head, partsOf } from "./effects.js";
import { errorOf, type GentaskError } from "./errors.js";
import { timeOf } from "./given.js";
import { Reply } from "./reply.js";
import { cut } from "./thrown.js";

/** What a call does next: the host performs the effect, or the call has ended. */
export type Next<T> =
    | { readonly number: number; readonly effect: Effect }
    | { readonly done: T }
    | { readonly failed: GentaskError };

/** One operation under way. */
export class Call<T> {
    readonly #core: wasm.Call;
    readonly #read: (said: string) => T;
    #endsAt: number | null = null;
    #isFree = false;

    /** @internal */
    constructor(core: wasm.Call, read: (said: string) => T) {
        this.#core = core;
        this.#read = read;
    }

    /**
     * Goes on: without an answer at first, then with the one to the effect that was asked for, and its number. Throws where the host is mistaken (an
     * answer of another kind, to another effect, given twice or after the end; a sleep that is not over), and the call stays as it was.
     */
    next(now: number, answer?: Answer & { readonly number: number }): Next<T> {
        const core = this.#held();
        const at = timeOf(now);
        const [number, head, beside, bytes] = answer === undefined ? ([0, ""] as const) : numbered(answer);
        const said = ask(() => core.next(number, head, beside, bytes, at));
        if (said.startsWith("=")) return { done: this.#read(said.slice(1)) };
        if (said.startsWith("!")) return { failed: failure(said.slice(1)) };
        const [own = "", json = ""] = said.split("\n");
        const { endsAt, number: asked, stays: _, ...effect } = JSON.parse(own) as Head & { endsAt: number | null; number: number; stays: boolean };
        this.#endsAt = endsAt;
        return { number: asked, effect: effectOf(effect, json, (index) => core.bytes(index)) };
    }

    /** Whether the host may drop the call. While a submit is under way it may not: it lets the call run on, whoever has left. */
    get mayBeLeft(): boolean {
        return this.#held().mayBeLeft();
    }

    /** The intent that the call is about, as far as it is known now: a submit's own, or the one that its key turned out to name. */
    get intentId(): string | null {
        return this.#held().intentId() || null;
    }

    /** When nobody waits for the call any more, whatever effect holds it up: then `overdue` says what is told. */
    get endsAt(): number | null {
        return this.#endsAt;
    }

    /** Drops the call, and gives back what it holds of its client's pacer. Nothing else may be called afterwards. */
    free(): void {
        if (!this.#isFree) this.#core.free();
        this.#isFree = true;
    }

    #held(): wasm.Call {
        if (this.#isFree) throw mistake("UNSUPPORTED", "the call was dropped");
        return this.#core;
    }
}

/** The number of an answer, and its parts. */
function numbered(answer: Answer & { readonly number: number }): [number, string, string?, Uint8Array?] {
    if (typeof answer !== "object" || answer === null) throw mistake("UNSUPPORTED", "an answer is an object with the effect's number and a kind");
    const { number, ...own } = answer;
    if (!Number.isSafeInteger(number) || number < 1 || number > 0xffff_ffff) {
        throw mistake("UNSUPPORTED", `an answer goes with its effect's number, not ${cut(String(number), 40)}`);
    }
    return [number, ...partsOf(own as Answer)] as [number, string, string?, Uint8Array?];
}

/** `{"message": ..., "reply": ...}`, of which the reply keeps its letters: a number in it may be one that an object cannot hold. */
function failure(said: string): GentaskError {
    const { message } = JSON.parse(said) as { message: string };
    // Within a text a quotation mark has a backslash before it.
    return errorOf(Reply.of(said.slice(said.indexOf(',"reply":') + ',"reply":'.length, -1)), message);
}
