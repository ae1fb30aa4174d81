//! Callbacks, as HTTP brings them: proven, delivered to their tasks, and acknowledged. What takes time comes afterwards.

use super::call::Call;
use super::deliver::{CONFLICTS, Delivered};
use super::effect::Step;
use super::host::Host;
use super::known::Known;
use super::outcome::Outcome;
use super::received::{Receipt, Received};
use super::settings::Client;
use super::wait::check_record;
use crate::error::{Error, ErrorCode};
use crate::failure::Failure;
use crate::io::UnixMillis;
use crate::machine::OneShot;
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::reply::{Reply, Status};
use crate::state::{self, Change, versions};
use crate::store::Saved;
use crate::webhook::{self, Arrival, Proof, Refusal, Verdict};
use std::sync::Arc;

/// How many looks one follow-up takes at most: a status call, one for the details, and some for what came meanwhile.
const LOOKS: u32 = 4;

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

    /// Takes a stored callback once more, as if it came now: for a person who has put something right. `dedupe` names it.
    pub fn replay(&self, dedupe: &str, now: UnixMillis) -> Call<Receipt> {
        let dedupe = dedupe.to_owned();
        self.call(String::new(), now, move |host| async move {
            let _stay = host.stay();
            host.replay(&dedupe).await.map(Outcome::Receipt)
        })
    }

    /// What follows from a callback that was acknowledged: one status call about its task, where nobody in this client waits for it; of one
    /// that contradicts the end that is stored, the status call says which of the two is true.
    pub fn follow_up(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.follow_up_beside(known, false, now)
    }

    /// The same for a host that waits for tasks by other means than this client's calls: `is_driven` says whether it waits for this one.
    pub fn follow_up_beside(&self, known: Known, is_driven: bool, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            let end = host.ends_in_time();
            // The same callback may come many times at once: whoever is there first looks for all of them.
            let Some(_first) = host.client.follow(known.intent_id()) else {
                return Ok(Outcome::Reply(host.task(&known).await?.reply(None)));
            };
            for look in 0..=LOOKS {
                let record = host.task(&known).await?;
                // What came while it looked may be newer than what it saw; and what was done then may have its details to fetch.
                let is_over = !host.client.has_followers(known.intent_id()) && !record.is_due(host.now());
                if record.phase.is_terminal() {
                    return host.arbitrate(record).await.map(Outcome::Reply);
                }
                if record.phase == Phase::Unresolved {
                    let found = host.found_by_callback(record).await?;
                    return Ok(Outcome::Reply(found.reply(None)));
                }
                let is_seen_to = is_driven || host.client.is_driven(&record.intent_id) || record.task_id.is_none();
                if is_seen_to || look == LOOKS || (look > 0 && is_over) {
                    return Ok(Outcome::Reply(record.reply(None)));
                }
                let reply = check_record(&host, record, end, false).await?;
                if look == 0 && !reply.ok {
                    return Ok(Outcome::Reply(reply));
                }
            }
            Ok(Outcome::Reply(host.task(&known).await?.reply(None)))
        })
    }

    /// Applies the callbacks of a task that were faster than the answer to its submit: for a host whose submits are no calls. How the task is then.
    pub fn claim_orphans(&self, known: Known, now: UnixMillis) -> Call<Reply> {
        self.call(known.intent_id().to_owned(), now, move |host| async move {
            let _stay = host.stay();
            let record = host.task(&known).await?;
            let newer = Box::pin(host.match_early(&record)).await;
            Ok(Outcome::Reply(newer.map_or_else(|| record.reply(None), |newer| newer.reply(None))))
        })
    }
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
    let (token_secret, signing_secret) = (proof.token_secret, proof.signing_secret);
    let body = std::mem::take(&mut proof.dedupe);
    // Two tasks' callbacks may have one body, where it names none of them.
    let dedupe = proof.intent_id.as_ref().map_or_else(|| body.clone(), |intent_id| format!("{intent_id} {body}"));
    let Proof { intent_id, task_id, covers_body, .. } = &proof;
    let delivered =
        Delivered { intent_id: intent_id.as_deref(), task_id: task_id.as_deref(), covers_body: *covers_body, dedupe, body: &arrival.body };
    let (outcome, record) = host.deliver(&delivered).await?;
    if outcome != Received::Unknown {
        host.client.with(|state| state.callbacks.uncalled.seen());
    }
    Ok(Receipt { token_secret, signing_secret, ..host.taken(outcome, record, task_id.is_some()) })
}

/// Whether a status call about a task has something to say now. `names_task`: the callback names one.
fn wants_look(record: &TaskRecord, names_task: bool, now: UnixMillis) -> bool {
    match record.phase {
        phase if phase.is_terminal() => record.has_claim_of_a_callback(),
        Phase::Unresolved => names_task,
        _ => record.task_id.is_some() && record.is_due(now),
    }
}

impl Host {
    /// The receipt of a callback that was proven.
    fn taken(&self, outcome: Received, record: Option<Arc<TaskRecord>>, names_task: bool) -> Receipt {
        Receipt {
            follow_up: record.as_ref().is_some_and(|record| wants_look(record, names_task, self.now())),
            intent_id: record.as_ref().map(|record| record.intent_id.clone()),
            record,
            ..Receipt::new(self.client.contract.acknowledges_with(), "ok", outcome)
        }
    }

    async fn replay(&self, dedupe: &str) -> Result<Receipt, Failure> {
        let known = self.deliveries(self.client.same_delivery(dedupe, 0)).await?.into_iter().next();
        let known = known.ok_or_else(|| Error::new(ErrorCode::TaskNotFound, "no such callback is stored for this provider and account"))?;
        let intent_id = known.intent_id.clone().unwrap_or_default();
        let delivered = Delivered { intent_id: known.intent_id.as_deref(), ..Delivered::of(&known, &intent_id) };
        let (outcome, record) = self.deliver_again(&delivered).await?;
        Ok(self.taken(outcome, record, known.task_id.is_some()))
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
