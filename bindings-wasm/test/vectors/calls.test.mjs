// The calls of `gentask/sansio`: a host's mistakes, a crash at each effect, and what another entry of the package has made.

import assert from "node:assert/strict";
import test from "node:test";
import * as gentask from "gentask";
import * as sansio from "gentask/sansio";
import { wholeTask } from "./calls.mjs";
import { Host, ORDER, START } from "./host.mjs";
import { Shelf } from "./shelf.mjs";
import { texts } from "./texts.mjs";

const shelf = new Shelf(texts());
const contract = shelf.contract("apixo");
const entropy = (seed) => new Uint8Array(32).fill(seed);
const order = (more = {}) => ({ ...ORDER, entropy: entropy(7), now: START, ...more });

/** What a call throws, which is a mistake with these words. */
function refused(call, words, code = "UNSUPPORTED") {
    assert.throws(call, (error) => {
        assert.ok(error instanceof sansio.GentaskError, error.stack);
        assert.equal(error.code, code);
        assert.match(error.message, words);
        return true;
    });
}

/** A host whose next effects are performed until one of this kind is asked for. */
function until(host, call, kind) {
    let answer;
    for (;;) {
        const next = call.next(host.now, answer);
        assert.ok("effect" in next, JSON.stringify(next));
        if (next.effect.kind === kind) return next;
        answer = { number: next.number, ...host.perform(next.effect) };
    }
}

test("a whole task goes through a host that holds no rule", () => wholeTask(shelf));

test("an effect's save is what a store takes", () => {
    const call = Host.client(contract).submit(order());
    const { effect } = until(new Host(), call, "save");
    assert.deepEqual(effect.record, JSON.parse(effect.json));
    assert.deepEqual([effect.record.intentId, effect.expectedVersion, effect.fence], [call.intentId, 0, true]);
    assert.ok(effect.blobs.find(({ name }) => name === "request").bytes instanceof Uint8Array);
    assert.deepEqual(gentask.memoryStore().save(effect), "done");
});

