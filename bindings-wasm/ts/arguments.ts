// What a caller gives, looked at before it is used: JavaScript hands over anything.

import { mistake } from "./core.js";

/** A number of seconds as milliseconds. */
export function milliseconds(seconds: number | undefined, name: string): number | undefined {
    if (seconds === undefined) return undefined;
    if (typeof seconds !== "number" || !(seconds >= 0)) throw mistake("UNSUPPORTED", `${name} is a number of seconds from 0`);
    return Math.min(Math.round(seconds * 1_000), Number.MAX_SAFE_INTEGER);
}

/** Refuses members of another name: a misspelt `key` would be a submit without one. */
export function known(given: unknown, names: readonly string[], what: string): void {
    if (typeof given !== "object" || given === null) throw mistake("UNSUPPORTED", `${what} takes an object with ${names.join(", ")}`);
    const unknown = Object.keys(given).filter((name) => !names.includes(name));
    if (unknown.length > 0) throw mistake("UNSUPPORTED", `${what} has no option ${unknown.join(", ")}: there are ${names.join(", ")}`);
}

/** Text, and nothing that merely looks like it. */
export function text(value: unknown, name: string): string {
    if (typeof value === "string") return value;
    throw mistake("UNSUPPORTED", `${name} is text`);
}

/** A whole number from `least`. */
export function whole(value: unknown, name: string, least: number): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
    throw mistake("UNSUPPORTED", `${name} is a whole number from ${least}`);
}
