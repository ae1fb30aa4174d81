// A provider that documents its idempotency keys: the same bytes are sent again under the same key, and one task is made.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { clientOf, failureOf, only, order, said, SOON } from "../support/client.mjs";
import { gentask } from "../support/package.mjs";
import { startSandbox } from "../support/sandbox.mjs";

const { Contract } = gentask;

const source = JSON.parse(Contract.builtIn("apixo").toJson());
source.id = "keyed";
source.idempotency = { mode: "replay", header: "Idempotency-Key", lifetimeMs: 600_000 };
source.evidence = { ...source.evidence, "/idempotency": ["docs", "the provider's documentation says so"] };

let sandbox;
let folder;
before(async () => {
    folder = mkdtempSync(join(tmpdir(), "gentask-keyed-"));
    writeFileSync(join(folder, "keyed.json"), JSON.stringify(source));
    sandbox = await startSandbox({ contracts: [join(folder, "keyed.json")] });
});
after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true });
});

const keyed = () => clientOf(sandbox.base("keyed"), Contract.load(source));

for (const kind of ["resetAfterBody", "closeWithoutAnswer", "truncatedBody", "noTaskId", "notJson"]) {
    test(`${kind}: an honoured key replays the submit and one task is made`, async () => {
        await sandbox.reset("keyed", { ...SOON, honourKeys: true }, { on: "submit", nth: 1, fault: { kind } });
        const client = keyed();
        const task = await client.submit(order());
        const { requests, tasks, replayed } = await sandbox.stats("keyed");
        assert.deepEqual([requests.submit, tasks, replayed], [2, 1, 1]);
        assert.equal((await task.wait()).status, "success");
        const { idempotencyKey, intentId, attempts } = await only(client);
        assert.deepEqual([idempotencyKey, attempts.submit], [intentId, 2]);
    });
}

test("a refusal after a lost answer settles nothing", async () => {
    // The first may have been accepted; that the replay is refused does not undo it.
    const refusal = { kind: "status", code: 400, body: { code: 400, message: "no" } };
    await sandbox.reset("keyed", { ...SOON, honourKeys: true }, { on: "submit", nth: 1, fault: { kind: "resetAfterBody" } }, {
        on: "submit",
        nth: 2,
        fault: refusal,
    });
    const client = keyed();
    const failure = await failureOf(client.submit(order()));
    assert.deepEqual(said(failure), { code: "SUBMIT_UNKNOWN", status: "unknown", billing: "possible", taskId: null });
    const { phase, maybeSent } = await only(client);
    assert.deepEqual([phase, maybeSent, (await sandbox.paid("keyed")).posts], ["unresolved", true, 2]);
});
