// A route for callbacks in Express; `node:http` hands over the same two objects. Nobody waits for a picture: its provider calls back when it is done.
//
//     APIXO_API_KEY=... HOOK=https://your.domain/callbacks node express-callbacks.mjs "a sunset"
//
// HOOK is where the provider reaches this program from outside. A process that ends loses nothing: the next one hears of the end all the same.

import http from "node:http";
import process from "node:process";
import { Client, sqliteStore } from "gentask";
import { Receiver } from "gentask/callbacks";
import { run } from "gentask/run";

const client = new Client("apixo", { store: sqliteStore(process.env.TASKS ?? "tasks.db") });
const receiver = new Receiver(client, { onReceipt: ({ httpStatus, outcome, reason }) => console.log("callback", httpStatus, outcome, reason ?? "") });

// In Express: app.post("/callbacks", (req, res, next) => receiver.node(req, res).catch(next)), before app.use(express.json()).
const server = http.createServer((request, response) => {
    receiver.node(request, response).catch((error) => response.writeHead(500).end(error.message));
});
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log("listening", JSON.stringify(server.address())));

const [prompt] = process.argv.slice(2);
if (prompt) {
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt }, callbackUrl: process.env.HOOK });
    console.log("submitted", task.intentId);
}

// A worker beside the server: it drives what is unfinished, also from before a restart, and hears of each end. What follows from one, mail or a row in
// your database, is done here; it is handed out again until that has worked.
const stop = new AbortController();
process.once("SIGTERM", () => {
    server.close();
    stop.abort();
});
await run(client, {
    signal: stop.signal,
    onSettled: ({ record, reply }) => console.log("ended", record.intentId, reply.status, reply.files[0]?.url ?? reply.errorCode),
});
await client.settled();
