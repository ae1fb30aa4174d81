// What a call asks of its host, and what the host answers: the core's form on one side, JavaScript's on the other. Bytes are `Uint8Array`, and
// beside each record stands its exact text, for a number in it may be one that an object cannot hold.

import { text, whole } from "./arguments.js";
import { mistake } from "./core.js";
import { recordText } from "./given.js";
import { bytesOf, type Delivery, type ResponseHead } from "./io.js";
import { toJson } from "./json.js";
import { Reply } from "./reply.js";
import type { Blob, Cursor, DeliveryFilter, Find, NoticeFilter, StoredDelivery, StoreFaultKind, StoreFilter } from "./store.js";
import { cut, wellFormed } from "./thrown.js";
import type { Bytes, ErrorCode, HttpRequest, TaskEvent, TaskRecord } from "./types.js";

/** A record, and its text as it is to be stored. */
export interface Stored {
    readonly record: TaskRecord;
    /** Letter for letter. */
    readonly json: string;
}

/** One thing that a host does, and then tells the call of. Everything about the store is what `TaskStore` says of the same names. */
export type Effect =
    /**
     * The key, then a place among the requests in flight; both are kept until the submit's answer, a sleep that gives back, or the end of the call.
     * Answers: `ready`, `keyless`.
     */
    | { readonly kind: "ready" }
    /** The record of an intent. `withinMs`: how long that may take before it counts as refused. Answers: `record`, `refused`. */
    | { readonly kind: "load"; readonly intentId: string; readonly withinMs: number | null }
    /** All records that match. Answers: `records`, `refused`, also where one of them cannot be read. */
    | { readonly kind: "find"; readonly by: Find }
    /** A page of records. Answers: `listing`, `refused`. */
    | { readonly kind: "list"; readonly filter: StoreFilter }
    /** The bytes beside a record. Answers: `bytes`, `refused`. */
    | { readonly kind: "blob"; readonly intentId: string; readonly name: "request" | "raw" }
    /** A value of no single task. Answers: `value`, `refused`. */
    | { readonly kind: "meta"; readonly name: string }
    /**
     * Sets such a value: always, only where there is none, or as a number that is moved upwards; atomic, also between processes. Answers: `value`
     * with the one that stands then, `refused`.
     */
    | { readonly kind: "setMeta"; readonly name: string; readonly value: string; readonly rule: "replace" | "ifAbsent" | "raise" }
    /**
     * Stores record, blobs and history, all or nothing, where the stored version is the expected one; durable before the answer where `fence` is set.
     * Where the same save is asked for again, its first try may have been stored. Answers: `saved`, `conflict`, `refused`.
     */
    | Stored & {
        readonly kind: "save";
        readonly expectedVersion: number;
        readonly fence: boolean;
        readonly blobs: readonly Blob[];
        /** What people may want to know later. */
        readonly history: readonly TaskEvent[];
        /** The callback that brought the change: stored with it, or in its way where it is stored already as anything but an orphan. */
        readonly delivery: StoredDelivery | null;
        /** Whether the task has ended: then a notice of that is stored too, once. */
        readonly isEnd: boolean;
    }
    /** Stores a callback where none of its provider, account and name is stored yet. Answers: `noted`, `refused`. */
    | { readonly kind: "remember"; readonly delivery: StoredDelivery }
    /** The stored callbacks that match, the newest first. Answers: `deliveries`, `refused`. */
    | { readonly kind: "deliveries"; readonly filter: DeliveryFilter }
    /** The records of ended tasks whose end nobody has acknowledged, the oldest end first. Answers: `records`, `refused`. */
    | { readonly kind: "notices"; readonly filter: NoticeFilter }
    /** Notes that what follows from a task's end is done. Answers: `noted`, `refused`. */
    | { readonly kind: "acknowledge"; readonly intentId: string; readonly at: number }
    /** Verifies Ed25519 signatures, strictly (no small-order points, no second form of a signature): all of them. Answer: `verified`. */
    | { readonly kind: "verify"; readonly candidates: readonly Candidate[] }
    /** Deletes records that have ended, and never another one. Answers: `deleted`, `refused`. */
    | { readonly kind: "delete"; readonly intentIds: readonly string[] }
    /**
     * Sends the request once: no retry, no redirect, a submit on a connection of its own. What is no submit asks for key and place by itself, unless
     * the call has them. One that the provider was asked to keep open (`openMs`) takes no place; of those a `status` request may be dropped after a
     * save of another call for the same intent. Answers: `response`, `undelivered`, `keyless`, then also `changed`.
     */
    | {
        readonly kind: "send";
        readonly request: OutgoingRequest;
        /** When its time is over, the wait for key and place included; beyond all calendars where nothing but `timeoutMs` ends it. */
        readonly until: number;
        /** The longest that the request itself may take, in milliseconds. */
        readonly timeoutMs: number;
    }
    /** Waits until a time, or until another call of this client has saved the same intent. Answers: `due`, `changed`. */
    | {
        readonly kind: "sleep";
        readonly until: number;
        readonly intentId: string | null;
        /** Whether key and place of `ready` are given back first. */
        readonly givesBack: boolean;
        /** Whether the call may be dropped here, and a new wait begun at that time. */
        readonly mayPark: boolean;
    }
    /** Whether the process that a lease's holder tells of is provably gone: the one with this id on this machine, started then. Answer: `gone`. */
    | { readonly kind: "probe"; readonly holder: string; readonly host: string; readonly pid: number; readonly started: number }
    /** Tells listeners what happened, then how the task is. Answer: `told`. */
    | Stored & { readonly kind: "tell"; readonly events: readonly TaskEvent[]; readonly update: Reply | null };

