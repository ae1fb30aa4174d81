// The interface of task stores. Every method is atomic, also against other processes with the same store, and may answer at once or by a
// promise. A record is JSON text that belongs to the core: a store keeps it as it is, and copies a few members beside it to search by.

import type { Phase, TaskEvent, TaskRecord } from "./types.js";

/** A value, now or later. */
export type Awaitable<T> = T | PromiseLike<T>;

/**
 * Durable tasks. A store of your own needs `load`, `find`, `save`, `list`, `blob`, `meta` and `setMeta`; the rest is optional. One that keeps callbacks
 * has `remember`, `deliveries`, `notices` and `acknowledge`, all four.
 */
export interface TaskStore {
    /** The record of an intent, as the text that was saved; `null` where there is none. */
    load(intentId: string): Awaitable<string | null>;
    /** The records that match, oldest first. */
    find(by: Find): Awaitable<string[]>;
    /**
     * Stores a record and the blobs that change beside it, all or nothing, where the stored version is `expectedVersion` (0: nothing is stored
     * yet). `"conflict"`: nothing was stored, because the stored version is another, or the intent id or its owner's key is taken, or its callback.
     * Saves of one task take effect in the order of the calls.
     */
    save(change: Save): Awaitable<"done" | "conflict">;
    /** The records that match, by the time of their creation and then by intent id, or with `newestFirst` the other way round. */
    list(filter: StoreFilter): Awaitable<StorePage>;
    /** The bytes stored under this name beside a record. */
    blob(intentId: string, name: string): Awaitable<Uint8Array | null>;
    /** A value that belongs to no single task. */
    meta(name: string): Awaitable<string | null>;
    /** Sets such a value and returns the one that stands afterwards: with `onlyIfAbsent`, perhaps another process's. */
    setMeta(name: string, value: string, onlyIfAbsent: boolean): Awaitable<string>;
    /**
     * Moves a value that is a whole number upwards, never down, in one step, and returns what stands afterwards; what is there and is no number counts
     * as 0. Without it a shorter pause that another process was asked for at the same moment may replace a longer one.
     */
    raiseMeta?(name: string, value: number): Awaitable<number>;
    /** Whether `save` stores its `events`. Without it they are handed to `appendEvents` after each save. */
    readonly savesHistory?: boolean | undefined;
    /** Notes what happened to a task, for people. Events of an intent that is not stored are dropped. */
    appendEvents?(intentId: string, events: readonly TaskEvent[]): Awaitable<void>;
    /** What happened to a task, in the order in which it was noted. */
    events?(intentId: string): Awaitable<TaskEvent[]>;
    /**
     * Deletes these records with all that belongs to them, and says how many there were. One that has not ended stays, and so does one with a second task
     * id (`conflict.taskId`): it may have come since somebody looked.
     */
    delete?(intentIds: readonly string[]): Awaitable<number>;
    /** Stores a callback where none of its provider, account and name is stored yet, and says whether that was so. Those that are over may be deleted. */
    remember?(delivery: StoredDelivery): Awaitable<boolean>;
    /** The stored callbacks that match, the newest first. */
    deliveries?(filter: DeliveryFilter): Awaitable<StoredDelivery[]>;
    /** The records of ended tasks whose end nobody has acknowledged, the oldest end first. One that cannot be read is left out. */
    notices?(filter: NoticeFilter): Awaitable<string[]>;
    /** Notes that what follows from a task's end is done, and says whether nobody had said so before. */
    acknowledge?(intentId: string, at: number): Awaitable<boolean>;
    /** Lets go of files and connections. */
    close?(): Awaitable<void>;
}

/**
 * What `find` looks for: tasks with an id at the provider (usually one), or the task with a caller's key (one at most). A key is its owner's: with
 * `null` only tasks without an owner match, and `""` is none.
 */
export type Find =
    | { readonly provider: string; readonly taskId: string }
    | { readonly provider: string; readonly account: string; readonly owner: string | null; readonly key: string };

