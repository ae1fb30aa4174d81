//! Cancelling: a wish that the provider grants or refuses; a success that races it wins.

use super::{Done, Saving, Step, TaskMachine};
use crate::contract::{Confirm, Contract, State};
use crate::decode::{self, Read};
use crate::encode;
use crate::error::ErrorCode;
use crate::io::{Delivery, HttpResponse, Operation, UnixMillis};
use crate::phase::Phase;
use crate::record::{Billing, Fault, TaskRecord};
use crate::reply::Ending;
use crate::state::{Change, Sight, notes};
use std::sync::Arc;

/// How soon after an acknowledged cancel its effect is looked for.
const CONFIRM_MS: u64 = 1_000;

/// How far a cancel is, as far as it need not survive the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// Somebody asked this machine, and gets the cancel's own reply.
    pub(super) asked: bool,
    /// The request went out and its outcome is not a refusal.
    sent: bool,
    /// Some request went out, here or in an earlier process, that may have worked.
    maybe_worked: bool,
    /// The status was read first, as a destructive cancel demands.
    looked: Look,
}

/// How far the look is that a destructive cancel begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    /// Still to come, or to come again.
    #[default]
    Needed,
    /// The status is asked.
    Asked,
    /// The task has not ended yet.
    Done,
}

impl Progress {
    /// What a record tells of a cancel.
    pub(super) fn recalled(record: &TaskRecord) -> Self {
        Self { maybe_worked: record.phase == Phase::Cancelling && record.attempts.cancels > 0, ..Self::default() }
    }

    /// Notes that the status was read. Whether the cancel that waited for it is next.
    pub(super) fn now_looked(&mut self) -> bool {
        let was_asked = self.looked == Look::Asked;
        if was_asked {
            self.looked = Look::Done;
        }
        was_asked
    }

    /// Whether a 404 means that our own cancel erased the task.
    pub(super) fn may_have_erased(self, contract: &Contract) -> bool {
        self.maybe_worked && contract.parts().cancel.as_ref().is_some_and(|cancel| cancel.destroys_result)
    }
}

impl TaskMachine {
    pub(super) fn on_cancel(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        self.take_over();
        match self.record.phase {
            Phase::Prepared => {
                self.cancelling.asked = true;
                return self.change_to_cancelled(now, step);
            }
            Phase::Submitting | Phase::Unresolved | Phase::Fetching => {
                self.cancelling.asked = true;
                self.change(Change::CancelAsked { due: now }, now, step)?;
                step.keep(Saving::Fence);
                if self.record.phase == Phase::Unresolved {
                    step.end(Ending::Unresolved, self.record.error.clone());
                }
                return Ok(());
            }
            Phase::Waiting | Phase::Cancelling => {}
            _ => {
                step.finished = true;
                return Ok(());
            }
        }
        let title = self.contract.title();
        let Some(cancel) = &self.contract.parts().cancel else {
            step.end(Ending::Unsupported, Some(unsupported(&format!("{title} cannot cancel a task; it is still running"))));
            return Ok(());
        };
        let state = if self.record.processing { State::Processing } else { State::Pending };
        if !cancel.allowed.is_empty() && !cancel.allowed.contains(&state) {
            let allowed = cancel.allowed.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(" or ");
            let message =
                format!("{title} cancels a task only while it is {allowed}, and this one is {}; it is still running", state.as_str());
            step.end(Ending::Unsupported, Some(unsupported(&message)));
            return Ok(());
        }
        let in_flight = self.outstanding.as_ref().is_some_and(|outstanding| outstanding.operation == Operation::Cancel);
        self.cancelling = if in_flight {
            Progress { asked: true, ..self.cancelling }
        } else {
            Progress { asked: true, maybe_worked: self.cancelling.maybe_worked, ..Progress::default() }
        };
        self.change(Change::CancelAsked { due: now }, now, step)?;
        step.keep(Saving::Fence);
        Ok(())
    }

    /// Whether the cancel itself is what goes out next, and not a look at its effect.
    pub(super) fn cancel_is_next(&mut self) -> bool {
        let Some(cancel) = &self.contract.parts().cancel else { return false };
        // After a restart nobody knows what became of the request: only one that may be repeated is.
        let again = self.record.attempts.cancels == 0 || self.cancelling.asked || cancel.repeatable;
        if self.cancelling.sent || !again {
            return false;
        }
        if cancel.destroys_result && self.cancelling.looked != Look::Done {
            self.cancelling.looked = Look::Asked;
            return false;
        }
        true
    }

