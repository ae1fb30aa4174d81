//! A proven callback and its task: taken once, and stored with what it changes. One whose task is not known yet is kept until it is.

use super::effect::Step;
use super::host::Host;
use super::known::Known;
use super::received::Received;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::Input;
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::store::{DeliveryFilter, DeliveryOutcome, Saved, StoredDelivery};
use std::sync::Arc;

/// How long a callback is remembered, so that it is taken once: redelivery was seen to go on for three days.
const KEPT_MS: u64 = 7 * 24 * 60 * 60 * 1_000;
/// How long one is kept whose task is not known yet: it may have been faster than the submit's own answer.
const ORPHAN_KEPT_MS: u64 = 24 * 60 * 60 * 1_000;
/// The most bytes of a body that are kept of such a callback. A larger one is kept as one that nobody signed, and a status call tells the rest.
const ORPHAN_BYTES: usize = 64 * 1024;
/// How often a task's record may change under a callback before the provider is asked to send it again.
pub(super) const CONFLICTS: usize = 20;

/// How many ids that callbacks named are looked up for a submit whose answer was lost.
const NAMED_IDS: usize = 3;
/// How soon a callback that came before is a reason to look at its task again, in milliseconds.
const AGAIN_MS: u64 = 10_000;
/// The most bytes that are kept of a body which nobody signed: it is for people.
const UNSIGNED_BYTES: usize = 16 * 1024;

/// Whether a callback is stored with what it changes, or is stored already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    First,
    Again,
}

/// A callback that is proven, and what it says.
pub(super) struct Delivered<'a> {
    /// The intent that its token names.
    pub(super) intent_id: Option<&'a str>,
    pub(super) task_id: Option<&'a str>,
    pub(super) covers_body: bool,
    pub(super) dedupe: String,
    pub(super) body: &'a [u8],
}

impl Host {
    /// Stores a proven callback with what it changes. The record is the task's afterwards.
    pub(super) async fn deliver(&self, delivered: &Delivered<'_>) -> Result<(Received, Option<Arc<TaskRecord>>), Failure> {
        for _ in 0..CONFLICTS {
            let known = self.deliveries(self.client.same_delivery(&delivered.dedupe, self.now())).await?;
            let taken = known.iter().find(|known| known.outcome != DeliveryOutcome::Orphan);
            let called = self.task_called(delivered).await?;
            if let Some(taken) = taken {
                let Some(record) = called else { return Ok((Received::Duplicate, None)) };
                // A body that nobody signed may be the same for other news: it is one more reason to ask, but not again and again.
                if taken.verified || !self.may_look_again(&record, taken) {
                    return Ok((Received::Duplicate, Some(Arc::from(record))));
                }
                if let Some((_, record)) = self.apply(record, delivered, Taking::Again).await? {
                    return Ok((Received::Duplicate, record));
                }
                continue;
            }
            let record = match called {
                Some(record) => record,
                None => match self.keep_orphan(delivered).await? {
                    (Received::Orphan, Some(record)) => record,
                    (received, _) => return Ok((received, None)),
                },
            };
            if let Some(done) = self.apply(record, delivered, Taking::First).await? {
                return self.caught_up(done, delivered).await;
            }
        }
        Err(contended())
    }

    /// A callback that came before its submit's answer was stored: whoever stored that meanwhile may have looked for it too early.
    async fn caught_up(
        &self,
        done: (Received, Option<Arc<TaskRecord>>),
        delivered: &Delivered<'_>,
    ) -> Result<(Received, Option<Arc<TaskRecord>>), Failure> {
        let Some(record) = done.1.as_ref().filter(|record| record.task_id.is_none() && !record.phase.is_terminal()) else {
            return Ok(done);
        };
        match self.load(&record.intent_id).await? {
            Some(newer) if newer.task_id.is_some() => Ok(self.apply(newer, delivered, Taking::Again).await?.unwrap_or(done)),
            Some(newer) => Ok((done.0, Some(Arc::from(newer)))),
            None => Ok(done),
        }
    }

    /// Takes a callback that is stored.
    pub(super) async fn deliver_again(&self, delivered: &Delivered<'_>) -> Result<(Received, Option<Arc<TaskRecord>>), Failure> {
        for _ in 0..CONFLICTS {
            let Some(record) = self.task_called(delivered).await? else { return Ok((Received::Unknown, None)) };
            if let Some(done) = self.apply(record, delivered, Taking::Again).await? {
                return Ok(done);
            }
        }
        Err(contended())
    }

