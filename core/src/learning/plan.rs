//! Where the polls of a task go, by how long tasks of its model took: a dynamic programme over the times at which one may be made. It makes the
//! expected lateness (from a task's end to the poll that sees it) as small as it can be for no more polls than the contract's schedule would make.

use super::durations::{Durations, Weights, bucket_of, edge};
use super::{LEAST_GAP_MS, LONGEST_MS};
use crate::backoff::{PollSchedule, draw};

/// Times at which a poll may be planned, for each bucket, and altogether.
const NODES_PER_BUCKET: u64 = 4;
const MOST_NODES: usize = 96;
/// What is planned for: from the time when one task of a hundred had ended until all but these few have. Then the contract's growth follows.
const FIRST_PERMILLE: u64 = 10;
const LAST_PERMILLE: u64 = 995;
/// How many polls a plan makes of those that the contract's schedule would make, in percent: what a plan gains is shared between the provider
/// and those who wait.
const POLLS_PCT: u64 = 93;
/// Halvings of the price of a poll.
const PRICES: u32 = 14;

/// When a task is polled, from its acceptance on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// In milliseconds after acceptance, in order, each once; never empty.
    offsets: Vec<u64>,
    /// No poll is before it.
    earliest: u64,
}

impl Plan {
    /// The plan for what is known; `None` where the contract's schedule does as well.
    pub(crate) fn of(durations: &Durations, schedule: &PollSchedule) -> Option<Self> {
        let likely = Cumulated::of(&durations.likely(schedule));
        let usual = likely.cost(&contract_offsets(schedule));
        // Polls are counted by what was seen alone: what is only possible would take a part of them that is hardly ever made.
        let seen = Cumulated::of(&durations.smoothed());
        let most_polls = seen.cost(&contract_offsets(schedule)).polls * POLLS_PCT / 100;
        let least_gap = schedule.min_interval_ms.max(LEAST_GAP_MS);
        let earliest = durations.quantile(FIRST_PERMILLE).max(least_gap);
        if earliest >= LONGEST_MS {
            return None;
        }
        let nodes = nodes(earliest, durations.quantile(LAST_PERMILLE));
        let known: Vec<(u64, Sum)> = nodes.iter().map(|at| (*at, likely.until(*at))).collect();
        // The dearer a poll, the fewer are made.
        let (mut low, mut high) = (0, nodes.last().copied()?);
        let mut best = None;
        for _ in 0..PRICES {
            let price = u64::midpoint(low, high);
            let plan = Self { offsets: placed(&known, likely.all.weight, price, least_gap), earliest };
            let offsets = plan.with_tail(schedule);
            let cost = likely.cost(&offsets);
            if seen.cost(&offsets).polls <= most_polls {
                high = price;
                best = Some((plan, cost));
            } else {
                low = price + 1;
            }
            if low >= high {
                break;
            }
        }
        // What gains little is not worth its risk.
        best.filter(|(_, cost)| cost.lateness * 10 < usual.lateness * 9).map(|(plan, _)| plan)
    }

    /// The planned polls, in milliseconds after acceptance, in order; the contract's growth follows.
    pub(crate) fn offsets(&self) -> &[u64] {
        &self.offsets
    }

    /// How long after `elapsed_ms` since acceptance the next poll is due, in milliseconds; `seed` moves it by up to a twentieth of its gap, so
    /// that tasks submitted together drift apart.
    pub(crate) fn next(&self, elapsed_ms: u64, seed: u64, schedule: &PollSchedule) -> u64 {
        if elapsed_ms >= LONGEST_MS {
            return schedule.next(elapsed_ms, seed);
        }
        let least_gap = schedule.min_interval_ms.max(LEAST_GAP_MS);
        let mut before = 0;
        for at in self.polls(schedule) {
            let gap = at - before;
            let from = at.saturating_sub(gap / 20).max(self.earliest);
            if from > elapsed_ms {
                let due = from.saturating_add(draw(seed, at, gap / 10 + 1));
                return (due - elapsed_ms).max(least_gap);
            }
            before = at;
        }
        least_gap
    }

