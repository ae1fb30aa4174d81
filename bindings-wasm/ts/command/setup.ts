// Finds contracts, opens the store and builds clients from flags and records.
//
// A record is somebody's word for where its task is, and the key in the environment belongs to one account: so neither an account nor an address is
// taken from a record alone. Another account than `default` has to be named, and an address is followed only where it is the contract's, the
// environment's or the one given.

import { changed } from "../reply.js";
import { createReadStream, readFileSync } from "node:fs";
import process from "node:process";
import { Client } from "../client.js";
import { Contract } from "../contract.js";
import { about, ask, CoreContract, functions, mistake } from "../core.js";
import { errorOf, type GentaskError } from "../errors.js";
import { builtin, variable } from "../host.js";
import { originOf } from "../http/transport.js";
import { JsonText } from "../json.js";
import { damage } from "../listing.js";
import type { ClientOptions } from "../options.js";
import type { TaskStore } from "../store.js";
import { memoryStore } from "../store/memory.js";
import { type SqliteStore, sqliteStore } from "../store/sqlite.js";
import { recordOf, storing } from "../storing.js";
import { cut } from "../thrown.js";
import type { Json, TaskRecord } from "../types.js";
import type { Call } from "./arguments.js";
import { nearest } from "./nearest.js";
import { advised, misuse } from "./output.js";

/** The largest payload that is read: more than any contract lets a submit be. */
const PAYLOAD_BYTES = 128 << 20;

/** The contract of `--provider`, which this verb needs. */
export function named(call: Call): Contract {
    const provider = call.text("provider");
    if (provider !== undefined) return contractOf(provider);
    throw misuse(`no provider given: choose one with --provider: ${Contract.builtInNames.join(", ")}, or a contract file`);
}

/** The contract of a built-in provider's name, or of a contract file. */
export function contractOf(provider: string): Contract {
    if (isFile(provider) || Contract.builtInNames.includes(provider)) return Contract.of(provider);
    const known = Contract.builtInNames.join(", ");
    const near = nearest(provider, Contract.builtInNames);
    const hint = near.length > 0 ? `; did you mean ${near.join(" or ")}?` : "";
    const actual = cut(provider, 60);
    const words = `no built-in provider is called "${actual}": there are ${known}${hint} (another provider is given by its contract file)`;
    const violations = [{ path: "/provider", rule: "enum", expected: known, actual }];
    throw errorOf(changed(mistake("INVALID_CONTRACT", words).reply, {}, { violations }));
}

/** The same contract with what only people and tests read: the samples, and what a model's fields are for. */
export function whole(provider: string): Contract {
    const { id } = contractOf(provider);
    return isFile(provider) ? Contract.of(provider) : Contract.load(readFileSync(new URL(`../../contracts/${id}.json`, import.meta.url)));
}

function isFile(provider: string): boolean {
    return /[/\\]|\.json$/i.test(provider);
}

/** Opens the store of `--store`, or the default one: a task that may be paid for is kept there or not made. */
export async function openStore(call: Call): Promise<SqliteStore> {
    if (!hasSqlite()) {
        const { reply } = mistake("STORE_ERROR", "the task store needs SQLite, which this runtime does not have; nothing was sent");
        throw errorOf(changed(reply, {}, { suggestions: ["use Node 22.13 or later, Deno or Bun", "or use the native command"] }));
    }
    return storing(() => sqliteStore(call.text("store")));
}

/** A store for what makes no task and only asks: where the runtime has no SQLite, one that forgets. */
export async function storeForQuestions(call: Call): Promise<TaskStore> {
    return hasSqlite() ? openStore(call) : memoryStore();
}

function hasSqlite(): boolean {
    return builtin("node:sqlite") !== undefined;
}

/** A client for a contract, with the flags of every verb. */
export function clientFor(call: Call, contract: Contract, store: TaskStore, baseUrl = call.text("base-url")): Client {
    const account = call.text("account");
    const [timeout, initial, cap] = [call.number("timeout"), call.number("poll-initial"), call.number("poll-cap")];
    const poll = { ...(initial !== undefined && { initial }), ...(cap !== undefined && { cap }) };
    const options: ClientOptions = {
        store,
        poll,
        ...(baseUrl !== undefined && { baseUrl }),
        ...(account !== undefined && { account }),
        ...(timeout !== undefined && { timeout }),
    };
    return new Client(contract, options);
}

/** The client, which uploads media first where its contract says so. */
export async function uploading(client: Client): Promise<Client> {
    const { upload } = JSON.parse(client.contract.toJson()) as { upload?: unknown };
    return upload === undefined ? client : (await import("../uploads.js")).withUploads(client);
}

/** The account that the keys in the environment belong to where none is named. */
export const DEFAULT_ACCOUNT = "default";

/**
 * A client for a stored task, with its own account and base, where the key may go to them. A failure is one about the task: it is left as it is, and
 * nothing is sent.
 */
