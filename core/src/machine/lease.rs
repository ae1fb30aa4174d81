//! Who may be submitting a task, here or elsewhere, and what a client asks of its machine between two steps.

use super::{LEASE_GRACE_MS, Saving, Step, TaskMachine};
use crate::io::{Operation, UnixMillis};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::state::notes;
use std::sync::Arc;

/// How often a record is looked at that somebody else is submitting, in milliseconds.
const LOOK_MS: u64 = 500;
/// How often at least where it only may be, in milliseconds: as many as are held by a limit are looked at.
const LOOK_MOST_MS: u64 = 8_000;
/// How often a record is looked at that a callback may change elsewhere, in milliseconds.
const CALLED_LOOK_MS: u64 = 2_000;
/// How often a record is looked at that somebody else has claimed, in milliseconds.
const CLAIMED_LOOK_MS: u64 = 1_000;

/// How late a timer may ring before a claim has to be made anew, in milliseconds.
const LATE_MS: u64 = 5_000;

impl TaskMachine {
    /// How long the end of a task belongs to the worker that saw it, which tells the application, in milliseconds.
    pub(crate) const HANDLING_MS: u64 = 120_000;

    /// Whether the next time-out may send a submit, which takes its place and its key before its attempt is counted.
    pub fn may_submit(&self) -> bool {
        matches!(self.record().phase, Phase::Prepared | Phase::Unresolved)
    }

    /// Whether an attempt of a submit may be in flight, here or elsewhere.
    pub fn is_submitting(&self) -> bool {
        self.record().phase == Phase::Submitting
    }

    /// After how many milliseconds to look whether somebody else has changed the record, while its own time has not come; `None`: it is
    /// nobody else's. `looks` is how often that was done already.
    pub fn look_after(&self, looks: u32) -> Option<u64> {
        let record = self.record();
        match record.phase {
            // Its record will tell before its lease does.
            Phase::Submitting => Some(LOOK_MS),
            // The same key may be delivered to several, and whoever has the first turn sends.
            Phase::Prepared if record.version > 0 && record.caller_key.is_some() => Some((LOOK_MS << looks.min(4)).min(LOOK_MOST_MS)),
            _ if self.claimed_until().is_some() => Some(CLAIMED_LOOK_MS),
            // A callback may come to another process.
            phase if phase.is_polled() && record.callback => Some(CALLED_LOOK_MS),
            _ => None,
        }
    }

    /// Whether a submit without a key ends the wait with the task's reply instead of a failure: it was sent before, and stays unresolved.
    pub fn stays_unresolved(&self) -> bool {
        self.record().phase == Phase::Unresolved
    }

    /// Whether a submit that was fenced may still leave. Once its lease is over, others take it for lost, and a person may have settled it.
    pub fn may_begin(&self, now: UnixMillis) -> bool {
        // One that is to be kept open needs its time for that.
        let open_ms = self.outstanding.as_ref().filter(|_| self.is_waiting_for_submit()).map_or(0, |outstanding| outstanding.open_ms);
        self.record().lease.as_ref().is_some_and(|lease| now.saturating_add(open_ms) < lease.until)
    }

    /// Who may be submitting or asking about this task now, where it is not this machine: the holder of a lease.
    pub fn other_holder(&self) -> Option<&str> {
        let is_others = (self.is_submitting() && !self.is_waiting_for_submit()) || self.claimed_until().is_some();
        self.record().lease.as_ref().filter(|_| is_others).map(|lease| lease.holder.as_str())
    }

    /// Numbers the drive that the machine is in: part of its leases' holder, so that an attempt is told from another of the same driver.
    pub fn number_drive(&mut self, drive: u64) {
        self.drive = drive;
    }

    /// The holder of a lease is gone, as its host has proved: what it sent may have arrived, and no answer will come.
    pub fn forget_holder(&mut self, now: UnixMillis) {
        if self.outstanding.is_some() {
            return;
        }
        if self.is_submitting() {
            notes::end_lease(Arc::make_mut(&mut self.record), now);
        } else if self.claimed_until().is_some() {
            notes::let_go(Arc::make_mut(&mut self.record));
        }
    }

