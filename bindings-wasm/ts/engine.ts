// What a client and its tasks share: one driver, the settings of its machines, and the submits that are under way. A submit in flight belongs
// here, never to the caller's promise.

import { known, LONGEST_MS, milliseconds, text, whole } from "./arguments.js";
import { Calling } from "./calling.js";
import { Clock, Nap, sleep } from "./clock.js";
import type { Contract } from "./contract.js";
import { about, ask, CoreContract, functions, inDoubt, Machine, mistake, Pacer, step, unanswered } from "./core.js";
import { type Drive, type Driven, Driver } from "./driver.js";
import { entropy, hex } from "./entropy.js";
import { Gate } from "./gate.js";
import { transports } from "./http/chosen.js";
import { isLoopback } from "./http/transport.js";
import { isBrowser, isEdge, variable } from "./host.js";
import { complain, tell } from "./listeners.js";
import type { ClientOptions } from "./options.js";
import { holderName } from "./process.js";
import { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import { sqliteStore } from "./store/sqlite.js";
import type { TaskRecord } from "./types.js";
import { blobOf, loaded, recordOf, refusedBy, stored } from "./storing.js";
import { cut } from "./thrown.js";

/** How long a request may take where nothing else is said: 30 s, the figure of AIVideoMaker's reference client. */
const REQUEST_TIMEOUT_MS = 30_000;
/** The longest that a request may take, whatever is said: a day. */
const LONGEST_REQUEST_MS = 86_400_000;
/** How often a one-shot read is tried again where nothing else is said: 3 times, of the same source. */
const MAX_READ_RETRIES = 3;
/** How long a cancel is waited for beyond two requests. */
const CANCEL_WAIT_MS = 30_000;
/** How long the store is asked at last how a task is, where something holds its wait up. */
const LAST_LOOK_MS = 1_000;
/** Why a drive ends whose wait is over: made once, since nobody is told of it. */
const OVER = new Error("the wait is over");
/** Requests in flight where nothing else is said. Workers let six wait for their answers; more would queue while their time runs. */
const [GATE, EDGE_GATE] = [32, 6];

const OPTIONS: readonly (keyof ClientOptions)[] = [
    "apiKey",
    "store",
    "account",
    "baseUrl",
    "timeout",
    "poll",
    "requestTimeout",
    "maxReadRetries",
    "gate",
    "fetch",
    "transport",
    "onEvent",
    "waitUntil",
    "callbackSecrets",
    "signingSecrets",
    "callbackTolerance",
    "callbackHosts",
];

/** What other people's objects must be able to do. */
const METHODS = { store: ["load", "find", "save", "list", "blob", "meta", "setMeta"], transport: ["send"] } as const;

/** How a drive goes, beside whose settings it has. */
export type How = Omit<Drive, "settings"> & { readonly settings?: string };

/** What uploads media before they are ordered. */
export interface Uploads {
    /** The input with what stands for them, as JSON. */
    upload(model: string, input: string): Promise<string>;
    /** An order with them was refused. */
    refused(model: string, input: string, code: string): Promise<unknown>;
}

export class Engine {
    readonly contract: Contract;
    readonly base: string;
    readonly account: string;
    readonly store: TaskStore;
    readonly clock = new Clock();
    readonly pacer = new Pacer();
    readonly driver: Driver;
    readonly calling: Calling;
    /** Hears of each submit that was accepted, where callbacks are received: one may have been faster. */
    accepted: ((intentId: string) => void) | undefined;
    /** Uploads the media of an order where its provider takes them in none. */
    uploads: Uploads | undefined;
    readonly requestTimeoutMs: number;
    readonly maxReadRetries: number;
    /** How long the client's waits last that name no time, where it says so; questions keep to it too. */
    readonly timeoutMs: number | undefined;
    readonly poll: object;
    readonly #waitUntil: ClientOptions["waitUntil"];
    readonly #underWay = new Set<Promise<unknown>>();
    #holder: string | undefined;
    /** What `settings` said, by what it was asked for. */
    readonly #settings = new Map<string, string>();

    constructor(contract: Contract, options: ClientOptions) {
        known(options, OPTIONS, "a client");
        for (const [name, methods] of Object.entries(METHODS)) {
            const given = options[name as keyof typeof METHODS] as unknown as Record<string, unknown> | undefined;
            if (name === "store" && typeof given === "string") {
                throw mistake("UNSUPPORTED", `store: use sqliteStore("${given}")`);
            }
            const lacking = given === undefined ? undefined : methods.find((method) => typeof given?.[method] !== "function");
            if (lacking !== undefined) throw mistake("UNSUPPORTED", `the ${name} has no method ${lacking}`);
        }
        for (const name of ["fetch", "onEvent", "waitUntil"] as const) {
            if (options[name] !== undefined && typeof options[name] !== "function") throw mistake("UNSUPPORTED", `${name} is a function`);
        }
        const { environment } = contract.about;
        const given = options.baseUrl ?? (environment.baseUrl === null ? undefined : variable(environment.baseUrl));
        this.contract = contract;
        this.base = given === undefined ? contract.baseUrl : ask(() => CoreContract.checkBase(text(given, "baseUrl")));
        this.account = options.account === undefined ? "default" : text(options.account, "account");
        this.requestTimeoutMs = Math.min(
            milliseconds(options.requestTimeout, "requestTimeout") ?? environmentNumber(environment.requestTimeoutMs) ?? REQUEST_TIMEOUT_MS,
            LONGEST_REQUEST_MS,
        );
        if (this.requestTimeoutMs < 1) throw mistake("UNSUPPORTED", "the request timeout must be more than zero");
        this.maxReadRetries = whole(options.maxReadRetries, "maxReadRetries", 0) ?? environmentNumber(environment.maxReadRetries) ?? MAX_READ_RETRIES;
        this.timeoutMs = milliseconds(options.timeout, "timeout");
        const poll = polls(options.poll);
        this.poll = says(poll) ? poll : polls(testPoll(this.base));
        this.#waitUntil = options.waitUntil;
        const isKeyless = isBrowser() && proxied(this, options);
        if (options.apiKey === undefined && environment.key === null && !isKeyless) {
            throw mistake("AUTH_FAILED", "the contract names no environment variable for the key: give the key itself");
        }
        this.store = options.store ?? defaultStore();
        this.calling = new Calling(options, this.store);
        const gate = whole(options.gate, "gate", 1) ?? (isEdge() ? EDGE_GATE : GATE);
        const { reads, writes } = transports(options);
        this.driver = new Driver({
            contract,
            base: this.base,
            account: this.account,
            store: this.store,
            clock: this.clock,
            pacer: this.pacer,
            learns: !says(this.poll),
            key: options.apiKey,
            isKeyless,
            gate: new Gate(gate),
            reads,
            writes,
            requestTimeoutMs: this.requestTimeoutMs,
            onEvent: options.onEvent,
        });
    }

    /** The name of the leases of its submits. */
    get holder(): string {
        // Drawn late: Workers have no randomness before their first request.
        return (this.#holder ??= holderName(hex(entropy(4))));
    }

    /** The core's settings: of a wait that somebody waits for, of a task in the background, or of a check, which makes one request. */
    settings(kind: "wait" | "background" | "check" = "wait"): string {
        const known = this.#settings.get(kind);
        if (known !== undefined) return known;
        const { account, base, holder, poll, requestTimeoutMs } = this;
        const own = { account, base, holder, requestTimeoutMs, foreground: kind !== "background", oneRequest: kind === "check", poll };
        const settings = JSON.stringify(own);
        this.#settings.set(kind, settings);
        return settings;
    }

    /** The record of an intent of this provider and account. Where the store does not give it, nobody knows whether it was paid for. */
    async load(intentId: string): Promise<string> {
        const found = await stored(this.store, intentId).catch((error: unknown) => {
            throw inDoubt(error, intentId);
        });
        if (found !== null && this.owns(found.record)) return found.json;
        const whose = `of ${this.contract.id} under the account "${this.account}"`;
        // What became of it nobody knows: it is not told as one that cost nothing.
        throw inDoubt(mistake("TASK_NOT_FOUND", `the store has no intent "${cut(intentId, 60)}" ${whose}`), intentId);
    }

    owns(record: TaskRecord): boolean {
        return record.provider === this.contract.id && record.account === this.account;
    }

    /** How a stored task is, by its record alone. */
    async replyOf(json: string): Promise<Reply> {
        // How the task is stands in its record; a provider's last words that cannot be read change nothing about it.
        const raw = await blobOf(this.store, recordOf(json).intentId, "raw").catch(() => undefined);
        return Reply.of(ask(() => functions.replyOf(json, raw)));
    }

    /** A machine for a stored record; where there can be none, the failure is one about that record. */
    async machine(json: string, kind: "wait" | "background" | "check" = "wait"): Promise<Machine> {
        try {
            return await this.driver.resumed(json, this.settings(kind));
        } catch (error) {
            throw unanswered(about(error, json));
        }
    }

    drive(machine: Machine, how: How): Promise<Driven> {
        return this.driver.drive(machine, { settings: this.settings(), ...how });
    }

    /** Drives a machine whose submit may not be settled: to the end, whoever leaves. */
    driveSubmit(machine: Machine, how: Omit<How, "signal">): Promise<Driven> {
        return this.keep(this.drive(machine, how));
    }

    /** Keeps the program, where that is possible, until a submit that is under way is saved. */
    keep<T>(promise: Promise<T>): Promise<T> {
        const quiet = promise.then(
            () => undefined,
            () => undefined,
        );
        this.#underWay.add(quiet);
        void quiet.then(() => this.#underWay.delete(quiet));
        const waitUntil = this.#waitUntil;
        if (waitUntil) tell(() => waitUntil(quiet), complain("waitUntil"));
        return promise;
    }

    /** Waits until every submit that is under way is saved. */
    async settled(): Promise<void> {
        while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    }

    /** The reply at the end of a drive: why it ended, or how the task is then. */
    replyOfDriven({ machine, reply }: Driven, otherwise?: string): Reply {
        const last = reply ?? Reply.of(otherwise ?? machine.reply());
        machine.free();
        return last;
    }

    /** Tells a machine when its wait ends, counted from now, and says when that is. */
    deadline(machine: Machine, afterMs: number): number {
        const now = this.clock.now();
        const at = now + Math.min(afterMs, LONGEST_MS);
        step(machine, { kind: "deadline", at }, undefined, now, this.pacer);
        return at;
    }

    /** What a promise brings, or what is thrown once its time is over, by the client's clock. */
    async before<T>(end: number, promise: Promise<T>, late: () => unknown): Promise<T> {
        const over = new Nap();
        const isLate = this.clock.until(end, over).then((): Promise<never> => {
            if (over.aborted) return new Promise(() => undefined);
            throw late() as Error;
        });
        promise.catch(() => undefined);
        isLate.catch(() => undefined);
        try {
            return await Promise.race([promise, isLate]);
        } finally {
            over.end();
        }
    }

    /**
     * Runs a wait until its end, whatever holds it up: a submit in flight, a key that does not come, a store that hangs. `record`: how the task was
     * when it began.
     */
    async inTime(end: number, record: string, signal: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<Reply>): Promise<Reply> {
        const over = new AbortController();
        const nap = new Nap();
        const leave = (): void => {
            over.abort(signal?.reason);
            nap.end();
        };
        if (signal?.aborted) leave();
        signal?.addEventListener("abort", leave);
        const late = (async (): Promise<Reply> => {
            await this.clock.until(end + functions.finalPollGraceMs(), nap);
            if (nap.aborted) return new Promise(() => undefined);
            // A task id that came meanwhile is told, unless it is the store that hangs.
            const stored = loaded(this.store, recordOf(record).intentId).catch(() => null);
            const now = await Promise.race([stored, sleep(LAST_LOOK_MS).then(() => null)]);
            return Reply.of(functions.timedOut(now ?? record));
        })();
        const running = run(over.signal);
        running.catch(() => undefined);
        try {
            return await Promise.race([running, late]);
        } finally {
            signal?.removeEventListener("abort", leave);
            over.abort(OVER);
            nap.end();
        }
    }

    /** How long a wait for a task of this model lasts that names no time: the client's figure, else the contract's. */
    waitMs(model: string): number {
        return Math.min(this.timeoutMs ?? this.contract.core.waitMs(model), LONGEST_MS);
    }

    /** How long a cancel is waited for. */
    get cancelWaitMs(): number {
        return this.requestTimeoutMs * 2 + CANCEL_WAIT_MS;
    }

    /** Drives the machine of a stored record to its task's end or to the end of the wait: that of `timeoutMs`, else the client's, else the contract's. */
    async finish(machine: Machine, record: string, timeoutMs: number | undefined, how: Omit<How, "goal">): Promise<Reply> {
        const end = this.deadline(machine, timeoutMs ?? this.waitMs(recordOf(record).model));
        return this.inTime(end, record, how.signal, (signal) => this.#finish(machine, { ...how, end, signal }));
    }

    async #finish(machine: Machine, how: Omit<How, "goal">): Promise<Reply> {
        let current = machine;
        if (!machine.isSettled()) {
            // A replay or a resumed submit must not die with the caller's promise.
            const { end: _end, signal: _signal, ...rest } = how;
            const driven = await this.driveSubmit(machine, { ...rest, goal: "submitted" });
            if (driven.reply) return this.replyOfDriven(driven);
            current = driven.machine;
        }
        return this.replyOfDriven(await this.drive(current, { ...how, goal: "end" }));
    }
}

function environmentNumber(name: string | null): number | undefined {
    const value = name === null ? undefined : variable(name)?.trim();
    if (value === undefined) return undefined;
    if (/^\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Math.min(Number(value), LONGEST_MS);
    throw mistake("UNSUPPORTED", `the environment variable ${name} is not a whole number`);
}

/** For tests of programs that make their clients themselves: how often a provider on this machine is polled. It means nothing to a real one. */
function testPoll(base: string): ClientOptions["poll"] {
    const ms = isLoopback(new URL(base)) ? environmentNumber("GENTASK_POLL_MS") : undefined;
    return ms === undefined ? undefined : { initial: ms / 1_000, factor: 1, cap: ms / 1_000 };
}

function polls(poll: ClientOptions["poll"]): object {
    if (typeof poll === "string") {
        if (poll !== "learned" && poll !== "contract") throw mistake("UNSUPPORTED", 'poll is "learned", "contract", or the figures of a schedule');
        return { byContract: poll === "contract" || undefined };
    }
    if (poll !== undefined) known(poll, ["initial", "factor", "cap"], "poll");
    const longer = (seconds: number | undefined, name: string): number | undefined => {
        const ms = milliseconds(seconds, `poll.${name}`);
        return ms === undefined ? undefined : Math.max(ms, 1);
    };
    const factor = poll?.factor;
    if (factor !== undefined && !(typeof factor === "number" && factor >= 1 && factor <= 1_000)) {
        throw mistake("UNSUPPORTED", "poll.factor is a number from 1 to 1000");
    }
    const factorPct = factor === undefined ? undefined : Math.round(factor * 100);
    return { initialMs: longer(poll?.initial, "initial"), factorPct, capMs: longer(poll?.cap, "cap") };
}

/** Whether these settings of polls name anything. */
function says(poll: object): boolean {
    return Object.values(poll).some((figure) => figure !== undefined);
}

/** In a page, where anybody can read a key: whether it goes without one, to a server of its own that adds it. */
function proxied(engine: Engine, options: ClientOptions): boolean {
    const isProviders = engine.contract.core.trustedOrigins(engine.contract.baseUrl).some((origin) =>
        new URL(origin).origin === new URL(engine.base).origin
    );
    if (options.baseUrl === undefined || isProviders) {
        const words = "anybody can read what is in a page, so a client there takes no key: give the baseUrl of a server of your own that adds it";
        throw mistake("AUTH_FAILED", words);
    }
    return options.apiKey === undefined;
}

function defaultStore(): TaskStore {
    try {
        return sqliteStore();
    } catch (fault) {
        throw refusedBy(fault);
    }
}
