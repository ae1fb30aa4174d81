//! Reads: polls, details, and what their answers change. A failed poll never ends a task.

use super::{Done, OneShot, Saving, Step, TaskMachine};
use crate::backoff::Backoff;
use crate::contract::State;
use crate::decode::{self, Context, Read, Seen};
use crate::encode;
use crate::error::{Error, ErrorCode};
use crate::io::{Blob, HttpResponse, Operation, UnixMillis};
use crate::pacer::{Lane, Pacer};
use crate::phase::Phase;
use crate::record::{Billing, Fault, Outcome};
use crate::reply::Ending;
use crate::retry::{self, FOREGROUND_RETRY_AFTER_MS};
use crate::state::{Change, notes};
use std::sync::Arc;

/// How long after acceptance a 404 still means that the provider has not caught up.
const NOT_FOUND_GRACE_MS: u64 = 60_000;

impl TaskMachine {
    /// When the next read is due: by the record, but no later than the deadline unless the server or the pacer says so.
    pub(super) fn read_due(&self, due: UnixMillis) -> UnixMillis {
        let due = due.max(self.record.not_before.unwrap_or(0)).max(self.claimed_until().unwrap_or(0));
        match self.deadline {
            Some(deadline) if due > deadline => deadline.max(self.floor()).min(due),
            _ => due,
        }
    }

    /// Sends the next read when it is due and the pacer lets it; ends the wait at its deadline.
    pub(super) fn read_when_due(&mut self, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
        let due = self.read_due(self.record.due_at(now).unwrap_or(now));
        if due > now {
            self.end_at_deadline(now, step);
            return Ok(());
        }
        let cancel_next = self.record.phase == Phase::Cancelling && self.cancel_is_next();
        let is_poll = self.record.phase == Phase::Waiting && self.one_shot.is_none();
        let slot = self.slot(if is_poll { Lane::Poll } else { Lane::Other }, now, pacer);
        if slot > now {
            self.floor = slot;
            self.change(Change::Held { due: slot }, now, step)?;
            Self::tell_held(slot, now, step);
            let pause = slot - now;
            if self.settings.foreground && pause > FOREGROUND_RETRY_AFTER_MS && self.paused_until(pacer) > now {
                Self::yield_limited(pause, step);
                return Ok(());
            }
            self.end_at_deadline(now, step);
            return Ok(());
        }
        self.claim(now, step);
        if cancel_next {
            return self.send_cancel(now, step);
        }
        let request = if self.record.phase == Phase::Fetching {
            let id = format!("{}:{}", Operation::Result.as_str(), notes::count_fetch(Arc::make_mut(&mut self.record)));
            encode::result(&self.contract, &self.record, id)
        } else {
            let id = self.next_status_id();
            match self.next_long_poll(&id, now, pacer) {
                Some(request) => Ok(request),
                None => encode::status(&self.contract, &self.record, None, id),
            }
        };
        match request {
            Ok(request) => self.transmit(request, now, step),
            Err(error) if self.one_shot.is_some() => return Err(error.into()),
            Err(error) => self.cannot_ask(&error, step),
        }
        Ok(())
    }

    /// A task that was accepted and cannot be asked about: the wait ends, the task does not.
    fn cannot_ask(&self, error: &Error, step: &mut Step) {
        let task = self.record.task_id.as_deref().unwrap_or_default();
        let message = format!(
            "{} accepted task {task}, but its status cannot be requested ({}); the task is still running: see the provider's dashboard",
            self.contract.title(),
            error.message
        );
        step.end(Ending::Unsupported, Some(Fault::new(ErrorCode::Unsupported, Billing::Possible, message)));
    }

    /// Counts a status call and names it.
    pub(super) fn next_status_id(&mut self) -> String {
        format!("{}:{}", Operation::Status.as_str(), notes::count_poll(Arc::make_mut(&mut self.record)))
    }

