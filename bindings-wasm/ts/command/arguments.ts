// Reads a command line. What is wrong with one is said in the words of the native command.

import { parseArgs } from "node:util";
import { type Flag, NATIVE_ONLY, SEED, SHARED, type Verb, VERBS } from "./flags.js";
import { usage } from "./help.js";
import { nearest } from "./nearest.js";

/** A command line that can be run, or a question about the command itself. */
export type Line = { readonly kind: "help"; readonly verb: string | undefined } | { readonly kind: "version" } | {
    readonly kind: "run";
    readonly call: Call;
};

/** A verb, or none, with what it was given. */
export class Call {
    readonly verb: string | undefined;
    readonly #given: ReadonlyMap<string, readonly string[]>;
    readonly #takes: readonly string[];

    constructor(verb: string | undefined, given: ReadonlyMap<string, readonly string[]>, takes: readonly string[]) {
        this.verb = verb;
        this.#given = given;
        this.#takes = takes;
    }

    /** Whether a flag is there. */
    has(name: string): boolean {
        return this.#given.has(name);
    }

    /** A flag's value. */
    text(name: string): string | undefined {
        return this.#given.get(name)?.[0];
    }

    /** The values of a flag that may be repeated. */
    all(name: string): readonly string[] {
        return this.#given.get(name) ?? [];
    }

    number(name: string): number | undefined {
        const text = this.text(name);
        return text === undefined ? undefined : Number(text);
    }

    /** An argument without a flag. */
    argument(index: number): string {
        return this.#takes[index] ?? "";
    }
}

/** A command line that is wrong. `message` is one line, `text` what a person is shown. */
export class Misuse extends Error {
    override readonly name = "Misuse";
    readonly text: string;

    /** `usage`: how it is called, where the call as a whole is wrong, and not one value. */
    constructor(fault: string, hint?: string, usage?: string) {
        super([fault, hint].filter((part) => part !== undefined).join(" ").split(/\s+/).join(" "));
        const tip = hint === undefined ? "" : usage === undefined ? `\n  ${hint}` : `\n\n  ${hint}`;
        this.text = [`error: ${fault}${tip}`, ...(usage === undefined ? [] : [usage]), "For more information, try '--help'."].join("\n\n");
    }
}

/** Reads the arguments, without the program's name. */
export function read(args: readonly string[]): Line {
    return new Reader().read(args);
}

const TOP: Verb = { about: "", takes: [], flags: SEED, shared: SHARED };

class Reader {
    #verb: string | undefined;
    #asksHelp = false;
    /** What stands before the verb, and what behind it. */
    #before = new Map<string, string[]>();
    #given = new Map<string, string[]>();
    readonly #takes: string[] = [];

