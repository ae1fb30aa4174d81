//! Stored tasks, what happens to them, listings of them, and stored callbacks.

use crate::failure::Failure;
use crate::reply::Reply;
use crate::words::{DeliveryOutcome, Phase, Status};
use gentask::core::internal::to_canonical;
use gentask::core::{self, TaskEvent as CoreEvent, TaskRecord as CoreRecord};
use gentask::store::{Cursor as CoreCursor, Damaged as CoreDamaged, Listing, StoredDelivery};

/// What is stored of one task. `json` is the record itself, the rest what is read most out of it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TaskRecord {
    /// Compare-and-set counter: 1 at the first save, one more at each.
    pub version: u64,
    /// The task's name in the store.
    pub intent_id: String,
    /// The caller's own key.
    pub key: Option<String>,
    /// Whose task it is, in the application's words.
    pub owner: Option<String>,
    /// The contract's id.
    pub provider: String,
    /// The account's label.
    pub account: String,
    /// The base URL that it was made with.
    pub base_url: String,
    /// The model.
    pub model: String,
    /// `image`, `video`, `audio`, `model` (3D) or `unknown`.
    pub kind: String,
    /// Where it is.
    pub phase: Phase,
    /// The status that a reply would have.
    pub status: Status,
    /// Whether it has ended.
    pub is_terminal: bool,
    /// The provider's id of the task.
    pub task_id: Option<String>,
    /// A second id that contradicts `task_id`: another task, perhaps paid for too.
    pub conflicting_task_id: Option<String>,
    /// The intent that took over this one's key, after a refusal that cost nothing.
    pub successor: Option<String>,
    /// The provider's own word for its state, as last seen.
    pub provider_state: Option<String>,
    /// Whether some attempt may have been accepted without a task id coming back.
    pub maybe_sent: bool,
    /// When its next step is due, in Unix milliseconds: what a store may index.
    pub due_at_ms: Option<u64>,
    /// When it was made, in Unix milliseconds: what listings are ordered by.
    pub created_at_ms: u64,
    /// When it was last asked about, in Unix milliseconds.
    pub checked_at_ms: Option<u64>,
    /// When it ended, in Unix milliseconds.
    pub finished_at_ms: Option<u64>,
    /// When its record was written last, in Unix milliseconds.
    pub updated_at_ms: u64,
    /// The record as canonical JSON: what a store keeps.
    pub json: String,
}

impl From<&CoreRecord> for TaskRecord {
    fn from(record: &CoreRecord) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            version: record.version(),
            intent_id: record.intent_id().to_owned(),
            key: owned(record.caller_key()),
            owner: owned(record.owner()),
            provider: record.provider().to_owned(),
            account: record.account().to_owned(),
            base_url: record.base().to_owned(),
            model: record.model().to_owned(),
            kind: record.kind().to_owned(),
            phase: record.phase(),
            status: Status::of(record.phase(), record.processing()),
            is_terminal: record.phase().is_terminal(),
            task_id: owned(record.task_id()),
            conflicting_task_id: record.conflict().and_then(|conflict| conflict.task_id.clone()),
            successor: owned(record.successor()),
            provider_state: owned(record.provider_state()),
            maybe_sent: record.maybe_sent(),
            due_at_ms: record.due().map(|due| due.at),
            created_at_ms: record.at().created,
            checked_at_ms: record.at().checked,
            finished_at_ms: record.at().finished,
            updated_at_ms: record.at().updated,
            json: record.to_json(),
        }
    }
}

/// The record of a stored text.
pub(crate) fn stored(json: &str) -> Result<CoreRecord, core::Error> {
    CoreRecord::from_json(json.as_bytes())
}

/// Reads a stored record; fails with everything that is wrong with it.
#[uniffi::export]
pub fn record_from_json(json: String) -> Result<TaskRecord, Failure> {
    Ok(TaskRecord::from(&stored(&json)?))
}

/// How a task is, by its record alone. `raw` is its `raw` blob, where it is at hand.
#[uniffi::export]
pub fn reply_of_record(json: String, raw: Option<Vec<u8>>) -> Result<Reply, Failure> {
    Ok(stored(&json)?.reply(raw.as_deref()).into())
}