    pub(super) fn on_read(&mut self, operation: Operation, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        let parts = self.contract.parts();
        let call = match (operation, &parts.result) {
            (Operation::Result, Some(result)) => &result.call,
            _ => &parts.status,
        };
        let silent_state = if operation == Operation::Result { self.fetching.or(Some(State::Success)) } else { None };
        let context = Context { operation, kind: &self.record.kind, model: &self.record.model, now, silent_state };
        let read = decode::read(&self.contract, call, response, &context);
        if self.adopting.is_some() {
            return self.on_candidate(read, response, now, step);
        }
        match read {
            Read::State(seen) => self.on_seen(*seen, operation, response, now, step)?,
            // The details of a failed task are a luxury: what the status said stands.
            Read::Refused(_) | Read::NotFound(_) if operation == Operation::Result && self.fetching == Some(State::Failed) => {
                self.conclude_failed(now, step)?;
            }
            Read::NotFound(_) if self.cancelling.may_have_erased(&self.contract) => self.change_to_cancelled(now, step)?,
            Read::NotFound(fault) => {
                let accepted = self.record.at.accepted.unwrap_or(0);
                self.read_failed(operation, fault.clone(), None, now, step)?;
                if now.saturating_sub(accepted) > NOT_FOUND_GRACE_MS {
                    step.end(Ending::NotFound, Some(fault));
                }
            }
            Read::AuthFailed(fault) => {
                self.read_failed(operation, fault.clone(), None, now, step)?;
                step.end(Ending::AuthFailed, Some(fault));
            }
            Read::TooLarge(fault) => {
                self.read_failed(operation, fault.clone(), None, now, step)?;
                step.end(Ending::TooLarge, Some(fault));
            }
            Read::Limited(fault, wait) => {
                self.read_failed(operation, fault, wait, now, step)?;
                step.keep(Saving::Plain);
                if let Some(wait) = wait.filter(|wait| *wait > FOREGROUND_RETRY_AFTER_MS && self.settings.foreground) {
                    Self::yield_limited(wait, step);
                    return Ok(());
                }
            }
            Read::Refused(fault) => self.read_failed(operation, fault, None, now, step)?,
            Read::Failed(fault, wait) => {
                self.read_failed(operation, fault, wait, now, step)?;
                if let Some(wait) = wait.filter(|wait| *wait > FOREGROUND_RETRY_AFTER_MS && self.settings.foreground) {
                    Self::yield_limited(wait, step);
                    return Ok(());
                }
            }
        }
        self.end_at_deadline(now, step);
        Ok(())
    }

    /// A read without an answer.
    pub(super) fn on_silence(&mut self, operation: Operation, reason: &str, now: UnixMillis, step: &mut Step) -> Done {
        if operation == Operation::List {
            return self.lookup_failed(now, step);
        }
        let fault =
            Fault::new(ErrorCode::NetworkError, Billing::Possible, format!("the {} call got no answer: {reason}", operation.as_str()));
        if self.adopting.take().is_some() {
            step.end(Ending::Unresolved, Some(fault));
            return Ok(());
        }
        self.read_failed(operation, fault, None, now, step)?;
        self.end_at_deadline(now, step);
        Ok(())
    }

    pub(super) fn on_seen(&mut self, seen: Seen, operation: Operation, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        self.last_fault = None;
        if seen.unknown_word {
            self.tell_unknown_state(seen.sight.word.as_deref(), now, step);
        }
        let details =
            self.contract.parts().result.as_ref().filter(|_| operation == Operation::Status && self.one_shot != Some(OneShot::Status));
        let needs_details = details.is_some_and(|result| result.when.contains(&seen.state));
        match seen.state {
            // A callback was faster than this answer: the first end stands, and its details are on their way.
            State::Success | State::Failed if needs_details && self.record.phase == Phase::Fetching => Ok(()),
            State::Success | State::Failed if needs_details => {
                self.fetching = Some(seen.state);
                self.last_fault = None;
                if let Some(fault) = seen.fault {
                    notes::keep_reason(Arc::make_mut(&mut self.record), fault);
                }
                self.change(Change::Done { sight: seen.sight, due: now }, now, step)
            }
            State::Success => {
                if seen.files.is_empty() && self.one_shot != Some(OneShot::Status) {
                    Self::tell_no_files(now, step);
                }
                let outcome = Outcome { files: seen.files, cost_time_ms: seen.cost_time_ms, raw: true };
                self.change(Change::Succeeded { sight: seen.sight, outcome }, now, step)?;
                self.keep_raw(response, step);
                Ok(())
            }
            State::Failed => {
                let fault = seen.fault.unwrap_or_else(|| {
                    Fault::new(
                        ErrorCode::GenerationFailed,
                        Billing::Possible,
                        "the generation failed; the provider gave no reason".to_owned(),
                    )
                });
                let fault = better(fault, notes::take_reason(Arc::make_mut(&mut self.record)));
                let outcome = Outcome { cost_time_ms: seen.cost_time_ms, raw: true, ..Outcome::default() };
                self.change(Change::Failed { sight: seen.sight, fault, outcome: Some(outcome) }, now, step)?;
                self.keep_raw(response, step);
                Ok(())
            }
            State::Cancelled => {
                self.change(Change::Cancelled { sight: seen.sight }, now, step)?;
                self.keep_raw(response, step);
                Ok(())
            }
            State::Pending | State::Processing | State::NotFound => {
                let before = (self.record.processing, self.record.provider_state.clone(), self.record.progress_permille);
                self.floor = self.earliest(seen.hint_ms, now);
                let due = if self.cancelling.now_looked() {
                    now
                } else if std::mem::take(&mut self.poked) {
                    now.max(self.floor())
                } else {
                    self.due_after_long_poll(&seen.sight, now).unwrap_or_else(|| self.next_due(now))
                };
                self.change(Change::Seen { sight: seen.sight, due }, now, step)?;
                let news = before != (self.record.processing, self.record.provider_state.clone(), self.record.progress_permille);
                if news {
                    self.tell_seen(now, step);
                }
                step.keep(if news { Saving::Plain } else { Saving::Quiet });
                Ok(())
            }
        }
    }

