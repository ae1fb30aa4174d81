// The contracts of a sandbox, whole: what an application loads has no samples, and these are what is answered.

import { builtIn } from "../../testing/pkg/core.js";
import { Contract } from "../contract.js";
import { mistake } from "../core.js";
import type { Provider } from "./types.js";

/** A provider as a client knows it, and the JSON that its sandbox follows. */
export interface Whole {
    readonly contract: Contract;
    readonly json: string;
}

/** Whether a provider is named by its contract file, as clients read it, and not by its id. */
export function isFile(provider: Provider): boolean {
    return typeof provider === "string" && /[/\\]|\.json$/i.test(provider);
}

/** The contract that is meant. */
export function contractOf(provider: Provider): Contract {
    if (typeof provider === "string" || provider instanceof Contract) return Contract.of(provider);
    // One that another entry of the package has loaded, or a contract's JSON as an object.
    if (typeof (provider as { toJson?: unknown } | null)?.toJson === "function") return Contract.own(provider as Contract);
    if (typeof provider === "object" && provider !== null) return Contract.load(provider);
    throw mistake("INVALID_CONTRACT", "the provider is a name, a contract file, a Contract or a contract's JSON");
}

/** The same with its samples. */
export function whole(provider: Provider): Whole {
    const contract = contractOf(provider);
    const isBuiltIn = Contract.builtInNames.includes(contract.id) && Contract.builtIn(contract.id).toJson() === contract.toJson();
    return { contract, json: isBuiltIn ? builtIn(contract.id) : contract.toJson() };
}
