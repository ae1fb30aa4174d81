// What the shared vectors do not reach of the core's own interface: forms and arguments that are JavaScript's alone.

import assert from "node:assert/strict";
import test from "node:test";
import * as sansio from "gentask/sansio";
import { Scene, wireOf } from "./scene.mjs";
import { Shelf } from "./shelf.mjs";
import { ROOT, texts } from "./texts.mjs";

const { Contract, Machine, Pacer } = sansio;

const NOW = 1_790_000_000_000;
const ENTROPY = "0123456789abcdef".repeat(4);
const shelf = new Shelf(texts());

function prepared(name, settings = {}) {
    return Scene.prepared(shelf.contract(name), shelf.example(name), { entropy: ENTROPY, now: NOW, settings });
}

function refused(call, code) {
    assert.throws(call, (error) => error instanceof sansio.GentaskError && error.code === code);
}

test("what is no time is refused, and changes nothing", () => {
    const scene = prepared("apixo");
    const contract = shelf.contract("apixo");
    const before = scene.machine.recordJson();
    for (const time of [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -1, "1790000000000", 1_790_000_000_000n, new Date(NOW)]) {
        const { model, input } = shelf.example("apixo");
        refused(() => Machine.prepare(contract, { model, input, entropy: new Uint8Array(32), now: time }), "UNSUPPORTED");
        refused(() => Machine.ask(contract, "task_1", { model, now: time }), "UNSUPPORTED");
        refused(() => scene.machine.step({ kind: "timeout" }, time, scene.pacer), "UNSUPPORTED");
        refused(() => scene.pacer.hold(contract, contract.baseUrl, "default", time), "UNSUPPORTED");
        refused(() => sansio.readAccount(contract, "account", { status: 200, headers: {}, body: { text: "{}" }, end: "whole" }, time), "UNSUPPORTED");
    }
    assert.equal(scene.machine.recordJson(), before);
});

test("a resumed machine has the settings that it is resumed with", () => {
    const scene = prepared("apixo", { holder: "one" });
    const [record, request] = [{ ...scene.machine.record(), version: 1 }, scene.machine.requestBlob()];
    for (const holder of ["one", "other"]) {
        const machine = Machine.resume(shelf.contract("apixo"), record, request, { holder });
        const [save] = machine.step({ kind: "timeout" }, NOW, new Pacer());
        assert.equal(save.record.lease.holder, holder);
    }
});

test("a record is resumed as an object as it is as text", () => {
    const { machine } = prepared("apixo");
    // What is stored has a version.
    const record = { ...machine.record(), version: 1 };
    const again = Machine.resume(shelf.contract("apixo"), record, machine.requestBlob());
    assert.deepEqual(again.record(), record);
    assert.equal(Machine.resume(shelf.contract("apixo"), again.recordJson(), machine.requestBlob()).recordJson(), again.recordJson());
    refused(() => Machine.resume(shelf.contract("apixo"), { ...record, version: Number.NaN }, machine.requestBlob()), "STORE_ERROR");
});

test("an answer that is no UTF-8 is taken as its bytes, in both forms: no task id is made up of it", () => {
    const broken = Uint8Array.from([...new TextEncoder().encode('{"taskId":"a1'), 0xff, ...new TextEncoder().encode('"}')]);
    assert.deepEqual(Object.keys(wireOf(broken)), ["base64"]);
    const records = [broken, wireOf(broken)].map((body) => {
        const scene = prepared("aivideomaker");
        scene.timeout();
        scene.respond({ status: 200, body });
        return scene.machine.record();
    });
    assert.deepEqual(records[0], records[1]);
    assert.equal(records[0].taskId, null);
    assert.equal(records[0].maybeSent, true);
    assert.deepEqual(sansio.bytesOf(wireOf(broken)), broken);
});

test("an answer without a body has an empty one", () => {
    const [record, ...others] = [{}, { body: undefined }, { body: { text: "" } }, { body: new Uint8Array() }].map((body) => {
        const scene = prepared("aivideomaker");
        scene.timeout();
        const response = { status: 500, headers: {}, end: "whole", ...body };
        scene.step({ kind: "response", request: scene.sent.id, response });
        return scene.machine.recordJson();
    });
    for (const other of others) assert.equal(other, record);
});

test("text is the same as bytes, with the white space around it and the mark before it", () => {
    for (const text of ["", " a ", "\ufeff{}\r\n", "\u{1f305}\0"]) assert.deepEqual(wireOf(sansio.bytesOf({ text })), { text });
});

test("a payload that JSON cannot hold is refused as a payload, with the path to each fault", () => {
    const { model, input } = shelf.example("apixo");
    const faulty = { ...input, seed: Number.NaN, more: [undefined, 1n] };
    for (
        const check of [
            () => sansio.validate(shelf.contract("apixo"), { model, input: faulty }),
            () => Machine.prepare(shelf.contract("apixo"), { model, input: faulty, entropy: new Uint8Array(32), now: NOW }),
        ]
    ) {
        assert.throws(check, (error) => {
            assert.equal(error.code, "INVALID_PAYLOAD");
            assert.deepEqual(error.violations.map(({ path }) => path), ["/seed", "/more/0", "/more/1"]);
            return true;
        });
    }
});

