// One of several programs that have the same file open. It waits for a line before it begins, and says what it did.

import { once } from "node:events";
import { change, next, task } from "./records.mjs";
import { sqliteStore } from "./support.mjs";

const [job, file, me] = process.argv.slice(2);

console.log("ready");
await once(process.stdin, "data");

// Longer than any test: who waits for a lock here is waiting for another racer.
const store = sqliteStore(file, { busyTimeoutMs: 120_000 });

if (job === "race") {
    const rounds = 60;
    const first = await store.save(change(task(Number(me), { callerKey: "ours" })));
    const won = [];
    const id = JSON.parse(store.find({ provider: "demo", account: "default", owner: null, key: "ours" })[0]).intentId;
    for (;;) {
        const record = JSON.parse(store.load(id));
        delete record.later;
        if (record.version === rounds) {
            break;
        }
        if ((await store.save(change(next(record, { providerState: me })))) === "done") {
            won.push(record.version + 1);
        }
    }
    store.close();
    console.log(JSON.stringify({ first, won, id }));
} else {
    // Goes on until it is killed.
    await store.save(change(task(1)));
    for (let record = task(1);; record = next(record)) {
        if (record.version > 1) {
            await store.save(change(record));
        }
        process.stdout.write(`${JSON.stringify({ version: record.version })}\n`);
    }
}
process.exit();
