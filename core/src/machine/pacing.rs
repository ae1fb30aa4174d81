//! When the next request may go: slots of the pacer, asked for before a submit is fenced and before every read, and what servers ask for.
//!
//! A server's Retry-After is kept whatever it was said to: for the task in its record, for the account in the pacer, and the longer wins.

use super::{Saving, Step, TaskMachine};
use crate::backoff::PollSchedule;
use crate::decode;
use crate::io::{HttpResponse, UnixMillis};
use crate::pacer::{Lane, Pacer};
use crate::retry;
use crate::state::notes;
use std::sync::Arc;

impl TaskMachine {
    /// When the next request of a lane may go: the slot that is held already, or a new one. It stays held until it is used or released.
    pub(super) fn slot(&mut self, lane: Lane, now: UnixMillis, pacer: &mut Pacer) -> UnixMillis {
        let limits = *self.contract.limits();
        let held = pacer.held_until(&self.record.base, &self.record.account, &limits);
        // A slot that a pause of the whole account has swallowed is changed for one after it: the pause must not end in a burst.
        if let Some((_, slot)) = self.slot.filter(|(kept, slot)| *kept == lane && *slot >= held) {
            return slot;
        }
        self.release(pacer);
        let slot = pacer.reserve(&self.record.base, &self.record.account, &limits, lane, now);
        self.slot = Some((lane, slot));
        slot
    }

    /// The request of the last step is sent now: its slot is used. [`TaskMachine::was_unsent`] takes it back where it was not sent after all.
    pub(crate) fn sends(&mut self) -> Option<(Lane, UnixMillis)> {
        self.leaving.take()
    }

    /// The request of the last step could not be sent.
    pub(crate) fn was_unsent(&mut self, slot: Option<(Lane, UnixMillis)>) {
        self.leaving = slot;
    }

    /// The same as [`TaskMachine::release`] for a machine whose last request may not have been sent: then its slot goes back too.
    pub(crate) fn release_unsent(&mut self, pacer: &mut Pacer) {
        self.slot = self.slot.take().or(self.leaving.take());
        self.release(pacer);
    }

    /// Takes over what a stored record says of pauses, for a question about its task.
    pub fn mind(&mut self, stored: &crate::record::TaskRecord, now: UnixMillis) {
        if let Some(until) = stored.pause(now) {
            notes::pause(Arc::make_mut(&mut self.record), until);
        }
    }

    /// Keeps the pause that an answer asks for.
    pub(super) fn keep_pause(&mut self, response: &HttpResponse, now: UnixMillis, pacer: &mut Pacer, step: &mut Step) {
        let Some(wait) = retry::retry_after_ms(response, now).filter(|wait| *wait > 0) else { return };
        let until = now.saturating_add(wait);
        if notes::pause(Arc::make_mut(&mut self.record), until) {
            step.keep(Saving::Plain);
        }
        // Of a success it is a wish about this task alone.
        if decode::is_failure(&self.contract, response) {
            pacer.hold(&self.record.base, &self.record.account, self.contract.limits(), until);
        }
    }

    /// The contract's schedule, with the caller's figures, or as a safety net where a callback is awaited.
    pub(super) fn schedule(&self) -> PollSchedule {
        let (own, mut schedule) = (self.settings.poll, self.contract.poll(&self.record.model));
        if let Some(initial) = own.initial_ms {
            schedule.first_ms = initial;
            schedule.every_ms = initial.max(1);
            schedule.cap_ms = schedule.cap_ms.max(schedule.every_ms);
        }
        if self.record.callback && own.initial_ms.is_none() {
            // The provider tells the end; polls are a safety net.
            let every = self.contract.callback_every_ms().unwrap_or(schedule.cap_ms);
            schedule.first_ms = schedule.first_ms.max(every);
            schedule.every_ms = schedule.every_ms.max(every);
            schedule.cap_ms = schedule.cap_ms.max(every);
        }
        schedule.factor_pct = own.factor_pct.unwrap_or(schedule.factor_pct);
        schedule.cap_ms = own.cap_ms.unwrap_or(schedule.cap_ms);
        schedule
    }

    /// Before when nothing is asked about this task, because the server or the pacer said so.
    pub(super) fn floor(&self) -> UnixMillis {
        self.floor.max(self.record.not_before.unwrap_or(0))
    }

    /// Until when the server does not want to hear of this task or this account.
    pub(super) fn paused_until(&self, pacer: &Pacer) -> UnixMillis {
        let account = pacer.held_until(&self.record.base, &self.record.account, self.contract.limits());
        account.max(self.record.not_before.unwrap_or(0))
    }
}
