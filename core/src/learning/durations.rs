//! How long tasks took: a histogram over a moving window, in whole numbers, so that it is the same everywhere.

use super::LONGEST_MS;
use crate::backoff::PollSchedule;

/// Buckets of an octave: each is about 9 % wider than the one before.
const PER_OCTAVE: usize = 8;
/// The first bucket ends here, in milliseconds; what is shorter is the same to every schedule.
const SHORTEST_MS: u64 = 128;
/// Buckets from nothing to [`LONGEST_MS`].
pub(super) const BUCKETS: usize = 1 + PER_OCTAVE * 15;
/// 2^(k/8) for k from 0 to 7, in parts of [`SCALE`].
const EIGHTHS: [u64; PER_OCTAVE] = [65_536, 71_468, 77_936, 84_990, 92_682, 101_070, 110_218, 120_194];
const SCALE: u64 = 65_536;

/// The weight of a task that has just ended.
pub(super) const TASK: u64 = 65_536;
/// Each task that ends makes the weight of those before it smaller by this part: together they weigh about as much as 50 tasks.
const WINDOW: u64 = 50;
/// What the contract's own figures weigh beside what was seen, in tasks.
const PRIOR_TASKS: u64 = 2;

/// How many tasks are enough to plan by them.
const ENOUGH: u64 = 16;
/// At three surprises in a row, or nearly, durations have changed.
const DRIFTED: u64 = 6;

/// A weight for each bucket.
pub(super) type Weights = Vec<u64>;

/// Where a bucket begins, in milliseconds.
pub(super) fn edge(bucket: usize) -> u64 {
    let Some(eighths) = bucket.checked_sub(1) else { return 0 };
    let (octave, eighth) = (eighths / PER_OCTAVE, eighths % PER_OCTAVE);
    (EIGHTHS.get(eighth).copied().unwrap_or(SCALE) << octave) / (SCALE / SHORTEST_MS)
}

/// The bucket of a duration.
pub(super) fn bucket_of(ms: u64) -> usize {
    let (mut low, mut high) = (0, BUCKETS - 1);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if edge(middle) <= ms { low = middle } else { high = middle - 1 }
    }
    low
}

/// How long the tasks of one model took of late, from their acceptance to their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Durations {
    weights: Weights,
    /// How many tasks were seen, ever.
    seen: u64,
    /// Goes up with each task that took less or longer than nearly all before it, and down with each other one.
    surprise: u64,
}

impl Default for Durations {
    fn default() -> Self {
        Self { weights: vec![0; BUCKETS], seen: 0, surprise: 0 }
    }
}

/// What is known of one task's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// It still ran then, in milliseconds after its acceptance.
    pub after_ms: u64,
    /// It had ended by then.
    pub by_ms: u64,
}

impl Durations {
    /// What was stored.
    pub(super) fn from_parts(weights: Weights, seen: u64, surprise: u64) -> Self {
        Self { weights, seen, surprise }
    }

    pub(super) fn surprise(&self) -> u64 {
        self.surprise
    }

    pub(super) fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// How many tasks were seen, ever.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// Takes one more task in. Its weight is spread over the time in which it may have ended, as dense as what is known makes likely.
    pub(crate) fn add(&mut self, seen: Seen, schedule: &PollSchedule) {
        let (after, by) = (seen.after_ms.min(LONGEST_MS - 1), seen.by_ms.min(LONGEST_MS));
        let by = by.max(after + 1);
        self.expect(after, by);
        for weight in &mut self.weights {
            *weight -= *weight / WINDOW;
        }
        let likely = self.with_prior(schedule);
        let mut parts: Vec<(usize, u64)> = Vec::new();
        for (bucket, weight) in likely.iter().enumerate().skip(bucket_of(after)) {
            let (from, to) = (edge(bucket), edge(bucket + 1));
            if from >= by {
                break;
            }
            let within = to.min(by) - from.max(after);
            // What nobody thought likely is possible nevertheless.
            parts.push((bucket, (weight + 1) * within / (to - from) + 1));
        }
        let total = parts.iter().map(|(_, part)| part).sum::<u64>().max(1);
        let mut left = TASK;
        for (place, (bucket, part)) in parts.iter().enumerate() {
            let share = if place + 1 == parts.len() { left } else { TASK * part / total };
            left -= share;
            if let Some(weight) = self.weights.get_mut(*bucket) {
                *weight += share;
            }
        }
        self.seen += 1;
    }

    /// Whether enough of late is known to plan by it.
    pub(crate) fn suffice(&self) -> bool {
        self.weights.iter().sum::<u64>() >= ENOUGH * TASK
    }

