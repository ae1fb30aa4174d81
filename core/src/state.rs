//! Everything that changes a task's state. The table is the whole truth about which phase may follow which;
//! [`apply`] is the only function that takes a task from one phase to another, and an illegal change leaves the record as it was. What changes
//! in a record beside its phase is in the rooms below; nothing else assigns to one.

use crate::io::UnixMillis;
use crate::phase::Phase;
use crate::record::{Conflict, Due, Fault, Lease, Outcome, SavedFile, TaskRecord};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) mod beginning;
pub(crate) mod clocks;
pub(crate) mod notes;
pub(crate) mod versions;

/// What happened to a task, without its details: the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Held,
    Sent,
    NotSent,
    Limited,
    Refused,
    Lost,
    Accepted,
    Seen,
    ReadFailed,
    Done,
    Succeeded,
    Failed,
    CancelAsked,
    CancelSent,
    CancelRefused,
    Cancelled,
    Discarded,
    Contradicted,
    Settled,
    Arbitrated,
    FileSaved,
}

/// The one transition table. What is not in it is illegal.
#[rustfmt::skip]
pub(crate) const TABLE: &[(Phase, Signal, Phase)] = &[
    (Phase::Prepared,   Signal::Held,          Phase::Prepared),
    (Phase::Prepared,   Signal::Sent,          Phase::Submitting),
    (Phase::Prepared,   Signal::Refused,       Phase::Rejected),
    (Phase::Prepared,   Signal::Accepted,      Phase::Waiting),
    (Phase::Prepared,   Signal::Cancelled,     Phase::Cancelled),

    (Phase::Submitting, Signal::Accepted,      Phase::Waiting),
    (Phase::Submitting, Signal::NotSent,       Phase::Prepared),
    (Phase::Submitting, Signal::Limited,       Phase::Prepared),
    (Phase::Submitting, Signal::Refused,       Phase::Rejected),
    (Phase::Submitting, Signal::Lost,          Phase::Unresolved),
    (Phase::Submitting, Signal::CancelAsked,   Phase::Submitting),

    (Phase::Unresolved, Signal::Held,          Phase::Unresolved),
    (Phase::Unresolved, Signal::Sent,          Phase::Submitting),
    (Phase::Unresolved, Signal::Accepted,      Phase::Waiting),
    (Phase::Unresolved, Signal::ReadFailed,    Phase::Unresolved),
    (Phase::Unresolved, Signal::CancelAsked,   Phase::Unresolved),
    (Phase::Unresolved, Signal::Discarded,     Phase::Discarded),

    (Phase::Waiting,    Signal::Held,          Phase::Waiting),
    (Phase::Waiting,    Signal::Seen,          Phase::Waiting),
    (Phase::Waiting,    Signal::ReadFailed,    Phase::Waiting),
    (Phase::Waiting,    Signal::Done,          Phase::Fetching),
    (Phase::Waiting,    Signal::Succeeded,     Phase::Succeeded),
    (Phase::Waiting,    Signal::Failed,        Phase::Failed),
    (Phase::Waiting,    Signal::Cancelled,     Phase::Cancelled),
    (Phase::Waiting,    Signal::CancelAsked,   Phase::Cancelling),
    (Phase::Waiting,    Signal::Contradicted,  Phase::Waiting),
    (Phase::Waiting,    Signal::Settled,       Phase::Waiting),

    (Phase::Fetching,   Signal::Held,          Phase::Fetching),
    (Phase::Fetching,   Signal::Seen,          Phase::Fetching),
    (Phase::Fetching,   Signal::ReadFailed,    Phase::Fetching),
    (Phase::Fetching,   Signal::Succeeded,     Phase::Succeeded),
    (Phase::Fetching,   Signal::Failed,        Phase::Failed),
    (Phase::Fetching,   Signal::Cancelled,     Phase::Cancelled),
    (Phase::Fetching,   Signal::CancelAsked,   Phase::Fetching),
    (Phase::Fetching,   Signal::Contradicted,  Phase::Fetching),
    (Phase::Fetching,   Signal::Settled,       Phase::Fetching),

    (Phase::Cancelling, Signal::Held,          Phase::Cancelling),
    (Phase::Cancelling, Signal::CancelAsked,   Phase::Cancelling),
    (Phase::Cancelling, Signal::CancelSent,    Phase::Cancelling),
    (Phase::Cancelling, Signal::CancelRefused, Phase::Waiting),
    (Phase::Cancelling, Signal::Seen,          Phase::Cancelling),
    (Phase::Cancelling, Signal::ReadFailed,    Phase::Cancelling),
    (Phase::Cancelling, Signal::Done,          Phase::Fetching),
    (Phase::Cancelling, Signal::Succeeded,     Phase::Succeeded),
    (Phase::Cancelling, Signal::Failed,        Phase::Failed),
    (Phase::Cancelling, Signal::Cancelled,     Phase::Cancelled),
    (Phase::Cancelling, Signal::Contradicted,  Phase::Cancelling),
    (Phase::Cancelling, Signal::Settled,       Phase::Cancelling),

    (Phase::Succeeded,  Signal::Contradicted,  Phase::Succeeded),
    (Phase::Succeeded,  Signal::Settled,       Phase::Succeeded),
    (Phase::Succeeded,  Signal::Arbitrated,    Phase::Succeeded),
    (Phase::Succeeded,  Signal::FileSaved,     Phase::Succeeded),
    (Phase::Failed,     Signal::Contradicted,  Phase::Failed),
    (Phase::Failed,     Signal::Settled,       Phase::Failed),
    (Phase::Failed,     Signal::Arbitrated,    Phase::Failed),
    (Phase::Cancelled,  Signal::Contradicted,  Phase::Cancelled),
    (Phase::Cancelled,  Signal::Settled,       Phase::Cancelled),
    (Phase::Cancelled,  Signal::Arbitrated,    Phase::Cancelled),
    (Phase::Rejected,   Signal::Contradicted,  Phase::Rejected),
    (Phase::Rejected,   Signal::Settled,       Phase::Rejected),
    (Phase::Rejected,   Signal::Arbitrated,    Phase::Rejected),
    (Phase::Discarded,  Signal::Contradicted,  Phase::Discarded),
    (Phase::Discarded,  Signal::Settled,       Phase::Discarded),
    (Phase::Discarded,  Signal::Arbitrated,    Phase::Discarded),
];

