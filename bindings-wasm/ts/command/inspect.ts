// Verbs that look at a provider or its contract.

import { Contract } from "../contract.js";
import { ask } from "../core.js";
import type { Call } from "./arguments.js";
import { OK } from "./exit.js";
import { canonical } from "./output.js";
import { line, note, table } from "./print.js";
import { clientFor, named, payloadOf, storeForQuestions, whole } from "./setup.js";
import { unchecked } from "./unchecked.js";

/** The account's balance. */
export async function account(call: Call, json: boolean): Promise<number> {
    const contract = named(call);
    const { amount, unit } = await clientFor(call, contract, await storeForQuestions(call)).account();
    line(json ? canonical({ balance: amount, unit }) : `balance   ${amount} ${unit ?? ""}`);
    return OK;
}

interface Listed {
    readonly models?: { readonly list?: Readonly<Record<string, { readonly input?: { readonly required?: readonly string[] } }>> };
}

/** The models that contracts list: of one provider, or of all built-in ones. */
export async function models(call: Call, json: boolean): Promise<number> {
    const provider = call.text("provider");
    const contracts = (provider === undefined ? Contract.builtInNames : [provider]).map(whole);
    const entries = contracts.flatMap((contract) => {
        const list = (JSON.parse(contract.toJson()) as Listed).models?.list ?? {};
        return Object.entries(contract.models).map(([model, kind]) => ({ provider: contract.id, model, kind, input: list[model]?.input ?? null }));
    });
    if (json) {
        line(canonical(entries));
        return OK;
    }
    const rows = entries.map(({ input, kind, model, provider }) => [provider, model, kind, (input?.required ?? []).join(", ")]);
    table(["provider", "model", "kind", "required fields"], rows);
    for (const { title } of contracts.filter((contract) => contract.isOpen)) {
        line(`${title} has more models than its contract lists: others are accepted and not checked`);
    }
    return OK;
}

/** Tells a person what of an order nobody checked: it may be spelt wrong, and would be paid for even so. */
export function noteUnchecked(contract: Contract, model: string, input: string): void {
    for (const text of unchecked(contract, model, input)) note(text);
}

/** Checks a payload, or a contract with its samples. Sends nothing and needs no key. */
export async function validate(call: Call, json: boolean): Promise<number> {
    const contract = named(call);
    const message = (await checkedPayload(call, contract)) ?? checkedSamples(whole(call.text("provider") ?? contract.id));
    line(json ? canonical({ valid: true, message }) : message);
    return OK;
}

async function checkedPayload(call: Call, contract: Contract): Promise<string | undefined> {
    const [model, payload] = [call.text("model"), call.text("payload")];
    if (model === undefined || payload === undefined) return undefined;
    const { text } = await payloadOf(payload);
    ask(() => contract.core.validate(model, text, "{}"));
    noteUnchecked(contract, model, text);
    return `the payload is valid for ${model}`;
}

function checkedSamples(contract: Contract): string {
    const count = contract.checkSamples();
    const samples = count === 0 ? "it has no samples" : count === 1 ? "its sample decodes as declared" : `all ${count} samples decode as declared`;
    return `the ${contract.title} contract is valid; ${samples}`;
}
