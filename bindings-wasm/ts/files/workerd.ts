// `gentask/files` where there are no files, as on Cloudflare Workers: result files as bytes and as streams. Saving them is told to be impossible.

import { mistake } from "../core.js";
import type { TaskHandle } from "../task.js";
import { openFile } from "./opening.js";
import { type FileOptions, read, type ReadOptions, stream } from "./reading.js";
import { askByFetch } from "./web.js";

export type { FileOptions, ReadOptions } from "./reading.js";

/** Returns the bytes of one result file. */
export async function readFile(task: TaskHandle, options: ReadOptions = {}): Promise<Uint8Array> {
    return read(task, options, (wanted, policy) => openFile(wanted, policy, askByFetch));
}

/** Returns one result file as a stream. */
export async function streamFile(task: TaskHandle, options: FileOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return stream(task, options, (wanted, policy) => openFile(wanted, policy, askByFetch));
}

/** There is no disk here. */
export async function saveFiles(): Promise<never> {
    throw mistake("UNSUPPORTED", "there are no files on this runtime: take the bytes with readFile or streamFile, and keep them where it keeps such");
}

/** There is no disk here. */
export const saveAs: () => Promise<never> = saveFiles;