    pub(super) fn send_cancel(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        let Some(cancel) = self.contract.parts().cancel.clone() else { return Ok(()) };
        self.change(Change::CancelSent, now, step)?;
        self.cancelling = Progress { asked: self.cancelling.asked, sent: true, maybe_worked: true, looked: Look::Needed };
        self.claim_for_this_drive(now);
        step.keep(Saving::Fence);
        let id = format!("{}:{}", Operation::Cancel.as_str(), self.record.attempts.cancels);
        let request = encode::cancel(&self.contract, &cancel, &self.record, id)?;
        self.transmit(request, now, step);
        Ok(())
    }

    pub(super) fn on_cancel_answer(&mut self, response: &HttpResponse, now: UnixMillis, step: &mut Step) -> Done {
        let Some(cancel) = self.contract.parts().cancel.clone() else { return Ok(()) };
        if self.record.phase == Phase::Fetching {
            // A callback has said meanwhile that it is done: what the cancel came to is seen with the details.
            return Ok(());
        }
        match decode::plain(&self.contract, Operation::Cancel, response, now) {
            Ok(_) if cancel.confirm == Confirm::Ack => return self.change_to_cancelled(now, step),
            Ok(_) => self.look_soon(now),
            Err(Read::NotFound(_)) if cancel.destroys_result => return self.change_to_cancelled(now, step),
            Err(Read::AuthFailed(fault)) => {
                self.cancelling.sent = false;
                self.read_failed(Operation::Cancel, fault.clone(), None, now, step)?;
                step.end(Ending::AuthFailed, Some(fault));
            }
            Err(Read::Limited(fault, wait)) => {
                // A 429 did nothing: the request may go out again.
                self.cancelling.sent = false;
                self.read_failed(Operation::Cancel, fault, wait, now, step)?;
            }
            Err(Read::Failed(fault, wait)) => {
                self.cancelling.sent = !cancel.repeatable;
                self.read_failed(Operation::Cancel, fault, wait, now, step)?;
            }
            Err(Read::NotFound(fault)) => self.end_cancel(Ending::NotFound, fault, now, step)?,
            Err(Read::Refused(fault) | Read::TooLarge(fault)) => self.end_cancel(Ending::Unsupported, fault, now, step)?,
            Err(Read::State(_)) => {}
        }
        self.end_at_deadline(now, step);
        Ok(())
    }

    /// The provider will not cancel: the task goes on.
    fn end_cancel(&mut self, ending: Ending, fault: Fault, now: UnixMillis, step: &mut Step) -> Done {
        self.cancelling = Progress::default();
        self.change(Change::CancelRefused { due: now.saturating_add(CONFIRM_MS) }, now, step)?;
        step.end(ending, Some(fault));
        Ok(())
    }

    pub(super) fn on_cancel_undelivered(&mut self, delivery: Delivery, reason: &str, now: UnixMillis, step: &mut Step) -> Done {
        let repeatable = self.contract.parts().cancel.as_ref().is_some_and(|cancel| cancel.repeatable);
        self.cancelling.sent = delivery == Delivery::MaybeSent && !repeatable;
        self.on_silence(Operation::Cancel, reason, now, step)
    }

    pub(super) fn change_to_cancelled(&mut self, now: UnixMillis, step: &mut Step) -> Done {
        self.change(Change::Cancelled { sight: Sight::default() }, now, step)?;
        step.keep(Saving::Fence);
        if self.record.task_id.is_none() {
            self.frozen = None;
            step.blobs.push(crate::io::Blob { name: "request", bytes: None });
        }
        Ok(())
    }

    /// When to look whether an acknowledged cancel has worked.
    fn look_soon(&mut self, now: UnixMillis) {
        notes::set_due(Arc::make_mut(&mut self.record), now.saturating_add(CONFIRM_MS), now);
    }
}

fn unsupported(message: &str) -> Fault {
    Fault::new(ErrorCode::Unsupported, Billing::Possible, message)
}
