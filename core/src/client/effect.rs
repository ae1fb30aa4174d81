//! What a call asks of its host, one thing at a time, and what the host answers. Types only.

use crate::error::Error;
use crate::io::{Blob, Delivery, HttpRequest, HttpResponse, TaskEvent, UnixMillis};
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::{DeliveryFilter, Filter, Find, Listing, MetaRule, NoticeFilter, Saved, StoreError, StoredDelivery};
use crate::webhook::Candidate;
use std::fmt;
use std::sync::Arc;

/// One thing that the host does, and then tells the call of with [`Call::next`](super::Call::next). The module's documentation has the table.
#[derive(Clone, PartialEq)]
pub enum Effect {
    /// A place among the requests in flight and the credential, both kept for the submit that follows. The key is asked for first, since a
    /// function of the program may take its time and must hold no place meanwhile. Both are given back at the submit's answer, at a
    /// [`Effect::Sleep`] that says so or at the end of the call, whichever is first.
    Ready,
    /// The record of an intent.
    Load {
        /// The intent's id.
        intent_id: String,
        /// How long the store may take, in milliseconds; then its answer counts as a refusal. `None`: as long as it takes.
        within_ms: Option<u64>,
    },
    /// The records that match, oldest first. One that cannot be read is a refusal: an answer without it could lead to a second payment.
    Find(Find),
    /// A page of records. One that cannot be read does not hide the others.
    List(Filter),
    /// The bytes stored under a name beside a record.
    Blob {
        /// The intent's id.
        intent_id: String,
        /// `request` or `raw`.
        name: &'static str,
    },
    /// A value that belongs to no single task.
    Meta {
        /// Its name.
        name: String,
    },
    /// Sets such a value; the answer is the one that stands afterwards.
    SetMeta {
        /// Its name.
        name: String,
        /// The value.
        value: String,
        /// What becomes of one that stands there.
        rule: MetaRule,
    },
    /// Stores the step's record and its blobs, all or nothing, where the stored version is [`Step::expected_version`], and with them
    /// [`Step::delivery`], unless it is stored already as anything but an orphan: that is a conflict. Where the record has ended
    /// ([`Step::is_end`]), a notice of that is stored too, once. Its history is for people, and is kept afterwards or dropped. With
    /// [`Step::fence`] the answer comes only when both would survive a loss of power. Where the same step is asked for again, its first try
    /// may have been stored.
    Save(Arc<Step>),
    /// Stores a callback where none of its provider, account and name is stored yet. The answer comes only when it would survive a loss of power.
    Remember(Arc<StoredDelivery>),
    /// The stored callbacks that match, the newest first.
    Deliveries(DeliveryFilter),
    /// The records of tasks whose end the application has not acknowledged, the oldest end first.
    Notices(NoticeFilter),
    /// Notes that the application has done what follows from a task's end.
    Acknowledge {
        /// The intent's id.
        intent_id: String,
        /// When.
        at: UnixMillis,
    },
    /// Verifies Ed25519 signatures, strictly (no small-order points, no malleable signature): all of them, whichever verifies first.
    Verify(Vec<Candidate>),
    /// Deletes records that have ended, with all that belongs to them.
    Delete {
        /// The intents' ids.
        intent_ids: Vec<String>,
    },
    /// One HTTP request, sent once and never again by the host: a submit on a connection of its own. What is no submit asks for its key and
    /// its place by itself, unless [`Effect::Ready`] is held. One that the provider keeps open takes no place; a [long poll](HttpRequest::is_long_poll)
    /// may be dropped, and answered with [`Answer::Changed`].
    Send {
        /// The request, without the credential.
        request: HttpRequest,
        /// When its time is over, the wait for key and place included.
        until: UnixMillis,
        /// The longest that the request itself may take, in milliseconds.
        timeout_ms: u64,
    },
    /// Waits until a time.
    Sleep {
        /// When it ends.
        until: UnixMillis,
        /// The intent that the call is about, where there is one: a save of another call of this client for it may end the sleep early.
        intent_id: Option<String>,
        /// Whether a place and a credential of [`Effect::Ready`] are given back first: not for a moment's pause.
        gives_back: bool,
        /// Whether the host may drop the call here and begin a new wait at that time instead.
        may_park: bool,
    },
    /// Whether the process that a lease's holder tells of is provably gone.
    Probe {
        /// The holder's name; [`holder_process`](crate::client::holder_process) reads it.
        holder: String,
    },
    /// Tells whoever listens what happened: [`Step::events`], then [`Step::update`].
    Tell(Arc<Step>),
}