/** A signature to be verified. */
export interface Candidate {
    /** The public key: 32 bytes. */
    readonly key: Uint8Array;
    readonly message: Uint8Array;
    /** 64 bytes. */
    readonly signature: Uint8Array;
}

/** A request, without the key. */
export interface OutgoingRequest extends Omit<HttpRequest, "body"> {
    readonly body: Uint8Array;
}

/** An answer of the provider. */
export interface HttpResponse extends ResponseHead {
    /** Absent: there was none. */
    readonly body?: Uint8Array | Bytes;
}

/** What became of an effect. */
export type Answer =
    | { readonly kind: "ready" | "saved" | "conflict" | "due" | "changed" | "told" }
    /** There is no key, and nothing was sent. */
    | { readonly kind: "keyless"; readonly message: string; readonly code?: ErrorCode }
    | { readonly kind: "record"; readonly record: string | TaskRecord | null }
    | { readonly kind: "records"; readonly records: readonly (string | TaskRecord)[] }
    | { readonly kind: "listing"; readonly tasks: readonly { readonly intentId: string; readonly json: string }[]; readonly next: Cursor | null }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array | null }
    | { readonly kind: "value"; readonly value: string | null }
    /** Whether that was news. */
    | { readonly kind: "noted"; readonly isNews: boolean }
    | { readonly kind: "deliveries"; readonly deliveries: readonly StoredDelivery[] }
    /** Which of the candidates is signed so, counted from 0; `null`: none. */
    | { readonly kind: "verified"; readonly index: number | null }
    /** How many there were. */
    | { readonly kind: "deleted"; readonly count: number }
    /** The store refused, or did not answer. */
    | { readonly kind: "refused"; readonly fault: StoreFaultKind; readonly message: string }
    | { readonly kind: "response"; readonly response: HttpResponse }
    /** `notSent` is a proof. The reason holds no URL and no key. */
    | { readonly kind: "undelivered"; readonly delivery: Delivery; readonly reason: string }
    /** Whether it is proven. */
    | { readonly kind: "gone"; readonly isGone: boolean };

/** An effect as the core tells it: its JSON, then the record that goes with it. */
export function effectOf(head: Head, json: string, bytes: (index: number) => Uint8Array | undefined): Effect {
    const effect: object = membersOf(head, json, bytes);
    return effect as Effect;
}

function membersOf({ effect: kind, ...own }: Head, json: string, bytes: (index: number) => Uint8Array | undefined): object {
    const stored = json === "" ? {} : { record: JSON.parse(json), json };
    const delivery = (index: number): object | null => own.delivery == null ? null : { ...own.delivery, body: bytes(index) ?? new Uint8Array() };
    switch (kind) {
        case "save": {
            const { blobs = [], isEnd = false, ...save } = own;
            const changed = blobs.map((name, index) => ({ name, bytes: bytes(index) ?? null }));
            return { kind, ...save, ...stored, blobs: changed, isEnd, delivery: delivery(blobs.length) };
        }
        case "remember":
            return { kind, ...own, delivery: delivery(0) };
        case "verify":
            return { kind, candidates: candidates(own.candidates ?? []) };
        case "send":
            return { kind, ...own, request: { ...own.request, body: bytes(0) ?? new Uint8Array() } };
        case "tell":
            return { kind, ...own, ...stored, update: own.update == null ? null : Reply.of(own.update) };
        default:
            return { kind, ...own };
    }
}

/** The members of an effect's JSON that are not taken as they are. */
export interface Head {
    readonly effect: string;
    readonly blobs?: readonly string[];
    readonly isEnd?: boolean;
    readonly delivery?: object;
    readonly candidates?: readonly { readonly key: string; readonly message?: string; readonly signature: string }[];
    readonly request?: object;
    readonly update?: string | null;
}

