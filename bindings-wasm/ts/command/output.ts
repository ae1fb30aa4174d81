// Replies, failures and records as they are printed: lines for a person on a terminal, one JSON document otherwise.

import { functions, mistake } from "../core.js";
import { errorOf, GentaskError } from "../errors.js";
import { checkDirectory, type SaveOptions } from "../files.js";
import { changed, Reply } from "../reply.js";
import type { SavedFile, TaskRecord } from "../types.js";
import type { Call } from "./arguments.js";
import { exitCode } from "./exit.js";
import { line, note, plain, size, span, table, write } from "./print.js";

/** Prints a reply and returns its exit code. */
export function show(reply: Reply, json: boolean, saved: readonly SavedFile[] = []): number {
    if (json) line(saved.length > 0 ? withSaved(reply, saved) : reply.toJson());
    else for (const text of lines(reply, saved)) line(plain(text).replaceAll("\n", " "));
    return exitCode(reply);
}

/** Prints a failure and returns its exit code. On a terminal it goes to standard error. */
export function fail(error: unknown, json: boolean): number {
    const failure = failureOf(error);
    if (json) {
        line(failure.reply.toJson());
    } else {
        // Indented, so that nothing in it looks like a line of ours.
        const next = failure.suggestions.map((text) => `\n  next: ${text}`);
        const { intentId } = failure;
        const about = intentId ? `\n  intent: ${intentId}\n  billing: ${failure.billing}` : "";
        note(failure.message.replaceAll("\n", "\n    ") + about + next.join(""));
    }
    return exitCode(failure.reply);
}

/** Whatever was thrown, as a failure. */
export function failureOf(error: unknown): GentaskError {
    if (error instanceof GentaskError) return error;
    return mistake("UNKNOWN_ERROR", error instanceof Error ? error.message : String(error));
}

/** A wrong command line: nothing was sent, and no task is concerned. */
export function misuse(message: string): GentaskError {
    return advised(mistake("UNSUPPORTED", message), "see `gentask --help`");
}

/** A failure that says what to do next on this command line. */
export function advised({ message, reply }: GentaskError, next: string): GentaskError {
    return errorOf(changed(reply, {}, { suggestions: [next] }), message);
}

/** Files can be saved into this directory. Asked before anything is sent: what cannot be saved is not paid for. */
export async function checkOut(out: string): Promise<void> {
    try {
        await checkDirectory(out);
    } catch (error) {
        throw advised(failureOf(error), "nothing was sent: choose a writable directory for --out");
    }
}

/** How files are saved. */
export function savingOf(call: Call): SaveOptions {
    return call.has("receipt") ? { receipt: "sidecar" } : {};
}

/** A value of ours as it is printed. */
export function canonical(value: unknown): string {
    return functions.canonical(JSON.stringify(value));
}

/** The reply with the places of its saved files. As text: a number of the provider's may be one that JavaScript cannot hold. */
function withSaved(reply: Reply, saved: readonly SavedFile[]): string {
    const text = reply.toJson();
    // `data` is the first member and `errorCode` the second; after a success `data` is not empty.
    const end = text.lastIndexOf('},"errorCode":');
    return `${text.slice(0, end)},"saved":${canonical(saved)}${text.slice(end)}`;
}

function lines(reply: Reply, saved: readonly SavedFile[]): string[] {
    const { billing, costTimeMs, intentId, suggestions } = reply.data;
    const all = [`status    ${reply.status}`];
    if (reply.taskId !== null) all.push(`task      ${reply.taskId}`);
    if (intentId) all.push(`intent    ${intentId}`);
    if (reply.errorCode !== null) all.push(`error     ${reply.errorCode}: ${reply.errorMessage}`, `billing   ${billing ?? "none"}`);
    if (reply.retryAfter !== null) all.push(`retry in  ${reply.retryAfter} s`);
    if (typeof costTimeMs === "number") all.push(`took      ${span(costTimeMs)}`);
    for (const [index, { kind, url }] of reply.files.entries()) {
        const file = saved[index];
        all.push(file ? `saved     ${file.path} (${kind}, ${size(file.bytes)})` : `file      ${url ?? "-"} (${kind})`);
    }
    return [...all, ...reply.warnings.map((text) => `warning   ${text}`), ...(suggestions ?? []).map((text) => `next      ${text}`)];
}

/** Prints records, as their texts, as a table, as a JSON array or as CSV. `none` tells a person that there are none. */
export async function showRecords(texts: readonly string[], none: string, format: Format): Promise<void> {
    if (format !== "table") {
        const { listed, listedAsCsv } = await import("./core.js");
        return format === "json" ? line(listed(texts)) : write(1, listedAsCsv(texts));
    }
    if (texts.length === 0) return line(plain(none).replaceAll("\n", " "));
    const now = Date.now();
    const rows = texts.map((text) => {
        const { at, conflict, intentId, model, phase, provider, taskId } = JSON.parse(text) as TaskRecord;
        const ids = [taskId ?? "-", ...(conflict?.taskId == null ? [] : [conflict.taskId])].join(", and ");
        return [intentId, provider, model, phase, ids, span(Math.max(now - at.created, 0))];
    });
    table(["intent", "provider", "model", "phase", "task", "age"], rows);
}

/** How a list is printed. */
export type Format = "table" | "json" | "csv";
