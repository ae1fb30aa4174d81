// Every row of the submit table over real HTTP: what the caller is told, what is stored, and how many POSTs reached the provider.
//
// "Never posted again" is proven by counting, also after everything that could be tempted to send: `resume`, `wait`, `check`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clientOf, failureOf, only, order, said, SOON, STORES, tempt } from "../support/client.mjs";
import { startSandbox } from "../support/sandbox.mjs";

let sandbox;
before(async () => (sandbox = await startSandbox()));
after(() => sandbox.stop());

const status = (code, body, headers) => ({ kind: "status", code, ...(body !== undefined && { body }), ...(headers && { headers }) });
const redirect = (code, location) => ({ kind: "redirect", code, location });
const inBand = (code) => ({ kind: "inBandError", code });

/** The submit may have been accepted, and no id is known. */
const lost = (fault, tasks, more) => ({
    fault,
    tasks,
    posts: 1,
    code: "SUBMIT_UNKNOWN",
    status: "unknown",
    billing: "possible",
    phase: "unresolved",
    ...more,
});
/** The provider definitely refused. */
const refused = (fault, code, more) => ({ fault, code, tasks: 0, posts: 1, status: "failed", billing: "none", phase: "rejected", ...more });

const CREDITS = { code: 400, message: "Insufficient credits", data: null };
const FOREIGN = "https://elsewhere.example/secret?token=1";

const APIXO = {
    // The sandbox counts a request as arrived once its body was read: this one was cut off before.
    "reset before the body was read": lost({ kind: "resetBeforeRead" }, 0, { posts: 0 }),
    "reset after the body": lost({ kind: "resetAfterBody" }, 1),
    "closed without an answer": lost({ kind: "closeWithoutAnswer" }, 1),
    "silence until the request's timeout": lost({ kind: "silence", ms: 30_000 }, 1, { requestTimeout: 0.5 }),
    "408": lost(status(408), 0),
    "409 in no form of the provider's": lost(status(409, {}), 0),
    "500": lost(status(500), 0),
    "501": lost(status(501), 0),
    "502": lost(status(502), 0),
    "502 of a submit that worked": lost(status(502), 1, { accepted: true }),
    "503": lost(status(503), 0),
    "504": lost(status(504), 0),
    "520": lost(status(520), 0),
    "529 with a Retry-After": lost(status(529, undefined, { "retry-after": "1" }), 0),
    "300": lost(status(300), 0),
    "301": lost(redirect(301, FOREIGN), 0),
    "302": lost(redirect(302, "/elsewhere"), 0),
    "303": lost(redirect(303, "/elsewhere"), 0),
    "304": lost(status(304), 0),
    "a truncated body": lost({ kind: "truncatedBody" }, 1),
    "a page of HTML": lost({ kind: "notJson" }, 1),
    "an empty body": lost({ kind: "emptyBody" }, 1),
    "a body above the cap": lost({ kind: "tooLargeBody", bytes: 2 << 20 }, 1),
    "a body that is too deep": lost({ kind: "tooDeepJson" }, 1),
    "no task id": lost({ kind: "noTaskId" }, 1),
    "an empty task id": lost(status(200, { code: 200, data: { taskId: "" } }), 0),
    "a task id that is null": lost(status(201, { code: 200, data: { taskId: null } }), 0),
    "an in-band 500": lost(inBand(500), 0),
    "an in-band 503": lost(inBand(503), 0),
    "an in-band code that is no status": lost(inBand(7), 0),
    "307": refused(redirect(307, FOREIGN), "UNKNOWN_ERROR"),
    "308": refused(redirect(308, FOREIGN), "UNKNOWN_ERROR"),
    "400": refused(status(400, { code: 400, message: "bad" }), "INVALID_PAYLOAD"),
    "401": refused(status(401), "AUTH_FAILED"),
    "402": refused(status(402), "INSUFFICIENT_CREDITS"),
    "403": refused(status(403, { code: 403, message: "no" }), "AUTH_FAILED"),
    "404": refused(status(404, { code: 404, message: "model not found" }), "INVALID_MODEL"),
    "405": refused(status(405, {}), "INVALID_PAYLOAD"),
    "413": refused(status(413, "too large"), "INVALID_PAYLOAD"),
    "422": refused(status(422, { message: "bad" }), "INVALID_PAYLOAD"),
    "an in-band 400": refused(inBand(400), "INVALID_PAYLOAD"),
    "an in-band 401": refused(inBand(401), "AUTH_FAILED"),
    "an in-band 402": refused(inBand(402), "INSUFFICIENT_CREDITS"),
    "400 in the words of no credits": refused(status(400, CREDITS), "INSUFFICIENT_CREDITS"),
    "429 in the words of no credits": refused(status(429, CREDITS), "INSUFFICIENT_CREDITS"),
    "a long Retry-After": refused(status(429, undefined, { "retry-after": "600" }), "RATE_LIMITED"),
};