/// What one step of a task brings, for the store and for listeners.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The record as it is after the step.
    pub record: Arc<TaskRecord>,
    /// What changes beside it.
    pub blobs: Vec<Blob>,
    /// What happened, in order.
    pub events: Vec<TaskEvent>,
    /// Whether the save must be durable before anything follows.
    pub fence: bool,
    /// How the task is, where that is news to whoever waits for it.
    pub update: Option<Reply>,
    /// The callback that brought the step.
    pub delivery: Option<Arc<StoredDelivery>>,
}

impl Step {
    /// A record to be stored durably, with what changes beside it and nothing to tell.
    pub(crate) fn fenced(record: TaskRecord, blobs: Vec<Blob>) -> Arc<Self> {
        Arc::new(Self { blobs, fence: true, ..Self::bare(Arc::new(record)) })
    }

    /// A record to be stored, and nothing else.
    pub(crate) fn plain(record: TaskRecord) -> Arc<Self> {
        Arc::new(Self::bare(Arc::new(record)))
    }

    /// How a task is, for whoever waits for it.
    pub(crate) fn news(record: TaskRecord, update: Reply) -> Arc<Self> {
        Arc::new(Self { update: Some(update), ..Self::bare(Arc::new(record)) })
    }

    const fn bare(record: Arc<TaskRecord>) -> Self {
        Self { record, blobs: Vec::new(), events: Vec::new(), fence: false, update: None, delivery: None }
    }

    /// The version that must be stored for the save to take effect; 0 where nothing is.
    pub fn expected_version(&self) -> u64 {
        self.record.version.saturating_sub(1)
    }

    /// Whether a callback's signed body said how the task is.
    pub(crate) fn applies_callback(&self) -> bool {
        self.events.iter().any(|event| event.kind == "callback" && event.data.get("applied").is_some_and(|applied| applied == true))
    }

    /// Whether the task has ended, so that the application has something to do, once.
    pub fn is_end(&self) -> bool {
        self.record.phase.is_terminal()
    }

    /// The events that are worth keeping beside the record, for people.
    pub fn history(&self) -> impl Iterator<Item = &TaskEvent> {
        self.events.iter().filter(|event| matches!(event.kind, "phase" | "conflict"))
    }
}

/// What became of an effect.
#[derive(Clone, PartialEq)]
pub enum Answer {
    /// [`Effect::Ready`]: place and credential are there.
    Ready,
    /// [`Effect::Ready`] and [`Effect::Send`]: there is no key, and nothing was sent.
    Keyless(Box<Error>),
    /// [`Effect::Load`].
    Record(Option<Box<TaskRecord>>),
    /// [`Effect::Find`] and [`Effect::Notices`].
    Records(Vec<TaskRecord>),
    /// [`Effect::List`].
    Listing(Box<Listing>),
    /// [`Effect::Blob`].
    Bytes(Option<Vec<u8>>),
    /// [`Effect::Meta`], and [`Effect::SetMeta`] with what stands now.
    Value(Option<String>),
    /// [`Effect::Save`].
    Saved(Saved),
    /// [`Effect::Remember`] and [`Effect::Acknowledge`]: whether that was news.
    Noted(bool),
    /// [`Effect::Deliveries`].
    Deliveries(Vec<StoredDelivery>),
    /// [`Effect::Verify`]: which of the candidates is signed so, counted from 0.
    Verified(Option<usize>),
    /// [`Effect::Delete`]: how many there were.
    Deleted(u64),
    /// Any effect of the store: it refused, or did not answer.
    Refused(StoreError),
    /// [`Effect::Send`]: an answer whose head arrived.
    Response(HttpResponse),
    /// [`Effect::Send`]: none.
    Undelivered {
        /// Whether the request may have reached the provider. Only a proof makes it [`Delivery::NotSent`].
        delivery: Delivery,
        /// Why, for a message. No URL, no key.
        reason: String,
    },
    /// [`Effect::Sleep`]: its time has come.
    Due,
    /// [`Effect::Sleep`], or [`Effect::Send`] of a [long poll](HttpRequest::is_long_poll), which is left then: another call of this client has stored
    /// a change of the same intent.
    Changed,
    /// [`Effect::Probe`]: whether that is proven. Where it cannot be told, it is not.
    Gone(bool),
    /// [`Effect::Tell`].
    Told,
}

/// The effects that a store may refuse.
const OF_THE_STORE: [&str; 12] =
    ["load", "find", "list", "blob", "meta", "setMeta", "save", "remember", "deliveries", "notices", "acknowledge", "delete"];

impl Effect {
    /// The effect's word: `save`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Load { .. } => "load",
            Self::Find(_) => "find",
            Self::List(_) => "list",
            Self::Blob { .. } => "blob",
            Self::Meta { .. } => "meta",
            Self::SetMeta { .. } => "setMeta",
            Self::Save(_) => "save",
            Self::Remember(_) => "remember",
            Self::Deliveries(_) => "deliveries",
            Self::Notices(_) => "notices",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Verify(_) => "verify",
            Self::Delete { .. } => "delete",
            Self::Send { .. } => "send",
            Self::Sleep { .. } => "sleep",
            Self::Probe { .. } => "probe",
            Self::Tell(_) => "tell",
        }
    }
}

