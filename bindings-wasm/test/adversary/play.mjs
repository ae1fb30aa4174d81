// Plays one row: makes clients, does its steps and tells the judge what they brought.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST, gentask } from "../support/package.mjs";
import { RowClock } from "./clock.mjs";
import { Process, ScriptedStore } from "./store.mjs";

const { Client, Contract, GentaskError } = gentask;
const { saveFiles } = await import(new URL("files.js", DIST).href);

/** When every row begins. */
const START = 1_767_225_600_000;
/** A step that takes longer has hung: whatever it waits for by its clock takes no time. */
const HUNG_MS = 25_000;
/** What passes before somebody comes back to what a row left. */
const LATER_MS = 3_600_000;
const PAUSE_MS = 150;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The function that gives the key, or fails or waits where the row says so. */
class Keys {
    asked = 0;
    #key;
    #plan = { fails: [], holds: [], words: "" };
    #waiting = [];

    constructor(key) {
        this.#key = key;
    }

    plan({ letGo, fails = [], holds = [], words = "the vault is sealed" }) {
        if (letGo === true) return this.letGo();
        const from = (nth) => this.asked + nth;
        this.#plan = { fails: fails.map(from), holds: holds.map(from), words };
    }

    letGo() {
        for (const resolve of this.#waiting.splice(0)) resolve();
    }

    clear() {
        this.plan({});
        this.letGo();
    }

    async ask() {
        const nth = ++this.asked;
        const { fails, holds, words } = this.#plan;
        if (holds.includes(nth)) await new Promise((resolve) => this.#waiting.push(resolve));
        if (fails.includes(nth)) throw new Error(words);
        return this.#key;
    }
}

/** Plays a row and returns what is wrong with it. */
export async function play(table, { name, row }) {
    const begun = await table.ask("/begin", { name });
    const clock = new RowClock(START);
    table.clocks.set(begun.id, clock);
    const folder = mkdtempSync(join(tmpdir(), "gentask-adversary-"));
    try {
        return await clock.run(() => new Play(table, row, begun, clock, folder).play());
    } finally {
        rmSync(folder, { recursive: true });
    }
}

class Play {
    #table;
    #row;
    #id;
    #places;
    #clock;
    #folder;
    #store = new ScriptedStore();
    #keys;
    #how = new Map();
    #made = new Map();
    #tasks = new Map();
    #events = [];

    constructor(table, row, begun, clock, folder) {
        this.#table = table;
        this.#row = row;
        this.#id = begun.id;
        this.#places = { "{base}": begun.base, "{foreign}": begun.foreign, "{key}": begun.key };
        this.#clock = clock;
        this.#folder = folder;
        this.#keys = new Keys(begun.key);
    }

    async play() {
        const background = new Map();
        for (const [number, step] of this.#row.steps.entries()) {
            const { as: name = "it", client = "main" } = step;
            if (step.do === "await") {
                const { number: first, outcome } = background.get(name);
                background.delete(name);
                await this.#saw(first, { skipped: true });
                await this.#saw(number, await outcome);
                continue;
            }
            if (step.do === "kill") {
                // Nobody hears what a dead process would have said.
                for (const [dead, one] of [...background].filter(([, one]) => one.client === client)) {
                    background.delete(dead);
                    await this.#saw(one.number, { skipped: true });
                }
            }
            const outcome = this.#bounded(step, background.size === 0);
            if (step.background === true) background.set(name, { number, client, outcome });
            else await this.#saw(number, await outcome);
        }
        const records = await this.#records();
        await this.#saw(null, { value: "the row is over" });
        // Whoever is still under way comes to an end, and somebody comes back later.
        this.#store.plan([]);
        this.#keys.clear();
        await this.#ask("/release");
        this.#clock.jump();
        await this.#ask("/listen", { on: true });
        for (const { number, outcome } of background.values()) await this.#saw(number, await outcome);
        this.#kill("main");
        this.#clock.advance(LATER_MS);
        await this.#saw(null, await this.#bounded({ do: "resume", timeout: 600 }, false));
        const trace = { records, after: await this.#records(), texts: [...this.#store.written, ...this.#events] };
        return (await this.#ask("/end", { trace })).faults;
    }

    #ask(path, given = {}) {
        return this.#table.ask(path, { id: this.#id, ...given });
    }

    #saw(step, outcome) {
        return this.#ask("/saw", { step, outcome });
    }

    #fill(text) {
        return Object.entries(this.#places).reduce((filled, [name, place]) => filled.replaceAll(name, place), text);
    }

    /** Every record as it stands, readable or not. */
    async #records() {
        const damaged = new Set();
        for (const account of [undefined, "second"]) {
            const client = await this.#make({ account }, new Process(this.#store)).catch(() => undefined);
            // A store may fail to list, as its row says.
            const listed = await client?.tasks().catch(() => undefined);
            for (const { intentId } of listed?.damaged ?? []) damaged.add(intentId);
        }
        return this.#store.records().map((record) => (damaged.has(record.intentId) ? { ...record, damaged: true } : record));
    }

    async #bounded(step, alone) {
        const began = this.#clock.wall;
        let timer;
        const late = new Promise((resolve) => (timer = setTimeout(resolve, HUNG_MS, { hung: true })));
        const outcome = { ...(await Promise.race([this.#caught(step), late])) };
        clearTimeout(timer);
        if (alone) outcome.tookMs = this.#clock.wall - began;
        return outcome;
    }

    async #caught(step) {
        try {
            const done = this[`do_${step.do}`];
            return done === undefined ? { skipped: true } : (await done.call(this, step)) ?? {};
        } catch (error) {
            const told = { raised: error.constructor.name, text: String(error.stack ?? error) };
            if (!(error instanceof GentaskError)) return told;
            return { reply: JSON.parse(error.reply.toJson()), ...told, text: error.message };
        }
    }

    async do_submit(step) {
        return this.#named(step, async () => handle(await (await this.#client(step)).submit(order(step))));
    }

    async do_createGeneration(step) {
        return this.#named(step, async () => told(await (await this.#client(step)).createGeneration(order(step))));
    }

    /** Remembers which intent it was, also where it failed. */
    async #named(step, submit) {
        const { as: name = "it" } = step;
        const remember = (intentId) => intentId && this.#tasks.set(name, intentId);
        try {
            const outcome = await submit();
            remember(outcome.handle?.intentId ?? outcome.reply?.data.intentId);
            return outcome;
        } catch (error) {
            remember(error.intentId);
            throw error;
        }
    }

    async do_wait(step) {
        return told(await (await this.#task(step)).wait({ timeout: step.timeout }));
    }

    async do_updates(step) {
        const replies = [];
        for await (const reply of (await this.#task(step)).updates({ timeout: step.timeout })) {
            replies.push({ intentId: null, reply: JSON.parse(reply.toJson()) });
        }
        return { value: replies.length, replies };
    }

    async do_check(step) {
        return told(await (await this.#task(step)).check({ force: step.force === true }));
    }

    async do_cancel(step) {
        return told(await (await this.#task(step)).cancel());
    }

    async do_adopt(step) {
        return told(await (await this.#task(step)).adopt(this.#fill(step.taskId)));
    }

    async do_discard(step) {
        return told(await (await this.#task(step)).discard());
    }

    async do_look(step) {
        return told(await (await this.#task(step)).reply());
    }

    async do_download(step) {
        return { value: (await saveFiles(await this.#task(step), this.#folder)).length };
    }

    async do_resume(step) {
        const resumed = await (await this.#client(step)).resume({ timeout: step.timeout, concurrency: 8 });
        return { replies: resumed.map(({ intentId, reply }) => ({ intentId, reply: JSON.parse(reply.toJson()) })) };
    }

    async do_getStatus(step) {
        return told(await (await this.#client(step)).getStatus(step.taskId, step.model));
    }

    async do_getTask(step) {
        return told(await (await this.#client(step)).getTask(step.taskId, step.model));
    }

    async do_cancelTask(step) {
        return told(await (await this.#client(step)).cancelTask(step.taskId, step.model));
    }

    async do_account(step) {
        return { value: (await (await this.#client(step)).account()).amount };
    }

    async do_remoteTasks(step) {
        return { value: (await (await this.#client(step)).remoteTasks()).length };
    }

    async do_unresolved(step) {
        return listed(await (await this.#client(step)).unresolved());
    }

    async do_tasks(step) {
        return listed(await (await this.#client(step)).tasks({ owner: step.owner }));
    }

    async do_find(step) {
        const found = await (await this.#client(step)).find(step.key, step.owner);
        return found === null ? {} : handle(found);
    }

    async do_prune(step) {
        return { value: await (await this.#client(step)).prune(step.olderThan ?? 0) };
    }

    do_kill({ client = "main", contract, base }) {
        this.#kill(client);
        const changed = { ...(contract && { contract }), ...(base && { base }) };
        this.#how.set(client, { ...this.#how.get(client), ...changed });
    }

    do_client(step) {
        this.#how.set(step.as, step);
    }

    async do_until({ kind, count = 1 }) {
        return { hung: !(await this.#ask("/until", { kind, count })).came };
    }

    async do_asleep({ count = 1 }) {
        while (this.#clock.sleepers < count) await pause(1);
    }

    async do_asked({ count = 1 }) {
        while (this.#keys.asked < count) await pause(1);
    }

    async do_pause() {
        // Whatever begins meanwhile may; nothing is proven by it that did not.
        await pause(PAUSE_MS);
    }

    do_clock({ still, advance, back, sleep, jump }) {
        if (still === true) this.#clock.standStill();
        if (advance !== undefined) this.#clock.advance(advance * 1_000);
        if (back !== undefined) this.#clock.set(this.#clock.wall - back * 1_000);
        if (sleep !== undefined) this.#clock.set(this.#clock.wall + sleep * 1_000);
        if (jump === true) this.#clock.jump();
    }

    do_store(step) {
        if (step.edit !== undefined) this.#store.edit(this.#intent(step), JSON.parse(this.#fill(JSON.stringify(step.edit))));
        if (step.faults !== undefined) this.#store.plan(step.faults);
    }

    do_key(step) {
        this.#keys.plan(step);
    }

    async do_release() {
        await this.#ask("/release");
    }

    async do_provider(step) {
        if (step.extend !== undefined) await this.#ask("/extend", { script: step.extend });
        if (step.listen !== undefined) await this.#ask("/listen", { on: step.listen });
    }

    /** The client of a step, made when it is first needed. */
    async #client({ client: name = "main" }) {
        const known = this.#made.get(name);
        if (known !== undefined) return known.client;
        const process = new Process(this.#store);
        const client = await this.#make(this.#how.get(name) ?? {}, process);
        this.#made.set(name, { client, process });
        return client;
    }

    async #make(how, process) {
        const own = this.#row.client ?? {};
        const contract = Contract.load(JSON.stringify(await this.#ask("/contract", { patch: how.contract ?? null })));
        return new Client(contract, {
            apiKey: how.apiKey === undefined ? () => this.#keys.ask() : this.#fill(how.apiKey),
            account: how.account,
            baseUrl: this.#fill(how.base ?? "{base}"),
            store: process,
            requestTimeout: own.requestTimeout,
            maxReadRetries: own.maxReadRetries,
            gate: own.gate,
            onEvent: (_, event) => this.#events.push(JSON.stringify(event)),
        });
    }

    #kill(name) {
        const known = this.#made.get(name);
        if (known !== undefined) known.process.alive = false;
        this.#made.delete(name);
    }

    #intent({ task: name = "it" }) {
        return name === "newest" ? this.#store.newest() : this.#tasks.get(name) ?? this.#store.newest();
    }

    async #task(step) {
        return (await this.#client(step)).task(this.#intent(step));
    }
}

function order({ model = "picture", input = { prompt: "a lighthouse" }, key, owner, options, timeout }) {
    return { model, input, key, owner, options, timeout };
}

const told = (reply) => ({ reply: JSON.parse(reply.toJson()) });
const handle = (task) => ({ handle: { intentId: task.intentId, taskId: task.taskId } });
const listed = ({ records, damaged }) => ({ value: { count: records.length, damaged: damaged.length } });
