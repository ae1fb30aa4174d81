// The door to the core. What goes in are scalars, bytes and JSON texts; what comes out are JSON texts, and a mistake is thrown as the JSON of
// its reply, which becomes an exception here. The entry that a program imports has loaded the module before anything here is called.

import * as wasm from "../pkg/core.js";
import { errorOf, GentaskError } from "./errors.js";
import { ask, Reply } from "./reply.js";
import type { Input, Output } from "./io.js";

export { Contract as CoreContract, Machine, Pacer } from "../pkg/core.js";
export * as functions from "../pkg/core.js";
export { ask, mistake } from "./reply.js";

/** A step of a machine. */
export function step(machine: wasm.Machine, input: Input, body: Uint8Array | undefined, now: number, pacer: wasm.Pacer): Output[] {
    return outputsOf(ask(() => machine.step(JSON.stringify(input), body, now, pacer)));
}

/** Outputs out of their JSON and the texts of the records and replies in them. */
export function outputsOf([json = "[]", ...texts]: readonly string[]): Output[] {
    const outputs = JSON.parse(json) as { record?: unknown; reply?: unknown }[];
    let at = 0;
    for (const output of outputs) {
        if ("record" in output) output.record = texts[at++];
        if ("reply" in output) output.reply = texts[at++];
    }
    return outputs as Output[];
}

/**
 * The same failure as one of a stored task: with its ids, how it is, and whether money may have been spent. Of a record that cannot be read nobody
 * knows that.
 */
export function about(error: unknown, record: string): unknown {
    return told(error, (reply) => {
        try {
            return wasm.about(reply, record);
        } catch {
            return wasm.inDoubt(reply, (JSON.parse(record) as { intentId: string }).intentId);
        }
    });
}

/** The same failure as one of a file of this task, which is done. */
export function ofFile(error: unknown, record: string): unknown {
    return told(error, (reply) => wasm.ofFile(wasm.about(reply, record)));
}

/** The same failure as one of a call that says nothing about how a task is. */
export function unanswered(error: unknown): unknown {
    return told(error, wasm.unanswered);
}

/** The same failure as one of a question, about the task with this id or, with an empty one, about the account. */
export function ofQuestion(error: unknown, taskId = ""): unknown {
    return told(error, (reply) => wasm.ofTask(reply, taskId));
}

/** The same failure of an order whose key has a task that cannot be gone on with. */
export function ofRedelivery(error: unknown, record: string): unknown {
    return told(error, (reply) => wasm.ofRedelivery(reply, record));
}

/** The same failure of a keyed order whose key could not be looked up. */
export function ofUnreadKey(error: unknown): unknown {
    return told(error, wasm.ofUnreadKey);
}

/** The same failure as one of a submit that may have been accepted. */
export function inDoubt(error: unknown, intentId: string): unknown {
    return told(error, (reply) => wasm.inDoubt(reply, intentId));
}

/** An exception of ours with another reply. One that cannot be made leaves it as it is. */
function told(error: unknown, as: (reply: string) => string): unknown {
    if (!(error instanceof GentaskError)) return error;
    try {
        return errorOf(Reply.of(as(error.reply.toJson())), error.message, error);
    } catch {
        return error;
    }
}
