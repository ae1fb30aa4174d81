// The tables and the statements of every store that is SQL underneath. The file of one is the same in all languages.
//
// Statements have plain `?` only, no booleans are bound, and changes are counted by RETURNING: that much every host agrees on.

import { type Awaitable, type Cursor, type StoredDelivery, type StoreFilter, type TaskStore, TERMINAL_PHASES } from "../store.js";
import type { TaskEvent } from "../types.js";
import { recordFault } from "./fault.js";
import { checkVersion } from "./rules.js";
import { sqlInbox } from "./sql-inbox.js";

/** A database, as little of it as is used. */
export interface Sql {
    /** The store, as messages begin with it. */
    readonly store: string;
    /** Runs one statement and returns all of its rows. Whatever it throws is a `StoreFault`. */
    all(sql: string, ...values: Value[]): Row[];
    /**
     * Runs the work as a whole or not at all, now or soon, in the order of the calls; it may run more than once, and only the last run counts.
     * `isFenced`: whether what it writes must survive a loss of power before the answer comes.
     */
    write<T>(work: () => T, isFenced?: boolean): Awaitable<T>;
}

/** What is bound to a statement. */
export type Value = string | number | Uint8Array | null;

/** A row by its columns' names. Integers may be of either kind, bytes may be a bare buffer. */
export type Row = Record<string, unknown>;

/** The phases of a task that has not ended, as the index of those tasks names them: a query finds it by the same words. */
const OPEN = "'prepared','submitting','waiting','fetching','cancelling','unresolved'";

/** Every table and index, each made only where it is missing. Tasks and blobs have a rowid, for their rows are wide; those of earlier files have none. */
export const SCHEMA: readonly string[] = [
    `TABLE IF NOT EXISTS gentask_task(intent_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL CHECK(version>=1), provider TEXT NOT NULL, account TEXT NOT NULL,
  model TEXT NOT NULL, caller_key TEXT, owner TEXT, task_id TEXT, phase TEXT NOT NULL, due_at INTEGER, lease_until INTEGER,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, record TEXT NOT NULL CHECK(json_valid(record))) STRICT`,
    "UNIQUE INDEX IF NOT EXISTS gentask_task_key ON gentask_task(provider,account,coalesce(owner,''),caller_key) WHERE caller_key IS NOT NULL",
    "INDEX IF NOT EXISTS gentask_task_remote ON gentask_task(provider,task_id) WHERE task_id IS NOT NULL",
    "INDEX IF NOT EXISTS gentask_task_due ON gentask_task(due_at) WHERE due_at IS NOT NULL",
    "INDEX IF NOT EXISTS gentask_task_owner ON gentask_task(owner,created_at) WHERE owner IS NOT NULL",
    "INDEX IF NOT EXISTS gentask_task_created ON gentask_task(created_at,intent_id)",
    `INDEX IF NOT EXISTS gentask_task_open ON gentask_task(created_at,intent_id) WHERE phase IN (${OPEN})`,
    `TABLE IF NOT EXISTS gentask_blob(intent_id TEXT NOT NULL REFERENCES gentask_task(intent_id) ON DELETE CASCADE, name TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY(intent_id,name,part)) STRICT`,
    "TABLE IF NOT EXISTS gentask_event(id INTEGER PRIMARY KEY, intent_id TEXT NOT NULL REFERENCES gentask_task(intent_id) ON DELETE CASCADE, at INTEGER NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL) STRICT",
    "INDEX IF NOT EXISTS gentask_event_intent ON gentask_event(intent_id,id)",
    `TABLE IF NOT EXISTS gentask_delivery(provider TEXT NOT NULL, account TEXT NOT NULL, dedupe TEXT NOT NULL, received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, verified INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN('applied','poke','orphan','conflict')), intent_id TEXT, task_id TEXT, body BLOB NOT NULL, PRIMARY KEY(provider,account,dedupe)) STRICT`,
    "INDEX IF NOT EXISTS gentask_delivery_expiry ON gentask_delivery(expires_at)",
    "INDEX IF NOT EXISTS gentask_delivery_orphan ON gentask_delivery(provider,task_id) WHERE outcome='orphan'",
    "TABLE IF NOT EXISTS gentask_notice(intent_id TEXT NOT NULL PRIMARY KEY REFERENCES gentask_task(intent_id) ON DELETE CASCADE, created_at INTEGER NOT NULL, delivered_at INTEGER) STRICT, WITHOUT ROWID",
    "INDEX IF NOT EXISTS gentask_notice_open ON gentask_notice(created_at) WHERE delivered_at IS NULL",
    "TABLE IF NOT EXISTS gentask_meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
].map((what) => `CREATE ${what}`);

