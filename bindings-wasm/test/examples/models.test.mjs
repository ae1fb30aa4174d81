// The compiler knows each model of each built-in provider, and whether there may be others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compiled } from "../support/compiled.mjs";
import { gentask } from "../support/package.mjs";

const { Contract } = gentask;

test("the types have the providers, the models and the open lists of the contracts", () => {
    const lines = ['import { Client } from "gentask";'];
    const submit = (name, model, input, isTaken) => {
        // An error that is expected and does not come is one, too.
        lines.push(
            isTaken ? "" : "// @ts-expect-error",
            `new Client(${JSON.stringify(name)}).submit({ model: ${JSON.stringify(model)}, input: ${input} });`,
        );
    };
    let [closed, models] = [0, 0];
    for (const name of Contract.builtInNames) {
        const contract = Contract.builtIn(name);
        for (const model of Object.keys(contract.models)) {
            models++;
            submit(name, model, "{} as any", true);
            submit(name, model, '"no object"', false);
        }
        if (!contract.isOpen) closed++;
        submit(name, "of tomorrow", "{ seed: 1 }", contract.isOpen);
    }
    submit("./contract.json", "of tomorrow", '"no object"', true);
    assert.deepEqual(compiled(lines.join("\n")), []);
    assert.ok(closed > 0 && closed < Contract.builtInNames.length && models > 50, `${closed}, ${models}`);
});
