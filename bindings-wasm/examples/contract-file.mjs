// A provider of one's own: a file that says what its requests look like and what its answers mean (acme.json), and no code.
//
//     gentask sandbox --contract acme.json &
//     node contract-file.mjs http://127.0.0.1:8787/acme

import { readFile } from "node:fs/promises";
import { Client, Contract, InvalidPayload, memoryStore } from "gentask";

const [, , baseUrl = "http://127.0.0.1:8787/acme"] = process.argv;

// On Node, Deno and Bun `new Client("./acme.json")` reads it too. Everything that is wrong with it is said at once, with its place in the file.
const acme = Contract.load(await readFile(new URL("acme.json", import.meta.url), "utf8"));
// The file holds answers of the provider's documentation with what they mean: that they do mean it is the contract's own test.
console.log(`${acme.title}: ${acme.checkSamples()} samples, ${Object.keys(acme.models).join(", ")}`);

const client = new Client(acme, { apiKey: "any", baseUrl, store: memoryStore() });

// Its rules are checked before anything is sent.
try {
    client.validate({ model: "landscape", input: { prompt: "", width: 100 } });
} catch (error) {
    if (!(error instanceof InvalidPayload)) throw error;
    for (const { path, expected, actual } of error.violations) console.log(`${path}: expected ${expected}, found ${actual}`);
}

const task = await client.submit({ model: "landscape", input: { prompt: "a lake", width: 1024 }, key: "order-42" });
const reply = await task.wait({ timeout: 60 });
console.log(reply.status, reply.files[0]?.kind);
