// Verbs about tasks, most of them stored ones.

import type { Client } from "../client.js";
import { mistake } from "../core.js";
import { type Listed, page, prune as deleteOld, UNFINISHED, UNRESOLVED } from "../listing.js";
import { replied } from "../questions.js";
import { changed, type Reply } from "../reply.js";
import { type StoreFilter, TERMINAL_PHASES } from "../store.js";
import type { TaskHandle } from "../task.js";
import type { Phase } from "../types.js";
import type { Call } from "./arguments.js";
import { saveFiles } from "../files.js";
import { OK, RUNNING, STORE } from "./exit.js";
import { ageOf, timeSince } from "./flags.js";
import { canonical, type Format, misuse, savingOf, show, showRecords } from "./output.js";
import { line, note } from "./print.js";
import { showCancelled } from "./run.js";
import { clientFor, clientOf, contractOf, find, named, openStore, storeForQuestions } from "./setup.js";

const PHASES: readonly Phase[] = [
    "prepared",
    "submitting",
    "waiting",
    "fetching",
    "cancelling",
    "succeeded",
    "failed",
    "cancelled",
    "rejected",
    "unresolved",
    "discarded",
];

/** A stored task with the client it belongs to, or a client for an id that is not stored. */
type Target = { readonly client: Client; readonly task: TaskHandle | undefined };

async function target(call: Call, id: string, open = call.has("provider") ? storeForQuestions : openStore): Promise<Target> {
    // A runtime without SQLite has no stored tasks, but a named provider can still be asked.
    const store = await open(call);
    const record = await find(call, store, id);
    if (record !== undefined) {
        const client = clientOf(call, record, store);
        return { client, task: await client.task(record.intentId) };
    }
    if (call.has("provider")) return { client: clientFor(call, named(call), store), task: undefined };
    throw mistake("TASK_NOT_FOUND", `no task "${id}" in the store; to look for it at a provider, add --provider`);
}

/** One status call. */
export async function status(call: Call, json: boolean): Promise<number> {
    const id = call.argument(0);
    const { client, task } = await target(call, id);
    return show(task ? await look(task) : await client.getStatus(id, call.text("model")), json);
}

/** How a stored task is, by one call where its phase has one that only reads. A submit that was never sent is `resume`'s to send. */
async function look(task: TaskHandle): Promise<Reply> {
    const { phase } = await task.record();
    return phase === "prepared" || TERMINAL_PHASES.includes(phase) ? task.reply() : task.check({ force: true });
}

/** A task's details and files. Where files are asked for and there are none yet, the task is still running. */
export async function get(call: Call, json: boolean): Promise<number> {
    const [id, out] = [call.argument(0), call.text("out")];
    const { client, task } = await target(call, id);
    if (!task) {
        if (out !== undefined) throw misuse(`--out works for stored tasks only, and there is no task "${id}" in the store`);
        return show(await client.getTask(id, call.text("model")), json);
    }
    let reply = await look(task);
    // A status that says done leaves the details to a second call.
    if ((await task.record()).phase === "fetching") reply = await look(task);
    if (out === undefined || !reply.ok) return show(reply, json);
    if (reply.status === "success") return show(reply, json, await saveFiles(task, out, savingOf(call)));
    show(reply, json);
    return RUNNING;
}

/** Asks the provider to stop a task. */
export async function cancel(call: Call, json: boolean): Promise<number> {
    const id = call.argument(0);
    const { client, task } = await target(call, id);
    return showCancelled(task ? await replied(() => task.cancel()) : await client.cancelTask(id, call.text("model")), json);
}

/** The tasks in the store. */
export async function list(call: Call, json: boolean): Promise<number> {
    const words = call.all("phase").flatMap((phase) => phase.split(","));
    const strange = words.find((word) => !PHASES.includes(word as Phase));
    if (strange !== undefined) throw misuse(`unknown phase "${strange}": use ${PHASES.join(", ")}`);
    const asked = words.length > 0 ? (words as Phase[]) : undefined;
    const phases = call.has("unfinished") ? (asked ?? UNFINISHED).filter((phase) => UNFINISHED.includes(phase)) : asked;
    const owner = call.text("owner");
    const createdFrom = timeSince(call.text("since") ?? "", Date.now());
    const filter = { ...(owner !== undefined && { owner }), ...(phases && { phases }), ...(createdFrom !== undefined && { createdFrom }) };
    const isAskedForSome = Object.keys({ ...scope(call), ...filter }).length > 0;
    const limited = { ...filter, newestFirst: call.has("newest"), limit: call.number("limit") ?? 100 };
    const format = call.text("format") as Format | undefined;
    return showStored(call, limited, isAskedForSome ? "no matching tasks" : "no tasks", format ?? formatOf(json));
}

