// A host of calls: its store is three maps, its provider answers as APIXO does, and its clock jumps. It keeps no rule of its own.

import { Client } from "gentask/sansio";

export const START = 1_790_000_000_000;
export const ORDER = { model: "nano-banana", input: { mode: "text-to-image", prompt: "a sunset" }, key: "order-42" };

const PENDING = '{"data": {"state": "processing"}}';
const DONE = '{"data": {"state": "success", "resultJson": "{\\"resultUrls\\":[\\"https://cdn.example/a.png\\"]}"}}';

export class Host {
    now = START;
    records = new Map();
    blobs = new Map();
    values = new Map();
    /** Every effect that was asked for. */
    asked = [];
    /** The requests that left, each with its body. */
    sent = [];
    told = [];
    /** Whether its store gives the oldest first, whatever it is asked for. */
    isDeaf = false;

    /** A client of a process of its own. */
    static client(contract, holder = "one") {
        return new Client(contract, { holder, listens: true });
    }

    /** Runs a call to its end. `dies` says at which effect the process does, before or after it was performed. */
    run(call, dies = () => undefined) {
        let answer;
        for (;;) {
            const next = call.next(this.now, answer);
            if (!("effect" in next)) return next;
            this.asked.push(next.effect);
            const death = dies(next.effect, this.asked.length - 1);
            if (death === "before") return { died: next.effect };
            answer = { number: next.number, ...this.perform(next.effect) };
            if (death === "after") return { died: next.effect };
        }
    }

    /** What a call brings, or what it throws. */
    brings(call) {
        const end = this.run(call);
        if ("failed" in end) throw end.failed;
        return end.done;
    }

    perform(effect) {
        switch (effect.kind) {
            case "ready":
                return { kind: "ready" };
            case "load":
                return { kind: "record", record: this.records.get(effect.intentId) ?? null };
            case "find":
                return { kind: "records", records: this.#sorted((record) => matches(effect.by, record)) };
            case "list": {
                const { createdFrom = 0, newestFirst, phases } = effect.filter;
                const jsons = this.#sorted(({ at, phase }) => at.created >= createdFrom && (phases === undefined || phases.includes(phase)));
                if (newestFirst && !this.isDeaf) jsons.reverse();
                return { kind: "listing", tasks: jsons.map((json) => ({ intentId: JSON.parse(json).intentId, json })), next: null };
            }
            case "blob":
                return { kind: "bytes", bytes: this.blobs.get(`${effect.intentId} ${effect.name}`) ?? null };
            case "meta":
                return { kind: "value", value: this.values.get(effect.name) ?? null };
            case "setMeta": {
                const stands = this.values.get(effect.name);
                const value = effect.rule === "ifAbsent"
                    ? stands ?? effect.value
                    : effect.rule === "raise"
                    ? String(Math.max(Number(stands ?? 0), Number(effect.value)))
                    : effect.value;
                this.values.set(effect.name, value);
                return { kind: "value", value };
            }
            case "save":
                return { kind: this.#save(effect) };
            case "delete":
                return { kind: "deleted", count: effect.intentIds.filter((intentId) => this.records.delete(intentId)).length };
            case "send":
                this.sent.push(effect.request);
                return { kind: "response", response: { status: 200, headers: {}, body: this.#body(effect.request), end: "whole" } };
            case "sleep":
                this.now = Math.max(this.now, effect.until);
                return { kind: "due" };
            case "probe":
                return { kind: "gone", isGone: false };
            case "tell":
                this.told.push(effect);
                return { kind: "told" };
        }
        throw new Error(`no host performs ${effect.kind}`);
    }

    #save({ blobs, expectedVersion, json, record }) {
        const before = this.records.get(record.intentId);
        const version = before === undefined ? 0 : JSON.parse(before).version;
        const { account, callerKey: key, intentId, owner, provider } = record;
        const other = this.#sorted((one) => key !== null && one.intentId !== intentId && matches({ provider, account, owner, key }, one));
        if (version !== expectedVersion || other.length > 0) return "conflict";
        this.records.set(intentId, json);
        for (const { bytes, name } of blobs) {
            if (bytes === null) this.blobs.delete(`${intentId} ${name}`);
            else this.blobs.set(`${intentId} ${name}`, bytes);
        }
        return "saved";
    }

    #sorted(wanted) {
        const records = [...this.records.values()].map((json) => [JSON.parse(json), json]);
        return records.filter(([record]) => wanted(record)).sort(([one], [other]) => one.at.created - other.at.created).map(([, json]) => json);
    }

    #body({ operation }) {
        const polls = this.sent.filter((request) => request.operation === "status").length;
        const text = operation === "submit" ? '{"code": 200, "data": {"taskId": "task_1"}}' : polls < 2 ? PENDING : DONE;
        return new TextEncoder().encode(text);
    }

    get posts() {
        return this.sent.filter(({ operation }) => operation === "submit").length;
    }
}

function matches(by, record) {
    if (record.provider !== by.provider) return false;
    if ("taskId" in by) return record.taskId === by.taskId;
    return record.account === by.account && (record.owner ?? null) === (by.owner ?? null) && record.callerKey === by.key;
}
