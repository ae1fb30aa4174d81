// What of an order nobody checks, in the words of the core (`Contract::unchecked`), whose own code for it would make every program larger that imports
// the package.

import type { Contract } from "../contract.js";
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
    const { $defs = {}, models } = JSON.parse(contract.toJson()) as Source;
    const list = models?.list ?? {};
    const schema = Object.hasOwn(list, model) ? list[model]?.input : undefined;
    if (schema === undefined) {
        const perhaps = maybe(model, Object.keys(list));
        return [`${contract.title}'s contract does not list the model "${shown(model)}"${perhaps}: its input was not checked`];
    }
    const names = new Set<string>();
    gather(schema, $defs, names, new Set());
    const given: unknown = JSON.parse(input);
    if (typeof given !== "object" || given === null || Array.isArray(given) || names.size === 0) return [];
    const strange = Object.keys(given).filter((name) => !names.has(name)).sort();
    return strange.slice(0, MOST_TOLD).map((name) => {
        const perhaps = maybe(name, [...names]);
        return `${contract.title}'s contract does not know the field "${shown(name)}" of ${model}${perhaps}: it was not checked`;
    });
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
