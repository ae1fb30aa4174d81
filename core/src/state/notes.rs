//! What is noted of a task between two changes of its phase: counts, reasons, times that move. None of it needs a row in the table.

use super::count;
use crate::io::UnixMillis;
use crate::record::{Attempts, Due, Fault, Lease, TaskRecord, Times};
use std::collections::BTreeMap;

/// A status call is about to leave. Its number.
pub(crate) fn count_poll(record: &mut TaskRecord) -> u64 {
    count(&mut record.attempts.polls);
    record.attempts.polls
}

/// A result call is about to leave. Its number.
pub(crate) fn count_fetch(record: &mut TaskRecord) -> u64 {
    count(&mut record.attempts.fetches);
    record.attempts.fetches
}

/// The last submit never left, and none follows it.
pub(crate) fn count_last_not_sent(record: &mut TaskRecord) {
    count(&mut record.attempts.not_sent);
}

/// The provider limited the last submit, and none follows it.
pub(crate) fn count_last_limited(record: &mut TaskRecord) {
    count(&mut record.attempts.limited);
}

/// Why the task failed is known before its end is.
pub(crate) fn keep_reason(record: &mut TaskRecord, fault: Fault) {
    record.error = Some(fault);
}

/// The reason that was kept, for the failure that ends the task.
pub(crate) fn take_reason(record: &mut TaskRecord) -> Option<Fault> {
    record.error.take()
}

/// A submit's answer came late, and brings variables that are not known yet.
pub(crate) fn keep_vars(record: &mut TaskRecord, keep: BTreeMap<String, String>, now: UnixMillis) {
    record.vars.extend(keep);
    record.at.updated = now;
}

/// The next step is due at another time.
pub(crate) fn set_due(record: &mut TaskRecord, at: UnixMillis, now: UnixMillis) {
    record.due = Some(Due { at, set: now });
}

/// The next step, where there is one, is due now, or at `floor`, if that is sooner than it was.
pub(crate) fn hasten(record: &mut TaskRecord, floor: UnixMillis, now: UnixMillis) {
    if let Some(due) = record.due.as_mut() {
        *due = Due { at: due.at.min(now.max(floor)), set: now };
        record.at.updated = now;
    }
}

/// Nothing is due any more: what comes next is a person's.
pub(crate) fn leave_to_a_person(record: &mut TaskRecord) {
    record.due = None;
}

/// The server does not want to be asked before this time. Whether that is news.
pub(crate) fn pause(record: &mut TaskRecord, until: UnixMillis) -> bool {
    let is_longer = record.not_before.is_none_or(|before| before < until);
    if is_longer {
        record.not_before = Some(until);
    }
    is_longer
}

/// Somebody claims the task until a time: others leave it alone meanwhile.
pub(crate) fn claim(record: &mut TaskRecord, holder: &str, until: UnixMillis, now: UnixMillis) {
    record.lease = Some(Lease { holder: holder.to_owned(), until });
    record.at.updated = record.at.updated.max(now);
}

/// Nobody claims the task any more.
pub(crate) fn let_go(record: &mut TaskRecord) {
    record.lease = None;
}

/// The lease's holder is gone: nobody has to be waited for.
pub(crate) fn end_lease(record: &mut TaskRecord, now: UnixMillis) {
    if let Some(lease) = record.lease.as_mut() {
        lease.until = lease.until.min(now);
    }
}

/// What may have changed of a waiting task since its record was stored: what the steps change that are not worth a save.
#[derive(Debug)]
pub(crate) struct Unsaved {
    due: Option<Due>,
    attempts: Attempts,
    at: Times,
    not_before: Option<UnixMillis>,
    lease: Option<Box<Lease>>,
}

impl Unsaved {
    pub(crate) fn of(record: &TaskRecord) -> Self {
        Self {
            due: record.due,
            attempts: record.attempts,
            at: record.at,
            not_before: record.not_before,
            lease: record.lease.clone().map(Box::new),
        }
    }
}

/// The same record is read from the store again.
pub(crate) fn put_back(record: &mut TaskRecord, unsaved: Unsaved) {
    record.due = unsaved.due;
    record.attempts = unsaved.attempts;
    record.at = unsaved.at;
    record.not_before = unsaved.not_before;
    record.lease = unsaved.lease.map(|lease| *lease);
}
