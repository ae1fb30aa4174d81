// A whole task through a host of calls, on whatever runtime.

import { mustBeSame } from "./compare.mjs";
import { Host, ORDER, START } from "./host.mjs";

/** Throws where a submit and its wait go another way than they should. */
export function wholeTask(shelf) {
    const host = new Host();
    const client = Host.client(shelf.contract("apixo"));
    const submit = client.submit({ ...ORDER, entropy: new Uint8Array(32).fill(7), now: START });
    const { intentId } = submit;
    const accepted = host.brings(submit);
    mustBeSame("the intent", intentId, accepted.record.intentId);
    mustBeSame("the stored record", host.records.get(intentId), accepted.json);
    mustBeSame("its reply", ["pending", "task_1"], [accepted.reply.status, accepted.reply.taskId]);
    const reply = host.brings(client.wait(intentId, host.now, { updates: "fromTheFirst" }));
    mustBeSame("the end", ["success", "task_1", "https://cdn.example/a.png"], [reply.status, reply.taskId, reply.files[0].url]);
    mustBeSame("the requests", ["submit", "status", "status"], host.sent.map(({ operation }) => operation));
    mustBeSame("the submit's body", true, new TextDecoder().decode(host.sent[0].body).includes("a sunset"));
    mustBeSame("what is left of the request", undefined, host.blobs.get(`${intentId} request`));
    mustBeSame("the updates", ["pending", "processing"], host.told.flatMap(({ update }) => (update ? [update.status] : [])));
    mustBeSame("the reply of its record", reply.toJson(), host.brings(client.reply(intentId, host.now)).toJson());
}
