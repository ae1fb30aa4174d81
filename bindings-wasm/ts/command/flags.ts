// The subcommands and their flags, as the native command has them: one table that both the reading of a command line and its help go by. The help of
// a subcommand shows its own flags, and those shared ones that matter to it.

/** A flag. One without a value's name is given or not. */
export interface Flag {
    readonly name: string;
    /** What its value is called in the help. */
    readonly value?: string;
    readonly about: string;
    /** Where it stands in the help. */
    readonly heading: Heading;
    /** The only values that it takes. */
    readonly values?: readonly string[];
    /** Whether its value is a number, so that one may begin with a minus: then the number is what is wrong. */
    readonly isNumber?: boolean;
    /** What is wrong with a value. */
    readonly fault?: (value: string) => string | undefined;
    readonly isRequired?: boolean;
    /** The flag without which it is required. */
    readonly unless?: string;
    readonly isRepeated?: boolean;
    /** What it takes where it is not given, for the help. */
    readonly otherwise?: string;
    /** Flags that it cannot stand beside. */
    readonly conflicts?: readonly string[];
    /** A flag that it makes no sense without. */
    readonly needs?: string;
}

/** The headings of the help, in their order. */
export const HEADINGS = ["Task", "Provider", "Waiting", "Output", "Without a subcommand"] as const;
export type Heading = (typeof HEADINGS)[number];

/** A subcommand. */
export interface Verb {
    readonly about: string;
    /** What its arguments without a flag are called, and what they are. All are needed. */
    readonly takes: readonly (readonly [name: string, about: string])[];
    readonly flags: readonly Flag[];
    /** The shared flags that matter to it, with their words where they mean something narrower there. It takes the others, too. */
    readonly shared: readonly Flag[];
}

const PROVIDER: Flag = {
    name: "provider",
    value: "NAME|FILE",
    heading: "Provider",
    about: "Built-in provider (apidot, apixo, aivideomaker) or a contract file",
};
const BASE: Flag = { name: "base-url", value: "URL", heading: "Provider", about: "Another base URL of the API: https, or http to this machine" };
const ACCOUNT: Flag = { name: "account", value: "LABEL", heading: "Provider", about: "Your label for the account that the API key belongs to" };
const STORE: Flag = {
    name: "store",
    value: "FILE",
    heading: "Task",
    about: "Task store (default: `$GENTASK_STORE`, else in the state directory)",
    fault: filename,
};
const SECONDS = { value: "SECONDS", heading: "Waiting", isNumber: true, fault: seconds } as const;
const TIMEOUT: Flag = { ...SECONDS, name: "timeout", about: "Longest wait for a task; 0 does not wait (default: the contract's)" };
const POLLS: readonly Flag[] = [
    { ...SECONDS, name: "poll-initial", about: "Time before the first poll, and first interval between polls" },
    { ...SECONDS, name: "poll-cap", about: "Longest interval between polls" },
    {
        name: "poll",
        value: "WORD",
        heading: "Waiting",
        about: "Polls by past durations (`learned`, default) or by the `contract`",
        values: ["learned", "contract"],
    },
];
const JSON_: Flag = { name: "json", heading: "Output", about: "Print JSON (the default when the output is not a terminal)" };

/** Flags that every subcommand takes. */
export const SHARED: readonly Flag[] = [STORE, PROVIDER, BASE, ACCOUNT, TIMEOUT, ...POLLS, JSON_];

const OF_PROVIDER: Flag = { ...PROVIDER, about: "Only tasks of this provider: a name or a contract file" };
const OF_ACCOUNT: Flag = { ...ACCOUNT, about: "Only tasks of this account" };
const OF_DEFAULT: Flag = { ...ACCOUNT, about: "Only tasks of this account", otherwise: "default" };
const STORED: Flag = { ...ACCOUNT, about: "The task's account, if it is not `default`" };
const ANSWER: Flag = { ...TIMEOUT, about: "Longest wait for the answer" };
/** Of subcommands that list or delete, that act on one task, and that ask about one. */
const LISTING: readonly Flag[] = [STORE, OF_PROVIDER, OF_ACCOUNT, JSON_];
const ACTING: readonly Flag[] = [STORE, PROVIDER, BASE, STORED, JSON_];
const ASKING: readonly Flag[] = [...ACTING, ANSWER];

const MODEL: Flag = { name: "model", value: "MODEL", heading: "Task", about: "Model id" };
const PAYLOAD: Flag = {
    name: "payload",
    value: "JSON",
    heading: "Task",
    about: "The model's input as JSON; `@FILE` reads a file, `-` standard input",
};
const RECEIPT: Flag = {
    name: "receipt",
    heading: "Output",
    about: "With --out: write which task each file came from to NAME.receipt.json beside it",
    needs: "out",
};
const OUT: Flag = { name: "out", value: "DIR", heading: "Output", about: "Save the result files in this directory", fault: filename };

