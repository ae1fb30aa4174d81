// The same task with a callback: who is called back asks how it is, and a wait hears of its end.

import { Client, memoryStore } from "gentask";
import { Receiver, signTestCallback } from "gentask/callbacks";
import { ANSWERS } from "./run.mjs";

const requests = [];
const fetch = async (url, init) => {
    requests.push(`${init.method} ${new URL(url).origin}, ${new Headers(init.headers).get("authorization")}`);
    return new Response(ANSWERS[requests.length - 1], { headers: { "content-type": "application/json" } });
};
const client = new Client("apixo", {
    store: memoryStore(),
    apiKey: "k",
    fetch,
    poll: { initial: 0.001 },
    callbackSecrets: "a-secret-of-nobody-and-for-nothing",
});
const url = "https://app.example.com/hook";
const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" }, callbackUrl: url });
const receiver = new Receiver(client);
const callback = await signTestCallback(client, { url, intentId: task.intentId, body: { data: { taskId: task.taskId } } });
const { body, headers, method } = callback;
const answer = await receiver.fetch(new Request(callback.url, { body, headers, method }));
if (answer.status !== 200 || (await answer.text()) !== "ok") throw new Error(`the callback was answered with ${answer.status}`);
await client.settled();
const reply = await task.wait({ timeout: 30 });
console.log(JSON.stringify({ requests, reply: JSON.parse(reply.toJson()) }));