/** Answers that are none to the first effect of a keyed submit, and what is said of each. */
const WRONG = [
    [undefined, /effect 1 \(meta\) awaits its answer/],
    [null, /an answer is an object/],
    [5, /an answer is an object/],
    [{ kind: "value", value: null }, /an answer goes with its effect's number, not undefined/],
    [{ number: 0, kind: "value", value: null }, /effect's number, not 0/],
    [{ number: 1.5, kind: "value", value: null }, /effect's number, not 1.5/],
    [{ number: 2 ** 32 + 1, kind: "value", value: null }, /effect's number/],
    [{ number: 2, kind: "value", value: null }, /the answer is to effect 2, and effect 1 \(meta\) awaits one/],
    [{ number: 1 }, /"undefined" is the kind of no answer/],
    [{ number: 1, kind: "done" }, /"done" is the kind of no answer/],
    [{ number: 1, kind: "told" }, /"told" is no answer to effect 1 \(meta\)/],
    [{ number: 1, kind: "saved" }, /"saved" is no answer/],
    [{ number: 1, kind: "conflict" }, /"saved" is no answer/],
    [{ number: 1, kind: "ready" }, /"ready" is no answer/],
    [{ number: 1, kind: "keyless", message: "none" }, /"keyless" is no answer/],
    [{ number: 1, kind: "due" }, /"due" is no answer/],
    [{ number: 1, kind: "value" }, /value is text/],
    [{ number: 1, kind: "value", value: 5 }, /value is text/],
    [{ number: 1, kind: "value", value: "\ud800" }, /half of a surrogate pair/],
    [{ number: 1, kind: "record" }, /the answer's record/],
    [{ number: 1, kind: "records", records: null }, /the answer's records/],
    [{ number: 1, kind: "records", records: [undefined] }, /the answer's record/],
    [{ number: 1, kind: "listing", tasks: [{}], next: null }, /intentId is text/],
    [{ number: 1, kind: "bytes", bytes: "text" }, /the answer's bytes/],
    [{ number: 1, kind: "deleted" }, /count is a whole number/],
    [{ number: 1, kind: "gone", isGone: 1 }, /the answer's isGone/],
    [{ number: 1, kind: "refused", message: "no" }, /fault is text/],
    [{ number: 1, kind: "undelivered", reason: "no" }, /delivery is text/],
    [{ number: 1, kind: "response" }, /the answer's response/],
    [{ number: 1, kind: "response", response: { headers: {}, end: "whole" } }, /status/],
    [{ number: 1, kind: "response", response: { status: 200, headers: new Headers(), end: "whole" } }, /an instance of Headers/],
    [{ number: 1, kind: "response", response: { status: 200, headers: {}, end: "whole" } }, /"response" is no answer to effect 1/],
];

test("a host's mistake is told as one, and the call goes on as it was", () => {
    const expected = new Host();
    expected.brings(Host.client(contract).submit(order()));
    const host = new Host();
    const call = Host.client(contract).submit(order());
    const first = call.next(host.now);
    for (const [answer, words] of WRONG) refused(() => call.next(host.now, answer), words);
    for (const now of [undefined, Number.NaN, -1, "0"]) {
        refused(() => call.next(now, { number: 1, kind: "value", value: null }), /a time is a number/);
    }
    let answer = { number: first.number, ...host.perform(first.effect) };
    host.asked.push(first.effect);
    for (;;) {
        const next = call.next(host.now, answer);
        // Given twice.
        const again = answer;
        refused(() => call.next(host.now, again), "effect" in next ? /the answer is to effect/ : /to nothing that was asked/);
        if (!("effect" in next)) break;
        host.asked.push(next.effect);
        answer = { number: next.number, ...host.perform(next.effect) };
    }
    refused(() => call.next(host.now), /the call has ended/);
    assert.deepEqual(host.asked, expected.asked);
    assert.deepEqual([...host.records], [...expected.records]);
});

test("a sleep that is answered before its time goes on", () => {
    const host = new Host();
    const client = Host.client(contract);
    const { record } = host.brings(client.submit(order()));
    const call = client.wait(record.intentId, host.now);
    const { effect, number } = until(host, call, "sleep");
    assert.ok(call.endsAt > effect.until);
    refused(() => call.next(effect.until - 1, { number, kind: "due" }), /the sleep until \d+ is not over/);
    assert.equal(call.next(effect.until, { number, kind: "due" }).number, number + 1);
});

test("a submit that is under way may not be left, and a call that was dropped says so", () => {
    const host = new Host();
    const client = Host.client(contract);
    const call = client.submit(order());
    assert.equal(call.mayBeLeft, true);
    until(host, call, "send");
    assert.equal(call.mayBeLeft, false);
    call.free();
    call.free();
    for (const use of [() => call.next(START), () => call.mayBeLeft, () => call.intentId]) refused(use, /the call was dropped/);
    const rest = client.submit(order());
    client.free();
    client.free();
    for (const use of [() => client.submit(order()), () => client.wait("an-intent", START), () => client.dryRun(order())]) {
        refused(use, /the client was dropped/);
    }
    assert.equal(new Host().brings(rest).reply.taskId, "task_1", "its calls go on");
});

test("what begins a call is checked before anything is done", () => {
    const client = Host.client(contract);
    const { intentId } = client.submit(order());
    refused(() => Host.client(shelf.contract("aivideomaker")).submit(order({ model: "no-such-model" })), /no-such-model/, "INVALID_MODEL");
    refused(() => client.submit(order({ input: { mode: 5 } })), /payload/, "INVALID_PAYLOAD");
    refused(() => client.submit(order({ input: { seed: Number.NaN } })), /payload/, "INVALID_PAYLOAD");
    refused(() => client.submit(order({ ky: "order-42" })), /no option ky/);
    for (const bytes of [undefined, "random", entropy(1).slice(1)]) refused(() => client.submit(order({ entropy: bytes })), /entropy is 32 bytes/);
    for (const now of [undefined, Number.NaN, -1]) {
        refused(() => client.submit(order({ now })), /a time is a number/);
        refused(() => client.wait(intentId, now), /a time is a number/);
    }
    refused(() => client.wait(5, START), /intentId is text/);
    refused(() => client.wait(intentId, START, { timeout: 5 }), /no option timeout/);
    refused(() => client.wait(intentId, START, { timeoutMs: "5" }), /timeoutMs/);
    refused(() => client.waitFrom("{}", START), /no record/, "STORE_ERROR");
    refused(() => client.ask("how", "task_1", START), /question: expected one of status, details, cancel, found how/);
    refused(() => client.wait(intentId, START, { updates: "sometimes" }), /updates: expected one of none, changes, fromTheFirst/);
    refused(() => client.page({ phases: ["asleep"] }, START), /asleep/);
    refused(() => new sansio.Client(contract, { holder: "test", requestTimeoutMs: 0 }), /greater than 0/);
    refused(() => new sansio.Client(contract, { holder: "test", base: "nowhere" }), /base/);
    refused(() => new sansio.Client(contract, { holder: "" }), /holder/);
    refused(() => sansio.prune({ key: "order-42" }, START, START), /no option key/);
    const request = client.dryRun(order());
    assert.deepEqual([request.method, request.operation], ["POST", "submit"]);
});

test("a failure is told with its reply, and is no exception of the host's mistakes", () => {
    const host = new Host();
    const client = Host.client(contract);
    const { failed } = host.run(client.task("no-such-intent", host.now));
    assert.ok(failed instanceof sansio.TaskNotFound);
    const call = client.submit(order());
    let next = call.next(host.now);
    while (next.effect?.kind !== "ready") next = call.next(host.now, { number: next.number, ...host.perform(next.effect) });
    const { failed: keyless } = call.next(host.now, { number: next.number, kind: "keyless", message: "the safe is locked" });
    assert.deepEqual([keyless.code, keyless.billing, host.records.size], ["AUTH_FAILED", "none", 0]);
    assert.match(keyless.message, /the safe is locked/);
});

test("the store may refuse any of its effects, and a number beyond JavaScript keeps its letters", () => {
    const host = new Host();
    const client = Host.client(contract);
    const { json, record } = host.brings(client.submit(order()));
    const call = client.cancel(record.intentId, host.now, { record: json });
    const { effect, number } = until(host, call, "load");
    assert.equal(effect.intentId, record.intentId);
    const { failed } = call.next(host.now, { number, kind: "refused", fault: "locked", message: "another program keeps it locked" });
    assert.deepEqual([failed.code, failed.taskId, failed.billing], ["STORE_ERROR", "task_1", "possible"]);

    const more = `{"aa":9007199254740993,${json.slice(1)}`;
    host.records.set(record.intentId, more);
    assert.equal(host.brings(client.task(record.intentId, host.now)).json, more);
    host.brings(client.wait(record.intentId, host.now));
    assert.ok(host.records.get(record.intentId).startsWith('{"aa":9007199254740993,'));
});

test("whatever is asked about tasks has its call", () => {
    const host = new Host();
    const client = Host.client(contract);
    const { record } = host.brings(client.submit(order()));
    const { intentId } = record;
    assert.equal(host.brings(client.find(ORDER.key, host.now)).record.intentId, intentId);
    assert.equal(host.brings(client.find(ORDER.key, host.now, { owner: "somebody" })), null);
    assert.equal(host.brings(client.check(intentId, host.now)).status, "pending");
    assert.equal(host.brings(client.ask("status", "task_1", host.now)).status, "processing");
    const page = host.brings(client.page({ limit: 10 }, host.now));
    assert.deepEqual([page.records.length, page.damaged, page.next], [1, [], null]);
    const unfinished = host.brings(client.unfinished(host.now));
    assert.deepEqual(unfinished.records.map(({ json }) => json), [host.records.get(intentId)]);
    assert.equal(host.brings(client.overdue(intentId, host.now)).errorCode, "WAIT_TIMEOUT");
    assert.equal(host.brings(client.left(intentId, host.now)).errorCode, "WAIT_TIMEOUT");
    assert.equal(host.brings(client.waitFrom(unfinished.records[0].json, host.now, { background: true })).status, "success");
    const file = { path: "/tmp/a.png", sha256: "0".repeat(64), bytes: 5, contentType: "image/png" };
    assert.equal(host.brings(client.noteFile(intentId, 0, file, host.now)), null);
    assert.deepEqual(host.brings(client.task(intentId, host.now)).record.result.files[0].saved, file);
    for (const settled of [client.adopt(intentId, "task_2", host.now), client.discard(intentId, host.now)]) assert.ok("failed" in host.run(settled));
    assert.equal(host.brings(client.cancel(intentId, host.now)).status, "success");
    assert.equal(host.brings(client.prune(host.now, host.now)), 0);
    assert.equal(host.brings(sansio.prune({}, host.now + 1, host.now)), 1);
    assert.equal(host.posts, 1);
});

test("pages have either end first, and one task that has ended is deleted", () => {
    const host = new Host();
    const client = Host.client(contract);
    const first = host.brings(client.submit(order())).record.intentId;
    host.now += 1;
    const second = host.brings(client.submit(order({ key: "order-43", entropy: entropy(8), now: host.now }))).record.intentId;
    const names = (page) => page.records.map(({ record }) => record.intentId);
    assert.deepEqual(names(host.brings(client.page({ createdFrom: host.now }, host.now))), [second]);
    assert.deepEqual(names(host.brings(client.page({ newestFirst: true }, host.now))), [second, first]);
    host.isDeaf = true;
    const { failed } = host.run(client.page({ newestFirst: true }, host.now));
    assert.equal(failed.code, "STORE_ERROR");
    assert.match(failed.message, /the task store gave records in another order than it was asked for/);
    assert.equal(host.run(client.delete(first, host.now)).failed.code, "UNSUPPORTED");
    assert.equal(host.brings(client.wait(first, host.now)).status, "success");
    assert.equal(host.brings(client.delete(first, host.now)), true);
    assert.equal(host.brings(client.delete(first, host.now)), false);
    assert.deepEqual([...host.records.keys()], [second]);
});

test("a program that dies at any effect pays for one task, and the next one finds it", () => {
    const whole = new Host();
    const lifetime = (host, client, dies) => {
        const submit = host.run(client.submit(order({ entropy: entropy(host.asked.length), now: host.now })), dies);
        if (submit.done === undefined) return submit;
        return host.run(client.wait(submit.done.record.intentId, host.now), dies);
    };
    assert.equal(lifetime(whole, Host.client(contract)).done.status, "success");
    const ends = { success: 0, unknown: 0 };
    for (const when of ["before", "after"]) {
        for (let at = 0; at < whole.asked.length; at++) {
            const host = new Host();
            const { died } = lifetime(host, Host.client(contract), (_, number) => (number === at ? when : undefined));
            assert.equal(died.kind, whole.asked[at].kind);
            host.now += 3_600_000;
            // Another process, with the same order again.
            const end = lifetime(host, Host.client(contract, "another"));
            const isLost = host.posts === 0 || (died.kind === "send" && died.request.operation === "submit") ||
                JSON.parse([...host.records.values()][0]).phase === "unresolved";
            const { status } = isLost ? end.failed.reply : end.done;
            assert.equal(status, isLost ? "unknown" : "success", `${when} ${at}: ${died.kind}`);
            assert.equal(host.records.size, 1);
            assert.ok(host.posts <= 1);
            ends[status]++;
        }
    }
    // The attempt that was counted, the request, and its answer until that was saved.
    assert.ok(ends.success > ends.unknown && ends.unknown >= 2 && ends.unknown <= 6, JSON.stringify(ends));
});

test("a contract of another entry is taken as its JSON, both ways, and what is none is refused", () => {
    const theirs = gentask.Contract.builtIn("apixo");
    assert.ok(!(theirs instanceof sansio.Contract));
    const host = new Host();
    assert.equal(host.brings(Host.client(theirs).submit(order())).reply.taskId, "task_1");
    assert.equal(Host.client(theirs).contract, Host.client(theirs).contract, "it is loaded once");
    const machine = sansio.Machine.prepare(theirs, order());
    assert.equal(machine.record().provider, "apixo");
    assert.equal(sansio.accountRequest(theirs, "account").url, sansio.accountRequest(contract, "account").url);
    sansio.validate(theirs, order());
    new sansio.Pacer().hold(theirs, theirs.baseUrl, "default", START);
    const options = { store: gentask.memoryStore(), apiKey: "k" };
    assert.equal(new gentask.Client(contract, options).contract.toJson(), contract.toJson());
    for (const none of [undefined, null, 5, {}, []]) {
        refused(() => Host.client(none), /the provider is a name, a contract file or a Contract/, "INVALID_CONTRACT");
    }
    // Errors are the same classes in both.
    assert.equal(sansio.GentaskError, gentask.GentaskError);
    const reply = gentask.Reply.fromJson(host.brings(Host.client(theirs).left("an-intent", START)).toJson());
    refused(() => Host.client(reply), /contract/, "INVALID_CONTRACT");
    refused(() => sansio.Reply.fromJson(reply), /a reply is read from its text/, "INVALID_PAYLOAD");
    assert.equal(sansio.Reply.fromJson(reply.toJson()).toJson(), reply.toJson());
});
