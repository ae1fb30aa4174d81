// Which process holds a submit's lease, and whether it is gone: then no answer of it will come, and nobody has to wait for the lease to end.
//
// The proof is Linux's: the boot, the space of process numbers, the number, and when that process was started.

import { functions } from "./core.js";
import { builtin, isDeno, isEdge } from "./host.js";

/** The name of a lease's holder: the client's own, with this process where others can tell whether it is gone. */
export function holderName(client: string): string {
    const host = hostName();
    const pid = host === undefined ? undefined : own()?.pid;
    const started = pid === undefined ? undefined : lifeOf(pid)?.started;
    return host === undefined || pid === undefined || started === undefined ? client : functions.holderName(client, host, pid, started);
}

/** Whether the process that a holder's name tells of is gone. Where that cannot be proved, it is not. */
export function isGone(holder: string): boolean {
    const [host, pid, started] = JSON.parse(functions.holderProcess(holder) ?? "[]") as [string?, number?, number?];
    if (host === undefined || pid === undefined || host !== hostName()) return false;
    const life = lifeOf(pid);
    // What cannot be read may only be hidden.
    return life === undefined ? isFree(pid) : life.isOver || life.started !== started;
}

/** This machine since it was started, and the space of its process numbers; `undefined` where that is not told. */
function hostName(): string | undefined {
    const boot = attempt(({ readFileSync }) => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
    const space = attempt(({ readlinkSync }) => readlinkSync("/proc/self/ns/pid"));
    return boot && space ? `${boot}/${space}` : undefined;
}

/** When a process was started, in ticks since the boot, and whether it has ended but for its number. */
function lifeOf(pid: number): { readonly started: number; readonly isOver: boolean } | undefined {
    const text = attempt(({ readFileSync }) => readFileSync(`/proc/${pid}/stat`, "utf8"));
    // The program's name stands in parentheses, and may hold some itself.
    const [state, ...fields] = text?.split(") ").at(-1)?.split(" ") ?? [];
    return state === undefined ? undefined : { started: Number(fields[18]), isOver: state === "Z" || state === "X" };
}

/** Whether nobody has this number. */
function isFree(pid: number): boolean {
    try {
        own()?.kill?.(pid, 0);
        return false;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
}

function attempt<T>(read: (files: typeof import("node:fs")) => T): T | undefined {
    try {
        const files = isEdge() || (isDeno() && !mayRead()) ? undefined : builtin<typeof import("node:fs")>("node:fs");
        return files && read(files);
    } catch {
        return undefined;
    }
}

/** Deno would ask a person for what it may not read. */
function mayRead(): boolean {
    const { permissions } = (globalThis as { Deno?: { permissions?: { querySync?(of: object): { state: string } } } }).Deno ?? {};
    return permissions?.querySync?.({ name: "read", path: "/proc" }).state === "granted";
}

function own(): { readonly pid?: number; kill?(pid: number, signal: number): void } | undefined {
    return (globalThis as { process?: { pid?: number; kill?(pid: number, signal: number): void } }).process;
}
