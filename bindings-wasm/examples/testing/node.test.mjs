// Tests with Node's own runner: `node --test`. Deno and Bun run them too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SubmitUnknown } from "gentask";
import { Sandbox } from "gentask/testing";
import { deliver } from "./shop.mjs";

const ORDER = { id: "order-42", wish: "a sunset" };

test("an order that comes twice is paid once", async () => {
    const sandbox = new Sandbox();
    const client = sandbox.client("apixo");
    assert.equal(await deliver(client, ORDER), await deliver(client, ORDER));
    assert.equal(sandbox.submits("apixo"), 1);
});

test("an order whose answer was lost is not paid again, and can be adopted", async () => {
    const sandbox = new Sandbox();
    sandbox.script("apixo", [{ on: "submit", nth: 1, fault: { kind: "resetAfterBody" } }]);
    const client = sandbox.client("apixo");
    for (let time = 0; time < 2; time++) await assert.rejects(deliver(client, ORDER), SubmitUnknown);
    assert.equal(sandbox.submits("apixo"), 1);
    const lost = await client.find(ORDER.id);
    await client.adopt(lost?.intentId ?? "", sandbox.tasks("apixo")[0]?.taskId ?? "");
    assert.ok(await deliver(client, ORDER));
});
