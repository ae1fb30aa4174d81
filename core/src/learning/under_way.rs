//! The tasks of a model that are under way, in the order in which they were accepted: what is learned of durations is learned in that order.

use super::Seen;
use crate::io::UnixMillis;
use std::collections::VecDeque;

/// How many times as long as the longest that waits behind it a task may run before it is not waited for any more: it then counts when it ends.
const PATIENCE: u64 = 2;

/// A task: when it was accepted, and a number that tells it from others of that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Which {
    /// When it was accepted.
    pub accepted: UnixMillis,
    /// Its jitter's seed.
    pub seed: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct UnderWay {
    /// In order. How long those took that have ended.
    tasks: VecDeque<(Which, Option<Seen>)>,
    /// The longest of those.
    longest_ms: u64,
}

impl UnderWay {
    pub(super) fn begin(&mut self, which: Which) {
        if let Err(place) = self.place(which) {
            self.tasks.insert(place, (which, None));
        }
    }

    /// What is known now of tasks that have ended: of this one too, where nothing was accepted before it that still runs.
    pub(super) fn end(&mut self, which: Which, took: Option<Seen>, now: UnixMillis) -> Vec<Seen> {
        match (self.place(which), took) {
            (Ok(place), None) => drop(self.tasks.remove(place)),
            (Ok(place), Some(seen)) => {
                self.longest_ms = self.longest_ms.max(seen.by_ms);
                if let Some((_, ended)) = self.tasks.get_mut(place) {
                    *ended = Some(seen);
                }
            }
            // It was not waited for any more, or began in another process.
            (Err(_), took) => return took.into_iter().collect(),
        }
        let mut known = Vec::new();
        while let Some((first, ended)) = self.tasks.front() {
            let ran_ms = now.saturating_sub(first.accepted);
            if ended.is_none() && (self.longest_ms == 0 || ran_ms <= self.longest_ms.saturating_mul(PATIENCE)) {
                break;
            }
            known.extend(*ended);
            self.tasks.pop_front();
        }
        if self.tasks.is_empty() {
            self.longest_ms = 0;
        }
        known
    }

    fn place(&self, which: Which) -> Result<usize, usize> {
        self.tasks.binary_search_by(|(known, _)| known.cmp(&which))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(by_ms: u64) -> Seen {
        Seen { after_ms: 0, by_ms }
    }

    fn which(accepted: u64) -> Which {
        Which { accepted, seed: 7 }
    }

    #[test]
    fn tasks_count_in_the_order_in_which_they_were_accepted() {
        let mut under_way = UnderWay::default();
        for accepted in [30, 10, 20, 10] {
            under_way.begin(which(accepted));
        }
        assert_eq!(under_way.end(which(20), Some(seen(60)), 100), []);
        assert_eq!(under_way.end(which(10), Some(seen(90)), 100), [seen(90), seen(60)]);
        // One that failed says nothing; one that is not known counts at once.
        assert_eq!(under_way.end(which(30), None, 100), []);
        assert_eq!(under_way.end(which(30), Some(seen(3)), 100), [seen(3)]);
        assert!(under_way.tasks.is_empty());
    }

    #[test]
    fn one_that_runs_far_longer_than_the_others_is_not_waited_for() {
        let mut under_way = UnderWay::default();
        for accepted in [0, 100, 200] {
            under_way.begin(which(accepted));
        }
        assert_eq!(under_way.end(which(100), Some(seen(50)), 100), []);
        assert_eq!(under_way.end(which(200), Some(seen(40)), 101), [seen(50), seen(40)]);
        assert_eq!(under_way.end(which(0), Some(seen(900)), 900), [seen(900)]);
    }
}
