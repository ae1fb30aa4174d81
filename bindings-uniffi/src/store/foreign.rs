//! The foreign side as a task store.

use super::{Delivery, DeliveryFilter, Lookup, NoticeFilter, StoreErrorKind, StoreFilter, TaskRecord, stored};
use gentask::BoxFuture;
use gentask::core::internal::to_canonical;
use gentask::core::{Blob, TaskEvent, TaskRecord as CoreRecord, UnixMillis};
use gentask::store::{self, Beside, Filter, Find, Listing, Saved, Store as CoreStore, StoreError, StoredDelivery};
use std::sync::Arc;

/// A task store of one's own. Every method is atomic, also against other processes with the same store, and is called on a thread that may block.
/// Records and deliveries are handed out whole, and given back as their texts.
#[uniffi::export(with_foreign)]
pub trait Store: Send + Sync {
    /// The record of an intent, or nothing where there is none.
    fn load(&self, intent_id: String) -> Result<Option<String>, StoreFault>;
    /// The records that match.
    fn find(&self, by: Lookup) -> Result<Vec<String>, StoreFault>;
    /// Stores everything of a change where the stored version is `expected_version` (0: nothing is stored yet), or nothing of it; whether it did.
    fn save(&self, change: Change) -> Result<bool, StoreFault>;
    /// The records that match, oldest first.
    fn list(&self, filter: StoreFilter) -> Result<Vec<String>, StoreFault>;
    /// The bytes stored under this name beside a record.
    fn blob(&self, intent_id: String, name: String) -> Result<Option<Vec<u8>>, StoreFault>;
    /// A value that belongs to no single task.
    fn meta(&self, name: String) -> Result<Option<String>, StoreFault>;
    /// Sets such a value and returns the one that stands afterwards.
    fn set_meta(&self, name: String, value: String, only_if_absent: bool) -> Result<String, StoreFault>;
    /// Moves a number among these values upwards, never down, and returns the one that stands afterwards.
    fn raise_meta(&self, name: String, value: u64) -> Result<u64, StoreFault>;
    /// Notes what happened to a task: the texts of events.
    fn append_events(&self, intent_id: String, events: Vec<String>) -> Result<(), StoreFault>;
    /// Deletes these records with all that belongs to them, and says how many there were.
    fn delete(&self, intent_ids: Vec<String>) -> Result<u64, StoreFault>;
    /// Whether callbacks and notices are kept: whether the methods below do something.
    fn keeps_callbacks(&self) -> bool;
    /// Stores a delivery where none of its provider, account and name is stored, and says whether that was so.
    fn remember(&self, delivery: Delivery) -> Result<bool, StoreFault>;
    /// The deliveries that match, the newest first.
    fn deliveries(&self, filter: DeliveryFilter) -> Result<Vec<String>, StoreFault>;
    /// The records of the tasks whose end nobody has acknowledged, the oldest end first.
    fn notices(&self, filter: NoticeFilter) -> Result<Vec<String>, StoreFault>;
    /// Notes that what follows from a task's end is done, and says whether that was not noted before.
    fn acknowledge(&self, intent_id: String, at_ms: u64) -> Result<bool, StoreFault>;
}

/// What is stored in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Change {
    /// The record.
    pub record: TaskRecord,
    /// The blobs that change beside it.
    pub blobs: Vec<NamedBlob>,
    /// The version that must be stored now.
    pub expected_version: u64,
    /// Whether it must survive a loss of power before the method returns.
    pub fence: bool,
    /// The callback that brought the change. One that is stored already, as anything but an orphan, is a conflict.
    pub delivery: Option<Delivery>,
    /// Whether the task has ended: then it is among the notices until it is acknowledged.
    pub notice: bool,
}

/// Bytes stored beside a record.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NamedBlob {
    /// `request` or `raw`.
    pub name: String,
    /// The bytes; nothing deletes them.
    pub bytes: Option<Vec<u8>>,
}

/// A store that refused to read or write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum StoreFault {
    /// The only kind there is.
    #[error("{reason}")]
    Refused {
        /// What kind of refusal it is.
        kind: StoreErrorKind,
        /// What happened, in words that may be shown.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for StoreFault {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Refused { kind: StoreErrorKind::Io, reason: "the task store failed".to_owned() }
    }
}

impl From<StoreFault> for StoreError {
    fn from(StoreFault::Refused { kind, reason }: StoreFault) -> Self {
        Self::new(kind, reason)
    }
}

/// A store of the foreign side.
pub(crate) struct Foreign(pub(crate) Arc<dyn Store>);

impl Foreign {
    /// Calls it on a thread that may block. The call is made even if nobody waits for it.
    fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Store) -> Result<T, StoreFault> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, StoreError>> {
        let foreign = Arc::clone(&self.0);
        let called = tokio::task::spawn_blocking(move || call(&*foreign));
        Box::pin(async move {
            match called.await {
                Ok(outcome) => outcome.map_err(StoreError::from),
                Err(_) => Err(StoreError::new(StoreErrorKind::Io, "the task store failed")),
            }
        })
    }

    fn records(
        &self,
        call: impl FnOnce(&dyn Store) -> Result<Vec<String>, StoreFault> + Send + 'static,
    ) -> BoxFuture<'_, Result<Vec<CoreRecord>, StoreError>> {
        let called = self.call(call);
        Box::pin(async move { called.await?.iter().map(|json| readable(json)).collect() })
    }
}

