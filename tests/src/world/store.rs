//! The one store that all processes share: records as canonical text, compare-and-set, unique keys of callers, callbacks and notices, and
//! saves without a fence that a loss of power may undo.

use super::inbox::Inbox;
use gentask_core::TaskRecord;
use gentask_core::client::Step;
use gentask_core::store::{Filter, Find, Listing, MetaRule, NoticeFilter, Saved, StoredDelivery};
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher, Hash as _, Hasher};
use std::sync::Arc;

/// What stands there now, and what a loss of power would undo.
#[derive(Debug, Default)]
pub(super) struct Store {
    rows: BTreeMap<String, Row>,
    values: BTreeMap<String, String>,
    pub(super) inbox: Inbox,
    /// Whether records are kept as they are given, and not as they are read back.
    is_quick: bool,
    undone_first: Vec<Undo>,
}

#[derive(Clone, Debug)]
struct Row {
    record: Arc<TaskRecord>,
    /// Tells its text from every other one's.
    digest: u64,
    blobs: BTreeMap<&'static str, Vec<u8>>,
}

#[derive(Debug)]
enum Undo {
    Row(String, Option<Row>),
    Value(String, Option<String>),
    Inbox(Inbox),
}

impl Store {
    /// A store that keeps records as they are given.
    pub(super) fn quick() -> Self {
        Self { is_quick: true, ..Self::default() }
    }

    /// What tells the records there from others.
    pub(super) fn digests(&self) -> impl Iterator<Item = u64> {
        self.rows.values().map(|row| row.digest)
    }

    /// What tells all that is stored from anything else.
    pub(super) fn digest(&self, hasher: &mut impl Hasher) {
        self.rows.values().for_each(|row| (row.digest, &row.blobs).hash(hasher));
        self.values.hash(hasher);
        self.inbox.digest(hasher);
    }

