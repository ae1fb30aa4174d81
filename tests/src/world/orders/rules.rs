//! What must be true at each step of each order.

use super::super::arrivals::SIGNED_FILE;
use super::super::called::{asks_for_a_look, number_of};
use super::super::process::Brought;
use super::case::{Case, SUBMIT, State};
use gentask_core::client::{Received, Step};
use gentask_core::store::{DeliveryFilter, DeliveryOutcome, StoredDelivery};
use gentask_core::{Failure, Phase, TaskRecord};

impl Case {
    /// The task's record, where it is stored.
    pub(super) fn record(&self) -> Option<TaskRecord> {
        self.store.load(&self.intent).map(|record| TaskRecord::clone(&record))
    }

    pub(super) fn remembered(&mut self, delivery: &StoredDelivery) {
        self.judge.stored.extend(number_of(delivery));
    }

    /// A record was stored.
    pub(super) fn saved(&mut self, place: Option<usize>, before: Option<&TaskRecord>, step: &Step) {
        let (after, phase) = (&*step.record, step.record.phase());
        let who = place.map_or_else(|| "what follows".to_owned(), |place| format!("actor {place}"));
        let number = step.delivery.as_deref().and_then(number_of);
        self.judge.stored.extend(number);
        let received = place.filter(|place| self.is_callback(*place)).map(|place| self.plan.told[place - 1].0);
        if let Some(number) = number.or(received) {
            let is_first = self.judge.taken.insert(number);
            // Only beside workers does time pass: another look may be due by then.
            let is_look = self.plan.workers > 0 && asks_for_a_look(step);
            self.judge.holds(is_first || is_look, "once", || format!("{who} changes the task by callback {number} once more"));
        }
        let is_noticed = self.store.inbox.noticed(after.intent_id()).is_some() == phase.is_terminal();
        self.judge.holds(is_noticed, "noticed", || format!("{who} makes it {}, and its notice is another", phase.as_str()));
        let files = after.result().map(|result| result.files.as_slice()).unwrap_or_default();
        let was_asked = self.asks > 0;
        let is_signed = self.is_signed();
        let is_named = |url: &str| if url == SIGNED_FILE { is_signed } else { url.ends_with("/a.png") && was_asked };
        let are_named = files.iter().all(|file| file.url.as_deref().is_some_and(is_named));
        self.judge.holds(are_named, "proven", || format!("{who} stores a result that nobody has named: {files:?}"));
        let Some(before) = before else { return };
        let stays = !before.phase().is_terminal() || before.phase() == phase;
        self.judge.holds(stays, "absorbed", || format!("{who} makes it {}, which was {}", phase.as_str(), before.phase().as_str()));
        let knows = before.task_id().is_none() || before.task_id() == after.task_id();
        self.judge.holds(knows, "kept", || format!("{who} forgets the task's id"));
        let is_believed = received.is_some() && !is_signed && phase.is_terminal() && !before.phase().is_terminal();
        self.judge.holds(!is_believed, "proven", || format!("{who} ends the task by a body that is not signed"));
    }

    /// A call has ended.
    pub(super) fn ended(&mut self, place: usize, end: &Result<Brought, Failure>) {
        match end {
            Ok(Brought::Receipt(receipt)) => {
                self.note(place, &format!("is answered with {}: {}", receipt.http_status, receipt.outcome.as_str()));
                let number = self.plan.told[place - 1].0;
                let is_taken = receipt.http_status == 200 && receipt.outcome != Received::Unknown;
                self.judge.holds(is_taken, "taken", || format!("callback {number} is answered with {receipt:?}"));
                let is_stored = self.judge.stored.contains(&number);
                self.judge.holds(is_stored, "taken", || format!("callback {number} is acknowledged, and it was not stored"));
                self.receipts[place - 1] = Some((**receipt).clone());
                let knows = self.record().is_some_and(|record| record.task_id().is_some());
                self.judge
                    .holds(knows || !self.plan.has_token, "found", || format!("callback {number} names the task, and it is not known"));
            }
            Ok(Brought::Accepted(accepted)) => {
                let reply = accepted.reply.to_json();
                self.note(place, &format!("is accepted: {reply}"));
            }
            Ok(_) => self.note(place, "ends"),
            Err(failure) => self.note(place, &format!("fails: {}", failure.message())),
        }
        if place == SUBMIT {
            let may_fail = !self.plan.answered || end.is_ok();
            self.judge.holds(may_fail, "told", || "the submit fails, and was accepted".to_owned());
        }
        self.match_orphans();
    }

    /// Once the submit has ended with its task, and so have these callbacks, none of them waits for it any more.
    fn match_orphans(&mut self) {
        let Some(record) = self.record().filter(|record| !record.phase().is_terminal() && record.task_id().is_some()) else { return };
        if self.actors[SUBMIT].state != State::Ended {
            return;
        }
        let left = self.orphans();
        let is_over = |number: &u64| {
            let acknowledged = self.plan.told.iter().zip(&self.receipts).filter(|((told, _), _)| told == number);
            acknowledged.clone().count() > 0 && acknowledged.clone().all(|(_, receipt)| receipt.is_some())
        };
        let lost = left.into_iter().find(is_over);
        self.judge
            .holds(lost.is_none(), "matched", || format!("callback {lost:?} waits for the task, which is {}", record.phase().as_str()));
    }

    /// The callbacks that wait for their task.
    pub(super) fn orphans(&self) -> Vec<u64> {
        let filter = DeliveryFilter { outcome: Some(DeliveryOutcome::Orphan), ..DeliveryFilter::default() };
        self.store.inbox.deliveries(&filter).iter().filter_map(number_of).collect()
    }

    /// The ends that signed callbacks told and that were taken.
    pub(super) fn told_ends(&self) -> Vec<Phase> {
        let orphans = self.orphans();
        let taken =
            self.plan.told.iter().zip(&self.receipts).filter(|((number, _), receipt)| receipt.is_some() && !orphans.contains(number));
        let end = |word: &str| match word {
            "done" => Some(Phase::Succeeded),
            "failed" => Some(Phase::Failed),
            _ => None,
        };
        taken.filter_map(|((_, word), _)| end(word)).collect()
    }
}
