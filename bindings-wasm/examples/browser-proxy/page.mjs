// The page's half: a client without a key, which speaks to this page's own server, and a store that outlives the page.

import { Client } from "gentask";
import { localStore } from "./local-store.mjs";

const client = new Client("apixo", { baseUrl: `${location.origin}/apixo`, store: localStore("pictures") });

/**
 * Orders a picture and shows what becomes of it. `order` names it: a second click, or the same order after a reload, is the same task.
 *
 * @param {string} order
 * @param {string} prompt
 * @param {(order: string, reply: import("gentask").Reply) => void} show
 */
export async function make(order, prompt, show) {
    const task = await client.submit({ model: "nano-banana", input: { mode: "text-to-image", prompt }, key: order });
    for await (const reply of task.updates()) show(order, reply);
}

/**
 * What the page was closed over goes on: call it when the page is loaded.
 *
 * @param {(order: string, reply: import("gentask").Reply) => void} show
 */
export async function goOn(show) {
    const { records } = await client.tasks({ unfinished: true });
    const orders = new Map(records.map((record) => [record.intentId, record.callerKey ?? ""]));
    await client.resume({ onReply: ({ intentId, reply }) => show(orders.get(intentId) ?? "", reply) });
}