/** What `save` stores. */
export interface Save {
    /** The record, to copy members from. */
    readonly record: TaskRecord;
    /** The record as it is to be stored and handed back, letter for letter. */
    readonly json: string;
    /** Blobs to set, or with `null` to delete. */
    readonly blobs: readonly Blob[];
    readonly expectedVersion: number;
    /** Whether the answer may come only when both would survive a loss of power. */
    readonly fence: boolean;
    /**
     * The callback that brought the change, stored with it: in place of the same one where that is an orphan. Any other one of the same provider, account
     * and name that is not over is a conflict, and nothing is stored.
     */
    readonly delivery?: StoredDelivery | null | undefined;
    /** Whether the task has ended: then a notice is stored with the record, once for each task. */
    readonly isEnd?: boolean | undefined;
    /** What happened, for the task's history; only for a store with `savesHistory`. */
    readonly events?: readonly TaskEvent[] | undefined;
}

/** A callback as it is stored. */
export interface StoredDelivery {
    readonly provider: string;
    readonly account: string;
    /** Its name: the same where the same one is sent again. */
    readonly dedupe: string;
    readonly receivedAt: number;
    /** From when it counts no more. */
    readonly expiresAt: number;
    /** Whether its signature covers its body. */
    readonly verified: boolean;
    readonly outcome: DeliveryOutcome;
    readonly intentId: string | null;
    readonly taskId: string | null;
    /** May hold prompts: for no log. */
    readonly body: Uint8Array;
}

/** What a callback did: `applied` and `conflict` changed the record by what a signed body says, `poke` asks for a look, an `orphan` has no task yet. */
export type DeliveryOutcome = "applied" | "poke" | "orphan" | "conflict";

/** Which callbacks are meant. What is absent does not restrict it. */
export interface DeliveryFilter {
    readonly provider?: string | undefined;
    readonly account?: string | undefined;
    readonly dedupe?: string | undefined;
    readonly intentId?: string | undefined;
    readonly taskId?: string | undefined;
    readonly outcome?: DeliveryOutcome | undefined;
    /** Only those that count at this time: their `expiresAt` is later. */
    readonly keptAt?: number | undefined;
    /** At most this many. */
    readonly limit?: number | undefined;
}

/** Which notices are meant. */
export type NoticeFilter = Pick<DeliveryFilter, "provider" | "account" | "limit">;

/** Bytes beside a record. */
export interface Blob {
    readonly name: string;
    readonly bytes: Uint8Array | null;
}

/** Which records a listing contains. What is absent does not restrict it. */
export interface StoreFilter {
    readonly provider?: string | undefined;
    readonly account?: string | undefined;
    readonly owner?: string | undefined;
    /** Any of these phases. */
    readonly phases?: readonly Phase[] | undefined;
    /** Beside those phases, also tasks of any other with a second task id: their `conflict.taskId` is not null. */
    readonly orConflicting?: boolean | undefined;
    /** Only tasks whose next step was set for a time before this one, in Unix milliseconds. */
    readonly dueBefore?: number | undefined;
    /** Only tasks created at this time or later. */
    readonly createdFrom?: number | undefined;
    /** Only tasks created before this time. */
    readonly createdBefore?: number | undefined;
    /** Whether the newest come first; `after` is a place in that order then. */
    readonly newestFirst?: boolean | undefined;
    /** At most this many. */
    readonly limit?: number | undefined;
    /** Only what comes after this place: `next` of the page before. */
    readonly after?: Cursor | undefined;
}

/** A place in a listing, which stays valid whatever is stored or deleted meanwhile. */
export interface Cursor {
    /** The creation time of the last record before this place. */
    readonly created: number;
    /** Its intent id. */
    readonly intentId: string;
}

/** One page of records, readable or not. */
export interface StorePage {
    readonly tasks: readonly { readonly intentId: string; readonly json: string }[];
    /** Where the following page begins; `null` on the last one. */
    readonly next: Cursor | null;
}

/** What kind of refusal a `StoreFault` is. The client tries a save again after `locked`, `full` and `io`. */
export type StoreFaultKind = "locked" | "readOnly" | "corrupt" | "newer" | "full" | "foreign" | "io" | "misuse";

/** A store that refused to read or write. Nothing of the call took effect. What else a store throws counts as `io`. */
export class StoreFault extends Error {
    override readonly name = "StoreFault";
    readonly kind: StoreFaultKind;

    /** `message` says what happened and what to do: lower case, without a full stop. */
    constructor(kind: StoreFaultKind, message: string, options?: { cause?: unknown }) {
        super(message, options);
        this.kind = kind;
    }
}

/** The phases after which nothing more happens to a task. */
export const TERMINAL_PHASES: readonly Phase[] = ["succeeded", "failed", "cancelled", "rejected", "discarded"];