    read(args: readonly string[]): Line {
        const { tokens } = parseArgs({ args: [...args], options: options(), strict: false, allowPositionals: true, tokens: true });
        for (const token of tokens) {
            if (token.kind === "positional") {
                this.#positional(token.value);
            } else if (token.kind === "option") {
                if (token.name === "help" && token.value === undefined) return { kind: "help", verb: this.#verb };
                if (token.name === "version" && token.value === undefined && this.#verb === undefined) return { kind: "version" };
                this.#flag(token.name, token.rawName, token.value, token.inlineValue === true);
            }
        }
        if (this.#asksHelp) return { kind: "help", verb: this.#verb };
        for (const { name } of SEED) {
            if (!this.#before.has(name)) continue;
            throw this.#misuse(`--${name} must come after the subcommand`);
        }
        this.#check();
        return { kind: "run", call: new Call(this.#verb, new Map([...this.#before, ...this.#given]), this.#takes) };
    }

    get #shape(): Verb {
        return (this.#verb === undefined ? undefined : VERBS[this.#verb]) ?? TOP;
    }

    get #flags(): readonly Flag[] {
        return [...this.#shape.flags, ...SHARED];
    }

    #positional(value: string): void {
        if (this.#verb !== undefined) {
            if (this.#takes.length === this.#shape.takes.length) throw this.#misuse(`unexpected argument '${value}' found`);
            this.#takes.push(value);
        } else if (value === "help" && !this.#asksHelp) {
            this.#asksHelp = true;
        } else if (NATIVE_ONLY.includes(value)) {
            throw this.#misuse(`\`gentask ${value}\` exists in the native command only, which comes with the Rust crate and the Python package`);
        } else if (Object.hasOwn(VERBS, value)) {
            this.#verb = value;
            this.#before = this.#given;
            this.#given = new Map();
        } else {
            throw this.#misuse(`unrecognized subcommand '${value}'`, similar("subcommand", nearest(value, Object.keys(VERBS))));
        }
    }

    #flag(name: string, raw: string, value: string | undefined, isInline: boolean): void {
        const flag = raw.startsWith("--") ? this.#flags.find((flag) => flag.name === name) : undefined;
        if (flag === undefined) {
            const near = nearest(name, this.#flags.map((flag) => flag.name)).map((near) => `--${near}`);
            throw this.#misuse(`unexpected argument '${raw}' found`, similar("argument", near));
        }
        const before = this.#given.get(name);
        if (before !== undefined && flag.isRepeated !== true) throw this.#misuse(`the argument '${shown(flag)}' cannot be used multiple times`);
        if (flag.value === undefined) {
            if (value !== undefined) throw this.#misuse(`unexpected value '${value}' for '${shown(flag)}' found; no more were expected`);
            this.#given.set(name, []);
            return;
        }
        // What looks like a flag is none's value: it was forgotten.
        const isFlag = !isInline && value !== undefined && /^-./.test(value) && !(flag.isNumber === true && /^-\d+(\.\d*)?(e\d+)?$/.test(value));
        if (isFlag && !this.#flags.some(({ name }) => value === `--${name}`)) throw this.#misuse(`unexpected argument '${value}' found`);
        if (value === undefined || isFlag) throw new Misuse(`a value is required for '${shown(flag)}' but none was supplied`);
        if (flag.values?.includes(value) === false) {
            throw new Misuse(`invalid value '${value}' for '${shown(flag)}'`, `[possible values: ${flag.values.join(", ")}]`);
        }
        const fault = flag.fault?.(value);
        if (fault !== undefined) throw new Misuse(`invalid value '${value}' for '${shown(flag)}': ${fault}`);
        this.#given.set(name, [...(before ?? []), value]);
    }

    #check(): void {
        const { flags, takes } = this.#shape;
        const given = flags.filter(({ name }) => this.#given.has(name));
        for (const flag of given) {
            const other = flags.find(({ name }) => flag.conflicts?.includes(name) && this.#given.has(name));
            if (other) throw this.#misuse(`the argument '${shown(flag)}' cannot be used with '${shown(other)}'`);
        }
        const needed = flags.filter(({ isRequired, name, unless }) =>
            isRequired === true || (unless !== undefined && !this.#given.has(unless)) || given.some(({ needs }) => needs === name)
        );
        const missing = needed.filter(({ name }) => !this.#given.has(name)).map(shown);
        missing.push(...takes.slice(this.#takes.length).map(([name]) => `<${name}>`));
        if (missing.length > 0) {
            throw this.#misuse(`the following required arguments were not provided:\n  ${missing.join("\n  ")}`);
        }
    }

    #misuse(fault: string, hint?: string): Misuse {
        return new Misuse(fault, hint, usage(this.#verb));
    }
}

function shown(flag: Flag): string {
    return flag.value === undefined ? `--${flag.name}` : `--${flag.name} <${flag.value}>`;
}

function similar(what: string, near: readonly string[]): string | undefined {
    if (near.length === 0) return undefined;
    const words = near.map((word) => `'${word}'`).join(", ");
    return near.length === 1 ? `tip: a similar ${what} exists: ${words}` : `tip: some similar ${what}s exist: ${words}`;
}

/** Every flag of every verb: a name takes a value everywhere or nowhere, so the reading can go before the verb is known. */
function options(): Record<string, { type: "string" | "boolean"; short?: string; multiple?: boolean }> {
    const flags = [...SHARED, ...SEED, ...Object.values(VERBS).flatMap((verb) => verb.flags)];
    return {
        ...Object.fromEntries(flags.map(({ name, value }) => [name, { type: value === undefined ? ("boolean" as const) : ("string" as const) }])),
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "V" },
    };
}