/** The flags that need no subcommand. */
export const SEED: readonly Flag[] = ([
    {
        name: "action",
        value: "ACTION",
        about: "createGeneration, getStatus, getTask or cancelTask",
        values: ["createGeneration", "getStatus", "getTask", "cancelTask"],
    },
    { name: "taskId", value: "ID", about: "The provider's task id" },
    MODEL,
    PAYLOAD,
] as const).map((flag) => ({ ...flag, heading: "Without a subcommand" }));

const ID = ["ID", "Intent id, or the provider's task id"] as const;
const OF_MODEL: Flag = { ...MODEL, about: "Model id, if the provider needs it and the task is not in the store" };

/** The subcommands, in the order of the help. */
export const VERBS: Readonly<Record<string, Verb>> = {
    run: {
        about: "Submit a generation and wait for its files",
        takes: [],
        flags: [
            { ...MODEL, about: "Model id; `gentask models` lists those that are known", isRequired: true },
            { ...PAYLOAD, unless: "prompt" },
            { name: "prompt", value: "TEXT", heading: "Task", about: "The input's `prompt`: beside a payload without one, or alone" },
            { name: "key", value: "KEY", heading: "Task", about: "Idempotency key: the same key and payload are the same task, paid once" },
            { name: "owner", value: "NAME", heading: "Task", about: "User that the task belongs to; each owner has keys of its own" },
            { name: "callback-url", value: "URL", heading: "Task", about: "Public https URL that the provider calls when the task ends" },
            {
                name: "callback",
                heading: "Task",
                about: "Receive the callback here, from a provider simulated on this machine",
                conflicts: ["callback-url", "no-wait", "dry-run"],
            },
            {
                name: "option",
                value: "NAME=VALUE",
                heading: "Task",
                about: "Option that the provider's contract defines; may be repeated",
                isRepeated: true,
            },
            { name: "no-wait", heading: "Waiting", about: "Return once the task id is stored, without waiting for the result" },
            { name: "dry-run", heading: "Output", about: "Show the request; send and store nothing", conflicts: ["no-wait"] },
            { ...OUT, conflicts: ["no-wait"] },
            RECEIPT,
        ],
        shared: SHARED,
    },
    status: { about: "Show the status of a task", takes: [ID], flags: [OF_MODEL], shared: ASKING },
    get: { about: "Show the result of a task; --out saves its files", takes: [ID], flags: [OF_MODEL, OUT, RECEIPT], shared: ASKING },
    cancel: { about: "Ask the provider to cancel a task", takes: [ID], flags: [OF_MODEL], shared: [...ACTING, ...POLLS] },
    list: {
        about: "List the tasks in the store",
        takes: [],
        flags: [
            { name: "owner", value: "NAME", heading: "Task", about: "Only tasks of this owner" },
            {
                name: "phase",
                value: "PHASE",
                heading: "Task",
                about: "Only tasks in these phases, such as waiting,unresolved",
                isRepeated: true,
            },
            { name: "unfinished", heading: "Task", about: "Only tasks that have not ended" },
            {
                name: "since",
                value: "AGE|DATE",
                heading: "Task",
                about: "Only tasks made since then: an age such as 12h, or a date like 2026-01-31",
                fault: (value) =>
                    timeSince(value, 0) === undefined
                        ? "expected an age such as 30d, 12h, 90m or 45s, or a date such as 2026-01-31 or 2026-01-31T09:30:00Z"
                        : undefined,
            },
            {
                name: "format",
                value: "FORMAT",
                heading: "Output",
                about: "How the tasks are printed: table, json or csv",
                values: ["table", "json", "csv"],
            },
            { name: "newest", heading: "Output", about: "The newest first, not the oldest" },
            {
                name: "limit",
                value: "N",
                heading: "Output",
                about: "At most this many tasks",
                otherwise: "100",
                isNumber: true,
                fault: whole,
            },
        ],
        shared: LISTING,
    },
    resume: {
        about: "Continue all unfinished tasks: send what was not sent yet, wait for the rest",
        takes: [],
        flags: [
            {
                name: "concurrency",
                value: "N",
                heading: "Waiting",
                about: "At most this many tasks at once",
                otherwise: "1000",
                isNumber: true,
                fault: whole,
            },
            OUT,
            RECEIPT,
        ],
        shared: [STORE, OF_PROVIDER, BASE, OF_DEFAULT, TIMEOUT, ...POLLS, JSON_],
    },
    worker: {
        about: "Drive unfinished tasks, new ones too, until stopped",
        takes: [],
        flags: [OUT, RECEIPT],
        shared: [STORE, OF_PROVIDER, BASE, OF_DEFAULT, ...POLLS, JSON_],
    },
    unresolved: { about: "List submits whose outcome is not known, and tasks with a second task id", takes: [], flags: [], shared: LISTING },
    adopt: {
        about: "Give an unresolved submit the task id that you found at the provider",
        takes: [
            ["INTENT", "Intent id of the unresolved submit"],
            ["TASK", "Task id at the provider"],
        ],
        flags: [],
        shared: ACTING,
    },
    discard: {
        about: "Give up an unresolved submit, or settle a task that has a second task id",
        takes: [["INTENT", "Intent id of the submit or task"]],
        flags: [],
        shared: ACTING,
    },
    delete: {
        about: "Delete the record of one task that has ended",
        takes: [["INTENT", "Intent id of the task"]],
        flags: [],
        shared: LISTING,
    },
    prune: {
        about: "Delete the records of tasks that ended long ago",
        takes: [],
        flags: [
            {
                name: "older-than",
                value: "AGE",
                heading: "Task",
                about: "Tasks that ended at least this long ago: 30d, 12h, 90m, 45s",
                otherwise: "30d",
                fault: (value) => (ageOf(value) === undefined ? "expected a whole number with d, h, m or s, such as 30d" : undefined),
            },
        ],
        shared: LISTING,
    },
    account: { about: "Show the account's balance", takes: [], flags: [], shared: [STORE, PROVIDER, BASE, ACCOUNT, ANSWER, JSON_] },
    stats: {
        about: "Show how long tasks take, and when they are polled by that",
        takes: [],
        flags: [],
        shared: [STORE, OF_PROVIDER, BASE, OF_DEFAULT, JSON_],
    },
    models: { about: "List the models that the providers' contracts name", takes: [], flags: [], shared: [PROVIDER, JSON_] },
    validate: {
        about: "Check a contract, or a payload for a model; sends nothing",
        takes: [],
        flags: [
            { ...MODEL, about: "Model id; without it, the contract and its samples are checked", needs: "payload" },
            { ...PAYLOAD, needs: "model" },
        ],
        shared: [PROVIDER, JSON_],
    },
    sandbox: {
        about: "Serve the simulated providers on this machine until interrupted",
        takes: [],
        flags: [
            { ...PROVIDER, ...upTo(65_535), name: "port", value: "PORT", about: "Port on 127.0.0.1; 0 takes any free one", otherwise: "8787" },
            {
                ...PROVIDER,
                ...upTo(2 ** 32 - 1),
                name: "speed",
                value: "FACTOR",
                about: "How many times faster than real time tasks run",
                otherwise: "1",
            },
            {
                ...PROVIDER,
                name: "contract",
                value: "FILE",
                about: "Contract file to simulate beside the built-in ones; may be repeated",
                isRepeated: true,
            },
        ],
        shared: [],
    },
};

