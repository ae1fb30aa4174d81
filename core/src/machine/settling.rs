//! Settling an unresolved submit: replay under an honoured key, then an exact lookup, then a person.

use super::{Done, Saving, Step, TaskMachine};
use crate::decode;
use crate::encode;
use crate::error::{Error, ErrorCode};
use crate::io::{Blob, HttpResponse, Operation, UnixMillis};
use crate::pacer::{Lane, Pacer};
use crate::phase::Phase;
use crate::record::{Billing, Fault};
use crate::reply::Ending;
use crate::retry::whole_seconds;
use crate::state::{Change, Sight, notes};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often a submit is repeated under an honoured idempotency key.
const REPLAY_ATTEMPTS: u64 = 5;
/// How often the provider's list is searched for our reference.
const LOOKUP_ATTEMPTS: u64 = 3;
/// How long after a lost answer the list is searched first: the provider may still be writing.
pub(super) const LOOKUP_DELAY_MS: u64 = 2_000;

impl TaskMachine {
    /// Settles an unresolved submit where that can be done without a person: replay under an honoured key, then an exact lookup.
    pub(super) fn settle_when_due(&mut self, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) -> Done {
        let Some(due) = self.record.due_at(now) else {
            step.end(Ending::Unresolved, self.record.error.clone());
            return Ok(());
        };
        let due = due.max(self.record.not_before.unwrap_or(0));
        if due > now {
            if self.deadline.is_some_and(|deadline| deadline <= now) {
                step.end(Ending::Deadline, None);
            } else {
                self.end_if_unresolved(now, step);
            }
            return Ok(());
        }
        let replays = self.may_replay(now) && self.frozen.is_some();
        if replays || self.may_look_up() {
            let slot = self.slot(if replays { Lane::Submit } else { Lane::Other }, now, pacer);
            if slot > now {
                self.change(Change::Held { due: slot }, now, step)?;
                Self::tell_held(slot, now, step);
                step.keep(Saving::Quiet);
                return Ok(());
            }
            if replays {
                return self.send(now, step);
            }
            let mut request = encode::about_account(&self.contract, &self.record.base, Operation::List)?;
            request.id = format!("{}:{}", Operation::List.as_str(), self.record.attempts.read_failures.saturating_add(1));
            self.transmit(request, now, step);
            return Ok(());
        }
        step.end(Ending::Unresolved, self.record.error.clone());
        Ok(())
    }

    /// Whether the same bytes may go out again under a key that the contract says is honoured: the key is in them and in the record, and
    /// what the contract says of it now is what it said when they were made.
    pub(super) fn may_replay(&self, now: UnixMillis) -> bool {
        let (Some(lifetime), Some(first)) = (self.contract.parts().idempotency.replay_ms, self.record.at.first_sent) else { return false };
        let carried = self.record.idempotency_key.as_ref().zip(self.frozen.as_ref()).is_some_and(|(key, frozen)| frozen.carries(key));
        if !carried || self.record.contract_revision != self.contract.revision() {
            return false;
        }
        // A task that nobody wants any more is found again only to be cancelled.
        if self.record.cancel_requested && !self.contract.can_cancel() {
            return false;
        }
        // What was refused once is refused again.
        let again = [ErrorCode::SubmitUnknown, ErrorCode::NetworkError, ErrorCode::RateLimited];
        if self.record.maybe_sent && self.record.error.as_ref().is_some_and(|fault| !again.contains(&fault.code)) {
            return false;
        }
        // A tenth of the key's lifetime is left as a margin for clocks.
        self.record.attempts.submit < REPLAY_ATTEMPTS && now < first.saturating_add(lifetime / 10 * 9)
    }

    pub(super) fn may_look_up(&self) -> bool {
        self.record.attempts.read_failures < LOOKUP_ATTEMPTS
            && self.contract.parts().list.as_ref().is_some_and(|list| !list.reference.is_empty())
    }

    /// The provider's list, searched for our reference: only an exact match counts.
    pub(super) fn on_lookup(&mut self, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        if self.record.phase != Phase::Unresolved {
            return Ok(());
        }
        let listed = match (self.contract.parts().list.clone(), decode::plain(&self.contract, Operation::List, response, now)) {
            (Some(call), Ok(body)) => decode::list(&call, &body),
            _ => Vec::new(),
        };
        let own = listed.into_iter().find(|task| task.reference.as_deref() == Some(self.record.intent_id.as_str()));
        match own {
            Some(task) => self.accept(task.task_id, Sight::default(), BTreeMap::new(), now, step),
            None => self.on_silence(Operation::List, "the list does not name this intent", now, step),
        }
    }

    /// The lookup brought nothing: once more later, or leave it to a person.
    pub(super) fn lookup_failed(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        let delay = LOOKUP_DELAY_MS.saturating_mul(4);
        let due = now.saturating_add(delay).max(self.record.not_before.unwrap_or(0));
        self.change(Change::ReadFailed { due }, now, step)?;
        if !self.may_look_up() {
            notes::leave_to_a_person(Arc::make_mut(&mut self.record));
        }
        step.keep(Saving::Plain);
        self.end_if_unresolved(now, step);
        Ok(())
    }

    /// A person names the id: one status call tells whether it is one of this account's.
    pub(super) fn on_adopt(&mut self, task_id: String, now: UnixMillis, pacer: &Pacer, step: &mut Step) -> Done {
        if self.record.phase != Phase::Unresolved {
            let message = format!("only an unresolved task can adopt an id; this one is {}", self.record.phase.as_str());
            return Err(Error::new(ErrorCode::Unsupported, message).into());
        }
        if let Some(outstanding) = &self.outstanding {
            let message = format!("a {} request is in flight: wait for its answer, then adopt the id", outstanding.operation.as_str());
            return Err(Error::new(ErrorCode::Unsupported, message).into());
        }
        super::beginning::check_task_id(&task_id)?;
        let until = self.paused_until(pacer);
        if until > now {
            let message = "the provider asks for a pause, so the id was not looked up; the submit stays unresolved".to_owned();
            let mut fault = Fault::new(ErrorCode::RateLimited, Billing::Possible, message);
            fault.retry_after = Some(whole_seconds(until - now));
            step.end(Ending::Limited, Some(fault));
            return Ok(());
        }
        let id = self.next_status_id();
        let request = encode::status(&self.contract, &self.record, Some(&task_id), id)?;
        self.adopting = Some(task_id);
        self.transmit(request, now, step);
        Ok(())
    }

    /// A person gives an unresolved submit up, or says of a second task that somebody has looked after it.
    pub(super) fn on_discard(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        if self.record.has_open_conflict() {
            self.change(Change::Settled, now, step)?;
            step.keep(Saving::Fence);
            return Ok(());
        }
        if self.record.phase != Phase::Unresolved {
            let message = format!("only an unresolved task can be discarded; this one is {}", self.record.phase.as_str());
            return Err(Error::new(ErrorCode::Unsupported, message).into());
        }
        self.change(Change::Discarded, now, step)?;
        step.blobs.push(Blob { name: "request", bytes: None });
        step.keep(Saving::Fence);
        Ok(())
    }
}
