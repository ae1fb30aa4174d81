// What the command says about itself: of a subcommand its own flags, and those shared ones that matter to it, in the words and the form of the native
// command.

import { type Flag, HEADINGS, SEED, SHARED, VERBS } from "./flags.js";

const ABOUT = "Run AI-generation tasks without paying twice or losing one";

const AFTER = `A subcommand's help shows its own flags, and those above that matter to it.
Without a subcommand, the command lines of the AIVideoMaker scripts work unchanged.
API keys come from the environment: APIDOT_API_KEY, APIXO_API_KEY, AIVIDEO_API_KEY, or the variable
that a contract file names.
Exit codes: 0 success, 1 failed, 2 usage error, 3 API key or credits, 4 still running,
5 outcome of a submit unknown, 6 task store.
The task store needs SQLite: Node 22.13 or later, Deno or Bun. The subcommands demo, listen, deliveries,
types, mcp, man and completions exist in the native command only.`;

/** Beneath the help of a subcommand to which some of the shared flags mean nothing. */
const REST = "Other flags that all subcommands share (`gentask --help`) are accepted and have no effect.";

const HELP: Flag = { name: "help", heading: "Output", about: "Print help" };
const VERSION: Flag = { name: "version", heading: "Output", about: "Print version" };

type Row = readonly [string, string];

/** The help of a subcommand, or of the command. */
export function help(verb: string | undefined): string {
    const of = verb === undefined ? undefined : VERBS[verb];
    const flags = of ? [...of.flags, ...of.shared, HELP] : [...SEED, ...SHARED, HELP, VERSION];
    const parts: (readonly [title: string, rows: readonly Row[]])[] = [
        of
            ? ["Arguments", of.takes.map(([name, about]) => [`<${name}>`, about])]
            : ["Commands", [...Object.entries(VERBS).map(([name, { about }]): Row => [name, about]), ["help", ABOUT_HELP]]],
        ...HEADINGS.map((heading) => [heading, flags.filter((flag) => flag.heading === heading).map(row)] as const),
    ];
    const sections = parts.filter(([, rows]) => rows.length > 0).map(([title, rows]) => `${title}:\n${columns(rows)}`);
    const after = of === undefined ? [AFTER] : of.shared.length < SHARED.length ? [REST] : [];
    return [of?.about ?? ABOUT, usage(verb), ...sections, ...after].join("\n\n");
}

const ABOUT_HELP = "Print this message or the help of the given subcommand(s)";

/** How a subcommand, or the command, is called. */
export function usage(verb: string | undefined): string {
    const of = verb === undefined ? undefined : VERBS[verb];
    if (of === undefined) return "Usage: gentask [OPTIONS] [COMMAND]";
    const needed = [...of.flags.filter((flag) => flag.isRequired === true).map(named), ...of.takes.map(([name]) => `<${name}>`)];
    return ["Usage: gentask", verb, "[OPTIONS]", ...needed].join(" ");
}

function row(flag: Flag): Row {
    const short = flag === HELP ? "-h, " : flag === VERSION ? "-V, " : "    ";
    return [short + named(flag), flag.about + (flag.otherwise === undefined ? "" : ` [default: ${flag.otherwise}]`)];
}

function named({ name, value }: Flag): string {
    return value === undefined ? `--${name}` : `--${name} <${value}>`;
}

function columns(rows: readonly Row[]): string {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`).join("\n");
}