/** Submits whose outcome is not known, and tasks that a second task id contradicts. */
export async function unresolved(call: Call, json: boolean): Promise<number> {
    return showStored(call, UNRESOLVED, "nothing unresolved", formatOf(json));
}

function formatOf(json: boolean): Format {
    return json ? "json" : "table";
}

async function showStored(call: Call, filter: StoreFilter, none: string, format: Format): Promise<number> {
    const store = await openStore(call);
    const { next, tasks } = await page(store, { ...scope(call), ...filter });
    const sound = tasks.filter(({ reason }) => reason === undefined).map(({ json }) => json);
    // Where nothing is found, another store may have been meant.
    await showRecords(sound, `${none} in ${store.path}`, format);
    if (next !== null) note(`showing only the ${filter.newestFirst === true ? "newest" : "oldest"} ${sound.length}: use --limit to see more`);
    return nameDamaged(tasks);
}

/** Names the records that cannot be read: nothing that may have been paid for is passed over in silence. */
export function nameDamaged(tasks: readonly Listed[]): number {
    const damaged = tasks.filter(({ reason }) => reason !== undefined);
    for (const { intentId, reason } of damaged) note(`the record of intent ${intentId} cannot be read: ${reason}`);
    return damaged.length > 0 ? STORE : OK;
}

/** Which tasks the shared flags are about. */
export function scope(call: Call): StoreFilter {
    const [provider, account] = [call.text("provider"), call.text("account")];
    return { ...(provider !== undefined && { provider: contractOf(provider).id }), ...(account !== undefined && { account }) };
}

/** What to do about an id that the provider does not know: there is nothing to adopt. */
const NOT_ADOPTED =
    "the submit stays unresolved: compare the task id and the account with the provider's dashboard; if the task is not there, give the submit up with " +
    "`gentask discard`";

/** Gives an unresolved submit its task id. */
export async function adopt(call: Call, json: boolean): Promise<number> {
    const task = await storedTask(call);
    const reply = await replied(() => task.adopt(call.argument(1)));
    return show(reply.errorCode === "TASK_NOT_FOUND" ? changed(reply, {}, { suggestions: [NOT_ADOPTED] }) : reply, json);
}

/** Gives an unresolved submit up. That is what was asked, so it is no failure. */
export async function discard(call: Call, json: boolean): Promise<number> {
    return showCancelled(await (await storedTask(call)).discard(), json);
}

async function storedTask(call: Call): Promise<TaskHandle> {
    const intent = call.argument(0);
    const { task } = await target(call, intent, openStore);
    if (task) return task;
    throw mistake("TASK_NOT_FOUND", `no intent "${intent}" in the store`);
}

/** Deletes the record of one task that has ended. */
export async function deleteStored(call: Call, json: boolean): Promise<number> {
    const { client, task } = await target(call, call.argument(0), openStore);
    if (!task) throw mistake("TASK_NOT_FOUND", `no intent "${call.argument(0)}" in the store`);
    await client.delete(task.intentId);
    line(json ? canonical({ deleted: 1 }) : `deleted the record of intent ${task.intentId}`);
    return OK;
}

/** Deletes the records of tasks that ended long ago. What is unfinished or unresolved stays, whatever its age. */
export async function prune(call: Call, json: boolean): Promise<number> {
    const store = await openStore(call);
    const endedBefore = Date.now() - (ageOf(call.text("older-than") ?? "30d") ?? 0) * 1_000;
    const deleted = await deleteOld(store, scope(call), endedBefore);
    line(json ? canonical({ deleted }) : `deleted the records of ${deleted === 1 ? "1 task" : `${deleted} tasks`}`);
    return OK;
}
