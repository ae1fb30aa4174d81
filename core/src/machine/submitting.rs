//! The submit: at most one that may have reached the provider, and a durable record before its first byte.

use super::settling::LOOKUP_DELAY_MS;
use super::{Done, Saving, Step, TaskMachine};
use crate::backoff::Backoff;
use crate::decode::{self, Submitted};
use crate::encode;
use crate::error::{Error, ErrorCode};
use crate::io::{Blob, Delivery, HttpResponse, Operation, UnixMillis};
use crate::pacer::{Lane, Pacer};
use crate::phase::Phase;
use crate::record::{Billing, Due, Fault, Lease};
use crate::reply::Ending;
use crate::retry::{self, FOREGROUND_RETRY_AFTER_MS};
use crate::search;
use crate::state::{Change, Sight, notes};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often a submit that provably never left is tried.
const NOT_SENT_ATTEMPTS: u64 = 3;
/// How often a submit that was answered with 429 is tried.
const LIMITED_ATTEMPTS: u64 = 5;

impl TaskMachine {
    /// Sends a prepared submit when it is due and the pacer lets it.
    pub(super) fn send_when_due(&mut self, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
        let due = self.record.due_at(now).unwrap_or(now).max(self.record.not_before.unwrap_or(0));
        if self.deadline.is_some_and(|deadline| deadline <= now) && due > now {
            step.end(Ending::Deadline, None);
            return Ok(());
        }
        if due > now {
            return Ok(());
        }
        if self.record.cancel_requested {
            return self.change_to_cancelled(now, step);
        }
        let (base, account, limits) = (self.record.base.clone(), self.record.account.clone(), *self.contract.limits());
        let held = pacer.held_until(&base, &account, &limits);
        if self.settings.foreground && held > now.saturating_add(FOREGROUND_RETRY_AFTER_MS) {
            let message = "the provider asks this account to pause; nothing was sent".to_owned();
            let mut fault = Fault::new(ErrorCode::RateLimited, Billing::None, message);
            fault.retry_after = Some(retry::whole_seconds(held - now));
            return self.refuse(fault, now, step);
        }
        let slot = match pacer.admit(&base, &account, &limits, &self.record.intent_id, now) {
            Err(later) => later,
            Ok(()) => self.slot(Lane::Submit, now, pacer),
        };
        if slot > now {
            self.change(Change::Held { due: slot }, now, step)?;
            Self::tell_held(slot, now, step);
            // The first save claims the caller's key; the others only move the due time.
            step.keep(if self.record.version == 0 { Saving::Plain } else { Saving::Quiet });
            return Ok(());
        }
        self.send(now, step)
    }

    /// Fences the attempt, then sends it.
    pub(super) fn send(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        let Some(frozen) = self.frozen.clone() else {
            return Err(Error::new(ErrorCode::StoreError, "the stored request is gone, so the task cannot be sent").into());
        };
        let until = now.saturating_add(self.lease_ms()).saturating_add(frozen.open_ms);
        let lease = Lease { holder: self.holder(), until };
        // The key stands in the record only where it stands in the bytes that go out.
        let sends_key = self.contract.parts().idempotency.send != crate::contract::Overlay::default();
        let carried = sends_key && self.record.contract_revision == self.contract.revision() && frozen.carries(&self.record.intent_id);
        let idempotency_key = carried.then(|| self.record.intent_id.clone());
        self.change(Change::Sent { lease, idempotency_key }, now, step)?;
        step.keep(Saving::Fence);
        let id = format!("{}:{}", Operation::Submit.as_str(), self.record.attempts.submit);
        self.transmit(frozen.request(id, self.contract.limits().status_bytes), now, step);
        Ok(())
    }

    pub(super) fn on_submitted(&mut self, id: &str, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        let Some(call) = encode::submit_call(&self.contract, &self.record) else {
            return Err(Error::new(ErrorCode::InvalidContract, "the contract no longer has the submit that this task was made with").into());
        };
        let outcome = decode::submit(&self.contract, call, response, now);
        if self.record.phase.is_terminal() {
            return self.on_late_answer(outcome, now, step);
        }
        let settles = self.is_current(id);
        match outcome {
            // A callback or a person was faster.
            Submitted::Accepted { task_id, keep, .. } if self.record.task_id.is_some() => {
                let keep = self.trusted(keep);
                if self.record.task_id.as_deref() != Some(task_id.as_str()) {
                    return self.contradict("submit", Some(task_id), now, step);
                }
                if keep.iter().all(|(name, value)| self.record.vars.get(name) == Some(value)) {
                    Self::tell_stale(id, now, step);
                    return Ok(());
                }
                notes::keep_vars(Arc::make_mut(&mut self.record), keep, now);
                // Nobody says them again.
                step.keep(Saving::Fence);
                Ok(())
            }
            Submitted::Accepted { task_id, keep, word } => {
                let keep = self.trusted(keep);
                let is_over = self.last_open.is_some() && self.is_end(word.as_deref());
                let sight = Sight { word, ..Sight::default() };
                self.accept(task_id, sight, keep, now, step)?;
                if is_over && self.record.phase == Phase::Waiting {
                    notes::set_due(Arc::make_mut(&mut self.record), now, now);
                }
                Ok(())
            }
            // What else a late answer says, to an attempt that was given up or repeated, settles nothing.
            _ if !settles => Ok(()),
            Submitted::NotSent(fault, wait) => self.not_sent(fault, wait, now, step),
            Submitted::Limited(fault, wait) => self.limited(fault, wait, now, step),
            Submitted::Refused(fault) => self.refuse(fault, now, step),
            Submitted::Lost(fault) => {
                step.blobs.push(Blob { name: "raw", bytes: Some(response.body.clone()) });
                self.lose(fault, now, step)
            }
        }
    }