    /// Every poll, in milliseconds after acceptance, in order: the planned ones, then the contract's growth, without end.
    fn polls(&self, schedule: &PollSchedule) -> impl Iterator<Item = u64> {
        let mut tail = Tail::after(&self.offsets, schedule);
        self.offsets.iter().copied().chain(std::iter::from_fn(move || Some(tail.next_offset())))
    }

    /// The same, up to the first that is later than any duration that is told apart.
    fn with_tail(&self, schedule: &PollSchedule) -> Vec<u64> {
        let mut offsets = Vec::new();
        for at in self.polls(schedule) {
            offsets.push(at);
            if at >= LONGEST_MS {
                break;
            }
        }
        offsets
    }
}

/// The polls after the planned ones: gaps that grow as the contract's do, up to the contract's own.
struct Tail<'a> {
    schedule: &'a PollSchedule,
    at: u64,
    gap: u64,
}

impl<'a> Tail<'a> {
    fn after(offsets: &[u64], schedule: &'a PollSchedule) -> Self {
        let mut last = offsets.iter().rev().copied();
        let at = last.next().unwrap_or(0);
        Self { schedule, at, gap: at - last.next().unwrap_or(0) }
    }

    fn next_offset(&mut self) -> u64 {
        let grown = self.gap.saturating_mul(self.schedule.factor_pct.max(100)) / 100;
        let least = self.schedule.min_interval_ms.max(LEAST_GAP_MS);
        self.gap = grown.min(self.schedule.usual(self.at)).max(least);
        self.at = self.at.saturating_add(self.gap);
        self.at
    }
}

/// When the contract's schedule polls, on average.
fn contract_offsets(schedule: &PollSchedule) -> Vec<u64> {
    let mut offsets = vec![];
    let mut at = 0;
    while at < LONGEST_MS {
        at += schedule.usual(at).clamp(1, LONGEST_MS);
        offsets.push(at);
    }
    offsets
}

/// The times at which a poll may be planned.
fn nodes(first: u64, last: u64) -> Vec<u64> {
    let last = last.max(first + first / 2);
    let mut all = vec![first];
    for bucket in bucket_of(first)..=bucket_of(last) {
        let (from, to) = (edge(bucket), edge(bucket + 1));
        let inner = (0..NODES_PER_BUCKET).map(|part| from + (to - from) * part / NODES_PER_BUCKET);
        all.extend(inner.filter(|at| (first + 1..=last).contains(at)));
    }
    let stride = all.len().div_ceil(MOST_NODES).max(1);
    all.into_iter().step_by(stride).collect()
}

/// The dynamic programme: the cheapest way over the nodes, where a poll costs `price` and lateness its milliseconds.
fn placed(nodes: &[(u64, Sum)], all: u64, price: u64, least_gap: u64) -> Vec<u64> {
    // From the last node backwards: what it costs to go on from a node, and which one follows.
    let mut from: Vec<(u64, usize)> = vec![(0, 0); nodes.len()];
    let step = |before: (u64, Sum), (at, until): (u64, Sum)| {
        let ended = until.weight - before.1.weight;
        (at * ended).saturating_sub(until.moment - before.1.moment) + price * (all - before.1.weight)
    };
    let cheapest = |before: (u64, Sum), places: &mut dyn Iterator<Item = usize>, from: &[(u64, usize)]| {
        places.filter_map(|next| Some((step(before, *nodes.get(next)?) + from.get(next)?.0, next))).min()
    };
    for place in (0..nodes.len()).rev() {
        let Some(node) = nodes.get(place).copied() else { continue };
        let mut later = (place + 1..nodes.len()).filter(|next| nodes.get(*next).is_some_and(|later| later.0 >= node.0 + least_gap));
        if let (Some(best), Some(entry)) = (cheapest(node, &mut later, &from), from.get_mut(place)) {
            *entry = best;
        }
    }
    let mut offsets = Vec::new();
    let mut next = cheapest((0, Sum::default()), &mut (0..nodes.len()), &from).map(|(_, first)| first);
    while let Some(place) = next {
        let Some((at, _)) = nodes.get(place) else { break };
        offsets.push(*at);
        next = from.get(place).map(|(_, following)| *following).filter(|following| *following > place);
    }
    offsets
}

