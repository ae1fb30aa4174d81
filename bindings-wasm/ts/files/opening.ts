// One result file, opened. A result's URL is a stranger's: it may name a machine inside this network, answer without end, or hold something else than
// promised. So its address is checked, every redirect is checked again, no credential goes along but to the provider's own base, the size is capped, the
// pace watched, and the first bytes decide what the file is. How a request is made is each runtime's own: `fetch.ts` and `web.ts`.

import { answered, NotSaved, refused } from "./failure.js";
import { type Format, formatOf } from "./format.js";
import { firstTarget, nextTarget } from "./target.js";

/** Redirects that are followed for one file. */
const MOST_REDIRECTS = 5;
/** The bytes that are enough to tell every format. */
const HEAD_BYTES = 512;

const EXPECTED: Readonly<Record<string, string>> = { image: "an image", video: "a video", audio: "audio", model: "a 3D model" };

/** What a download may do. */
export interface Policy {
    /** Whether files may come from this machine, by http and on any port. Only right where the provider's own base URL is on it: the sandbox. */
    readonly allowsLoopback: boolean;
    /** The largest file, in bytes. */
    readonly maxBytes: number;
    /** How long a server may stay silent, at first and in between. */
    readonly idleMs: number;
    /** The slowest that a file may come: so many bytes in each span of so many milliseconds. Else a byte a minute would keep it going for ever. */
    readonly slowest: { readonly bytes: number; readonly ms: number };
}

/** What is right where nothing else is said. */
export const USUAL: Policy = { allowsLoopback: false, maxBytes: 2 ** 31, idleMs: 60_000, slowest: { bytes: 60 * 1024, ms: 60_000 } };

/** A credential for a file that the provider serves from its own API: another origin does not get it, and neither does a redirect. */
export interface FileKey {
    readonly header: string;
    readonly value: string;
    readonly base: string;
}

/** A file to fetch. */
export interface Wanted {
    readonly url: string;
    /** What it should be: `image`, `video`, `audio`, `model` (3D) or `unknown`. */
    readonly kind: string;
    readonly key: FileKey | undefined;
}

/** An answer to one request, whose body was not read yet. */
export interface Answer {
    readonly status: number;
    readonly location: string | undefined;
    /** How many bytes it says that its body has. */
    readonly length: number | undefined;
    readonly body: AsyncIterable<Uint8Array>;
    /** Whether nothing of the body is missing, once it has ended. */
    readonly isWhole: () => boolean;
    /** Leaves the answer, and the connection with it. */
    readonly leave: (why?: Error) => void;
}

/** Makes one request to a checked URL. */
export type Ask<P extends Policy> = (target: URL, key: FileKey | undefined, policy: P) => Promise<Answer>;

/** A file on its way, whose first bytes are what they should be. */
export interface Arriving {
    readonly format: Format;
    /** Its bytes, the first ones too, at most as many as the policy allows. */
    readonly chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Opens a file, after redirects. */
export async function openFile<P extends Policy>({ key, kind, url }: Wanted, policy: P, ask: Ask<P>): Promise<Arriving> {
    const { answer, origin } = await answerTo(url, key, policy, ask);
    if (answer.length !== undefined && answer.length > policy.maxBytes) {
        answer.leave();
        throw tooLarge(origin, policy);
    }
    const chunks = chunksOf(answer, origin, policy);
    try {
        const head = await beginningOf(chunks);
        const format = formatOf(head.subarray(0, HEAD_BYTES), answer.length, kind);
        if (typeof format === "string") {
            throw new NotSaved("UNKNOWN_ERROR", `expected ${EXPECTED[kind] ?? "a media file"} from ${origin}, found ${format}`);
        }
        return { format, chunks: behind(head, chunks) };
    } catch (error) {
        await chunks.return();
        throw error;
    }
}

async function answerTo<P extends Policy>(
    url: string,
    key: FileKey | undefined,
    policy: P,
    ask: Ask<P>,
): Promise<{ answer: Answer; origin: string }> {
    let target = firstTarget(url, policy.allowsLoopback);
    if (key && new URL(key.base).origin !== target.origin) throw refused(`${target.origin} is not the provider's base, so it does not get the key`);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        const answer = await ask(target, redirects === 0 ? key : undefined, policy);
        const { location, status } = answer;
        if (status === 200) return { answer, origin: target.origin };
        answer.leave();
        if (![301, 302, 303, 307, 308].includes(status)) throw answered(status, target.origin);
        if (location === undefined) throw refused(`${target.origin} redirects to nowhere`);
        target = nextTarget(target, location, policy.allowsLoopback);
    }
    throw refused(`more than ${MOST_REDIRECTS} redirects`);
}

/** The first bytes of a file. */
async function beginningOf(chunks: AsyncGenerator<Uint8Array, void, undefined>): Promise<Uint8Array> {
    const taken: Uint8Array[] = [];
    for (let length = 0; length < HEAD_BYTES;) {
        const next = await chunks.next();
        if (next.done === true) break;
        taken.push(next.value);
        length += next.value.length;
    }
    return joined(taken);
}

async function* behind(head: Uint8Array, chunks: AsyncGenerator<Uint8Array, void, undefined>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
        yield head;
        yield* chunks;
    } finally {
        await chunks.return();
    }
}

/** Pieces as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
    const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
    }
    return whole;
}

async function* chunksOf(answer: Answer, origin: string, policy: Policy): AsyncGenerator<Uint8Array, void, undefined> {
    let bytes = 0;
    let stalled: NotSaved | undefined;
    // What was waited and what came since the last time that enough had come. The time of whoever takes the bytes is not the server's.
    const span = { ms: 0, bytes: 0 };
    let asked = 0;
    const listen = (): ReturnType<typeof setTimeout> => {
        asked = performance.now();
        const left = Math.max(policy.slowest.ms - span.ms, 0);
        return setTimeout(() => {
            stalled = left < policy.idleMs ? slow(origin, policy) : silent(origin, policy);
            answer.leave(stalled);
        }, Math.min(policy.idleMs, left));
    };
    let waiting = listen();
    const early = new NotSaved("NETWORK_ERROR", `the file from ${origin} ended early`);
    try {
        for await (const chunk of answer.body) {
            clearTimeout(waiting);
            bytes += chunk.length;
            span.bytes += chunk.length;
            span.ms += performance.now() - asked;
            if (span.bytes >= policy.slowest.bytes) span.ms = span.bytes = 0;
            if (bytes > policy.maxBytes) throw tooLarge(origin, policy);
            yield chunk;
            waiting = listen();
        }
    } catch (error) {
        throw error instanceof NotSaved ? error : (stalled ?? early);
    } finally {
        clearTimeout(waiting);
        answer.leave();
    }
    if (stalled) throw stalled;
    if (!answer.isWhole() || (answer.length !== undefined && bytes !== answer.length)) throw early;
}

/** A server that says nothing. */
export function silent(origin: string, { idleMs }: Policy): NotSaved {
    return new NotSaved("NETWORK_ERROR", `${origin} was silent for ${idleMs} ms`);
}

function slow(origin: string, { slowest }: Policy): NotSaved {
    return new NotSaved("NETWORK_ERROR", `${origin} stalled: less than ${slowest.bytes} bytes of the file came within ${slowest.ms} ms`);
}

function tooLarge(origin: string, { maxBytes }: Policy): NotSaved {
    return new NotSaved("RESPONSE_TOO_LARGE", `the file from ${origin} is larger than ${maxBytes} bytes`);
}
