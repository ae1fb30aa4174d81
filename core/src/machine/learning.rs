//! What a machine takes from the tasks before its own, and adds to what is known of them.

use super::{Polls, TaskMachine};
use crate::io::UnixMillis;
use crate::learning::{Expected, Seen, Which};
use crate::pacer::Pacer;
use crate::phase::Phase;
use crate::record::TaskRecord;

impl TaskMachine {
    /// Looks up what is expected of tasks like this one, while it is on its way.
    pub(super) fn look_up(&mut self, pacer: &mut Pacer) {
        let is_on_its_way = matches!(self.record.phase, Phase::Submitting | Phase::Waiting | Phase::Cancelling);
        if is_on_its_way && self.one_shot.is_none() && self.is_learned_from() {
            self.forecast = pacer.learning.forecast(&self.scope(), &self.record.model);
        }
    }

    /// How long after so long a time since acceptance the next poll is due, in milliseconds.
    pub(super) fn poll_after(&self, elapsed_ms: u64) -> u64 {
        let schedule = self.schedule();
        self.planned(elapsed_ms).unwrap_or_else(|| schedule.next(elapsed_ms, self.record.seed))
    }

    /// The same by what was learned; `None`: the schedule says it.
    fn planned(&self, elapsed_ms: u64) -> Option<u64> {
        let is_planned = self.settings.poll == Polls::default() && !self.record.callback;
        self.forecast.as_ref().filter(|_| is_planned)?.next_poll(elapsed_ms, self.record.seed, &self.schedule())
    }

    /// Why the next poll is due when it is, in a word, as far as no pause of the provider's is the reason: `callback` (one is awaited), `learned`, `caller` (figures of the program's own) or `contract`.
    pub(super) fn why_then(&self) -> &'static str {
        let polls = self.settings.poll;
        let looked = self.record.at.checked.or(self.record.at.accepted).zip(self.record.at.accepted);
        let elapsed_ms = looked.map_or(0, |(looked, accepted)| looked.saturating_sub(accepted));
        if self.record.callback && polls.initial_ms.is_none() {
            "callback"
        } else if polls.has_figures() {
            "caller"
        } else if self.planned(elapsed_ms).is_some() {
            "learned"
        } else {
            "contract"
        }
    }

    /// When the task is likely to end; `None` where too little is known.
    pub(super) fn expected(&self) -> Option<Expected> {
        let looked = self.record.at.checked.or(self.record.at.accepted)?;
        self.forecast.as_ref().filter(|_| self.record.phase == Phase::Waiting)?.expected(self.record.at.accepted?, looked)
    }

    /// Notes how long the task took, where it has just ended well: from the last time when it was seen to run, or by the provider's own figure.
    pub(super) fn note_end(&mut self, before: &TaskRecord, now: UnixMillis) {
        let is_end = |phase| matches!(phase, Phase::Fetching | Phase::Succeeded);
        let Some(accepted) = before.at.accepted.filter(|_| !before.maybe_sent && self.one_shot.is_none()) else { return };
        if is_end(self.record.phase) && !is_end(before.phase) {
            let after_ms = before.at.checked.map_or(0, |checked| checked.saturating_sub(accepted));
            self.ended = Some(Seen { after_ms, by_ms: now.saturating_sub(accepted) });
        }
        let own = self.record.result.as_ref().and_then(|result| result.cost_time_ms);
        if let (Some(seen), Some(own)) = (&mut self.ended, own.filter(|_| self.record.phase == Phase::Succeeded)) {
            // A figure that leaves out the time in a queue says less than the polls.
            if (seen.after_ms + 1..=seen.by_ms).contains(&own) {
                *seen = Seen { after_ms: own - 1, by_ms: own };
            }
        }
    }

    /// Has it counted among the tasks under way, once it is accepted.
    pub(super) fn note_beginning(&mut self, pacer: &mut Pacer) {
        let is_new = !self.is_counted && self.record.phase == Phase::Waiting && self.one_shot.is_none();
        if let Some(which) = self.which().filter(|_| is_new && !self.record.maybe_sent && self.is_learned_from()) {
            pacer.learning.begin(&self.scope(), &self.record.model, which);
            self.is_counted = true;
        }
    }

    /// Takes in how long the task took, once its end is stored; says whether that is something for the store.
    pub fn learn(&mut self, pacer: &mut Pacer, now: UnixMillis) -> bool {
        let took = self.ended.take_if(|_| self.record.phase == Phase::Succeeded);
        let Some(which) = self.which().filter(|_| self.record.phase.is_terminal() && self.is_learned_from()) else { return false };
        let scope = self.scope();
        pacer.learning.end(&scope, &self.record.model, which, took, &self.contract.poll(&self.record.model), now);
        pacer.learning.is_news(&scope, now)
    }

    fn which(&self) -> Option<Which> {
        Some(Which { accepted: self.record.at.accepted?, seed: self.record.seed })
    }

    /// Whether the contract allows a schedule that was learned, and the task tells how long it takes.
    fn is_learned_from(&self) -> bool {
        !self.asks_to_keep_submit_open() && self.contract.polling(&self.record.model).is_none_or(|polling| polling.learned)
    }

    fn scope(&self) -> String {
        crate::learning::scope(&self.record.base, &self.record.account)
    }
}