impl Answer {
    /// The answer's word: `saved`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Keyless(_) => "keyless",
            Self::Record(_) => "record",
            Self::Records(_) => "records",
            Self::Listing(_) => "listing",
            Self::Bytes(_) => "bytes",
            Self::Value(_) => "value",
            Self::Saved(_) => "saved",
            Self::Noted(_) => "noted",
            Self::Deliveries(_) => "deliveries",
            Self::Verified(_) => "verified",
            Self::Deleted(_) => "deleted",
            Self::Refused(_) => "refused",
            Self::Response(_) => "response",
            Self::Undelivered { .. } => "undelivered",
            Self::Due => "due",
            Self::Changed => "changed",
            Self::Gone(_) => "gone",
            Self::Told => "told",
        }
    }

    /// Whether an effect of this word can have this answer.
    pub(super) fn is_of(&self, effect: &str) -> bool {
        match self {
            Self::Ready => effect == "ready",
            Self::Keyless(_) => matches!(effect, "ready" | "send"),
            Self::Record(_) => effect == "load",
            Self::Records(_) => matches!(effect, "find" | "notices"),
            Self::Listing(_) => effect == "list",
            Self::Bytes(_) => effect == "blob",
            Self::Value(_) => matches!(effect, "meta" | "setMeta"),
            Self::Saved(_) => effect == "save",
            Self::Noted(_) => matches!(effect, "remember" | "acknowledge"),
            Self::Deliveries(_) => effect == "deliveries",
            Self::Verified(_) => effect == "verify",
            Self::Deleted(_) => effect == "delete",
            Self::Refused(_) => OF_THE_STORE.contains(&effect),
            Self::Response(_) | Self::Undelivered { .. } => effect == "send",
            Self::Due => effect == "sleep",
            // Of a request only where the provider keeps it open, which a call checks.
            Self::Changed => matches!(effect, "sleep" | "send"),
            Self::Gone(_) => effect == "probe",
            Self::Told => effect == "tell",
        }
    }
}

impl fmt::Debug for Effect {
    /// Its word, and of what names no secret what it is about.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut form = f.debug_struct(self.as_str());
        match self {
            Self::Load { intent_id, .. } | Self::Blob { intent_id, .. } | Self::Acknowledge { intent_id, .. } => {
                form.field("intent", intent_id)
            }
            Self::Find(by) => form.field("by", by),
            Self::List(filter) => form.field("filter", filter),
            Self::Meta { name } | Self::SetMeta { name, .. } => form.field("name", name),
            Self::Save(step) | Self::Tell(step) => form.field("intent", &step.record.intent_id).field("version", &step.record.version),
            Self::Send { request, .. } => form.field("request", request),
            Self::Sleep { until, intent_id, .. } => form.field("until", until).field("intent", intent_id),
            Self::Probe { holder } => form.field("holder", holder),
            Self::Remember(delivery) => form.field("delivery", delivery),
            Self::Deliveries(filter) => form.field("filter", filter),
            Self::Notices(filter) => form.field("filter", filter),
            Self::Delete { intent_ids } => form.field("intents", intent_ids),
            Self::Verify(candidates) => form.field("candidates", &candidates.len()),
            Self::Ready => &mut form,
        };
        form.finish_non_exhaustive()
    }
}

impl fmt::Debug for Answer {
    /// Its word, and what is no body and no value of the store.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut form = f.debug_struct(self.as_str());
        match self {
            Self::Keyless(error) => form.field("error", error),
            Self::Record(record) => form.field("version", &record.as_ref().map(|record| record.version)),
            Self::Records(records) => form.field("count", &records.len()),
            Self::Listing(page) => form.field("count", &page.records.len()),
            Self::Bytes(bytes) => form.field("bytes", &bytes.as_ref().map(Vec::len)),
            Self::Value(value) => form.field("is_set", &value.is_some()),
            Self::Saved(saved) => form.field("saved", saved),
            Self::Noted(is_news) => form.field("is_news", is_news),
            Self::Deliveries(found) => form.field("count", &found.len()),
            Self::Verified(index) => form.field("index", index),
            Self::Deleted(count) => form.field("count", count),
            Self::Refused(error) => form.field("error", error),
            Self::Response(response) => form.field("status", &response.status).field("bytes", &response.body.len()),
            Self::Undelivered { delivery, .. } => form.field("delivery", delivery),
            Self::Gone(is_gone) => form.field("is_gone", is_gone),
            Self::Ready | Self::Due | Self::Changed | Self::Told => &mut form,
        };
        form.finish_non_exhaustive()
    }
}
