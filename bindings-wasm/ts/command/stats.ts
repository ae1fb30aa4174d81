// `gentask stats`: what was learned of durations.

import type { Call } from "./arguments.js";
import { OK } from "./exit.js";
import { canonical } from "./output.js";
import { line, table } from "./print.js";
import { clientFor, contracts, openStore } from "./setup.js";

/** How long the tasks of each model took of late, and when the next one will be polled: of one provider, or of all built-in ones. */
export async function stats(call: Call, json: boolean): Promise<number> {
    const store = await openStore(call);
    const { learned } = await import("../run/index.js");
    const found = [];
    for (const contract of contracts(call)) {
        for (const model of await learned(clientFor(call, contract, store))) found.push({ provider: contract.id, ...model });
    }
    if (json) {
        line(canonical(found));
        return OK;
    }
    const rows = found.map(({ model, pollsMs, provider, quantilesMs: [, half, most], seen }) => {
        // The first ones: where there are many, the gaps go on as they are.
        const polls = [...pollsMs.slice(0, 5).map(seconds), ...(pollsMs.length > 5 ? ["..."] : [])];
        return [provider, model, String(seen), seconds(half), seconds(most), polls.join(", ")];
    });
    table(["provider", "model", "tasks", "half within", "90 % within", "polls"], rows);
    line("polls: when the next task will be polled, from its acceptance on; where nothing stands, by the contract's schedule");
    return OK;
}

function seconds(ms: number): string {
    return `${Math.floor(ms / 1_000)}.${Math.floor((ms % 1_000) / 100)} s`;
}
