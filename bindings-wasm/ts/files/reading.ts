// Result files whose bytes are taken as they come, into memory or as a stream: by the rules by which they are saved.

import { about, mistake, ofFile } from "../core.js";
import type { Engine } from "../engine.js";
import { isLoopback } from "../http/transport.js";
import type { TaskHandle } from "../task.js";
import type { TaskRecord } from "../types.js";
import { NotSaved } from "./failure.js";
import { type Arriving, type FileKey, joined, type Policy, USUAL, type Wanted } from "./opening.js";

type FileEntry = NonNullable<TaskRecord["result"]>["files"][number];

/** The most bytes that are read into memory where nothing else is said: 64 MiB. */
export const READ_BYTES = 64 * 1024 * 1024;

/** Which file of a task. */
export interface FileOptions {
    /** Its place among the task's files, from 0. Default: 0. */
    readonly index?: number;
}

/** How a file is read. */
export interface ReadOptions extends FileOptions {
    /** How many bytes it may have. Default: 64 MiB. */
    readonly maxBytes?: number;
}

/** Opens a file. */
export type Opening = (wanted: Wanted, policy: Policy) => Promise<Arriving>;

/** The files of a task that has succeeded. */
export function filesOf(record: TaskRecord): readonly FileEntry[] {
    if (record.phase !== "succeeded") throw about(mistake("UNSUPPORTED", `the task has no files: it is ${record.phase}`), JSON.stringify(record));
    return record.result?.files ?? [];
}

/** One of them that has a URL. */
export function fileOf(record: TaskRecord, index: number): FileEntry & { readonly url: string } {
    const files = filesOf(record);
    const file = files[index];
    if (file === undefined || file.url === null) {
        const message = `the task has no file ${index} with a URL: files are counted from 0, and it has ${files.length}`;
        throw ofFile(mistake("UNSUPPORTED", message), JSON.stringify(record));
    }
    return { ...file, url: file.url };
}

/** Does something with one file of a task. The task is done and paid for: nothing of a failure invites a second order. */
export async function withFile<T>(
    task: TaskHandle,
    record: TaskRecord,
    index: number,
    done: "read" | "saved",
    work: (wanted: Wanted, policy: Policy) => Promise<T>,
): Promise<T> {
    const file = fileOf(record, index);
    const { engine } = task;
    try {
        const key = file.fetch === "key" ? await fileKey(engine, record) : undefined;
        return await work({ url: file.url, kind: file.kind, key }, { ...USUAL, allowsLoopback: isLoopback(new URL(engine.base)) });
    } catch (error) {
        throw failed(error, record, index, done);
    }
}

/** A failure about one file of a task. */
export function failed(error: unknown, record: TaskRecord, index: number, done: "read" | "saved"): unknown {
    const { code, message } = error as NotSaved;
    const failure = error instanceof NotSaved ? mistake(code, `file ${index + 1} of the task was not ${done}: ${message}`) : error;
    return ofFile(failure, JSON.stringify(record));
}

/** The key for a file that the provider serves itself. It goes to the client's own base, never to one that only a record names. */
async function fileKey({ base, driver }: Engine, record: TaskRecord): Promise<FileKey | undefined> {
    if (record.base !== base) {
        throw mistake("INVALID_CONTRACT", `the task was submitted to ${record.base}, and its base URL is pinned; this client asks ${base}`);
    }
    const credential = await driver.requests.credential();
    return credential && { header: credential.name, value: credential.value, base };
}

/** The bytes of one file. */
export async function read(task: TaskHandle, { index = 0, maxBytes = READ_BYTES }: ReadOptions, open: Opening): Promise<Uint8Array> {
    const record = await task.record();
    return withFile(task, record, index, "read", async (wanted, policy) => {
        const { chunks } = await open(wanted, { ...policy, maxBytes: Math.min(maxBytes, policy.maxBytes) });
        const pieces: Uint8Array[] = [];
        for await (const chunk of chunks) pieces.push(chunk);
        return joined(pieces);
    });
}

/** The bytes of one file as they come. */
export async function stream(task: TaskHandle, { index = 0 }: FileOptions, open: Opening): Promise<ReadableStream<Uint8Array>> {
    const record = await task.record();
    const { chunks } = await withFile(task, record, index, "read", open);
    try {
        return streamOf(chunks, (error) => failed(error, record, index, "read"));
    } catch (error) {
        // Workers with a compatibility date before 2022-11-30.
        await chunks.return();
        throw ofFile(mistake("UNSUPPORTED", `this runtime makes no streams, readFile works: ${(error as Error).message}`), JSON.stringify(record));
    }
}

function streamOf(chunks: AsyncGenerator<Uint8Array, void, undefined>, told: (error: unknown) => unknown): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
        async pull(controller) {
            try {
                const next = await chunks.next();
                if (next.done === true) controller.close();
                else controller.enqueue(next.value);
            } catch (error) {
                controller.error(told(error));
            }
        },
        cancel: async () => void (await chunks.return()),
    }, { highWaterMark: 0 });
}
