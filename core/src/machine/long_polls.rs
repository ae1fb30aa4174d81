//! Requests that the provider keeps open until there is news, where its contract says how to ask for that.
//!
//! Only a wait asks so, and few at once: each holds a connection. The next poll follows at once where one was kept open for half of its time at least, or
//! brought news; else the provider seems to keep nothing open, and the schedule says when.

use super::{Outstanding, TaskMachine};
use crate::contract::State;
use crate::encode;
use crate::io::{HttpRequest, Operation, UnixMillis};
use crate::pacer::Pacer;
use crate::phase::Phase;
use crate::state::Sight;

/// The least time between two polls where news came at once, in milliseconds.
const NEWS_MS: u64 = 1_000;

impl Outstanding {
    pub(super) fn is_long_poll(&self) -> bool {
        self.operation == Operation::Status && self.open_ms > 0
    }
}

impl TaskMachine {
    /// The next poll as one that is to be kept open; `None`: it is asked as it always is.
    pub(super) fn next_long_poll(&self, id: &str, now: UnixMillis, pacer: &mut Pacer) -> Option<HttpRequest> {
        let keep = self.contract.parts().long_poll.as_ref()?;
        let record = &self.record;
        let is_wait = record.phase == Phase::Waiting && self.one_shot.is_none() && !self.settings.one_request;
        // A worker takes a turn with a task and goes on to the next; a callback comes by itself; who names figures wants polls.
        let wants_plain_polls = self.settings.claims || record.callback || self.settings.poll.has_figures();
        // What stands between may cut off each that is kept open.
        let has_failed = record.attempts.read_failures > 0;
        let until = now.saturating_add(keep.ms);
        let fits = self.deadline.is_none_or(|deadline| until <= deadline);
        if !is_wait || wants_plain_polls || has_failed || !fits || !keep.is_asked(&record.options) {
            return None;
        }
        // What an option of the order cannot say is no reason to ask nothing.
        let request = encode::long_poll(&self.contract, record, keep, id.to_owned()).ok()?;
        let until = until.saturating_add(self.lease_ms());
        let may = pacer.begin_long_poll(&record.base, &record.account, self.contract.limits(), &record.intent_id, until, now);
        may.then_some(request)
    }

    /// Whether this request is given up at once: a cancel does not wait for news of its task.
    pub(super) fn leaves(&self, outstanding: &Outstanding) -> bool {
        self.record.phase == Phase::Cancelling && outstanding.is_long_poll()
    }

    /// Whether the provider keeps a poll open now.
    pub(super) fn is_long_polling(&self) -> bool {
        self.outstanding.as_ref().is_some_and(Outstanding::is_long_poll)
    }

    pub(super) fn end_long_poll(&self, pacer: &mut Pacer) {
        pacer.end_long_poll(&self.record.base, &self.record.account, self.contract.limits(), &self.record.intent_id);
    }

    /// When to ask again after a long poll: at once where it was kept open to its end or brought news. `None`: the schedule says it.
    pub(super) fn due_after_long_poll(&self, sight: &Sight, now: UnixMillis) -> Option<UnixMillis> {
        let Outstanding { sent, open_ms, .. } = *self.last_open.as_ref()?;
        let was_kept = now.saturating_sub(sent) >= open_ms / 2;
        // What an answer leaves out is no news.
        let is_other_word = sight.word.is_some() && sight.word != self.record.provider_state;
        let is_further = sight.progress_permille.is_some() && sight.progress_permille != self.record.progress_permille;
        // Where the clock went back, it was sent now.
        let earliest = sent.min(now).saturating_add(NEWS_MS);
        (was_kept || is_other_word || is_further).then(|| earliest.max(now).max(self.floor()))
    }

    /// The host left the request that the provider keeps open, since another call of its client has changed the task.
    pub(crate) fn leave_long_poll(&mut self, pacer: &mut Pacer) {
        if self.is_long_polling() {
            self.end_long_poll(pacer);
            self.outstanding = None;
        }
    }

    /// Whether the provider was asked to keep the task's own submit open: then nobody knows when the task began.
    pub(super) fn asks_to_keep_submit_open(&self) -> bool {
        // Which submit it was takes some looking, and each step of every task asks: few contracts have one that can be kept open.
        if self.record.callback || self.contract.parts().submits.iter().all(|call| call.keep_open.is_none()) {
            return false;
        }
        let keep = encode::submit_call(&self.contract, &self.record).and_then(|call| call.keep_open.as_ref());
        keep.is_some_and(|keep| keep.is_asked(&self.record.options))
    }

    /// Whether this word of the provider's stands for a task's end.
    pub(super) fn is_end(&self, word: Option<&str>) -> bool {
        let meaning = word.and_then(|word| self.contract.parts().status.reply.words.get(word));
        meaning.is_some_and(|(state, _)| matches!(state, State::Success | State::Failed | State::Cancelled))
    }
}
