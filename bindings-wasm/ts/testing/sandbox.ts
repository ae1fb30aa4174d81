// The providers, simulated: for tests and for trying things out, without a key and without a network.

import { known, text, whole as wholeNumber } from "../arguments.js";
import { Client } from "../client.js";
import { mistake } from "../core.js";
import { Contract } from "../contract.js";
import { toJson } from "../json.js";
import type { ClientOptions } from "../options.js";
import { memoryStore } from "../store/memory.js";
import { toHandler, toLoopback } from "./callbacks.js";
import { contractOf, isFile, type Whole, whole } from "./contracts.js";
import { Environment } from "./environment.js";
import { fetchOf } from "./fetch.js";
import { listen, type Listening } from "./server.js";
import type { CallbackFault, MadeTask, Provider, ProviderOptions, ProviderStats, Rule, SandboxOptions, SentCallback, Stats } from "./types.js";
import { World } from "./world.js";

/** Where the providers are while nothing listens. No name server knows it, so nothing that goes another way than `fetch` arrives anywhere. */
const NOWHERE = "https://gentask-sandbox.invalid";
/** The key of the sandbox's clients, where a provider accepts any. */
const KEY = "sandbox-key-of-no-value";
const CALLBACK_SECRET = "a-callback-secret-of-no-value-at-all";
const [SPEED, MOST_SPEED] = [20, 2 ** 32 - 1];
const MEMBERS = ["providers", "speed", "latencyMs", "options", "onCallback"] as const;

/**
 * Simulated providers. `client` gives a client of one of them; code that makes its own finds them by `env`, once the sandbox listens.
 *
 * ```ts
 * await using sandbox = new Sandbox();
 * const client = sandbox.client("apixo");
 * await placeOrder(client, "order-42");
 * await placeOrder(client, "order-42");
 * assert.equal(sandbox.submits("apixo"), 1);
 * ```
 *
 * A word in square brackets in the prompt changes what becomes of a task: `[fail]`, `[content]` (the content rules refuse it while it runs),
 * `[refuse]` (they refuse the submit), `[credits]`, `[nofile]`, `[cancelled]`, `[slow]` (ten times as long), `[stuck]` (for ever), `[odd]` (its
 * state is a word that nobody knows). A script changes what becomes of a request.
 */
export class Sandbox {
    /**
     * Sends a request to the providers, without a socket: for the `fetch` of a client, on every runtime. Their base URLs are those of `baseUrl`, and their
     * real ones lead here too. Any other URL is a `TypeError`, so nothing leaves this machine.
     */
    readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
    readonly #world: World;
    readonly #contracts = new Map<string, Whole>();
    readonly #keys = new Map<string, string>();
    readonly #store = memoryStore();
    readonly #environment = new Environment();
    #listening: Listening | undefined;
    #opening: Promise<this> | undefined;