/** Gives the tables of an earlier version what they lack now. Costs a look where nothing is to be done. */
export function renew(all: (sql: string) => Row[], transaction: (work: () => void) => void): void {
    const old = (): string[] =>
        OUTGROWN.filter(([name, lacks]) => all(`${OLD} '${name}' AND instr(sql, '${lacks}') = 0`).length > 0).map(([, , drop]) => drop);
    if (old().length === 0) return;
    transaction(() => {
        // Another process may have been quicker.
        [...old(), ...SCHEMA].forEach((sql) => all(sql));
    });
}

const OLD = "SELECT 1 FROM sqlite_schema WHERE name =";

/** What an earlier version made, what it lacks, and how it goes. */
const OUTGROWN: readonly (readonly [name: string, lacks: string, drop: string])[] = [
    // A key belonged to no owner.
    ["gentask_task_key", "coalesce", "DROP INDEX gentask_task_key"],
    // Tasks were found by their phases alone.
    ["gentask_task_phase", "-", "DROP INDEX gentask_task_phase"],
    // Callbacks had no account; none was ever stored.
    ["gentask_delivery", "account", "DROP TABLE gentask_delivery"],
];

/** A store in a database that has the tables. What is handed to a write may be changed as soon as the call returns. */
export function sqlStore(db: Sql) {
    const meta = (name: string): string | null => {
        const [row] = db.all("SELECT value FROM gentask_meta WHERE name = ?", name);
        return row ? (row["value"] as string) : null;
    };
    const inbox = sqlInbox(db);

    return {
        load(intentId) {
            const [row] = db.all(`${SELECT} intent_id = ?`, intentId);
            return row ? read(db, row) : null;
        },

        find(by) {
            const rows = "key" in by
                ? db.all(`${SELECT} ${KEYED} ${ORDER}`, by.provider, by.account, by.owner ?? "", by.key)
                : db.all(`${SELECT} provider = ? AND task_id = ? ${ORDER}`, by.provider, by.taskId);
            return rows.map((row) => read(db, row));
        },

        save(change) {
            const { expectedVersion, record } = change;
            const { at, intentId, version } = record;
            const values: Value[] = [
                version,
                record.phase,
                record.due?.at ?? null,
                record.lease?.until ?? null,
                at.updated,
                change.json,
                record.taskId,
                record.callerKey,
                record.owner,
                record.provider,
                record.account,
                record.model,
                at.created,
                intentId,
            ];
            const blobs = change.blobs.map(({ bytes, name }) => ({ name, bytes: bytes && bytes.slice() }));
            const delivery = change.delivery ? copy(change.delivery) : undefined;
            const end = change.isEnd === true ? at.updated : undefined;
            const events = (change.events ?? []).map(eventOf);
            return db.write(() => {
                checkVersion(version, expectedVersion);
                // A conflict rolls nothing back by itself, so what may conflict is asked first.
                if (delivery && inbox.isTaken(delivery)) return "conflict";
                const isSaved = expectedVersion === 0
                    ? db.all(INSERT, ...values).length > 0
                    : [UPDATE, UPDATE_ALL].some((sql) => db.all(sql, ...values, expectedVersion).length > 0);
                if (!isSaved) return "conflict";
                for (const { bytes, name } of blobs) saveBlob(db, intentId, name, bytes);
                if (delivery) inbox.deliver(delivery);
                if (end !== undefined) db.all(NOTICE, intentId, end);
                try {
                    append(db, intentId, events);
                } catch {
                    // History is for people: where it cannot be written, the record is stored all the same.
                }
                return "done";
            }, change.fence || delivery !== undefined || end !== undefined);
        },

        list(filter) {
            const { limit, after, newestFirst } = filter;
            const [condition, values] = conditions(filter);
            // One more than asked for tells whether there is another page.
            const rows = db.all(
                `${SELECT} ${condition} ${newestFirst === true ? NEWEST : ORDER} LIMIT ?`,
                ...values,
                limit === undefined ? -1 : limit + 1,
            );
            const tasks = rows.slice(0, limit);
            const last = tasks.at(-1);
            return {
                tasks: tasks.map((row) => ({ intentId: row["intent_id"] as string, json: row["record"] as string })),
                next: tasks.length === rows.length ? null : last ? place(last) : after ?? null,
            };
        },

        blob(intentId, name): Uint8Array | null {
            const rows = db.all("SELECT part, bytes FROM gentask_blob WHERE intent_id = ? AND name = ? ORDER BY part", intentId, name);
            const parts = rows.map((row, index) => {
                if (Number(row["part"]) !== index) {
                    throw recordFault(db.store, intentId, `part ${index} of its blob \`${name}\` is missing`);
                }
                return new Uint8Array(row["bytes"] as Uint8Array<ArrayBuffer>);
            });
            return parts.length > 1 ? joined(parts) : parts[0] ?? null;
        },

        meta,

        setMeta(name, value, onlyIfAbsent) {
            return db.write(() => {
                const otherwise = onlyIfAbsent ? "NOTHING" : "UPDATE SET value = excluded.value";
                db.all(`INSERT INTO gentask_meta(name, value) VALUES(?, ?) ON CONFLICT DO ${otherwise}`, name, value);
                return meta(name) as string;
            });
        },

        raiseMeta(name, value) {
            return db.write(() => Number(db.all(RAISE, name, String(value))[0]?.["value"]));
        },

        remember(delivery) {
            const own = copy(delivery);
            return db.write(() => inbox.remember(own));
        },

        deliveries: inbox.list,

        notices({ account, limit = -1, provider }) {
            const [condition, values] = conditions({ account, provider });
            // A damaged record has its own alarm: it must not keep the others' notices back.
            return db.all(`${NOTICES} ${condition} ${OLDEST_END}`, ...values, limit).flatMap((row) => {
                try {
                    return [read(db, row)];
                } catch {
                    return [];
                }
            });
        },

        acknowledge: (intentId, at) => db.write(() => db.all(ACKNOWLEDGE, at, intentId).length > 0),

        savesHistory: true,

        appendEvents(intentId, events) {
            const own = events.map(eventOf);
            return db.write(() => append(db, intentId, own));
        },

        events(intentId) {
            const rows = db.all("SELECT at, kind, data FROM gentask_event WHERE intent_id = ? ORDER BY id", intentId);
            return rows.map((row) => ({ at: Number(row["at"]), kind: row["kind"] as string, data: details(row["data"] as string) }));
        },

        delete(intentIds) {
            const sql = `DELETE FROM gentask_task WHERE intent_id = ? AND phase IN (${marks(TERMINAL_PHASES)}) AND NOT (${CONFLICTING}) RETURNING 1`;
            const own = [...intentIds];
            return db.write(() => own.filter((intentId) => db.all(sql, intentId, ...TERMINAL_PHASES).length).length);
        },
    } satisfies TaskStore;
}