/** Subcommands that only the native command has. */
export const NATIVE_ONLY: readonly string[] = ["demo", "listen", "deliveries", "types", "mcp", "man", "completions"];

/** A number of seconds out of an age: `30d`, `12h`, `90m`, `45s`. */
export function ageOf(text: string): number | undefined {
    const [, number, unit] = /^(\d+)([dhms])$/.exec(text) ?? [];
    const seconds = { d: 86_400, h: 3_600, m: 60, s: 1 }[unit ?? ""];
    return seconds === undefined ? undefined : Number(number) * seconds;
}

/** The time of an age before now, or of a date, in Unix milliseconds. */
export function timeSince(text: string, now: number): number | undefined {
    const age = ageOf(text);
    if (age !== undefined) return Math.max(now - age * 1_000, 0);
    // What `Date` reads beside this differs from runtime to runtime.
    if (!/^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
    const time = Date.parse(text.length === 10 || /([Zz]|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(time) ? undefined : time;
}

/** The longest time that the native command takes, in seconds. */
const LONGEST = 2 ** 64;

function seconds(text: string): string | undefined {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    return number >= 0 && number < LONGEST ? undefined : "expected a number of seconds, 0 or more";
}

function whole(text: string): string | undefined {
    return /^\+?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? undefined : "expected a whole number, 0 or more";
}

/** Of a flag whose value is a whole number up to this one. */
function upTo(most: number): Pick<Flag, "fault"> {
    return {
        fault: (text) => {
            if (text === "") return "cannot parse integer from empty string";
            if (!/^\+?\d+$/.test(text)) return "invalid digit found in string";
            return Number(text) > most ? `${text} is not in 0..=${most}` : undefined;
        },
    };
}

/** What was no text has been made one by the runtime: it would be another file. */
function filename(text: string): string | undefined {
    return text.includes("\ufffd") ? "the name is not valid UTF-8, which only the native command can use" : undefined;
}
