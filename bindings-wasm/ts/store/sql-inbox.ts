// The callbacks of a store that is SQL underneath. Each method is one statement or two, within the transaction of whoever calls it.

import type { DeliveryFilter, StoredDelivery } from "../store.js";
import { MOST_ORPHANS } from "./rules.js";
import type { Row, Sql, Value } from "./sql.js";

/** The callbacks in a database that has the tables. */
export function sqlInbox(db: Sql) {
    const list = ({ keptAt, limit = -1, ...filter }: DeliveryFilter): StoredDelivery[] => {
        const set = Object.entries(filter).filter(([, value]) => value !== undefined) as [keyof typeof COLUMN, string][];
        const wanted = [...set.map(([name]) => ` AND ${COLUMN[name]} = ?`), keptAt === undefined ? "" : " AND expires_at > ?"].join("");
        const values: Value[] = [...set.map(([, value]) => value), ...(keptAt === undefined ? [] : [keptAt]), limit];
        return db.all(`SELECT * FROM gentask_delivery WHERE TRUE${wanted} ORDER BY received_at DESC, dedupe LIMIT ?`, ...values).map(deliveryOf);
    };
    const keep = (delivery: StoredDelivery, otherwise: string): boolean => {
        const { account, body, dedupe, expiresAt, intentId, outcome, provider, receivedAt, taskId, verified } = delivery;
        db.all("DELETE FROM gentask_delivery WHERE expires_at <= ?", receivedAt);
        const values = [provider, account, dedupe, receivedAt, expiresAt, Number(verified), outcome, intentId, taskId, body];
        return db.all(`${DELIVER} ${otherwise} RETURNING 1`, ...values).length > 0;
    };

    return {
        list,
        /** Whether the same callback is stored already, as anything but an orphan. */
        isTaken: (delivery: StoredDelivery): boolean => list(named(delivery)).some(({ outcome }) => outcome !== "orphan"),
        /** Stores a callback where none of its name is stored yet. */
        remember(delivery: StoredDelivery): boolean {
            const isNew = keep(delivery, "NOTHING");
            if (isNew && delivery.outcome === "orphan") db.all(MAKE_ROOM, delivery.provider, delivery.account, MOST_ORPHANS);
            return isNew;
        },
        /** Stores the one that brought a change, in place of an orphan too. */
        deliver: (delivery: StoredDelivery): boolean => keep(delivery, REPLACING),
    };
}

const DELIVER = `INSERT INTO gentask_delivery(provider, account, dedupe, received_at, expires_at, verified, outcome, intent_id, task_id, body)
  VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ifnull(?, x'')) ON CONFLICT DO`;

const REPLACING = `UPDATE SET (received_at, expires_at, verified, outcome, intent_id, task_id) =
  (excluded.received_at, excluded.expires_at, excluded.verified, excluded.outcome, excluded.intent_id, excluded.task_id)
  WHERE gentask_delivery.outcome = 'orphan'`;

/** The oldest orphans go beyond those that an account may have. */
const MAKE_ROOM = `DELETE FROM gentask_delivery WHERE rowid IN (SELECT rowid FROM gentask_delivery
  WHERE provider = ? AND account = ? AND outcome = 'orphan' ORDER BY received_at DESC, rowid DESC LIMIT -1 OFFSET ?)`;

/** The columns that callbacks are searched by. */
const COLUMN = { provider: "provider", account: "account", dedupe: "dedupe", intentId: "intent_id", taskId: "task_id", outcome: "outcome" } as const;

/** Which stored callback is this one. */
function named({ account, dedupe, provider, receivedAt }: StoredDelivery): DeliveryFilter {
    return { provider, account, dedupe, keptAt: receivedAt };
}

function deliveryOf(row: Row): StoredDelivery {
    return {
        provider: row["provider"] as string,
        account: row["account"] as string,
        dedupe: row["dedupe"] as string,
        receivedAt: Number(row["received_at"]),
        expiresAt: Number(row["expires_at"]),
        verified: Number(row["verified"]) !== 0,
        outcome: row["outcome"] as StoredDelivery["outcome"],
        intentId: row["intent_id"] as string | null,
        taskId: row["task_id"] as string | null,
        body: new Uint8Array(row["body"] as Uint8Array<ArrayBuffer>),
    };
}