    /// Whether a task is worth a look because of a callback that came before, too: never one whose submit is still out.
    fn may_look_again(&self, record: &TaskRecord, taken: &StoredDelivery) -> bool {
        let is_old = |at: UnixMillis| at.saturating_add(AGAIN_MS) < self.now();
        record.task_id.is_some() && !record.phase.is_terminal() && is_old(taken.received_at) && record.at.checked.is_none_or(is_old)
    }

    /// The task of a callback: by its token, else by the provider's id of it.
    async fn task_called(&self, delivered: &Delivered<'_>) -> Result<Option<Box<TaskRecord>>, Failure> {
        let client = &self.client;
        let is_own = |record: &TaskRecord| record.provider == client.contract.id() && record.account == client.account();
        if let Some(intent_id) = delivered.intent_id {
            return Ok(self.load(intent_id).await?.filter(|record| is_own(record)));
        }
        let Some(task_id) = delivered.task_id else { return Ok(None) };
        Ok(self.find_task(task_id).await?.into_iter().find(is_own).map(Box::new))
    }

    /// Nothing is known by the task's id: its submit's answer may still be on its way. Where that was stored meanwhile, whoever stored it may
    /// have looked for orphans too early: its record comes back.
    async fn keep_orphan(&self, delivered: &Delivered<'_>) -> Result<(Received, Option<Box<TaskRecord>>), Failure> {
        // What a token names was stored before its submit left: it is not here, or was pruned.
        if delivered.intent_id.is_some() || delivered.task_id.is_none() {
            return Ok((Received::Unknown, None));
        }
        let delivery = self.delivery(delivered, DeliveryOutcome::Orphan, None);
        self.remember(delivery).await?;
        Ok((Received::Orphan, self.task_called(delivered).await?))
    }

    fn delivery(&self, delivered: &Delivered<'_>, outcome: DeliveryOutcome, intent_id: Option<&str>) -> StoredDelivery {
        let is_orphan = outcome == DeliveryOutcome::Orphan;
        let kept = if is_orphan { ORPHAN_KEPT_MS } else { KEPT_MS };
        let verified = delivered.covers_body && !(is_orphan && delivered.body.len() > ORPHAN_BYTES);
        let kept_bytes = if verified { delivered.body.len() } else { UNSIGNED_BYTES };
        StoredDelivery {
            provider: self.client.contract.id().to_owned(),
            account: self.client.account().to_owned(),
            dedupe: delivered.dedupe.clone(),
            received_at: self.now(),
            expires_at: self.now().saturating_add(kept),
            verified,
            outcome,
            intent_id: intent_id.map(str::to_owned),
            task_id: delivered.task_id.map(str::to_owned),
            body: delivered.body.get(..kept_bytes).unwrap_or(delivered.body).to_vec(),
        }
    }

    /// One try to change a task as a callback says; `None`: somebody else has changed it, or has taken the callback.
    async fn apply(
        &self,
        record: Box<TaskRecord>,
        delivered: &Delivered<'_>,
        taking: Taking,
    ) -> Result<Option<(Received, Option<Arc<TaskRecord>>)>, Failure> {
        let intent_id = record.intent_id.clone();
        self.line.desk().intent_id.clone_from(&intent_id);
        // An id that another intent has is not this one's, whoever says so.
        let is_free = match delivered.task_id.filter(|_| record.task_id.is_none()) {
            Some(task_id) => {
                !self.find_task(task_id).await?.iter().any(|other| other.account == record.account && other.intent_id != intent_id)
            }
            None => true,
        };
        let task_id = delivered.task_id.filter(|_| is_free);
        let settings = Arc::clone(&self.client.once);
        let mut machine = self.resumed_about(record, &settings).await?;
        let body = delivered.covers_body.then(|| delivered.body.to_vec());
        let input = Input::Callback { task_id: task_id.map(str::to_owned), body };
        let now = self.now();
        let outputs = self.client.with(|state| machine.feed(&input, now, &mut state.pacer))?;
        let sorted = self.sorted(&machine, outputs);
        let told = |kind: &str| sorted.step.as_ref().is_some_and(|step| step.events.iter().any(|event| event.kind == kind));
        let outcome = if told("conflict") {
            DeliveryOutcome::Conflict
        } else if sorted.step.as_ref().is_some_and(|step| step.applies_callback()) {
            DeliveryOutcome::Applied
        } else {
            DeliveryOutcome::Poke
        };
        let delivery = self.delivery(delivered, outcome, Some(&intent_id));
        let received = match outcome {
            DeliveryOutcome::Applied => Received::Applied,
            DeliveryOutcome::Conflict => Received::Conflict,
            DeliveryOutcome::Poke | DeliveryOutcome::Orphan => Received::Poke,
        };
        let Some(step) = sorted.step.filter(|_| sorted.saves) else {
            // It changes nothing, and is taken even so.
            let is_news = taking == Taking::Again || self.remember(delivery).await?;
            let record = Arc::new(machine.record().clone());
            return Ok(Some((if is_news { received } else { Received::Duplicate }, Some(record))));
        };
        let step = Arc::new(Step { delivery: (taking == Taking::First).then(|| Arc::new(delivery)), ..(*step).clone() });
        if self.save(&step, false).await? == Saved::Conflict {
            return Ok(None);
        }
        self.learn_from(&mut machine).await;
        if self.client.listens && !step.events.is_empty() {
            self.tell(Arc::clone(&step)).await;
        }
        Ok(Some((received, Some(Arc::clone(&step.record)))))
    }

