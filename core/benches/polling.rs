//! When tasks are polled: by the contract's schedule, and by what was learned, in virtual time. Prints polls and lateness (from a task's end to the
//! poll that sees it) of one task for several mixes of durations, as ratios, with the goals beside them. No timed test: the figures are the same on
//! every machine.

use gentask_core::PollSchedule;
use gentask_core::internal::{Forecast, Learning, Seen, Which, split_mix_64};
use std::collections::BTreeSet;

/// Tasks that a client has seen before it is measured, and tasks that are measured, in so many worlds.
const SEEN: u64 = 50;
const MEASURED: u64 = 200;
const WORLDS: u64 = 20;
const SCHEDULE: PollSchedule = PollSchedule::DEFAULT;

/// Seeded numbers.
struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// From 0 up to 1.
    fn unit(&mut self) -> f64 {
        self.drawn += 1;
        let bits = u32::try_from(split_mix_64(self.seed, self.drawn) >> 32).unwrap_or(u32::MAX);
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }

    /// A log-normal duration, in milliseconds.
    fn log_normal(&mut self, median_s: f64, sigma: f64) -> u64 {
        let (first, second) = (1.0 - self.unit(), self.unit());
        let normal = (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a duration")]
        let ms = (median_s * 1_000.0 * (sigma * normal).exp()) as u64;
        ms
    }
}

/// Polls and lateness of tasks, summed.
#[derive(Clone, Copy, Default)]
struct Total {
    polls: u64,
    late_ms: u64,
}

impl Total {
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    fn mean(self) -> (f64, f64) {
        let tasks = (WORLDS * MEASURED) as f64;
        (self.polls as f64 / tasks, self.late_ms as f64 / tasks / 1_000.0)
    }
}

/// One task, polled until its end is seen.
fn life(forecast: Option<&Forecast>, duration: u64, seed: u64, total: &mut Total) -> Seen {
    let (mut elapsed, mut after_ms) = (0, 0);
    loop {
        let planned = forecast.and_then(|forecast| forecast.next_poll(elapsed, seed, &SCHEDULE));
        elapsed += planned.unwrap_or_else(|| SCHEDULE.next(elapsed, seed));
        total.polls += 1;
        if elapsed >= duration {
            total.late_ms += elapsed - duration;
            return Seen { after_ms, by_ms: elapsed };
        }
        after_ms = elapsed;
    }
}

type Mix = fn(&mut Chance) -> u64;

/// Tasks of one mix, and then measured ones of another: by what is learned meanwhile, and by the contract's schedule.
fn compare(before: Mix, then: Mix) -> (Total, Total) {
    let (mut learned, mut contract) = (Total::default(), Total::default());
    for seed in 0..WORLDS {
        let mut chance = Chance { seed, drawn: 0 };
        let mut learning = Learning::default();
        for task in 0..SEEN + MEASURED {
            let is_measured = task >= SEEN;
            let duration = if is_measured { then(&mut chance) } else { before(&mut chance) };
            let jitter = split_mix_64(seed, u64::MAX - task);
            let mut ignored = Total::default();
            let forecast = learning.forecast("", "m");
            let seen = life(forecast.as_deref(), duration, jitter, if is_measured { &mut learned } else { &mut ignored });
            learning.add("", "m", seen, &SCHEDULE);
            life(None, duration, jitter, if is_measured { &mut contract } else { &mut ignored });
        }
    }
    (learned, contract)
}

/// The same where the measured tasks are all submitted at one moment, and as many again at one moment after them.
fn compare_batches(mix: Mix) -> (Total, Total) {
    let (mut learned, mut contract) = (Total::default(), Total::default());
    for seed in 0..WORLDS {
        let mut chance = Chance { seed, drawn: 0 };
        let mut learning = Learning::default();
        for task in 0..SEEN {
            let forecast = learning.forecast("", "m");
            let seen = life(forecast.as_deref(), mix(&mut chance), split_mix_64(seed, u64::MAX - task), &mut Total::default());
            learning.add("", "m", seen, &SCHEDULE);
        }
        for batch in 0..2 {
            batch_of(&mut learning, mix, &mut chance, batch * 10_000_000, &mut learned, &mut contract);
        }
    }
    let half = |total: Total| Total { polls: total.polls / 2, late_ms: total.late_ms / 2 };
    (half(learned), half(contract))
}

