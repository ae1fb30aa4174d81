// A store that forgets, lies and fails where a row says so.

import { gentask } from "../support/package.mjs";

const { memoryStore, StoreFault } = gentask;

/** RFC 7396, except that what is taken away becomes null: a record has all its members. */
export function merge(target, patch) {
    if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
    const merged = { ...(target !== null && typeof target === "object" ? target : {}) };
    for (const [name, value] of Object.entries(patch)) merged[name] = merge(merged[name], value);
    return merged;
}

/** The store of a row, which all of its processes share. */
export class ScriptedStore {
    inner = memoryStore();
    /** Everything that was ever stored, as text. */
    written = [];
    #faults = [];

    plan(faults) {
        this.#faults = faults.map((fault) => ({ on: "save", nth: 1, times: 1, ...fault }));
    }

    fault(on, phase) {
        const fault = this.#faults.find((one) => one.on === on && one.times > 0 && (one.phase === undefined || one.phase === phase));
        if (fault === undefined || --fault.nth > 0) return undefined;
        fault.times--;
        return fault;
    }

    /** Changes a stored record behind everybody's back, as a person with a database shell can. */
    edit(intentId, patch) {
        const before = JSON.parse(this.inner.load(intentId));
        const record = merge({ ...before, version: before.version + 1 }, patch);
        this.inner.save({
            record: { ...record, version: before.version + 1 },
            json: JSON.stringify(record),
            blobs: [],
            expectedVersion: before.version,
            fence: true,
        });
    }

    records() {
        return this.inner.list({}).tasks.map(({ json }) => JSON.parse(json));
    }

    newest() {
        return this.inner.list({}).tasks.at(-1)?.intentId ?? "";
    }
}

/** What one process sees of it, until it is killed. */
export class Process {
    alive = true;
    #store;

    constructor(store) {
        this.#store = store;
    }

    #fault(on, phase) {
        // What a dead process wanted to do never happens, and it learns nothing any more.
        if (!this.alive) throw new StoreFault("misuse", "this process was killed");
        const fault = this.#store.fault(on, phase);
        const kind = { locked: "locked", full: "full", io: "io", fail: "readOnly" }[fault?.fault];
        if (kind !== undefined) throw new StoreFault(kind, fault.words ?? `the store refused to ${on}, as the row says`);
        return fault?.fault;
    }

    load(intentId) {
        const fault = this.#fault("load");
        if (fault === "loseAnswer") throw lost();
        return fault === "gone" ? null : this.#store.inner.load(intentId);
    }

    find(by) {
        return this.#fault("find") === undefined ? this.#store.inner.find(by) : [];
    }

    save(change) {
        const fault = this.#fault("save", change.record.phase);
        if (fault === "conflict") return "conflict";
        this.#store.written.push(change.json, ...change.blobs.map(({ bytes }) => new TextDecoder().decode(bytes ?? new Uint8Array())));
        const saved = this.#store.inner.save(change);
        if (fault === "loseAnswer") throw lost();
        return saved;
    }

    list(filter) {
        this.#fault("list");
        return this.#store.inner.list(filter);
    }

    blob(intentId, name) {
        return this.#fault("blob") === undefined ? this.#store.inner.blob(intentId, name) : null;
    }

    meta(name) {
        this.#fault("meta");
        return this.#store.inner.meta(name);
    }

    setMeta(name, value, onlyIfAbsent) {
        this.#fault("setMeta");
        this.#store.written.push(`${name} ${value}`);
        return this.#store.inner.setMeta(name, value, onlyIfAbsent);
    }

    raiseMeta(name, value) {
        this.#fault("setMeta");
        return this.#store.inner.raiseMeta(name, value);
    }

    delete(intentIds) {
        return this.#store.inner.delete(intentIds);
    }

    appendEvents(intentId, events) {
        return this.#store.inner.appendEvents(intentId, events);
    }
}

const lost = () => new StoreFault("io", "the connection to the store broke");
