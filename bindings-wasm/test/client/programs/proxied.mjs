// A program of its own: submits through a proxy. What it prints is read by proxy.test.mjs.
//
// `proxied.mjs BASE PROXY REQUEST_TIMEOUT`: the task's id, or the failure's code, whether money may have been spent, how often the submit was tried, and the
// failure's words.

import process from "node:process";
import { proxied } from "gentask/proxy";
import { gentask } from "../../support/package.mjs";

const { Client, memoryStore } = gentask;
const [baseUrl, proxy, requestTimeout] = process.argv.slice(2);

const client = new Client("apixo", {
    baseUrl,
    apiKey: "sk-test-opens-nothing",
    store: memoryStore(),
    poll: { initial: 0.02, factor: 1, cap: 0.02 },
    requestTimeout: Number(requestTimeout),
    transport: proxied(proxy),
});
try {
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" } });
    console.log(JSON.stringify([task.taskId, (await task.wait()).status]));
} catch (error) {
    const { attempts } = await (await client.task(error.intentId)).record();
    console.log(JSON.stringify([error.code, error.billing, attempts.submit, attempts.notSent, error.message]));
}