const OTHERS = {
    aivideomaker: {
        "a budget": refused(status(402, { errorCode: "BUDGET_EXCEEDED", message: "too much" }), "INSUFFICIENT_CREDITS"),
        "a budget under 200": refused(status(200, { errorCode: "BUDGET_EXCEEDED", message: "too much" }), "INSUFFICIENT_CREDITS"),
    },
    apidot: {
        "a reset after the body": lost({ kind: "resetAfterBody" }, 1),
        "an in-band 500": lost(inBand(500), 0),
        "no credits": refused(status(402, { error: { type: "insufficient_credits", message: "top up" } }), "INSUFFICIENT_CREDITS"),
    },
};

async function holds(provider, store, row) {
    const rule = { on: "submit", fault: row.fault, ...(row.accepted && { accepted: true }) };
    await sandbox.reset(provider, SOON, rule);
    const client = clientOf(sandbox.base(provider), provider, { store, requestTimeout: row.requestTimeout ?? 10 });
    const failure = await failureOf(client.submit(order(provider)));
    assert.deepEqual(said(failure), { code: row.code, status: row.status, billing: row.billing, taskId: null }, failure.message);
    assert.ok(failure.suggestions.length > 0);
    assert.ok(!failure.reply.toJson().includes("secret") && !failure.message.includes("token=1"), failure.message);
    const { intentId, phase, taskId, maybeSent } = await only(client);
    assert.deepEqual({ intentId, phase, taskId, maybeSent }, {
        intentId: failure.intentId,
        phase: row.phase,
        taskId: null,
        maybeSent: row.phase === "unresolved",
    });
    assert.deepEqual(await sandbox.paid(provider), { posts: row.posts, tasks: row.tasks }, failure.message);
    await tempt(client, intentId);
    assert.deepEqual(await sandbox.paid(provider), { posts: row.posts, tasks: row.tasks }, "something was posted later");
    assert.equal((await only(client)).phase, row.phase);
    assert.equal((await client.unresolved()).records.length, row.phase === "unresolved" ? 1 : 0);
}

for (const [kind, withStore] of Object.entries(STORES)) {
    for (const [provider, rows] of Object.entries({ apixo: APIXO, ...OTHERS })) {
        for (const [name, row] of Object.entries(rows)) {
            test(`${provider}, ${kind}: ${name}: ${row.phase}, never posted again`, () => withStore((store) => holds(provider, store, row)));
        }
    }
}

test("a 425 for ever is tried three times and then over", () =>
    STORES.memory((store) => holds("apixo", store, refused(status(425), "NETWORK_ERROR", { posts: 3 }))));

test("a 429 for ever is given up after five attempts", () =>
    STORES.memory((store) => holds("apixo", store, refused(status(429, { code: 429, message: "slow down" }), "RATE_LIMITED", { posts: 5 }))));