    /// Saves where the stored version is the expected one, the caller's key is free, and the callback that brings it was not taken before.
    ///
    /// # Panics
    /// Where a record cannot be read back.
    pub(super) fn save(&mut self, step: &Step) -> Saved {
        let id = step.record.intent_id();
        let before = self.rows.get(id).cloned();
        let is_taken = step.delivery.as_ref().is_some_and(|delivery| self.inbox.has_taken(delivery));
        let is_other = before.as_ref().map_or(0, |row| row.record.version()) != step.expected_version();
        if is_other || is_taken || self.is_key_taken(&step.record) {
            return Saved::Conflict;
        }
        let text = step.record.to_json();
        let record = if self.is_quick {
            Arc::clone(&step.record)
        } else {
            let read =
                TaskRecord::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("a saved record cannot be read: {error}\n{text}"));
            assert_eq!(read.to_json(), text, "a saved record is another when it is read");
            Arc::new(read)
        };
        let blobs = before.as_ref().map(|row| row.blobs.clone()).unwrap_or_default();
        let mut row = Row { record, digest: BuildHasherDefault::<DefaultHasher>::default().hash_one(&text), blobs };
        for blob in &step.blobs {
            match &blob.bytes {
                Some(bytes) => row.blobs.insert(blob.name, bytes.clone()),
                None => row.blobs.remove(blob.name),
            };
        }
        self.rows.insert(id.to_owned(), row);
        if !step.fence && (step.delivery.is_some() || step.is_end()) {
            self.undone_first.push(Undo::Inbox(self.inbox.clone()));
        }
        if let Some(delivery) = &step.delivery {
            self.inbox.keep(delivery);
        }
        if step.is_end() {
            self.inbox.notice(&step.record);
        }
        if step.fence {
            self.undone_first.clear();
        } else {
            self.undone_first.push(Undo::Row(id.to_owned(), before));
        }
        Saved::Done
    }

    fn is_key_taken(&self, record: &TaskRecord) -> bool {
        fn place(record: &TaskRecord) -> (&str, &str, Option<&str>, Option<&str>) {
            (record.provider(), record.account(), record.owner(), record.caller_key())
        }
        record.caller_key().is_some()
            && self.rows.values().any(|row| row.record.intent_id() != record.intent_id() && place(&row.record) == place(record))
    }

    pub(super) fn load(&self, intent_id: &str) -> Option<Arc<TaskRecord>> {
        self.rows.get(intent_id).map(|row| Arc::clone(&row.record))
    }

    pub(super) fn blob(&self, intent_id: &str, name: &str) -> Option<Vec<u8>> {
        self.rows.get(intent_id)?.blobs.get(name).cloned()
    }

    pub(super) fn records(&self) -> impl Iterator<Item = &Arc<TaskRecord>> {
        self.rows.values().map(|row| &row.record)
    }

    pub(super) fn find(&self, by: &Find) -> Vec<TaskRecord> {
        self.records().filter(|record| by.matches(record)).map(|record| TaskRecord::clone(record)).collect()
    }

    pub(super) fn list(&self, filter: &Filter) -> Listing {
        let found = filter.and_one_more().select(self.records(), |record| record);
        Listing::cut(found.into_iter().map(|record| TaskRecord::clone(record)).collect(), filter)
    }

    pub(super) fn value(&self, name: &str) -> Option<&String> {
        self.values.get(name)
    }

    /// Sets a value by its rule, and says which one stands.
    pub(super) fn set_value(&mut self, name: &str, value: &str, rule: MetaRule) -> String {
        let before = self.values.get(name).cloned();
        let number = |text: &str| text.parse::<u64>().unwrap_or(0);
        let stands = match (&before, rule) {
            (Some(stands), MetaRule::IfAbsent) => stands.clone(),
            (Some(stands), MetaRule::Raise) if number(stands) >= number(value) => stands.clone(),
            _ => value.to_owned(),
        };
        self.values.insert(name.to_owned(), stands.clone());
        self.undone_first.push(Undo::Value(name.to_owned(), before));
        stands
    }

    /// Stores a callback where it is new. A transaction of its own, and durable.
    pub(super) fn remember(&mut self, delivery: &StoredDelivery) -> bool {
        self.undone_first.clear();
        self.inbox.remember(delivery)
    }

    /// The ended tasks whose end nobody has acknowledged, the oldest end first.
    pub(super) fn notices(&self, filter: &NoticeFilter) -> Vec<TaskRecord> {
        let records = self.inbox.open().into_iter().filter_map(|intent| self.load(intent)).filter(|record| filter.matches(record));
        records.map(|record| TaskRecord::clone(&record)).take(filter.limit.unwrap_or(usize::MAX)).collect()
    }

    /// Notes that a task's end is acknowledged. A transaction of its own, and durable.
    pub(super) fn acknowledge(&mut self, intent_id: &str, at: u64) -> bool {
        self.undone_first.clear();
        self.inbox.acknowledge(intent_id, at)
    }

    /// Deletes those of these records that have ended.
    pub(super) fn delete(&mut self, intent_ids: &[String]) -> Vec<Arc<TaskRecord>> {
        let mut gone = Vec::new();
        for id in intent_ids {
            if self.rows.get(id).is_some_and(|row| row.record.phase().is_terminal())
                && let Some(row) = self.rows.remove(id)
            {
                self.inbox.forget(id);
                gone.push(Arc::clone(&row.record));
            }
        }
        // A deletion is a transaction of its own, and durable.
        self.undone_first.clear();
        gone
    }

    /// The power fails: the newest of what is not durable is gone, `kept` of it stays.
    pub(super) fn lose_power(&mut self, kept: usize) {
        while self.undone_first.len() > kept {
            match self.undone_first.pop() {
                Some(Undo::Row(id, Some(row))) => drop(self.rows.insert(id, row)),
                Some(Undo::Row(id, None)) => drop(self.rows.remove(&id)),
                Some(Undo::Value(name, Some(value))) => drop(self.values.insert(name, value)),
                Some(Undo::Value(name, None)) => drop(self.values.remove(&name)),
                Some(Undo::Inbox(inbox)) => self.inbox = inbox,
                None => return,
            }
        }
        self.undone_first.clear();
    }

    /// How many changes a loss of power could undo.
    pub(super) fn not_durable(&self) -> usize {
        self.undone_first.len()
    }
}