export function clientOf(call: Call, record: TaskRecord, store: TaskStore): Client {
    const provider = call.text("provider");
    if (provider === undefined && !Contract.builtInNames.includes(record.provider)) {
        const message = `the task belongs to provider "${record.provider}": pass its contract file with --provider`;
        throw about(mistake("INVALID_CONTRACT", message), JSON.stringify(record));
    }
    const contract = contractOf(provider ?? record.provider);
    if (!call.has("account") && record.account !== DEFAULT_ACCOUNT) {
        const message = `the task belongs to account "${record.account}", and the API key may be another account's`;
        throw leftAlone(record, message, `set that account's API key in the environment and add \`--account ${record.account}\``);
    }
    // One of another provider will say that it has no such task.
    if (contract.id !== record.provider) return clientFor(call, contract, store);
    if (!bases(call, contract).includes(record.base)) {
        const message = `the task's record names ${originOf(record.base) ?? "an invalid URL"} as its base URL, but the contract, the environment ` +
            "and --base-url do not, so the API key is not sent there";
        throw leftAlone(record, message, "if you trust this address, pass the task's base URL with --base-url");
    }
    return clientFor(call, contract, store, record.base);
}

/** The contract that is named, or all that are built in. */
export function contracts(call: Call): Contract[] {
    return call.has("provider") ? [named(call)] : Contract.builtInNames.map((name) => Contract.of(name));
}

/** The base URLs that the key may go to. */
export function bases(call: Call, contract: Contract): string[] {
    const { baseUrl } = contract.about.environment;
    const given = [baseUrl === null ? undefined : variable(baseUrl), call.text("base-url")].filter((base) => base !== undefined);
    return [contract.baseUrl, ...given.map((base) => ask(() => CoreContract.checkBase(base)))];
}

/** A stored task that nothing is done about, and what a person has to say first. */
function leftAlone(record: TaskRecord, message: string, next: string): GentaskError {
    return advised(about(mistake("UNSUPPORTED", message), JSON.stringify(record)) as GentaskError, next);
}

/** The stored task of an intent's id or a provider's task id. */
export async function find(call: Call, store: TaskStore, id: string): Promise<TaskRecord | undefined> {
    const stored = await storing(() => store.load(id));
    if (stored !== null) return sound(id, stored);
    const provider = call.text("provider");
    const providers = provider === undefined ? Contract.builtInNames : [contractOf(provider).id];
    const found: TaskRecord[] = [];
    for (const provider of providers) {
        const texts = await storing(() => store.find({ provider, taskId: id }));
        found.push(...texts.map((text) => sound(nameIn(text), text)));
    }
    const account = call.text("account");
    const mine = found.filter((record) => account === undefined || record.account === account);
    if (mine.length < 2) return mine[0];
    const intents = mine.map(({ intentId }) => intentId).join(", ");
    throw misuse(`several stored tasks have this task id: use an intent id instead: ${intents}`);
}

/** Whose record a text is, as far as it can be read. */
function nameIn(text: string): string {
    try {
        return recordOf(text).intentId;
    } catch {
        return "of unknown name";
    }
}

function sound(intentId: string, text: string): TaskRecord {
    const reason = damage(intentId, text);
    if (reason === undefined) return recordOf(text);
    throw mistake("STORE_ERROR", `the record of intent ${intentId} cannot be read: ${reason}`);
}

/**
 * The payload of a `--payload` flag, as text: the core reads it. `@FILE` stands for a file, `-` and `@-` for standard input, where an image as a data URI
 * has room.
 */
export async function payloadOf(flag: string): Promise<JsonText> {
    const text = flag === "-" || flag === "@-"
        ? await limited(() => process.stdin, "standard input")
        : flag.startsWith("@")
        ? await limited(() => createReadStream(flag.slice(1)), `the file ${flag.slice(1)}`)
        : flag;
    // What is no JSON is said before a store is opened for it.
    ask(() => functions.canonical(text));
    return new JsonText(text);
}

async function limited(open: () => AsyncIterable<Uint8Array>, place: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    try {
        for await (const chunk of open()) {
            chunks.push(chunk);
            length += chunk.length;
            if (length > PAYLOAD_BYTES) break;
        }
    } catch (error) {
        throw misuse(`cannot read the payload from ${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (length > PAYLOAD_BYTES) throw mistake("INVALID_PAYLOAD", `the payload is larger than ${PAYLOAD_BYTES} bytes`);
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
    } catch {
        throw mistake("INVALID_PAYLOAD", "the payload", [["", "encoding", "UTF-8", "other bytes"]]);
    }
}

/** `NAME=VALUE` flags as the contract's options: a value is JSON where it is some, else text. */
export function contractOptions(flags: readonly string[]): Record<string, Json> {
    const options: Record<string, Json> = Object.create(null) as Record<string, Json>;
    for (const flag of flags) {
        const [, name, value] = /^([^=]*)=(.*)$/su.exec(flag) ?? [];
        if (name === undefined || value === undefined) throw misuse(`--option ${flag}: expected NAME=VALUE`);
        options[name] = valueOf(name, value);
    }
    return options;
}

function valueOf(name: string, text: string): Json {
    let json: string;
    try {
        json = functions.canonical(text);
    } catch {
        return text;
    }
    const value = JSON.parse(json) as Json;
    if (functions.canonical(JSON.stringify(value)) === json) return value;
    throw misuse(`--option ${name}: JavaScript cannot hold a number in it exactly: pass it as a string, or use the native command`);
}
