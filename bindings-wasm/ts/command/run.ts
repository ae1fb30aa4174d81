// `gentask run`, and the flags that need no subcommand.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Client } from "../client.js";
import { Contract } from "../contract.js";
import { LONGEST_TIMER_MS } from "../abort.js";
import { sleep } from "../clock.js";
import { functions } from "../core.js";
import { isLoopback } from "../http/transport.js";
import { JsonText, toJson } from "../json.js";
import type { SubmitRequest } from "../options.js";
import { replied } from "../questions.js";
import { changed, Reply } from "../reply.js";
import { memoryStore } from "../store/memory.js";
import { loaded, recordOf } from "../storing.js";
import { type Order, warnOf } from "../submit.js";
import type { TaskHandle } from "../task.js";
import type { Call } from "./arguments.js";
import { saveFiles, type SaveOptions } from "../files.js";
import { OK, USAGE } from "./exit.js";
import { help } from "./help.js";
import { noteUnchecked } from "./inspect.js";
import { Interrupts } from "./interrupt.js";
import { canonical, checkOut, misuse, savingOf, show } from "./output.js";
import { line } from "./print.js";
import { Progress } from "./progress.js";
import { clientFor, contractOf, contractOptions, named, openStore, payloadOf, storeForQuestions, uploading } from "./setup.js";
import type { SavedFile } from "../types.js";
import { withPrompt } from "./unchecked.js";

/** A generation to run, and how. */
interface Plan {
    readonly contract: Contract;
    readonly request: SubmitRequest;
    readonly waits: boolean;
    readonly out: string | undefined;
    readonly saving: SaveOptions;
    /** Whether a person is told what of it nobody checked. */
    readonly notes: boolean;
}

/** Submits a generation, waits and saves its files, as far as the flags ask for it. */
export async function run(call: Call, json: boolean): Promise<number> {
    const contract = named(call);
    const names = { key: call.text("key"), owner: call.text("owner"), callbackUrl: call.text("callback-url") };
    const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined));
    const request = { ...(await generation(call, contract)), ...given, options: contractOptions(call.all("option")) };
    if (call.has("dry-run")) return dryRun(call, contract, request, json);
    return perform(call, { contract, request, waits: !call.has("no-wait"), out: call.text("out"), saving: savingOf(call), notes: true }, json);
}

/** The command lines of AIVideoMaker's published scripts, as they stand. */
export async function seed(call: Call, json: boolean): Promise<number> {
    const [action, taskId, model, payload] = [call.text("action"), call.text("taskId"), call.text("model"), call.text("payload")];
    if ([action, taskId, model, payload].every((flag) => flag === undefined)) {
        if (json) throw misuse("nothing to do: give a subcommand, or --model and --payload");
        line(help(undefined));
        return USAGE;
    }
    const creates = action === undefined || action === "createGeneration";
    if (taskId !== undefined && action === undefined) throw misuse("--taskId needs --action");
    if (taskId !== undefined && creates) throw misuse("--action createGeneration starts a new task and takes no --taskId");
    if (creates && (model === undefined || payload === undefined)) throw misuse("--model and --payload are both required");
    const contract = contractOf(call.text("provider") ?? "aivideomaker");
    if (creates) {
        const request = await generation(call, contract);
        return perform(call, { contract, request, waits: action === undefined, out: undefined, saving: {}, notes: false }, json);
    }
    if (taskId === undefined) throw misuse("--action needs --taskId");
    const client = clientFor(call, contract, await storeForQuestions(call));
    if (action === "cancelTask") return showCancelled(await client.cancelTask(taskId, model), json);
    return show(await (action === "getTask" ? client.getTask(taskId, model) : client.getStatus(taskId, model)), json);
}

/** Prints what became of a wish to stop. A task that is cancelled already is what was asked, so it is no failure. */
export function showCancelled(reply: Reply, json: boolean): number {
    const code = show(reply, json);
    return reply.status === "cancelled" ? OK : code;
}

async function generation(call: Call, contract: Contract): Promise<Pick<SubmitRequest, "input" | "model">> {
    const [model, prompt] = [call.text("model") ?? "", call.text("prompt")];
    const input = await payloadOf(call.text("payload") ?? "{}");
    if (prompt === undefined) return { model, input };
    return { model, input: new JsonText(withPrompt(contract, model, input.text, prompt)) };
}

type Followed = readonly [reply: Reply, saved: readonly SavedFile[]];

async function perform(call: Call, plan: Plan, json: boolean): Promise<number> {
    // What of an order nobody checks is told by notes of the command's own.
    warnOf(plan.contract, plan.request.model, true);
    const client = await uploading(clientFor(call, plan.contract, await openStore(call)));
    const here = call.has("callback") ? await called(client) : undefined;
    const request = here === undefined ? plan.request : { ...plan.request, callbackUrl: here.url };
    const progress = new Progress(plan.request.model);
    let followed: Followed;
    try {
        followed = await follow(client, { ...plan, request }, call.number("timeout"), progress);
    } finally {
        progress.end();
        here?.close();
    }
    return show(followed[0], json, followed[1]);
}

/** Receives a client's callbacks on a port of this machine. */
async function called(client: Client): Promise<{ readonly url: string; readonly close: () => void }> {
    if (!isLoopback(new URL(client.baseUrl))) {
        throw misuse(
            "--callback receives on this machine, which only a provider simulated on it can reach; use --callback-url with a public https URL, " +
                "and `gentask listen` behind it",
        );
    }
    const { Receiver } = await import("../callbacks/index.js");
    const receiver = new Receiver(client);
    const server = createServer((request, response) => void receiver.node(request, response));
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    server.unref();
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, close: () => void server.close() };
}

