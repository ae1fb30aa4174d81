// What `gentask types --lang zod` writes: schemas that accept whatever the contract accepts, and refuse what they can know to be wrong.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { Contract } from "gentask";
import { command } from "../support/sandbox.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = join(HERE, "../../..");
const VALUES = ["a fox", "", "\u{1f98a}".repeat(3), 5, 5.5, 0, -1, 1e30, true, null, [], ["https://example.com/a.png"], [null], [5], {}, {
    text: "a fox",
}];
const run = promisify(execFile);

/** The TypeScript that is written for a provider. */
async function written(provider) {
    const { stdout } = await run(command(), ["types", "--provider", provider, "--lang", "zod"], { maxBuffer: 1 << 26 });
    return stdout;
}

/** Its schemas, by model. */
async function schemas(provider) {
    const stdin = { contents: await written(provider), loader: "ts", resolveDir: HERE };
    const { outputFiles: [file] } = await build({ stdin, bundle: true, format: "esm", write: false });
    const { inputs } = await import(`data:text/javascript;base64,${Buffer.from(file.contents).toString("base64")}`);
    return inputs;
}

const isTaken = (schema, input) => schema.safeParse(input).success;

function isValid(contract, model, input) {
    try {
        contract.core.validate(model, JSON.stringify(input), "{}");
        return true;
    } catch {
        return false;
    }
}

/** What a schema names with its references followed, and the general values. */
function* values(schema, defs, depth = 0) {
    if (typeof schema !== "object" || schema === null || depth > 8) return;
    const { $ref, const: only, enum: several, maximum, minimum } = schema;
    yield* [only, maximum, minimum, ...(several ?? [])].filter((value) => value !== undefined);
    if ($ref !== undefined) yield* values(defs[$ref.slice("#/$defs/".length)], defs, depth + 1);
    for (const part of Object.values(schema)) yield* values(part, defs, depth + 1);
}

/** An input of a model with each of its fields set to each value, and without each; the first is valid if that can be found. */
function* inputsOf(contract, model) {
    const { $defs: defs = {}, models } = JSON.parse(contract.toJson());
    const { properties = {}, required = [] } = models.list[model].input;
    const all = (name) => [...values(properties[name] ?? {}, defs), ...VALUES];
    const base = {};
    for (const name of required) {
        base[name] = all(name).find((value) => {
            const faults = faultsOf(contract, model, { ...base, [name]: value });
            return !faults.some((path) => path.startsWith(`/${name}`));
        }) ?? "a fox";
    }
    yield base;
    for (const name of required) yield Object.fromEntries(Object.entries(base).filter(([other]) => other !== name));
    for (const name of Object.keys(properties)) for (const value of all(name)) yield { ...base, [name]: value };
    yield { ...base, "a field of tomorrow": [1, { a: null }] };
}

function faultsOf(contract, model, input) {
    try {
        contract.core.validate(model, JSON.stringify(input), "{}");
        return [];
    } catch (thrown) {
        return JSON.parse(thrown).reply.data.violations.map(({ path }) => path);
    }
}

for (const provider of Contract.builtInNames) {
    test(`what ${provider}'s contract accepts is accepted`, async () => {
        const [contract, inputs] = [Contract.of(provider), await schemas(provider)];
        assert.deepEqual(Object.keys(inputs).sort(), Object.keys(contract.models).sort());
        let [valid, refused] = [0, 0];
        for (const [model, schema] of Object.entries(inputs)) {
            for (const input of inputsOf(contract, model)) {
                if (isValid(contract, model, input)) {
                    valid++;
                    assert.ok(isTaken(schema, input), `${model} ${JSON.stringify(input)}`);
                    assert.deepEqual(schema.parse(input), input);
                } else if (!isTaken(schema, input)) {
                    refused++;
                }
            }
        }
        const count = Object.keys(inputs).length;
        assert.ok(valid > count && refused > count, `${valid} valid, ${refused} refused`);
    });
}

test("the payloads of the vectors are accepted where the contract accepts them", async () => {
    const { cases } = JSON.parse(await readFile(join(REPOSITORY, "tests/vectors/validate.json"), "utf8"));
    const known = new Map();
    let seen = 0;
    for (const { contract, expect, generation: { input, model }, name } of cases) {
        if (!expect.valid) continue;
        const provider = contract.includes("/") ? join(REPOSITORY, "tests", contract) : contract;
        if (!known.has(provider)) known.set(provider, await schemas(provider));
        const schema = known.get(provider)[model];
        if (schema === undefined) continue;
        seen++;
        assert.ok(isTaken(schema, input), name);
    }
    assert.ok(seen >= 8, String(seen));
});

test("what a type can know is refused, and a checker knows the fields", async (t) => {
    const { "gpt-image-2": image } = await schemas("apidot");
    for (const bad of [{}, { prompt: 5 }, { prompt: "a fox", quality: "lowest" }]) assert.ok(!isTaken(image, bad), JSON.stringify(bad));
    const folder = await mkdtemp(join(HERE, "made-"));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "inputs.ts"), await written("apidot"));
    const use = `
        import { GptImage2Input, inputs } from "./inputs.js";
        const good: GptImage2Input = { prompt: "a fox", quality: "low" };
        export const parsed: string = inputs["gpt-image-2"].parse(good).prompt;
        // @ts-expect-error: not one of its values
        export const wrong: GptImage2Input = { prompt: "a fox", quality: "lowest" };
        // @ts-expect-error: it is required
        export const missing: GptImage2Input = { quality: "low" };
    `;
    await writeFile(join(folder, "use.ts"), use);
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "", join(folder, "use.ts")];
    const checked = await run(process.execPath, [join(HERE, "../../node_modules/typescript/bin/tsc"), ...options], { cwd: folder }).catch((error) =>
        error
    );
    assert.equal(checked.stdout, "");
});