    /// Until when somebody else has claimed the task: until then it is theirs to ask about.
    pub(super) fn claimed_until(&self) -> Option<UnixMillis> {
        let is_polled = self.record.phase.is_polled();
        self.record.lease.as_ref().filter(|lease| is_polled && !self.is_own(&lease.holder)).map(|lease| lease.until)
    }

    /// Whether a claim is this machine's: of its client's workers, or of this very drive.
    fn is_own(&self, holder: &str) -> bool {
        holder == self.settings.holder || holder == self.holder()
    }

    /// Somebody wants something of the task now: whoever has claimed it finds out by its next save.
    pub(super) fn take_over(&mut self) {
        if self.record.phase.is_polled() {
            notes::let_go(Arc::make_mut(&mut self.record));
        }
    }

    /// Whoever drives the task from its client's one seat knows that no other drive of this client is under way: what one of them claimed, it left.
    pub(crate) fn forget_own_drives(&mut self) {
        let is_left = self.record.lease.as_ref().is_some_and(|lease| is_drive_of(&lease.holder, &self.settings.holder));
        if is_left && self.record.phase.is_polled() {
            notes::let_go(Arc::make_mut(&mut self.record));
        }
    }

    /// Claims the task before it is asked about, unless that was done and will do until the answer is there.
    pub(super) fn claim(&mut self, now: UnixMillis, step: &mut Step) {
        let until = now.saturating_add(self.lease_ms());
        if !self.settings.claims {
            if self.claimed_until().is_some_and(|until| until <= now) {
                notes::let_go(Arc::make_mut(&mut self.record));
            }
        } else if !self.record.lease.as_ref().is_some_and(|lease| lease.holder == self.settings.holder && lease.until >= until) {
            notes::claim(Arc::make_mut(&mut self.record), &self.settings.holder, until, now);
            step.keep(Saving::Plain);
        }
    }

    /// Claims the task for this drive alone: for a request that must not be made twice, whoever makes it, until its answer is saved.
    pub(super) fn claim_for_this_drive(&mut self, now: UnixMillis) {
        let until = now.saturating_add(self.lease_ms());
        let holder = self.holder();
        notes::claim(Arc::make_mut(&mut self.record), &holder, until, now);
    }

    /// Keeps a claim with what is saved: until the next request must have its answer, or the application has dealt with the end. Who claims a task
    /// only for one request lets go of it with the answer.
    pub(super) fn keep_claim(&mut self, sends: bool, now: UnixMillis) {
        let (is_polled, is_end) = (self.record.phase.is_polled(), self.record.phase.is_terminal());
        if !self.settings.claims {
            let is_own = self.record.lease.as_ref().is_some_and(|lease| lease.holder == self.holder());
            if is_own && is_polled && !sends {
                notes::let_go(Arc::make_mut(&mut self.record));
            }
            return;
        }
        let until = if is_end {
            now.saturating_add(Self::HANDLING_MS)
        } else {
            let due = self.record.due.map_or(now, |due| due.at.max(now));
            due.saturating_add(self.lease_ms()).saturating_add(LATE_MS)
        };
        if (is_polled || is_end) && self.claimed_until().is_none() {
            notes::claim(Arc::make_mut(&mut self.record), &self.settings.holder, until, now);
        }
    }

    /// How long a request may be under way, and a little more.
    pub(super) fn lease_ms(&self) -> u64 {
        self.settings.request_timeout_ms.saturating_add(LEASE_GRACE_MS)
    }

    /// Whether the answer to a submit of this machine's own is still to come.
    pub(crate) fn is_waiting_for_submit(&self) -> bool {
        self.outstanding.as_ref().is_some_and(|outstanding| outstanding.operation == Operation::Submit)
    }

    /// Who holds a lease of this machine's: no other drive has the same name.
    pub(super) fn holder(&self) -> String {
        if self.drive == 0 { self.settings.holder.clone() } else { format!("{}#{}", self.settings.holder, self.drive) }
    }

    /// Whether the attempt that a stored record tells of is this machine's own.
    pub fn holds(&self, stored: &TaskRecord) -> bool {
        stored.lease.as_ref().is_some_and(|lease| lease.holder == self.holder())
    }
}

/// Whether a lease's holder is one of a client's drives; see [`TaskMachine::number_drive`].
pub(crate) fn is_drive_of(holder: &str, client: &str) -> bool {
    holder.strip_prefix(client).is_some_and(|rest| rest.starts_with('#'))
}
