//! The tasks of a model that are under way, in the order in which they were accepted: what is learned of durations is learned in that order.

use super::Seen;
use crate::io::UnixMillis;
use std::collections::VecDeque;

/// How many times as long as the longest of late a task may run before it is not waited for any more: it then counts when it ends.
const PATIENCE: u64 = 2;
/// The most tasks that are waited for: the ends of some are seen elsewhere only.
const MOST: usize = 10_000;

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
    /// In order.
    tasks: VecDeque<(Which, State)>,
    /// The longest that one took of late: it sinks with each that ends.
    longest_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Runs,
    /// How long it took, where it ended well and that says something.
    Ended(Option<Seen>),
}

impl UnderWay {
    pub(super) fn begin(&mut self, which: Which) {
        if let Err(place) = self.place(which) {
            self.tasks.insert(place, (which, State::Runs));
        }
        if self.tasks.len() > MOST {
            self.tasks.pop_front();
        }
    }

    /// What is known now of tasks that have ended: of this one too, where nothing was accepted before it that still runs.
    pub(super) fn end(&mut self, which: Which, took: Option<Seen>, now: UnixMillis) -> Vec<Seen> {
        self.longest_ms -= self.longest_ms / 50;
        self.longest_ms = self.longest_ms.max(took.map_or(0, |seen| seen.by_ms));
        let mut known = Vec::new();
        match self.place(which) {
            Ok(place) => {
                if let Some((_, state)) = self.tasks.get_mut(place) {
                    *state = State::Ended(took);
                }
            }
            // It is not waited for any more, or began in another process.
            Err(_) => known.extend(took),
        }
        while let Some((first, state)) = self.tasks.front() {
            match state {
                State::Ended(took) => known.extend(*took),
                State::Runs if now.saturating_sub(first.accepted) > self.longest_ms.saturating_mul(PATIENCE) && self.longest_ms > 0 => {}
                State::Runs => break,
            }
            self.tasks.pop_front();
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
    fn those_whose_end_nobody_sees_are_few() {
        let mut under_way = UnderWay::default();
        for accepted in 0..1_000_000 {
            under_way.begin(which(accepted));
        }
        assert_eq!(under_way.tasks.len(), MOST);
        // One day a task took long; it is forgotten, and what is left behind holds nothing up for ever.
        let mut under_way = UnderWay::default();
        assert_eq!(under_way.end(which(0), Some(seen(4_000_000)), 0), [seen(4_000_000)]);
        under_way.begin(which(1));
        let mut known = 0;
        for task in 0..1_000 {
            let accepted = 10 + task * 10_000;
            under_way.begin(which(accepted));
            known += under_way.end(which(accepted), Some(seen(10_000)), accepted + 10_000).len();
        }
        assert_eq!(known, 1_000);
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
