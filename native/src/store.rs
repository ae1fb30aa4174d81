//! Where tasks live: the record of every task, and the bytes beside it, written before the first byte of a submit leaves.
//!
//! [`Store`] is the interface; [`SqliteStore`] is the one to use, and [`MemoryStore`] forgets everything with the process, so that
//! it is used only where somebody names it. Shared as `Arc<dyn Store>`.

use crate::BoxFuture;
use gentask_core::{Blob, TaskEvent, TaskRecord, UnixMillis};
use serde_json::Value;
use std::sync::Arc;

mod error;
mod inbox;
mod location;
mod memory;
mod queries;
mod schema;
mod source;
mod sqlite;
mod worker;

pub use gentask_core::store::{
    Cursor, Damaged, DeliveryFilter, DeliveryOutcome, Filter, Find, Listing, NoticeFilter, Saved, StoreError, StoreErrorKind,
    StoredDelivery,
};
pub use location::default_path;
pub use memory::MemoryStore;
pub use sqlite::{Parked, SqliteOptions, SqliteStore};

/// Durable tasks. Every method is atomic, also against other processes with the same store. A store of your own needs six things:
/// `load`, `find`, `save`, `list`, `blob`, and `meta` with `set_meta`. Where several processes share it, give it `raise_meta` too; for callbacks
/// and notices, what [`Store::keeps_callbacks`] names.
///
/// The futures borrow nothing of their arguments. A read sees every write whose future has resolved.
pub trait Store: Send + Sync {
    /// The record of an intent, or `None` where there is none.
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<TaskRecord>, StoreError>>;

    /// The records that match, oldest first. One that cannot be read is an error: an answer without it could lead to a second payment.
    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>>;

    /// Stores a record and the blobs that change beside it, both or neither, where the stored version is `expected_version`
    /// (0: nothing is stored yet). The record's own version must be one more.
    ///
    /// With `fence` the future resolves only when both would survive a loss of power; without it a store may be quicker than that.
    /// Saves of one task take effect in the order of the calls.
    fn save(&self, record: &TaskRecord, blobs: &[Blob], expected_version: u64, fence: bool) -> BoxFuture<'_, Result<Saved, StoreError>>;

    /// The records that match, by the time of their creation and then by intent id. One that cannot be read does not hide the others.
    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>>;

