// A drive failed. An order that is stored and was not sent is withdrawn, for its caller is told that it failed: nothing sends it later behind the
// caller's back. One look and one compare-and-set: what is not prepared any more, or was changed in between, is somebody else's. Where it cannot be
// withdrawn, or must not be, the caller is told that it is there.

import type { Clock } from "./clock.js";
import { about, ask, functions, type Machine, outputsOf } from "./core.js";
import { errorOf, type GentaskError } from "./errors.js";
import { Reply } from "./reply.js";
import type { TaskStore } from "./store.js";
import { loaded, recordOf, save, wanted } from "./storing.js";

/** What the failure of a drive is to be told as. `isOrder`: to who submitted it. */
export async function failed(
    { clock, store }: { readonly clock: Clock; readonly store: TaskStore },
    machine: Machine,
    isOrder: boolean,
    error: GentaskError,
): Promise<GentaskError> {
    const { intentId, version } = recordOf(machine.record());
    if (machine.isSettled() || version === 0) return error;
    const isUnsent = error.billing === "none";
    let json: string | null;
    try {
        json = await loaded(store, intentId);
    } catch {
        // Stored by a save before the one that may have failed.
        const wasStored = machine.maySubmit() || version > 1;
        return isUnsent ? stillStored(error, wasStored) : error;
    }
    if (json === null) return error;
    const found = json;
    try {
        const [withdrawn] = outputsOf(ask(() => functions.withdrawn(found, error.code, error.reply.errorMessage ?? error.message, clock.now())));
        if (withdrawn?.kind !== "save") {
            if (!isUnsent) return error;
            // The save before the submit was done, and only its answer was lost: the attempt of this drive, which never left.
            if (ask(() => functions.isHeldBy(found, machine))) return stillStored(error, true);
            // Somebody else has it by now, and what this drive failed with is not how it ends.
            return leftTo(error, found);
        }
        if (!isOrder) return stillStored(error, true);
        if ((await save(store, wanted(withdrawn), false)) === "done") return about(error, withdrawn.record) as GentaskError;
        return leftTo(error, (await loaded(store, intentId)) ?? found);
    } catch {
        return stillStored(error, true);
    }
}

/** The failure of an order that is stored, `surely` or perhaps, and was not sent. */
export function stillStored(error: GentaskError, surely: boolean): GentaskError {
    return errorOf(Reply.of(functions.stillStored(error.reply.toJson(), surely)), undefined, error);
}

/** The failure of an order that somebody else has by now: it goes on. */
export function leftTo(error: GentaskError, stored: string): GentaskError {
    return errorOf(Reply.of(functions.left(recordOf(stored).intentId, stored)), undefined, error);
}
