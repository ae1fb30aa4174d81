//! What a sequence asks its host for, each with the answer that fits.

use super::call::{Call, Line, Stay};
use super::effect::{Answer, Effect, Step};
use super::outcome::{Brought, Outcome};
use super::settings::{Client, Shared};
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::{HttpRequest, HttpResponse, Operation, UnixMillis};
use crate::machine::Input;
use crate::machine::{FINAL_POLL_GRACE_MS, Rest, TaskMachine};
use crate::record::TaskRecord;
use crate::store::{DeliveryFilter, Filter, Find, Listing, MetaRule, NoticeFilter, Saved, StoreError, StoreErrorKind, StoredDelivery};
use crate::webhook::Candidate;
use std::sync::Arc;

/// How a sleep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Woken {
    Due,
    Changed,
}

/// The host of one call, as its sequence sees it, and what the call shares with the others of its client.
#[derive(Clone)]
pub(super) struct Host {
    pub(super) line: Arc<Line>,
    pub(super) client: Arc<Shared>,
}

impl Client {
    /// Begins a call about an intent, or about none.
    pub(super) fn call<T: Brought, F>(&self, intent_id: String, now: UnixMillis, sequence: impl FnOnce(Host) -> F) -> Call<T>
    where
        F: Future<Output = Result<Outcome, Failure>> + Send + 'static,
    {
        let line = Line::about(intent_id, now);
        let host = Host { line: Arc::clone(&line), client: Arc::clone(&self.shared) };
        Call::new(line, Box::pin(sequence(host)))
    }
}

impl Host {
    pub(super) fn now(&self) -> UnixMillis {
        self.line.now()
    }

    /// Nobody waits for the call's own end after this time, and a little for a request that is then on its way.
    pub(super) fn ends(&self, at: UnixMillis) {
        self.line.desk().ends_at = Some(at.saturating_add(FINAL_POLL_GRACE_MS));
    }

    /// From now on, until what is returned is dropped, the call is not left.
    pub(super) fn stay(&self) -> Stay {
        self.line.stay()
    }

    /// Whether place and credential are held.
    pub(super) fn is_ready(&self) -> bool {
        self.line.desk().is_ready
    }

    /// Asks for a place and the credential, unless they are held already.
    pub(super) async fn ready(&self) -> Result<(), Error> {
        if self.is_ready() {
            return Ok(());
        }
        match self.line.ask(Effect::Ready).await {
            Answer::Ready => {
                self.line.desk().is_ready = true;
                Ok(())
            }
            Answer::Keyless(error) => Err(*error),
            other => Err(odd(&other)),
        }
    }

    pub(super) async fn load(&self, intent_id: &str) -> Result<Option<Box<TaskRecord>>, StoreError> {
        self.load_within(intent_id, None).await
    }

