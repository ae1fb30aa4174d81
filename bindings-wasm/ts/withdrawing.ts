// A submit that fails to its caller is withdrawn from the store: nothing sends it later behind the caller's back. One look and one compare-and-set:
// what is not prepared any more, or was changed in between, is somebody else's.

import type { Clock } from "./clock.js";
import { about, ask, functions, inDoubt } from "./core.js";
import { errorOf, type GentaskError } from "./errors.js";
import type { Output } from "./io.js";
import { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import { loaded, recordOf, save, wanted } from "./storing.js";
import type { TaskRecord } from "./types.js";

/** Withdraws what is stored of a submit, and returns its failure as it is to be told. */
export async function withdraw(
    { clock, store }: { readonly clock: Clock; readonly store: TaskStore },
    { intentId, phase, taskId, version }: TaskRecord,
    error: GentaskError,
): Promise<unknown> {
    // Its answer is there already.
    if (taskId !== null) return error;
    let json: string | null;
    try {
        json = await loaded(store, intentId);
    } catch {
        // Stored by a save before the one that may have failed; whether the first save of all was made is not known, and likely it was not.
        const wasStored = version > 1 || (version === 1 && phase === "prepared");
        return wasStored && error.billing === "none" ? stillStored(error) : error;
    }
    if (json === null) return error;
    try {
        const text = ask(() => functions.withdrawn(json as string, error.code, error.reply.errorMessage ?? error.message, clock.now()));
        if (text === undefined) return about(error, json);
        const output = JSON.parse(text) as Extract<Output, { kind: "save" }>;
        if ((await save(store, wanted(output), false)) === "done") return about(error, output.record);
        const current = await loaded(store, intentId);
        return current === null ? error : about(error, current);
    } catch {
        return recordOf(json).phase === "prepared" ? stillStored(about(error, json) as GentaskError) : inDoubt(error, intentId);
    }
}

function stillStored(error: GentaskError): GentaskError {
    const reply = Reply.of(functions.stillStored(error.reply.toJson(), true));
    return errorOf(reply, undefined, error);
}
