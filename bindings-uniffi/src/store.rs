//! Task stores: a file, memory, or the foreign side's own.

use crate::failure::Failure;
use crate::record::{Cursor, Delivery, TaskRecord, stored};
use crate::words::{DeliveryOutcome, Phase, StoreErrorKind};
use gentask::store::{self, DeliveryFilter as CoreDeliveryFilter, Filter, Find, NoticeFilter as CoreNoticeFilter};
use std::path::PathBuf;
use std::sync::Arc;

mod foreign;

pub(crate) use foreign::Foreign;
pub use foreign::{Change, Store, StoreFault};

/// Tasks in an SQLite file on a local disk. Any number of clients, threads and processes may have the same file open.
#[derive(uniffi::Object)]
pub struct SqliteStore {
    pub(crate) inner: Arc<store::SqliteStore>,
}

#[uniffi::export]
impl SqliteStore {
    /// Opens the file, and makes it where there is none, readable by its owner only. Without a path: `GENTASK_STORE`, else
    /// `gentask/tasks.db` in the platform's state directory.
    #[uniffi::constructor]
    pub fn open(path: Option<String>) -> Result<Arc<Self>, Failure> {
        let path = match path {
            Some(path) => PathBuf::from(path),
            None => store::default_path().map_err(|error| Failure::from(gentask::Failure::from(error)))?,
        };
        let opened = store::SqliteStore::open(&path).map_err(|error| Failure::from(gentask::Failure::from(error)))?;
        Ok(Arc::new(Self { inner: Arc::new(opened) }))
    }

    /// The file, as an absolute path.
    pub fn path(&self) -> String {
        self.inner.path().to_string_lossy().into_owned()
    }
}

/// Tasks in memory: forgotten with the process, and so only for tests and for tasks that may be lost.
#[derive(uniffi::Object)]
pub struct MemoryStore {
    pub(crate) inner: Arc<store::MemoryStore>,
}

#[uniffi::export]
impl MemoryStore {
    /// An empty one.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self { inner: Arc::default() })
    }
}

/// Which records are looked for.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Lookup {
    /// Tasks with this id at the provider, under any account.
    TaskId {
        /// The contract's id.
        provider: String,
        /// The provider's id of the task.
        task_id: String,
    },
    /// The task with this key of the caller's: one at most.
    CallerKey {
        /// The contract's id.
        provider: String,
        /// The account's label.
        account: String,
        /// The owner; nothing matches only tasks without one.
        owner: Option<String>,
        /// The caller's key.
        key: String,
    },
}

impl From<Find> for Lookup {
    fn from(find: Find) -> Self {
        match find {
            Find::TaskId { provider, task_id } => Self::TaskId { provider, task_id },
            Find::CallerKey { provider, account, owner, key } => {
                Self::CallerKey { provider, account, owner: owner.filter(|owner| !owner.is_empty()), key }
            }
        }
    }
}

/// Which records a listing contains. What is nothing does not restrict it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct StoreFilter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// The owner, in the application's words.
    pub owner: Option<String>,
    /// Any of these phases.
    pub phases: Option<Vec<Phase>>,
    /// Where phases are named: also tasks of any other phase that a second task id contradicts.
    pub or_conflicting: bool,
    /// Only tasks that have not ended.
    pub unfinished: bool,
    /// Only tasks whose next step was set for a time before this one, in Unix milliseconds.
    pub due_before_ms: Option<u64>,
    /// Only tasks created at this time or later, in Unix milliseconds.
    pub created_from_ms: Option<u64>,
    /// Only tasks created before this time, in Unix milliseconds.
    pub created_before_ms: Option<u64>,
    /// Whether the newest come first. `after` is a place in this order then.
    pub newest_first: bool,
    /// At most this many.
    pub limit: Option<u64>,
    /// Only what comes after this place.
    pub after: Option<Cursor>,
}

/// A number of things, from one that crosses.
pub(crate) fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn number(size: usize) -> u64 {
    u64::try_from(size).unwrap_or(u64::MAX)
}

