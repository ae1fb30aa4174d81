//! The SQL, one function for each method of the store. Each is one statement, or runs within the writer's transaction.

use super::error::{Fault, read_record};
use super::{Cursor, Damaged, Filter, Find, Listing, Saved, StoreErrorKind, StoredEvent};
use gentask_core::internal::to_canonical;
use gentask_core::{Blob, Phase, TaskEvent, TaskRecord, UnixMillis};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params, params_from_iter};
use serde_json::Value;

/// How many bytes of a blob stand in one row, so that none comes near the limits of a runtime.
const PART: usize = 1024 * 1024;

/// The columns that carry a record, its text last.
pub(super) const RECORD: &str = "intent_id, version, created_at, record";

const INSERT: &str = "INSERT INTO gentask_task(intent_id, version, provider, account, model, caller_key, owner, task_id, phase, due_at, \
    lease_until, created_at, updated_at, record) SELECT :intent, :version, :provider, :account, :model, :key, :owner, :task, :phase, :due, \
    :lease, :created, :updated, :record WHERE :expected = 0 ON CONFLICT DO NOTHING";

/// What most saves change: an index is written anew only where a column of it is named here.
const UPDATE: &str = "UPDATE gentask_task SET version = :version, phase = :phase, due_at = :due, lease_until = :lease, updated_at = :updated, \
    record = :record WHERE intent_id = :intent AND version = :expected AND task_id IS :task AND caller_key IS :key AND owner IS :owner \
    AND provider = :provider AND account = :account AND model = :model AND created_at = :created";

const UPDATE_ALL: &str = "UPDATE OR IGNORE gentask_task SET version = :version, provider = :provider, account = :account, model = :model, \
    caller_key = :key, owner = :owner, task_id = :task, phase = :phase, due_at = :due, lease_until = :lease, created_at = :created, \
    updated_at = :updated, record = :record WHERE intent_id = :intent AND version = :expected";

/// `record` and its text; the other columns copy it, for searches.
pub(super) fn save(db: &Connection, record: &TaskRecord, text: &str, blobs: &[Blob], expected: u64) -> Result<Saved, Fault> {
    let statements: &[&str] = if expected == 0 { &[INSERT] } else { &[UPDATE, UPDATE_ALL] };
    let values = named_params! {
        ":intent": record.intent_id(),
        ":version": integer(record.version()),
        ":provider": record.provider(),
        ":account": record.account(),
        ":model": record.model(),
        ":key": record.caller_key(),
        ":owner": record.owner(),
        ":task": record.task_id(),
        ":phase": record.phase().as_str(),
        ":due": record.due().map(|due| integer(due.at)),
        ":lease": record.lease().map(|lease| integer(lease.until)),
        ":created": integer(record.at().created),
        ":updated": integer(record.at().updated),
        ":record": text,
        ":expected": integer(expected),
    };
    let mut changed = 0;
    for sql in statements {
        if changed == 0 {
            changed = db.prepare_cached(sql)?.execute(values)?;
        }
    }
    if changed == 0 {
        return Ok(Saved::Conflict);
    }
    for blob in blobs {
        save_blob(db, record.intent_id(), blob)?;
    }
    Ok(Saved::Done)
}

fn save_blob(db: &Connection, intent_id: &str, blob: &Blob) -> Result<(), Fault> {
    db.prepare_cached("DELETE FROM gentask_blob WHERE intent_id = ?1 AND name = ?2")?.execute(params![intent_id, blob.name])?;
    let Some(bytes) = &blob.bytes else { return Ok(()) };
    let mut insert = db.prepare_cached("INSERT INTO gentask_blob(intent_id, name, part, bytes) VALUES(?1, ?2, ?3, ?4)")?;
    // No bytes are one empty part: it is stored, and not the same as no blob.
    let empty = bytes.is_empty().then_some(&[][..]);
    for (part, bytes) in (0_i64..).zip(bytes.chunks(PART).chain(empty)) {
        insert.execute(params![intent_id, blob.name, part, bytes])?;
    }
    Ok(())
}

pub(super) fn blob(db: &Connection, intent_id: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    let mut select = db.prepare_cached("SELECT part, bytes FROM gentask_blob WHERE intent_id = ?1 AND name = ?2 ORDER BY part")?;
    let mut rows = select.query(params![intent_id, name])?;
    let mut whole: Option<Vec<u8>> = None;
    let mut next = 0_i64;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>(0)? != next {
            let reason = format!("part {next} of its blob `{name}` is missing");
            return Err(Fault::Record { intent_id: intent_id.to_owned(), kind: StoreErrorKind::Corrupt, reason });
        }
        whole.get_or_insert_default().extend_from_slice(row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?);
        next += 1;
    }
    Ok(whole)
}

pub(super) fn load(db: &Connection, intent_id: &str) -> Result<Option<TaskRecord>, Fault> {
    let mut select = db.prepare_cached(&format!("SELECT {RECORD} FROM gentask_task WHERE intent_id = ?1"))?;
    select.query([intent_id])?.next()?.map(|row| Stored::read(row)?.record).transpose()
}