fn batch_of(learning: &mut Learning, mix: Mix, chance: &mut Chance, accepted: u64, learned: &mut Total, contract: &mut Total) {
    let next = |learning: &mut Learning, elapsed: u64, seed: u64| {
        let planned = learning.forecast("", "m").and_then(|forecast| forecast.next_poll(elapsed, seed, &SCHEDULE));
        elapsed + planned.unwrap_or_else(|| SCHEDULE.next(elapsed, seed))
    };
    let mut polls = BTreeSet::new();
    for task in 0..MEASURED {
        let (duration, seed) = (mix(chance), split_mix_64(chance.seed, accepted + task));
        life(None, duration, seed, contract);
        learning.begin("", "m", Which { accepted, seed });
        polls.insert((next(learning, 0, seed), seed, duration, 0));
    }
    while let Some((elapsed, seed, duration, after_ms)) = polls.pop_first() {
        learned.polls += 1;
        if elapsed < duration {
            polls.insert((next(learning, elapsed, seed), seed, duration, elapsed));
            continue;
        }
        learned.late_ms += elapsed - duration;
        let seen = Seen { after_ms, by_ms: elapsed };
        learning.end("", "m", Which { accepted, seed }, Some(seen), &SCHEDULE, accepted + elapsed);
    }
}

/// What is to be reached: at most so many polls and so late, or so much of the contract's lateness at no more polls, or no later than it at no more than
/// twice its polls.
enum Goal {
    Figures(f64, f64),
    Ratio(f64),
    Safe,
}

fn main() {
    let steady: [(&str, Mix, Goal); 6] = [
        ("median 20 s, sigma 0.35", |chance| chance.log_normal(20.0, 0.35), Goal::Figures(4.2, 1.6)),
        ("median 20 s, sigma 0.8", |chance| chance.log_normal(20.0, 0.8), Goal::Ratio(0.6)),
        ("median 20 s, sigma 0.1", |chance| chance.log_normal(20.0, 0.1), Goal::Ratio(0.6)),
        ("8 s or 40 s", bimodal, Goal::Ratio(0.6)),
        ("median 2 s, sigma 0.35", |chance| chance.log_normal(2.0, 0.35), Goal::Ratio(1.1)),
        ("median 2 min, sigma 0.35", |chance| chance.log_normal(120.0, 0.35), Goal::Ratio(0.6)),
    ];
    let drifting: [(&str, Mix, Mix); 4] = [
        ("20 s, then 10 s, sigma 0.35", |chance| chance.log_normal(20.0, 0.35), |chance| chance.log_normal(10.0, 0.35)),
        ("20 s, then 40 s, sigma 0.35", |chance| chance.log_normal(20.0, 0.35), |chance| chance.log_normal(40.0, 0.35)),
        ("20 s, then 10 s, sigma 0.1", |chance| chance.log_normal(20.0, 0.1), |chance| chance.log_normal(10.0, 0.1)),
        ("20 s, then 40 s, sigma 0.1", |chance| chance.log_normal(20.0, 0.1), |chance| chance.log_normal(40.0, 0.1)),
    ];
    let batches: [(&str, Mix, Goal); 2] = [
        ("batches, 20 s, sigma 0.35", |chance| chance.log_normal(20.0, 0.35), Goal::Ratio(0.6)),
        ("batches, 20 s, sigma 0.8", |chance| chance.log_normal(20.0, 0.8), Goal::Ratio(0.6)),
    ];
    println!("polls of a task and its lateness, after {SEEN} tasks: {MEASURED} tasks in {WORLDS} worlds\n");
    println!("{:<28} {:>15} {:>17} {:>7}  goal", "", "learned", "contract", "ratio");
    for (name, mix, goal) in steady {
        row(name, compare(mix, mix), &goal);
    }
    for (name, mix, goal) in batches {
        row(name, compare_batches(mix), &goal);
    }
    for (name, before, then) in drifting {
        row(name, compare(before, then), &Goal::Safe);
    }
}

fn row(name: &str, (learned, contract): (Total, Total), goal: &Goal) {
    let ((polls, late), (usual_polls, usual_late)) = (learned.mean(), contract.mean());
    let (met, words) = match goal {
        Goal::Figures(most, latest) => (polls <= *most && late <= *latest, format!("{most} polls, {latest} s")),
        Goal::Ratio(most) => (late <= usual_late * most && polls <= usual_polls, format!("{most} of its lateness, no more polls")),
        Goal::Safe => (late <= usual_late && polls <= usual_polls * 2.0, "no later, at most twice the polls".to_owned()),
    };
    let met = if met { "met" } else { "MISSED" };
    println!("{name:<28} {polls:>6.2} {late:>6.2} s {usual_polls:>8.2} {usual_late:>6.2} s {:>7.2}  {words}: {met}", late / usual_late);
}

fn bimodal(chance: &mut Chance) -> u64 {
    let median = if chance.unit() < 0.6 { 8.0 } else { 40.0 };
    chance.log_normal(median, 0.2)
}