    /// Of what is kept of an answer: a URL that would be asked later must be on a trusted origin, or it is forgotten.
    fn trusted(&self, keep: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut trusted = BTreeMap::new();
        for (name, value) in keep {
            if !search::contains(&value, "://") || self.contract.trusts(&value, &self.record.base) {
                trusted.insert(name, value);
            }
        }
        trusted
    }

    /// Whether an answer is to the attempt that the phase is about.
    fn is_current(&self, id: &str) -> bool {
        self.record.phase == Phase::Submitting && super::submit_attempt(id) == Some(self.record.attempts.submit)
    }

    pub(super) fn on_submit_undelivered(&mut self, id: &str, delivery: Delivery, reason: &str, now: UnixMillis, step: &mut Step) -> Done {
        if !self.is_current(id) {
            return Ok(());
        }
        match delivery {
            Delivery::NotSent => {
                let message = format!("the provider could not be reached: {reason}; nothing was sent");
                self.not_sent(Fault::new(ErrorCode::NetworkError, Billing::None, message), None, now, step)
            }
            Delivery::MaybeSent => {
                let message = format!("no answer came: {reason}");
                self.lose(Fault::new(ErrorCode::SubmitUnknown, Billing::Possible, message), now, step)
            }
        }
    }

    fn not_sent(&mut self, fault: Fault, wait: Option<u64>, now: UnixMillis, step: &mut Step) -> Done {
        let before = self.record.attempts.not_sent;
        let tried = before.saturating_add(1);
        if (tried >= NOT_SENT_ATTEMPTS || self.is_too_long(wait)) && !self.record.maybe_sent {
            notes::count_last_not_sent(Arc::make_mut(&mut self.record));
            return self.refuse(fault, now, step);
        }
        let due = now.saturating_add(wait.unwrap_or(0).max(Backoff::SUBMIT.delay(before, self.record.seed)));
        self.change(Change::NotSent { fault: fault.clone(), due }, now, step)?;
        self.try_again(&fault, now, step)
    }

    /// The attempt came to nothing: another one later, unless a person wished meanwhile that there were none.
    fn try_again(&mut self, fault: &Fault, now: UnixMillis, step: &mut Step) -> Done {
        step.keep(Saving::Fence);
        if self.record.phase == Phase::Prepared && self.record.cancel_requested {
            return self.change_to_cancelled(now, step);
        }
        self.tell_retry(Operation::Submit.as_str(), fault, now, step);
        self.end_if_unresolved(now, step);
        Ok(())
    }

    /// Whether a server asks for a longer pause than a caller is made to wait for.
    fn is_too_long(&self, wait: Option<u64>) -> bool {
        self.settings.foreground && wait.is_some_and(|wait| wait > FOREGROUND_RETRY_AFTER_MS)
    }

    fn limited(&mut self, mut fault: Fault, wait: Option<u64>, now: UnixMillis, step: &mut Step) -> Done {
        let before = self.record.attempts.limited;
        let tried = before.saturating_add(1);
        let backoff = Backoff::SUBMIT.delay(before, self.record.seed);
        let due = now.saturating_add(wait.unwrap_or(0).max(backoff));
        let too_long = self.is_too_long(wait);
        if (tried >= LIMITED_ATTEMPTS || too_long) && !self.record.maybe_sent {
            notes::count_last_limited(Arc::make_mut(&mut self.record));
            fault.retry_after = fault.retry_after.or(Some(retry::whole_seconds(backoff.max(1))));
            return self.refuse(fault, now, step);
        }
        self.change(Change::Limited { fault: fault.clone(), due }, now, step)?;
        if too_long {
            step.end(Ending::Unresolved, self.record.error.clone());
        }
        self.try_again(&fault, now, step)
    }

