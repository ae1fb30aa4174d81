// A provider, as its contract describes it.

import { ask, CoreContract, functions, mistake } from "./core.js";
import { builtin } from "./host.js";
import { toJson } from "./json.js";
import type { Kind } from "./types.js";

interface About {
    readonly id: string;
    readonly revision: number;
    readonly title: string;
    readonly base: string;
    readonly auth: { readonly header: string; readonly prefix: string; readonly suffix: string };
    readonly environment: {
        readonly key: string | null;
        readonly baseUrl: string | null;
        readonly requestTimeoutMs: string | null;
        readonly maxReadRetries: string | null;
        readonly webhookSecret: string | null;
    };
    readonly models: Readonly<Record<string, Kind>>;
    readonly isOpen: boolean;
    readonly canCancel: boolean;
}

/** The largest contract file that is read: far more than any provider needs. */
const LARGEST = 8 << 20;

/** Read once: that takes milliseconds and memory, and a Worker may make a client for each of its requests. */
const BUILT_IN = new Map<string, Contract>();

/** Those of another entry, which has a module of its own, as they are in this one. */
const FOREIGN = new WeakMap<object, Contract>();

/** A provider as data: what its requests look like and what its answers mean. */
export class Contract {
    /** @internal */
    readonly core: CoreContract;
    /** @internal */
    readonly about: About;

    private constructor(core: CoreContract) {
        this.core = core;
        this.about = JSON.parse(core.about()) as About;
    }

    /** The contracts that come with the package. */
    static get builtInNames(): readonly string[] {
        return JSON.parse(functions.builtInNames()) as string[];
    }

    /** A contract that comes with the package. */
    static builtIn(name: string): Contract {
        if (typeof name !== "string") throw mistake("INVALID_CONTRACT", "the name of a provider is text");
        const known = BUILT_IN.get(name) ?? new Contract(ask(() => CoreContract.builtIn(name)));
        BUILT_IN.set(name, known);
        return known;
    }

    /** A contract from its JSON: a text, bytes, or the value itself. Throws with everything that is wrong with it. */
    static load(source: string | Uint8Array | object): Contract {
        const text = typeof source === "string" || source instanceof Uint8Array ? source : toJson(source, "INVALID_CONTRACT", "the contract");
        const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
        return new Contract(ask(() => CoreContract.load(bytes)));
    }

    /** The contract of a built-in provider's name, or, on Node, Deno and Bun, of a contract file: what has a slash in it or ends with `.json`. */
    static of(provider: string | Contract): Contract {
        if (typeof provider !== "string") return Contract.own(provider);
        return /[/\\]|\.json$/i.test(provider) ? Contract.load(read(provider)) : Contract.builtIn(provider);
    }

    /** @internal The contract in this module. One that another entry of the package has loaded is loaded from its JSON. */
    static own(contract: Contract): Contract {
        const foreign: { toJson?: unknown } | undefined = contract;
        if (contract instanceof Contract) return contract;
        if (typeof foreign?.toJson !== "function") throw mistake("INVALID_CONTRACT", "the provider is a name, a contract file or a Contract");
        const known = FOREIGN.get(foreign) ?? Contract.load(foreign.toJson() as string);
        FOREIGN.set(foreign, known);
        return known;
    }

    /** The provider's name. */
    get id(): string {
        return this.about.id;
    }

    /** The provider's name for people. */
    get title(): string {
        return this.about.title;
    }

    /** Counts the changes of the contract. */
    get revision(): number {
        return this.about.revision;
    }

    /** Where the provider is reached. */
    get baseUrl(): string {
        return this.about.base;
    }

    /** The models that it lists, and what each makes. */
    get models(): Readonly<Record<string, Kind>> {
        return this.about.models;
    }

    /** Whether models that it does not list pass through, unchecked. */
    get isOpen(): boolean {
        return this.about.isOpen;
    }

    /** Whether the provider can be asked to stop a task. */
    get canCancel(): boolean {
        return this.about.canCancel;
    }

    /** The JSON of the contract. */
    toJson(): string {
        return this.core.source();
    }

    /** Reads every sample that the contract holds and says how many mean what they say; throws with those that do not. */
    checkSamples(): number {
        return ask(() => this.core.checkSamples());
    }
}

function read(path: string): Uint8Array {
    const files = builtin<typeof import("node:fs")>("node:fs");
    if (!files) throw mistake("INVALID_CONTRACT", `the contract file ${path} cannot be read here: load its text with Contract.load`);
    const unreadable = (reason: string): Error => mistake("INVALID_CONTRACT", `the contract file ${path} cannot be read: ${reason}`);
    let file: number;
    try {
        file = files.openSync(path, "r");
    } catch (error) {
        throw unreadable((error as Error).message);
    }
    try {
        const { size } = files.fstatSync(file);
        if (size > LARGEST) throw mistake("INVALID_CONTRACT", `the contract file ${path} is larger than ${LARGEST} bytes`);
        // A device has no end: no more is read than a contract may have.
        const bytes = new Uint8Array(LARGEST + 1);
        let length = 0;
        for (let more = -1; more !== 0 && length < bytes.length; length += more) {
            more = files.readSync(file, bytes, length, bytes.length - length, null);
        }
        if (length > LARGEST) throw mistake("INVALID_CONTRACT", `the contract file ${path} is larger than ${LARGEST} bytes`);
        return bytes.slice(0, length);
    } catch (error) {
        throw error instanceof Error && "reply" in error ? error : unreadable((error as Error).message);
    } finally {
        files.closeSync(file);
    }
}