/// What happened to a task, with its details.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// The pacer, a backoff or a lease says to wait.
    Held { due: UnixMillis },
    /// A submit is about to leave; this is saved before it does.
    Sent { lease: Lease, idempotency_key: Option<String> },
    /// The submit provably never left; it is tried again when due.
    NotSent { fault: Fault, due: UnixMillis },
    /// The provider said 429 to a submit; it is tried again when due.
    Limited { fault: Fault, due: UnixMillis },
    /// The submit is over and nothing was made.
    Refused { fault: Fault },
    /// The submit may have been accepted. `due`: when a replay with an honoured key is due.
    Lost { fault: Fault, due: Option<UnixMillis> },
    /// The task id is known.
    Accepted { task_id: String, sight: Sight, keep: BTreeMap<String, String>, due: UnixMillis },
    /// The provider said how the task is.
    Seen { sight: Sight, due: UnixMillis },
    /// A read brought nothing.
    ReadFailed { due: UnixMillis },
    /// The provider says that it is done; the details come by a second call.
    Done { sight: Sight, due: UnixMillis },
    /// The result is there.
    Succeeded { sight: Sight, outcome: Outcome },
    /// The provider says that the task failed.
    Failed { sight: Sight, fault: Fault, outcome: Option<Outcome> },
    /// A person wants the task stopped.
    CancelAsked { due: UnixMillis },
    /// A cancel request is about to leave.
    CancelSent,
    /// The provider would not cancel.
    CancelRefused { due: UnixMillis },
    /// The task is cancelled.
    Cancelled { sight: Sight },
    /// A person gave the intent up.
    Discarded,
    /// Somebody claims another terminal state than the recorded one, or another task.
    Contradicted { claim: &'static str, source: &'static str, task_id: Option<String> },
    /// A person has looked after the second task that a record names.
    Settled,
    /// The provider was asked which of two ends is true. `confirmed`: the recorded one.
    Arbitrated { confirmed: bool },
    /// A result file was saved on disk. `index` counts from 0.
    FileSaved { index: usize, file: SavedFile },
}

/// What a reply says about how the task is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    pub(crate) processing: bool,
    pub(crate) word: Option<String>,
    pub(crate) progress_permille: Option<u64>,
}