function place(row: Row): Cursor {
    return { created: Number(row["created_at"]), intentId: row["intent_id"] as string };
}

const SELECT = "SELECT intent_id, version, created_at, record FROM gentask_task WHERE";

const KEYED = "provider = ? AND account = ? AND coalesce(owner, '') = ? AND caller_key = ?";

const ORDER = "ORDER BY created_at, intent_id";
const NEWEST = "ORDER BY created_at DESC, intent_id DESC";

/** What most saves change: an index is written anew only where a column of it is named in the change. */
const CHANGING = "version, phase, due_at, lease_until, updated_at, record";
const LASTING = "task_id, caller_key, owner, provider, account, model, created_at";

const INSERT = `INSERT INTO gentask_task(${CHANGING}, ${LASTING}, intent_id) VALUES(?${", ?".repeat(13)}) ON CONFLICT DO NOTHING RETURNING 1`;

const UPDATE = `UPDATE gentask_task SET (${CHANGING}) = (?${", ?".repeat(5)}) WHERE (${LASTING}) IS (?${", ?".repeat(6)})
  AND intent_id = ? AND version = ? RETURNING 1`;

const UPDATE_ALL = `UPDATE OR IGNORE gentask_task SET (${CHANGING}, ${LASTING}) = (?${
    ", ?".repeat(12)
}) WHERE intent_id = ? AND version = ? RETURNING 1`;

const RAISE = `INSERT INTO gentask_meta(name, value) VALUES(?, ?)
  ON CONFLICT DO UPDATE SET value = CAST(max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER)) AS TEXT) RETURNING value`;

