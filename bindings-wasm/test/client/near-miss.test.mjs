// A model that is almost one that the contract lists is warned about, once, and never refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf } from "../support/client.mjs";

test("a model that is almost a listed one is warned about once, and never refused", () => {
    const { warn } = console;
    const told = [];
    console.warn = (words) => told.push(words);
    try {
        const client = clientOf("http://127.0.0.1:9");
        const input = { mode: "text-to-image", prompt: "a fox" };
        for (const model of ["nanobanana", "nanobanana", "nano-banana", "made-tomorrow"]) client.dryRun({ model, input });
        client.validate({ model: "nanobanana", input });
    } finally {
        console.warn = warn;
    }
    assert.deepEqual(told, [
        'gentask: APIXO\'s contract does not list the model "nanobanana", but "nano-banana": its input is not checked before it is sent',
    ]);
});