impl Change {
    pub(crate) const fn signal(&self) -> Signal {
        match self {
            Self::Held { .. } => Signal::Held,
            Self::Sent { .. } => Signal::Sent,
            Self::NotSent { .. } => Signal::NotSent,
            Self::Limited { .. } => Signal::Limited,
            Self::Refused { .. } => Signal::Refused,
            Self::Lost { .. } => Signal::Lost,
            Self::Accepted { .. } => Signal::Accepted,
            Self::Seen { .. } => Signal::Seen,
            Self::ReadFailed { .. } => Signal::ReadFailed,
            Self::Done { .. } => Signal::Done,
            Self::Succeeded { .. } => Signal::Succeeded,
            Self::Failed { .. } => Signal::Failed,
            Self::CancelAsked { .. } => Signal::CancelAsked,
            Self::CancelSent => Signal::CancelSent,
            Self::CancelRefused { .. } => Signal::CancelRefused,
            Self::Cancelled { .. } => Signal::Cancelled,
            Self::Discarded => Signal::Discarded,
            Self::Contradicted { .. } => Signal::Contradicted,
            Self::Settled => Signal::Settled,
            Self::Arbitrated { .. } => Signal::Arbitrated,
            Self::FileSaved { .. } => Signal::FileSaved,
        }
    }
}

/// The phase that follows, or `None` where the signal is illegal.
pub(crate) fn next(phase: Phase, signal: Signal) -> Option<Phase> {
    TABLE.iter().find(|(from, on, _)| *from == phase && *on == signal).map(|(_, _, to)| *to)
}

/// Applies a change. `None`: the change is illegal in this phase, and the record is untouched.
pub(crate) fn apply(record: &mut TaskRecord, change: Change, now: UnixMillis) -> Option<()> {
    let change = unforgetting(record, change);
    let phase = next(record.phase, change.signal())?;
    record.phase = phase;
    // A note about a file says nothing of the task, and moves no time back.
    record.at.updated = if matches!(change, Change::FileSaved { .. }) { record.at.updated.max(now) } else { now };
    // A pause that is over says nothing any more.
    record.not_before = record.not_before.filter(|until| *until > now);
    let due = |at| Some(Due { at, set: now });
    match change {
        Change::Held { due: at } => record.due = due(at),
        Change::Sent { lease, idempotency_key } => {
            count(&mut record.attempts.submit);
            // The age of an idempotency key counts from here; no attempt was made later than now, whatever clock wrote so.
            record.at.first_sent = Some(record.at.first_sent.map_or(now, |first| first.min(now)));
            record.at.last_sent = Some(now);
            record.due = due(lease.until);
            record.lease = Some(lease);
            record.idempotency_key = idempotency_key;
        }
        Change::NotSent { fault, due: at } => {
            count(&mut record.attempts.not_sent);
            end_attempt(record, fault, due(at));
        }
        Change::Limited { fault, due: at } => {
            count(&mut record.attempts.limited);
            end_attempt(record, fault, due(at));
        }
        Change::Refused { fault } => {
            end_attempt(record, fault, None);
            record.at.finished = Some(now);
        }
        Change::Lost { fault, due: at } => {
            record.maybe_sent = true;
            end_attempt(record, fault, at.and_then(due));
        }
        Change::Accepted { task_id, sight, keep, due: at } => {
            record.task_id = Some(task_id);
            record.vars.extend(keep);
            record.at.accepted = Some(now);
            record.attempts.read_failures = 0;
            record.maybe_sent = false;
            record.lease = None;
            record.error = None;
            record.due = due(at);
            see(record, sight);
        }
        Change::Seen { sight, due: at } => {
            checked(record, sight, now);
            record.due = due(at);
        }
        Change::ReadFailed { due: at } => {
            count(&mut record.attempts.read_failures);
            record.due = due(at);
        }
        Change::Done { sight, due: at } => {
            checked(record, sight, now);
            record.processing = true;
            record.due = due(at);
        }
        Change::Succeeded { sight, outcome } => {
            finish(record, sight, now);
            record.error = None;
            record.result = Some(outcome);
        }
        Change::Failed { sight, fault, outcome } => {
            finish(record, sight, now);
            record.error = Some(fault);
            record.result = outcome;
        }
        Change::CancelAsked { due: at } => {
            record.cancel_requested = true;
            if phase == Phase::Cancelling {
                record.due = due(at);
            }
        }
        Change::CancelSent => count(&mut record.attempts.cancels),
        Change::CancelRefused { due: at } => {
            record.cancel_requested = false;
            record.due = due(at);
        }
        Change::Cancelled { sight } => {
            finish(record, sight, now);
            // Without an id it was never the provider's to cancel: a person did.
            record.cancel_requested |= record.task_id.is_none();
            record.error = None;
        }
        Change::Discarded => {
            record.due = None;
            record.at.finished = Some(now);
        }
        Change::Contradicted { claim, source, task_id } => {
            let second = task_id.clone().filter(|id| record.task_id.as_ref() != Some(id));
            // The first task that turned up stays named: each may have been paid for.
            let second = record.conflict.take().and_then(|before| before.task_id).or(second);
            record.conflict = Some(Conflict { phase: claim.to_owned(), source: source.to_owned(), at: now, task_id: second });
            record.task_id = record.task_id.take().or(task_id);
        }
        Change::Settled => {
            if let Some(conflict) = record.conflict.as_mut() {
                conflict.task_id = None;
            }
        }
        Change::Arbitrated { confirmed } => {
            record.conflict =
                record.conflict.take().filter(|_| !confirmed).map(|conflict| Conflict { source: "status".to_owned(), at: now, ..conflict });
        }
        Change::FileSaved { index, file } => {
            if let Some(entry) = record.result.as_mut().and_then(|result| result.files.get_mut(index)) {
                entry.saved = Some(file);
            }
        }
    }
    Some(())
}

