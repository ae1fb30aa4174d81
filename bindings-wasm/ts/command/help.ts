// What the command says about itself.

import { COMMON, type Flag, SEED, VERBS } from "./flags.js";

const ABOUT = "Run AI-generation tasks that are never paid twice and never lost";

const AFTER = `Exit codes: 0 done, 1 failed, 2 wrong call, 3 key or credits, 4 still running, 5 outcome unknown, 6 task store.
Without a verb, the flags of the AIVideoMaker scripts work unchanged: --model M --payload JSON,
or --action getStatus|getTask|cancelTask --taskId ID.
Keys come from the environment: APIDOT_API_KEY, APIXO_API_KEY, AIVIDEO_API_KEY, or the variable that a contract file names.
Tasks are kept in a SQLite file, for which Node 22.13, Deno or Bun is needed; demo, sandbox and completions are verbs of the native command only.`;

const HELP: Flag = { name: "help", about: "Print help" };
const VERSION: Flag = { name: "version", about: "Print version" };

/** The help of a verb, or of the command. */
export function help(verb: string | undefined): string {
    const of = verb === undefined ? undefined : VERBS[verb];
    const short = new Map([
        [HELP, "-h, "],
        [VERSION, "-V, "],
    ]);
    const row = (flag: Flag): [string, string] => [`${short.get(flag) ?? "    "}${named(flag)}`, words(flag)];
    const parts: [title: string, rows: (readonly [string, string])[]][] = of
        ? [
            ["Arguments", of.takes.map(([name, about]) => [`<${name}>`, about])],
            ["Options", [...of.flags, ...COMMON, HELP].map(row)],
        ]
        : [
            ["Commands", Object.entries(VERBS).map(([name, { about }]) => [name, about])],
            ["Options", [...COMMON, ...SEED, HELP, VERSION].map(row)],
        ];
    const sections = parts.filter(([, rows]) => rows.length > 0).map(([title, rows]) => `${title}:\n${columns(rows)}`);
    return [of?.about ?? ABOUT, usage(verb), ...sections, ...(of ? [] : [AFTER])].join("\n\n");
}

/** How a verb, or the command, is called. */
export function usage(verb: string | undefined): string {
    const of = verb === undefined ? undefined : VERBS[verb];
    if (of === undefined) return "Usage: gentask [OPTIONS] [COMMAND]";
    const needed = [...of.flags.filter((flag) => flag.isRequired === true).map(named), ...of.takes.map(([name]) => `<${name}>`)];
    return ["Usage: gentask", verb, "[OPTIONS]", ...needed].join(" ");
}

function named({ name, value }: Flag): string {
    return value === undefined ? `--${name}` : `--${name} <${value}>`;
}

function words({ about, otherwise, values }: Flag): string {
    const ends = [values && `[possible values: ${values.join(", ")}]`, otherwise && `[default: ${otherwise}]`];
    return [about, ...ends.filter((end) => end !== undefined)].join(" ");
}

function columns(rows: readonly (readonly [string, string])[]): string {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}