test("a submit that was not accepted at first is sent again and paid for once", async () => {
    const limited = (wait) => status(429, undefined, { "retry-after": wait });
    for (
        const [name, faults] of Object.entries({
            "425 twice": [status(425), status(425)],
            "429 at once again": [limited("0")],
            "429 with decimals": [limited("0.3")],
            "an in-band 429": [inBand(429)],
            "425 and 429": [status(425), limited("0")],
        })
    ) {
        await sandbox.reset("apixo", SOON, ...faults.map((fault, at) => ({ on: "submit", nth: at + 1, fault })));
        const client = clientOf(sandbox.base("apixo"));
        const task = await client.submit(order());
        assert.equal((await task.wait()).status, "success", name);
        assert.deepEqual(await sandbox.paid("apixo"), { posts: faults.length + 1, tasks: 1 }, name);
    }
});

test("a Retry-After is never undercut, by the record's own times", async () => {
    await sandbox.reset("apixo", SOON, { on: "submit", nth: 1, fault: status(429, undefined, { "retry-after": "1" }) });
    const client = clientOf(sandbox.base("apixo"));
    const { at, attempts, phase } = await (await client.submit(order())).record();
    assert.deepEqual([phase, attempts.submit, attempts.limited], ["waiting", 2, 1]);
    assert.ok(at.lastSent - at.firstSent >= 1_000, `again after ${at.lastSent - at.firstSent} ms`);
});

test("a long Retry-After holds the whole account, also for a client that comes later", async () => {
    for (const withStore of Object.values(STORES)) {
        await withStore(async (store) => {
            await sandbox.reset("apixo", SOON, { on: "submit", nth: 1, fault: status(429, undefined, { "retry-after": "600" }) });
            const client = clientOf(sandbox.base("apixo"), "apixo", { store });
            const first = await failureOf(client.submit(order()));
            assert.deepEqual([first.code, first.retryAfter], ["RATE_LIMITED", 600]);
            const later = clientOf(sandbox.base("apixo"), "apixo", { store });
            for (const each of [client, later]) {
                const next = await failureOf(each.submit(order()));
                assert.equal(next.code, "RATE_LIMITED", next.message);
                assert.ok(next.retryAfter > 500 && next.retryAfter <= 600, next.message);
            }
            assert.deepEqual(await sandbox.paid("apixo"), { posts: 1, tasks: 0 });
        });
    }
});

test("a task id counts whatever else the answer says", async () => {
    const odd = status(200, { code: 500, message: "internal error", data: { taskId: "task_kept" } });
    await sandbox.reset("apixo", SOON, { on: "submit", fault: odd });
    const task = await clientOf(sandbox.base("apixo")).submit(order());
    assert.equal(task.taskId, "task_kept");
    assert.equal((await sandbox.paid("apixo")).posts, 1);
});

test("a submit that may have arrived, and a refusal of an unchanged body, are that for their key too, and nothing is posted for it", async () => {
    for (const [fault, code] of [[{ kind: "resetAfterBody" }, "SUBMIT_UNKNOWN"], [status(400, { code: 400, message: "bad" }), "INVALID_PAYLOAD"]]) {
        await sandbox.reset("apixo", SOON, { on: "submit", fault });
        const client = clientOf(sandbox.base("apixo"));
        const request = order("apixo", "", { key: "order-42" });
        const first = await failureOf(client.submit(request));
        const second = await failureOf(client.submit(request));
        assert.deepEqual([first.code, second.code, second.intentId], [code, code, first.intentId]);
        assert.equal((await sandbox.paid("apixo")).posts, 1, code);
    }
});

test("where the provider's list names our reference, a lost submit is found there and not posted again", async () => {
    for (const fault of [{ kind: "resetAfterBody" }, { kind: "closeWithoutAnswer" }, { kind: "notJson" }, { kind: "noTaskId" }]) {
        await sandbox.reset("aivideomaker", SOON, { on: "submit", fault });
        const client = clientOf(sandbox.base("aivideomaker"), "aivideomaker");
        const task = await client.submit(order("aivideomaker"));
        assert.equal((await task.wait()).status, "success", fault.kind);
        assert.deepEqual(await sandbox.paid("aivideomaker"), { posts: 1, tasks: 1 }, fault.kind);
    }
});