    /// Durations drift: where one after the other is not as those before, what is known counts no more.
    fn expect(&mut self, after: u64, by: u64) {
        // One surprise moves the ends of what is known by itself: the next one is looked for a little further in.
        let (few, nearly_all) = if self.surprise == 0 { (10, 985) } else { (80, 920) };
        let is_surprise = self.suffice() && (by <= self.quantile(few) || after >= self.quantile(nearly_all));
        self.surprise = if is_surprise { self.surprise + 2 } else { self.surprise.saturating_sub(1) };
        if self.surprise >= DRIFTED {
            self.surprise = 0;
            let all = self.weights.iter().sum::<u64>().max(1);
            for weight in &mut self.weights {
                *weight = *weight * PRIOR_TASKS * TASK / all;
            }
        }
    }

    /// What is likely to come: what was seen, smoothed, beside what the contract's own figures make likely.
    pub(super) fn likely(&self, schedule: &PollSchedule) -> Weights {
        smoothed(&self.with_prior(schedule))
    }

    /// What was seen, smoothed.
    pub(super) fn smoothed(&self) -> Weights {
        smoothed(&self.weights)
    }

    /// The same beside what the contract's own figures make likely: any duration between its first poll and the end of a wait.
    pub(super) fn with_prior(&self, schedule: &PollSchedule) -> Weights {
        let first = bucket_of(schedule.first_ms);
        let last = bucket_of(schedule.wait_ms).max(first);
        let each = PRIOR_TASKS * TASK / (last - first + 1) as u64;
        let prior = |bucket| if (first..=last).contains(&bucket) { each } else { 0 };
        self.weights.iter().enumerate().map(|(bucket, weight)| weight + prior(bucket)).collect()
    }

    /// The time before which this many of 1,000 tasks have ended, of those seen, in milliseconds. 0 where none was.
    pub(super) fn quantile(&self, permille: u64) -> u64 {
        quantile(&self.weights, permille)
    }

    /// The same of those that took longer than this; `None` where hardly any did.
    pub(super) fn quantile_beyond(&self, elapsed_ms: u64, permille: u64) -> Option<u64> {
        let now = bucket_of(elapsed_ms);
        let longer: Weights = self.weights.iter().enumerate().map(|(bucket, weight)| if bucket < now { 0 } else { *weight }).collect();
        let is_usual = longer.iter().sum::<u64>() * 50 >= self.weights.iter().sum::<u64>();
        is_usual.then(|| quantile(&longer, permille).max(elapsed_ms))
    }
}

/// Each bucket with a half of its neighbours.
fn smoothed(weights: &[u64]) -> Weights {
    let at = |bucket: Option<usize>| bucket.and_then(|bucket| weights.get(bucket)).copied().unwrap_or(0);
    (0..weights.len()).map(|bucket| (at(bucket.checked_sub(1)) + 2 * at(Some(bucket)) + at(Some(bucket + 1))) / 4).collect()
}

/// The time before which this many of 1,000 have ended.
pub(super) fn quantile(weights: &[u64], permille: u64) -> u64 {
    let total: u64 = weights.iter().sum();
    let mut before = 0;
    for (bucket, weight) in weights.iter().enumerate() {
        let with = before + weight;
        if *weight > 0 && with * 1_000 >= total * permille {
            let (from, to) = (edge(bucket), edge(bucket + 1));
            let within = (total * permille / 1_000).saturating_sub(before);
            return from + (to - from) * within / weight;
        }
        before = with;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_have_no_gaps_and_reach_far_enough() {
        assert_eq!((edge(0), edge(1), edge(9), edge(BUCKETS)), (0, 128, 256, LONGEST_MS));
        for bucket in 0..BUCKETS {
            assert!(edge(bucket) < edge(bucket + 1));
            assert_eq!(bucket_of(edge(bucket)), bucket);
            assert_eq!(bucket_of(edge(bucket + 1) - 1), bucket);
        }
        assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn a_task_weighs_one_and_those_before_it_less() {
        let mut durations = Durations::default();
        for _ in 0..1_000 {
            durations.add(Seen { after_ms: 10_000, by_ms: 12_000 }, &PollSchedule::DEFAULT);
        }
        let tasks = durations.weights().iter().sum::<u64>() / TASK;
        assert_eq!((durations.seen(), tasks), (1_000, 50));
        assert!(
            durations
                .weights()
                .iter()
                .enumerate()
                .all(|(bucket, weight)| *weight == 0 || (bucket_of(10_000)..=bucket_of(12_000)).contains(&bucket))
        );
        assert!((10_000..=12_000).contains(&durations.quantile(500)));
    }

    #[test]
    fn no_times_stop_it() {
        let mut durations = Durations::default();
        for seen in [(0, 0), (5, 5), (u64::MAX, 0), (u64::MAX, u64::MAX), (0, u64::MAX), (LONGEST_MS, LONGEST_MS)] {
            durations.add(Seen { after_ms: seen.0, by_ms: seen.1 }, &PollSchedule::DEFAULT);
        }
        assert_eq!(durations.seen(), 6);
        assert!(durations.weights().iter().sum::<u64>() <= 6 * TASK);
    }
}