const NOTICE = "INSERT INTO gentask_notice(intent_id, created_at) VALUES(?, ?) ON CONFLICT DO NOTHING";

const NOTICES = `SELECT intent_id, version, gentask_task.created_at, record FROM gentask_notice AS notice JOIN gentask_task USING(intent_id)
  WHERE delivered_at IS NULL AND`;

const OLDEST_END = "ORDER BY notice.created_at, intent_id LIMIT ?";

const ACKNOWLEDGE = "UPDATE gentask_notice SET delivered_at = ? WHERE intent_id = ? AND delivered_at IS NULL RETURNING 1";

const APPEND = "INSERT INTO gentask_event(intent_id, at, kind, data) SELECT intent_id, ?, ?, ? FROM gentask_task WHERE intent_id = ?";

/** An event as it is bound to a statement. */
function eventOf({ at, data, kind }: TaskEvent): Value[] {
    return [at, kind, JSON.stringify(data)];
}

function append(db: Sql, intentId: string, events: readonly Value[][]): void {
    for (const event of events) db.all(APPEND, ...event, intentId);
}

function copy(delivery: StoredDelivery): StoredDelivery {
    return { ...delivery, body: delivery.body.slice() };
}

/** How many bytes of a blob stand in one row, so that none comes near the limits of a runtime. */
const PART = 1024 * 1024;

function saveBlob(db: Sql, intentId: string, name: string, bytes: Uint8Array | null): void {
    db.all("DELETE FROM gentask_blob WHERE intent_id = ? AND name = ?", intentId, name);
    // No bytes are one empty part: it is stored, and not the same as no blob.
    for (let part = 0; bytes && (part === 0 || part * PART < bytes.length); part++) {
        const some = bytes.subarray(part * PART, (part + 1) * PART);
        // Some hosts bind no bytes as NULL.
        db.all("INSERT INTO gentask_blob(intent_id, name, part, bytes) VALUES(?, ?, ?, ifnull(?, x''))", intentId, name, part, some);
    }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

/** The text of a record, held against the columns beside it, which only copy it. What is no record at all is for the core to say. */
function read(db: Sql, row: Row): string {
    const json = row["record"] as string;
    const intentId = row["intent_id"] as string;
    const version = Number(row["version"]);
    const record = details(json) as { intentId?: unknown; version?: unknown } | null;
    if (typeof record?.intentId === "string" && record.intentId !== intentId) {
        throw recordFault(db.store, intentId, `it names another intent, ${record.intentId}`);
    }
    if (typeof record?.version === "number" && record.version !== version) {
        throw recordFault(db.store, intentId, `its version is ${record.version}, and ${version} in the column beside it`);
    }
    return json;
}

/** What a text says as JSON. What is not JSON is handed on as it is: in a history, people read it. */
function details(text: string): TaskEvent["data"] {
    try {
        return JSON.parse(text);
    } catch {
        return text as never;
    }
}

/** The filter without its limit. */
function conditions(filter: StoreFilter): [string, Value[]] {
    const { phases, after } = filter;
    const isOpen = phases?.map((phase) => `'${phase}'`).join() === OPEN;
    const ofPhases = `phase IN (${isOpen ? OPEN : marks(phases ?? [])})`;
    const all: [string, readonly Value[] | undefined][] = [
        ["provider = ?", given(filter.provider)],
        ["account = ?", given(filter.account)],
        ["owner = ?", given(filter.owner)],
        ["due_at < ?", given(filter.dueBefore)],
        ["created_at >= ?", given(filter.createdFrom)],
        ["created_at < ?", given(filter.createdBefore)],
        [filter.orConflicting === true ? `(${ofPhases} OR ${CONFLICTING})` : ofPhases, isOpen ? [] : phases],
        [`(created_at, intent_id) ${filter.newestFirst === true ? "<" : ">"} (?, ?)`, after && [after.created, after.intentId]],
    ];
    const set = all.filter(([, values]) => values);
    return [["TRUE", ...set.map(([condition]) => condition)].join(" AND "), set.flatMap(([, values]) => values ?? [])];
}

/** What is no JSON at all is for the core to say. */
const CONFLICTING = "CASE WHEN json_valid(record) THEN json_extract(record, '$.conflict.taskId') IS NOT NULL ELSE FALSE END";

function given(value: Value | undefined): Value[] | undefined {
    return value === undefined ? undefined : [value];
}

function marks(values: readonly unknown[]): string {
    return values.map(() => "?").join(", ");
}
