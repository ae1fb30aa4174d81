// Values of a program as JSON, without a guess: what JSON cannot hold is refused, all of it at once, instead of being dropped or changed
// on the way to a request that costs money. A member that is `undefined` is no member, as everywhere in JavaScript.

import { mistake } from "./core.js";
import { cut, isWellFormed, wordsOf } from "./thrown.js";
import type { ErrorCode } from "./types.js";

/** The core's limit. Deeper values are not walked: their number may be without end. */
const DEPTH = 64;
/** Faults that are listed; of a long list of wrong numbers nobody reads the rest. */
const LISTED = 100;

/** @internal A JSON text that goes to the core as it stands, with numbers in it that JavaScript may be unable to hold. The core checks it. */
export class JsonText {
    readonly text: string;

    constructor(text: string) {
        this.text = text;
    }
}

type Fault = [path: string, rule: string, expected: string, actual: string];

/** The JSON text of a value. `what` names it in the message of the exception, whose code is `code`. */
export function toJson(value: unknown, code: ErrorCode, what: string): string {
    const faults: Fault[] = [];
    let text: string | undefined;
    try {
        if (value instanceof JsonText) return value.text;
        check(value, "", 0, [], faults);
        if (faults.length === 0) text = JSON.stringify(value);
    } catch (error) {
        // Getters and Proxies run code of their own.
        throw mistake(code, `${what} cannot be read: ${wordsOf(error)}`);
    }
    if (text === undefined) throw mistake(code, what, faults);
    return text;
}

function check(value: unknown, path: string, depth: number, above: object[], faults: Fault[]): void {
    const fault = (rule: string, expected: string, actual: string): void => {
        if (faults.length < LISTED) faults.push([path, rule, expected, actual]);
    };
    switch (typeof value) {
        case "string":
            if (!isWellFormed(value)) fault("encoding", "text that UTF-8 can hold", "a lone surrogate");
            return;
        case "number":
            if (!Number.isFinite(value)) fault("type", "a number that JSON can hold", String(value));
            return;
        case "boolean":
            return;
        case "undefined":
            return fault("type", "a JSON value: leave the member out, or say null", "undefined");
        case "bigint":
            return fault("type", "a number or a string", "a BigInt");
        case "object":
            break;
        default:
            return fault("type", "a JSON value", `a ${typeof value}`);
    }
    if (value === null) return;
    if (above.includes(value)) return fault("type", "a JSON value", "a cycle: it contains itself");
    if (depth >= DEPTH) return fault("depth", `at most ${DEPTH} levels`, "more");
    const within = [...above, value];
    if (Array.isArray(value)) {
        // By number, so that holes are seen.
        for (let index = 0; index < value.length; index++) check(value[index], `${path}/${index}`, depth + 1, within, faults);
        return;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = prototype === null || (Object.getPrototypeOf(prototype) === null && "hasOwnProperty" in (prototype as object));
    // The last one is a `MediaFile`, or looks like one.
    const isMedium = ArrayBuffer.isView(value) || "arrayBuffer" in value || "path" in value;
    if (!isPlain) return fault("type", isMedium ? "a text, as withMedia of gentask/media makes it" : "a plain object", described(value));
    if (Object.getOwnPropertySymbols(value).length > 0) fault("type", "members with names", "a symbol as a name");
    for (const [name, member] of Object.entries(value)) {
        const at = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        if (member === undefined) continue;
        if (name === "toJSON") fault("type", "a plain object", "one with a toJSON of its own");
        else if (!isWellFormed(name)) fault("encoding", "names that UTF-8 can hold", "a lone surrogate in a name");
        else check(member, at, depth + 1, within, faults);
    }
}

function described(value: object): string {
    const name: unknown = value.constructor?.name;
    return typeof name === "string" && name !== "" ? `an instance of ${cut(name, 40)}` : "an object with a prototype of its own";
}
