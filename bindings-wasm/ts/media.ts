// `gentask/media`: media at hand, for an input: what is a file or bytes becomes the data URI that the provider takes. What is private stays so: no
// message quotes any of the content, and of a path only its last part.

import type { Client } from "./client.js";
import { ask, type CoreContract, functions, mistake } from "./core.js";
import { GentaskError } from "./errors.js";
import { builtin } from "./host.js";
import { cut } from "./thrown.js";

/** As many of the first bytes as tell a type. */
const HEAD = 12;
/** Deeper values are not walked; they are no input, which a submit says. */
const DEPTH = 64;

/** A file on disk as a medium of an input. */
export class MediaFile {
    /** Where it is. */
    readonly path: string | URL;

    /** @internal */
    constructor(path: string | URL) {
        this.path = path;
    }
}

/** A file as a medium: on Node, Deno and Bun, read by `withMedia`. A relative path goes from the working directory. */
export function media(path: string | URL): MediaFile {
    if (typeof path !== "string" && !(path instanceof URL)) throw mistake("UNSUPPORTED", "media takes the path of a file, or its file URL");
    return new MediaFile(path);
}

/** What becomes a data URI: a file or bytes. */
export type Medium = Blob | ArrayBufferLike | ArrayBufferView | MediaFile;

/** An input in which each medium has become a text. */
export type WithMedia<T> = T extends Medium ? string
    : T extends readonly (infer Element)[] ? WithMedia<Element>[]
    : T extends object ? { -readonly [Name in keyof T]: WithMedia<T[Name]> }
    : T;

/**
 * The input with a data URI in place of every `Blob`, `File`, `ArrayBuffer`, typed array, `Buffer` and `media(path)` in it, at any depth. The client's
 * contract says which types and sizes the provider takes, of each and of all together. That is checked of all media before any is read whole, and everything that is wrong is thrown
 * at once, as an `InvalidPayload` with the place of each fault. The type is told by the first bytes; what a `Blob` says it is decides only where those may
 * be of several.
 */
export async function withMedia<const T>(client: Client, input: T): Promise<WithMedia<T>> {
    const contract = (client as Client | undefined)?.engine?.contract.core;
    if (contract === undefined) throw mistake("UNSUPPORTED", "withMedia takes a Client of this package");
    const found: Found[] = [];
    const copy = walk(input, "", [], found);
    const opened = await Promise.all(found.map((one) => judged(async () => ({ one, source: await open(one.medium, one.path) }))));
    const checked: Judged<{ one: Found; source: Source; type: string }>[] = [];
    let before = 0;
    for (const which of opened) {
        if ("faults" in which) {
            checked.push(which);
            continue;
        }
        const { one, source } = which.made;
        const judgement = await judged(async () => ({ one, source, type: typeOf(contract, one.path, before, source) }));
        checked.push(judgement);
        if ("made" in judgement) before += source.size;
    }
    const whole: Judged<void>[] = [];
    for (const { one, source, type } of sound(checked)) {
        whole.push(await judged(async () => one.put(functions.dataUri(type, await source.whole()))));
    }
    sound(whole);
    return (found.length > 0 ? copy() : input) as WithMedia<T>;
}

/** What was made of a medium, or what is wrong with it. */
type Judged<T> = { readonly made: T } | { readonly faults: readonly Fault[] };

async function judged<T>(make: () => Promise<T>): Promise<Judged<T>> {
    try {
        return { made: await make() };
    } catch (error) {
        // What is wrong with the call, or with this runtime, is no medium's fault.
        if (!(error instanceof GentaskError) || error.violations.length === 0) throw error;
        return { faults: error.violations.map(({ actual, expected, path, rule }) => [path, rule, expected, actual]) };
    }
}

/** What was made of all; throws with everything that is wrong with any. */
function sound<T>(all: readonly Judged<T>[]): T[] {
    const faults = all.flatMap((one) => ("faults" in one ? one.faults : []));
    if (faults.length > 0) throw mistake("INVALID_PAYLOAD", "the payload", faults);
    return all.flatMap((one) => ("made" in one ? [one.made] : []));
}

/** A medium in an input. */
interface Found {
    readonly medium: Medium;
    /** Where it stands, as a JSON pointer. */
    readonly path: string;
    /** Takes what stands there instead. */
    readonly put: (text: string) => void;
}

