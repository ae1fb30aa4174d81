// The providers in time: a clock that runs faster, answers that wait for what comes before them, and callbacks when they are due.

import { House } from "../../testing/pkg/core.js";
import { sleep } from "../clock.js";
import { type Deliver, type Post, within } from "./callbacks.js";

/** A request that arrived. */
export interface Arrived {
    readonly method: string;
    /** The path with its query. */
    readonly target: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array;
}

/** What a provider answers. */
export interface Told {
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array;
    /** What happens on the way, where it is no plain answer. */
    readonly fault: OnTheWay | null;
    /** The `date` header. */
    readonly date: string;
    /** Where the answer, or half of it, is held: when it is let go. */
    readonly held?: Promise<void> | undefined;
}

/** A fault that only who sends the answer can show. */
export type OnTheWay = { readonly kind: string; readonly ms?: number };

interface Head extends Omit<Told, "body" | "date" | "held"> {
    readonly provider: string | null;
    readonly task: string | null;
    readonly releases: boolean;
}

/** The longest timer that runtimes have, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class World {
    readonly house: House;
    readonly speed: number;
    readonly latencyMs: number;
    /** Connections that are open, were open at most, and were opened in all. */
    readonly connections = { open: 0, most: 0, total: 0 };
    /** How callbacks are brought to their receivers. */
    deliver: Deliver;
    // No AbortController: Workers make none before their first request.
    readonly #ending = new Set<() => void>();
    #hasEnded = false;
    #began: { readonly at: number; readonly ticks: number } | undefined;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #held = new Set<() => void>();
    #settled = new Set<() => void>();

    constructor(origin: string, speed: number, latencyMs: number, deliver: Deliver) {
        this.house = new House(origin, speed);
        this.speed = speed;
        this.latencyMs = latencyMs;
        this.deliver = deliver;
    }

    /** Whether the sandbox is closed. */
    get hasEnded(): boolean {
        return this.#hasEnded;
    }

    /** The simulated time, in Unix milliseconds. */
    now(): number {
        const { at, elapsed } = this.#time();
        return at + elapsed * this.speed;
    }

    /** Whether this request is to be reset before its body is read. */
    resetsUnread({ headers, method, target }: Omit<Arrived, "body">): boolean {
        return this.house.resetsUnread(method, target, JSON.stringify(headers));
    }

    /** What is answered to a request that arrived whole. */
    async answer(arrived: Arrived): Promise<Told> {
        const [{ provider, task }, told] = this.ask(arrived);
        const isHeld = told.fault?.kind === "hold" || told.fault?.kind === "holdBody";
        // From now on: whoever sees that the request has arrived can let its answer go.
        const held = isHeld ? new Promise<void>((resolve) => this.#held.add(resolve)) : undefined;
        if (this.latencyMs > 0) await this.#unlessEnded((leaving) => sleep(this.latencyMs, leaving.signal));
        while (provider !== null && task !== null && !this.#hasEnded && this.house.holdsAnswer(provider, task)) {
            await new Promise<void>((resolve) => this.#settled.add(resolve));
        }
        return { ...told, held };
    }

    /** The same at once, whatever it would have to wait for. */
    ask({ body, headers, method, target }: Arrived): [Head, Told] {
        const now = this.now();
        const { most, open, total } = this.connections;
        const answered = this.house.answer(method, target, JSON.stringify(headers), body, now, Uint32Array.of(open, most, total));
        const head = JSON.parse(answered.head) as Head;
        const { fault, headers: own, status } = head;
        const told = { status, headers: own, body: answered.takeBody(), fault, date: new Date(now).toUTCString() };
        answered.free();
        if (head.releases) this.release();
        this.#post();
        return [head, told];
    }

    /** Lets every answer go that is held. */
    release(): void {
        for (const go of take(this.#held)) go();
    }

    /** Ends all that waits. */
    end(): void {
        clearTimeout(this.#timer);
        this.#hasEnded = true;
        this.release();
        for (const go of [...take(this.#settled), ...take(this.#ending)]) go();
    }

    /** Begins the deliveries that are due, and comes back for the next. */
    #post(): void {
        clearTimeout(this.#timer);
        if (this.#hasEnded) return;
        const { at, elapsed } = this.#time();
        for (const post of JSON.parse(this.house.postsDue(this.now(), at + elapsed)) as Post[]) void this.#bring(post);
        const next = this.house.nextPostAt();
        if (next === undefined) return;
        const pause = Math.ceil((next - this.now()) / this.speed);
        this.#timer = setTimeout(() => this.#post(), Math.min(Math.max(pause, 1), LONGEST_TIMER));
    }

    async #bring(post: Post): Promise<void> {
        const status = await this.#unlessEnded((leaving) => within(post.patienceMs, leaving, () => this.deliver(post, leaving.signal)));
        if (this.#hasEnded) return;
        this.house.posted(post.number, status, this.now());
        for (const go of take(this.#settled)) go();
        this.#post();
    }

    /** Something that the end of the sandbox ends. */
    async #unlessEnded<T>(start: (leaving: AbortController) => Promise<T>): Promise<T> {
        const leaving = new AbortController();
        const leave = (): void => leaving.abort();
        this.#ending.add(leave);
        try {
            return await start(leaving);
        } finally {
            this.#ending.delete(leave);
        }
    }

    /** When the sandbox was first asked anything, and how long ago that is. Not earlier: Workers tell no time before their first request. */
    #time(): { readonly at: number; readonly elapsed: number } {
        const ticks = Math.floor(performance.now());
        this.#began ??= { at: Date.now(), ticks };
        return { at: this.#began.at, elapsed: ticks - this.#began.ticks };
    }
}

function take<T>(set: Set<T>): T[] {
    const all = [...set];
    set.clear();
    return all;
}