    /// How many records match, readable or not; `limit` and `after` do not count. By default they are listed to be counted.
    fn count(&self, filter: &Filter) -> BoxFuture<'_, Result<u64, StoreError>> {
        let filter = Filter { limit: None, after: None, ..filter.clone() };
        Box::pin(async move {
            let all = self.list(&filter).await?;
            Ok(u64::try_from(all.records.len() + all.damaged.len()).unwrap_or(u64::MAX))
        })
    }

    /// The bytes stored under this name beside a record.
    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>>;

    /// Whether [`Store::save_with`] stores [`Beside::events`] too, in the same transaction. By default it does not, and [`Store::append_events`]
    /// is called after each save.
    fn saves_history(&self) -> bool {
        false
    }

    /// Notes what happened to a task. Events of an intent that is not stored are dropped. By default no history is kept.
    fn append_events(&self, intent_id: &str, events: &[TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let _ = (intent_id, events);
        Box::pin(std::future::ready(Ok(())))
    }

    /// What happened to a task, in the order in which it was noted. By default nothing.
    fn events(&self, intent_id: &str) -> BoxFuture<'_, Result<Vec<StoredEvent>, StoreError>> {
        let _ = intent_id;
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    /// Deletes these records with all that belongs to them, and says how many there were. One that has not ended stays, and so does one whose
    /// conflict names a second task: it may have come since somebody looked. By default a
    /// store keeps everything, and says that it cannot delete.
    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        let _ = intent_ids;
        let error =
            StoreError::new(StoreErrorKind::Misuse, "this task store cannot delete records: it has no `delete`, so prune it yourself");
        Box::pin(std::future::ready(Err(error)))
    }

    /// A value that belongs to no single task: a callback secret, a pacer's due time.
    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>>;

    /// Sets such a value and returns the one that stands afterwards: with `only_if_absent`, perhaps another process's.
    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>>;

    /// Whether callbacks and notices are kept: whether all of the methods below are there. Without them a submit with a callback URL is
    /// refused, before anything is sent. By default they are not.
    fn keeps_callbacks(&self) -> bool {
        false
    }

    /// The same as [`Store::save`], with what belongs to it, all or nothing. A delivery that is stored already, as anything but an orphan, is
    /// a conflict. By default a save without a delivery is a plain one, and there are no notices.
    fn save_with(
        &self,
        record: &TaskRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
        beside: &Beside,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        if beside.delivery.is_some() {
            return no_callbacks();
        }
        self.save(record, blobs, expected_version, fence)
    }

    /// Stores a delivery where none of its provider, account and name is stored, and says whether that was so. What is kept no longer by
    /// the time it came is deleted meanwhile.
    fn remember(&self, delivery: &StoredDelivery) -> BoxFuture<'_, Result<bool, StoreError>> {
        let _ = delivery;
        no_callbacks()
    }

    /// The deliveries that match, the newest first.
    fn deliveries(&self, filter: &DeliveryFilter) -> BoxFuture<'_, Result<Vec<StoredDelivery>, StoreError>> {
        let _ = filter;
        no_callbacks()
    }

    /// The records of the tasks whose end nobody has acknowledged, the oldest end first. One that cannot be read does not hide the others.
    fn notices(&self, filter: &NoticeFilter) -> BoxFuture<'_, Result<Vec<TaskRecord>, StoreError>> {
        let _ = filter;
        no_callbacks()
    }

    /// Notes that the application has done what follows from a task's end, and says whether that was not noted before.
    fn acknowledge(&self, intent_id: &str, at: UnixMillis) -> BoxFuture<'_, Result<bool, StoreError>> {
        let _ = (intent_id, at);
        no_callbacks()
    }

    /// Moves a number among these values upwards, never down, and returns the one that stands afterwards. What is not there, or is no
    /// number, counts as 0. A pause of an account is kept so: a shorter one must not replace a longer one.
    ///
    /// By default it is read and then set, so that of two processes at the same moment the smaller number may win: a store that can do
    /// it in one step should.
    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        raise_in_two_steps(self, name, value)
    }
}

/// What is stored with a record in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// The callback that brought the change.
    pub delivery: Option<Arc<StoredDelivery>>,
    /// Whether the task has ended: then the application is to hear of it, once, until it acknowledges that.
    pub notice: bool,
    /// What happened, for the task's history; empty where the store does not say that it [saves it so](Store::saves_history).
    pub events: Vec<TaskEvent>,
}

fn no_callbacks<T: Send + 'static>() -> BoxFuture<'static, Result<T, StoreError>> {
    let message = "this task store keeps no callbacks: it has no `save_with`, `remember`, `deliveries`, `notices` and `acknowledge`";
    Box::pin(std::future::ready(Err(StoreError::new(StoreErrorKind::Misuse, message))))
}

/// What [`Store::raise_meta`] does by default, for a store that can do better only at times.
pub fn raise_in_two_steps<'a>(store: &'a (impl Store + ?Sized), name: &str, value: u64) -> BoxFuture<'a, Result<u64, StoreError>> {
    let name = name.to_owned();
    Box::pin(async move {
        let stands = as_number(store.meta(&name).await?);
        if stands < value {
            store.set_meta(&name, &value.to_string(), false).await?;
        }
        Ok(stands.max(value))
    })
}

/// The number in a value; 0 where there is none.
fn as_number(value: Option<String>) -> u64 {
    value.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// An event as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// When.
    pub at: UnixMillis,
    /// The stable word of [`TaskEvent::kind`].
    pub kind: String,
    /// An object of details.
    pub data: Value,
}

/// Refuses a save whose version does not follow from the expected one: such a record could never be saved again.
fn check_version(record: &TaskRecord, expected_version: u64) -> Result<(), StoreError> {
    if expected_version.checked_add(1) == Some(record.version()) {
        return Ok(());
    }
    let message = format!("a record of version {} cannot follow version {expected_version}", record.version());
    Err(StoreError::new(StoreErrorKind::Misuse, message))
}
