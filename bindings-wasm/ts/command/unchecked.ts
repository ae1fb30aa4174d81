// What of an order nobody checks, in the words of the core (`Contract::unchecked`), whose own code for it would make every program larger that imports
// the package.

import type { Contract } from "../contract.js";
import { functions, mistake } from "../core.js";
import { cut } from "../thrown.js";
import { nearest } from "./nearest.js";

/** Fields that are told. */
const MOST_TOLD = 20;
/** Characters that are told of a name. */
const SHOWN = 60;

interface Schema {
    readonly $ref?: string;
    readonly properties?: object;
    readonly allOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
    readonly then?: Schema;
    readonly else?: Schema;
}

interface Source {
    readonly $defs?: Readonly<Record<string, Schema>>;
    readonly models?: { readonly list?: Readonly<Record<string, { readonly input?: Schema }>> };
}

/** A model that the contract does not list, fields that it does not know: each may be spelt wrong, and is sent and paid for even so. */
export function unchecked(contract: Contract, model: string, input: string): string[] {
    const { list, names } = fields(contract, model);
    if (names === undefined) {
        const perhaps = maybe(model, list);
        return [`${contract.title}'s contract does not list the model "${shown(model)}"${perhaps}: its input was not checked`];
    }
    const given: unknown = JSON.parse(input);
    if (typeof given !== "object" || given === null || Array.isArray(given) || names.size === 0) return [];
    const strange = Object.keys(given).filter((name) => !names.has(name)).sort();
    return strange.slice(0, MOST_TOLD).map((name) => {
        const perhaps = maybe(name, [...names]);
        return `${contract.title}'s contract does not know the field "${shown(name)}" of ${model}${perhaps}: it was not checked`;
    });
}

/** The input with this prompt (`Contract::with_prompt`): refused where there is one already, or where the model is listed and takes none. */
export function withPrompt(contract: Contract, model: string, input: string, prompt: string): string {
    const refused = (expected: string, actual: string): never => {
        throw mistake("INVALID_PAYLOAD", `the payload of ${shown(model)}`, [["/prompt", "prompt", expected, actual]]);
    };
    const { names } = fields(contract, model);
    if (names !== undefined && names.size > 0 && !names.has("prompt")) return refused("a field of this model", "a prompt, which is none");
    const members: unknown = JSON.parse(input);
    if (typeof members !== "object" || members === null || Array.isArray(members)) return refused("an object to put it in", "something else");
    if (Object.hasOwn(members, "prompt")) return refused("one prompt", "another one in the payload");
    // The rest stays as it is written: a number in it may be one that JavaScript cannot hold.
    const rest = functions.canonical(input).slice(1);
    return functions.canonical(`{"prompt":${JSON.stringify(prompt)}${rest === "}" ? "" : ","}${rest}`);
}

/** The models that a contract lists, and the fields of this one, if it is among them. */
function fields(contract: Contract, model: string): { readonly list: readonly string[]; readonly names: ReadonlySet<string> | undefined } {
    const { $defs = {}, models } = JSON.parse(contract.toJson()) as Source;
    const list = models?.list ?? {};
    const schema = Object.hasOwn(list, model) ? list[model]?.input : undefined;
    const names = new Set<string>();
    if (schema !== undefined) gather(schema, $defs, names, new Set());
    return { list: Object.keys(list), names: schema && names };
}

/** The fields that a schema of an object names, wherever its parts stand. */
function gather(schema: Schema, defs: Readonly<Record<string, Schema>>, names: Set<string>, seen: Set<Schema>): void {
    if (seen.has(schema)) return;
    seen.add(schema);
    Object.keys(schema.properties ?? {}).forEach((name) => names.add(name));
    const named = schema.$ref?.startsWith("#/$defs/") === true ? defs[schema.$ref.slice("#/$defs/".length)] : undefined;
    const parts = [named, schema.then, schema.else, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
    for (const part of parts) if (part !== undefined) gather(part, defs, names, seen);
}

function maybe(word: string, known: readonly string[]): string {
    const [near] = nearest(word, known);
    return near === undefined ? "" : ` (perhaps "${shown(near)}")`;
}

function shown(name: string): string {
    return name.length > SHOWN ? `${cut(name, SHOWN)}...` : name;
}