    /// The callbacks that were faster than the answer to their own submit. What goes wrong with them is no matter of the submit's: polls
    /// bring the same.
    pub(super) async fn match_early(&self, record: &TaskRecord) -> Option<Arc<TaskRecord>> {
        let task_id = record.task_id.as_deref()?;
        let mut early = self.called_about(record).await.ok()?;
        if self.client.may_have_orphans() {
            let filter = DeliveryFilter {
                task_id: Some(task_id.to_owned()),
                outcome: Some(DeliveryOutcome::Orphan),
                ..DeliveryFilter::kept(&record.provider, &record.account, self.now())
            };
            early.extend(self.deliveries(filter).await.ok()?);
        }
        let mut last = None;
        // The oldest first.
        early.sort_by_key(|delivery| delivery.received_at);
        for delivery in early {
            let delivered = Delivered::of(&delivery, &record.intent_id);
            let done = match delivery.outcome {
                DeliveryOutcome::Orphan => self.deliver(&delivered).await,
                _ => self.deliver_again(&delivered).await,
            };
            last = done.ok().and_then(|(_, record)| record).or(last);
        }
        last
    }

    /// The stored callbacks that name an intent, the newest first; none where it asked for none.
    async fn called_about(&self, record: &TaskRecord) -> Result<Vec<StoredDelivery>, Failure> {
        if !record.callback || !self.client.callbacks.are_kept {
            return Ok(Vec::new());
        }
        let filter = DeliveryFilter {
            intent_id: Some(record.intent_id.clone()),
            ..DeliveryFilter::kept(&record.provider, &record.account, self.now())
        };
        Ok(self.deliveries(filter).await?)
    }

    /// A submit whose answer was lost, and the ids that its callbacks name: the first that the provider knows, and no other intent has, is its
    /// task's. The record as it is then.
    pub(super) async fn found_by_callback(&self, record: Box<TaskRecord>) -> Result<Box<TaskRecord>, Failure> {
        if record.phase != Phase::Unresolved {
            return Ok(record);
        }
        let named = named_ids(self.called_about(&record).await?.into_iter().filter_map(|delivery| delivery.task_id));
        let intent_id = record.intent_id.clone();
        for task_id in named {
            // What it comes to stands in the record: that nobody knows the id, or cannot tell now, is no failure of whoever asks.
            if super::settle::adopt(self.clone(), Known::from(intent_id.as_str()), task_id).await.is_ok() {
                return Ok(self.load(&intent_id).await?.unwrap_or(record));
            }
        }
        Ok(record)
    }
}

impl<'a> Delivered<'a> {
    /// A stored callback about an intent.
    pub(super) fn of(stored: &'a StoredDelivery, intent_id: &'a str) -> Self {
        Self {
            intent_id: Some(intent_id),
            task_id: stored.task_id.as_deref(),
            covers_body: stored.verified,
            dedupe: stored.dedupe.clone(),
            body: &stored.body,
        }
    }
}

/// The ids that are looked up, in the order in which they are named: each once, and only some.
fn named_ids(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for id in ids {
        if !named.contains(&id) && named.len() < NAMED_IDS {
            named.push(id);
        }
    }
    named
}

fn contended() -> Failure {
    Error::new(ErrorCode::StoreError, "other processes keep changing the task's record").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_named_again_takes_no_place_of_another() {
        let named = |ids: &str| named_ids(ids.split_whitespace().map(str::to_owned)).join(" ");
        assert_eq!(named("a b a c"), "a b c");
        assert_eq!(named("a a b b a c d"), "a b c");
        assert_eq!((named("a"), named("")), ("a".to_owned(), String::new()));
    }
}
