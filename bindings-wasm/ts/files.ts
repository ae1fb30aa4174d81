// `gentask/files`, for Node, Deno and Bun. Result files: fetched before the provider deletes them, checked by their first bytes, and noted in the record.

import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { about, functions, mistake, ofFile } from "./core.js";
import type { Engine } from "./engine.js";
import { isLoopback } from "./http/transport.js";
import { recordOf, storing } from "./storing.js";
import type { TaskHandle } from "./task.js";
import type { SavedFile, TaskRecord } from "./types.js";
import { NotSaved } from "./files/failure.js";
import { type FileKey, openFile, POLICY, type Policy } from "./files/fetch.js";
import { formatOf } from "./files/format.js";
import { PartFile, stemOf } from "./files/place.js";

/** The bytes that are enough to tell every format. */
const HEAD_BYTES = 512;
/** How often the note is tried again where another process changes the record. */
const NOTES = 5;

const EXPECTED: Readonly<Record<string, string>> = { image: "an image", video: "a video", audio: "audio", model: "a 3D model" };

/** Fetches the files of a task that has succeeded into a directory, which is created if need be. What is there already is not fetched again. */
export async function saveFiles(task: TaskHandle, directory: string): Promise<readonly SavedFile[]> {
    const { engine, intentId } = task;
    const record = await task.record();
    if (record.phase !== "succeeded") throw about(mistake("UNSUPPORTED", `the task has no files: it is ${record.phase}`), JSON.stringify(record));
    const policy = { ...POLICY, allowsLoopback: isLoopback(new URL(engine.base)) };
    const all: SavedFile[] = [];
    for (const [index, file] of (record.result?.files ?? []).entries()) {
        if (file.saved !== null && isIn(file.saved, directory)) {
            all.push(file.saved);
        } else if (file.url !== null) {
            try {
                const key = file.fetch === "key" ? await fileKey(engine, record) : undefined;
                const wanted = { url: file.url, kind: file.kind, stem: stemOf(intentId, file.kind, index), key };
                const saved = await saveFile(wanted, directory, policy);
                await note(engine, intentId, index, saved);
                all.push(saved);
            } catch (error) {
                // The task is done and paid for: nothing of this invites a second order.
                const { code, message } = error as NotSaved;
                const failure = error instanceof NotSaved ? mistake(code, `file ${index + 1} of the task was not saved: ${message}`) : error;
                throw ofFile(failure, JSON.stringify(record));
            }
        }
    }
    return all;
}

/** @internal A file to fetch. */
export interface Wanted {
    readonly url: string;
    /** What it should be: `image`, `video`, `audio`, `model` (3D) or `unknown`. */
    readonly kind: string;
    /** The start of its name. */
    readonly stem: string;
    readonly key: FileKey | undefined;
}

/** @internal Fetches one file. What it returns is on disk; after a failure nothing is left. */
export async function saveFile({ key, kind, stem, url }: Wanted, directory: string, policy: Policy): Promise<SavedFile> {
    const { chunks, length, origin } = await openFile(url, key, policy);
    try {
        const { head, rest } = await begin(chunks);
        const format = formatOf(head.subarray(0, HEAD_BYTES), length, kind);
        if (typeof format === "string") {
            throw new NotSaved("UNKNOWN_ERROR", `expected ${EXPECTED[kind] ?? "a media file"} from ${origin}, found ${format}`);
        }
        const part = PartFile.create(directory);
        try {
            const hash = createHash("sha256");
            let bytes = 0;
            for await (const chunk of rest) {
                hash.update(chunk);
                bytes += chunk.length;
                part.write(chunk);
            }
            const path = await part.keep(stem, format.ending);
            return { path, sha256: hash.digest("hex"), bytes, contentType: format.contentType };
        } finally {
            part.drop();
        }
    } finally {
        await chunks.return();
    }
}

/** The first bytes of a file, and all of it. */
async function begin(chunks: AsyncGenerator<Uint8Array, void, undefined>): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
    const taken: Uint8Array[] = [];
    for (let length = 0; length < HEAD_BYTES;) {
        const next = await chunks.next();
        if (next.done === true) break;
        taken.push(next.value);
        length += next.value.length;
    }
    const head = Buffer.concat(taken);
    const rest = (async function* (): AsyncGenerator<Uint8Array> {
        yield head;
        yield* chunks;
    })();
    return { head, rest };
}

/** The key for a file that the provider serves itself. It goes to the client's own base, never to one that only a record names. */
async function fileKey({ base, driver }: Engine, record: TaskRecord): Promise<FileKey | undefined> {
    if (record.base !== base) {
        throw mistake("INVALID_CONTRACT", `the task was submitted to ${record.base}, and its base URL is pinned; this client asks ${base}`);
    }
    const credential = await driver.requests.credential();
    return credential && { header: credential.name, value: credential.value, base };
}

/** @internal Whether files can be saved into a directory, which is created if need be: to be asked before money is spent on them. */
export function checkDirectory(directory: string): void {
    try {
        PartFile.create(directory).drop();
    } catch (error) {
        throw error instanceof NotSaved ? mistake(error.code, error.message) : error;
    }
}

/** Notes in the record where a file is. A courtesy: without it the file is fetched again where it is asked for again. */
async function note({ clock, store }: Engine, intentId: string, index: number, saved: SavedFile): Promise<void> {
    for (let tried = 0; tried < NOTES; tried++) {
        const before = await storing(() => store.load(intentId));
        if (before === null) return;
        const { result, ...record } = recordOf(before);
        // A record with numbers that JavaScript cannot hold is left as it is.
        if (
            result?.files[index] === undefined ||
            functions.canonicalRecord(JSON.stringify({ result, ...record })) !== functions.canonicalRecord(before)
        ) return;
        const files = result.files.map((file, at) => (at === index ? { ...file, saved } : file));
        const at = { ...record.at, updated: Math.max(clock.now(), record.at.updated) };
        const json = functions.canonicalRecord(JSON.stringify({ ...record, result: { ...result, files }, at, version: record.version + 1 }));
        const change = { record: recordOf(json), json, blobs: [], expectedVersion: record.version, fence: false };
        if ((await storing(() => store.save(change))) === "done") return;
    }
}

/** Whether a saved file is still there, and where it is wanted. */
function isIn(file: SavedFile, directory: string): boolean {
    try {
        const folder = dirname(file.path);
        if (folder !== directory && realpathSync(folder) !== realpathSync(directory)) return false;
        const stat = statSync(file.path);
        return stat.isFile() && stat.size === file.bytes;
    } catch {
        return false;
    }
}
