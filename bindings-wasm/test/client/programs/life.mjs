// A program of its own: submits, waits, and ends by falling off its end. What it prints is read by exit.test.mjs.
//
// `life.mjs BASE SCENE`: `waits` to the end of a task, `submits` and does not wait, `aborts` a submit that is under way, `leaves` a wait,
// `breaks` out of updates, `secure` submits over TLS.

import process from "node:process";
import { gentask } from "../../support/package.mjs";

const { Client, memoryStore } = gentask;
const [baseUrl, scene] = process.argv.slice(2);

const client = new Client("apixo", {
    baseUrl,
    apiKey: "sk-test-opens-nothing",
    store: memoryStore(),
    poll: { initial: 0.02, factor: 1, cap: 0.02 },
    timeout: 30,
});
const order = {
    model: "nano-banana",
    input: { mode: "text-to-image", prompt: scene === "leaves" || scene === "breaks" ? "a sunset [stuck]" : "a sunset" },
};

if (scene === "waits") {
    const task = await client.submit(order);
    console.log((await task.wait()).status);
} else if (scene === "submits" || scene === "secure") {
    console.log((await client.submit(order)).taskId);
} else if (scene === "aborts") {
    const failure = await client.submit({ ...order, signal: AbortSignal.timeout(100) }).catch((error) => error);
    const { intentId } = failure;
    console.log(failure.code);
    // Nothing waits for the submit; it keeps the program until it is saved.
    process.on("exit", () => client.store.load(intentId) && console.log(JSON.parse(client.store.load(intentId)).phase));
} else if (scene === "leaves") {
    const task = await client.submit(order);
    console.log((await task.wait({ signal: AbortSignal.timeout(50) }).catch((error) => error)).name);
} else if (scene === "breaks") {
    const task = await client.submit(order);
    for await (const { status } of task.updates()) {
        console.log(status);
        break;
    }
}
