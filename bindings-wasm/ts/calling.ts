// How a client has itself called back: the secret that makes the token in each callback URL, and what the core is told of it.

import { ask, functions, mistake } from "./core.js";
import { entropy, hex } from "./entropy.js";
import { variable } from "./host.js";
import type { CallbackSecret, ClientOptions } from "./options.js";
import type { TaskStore } from "./store.js";
import { storing } from "./storing.js";

/** The environment variable with the secrets of callback URLs: the first makes new ones, all prove them. */
const SECRETS = "GENTASK_CALLBACK_SECRET";
/** The value of the store that holds the secret of tokens, where the caller gives none. */
const STORED = "callback secret";
/** What stands for the store's secret until that is read: it makes a token of the same form. */
const TO_BE_READ = "to be read";
/** What a store needs that keeps callbacks. */
const KEEPING = ["remember", "deliveries", "notices", "acknowledge"] as const;

/** A secret, and until when it counts. */
interface Secret {
    readonly text: string;
    readonly until?: number;
}

export class Calling {
    readonly options: ClientOptions;
    /** Our own secrets; where none counts, the store's is used. */
    readonly secrets: readonly Secret[];
    readonly areKept: boolean;
    readonly #store: TaskStore;
    #stored: string | undefined;

    constructor(options: ClientOptions, store: TaskStore) {
        this.options = options;
        this.secrets = secretsOf(options.callbackSecrets, "callbackSecrets", SECRETS);
        const hosts: unknown = options.callbackHosts ?? [];
        if (!Array.isArray(hosts)) throw mistake("UNSUPPORTED", "callbackHosts is a list of host names");
        ask(() => functions.checkCallbacks(JSON.stringify({ hosts, secrets: this.secrets.map((one) => one.text) })));
        this.areKept = KEEPING.every((method) => typeof store[method] === "function");
        this.#store = store;
    }

    /** What a submit with a callback is prepared with, and whether its secret has to be read first. */
    at(now: number): { readonly callbacks: object; readonly secret: string; readonly isToBeRead: boolean } {
        const known = this.secrets.find(({ until }) => until === undefined || now < until)?.text ?? this.#stored;
        const secret = known ?? TO_BE_READ;
        const { areKept, options: { callbackHosts = [] } } = this;
        const hosts = callbackHosts.join(" ");
        return { callbacks: { areKept, hosts, secret }, secret, isToBeRead: known === undefined };
    }

    /** Reads the store's secret, or makes it: of several processes that do it at the same moment, all use the one that stands. */
    async read(): Promise<void> {
        this.#stored ??= await storing(() => this.#store.setMeta(STORED, hex(entropy(32)), true));
    }
}

/** The secrets that are given, else those of a variable, separated by spaces or commas. */
export function secretsOf(given: string | readonly (string | CallbackSecret)[] | undefined, name: string, from: string | null): Secret[] {
    const chosen = given ?? (from === null ? "" : variable(from) ?? "").split(/[ ,]+/).filter((text) => text !== "");
    const secrets = (typeof chosen === "string" ? [chosen] : [...chosen]).map((one) => (typeof one === "string" ? { text: one } : one));
    // What was written wrong is private even so.
    if (secrets.some((one) => typeof one?.text !== "string")) throw mistake("UNSUPPORTED", `${name} are texts, or objects with text and until`);
    return secrets.map(({ text, until }: CallbackSecret) => (until === undefined ? { text } : { text, until }));
}