/** Signatures with their parts as bytes. A message that is left out is that of the one before. */
function candidates(told: NonNullable<Head["candidates"]>): Candidate[] {
    let message: Uint8Array = new Uint8Array();
    return told.map(({ key, signature, ...own }) => {
        if (own.message !== undefined) message = bytesOf({ base64: own.message });
        return { key: bytesOf({ base64: key }), message, signature: bytesOf({ base64: signature }) };
    });
}

/** An answer as the core takes it: its JSON, and the text or the bytes that go beside it. */
export function partsOf(answer: Answer): [head: string, text?: string | undefined, bytes?: Uint8Array | undefined] {
    const head = (word: string, own: object = {}): string => toJson({ answer: word, ...own }, "UNSUPPORTED", "the answer");
    switch (answer.kind) {
        case "ready":
        case "due":
        case "changed":
        case "told":
            return [head(answer.kind)];
        case "saved":
        case "conflict":
            return [head("saved", { isConflict: answer.kind === "conflict" })];
        case "record":
            return [head("record"), answer.record === null ? undefined : stored(answer.record)];
        case "records":
            return [head("records"), JSON.stringify(list(answer.records, "records").map(stored))];
        case "listing": {
            const tasks = list(answer.tasks, "tasks").map(({ intentId, json }) => ({
                intentId: text(intentId, "intentId"),
                json: text(json, "json"),
            }));
            return [head("listing", { next: answer.next }), JSON.stringify(tasks)];
        }
        case "bytes":
            if (answer.bytes === null) return [head("bytes")];
            if (answer.bytes instanceof Uint8Array) return [head("bytes"), undefined, answer.bytes];
            throw misfit("bytes", "a Uint8Array, or null");
        case "value":
            return [head("value", { value: answer.value === null ? null : text(answer.value, "value") })];
        case "noted":
            if (typeof answer.isNews !== "boolean") throw misfit("isNews", "true or false");
            return [head("noted", { isNews: answer.isNews })];
        case "deliveries": {
            const found = list(answer.deliveries, "deliveries").map(({ body, ...own }) => ({ ...own, bodyBase64: base64(body) }));
            return [head("deliveries"), toJson(found, "UNSUPPORTED", "the answer")];
        }
        case "verified":
            return [head("verified", { index: answer.index === null ? null : whole(answer.index, "index", 0) })];
        case "deleted":
            return [head("deleted", { count: whole(answer.count ?? null, "count", 0) })];
        case "refused":
            return [head("refused", { kind: text(answer.fault, "fault"), message: wellFormed(String(answer.message)) })];
        case "undelivered":
            return [head("undelivered", { delivery: text(answer.delivery, "delivery"), reason: wellFormed(String(answer.reason)) })];
        case "response": {
            if (typeof answer.response !== "object" || answer.response === null) {
                throw misfit("response", "an object with status, headers, end and body");
            }
            const { body, ...own } = answer.response;
            return [head("response", own), undefined, bodyOf(body)];
        }
        case "keyless":
            return [head("keyless", { message: wellFormed(String(answer.message)), ...(answer.code !== undefined && { code: answer.code }) })];
        case "gone":
            if (typeof answer.isGone !== "boolean") throw misfit("isGone", "true or false");
            return [head("gone", { isGone: answer.isGone })];
        default:
            throw mistake("UNSUPPORTED", `"${cut(String((answer as { kind?: unknown }).kind), 40)}" is the kind of no answer`);
    }
}

/** Bytes in base64, a piece at a time: no call takes as many arguments as a body has bytes. */
function base64(bytes: Uint8Array): string {
    let binary = "";
    for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    return btoa(binary);
}

const PIECE = 0x8000;

/** A body as its bytes; without one, none. */
export function bodyOf(body: Uint8Array | Bytes | undefined): Uint8Array {
    if (body instanceof Uint8Array) return body;
    return body === undefined ? new Uint8Array() : bytesOf(body);
}

/** A record that the store gave. What is left out is no record, and not none. */
function stored(record: string | TaskRecord): string {
    if (typeof record === "string" || (typeof record === "object" && record !== null)) return recordText(record);
    throw misfit("record", "a text or an object, or null where there is none");
}

function list<T>(values: readonly T[], name: string): readonly T[] {
    if (Array.isArray(values)) return values;
    throw misfit(name, "an array");
}

function misfit(name: string, expected: string): Error {
    return mistake("UNSUPPORTED", `the answer's ${name}: it is ${expected}`);
}