async function follow(client: Client, { notes, out, request, saving, waits }: Plan, time: number | undefined, progress: Progress): Promise<Followed> {
    const interrupts = new Interrupts();
    client.validate(request);
    if (notes) noteUncheckedOf(client.contract, request);
    if (out !== undefined) await checkOut(out);
    progress.say("submitting");
    const order = client.order(request);
    const answered = await answer(client, order, waits ? undefined : time, progress, interrupts);
    if (answered instanceof Reply) return [answered, []];
    const { isInterrupted, task } = answered;
    if (!waits) return [await task.knownReply(), []];
    return isInterrupted ? [interrupted(await task.knownReply()), []] : finish(task, out, saving, progress, interrupts);
}

/** A submit that was answered. */
interface Answered {
    readonly task: TaskHandle;
    /** Whether somebody wanted to leave meanwhile. */
    readonly isInterrupted: boolean;
}

/**
 * Waits for the answer to a submit, which may hold the id of a task that is paid for. Without it, a reply about a submit that was left: after a second
 * interrupt, or once its time is over and it is not in flight.
 */
async function answer(client: Client, order: Order, time: number | undefined, progress: Progress, interrupts: Interrupts): Promise<Answered | Reply> {
    const first = Promise.race([order.task, ...(time === undefined ? [] : [late(order, time)])]);
    for (let isInterrupted = false;; isInterrupted = true) {
        const heard = await interrupts.unless(first);
        if (heard?.value === "late") return left(client, order, "timed out");
        if (heard !== undefined) return { task: heard.value, isInterrupted };
        if (isInterrupted) return left(client, order, "interrupted");
        progress.say("interrupted; waiting for the answer to the submit (press Ctrl-C again to stop waiting)");
    }
}

/** Until its time is over and it waits for something else than an answer. */
async function late(order: Order, time: number): Promise<"late"> {
    await sleep(Math.min(time * 1_000, LONGEST_TIMER_MS));
    while (!(await order.isWaiting())) await sleep(LOOK_AGAIN_MS);
    return "late";
}

/** How long to wait before a submit whose time is over is looked at again. */
const LOOK_AGAIN_MS = 50;

/** Waits for a task and saves its files. An interrupt ends the wait; the task goes on. */
async function finish(
    task: TaskHandle,
    out: string | undefined,
    saving: SaveOptions,
    progress: Progress,
    interrupts: Interrupts,
): Promise<Followed> {
    const waited = await interrupts.unless(replied(() => task.wait({ onUpdate: (reply) => progress.show(reply) })));
    if (waited === undefined) return [interrupted(await task.reply().catch(() => task.knownReply())), []];
    const reply = waited.value;
    if (out === undefined || !reply.ok) return [reply, []];
    progress.say("saving files");
    const saved = await interrupts.unless(saveFiles(task, out, saving));
    if (saved !== undefined) return [reply, saved.value];
    const errorMessage = `interrupted while saving files: \`gentask get ${task.intentId} --out DIR\` saves the rest`;
    return [failed(reply, errorMessage), []];
}

/** A wait that a person ended is a wait that timed out: the task goes on. */
function interrupted(reply: Reply): Reply {
    if (reply.errorCode !== null || reply.status === "success") return reply;
    const task = reply.taskId === null ? "the task" : `task ${reply.taskId}`;
    return failed(reply, `interrupted; ${task} is still running: \`gentask resume\` waits for it again`);
}

function failed(reply: Reply, errorMessage: string): Reply {
    const text = reply.toJson();
    // As text: a number of the provider's in `data` may be one that JavaScript cannot hold.
    const data = text.slice(0, text.lastIndexOf(',"errorCode":'));
    const rest = { errorCode: "WAIT_TIMEOUT", errorMessage, ok: false, retryAfter: reply.retryAfter, status: reply.status, taskId: reply.taskId };
    return Reply.fromJson(`${data},${JSON.stringify(rest).slice(1)}`);
}

/** A submit that was not waited for: its record is stored, and nothing of this process goes on. */
async function left({ store }: Client, order: Order, why: string): Promise<Reply> {
    const intentId = order.intentId();
    const json = await loaded(store, intentId).catch(() => null);
    const isPrepared = json !== null && recordOf(json).phase === "prepared";
    const errorMessage = isPrepared
        ? `${why} before the submit was sent; the task is stored, and \`gentask resume\` sends it`
        : `${why} before the answer to the submit came; \`gentask resume\` finds out what became of it and sends nothing twice`;
    return changed(Reply.of(functions.left(intentId, json ?? undefined)), { errorMessage });
}

function noteUncheckedOf(contract: Contract, { input, model }: SubmitRequest): void {
    noteUnchecked(contract, model, toJson(input, "INVALID_PAYLOAD", "the payload"));
}

/** Shows what would be sent. */
async function dryRun(call: Call, contract: Contract, request: SubmitRequest, json: boolean): Promise<number> {
    warnOf(contract, request.model, true);
    const client = await uploading(clientFor(call, contract, memoryStore()));
    const { body, headers, method, url } = client.dryRun(request);
    noteUncheckedOf(contract, request);
    // The body as it is: a number in it may be one that JavaScript cannot hold.
    const text = "text" in body && body.text !== "" ? body.text : "null";
    const head = canonical({ dryRun: true, headers, method, url });
    const shown = functions.canonical(`{"body":${text},${head.slice(1)}`);
    if (json) {
        line(shown);
    } else {
        line(`dry run: would send ${method} to ${new URL(url).origin} (nothing was sent or stored)`);
        line(JSON.stringify(JSON.parse(shown), null, 2));
    }
    return OK;
}