pub(super) fn find(db: &Connection, by: &Find) -> Result<Vec<TaskRecord>, Fault> {
    let (condition, values) = match by {
        Find::TaskId { provider, task_id } => ("provider = ?1 AND task_id = ?2", vec![provider.as_str(), task_id]),
        Find::CallerKey { provider, account, owner, key } => (
            "provider = ?1 AND account = ?2 AND coalesce(owner, '') = ?3 AND caller_key = ?4",
            vec![provider.as_str(), account, owner.as_deref().unwrap_or_default(), key],
        ),
    };
    let sql = format!("SELECT {RECORD} FROM gentask_task WHERE {condition} ORDER BY created_at, intent_id");
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Stored::read(row)?.record?);
    }
    Ok(found)
}

/// The statement of a listing.
fn listing(db: &Connection, filter: &Filter) -> Result<(String, Vec<Sql>), Fault> {
    let (mut condition, mut values) = conditions(filter);
    if let Some(after) = &filter.after {
        condition.push_str(if filter.newest_first {
            " AND (created_at, intent_id) < (?, ?)"
        } else {
            " AND (created_at, intent_id) > (?, ?)"
        });
        values.extend([Sql::from(integer(after.created)), Sql::from(after.intent_id.clone())]);
    }
    // One more than asked for tells whether there is another page.
    values.push(Sql::from(filter.limit.and_then(|limit| i64::try_from(limit).ok()).map_or(-1, |limit| limit.saturating_add(1))));
    let order = if filter.newest_first { "created_at DESC, intent_id DESC" } else { "created_at, intent_id" };
    let index = if few_are_due(db, filter)? { " INDEXED BY gentask_task_due" } else { "" };
    Ok((format!("SELECT {RECORD} FROM gentask_task{index} WHERE {condition} ORDER BY {order} LIMIT ?"), values))
}

pub(super) fn list(db: &Connection, filter: &Filter) -> Result<Listing, Fault> {
    let (sql, values) = listing(db, filter)?;
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut listing = Listing::default();
    let mut last = filter.after.clone();
    while let Some(row) = rows.next()? {
        if filter.limit.is_some_and(|limit| listing.records.len() + listing.damaged.len() >= limit) {
            listing.next = last;
            break;
        }
        let stored = Stored::read(row)?;
        match stored.record {
            Ok(record) => listing.records.push(record),
            Err(Fault::Record { intent_id, reason, .. }) => listing.damaged.push(Damaged { intent_id, reason }),
            Err(fault) => return Err(fault),
        }
        last = Some(stored.place);
    }
    Ok(listing)
}

/// Whether what is due is better found by its time and put in order then. Where much is, a page of it is soon found in the order of creation.
fn few_are_due(db: &Connection, filter: &Filter) -> Result<bool, Fault> {
    const FEW: i64 = 5_000;
    let Some(time) = filter.due_before else { return Ok(false) };
    let sql = "SELECT count(*) < ?2 FROM (SELECT 1 FROM gentask_task WHERE due_at < ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.query_row(params![integer(time), FEW], |row| row.get(0))?)
}

pub(super) fn count(db: &Connection, filter: &Filter) -> Result<u64, Fault> {
    let (condition, values) = conditions(filter);
    let sql = format!("SELECT count(*) FROM gentask_task WHERE {condition}");
    let count = db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(number(count))
}

pub(super) fn append_events(db: &Connection, intent_id: &str, events: &[TaskEvent]) -> Result<(), Fault> {
    if events.is_empty() {
        return Ok(());
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO gentask_event(intent_id, at, kind, data) SELECT ?1, ?2, ?3, ?4 \
         WHERE EXISTS(SELECT 1 FROM gentask_task WHERE intent_id = ?1)",
    )?;
    for event in events {
        insert.execute(params![intent_id, integer(event.at), event.kind, to_canonical(&event.data)])?;
    }
    Ok(())
}

