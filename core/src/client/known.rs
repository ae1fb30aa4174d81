//! A stored task, as its handle knows it: by its intent's id, and by its record at that time, which is told where the store gives no newer one.

use super::call::Call;
use super::host::Host;
use super::outcome::Outcome;
use super::settings::Client;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::record::TaskRecord;
use crate::reply::Reply;
use crate::store::StoreError;
use std::sync::Arc;

/// How long a store may take to say how a task is when a wait's time is over, in milliseconds.
const LAST_LOOK_MS: u64 = 1_000;
/// The most characters of an id that a message repeats.
const SHOWN: usize = 60;

/// A task of a client's store.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    intent_id: String,
    then: Then,
}

/// What is known of it.
#[derive(Clone, Debug, PartialEq)]
enum Then {
    Nothing,
    Record(Arc<TaskRecord>),
    /// The record's text, which is read only where it is needed.
    Text(Arc<str>),
}

impl From<&str> for Known {
    fn from(intent_id: &str) -> Self {
        Self { intent_id: intent_id.to_owned(), then: Then::Nothing }
    }
}

impl From<Arc<TaskRecord>> for Known {
    fn from(record: Arc<TaskRecord>) -> Self {
        Self { intent_id: record.intent_id.clone(), then: Then::Record(record) }
    }
}

impl Known {
    /// A task by its id and its record's text.
    pub fn text(intent_id: &str, record: &str) -> Self {
        Self { intent_id: intent_id.to_owned(), then: Then::Text(record.into()) }
    }

    /// A record that nobody else has is not kept in memory for this.
    pub(super) fn forget_own_record(&mut self) {
        if matches!(&self.then, Then::Record(record) if Arc::strong_count(record) == 1) {
            self.then = Then::Nothing;
        }
    }

    /// The intent's id.
    pub fn intent_id(&self) -> &str {
        &self.intent_id
    }

    /// The record, as it was known.
    pub fn record(&self) -> Option<Arc<TaskRecord>> {
        match &self.then {
            Then::Nothing => None,
            Then::Record(record) => Some(Arc::clone(record)),
            Then::Text(text) => TaskRecord::from_json(text.as_bytes()).ok().map(Arc::new),
        }
    }

    /// What the record says still, whatever has become of it: an order that was not sent then may have been since, and its record deleted.
    fn certain(&self) -> Option<Arc<TaskRecord>> {
        self.record().filter(|record| record.may_have_cost() || record.phase.is_settled())
    }

    /// A failure of the store, as one about this task: nobody knows better whether it was paid for.
    fn failure(&self, failure: Failure) -> Failure {
        match self.certain() {
            Some(record) => failure.map(|reply| reply.of_redelivery(&record)),
            None => failure.in_doubt(&self.intent_id),
        }
    }
}

impl Client {
    /// The record of an intent of this provider and account. `TASK_NOT_FOUND` where the store has none.
    pub fn task(&self, known: Known, now: UnixMillis) -> Call<Box<TaskRecord>> {
        self.call(known.intent_id().to_owned(), now, move |host| async move { host.task(&known).await.map(Outcome::Record) })
    }

    /// How a task is, by its record alone; nothing is sent.
    pub fn reply(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            let record = host.task(&known).await?;
            // How the task is stands in its record; a provider's last words that cannot be read change nothing about it.
            let raw = host.blob(&record.intent_id, "raw").await.ok().flatten();
            Ok(Outcome::Reply(record.reply(raw.as_deref())))
        })
    }

    /// What is told to who waited for a call until [`Call::ends_at`]: `WAIT_TIMEOUT`, with the task id that came meanwhile.
    pub fn overdue(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            // Unless it is the store that hangs.
            let stored = host.load_within(known.intent_id(), Some(LAST_LOOK_MS)).await.ok().flatten();
            Ok(Outcome::Reply(match stored.map(Arc::from).or_else(|| known.certain()) {
                Some(record) => record.timed_out(),
                None => Reply::left(known.intent_id(), None),
            }))
        })
    }

    /// What is told to who left a submit that goes on, or whose time to wait for it was over: how it is by now.
    pub fn left(&self, intent_id: &str, now: UnixMillis) -> Call<Reply> {
        let intent = intent_id.to_owned();
        self.call(intent_id.to_owned(), now, move |host| async move {
            let stored = host.load_within(&intent, Some(LAST_LOOK_MS)).await.ok().flatten();
            Ok(Outcome::Reply(Reply::left(&intent, stored.as_deref())))
        })
    }
}

impl Host {
    /// The record of an intent of this provider and account.
    pub(super) async fn task(&self, known: &Known) -> Result<Box<TaskRecord>, Failure> {
        self.owned(known, self.load(&known.intent_id).await)
    }

    /// The same of what the store has answered.
    pub(super) fn owned(&self, known: &Known, stored: Result<Option<Box<TaskRecord>>, StoreError>) -> Result<Box<TaskRecord>, Failure> {
        let client = &self.client;
        let stored = stored.map_err(|error| known.failure(error.into()))?;
        let owned = stored.filter(|record| client.owns(record));
        owned.ok_or_else(|| {
            let id: String = known.intent_id.chars().take(SHOWN).collect();
            let (provider, account) = (client.contract.id(), client.account());
            let message = format!("the store has no intent \"{id}\" of {provider} under the account \"{account}\"");
            // It may be in another store, and paid for.
            known.failure(Error::new(ErrorCode::TaskNotFound, message).into())
        })
    }
}