    pub(super) async fn load_within(&self, intent_id: &str, within_ms: Option<u64>) -> Result<Option<Box<TaskRecord>>, StoreError> {
        match self.line.ask(Effect::Load { intent_id: intent_id.to_owned(), within_ms }).await {
            Answer::Record(record) if record.as_ref().is_none_or(|record| record.intent_id == intent_id) => Ok(record),
            Answer::Record(_) => Err(StoreError::not_asked_for("another task's record")),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn find(&self, by: Find) -> Result<Vec<TaskRecord>, StoreError> {
        match self.line.ask(Effect::Find(by.clone())).await {
            // One that was changed since the store found it is as good as not found.
            Answer::Records(mut records) if records.iter().all(|record| by.is_of(record)) => {
                records.retain(|record| by.matches(record));
                Ok(records)
            }
            Answer::Records(_) => Err(StoreError::not_asked_for("a record")),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn blob(&self, intent_id: &str, name: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.line.ask(Effect::Blob { intent_id: intent_id.to_owned(), name }).await {
            Answer::Bytes(bytes) => Ok(bytes),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn meta(&self, name: String) -> Result<Option<String>, StoreError> {
        match self.line.ask(Effect::Meta { name }).await {
            Answer::Value(value) => Ok(value),
            other => Err(refused(other)),
        }
    }

    /// Sets a value, and says which one stands.
    pub(super) async fn set_meta(&self, name: String, value: String, rule: MetaRule) -> Result<String, StoreError> {
        match self.line.ask(Effect::SetMeta { name, value, rule }).await {
            Answer::Value(value) => Ok(value.unwrap_or_default()),
            other => Err(refused(other)),
        }
    }

    /// Saves once; most want [`Host::save`].
    pub(super) async fn try_save(&self, step: &Arc<Step>) -> Result<Saved, StoreError> {
        match self.line.ask(Effect::Save(Arc::clone(step))).await {
            Answer::Saved(saved) => Ok(saved),
            other => Err(refused(other)),
        }
    }

    /// Stores a callback where it is new, and says whether it was.
    pub(super) async fn remember(&self, delivery: StoredDelivery) -> Result<bool, StoreError> {
        self.noted(Effect::Remember(Arc::new(delivery))).await
    }

    pub(super) async fn deliveries(&self, filter: DeliveryFilter) -> Result<Vec<StoredDelivery>, StoreError> {
        match self.line.ask(Effect::Deliveries(filter.clone())).await {
            Answer::Deliveries(found) if found.iter().all(|delivery| filter.matches(delivery)) => Ok(found),
            Answer::Deliveries(_) => Err(StoreError::not_asked_for("a callback")),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn notices(&self, filter: NoticeFilter) -> Result<Vec<TaskRecord>, StoreError> {
        match self.line.ask(Effect::Notices(filter.clone())).await {
            Answer::Records(records) if records.iter().all(|record| filter.matches(record)) => Ok(records),
            Answer::Records(_) => Err(StoreError::not_asked_for("a notice")),
            other => Err(refused(other)),
        }
    }

    /// Whether an acknowledgement was the first.
    pub(super) async fn acknowledge(&self, intent_id: &str) -> Result<bool, StoreError> {
        self.noted(Effect::Acknowledge { intent_id: intent_id.to_owned(), at: self.now() }).await
    }

    async fn noted(&self, effect: Effect) -> Result<bool, StoreError> {
        match self.line.ask(effect).await {
            Answer::Noted(is_news) => Ok(is_news),
            other => Err(refused(other)),
        }
    }

    /// Which of these signatures is one.
    pub(super) async fn verify(&self, candidates: Vec<Candidate>) -> Option<usize> {
        match self.line.ask(Effect::Verify(candidates)).await {
            Answer::Verified(index) => index,
            _ => None,
        }
    }

    /// Fetches what needs no credential and is no task's.
    pub(super) async fn fetch(&self, request: HttpRequest, until: UnixMillis, timeout_ms: u64) -> Option<HttpResponse> {
        match self.line.ask(Effect::Send { request, until, timeout_ms }).await {
            Answer::Response(response) => Some(response),
            _ => None,
        }
    }

    /// Sends a request; what happened is the next input of its machine. `None`: another call has changed the task while the provider kept the
    /// request open.
    pub(super) async fn send(&self, request: HttpRequest, until: UnixMillis) -> Result<Option<Input>, Error> {
        let timeout_ms = self.client.foreground.request_timeout_ms.saturating_add(request.open_ms);
        self.send_within(request, until, timeout_ms).await
    }

    /// The same for a request that may take so long.
    pub(super) async fn send_within(&self, request: HttpRequest, until: UnixMillis, timeout_ms: u64) -> Result<Option<Input>, Error> {
        let (id, operation) = (request.id.clone(), request.operation);
        let answer = self.line.ask(Effect::Send { request, until, timeout_ms }).await;
        if operation == Operation::Submit {
            self.line.desk().is_ready = false;
        }
        match answer {
            Answer::Response(response) => Ok(Some(Input::Response { request: id, response })),
            Answer::Undelivered { delivery, reason } => Ok(Some(Input::Undelivered { request: id, delivery, reason })),
            Answer::Changed => Ok(None),
            Answer::Keyless(error) => Err(*error),
            other => Err(odd(&other)),
        }
    }

    /// Sleeps until a time, and gives back what is held; of a task, also until another call has changed it.
    pub(super) async fn sleep(&self, until: UnixMillis, intent_id: Option<&str>, may_park: bool) -> Woken {
        let intent_id = intent_id.map(str::to_owned);
        self.line.desk().is_ready = false;
        match self.line.ask(Effect::Sleep { until, intent_id, gives_back: true, may_park }).await {
            Answer::Changed => Woken::Changed,
            _ => Woken::Due,
        }
    }

    /// Where the host parks the call from now on, this is what is kept of its machine; `None`: it cannot.
    pub(super) fn may_park(&self, rest: Option<Rest>) {
        if let Some(parking) = &mut self.line.desk().parking {
            parking.rest = rest;
        }
    }

    /// A moment's pause, which gives nothing back.
    pub(super) async fn pause(&self, ms: u64) {
        let until = self.now().saturating_add(ms);
        self.line.ask(Effect::Sleep { until, intent_id: None, gives_back: false, may_park: false }).await;
    }

    /// Whether the process of a lease's holder is provably gone.
    pub(super) async fn is_gone(&self, holder: &str) -> bool {
        super::holder::holder_process(holder).is_some()
            && matches!(self.line.ask(Effect::Probe { holder: holder.to_owned() }).await, Answer::Gone(true))
    }

    /// Tells a step to whoever listens.
    pub(super) async fn tell(&self, step: Arc<Step>) {
        self.line.ask(Effect::Tell(step)).await;
    }

    /// How a machine's task is, where that is news to whoever waits for it. Its end is none: the wait itself tells it.
    pub(super) fn news_of(&self, machine: &TaskMachine) -> Option<crate::reply::Reply> {
        let mut desk = self.line.desk();
        if !desk.hears || machine.record().phase.is_terminal() {
            return None;
        }
        let reply = machine.reply();
        let is_news = desk.told.as_ref().is_none_or(|told| !told.tells_the_same(&reply));
        is_news.then(|| desk.told.insert(reply).clone())
    }
}

/// What a call asks that is of no single client.
impl Line {
    pub(super) async fn list(&self, filter: Filter) -> Result<Listing, StoreError> {
        match self.ask(Effect::List(filter.clone())).await {
            // One that was changed since the store found it is as good as not found.
            Answer::Listing(mut page) if page.records.iter().all(|record| filter.is_of(record)) => {
                // A store that does not know the order would hand out the wrong end, and its pages would not meet.
                if !filter.is_order_of(&page.records) {
                    return Err(StoreError::new(
                        StoreErrorKind::Corrupt,
                        "the task store gave records in another order than it was asked for",
                    ));
                }
                page.records.retain(|record| filter.matches(record));
                Ok(*page)
            }
            Answer::Listing(_) => Err(StoreError::not_asked_for("a record")),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn delete(&self, intent_ids: Vec<String>) -> Result<u64, StoreError> {
        match self.ask(Effect::Delete { intent_ids }).await {
            Answer::Deleted(count) => Ok(count),
            other => Err(refused(other)),
        }
    }
}

/// The call checks what kind of answer an effect gets, so that only a fault of this program comes here.
fn odd(answer: &Answer) -> Error {
    Error::new(ErrorCode::UnknownError, format!("\"{}\" answers another effect", answer.as_str()))
}

fn refused(answer: Answer) -> StoreError {
    match answer {
        Answer::Refused(error) => error,
        other => StoreError::new(StoreErrorKind::Misuse, odd(&other).message),
    }
}
