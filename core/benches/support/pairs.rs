//! Two ways to do one thing, measured in turns: whatever else the machine does meets both, so their ratio is steadier than either.

use std::time::{Duration, Instant};

/// What a pair of measurements says.
pub(crate) struct Pair {
    /// What is compared.
    pub(crate) name: String,
    /// One run of ours, and one of what it is compared with: the medians.
    pub(crate) ours: Duration,
    pub(crate) plain: Duration,
    /// Ours over plain: the median of the rounds, and the quarters around it.
    pub(crate) ratio: f64,
    pub(crate) quarters: (f64, f64),
    /// The ratio that ours may reach.
    pub(crate) goal: f64,
}

impl Pair {
    /// The pair of what each round took.
    pub(crate) fn of(name: &str, goal: f64, rounds: &[(Duration, Duration)]) -> Self {
        let ratios = sorted(rounds.iter().map(|(ours, plain)| ours.as_secs_f64() / plain.as_secs_f64()));
        let median = |side: fn(&(Duration, Duration)) -> Duration| {
            Duration::from_secs_f64(at(&sorted(rounds.iter().map(|round| side(round).as_secs_f64())), 2))
        };
        Self {
            name: name.to_owned(),
            ours: median(|round| round.0),
            plain: median(|round| round.1),
            ratio: at(&ratios, 2),
            quarters: (at(&ratios, 1), at(&ratios, 3)),
            goal,
        }
    }
}

/// Runs `ours` and `plain` in turns, `times` each in every round.
pub(crate) fn measure(name: &str, goal: f64, rounds: u32, times: u32, mut ours: impl FnMut(), mut plain: impl FnMut()) -> Pair {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..times {
            run();
        }
        start.elapsed() / times
    };
    // Once unmeasured, to fill caches and pools.
    let _ = (time(&mut ours), time(&mut plain));
    let rounds: Vec<_> = (0..rounds)
        .map(|round| {
            // Neither is always the first.
            if round % 2 == 0 {
                let ours = time(&mut ours);
                (ours, time(&mut plain))
            } else {
                let plain = time(&mut plain);
                (time(&mut ours), plain)
            }
        })
        .collect();
    Pair::of(name, goal, &rounds)
}

/// Prints pairs as a table.
pub(crate) fn print(title: &str, pairs: &[Pair]) {
    let width = pairs.iter().map(|pair| pair.name.len()).max().unwrap_or(0);
    println!("\n{title}\n  {:<width$}  {:>11}  {:>11}  {:>6}  {:>13}  {:>5}", "", "ours", "plain", "ratio", "quarters", "goal");
    for pair in pairs {
        let (low, high) = pair.quarters;
        let (ours, plain) = (micros(pair.ours), micros(pair.plain));
        let verdict = if pair.ratio <= pair.goal { "met" } else { "MISSED" };
        println!(
            "  {:<width$}  {ours:>11}  {plain:>11}  {:>5.2}x  {:>13}  {:>4}x  {verdict}",
            pair.name,
            pair.ratio,
            format!("{low:.2}-{high:.2}"),
            pair.goal
        );
    }
    println!();
}

fn micros(time: Duration) -> String {
    format!("{:.2} us", time.as_secs_f64() * 1e6)
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// The number at so many quarters of a sorted list.
fn at(sorted: &[f64], quarters: usize) -> f64 {
    sorted[(sorted.len() - 1) * quarters / 4]
}
