// What a caller gives, looked at before it is used: JavaScript hands over anything.

import { mistake } from "./core.js";
import { cut, isWellFormed } from "./thrown.js";

/** The longest duration there is, in milliseconds: 300 years. A longer one, also one without end, is this one. */
export const LONGEST_MS = 300 * 365 * 86_400_000;

/** A number of seconds as milliseconds. */
export function milliseconds(seconds: number | undefined, name: string): number | undefined {
    if (seconds === undefined) return undefined;
    if (typeof seconds !== "number" || !(seconds >= 0)) throw mistake("UNSUPPORTED", `${name} is a number of seconds from 0`);
    return Math.min(Math.round(seconds * 1_000), LONGEST_MS);
}

/** Refuses members of another name: a misspelt `key` would be a submit without one. */
export function known(given: unknown, names: readonly string[], what: string): void {
    if (typeof given !== "object" || given === null) throw mistake("UNSUPPORTED", `${what} takes an object with ${names.join(", ")}`);
    const unknown = Object.keys(given).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw mistake("UNSUPPORTED", `${what} has no option ${cut(unknown.join(", "), 200)}: there are ${names.join(", ")}`);
}

/** Text, and nothing that merely looks like it. */
export function text(value: unknown, name: string): string {
    if (typeof value === "string" && isWellFormed(value)) return value;
    throw mistake("UNSUPPORTED", `${name} is text${typeof value === "string" ? " that UTF-8 can hold: this has half of a surrogate pair" : ""}`);
}

/** A whole number from `least`. */
export function whole(value: unknown, name: string, least: number): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
    throw mistake("UNSUPPORTED", `${name} is a whole number from ${least}`);
}
