// How a runtime that has nothing but `fetch` asks for a result file. It cannot look a name up, so that only what the URL itself says is checked: on
// Cloudflare Workers no address leads into a network of one's own.

import { USER_AGENT } from "../version.js";
import { NotSaved } from "./failure.js";
import { type Answer, type FileKey, type Policy, silent } from "./opening.js";

/** Asks by `fetch`. */
export async function askByFetch(target: URL, key: FileKey | undefined, policy: Policy): Promise<Answer> {
    const { origin } = target;
    const headers = new Headers({ "user-agent": USER_AGENT, "accept-encoding": "identity" });
    try {
        if (key) headers.set(key.header, key.value);
    } catch {
        throw new NotSaved("AUTH_FAILED", "the API key has characters that a header cannot carry");
    }
    const leaving = new AbortController();
    const silence = setTimeout(() => leaving.abort(silent(origin, policy)), policy.idleMs);
    let response: Response;
    try {
        response = await fetch(target, { headers, redirect: "manual", signal: leaving.signal });
    } catch (error) {
        if (leaving.signal.aborted) throw silent(origin, policy);
        throw new NotSaved("NETWORK_ERROR", `fetching from ${origin} failed`, { cause: error });
    } finally {
        clearTimeout(silence);
    }
    // The length is that of what was sent, and not of what it was decoded to.
    const isPlain = (response.headers.get("content-encoding") ?? "identity") === "identity";
    const announced = isPlain ? response.headers.get("content-length") : null;
    return {
        status: response.status,
        location: response.headers.get("location") ?? undefined,
        length: announced === null ? undefined : Number(announced),
        body: pieces(response),
        isWhole: () => true,
        leave: (why) => leaving.abort(why),
    };
}

/** A body's pieces. One that is cut short fails. */
async function* pieces({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
    if (body === null) return;
    const reader = body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
