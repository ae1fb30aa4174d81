// The other half of a service whose requests only submit: run it every minute (cron, a queue's schedule, a systemd timer), on the same store.
// Two that overlap, or one that is killed, do no harm: every change is compared with what is stored, and nothing is submitted twice.
//
//     * * * * *  APIXO_API_KEY=... TASKS=/var/lib/pictures/tasks.db node resume-worker.mjs

import { Client, sqliteStore } from "gentask";

const client = new Client("apixo", { store: sqliteStore(process.env.TASKS ?? "tasks.db") });

// Drives all that is unfinished, and comes back before the next run begins. What is not done by then stays for that one.
await client.resume({
    timeout: 50,
    onReply({ intentId, reply }) {
        if (reply.status === "success") console.log("done", intentId, reply.files.map((file) => file.url).join(" "));
        else if (reply.errorCode !== "WAIT_TIMEOUT") console.log(reply.status, intentId, reply.errorCode);
    },
});

// Submits of which nobody knows whether they were accepted: they wait for a person, and are never sent again.
const { records } = await client.unresolved();
for (const record of records) console.log("look at the provider for", record.intentId, "of", new Date(record.at.created).toISOString());

// What ended a month ago is deleted, and its prompts with it.
await client.prune(30 * 86_400);
