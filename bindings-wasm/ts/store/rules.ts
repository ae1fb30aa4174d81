// What every store of the package refuses, wherever it keeps its tasks.

import { type Cursor, StoreFault, type StoreFilter } from "../store.js";

/** The most callbacks that are kept of one provider and account whose task is not known yet; beyond that the oldest go. The core's number. */
export const MOST_ORPHANS = 10_000;

/** Refuses a save whose version does not follow from the expected one: such a record could never be saved again. */
export function checkVersion(version: number, expectedVersion: number): void {
    if (version !== expectedVersion + 1) throw new StoreFault("misuse", `a record of version ${version} cannot follow version ${expectedVersion}`);
}

/** A stored number; what is none counts as 0. */
export function countOf(text: string | null | undefined): number {
    return /^\d{1,15}$/.test(text ?? "") ? Number(text) : 0;
}

/** Which of two places comes first in a listing: below zero for the first. */
export function ordered({ newestFirst }: StoreFilter, one: Cursor, other: Cursor): number {
    return newestFirst === true ? order(other, one) : order(one, other);
}

/** The same for a listing with the oldest first. */
export function order(one: Cursor, other: Cursor): number {
    return one.created - other.created || (one.intentId < other.intentId ? -1 : one.intentId > other.intentId ? 1 : 0);
}
