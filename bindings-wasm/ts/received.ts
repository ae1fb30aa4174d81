// Callbacks, as calls take them: what they are proven with, how they came, and what became of them. Types only.

import type { Stored } from "./effects.js";
import type { Reply } from "./reply.js";

/** How a client has itself called back. */
export interface CallbackSettings {
    readonly secrets?: Secrets;
    /** The only hosts to which a callback may go. Default: any public one. */
    readonly hosts?: readonly string[];
    /** Whether the host's store keeps callbacks: without that none may be asked for. */
    readonly areKept?: boolean;
}

/** What callbacks are checked against. */
export interface Secrets {
    /** The host's own, for the tokens in its callback URLs: the first that still counts makes new ones. Default: a random one, kept in the store. */
    readonly token?: readonly Secret[];
    /** The provider's signing secrets, or its public keys. */
    readonly signing?: readonly Secret[];
    /** How far a timestamp may be from the clock: 5 minutes, from 1 to 10. */
    readonly toleranceMs?: number;
}

/** A secret, and until when it counts. */
export interface Secret {
    readonly text: string;
    readonly until?: number | null;
}

/** Whether a follow-up has anything to do. */
export interface FollowUp {
    /** Whether the host waits for the task by other means than this client's calls: then who waits asks. */
    readonly isDriven?: boolean;
}

/** A callback as HTTP brought it. */
export interface Arrival {
    /** In capitals. */
    readonly method: string;
    /** The URL that was asked: absolute, or its path with its query. */
    readonly url: string;
    /** Names in any case; a header that came twice stands here twice. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The bytes as they came. Who stopped reading after 1 MiB passes one byte more. */
    readonly body: Uint8Array;
}

/**
 * What became of a callback. `applied`: its signed body said how the task is. `poke`: there is news, and a status call says which. `duplicate`: it was
 * taken before. `orphan`: its task is not known yet. `conflict`: it contradicts what is stored. `unknown`: its task is not stored, or not any more.
 * `refused`: it proves nothing. `unavailable`: it could not be taken now, and is to come again.
 */
export type Received = "applied" | "poke" | "duplicate" | "orphan" | "conflict" | "unknown" | "refused" | "unavailable";

/** What is answered to a callback, and what it brought. Status and body say nothing about any task. */
export interface CallReceipt {
    readonly httpStatus: number;
    /** Plain text. */
    readonly body: string;
    readonly outcome: Received;
    readonly intentId: string | null;
    /** Whether `followUp` has something to do, once the answer has gone out. */
    readonly followUp: boolean;
    /** Which of the secrets for tokens proved it, counted from 0: once the old one proves nothing any more, it can go. */
    readonly tokenSecret: number | null;
    /** Which of the signing secrets or keys did. */
    readonly signingSecret: number | null;
    /** Why it could not be taken, for a log. */
    readonly reason: string | null;
}

/** A task that has ended, and what follows from that is not done yet. */
export interface CallNotice extends Stored {
    /** How it ended. */
    readonly reply: Reply;
}