/// How much had ended until some time, and when: a weight, and the sum of weight and milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    weight: u64,
    moment: u64,
}

/// What a schedule costs: its lateness in weight and milliseconds, and its polls in weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cost {
    lateness: u64,
    polls: u64,
}

/// A histogram, summed from its beginning.
struct Cumulated {
    /// Before each bucket.
    sums: Vec<Sum>,
    weights: Weights,
    all: Sum,
}

impl Cumulated {
    fn of(weights: &[u64]) -> Self {
        let mut all = Sum::default();
        let mut sums = Vec::with_capacity(weights.len());
        for (bucket, weight) in weights.iter().enumerate() {
            sums.push(all);
            all.weight += weight;
            all.moment += weight * u64::midpoint(edge(bucket), edge(bucket + 1));
        }
        Self { sums, weights: weights.to_vec(), all }
    }

    /// Up to a time, as if what is in a bucket had ended evenly over it.
    fn until(&self, at: u64) -> Sum {
        let bucket = bucket_of(at);
        let (Some(sum), Some(weight)) = (self.sums.get(bucket), self.weights.get(bucket)) else { return self.all };
        let (from, to) = (edge(bucket), edge(bucket + 1));
        let within = weight * (at.min(to) - from) / (to - from);
        Sum { weight: sum.weight + within, moment: sum.moment + within * u64::midpoint(from, at.min(to)) }
    }

    fn cost(&self, offsets: &[u64]) -> Cost {
        let mut before = Sum::default();
        let mut cost = Cost { lateness: 0, polls: 0 };
        for at in offsets.iter().map(|at| (*at).min(2 * LONGEST_MS)) {
            let until = self.until(at);
            cost.lateness += (at * (until.weight - before.weight)).saturating_sub(until.moment - before.moment);
            cost.polls += self.all.weight - before.weight;
            before = until;
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Seen;

    fn learned(schedule: &PollSchedule, seen: impl Iterator<Item = (u64, u64)>) -> Durations {
        let mut durations = Durations::default();
        for (after_ms, by_ms) in seen {
            durations.add(Seen { after_ms, by_ms }, schedule);
        }
        durations
    }

    #[test]
    fn a_plan_keeps_the_providers_interval_and_is_never_before_the_first_percent() {
        let schedule = PollSchedule { min_interval_ms: 5_000, ..PollSchedule::DEFAULT };
        let durations = learned(&schedule, (0..60).map(|task| (14_000 + task * 37 % 60 * 200, 15_000 + task * 37 % 60 * 200)));
        let plan = Plan::of(&durations, &schedule).unwrap();
        for seed in 0..50 {
            let mut elapsed = 0;
            while elapsed < 300_000 {
                let next = plan.next(elapsed, seed, &schedule);
                assert!(next >= 5_000, "{next} ms after {elapsed} ms");
                elapsed += next;
                assert!(elapsed >= durations.quantile(FIRST_PERMILLE));
            }
        }
    }

    #[test]
    fn no_schedule_and_no_durations_stop_a_plan() {
        let years = 315_360_000_000;
        let extreme =
            PollSchedule { first_ms: years, every_ms: years, factor_pct: 1_000, cap_ms: years, min_interval_ms: years, wait_ms: years };
        let quick = PollSchedule { first_ms: 0, every_ms: 1, factor_pct: 100, cap_ms: 1, min_interval_ms: 0, wait_ms: 1 };
        for schedule in [extreme, quick, PollSchedule::DEFAULT] {
            for seen in [(0, 1), (0, u64::MAX), (20_000, 21_000), (LONGEST_MS, u64::MAX), (u64::MAX, u64::MAX)] {
                let durations = learned(&schedule, std::iter::repeat_n(seen, 60));
                let plan = Plan::of(&durations, &schedule);
                for elapsed in [0, 1, 20_000, LONGEST_MS, 1_790_000_000_000, u64::MAX] {
                    assert!(plan.as_ref().is_none_or(|plan| plan.next(elapsed, 7, &schedule) >= 1));
                }
            }
        }
    }
}
