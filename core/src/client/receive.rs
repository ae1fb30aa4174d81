//! Callbacks: proven, taken once, and stored with what they change before they are acknowledged. What takes time comes afterwards.

use super::call::Call;
use super::effect::Step;
use super::host::Host;
use super::known::Known;
use super::outcome::Outcome;
use super::settings::Client;
use super::wait::check_record;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::{Input, OneShot};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::{Reply, Status};
use crate::state::{self, Change, versions};
use crate::store::{DeliveryFilter, DeliveryOutcome, Saved, StoredDelivery};
use crate::webhook::{self, Arrival, Proof, Refusal, Verdict};
use std::sync::Arc;

/// How long a callback is remembered, so that it is taken once: redelivery was seen to go on for three days.
const KEPT_MS: u64 = 7 * 24 * 60 * 60 * 1_000;
/// How long one is kept whose task is not known yet: it may have been faster than the submit's own answer.
const ORPHAN_KEPT_MS: u64 = 24 * 60 * 60 * 1_000;
/// How often a task's record may change under a callback before the provider is asked to send it again.
const CONFLICTS: usize = 20;

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Received {
    /// Its signed body said how the task is, and that is stored.
    Applied,
    /// It proved that there is news; a status call says which.
    Poke,
    /// It was taken before.
    Duplicate,
    /// It is proven, and no task is known by it yet; it is kept for a day.
    Orphan,
    /// It contradicts what is stored; a status call says which is true.
    Conflict,
    /// It is proven, and its task is not stored here, or not any more.
    Unknown,
    /// It proves nothing, or is none.
    Refused,
    /// It could not be stored, or the keys to verify it could not be fetched: the provider is to send it again.
    Unavailable,
}

impl Received {
    /// The outcome's word: `applied`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Poke => "poke",
            Self::Duplicate => "duplicate",
            Self::Orphan => "orphan",
            Self::Conflict => "conflict",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Unavailable => "unavailable",
        }
    }
}

/// What is answered to a callback, and what it brought. Status and body say nothing about any task.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The HTTP status: what the contract calls an acknowledgement, 400, 401, 405, 413 or 503.
    pub http_status: u16,
    /// The body, plain text.
    pub body: &'static str,
    /// What became of it.
    pub outcome: Received,
    /// The intent that it is about, where it is one of this client's.
    pub intent_id: Option<String>,
    /// Whether [`Client::follow_up`] has something to do, once the answer has gone out.
    pub follow_up: bool,
    /// Which of the secrets for tokens proved it, counted from 0: once the old one proves nothing any more, it can go.
    pub token_secret: Option<usize>,
    /// Which of the signing secrets or keys did.
    pub signing_secret: Option<usize>,
    /// Why it could not be taken, for a log: what a store or a key server said.
    pub reason: Option<String>,
}

impl Receipt {
    /// Whether the callback is this client's: where several clients stand behind one URL, the first that says so has it.
    pub const fn is_ours(&self) -> bool {
        !matches!(self.outcome, Received::Refused | Received::Unknown)
    }

    /// Whether this is the answer where several clients were asked and none has taken the callback: one that could not be taken now is to come
    /// again, and one whose task is not stored any more is not.
    pub const fn outweighs(&self, other: &Self) -> bool {
        self.weight() > other.weight()
    }

    const fn weight(&self) -> u8 {
        match self.outcome {
            Received::Unavailable => 2,
            Received::Unknown => 1,
            _ => 0,
        }
    }

    const fn new(http_status: u16, body: &'static str, outcome: Received) -> Self {
        Self { http_status, body, outcome, intent_id: None, follow_up: false, token_secret: None, signing_secret: None, reason: None }
    }

    fn refused(refusal: Refusal) -> Self {
        let body = match refusal {
            Refusal::NotPost => "method not allowed",
            Refusal::TooLarge => "too large",
            Refusal::Unproven => "unauthorized",
            Refusal::Malformed => "bad request",
        };
        Self::new(refusal.http_status(), body, Received::Refused)
    }

    /// A callback that could not be taken: the provider is to send it again.
    pub fn unavailable(reason: String) -> Self {
        Self { reason: Some(reason), ..Self::new(503, "try again later", Received::Unavailable) }
    }
}

