// What is written, and where. At once, so that nothing is lost where the program ends; and a reader that has gone away (`| head`) is no reason
// to fail.

import { writeSync } from "node:fs";

/** A line of standard output. */
export function line(text: string): void {
    write(1, `${text}\n`);
}

/** A word to a person on standard error, where it cannot be taken for output. */
export function note(text: string): void {
    write(2, `gentask: ${plain(text)}\n`);
}

/** Writes to standard output (1) or standard error (2). */
export function write(file: 1 | 2, text: string): void {
    let rest = new TextEncoder().encode(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray(writeSync(file, rest));
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
            // The reader is slower than we are.
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        }
    }
}

/** A provider's or a store's text as it may stand on a terminal: without what would steer it. Line ends stay. */
export function plain(text: string): string {
    return text.replaceAll(/[^\P{Cc}\n]/gu, "\ufffd");
}

/** A table with columns as wide as they need to be. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): void {
    const cells = [heads, ...rows].map((row) => row.map((cell) => plain(cell).replaceAll("\n", " ")));
    const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
    for (const row of cells) line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}

/** A span of time for a person: `850 ms`, `12.5 s`, `3 min`, `5 h`, `12 d`. */
export function span(ms: number): string {
    if (ms < 1_000) return `${ms} ms`;
    if (ms < 120_000) return `${Math.floor(ms / 1_000)}.${Math.floor((ms % 1_000) / 100)} s`;
    if (ms < 7_200_000) return `${Math.floor(ms / 60_000)} min`;
    if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
    return `${Math.floor(ms / 86_400_000)} d`;
}

/** A number of bytes for a person. */
export function size(bytes: number): string {
    if (bytes < 1_024) return `${bytes} B`;
    if (bytes < 1_048_576) return `${Math.ceil(bytes / 1_024)} KiB`;
    return `${(Math.floor((bytes * 10) / 1_048_576) / 10).toFixed(1)} MiB`;
}
