//! The SQL of callbacks and notices, one function for each method of the store. Each is one statement, or runs within the writer's transaction.

use super::error::Fault;
use super::queries::{self, RECORD, Stored, integer, number};
use super::{DeliveryFilter, DeliveryOutcome, NoticeFilter, Saved, StoredDelivery};
use gentask_core::store::MOST_ORPHANS;
use gentask_core::{TaskRecord, UnixMillis};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params, params_from_iter};

/// The columns of a delivery.
const DELIVERY: &str = "provider, account, dedupe, received_at, expires_at, verified, outcome, intent_id, task_id, body";

/// What becomes of an orphan that has found its task.
const FOUND: &str = "DO UPDATE SET received_at = excluded.received_at, expires_at = excluded.expires_at, verified = excluded.verified, \
    outcome = excluded.outcome, intent_id = excluded.intent_id, task_id = excluded.task_id WHERE gentask_delivery.outcome = 'orphan'";

pub(super) fn remember(db: &Connection, delivery: &StoredDelivery) -> Result<bool, Fault> {
    let is_new = write(db, delivery, "DO NOTHING")?;
    if is_new && delivery.outcome == DeliveryOutcome::Orphan {
        make_room(db, delivery)?;
    }
    Ok(is_new)
}

/// Deletes the oldest orphans beyond those that an account may have.
fn make_room(db: &Connection, newest: &StoredDelivery) -> Result<(), Fault> {
    let sql = "DELETE FROM gentask_delivery WHERE rowid IN (SELECT rowid FROM gentask_delivery WHERE provider = ?1 AND account = ?2 \
               AND outcome = 'orphan' ORDER BY received_at DESC, rowid DESC LIMIT -1 OFFSET ?3)";
    let most = i64::try_from(MOST_ORPHANS).unwrap_or(i64::MAX);
    db.prepare_cached(sql)?.execute(params![newest.provider, newest.account, most])?;
    Ok(())
}

fn write(db: &Connection, delivery: &StoredDelivery, on_conflict: &str) -> Result<bool, Fault> {
    db.prepare_cached("DELETE FROM gentask_delivery WHERE expires_at <= ?1")?.execute([integer(delivery.received_at)])?;
    let sql = format!("INSERT INTO gentask_delivery({DELIVERY}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT {on_conflict}");
    let changed = db.prepare_cached(&sql)?.execute(params![
        delivery.provider,
        delivery.account,
        delivery.dedupe,
        integer(delivery.received_at),
        integer(delivery.expires_at),
        delivery.verified,
        delivery.outcome.as_str(),
        delivery.intent_id,
        delivery.task_id,
        delivery.body,
    ])?;
    Ok(changed > 0)
}

pub(super) fn deliveries(db: &Connection, filter: &DeliveryFilter) -> Result<Vec<StoredDelivery>, Fault> {
    let mut condition = "TRUE".to_owned();
    let mut values = Vec::new();
    let texts = [
        (" AND provider = ?", &filter.provider),
        (" AND account = ?", &filter.account),
        (" AND dedupe = ?", &filter.dedupe),
        (" AND intent_id = ?", &filter.intent_id),
        (" AND task_id = ?", &filter.task_id),
    ];
    for (text, value) in texts {
        if let Some(value) = value {
            condition.push_str(text);
            values.push(Sql::from(value.clone()));
        }
    }
    if let Some(outcome) = filter.outcome {
        // A fixed word, never input; spelled out for the index of orphans.
        condition.push_str(" AND outcome = '");
        condition.push_str(outcome.as_str());
        condition.push('\'');
    }
    if let Some(time) = filter.kept_at {
        condition.push_str(" AND expires_at > ?");
        values.push(Sql::from(integer(time)));
    }
    values.push(Sql::from(filter.limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1)));
    let sql = format!("SELECT {DELIVERY} FROM gentask_delivery WHERE {condition} ORDER BY received_at DESC, dedupe LIMIT ?");
    let mut select = db.prepare_cached(&sql)?;
    let rows = select.query_map(params_from_iter(values), delivery)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<StoredDelivery> {
    Ok(StoredDelivery {
        provider: row.get(0)?,
        account: row.get(1)?,
        dedupe: row.get(2)?,
        received_at: number(row.get(3)?),
        expires_at: number(row.get(4)?),
        verified: row.get(5)?,
        // The column holds no other word.
        outcome: DeliveryOutcome::from_word(row.get_ref(6)?.as_str()?).unwrap_or(DeliveryOutcome::Poke),
        intent_id: row.get(7)?,
        task_id: row.get(8)?,
        body: row.get(9)?,
    })
}

/// Notes that a task has ended, once.
pub(super) fn notice(db: &Connection, record: &TaskRecord) -> Result<(), Fault> {
    let sql = "INSERT INTO gentask_notice(intent_id, created_at) VALUES(?1, ?2) ON CONFLICT DO NOTHING";
    db.prepare_cached(sql)?.execute(params![record.intent_id(), integer(record.at().updated)])?;
    Ok(())
}

pub(super) fn notices(db: &Connection, filter: &NoticeFilter) -> Result<Vec<TaskRecord>, Fault> {
    let mut condition = "delivered_at IS NULL".to_owned();
    let mut values = Vec::new();
    for (text, value) in [(" AND provider = ?", &filter.provider), (" AND account = ?", &filter.account)] {
        if let Some(value) = value {
            condition.push_str(text);
            values.push(Sql::from(value.clone()));
        }
    }
    let columns = RECORD.replace("created_at", "gentask_task.created_at");
    let sql = format!(
        "SELECT {columns} FROM gentask_notice JOIN gentask_task USING(intent_id) WHERE {condition} \
         ORDER BY gentask_notice.created_at, intent_id"
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while found.len() < filter.limit.unwrap_or(usize::MAX)
        && let Some(row) = rows.next()?
    {
        // A damaged record has its own alarm: it must not keep the others' notices back.
        found.extend(Stored::read(row)?.record.ok());
    }
    Ok(found)
}

pub(super) fn acknowledge(db: &Connection, intent_id: &str, at: UnixMillis) -> Result<bool, Fault> {
    let sql = "UPDATE gentask_notice SET delivered_at = ?2 WHERE intent_id = ?1 AND delivered_at IS NULL";
    Ok(db.prepare_cached(sql)?.execute(params![intent_id, integer(at)])? > 0)
}

/// A record with what belongs to it.
pub(super) fn save_with(
    db: &Connection,
    record: &TaskRecord,
    text: &str,
    blobs: &[gentask_core::Blob],
    expected: u64,
    beside: &super::Beside,
) -> Result<Saved, Fault> {
    // A conflict rolls nothing back by itself, so what may conflict is looked at first.
    if let Some(delivery) = &beside.delivery {
        let known = DeliveryFilter {
            dedupe: Some(delivery.dedupe.clone()),
            ..DeliveryFilter::kept(&delivery.provider, &delivery.account, delivery.received_at)
        };
        if deliveries(db, &known)?.iter().any(|known| known.outcome != DeliveryOutcome::Orphan) {
            return Ok(Saved::Conflict);
        }
    }
    let saved = queries::save(db, record, text, blobs, expected)?;
    if saved == Saved::Done {
        if let Some(delivery) = &beside.delivery {
            write(db, delivery, FOUND)?;
        }
        if beside.notice {
            notice(db, record)?;
        }
        // History is for people: where it cannot be written, the record is stored all the same.
        if let Err(fault) = queries::append_events(db, record.intent_id(), &beside.events)
            && db.is_autocommit()
        {
            return Err(fault);
        }
    }
    Ok(saved)
}
