// The API key: where it comes from, and how it is kept out of everything else. A source is asked each time a key is needed, so that a rotated
// key is used at once. A key that could not stand in a header is refused here, before anything is sent, and no message ever holds one.

import { mistake } from "./core.js";
import { setting } from "./host.js";
import type { GentaskError } from "./errors.js";
import type { Awaitable } from "./store.js";
import { cut, wordsOf } from "./thrown.js";

/** The key, or a function that is asked for it each time: a secret manager, a platform's key store, a short-lived token. */
export type ApiKey = string | (() => Awaitable<string>);

/** The longest key that is accepted, in characters. */
const LONGEST = 4096;
/** Shorter ones are no keys but words that may stand anywhere. */
const SHORTEST_TO_HIDE = 8;

/** The key as it is now, fit for a header. */
export async function askForKey(source: ApiKey | undefined, environment: string | null): Promise<string> {
    let key: unknown;
    let name = "the API key";
    if (typeof source === "function") {
        name = "the API key from the callback";
        try {
            key = await source();
        } catch (reason) {
            throw refused(`the callback gave no API key: ${printable(reason)}`, reason);
        }
    } else if (source !== undefined) {
        key = source;
    } else if (environment !== null) {
        name = `the environment variable ${environment}`;
        try {
            key = setting(environment);
        } catch (reason) {
            throw refused(`${name} may not be read here`, reason);
        }
        if (key === undefined) throw refused(`${name} is not set`);
    }
    const fault = typeof key === "string" ? faultOf(key) : "is not text";
    if (fault !== undefined) throw refused(`${name} ${fault}`);
    return key as string;
}

/** What keeps a key out of a header, as the end of a sentence. */
function faultOf(key: string): string | undefined {
    if (key === "") return "is empty";
    if (key.length > LONGEST) return `is longer than ${LONGEST} bytes`;
    if (/[\r\n]$/.test(key)) return "ends with a line break, as text read from a file often does: remove it";
    if (key.startsWith(" ") || key.endsWith(" ")) return "begins or ends with a space: remove it";
    if (/\p{Cc}/u.test(key)) return "holds a line break or another control character";
    if (/[^\x20-\x7e]/.test(key)) return "holds a character outside ASCII";
    return undefined;
}

/** A text without the key. */
export function hidden(text: string, key: string): string {
    return key.length < SHORTEST_TO_HIDE ? text : text.replace(occurrences(key), (found) => "*".repeat(found.length));
}

/** Overwrites each occurrence of the key in an answer: it would end up in records, replies and logs. */
export function conceal(headers: Record<string, string>, body: Uint8Array, key: string): void {
    if (key.length < SHORTEST_TO_HIDE) return;
    for (const [name, value] of Object.entries(headers)) headers[name] = hidden(value, key);
    // One character for each byte.
    const text = new TextDecoder("latin1").decode(body);
    for (const { 0: found, index } of text.matchAll(occurrences(key))) body.fill(0x2a, index, index + found.length);
}

/** What finds the key that was asked for last: each part of each answer is searched for it. */
let last: { readonly key: string; readonly pattern: RegExp } | undefined;

function occurrences(key: string): RegExp {
    if (last?.key !== key) last = { key, pattern: patternOf(key) };
    return last.pattern;
}

/** The key, also where its characters are escaped as JSON or a URL escapes them: `/` is `\/`, `\u002f` and `%2F` too. */
function patternOf(key: string): RegExp {
    const characters = [...key].map((character) => {
        const code = character.charCodeAt(0).toString(16).padStart(2, "0");
        const hex = [...code].map((digit) => (digit < "a" ? digit : `[${digit}${digit.toUpperCase()}]`)).join("");
        const escaped = ["/", '"', "\\"].includes(character) ? `|\\\\\\x${code}` : "";
        return `(?:\\\\u00${hex}|%${hex}${escaped}|\\x${code})`;
    });
    // A backslash that is itself escaped begins nothing: of a run, every second one is.
    return new RegExp(`(?<!(?:^|[^\\\\])(?:\\\\\\\\)*\\\\(?=\\\\))${characters.join("")}`, "g");
}

function refused(message: string, cause?: unknown): GentaskError {
    const error = mistake("AUTH_FAILED", message);
    if (cause !== undefined) Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
    return error;
}

function printable(reason: unknown): string {
    return cut(wordsOf(reason).replaceAll(/\p{Cc}/gu, " "), 200);
}
