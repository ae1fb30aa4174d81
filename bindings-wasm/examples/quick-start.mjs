// One picture from submit to file address, at a provider that is simulated on this machine: no key, no network, nothing is paid.
//
//     npx gentask sandbox &
//     node quick-start.mjs http://127.0.0.1:8787/apixo

import { Client, memoryStore, TaskFailed } from "gentask";

const [, , baseUrl = "http://127.0.0.1:8787/apixo"] = process.argv;

// For real: new Client("apixo", { store: sqliteStore("tasks.db") }), with the key in APIXO_API_KEY. A store in memory forgets tasks with the process.
const client = new Client("apixo", { apiKey: "any", baseUrl, store: memoryStore() });
const order = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset over the sea" } };

const task = await client.submit({ ...order, key: "order-42" });
console.log(`accepted as ${task.taskId}`);

// The same key is the same task: a second worker, a redelivered message or a user's second click pays nothing.
const again = await client.submit({ ...order, key: "order-42" });
console.log(`submitted twice, and it is the same task: ${again.intentId === task.intentId}`);

const reply = await task.wait({ timeout: 60, onUpdate: (update) => console.log(update.status) });
for (const file of reply.files) console.log(file.kind, file.url);

// What fails says whether money may have been spent, and what to do next. The sandbox refuses what has [content] in it.
try {
    const refused = await client.submit({ ...order, input: { ...order.input, prompt: "a sunset [content]" } });
    await refused.wait();
} catch (error) {
    if (!(error instanceof TaskFailed)) throw error;
    console.log(`${error.code} (money spent: ${error.billing}): ${error.suggestions[0]}`);
}