test("the shortest interval bounds a poll schedule", () => {
    const schedule = { firstMs: 10n, everyMs: 10n, factorPct: 100n, capMs: 10n };
    assert.ok(sansio.nextPoll(0n, 1n, schedule) < 60_000n);
    assert.ok(sansio.nextPoll(0n, 1n, { ...schedule, minIntervalMs: 60_000n }) >= 60_000n);
});

test("machines share a pacer, and what one of them gives back is the next one's", () => {
    const pacer = new Pacer();
    const due = () => {
        const { machine } = prepared("contracts/replicate.json");
        machine.step({ kind: "timeout" }, NOW, pacer);
        return machine;
    };
    // The contract's allowance: so many submits at once, then one after the other.
    let waiting = due();
    for (let sent = 1; waiting.record().phase === "submitting"; sent++, waiting = due()) assert.ok(sent < 10_000, "the pacer holds nobody back");
    const slot = waiting.pollTimeout();
    assert.ok(slot > NOW);
    assert.ok(due().pollTimeout() > slot, "the slot is taken");
    waiting.release(pacer);
    assert.equal(due().pollTimeout(), slot);
});

test("a contract is the same from a text, from bytes and from its value", () => {
    for (const path of shelf.storedContracts) {
        const text = texts()[path];
        const loaded = [text, new TextEncoder().encode(text), JSON.parse(text)].map((source) => Contract.load(source).toJson());
        assert.equal(new Set(loaded).size, 1, path);
        assert.equal(Contract.of(ROOT + path).toJson(), loaded[0]);
    }
});

test("a call about the account goes to the base that is named", () => {
    const contract = shelf.contract("apixo");
    assert.equal(sansio.accountRequest(contract, "account").url.startsWith(`${contract.baseUrl}/`), true);
    assert.equal(sansio.accountRequest(contract, "account", "http://127.0.0.1:1/p").url.startsWith("http://127.0.0.1:1/p/"), true);
});

test("what the account's pause is can be asked, and a claim of a key keeps to it", () => {
    const contract = shelf.contract("apixo");
    const pacer = new Pacer();
    pacer.hold(contract, contract.baseUrl, "default", NOW + 60_000);
    assert.equal(pacer.heldUntil(contract, contract.baseUrl, "default"), NOW + 60_000);
    assert.equal(pacer.heldUntil(contract, contract.baseUrl, "another"), 0);
    const { entropy, generation, now, options, stored } = shelf.cases("keys").find((each) => each.name === "refused with NETWORK_ERROR");
    const { machine } = Scene.prepared(contract, generation, { entropy, now, options });
    const use = (held) => machine.keyUse(stored, { ...generation, ...options, held, now });
    assert.equal(use(0).use, "free");
    assert.equal(use(now).use, "free", "a pause that is over");
    assert.deepEqual([use(now + 1).use, use(now + 1).reply.retryAfter], ["wait", 1]);
});

test("a claim of a key that is faulty is refused, and changes nothing", () => {
    const { contract, entropy, generation, now, options, stored } = shelf.cases("keys").find((each) => each.name === "a task that is waiting");
    const { machine } = Scene.prepared(shelf.contract(contract), generation, { entropy, now, options });
    const before = machine.recordJson();
    const claim = { ...generation, ...options, held: 0, now };
    for (const time of [undefined, null, Number.NaN, -1, "0"]) {
        refused(() => machine.keyUse(stored, { ...claim, held: time }), "UNSUPPORTED");
        refused(() => machine.keyUse(stored, { ...claim, now: time }), "UNSUPPORTED");
    }
    refused(() => machine.keyUse(stored, { ...claim, model: 5 }), "UNSUPPORTED");
    refused(() => machine.keyUse(stored, { ...claim, input: { ...generation.input, seed: Number.NaN } }), "INVALID_PAYLOAD");
    for (const record of ["", "{}", { ...JSON.parse(stored), version: Number.NaN }]) refused(() => machine.keyUse(record, claim), "STORE_ERROR");
    assert.equal(machine.recordJson(), before);
    assert.deepEqual(machine.keyUse(stored, claim), { use: "same" });
});

test("the table of replies has no row for words that are none", () => {
    assert.equal(sansio.outcome("never heard of", "waiting"), null);
    assert.equal(sansio.outcome("snapshot", "never heard of"), null);
});

test("the table of advice has no cell for words that are none", () => {
    assert.ok(sansio.advice("submit", null, "CANCELLED", "none").length > 0);
    for (
        const words of [
            ["beg", null, "CANCELLED", "none"],
            ["submit", "asleep", "CANCELLED", "none"],
            ["submit", "", "CANCELLED", "none"],
            ["submit", null, "OOPS", "none"],
            ["submit", "waiting", "CANCELLED", "free"],
        ]
    ) assert.equal(sansio.advice(...words), null, words.join());
    for (const wrong of [undefined, 5, {}]) refused(() => sansio.advice("submit", wrong, "CANCELLED", "none"), "UNSUPPORTED");
});