/** Looks for media; the answer makes the value with their texts. Other values, also those that are no JSON, are left to the submit. */
function walk(value: unknown, path: string, above: readonly object[], found: Found[]): () => unknown {
    if (typeof value !== "object" || value === null || above.includes(value) || above.length >= DEPTH) return () => value;
    if (isMedium(value)) {
        let text = "";
        found.push({ medium: value, path, put: (made) => void (text = made) });
        return () => text;
    }
    const within = [...above, value];
    const before = found.length;
    const at = (name: string | number): string => `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (Array.isArray(value)) {
        const all = value.map((element, index) => walk(element, at(index), within, found));
        return found.length === before ? () => value : () => all.map((make) => make());
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return () => value;
    const all = Object.entries(value).map(([name, member]) => [name, walk(member, at(name), within, found)] as const);
    return found.length === before ? () => value : () => Object.fromEntries(all.map(([name, make]) => [name, make()]));
}

function isMedium(value: object): value is Medium {
    const { Blob, SharedArrayBuffer } = globalThis as Partial<typeof globalThis>;
    const isOf = (of: undefined | (abstract new (...given: never[]) => unknown)): boolean => of !== undefined && value instanceof of;
    return value instanceof MediaFile || ArrayBuffer.isView(value) || value instanceof ArrayBuffer || isOf(Blob) || isOf(SharedArrayBuffer);
}

/** A medium that can be read. */
interface Source {
    /** The last part of its path. */
    readonly name?: string;
    /** In bytes. */
    readonly size: number;
    readonly head: Uint8Array;
    /** The type that its owner gives it. */
    readonly given?: string | undefined;
    /** All of it, which must be as long as it was. */
    whole(): Promise<Uint8Array>;
}

/** The type of its data URI. */
function typeOf(contract: CoreContract, at: string, before: number, { given, head, name, size }: Source): string {
    try {
        return ask(() => contract.mediaType(at, before, size, head, given));
    } catch (error) {
        const [fault] = error instanceof GentaskError ? error.violations : [];
        throw fault !== undefined && name !== undefined ? unfitError(at, fault.expected, `${name}: ${fault.actual}`) : error;
    }
}

async function open(medium: Medium, at: string): Promise<Source> {
    if (medium instanceof MediaFile) return openFile(medium, at);
    if ("arrayBuffer" in medium) {
        const { size, type } = medium;
        const read = async (blob: Blob): Promise<Uint8Array> => {
            const bytes = new Uint8Array(await blob.arrayBuffer().catch(() => unfit(at, "a file that can be read", "a file that cannot")));
            return bytes.length === blob.size ? bytes : changed(at, size);
        };
        const given = type.split(";")[0]?.trim();
        return { size, given: given === "" ? undefined : given, head: await read(medium.slice(0, HEAD)), whole: () => read(medium) };
    }
    const bytes = ArrayBuffer.isView(medium) ? new Uint8Array(medium.buffer, medium.byteOffset, medium.byteLength) : new Uint8Array(medium);
    return { size: bytes.length, head: bytes.subarray(0, HEAD), whole: async () => bytes };
}

async function openFile({ path }: MediaFile, at: string): Promise<Source> {
    const files = builtin<typeof import("node:fs/promises")>("node:fs/promises");
    if (files === undefined) throw mistake("UNSUPPORTED", "media(path) reads a file, which this runtime cannot: give its bytes, or a Blob");
    const name = cut(String(path instanceof URL ? path.pathname : path).split(/[/\\]/).at(-1) ?? "", 60);
    const refused = (found: string): never => unfit(at, "a file that can be read", `${name}: ${found}`);
    const reading = async <R>(read: () => Promise<R>): Promise<R> => {
        try {
            return await read();
        } catch (error) {
            // Its own words name the whole path.
            if (error instanceof GentaskError) throw error;
            return refused(UNREADABLE[(error as { code?: string }).code ?? ""] ?? "cannot be read");
        }
    };
    const first = (most: number): Promise<Uint8Array> =>
        reading(async () => {
            const file = await files.open(path, "r");
            try {
                return await firstOf(file, most);
            } finally {
                await file.close();
            }
        });
    const stat = await reading(() => files.stat(path));
    // Asked first: to open a pipe would be to wait for its other end.
    if (!stat.isFile()) return refused("no file");
    const { size } = stat;
    const whole = async (): Promise<Uint8Array> => {
        // One more byte than there were tells whether there are more now.
        const bytes = await first(size + 1);
        return bytes.length === size ? bytes : refused(`not the ${size} bytes any more that it had`);
    };
    return { name, size, head: await first(HEAD), whole };
}

/** Why a file cannot be read, by the code of an error, in the words of the other languages. */
const UNREADABLE: Readonly<Record<string, string>> = { ENOENT: "not there", EACCES: "may not be read", EPERM: "may not be read", EISDIR: "no file" };

/** The first bytes of a file, as many as there are. */
async function firstOf(handle: import("node:fs/promises").FileHandle, most: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read) {
        read = (await handle.read(bytes, length, most - length, length)).bytesRead;
    }
    return bytes.subarray(0, length);
}

type Fault = readonly [path: string, rule: string, expected: string, actual: string];

function unfit(at: string, expected: string, actual: string): never {
    throw unfitError(at, expected, actual);
}

function unfitError(at: string, expected: string, actual: string): GentaskError {
    return mistake("INVALID_PAYLOAD", "the payload", [[at, "media", expected, actual]]);
}

function changed(at: string, size: number): never {
    return unfit(at, `the ${size} bytes that it had`, "others: it was changed meanwhile");
}