    /// The submit is over, and nothing was made.
    fn refuse(&mut self, fault: Fault, now: UnixMillis, step: &mut Step) -> Done {
        self.change(Change::Refused { fault }, now, step)?;
        if self.record.phase == Phase::Unresolved && self.may_look_up() {
            let due = self.lookup_due(now);
            notes::set_due(Arc::make_mut(&mut self.record), due, now);
        }
        step.keep(Saving::Fence);
        if self.record.phase.is_terminal() {
            step.blobs.push(Blob { name: "request", bytes: None });
            self.frozen = None;
        }
        self.end_if_unresolved(now, step);
        Ok(())
    }

    /// The submit may have been accepted: it is never posted again without an honoured key.
    fn lose(&mut self, fault: Fault, now: UnixMillis, step: &mut Step) -> Done {
        let due = if self.may_replay(now) {
            let backoff = Backoff::SUBMIT.delay(self.record.attempts.submit, self.record.seed);
            Some(now.saturating_add(backoff).max(self.record.not_before.unwrap_or(0)))
        } else if self.may_look_up() {
            Some(self.lookup_due(now))
        } else {
            None
        };
        self.change(Change::Lost { fault, due }, now, step)?;
        step.keep(Saving::Fence);
        self.end_if_unresolved(now, step);
        Ok(())
    }

    /// When the provider's list is searched first: not before the provider wants to be asked again.
    fn lookup_due(&self, now: UnixMillis) -> UnixMillis {
        now.saturating_add(LOOKUP_DELAY_MS).max(self.record.not_before.unwrap_or(0))
    }

    /// Ends the wait of an unresolved task that nothing automatic can settle, or not as soon as somebody waits for.
    pub(super) fn end_if_unresolved(&self, now: UnixMillis, step: &mut Step) {
        let is_far = |due: Due| self.settings.foreground && due.at > now.saturating_add(FOREGROUND_RETRY_AFTER_MS);
        if self.record.phase == Phase::Unresolved && self.record.due.is_none_or(is_far) {
            step.end(Ending::Unresolved, self.record.error.clone());
        }
    }

    /// Somebody else's or an earlier process's submit: its lease decides.
    pub(super) fn end_lease(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        let Some(lease) = self.record.lease.clone() else {
            return self.lose(interrupted(), now, step);
        };
        if now >= lease.until {
            return self.lose(interrupted(), now, step);
        }
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            step.end(Ending::Deadline, None);
        }
        Ok(())
    }

    /// The task id is known: it is made durable before anything else happens.
    pub(super) fn accept(
        &mut self,
        task_id: String,
        sight: Sight,
        keep: BTreeMap<String, String>,
        now: UnixMillis,
        step: &mut Step,
    ) -> Done {
        let due = now.saturating_add(self.poll_after(0));
        self.change(Change::Accepted { task_id, sight, keep, due }, now, step)?;
        self.last_fault = None;
        self.frozen = None;
        self.floor = 0;
        if self.adopting.take().is_some() {
            // The candidate's own status is about another id.
            self.outstanding = None;
        }
        step.blobs.push(Blob { name: "request", bytes: None });
        step.keep(Saving::Fence);
        if self.record.cancel_requested && self.contract.can_cancel() {
            self.change(Change::CancelAsked { due: now }, now, step)?;
        }
        Ok(())
    }

    /// An answer to the submit of a task that has already ended: an id that comes with it is kept.
    fn on_late_answer(&mut self, outcome: Submitted, now: UnixMillis, step: &mut Step) -> Done {
        match outcome {
            Submitted::Accepted { task_id, .. } if self.record.task_id.as_deref() != Some(task_id.as_str()) => {
                self.contradict("submit", Some(task_id), now, step)
            }
            _ => Ok(()),
        }
    }

    /// Somebody says that there is a task after all, or another one; what is recorded stays, and the id is kept beside it.
    fn contradict(&mut self, source: &'static str, task_id: Option<String>, now: UnixMillis, step: &mut Step) -> Done {
        self.claim_other(Phase::Waiting, source, task_id, now, step)
    }

    /// Somebody says that a task which has ended is in another phase; what is recorded stays.
    pub(super) fn claim_other(
        &mut self,
        phase: Phase,
        source: &'static str,
        task_id: Option<String>,
        now: UnixMillis,
        step: &mut Step,
    ) -> Done {
        let claim = phase.as_str();
        Self::tell_conflict(claim, source, task_id.as_deref(), now, step);
        self.change(Change::Contradicted { claim, source, task_id }, now, step)?;
        step.keep(Saving::Fence);
        Ok(())
    }
}

fn interrupted() -> Fault {
    Fault::new(ErrorCode::SubmitUnknown, Billing::Possible, "the submit timed out without an answer".to_owned())
}