pub(super) fn events(db: &Connection, intent_id: &str) -> Result<Vec<StoredEvent>, Fault> {
    let mut select = db.prepare_cached("SELECT at, kind, data FROM gentask_event WHERE intent_id = ?1 ORDER BY id")?;
    let rows = select.query_map([intent_id], |row| {
        let data: String = row.get(2)?;
        // What is not JSON is shown as it is: this is a log, for people.
        let data = serde_json::from_str(&data).unwrap_or(Value::String(data));
        Ok(StoredEvent { at: number(row.get(0)?), kind: row.get(1)?, data })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn delete(db: &Connection, intent_ids: &[String]) -> Result<u64, Fault> {
    // Also where a second task came to be known since somebody looked: it may have been paid for, and only the record names it.
    let sql = format!("DELETE FROM gentask_task WHERE intent_id = ?1 AND phase IN ({}) AND NOT ({CONFLICTING})", words(Phase::is_terminal));
    let mut delete = db.prepare_cached(&sql)?;
    let mut deleted = 0;
    for intent_id in intent_ids {
        deleted += delete.execute([intent_id])?;
    }
    Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
}

pub(super) fn meta(db: &Connection, name: &str) -> Result<Option<String>, Fault> {
    let mut select = db.prepare_cached("SELECT value FROM gentask_meta WHERE name = ?1")?;
    Ok(select.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn set_meta(db: &Connection, name: &str, value: &str, only_if_absent: bool) -> Result<String, Fault> {
    let sql = "INSERT INTO gentask_meta(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value WHERE NOT ?3";
    db.prepare_cached(sql)?.execute(params![name, value, only_if_absent])?;
    Ok(db.prepare_cached("SELECT value FROM gentask_meta WHERE name = ?1")?.query_row([name], |row| row.get(0))?)
}

pub(super) fn raise_meta(db: &Connection, name: &str, value: u64) -> Result<u64, Fault> {
    let sql = "INSERT INTO gentask_meta(name, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET \
               value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER)) RETURNING CAST(value AS INTEGER)";
    Ok(number(db.prepare_cached(sql)?.query_row(params![name, integer(value).to_string()], |row| row.get(0))?))
}

/// A row with [`RECORD`]: where it stands in a listing, and what it holds.
pub(super) struct Stored {
    place: Cursor,
    pub(super) record: Result<TaskRecord, Fault>,
}

impl Stored {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, Fault> {
        // As bytes: even text that is not UTF-8 must not hide the rows after it.
        let bytes = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_bytes()?);
        let intent_id = String::from_utf8_lossy(bytes(0)?).into_owned();
        let record = read_record(&intent_id, number(row.get(1)?), bytes(3)?);
        Ok(Self { place: Cursor { created: number(row.get(2)?), intent_id }, record })
    }
}

/// Whether a second task id contradicts a record. No column has it: such records are very rare.
const CONFLICTING: &str = "CASE WHEN json_valid(record) THEN record ->> '$.conflict.taskId' IS NOT NULL ELSE FALSE END";

/// The filter without its place and limit.
fn conditions(filter: &Filter) -> (String, Vec<Sql>) {
    let mut condition = "TRUE".to_owned();
    let mut values = Vec::new();
    let mut also = |text: &str, value: Option<Sql>| {
        if let Some(value) = value {
            condition.push_str(text);
            values.push(value);
        }
    };
    also(" AND provider = ?", filter.provider.clone().map(Sql::from));
    also(" AND account = ?", filter.account.clone().map(Sql::from));
    also(" AND owner = ?", filter.owner.clone().map(Sql::from));
    also(" AND due_at < ?", filter.due_before.map(|time| Sql::from(integer(time))));
    also(" AND created_at >= ?", filter.created_from.map(|time| Sql::from(integer(time))));
    also(" AND created_at < ?", filter.created_before.map(|time| Sql::from(integer(time))));
    if filter.phases.is_some() || filter.unfinished {
        let phases = words(|phase| filter.takes(phase));
        let or = if filter.takes_conflicting() { [" OR (", CONFLICTING, ")"].concat() } else { String::new() };
        condition.extend([" AND (phase IN (", &phases, ")", &or, ")"]);
    }
    (condition, values)
}

/// Phases as a list of SQL literals: fixed words, never input.
fn words(wanted: impl Fn(Phase) -> bool) -> String {
    let words: Vec<_> = Phase::ALL.into_iter().filter(|phase| wanted(*phase)).map(|phase| format!("'{}'", phase.as_str())).collect();
    words.join(",")
}

/// SQLite has no unsigned integers; no time comes near this limit.
pub(super) fn integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn number(value: i64) -> UnixMillis {
    u64::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{SqliteOptions, schema};

    /// How SQLite goes through the tasks for this filter: it must sort none but what is due, however many there are.
    fn plan(filter: &Filter) -> String {
        let folder = tempfile::tempdir().unwrap();
        let db = schema::open_writer(&folder.path().join("tasks.db"), &SqliteOptions::default()).unwrap();
        let (sql, values) = listing(&db, filter).unwrap();
        let mut explain = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = explain.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        steps.collect::<Result<Vec<_>, _>>().unwrap().join(", ")
    }

    #[test]
    fn a_page_of_many_tasks_is_found_in_their_order() {
        let own = Filter { provider: Some("apidot".to_owned()), account: Some("default".to_owned()), limit: Some(50), ..Filter::default() };
        let after = Some(Cursor { created: 1, intent_id: "a".to_owned() });
        for newest_first in [false, true] {
            for after in [None, after.clone()] {
                let all = Filter { newest_first, after, ..own.clone() };
                let some = Filter { phases: Some(vec![Phase::Failed]), ..all.clone() };
                for filter in [&all, &some] {
                    let plan = plan(filter);
                    assert!(plan.contains("INDEX gentask_task_created") && !plan.contains("TEMP"), "{plan}");
                }
                let plan = plan(&Filter { unfinished: true, ..all });
                assert!(plan.contains("INDEX gentask_task_open") && !plan.contains("TEMP"), "{plan}");
            }
        }
        let due = plan(&Filter { unfinished: true, due_before: Some(1), ..own });
        assert!(due.contains("SEARCH gentask_task USING INDEX gentask_task_due"), "{due}");
    }
}
