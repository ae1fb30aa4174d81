// `gentask/files`: result files, fetched before the provider deletes them and checked by their first bytes: saved to disk and noted in the record (Node,
// Deno and Bun), or as bytes and streams (everywhere; `files/workerd.ts` is this entry where there is no disk).

import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { functions, mistake, ofFile } from "./core.js";
import type { Engine } from "./engine.js";
import { recordOf, storing } from "./storing.js";
import type { TaskHandle } from "./task.js";
import type { SavedFile, TaskRecord } from "./types.js";
import { NotSaved } from "./files/failure.js";
import { openFile, POLICY, type Policy, type Wanted } from "./files/fetch.js";
import { checkFile, isDirectory, PartFile, type Place, stemOf } from "./files/place.js";
import { fileOf, type FileOptions, filesOf, read, type ReadOptions, stream, withFile } from "./files/reading.js";

export type { FileOptions, ReadOptions } from "./files/reading.js";

/** How often the note is tried again where another process changes the record. */
const NOTES = 5;

/** How files are saved. */
export interface SaveOptions {
    /**
     * What tells beside each file which task it came from. `sidecar`: a JSON file, `NAME.receipt.json`, with the ids of the task, provider, account, model,
     * owner, times and the file's digest. It holds no prompt, no key and no URL.
     */
    readonly receipt?: "sidecar";
}

/** How one file is saved under a given name. */
export interface SaveAsOptions extends SaveOptions, FileOptions {
    /** Whether another file at the path, or in the place of the receipt, is replaced. Default: it stays, and is a `STORE_ERROR`. */
    readonly overwrite?: boolean;
}

/**
 * Fetches the files of a task that has succeeded into a directory, under names of their own. It is made where it is missing; one that is missing and
 * named like a file (`picture.png`) is refused, since that is what `saveAs` takes. What is there already is not fetched again.
 */
export async function saveFiles(task: TaskHandle, directory: string, options: SaveOptions = {}): Promise<readonly SavedFile[]> {
    const record = await task.record();
    const files = filesOf(record);
    try {
        await checkName(directory);
    } catch (error) {
        throw ofFile(error, JSON.stringify(record));
    }
    const all: SavedFile[] = [];
    for (const [index, file] of files.entries()) {
        let saved = file.saved !== null && isIn(file.saved, directory) ? file.saved : undefined;
        if (saved === undefined && file.url === null) continue;
        saved ??= await withFile(task, record, index, "saved", async (wanted, policy) => {
            const saved = await saveFile({ ...wanted, stem: stemOf(task.intentId, file.kind, index) }, directory, { ...POLICY, ...policy });
            await note(task.engine, task.intentId, index, saved);
            return saved;
        });
        await writeReceipt(record, index, saved, options);
        all.push(saved);
    }
    return all;
}

/**
 * Fetches one file of a task that has succeeded to exactly this path, whatever its ending; directories above it are made. Another file that is there
 * stays, and is a `STORE_ERROR`, unless `overwrite`; one with the same bytes is the file.
 */
export async function saveAs(task: TaskHandle, path: string, options: SaveAsOptions = {}): Promise<SavedFile> {
    const { index = 0, overwrite = false } = options;
    const record = await task.record();
    const file = fileOf(record, index);
    let saved = file.saved !== null && !overwrite && isAt(file.saved, path) ? file.saved : undefined;
    saved ??= await withFile(task, record, index, "saved", async (wanted, policy) => {
        checkFile(path);
        const saved = await fetchTo(wanted, dirname(path), { path, overwrite }, { ...POLICY, ...policy });
        await note(task.engine, task.intentId, index, saved);
        return saved;
    });
    await writeReceipt(record, index, saved, options);
    return saved;
}

/**
 * Returns the bytes of one file of a task that has succeeded, by the rules by which files are saved. One of more than `maxBytes` (default: 64 MiB) is
 * `RESPONSE_TOO_LARGE`. Nothing is noted in the record.
 */
export async function readFile(task: TaskHandle, options: ReadOptions = {}): Promise<Uint8Array> {
    return read(task, options, open);
}

/**
 * Returns one file of a task that has succeeded as a stream, by the rules by which files are saved: `new Response(await streamFile(task))`. What is refused
 * or begins as something else than promised throws at once; what fails later, an early end too, fails the stream.
 */
export async function streamFile(task: TaskHandle, options: FileOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return stream(task, options, open);
}

function open(wanted: Wanted, policy: Parameters<Parameters<typeof read>[2]>[1]): ReturnType<Parameters<typeof read>[2]> {
    return openFile(wanted, { ...POLICY, ...policy });
}

/** @internal Fetches one file into a directory. What it returns is on disk; after a failure nothing is left. */
export async function saveFile({ stem, ...wanted }: Wanted & { readonly stem: string }, directory: string, policy: Policy): Promise<SavedFile> {
    return fetchTo(wanted, directory, { stem }, policy);
}

async function fetchTo(wanted: Wanted, directory: string, place: Place, policy: Policy): Promise<SavedFile> {
    const { chunks, format } = await openFile(wanted, policy);
    try {
        const part = PartFile.create(directory);
        try {
            const hash = createHash("sha256");
            let bytes = 0;
            for await (const chunk of chunks) {
                hash.update(chunk);
                bytes += chunk.length;
                part.write(chunk);
            }
            const path = await part.keep(place, format.ending);
            return { path, sha256: hash.digest("hex"), bytes, contentType: format.contentType };
        } finally {
            part.drop();
        }
    } finally {
        await chunks.return();
    }
}

/** Writes the receipt of a saved file beside it, whole or not at all. */
async function writeReceipt(record: TaskRecord, index: number, saved: SavedFile, options: SaveAsOptions): Promise<void> {
    if (options.receipt === undefined) return;
    try {
        const { receipt } = await import("gentask/sansio");
        const part = PartFile.create(dirname(saved.path));
        try {
            part.write(new TextEncoder().encode(receipt(JSON.stringify(record), saved)));
            await part.keep({ path: `${saved.path}.receipt.json`, overwrite: options.overwrite ?? false }, "");
        } finally {
            part.drop();
        }
    } catch (error) {
        const { code, message } = error as NotSaved;
        const failure = error instanceof NotSaved
            ? mistake(code, `file ${index + 1} of the task is saved, and its receipt is not: ${message}`)
            : error;
        throw ofFile(failure, JSON.stringify(record));
    }
}

/** Refuses a directory that is not there and is named like a file. The rule is in the module that no application carries; here it is a file on disk. */
async function checkName(directory: string): Promise<void> {
    if (!isDirectory(directory)) (await import("gentask/sansio")).checkNewDirectory(directory);
}

/** @internal Whether files can be saved into a directory, which is created if need be: to be asked before money is spent on them. */
export async function checkDirectory(directory: string): Promise<void> {
    await checkName(directory);
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

/** Whether a saved file is still at this path. */
function isAt(file: SavedFile, path: string): boolean {
    return basename(file.path) === basename(path) && isIn(file, dirname(path));
}
