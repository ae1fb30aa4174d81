//! What becomes of a record's times where the clock went back since they were written.

use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::{Due, TaskRecord};

/// Until when a record's lease is good, by the clock of now: a submit's began when it was sent, a claim when the record was written.
pub(crate) fn lease_until(record: &TaskRecord, now: UnixMillis) -> Option<UnixMillis> {
    let until = record.lease.as_ref()?.until;
    let since = if record.phase == Phase::Submitting { record.at.last_sent } else { Some(record.at.updated) };
    Some(since.filter(|since| now < *since).map_or(until, |since| now.saturating_add(until.saturating_sub(since))))
}

/// Everything keeps its distance from now. Whether anything was moved.
///
/// `margin`: how far the clock may go back before the age of an idempotency key counts as unknown.
pub(crate) fn keep_distances(record: &mut TaskRecord, margin: u64, now: UnixMillis) -> bool {
    let before = (record.due, record.lease.clone(), record.not_before.filter(|until| *until > now));
    if let Some(due) = record.due.filter(|due| now < due.set) {
        record.due = Some(Due { at: now.saturating_add(due.at.saturating_sub(due.set)), set: now });
    }
    if let (Some(until), Some(lease)) = (lease_until(record, now), &mut record.lease) {
        lease.until = until;
    }
    record.not_before = record.pause(now);
    // How old the idempotency key is can no longer be told, so it is no longer relied on.
    let went_back = now.saturating_add(margin) < record.at.updated && matches!(record.phase, Phase::Submitting | Phase::Unresolved);
    if went_back || record.at.first_sent.is_some_and(|first| first > now.saturating_add(margin)) {
        record.at.first_sent = None;
    }
    let moved = before != (record.due, record.lease.clone(), record.not_before);
    if moved {
        record.at.updated = now;
    }
    moved
}