impl Client {
    /// Takes a callback as HTTP brought it: verifies it, stores it with what it changes, and says what to answer. It never fails, and asks
    /// the provider nothing but for published keys.
    pub fn receive(&self, arrival: Arrival, now: UnixMillis) -> Call<Receipt> {
        self.call(String::new(), now, move |host| async move {
            let _stay = host.stay();
            let taken = take(&host, &arrival).await;
            Ok(Outcome::Receipt(taken.unwrap_or_else(|failure| Receipt::unavailable(failure.message().to_owned()))))
        })
    }

    /// What follows from a callback that was acknowledged: one status call about its task, where nobody in this client waits for it; of one
    /// that contradicts the end that is stored, the status call says which of the two is true.
    pub fn follow_up(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            let end = host.ends_in_time();
            let record = host.task(&known).await?;
            Ok(Outcome::Reply(if record.phase.is_terminal() {
                host.arbitrate(record).await?
            } else if host.client.is_driven(&record.intent_id) {
                record.reply(None)
            } else {
                check_record(&host, record, end, false).await?
            }))
        })
    }
}

/// A callback that is proven, and what it says.
struct Delivered<'a> {
    /// The intent that its token names.
    intent_id: Option<&'a str>,
    task_id: Option<&'a str>,
    covers_body: bool,
    dedupe: String,
    body: &'a [u8],
}

async fn take(host: &Host, arrival: &Arrival) -> Result<Receipt, Failure> {
    let secrets = host.callback_secrets().await?;
    let mut proof = match webhook::judge(&host.client.contract, &secrets, arrival, host.now()) {
        Verdict::Refused(refusal) => return Ok(Receipt::refused(refusal)),
        Verdict::Proven(proof) => proof,
        Verdict::Keys(pending) => match host.signed_by(pending).await? {
            Some(proof) => proof,
            None => return Ok(Receipt::refused(Refusal::Unproven)),
        },
    };
    host.client.with(|state| state.callbacks.seen());
    let (token_secret, signing_secret) = (proof.token_secret, proof.signing_secret);
    let body = std::mem::take(&mut proof.dedupe);
    // Two tasks' callbacks may have one body, where it names none of them.
    let dedupe = proof.intent_id.as_ref().map_or_else(|| body.clone(), |intent_id| format!("{intent_id} {body}"));
    let Proof { intent_id, task_id, covers_body, .. } = &proof;
    let delivered =
        Delivered { intent_id: intent_id.as_deref(), task_id: task_id.as_deref(), covers_body: *covers_body, dedupe, body: &arrival.body };
    let (outcome, record) = host.deliver(&delivered).await?;
    let is_ours = outcome != Received::Unknown;
    let receipt = Receipt::new(host.client.contract.acknowledges_with(), "ok", outcome);
    Ok(Receipt {
        follow_up: record.as_ref().is_some_and(|record| wants_look(record, host.now())),
        intent_id: record.map(|record| record.intent_id.clone()).filter(|_| is_ours),
        token_secret,
        signing_secret,
        ..receipt
    })
}

/// Whether a status call about a task has something to say now.
fn wants_look(record: &TaskRecord, now: UnixMillis) -> bool {
    let is_due = || record.task_id.is_some() && record.due_at(now).is_some_and(|due| due <= now);
    if record.phase.is_terminal() { record.has_claim_of_a_callback() } else { is_due() }
}

impl Host {
    /// Stores a proven callback with what it changes. The record is the task's afterwards.
    async fn deliver(&self, delivered: &Delivered<'_>) -> Result<(Received, Option<Arc<TaskRecord>>), Failure> {
        for _ in 0..CONFLICTS {
            let known = self.deliveries(self.client.same_delivery(&delivered.dedupe, self.now())).await?;
            let is_taken = known.iter().any(|known| known.outcome != DeliveryOutcome::Orphan);
            let called = self.task_called(delivered).await?;
            if is_taken {
                return Ok((Received::Duplicate, called.map(Arc::from)));
            }
            let record = match called {
                Some(record) => record,
                None => match self.keep_orphan(delivered).await? {
                    (Received::Orphan, Some(record)) => record,
                    (received, _) => return Ok((received, None)),
                },
            };
            if let Some(done) = self.apply(record, delivered).await? {
                return Ok(done);
            }
        }
        Err(Error::new(ErrorCode::StoreError, "other processes keep changing the task's record").into())
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
        let kept = if outcome == DeliveryOutcome::Orphan { ORPHAN_KEPT_MS } else { KEPT_MS };
        StoredDelivery {
            provider: self.client.contract.id().to_owned(),
            account: self.client.account().to_owned(),
            dedupe: delivered.dedupe.clone(),
            received_at: self.now(),
            expires_at: self.now().saturating_add(kept),
            verified: delivered.covers_body,
            outcome,
            intent_id: intent_id.map(str::to_owned),
            task_id: delivered.task_id.map(str::to_owned),
            body: delivered.body.to_vec(),
        }
    }