impl From<Filter> for StoreFilter {
    fn from(filter: Filter) -> Self {
        let Filter {
            provider,
            account,
            owner,
            phases,
            or_conflicting,
            unfinished,
            due_before,
            created_from,
            created_before,
            newest_first,
            limit,
            after,
        } = filter;
        Self {
            provider,
            account,
            owner,
            phases,
            or_conflicting,
            unfinished,
            due_before_ms: due_before,
            created_from_ms: created_from,
            created_before_ms: created_before,
            newest_first,
            limit: limit.map(number),
            after: after.map(Cursor::from),
        }
    }
}

impl From<StoreFilter> for Filter {
    fn from(filter: StoreFilter) -> Self {
        Self {
            provider: filter.provider,
            account: filter.account,
            owner: filter.owner,
            phases: filter.phases,
            or_conflicting: filter.or_conflicting,
            unfinished: filter.unfinished,
            due_before: filter.due_before_ms,
            created_from: filter.created_from_ms,
            created_before: filter.created_before_ms,
            newest_first: filter.newest_first,
            limit: filter.limit.map(size),
            after: filter.after.map(Into::into),
        }
    }
}

/// The records that match, in order, and no more than asked for: all that a small store's `list` has to do. Texts of records in and out.
#[uniffi::export]
pub fn filter_records(filter: StoreFilter, records: Vec<String>) -> Result<Vec<String>, Failure> {
    let records = records.into_iter().map(|json| Ok((stored(&json)?, json))).collect::<Result<Vec<_>, Failure>>()?;
    let found = Filter::from(filter).select(records, |(record, _)| record);
    Ok(found.into_iter().map(|(_, json)| json).collect())
}

/// Which stored callbacks are looked for. What is nothing does not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct DeliveryFilter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// One delivery.
    pub dedupe: Option<String>,
    /// Those about this intent.
    pub intent_id: Option<String>,
    /// Those that name this task of the provider's.
    pub task_id: Option<String>,
    /// Those that ended so.
    pub outcome: Option<DeliveryOutcome>,
    /// Only what is kept beyond this time, in Unix milliseconds.
    pub kept_at_ms: Option<u64>,
    /// At most this many, the newest first.
    pub limit: Option<u64>,
}

impl From<CoreDeliveryFilter> for DeliveryFilter {
    fn from(filter: CoreDeliveryFilter) -> Self {
        let CoreDeliveryFilter { provider, account, dedupe, intent_id, task_id, outcome, kept_at, limit } = filter;
        Self { provider, account, dedupe, intent_id, task_id, outcome, kept_at_ms: kept_at, limit: limit.map(number) }
    }
}

impl From<DeliveryFilter> for CoreDeliveryFilter {
    fn from(filter: DeliveryFilter) -> Self {
        Self {
            provider: filter.provider,
            account: filter.account,
            dedupe: filter.dedupe,
            intent_id: filter.intent_id,
            task_id: filter.task_id,
            outcome: filter.outcome,
            kept_at: filter.kept_at_ms,
            limit: filter.limit.map(size),
        }
    }
}

/// The stored callbacks that match, the newest first, and no more than asked for. Texts of deliveries in and out.
#[uniffi::export]
pub fn filter_deliveries(filter: DeliveryFilter, deliveries: Vec<String>) -> Result<Vec<String>, Failure> {
    let filter = CoreDeliveryFilter::from(filter);
    let mut found = Vec::new();
    for json in deliveries {
        let delivery = store::StoredDelivery::from_json(json.as_bytes())?;
        if filter.matches(&delivery) {
            found.push((std::cmp::Reverse(delivery.received_at), delivery.dedupe, json));
        }
    }
    found.sort();
    found.truncate(filter.limit.unwrap_or(usize::MAX));
    Ok(found.into_iter().map(|(_, _, json)| json).collect())
}

/// Which notices are looked for: of ended tasks whose end nobody has acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct NoticeFilter {
    /// The contract's id.
    pub provider: Option<String>,
    /// The account's label.
    pub account: Option<String>,
    /// At most this many, the oldest first.
    pub limit: Option<u64>,
}

impl From<CoreNoticeFilter> for NoticeFilter {
    fn from(filter: CoreNoticeFilter) -> Self {
        let CoreNoticeFilter { provider, account, limit } = filter;
        Self { provider, account, limit: limit.map(number) }
    }
}
