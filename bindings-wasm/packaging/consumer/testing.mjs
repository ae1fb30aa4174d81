import { Sandbox } from "gentask/testing";

const sandbox = new Sandbox();
const client = sandbox.client("apixo");
const order = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" }, key: "order-42" };
const ended = [];
for (let time = 0; time < 2; time++) ended.push(await (await client.submit(order)).wait());
console.log(JSON.stringify({ status: ended.map(({ status }) => status), submits: sandbox.submits("apixo") }));
await sandbox.close();
