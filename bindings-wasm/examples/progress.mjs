// Watches one task. Leaving the loop, or the program, leaves the task as it is: `client.task(intentId)` finds it again.
//
//     APIXO_API_KEY=... node progress.mjs "a sunset over the sea"

import { Client, sqliteStore } from "gentask";

const [, , prompt = "a sunset over the sea"] = process.argv;

// APIXO_BASE_URL, where it is set, names another address of the provider, such as the sandbox's.
const client = new Client("apixo", { store: sqliteStore(process.env.TASKS ?? "tasks.db") });
const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt } });
console.log(`submitted: ${task.intentId}`);

for await (const reply of task.updates({ timeout: 300 })) {
    const percent = reply.progress === null ? "" : ` ${Math.round(reply.progress * 100)} %`;
    console.log(`${reply.status}${percent}`);
    // The last one is the end of the task, or of the wait: then its code is WAIT_TIMEOUT, and the task goes on.
    for (const file of reply.files) console.log(file.url);
    if (!reply.ok) console.log(`${reply.errorCode}: ${reply.errorMessage}`);
}
