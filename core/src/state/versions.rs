//! A record beside the one that it is made from: as it is stored first or next, handed on, or told.

use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::TaskRecord;

/// The record as it is stored for the first time.
pub(crate) fn first(record: &TaskRecord) -> TaskRecord {
    let mut first = record.clone();
    first.version = 1;
    first
}

/// The record becomes what is stored in place of the version that it was.
pub(crate) fn next_version(record: &mut TaskRecord) {
    record.version = record.version.saturating_add(1);
}

/// The record of an attempt that came to nothing, as it is stored once another intent takes its key over.
pub(crate) fn succeeded_by(stored: &TaskRecord, successor: &str, now: UnixMillis) -> TaskRecord {
    let mut released = stored.clone();
    released.caller_key = None;
    released.successor = Some(successor.to_owned());
    released.at.updated = now;
    next_version(&mut released);
    released
}

/// The record as if it were in another phase: for a reply where its own could not be stored. It is never saved.
pub(crate) fn told_as(record: &TaskRecord, phase: Phase) -> TaskRecord {
    let mut told = record.clone();
    told.phase = phase;
    told
}
