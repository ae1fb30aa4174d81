// The `gentask` command for Node, Deno and Bun: the verbs, flags, output and exit codes of the native one, over the client of this package. It
// reads nothing but its arguments, its environment variables, standard input where a payload is `-`, and its store.

import "../entry/inline.js";

import process from "node:process";
import { isatty } from "node:tty";
import { VERSION } from "../version.js";
import { type Call, type Line, Misuse, read } from "./arguments.js";
import { OK, USAGE } from "./exit.js";
import { help } from "./help.js";
import { account, models, validate } from "./inspect.js";
import { fail, misuse } from "./output.js";
import { line, write } from "./print.js";
import { resume } from "./resume.js";
import { run, seed } from "./run.js";
import { sandbox } from "./sandbox.js";
import { worker } from "./worker.js";
import { stats } from "./stats.js";
import { adopt, cancel, deleteStored, discard, get, list, prune, status, unresolved } from "./stored.js";

const VERBS: Readonly<Record<string, (call: Call, json: boolean) => Promise<number>>> = {
    run,
    status,
    get,
    cancel,
    list,
    resume,
    worker,
    unresolved,
    adopt,
    discard,
    delete: deleteStored,
    prune,
    account,
    stats,
    models,
    validate,
    sandbox,
};

/** Runs the command with these arguments, without the program's name, and returns its exit code. */
export async function command(args: readonly string[]): Promise<number> {
    silenceExperiments();
    // Output is for a program where that is asked for, or where there is no terminal.
    const isForProgram = (asked: boolean): boolean => asked || !isatty(1);
    let asked: Line;
    try {
        asked = read(args);
    } catch (error) {
        if (!(error instanceof Misuse)) throw error;
        write(2, `${error.text}\n`);
        // A program that reads the output gets a reply even so.
        if (isForProgram(args.includes("--json"))) line(misuse(error.message).reply.toJson());
        return USAGE;
    }
    if (asked.kind !== "run") {
        line(asked.kind === "help" ? help(asked.verb) : `gentask ${VERSION}`);
        return OK;
    }
    const { call } = asked;
    const json = isForProgram(call.has("json"));
    try {
        return await (call.verb === undefined ? seed : (VERBS[call.verb] ?? seed))(call, json);
    } catch (error) {
        return fail(error, json);
    }
}

/** Standard error is for what concerns a task; that a runtime calls its SQLite experimental does not. */
function silenceExperiments(): void {
    process.removeAllListeners("warning");
    process.on("warning", ({ message, name }) => name === "ExperimentalWarning" || write(2, `${name}: ${message}\n`));
}