/// `maybeSent` is sticky: once an attempt may have been accepted, a later refusal settles nothing.
fn unforgetting(record: &TaskRecord, change: Change) -> Change {
    match change {
        Change::NotSent { fault, due } | Change::Limited { fault, due } if record.maybe_sent => Change::Lost { fault, due: Some(due) },
        Change::Refused { fault } if record.maybe_sent => Change::Lost { fault, due: None },
        change => change,
    }
}

/// One more; a count that a store made up ends nowhere else than a true one.
fn count(attempts: &mut u64) {
    *attempts = attempts.saturating_add(1);
}

fn end_attempt(record: &mut TaskRecord, fault: Fault, due: Option<Due>) {
    record.lease = None;
    record.error = Some(fault);
    record.due = due;
}

fn see(record: &mut TaskRecord, sight: Sight) {
    // pending < processing: a provider that reports a queue again does not undo what was seen.
    record.processing |= sight.processing;
    record.provider_state = sight.word.or_else(|| record.provider_state.take());
    record.progress_permille = sight.progress_permille.or(record.progress_permille);
}

fn checked(record: &mut TaskRecord, sight: Sight, now: UnixMillis) {
    see(record, sight);
    record.at.checked = Some(now);
    record.attempts.read_failures = 0;
}

fn finish(record: &mut TaskRecord, sight: Sight, now: UnixMillis) {
    checked(record, sight, now);
    record.due = None;
    record.lease = None;
    record.at.finished = Some(now);
}

/// The table as a Mermaid state diagram; self-loops are left out.
pub fn diagram() -> String {
    let mut out = String::from("```mermaid\nstateDiagram-v2\n    [*] --> prepared\n");
    for (from, signal, to) in TABLE.iter().filter(|(from, _, to)| from != to) {
        let _ = writeln!(out, "    {} --> {}: {signal:?}", from.as_str(), to.as_str());
    }
    for phase in Phase::ALL.into_iter().filter(|phase| phase.is_terminal()) {
        let _ = writeln!(out, "    {} --> [*]", phase.as_str());
    }
    out.push_str("```\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diagram_in_the_docs_is_the_table() {
        assert_eq!(include_str!("../phases.md"), diagram(), "run `cargo xtask vectors` to write it again");
    }

    #[test]
    fn the_table_names_each_pair_once_and_terminal_phases_absorb() {
        for (index, (from, on, to)) in TABLE.iter().enumerate() {
            assert!(!TABLE[index + 1..].iter().any(|(f, o, _)| f == from && o == on), "{from:?} {on:?} twice");
            assert!(!from.is_terminal() || from == to, "{from:?} is left by {on:?}");
        }
    }

    #[test]
    fn every_phase_can_be_reached() {
        for phase in Phase::ALL {
            assert!(phase == Phase::Prepared || TABLE.iter().any(|(from, _, to)| *to == phase && *from != phase), "{phase:?}");
        }
    }
}
