//! Requests that the provider keeps open until there is news, where its contract says how to ask for that.
//!
//! Only who waits for a task asks so, and few at once: each holds a connection. Whatever came of one that was not kept open as long as it should
//! have been, the schedule says when the next poll is due.

use super::{Outstanding, TaskMachine};
use crate::contract::{KeepOpen, State};
use crate::io::{Operation, UnixMillis};
use crate::pacer::Pacer;
use crate::phase::Phase;
use crate::state::Sight;

/// The least time between two polls where news came at once, in milliseconds.
const NEWS_MS: u64 = 1_000;
/// How long after a task's end the answer to a long poll is there at most, in milliseconds: learned durations are as exact as that.
const LATE_MS: u64 = 1_000;

/// A request that was to be kept open, and is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    sent: UnixMillis,
    open_ms: u64,
}

impl Answered {
    pub(super) fn of(outstanding: &Outstanding) -> Option<Self> {
        (outstanding.open_ms > 0).then_some(Self { sent: outstanding.sent, open_ms: outstanding.open_ms })
    }
}

impl TaskMachine {
    /// How the next poll is to be kept open; `None`: it is asked as it always is.
    pub(super) fn next_long_poll(&self, now: UnixMillis, pacer: &mut Pacer) -> Option<KeepOpen> {
        let keep = self.contract.parts().long_poll.as_ref()?;
        let is_wait = self.record.phase == Phase::Waiting && self.one_shot.is_none() && !self.settings.one_request;
        // A worker takes a turn with a task and goes on to the next; a callback comes by itself; who names figures wants polls.
        let is_scheduled = self.settings.claims || self.record.callback || self.settings.poll.has_figures();
        // What stands between may cut off each that is kept open.
        let has_failed = self.record.attempts.read_failures > 0;
        let until = now.saturating_add(keep.ms);
        let fits = self.deadline.is_none_or(|deadline| until <= deadline);
        if !is_wait || is_scheduled || has_failed || !fits || !keep.is_asked(&self.record.options) {
            return None;
        }
        let record = &self.record;
        let may = pacer.begin_long_poll(
            &record.base,
            &record.account,
            self.contract.limits(),
            &record.intent_id,
            until.saturating_add(self.lease_ms()),
            now,
        );
        may.then(|| keep.clone())
    }

    /// Whether the provider keeps a poll open now.
    pub(super) fn is_long_polling(&self) -> bool {
        let is_open = |outstanding: &Outstanding| outstanding.operation == Operation::Status && outstanding.open_ms > 0;
        self.outstanding.as_ref().is_some_and(is_open)
    }

    pub(super) fn end_long_poll(&self, pacer: &mut Pacer) {
        pacer.end_long_poll(&self.record.base, &self.record.account, self.contract.limits(), &self.record.intent_id);
    }

    /// When to ask again after a long poll: at once where it was kept open to its end or brought news. `None`: the schedule says it.
    pub(super) fn due_after_long_poll(&self, sight: &Sight, now: UnixMillis) -> Option<UnixMillis> {
        let Answered { sent, open_ms } = self.kept_open?;
        let was_kept = now.saturating_sub(sent) >= open_ms / 2;
        let is_news = sight.word != self.record.provider_state || sight.progress_permille != self.record.progress_permille;
        (was_kept || is_news).then(|| now.max(self.floor()).max(sent.saturating_add(NEWS_MS)))
    }

    /// Within how many milliseconds before now the task has ended, as far as the last answer tells.
    pub(super) fn ended_within(&self, now: UnixMillis) -> u64 {
        let took = self.kept_open.map(|answered| (now.saturating_sub(answered.sent), answered.open_ms));
        // One that was answered at once, or at its own end, tells no more than any other.
        let is_exact = took.is_some_and(|(took, open_ms)| (LATE_MS..open_ms).contains(&took));
        if is_exact { LATE_MS } else { u64::MAX }
    }

    /// Whether this word of the provider's stands for a task's end.
    pub(super) fn is_end(&self, word: Option<&str>) -> bool {
        let meaning = word.and_then(|word| self.contract.parts().status.reply.words.get(word));
        meaning.is_some_and(|(state, _)| matches!(state, State::Success | State::Failed | State::Cancelled))
    }
}
