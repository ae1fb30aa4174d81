// What a person settles: an unresolved task gets the id under which it was found at the provider.

import { about, functions, mistake } from "./core.js";
import type { Engine } from "./engine.js";
import { errorOf } from "./errors.js";
import type { Reply } from "./reply.js";
import { found, loaded, recordOf, storing } from "./storing.js";

/** How often one id may be claimed by adoptions that failed. */
const CLAIMS_OF_AN_ID = 1_000;

/** Gives an unresolved task the id under which a person found it at the provider. An id that is already stored is refused. */
export async function adopt(engine: Engine, taskId: string, record: string): Promise<Reply> {
    const claim = await claimId(engine, recordOf(record).intentId, taskId).catch((error: unknown) => {
        throw about(error, record);
    });
    try {
        const other = (await stored(engine, taskId)).map(recordOf).find((record) => record.account === engine.account);
        if (other) throw about(mistake("INVALID_PAYLOAD", `the task id belongs to intent ${other.intentId} already`), record);
        const driven = await engine.drive(await engine.machine(record), { first: { kind: "adopt", taskId }, goal: "request" });
        const isAdopted = recordOf(driven.machine.record()).taskId === taskId;
        const reply = engine.replyOfDriven(driven);
        if (isAdopted) return reply;
        throw errorOf(reply);
    } catch (error) {
        // Somebody else may adopt it now. A store that refuses this leaves the claim to this intent.
        await storing(() => engine.store.setMeta(claim, "", false)).catch(() => undefined);
        throw error;
    }
}

/**
 * Of several intents that would adopt one id at the same moment, one may: whoever has the newest claim. A claim that was given back, or whose intent
 * no longer waits for an id, is followed by the next one, which again only one can make.
 */
async function claimId(engine: Engine, intentId: string, taskId: string): Promise<string> {
    const { account, contract, store } = engine;
    let holder = "";
    for (let round = 0; round < CLAIMS_OF_AN_ID; round++) {
        const name = `adopt ${contract.id} ${account} ${taskId} ${round}`;
        holder = await storing(() => store.setMeta(name, intentId, true));
        if (holder === intentId) return name;
        if (holder !== "" && !(await hasNoClaim(engine, holder))) break;
    }
    throw mistake("INVALID_PAYLOAD", `intent ${holder} is adopting this task id: settle that one first`);
}

/** Whether an intent no longer waits for an id. */
async function hasNoClaim(engine: Engine, intentId: string): Promise<boolean> {
    const json = await loaded(engine.store, intentId);
    return json === null || functions.isSettled(recordOf(json).phase);
}

/** The tasks of this provider that have this id. */
export function stored(engine: Engine, taskId: string): Promise<string[]> {
    return found(engine.store, { provider: engine.contract.id, taskId });
}