    /// The status call of an adoption: only a task that the provider knows is adopted.
    fn on_candidate(&mut self, read: Read, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        let Some(task_id) = self.adopting.take() else { return Ok(()) };
        match read {
            // An answer without any state word is no proof that the provider knows the id: a gateway's, perhaps.
            Read::State(seen) if seen.unknown_word && seen.sight.word.is_none() => {
                let message = "the answer to the status call names no state".to_owned();
                step.end(Ending::Unresolved, Some(Fault::new(ErrorCode::SubmitUnknown, Billing::Possible, message)));
                Ok(())
            }
            Read::State(seen) => {
                self.accept(task_id, seen.sight.clone(), std::collections::BTreeMap::new(), now, step)?;
                self.on_seen(*seen, Operation::Status, response, now, step)
            }
            Read::NotFound(fault) => {
                step.end(Ending::NotFound, Some(fault));
                Ok(())
            }
            Read::AuthFailed(fault) => {
                step.end(Ending::AuthFailed, Some(fault));
                Ok(())
            }
            Read::Limited(fault, _) => {
                step.end(Ending::Limited, Some(fault));
                Ok(())
            }
            Read::TooLarge(fault) | Read::Refused(fault) | Read::Failed(fault, _) => {
                step.end(Ending::Unresolved, Some(fault));
                Ok(())
            }
        }
    }

    fn conclude_failed(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        let known = notes::take_reason(Arc::make_mut(&mut self.record));
        let fault = known.unwrap_or_else(|| {
            Fault::new(ErrorCode::GenerationFailed, Billing::Possible, "the generation failed; the provider gave no reason".to_owned())
        });
        self.change(Change::Failed { sight: crate::state::Sight::default(), fault, outcome: None }, now, step)
    }

    /// Notes a read that brought nothing; the next one waits for the schedule, the backoff and the server, whichever is latest.
    pub(super) fn read_failed(&mut self, operation: Operation, fault: Fault, wait: Option<u64>, now: UnixMillis, step: &mut Step) -> Done {
        self.floor = self.earliest(wait, now);
        let backoff = now.saturating_add(Backoff::READ.delay(self.record.attempts.read_failures, self.record.seed));
        let due = if self.one_shot.is_some() { backoff.max(self.floor()) } else { self.next_due(now).max(backoff) };
        self.change(Change::ReadFailed { due }, now, step)?;
        self.tell_retry(operation.as_str(), &fault, now, step);
        self.last_fault = Some(fault);
        step.keep(Saving::Quiet);
        Ok(())
    }

    /// Before when the provider does not want to be asked again: it said so now, or its contract does.
    fn earliest(&self, wait: Option<u64>, now: UnixMillis) -> UnixMillis {
        let pause = wait.unwrap_or(0).max(if self.one_shot.is_some() { 0 } else { self.schedule().min_interval_ms });
        if pause == 0 { 0 } else { now.saturating_add(pause) }
    }

    fn next_due(&self, now: UnixMillis) -> UnixMillis {
        let elapsed = now.saturating_sub(self.record.at.accepted.unwrap_or(self.record.at.created));
        now.saturating_add(self.poll_after(elapsed)).max(self.floor())
    }

    /// Ends the wait where its deadline has come and the task goes on.
    pub(super) fn end_at_deadline(&self, now: UnixMillis, step: &mut Step) {
        let over = self.deadline.is_some_and(|deadline| deadline <= now);
        // What the provider has finished is fetched yet.
        let may_ask = self.record.due_at(now) == Some(now) && self.floor() <= now;
        let only_details = self.record.phase == Phase::Fetching && self.last_fault.is_none() && may_ask;
        if over && !only_details && step.ending.is_none() && !self.record.phase.is_terminal() {
            step.end(Ending::Deadline, self.last_fault.clone());
        }
    }

    fn yield_limited(wait: u64, step: &mut Step) {
        let message = format!("rate limited for {} s; the task is still running and can be resumed", retry::whole_seconds(wait));
        let mut fault = Fault::new(ErrorCode::RateLimited, Billing::Possible, message);
        fault.retry_after = Some(retry::whole_seconds(wait));
        step.keep(Saving::Plain);
        step.end(Ending::Limited, Some(fault));
    }

    fn keep_raw(&mut self, response: &HttpResponse, step: &mut Step) {
        step.blobs.push(Blob { name: "raw", bytes: Some(response.body.clone()) });
        self.raw = Some(response.body.clone());
    }
}

/// The more telling of two accounts of one failure: details over status, unless only the status has a code of its own.
fn better(details: Fault, status: Option<Fault>) -> Fault {
    match status {
        Some(status) if details.code == ErrorCode::GenerationFailed && status.code != ErrorCode::GenerationFailed => status,
        Some(status) if details.provider_code.is_none() && status.provider_code.is_some() => Fault { message: details.message, ..status },
        _ => details,
    }
}