    /// One try to change a task as a callback says; `None`: somebody else has changed it, or has taken the callback.
    async fn apply(
        &self,
        record: Box<TaskRecord>,
        delivered: &Delivered<'_>,
    ) -> Result<Option<(Received, Option<Arc<TaskRecord>>)>, Failure> {
        let intent_id = record.intent_id.clone();
        self.line.desk().intent_id.clone_from(&intent_id);
        let settings = Arc::clone(&self.client.once);
        let mut machine = self.resumed_about(record, &settings).await?;
        let body = delivered.covers_body.then(|| delivered.body.to_vec());
        let input = Input::Callback { task_id: delivered.task_id.map(str::to_owned), body };
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
            let is_news = self.remember(delivery).await?;
            let record = Arc::new(machine.record().clone());
            return Ok(Some((if is_news { received } else { Received::Duplicate }, Some(record))));
        };
        let step = Arc::new(Step { delivery: Some(Arc::new(delivery)), ..(*step).clone() });
        if self.save(&step, false).await? == Saved::Conflict {
            return Ok(None);
        }
        if self.client.listens && !step.events.is_empty() {
            self.tell(Arc::clone(&step)).await;
        }
        Ok(Some((received, Some(Arc::clone(&step.record)))))
    }

    /// The callbacks that were faster than the answer to their own submit. What goes wrong with them is no matter of the submit's: polls
    /// bring the same.
    pub(super) async fn match_orphans(&self, record: &TaskRecord) -> Option<Arc<TaskRecord>> {
        let task_id = record.task_id.as_deref().filter(|_| self.client.may_have_orphans())?;
        let filter = DeliveryFilter {
            provider: Some(record.provider.clone()),
            account: Some(record.account.clone()),
            task_id: Some(task_id.to_owned()),
            outcome: Some(DeliveryOutcome::Orphan),
            kept_at: Some(self.now()),
            ..DeliveryFilter::default()
        };
        let mut last = None;
        // The oldest first.
        for orphan in self.deliveries(filter).await.ok()?.into_iter().rev() {
            let delivered = Delivered {
                intent_id: Some(&record.intent_id),
                task_id: Some(task_id),
                covers_body: orphan.verified,
                dedupe: orphan.dedupe.clone(),
                body: &orphan.body,
            };
            last = self.deliver(&delivered).await.ok().and_then(|(_, record)| record).or(last);
        }
        last
    }

    /// Asks the provider which of two ends is true, where a callback has claimed another one than is stored. The stored one stays.
    async fn arbitrate(&self, record: Box<TaskRecord>) -> Result<Reply, Failure> {
        let task_id = record.task_id.clone().filter(|_| record.has_claim_of_a_callback());
        let Some(task_id) = task_id else { return Ok(record.reply(None)) };
        let answer = super::ask::ask(self, &task_id, Some(&record.model), OneShot::Status).await?;
        let said = match answer.status {
            Status::Success => Phase::Succeeded,
            Status::Failed if answer.task_id.is_some() => Phase::Failed,
            Status::Cancelled => Phase::Cancelled,
            // It cannot tell now: the claim stays noted.
            _ => return Ok(record.reply(None)),
        };
        let mut record = record;
        for _ in 0..CONFLICTS {
            let confirmed = said == record.phase;
            if !record.has_claim_of_a_callback() || state::apply(&mut record, Change::Arbitrated { confirmed }, self.now()).is_none() {
                break;
            }
            versions::next_version(&mut record);
            if self.save(&Step::fenced((*record).clone(), Vec::new()), false).await? == Saved::Done {
                break;
            }
            match self.load(&record.intent_id).await? {
                Some(newer) => record = newer,
                None => break,
            }
        }
        Ok(record.reply(None))
    }
}
