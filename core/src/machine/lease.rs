//! Who may be submitting a task, here or elsewhere, and what a client asks of its machine between two steps.

use super::TaskMachine;
use crate::io::{Operation, UnixMillis};
use crate::phase::Phase;
use crate::record::TaskRecord;
use crate::state::notes;

/// How often a record is looked at that somebody else is submitting, in milliseconds.
const LOOK_MS: u64 = 500;
/// How often at least where it only may be, in milliseconds: as many as are held by a limit are looked at.
const LOOK_MOST_MS: u64 = 8_000;
/// How often a record is looked at that a callback may change elsewhere, in milliseconds.
const CALLED_LOOK_MS: u64 = 2_000;

impl TaskMachine {
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
            // A callback may come to another process.
            Phase::Waiting | Phase::Fetching | Phase::Cancelling if record.callback => Some(CALLED_LOOK_MS),
            _ => None,
        }
    }

    /// Whether a submit without a key ends the wait with the task's reply instead of a failure: it was sent before, and stays unresolved.
    pub fn stays_unresolved(&self) -> bool {
        self.record().phase == Phase::Unresolved
    }

    /// Whether a submit that was fenced may still leave. Once its lease is over, others take it for lost, and a person may have settled it.
    pub fn may_begin(&self, now: UnixMillis) -> bool {
        self.record().lease.as_ref().is_some_and(|lease| now < lease.until)
    }

    /// Who may be submitting this task now, where it is not this machine: the holder of a lease that is not over.
    pub fn other_holder(&self) -> Option<&str> {
        let is_own = self.is_waiting_for_submit();
        self.record().lease.as_ref().filter(|_| self.is_submitting() && !is_own).map(|lease| lease.holder.as_str())
    }

    /// Numbers the drive that the machine is in: part of its leases' holder, so that an attempt is told from another of the same driver.
    pub fn number_drive(&mut self, drive: u64) {
        self.drive = drive;
    }

    /// The holder of a lease is gone, as its host has proved: what it sent may have arrived, and no answer will come.
    pub fn forget_holder(&mut self, now: UnixMillis) {
        if self.record.phase == Phase::Submitting && self.outstanding.is_none() {
            notes::end_lease(&mut self.record, now);
        }
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