    /** Nothing listens yet: `fetch` and `client` work at once, `listen` opens a port. */
    constructor(options: SandboxOptions = {}) {
        known(options, MEMBERS, "a sandbox");
        const { latencyMs, onCallback, options: each = {}, providers = Contract.builtInNames } = options;
        const speed = wholeNumber(options.speed, "speed", 1) ?? SPEED;
        if (speed > MOST_SPEED) throw mistake("UNSUPPORTED", `speed is a whole number from 1 to ${MOST_SPEED}`);
        const deliver = onCallback === undefined ? () => Promise.resolve(undefined) : toHandler(onCallback);
        this.#world = new World(NOWHERE, speed, wholeNumber(latencyMs, "latencyMs", 0) ?? 0, deliver);
        if (onCallback === undefined) this.#world.deliver = (post, signal) => this.#listening ? toLoopback(post, signal) : deliver(post, signal);
        for (const provider of providers) this.#add(whole(provider), each);
        const strange = Object.keys(each).find((id) => !this.#contracts.has(id));
        if (strange !== undefined) throw this.#unknown(strange);
        this.fetch = fetchOf(this.#world, (url) => this.#place(url));
    }

    /** The providers' ids. */
    get providers(): readonly string[] {
        return [...this.#contracts.keys()];
    }

    /** Where they are: `http://127.0.0.1:4000` while the sandbox listens, else an address that only `fetch` knows. */
    get url(): string {
        return this.#listening?.url ?? NOWHERE;
    }

    /** The base URL of a provider, to be given to a client. It changes with `listen`. */
    baseUrl(provider: Provider = "apixo"): string {
        return `${this.url}/${this.#id(provider)}`;
    }

    /**
     * The options of a client of this sandbox: a key, polls as quick as its clock, a callback secret, and a store in memory that all of its clients
     * share. Where nothing listens they send through `fetch`.
     */
    options(provider: Provider = "apixo", options: ClientOptions = {}): ClientOptions {
        const id = this.#id(provider);
        const { speed } = this.#world;
        const isPlain = this.#listening === undefined && options.transport === undefined;
        return {
            baseUrl: this.baseUrl(id),
            apiKey: this.#keys.get(id) ?? KEY,
            store: this.#store,
            poll: { initial: 1 / speed, factor: 1.5, cap: 20 / speed },
            callbackSecrets: CALLBACK_SECRET,
            ...(isPlain && { fetch: (url: string, init: RequestInit) => this.fetch(url, init) }),
            ...options,
        };
    }

    /** A client of one provider. `options` win. */
    client(provider: Provider = "apixo", options: ClientOptions = {}): Client {
        return new Client(this.#whole(provider).contract, this.options(provider, options));
    }

    /** What goes wrong on purpose at a provider, in place of what did before; `undefined`: at all of them. */
    script(provider: Provider | undefined, rules: readonly Rule[]): void {
        this.#change("script", { ...this.#of(provider), rules });
    }

    /** How many submits arrived whole at a provider: how often somebody may have paid. */
    submits(provider: Provider = "apixo"): number {
        return this.stats(provider).requests.submit ?? 0;
    }

    /** What arrived at all providers. */
    stats(): Stats;
    /** What arrived at one of them. */
    stats(provider: Provider): ProviderStats;
    stats(provider?: Provider): Stats | ProviderStats {
        const all = this.#ask("GET", "stats") as Stats;
        return provider === undefined ? all : all.providers[this.#id(provider)]!;
    }

    /** The tasks of a provider in the order of their making, those included whose submit nobody was answered. */
    tasks(provider: Provider = "apixo"): readonly MadeTask[] {
        return this.#each<readonly MadeTask[]>("tasks", provider);
    }

    /** The callbacks of a provider, and what became of them so far. */
    callbacks(provider: Provider = "apixo"): readonly SentCallback[] {
        return this.#each<readonly SentCallback[]>("deliveries", provider);
    }

    /** What signs a provider's callbacks, for `signingSecrets`: its secret, and its public key where it signs with a key pair. */
    signingKeys(provider: Provider = "apixo"): { readonly secret: string; readonly publicKey: string } {
        return this.#each("keys", provider);
    }

    /**
     * Sends a callback about a task now, beside those that it has anyway. `says`: how the task is said to be (default: how it is); `url`: where to (default:
     * as it was submitted); `faults`: what goes wrong with it.
     */
    sendCallback(
        provider: Provider,
        taskId: string,
        of: { readonly url?: string; readonly says?: MadeTask["state"]; readonly faults?: readonly CallbackFault[] } = {},
    ): void {
        this.#change("callback", { ...of, provider: this.#id(provider), task: text(taskId, "taskId") });
    }

    /** Ends and begins the process of a provider (`undefined`: of all): tasks are kept, and callbacks that waited for it are due. */
    restart(provider?: Provider): void {
        this.#change("restart", this.#of(provider));
    }

    /** Begins anew at a provider (`undefined`: at all of them): no tasks, nothing seen; other options, if any. Stores of clients are left alone. */
    reset(provider?: Provider, options?: ProviderOptions): void {
        this.#change("reset", { ...this.#of(provider), ...(options && { options }) });
        for (const id of provider === undefined ? this.providers : [this.#id(provider)]) if (options) this.#keep(id, options);
    }

    /** Lets every answer go that `hold` and `holdBody` hold. */
    release(): void {
        this.#world.release();
    }

    /**
     * The environment variables that lead to the providers, such as `APIXO_BASE_URL` and `APIXO_API_KEY`, for code that makes its own client, and
     * `GENTASK_POLL_MS`, so that it polls by the sandbox's clock.
     */
    env(): Record<string, string> {
        const all: Record<string, string> = { GENTASK_POLL_MS: String(Math.ceil(1_000 / this.#world.speed)) };
        for (const [id, { contract }] of this.#contracts) {
            const { baseUrl, key } = contract.about.environment;
            if (baseUrl !== null) all[baseUrl] = this.baseUrl(id);
            if (key !== null) all[key] = this.#keys.get(id) ?? KEY;
        }
        return all;
    }

    /** Sets these variables in this process, until `close`. */
    setEnv(): void {
        this.#environment.set(this.env());
    }

    /**
     * Listens on 127.0.0.1, on Node, Deno and Bun; gives the sandbox itself. `port`: 0, the default, takes any free one. Clients that were made before go on
     * through `fetch`.
     */
    listen(options: { readonly port?: number | undefined } = {}): Promise<this> {
        known(options, ["port"], "listen");
        const port = wholeNumber(options.port, "port", 0) ?? 0;
        if (this.#world.hasEnded) return Promise.reject(mistake("UNSUPPORTED", "the sandbox is closed"));
        return (this.#opening ??= this.#listen(port).catch((error: unknown) => {
            this.#opening = undefined;
            throw error;
        }));
    }

    /** Ends it, with all connections and callbacks. */
    async close(): Promise<void> {
        await this.#opening?.catch(() => undefined);
        this.#environment.restore();
        this.#world.end();
        await this.#listening?.close();
    }

    /** Ends it. */
    async [Symbol.asyncDispose](): Promise<void> {
        await this.close();
    }

    async #listen(port: number): Promise<this> {
        this.#listening = await listen(this.#world, port);
        this.#world.house.moveTo(this.#listening.url);
        return this;
    }

    #add(whole: Whole, each: Readonly<Record<string, ProviderOptions>>): void {
        const { id } = whole.contract;
        const options = each[id] ?? {};
        try {
            this.#world.house.add(whole.json, toJson(plain(options), "UNSUPPORTED", `the options of ${id}`));
        } catch (error) {
            throw typeof error === "string" ? mistake("UNSUPPORTED", `the options of ${id}: ${error}`) : error;
        }
        this.#contracts.set(id, whole);
        this.#keep(id, options);
    }

    #keep(id: string, { apiKey }: ProviderOptions): void {
        if (apiKey === undefined) this.#keys.delete(id);
        else this.#keys.set(id, apiKey);
    }

    /** The path of a URL: here, or at the provider's real address. */
    #place(url: URL): string | undefined {
        const path = url.pathname + url.search;
        if (url.origin === NOWHERE || url.origin === this.#listening?.url) return path;
        for (const [id, { contract: { baseUrl } }] of this.#contracts) {
            const rest = url.href.startsWith(baseUrl) ? url.href.slice(baseUrl.length).replace(/#.*$/, "") : undefined;
            if (rest !== undefined && /^($|[/?])/.test(rest)) return `/${id}${rest}`;
        }
        return undefined;
    }

    #whole(provider: Provider): Whole {
        const id = typeof provider === "string" && !isFile(provider) ? provider : contractOf(provider).id;
        const known = this.#contracts.get(id);
        if (known === undefined) throw this.#unknown(id);
        return known;
    }

    #id(provider: Provider): string {
        return this.#whole(provider).contract.id;
    }

    #unknown(id: string): Error {
        return mistake("UNSUPPORTED", `the sandbox has no provider "${id}": it has ${this.providers.join(", ")}`);
    }

    #of(provider: Provider | undefined): { provider?: string } {
        return provider === undefined ? {} : { provider: this.#id(provider) };
    }

    /** Something of one provider. */
    #each<T>(what: string, provider: Provider): T {
        return (this.#ask("GET", what) as { providers: Record<string, T> }).providers[this.#id(provider)]!;
    }

    #change(what: string, body: object): void {
        this.#ask("POST", what, toJson(plain(body), "UNSUPPORTED", what));
    }

    /** What tests ask of all providers. */
    #ask(method: string, what: string, body = ""): unknown {
        const [, told] = this.#world.ask({ method, target: `/_sandbox/${what}`, headers: [], body: new TextEncoder().encode(body) });
        const read = JSON.parse(new TextDecoder().decode(told.body)) as { message?: string };
        if (told.status !== 200) throw mistake("UNSUPPORTED", `the sandbox refused: ${read.message ?? told.status}`);
        return read;
    }
}

/** Without members that are `undefined`, which stand for ones that are left out. */
function plain(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => [name, plain(member)]));
}