/// Something that happened to a task. It may be logged: it holds no prompt, no key and no URL.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct TaskEvent {
    /// A stable word: `phase`, `seen`, `unknownState`, `noFiles`, `conflict`, `retry`, `held`, `stale`, `callback`, `callbacksMissing`.
    pub kind: String,
    /// When, in Unix milliseconds.
    pub at_ms: u64,
    /// The details, as the text of a JSON object.
    pub data: String,
    /// The whole event as canonical JSON.
    pub json: String,
}

impl From<&CoreEvent> for TaskEvent {
    fn from(event: &CoreEvent) -> Self {
        let json = to_canonical(&event.to_value());
        let CoreEvent { at, kind, data } = event;
        Self { kind: (*kind).to_owned(), at_ms: *at, data: to_canonical(data), json }
    }
}

/// A place in a listing.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Cursor {
    /// The creation time of the last record before this place, in Unix milliseconds.
    pub created_ms: u64,
    /// Its intent id.
    pub intent_id: String,
}

impl From<CoreCursor> for Cursor {
    fn from(cursor: CoreCursor) -> Self {
        let CoreCursor { created, intent_id } = cursor;
        Self { created_ms: created, intent_id }
    }
}

impl From<Cursor> for CoreCursor {
    fn from(cursor: Cursor) -> Self {
        Self { created: cursor.created_ms, intent_id: cursor.intent_id }
    }
}

/// A record that is stored but cannot be read: a person has to look at it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Damaged {
    /// The intent id under which it is stored.
    pub intent_id: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// One page of records.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TaskPage {
    /// Those that can be read, in order.
    pub records: Vec<TaskRecord>,
    /// Those that cannot.
    pub damaged: Vec<Damaged>,
    /// Where the following page begins; nothing on the last one.
    pub next: Option<Cursor>,
}

impl From<Listing> for TaskPage {
    fn from(page: Listing) -> Self {
        let Listing { records, damaged, next } = page;
        let damaged = damaged.into_iter().map(|CoreDamaged { intent_id, reason }| Damaged { intent_id, reason });
        Self { records: records.iter().map(TaskRecord::from).collect(), damaged: damaged.collect(), next: next.map(Cursor::from) }
    }
}

/// A callback as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Delivery {
    /// A short name for a person.
    pub id: String,
    /// The contract's id.
    pub provider: String,
    /// The account's label.
    pub account: String,
    /// What tells it from every other one of this provider and account: the three together are unique in a store.
    pub dedupe: String,
    /// When it came, in Unix milliseconds.
    pub received_at_ms: u64,
    /// Until when it is kept, in Unix milliseconds; then a store may delete it.
    pub expires_at_ms: u64,
    /// Whether a signature covers its body.
    pub verified: bool,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// The intent that it is about, where that is known.
    pub intent_id: Option<String>,
    /// The provider's id of the task, where its body names one.
    pub task_id: Option<String>,
    /// Its body, as it came. It may hold a prompt: it is for a replay, and for no log.
    pub body: Vec<u8>,
    /// The whole delivery as canonical JSON, with the body in it: what a store keeps.
    pub json: String,
}

impl From<&StoredDelivery> for Delivery {
    fn from(delivery: &StoredDelivery) -> Self {
        let (id, json) = (delivery.id(), to_canonical(&delivery.to_value()));
        let StoredDelivery { provider, account, dedupe, received_at, expires_at, verified, outcome, intent_id, task_id, body } =
            delivery.clone();
        Self {
            id,
            provider,
            account,
            dedupe,
            received_at_ms: received_at,
            expires_at_ms: expires_at,
            verified,
            outcome,
            intent_id,
            task_id,
            body,
            json,
        }
    }
}

/// Reads a stored callback; fails with everything that is wrong with it.
#[uniffi::export]
pub fn delivery_from_json(json: String) -> Result<Delivery, Failure> {
    Ok(Delivery::from(&StoredDelivery::from_json(json.as_bytes())?))
}