fn readable(json: &str) -> Result<CoreRecord, StoreError> {
    stored(json).map_err(|error| StoreError::new(StoreErrorKind::Corrupt, error.to_string()))
}

impl CoreStore for Foreign {
    fn load(&self, intent_id: &str) -> BoxFuture<'_, Result<Option<CoreRecord>, StoreError>> {
        let intent_id = intent_id.to_owned();
        let called = self.call(move |store| store.load(intent_id));
        Box::pin(async move { called.await?.map(|json| readable(&json)).transpose() })
    }

    fn find(&self, by: &Find) -> BoxFuture<'_, Result<Vec<CoreRecord>, StoreError>> {
        let by = Lookup::from(by.clone());
        self.records(move |store| store.find(by))
    }

    fn save(&self, record: &CoreRecord, blobs: &[Blob], expected: u64, fence: bool) -> BoxFuture<'_, Result<Saved, StoreError>> {
        self.save_with(record, blobs, expected, fence, &Beside::default())
    }

    fn save_with(
        &self,
        record: &CoreRecord,
        blobs: &[Blob],
        expected_version: u64,
        fence: bool,
        beside: &Beside,
    ) -> BoxFuture<'_, Result<Saved, StoreError>> {
        let blobs = blobs.iter().map(|Blob { name, bytes }| NamedBlob { name: (*name).to_owned(), bytes: bytes.clone() }).collect();
        let Beside { delivery, notice, .. } = beside;
        let delivery = delivery.as_deref().map(Delivery::from);
        let change = Change { record: TaskRecord::from(record), blobs, expected_version, fence, delivery, notice: *notice };
        let called = self.call(move |store| store.save(change));
        Box::pin(async move { Ok(if called.await? { Saved::Done } else { Saved::Conflict }) })
    }

    fn list(&self, filter: &Filter) -> BoxFuture<'_, Result<Listing, StoreError>> {
        let (asked, more) = (filter.clone(), StoreFilter::from(filter.and_one_more()));
        let called = self.records(move |store| store.list(more));
        Box::pin(async move { Ok(Listing::cut(called.await?, &asked)) })
    }

    fn blob(&self, intent_id: &str, name: &str) -> BoxFuture<'_, Result<Option<Vec<u8>>, StoreError>> {
        let (intent_id, name) = (intent_id.to_owned(), name.to_owned());
        self.call(move |store| store.blob(intent_id, name))
    }

    fn append_events(&self, intent_id: &str, events: &[TaskEvent]) -> BoxFuture<'_, Result<(), StoreError>> {
        let (intent_id, events) = (intent_id.to_owned(), events.iter().map(|event| to_canonical(&event.to_value())).collect());
        self.call(move |store| store.append_events(intent_id, events))
    }

    fn delete(&self, intent_ids: &[String]) -> BoxFuture<'_, Result<u64, StoreError>> {
        let intent_ids = intent_ids.to_vec();
        self.call(move |store| store.delete(intent_ids))
    }

    fn meta(&self, name: &str) -> BoxFuture<'_, Result<Option<String>, StoreError>> {
        let name = name.to_owned();
        self.call(move |store| store.meta(name))
    }

    fn set_meta(&self, name: &str, value: &str, only_if_absent: bool) -> BoxFuture<'_, Result<String, StoreError>> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.call(move |store| store.set_meta(name, value, only_if_absent))
    }

    fn raise_meta(&self, name: &str, value: u64) -> BoxFuture<'_, Result<u64, StoreError>> {
        let name = name.to_owned();
        self.call(move |store| store.raise_meta(name, value))
    }

    fn keeps_callbacks(&self) -> bool {
        self.0.keeps_callbacks()
    }

    fn remember(&self, delivery: &StoredDelivery) -> BoxFuture<'_, Result<bool, StoreError>> {
        let delivery = Delivery::from(delivery);
        self.call(move |store| store.remember(delivery))
    }

    fn deliveries(&self, filter: &store::DeliveryFilter) -> BoxFuture<'_, Result<Vec<StoredDelivery>, StoreError>> {
        let filter = DeliveryFilter::from(filter.clone());
        let called = self.call(move |store| store.deliveries(filter));
        Box::pin(async move {
            let read = |json: &String| StoredDelivery::from_json(json.as_bytes());
            let read = called.await?.iter().map(read).collect::<Result<_, _>>();
            read.map_err(|error| StoreError::new(StoreErrorKind::Corrupt, error.to_string()))
        })
    }

    fn notices(&self, filter: &store::NoticeFilter) -> BoxFuture<'_, Result<Vec<CoreRecord>, StoreError>> {
        let filter = NoticeFilter::from(filter.clone());
        self.records(move |store| store.notices(filter))
    }

    fn acknowledge(&self, intent_id: &str, at: UnixMillis) -> BoxFuture<'_, Result<bool, StoreError>> {
        let intent_id = intent_id.to_owned();
        self.call(move |store| store.acknowledge(intent_id, at))
    }
}
