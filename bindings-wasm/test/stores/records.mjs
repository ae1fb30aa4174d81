// Records to store: made by number, and changed as the core would change them.

/** The first moment of every record here. */
export const START = 1_800_000_000_000;

/** A task that waits; `number` makes its intent id and its times. */
export function task(number, change = {}) {
    const created = START + number;
    return {
        v: 1,
        version: 1,
        intentId: intent(number),
        callerKey: null,
        owner: null,
        provider: "demo",
        contractRevision: 3,
        account: "default",
        base: "https://api.example.test/v9",
        model: "paint-2",
        kind: "video",
        vars: { app: "paint" },
        options: { region: "north" },
        request: { sha256: "ab".repeat(32), bytes: 77, contentType: "application/json" },
        idempotencyKey: null,
        callback: false,
        seed: "00000000000000ff",
        phase: "waiting",
        state: "pending",
        providerState: "QUEUED",
        progressPermille: 125,
        taskId: null,
        maybeSent: false,
        cancelRequested: false,
        attempts: { submit: 1, notSent: 0, limited: 0, polls: 2, readFailures: 0, fetches: 0, cancels: 0 },
        at: {
            created,
            firstSent: created + 5,
            lastSent: created + 5,
            accepted: created + 900,
            checked: null,
            finished: null,
            updated: created + 900,
        },
        due: { at: created + 4000, set: created + 900 },
        lease: { holder: "tests", until: created + 35_000 },
        error: null,
        result: null,
        conflict: null,
        ...change,
    };
}

export function intent(number) {
    return `7c2e4b90-1111-4222-8333-${String(number).padStart(12, "0")}`;
}

/** The record one version on. */
export function next(record, change = {}) {
    return { ...record, version: record.version + 1, ...change };
}

/** What is handed to `save` for a record, by default as its successor's first save. The text is not quite what JSON.stringify makes of it. */
export function change(record, { blobs = [], expectedVersion = record.version - 1, fence = true } = {}) {
    return { record, json: text(record), blobs, expectedVersion, fence };
}

/** The record as it is stored: a store must not write it anew. */
export function text(record) {
    return JSON.stringify(record).replace(/^\{/, '{"later":{"b": 1.0, "a":"\\u00e9é"},');
}

export function blob(name, bytes) {
    return { name, bytes: typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes };
}
