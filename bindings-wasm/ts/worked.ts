// What a worker's calls bring.

import type { Stored } from "./effects.js";
import type { CallNotice } from "./received.js";
import type { Reply } from "./reply.js";

/** What is said about a worker's looks and turns. */
export interface Settling {
    /** Whether the ends of tasks are to be told to the application. */
    readonly settles?: boolean;
}

/** What a worker does next. */
export interface Work {
    /** Each for a `turn`, beside one another. */
    readonly due: readonly Stored[];
    /** Ended tasks whose end nobody has acknowledged, each claimed: the application is told, and then `handled` is. */
    readonly settled: readonly CallNotice[];
    /** Tasks that cannot be taken up, because their record cannot be read or they were submitted to another base URL; each is told once an hour. */
    readonly left: readonly { readonly intentId: string; readonly reply: Reply }[];
    /** Why the store could not be read. */
    readonly problem: string | null;
    /** When to look again. */
    readonly again: number;
}

/** What a worker's turn with a task brought. */
export interface Turn {
    /** How the task is. */
    readonly reply: Reply;
    /** Whether somebody wants to hear of it: the task has ended, or cannot be gone on with now. */
    readonly isNews: boolean;
    /** Its end, where the application is to be told of it. */
    readonly notice: CallNotice | null;
}
