// The verbs and their flags, as the native command has them: one table that both the reading of a command line and its help go by.

/** A flag. One without a value's name is given or not. */
export interface Flag {
    readonly name: string;
    /** What its value is called in the help. */
    readonly value?: string;
    readonly about: string;
    /** The only values that it takes. */
    readonly values?: readonly string[];
    /** What is wrong with a value. */
    readonly fault?: (value: string) => string | undefined;
    readonly isRequired?: boolean;
    readonly isRepeated?: boolean;
    /** What it takes where it is not given, for the help. */
    readonly otherwise?: string;
    /** Flags that it cannot stand beside. */
    readonly conflicts?: readonly string[];
    /** A flag that it makes no sense without. */
    readonly needs?: string;
}

/** A verb. */
export interface Verb {
    readonly about: string;
    /** What its arguments without a flag are called, and what they are. All are needed. */
    readonly takes: readonly (readonly [name: string, about: string])[];
    readonly flags: readonly Flag[];
}

/** Flags of every verb. */
export const COMMON: readonly Flag[] = [
    { name: "provider", value: "NAME|FILE", about: "A built-in provider (apidot, apixo, aivideomaker) or a contract file" },
    {
        name: "base-url",
        value: "URL",
        about:
            "Another base URL: https, or http to this machine. A stored task's is followed only where it is the contract's, the environment's or this one",
    },
    {
        name: "account",
        value: "LABEL",
        about:
            "A label that keeps tasks under different keys apart; stored tasks of another account than `default` are acted on only where it is named",
    },
    {
        name: "store",
        value: "FILE",
        about: "The task store (default: `GENTASK_STORE`, else gentask/tasks.db in the state directory)",
        fault: filename,
    },
    {
        name: "timeout",
        value: "SECONDS",
        about: "How long to wait for a task (default: the provider's figure for its kind)",
        fault: seconds,
    },
    { name: "poll-initial", value: "SECONDS", about: "First poll and first interval", fault: seconds },
    { name: "poll-cap", value: "SECONDS", about: "Longest interval between polls", fault: seconds },
    { name: "json", about: "Print JSON (the default where the output is no terminal)" },
];

const MODEL: Flag = { name: "model", value: "MODEL", about: "The model" };
const PAYLOAD: Flag = { name: "payload", value: "JSON", about: "The model's fields as JSON; `-` reads them from standard input" };
const OUT: Flag = { name: "out", value: "DIR", about: "Save the result files into this directory", fault: filename };

/** The flags that need no verb. */
export const SEED: readonly Flag[] = [
    {
        name: "action",
        value: "ACTION",
        about: "What to do with --taskId",
        values: ["createGeneration", "getStatus", "getTask", "cancelTask"],
    },
    { name: "taskId", value: "ID", about: "The provider's task id" },
    MODEL,
    PAYLOAD,
];

const ID = ["ID", "The intent's id, or the provider's task id"] as const;
const OF_MODEL: Flag = { ...MODEL, about: "The model, where the provider asks for it and the task is not in the store" };

/** The verbs, in the order of the help. */
export const VERBS: Readonly<Record<string, Verb>> = {
    run: {
        about: "Submit a generation and wait for its files",
        takes: [],
        flags: [
            { ...MODEL, isRequired: true },
            { ...PAYLOAD, isRequired: true },
            { name: "key", value: "KEY", about: "Your own key: the same key and payload name the same task, however often they are run" },
            { name: "owner", value: "NAME", about: "Whose task it is" },
            { name: "callback-url", value: "URL", about: "Where the provider reports the end: a public https URL" },
            { name: "option", value: "NAME=VALUE", about: "An option that the contract defines; may be repeated", isRepeated: true },
            { name: "no-wait", about: "Return as soon as the task id is stored" },
            { name: "dry-run", about: "Show what would be sent; send and store nothing", conflicts: ["no-wait"] },
            { ...OUT, conflicts: ["no-wait"] },
        ],
    },
    status: { about: "How a task is: one status call", takes: [ID], flags: [OF_MODEL] },
    get: { about: "A task's details and files", takes: [ID], flags: [OF_MODEL, OUT] },
    cancel: { about: "Ask the provider to stop a task", takes: [ID], flags: [OF_MODEL] },
    list: {
        about: "The tasks in the store",
        takes: [],
        flags: [
            { name: "owner", value: "NAME", about: "Only this owner's" },
            { name: "phase", value: "PHASE", about: "Only these phases: waiting, succeeded, unresolved ...", isRepeated: true },
            { name: "unfinished", about: "Only tasks that have not ended" },
            { name: "limit", value: "N", about: "At most this many", otherwise: "100", fault: whole },
        ],
    },
    resume: {
        about: "Drive every unfinished task to its end",
        takes: [],
        flags: [{ name: "concurrency", value: "N", about: "At most this many at once", otherwise: "1000", fault: whole }, OUT],
    },
    unresolved: { about: "Submits whose outcome is not known", takes: [], flags: [] },
    adopt: {
        about: "Give an unresolved submit the task id under which you found it",
        takes: [
            ["INTENT", "The unresolved intent's id"],
            ["TASK", "The task id at the provider"],
        ],
        flags: [],
    },
    discard: { about: "Give an unresolved submit up", takes: [["INTENT", "The unresolved intent's id"]], flags: [] },
    prune: {
        about: "Delete the records of tasks that ended long ago",
        takes: [],
        flags: [
            {
                name: "older-than",
                value: "AGE",
                about: "Tasks that ended this long ago or longer: 30d, 12h, 90m, 45s",
                otherwise: "30d",
                fault: (value) => (ageOf(value) === undefined ? "a number with d, h, m or s is expected, such as 30d" : undefined),
            },
        ],
    },
    account: { about: "The account's balance", takes: [], flags: [] },
    models: { about: "The models that a provider's contract lists", takes: [], flags: [] },
    validate: {
        about: "Check a contract file, or a payload against its model's rules; sends nothing",
        takes: [],
        flags: [
            { ...MODEL, about: "The model; without one, the contract itself is checked, samples included", needs: "payload" },
            { ...PAYLOAD, needs: "model" },
        ],
    },
};

/** Verbs of the native command that this one has not. */
export const NATIVE_ONLY: readonly string[] = ["demo", "sandbox", "completions"];

/** A number of seconds out of an age: `30d`, `12h`, `90m`, `45s`. */
export function ageOf(text: string): number | undefined {
    const [, number, unit] = /^(\d+)([dhms])$/.exec(text) ?? [];
    const seconds = { d: 86_400, h: 3_600, m: 60, s: 1 }[unit ?? ""];
    return seconds === undefined ? undefined : Number(number) * seconds;
}

/** The longest time that the native command takes, in seconds. */
const LONGEST = 2 ** 64;

function seconds(text: string): string | undefined {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(inf|infinity|nan)$/i.test(text)) return "a number of seconds is expected";
    const number = Number(text);
    return number >= 0 && number < LONGEST ? undefined : "a number of seconds from 0 is expected";
}

function whole(text: string): string | undefined {
    return /^\+?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? undefined : "a whole number from 0 is expected";
}

/** What was no text has been made one by the runtime: it would be another file. */
function filename(text: string): string | undefined {
    return text.includes("\ufffd") ? "a name that is not text cannot be read here: the native command can" : undefined;
}
